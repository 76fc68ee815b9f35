"""Answers as students write them, read as numbers, tuples and letters."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from numbers import Number
from typing import Any

import numpy as np

from autograder.concepts.question import LETTER, NUMBER, Asked


class NoAnswer(ValueError):
    """What was written is no answer of the form that was asked for; the message says why."""


def letters(asked: Asked) -> list[str]:
    """The letters of the choices, ``["a", "b", "c"]``."""
    return [chr(ord("a") + place) for place in range(len(asked.choices))]


def told_form(asked: Asked) -> str:
    """What an answer has to look like, in words."""
    if asked.form == LETTER:
        *others, last = (f'"{letter}"' for letter in letters(asked))
        return f"{', '.join(others)} or {last}"
    if asked.form == NUMBER:
        return "a number; three places after the point, or a fraction such as 2/3"
    return f"{asked.form} in round brackets, such as {tuple(range(1, asked.count + 1))}"


def read(asked: Asked, written: Any) -> float | tuple[float, ...] | str:
    """An answer as a number, a tuple of numbers, or the name of a choice.

    Raises
    ------
    NoAnswer
        If it has not the form that was asked for.
    """
    if asked.form == LETTER:
        letter = str(written).strip().strip(".()").casefold()
        if letter not in letters(asked):
            raise NoAnswer(f"{_shown(written)} is none of the letters; expected {told_form(asked)}")
        return asked.choices[letters(asked).index(letter)][0]
    if asked.form == NUMBER:
        only = written.item() if isinstance(written, np.ndarray) and written.size == 1 else written
        while isinstance(only, list | tuple) and len(only) == 1:
            only = only[0]
        return _number(only, written, asked)
    if isinstance(written, np.ndarray):
        written = written.ravel().tolist() if written.size == asked.count else written.tolist()
    if isinstance(written, str):
        written = written.strip().strip("()[]").split(",")
    if not isinstance(written, Sequence) or len(written) != asked.count:
        raise NoAnswer(f"{_shown(written)} is not {told_form(asked)}")
    return tuple(_number(entry, written, asked) for entry in written)


def _number(value: Any, written: Any, asked: Asked) -> float:
    wrong = NoAnswer(f"{_shown(written)} is not {told_form(asked)}")
    if isinstance(value, str):
        try:
            value = Fraction(value.replace(" ", "").replace("\N{MINUS SIGN}", "-"))
        except (ValueError, ZeroDivisionError):
            raise wrong from None
    if isinstance(value, bool) or not isinstance(value, Number | np.number):
        raise wrong
    try:
        found = float(value)  # type: ignore[arg-type]
    except (TypeError, ValueError, OverflowError):
        raise wrong from None
    if not np.isfinite(found):
        raise wrong
    return found


def _shown(written: Any) -> str:
    text = repr(written)
    return text if len(text) <= 60 else f"{text[:57]}..."
