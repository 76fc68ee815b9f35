"""Verdicts and names alone, where nobody reads the rest of a report.

To say where an answer differs, which change makes it right, what to try, and to draw it takes
longer than to judge and name it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest import mock

from autograder.engine import evaluate as evaluation
from autograder.engine import finding, judgement
from autograder.engine.exercise import Exercise
from autograder.engine.locate.advice import Where
from autograder.engine.picture import Picture
from autograder.engine.repair import Lines
from autograder.engine.report.report import Report
from autograder.engine.student import Student


def evaluate_briefly(exercise: Exercise, student: Student, seed: int, **how: Any) -> Report:
    """Evaluate as `autograder.engine.evaluate` does, without place, change, advice or picture."""
    with (
        mock.patch.object(judgement, "located", _nowhere),
        mock.patch.object(judgement, "changes", _unchanged),
        mock.patch.object(judgement.advice, "advice", _none),
        mock.patch.object(judgement, "_picture", _undrawn),
    ):
        return evaluation.evaluate(exercise, student, seed, **how)


@contextmanager
def named_alone() -> Iterator[None]:
    """Search the catalogue, and not for what has no name in it."""
    with (
        mock.patch.object(finding, "unnamed", _none_found),
        mock.patch.object(finding, "valued_by", _none_found),
    ):
        yield


def _none_found(*asked: Any) -> None:
    return None


# plain functions: a mock takes a part of the time of what is judged
def _nowhere(*asked: Any) -> Where:
    return Where()


def _none(*asked: Any) -> tuple[()]:
    return ()


def _unchanged(*asked: Any) -> Lines:
    return Lines()


def _undrawn(*asked: Any) -> Picture:
    return Picture()
