"""The recurrent network, unrolled: time runs to the right, the losses stand above."""

from __future__ import annotations

from collections.abc import Collection

from autograder.engine.picture.plan import GAP, ROW, Plan, below, ends, shown
from autograder.engine.picture.symbols import Symbol, symbols
from autograder.networks import Graph
from autograder.networks.facts import time_facts

STEP = 56.0


def unrolled(graph: Graph, marked: Collection[str]) -> Plan:
    """Place the steps side by side.

    Between a<t> and its loss only what is edited is drawn: where it is not, z and ŷ are left out.
    """
    wires, names, plan = ends(graph), symbols(graph), Plan()
    touched = {end for name in marked for end in name.split("->")}
    steps = shown(time_facts(graph).T, marked)
    floors = [k for k in ("zy", "yhat") if any(f"{k}{t}" in touched for t in steps)]
    floors += ["L"] if "L1" in graph.seen else []
    cells = "z1" in graph.seen
    x = 0.0
    if cells:
        plan.node("a0", x, 0.0, names["a0"])
    for before, t in zip([0, *steps], steps, strict=False):
        if t - before > 1:
            x += STEP
            plan.node(f"{GAP}{t}", x, 0.0, Symbol(GAP))
        x = _cell(plan, names, x, t) if cells else _given(plan, names, x, t)
        for height, kind in enumerate(floors, start=1):
            plan.node(f"{kind}{t}", x, -ROW * height, names[f"{kind}{t}"])
    middle = sum(plan.places[_top(plan, floors, t)][0] for t in steps) / len(steps)
    plan.node("J", middle, -ROW * (len(floors) + 1.15), names["J"])
    _join(plan, graph, floors, steps)
    sources = {name.partition("->")[0] for name in marked}
    wanted = {
        w: e for w, e in wires.items() if e[1] in plan.places and (e[0] in sources or e[0] == "x")
    }
    below(plan, graph, {w: e for w, e in wanted.items() if e[1][:2] != "zy"}, 27.5)
    _beside(
        plan, graph, [w for w, e in wanted.items() if e[1][:2] == "zy" and e[0] in ("Wya", "by")]
    )
    return plan


def _cell(plan: Plan, names: dict[str, Symbol], x: float, t: int) -> float:
    plan.node(f"z{t}", x + STEP, 0.0, names[f"z{t}"])
    plan.node(f"a{t}", x + 2 * STEP, 0.0, names[f"a{t}"])
    return x + 2 * STEP


def _given(plan: Plan, names: dict[str, Symbol], x: float, t: int) -> float:
    """The hidden state of step t is a leaf."""
    plan.node(f"a->zy{t}", x + 2 * STEP, 0.0, names[f"a->zy{t}"])
    return x + 2 * STEP


def _top(plan: Plan, floors: list[str], t: int) -> str:
    key = f"{floors[-1]}{t}" if floors else f"a{t}"
    return key if key in plan.places else f"a->zy{t}"


def _join(plan: Plan, graph: Graph, floors: list[str], steps: list[int]) -> None:
    """Wires between what is drawn; a wire over left-out nodes has no name."""
    known = graph.seen
    for t in steps:
        state = f"a{t}" if f"a{t}" in plan.places else f"a->zy{t}"
        way = [state, *(f"{kind}{t}" for kind in floors), "J"]
        for source, target in zip(way, way[1:], strict=False):
            wire = source if source.startswith("a->") else f"{source}->{target}"
            plan.wires.append((wire if wire in known else "", source, target))
    row = [key for key, (_, y) in plan.places.items() if y == 0.0 and "->" not in key]
    for source, target in zip(row, row[1:], strict=False):
        wire = f"{source}->{target}"
        plan.wires.append((wire if wire in known else "", source, target))


def _beside(plan: Plan, graph: Graph, wires: list[str]) -> None:
    """Wya to the left of the node that it enters, by to its right."""
    names = symbols(graph)
    for wire in wires:
        source, _, target = wire.partition("->")
        x, y = plan.places[target]
        plan.node(wire, x + (-38.0 if source == "Wya" else 38.0), y, names[source])
        plan.wires.append((wire, wire, target))
