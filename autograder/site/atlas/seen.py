"""Every misconception as the grader shows it, unit by unit: its words there, and its picture.

The pictures are those of the reports: the grader is handed a slip of the tests' bank, names it and
draws the edits. Where the bank has no slip, the forms of the catalogue are put on the graphs of the
unit's exercises.
"""

from __future__ import annotations

import contextlib
import io
import warnings
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from autograder.authoring.course import find_units
from autograder.engine.diagnosis import Misconception
from autograder.engine.diagnosis.forms import Form
from autograder.engine.exercise import Exercise
from autograder.engine.finding import attempt, find
from autograder.engine.judgement import VISIBLE_SEED
from autograder.engine.picture import Picture, marks, picture, picture_of
from autograder.engine.problem import Problem
from autograder.engine.report.misconception_words import wording
from autograder.engine.report.verdict import Words
from autograder.engine.student import Student
from autograder.site.atlas.bank import Bank
from autograder.units import CATALOGUE, EXERCISES

_NONE = Picture()


@dataclass(frozen=True)
class Seen:
    """A misconception in one unit.

    Attributes
    ----------
    unit : str
    function : str
        The function of the student's in which it was looked for.
    words : Words
        In the symbols of that function.
    picture : Picture
        Empty where no wire of the graph is the mistake.
    code : str
        The lines of a slip that differ from what is right; may be empty.
    """

    unit: str
    function: str
    words: Words
    picture: Picture = _NONE
    code: str = ""


def look(root: Path, secret: set[str]) -> dict[str, list[Seen]]:
    """Return what there is to see of each misconception, by its id, in the order of the units."""
    found: dict[tuple[str, str], Seen] = {}
    jobs = [(root, secret, family) for family in Bank(root).families]
    with ProcessPoolExecutor(2) as pool:
        for part in pool.map(_of_family, jobs):
            found |= part
    with _quiet():
        slips = {unit for _, unit in found}
        named = {id for id, _ in found}
        for exercise, problems in _problems(root):
            for form in CATALOGUE.forms(Form):
                key = (form.misconception.id, exercise.unit)
                # a unit of which the bank has slips is told by them
                if key not in found and (exercise.unit not in slips or key[0] not in named):
                    seen = _formed(form, exercise, problems)
                    if seen is not None and seen.words.formula:
                        found[key] = seen
    seen_by_id: dict[str, list[Seen]] = {id: [] for id in CATALOGUE}
    for (id, _), seen in sorted(found.items(), key=lambda item: item[0][1]):
        seen_by_id[id].append(seen)
    return seen_by_id


def _of_family(job: tuple[Path, set[str], str]) -> dict[tuple[str, str], Seen]:
    """What the slips of one family of the bank show, by the misconception's id and the unit."""
    root, secret, family = job
    found: dict[tuple[str, str], Seen] = {}
    bank = Bank(root)
    with _quiet():
        for slip in bank.slips(family):
            key = (slip.expected, bank.unit(slip))
            had = found.get(key)
            if had is None or not (had.picture and had.code):
                seen = _shown(bank, slip, secret)
                if seen is not None and (had is None or _worth(seen) > _worth(had)):
                    found[key] = seen
    return found


def _worth(seen: Seen) -> tuple[bool, bool, int]:
    return bool(seen.picture), bool(seen.code), -seen.code.count("\n")


def _shown(bank: Bank, slip: Any, secret: set[str]) -> Seen | None:
    """What the grader says of a slip; None where it names it together with another, or not here."""
    for exercise in bank.exercises(slip):
        findings = find(exercise, Student(slip.namespace()), VISIBLE_SEED)
        told = findings.explanation
        if told is not None and told.ids == (slip.expected,):
            drawn = picture(told, findings.problems)
        elif exercise.name == slip.function:
            drawn = Picture()
        else:
            continue
        wrong = [n for o in findings.outcomes for n, gap in o.gaps.items() if gap and gap.wrong]
        words = _words(CATALOGUE[slip.expected], exercise, findings.family, wrong)
        code = bank.changed_lines(slip, secret)
        return Seen(exercise.unit, exercise.name, words, drawn, code)
    return None


def _words(
    entry: Misconception, exercise: Exercise, family: str, wrong: list[str] | None = None
) -> Words:
    return wording(entry, exercise, family, wrong=dict.fromkeys(wrong or ()))


def _formed(form: Form, exercise: Exercise, problems: list[Problem]) -> Seen | None:
    """A form of the catalogue on the graphs of an exercise, if it fits one of them."""
    for problem in problems:
        graph = problem.graph
        if graph.facts.family not in form.on:
            continue
        words = _words(form.misconception, exercise, str(graph.facts.family))
        for scope in graph.facts.scopes or ("",):
            edits = form.edits(problem, scope) if form.places(graph, scope) else None
            drawn = marks(graph, edits) if edits else ()
            if drawn:
                made = picture_of(graph, drawn, f"Computation graph: {words.title}")
                return Seen(exercise.unit, exercise.name, words, made)
    return None


def _problems(root: Path) -> Iterator[tuple[Exercise, list[Problem]]]:
    """Yield the exercises with the problems on which a right answer is tried, small ones first."""
    for unit in find_units(root):
        if not unit.graded:
            continue
        names: dict[str, Any] = {"np": np, "__name__": "notebook"}
        for cell in unit.read(root):
            if cell.kind == "code" and not (cell.grade or cell.free):
                exec(compile(cell.source, f"<{unit.name}>", "exec"), names)
        for exercise in EXERCISES.values():
            if exercise.unit == unit.name.partition("_")[0]:
                tried = attempt(exercise, Student(dict(names)), VISIBLE_SEED)
                problems = [o.trial.problem for o in tried.outcomes]
                yield exercise, [problem for problem in problems if problem is not None]


@contextlib.contextmanager
def _quiet() -> Iterator[None]:
    """A wrong function may divide by zero, and a cell may print."""
    with (
        warnings.catch_warnings(),
        np.errstate(all="ignore"),
        contextlib.redirect_stdout(io.StringIO()),
    ):
        warnings.simplefilter("ignore")
        yield
