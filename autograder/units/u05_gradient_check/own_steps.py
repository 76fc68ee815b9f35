"""Unit 05: differences with another step: one that grows with the entry, or to the other side."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np

from autograder.networks import Array

#: By how many times h an entry is moved.
_SCALES: dict[str, Callable[[Array], Array]] = {
    "h max(1, |θ|)": lambda theta: np.maximum(1, np.abs(theta)),
    "h |θ|": np.abs,
    "h (1 + |θ|)": lambda theta: 1 + np.abs(theta),
}


def own_steps(c: Array, theta: Array, h: float, centred: bool) -> Mapping[tuple[str, str], Array]:
    """What differences of c θ³ give with a step of each entry's own, by (what is told, no id)."""
    found = {}
    back = 1 if centred else 0
    for told, scale in _SCALES.items():
        s = h * scale(theta)
        difference = c * ((theta + s) ** 3 - (theta - back * s) ** 3)
        by = "2 h" if centred else "h"
        move = f"each entry is moved by {told}, in the place of h"
        found[move, ""] = difference / ((1 + back) * s)
        found[f"{move}, and the difference is divided by {by} all the same", ""] = difference / (
            (1 + back) * h
        )
    return found


def to_the_other_side(slopes: Array, h: float) -> Mapping[tuple[str, str], Array]:
    """The slopes to the other side, by (what is told, no id); a positive h is tried first."""
    if h > 0:
        return {("for a positive h it is the slope to the left, (f(θ) - f(θ - h)) / h", ""): slopes}
    return {
        ("it does not depend on the sign of h", ""): slopes,
        ("for a negative h it is the slope to the right, with a minus", ""): -slopes,
    }
