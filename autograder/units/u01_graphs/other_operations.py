"""Unit 01: what an operation of `Value` can give in the place of its own value, by its sentence."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeAlias

import numpy as np

from autograder.networks import Array
from autograder.networks.blocks import relu
from autograder.networks.expressions import OPERATIONS

Rule: TypeAlias = Callable[..., Array]

#: In the place of a function of one number: another one.
_OTHERS: Mapping[str, Rule] = {
    "x itself": lambda x: x,
    "-x": lambda x: -x,
    "|x|": abs,
    "x²": lambda x: x * x,
    "1/x": lambda x: 1 / x,
    "0": lambda x: 0 * x,
    "1": lambda x: 0 * x + 1,
    "exp x": np.exp,
    "exp(-x)": lambda x: np.exp(-x),
    "exp x - 1": np.expm1,
    "2^x": np.exp2,
    "10^x": lambda x: np.power(10.0, x),
    "log x": np.log,
    "the logarithm of |x|": lambda x: np.log(abs(x)),
    "the logarithm to the base 10": np.log10,
    "the logarithm to the base 2": np.log2,
    "log(1 + x)": np.log1p,
    "tanh x": np.tanh,
    "tan x": np.tan,
    "arctan x": np.arctan,
    "artanh x": np.arctanh,
    "sinh x": np.sinh,
    "cosh x": np.cosh,
    "sin x": np.sin,
    "cos x": np.cos,
    "the sigmoid 1/(1 + exp(-x))": lambda x: 1 / (1 + np.exp(-x)),
    "2/(1 + exp(-x)) - 1, that is tanh(x/2)": lambda x: np.tanh(x / 2),
    "cosh x / sinh x, upside down": lambda x: 1 / np.tanh(x),
    "log(1 + exp x), a smooth ReLU": lambda x: np.log1p(np.exp(x)),
    "ReLU of x": relu,
    "min(0, x), the other side": lambda x: np.minimum(0, x),
    "min(1, max(0, x)), which is cut off at 1": lambda x: np.clip(x, 0, 1),
    "x above 0 and 0.01 x below": lambda x: np.where(x > 0, x, 0.01 * x),
    "x above 0 and 0.1 x below": lambda x: np.where(x > 0, x, 0.1 * x),
    "the sign of x": np.sign,
}
_SLOPES: Mapping[str, tuple[str, Rule]] = {
    "tanh": ("1 - tanh² x", lambda x: 1 - np.tanh(x) ** 2),
    "log": ("1/x", lambda x: 1 / x),
    "relu": ("1 above 0, else 0", lambda x: np.where(x > 0, 1.0, 0.0)),
}
#: In the place of a + b or a * b.
_PAIRS: Mapping[str, Rule] = {
    "a + b": lambda a, b: a + b,
    "a * b": lambda a, b: a * b,
    "a - b": lambda a, b: a - b,
    "b - a": lambda a, b: b - a,
    "a alone": lambda a, b: a,
    "b alone": lambda a, b: b,
    "a + a": lambda a, b: a + a,
    "b + b": lambda a, b: b + b,
    "a * a": lambda a, b: a * a,
    "b * b": lambda a, b: b * b,
    "a / b": lambda a, b: a / b,
    "b / a": lambda a, b: b / a,
    "(a + b) / 2": lambda a, b: (a + b) / 2,
    "the larger of them": np.maximum,
    "the smaller of them": np.minimum,
    "-(a + b)": lambda a, b: -(a + b),
    "-(a * b)": lambda a, b: -(a * b),
    "a * b + a": lambda a, b: a * b + a,
    "a * b + b": lambda a, b: a * b + b,
    "a * b + 1": lambda a, b: a * b + 1,
    "a + b + 1": lambda a, b: a + b + 1,
    "|a + b|": lambda a, b: abs(a + b),
    "|a * b|": lambda a, b: abs(a * b),
}
#: In the place of a function that is right on single numbers, on arrays: one number for all.
_REDUCED: Mapping[str, Callable[[Array], Array]] = {
    "the sum of the right entries": np.sum,
    "the mean of the right entries": np.mean,
    "the largest of the right entries": np.max,
    "the first of the right entries": lambda y: y[0],
    "the last of the right entries": lambda y: y[-1],
}
_ONE_FOR_ALL: Mapping[str, Callable[[Array], Array]] = {
    "the sum": np.sum,
    "the mean": np.mean,
    "the largest entry": np.max,
    "the smallest entry": np.min,
    "the first entry": lambda x: x[0],
    "the last entry": lambda x: x[-1],
}
#: In the place of ReLU: one question for the whole array.
_DECIDES: Mapping[str, Callable[[Array], bool]] = {
    "all entries are": lambda x: bool(np.all(x > 0)),
    "any entry is": lambda x: bool(np.any(x > 0)),
    "the first entry is": lambda x: bool(x[0] > 0),
    "the last entry is": lambda x: bool(x[-1] > 0),
    "the sum of the entries is": lambda x: bool(np.sum(x) > 0),
}


def on_numbers(operation: str) -> dict[str, Rule]:
    """What an operation can give on single numbers, by what is said of it."""
    if operation in "+*":
        return {told: rule for told, rule in _PAIRS.items() if told != f"a {operation} b"}
    found: dict[str, Rule] = {}
    if operation in _SLOPES:
        told, rule = _SLOPES[operation]
        found[f"its slope, {told}, where its value belongs"] = rule
    right = OPERATIONS[operation]
    own = {
        "x times its value": lambda x: x * right(x),
        "its value with the opposite sign": lambda x: -right(x),
        "its value at -x": lambda x: right(-x),
        "1 over its value": lambda x: 1 / right(x),
        "its value, squared": lambda x: right(x) ** 2,
        "one more than its value": lambda x: right(x) + 1,
        "twice its value": lambda x: 2 * right(x),
        "half its value": lambda x: right(x) / 2,
        "its value at its value": lambda x: right(right(x)),
    }
    return found | dict(_OTHERS) | own


def on_arrays(operation: str) -> dict[str, Rule]:
    """What an operation that is right on single numbers can give on arrays."""
    right = OPERATIONS[operation]
    found: dict[str, Rule] = {}
    if operation == "relu":
        for told, decides in _DECIDES.items():
            whole = f"x as it came in where {told} above 0, else 0 in each place"
            found[f"{whole}: one answer for all entries"] = lambda x, decides=decides: (
                x * decides(x)
            )
    if operation == "*":
        found["a dot product: the products of the entries are added up"] = np.dot
        found["every entry of a times every entry of b, a table"] = np.outer
    for told, reduced in _REDUCED.items():
        found[f"{told}, one number for all"] = lambda *x, r=reduced: r(right(*x))
        found[f"{told}, in each place"] = lambda *x, r=reduced: 0 * x[0] + r(right(*x))
    for told, one in _ONE_FOR_ALL.items():
        found[f"its value at {told}, one number for all"] = lambda *x, o=one: right(*map(o, x))
        found[f"its value at {told}, in each place"] = lambda *x, o=one: (
            0 * x[0] + right(*map(o, x))
        )
    if operation not in "+*":
        found["x itself, as it came in"] = lambda x: x
        found["|x|"] = abs
    return found
