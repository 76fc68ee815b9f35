"""Plans a picture from the graph alone: its wires, and the numbers in the names of its nodes."""

from __future__ import annotations

from collections.abc import Collection

from autograder.engine.picture.layout import GAP, Plan
from autograder.engine.picture.leaves import enter
from autograder.engine.picture.longest_path import by_longest_path
from autograder.engine.picture.repeated_groups import Places, by_groups
from autograder.engine.picture.symbols import Symbol, symbols
from autograder.engine.picture.wiring import Wiring
from autograder.networks import Graph

_ROW, _COLUMN = 52.0, 56.0
#: A single row may be wider, as far as the page allows.
_WIDEST, _PAGE = 78.0, 520.0


def arrange(graph: Graph, marked: Collection[str]) -> Plan:
    """The plan of a graph of which these wires and nodes are marked."""
    wiring = Wiring(graph)
    plan = _standing(wiring, marked)
    enter(plan, wiring, marked)
    return plan


def _standing(wiring: Wiring, marked: Collection[str]) -> Plan:
    """The plan without the leaves that enter from outside."""
    places = by_groups(wiring, marked) if wiring.repeats else Places(by_longest_path(wiring))
    grid, names = places.grid, symbols(wiring.graph)
    columns = max(column for column, _ in grid.values())
    flat = not wiring.repeats or all(row == 0 for _, row in grid.values())
    plan = Plan(min(_WIDEST, _PAGE / max(columns, 1)) if flat else _COLUMN)
    for name, (column, row) in grid.items():
        plan.node(name, plan.step * column, -_ROW * row, names[name])
    plan.wires += [(w, a, b) for w, (a, b) in wiring.ends.items() if a in grid and b in grid]
    plan.wires += [("", a, b) for a, b in places.passed]
    for n, (column, row, before, after) in enumerate(places.dots):
        plan.node(f"{GAP}{n}", plan.step * column, -_ROW * row, Symbol(GAP))
        plan.wires += [("", a, f"{GAP}{n}") for a in before]
        plan.wires += [("", f"{GAP}{n}", b) for b in after if b in grid]
    return plan
