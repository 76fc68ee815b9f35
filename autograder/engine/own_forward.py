"""A student's own forward pass, where it is wrong: its gradient, and how far that can be relied on.

A wrong forward pass is one mistake, and its backward pass is held to *its* gradient. That goes as
far as it is a forward pass still. Of one that returns constants, or its input, everybody knows the
gradient: whoever returns that has shown nothing. So a node counts only if the own gradient at it

- is not zero nearly everywhere where the right one is not, nor of another order of magnitude;
- turns where the right one does, when all inputs are moved: that of a linear function does not;

and if the own gradients of most entries point where the right ones do. What has one wrong term, a
wrong activation or no bias still does.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from functools import cached_property

import numpy as np

from autograder.engine.problem import Problem
from autograder.networks import Array
from autograder.oracle import gradient

Cost = Callable[[Mapping[str, Array]], float]
#: Step of the central differences.
H = 1e-6
#: Own gradients may be this many times as large or as small as the right ones.
RANGE = 1e3
#: The part of all entries at whose nodes the own gradient has to point where the right one does.
MOST = 0.25
#: The part of the entries with a right gradient that have to have one of their own.
SPREAD = 0.3
#: A gradient has turned where it changed by this part of its size.
TURNED = 1e-2


class OwnForward:
    """The cost of a student's own forward pass, as a function of its leaves.

    Parameters
    ----------
    name : str
        What to mend, as messages call it.
    """

    def __init__(self, name: str, problem: Problem, leaves: Mapping[str, Array], cost: Cost):
        self.name, self._problem, self._leaves, self._cost = name, problem, leaves, cost

    @cached_property
    def truth(self) -> dict[str, Array]:
        """What a backward pass has to return that is right for this forward pass."""
        return {n: self._factor(n) * own for n, (own, _) in self._slopes.items()}

    @cached_property
    def dead(self) -> frozenset[str]:
        """The claimed arrays of whose gradient nothing can be learnt by this forward pass."""
        return frozenset(name for name in self._slopes if not self._lives(name))

    @cached_property
    def forgotten(self) -> frozenset[str]:
        """Those of the dead ones at which its gradient is zero: it forgot that argument."""
        return frozenset(name for name in self.dead if not self._slopes[name][0].any())

    @cached_property
    def agreement(self) -> tuple[float, float]:
        """The number of entries, weighted by how far they agree; and of all."""
        agreeing = total = 0.0
        for name, (own, right) in self._slopes.items():
            total += right.size
            if name not in self.dead:
                agreeing += right.size * abs(_cosine(own, right))
        return agreeing, total

    @cached_property
    def _slopes(self) -> dict[str, tuple[Array, Array]]:
        """The own and the right gradient at each claimed leaf."""
        claims = {n: c for n, c in self._problem.claims.items() if c.node in self._leaves}
        right = gradient(self._problem.graph, list({c.node: 0 for c in claims.values()}))
        return {n: (self._differences(c.node), right[c.node]) for n, c in claims.items()}

    @cached_property
    def _steady(self) -> bool:
        """Whether the same inputs give the same cost."""
        return self._cost(dict(self._leaves)) == self._cost(dict(self._leaves))

    @cached_property
    def _constant(self) -> bool:
        """Whether the cost is the same number at other leaves: then it looks at none of them."""
        return self._cost(dict(self._leaves)) == self._cost(self._moved)

    def _factor(self, name: str) -> float:
        return self._problem.claims[name].factor

    def _lives(self, name: str) -> bool:
        own, right = self._slopes[name]
        size = float(np.abs(right).max(initial=0.0))
        if not self._steady or not np.isfinite(own).all():
            return False
        if size and not size / RANGE <= np.abs(own).max(initial=0.0) <= size * RANGE:
            return False
        if np.mean(own[right != 0] != 0) < SPREAD if right.any() else False:
            return False
        return self._turns(self._problem.claims[name].node, own, right)

    def _turns(self, node: str, own: Array, right: Array) -> bool:
        """Whether the own gradient changes where the right one does, along one direction."""
        direction = np.random.default_rng(7).uniform(-1, 1, own.shape)
        graph = self._problem.graph
        there = replace(graph, inputs={**graph.inputs, **self._moved})
        change = ((gradient(there, node) - right) * direction).sum()
        if abs(change) <= TURNED * np.linalg.norm(right):
            return True
        ends = []
        for step in (H, -H):
            leaf = self._moved[node] + step * direction
            ends.append(self._cost({**self._moved, node: leaf}))
        slope = (ends[0] - ends[1]) / (2 * H)
        turned = abs(slope - (own * direction).sum())
        return bool(turned > TURNED**2 * np.linalg.norm(own))

    @cached_property
    def _moved(self) -> dict[str, Array]:
        """Other leaves of the same sizes: no slope, mask or product stays what it was."""
        return {n: 0.6 * np.flip(leaf) + 0.15 for n, leaf in self._leaves.items()}

    def _differences(self, node: str) -> Array:
        """Central differences of the cost at one leaf."""
        slope = np.zeros_like(self._leaves[node])
        if self._constant:
            return slope
        if not self._steady:
            return np.full_like(slope, np.nan)
        for index in np.ndindex(slope.shape):
            ends = []
            for sign in (1, -1):
                moved = self._leaves[node].copy()
                moved[index] += sign * H
                ends.append(self._cost({**self._leaves, node: moved}))
            slope[index] = (ends[0] - ends[1]) / (2 * H)
        return slope


def stands(forwards: Iterable[OwnForward]) -> bool:
    """Whether these are forward passes that a backward pass can be held to, all in all."""
    pairs = [forward.agreement for forward in forwards]
    return sum(agreeing for agreeing, _ in pairs) >= MOST * sum(total for _, total in pairs)


def _cosine(a: Array, b: Array) -> float:
    sizes = float(np.linalg.norm(a) * np.linalg.norm(b))
    return float((a * b).sum()) / sizes if sizes else float(not a.any() and not b.any())
