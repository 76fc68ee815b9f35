"""Many hypotheses in one forward pass: each has a row of its own, in which its edits act.

The price of a small forward pass is that of its NumPy calls, not of its numbers. So a hundred
hypotheses are laid along one more axis, and an edit is applied to the rows of those that hold it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TypeAlias

import numpy as np

from autograder.networks import Array, Edit, Edits, Graph
from autograder.oracle import directional

#: Hypotheses times directions in one pass: enough to share its price, and little memory to fetch.
ROWS = 128

Hypothesis: TypeAlias = tuple[int, ...]
Rows: TypeAlias = list[int] | slice


def slopes(
    graph: Graph,
    directions: Mapping[str, Array],
    parts: Sequence[Edits],
    hypotheses: Sequence[Hypothesis],
) -> Iterator[Array]:
    """Derivatives of the cost along K directions on the graph that each hypothesis makes.

    Parameters
    ----------
    graph : Graph
    directions : mapping of str to array, shape (K, *shape of the node)
    parts : sequence of edits
    hypotheses : sequence of tuples of int
        The parts that act together; on one wire they act in the order of `parts`.

    Yields
    ------
    array, shape (K,)
        For each hypothesis in turn; nan or inf where an edit makes such numbers.
    """
    count = len(next(iter(directions.values())))
    size = max(1, ROWS // count)
    nudges = {node: block[np.newaxis] for node, block in directions.items()}
    for start in range(0, len(hypotheses), size):
        chosen = hypotheses[start : start + size]
        lead = (len(chosen), count)
        with np.errstate(all="ignore"):
            found = directional(graph, nudges, _laid_out(graph, parts, chosen, lead), axes=2)
        yield from np.broadcast_to(found, lead)


def _laid_out(
    graph: Graph, parts: Sequence[Edits], hypotheses: Sequence[Hypothesis], lead: tuple[int, int]
) -> Edits:
    """One edit of each wire, which does in each row what that row's hypothesis asks for."""
    holding: dict[int, list[int]] = {}
    for row, hypothesis in enumerate(hypotheses):
        for part in hypothesis:
            holding.setdefault(part, []).append(row)
    on_wire: dict[str, list[tuple[Edit, Rows]]] = {}
    for part, rows in sorted(holding.items()):
        # a slice is a view, a list of rows a copy
        held = rows if len(rows) > 1 else slice(rows[0], rows[0] + 1)
        for wire, edit in parts[part].items():
            on_wire.setdefault(wire, []).append((edit, held))
    return {wire: _by_rows(graph, wire, edits, lead) for wire, edits in on_wire.items()}


def _by_rows(
    graph: Graph, wire: str, edits: Sequence[tuple[Edit, Rows]], lead: tuple[int, int]
) -> Edit:
    shape = (*lead, *graph.value(wire).shape)

    def edit(value: Array, seen: Mapping[str, Array]) -> Array:
        whole = np.empty(shape, complex)
        whole[:] = value
        for act, rows in edits:
            acted = act(whole[rows], _Seen(graph, seen, rows))
            if acted.shape[2:] != whole.shape[2:]:  # a bias that differs from column to column
                wider = np.broadcast_shapes(acted.shape[2:], whole.shape[2:])
                whole = np.array(np.broadcast_to(whole, (*lead, *wider)))
            whole[rows] = acted
        return whole

    return edit


class _Seen(Mapping[str, Array]):
    """Some rows of everything seen; what no hypothesis has touched yet is the same in all."""

    def __init__(self, graph: Graph, seen: Mapping[str, Array], rows: Rows):
        self.graph, self.seen, self.rows = graph, seen, rows

    def __getitem__(self, name: str) -> Array:
        value = self.seen[name]
        own = value.ndim > self.graph.value(name).ndim and len(value) > 1
        return value[self.rows] if own else value

    def __iter__(self) -> Iterator[str]:
        return iter(self.seen)

    def __len__(self) -> int:
        return len(self.seen)
