"""The first entry of a formula alone, as a plain number: most changed formulas differ in it."""

from __future__ import annotations

import math
import operator
from collections.abc import Callable, Mapping
from typing import Any

from autograder.engine.formulas.terms import FUNCTIONS, Several, Term, value_of

_PLAIN: dict[str, Callable[..., Any]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": operator.truediv,
    "//": operator.floordiv,
    "%": operator.mod,
    "**": operator.pow,
    "negative": operator.neg,
    "sqrt": math.sqrt,
    "abs": abs,
    "exp": math.exp,
    "log": math.log,
    "tanh": math.tanh,
    "floor": math.floor,
    "ceil": math.ceil,
    "minimum": min,
    "maximum": max,
}
#: Functions of each entry alone that are not worth a line above.
_ENTRYWISE = {"sign", "round", "sigmoid", "relu", "positive"}


def head_of(
    term: Term, symbols: Mapping[str, Any], kept: dict[int, Any], heads: dict[int, Any]
) -> Any:
    """Return the first entry of what a term is; nan where it has none.

    What adds up entries is computed as a whole; everything else from first entries.
    """
    key = id(term)
    if key in heads:
        return heads[key]
    if term.op in _PLAIN:
        parts = [head_of(part, symbols, kept, heads) for part in term.parts]
        try:
            found = _PLAIN[term.op](*parts)
        except (ArithmeticError, ValueError, TypeError):
            found = math.nan
    elif term.op in _ENTRYWISE:
        found = float(FUNCTIONS[term.op][1](head_of(term.parts[0], symbols, kept, heads)))
    else:
        found = _first(value_of(term, symbols, kept))
    heads[key] = found
    return found


def _first(value: Any) -> float:
    if isinstance(value, Several):
        value = value[0]
    if isinstance(value, (int, float)):
        return float(value)
    return float(value.flat[0]) if value.size else math.nan
