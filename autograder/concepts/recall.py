"""The questions of an assignment that asks again: one for each of some earlier units."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from autograder.concepts.answers import letters, told_form
from autograder.concepts.bank import QUESTIONS
from autograder.concepts.question import Asked, Draw, Question

#: By the name of the answers: the unit that each question comes from.
RECALLS: dict[str, tuple[str, ...]] = {
    "recall_1": ("00", "01", "02", "03", "03b", "04"),
    "recall_2": ("03", "04", "05", "06a", "06b", "07", "07b"),
    "recall_3": ("00", "04", "06a", "07", "08", "09", "11"),
}


class NoStudent(ValueError):
    """There is no id to draw numbers from; shows its message and no traceback."""

    def _render_traceback_(self) -> list[str]:
        return [f"ValueError: {self}"]


class Sheet:
    """Questions as a notebook shows them: Markdown, and plain text where that is not to be had."""

    def __init__(self, text: str) -> None:
        self._text = text

    def __repr__(self) -> str:
        return self._text

    def _repr_markdown_(self) -> str:
        return self._text


def questions(recall: str, answers: Mapping[Any, Any]) -> Sheet:
    """The questions of an assignment, with the numbers of one student.

    Parameters
    ----------
    recall : str
        A name of `RECALLS`.
    answers : mapping
        With the student's id under ``"student"``.

    Raises
    ------
    NoStudent
        A ValueError, if it holds no id.
    """
    student = student_of(recall, answers)
    parts = [f"Questions of **{student}**"]
    for number, (question, asked) in enumerate(drawn(recall, student), 1):
        parts.append(as_markdown(f"{number}", question, asked))
    return Sheet("\n\n".join(parts))


def one_question(name: str, seed: str, number: int, student: Any) -> Sheet:
    """One question of the bank with the numbers of a student, as an exam asks it.

    Raises
    ------
    NoStudent
        A ValueError, if `student` is no id.
    """
    question, who = QUESTIONS[name], known_id(student, "student", 'student = "student-007"')
    return Sheet(as_markdown(f"{number}", question, question.asked(f"{seed}/{who}")))


def as_markdown(number: str, question: Question, asked: Asked) -> str:
    """One question with its number, its choices, and the form of its answer."""
    lines = [f"**Question {number}** (unit {question.unit}). {asked.text}"]
    choices = zip(letters(asked), asked.choices, strict=True)
    lines += ["\n".join(f"- **{letter}**: {words}" for letter, (_, words) in choices)]
    lines += [f"*Answer: {told_form(asked)}.*"]
    return "\n\n".join(filter(None, lines))


def drawn(recall: str, student: str) -> list[tuple[Question, Asked]]:
    """Which questions a student gets, and with which numbers."""
    found = []
    for place, unit in enumerate(RECALLS[recall]):
        seed = f"{recall}/{place}/{student}"
        question = Draw(seed).one([q for q in QUESTIONS.values() if q.unit == unit])
        found.append((question, question.asked(seed)))
    return found


def student_of(recall: str, answers: Any) -> str:
    """The id that stands in the answers.

    Raises
    ------
    NoStudent
        If none does; the message says how one is written.
    """
    example = f'{recall} = {{"student": "student-007", 1: ...}}'
    if not isinstance(answers, Mapping):
        kind = type(answers).__name__
        raise NoStudent(f"`{recall}` is of the type {kind}; expected a dict such as {example}")
    return known_id(answers.get("student"), f'{recall}["student"]', example)


def known_id(student: Any, name: str, example: str) -> str:
    """An id as numbers are drawn from it: without blanks around it, in small letters.

    Raises
    ------
    NoStudent
        If it is none; the message says how one is written.
    """
    if not isinstance(student, str) or not student.strip():
        found = "nothing" if student is None else repr(student)
        raise NoStudent(
            f"`{name}` is {found}; expected your id as text, for your questions are drawn from it: "
            f"{example}"
        )
    return student.strip().casefold()
