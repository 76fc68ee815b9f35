"""Finds out what an explanation's edits do to each wire, by trying them: marks for the picture.

An edit is a function, and nobody describes it a second time. A spy notes which wires it reads,
and a small derivative sent along them shows what comes out: nothing (a cut), the same times a
number, times another slope, or through another matrix.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

import numpy as np

from autograder.engine.picture.measured import Names, same
from autograder.networks import Array, Edit, Edits, Graph
from autograder.networks.tap import STEP


@dataclass(frozen=True)
class Mark:
    """One edited wire, or an edited node.

    Attributes
    ----------
    at : str
        Name of the wire, ``"A1->Z2"``, or of the node, ``"J"``.
    kind : str
        ``cut``, ``factor``, ``slope``, ``matrix``, ``form`` (transposed, ``*`` for ``@``),
        ``signal`` (something else is sent back), ``added`` (a wire the network does not have),
        ``restored`` (a border between chunks that should be cut) or ``other``.
    label : str
        A few characters to stand beside it, ``"× 1/m"``; may be empty.
    """

    at: str
    kind: str
    label: str = ""


class _Spy(dict[str, Array]):
    """The values of a graph, noting which ones are asked for."""

    def __init__(self, values: Mapping[str, Array]):
        super().__init__(values)
        self.read: dict[str, None] = {}

    def __getitem__(self, name: str) -> Array:
        self.read[name] = None
        return super().__getitem__(name)


def marks(graph: Graph, edits: Edits) -> tuple[Mark, ...]:
    """What the edits do, in forward order; empty if no wire of this graph is the mistake."""
    found: dict[str, Mark] = {}
    probes: list[tuple[str, str]] = []
    names, borders = Names(graph), graph.facts.borders
    for name, edit in sorted(edits.items(), key=lambda item: "->" not in item[0]):
        if hasattr(edit, "wires"):  # it tells where the mistake sits
            found |= {wire: Mark(wire, "signal", words) for wire, words in edit.wires.items()}
            continue
        read = _reads(graph, name, edit)
        if "->" in name or not read:
            found[name] = Mark(name, "signal") if read else _alone(names, name, edit)
            continue
        for other in read:
            replaced = [w for w in _ways(graph, other) if w in found and found[w].kind == "cut"]
            if replaced and name == "J":  # cut, and what comes back instead is set at the cost
                found |= {wire: Mark(wire, "signal") for wire in replaced}
            elif name == "J" and not other.endswith("->J"):
                return ()
            elif "->" in other:
                probes += [(name, other)] * (other not in borders)  # nothing passes there
            elif (wire := f"{other}->{name}") in borders:
                found[wire] = Mark(wire, "restored", "not cut")
            elif f"{other}->{name}" not in graph.seen and _uses(graph, name, edit, other):
                found[f"{other}->{name}"] = Mark(f"{other}->{name}", "added")
    found |= {mark.at: mark for mark in _probed(names, edits, probes)}
    order = {name: n for n, name in enumerate(graph.seen)}
    kept = [mark for mark in found.values() if mark.kind != "none"]
    if sum("->" in mark.at for mark in kept) >= len(graph.wires()) > 1:
        return ()
    return tuple(sorted(kept, key=lambda mark: order.get(mark.at, len(order))))


def _reads(graph: Graph, name: str, edit: Edit) -> tuple[str, ...]:
    """The wires and nodes that an edit looks at, besides its own."""
    spy = _Spy(graph.seen)
    edit(graph.value(name), spy)
    return tuple(read for read in spy.read if read != name)


def _ways(graph: Graph, name: str) -> list[str]:
    """The wire itself, or all wires that leave a node."""
    return [name] if "->" in name else [w for w in graph.wires() if w.startswith(f"{name}->")]


def _uses(graph: Graph, name: str, edit: Edit, other: str) -> bool:
    """Does the derivative of `other`, not its value alone, enter?"""
    value = graph.value(other)
    seen = {**graph.seen, other: value + 1j * _directions(value.shape)[0]}
    return bool(np.imag(edit(graph.value(name), seen)).any())


@cache
def _directions(shape: tuple[int, ...]) -> Array:
    """Two fixed directions, shape (2, *shape), with no entry that is zero."""
    return np.asarray(np.random.default_rng(7).uniform(0.5, 1.5, (2, *shape)))


def _alone(names: Names, name: str, edit: Edit) -> Mark:
    """An edit of what passes here, made of nothing else."""
    graph, value = names.graph, names.graph.value(name)
    sent = _directions(value.shape)
    came = np.array([np.imag(edit(value + 1j * d, graph.seen)) for d in sent])
    if not came.any():
        return Mark(name, "cut")
    ratio = came / sent
    if not same(ratio[0], ratio[1]):
        turned = value.ndim == 2 and value.shape[0] == value.shape[1]
        turned = turned and same(came, np.swapaxes(sent, -1, -2))
        return Mark(name, "form", "transposed") if turned else Mark(name, "other")
    factor = float(ratio.flat[0])
    if same(ratio, factor):
        label = str(getattr(edit, "called", "")) or names.factor(factor)
        return Mark(name, "none" if same(factor, 1.0) else "factor", label and f"× {label}")
    label = names.weight(name.partition("->")[0], ratio[0])
    return Mark(name, "factor" if label else "other", label and f"× {label}")


def _probed(names: Names, edits: Edits, probes: list[tuple[str, str]]) -> Iterator[Mark]:
    """Send two directions along each wire, all in one run, with and without the edits."""
    graph, rows = names.graph, 2 * len(probes)
    nudges: dict[str, Array] = {}
    for k, (_, wire) in enumerate(probes):
        shape = graph.value(wire).shape
        block = nudges.setdefault(wire, np.zeros((rows, *shape)))
        block[2 * k : 2 * k + 2] = _directions(shape)
    if not probes:
        return
    with np.errstate(all="ignore"):
        plain, edited = graph.run(nudges).seen, graph.run(nudges, edits).seen
    for k, (node, wire) in enumerate(probes):
        here = slice(2 * k, 2 * k + 2)
        direct = wire.partition("->")[2].partition("[")[0] == node
        entry = wire if direct else wire.partition("->")[2]
        right, wrong = (
            np.broadcast_to(seen[node].imag, (rows, *graph.value(node).shape))[here] / STEP
            for seen in (plain, edited)
        )
        if not same(wrong, right):
            sent = plain[entry].imag[here] / STEP
            yield Mark(wire, *_difference(names, node, entry, sent, right, wrong))


def _difference(
    names: Names, node: str, entry: str, sent: Array, right: Array, wrong: Array
) -> tuple[str, str]:
    """Kind and label: what makes `wrong` of `sent`, where `right` was due."""
    if not wrong.any():
        return "cut", ""
    due, taken = (_entrywise(sent, came) for came in (right, wrong))
    nodes = (entry.partition("->")[0], node)
    single = sum(w.partition("->")[2].partition("[")[0] == node for w in names.graph.wires()) == 1
    if taken is not None and (single or due is not None):
        return "slope", names.slope(nodes, taken, due)
    if (due is None) != (taken is None):
        return "form", "* for @" if due is None else "@ for *"
    matrices = sent[0].ndim == right[0].ndim == 2  # one number a feature meets no matrix
    label = names.matrix(entry, sent[0], right[0], wrong[0]) if matrices else ""
    return ("matrix", label) if label else ("other", "")


def _entrywise(sent: Array, came: Array) -> Array | None:
    """The factor of each entry, if it is the same for both directions."""
    if sent.shape != came.shape:
        return None
    ratio = came / sent
    return np.asarray(ratio[0]) if same(ratio[0], ratio[1]) else None
