"""What the catalogue, the map and the assignments give to the teacher's pages, `docs/teaching/`.

The prose of a page is written by hand. Between two marks stands what is made:

    <!-- made: unit -->                  hours, points, and where the notebooks lie
    <!-- made: mistakes one another -->  those of the unit, and by their ids those named here
    <!-- made: map -->                   all units with hours and pages, in docs/teachers-kit.md
    <!-- end -->
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from autograder.atlas.words import plain, sightings
from autograder.authoring.cells import AuthoringError
from autograder.authoring.course import TEXTS, Unit, find_units
from autograder.engine.diagnosis import Misconception
from autograder.units import CATALOGUE

FOLDER, KIT = Path("docs") / "teaching", Path("docs") / "teachers-kit.md"
_MADE = re.compile(
    r"<!-- made: (?P<what>\w+)(?P<more>(?: [\w-]+)*) -->\n.*?<!-- end -->", re.DOTALL
)
_HOURS = re.compile(r"^\| (\d\d[a-z]?) \| (.*?) \| \[.*\| ([\d½]+(?: to [\d½]+)?) \|$", re.M)


def fresh_pages(root: Path) -> Iterator[tuple[Path, str]]:
    """Yield the teacher's pages of the course at `root` with what is made in them made anew.

    Raises
    ------
    AuthoringError
        If a page names a misconception or a part that there is not, or belongs to no unit.
    """
    if not (root / FOLDER).is_dir():
        return
    units = {unit.name: unit for unit in find_units(root) if unit.graded}
    for path in [root / KIT, *sorted((root / FOLDER).glob("*.md"))]:
        name = path.relative_to(root)
        unit = units.get(path.stem)
        if unit is None and name != KIT:
            raise AuthoringError(
                f"{name} is the page of no unit; its name is that of an assignment"
            )
        text = path.read_text("utf-8")
        yield name, _MADE.sub(lambda mark: _made(mark, root, unit, name), text)  # noqa: B023


def stale_pages(root: Path) -> Iterator[str]:
    """Yield the pages in which something else stands than is made."""
    for name, text in fresh_pages(root):
        if (root / name).read_text("utf-8") != text:
            yield f"{name} is not what the catalogue and the map give: run `make build`"


def _made(mark: re.Match[str], root: Path, unit: Unit | None, page: Path) -> str:
    what, named = mark["what"], mark["more"].split()
    if what == "map" and unit is None:
        lines = list(_map(root))
    elif what == "unit" and unit is not None:
        lines = list(_head(root, unit))
    elif what == "mistakes" and unit is not None:
        lines = list(_mistakes(_number(unit), named, page))
    else:
        raise AuthoringError(f"{page}: nothing can be made of {mark[0].splitlines()[0]}")
    return "\n".join([mark[0].splitlines()[0], *lines, "<!-- end -->"])


def _hours(root: Path) -> dict[str, tuple[str, str]]:
    """Return what each unit is about, and its hours, from the map of the start page."""
    text = (root / TEXTS / "START-HERE.md").read_text("utf-8")
    return {number: (about, hours) for number, about, hours in _HOURS.findall(text)}


def _map(root: Path) -> Iterator[str]:
    yield "| unit | what it is about | hours of a student | points |\n|---|---|---|---|"
    hours = _hours(root)
    for unit in find_units(root):
        if unit.graded:
            number = _number(unit)
            about, time = hours.get(number, ("", ""))
            page = FOLDER / f"{unit.name}.md"
            # a unit that is new may have no page yet
            link = f"[{number}](teaching/{page.name})" if (root / page).is_file() else number
            yield f"| {link} | {about} | {time} | {_points(root, unit):g} |"


def _head(root: Path, unit: Unit) -> Iterator[str]:
    lesson = next(u for u in find_units(root) if not u.graded and _number(u) == _number(unit))
    functions = dict.fromkeys(cell.solution for cell in unit.read(root) if cell.solution)
    hours = _hours(root).get(_number(unit), ("", "some"))[1]
    written = ", ".join(f"`{name}`" for name in functions)
    yield (
        f"A student needs **{hours} hours** for the "
        f"[lesson](../../{lesson.notebook}) and the assignment. The assignment has "
        f"{_points(root, unit):g} points and asks for {written}."
    )


def _points(root: Path, unit: Unit) -> float:
    return sum(cell.points or 0 for cell in unit.read(root))


def _mistakes(number: str, named: list[str], page: Path) -> Iterator[str]:
    """Yield those that were met in public or are named, most often met first; then the others."""
    unknown = [id for id in named if id not in CATALOGUE]
    if unknown:
        raise AuthoringError(f"{page} names {unknown[0]!r}, which is in no catalogue")
    ids = dict.fromkeys([*named, *(e.id for e in CATALOGUE.values() if e.unit == number)])
    full = [id for id in ids if id in named or _found(id)]
    for id in sorted(full, key=_found, reverse=True):
        entry, found = CATALOGUE[id], _found(id)
        times = {0: "", 1: ", met once in public"}.get(found, f", met {found} times in public")
        yield f"- **{_link(entry)}** (`{id}`{times}). At the board: {plain(entry.ask)}"
    others = [_link(CATALOGUE[id]) for id in ids if id not in full]
    if others:
        yield f"\nThe grader also knows by name: {'; '.join(others)}."


def _found(id: str) -> int:
    return int(sightings().get(id, {}).get("found", 0))


def _link(entry: Misconception) -> str:
    return f"[{plain(entry.title)}](../misconceptions.md#{entry.id})"


def _number(unit: Unit) -> str:
    return unit.name.partition("_")[0]
