"""Make the folder that students get, and the zip of it."""

from __future__ import annotations

import re
import shutil
import tempfile
import zipfile
from collections.abc import Iterator
from itertools import chain
from pathlib import Path, PurePosixPath

import nbformat

from autograder.authoring.build import read_ledger, refuse_to_overwrite, write
from autograder.authoring.cells import AuthoringError, Cell, fingerprint
from autograder.authoring.course import TEXTS, Unit, find_units
from autograder.authoring.leaks import search
from autograder.authoring.to_notebook import dumps
from autograder.handout import start_page
from autograder.handout.atlas import atlas_pages
from autograder.handout.failed import HandoutFailed
from autograder.handout.links import broken_links
from autograder.handout.navigation import ASSIGNMENTS, GLOSSARY, LESSONS, START, lead_on, ways
from autograder.handout.wheel import build_wheel

# What a student installs, in the versions of the repository's requirements.txt.
PACKAGES = ("numpy", "matplotlib", "ipython", "ipykernel", "jupyterlab")
_HEAD = """\
# What the course needs: `python -m pip install -r requirements.txt`, run in this folder.
"""


def make_handout(root: Path, folder: Path) -> Path:
    """Make the hand-out of the course at `root` into `folder`, and return the zip beside it.

    An earlier hand-out in `folder` is replaced. The same course gives the same bytes.

    Raises
    ------
    HandoutFailed
        If `root` is not the course's repository, a notebook is older than its text, something
        secret or a broken link is in what would be handed out, or `folder` holds other things.
        Nothing was written then.
    """
    root, folder = root.resolve(), folder.resolve()
    if folder.exists() and not folder.is_dir():
        raise HandoutFailed(f"{folder} is a file; a hand-out is a folder")
    if folder.is_dir() and any(folder.iterdir()) and not (folder / START).is_file():
        raise HandoutFailed(f"{folder} holds other things than a hand-out; name another folder")
    with tempfile.TemporaryDirectory() as scratch:
        made = Path(scratch) / folder.name
        texts = _texts(root)
        _fill(made, root, list(texts))
        faults = [*broken_links(made), *search(made, chain(*texts.values()))]
        if faults:
            raise HandoutFailed("nothing was handed out:\n" + "\n".join(faults))
        packed = Path(scratch) / "packed.zip"
        pack(made, packed)
        if folder.is_dir():
            shutil.rmtree(folder)
        folder.parent.mkdir(parents=True, exist_ok=True)
        shutil.move(made, folder)
        return Path(shutil.move(packed, folder.with_name(f"{folder.name}.zip")))


def pack(folder: Path, target: Path) -> None:
    """Zip a folder under its own name, so that the same files give the same bytes."""
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(path for path in folder.rglob("*") if path.is_file()):
            info = zipfile.ZipInfo(path.relative_to(folder.parent).as_posix())  # of 1980-01-01
            info.create_system, info.external_attr = 3, 0o100644 << 16
            archive.writestr(info, path.read_bytes(), zipfile.ZIP_DEFLATED)


def _texts(root: Path) -> dict[Unit, list[Cell]]:
    """Return the cells of each unit's text; refuse where a notebook is not what its text gives."""
    if not (root / TEXTS).is_dir():
        raise HandoutFailed(
            f"{root} is not the repository of the course: there is no {TEXTS}/ in it. A course of "
            "your own hands out its folder release/ and the package's wheel"
        )
    try:
        texts, built = {unit: unit.read(root) for unit in find_units(root)}, read_ledger(root)
        refuse_to_overwrite(root, list(texts))
    except AuthoringError as error:
        raise HandoutFailed(str(error)) from None
    for unit, cells in texts.items():
        path = unit.release or unit.notebook
        if not (root / path).is_file() or built.get(unit.text) != fingerprint(cells):
            raise HandoutFailed(f"{path} is not what {unit.text} gives: run `make build`")
    return texts


def _fill(folder: Path, root: Path, units: list[Unit]) -> None:
    text = start_page.read_text(root)
    placed = {_place(unit): unit.release or unit.notebook for unit in units}
    order = ways(
        [path for path in placed if path.startswith(LESSONS)],
        [path for path in placed if path.startswith(ASSIGNMENTS)],
    )
    for way, following in zip(order, [*order[1:], None], strict=True):
        for path in filter(None, (way.lesson, way.assignment)):
            notebook = nbformat.read(root / placed[path], as_version=4)
            lead_on(notebook, path, way, following)
            write(folder / path, dumps(notebook))
    for name, page in ((START, text), (GLOSSARY, start_page.read_glossary(root))):
        write(folder / name, dumps(start_page.to_notebook(page)))
        write((folder / name).with_suffix(".html"), start_page.to_html(page))
    for place, html in atlas_pages():
        write(folder / place, html)
    shutil.copyfile(start_page.CHECK, folder / start_page.CHECK.name)
    for name in ("LICENSE", "LICENSE-texts"):
        shutil.copyfile(root / name, folder / name)
    wheel = build_wheel(root, folder)
    write(folder / "requirements.txt", "\n".join([_HEAD, *_pins(root), f"./{wheel.name}", ""]))


def _place(unit: Unit) -> str:
    """Return where a unit's notebook lies in the hand-out."""
    if unit.release is None:
        return f"{LESSONS}/{PurePosixPath(unit.notebook).name}"
    return ASSIGNMENTS + unit.release.removeprefix("release")


def _pins(root: Path) -> Iterator[str]:
    text = (root / "requirements.txt").read_text("utf-8")
    for name in PACKAGES:
        found = re.search(rf"^{name}==\S+", text, re.M)
        if found is None:
            raise HandoutFailed(f"requirements.txt pins no {name}, which students install")
        yield found[0]
