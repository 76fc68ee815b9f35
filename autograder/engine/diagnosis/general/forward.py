"""Wrong values of a forward pass: of which other network are they the values?

The same as with gradients, but that an edit changes the value itself: a wire is left out, another
node is read in its place, another function is applied. Values may also be those of other nodes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TypeAlias

import numpy as np

from autograder.engine.diagnosis.forms import Form
from autograder.engine.diagnosis.general.instead import nearby
from autograder.engine.diagnosis.general.kinds import Kind, ends, kinds, scopes, split
from autograder.engine.diagnosis.general.said_forward import moved, told
from autograder.engine.diagnosis.general.shown import Shown
from autograder.engine.diagnosis.general.value_changes import Change, changes
from autograder.engine.diagnosis.hypothesis import Cause, Explanation, close
from autograder.networks import Array, Edits, Graph
from autograder.networks.tap import Tap

#: The numbers of the places where wires of one kind are: steps, layers.
Places: TypeAlias = tuple[int, ...]
#: Told in the place of "everywhere" where the other places are as they should be.
_ENDS = ("the last", "the first")


def valued(items: Sequence[Shown]) -> Explanation | None:
    """Find the network whose values were returned, in every item."""
    first = next((item for item in items if item.wrong()), None)
    if first is None:
        return None
    for letters, shift in _elsewhere(first):
        if all(_moved(item, letters, shift) for item in items):
            name = next(iter(first.wrong()))
            entry = moved(first.graph, name, letters, shift)
            return Explanation((Cause(Form(entry, "", ())),))
    refuted = [_Refuted(item) for item in sorted(items, key=_size)]  # small ones soon say no
    for kind, scope, what, change in _changes(first):
        if all(one.gives(kind, scope, what, change) for one in refuted):
            place = next(
                s for s in (*_ENDS, scope) if all(_gives(i, kind, s, change) for i in items)
            )
            beside = _factors(items, kind, place, what, change)
            entry = told(first.graph, kind, place, what, beside)
            return Explanation((Cause(Form(entry, "", ())),))
    return None


def _factors(
    items: Sequence[Shown], kind: Kind, scope: str, what: tuple[str, str], change: Change
) -> list[Kind]:
    """What can be left out as well, with the same values: the other factors of a product."""
    wires = kinds(items[0].graph)
    target = ends(next(iter(wires[kind].values())))[1]
    others = [
        k for k, at in wires.items() if k != kind and ends(next(iter(at.values())))[1] == target
    ]
    left_out = others if what[0] == "out" else []
    return [k for k in left_out if all(_gives(item, k, scope, change) for item in items)]


def _elsewhere(item: Shown) -> Iterator[tuple[str, int]]:
    """Yield other nodes whose values the one wrong array may hold: letters and shift."""
    if len(item.wrong()) != 1:
        return
    node = item.nodes[item.wrong()[0]][0]
    own, number = split(node)
    for letters, at in nearby(item.graph).get(item.graph.value(node).shape, ()):
        shift = 0 if at is None or number is None else at - number
        if abs(shift) <= 1 and (letters, shift) != (own, 0) and "->" not in letters:
            yield letters, shift


def _moved(item: Shown, letters: str, shift: int) -> bool:
    """Whether the wrong array holds the values of those nodes."""
    nodes = dict(item.nodes)
    for name in item.wrong():
        numbers = [split(node)[1] for node in item.nodes[name]]
        nodes[name] = tuple(f"{letters}{n + shift}" if n is not None else letters for n in numbers)
    return Shown(item.graph, nodes, item.returned).agrees(item.graph.seen)


def _size(item: Shown) -> int:
    return len(item.graph.nodes())


class _Refuted:
    """What was tried of one item in vain.

    A change in one place and the same in all places agree up to the second place. Where the first
    deviates before, the second does, and need not be run.
    """

    def __init__(self, item: Shown):
        self.item = item
        self._deviated: dict[tuple[Kind, tuple[str, str]], list[tuple[str, Places]]] = {}

    def gives(self, kind: Kind, scope: str, what: tuple[str, str], change: Change) -> bool:
        """Whether the network with this change has the values that were returned."""
        chosen = _chosen(self.item, kind, scope)
        deviated = self._deviated.setdefault((kind, what), [])
        if any(self._before(node, kind, chosen) == places for node, places in deviated):
            return False
        try:
            return _run(self.item, kind, chosen, change)
        except _Deviates as error:
            deviated.append((error.node, self._before(error.node, kind, chosen)))
            return False

    def _before(self, node: str, kind: Kind, places: Places) -> Places:
        """Those of the places from which a wire leads to the node."""
        after, wires = _after(self.item.graph), kinds(self.item.graph).get(kind, {})
        return tuple(p for p in places if node in after[ends(wires[p])[1]])


def _gives(item: Shown, kind: Kind, scope: str, change: Change) -> bool:
    """Whether the network with this change has the values that were returned."""
    try:
        return _run(item, kind, _chosen(item, kind, scope), change)
    except _Deviates:
        return False


def _chosen(item: Shown, kind: Kind, scope: str) -> Places:
    """The places of the wires of that kind that the scope names."""
    wires = kinds(item.graph).get(kind, {})
    if scope in _ENDS and len(wires) == 1:
        return tuple(wires)
    return tuple(scopes(list(wires), True).get(scope, ())) if wires else ()


def _run(item: Shown, kind: Kind, chosen: Places, change: Change) -> bool:
    """The same as `_gives` for these places; raises _Deviates where a value is another one."""
    wires = kinds(item.graph).get(kind, {})
    edits: dict[str, Callable[[Array, Mapping[str, Array]], Array]] = {}
    for place in chosen:
        edits |= change(item.graph, wires[place], place) or {}
    if not edits:
        return item.agrees(item.graph.seen)
    after = _after(item.graph)
    reached = frozenset().union(*(after[ends(at)[1] if "->" in at else at] for at in edits))
    if not item.off <= reached:
        return False
    wanted = {node: array for node, array in item.single.items() if node in reached}
    tap = _Comparing(edits, wanted)
    with np.errstate(all="ignore"):
        try:
            item.graph.forward(item.graph.inputs, tap)
        except ValueError:  # shapes that do not fit
            return False
    rest = [name for name, nodes in item.nodes.items() if not item.single.keys() >= set(nodes)]
    return (not rest or item.agrees(tap.seen, rest)) and not item.refutes(tap.seen)


class _Deviates(Exception):
    """A value is another one than that which came back."""

    def __init__(self, node: str):
        super().__init__(node)
        self.node = node


class _Comparing(Tap):
    """Run forward, and no further than to a value that is not `wanted`."""

    def __init__(self, edits: Edits, wanted: Mapping[str, Array]):
        super().__init__(edits=edits)
        self.wanted = wanted

    def __call__(self, name: str, value: Array) -> Array:
        value = super().__call__(name, value)
        if name in self.wanted and not close(self.wanted[name], np.asarray(value)):
            raise _Deviates(name)
        return value


def _changes(item: Shown) -> Iterator[tuple[Kind, str, tuple[str, str], Change]]:
    """Yield what may have been done to the wires that lead to all that is wrong, and no more."""
    after = _after(item.graph)
    wrong = {node for name in item.wrong() for node in item.nodes[name]}
    right = {node for name, nodes in item.nodes.items() for node in nodes} - wrong
    for kind, wires in kinds(item.graph).items():
        for scope, places in scopes(list(wires), True).items():
            reached = frozenset().union(*(after[ends(wires[place])[1]] for place in places))
            if reached & right or not wrong & reached or not item.off <= reached:
                continue
            seen: set[tuple[str, str]] = set()
            for place in places:
                for what, change in changes(item.graph, wires[place], place):
                    if what not in seen:
                        seen.add(what)
                        yield kind, scope, what, change


def _after(graph: Graph) -> Mapping[str, frozenset[str]]:
    """Return for each node what is made of it, itself included."""
    if "after" not in graph.kept:
        readers: dict[str, set[str]] = {}
        for source, target, _ in map(ends, graph.wires()):
            readers.setdefault(source, set()).add(target)
        found: dict[str, frozenset[str]] = {}
        for node in reversed([*graph.nodes(), "cost"]):
            made = (found.get(r, frozenset()) for r in readers.get(node, ()))
            found[node] = frozenset({node}).union(*made)
        graph.kept["after"] = found
    after: Mapping[str, frozenset[str]] = graph.kept["after"]
    return after
