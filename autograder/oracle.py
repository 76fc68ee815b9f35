"""Numeric gradients of a graph at any of its nodes: what everything else is compared with.

Three instruments:

`gradient`
    Complex step, all partial derivatives of the asked nodes in one batched forward pass.
    Right to about 1e-15 of the array's largest entry; nothing to tune.
`certify`
    Two random directions instead of one per entry: accepts or rejects a claimed gradient at the
    price of two forward passes, however many parameters there are.
`central_difference`
    The instrument students build; here an independent witness, with a guard for kinks.

Sources: Squire & Trapp (1998), "Using complex variables to estimate derivatives of real
functions", SIAM Review 40; Martins, Sturdza & Alonso (2003) for the step in linear algebra.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import overload

import numpy as np

from autograder.networks.tap import STEP, Array, Edit, Edits, Graph

#: At most this many complex numbers in one perturbed copy of a node (bounds the memory).
CHUNK = 2**21


@overload
def gradient(  # type: ignore[overload-overlap]  # a str is a sequence of str
    graph: Graph, at: str, edits: Edits | None = None
) -> Array: ...
@overload
def gradient(graph: Graph, at: Sequence[str], edits: Edits | None = None) -> dict[str, Array]: ...
def gradient(
    graph: Graph, at: str | Sequence[str], edits: Edits | None = None
) -> Array | dict[str, Array]:
    """Derivative of the graph's cost with respect to one node or to several.

    Parameters
    ----------
    graph : Graph
    at : str or sequence of str
        Names of nodes (leaves or intermediate), e.g. ``"Z2"`` or ``["W1", "b1"]``; of none, ``{}``.
    edits : mapping, optional
        Graph edits; with them the result is the exact gradient of the edited graph.

    Returns
    -------
    array of the node's shape, or dict from name to such an array

    Raises
    ------
    KeyError
        If the graph has no node of that name.

    Notes
    -----
    Without edits the gradient belongs to the graph, and is computed once.
    """
    if isinstance(at, str):
        return gradient(graph, [at], edits)[at]
    names = list(at)
    if not edits:
        missing = [name for name in names if name not in graph.slopes]
        graph.slopes.update(_entries(graph, missing, {}))
        return {name: graph.slopes[name].copy() for name in names}
    return _entries(graph, names, edits)


def _entries(graph: Graph, names: Sequence[str], edits: Edits) -> dict[str, Array]:
    """All partial derivatives of these nodes, one row of the batch for each entry."""
    if not names:
        return {}
    shapes = {name: graph.value(name).shape for name in names}
    sizes = [graph.value(name).size for name in names]
    total, ends = sum(sizes), np.cumsum(sizes)
    largest = max(value.size for value in graph.seen.values())
    rows = max(1, CHUNK // max(largest, 1))
    out = np.empty(total)
    for start in range(0, total, rows):
        stop = min(start + rows, total)
        nudges = {}
        for name, size, end in zip(names, sizes, ends, strict=True):
            block = np.zeros((stop - start, size))
            first, last = max(start, end - size), min(stop, end)
            if first < last:
                here = np.arange(first, last)
                block[here - start, here - (end - size)] = 1.0
                nudges[name] = block.reshape(stop - start, *shapes[name])
        out[start:stop] = _slopes(graph, nudges, edits, (stop - start,))
    pieces = np.split(out, ends[:-1])
    return {n: piece.reshape(shapes[n]) for n, piece in zip(names, pieces, strict=True)}


def directional(
    graph: Graph, directions: Mapping[str, Array], edits: Edits | None = None, axes: int = 1
) -> Array:
    """Derivative of the cost along K directions at once, in one forward pass.

    Parameters
    ----------
    directions : mapping of str to array, shape (K, *shape of the node)
    axes : int
        Number of leading axes, if they are more: those of the result. An edit may widen them.

    Returns
    -------
    array, shape (K,)
        For each k the sum over all named nodes of <dJ/dnode, direction_k>.
    """
    lead = next(iter(directions.values())).shape[:axes]
    return _slopes(graph, directions, edits, lead)


def certify(
    graph: Graph,
    claimed: Mapping[str, Array],
    rng: np.random.Generator,
    k: int = 2,
    tol: float = 1e-8,
) -> bool:
    """Is `claimed` the gradient at its nodes? Costs k forward passes, not one per entry.

    An entry that is off by the fraction d escapes with probability at most ``(2 * tol / d) ** k``.

    Parameters
    ----------
    claimed : mapping of str to array
        Node name to the claimed dJ/dnode.
    rng : numpy.random.Generator
    k : int
        Number of random directions.
    tol : float
        Largest `defect` accepted.
    """
    return defect(graph, claimed, rng, k) <= tol


def defect(
    graph: Graph, claimed: Mapping[str, Array], rng: np.random.Generator, k: int = 2
) -> float:
    """How far `claimed` is from the gradient at its nodes, along k random directions.

    Each direction is weighted by ``1 / |claimed|``, entry by entry, which makes one number a
    relative test of *every* entry: small layers cannot hide behind large ones. Rounding leaves
    1e-14, a finite difference 1e-9.

    Returns
    -------
    float
        The largest, to which each entry contributes 0.5 to 1 times its relative error; infinite
        if an entry is not finite.
    """
    if not all(np.isfinite(g).all() for g in claimed.values()):
        return float("inf")
    directions, wanted = all_entries(claimed, rng, k)
    return float(np.abs(directional(graph, directions) - wanted).max())


def all_entries(
    claimed: Mapping[str, Array], rng: np.random.Generator, k: int = 2
) -> tuple[dict[str, Array], Array]:
    """The directions of `defect`, and the slopes along them that `claimed` gives."""
    arrays = {name: np.asarray(g, dtype=float) for name, g in claimed.items()}
    total = sum(g.size for g in arrays.values())
    drawn = rng.uniform(0.5, 1.0, (k, total)) * rng.choice([-1.0, 1.0], (k, total))
    directions, found, end = {}, np.zeros(k), 0
    for name, g in arrays.items():
        size = np.abs(g)
        weights = np.maximum(size, 1e-3 * (float(size.max()) or 1.0))
        directions[name] = drawn[:, end : end + g.size].reshape(k, *g.shape) / weights
        found += (g * directions[name]).reshape(k, -1).sum(axis=1)
        end += g.size
    return directions, found


def central_difference(graph: Graph, at: str, h: float = 1e-5, tol: float = 1e-4) -> Array:
    """(J(x + h) - J(x - h)) / 2h at a node, entry by entry; nan where a kink lies between.

    The gap between the two one-sided slopes of a smooth function is proportional to h; that of a
    kink is not. Where the gap at h and those at h/2 and h/10 disagree by more than `tol` of the
    largest slope, there is a kink. One of the two smaller steps alone would miss the kink at h/3
    or at h/11, where proportion holds by chance.
    """
    slopes, gap = two_sided(graph, at, h)
    bent = [gap - n * two_sided(graph, at, h / n)[1] for n in (2, 10)]
    rounding = 2000 * np.finfo(float).eps * abs(float(graph.value("cost"))) / h
    bound = tol * float(np.abs(slopes).max()) + rounding
    return np.where(np.abs(bent).max(axis=0) > bound, np.nan, slopes)


def two_sided(graph: Graph, at: str, h: float) -> tuple[Array, Array]:
    """Central slopes, and the forward slope minus the backward slope, entry by entry."""
    value = graph.value(at)
    steps = h * np.eye(value.size).reshape(value.size, *value.shape)
    here, plus, minus = (
        np.asarray(graph.run(edits={at: _shift(move)}).seen["cost"]).reshape(-1)
        for move in (0 * steps[:1], steps, -steps)
    )
    gap = ((plus - here) - (here - minus)) / h
    return ((plus - minus) / (2 * h)).reshape(value.shape), gap.reshape(value.shape)


def _shift(move: Array) -> Edit:
    return lambda value, seen: value + move


def _slopes(
    graph: Graph, nudges: Mapping[str, Array], edits: Edits | None, lead: tuple[int, ...]
) -> Array:
    cost = np.asarray(graph.run(nudges, edits).seen["cost"])
    if not np.iscomplexobj(cost):  # every way from the nudged nodes to the cost has been cut
        return np.zeros(lead)
    return np.broadcast_to(cost.imag / STEP, np.broadcast_shapes(cost.shape, lead))
