"""What can be done to the wires of one kind: cut them, scale them, take a derivative elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np

from autograder.engine.diagnosis.edits import called, cut, rescale
from autograder.engine.diagnosis.general.arriving import Arriving, arrivals
from autograder.engine.diagnosis.general.factors import named, sizes
from autograder.engine.diagnosis.general.instead import Instead, swaps
from autograder.engine.diagnosis.general.kinds import ends
from autograder.engine.diagnosis.general.operation import alone, jacobian, replaced, slope
from autograder.engine.diagnosis.general.slopes import RULES, WEIGHTS
from autograder.networks import Edits, Graph
from autograder.oracle import gradient

#: What can be done to a wire, the simplest first.
VERBS = ("cut", "factor", "slope", "own", "ones", "weigh", "instead", "arrives", "mask")

EditWire: TypeAlias = Callable[[Graph, str, int], Edits | None]


@dataclass(frozen=True)
class Act:
    """What is done to a wire.

    ``cut``; a ``factor`` or a ``slope`` of that name; its ``own`` entry alone of a Jacobian;
    ``ones``: the gradient that arrives is taken for 1; ``weigh``: what comes back is multiplied by
    an array; another value ``instead``; another gradient that ``arrives``; a ``mask``: only some
    places of that name.
    """

    verb: str
    name: str = ""
    instead: Instead | None = None
    arriving: Arriving | None = None


def acts(
    graph: Graph, wires: Mapping[int, str], verbs: Container[str] = VERBS
) -> Iterator[tuple[Act, EditWire]]:
    """Yield what can be done to wires of one kind, as far as it is one of these verbs.

    The factors are the most frequent ones; any other is measured, see `measured`.
    """
    if "cut" in verbs:
        yield Act("cut"), lambda graph, wire, place: {wire: cut()}
    for name in FACTORS if "factor" in verbs else ():
        yield Act("factor", name), scaled(name)
    some = list(wires.values())
    if "slope" in verbs and any(slope(graph, wire) is not None for wire in some):
        yield from ((Act("slope", rule), _ruled(rule)) for rule in RULES)
    elif "own" in verbs and any(alone(graph, wire) is not None for wire in some):
        yield Act("own"), _own
    if "ones" in verbs:
        yield from ((Act("ones", name), _ones(name)) for name in ("1", "1/m"))
    if "weigh" in verbs and any(_alike(graph, wire) for wire in some):
        yield from ((Act("weigh", name), _weighed(name)) for name in WEIGHTS)
    if "instead" in verbs:
        found = (i for place, wire in wires.items() for i in swaps(graph, wire, place))
        yield from ((Act("instead", instead=i), i.edit) for i in dict.fromkeys(found))
    if "arrives" in verbs:
        yield from ((Act("arrives", arriving=a), a.edit) for a in arrivals(graph, wires))
    if "mask" in verbs:
        masks = (name for wire in some for name in _masks(graph, ends(wire)[1]))
        yield from ((Act("mask", name), _masked(name)) for name in dict.fromkeys(masks))


#: Those that are tried of two edits at once.
FACTORS = ("-1", "2", "1/2", "m", "1/m", "N", "1/N", "T", "1/T", "1/m²")


def scaled(name: str) -> EditWire:
    """Return the edit that multiplies a wire by a factor of that name."""

    def edit(graph: Graph, wire: str, place: int) -> Edits | None:
        factor = named(sizes(graph, wire, ends(wire)[1])).get(name)
        return None if factor is None else {wire: called(rescale(factor), name)}

    return edit


def _ruled(rule: str) -> EditWire:
    def edit(graph: Graph, wire: str, place: int) -> Edits | None:
        target, right = ends(wire)[1], slope(graph, wire)
        if right is None:
            return None
        with np.errstate(all="ignore"):
            wrong = RULES[rule](graph.value(wire), graph.value(target), right)
        change = wrong - right
        if not np.isfinite(change).all() or not np.abs(change).max(initial=0.0) > 1e-12:
            return None
        return {target: lambda value, seen: np.asarray(value + 1j * change * seen[wire].imag)}

    return edit


def _alike(graph: Graph, wire: str) -> bool:
    value = graph.value(wire)
    return value.ndim > 0 and value.shape == graph.value(ends(wire)[1]).shape


def _weighed(name: str) -> EditWire:
    def edit(graph: Graph, wire: str, place: int) -> Edits | None:
        if not _alike(graph, wire):
            return None
        with np.errstate(all="ignore"):
            weight = WEIGHTS[name](graph.value(wire), graph.value(ends(wire)[1]))
        return {wire: rescale(weight)} if np.isfinite(weight).all() else None

    return edit


def _ones(name: str) -> EditWire:
    """Let what arrives at the target be 1, or 1/m where the cost is a mean."""

    def edit(graph: Graph, wire: str, place: int) -> Edits | None:
        target, right = ends(wire)[1], jacobian(graph, wire)
        if right is None or graph.value(target).ndim == 0:
            return None
        arrives = gradient(graph, target)
        if not np.abs(arrives).min(initial=1.0) > 1e-9:
            return None
        size = graph.facts.m if name == "1/m" else 1
        return replaced(graph, wire, right / (size * arrives.ravel()))

    return edit


def _own(graph: Graph, wire: str, place: int) -> Edits | None:
    """Let each entry count for the same entry of the target alone."""
    matrix = alone(graph, wire)
    return None if matrix is None else replaced(graph, wire, np.diag(np.diag(matrix)))


#: Which places of an axis are kept.
_KEPT: dict[str, slice] = {
    "the last {}": slice(-1, None),
    "the first {}": slice(0, 1),
    "all {}s but the last": slice(None, -1),
    "all {}s but the first": slice(1, None),
}


def _masks(graph: Graph, node: str) -> list[str]:
    count = graph.value(node).ndim
    return [kept.format(axis) for kept in _KEPT for axis in graph.facts.axes(count)[:count]]


def _masked(name: str) -> EditWire:
    """Let only some rows or columns of the target send something back through the wire."""

    def edit(graph: Graph, wire: str, place: int) -> Edits | None:
        value, right = graph.value(ends(wire)[1]), jacobian(graph, wire)
        if right is None:
            return None
        for axis, called_so in enumerate(graph.facts.axes(value.ndim)[: value.ndim]):
            for kept, places in _KEPT.items():
                if kept.format(called_so) == name:
                    mask = np.zeros(value.shape)
                    mask[(slice(None),) * axis + (places,)] = 1.0
                    return replaced(graph, wire, right * mask.ravel())
        return None

    return edit
