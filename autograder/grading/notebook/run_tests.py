"""The hidden tests of one submission, run last, each against what stood at its place."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import dataclass, field
from typing import Any

from nbformat import from_dict

from autograder.grading.assignment import Master, SourceCell
from autograder.grading.broken import broken_functions
from autograder.grading.notebook.exchange import Died
from autograder.grading.notebook.inside import run_inside
from autograder.grading.notebook.moments import Copies, Moment
from autograder.grading.notebook.namespace import Namespace
from autograder.grading.notebook.processes import Notebook
from autograder.grading.notebook.room import main_module
from autograder.grading.notebook.testcell import (
    TestResult,
    failure,
    is_hand_written,
    run_test,
)
from autograder.grading.sandbox.limits import Limits, stretch

METADATA = "autograder"
_RUN_AGAIN = "a function under test ended the notebook's process; its cells were run again"

Again = Callable[[], Notebook | None]


@dataclass
class Run:
    """One submission on its way through the sandbox.

    Attributes
    ----------
    marks : dict of int to int
        Which state of the notebook's process belongs to the test cell at an index.
    skipped : set of int
        Cells that are not run (again): one of them ended the process.
    again : int
        How often the cells were run again for the tests' sake.
    """

    limits: Limits
    deadline: float = 0.0
    outputs: dict[int, list[Any]] = field(default_factory=dict)
    marks: dict[int, int] = field(default_factory=dict)
    skipped: set[int] = field(default_factory=set)
    events: list[str] = field(default_factory=list)
    again: int = 0

    def start_clock(self) -> None:
        """Give the notebook's cells, and then again its tests, the time of a submission."""
        self.deadline = time.monotonic() + self.limits.submission_seconds * stretch()


def test_of(cell: Any, master: Master) -> SourceCell | None:
    """Return the master's test cell that this cell stands for, if it is one."""
    name = cell.metadata.get("nbgrader", {}).get("grade_id")
    source = master.cells.get(name) if isinstance(name, str) else None
    return source if source is not None and source.is_test else None


def has_hand_written(master: Master) -> bool:
    return any(is_hand_written(c.source) for c in master.cells.values() if c.is_test)


def run_tests(
    nb: Any,
    master: Master,
    run: Run,
    notebook: Notebook | None,
    names: Namespace,
    again: Again = lambda: None,
) -> None:
    """Run the tests last, each against the student's names as they were at its place.

    Parameters
    ----------
    again : callable
        Runs the notebook's cells in a new process, where a test's calls have ended the one there
        was, or left no room in it for the next test.
    """
    copies = _Standing(Copies(notebook), again) if notebook is not None else None
    names.check_session.broken = broken_functions(nb, run.outputs)
    run.start_clock()
    for index, cell in enumerate(nb.cells):
        source = test_of(cell, master)
        if source is None:
            continue
        result = _run_test(source, names, copies, run, index)
        cell.outputs = [from_dict(output) for output in result.outputs]
        for output in cell.outputs:
            if output.output_type == "execute_result":
                output.execution_count = index + 1
        cell.metadata[METADATA] = result.json()
    if copies is not None:
        copies.copies.close()


@dataclass
class _Standing:
    """The copies that answer, and how to get others where no more can be made."""

    copies: Copies
    again: Again

    def moment(self, run: Run, index: int) -> Moment:
        """Return the moment of a test cell, live."""
        try:
            return self._moment(run, index)
        except Died:
            if run.again >= run.limits.deaths or time.monotonic() > run.deadline:
                raise
        run.again += 1
        run.events += [] if _RUN_AGAIN in run.events else [_RUN_AGAIN]
        self.copies.close()
        notebook = self.again()
        if notebook is None:
            raise Died("the notebook's process ended before this test")
        self.copies = Copies(notebook)
        return self._moment(run, index)

    def _moment(self, run: Run, index: int) -> Moment:
        if index not in run.marks:
            raise Died("the notebook's process ended before this test")
        return self.copies.moment(run.marks[index], run.deadline)


def _run_test(
    source: SourceCell, names: Namespace, standing: _Standing | None, run: Run, index: int
) -> TestResult:
    points = float(source.metadata["points"])
    inside = source.name in names.code.inside
    try:
        if standing is None or index not in run.marks:
            raise Died("the notebook's process ended before this test")
        if time.monotonic() > run.deadline:
            raise Died("the time of this notebook's tests was up before this one")
        if inside:
            standing.copies.close()  # a copy for this test alone
        moment = standing.moment(run, index)
    except Died as error:
        return failure("not run", "NotRun", str(error))
    if inside:
        result = run_inside(source.source, moment.session, points)
        standing.copies.close()
        return result
    linked = is_hand_written(source.source)
    names.connect(moment, linked)
    with main_module(names) if linked else nullcontext():
        return run_test(source.source, names, points)
