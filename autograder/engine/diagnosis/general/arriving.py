"""The gradient of another node in the place of the one that arrives: dc where da belongs.

A backward line multiplies what arrives at a node by a slope. It may read another array there: the
gradient of a node near by, or only that part of the right one which comes from one of its readers.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from autograder.engine.diagnosis.general.kinds import ends, split
from autograder.engine.diagnosis.general.operation import jacobian, replaced
from autograder.engine.diagnosis.general.spelling import index
from autograder.networks import Array, Edit, Edits, Graph
from autograder.networks.facts import TimeFacts
from autograder.oracle import gradient


@dataclass(frozen=True)
class Arriving:
    """What is taken: the gradient of the node `letters`, or what comes from the `reader` alone.

    `shift` is the number of that node minus that of the target, None where it has none.
    """

    letters: str
    shift: int | None
    reader: bool = False

    def edit(self, graph: Graph, wire: str, place: int) -> Edits | None:
        """Return the edit of a wire; None where there is no such gradient."""
        target = ends(wire)[1]
        number = split(target)[1]
        name = self.letters
        if self.shift is not None:
            name += str((number or 0) + self.shift)
        node = f"{target}->{name}" if self.reader else name
        right = jacobian(graph, wire)
        if right is None or node not in graph.seen:
            return None
        if graph.value(node).shape != graph.value(target).shape:
            return None
        arrives, other = (_gradient(graph, n) for n in (target, node))
        if not np.abs(arrives).min(initial=1.0) > 1e-9:
            return None
        made: Mapping[str, Edit] | None = replaced(graph, wire, right * (other / arrives).ravel())
        return made

    def told(self, graph: Graph, target: str) -> str:
        """Return what is taken, in words."""
        name = index(graph, self.letters, self.shift)
        if self.reader and self.letters == "J" and isinstance(graph.facts, TimeFacts):
            return (
                f"only what is handed over as the gradient at {target}, without what comes back to "
                "it inside the cell"
            )
        if self.reader:
            return f"only that part of the gradient at {target} which comes back from {name}"
        if self.shift is None:
            return f"d{name} in the place of d{target}"
        return f"the gradient at {name} in the place of that at {target}"


def arrivals(graph: Graph, wires: Mapping[int, str]) -> Iterator[Arriving]:
    """Yield what may be taken on the way back through wires of one kind."""
    if isinstance(graph.facts, TimeFacts) and graph.facts.T > 1:
        return  # what arrives at a step depends on what was taken at the steps after it
    found: dict[Arriving, None] = {}
    for wire in wires.values():
        target = ends(wire)[1]
        number, shape = split(target)[1], graph.value(target).shape
        if not shape or jacobian(graph, wire) is None:
            continue
        readers = [ends(w)[1] for w in graph.wires() if ends(w)[0] == target]
        for node in graph.nodes():
            letters, at = split(node)
            shift = None if number is None or at is None else at - number
            near = node in readers if number is None else shift is not None and abs(shift) <= 1
            if near and node not in (target, ends(wire)[0]) and graph.value(node).shape == shape:
                found[Arriving(node if number is None else letters, shift)] = None
        for reader in readers if len(readers) > 1 else ():
            letters, at = split(reader)
            shift = None if number is None or at is None else at - number
            found[Arriving(letters, shift, True)] = None
    yield from found


def _gradient(graph: Graph, node: str) -> Array:
    key = "gradient", node
    if key not in graph.kept:
        graph.kept[key] = gradient(graph, node)
    kept: Array = graph.kept[key]
    return kept
