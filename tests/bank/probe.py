"""Look at a notebook from outside: what its functions return, and what else they do.

The bank is tested with this and not with the grader, so that the two cannot share a mistake.
An observation is a flat dict: arrays that came back, and 0/1 for behaviour.
"""

import copy
from collections.abc import Callable
from typing import Any

import numpy as np

from .registry import Namespace

Observation = dict[str, Any]


class Observer:
    """Call the functions of one namespace and note what is seen, under the function's name."""

    def __init__(self, ns: Namespace) -> None:
        self.ns = ns
        self.seen: Observation = {}

    def __call__(
        self, name: str, *args: Any, tag: str = "", parts: Callable[[Any], dict[str, Any]]
    ) -> Any:
        """Call ``name`` twice on copies of `args`; note its parts and its behaviour.

        Returns the result of the first call, None if it raised.
        """
        label = name + tag
        mine = copy.deepcopy(args)
        try:
            with np.errstate(all="ignore"):
                result = self.ns[name](*mine)
                first = copy.deepcopy(parts(result))
                again = parts(self.ns[name](*copy.deepcopy(args)))
        except Exception as error:  # a student's function may raise anything
            self.seen[f"{label} raises"] = type(error).__name__
            return None
        for key, value in first.items():
            self.seen[f"{label}.{key}"] = value
        self.seen[f"{label} changes its arguments"] = float(not same(mine, args))
        self.seen[f"{label} gives the same answer twice"] = float(same(first, again))
        return result


def same(a: Any, b: Any) -> bool:
    """Tell whether two nests of containers and arrays are equal, entry by entry."""
    if isinstance(a, np.ndarray) or isinstance(b, np.ndarray):
        return np.shape(a) == np.shape(b) and bool(np.array_equal(a, b, equal_nan=True))
    if isinstance(a, dict):
        return isinstance(b, dict) and a.keys() == b.keys() and all(same(a[k], b[k]) for k in a)
    if isinstance(a, list | tuple):
        return len(a) == len(b) and all(same(x, y) for x, y in zip(a, b, strict=True))
    if hasattr(a, "__dict__") and not callable(a):
        return same(vars(a), vars(b))
    return bool(a is b or a == b or (a != a and b != b) or callable(a))


def expected_behaviour(truth: Observation) -> Observation:
    """Add to `truth` that no function changes its arguments or answers differently twice."""
    labels = {key.split(".")[0] for key in truth}
    more = {f"{label} changes its arguments": 0.0 for label in labels}
    return {**truth, **more, **{f"{label} gives the same answer twice": 1.0 for label in labels}}


def gap(seen: Observation, truth: Observation) -> tuple[float, str]:
    """Return the largest deviation from `truth`, scaled by the array, and where it is."""
    worst = (0.0, "")
    for key, want in truth.items():
        if key not in seen:
            return np.inf, f"{key} is missing"
        if isinstance(want, str) and seen[key] == want:
            continue  # both raise the same error
        try:
            got, want = np.asarray(seen[key], float), np.asarray(want, float)
        except (TypeError, ValueError):
            return np.inf, f"{key} is no array of numbers"
        if got.shape != want.shape or not np.all(np.isfinite(got)):
            return np.inf, f"{key} has shape {got.shape}"
        scale = max(np.max(np.abs(want), initial=0), 1e-3)
        worst = max(worst, (float(np.max(np.abs(got - want), initial=0) / scale), key))
    return worst


def central(f: Callable[[np.ndarray], float], x: np.ndarray, h: float = 1e-5) -> np.ndarray:
    """Return the gradient of `f` at `x` by central differences, one entry at a time."""
    slope = np.zeros(x.shape)
    for index in np.ndindex(x.shape):
        step = np.zeros(x.shape)
        step[index] = h
        slope[index] = (f(x + step) - f(x - step)) / (2 * h)
    return slope
