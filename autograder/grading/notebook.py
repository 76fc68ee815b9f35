"""Grade one repaired notebook: run its cells in the sandbox, its tests here."""

from __future__ import annotations

import json
import time
from dataclasses import dataclass, field
from typing import Any

from nbformat import from_dict

from .assignment import Master, SourceCell
from .given import given_pictures
from .isolation import Strength
from .limits import Limits, stretch
from .namespace import Namespace
from .processes import Died, Moment, Notebook
from .sandbox import Sandbox
from .sanitize import clean_outputs
from .testcell import TestResult, failure, run_test

METADATA = "autograder"
MAX_SHOWN = 20 << 20  # characters of all outputs of a notebook


@dataclass
class _Run:
    """One submission on its way through the sandbox."""

    limits: Limits
    deadline: float
    outputs: dict[int, list[Any]] = field(default_factory=dict)
    moments: dict[int, Moment] = field(default_factory=dict)
    fatal: set[int] = field(default_factory=set)
    events: list[str] = field(default_factory=list)


def grade_notebook(
    nb: Any, master: Master, files: dict[str, bytes], sandbox: Sandbox, strength: Strength
) -> Any:
    """Execute a notebook and write outputs and verdicts into it, in place.

    Parameters
    ----------
    nb : NotebookNode
        A submission whose nbgrader metadata have been put right.
    master : Master
        The sources of the test cells; what stands in the submission is never run here.
    files : dict of str to bytes
        Data files for the working folder.
    """
    latest = time.monotonic() + sandbox.limits.submission_seconds * stretch()
    run = _Run(sandbox.limits, latest)
    try:
        for index, cell in enumerate(nb.cells):
            if cell.cell_type == "code":
                cell.execution_count, cell.outputs = index + 1, []
        if "unreadable" not in nb.metadata.get(METADATA, {}):
            _run_cells(nb, master, files, sandbox, run)
        _show(nb, run)
        _run_tests(nb, master, run, strength)
    finally:
        for moment in run.moments.values():
            moment.close()
        sandbox.clean()  # after the sessions: it ends whatever still runs
    about = nb.metadata.setdefault(METADATA, {})
    about["isolation"] = strength.json()
    about["events"] = run.events
    return nb


def _show(nb: Any, run: _Run) -> None:
    """Write the cells' outputs into the notebook, as long as they are of reasonable size."""
    room = MAX_SHOWN
    for index in sorted(run.outputs):
        outputs = clean_outputs(run.outputs[index], index + 1)
        room -= len(json.dumps(outputs))
        if room < 0:
            told = f"[output cut: the notebook shows more than {MAX_SHOWN >> 20} MB]"
            outputs = [from_dict({"output_type": "stream", "name": "stdout", "text": told})]
        nb.cells[index].outputs = outputs


def test_of(cell: Any, master: Master) -> SourceCell | None:
    """Return the master's test cell that this cell stands for, if it is one."""
    name = cell.metadata.get("nbgrader", {}).get("grade_id")
    source = master.cells.get(name) if isinstance(name, str) else None
    return source if source is not None and source.is_test else None


def _run_cells(
    nb: Any, master: Master, files: dict[str, bytes], sandbox: Sandbox, run: _Run
) -> None:
    """Run the student's cells; a cell that kills the process is left out and the rest run again."""
    while True:
        notebook = sandbox.open(files, given_pictures(master))
        try:
            index = _run_until_death(nb, master, notebook, run)
        finally:
            notebook.close()
        if index is None:
            return
        run.fatal.add(index)
        run.events.append(f"cell {index + 1}: {run.outputs[index][-1]['evalue']}")
        if len(run.fatal) > run.limits.deaths or time.monotonic() > run.deadline:
            run.events.append("the remaining cells were not run")
            return
        for moment in run.moments.values():
            moment.close()
        run.moments.clear()
        sandbox.clean()


def _run_until_death(nb: Any, master: Master, notebook: Notebook, run: _Run) -> int | None:
    """Run cell by cell; return the index of the cell that ended the process, if one did."""
    moment: Moment | None = None
    for index, cell in enumerate(nb.cells):
        if cell.cell_type != "code" or index in run.fatal:
            continue
        left = run.deadline - time.monotonic()
        try:
            if left <= 0:
                raise Died("the whole notebook took longer than its time limit")
            if test_of(cell, master):
                moment = run.moments[index] = moment or Moment(notebook.copy())
            elif "skip-execution" not in cell.metadata.get("tags", []):
                moment, seconds = None, min(run.limits.cell_seconds, left / stretch())
                run.outputs[index] = notebook.run(cell.source, seconds)
        except Died as error:
            told = failure("error", "Stopped", str(error))
            run.outputs[index] = told.outputs
            return index
    return None


def _run_tests(nb: Any, master: Master, run: _Run, strength: Strength) -> None:
    """Run the tests last, each against the student's names as they were at its place."""
    names = Namespace()
    for index, cell in enumerate(nb.cells):
        source = test_of(cell, master)
        if source is None:
            continue
        result = _run_test(source, names, run.moments.get(index), run.deadline)
        cell.outputs = [from_dict(output) for output in result.outputs]
        for output in cell.outputs:
            if output.output_type == "execute_result":
                output.execution_count = index + 1
        cell.metadata[METADATA] = result.json() | {"isolation": strength.name}


def _run_test(
    source: SourceCell, names: Namespace, moment: Moment | None, deadline: float
) -> TestResult:
    try:
        if moment is None or time.monotonic() > deadline:
            raise Died("the notebook's process ended before this test, or its time was up")
        names.connect(moment.session(deadline))
    except Died as error:
        return failure("not run", "NotRun", str(error))
    return run_test(source.source, names, float(source.metadata["points"]))
