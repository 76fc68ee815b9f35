"""The points that notebooks get in an ordinary kernel, where tests and answers share a process."""

from __future__ import annotations

import asyncio
import copy
from collections.abc import Mapping, Sequence
from tempfile import TemporaryDirectory
from typing import Any

from nbclient import NotebookClient
from nbformat.v4 import new_code_cell, new_notebook
from traitlets.config import Config

from autograder.grading.assignment import Master
from autograder.grading.master_code import INSIDE
from autograder.grading.notebook.inside import read_outputs
from autograder.grading.notebook.room import filled
from autograder.grading.notebook.run_tests import test_of
from autograder.grading.notebook.testcell import is_hand_written
from autograder.grading.tryout.findings import Points

_SECONDS = 120


def kernel_points(
    notebooks: Sequence[Any], master: Master, given: Mapping[str, bytes]
) -> list[dict[str, Points]]:
    """Run notebooks side by side, each in a kernel of its own; return points by test cell.

    The notebooks are the instructor's own work. Tests through this package's checks are left out:
    they need no kernel to be known.

    Parameters
    ----------
    notebooks : sequence of NotebookNode
        With all of the master's cells in place.
    given : mapping of str to bytes
        The assignment's files.
    """
    return asyncio.run(_all(notebooks, master, given))


async def _all(
    notebooks: Sequence[Any], master: Master, given: Mapping[str, bytes]
) -> list[dict[str, Points]]:
    running = (_one(nb, master, given) for nb in notebooks)
    return list(await asyncio.gather(*running))


async def _one(nb: Any, master: Master, given: Mapping[str, bytes]) -> dict[str, Points]:
    cells: list[Any] = []
    tests = {}
    for cell in nb.cells:
        source = test_of(cell, master)
        if cell.cell_type != "code" or (source and not is_hand_written(source.source)):
            continue
        text = INSIDE.sub("", source.source) if source else cell.source
        cells.append(new_code_cell(text, id=str(len(cells))))
        if source:
            tests[len(cells) - 1] = source
    ran = new_notebook(cells=cells, metadata=copy.deepcopy(nb.metadata))
    ran.metadata.pop("autograder", None)
    ran.metadata.kernelspec = {"name": "python3", "display_name": "Python 3", "language": "python"}
    with filled(given) as folder, TemporaryDirectory(prefix="autograder-kernel-") as sockets:
        # Sockets in the file system: no port that two kernels could race for.
        config = Config()
        config.KernelManager.transport, config.KernelManager.ip = "ipc", f"{sockets}/socket"
        client = NotebookClient(ran, allow_errors=True, timeout=_SECONDS, config=config)
        await client.async_execute(cwd=str(folder))
    found = {}
    for at, source in tests.items():
        result = read_outputs(list(cells[at].outputs), float(source.metadata["points"]))
        valued = any(output["output_type"] == "execute_result" for output in result.outputs)
        found[source.name] = Points(result.earned, result.message, valued)
    return found
