"""Variants of the bank as notebooks: a student's cell with their source, and the hidden tests."""

from __future__ import annotations

import contextlib
import inspect
import io
import re
import textwrap
import warnings
from functools import cache
from pathlib import Path
from typing import Any
from unittest import mock

import bank
import nbformat
from bank.registry import REFERENCES
from nbformat.v4 import new_code_cell, new_notebook

from autograder import suite
from autograder.engine.exercise import exercise_of
from autograder.grading.assignment import Master, SourceCell
from autograder.suite import _report as suite_report
from autograder.units import EXERCISES

ROOT = Path(__file__).resolve().parents[2]
#: Family of the bank to the unit whose checks judge it.
UNITS = {"expressions": "01", "rows": "03", "columns": "04", "rnn": "07", "rnn_rows": "07b"}
UNITS |= {"lstm": "09"}
_HEAD = "import math\nimport numpy as np\nfrom typing import Any, NamedTuple\n\n"


def variants() -> list[tuple[str, Any]]:
    """List (family, variant): slips, unusual right answers and pairs of slips."""
    kinds = (bank.mutants, bank.rights, bank.pairs)
    return [(family, one) for family in UNITS for kind in kinds for one in kind(family)]


def checks(family: str) -> list[str]:
    """List the names of all checks of functions in a family's unit."""
    unit = [e for e in EXERCISES.values() if e.unit == UNITS[family]]
    functions = [e for e in unit if not e.name.startswith("answers")]
    return [f"{e.name}__{p.name}" for e in functions for p in e.properties]


def source(family: str, variant: Any) -> str:
    """Write a variant as the cell that a student would have written."""
    parts = [variant.first, variant.second] if isinstance(variant, bank.Pair) else [variant]
    things: dict[str, Any] = dict(REFERENCES[family])
    text = _HEAD
    for part in parts:
        things |= part.replace
        text += "".join(f"{name} = {value!r}\n" for name, value in part.state.items())
    # a method's replacement comes after its class
    return text + "\n".join(
        definition(n, things[n]) for n in sorted(things, key=lambda n: "." in n)
    )


def definition(name: str, thing: Any) -> str:
    """Return the source of a function or class under the name that it has in the notebook."""
    text = textwrap.dedent(inspect.getsource(thing))
    text = text[re.search(r"^(def|class) ", text, re.M).start() :]  # type: ignore[union-attr]
    owner, _, method = name.rpartition(".")
    text = re.sub(rf"\A(def|class) {thing.__name__}\b", rf"\1 {method}", text)
    return text + (f"{name} = {method}\n" if owner else "")


def test_source(check: str, seed: int) -> str:
    """Return a hidden test cell as the course's assignments have them."""
    return f"from autograder import grade\ngrade({check!r}, globals(), seed={seed})"


test_source.__test__ = False  # type: ignore[attr-defined]


def given(family: str) -> str:
    """Return the classes that a unit's notebook gives: an object of ours cannot cross the wire."""
    if family != "rows":
        return ""
    nb = nbformat.read(ROOT / "source/03_layer_recipes/layer_recipes.ipynb", as_version=4)
    cells = (c for c in nb.cells if c.cell_type == "code" and "nbgrader" in c.metadata)
    locked = (c.source for c in cells if c.metadata.nbgrader.locked)
    return "\n\n".join(source for source in locked if source.startswith("class "))


def notebook(family: str, variant: Any, seed: int) -> tuple[Any, Master]:
    """Return a submission and its master: one answer, and every check of the unit."""
    cells = {}
    for name in checks(family):
        meta = {"schema_version": 3, "grade_id": name, "grade": True, "solution": False}
        meta |= {"locked": True, "task": False, "cell_type": "code", "points": 1}
        cells[name] = SourceCell(name, "code", test_source(name, seed), meta)
    answer = new_code_cell(f"{source(family, variant)}\n\n{given(family)}")
    tests = [new_code_cell("", metadata={"nbgrader": c.metadata}) for c in cells.values()]
    return new_notebook(cells=[answer, *tests]), Master("x", cells)


def ordinary(family: str, variant: Any, seed: int, anew: bool = True) -> dict[str, float]:
    """Run a unit's hidden tests in this process, on the functions themselves.

    An ordinary kernel judges a function anew for each of its properties. Of one that remembers
    nothing the same comes out every time: where it need not be done `anew`, it is done once.
    """
    names = variant.namespace()
    reports = cache(lambda name: suite_report(exercise_of(name, names), names, seed))
    once = mock.patch.object(suite, "_report", lambda exercise, *_: reports(exercise.name))
    with contextlib.nullcontext() if anew else once:
        return {check: run_here(test_source(check, seed), names) for check in checks(family)}


def run_here(text: str, names: dict[str, Any]) -> float:
    """Run a cell as an ordinary kernel does: 1.0 if nothing was raised."""
    with (
        contextlib.redirect_stdout(io.StringIO()),
        contextlib.redirect_stderr(io.StringIO()),
        warnings.catch_warnings(),
    ):
        warnings.simplefilter("ignore")
        try:
            exec(compile(text, "<cell>", "exec"), names)
        except Exception:
            return 0.0
    return 1.0
