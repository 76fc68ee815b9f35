"""Reads from a graph's wires which nodes stand in rows, and in which layer or step each is."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache, cached_property

from autograder.networks import Graph

Ends = Mapping[str, tuple[str, str]]


@cache
def number(name: str) -> int:
    """The layer or step of a node; -1 if it has none."""
    found = re.search(r"\d+$", name)
    return int(found[0]) if found else -1


@cache
def kind(name: str) -> str:
    """What a node has in common with the same one of other steps: ``"z"`` of ``"z2"``."""
    return re.sub(r"\d+$", "", name)


def touched(marked: Collection[str]) -> set[str]:
    """The nodes at the ends of the marked wires, and the marked nodes."""
    return {end for name in marked for end in name.split("[")[0].split("->")}


@dataclass(frozen=True)
class Wiring:
    """The wires of a graph, and what follows from them."""

    graph: Graph

    @cached_property
    def ends(self) -> Ends:
        """Source and target of every wire; ``"v3->v5[1]"`` ends in ``v5``."""
        split = {wire: wire.partition("->") for wire in self.graph.wires()}
        return {wire: (a, b.partition("[")[0]) for wire, (a, _, b) in split.items()}

    @cached_property
    def standing(self) -> list[str]:
        """What stands in a row, in forward order: all but the leaves that enter from outside.

        A leaf stands in a row if it comes before the first layer or step, or if all that is made
        of it is made of nothing else.
        """
        uses: dict[str, list[str]] = {}
        made_of: dict[str, list[str]] = {}
        for source, target in self.ends.values():
            uses.setdefault(source, []).append(target)
            made_of.setdefault(target, []).append(source)

        def stands(name: str) -> bool:
            if name not in self.graph.inputs:
                return name in uses or name in made_of
            targets = uses.get(name, [])
            before = number(name) >= 0 and all(number(name) < number(t) for t in targets)
            return bool(targets) and (before or all(set(made_of[t]) == {name} for t in targets))

        return [name for name in self.graph.nodes() if stands(name)]

    @cached_property
    def pairs(self) -> list[tuple[str, str]]:
        """The wires between what stands in rows, each pair once."""
        row = set(self.standing)
        return list(dict.fromkeys(pair for pair in self.ends.values() if row.issuperset(pair)))

    @cached_property
    def groups(self) -> dict[str, int]:
        """Layer or step of each standing node that has one, or that leads to one that has."""
        found = {name: number(name) for name in self.standing if number(name) >= 0}
        for name in reversed(self.standing):
            later = [found[b] for a, b in self.pairs if a == name and b in found]
            if name not in found and later:
                found[name] = min(later)
        return found

    @cached_property
    def steps(self) -> list[int]:
        """The layers or steps that compute something."""
        return sorted({n for name, n in self.groups.items() if name not in self.graph.inputs})

    @property
    def repeats(self) -> bool:
        """Are there layers or steps of more than one node, or one that others feed?"""
        inner = [n for name, n in self.groups.items() if name not in self.graph.inputs]
        several = len(set(self.groups.values())) > 1
        return several and len(inner) > len(self.steps) + (len(self.steps) > 1)

    def sliced(self, leaf: str) -> bool:
        """Does another part of the leaf go into each step, as with the data x?"""
        return is_sliced(self.graph, leaf)

    def shared(self, leaf: str) -> bool:
        """Does the same leaf go into several layers or steps, as the weights of a recurrence?"""
        targets = [b for a, b in self.ends.values() if a == leaf]
        into = {self.groups[b] for b in targets if b in self.groups}
        return len(into) > 1 and not self.sliced(leaf)


def is_sliced(graph: Graph, leaf: str) -> bool:
    """Is what goes along some numbered wires only a part of this leaf?"""
    if leaf not in graph.inputs or number(leaf) >= 0:
        return False
    whole = graph.value(leaf)
    numbered = [w for w in graph.wires() if w.startswith(f"{leaf}->") and number(w) >= 0]
    return any(graph.value(wire).ndim < whole.ndim for wire in numbered)
