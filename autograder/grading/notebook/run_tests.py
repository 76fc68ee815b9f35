"""The hidden tests of one submission, run last, each against what stood at its place."""

from __future__ import annotations

import time
from contextlib import nullcontext
from dataclasses import dataclass, field
from typing import Any

from nbformat import from_dict

from autograder.grading.assignment import Master, SourceCell
from autograder.grading.broken import broken_functions
from autograder.grading.notebook.exchange import Died
from autograder.grading.notebook.inside import run_inside
from autograder.grading.notebook.moments import Copies
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


@dataclass
class Run:
    """One submission on its way through the sandbox.

    Attributes
    ----------
    marks : dict of int to int
        Which state of the notebook's process belongs to the test cell at an index.
    skipped : set of int
        Cells that are not run (again): one of them ended the process.
    """

    limits: Limits
    deadline: float = 0.0
    outputs: dict[int, list[Any]] = field(default_factory=dict)
    marks: dict[int, int] = field(default_factory=dict)
    skipped: set[int] = field(default_factory=set)
    events: list[str] = field(default_factory=list)

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
    nb: Any, master: Master, run: Run, notebook: Notebook | None, names: Namespace
) -> None:
    """Run the tests last, each against the student's names as they were at its place."""
    copies = Copies(notebook) if notebook is not None else None
    names.check_session.broken = broken_functions(nb, run.outputs)
    run.start_clock()
    for index, cell in enumerate(nb.cells):
        source = test_of(cell, master)
        if source is None:
            continue
        result = _run_test(source, names, copies, run.marks.get(index), run.deadline)
        cell.outputs = [from_dict(output) for output in result.outputs]
        for output in cell.outputs:
            if output.output_type == "execute_result":
                output.execution_count = index + 1
        cell.metadata[METADATA] = result.json()
    if copies is not None:
        copies.close()


def _run_test(
    source: SourceCell, names: Namespace, copies: Copies | None, mark: int | None, deadline: float
) -> TestResult:
    points = float(source.metadata["points"])
    inside = source.name in names.code.inside
    try:
        if copies is None or mark is None:
            raise Died("the notebook's process ended before this test")
        if time.monotonic() > deadline:
            raise Died("the time of this notebook's tests was up before this one")
        if inside:
            copies.close()  # a copy for this test alone
        moment = copies.moment(mark, deadline)
    except Died as error:
        return failure("not run", "NotRun", str(error))
    if inside:
        result = run_inside(source.source, moment.session, points)
        copies.close()
        return result
    linked = is_hand_written(source.source)
    names.connect(moment, linked)
    with main_module(names) if linked else nullcontext():
        return run_test(source.source, names, points)
