"""Grade one repaired notebook: run its cells in the sandbox, its tests here."""

from __future__ import annotations

import json
import time
from collections.abc import Mapping
from contextlib import nullcontext
from functools import partial
from typing import Any

from nbformat import from_dict

from autograder.grading.assignment import Master
from autograder.grading.notebook.exchange import Died
from autograder.grading.notebook.given_pictures import given_pictures
from autograder.grading.notebook.namespace import Namespace
from autograder.grading.notebook.processes import Notebook
from autograder.grading.notebook.room import room
from autograder.grading.notebook.run_tests import METADATA as METADATA
from autograder.grading.notebook.run_tests import Run, has_hand_written, run_tests, test_of
from autograder.grading.notebook.testcell import failure
from autograder.grading.sandbox.limits import stretch
from autograder.grading.sandbox.sandbox import Sandbox
from autograder.grading.sandbox.strength import Strength
from autograder.grading.student_side.wire import WireFault
from autograder.grading.submission.patience import Patience
from autograder.grading.submission.sanitize import clean_outputs, size_of

_NOT_RUN = "the remaining cells were not run"
MAX_SHOWN = 20 << 20  # characters of all outputs of a notebook
MAX_OUTPUTS_SHOWN = 2000


def grade_notebook(
    nb: Any,
    master: Master,
    files: dict[str, bytes],
    sandbox: Sandbox,
    strength: Strength,
    key: bytes = b"",
    given: Mapping[str, bytes] | None = None,
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
    key : bytes
        Chooses the instances of the hidden tests for this student; see `own_instances`.
    given : mapping of str to bytes, optional
        Those of the files that are the assignment's own: hand-written tests have them too.
    """
    run = Run(sandbox.limits)
    notebook = None
    try:
        for index, cell in enumerate(nb.cells):
            if cell.cell_type == "code":
                cell.execution_count, cell.outputs = index + 1, []
        if "unreadable" not in nb.metadata.get(METADATA, {}):
            run.start_clock()
            notebook = _run_cells(nb, master, files, sandbox, run)
        _show(nb, run)

        def again() -> Notebook | None:
            nonlocal notebook
            if notebook is not None:
                notebook.close()
            sandbox.clean()
            run.marks.clear()
            notebook = _run_cells(nb, master, files, sandbox, run)
            return notebook

        with room(given or {}) if has_hand_written(master) else nullcontext() as folder:
            names = Namespace(key, master.code, folder)
            run_tests(nb, master, run, notebook, names, again)
    finally:
        if notebook is not None:
            notebook.close()
        sandbox.clean()  # after the sessions: it ends whatever still runs
    for cell in nb.cells:
        if METADATA in cell.metadata:
            cell.metadata[METADATA]["isolation"] = strength.name
    about = nb.metadata.setdefault(METADATA, {})
    about["isolation"] = strength.json()
    about["events"] = run.events
    return nb


def _show(nb: Any, run: Run) -> None:
    """Write the cells' outputs into the notebook, as long as they are of reasonable size."""
    left, room, patience = MAX_SHOWN, MAX_OUTPUTS_SHOWN, Patience()
    for index in sorted(run.outputs):
        raw, count = run.outputs[index], index + 1
        left -= size_of(raw)  # before they are cleaned, which takes its time
        room -= len(raw)
        outputs: list[Any] | None = []
        if left >= 0 and room >= 0:
            outputs = patience.spend(partial(_cleaned, raw, count), _nothing)
        left -= max(0, len(json.dumps(outputs)) - size_of(raw))
        if outputs is None:
            outputs = _cut("it would take too long to show this")
        elif left < 0:
            outputs = _cut(f"the notebook shows more than {MAX_SHOWN >> 20} MB")
        elif room < 0:
            outputs = _cut(f"the notebook shows more than {MAX_OUTPUTS_SHOWN:,} outputs")
        nb.cells[index].outputs = outputs


def _cleaned(raw: list[Any], count: int) -> list[Any] | None:
    return clean_outputs(raw, count)


def _nothing() -> list[Any] | None:
    return None


def _cut(why: str) -> list[Any]:
    told = f"[output cut: {why}]"
    return [from_dict({"output_type": "stream", "name": "stdout", "text": told})]


def _run_cells(
    nb: Any, master: Master, files: dict[str, bytes], sandbox: Sandbox, run: Run
) -> Notebook | None:
    """Run the student's cells and return their process, as the last of them left it.

    A cell that kills the process is left out, and the rest run again in a new one; after too many
    of them, or when the time is up, only what comes before.
    """
    deaths = 0
    while deaths <= run.limits.deaths + 1:
        notebook = sandbox.open(files, given_pictures(master))
        index = _run_until_death(nb, master, notebook, run)
        if index is None:
            return notebook
        notebook.close()
        sandbox.clean()
        run.marks.clear()
        deaths += 1
        run.skipped.add(index)
        run.events.append(f"cell {index + 1}: {run.outputs[index][-1]['evalue']}")
        if deaths > run.limits.deaths or time.monotonic() > run.deadline:
            deaths = run.limits.deaths + 1
            run.skipped.update(range(index, len(nb.cells)))
            run.events.append(_NOT_RUN)
            run.start_clock()
    return None


def _run_until_death(nb: Any, master: Master, notebook: Notebook, run: Run) -> int | None:
    """Run cell by cell; return the index of the cell that ended the process, if one did."""
    mark: int | None = None
    for index, cell in enumerate(nb.cells):
        if cell.cell_type != "code" or index in run.skipped:
            continue
        left = run.deadline - time.monotonic()
        if left <= 0:
            told = "the whole notebook took longer than its time limit"
            run.outputs[index] = failure("error", "Stopped", told).outputs
            run.events += [f"cell {index + 1}: {told}", _NOT_RUN]
            return None
        try:
            if test_of(cell, master):
                mark = run.marks[index] = notebook.mark() if mark is None else mark
            elif "skip-execution" not in cell.metadata.get("tags", []):
                mark, seconds = None, min(run.limits.cell_seconds, left / stretch())
                run.outputs[index] = notebook.run(cell.source, seconds)
        except WireFault:
            told = f"this cell of {len(cell.source):,} characters is too long to be run"
            run.outputs[index] = failure("error", "Stopped", told).outputs
            run.events.append(f"cell {index + 1}: {told}")
        except Died as error:
            run.outputs[index] = failure("error", "Stopped", str(error)).outputs
            return index
    return None
