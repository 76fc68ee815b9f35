"""Places the leaves that enter from outside: below a node, or beside it where there is no room."""

from __future__ import annotations

import itertools
from collections.abc import Collection, Mapping, Sequence

import numpy as np

from autograder.engine.picture.layout import Plan, node_box
from autograder.engine.picture.rectangles import Box, crossed, overlaps
from autograder.engine.picture.symbols import Symbol, symbols
from autograder.engine.picture.wiring import Wiring
from autograder.networks import Array

_BELOW = 60.0
#: Places for one leaf about its node, the best first.
_AROUND = ((-38, 0), (38, 0), (-32, -32), (32, -32), (-32, 32), (32, 32), (0, -60), (-48, 16))
Wires = list[tuple[str, str, str]]
Point = tuple[float, float]


def enter(plan: Plan, wiring: Wiring, marked: Collection[str]) -> None:
    """Put the leaves into the plan.

    A weight that all steps share is drawn where one of its uses is edited, and only then; so is
    one that enters a high stack of nodes. What enters several nodes of one step is drawn once.
    """
    edited = {name.partition("->")[0] for name in marked}
    outside = set(wiring.graph.inputs) - set(wiring.standing)
    entering = {leaf for leaf in outside if leaf in edited or not wiring.shared(leaf)}
    wires = [
        (wire, a, b) for wire, (a, b) in wiring.ends.items() if b in plan.places and a in entering
    ]
    bundles: dict[tuple[str, int], Wires] = {}
    for wire, leaf, target in wires:
        bundles.setdefault((leaf, wiring.groups.get(target, -1)), []).append((wire, leaf, target))
    single = [bundle[0] for bundle in bundles.values() if len(bundle) == 1]
    single = [w for w in single if w[1] in edited or not _crowded(plan, wiring, w[2], single)]
    names = symbols(wiring.graph)
    for node in dict.fromkeys(target for _, _, target in wires):
        _one_node(plan, names, [wire for wire in single if wire[2] == node])
    for bundle in bundles.values():
        if len(bundle) > 1:
            _one_step(plan, names, bundle)


def _crowded(plan: Plan, wiring: Wiring, node: str, wires: Wires) -> bool:
    """Do three nodes that have leaves of their own, this one among them, stand in a stack?"""
    groups, x = wiring.groups, plan.places[node][0]
    others = {b for _, _, b in wires if groups.get(b) == groups.get(node)}
    return sum(abs(plan.places[b][0] - x) < 0.7 * plan.step for b in others) > 2


def _one_node(plan: Plan, names: Mapping[str, Symbol], wires: Wires) -> None:
    """Side by side below their node; or, if that is not free, each where there is room."""
    if not wires:
        return
    x, y = plan.places[wires[0][2]]
    keys = [names.get(wire, names[leaf]) for wire, leaf, _ in wires]
    widths = [node_box("->", key, x, y).w for key in keys]
    air = 4 if len(wires) == 2 else 1
    beside = [(a + b) / 2 + air for a, b in itertools.pairwise(widths)]
    spread = max(min(42.0, plan.step, 2 * plan.step / len(wires)), *beside, 0.0)
    offsets = [spread * (k - (len(wires) - 1) / 2) for k in range(len(wires))]
    row = [(x + offset, y + _BELOW) for offset in offsets]
    nodes = [plan.box(key) for key in plan.places]
    boxes = [node_box("->", key, *at) for key, at in zip(keys, row, strict=True)]
    free = not overlaps(boxes, nodes).any() and not crossed(boxes, _lines(plan)).any()
    for (wire, _, node), key, at in zip(wires, keys, row, strict=True):
        options = [at] if free else [(x + dx, y + dy) for dx, dy in _AROUND]
        plan.node(wire, *_best(plan, key, options, [node]), key)
        plan.wires.append((wire, wire, node))


def _one_step(plan: Plan, names: Mapping[str, Symbol], wires: Wires) -> None:
    """One place for all wires of a leaf into one step, from where its ways are free."""
    first, leaf, _ = wires[0]
    targets = [target for _, _, target in wires]
    xs, ys = zip(*(plan.places[target] for target in targets), strict=True)
    middle, low = sum(xs) / len(xs), max(ys) + _BELOW
    shifts = [side * 14.0 * k for k in range(6) for side in (-1, 1)]
    options = [(middle + shift, low + down) for down in (0, 26) for shift in shifts]
    key = names.get(first, names[leaf])
    plan.node(first, *_best(plan, key, options, targets), key)
    plan.wires += [(wire, first, target) for wire, _, target in wires]


def _best(plan: Plan, symbol: Symbol, options: list[Point], targets: list[str]) -> Point:
    """The first place that is free, with the fewest nodes and wires in its ways."""
    if len(options) == 1:
        return options[0]
    nodes = [plan.box(key) for key in plan.places]
    lines = _lines(plan)
    others = [plan.box(key) for key in plan.places if key not in targets]

    def cost(at: Point) -> float:
        box = node_box("->", symbol, *at)
        ways = _points([(at, plan.places[target]) for target in targets])
        wide = Box(box.x, box.y, box.w + 4, box.h + 4)
        lies = overlaps([wide], nodes).sum() * 100 + crossed([box], lines).sum() * 4
        return float(lies + 10 * crossed(others, ways).sum())

    return min(options, key=cost)


def _lines(plan: Plan) -> Array:
    """Points on all wires so far, as if they were straight."""
    return _points([(plan.places[a], plan.places[b]) for _, a, b in plan.wires])


def _points(ways: Sequence[tuple[Point, Point]]) -> Array:
    """25 points on each of these straight ways, shape (p, 2)."""
    starts, ends = np.array(ways, dtype=float).reshape(-1, 2, 2).swapaxes(0, 1)
    return np.linspace(starts, ends, 25).reshape(-1, 2)
