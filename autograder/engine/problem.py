"""A problem: one graph, and what each array that a function returns claims to be on it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import numpy as np

from autograder.networks import Array, Edits, Graph
from autograder.oracle import defect, gradient


@dataclass(frozen=True)
class Claim:
    """What one returned array has to be.

    Attributes
    ----------
    node : str
        The node of the graph it belongs to.
    factor : float
        The array is ``factor * dJ/dnode``: 1 for weights and biases; m for dZ and dA in the
        L convention, whose upstream is the derivative of the sum of the losses.
    """

    node: str
    factor: float = 1.0

    @property
    def kind(self) -> str:
        """The node's letters without its layer: ``"dZ"`` for node ``Z2``."""
        return "d" + self.node.rstrip("0123456789")


@dataclass(frozen=True)
class Problem:
    """One instance of an exercise: a graph with values, and a claim for each returned array.

    `claims` stand in backward order, so that the first wrong array is the place to look. `given`
    are edits that were made already, for rules that look at the gradients as they stand.
    """

    graph: Graph
    claims: Mapping[str, Claim]
    given: Edits = field(default_factory=dict)

    @property
    def signal(self) -> float:
        """The convention: how many times dJ/dZ the function returns for dZ."""
        factors = {claim.kind: claim.factor for claim in self.claims.values()}
        return factors.get("dZ", factors.get("dA", 1.0))

    def truth(self, edits: Edits | None = None) -> dict[str, Array]:
        """What a right function returns; with edits, what the function with that mistake does."""
        slopes = gradient(
            self.graph, list(dict.fromkeys(c.node for c in self.claims.values())), edits
        )
        return {name: c.factor * slopes[c.node] for name, c in self.claims.items()}

    def defect(self, returned: Mapping[str, Array]) -> float:
        """How far the returned arrays are from being right, by two forward passes; see `defect`.

        Infinite for a wrong shape.
        """
        claimed: dict[str, Array] = {}
        for name, claim in self.claims.items():
            slope = returned[name] / claim.factor
            if slope.shape != self.graph.value(claim.node).shape:
                return float("inf")
            if claim.node in claimed and not np.array_equal(claimed[claim.node], slope):
                return float("inf")  # two names of one node: left to a comparison entry by entry
            claimed[claim.node] = slope
        return defect(self.graph, claimed, np.random.default_rng(20_240_602))

    def reading(self, claims: Mapping[str, Claim]) -> Problem:
        """The same graph with other claims."""
        return replace(self, claims=claims)

    def after(self, edits: Edits) -> Problem:
        """The same problem for a cause that comes after these edits."""
        return replace(self, given=edits)
