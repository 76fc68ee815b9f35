"""Another value read in the place of an operand: a neighbour's, a step's, its own transposed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

from autograder.engine.diagnosis.general.kinds import ends, entering, split
from autograder.engine.diagnosis.general.operation import jacobians, replaced
from autograder.networks import Array, Edits, Graph
from autograder.networks.facts import TimeFacts

#: What may be read of the operand itself.
FORMS: dict[str, Callable[[Array], Array]] = {
    "{} transposed": lambda held: held.T if held.ndim == 2 else held,
    "1": np.ones_like,
    "1 − {}": lambda held: 1 - held,
    "{}²": lambda held: held**2,
}


#: What may be read where a neighbour does not exist.
_BEYOND = ("zeros", "wrap")


@dataclass(frozen=True)
class Instead:
    """Another value for an operand: of a node near by, or made of its own.

    `operand` and `letters` are the nodes' letters, in an expression ``"[0]"`` or ``"[1]"`` for an
    operand, ``"[]"`` for the result; `away` and `shift` their numbers minus the
    place of the wire, None for a node without a number. The letters ``"x->z"`` stand for the part
    of x that enters a z. `form` is one of `FORMS`, where it is made of the operand itself.
    `beyond` is what is read where the neighbour does not exist: ``"zeros"``, ``"wrap"``.
    """

    operand: str
    away: int | None
    letters: str
    shift: int | None
    form: str = ""
    beyond: str = ""

    def value(self, graph: Graph, partner: str, place: int) -> Array | None:
        """Return the other value on the wire `partner`, where there is one of its shape."""
        held, target = graph.value(partner), ends(partner)[1]
        if self.form:
            found = np.asarray(FORMS[self.form](held))
        else:
            name = named(self.letters, self.shift, place)
            if self.letters.startswith("["):
                name = next((w for w in entering(graph, target) if ends(w)[2] == name), target)
            if name not in graph.seen:
                return self._beyond(graph, held, place)
            found = graph.value(name)
        return found if found.shape == held.shape else None

    def _beyond(self, graph: Graph, held: Array, place: int) -> Array | None:
        if self.beyond == "zeros":
            return np.zeros_like(held)
        if self.beyond == "wrap" and self.shift is not None:
            other = self.letters + str((place + self.shift - 1) % graph.facts.length + 1)
            found = graph.seen.get(other)
            return None if found is None or found.shape != held.shape else np.asarray(found)
        return None

    def edit(self, graph: Graph, wire: str, place: int) -> Edits | None:
        """Return the edit: the derivative through the wire, the operand having that value."""
        source = named(self.operand, self.away, place)
        return _edits(graph, wire, place, source).get(self)


def named(letters: str, shift: int | None, place: int) -> str:
    """Return the name of a node at a place: ``named("a", -1, 3)`` is ``"a2"``."""
    return letters if shift is None else f"{letters}{place + shift}"


def swaps(graph: Graph, wire: str, place: int) -> Iterator[Instead]:
    """Yield what the operation behind a wire may have read in the place of an operand."""
    target = ends(wire)[1]
    for partner in entering(graph, target):
        yield from _edits(graph, wire, place, ends(partner)[2] or ends(partner)[0])


def _edits(graph: Graph, wire: str, place: int, source: str) -> dict[Instead, Edits]:
    """Return every edit by another value of this operand, all made in one run."""
    key = "instead", wire, source
    if key not in graph.kept:
        graph.kept[key] = dict(_made(graph, wire, place, source))
    kept: dict[Instead, Edits] = graph.kept[key]
    return kept


def _made(graph: Graph, wire: str, place: int, source: str) -> Iterator[tuple[Instead, Edits]]:
    target = ends(wire)[1]
    ways = entering(graph, target)
    partner = next((w for w in ways if source in (ends(w)[0], ends(w)[2])), None)
    if partner is None:
        return
    values = {i: i.value(graph, partner, place) for i in _possible(graph, partner, place)}
    fitting = {i: v for i, v in values.items() if v is not None}
    matrices = jacobians(graph, wire, partner, list(fitting.values()))
    for instead, matrix in zip(fitting, matrices if matrices is not None else (), strict=False):
        edits = replaced(graph, wire, matrix)
        if edits is not None:
            yield instead, edits


def _possible(graph: Graph, partner: str, place: int) -> Iterator[Instead]:
    source, _, slot = ends(partner)
    operand, number = split(source)
    away = None if number is None else number - place
    if slot:
        operand, away = slot, None
    for form in FORMS:
        yield Instead(operand, away, operand, away, form)
    if slot:
        others = [ends(w)[2] for w in entering(graph, ends(partner)[1])]
        yield from (Instead(slot, None, o, None) for o in (*others, "[]") if o != slot)
        return
    shape, near = graph.value(partner).shape, nearby(graph)
    for letters, at in near.get(shape, ()):
        shift = None if at is None else at - place
        if (shift is None or abs(shift) <= 1) and named(letters, at, 0) not in (source, partner):
            yield Instead(operand, away, letters, shift)
    if away is None and graph.value(source).shape == shape:
        return  # one array for all steps has no neighbour
    row, own = (operand, away) if away is not None else (split(partner)[0], 0)
    if isinstance(graph.facts, TimeFacts) and any(row == letters for letters, _ in near[shape]):
        steps = (own - 1, own + 1)
        yield from (Instead(operand, away, row, s, "", b) for s in steps for b in _BEYOND)


def nearby(graph: Graph) -> dict[tuple[int, ...], list[tuple[str, int | None]]]:
    """Return letters and number of every node, and of every part of a leaf, by shape."""
    if "nearby" not in graph.kept:
        found: dict[tuple[int, ...], list[tuple[str, int | None]]] = {}
        whole = [name for name in graph.inputs if split(name)[1] is None]
        slices = (w for w in graph.wires() if ends(w)[0] in whole)
        for name in (*graph.nodes(), *slices):
            found.setdefault(graph.value(name).shape, []).append(split(name))
        graph.kept["nearby"] = found
    kept: dict[tuple[int, ...], list[tuple[str, int | None]]] = graph.kept["nearby"]
    return kept
