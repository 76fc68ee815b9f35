"""What may stand where a slope belongs, and what may be multiplied once too often."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from autograder.networks import Array
from autograder.networks.blocks import ACTIVATIONS, derivative

#: What may stand where the slope of y = g(x) belongs, x, y and the slope being given.
RULES: dict[str, Callable[[Array, Array, Array], Array]] = {
    "1": lambda x, y, slope: np.ones_like(x),
    "{y}": lambda x, y, slope: y,
    "{x}": lambda x, y, slope: x,
    "1 − {y}": lambda x, y, slope: 1 - y,
    "1 − {x}": lambda x, y, slope: 1 - x,
    "1 + {y}": lambda x, y, slope: 1 + y,
    "1 − {y}²": lambda x, y, slope: 1 - y**2,
    "1 − {x}²": lambda x, y, slope: 1 - x**2,
    "1 + {y}²": lambda x, y, slope: 1 + y**2,
    "(1 − {y})²": lambda x, y, slope: (1 - y) ** 2,
    "{y} (1 − {y})": lambda x, y, slope: y * (1 - y),
    "{x} (1 − {x})": lambda x, y, slope: x * (1 - x),
    "{y} (1 + {y})": lambda x, y, slope: y * (1 + y),
    "{y}²": lambda x, y, slope: y**2,
    "{x}²": lambda x, y, slope: x**2,
    "2 {y}": lambda x, y, slope: 2 * y,
    "2 {x}": lambda x, y, slope: 2 * x,
    "1/{x}": lambda x, y, slope: 1 / x,
    "1/{y}": lambda x, y, slope: 1 / y,
    "−1/{x}²": lambda x, y, slope: -1 / x**2,
    "minus the right one": lambda x, y, slope: -slope,
    "the right one squared": lambda x, y, slope: slope**2,
    "one over the right one": lambda x, y, slope: 1 / slope,
    "{x} times the right one": lambda x, y, slope: x * slope,
    "{y} times the right one": lambda x, y, slope: y * slope,
    "({x} > 0)": lambda x, y, slope: (x > 0) * 1.0,
    "({x} < 0)": lambda x, y, slope: (x < 0) * 1.0,
}


def _slope_of(name: str) -> Callable[[Array, Array, Array], Array]:
    return lambda x, y, slope: derivative(name, x)


RULES |= {f"the slope of {name} at {{x}}": _slope_of(name) for name in ACTIVATIONS}


#: By what, entry by entry, the derivative on a wire may be multiplied once too often.
WEIGHTS: dict[str, Callable[[Array, Array], Array]] = {
    "{y}": lambda x, y: y,
    "1 − {y}": lambda x, y: 1 - y,
    "{y} (1 − {y})": lambda x, y: y * (1 - y),
    "1 − {y}²": lambda x, y: 1 - y**2,
    "{x}": lambda x, y: x,
    "1 − {x}²": lambda x, y: 1 - x**2,
    "{x} (1 − {x})": lambda x, y: x * (1 - x),
    "({x} > 0)": lambda x, y: (x > 0) * 1.0,
    "1/{y}": lambda x, y: 1 / y,
    "1/{x}": lambda x, y: 1 / x,
}
