"""Does what students get hold a line that only the instructor may see?"""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from autograder.authoring.cells import Cell
from autograder.authoring.hidden_tests import seed_of, standard_body

_BEGIN = ("BEGIN SOLUTION", "BEGIN HIDDEN TESTS")
_END = ("END SOLUTION", "END HIDDEN TESTS")
# A secret line this long is also searched for inside other lines; a shorter one, such as
# `x = 1`, only as a whole line.
_LONG = 16
# What the package may hold although it stands in a solution: the marks, of which the tools speak,
# forward passes and what they start from, which have to be there to be differentiated, and formulas
# that feedback tells.
OPEN = {
    "### BEGIN SOLUTION",
    "### END SOLUTION",
    "### BEGIN HIDDEN TESTS",
    "### END HIDDEN TESTS",
    "from autograder import grade",
    "flat = x.reshape(len(x), -1)",
    "caches.append(cache)",
    "return A, caches",
    "states.append(h)",
    'return {"W1": W1, "b1": np.zeros((n_h, 1)), "W2": W2, "b2": np.zeros((n_y, 1))}',
    "m = A_prev.shape[1]",
    "theta = np.array(theta, dtype=float)",
    "dx[np.arange(N), y] -= 1",
}


@dataclass
class Lines:
    """The stripped lines of some cells, by who may see them."""

    secret: set[str] = field(default_factory=set)
    public: set[str] = field(default_factory=set)
    seeds: set[str] = field(default_factory=set)


def sort_lines(cells: Iterable[Cell]) -> Lines:
    """Return the lines of `cells`, those between the marks as secret and the others as public.

    A line that is written both inside and outside the marks is no secret, nor is a closing bracket
    on a line of its own.
    """
    lines = Lines()
    for cell in cells:
        hidden = False
        source = cell.source
        if cell.grade:
            lines.seeds.add(str(seed_of(cell.grade)))
            source = source or standard_body(cell.grade, 1, "")
        for line in map(str.strip, source.splitlines()):
            if any(mark in line for mark in (*_BEGIN, *_END)):
                hidden = any(mark in line for mark in _BEGIN)
                lines.secret.add(line)
            elif any(map(str.isalnum, line)):
                (lines.secret if hidden else lines.public).add(line)
    lines.secret -= lines.public
    return lines


def leaks(root: Path, cells: Iterable[Cell]) -> Iterator[str]:
    """Yield where in release/ a secret line of `cells` (of all assignments) is to be found."""
    for found in search(root / "release", cells):
        yield f"release/{found}"


def search(folder: Path, cells: Iterable[Cell]) -> Iterator[str]:
    """Yield where in a folder, or in the archives in it, a secret line of `cells` is to be found.

    In the package, which is a wheel, only long lines are looked for, and those of `OPEN` not; these
    not in the pages of the atlas either, which tell the formulas that feedback tells.
    """
    lines = sort_lines(cells)
    everything_public = "\n".join(lines.public)
    long = [s for s in lines.secret if len(s) >= _LONG and s not in everything_public]
    parts = sorted([*long, *lines.seeds])
    of_modules = [part for part in parts if part not in OPEN]
    for name, raw in _files(folder):
        if ".whl/" in name:
            yield from _search(name, raw, set(), of_modules)
        elif "/atlas/" in f"/{name}":
            yield from _search(name, raw, lines.secret - OPEN, of_modules)
        else:
            yield from _search(name, raw, lines.secret, parts)


def _files(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Yield all files of a folder with their names in it, and those inside of zips and wheels."""
    for path in sorted(folder.rglob("*")):
        if path.is_file() and ".ipynb_checkpoints" not in path.parts:
            name = path.relative_to(folder).as_posix()
            yield from _unpacked(name, path.read_bytes())


def _unpacked(name: str, raw: bytes) -> Iterator[tuple[str, bytes]]:
    if not name.endswith((".zip", ".whl")):
        yield name, raw
        return
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        for inner in archive.namelist():
            yield from _unpacked(f"{name}/{inner}", archive.read(inner))


def _search(name: str, raw: bytes, whole: set[str], parts: Sequence[str]) -> Iterator[str]:
    """Yield the places of one file in which a secret line stands."""
    for place, text in _texts(name, raw.decode("utf-8", "replace")):
        here = [part for part in parts if part in text]
        for line in map(str.strip, text.splitlines()):
            found = line if line in whole else next((p for p in here if p in line), None)
            if found:
                yield f"{name}, {place}: holds the secret line {found!r}"


def _texts(name: str, raw: str) -> Iterator[tuple[str, str]]:
    """Yield every text in a file with its place: all strings of a notebook, or the file."""
    if not name.endswith(".ipynb"):
        yield "as it is", raw
        return
    notebook = json.loads(raw)
    for cell in notebook.pop("cells"):
        for text in _strings(cell):
            yield f"cell {cell.get('id')!r}", text
    for text in _strings(notebook):
        yield "its metadata", text


def _strings(value: Any) -> Iterator[str]:
    """Yield the strings in a JSON value, a list of lines as one text."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list) and all(isinstance(item, str) for item in value):
        yield "".join(value)
    elif isinstance(value, list | dict):
        items = value if isinstance(value, list) else [*value, *value.values()]
        for item in items:
            yield from _strings(item)
