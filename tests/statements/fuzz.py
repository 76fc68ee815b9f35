"""Run checks on thousands of slips, and hold every sentence of theirs to what is so.

    python -m tests.statements.fuzz 04 300

prints what is false in the reports on 300 changes of unit 04 and on its handed slips, and counts.
"""

from __future__ import annotations

import contextlib
import io
import linecache
import sys
import time
import warnings
from collections import Counter
from dataclasses import dataclass, field
from functools import cache
from types import FunctionType
from typing import Any

import numpy as np

from autograder import time_limit
from autograder.engine import evaluate as evaluation
from autograder.engine.exercise import exercise_of
from autograder.engine.findings import Findings
from autograder.engine.report.report import Report
from autograder.engine.student import Student
from autograder.suite import VISIBLE_SEED
from tests.helpers.solved import solved
from tests.helpers.untouched import beside_the_solution
from tests.statements.changes import changed
from tests.statements.slips import slips
from tests.statements.truths import lies

KINDS = ("passed", "named", "told", "located", "generic", "nothing")
#: A change can make a loop endless: that is told as such.
SECONDS = 1.0
ALL_SECONDS = 3.0
#: Of so many slips the lines of one can be read, and changes of them are looked for: that is long.
READ = 60


@dataclass
class Count:
    """What became of the slips of one unit."""

    unit: str
    slips: int = 0
    handed: int = 0
    kinds: Counter[str] = field(default_factory=Counter)
    false: list[str] = field(default_factory=list)
    seconds: float = 0.0
    slowest: float = 0.0

    def row(self) -> str:
        """One line of the table."""
        kinds = "".join(f"{self.kinds[kind]:9d}" for kind in KINDS)
        return f"{self.unit:5}{self.slips:8d}{self.handed:8d}{kinds}{self.seconds:9.0f}"


HEAD = f"{'unit':5}{'slips':>8}{'handed':>8}" + "".join(f"{k:>9}" for k in KINDS) + f"{'s':>9}"


def fuzz(unit: str, most: int) -> Count:
    """Check the changes of a unit's solutions and the slips that readers made in it."""
    count, started = Count(unit), time.process_time()
    cases = [(c.name, c.source, (c.function,)) for c in changed(unit, most)]
    handed = [(slip.name, slip.cell, slip.functions) for slip in slips(unit)]
    for number, (name, cell, functions) in enumerate(cases + handed):
        for function in functions:
            begun = time.process_time()
            said = _checked(unit, cell, function, number % READ == 0)
            count.slowest = max(count.slowest, time.process_time() - begun)
            if said is None:
                continue  # the cell itself does not run: nobody hands that in unnoticed
            kind, false = said
            count.kinds[kind] += 1
            count.slips += 1
            count.false += [f"{unit} {name} [{function}]: {lie}" for lie in false]
    count.handed = len(handed)
    count.seconds = time.process_time() - started
    return count


def _checked(unit: str, cell: str, function: str, read: bool) -> tuple[str, list[str]] | None:
    with warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore")
        try:
            names = _after(unit, cell, read)
        except Exception:
            return None
        if function not in names:
            return None
        exercise = exercise_of(function, names)
        student, kept = beside_the_solution(Student(names), _base(unit)), []
        report = _report(exercise, student, kept)
        if report.passed:
            return "passed", []
        clock_free = Student(names)
        false = lies(exercise, report, kept[-1], clock_free, cell)
        with contextlib.redirect_stdout(io.StringIO()):
            return _kind(report), list(false)


def _report(exercise: Any, student: Student, kept: list[Findings]) -> Report:
    """The report, with the findings that it was made from."""
    find = evaluation.find

    def keeping(*args: Any) -> Findings:
        found = find(*args)
        if args[0] is exercise:
            kept.append(found)
        return found

    evaluation.find = keeping
    try:
        with contextlib.redirect_stdout(io.StringIO()):
            return evaluation.evaluate(exercise, student, VISIBLE_SEED)
    finally:
        evaluation.find = find


def _kind(report: Report) -> str:
    """How well a report tells what is wrong, by the best that it says."""
    said = " ".join([report.note, *report.advice, *(v.detail for v in report.verdicts)])
    if report.diagnosis:
        return "named"
    if "raised" in said or "has to be mended" in said or "cannot be checked yet" in said:
        return "told"
    if "the first that deviate" in said:
        return "located"
    plain = [v.detail for v in report.verdicts if v.status == "failed"]
    telling = [d for d in plain if not d.endswith(("differs", "differ"))]
    return "generic" if report.advice or telling else "nothing"


@cache
def _base(unit: str) -> dict[str, Any]:
    return solved(unit)[0]


def _after(unit: str, cell: str, read: bool = True) -> dict[str, Any]:
    """The names of the solved assignment after one more cell, whose lines may be read or not."""
    base = _base(unit)
    names = dict(base)
    for key, value in base.items():
        if isinstance(value, FunctionType) and value.__globals__ is base:
            names[key] = FunctionType(
                value.__code__, names, key, value.__defaults__, value.__closure__
            )
    with contextlib.redirect_stdout(io.StringIO()):
        name = f"<slip of {unit}>"
        linecache.cache.pop(name, None)
        if read:  # as those of a notebook's cell can
            linecache.cache[name] = (len(cell), None, cell.splitlines(True), name)
        exec(compile(cell, name, "exec"), names)
    return names


if __name__ == "__main__":
    time_limit.CALL_SECONDS, time_limit.TEST_SECONDS = SECONDS, ALL_SECONDS
    found = fuzz(sys.argv[1], int(sys.argv[2]))
    print(*found.false, HEAD, found.row(), f"slowest {found.slowest:.2f} s", sep="\n")
