"""The clinic: what is seen of somebody's wrong implementation; each student has other patients.

The names of the mistakes stand in `autograder.concept_keys.clinic`, which is not handed out.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from autograder.concepts.question import Draw
from autograder.concepts.recall import student_of

#: The name of the answers.
CLINIC = "answers_10"
SHEET = Path(__file__).with_name("given") / "clinic.json"


class NoCase(ValueError):
    """There is no case of this number; shows its message and no traceback."""

    def _render_traceback_(self) -> list[str]:
        return [f"ValueError: {self}"]


@dataclass(frozen=True)
class Patient:
    """What a student sees of one case.

    Attributes
    ----------
    number : int
        Of the case.
    place : int
        Of the patient among those of the case.
    unit : str
        That taught it.
    ids : list of str
        The mistakes that come into question.
    head : list of str
        The headings of the table.
    note : str
        What is known besides, such as m.
    rows : list of lists of str
    wrong : list of str
        Nodes whose gradient is wrong, where the case has a graph.
    curves : dict
        Costs of training runs, where the case has any.
    """

    number: int
    place: int
    unit: str
    ids: list[str]
    head: list[str]
    note: str
    rows: list[list[str]]
    wrong: list[str]
    curves: dict[str, list[float]]


def numbers() -> list[int]:
    """The numbers of the cases."""
    return [int(number) for number in _sheet()]


def ids_of(number: int) -> list[str]:
    """The mistakes that come into question in a case."""
    return list(_sheet()[str(number)]["ids"])


def patient_of(number: int, answers: Mapping[Any, Any]) -> Patient:
    """The patient that a student has in a case.

    Parameters
    ----------
    number : int
        1 to 12.
    answers : mapping
        With the student's id under ``"student"``.

    Raises
    ------
    NoCase
        A ValueError, if there is no case of this number.
    NoStudent
        A ValueError, if the answers hold no id.
    """
    if str(number) not in _sheet():
        told = f"there is no case {number!r}; expected a number from 1 to {max(numbers())}"
        raise NoCase(told)
    case = _sheet()[str(number)]
    drawn = Draw(f"{CLINIC}/{number}/{student_of(CLINIC, answers)}")
    place = drawn.one(range(len(case["patients"])))
    known = {key: case[key] for key in ("unit", "ids", "head")}
    return Patient(number=number, place=place, **known, **case["patients"][place])


@cache
def _sheet() -> dict[str, Any]:
    sheet: dict[str, Any] = json.loads(SHEET.read_text("utf-8"))
    return sheet
