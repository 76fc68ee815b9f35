"""A name that nobody knows, or that has no value yet."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from types import FunctionType, ModuleType
from typing import Any

from autograder.errors.peek import UNKNOWN, look_up
from autograder.errors.places import Place
from autograder.errors.pure import BUILTIN_NAMES, is_a
from autograder.errors.statement import Statement, Statements, collected, question
from autograder.errors.words import describe, near, some


def unknown_name(error: BaseException, place: Place) -> Statements:
    """NameError: which name, and what is near it or holds it."""
    name = _name(error, place)
    if not name:
        return
    outer = name in place.code.co_freevars
    yield Statement(
        f"There is nothing called `{name}` in {place.line}: it is no argument, gets no value there "
        "and is not among the names of the notebook.",
        look_up(name, place.frame) is UNKNOWN and not outer,
    )
    yield Statement(
        f"`{name}` belongs to the function around {place.line} and has no value yet.", outer
    )
    elsewhere = collected(_elsewhere(name, place))
    yield from elsewhere
    spelt = [] if elsewhere else near(name, _known(place))
    if spelt:
        yield Statement(f"Spelt nearly so {'are' if len(spelt) > 1 else 'is'} {_ticks(spelt)}.")
        yield question(f"Which of the names that exist do you mean by `{name}`?")
    yield question(
        f"Where should `{name}` get its value: as an argument, in a line before this one, or in a "
        "cell above?"
    )


def _elsewhere(name: str, place: Place) -> Statements:
    """Where the name stands for something that this line cannot see as it is written."""
    for module in ("np", "numpy", "math"):
        found = look_up(module, place.frame)
        yield Statement(
            f"`{module}.{name}` exists: what belongs to a module is called by both names.",
            isinstance(found, ModuleType) and name in vars(found),
        )
    for holder, value in _namespaces(place):
        yield Statement(
            f"The dict `{holder}` has a key {name!r}; a key is no name until it is read out.",
            type(value) is dict and name in value,
        )
    owners = [
        key
        for key, value in place.frame.f_globals.items()
        if is_a(value, FunctionType) and _own_local(value, name, place)
    ]
    yield Statement(
        f"`{name}` is a name inside {_ticks(owners[:3])}: what a function names is not seen "
        "outside "
        "of it, unless it is returned or handed over.",
        bool(owners),
    )


def _own_local(function: FunctionType, name: str, place: Place) -> bool:
    """Whether the name is a local one of another function of the notebook."""
    code = function.__code__
    return (
        function.__globals__ is place.frame.f_globals
        and code is not place.code
        and name in code.co_varnames
    )


def no_value_yet(error: BaseException, place: Place) -> Statements:
    """UnboundLocalError: a local name is read before it has a value."""
    name = _name(error, place)
    if not name:
        return
    lines = sorted(set(_assigned(name, place)))
    told = f"in line {lines[0]}" if len(lines) == 1 else f"in lines {some([str(n) for n in lines])}"
    yield Statement(
        f"`{name}` has no value yet in {place.line}. It gets one {told} of the same function, and "
        "for that Python takes it for the function's own name in all its lines.",
        lambda: lines,
    )
    yield Statement(f"`{name}` has no value yet in {place.line}.", lambda: not lines)
    added = next((n for n in _around(place) if isinstance(n, ast.AugAssign)), None)
    if added is not None:
        yield Statement(
            f"{place.quote(added)} adds to what `{name}` was before: it needs a first value.",
            isinstance(added.op, ast.Add) and lines == [place.number],
        )
    yield Statement(
        f"The `{name}` of the notebook is another one, which this function no longer sees.",
        lambda: name in place.frame.f_globals,
    )
    spelt = near(name, [key for key in place.frame.f_locals if not key.startswith(".")])
    yield Statement(f"Spelt nearly so, and with a value, is {_ticks(spelt)}.", lambda: spelt)
    yield question(
        f"Which line should give `{name}` its first value, and does it run before this one in "
        "every "
        "case: also if a loop has no round, or a condition does not hold?"
    )


def _around(place: Place) -> Iterator[ast.AST]:
    node: Any = place.node
    while node is not None:
        yield node
        node = getattr(node, "parent", None)


def _assigned(name: str, place: Place) -> Iterator[int]:
    """Lines of the same function in which the name gets a value."""
    if place.definition is None:
        return
    for node in ast.walk(place.definition):
        if isinstance(node, ast.Name) and node.id == name and isinstance(node.ctx, ast.Store):
            yield node.lineno


def _name(error: BaseException, place: Place) -> str:
    """The name, from the exception or from the code that was running."""
    found = getattr(error, "name", None)
    if not isinstance(found, str) and isinstance(place.node, ast.Name):
        found = place.node.id
    return found if isinstance(found, str) else ""


def _namespaces(place: Place) -> list[tuple[str, Any]]:
    return [(key, value) for key, value in place.frame.f_locals.items() if type(value) is dict]


def _known(place: Place) -> set[str]:
    """Names that the line could see."""
    names = {*place.frame.f_locals, *place.frame.f_globals, *place.code.co_varnames}
    return {n for n in names | BUILTIN_NAMES if not n.startswith("_")} - {"In", "Out"}


def _ticks(names: list[str]) -> str:
    return some([f"`{name}`" for name in names], "and")


def missing_import(error: BaseException, place: Place) -> Statements:
    """ImportError: a module, or a name in it, that is not there."""
    name = getattr(error, "name", None)
    yield Statement(
        f"Nothing called `{name}` is installed where the notebook runs ({place.line}).",
        lambda: isinstance(error, ModuleNotFoundError) and isinstance(name, str),
    )
    yield Statement(
        f"`{name}` has nothing of that name to import ({place.line}).",
        lambda: not isinstance(error, ModuleNotFoundError) and isinstance(name, str),
    )
    yield question("Can the line do without it? The exercises need NumPy and nothing else.")


def is_value(value: Any) -> str:
    """``"a tuple of 2 items: ..."``, or an empty string for what is not known."""
    return "" if value is UNKNOWN else describe(value)
