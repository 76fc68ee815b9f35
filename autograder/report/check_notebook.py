"""Run a notebook and check the functions in it, on a student's laptop or in CI.

The notebook runs in a kernel of its own, as in JupyterLab. There is no sandbox: this is for
notebooks that one would run anyway.
"""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from autograder.engine.report.report import MIME
from autograder.report.points_so_far import Points, points_so_far

_DEFINED = re.compile(r"^(?:def|class)[ \t]+(\w+)", re.M)
_CALL = "from autograder.report.in_kernel import show_reports\nshow_reports({names!r}, globals())"


class Unusable(Exception):
    """The notebook cannot be run; the message says why."""


@dataclass(frozen=True)
class Checked:
    """What checking a notebook showed.

    Attributes
    ----------
    reports : list of dict
        The verdicts' JSON, one a function.
    texts : list of str
        The same in words.
    errors : list of str
        Cells that stopped with an error.
    points : Points or None
        What the points stand at; None for a notebook without graded cells.
    """

    reports: list[dict[str, Any]]
    texts: list[str]
    errors: list[str]
    points: Points | None = None

    @property
    def passed(self) -> bool:
        """Whether everything ran, and every property holds."""
        return not self.errors and bool(self.reports) and all(r["passed"] for r in self.reports)


def check_notebook(
    path: Path, cell_seconds: int = 120, tick: Callable[[int, int], None] = lambda done, of: None
) -> Checked:
    """Run a notebook and then the visible checks of every exercise in it.

    Parameters
    ----------
    path : Path
    cell_seconds : int
        Time limit of one cell.
    tick : function, optional
        Called with the number of cells that ran and of all cells.

    Raises
    ------
    Unusable
        If it is no notebook, has no exercise in it, or its kernel ends.
    """
    try:
        import nbclient  # noqa: F401
        import nbformat
    except ImportError as error:
        raise Unusable(f"{error.name} is not installed; it comes with JupyterLab") from None
    nb = _read(path)
    names = exercises(nb)
    if not names:
        raise Unusable(f"{path} defines no function of the course")
    last = nbformat.v4.new_code_cell(_CALL.format(names=names))
    nb.cells.append(last)
    done = iter(range(1, len(nb.cells) + 1))
    with tempfile.TemporaryDirectory() as folder:
        _run(nb, path, cell_seconds, Path(folder), lambda: tick(next(done), len(nb.cells)))
    bundles = [out.data for out in last.outputs if MIME in out.get("data", {})]
    texts = [bundle["text/plain"] for bundle in bundles]
    reports = [bundle[MIME] for bundle in bundles]
    return Checked(reports, texts, _errors(nb.cells), points_so_far(nb.cells, reports))


def _run(nb: Any, path: Path, seconds: int, folder: Path, tick: Callable[[], None]) -> None:
    from nbclient import NotebookClient
    from nbclient.exceptions import CellTimeoutError, DeadKernelError
    from traitlets.config import Config

    config = Config()
    if os.name == "posix":  # sockets in a folder of our own, which no other user can reach
        config.KernelManager.transport = "ipc"
        config.KernelManager.ip = str(folder / "socket")
    client: Any = NotebookClient(
        nb,
        timeout=seconds,
        allow_errors=True,
        kernel_name="python3",
        resources={"metadata": {"path": str(path.resolve().parent)}},
        on_cell_complete=lambda **_: tick(),
        config=config,
    )
    try:
        client.execute()
    except CellTimeoutError:
        raise Unusable(f"a cell of {path} ran for more than {seconds} seconds") from None
    except DeadKernelError:
        raise Unusable(f"the kernel ended while {path} was running") from None


def exercises(nb: Any) -> list[str]:
    """The functions of the course that a notebook defines, or has an answer cell for."""
    from autograder.concepts.clinic import CLINIC
    from autograder.units import EXERCISES

    found: list[str] = []
    for cell in nb.cells:
        if cell.cell_type == "code":
            found += _DEFINED.findall(cell.source)
            tracked = cell.metadata.get("nbgrader", {})
            # the answers of a bug hunt are data, and for hidden tests alone; those of the clinic
            # can be looked at: is each of them an id of its case?
            named = tracked["grade_id"] if tracked.get("solution") else ""
            if named == CLINIC or not named.startswith("answers"):
                found.append(named)
    return [name for name in dict.fromkeys(found) if name in EXERCISES]


def _read(path: Path) -> Any:
    import nbformat

    try:
        return nbformat.read(path, as_version=4)
    except FileNotFoundError:
        raise Unusable(f"there is no file {path}") from None
    except Exception as error:  # nbformat raises what the file happens to make it raise
        raise Unusable(f"{path} is no notebook: {type(error).__name__}") from None


def _errors(cells: list[Any]) -> list[str]:
    """One line for each cell that stopped."""
    found = []
    for number, cell in enumerate(cells, 1):
        for output in cell.get("outputs", ()):
            if output.output_type == "error":
                found.append(f"cell {number}: {output.ename}: {output.evalue}"[:300])
    return found
