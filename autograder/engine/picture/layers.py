"""Layers, and graphs of any kind: values flow from left to right, weights enter from below.

The places come from the graph itself: a node stands one column to the right of the last value
that it is made of.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

from autograder.engine.picture.plan import (
    GAP,
    ROW,
    Ends,
    Plan,
    below,
    ends,
    enters_below,
    number,
    shown,
)
from autograder.engine.picture.symbols import Symbol, symbols
from autograder.networks import Graph
from autograder.networks.facts import layer_facts


def layered(graph: Graph, marked: Collection[str]) -> Plan:
    wires = ends(graph)
    kept = set(graph.nodes())
    if graph.facts.family in ("columns", "rows"):
        layers = shown(layer_facts(graph).L, marked)
        kept = {n for n in kept if number(n) in (-1, 0) or number(n) in layers}
    columns = _columns(graph, wires, kept)
    step = min(78.0, 520.0 / max(max(columns.values()), 1))
    plan, names = Plan(), symbols(graph)
    for name, (column, row) in _rows(wires, columns).items():
        plan.node(name, step * column, -ROW * row, names[name])
    for wire, (source, target) in wires.items():
        if source in columns and target in columns:
            plan.wires.append((wire, source, target))
    below(plan, graph, {w: e for w, e in wires.items() if e[1] in columns}, min(42.0, step))
    _bridge(plan, wires, kept)
    return plan


def _columns(graph: Graph, wires: Ends, kept: Collection[str]) -> dict[str, int]:
    """Length of the longest path from the data to each node; a column is left at a gap."""
    inner = [n for n in graph.nodes() if n in kept and not enters_below(graph, n)]
    columns: dict[str, int] = {}
    used = {end for pair in wires.values() for end in pair}
    for name in inner:
        before = [a for a, b in wires.values() if b == name and not enters_below(graph, a)]
        if name not in used:
            continue
        if before and not set(before) & columns.keys():
            columns[name] = max(columns.values()) + 2
        else:
            columns[name] = max((columns[a] + 1 for a in before if a in columns), default=0)
    return columns


def _rows(wires: Ends, columns: Mapping[str, int]) -> dict[str, tuple[int, float]]:
    """Column and row of each node; a column with several is spread about the middle."""
    stacked: dict[int, list[str]] = {}
    for name, column in columns.items():
        stacked.setdefault(column, []).append(name)
    placed: dict[str, tuple[int, float]] = {}
    for column, names in sorted(stacked.items()):
        feeds = {
            n: [placed[a][1] for a, b in wires.values() if b == n and a in placed] for n in names
        }
        mean = {n: sum(rows) / len(rows) if rows else 0.0 for n, rows in feeds.items()}
        ordered = sorted(names, key=lambda n: -mean[n])
        for k, name in enumerate(ordered):
            placed[name] = (column, (len(names) - 1) / 2 - k)
    return placed


def _bridge(plan: Plan, wires: Ends, kept: Collection[str]) -> None:
    """Dots where layers are left out, between the nodes on either side."""
    out = [a for a, b in wires.values() if a in plan.places and b not in kept]
    back = [b for a, b in wires.values() if b in plan.places and a not in kept]
    for n, (source, target) in enumerate(zip(out, back, strict=False)):
        (x0, y), (x1, _) = plan.places[source], plan.places[target]
        key = f"{GAP}{n}"
        plan.node(key, (x0 + x1) / 2, y, Symbol(GAP))
        plan.wires += [("", source, key), ("", key, target)]
