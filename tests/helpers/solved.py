"""The solved assignments as notebooks whose cells have run, and the same with one slip in them."""

from __future__ import annotations

import ast
import contextlib
import io
import json
import linecache
from functools import cache
from pathlib import Path
from types import FunctionType

ROOT = Path(__file__).resolve().parents[2]


def run(source, name, names, defining=False):
    """Run a cell; its lines can be read as those of a notebook's cell can.

    Where it is there for what it is `defining`, what it shows is left out: nbval looks at that.
    """
    linecache.cache[name] = (len(source), None, source.splitlines(True), name)
    tree = ast.parse(source, name)
    if defining:
        tree.body = [part for part in tree.body if not isinstance(part, ast.Expr)]
    with contextlib.redirect_stdout(io.StringIO()):
        exec(compile(tree, name, "exec"), names)


@cache
def solved(unit):
    """The names of a solved assignment, and the source of the cell that defines each answer."""
    (path,) = ROOT.glob(f"source/{unit}_*/*.ipynb")
    names, sources = {"__name__": "__main__"}, {}
    for number, cell in enumerate(json.loads(path.read_text("utf-8"))["cells"]):
        meta = cell["metadata"].get("nbgrader", {})
        source = "".join(cell["source"])
        test = meta.get("grade") and not meta.get("solution")
        free = not meta.get("solution") and meta.get("locked") is False
        if cell["cell_type"] == "code" and not test and not free:
            run(source, f"<{unit} cell {number}>", names, defining=True)
            if meta.get("solution"):
                sources[meta["grade_id"]] = source
    return names, sources


def with_cell(unit, source):
    """The names of a solved assignment after one more cell."""
    base, _ = solved(unit)
    names = dict(base)
    for key, value in base.items():  # functions see the names of this notebook
        if isinstance(value, FunctionType) and value.__globals__ is base:
            defaults, closure = value.__defaults__, value.__closure__
            names[key] = FunctionType(value.__code__, names, key, defaults, closure)
    run(source, f"<{unit} slip {hash(source)}>", names)
    return names
