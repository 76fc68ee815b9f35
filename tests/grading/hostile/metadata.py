"""Notebooks whose structure was tampered with: types, points, order, copies, names, tags."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from .case import Case

Cell = dict[str, Any]


def _each(test: Callable[[Cell], bool], change: Callable[[Cell], Any]) -> Any:
    """Return an edit that changes the cells that pass a test."""

    def edit(data: dict[str, Any]) -> None:
        for cell in data["cells"]:
            if test(cell):
                change(cell)

    return edit


def _name(cell: Cell) -> str:
    return str(cell["metadata"].get("nbgrader", {}).get("grade_id", ""))


def _is_test(cell: Cell) -> bool:
    return "__" in _name(cell)


def _meta(**values: Any) -> Callable[[Cell], Any]:
    return lambda cell: cell["metadata"]["nbgrader"].update(values)


def _to_markdown(cell: Cell) -> None:
    cell["cell_type"] = "markdown"
    del cell["outputs"], cell["execution_count"]


def _forged(**values: Any) -> Cell:
    meta = {"grade": True, "solution": False, "locked": True, "schema_version": 3, "points": 99}
    return {
        "cell_type": "code",
        "id": "forged",
        "metadata": {"nbgrader": meta | {"task": False} | values},
        "source": "import os\nprint('RAN AS', os.getuid())\n99.0",
        "outputs": [],
        "execution_count": None,
    }


def _copy_tests(data: dict[str, Any]) -> None:
    copies = [dict(cell, source="3.0") for cell in data["cells"] if _is_test(cell)]
    data["cells"] = copies + data["cells"] + copies


def _swap_names(data: dict[str, Any]) -> None:
    """Let the harder test be known under the name of the one that passes."""
    names = {"square__value": "square__keeps_its_input", "square__keeps_its_input": "square__value"}
    for cell in data["cells"]:
        if _name(cell) in names:
            cell["metadata"]["nbgrader"]["grade_id"] = names[_name(cell)]


def _drop_tests(data: dict[str, Any]) -> None:
    data["cells"] = [cell for cell in data["cells"] if not _is_test(cell)]


def _reverse(data: dict[str, Any]) -> None:
    data["cells"].reverse()


CASES: list[Case] = [
    Case(
        "tests tagged skip-execution",
        edit=_each(_is_test, lambda c: c["metadata"].update(tags=["skip-execution"])),
    ),
    Case(
        "tests tagged raises-exception",
        edit=_each(_is_test, lambda c: c["metadata"].update(tags=["raises-exception"])),
    ),
    Case("tests emptied", edit=_each(_is_test, lambda c: c.update(source=""))),
    Case("tests replaced by a number", edit=_each(_is_test, lambda c: c.update(source="99.0"))),
    Case("tests made markdown", edit=_each(_is_test, _to_markdown), shows=("5 cells had become",)),
    Case("tests made raw", edit=_each(_is_test, lambda c: c.update(cell_type="raw"))),
    Case("tests marked as solutions", edit=_each(_is_test, _meta(solution=True))),
    Case("tests unlocked", edit=_each(_is_test, _meta(locked=False))),
    Case("tests marked as not graded", edit=_each(_is_test, _meta(grade=False))),
    Case(
        "points raised",
        edit=_each(_is_test, _meta(points=1000)),
        shows=("5 cells had other points",),
    ),
    Case("points negative", edit=_each(_is_test, _meta(points=-5))),
    Case("points as text", edit=_each(_is_test, _meta(points="many"))),
    Case("points infinite", edit=_each(_is_test, _meta(points=1e999))),
    Case(
        "answers marked as graded",
        edit=_each(lambda c: _name(c) == "square", _meta(grade=True, points=50)),
    ),
    Case("checksums forged", edit=_each(lambda c: bool(_name(c)), _meta(checksum="0"))),
    Case("schema of the future", edit=_each(lambda c: bool(_name(c)), _meta(schema_version=99))),
    Case("schema of the past", edit=_each(lambda c: bool(_name(c)), _meta(schema_version=0))),
    Case("schema as text", edit=_each(lambda c: bool(_name(c)), _meta(schema_version="3"))),
    Case(
        "all names removed",
        edit=_each(lambda c: bool(_name(c)), lambda c: c["metadata"]["nbgrader"].pop("grade_id")),
        shows=("were recognised by their text",),
    ),
    Case(
        "names that are no text",
        edit=_each(lambda c: bool(_name(c)), _meta(grade_id=[1, {"a": 2}])),
    ),
    Case(
        "metadata that are no dict",
        edit=_each(_is_test, lambda c: c["metadata"].update(nbgrader="x")),
    ),
    Case("names swapped", edit=_swap_names),
    Case("tests copied", edit=_copy_tests, shows=("were there more than once",)),
    Case("tests deleted", edit=_drop_tests, shows=("5 cells were missing",)),
    Case("cells reversed", edit=_reverse, right=True, shows=("had been moved",)),
    Case(
        "a graded cell of one's own",
        edit=lambda d: d["cells"].append(_forged(grade_id="mine")),
        shows=("claimed points",),
    ),
    Case("a graded cell without a name", edit=lambda d: d["cells"].append(_forged())),
    Case(
        "a test's name on one's own cell",
        edit=lambda d: d["cells"].insert(0, _forged(grade_id="square__value")),
    ),
    Case(
        "outputs forged in the file",
        edit=_each(
            _is_test,
            lambda c: c.update(
                outputs=[
                    {
                        "output_type": "execute_result",
                        "data": {"text/plain": "3.0"},
                        "metadata": {},
                        "execution_count": 1,
                    }
                ]
            ),
        ),
    ),
    Case(
        "verdicts forged in the metadata",
        edit=lambda d: (
            [c["metadata"].update(autograder={"status": "passed"}) for c in d["cells"]] and None
        ),
    ),
    Case(
        "a kernel of one's own",
        edit=lambda d: d["metadata"].update(
            kernelspec={"name": "evil", "display_name": "x", "language": "bash"}
        ),
    ),
]
