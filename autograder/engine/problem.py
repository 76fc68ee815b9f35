"""A problem: one graph, and what each array that a function returns claims to be on it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import numpy as np

from autograder.networks import Array, Edits, Graph
from autograder.oracle import all_entries, directional, gradient


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

    def defect(
        self,
        returned: Mapping[str, Array],
        rng: np.random.Generator | None = None,
        edits: Edits | None = None,
    ) -> float:
        """How far the returned arrays are from being right, by one forward pass of a few rows.

        Two random directions look at all entries together, see `oracle.defect`; further ones look
        at a few entries alone. Both are drawn here, after the arrays were returned, from what
        nobody can know: arrays made to fit known directions would not be a gradient.

        Parameters
        ----------
        rng : numpy.random.Generator, optional
            For a number that has to be the same again.
        edits : mapping, optional
            With them it is told how far the arrays are from those of the edited graph.

        Returns
        -------
        float
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
        if not all(np.isfinite(slope).all() for slope in claimed.values()):
            return float("inf")
        rng = np.random.default_rng() if rng is None else rng
        (along, sums), (alone, wanted) = all_entries(claimed, rng), some_entries(claimed, rng)
        directions = {node: np.concatenate([along[node], alone[node]]) for node in claimed}
        found = directional(self.graph, directions, edits)
        together = float(np.abs(found[: len(sums)] - sums).max())
        apart = float(np.abs(found[len(sums) :] - wanted).max(initial=0.0))
        return together if together > 1e-6 else max(together, apart)

    def reading(self, claims: Mapping[str, Claim]) -> Problem:
        """The same graph with other claims."""
        return replace(self, claims=claims)

    def after(self, edits: Edits) -> Problem:
        """The same problem for a cause that comes after these edits."""
        return replace(self, given=edits)


def errors_at(
    graph: Graph, claimed: Mapping[str, Array], rng: np.random.Generator, count: int = 3
) -> float:
    """How far single entries of `claimed` are from the gradient, at places drawn at random.

    Beside a certificate, which looks at sums over all entries, this looks at some of them alone:
    `count` of each array, all in one forward pass.

    Returns
    -------
    float
        The largest difference, relative to the largest entry of its array.
    """
    directions, wanted = some_entries(claimed, rng, count)
    return float(np.abs(directional(graph, directions) - wanted).max(initial=0.0))


def some_entries(
    claimed: Mapping[str, Array], rng: np.random.Generator, count: int = 3
) -> tuple[dict[str, Array], Array]:
    """The directions of `errors_at`, and the slopes along them that `claimed` gives."""
    arrays = {name: np.asarray(g, dtype=float) for name, g in claimed.items()}
    chosen = [rng.permutation(g.size)[:count] for g in arrays.values()]
    rows, directions = sum(map(len, chosen)), {}
    wanted: list[float] = []
    for (name, g), places in zip(arrays.items(), chosen, strict=True):
        scale = float(np.abs(g).max(initial=0.0)) or 1.0
        moves = np.zeros((rows, g.size))
        moves[len(wanted) + np.arange(len(places)), places] = 1.0 / scale
        directions[name] = moves.reshape(rows, *g.shape)
        wanted += list(g.reshape(-1)[places] / scale)
    return directions, np.array(wanted)
