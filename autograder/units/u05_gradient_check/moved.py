"""Entries that were moved and not put back: an f in which the entries meet shows them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from autograder.engine.student import Student
from autograder.networks import Array
from autograder.networks.functions import function
from autograder.units.u05_gradient_check.calling import judge, slopes, through


def puts_back(student: Student, name: str, c: Array, theta: Array, h: float, centred: bool) -> None:
    """Complain where an entry that was moved still is when the next one is.

    On a sum of functions of one entry each nobody sees it: what stays moved cancels in every
    difference.
    """
    found = through(student, name, "joined", c, theta, h).value
    f = function("joined", c)
    told = "entries that were moved before stay moved, by {}h: put each back before the next"
    known = {
        (told.format(sign), ""): _walk(f, theta, h, centred, left)
        for sign, left in (("", h), ("-", -h))
    }
    other = "it is not the difference of each entry alone, with all others as they are in θ"
    judge(slopes("the gradient", found, theta.shape), _walk(f, theta, h, centred), known, other)


def _walk(
    f: Callable[[Any], Any], theta: Array, h: float, centred: bool, left: float = 0.0
) -> Array:
    """The differences of one entry after the other, each left moved by `left`."""
    at, found = theta.copy(), np.empty(theta.shape)
    for k in np.ndindex(theta.shape):
        step = np.zeros(theta.shape)
        step[k] = h
        back = f(at - step) if centred else f(theta)
        found[k] = (f(at + step) - back) / (2 * h if centred else h)
        at[k] += left
    return found


def rows_at_once(found: Array, right: Array) -> str:
    """Say so where each slope is that of a whole row of a table; empty where it is not."""
    if right.ndim != 2 or right.shape[1] < 2 or found.shape != right.shape:
        return ""
    rows = np.broadcast_to(right.sum(axis=1, keepdims=True), right.shape)
    if not np.allclose(found, rows, rtol=1e-6, atol=1e-6 * np.abs(right).max()):
        return ""
    return (
        "each entry is the sum of the slopes of its row, as where a whole row is moved at once: "
        "x[k] is a row where x has two axes, and x[i, k] one entry"
    )
