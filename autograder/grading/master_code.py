"""What the cells of a master say of its tests: names they rely on, and where a test is to run."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import nbformat
from IPython.core.inputtransformer2 import TransformerManager

TAG = "autograder-inside"
#: A line of its own in a hidden test: it runs in the student's process; see docs/guarantees.md.
INSIDE = re.compile(r"^\s*#+\s*autograder:\s*inside\b.*$", re.M)


@dataclass(frozen=True)
class MasterCode:
    """What is found in a master notebook beyond what the gradebook keeps of it.

    Attributes
    ----------
    imports : dict of str to str
        Names that its cells import, and the statements that do it; under ``*`` those that import
        all of a module.
    shared : frozenset of str
        Names that its cells define, solutions included.
    inside : frozenset of str
        The tests that are marked to run in the student's process.
    """

    imports: dict[str, str] = field(default_factory=dict)
    shared: frozenset[str] = frozenset()
    inside: frozenset[str] = frozenset()


def read_code(
    tests: dict[str, str], others: Iterable[str], notebook: Path | None = None
) -> MasterCode:
    """Read what is to be known of a master's code.

    Parameters
    ----------
    tests : dict of str to str
        The sources of the test cells, by name.
    others : iterable of str
        The sources of the other code cells that the gradebook has.
    notebook : Path, optional
        The master itself, which has cells and tags that the gradebook has not.
    """
    inside = {name for name, source in tests.items() if INSIDE.search(source)}
    sources = list(others)
    for cell in _cells(notebook):
        name = cell.metadata.get("nbgrader", {}).get("grade_id")
        if name in tests:
            inside |= {name} if TAG in cell.metadata.get("tags", ()) else set()
        elif cell.cell_type == "code":
            sources.append(cell.source)
    imports: dict[str, str] = {}
    shared: set[str] = set()
    for statement in (s for source in sources for s in _statements(source)):
        if isinstance(statement, ast.Import | ast.ImportFrom):
            for name, words in _imported(statement):
                # several modules may be imported whole, and `import a.b` adds to `import a`
                added = words.startswith("import ") and " as " not in words
                known = imports.get(name, "") if name == "*" or added else ""
                imports[name] = f"{known}\n{words}".strip()
        else:
            shared.update(_defined(statement))
    return MasterCode(imports, frozenset(shared - imports.keys()), frozenset(inside))


def _cells(notebook: Path | None) -> list[Any]:
    if notebook is None or not notebook.is_file():
        return []
    with suppress(ValueError, OSError):
        return list(nbformat.read(notebook, as_version=4).cells)
    return []


def _statements(source: str) -> list[ast.stmt]:
    try:
        plain = TransformerManager().transform_cell(source)  # type: ignore[no-untyped-call]
        return ast.parse(plain).body
    except SyntaxError:  # another language's cell, or one that is wrong on purpose
        return []


def _imported(statement: ast.Import | ast.ImportFrom) -> Iterator[tuple[str, str]]:
    for alias in statement.names:
        if isinstance(statement, ast.ImportFrom):
            words = ast.unparse(ast.ImportFrom(statement.module, [alias], statement.level))
            yield alias.asname or alias.name, words
        else:
            name = alias.asname or alias.name.partition(".")[0]
            yield name, ast.unparse(ast.Import([alias]))


def _defined(statement: ast.stmt) -> Iterator[str]:
    if isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        yield statement.name
    elif isinstance(statement, ast.Assign | ast.AnnAssign | ast.AugAssign):
        for node in ast.walk(statement):
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
                yield node.id
