"""Build the notebooks of some units into a folder."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any

import nbformat

from autograder.authoring.cells import AuthoringError, Cell, fingerprint
from autograder.authoring.course import LEDGER, Unit
from autograder.authoring.execute import run_all
from autograder.authoring.release import generate
from autograder.authoring.text import check_spelling
from autograder.authoring.to_notebook import dumps, from_notebook, to_notebook

Say = Callable[[str], None]


def build_into(folder: Path, root: Path, units: Sequence[Unit], say: Say) -> list[str]:
    """Build `units` of the course at `root` into `folder`; return the paths written.

    The folder has the layout of the course, and may be thrown away: nothing under `root`
    is touched.  Lessons run in parallel; `say` is told of each notebook when it is there.
    """
    notebooks = {unit: _notebook(unit, root) for unit in units}
    lessons = {unit.text: notebooks[unit] for unit in units if not unit.graded}
    if lessons:
        run_all(lessons, lambda name: say(f"ran {name}"))
    written = []
    for unit, notebook in notebooks.items():
        write(folder / unit.notebook, dumps(notebook))
        written.append(unit.notebook)
    graded = [unit for unit in units if unit.release]
    with ProcessPoolExecutor(os.cpu_count() or 1) as pool:
        made = partial(_generated, folder, root)
        for unit, _ in zip(graded, pool.map(made, [u.name for u in graded]), strict=True):
            written.append(str(unit.release))
            say(f"generated {unit.release}")
    write(folder / LEDGER, _ledger(root, units))
    return [*written, LEDGER]


def _generated(folder: Path, root: Path, assignment: str) -> None:
    generate(folder, assignment, root, gradebook=f"{assignment}.db")


def build(root: Path, units: Sequence[Unit], folder: Path, say: Say) -> None:
    """Build `units` in `folder` and bring what changed into the course at `root`."""
    refuse_to_overwrite(root, units)
    for path in build_into(folder, root, units, say):
        new = (folder / path).read_bytes()
        if not (root / path).exists() or (root / path).read_bytes() != new:
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(folder / path, root / path)
            say(f"wrote {path}")


def refuse_to_overwrite(root: Path, units: Sequence[Unit]) -> None:
    """Raise AuthoringError if a notebook holds an edit that its text does not."""
    built = read_ledger(root)
    for unit in units:
        if (root / unit.notebook).exists():
            found = fingerprint(read_notebook_cells(root, unit))
            if found not in (built.get(unit.text), fingerprint(unit.read(root))):
                raise AuthoringError(
                    f"{unit.notebook} was edited since it was built. `make absorb` brings the edit "
                    f"into {unit.text}; to drop it, delete the notebook and run `make build` again"
                )


def read_ledger(root: Path) -> dict[str, str]:
    """Return, by the path of each text, the fingerprint of what was last built from it."""
    try:
        return dict(json.loads((root / LEDGER).read_text("utf-8")))
    except FileNotFoundError:
        return {}
    except ValueError:
        raise AuthoringError(f"{LEDGER} is not JSON: delete it and run `make build`") from None


def read_notebook(root: Path, unit: Unit) -> Any:
    """Return the notebook of `unit` as it lies there now."""
    try:
        return nbformat.read(root / unit.notebook, as_version=4)
    except nbformat.reader.NotJSONError:
        raise AuthoringError(
            f"{unit.notebook} is no notebook: it is not JSON. If a merge left its marks in it, "
            "delete it and run `make build`"
        ) from None


def read_notebook_cells(root: Path, unit: Unit) -> list[Cell]:
    """Return what the notebook of `unit` says as it lies there now."""
    notebook = read_notebook(root, unit)
    try:
        return from_notebook(notebook, unit.graded)
    except AuthoringError as error:
        raise AuthoringError(f"{unit.notebook}: {error}") from None


def _notebook(unit: Unit, root: Path) -> Any:
    """Return the unit's notebook, nothing executed, naming the text in every complaint."""
    from autograder.suite import describe

    cells = unit.read(root)
    try:
        check_spelling((root / unit.text).read_text("utf-8"), cells)
        return to_notebook(cells, unit.graded, describe)
    except AuthoringError as error:
        raise AuthoringError(f"{unit.text}: {error}") from None
    except KeyError as error:
        raise AuthoringError(f"{unit.text}: {error.args[0]}") from None


def _ledger(root: Path, units: Sequence[Unit]) -> str:
    """Return the ledger with the new fingerprints of `units`, without texts that are gone."""
    kept = {k: v for k, v in read_ledger(root).items() if (root / k).exists()}
    built = kept | {unit.text: fingerprint(unit.read(root)) for unit in units}
    return json.dumps(built, indent=1, sort_keys=True) + "\n"


def write(path: Path, text: str) -> None:
    """Write a text, in a folder that may not be there yet."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode())
