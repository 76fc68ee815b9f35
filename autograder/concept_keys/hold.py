"""What the hidden tests of an exam call."""

from __future__ import annotations

from typing import Any

from autograder.concept_keys.judge import judge_key
from autograder.concept_keys.named import asked_of
from autograder.concepts import NoStudent
from autograder.concepts.answers import NoAnswer, read
from autograder.concepts.recall import known_id
from autograder.mistakes.catalogue import ENTRIES


def hold(name: str, seed: str, answer: Any, student: Any = None) -> None:
    """Compare an answer with the key to a question.

    Parameters
    ----------
    name : str
        Of the question, in the bank.
    seed : str
        What its numbers are drawn from; where each student has others, the first part of it.
    answer : object
        As the student wrote it.
    student : str, optional
        The id, where each student has other numbers.

    Raises
    ------
    AssertionError
        If it is wrong; the message says which known mistake gives it, and never the right one.
    """
    if student is not None:
        try:
            seed = f"{seed}/{known_id(student, 'student', 'student = ...')}"
        except NoStudent as error:
            raise AssertionError(str(error)) from None
    _, asked, key = asked_of(name, seed)
    try:
        given = read(asked, answer)
    except NoAnswer as error:
        raise AssertionError(str(error)) from None
    right, id = judge_key(key, given)
    if not right:
        raise AssertionError(f"{answer!r} is not the answer.{_words(id)}")


def _words(id: str) -> str:
    for entry in ENTRIES:
        if entry.id == id:
            return f" What you computed: {entry.computed}. The line it concerns: {entry.formula}"
    return ""
