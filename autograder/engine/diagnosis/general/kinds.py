"""The wires of a graph by kind: all wires from a_{t-1} to z_t are one kind, whatever the graph."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from autograder.networks import Graph
from autograder.networks.facts import ExpressionFacts

#: The most places of a kind of wire that are named one by one.
_MOST = 5


@dataclass(frozen=True)
class Kind:
    """Wires that do the same at different layers or steps.

    Attributes
    ----------
    source, target : str
        The letters of the nodes, ``"a"`` and ``"z"``.
    shift : int or None
        The target's number minus the source's, 1 for ``"a1->z2"``; None where one has none.
    slot : str
        Which operand of the target, ``"[0]"``; mostly empty.
    """

    source: str
    target: str
    shift: int | None
    slot: str = ""


@lru_cache(maxsize=4096)
def split(name: str) -> tuple[str, int | None]:
    """Return the letters and the number of a node: ``("yhat", 2)``; None where it has none."""
    found = re.fullmatch(r"(.*?)(\d+)?", name)
    assert found is not None
    return found[1], int(found[2]) if found[2] else None


@lru_cache(maxsize=4096)
def ends(wire: str) -> tuple[str, str, str]:
    """Return source, target and slot of a wire: ``"v3->v5[1]"`` is v3, v5, ``"[1]"``."""
    source, _, rest = wire.partition("->")
    target, bracket, slot = rest.partition("[")
    return source, target, bracket + slot


def entering(graph: Graph, target: str) -> tuple[str, ...]:
    """Return the wires that enter a node."""
    if "entering" not in graph.kept:
        found: dict[str, list[str]] = {}
        for wire in graph.wires():
            found.setdefault(ends(wire)[1], []).append(wire)
        graph.kept["entering"] = {node: tuple(wires) for node, wires in found.items()}
    kept: dict[str, tuple[str, ...]] = graph.kept["entering"]
    return kept.get(target, ())


def _operation(graph: Graph, node: str) -> str:
    """Return the name of the operation that makes a node, where the graph tells it."""
    letters, number = split(node)
    facts = graph.facts
    if isinstance(facts, ExpressionFacts) and number is not None and number in facts.operations:
        return f"{letters}:{facts.operations[number]}"
    return letters


def kinds(graph: Graph) -> dict[Kind, dict[int, str]]:
    """Return each kind with its wires by place: the number of the target, else of the source.

    The wires of one operation of an expression are a kind: all that enter a product on its left.
    """
    if "kinds" in graph.kept:
        return graph.kept["kinds"]  # type: ignore[no-any-return]
    found: dict[Kind, dict[int, str]] = {}
    for wire in graph.wires():
        source, target, slot = ends(wire)
        (letters, before), (last, number) = split(source), split(target)
        operation = _operation(graph, target)
        if ":" in operation:
            kind = Kind("", operation, None, slot)
        else:
            shift = None if before is None or number is None else number - before
            kind = Kind(letters, last, shift, slot)
        place = number if number is not None else before
        found.setdefault(kind, {})[place or 0] = wire
    graph.kept["kinds"] = found
    return found


def reaching(graph: Graph) -> dict[str, frozenset[str]]:
    """Return for each wire the nodes that lead to it: whose gradients pass through it."""
    before: dict[str, frozenset[str]] = {}
    found: dict[str, frozenset[str]] = {}
    for name in graph.seen:  # in forward order: what enters a node stands before it
        source, arrow, _ = name.partition("->")
        if arrow:
            found[name] = before.get(source, frozenset()) | {source}
        else:
            entering = [nodes for wire, nodes in found.items() if ends(wire)[1] == name]
            before[name] = frozenset().union(*entering)
    return found


def scopes(places: list[int], last_but_one: bool = False) -> dict[str, tuple[int, ...]]:
    """Return sets of places by name, the widest first; with `last_but_one` that one as well.

    Examples
    --------
    >>> scopes([1, 2, 3])["all but the last"]
    (1, 2)
    """
    ordered = sorted(places)
    found = {"everywhere": tuple(ordered)}
    if len(ordered) > 1:
        found |= {"the last": (ordered[-1],), "the first": (ordered[0],)}
    if len(ordered) > 2:
        found |= {"all but the last": tuple(ordered[:-1]), "all but the first": tuple(ordered[1:])}
    for n, place in enumerate(ordered[1:-1][:_MOST], start=2):
        found[f"number {n}"] = (place,)
    if last_but_one and len(ordered) > 1:
        found["the last but one"] = (ordered[-2],)
    return found
