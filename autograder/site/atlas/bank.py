"""The slips of the tests' bank, `tests/bank`, and the lines in which one differs from the truth.

A page of the atlas shows those lines alone, and never one of a solution: students read it.
"""

from __future__ import annotations

import difflib
import importlib
import inspect
import re
import sys
import textwrap
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from autograder.engine.exercise import Exercise

#: So many changed lines are shown at most; a slip with more is another way, and no slip in a line.
_MOST = 2


class Bank:
    """The bank of the repository at `root`."""

    def __init__(self, root: Path):
        with _on_path(root / "tests", root / "tests" / "mutation"):
            self._bank: Any = importlib.import_module("bank")
            self._measure: Any = importlib.import_module("measure")

    @property
    def families(self) -> tuple[str, ...]:
        """The families of right functions, ``"columns"``."""
        return tuple(self._bank.FAMILIES)

    def slips(self, family: str) -> Iterator[Any]:
        """Yield the wrong implementations of a family that have a name in the catalogue."""
        for one in self._bank.mutants(family):
            if one.expected and one.equivalent is None:
                yield one

    def unit(self, slip: Any) -> str:
        """Return the unit whose checks judge a slip, ``"04"``."""
        return str(self._measure.UNITS[slip.family])

    def exercises(self, slip: Any) -> list[Exercise]:
        """Return the exercises of its unit, that of the function with the slip first."""
        return list(self._measure.exercises(slip.family, [slip.function]))

    def changed_lines(self, slip: Any, secret: set[str]) -> str:
        """Return the lines in which a slip differs from the right function; empty if they are many.

        Parameters
        ----------
        slip : a wrong implementation
        secret : set of str
            Lines of solutions, without their blanks; a slip that shows one of them is not shown.
        """
        right = self._bank.reference(slip.family)
        wrong = slip.replace.get(slip.function) if len(slip.replace) == 1 else None
        name, _, method = slip.function.partition(".")
        old = getattr(right[name], method) if method else right.get(name)
        if old is None or not inspect.isfunction(wrong) or not inspect.isfunction(old):
            return ""
        before, after = _lines(old), _lines(wrong)
        made = difflib.ndiff(before, after)
        kept = [line[2:] for line in made if line.startswith("+ ") and line[2:] not in before]
        if not 0 < len(kept) <= _MOST or any(squeezed(line) in secret for line in kept):
            return ""
        return textwrap.dedent("\n".join(kept))


def squeezed(line: str) -> str:
    """Return a line without its blanks, as lines are compared."""
    return re.sub(r"\s", "", line)


def _lines(function: Any) -> list[str]:
    """Return the lines of a function below its signature, without docstring and comments."""
    text = textwrap.dedent(inspect.getsource(function))
    body = re.sub(r'"""(?s:.*?)"""', "", text[text.index("def ") :])
    lines = [re.sub(r"\s+#.*", "", line).rstrip() for line in body.splitlines()[1:]]
    return [line for line in lines if line.strip() and not line.lstrip().startswith("#")]


@contextmanager
def _on_path(*folders: Path) -> Iterator[None]:
    names = [str(folder) for folder in folders]
    sys.path[:0] = names
    try:
        yield
    finally:
        for name in names:
            sys.path.remove(name)
