"""Unit 05: right instruments to stand in for wrong ones where a caller of theirs is judged."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from autograder.engine.compare import form
from autograder.engine.student import Student
from autograder.networks import Array
from autograder.units.u05_gradient_check.calling import measure
from autograder.units.u05_gradient_check.wrong_versions import layer_problem

Right = Callable[..., Any]


def _moved(theta: Any, step: Any) -> Iterator[tuple[tuple[int, ...], Any]]:
    """theta with one entry moved, entry by entry."""
    start = np.asarray(theta)
    for index in np.ndindex(start.shape):
        there = start.astype(complex if isinstance(step, complex) else float)
        there[index] += step
        yield index, there


def _each(theta: Any, step: Any, slope: Callable[[Any], Any]) -> Array:
    found = np.zeros(np.shape(theta))
    for index, there in _moved(theta, step):
        found[index] = slope(there)
    return found


def one_sided(student: Student) -> Right:
    def slopes(f: Callable[[Any], Any], theta: Any, h: float) -> Array:
        here = f(np.asarray(theta, dtype=float))
        return _each(theta, h, lambda there: (f(there) - here) / h)

    return slopes


def numerical_gradient(student: Student) -> Right:
    def slopes(f: Callable[[Any], Any], theta: Any, h: float = 1e-5) -> Array:
        ends = [_each(theta, step, f) for step in (h, -h)]
        return np.asarray((ends[0] - ends[1]) / (2 * h))

    return slopes


def complex_step(student: Student) -> Right:
    def slopes(f: Callable[[Any], Any], theta: Any, h: float = 1e-20) -> Array:
        return _each(theta, 1j * h, lambda there: np.imag(f(there)) / h)

    return slopes


def relative_error(student: Student) -> Right:
    def error(a: Any, b: Any) -> float:
        one, other = np.asarray(a), np.asarray(b)
        if one.shape != other.shape:
            raise ValueError(f"shapes {one.shape} and {other.shape}")
        return float("nan") if np.isnan(one + other).any() else measure(one, other)

    return error


def accepts(student: Student) -> Right:
    def verdict(case: dict[str, Array], output: dict[str, Any]) -> bool:
        right = layer_problem(case).truth()
        if right.keys() != output.keys():
            return False
        flaws = (form(name, output[name], array.shape) for name, array in right.items())
        if any(flaw is not None and flaw.wrong for flaw in flaws):
            return False
        return all(measure(output[n], array) < 1e-9 for n, array in right.items())

    return verdict
