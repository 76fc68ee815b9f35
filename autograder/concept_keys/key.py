"""What a key holds: the right answer, and the answers that known mistakes give."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

#: One number, several, or the name of a choice.
Answer = float | tuple[float, ...] | str
#: Two answers nearer than this, relative to the larger of 1 and the right one, are the same.
NEAR = 2e-3
_STEP = 1e-200


@dataclass(frozen=True)
class Key:
    """The key to one question with its numbers.

    Attributes
    ----------
    answer : float, tuple of float, or str
    wrong : dict
        By the names of the catalogue: the answer that a mistake gives, or a list of several.
    overlooked : dict
        In the same form, answers of those who do not see what the question is about: to tell them
        the words of the catalogue would tell the right answer.
    """

    answer: Any
    wrong: Mapping[str, Any]
    overlooked: Mapping[str, Any] = field(default_factory=dict)

    def mistakes(self) -> list[tuple[str, Answer]]:
        """Pairs of a mistake's name and an answer that it gives."""
        return _pairs(self.wrong)

    def known(self) -> list[tuple[str, Answer]]:
        """The same, with what is overlooked."""
        return [*_pairs(self.wrong), *_pairs(self.overlooked)]

    @property
    def right(self) -> Answer:
        """The right answer, in plain Python."""
        return plain(self.answer)


def _pairs(answers: Mapping[str, Any]) -> list[tuple[str, Answer]]:
    return [
        (id, plain(value))
        for id, values in answers.items()
        for value in (values if isinstance(values, list) else [values])
    ]


def plain(value: Any) -> Answer:
    """An answer as float, tuple of floats, or text; whole numbers as they come."""
    if isinstance(value, str):
        return value
    if np.ndim(value):
        return tuple(float(entry) for entry in np.ravel(value))
    return float(value)


def same(one: Answer, other: Answer) -> bool:
    """Tell whether two answers are the same but for rounding to three places."""
    if isinstance(one, str) or isinstance(other, str):
        return one == other
    a, b = np.atleast_1d(one), np.atleast_1d(other)
    if a.shape != b.shape or not (np.isfinite(a).all() and np.isfinite(b).all()):
        return False
    return bool((np.abs(a - b) <= NEAR * np.maximum(1, np.abs(b))).all())


def slope(forward: Callable[[Any], Any], at: float) -> float:
    """The derivative of a forward pass of one number, by a complex step."""
    return float(np.imag(forward(at + 1j * _STEP)) / _STEP)


def cut(value: Any) -> Any:
    """The value without its derivative: a wire that was cut."""
    return np.real(value)
