"""Mutants written as a change of a right function: what stands there, and what stands there then.

    change = changes_of("columns", linear_backward)
    change("db_over_axis_0", "db-wrong-axis", ("axis=1", "axis=0"))

The pieces of text are looked for in the source of the right function, where each has to stand
exactly once; so a change of the right function cannot move a slip to another place unseen.
"""

import difflib
import inspect
import linecache
import re
import textwrap
from collections.abc import Callable
from typing import Any

from .registry import add_mutant

Edit = tuple[str, str]


class NotOnce(ValueError):
    """A piece of text that is to be changed stands nowhere in the source, or in several places."""


def changes_of(
    family: str, right: Callable[..., Any], of: str | None = None
) -> Callable[..., None]:
    """Return ``change(name, expected, *edits, ...)`` for one function of a family.

    Parameters
    ----------
    family : str
    right : function
        A right function or method of the bank: the usual one, or an unusual one.
    of : str, optional
        The function whose place the mutants take, if it is not that of `right`.
    """
    function = of or right.__qualname__

    def change(
        name: str,
        expected: str | None,
        *edits: Edit,
        state: dict[str, Any] | None = None,
        **more: Any,
    ) -> None:
        """Register the mutant ``function/name``, which makes the mistake with the id `expected`."""
        full_name = f"{function}/{name}"
        source = changed(source_of(right), edits, f"{family}:{full_name}")
        mutant = compiled(source, f"<{family}: {full_name}>")
        add_mutant(family, full_name, mutant, function, expected, state or {}, **more)

    return change


def source_of(function: Callable[..., Any]) -> str:
    """Return the source of a function without its decorators, from the margin on."""
    text = textwrap.dedent(inspect.getsource(function))
    return text[text.index("def ") :]


def changed(source: str, edits: tuple[Edit, ...], label: str) -> str:
    """Return `source` with every old piece of text replaced by its new one.

    Raises
    ------
    NotOnce
        If an old piece does not stand exactly once in `source`; the message says what stands there.
    """
    places = []
    for old, new in edits:
        assert old != new, f"{label} changes nothing: {old!r}"
        if source.count(old) != 1:
            raise NotOnce(f"{label}: {_found(source, old)}")
        places.append((source.index(old), old, new))
    for start, old, new in sorted(places, reverse=True):
        assert source[start : start + len(old)] == old, f"{label}: the changes overlap at {old!r}"
        source = source[:start] + new + source[start + len(old) :]
    return source


def compiled(source: str, file: str) -> Callable[..., Any]:
    """Return the function that `source` defines; ``inspect.getsource`` and tracebacks know it."""
    linecache.cache[file] = (len(source), None, source.splitlines(keepends=True), file)
    namespace: dict[str, Any] = {"__name__": file}
    exec(compile(source, file, "exec"), namespace)
    name = re.match(r"def (\w+)", source)
    assert name, f"{file} defines no function"
    made: Callable[..., Any] = namespace[name[1]]
    return made


def _found(source: str, old: str) -> str:
    lines = source.splitlines()
    holding = [line.strip() for line in lines if old.split("\n")[0] in line]
    if not holding:
        near = difflib.get_close_matches(old.strip(), [line.strip() for line in lines], 1, 0)
        return f"{old!r} stands nowhere in the right function; nearest is {near[0]!r}"
    return f"{old!r} stands {source.count(old)} times in the right function: {holding}"
