"""What can be done to the wires of one kind: cut them, scale them, take a derivative elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np

from autograder.engine.diagnosis.edits import cut, rescale
from autograder.engine.diagnosis.general.factors import named, sizes
from autograder.engine.diagnosis.general.instead import Instead, swaps
from autograder.engine.diagnosis.general.kinds import ends
from autograder.engine.diagnosis.general.operation import alone, jacobian, replaced, slope
from autograder.networks import Array, Edits, Graph
from autograder.networks.blocks import ACTIVATIONS, derivative

#: What can be done to a wire, the simplest first.
VERBS = ("cut", "factor", "slope", "own", "weigh", "instead", "mask")

EditWire: TypeAlias = Callable[[Graph, str, int], Edits | None]


@dataclass(frozen=True)
class Act:
    """What is done to a wire.

    ``cut``; a ``factor`` or a ``slope`` of that name; its ``own`` entry alone of a Jacobian;
    ``weigh``: what comes back is multiplied by an array; another value ``instead``; a ``mask``:
    only some places of that name.
    """

    verb: str
    name: str = ""
    instead: Instead | None = None


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
    if "weigh" in verbs and any(_alike(graph, wire) for wire in some):
        yield from ((Act("weigh", name), _weighed(name)) for name in WEIGHTS)
    if "instead" in verbs:
        found = (i for place, wire in wires.items() for i in swaps(graph, wire, place))
        yield from ((Act("instead", instead=i), i.edit) for i in dict.fromkeys(found))
    if "mask" in verbs:
        masks = (name for wire in some for name in _masks(graph.value(ends(wire)[1])))
        yield from ((Act("mask", name), _masked(name)) for name in dict.fromkeys(masks))


#: Those that are tried of two edits at once.
FACTORS = ("-1", "2", "1/2", "m", "1/m", "N", "1/N", "T", "1/T", "1/m²")


def scaled(name: str) -> EditWire:
    """Return the edit that multiplies a wire by a factor of that name."""

    def edit(graph: Graph, wire: str, place: int) -> Edits | None:
        factor = named(sizes(graph, wire, ends(wire)[1])).get(name)
        return None if factor is None else {wire: rescale(factor)}

    return edit


#: What may stand where the slope of y = g(x) belongs, x, y and the slope being given.
RULES: dict[str, Callable[[Array, Array, Array], Array]] = {
    "1": lambda x, y, slope: np.ones_like(x),
    "{y}": lambda x, y, slope: y,
    "{x}": lambda x, y, slope: x,
    "1 − {y}": lambda x, y, slope: 1 - y,
    "1 − {x}": lambda x, y, slope: 1 - x,
    "1 + {y}": lambda x, y, slope: 1 + y,
    "1 − {y}²": lambda x, y, slope: 1 - y**2,
    "1 − {x}²": lambda x, y, slope: 1 - x**2,
    "1 + {y}²": lambda x, y, slope: 1 + y**2,
    "(1 − {y})²": lambda x, y, slope: (1 - y) ** 2,
    "{y} (1 − {y})": lambda x, y, slope: y * (1 - y),
    "{x} (1 − {x})": lambda x, y, slope: x * (1 - x),
    "{y} (1 + {y})": lambda x, y, slope: y * (1 + y),
    "{y}²": lambda x, y, slope: y**2,
    "{x}²": lambda x, y, slope: x**2,
    "2 {y}": lambda x, y, slope: 2 * y,
    "2 {x}": lambda x, y, slope: 2 * x,
    "1/{x}": lambda x, y, slope: 1 / x,
    "1/{y}": lambda x, y, slope: 1 / y,
    "−1/{x}²": lambda x, y, slope: -1 / x**2,
    "its own negative": lambda x, y, slope: -slope,
    "its own square": lambda x, y, slope: slope**2,
    "one over itself": lambda x, y, slope: 1 / slope,
    "{x} times itself": lambda x, y, slope: x * slope,
    "{y} times itself": lambda x, y, slope: y * slope,
    "({x} > 0)": lambda x, y, slope: (x > 0) * 1.0,
    "({x} < 0)": lambda x, y, slope: (x < 0) * 1.0,
}


def _slope_of(name: str) -> Callable[[Array, Array, Array], Array]:
    return lambda x, y, slope: derivative(name, x)


RULES |= {f"the slope of {name} at {{x}}": _slope_of(name) for name in ACTIVATIONS}


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


#: By what, entry by entry, the derivative on a wire may be multiplied once too often.
WEIGHTS: dict[str, Callable[[Array, Array], Array]] = {
    "{y}": lambda x, y: y,
    "1 − {y}": lambda x, y: 1 - y,
    "{y} (1 − {y})": lambda x, y: y * (1 - y),
    "1 − {y}²": lambda x, y: 1 - y**2,
    "{x}": lambda x, y: x,
    "1 − {x}²": lambda x, y: 1 - x**2,
    "{x} (1 − {x})": lambda x, y: x * (1 - x),
    "({x} > 0)": lambda x, y: (x > 0) * 1.0,
    "1/{y}": lambda x, y: 1 / y,
    "1/{x}": lambda x, y: 1 / x,
}


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


def _masks(value: Array) -> list[str]:
    return [kept.format(_axis(value, axis)) for kept in _KEPT for axis in range(value.ndim)]


def _axis(value: Array, axis: int) -> str:
    return ("row", "column", "layer")[axis] if value.ndim > 1 else "entry"


def _masked(name: str) -> EditWire:
    """Let only some rows or columns of the target send something back through the wire."""

    def edit(graph: Graph, wire: str, place: int) -> Edits | None:
        value, right = graph.value(ends(wire)[1]), jacobian(graph, wire)
        if right is None:
            return None
        for axis in range(value.ndim):
            for kept, places in _KEPT.items():
                if kept.format(_axis(value, axis)) == name:
                    mask = np.zeros(value.shape)
                    mask[(slice(None),) * axis + (places,)] = 1.0
                    return replaced(graph, wire, right * mask.ravel())
        return None

    return edit
