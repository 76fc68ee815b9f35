"""One operation of a graph alone: its derivative by one operand, here or at other values.

A derivative through a wire is written as a matrix, one row for each entry of the wire. What a wrong
backward line does there is another matrix; the edit carries the difference.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress

import numpy as np

from autograder.engine.diagnosis.general.kinds import ends, entering
from autograder.networks import Array, Edit, Edits, Graph
from autograder.networks.tap import STEP, Tap

#: The largest Jacobian that is written down, in entries.
_LARGEST = 20_000


class UpTo(Tap):
    """Run forward to one node, and no further."""

    def __init__(self, target: str, nudges: Mapping[str, Array], edits: Edits):
        super().__init__(nudges, edits)
        self.target = target

    def __call__(self, name: str, value: Array) -> Array:
        value = super().__call__(name, value)
        if name == self.target:
            raise _Reached
        return value

    def reached(self, graph: Graph) -> Array:
        """Return the value of the node."""
        with suppress(_Reached):
            graph.forward(graph.inputs, self)
        return self.seen[self.target]


class _Reached(Exception):
    """The node was passed."""


def jacobian(graph: Graph, wire: str) -> Array | None:
    """Return d target / d wire, shape (size of the wire, size of the target)."""
    key = "jacobian", wire
    if key not in graph.kept:
        found = jacobians(graph, wire, wire, [graph.value(wire)])
        graph.kept[key] = None if found is None else found[0]
    kept: Array | None = graph.kept[key]
    return kept


def jacobians(graph: Graph, wire: str, partner: str, others: Sequence[Array]) -> Array | None:
    """Return d target / d wire with each of these values on the wire `partner` in turn."""
    value, target = graph.value(wire), ends(wire)[1]
    out = graph.value(target)
    if not others or value.size * out.size > _LARGEST:
        return None
    nudges = {wire: np.eye(value.size).reshape(value.size, *value.shape)}
    stacked = np.stack(others)[:, np.newaxis]
    with np.errstate(all="ignore"):
        moved = UpTo(target, nudges, {partner: lambda value, seen: stacked}).reached(graph)
    if not np.iscomplexobj(moved):
        return None
    rows = np.broadcast_to(moved.imag, (len(others), value.size, *out.shape)) / STEP
    return np.asarray(rows.reshape(len(others), value.size, out.size))


def slope(graph: Graph, wire: str) -> Array | None:
    """Return the slopes of an operation that acts entry by entry on its one operand."""
    key = "slope", wire
    if key not in graph.kept:
        graph.kept[key] = _slope(graph, wire)
    kept: Array | None = graph.kept[key]
    return kept


def _slope(graph: Graph, wire: str) -> Array | None:
    matrix = alone(graph, wire)
    if matrix is None or np.count_nonzero(matrix - np.diag(np.diag(matrix))):
        return None
    return np.diag(matrix).reshape(graph.value(wire).shape)


def alone(graph: Graph, wire: str) -> Array | None:
    """Return the Jacobian of an operation with one operand, which has the shape of its value."""
    value, target = graph.value(wire), ends(wire)[1]
    if len(entering(graph, target)) > 1 or value.shape != graph.value(target).shape:
        return None
    return jacobian(graph, wire)


def replaced(graph: Graph, wire: str, wrong: Array) -> dict[str, Edit] | None:
    """Return the edit that sends the derivative of a wire through another matrix.

    None where that changes nothing, or makes no numbers.
    """
    right = jacobian(graph, wire)
    if right is None or not np.isfinite(wrong).all():
        return None
    change, target = wrong - right, ends(wire)[1]
    if not np.abs(change).max(initial=0.0) > 1e-12:
        return None
    shape, axes = graph.value(target).shape, graph.value(wire).ndim

    def edit(value: Array, seen: Mapping[str, Array]) -> Array:
        tangent = seen[wire].imag
        lead = tangent.shape[: tangent.ndim - axes]
        flat = tangent.reshape(*lead, -1) @ change
        return np.asarray(value + 1j * np.reshape(flat, (*lead, *shape)))

    return {target: edit}
