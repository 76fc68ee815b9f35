"""A formula as a tree: read from the text of the contract, computed, and written again."""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np

from autograder.errors.operands import SIGNS as _SIGNS

Value: TypeAlias = Any


class Several(tuple[Value, ...]):
    """The arrays of all layers, or of all keys: what is done, is done with each of them."""

    __slots__ = ()


@dataclass(frozen=True, eq=False)
class Term:
    """A name, a number, or an operation on other terms.

    Attributes
    ----------
    op : str
        ``"name"``, ``"number"``, an operator as Python writes it, ``"negative"``, or the name of
        one of `FUNCTIONS`.
    parts : tuple of Term
        What it is an operation on.
    held : str or float
        The name or the number.
    """

    op: str
    parts: tuple[Term, ...] = ()
    held: str | float = ""


def name(text: str) -> Term:
    """Return the term that is this name."""
    return Term("name", held=text)


def number(value: float) -> Term:
    """Return the term that is this number."""
    return Term("number", held=float(value))


OPERATORS: dict[str, Callable[[Value, Value], Value]] = {
    "+": np.add,
    "-": np.subtract,
    "*": np.multiply,
    "/": np.divide,
    "//": np.floor_divide,
    "%": np.mod,
    "**": np.power,
    "@": np.matmul,
}
_STRENGTH = {"+": 1, "-": 1, "*": 2, "/": 2, "//": 2, "%": 2, "@": 2, "negative": 3, "**": 4}


def _sigmoid(x: Value) -> Value:
    return 1 / (1 + np.exp(-x))


def _relu(x: Value) -> Value:
    return np.maximum(x, 0.0)


def _along(function: Callable[..., Value], axis: int) -> Callable[[Value], Value]:
    def along(x: Value) -> Value:
        x = np.asarray(x)
        return function(x, axis=axis, keepdims=True) if x.ndim > axis else x

    return along


_ALONG: dict[str, Callable[..., Value]] = {
    "sum": np.sum,
    "mean": np.mean,
    "var": np.var,
    "std": np.std,
}
#: How a function is written, and what it is; those of an axis keep it, with length 1.
FUNCTIONS: dict[str, tuple[str, Callable[..., Value]]] = {
    "negative": ("-{}", np.negative),
    "sqrt": ("np.sqrt({})", np.sqrt),
    "abs": ("np.abs({})", np.abs),
    "sign": ("np.sign({})", np.sign),
    "exp": ("np.exp({})", np.exp),
    "log": ("np.log({})", np.log),
    "floor": ("np.floor({})", np.floor),
    "ceil": ("np.ceil({})", np.ceil),
    "round": ("np.round({})", np.round),
    "sigmoid": ("sigmoid({})", _sigmoid),
    "relu": ("relu({})", _relu),
    "tanh": ("np.tanh({})", np.tanh),
    "minimum": ("np.minimum({}, {})", np.minimum),
    "positive": ("({} > 0)", lambda x: (x > 0) * 1.0),
    "T": ("{}.T", lambda x: np.asarray(x).T),
    "where": ("np.where({} > {}, {}, {})", lambda x, y, a, b: np.where(x > y, a, b)),
    "maximum": ("np.maximum({}, {})", np.maximum),
    "sum": ("np.sum({})", np.sum),
    "mean": ("np.mean({})", np.mean),
    "max": ("np.max({})", np.max),
    "norm": ("np.linalg.norm({})", lambda x: np.sqrt(np.sum(np.square(x)))),
    **{
        # without it the sum of each row would stand in a row
        f"{k}{axis}": (
            f"np.{k}({{}}, axis={axis}{', keepdims=True' * axis})",
            _along(function, axis),
        )
        for k, function in _ALONG.items()
        for axis in (0, 1)
    },
}
#: Of the arrays of all layers one number: what is written with "over all" behind it.
OVER_ALL: dict[str, tuple[str, Callable[[Several], Value]]] = {
    "total": ("sum", sum),
    "largest": ("the largest", max),
    "average": ("mean", lambda several: sum(several) / len(several)),
}


def parsed(text: str) -> Term:
    """Return the term that a text is; ``total(np.sum(W**2))`` sums over all arrays W."""
    return _term(ast.parse(text, mode="eval").body)


def _term(node: ast.expr) -> Term:
    if isinstance(node, ast.Name):
        return name(node.id)
    if isinstance(node, ast.Constant):
        return number(float(node.value))  # type: ignore[arg-type]
    if isinstance(node, ast.UnaryOp):
        return Term("negative", (_term(node.operand),))
    if isinstance(node, ast.BinOp):
        return Term(_SIGNS[type(node.op)], (_term(node.left), _term(node.right)))
    if isinstance(node, ast.Attribute):
        return Term("T", (_term(node.value),))
    if isinstance(node, ast.Compare):
        return Term("positive", (_term(node.left),))
    assert isinstance(node, ast.Call), ast.dump(node)
    called = ast.unparse(node.func).split(".")[-1]
    if called == "where":
        bound = node.args[0]
        assert isinstance(bound, ast.Compare), ast.dump(bound)
        return Term("where", tuple(map(_term, (bound.left, *bound.comparators, *node.args[1:]))))
    axis = "".join(ast.unparse(k.value) for k in node.keywords if k.arg == "axis")
    return Term(called + axis, tuple(map(_term, node.args)))


def written(term: Term, spelt: Mapping[str, str]) -> str:
    """Return a term as Python writes it, with some names in another spelling."""
    if term.op == "name":
        return spelt.get(str(term.held), str(term.held))
    if term.op == "number":
        return f"{term.held:g}"
    if term.op in OVER_ALL:
        inner = written(term.parts[0], spelt)
        return f"{OVER_ALL[term.op][0]}({inner} over all {written(_first_name(term), spelt)})"
    if term.op == "negative":
        return f"-{_inside(term.parts[0], 3, spelt)}"
    if term.op not in OPERATORS:
        return FUNCTIONS[term.op][0].format(*(written(part, spelt) for part in term.parts))
    strength, power = _STRENGTH[term.op], term.op == "**"
    space = "" if power else " "
    left = _inside(term.parts[0], strength + power, spelt)
    return f"{left}{space}{term.op}{space}{_inside(term.parts[1], strength + 1 - power, spelt)}"


def _inside(term: Term, strength: int, spelt: Mapping[str, str]) -> str:
    text = written(term, spelt)
    return f"({text})" if _STRENGTH.get(term.op, 9) < strength else text


def _first_name(term: Term) -> Term:
    if term.op == "name":
        return term
    return next((_first_name(part) for part in term.parts if part.op != "number"), term)


def value_of(term: Term, symbols: Mapping[str, Value], kept: dict[int, Value]) -> Value:
    """Return what a term is; `kept` holds the terms that were computed before."""
    if id(term) in kept:
        return kept[id(term)]
    if term.op == "name":
        found: Value = symbols[str(term.held)]
    elif term.op == "number":
        found = term.held
    else:
        found = _applied(term.op, [value_of(part, symbols, kept) for part in term.parts])
    kept[id(term)] = found
    return found


def _applied(op: str, values: Sequence[Value]) -> Value:
    if op in OVER_ALL:
        several = values[0]
        return OVER_ALL[op][1](several) if isinstance(several, Several) else several
    function: Callable[..., Value] = OPERATORS[op] if op in OPERATORS else FUNCTIONS[op][1]
    many = [len(value) for value in values if isinstance(value, Several)]
    if not many:
        return function(*values)
    rows = ([v[k] if isinstance(v, Several) else v for v in values] for k in range(many[0]))
    return Several(function(*row) for row in rows)
