"""A test that rejects a right answer: what it takes for right instead, found by asking it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TypeAlias

import numpy as np

from autograder.networks import Array
from autograder.units.u05_gradient_check.wrong_versions import Outputs

Asks: TypeAlias = Callable[[Outputs], bool]


def rejected(accepts: Asks, rights: list[Outputs], m: int) -> str:
    """Say what is known of a right answer that is rejected; empty where none is.

    Parameters
    ----------
    accepts : function
        The student's test, on one case.
    rights : list of dict
        The right answer, and the same with other rounding errors.
    m : int
        Number of examples of the case.
    """
    right, shaken = rights
    if not accepts(right):
        return f"a right answer is rejected{_instead(accepts, right, m)}"
    if accepts(shaken):
        return ""
    guilty = [n for n in shaken if not accepts(right | {n: shaken[n]})] or list(shaken)
    return f"a right answer is rejected where {' and '.join(guilty)} differ by rounding, 1e-13"


def _instead(accepts: Asks, right: Outputs, m: int) -> str:
    for told, output in _others(right, m):
        if accepts(output):
            return f"; accepted instead is one with {told}"
    return "; the numbers of two right ways differ by rounding, up to 1e-13 of the largest"


def _others(right: Outputs, m: int) -> Iterator[tuple[str, Outputs]]:
    """Yield answers with one or more arrays changed in the same way, and what that is."""
    names = list(right)
    groups = [[n] for n in names] + [["dW", "db"], names]
    for told, change in _changes(m):
        for group in groups:
            changed = {n: change(right[n]) for n in group}
            # another shape may raise, which would say nothing of this test
            if all(a.shape == right[n].shape for n, a in changed.items()):
                yield f"{' and '.join(group)} {told}", right | changed


def _changes(m: int) -> Iterator[tuple[str, Callable[[Array], Array]]]:
    yield "multiplied by m", lambda a: m * a
    yield "divided by m", lambda a: a / m
    yield "of the opposite sign", lambda a: -a
    yield "multiplied by 2", lambda a: 2 * a
    yield "divided by 2", lambda a: a / 2
    yield "transposed", lambda a: a.T
    yield "full of zeros", np.zeros_like
