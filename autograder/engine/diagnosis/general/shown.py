"""What a forward pass showed of its values: those that it returned, and those in its cache."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from autograder.engine.diagnosis.hypothesis import close, same
from autograder.networks import Array, Graph


@dataclass(frozen=True)
class Shown:
    """What a function returned, and the nodes of which it has to be the values.

    Attributes
    ----------
    graph : Graph
    nodes : mapping of str to tuple of str
        Several nodes are stacked along the axis that the graph's facts tell.
    returned : mapping of str to array
    kept : sequence of array
        What came back besides, in a cache of any form.
    """

    graph: Graph
    nodes: Mapping[str, tuple[str, ...]]
    returned: Mapping[str, Array]
    kept: Sequence[Array] = ()

    def refutes(self, seen: Mapping[str, Array]) -> bool:
        """Whether the cache holds the right value of a node that is another one in `seen`."""
        shown = {node for nodes in self.nodes.values() for node in nodes}
        for node in self.graph.nodes():  # in forward order: what is made first decides
            right, other = self.graph.value(node), np.asarray(seen.get(node, 0.0))
            if node in shown or node not in seen or same(right, other):
                continue
            if any(same(array, value) for array in self.kept for value in (right, other)):
                return not any(same(array, other) for array in self.kept)
        return False

    def right(self, name: str, seen: Mapping[str, Array]) -> Array | None:
        """Return the array of that name, made of these values."""
        nodes = self.nodes[name]
        if not all(node in seen for node in nodes):
            return None
        arrays = [np.asarray(seen[node]) for node in nodes]
        if len({array.shape for array in arrays}) > 1:  # a change made one of them wider
            return None
        one = len(arrays) == 1 and self.returned[name].ndim == arrays[0].ndim
        return arrays[0] if one else np.stack(arrays, axis=self.graph.facts.stacked)

    def agrees(self, seen: Mapping[str, Array], names: Sequence[str] = ()) -> bool:
        """Whether these values are what was returned."""
        for name in names or self.nodes:
            made = self.right(name, seen)
            if made is None or not close(self.returned[name], made):
                return False
        return True

    @cached_property
    def single(self) -> dict[str, Array]:
        """What came back for each node alone."""
        found: dict[str, Array] = {}
        for name, nodes in self.nodes.items():
            array, shape = self.returned[name], self.graph.value(nodes[0]).shape
            if array.shape == shape and len(nodes) == 1:
                found[nodes[0]] = array
            elif array.ndim == len(shape) + 1 and array.shape[self.graph.facts.stacked] == len(
                nodes
            ):
                parts = np.moveaxis(array, self.graph.facts.stacked, 0)
                found |= dict(zip(nodes, parts, strict=True))
        return found

    @cached_property
    def off(self) -> frozenset[str]:
        """The nodes whose value is another one than what came back."""
        with np.errstate(all="ignore"):
            found = self.single.items()
            return frozenset(n for n, a in found if not close(a, self.graph.value(n)))

    def wrong(self) -> list[str]:
        """Return the names of what is not right."""
        return [name for name in self.nodes if not self.agrees(self.graph.seen, [name])]
