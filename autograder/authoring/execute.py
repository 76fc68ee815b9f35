"""Run the lessons, several at a time, and keep outputs that every machine gives alike."""

from __future__ import annotations

import asyncio
import os
import re
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from autograder.authoring.cells import AuthoringError

_ADDRESS = re.compile(r"\bat 0x[0-9a-fA-F]{6,}")
_COLOUR = re.compile(r"\x1b\[[0-9;]*m")


def run_all(notebooks: Mapping[str, Any], done: Callable[[str], None], timeout: int = 300) -> None:
    """Execute the notebooks in place, each in a kernel of its own.

    Parameters
    ----------
    notebooks : the notebooks by name; their outputs and execution counts are filled in
    done : called with the name of each notebook when it has run
    timeout : seconds that one cell may take
    """
    # Building Matplotlib's font cache says so on stderr, once per machine: not in a lesson.
    import matplotlib.font_manager  # noqa: F401

    asyncio.run(_run_all(notebooks, done, timeout))


async def _run_all(notebooks: Mapping[str, Any], done: Callable[[str], None], timeout: int) -> None:
    room = asyncio.Semaphore(os.cpu_count() or 1)

    async def run_one(name: str) -> None:
        async with room:
            with tempfile.TemporaryDirectory() as folder:
                try:
                    await _run(notebooks[name], timeout, Path(folder))
                except AuthoringError as error:
                    raise AuthoringError(f"{name} does not run: {error}") from None
        done(name)

    await asyncio.gather(*map(run_one, notebooks))


async def _run(notebook: Any, timeout: int, folder: Path) -> None:
    """Execute one notebook in place and refuse what should not be in a lesson."""
    from nbclient import NotebookClient
    from nbclient.exceptions import CellExecutionError, CellTimeoutError
    from traitlets.config import Config

    fixed = notebook.metadata.copy()
    client = NotebookClient(
        notebook,
        kernel_name="python3",
        timeout=timeout,
        record_timing=False,
        store_widget_state=False,
        coalesce_streams=True,
        # Sockets in the file system: no port that two kernels could race for.
        config=Config({"KernelManager": {"transport": "ipc", "ip": str(folder / "socket")}}),
    )
    try:
        await client.async_execute(env=environment(folder), cwd=str(folder))
    except CellExecutionError as error:
        raise AuthoringError(_COLOUR.sub("", str(error)).strip()) from None
    except CellTimeoutError:
        raise AuthoringError(f"a cell ran for more than {timeout} s") from None
    notebook.metadata = fixed
    for cell in notebook.cells:
        _refuse(cell)


def environment(folder: Path) -> dict[str, str]:
    """Return the variables under which a lesson gives the same outputs everywhere.

    One BLAS thread fixes the order of sums, and what every x86 processor of the last ten years can
    do, AVX2, their last bit: a training that starts from there can end elsewhere. The author's own
    IPython and Matplotlib settings and start-up files stay out of it.
    """
    kept = {key: value for key, value in os.environ.items() if key != "MPLBACKEND"}
    settings = folder / "matplotlibrc"
    settings.touch()
    return kept | {
        "OPENBLAS_NUM_THREADS": "1",
        "OMP_NUM_THREADS": "1",
        "OPENBLAS_CORETYPE": os.environ.get("OPENBLAS_CORETYPE", "Haswell"),
        "NPY_DISABLE_CPU_FEATURES": "X86_V4 AVX512_ICL AVX512_SPR",
        "PYTHONHASHSEED": "0",
        "IPYTHONDIR": str(folder / "ipython"),
        "MATPLOTLIBRC": str(settings),
    }


def _refuse(cell: Any) -> None:
    """Raise AuthoringError if the cell's outputs hold a warning or a memory address."""
    for output in cell.get("outputs", []):
        if output.get("name") == "stderr":
            raise AuthoringError(f"cell {cell.id!r} writes to stderr: {output.text.strip()}")
        for text in _texts(output):
            if address := _ADDRESS.search(text):
                raise AuthoringError(
                    f"cell {cell.id!r} shows a memory address ({address[0]}): "
                    "give the object a repr, or end the line with a semicolon"
                )


def _texts(output: Any) -> list[str]:
    data = output.get("data", {})
    return [output.get("text", ""), *(v for k, v in data.items() if k.startswith("text/"))]
