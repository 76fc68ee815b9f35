"""What can be said of any line that stopped: what its names stand for, and how to look at them."""

from __future__ import annotations

import ast
from types import ModuleType
from typing import Any

from autograder.errors.peek import UNKNOWN
from autograder.errors.places import Place
from autograder.errors.pure import is_a
from autograder.errors.statement import Statement, Statements
from autograder.errors.words import describe, some


def whatever_is_there(place: Place) -> Statements:
    """The names in the code that stopped, and what they stand for."""
    node = place.node
    told = [f"`{name}` is {describe(value)}" for name, value in _values(place).items()]
    head = f", at {place.quote(node)}" if isinstance(node, ast.expr) else ""
    yield Statement(
        f"Python stopped in {place.line}{head}{': ' * bool(told)}{'; '.join(told[:6])}."
    )


def _values(place: Place) -> dict[str, Any]:
    """What the names in the code that stopped stand for, functions and modules left out."""
    node = place.node if isinstance(place.node, ast.expr | ast.AugAssign) else None
    parts = {n.id: n for n in ast.walk(node or ast.Pass()) if isinstance(n, ast.Name)}
    values = {name: place.peek(part) for name, part in parts.items()}
    return {
        name: value
        for name, value in values.items()
        if value is not UNKNOWN and not callable(value) and not is_a(value, ModuleType)
    }


def attempt(place: Place) -> str:
    """What to try where nothing better is known."""
    name = "the function" if place.function.startswith("<") else f"`{place.function}`"
    names = [f"`{name}`" for name in list(_values(place))[:4]]
    look = f"print {some(names)}" if names else "print what its names hold"
    return (
        f"What to try: call {name} in a cell of its own, on small arrays of those "
        "sizes, "
        f"and {look} before line {place.number}."
    )
