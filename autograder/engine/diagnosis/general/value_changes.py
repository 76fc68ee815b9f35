"""What may be done to one value of a forward pass: left out, scaled, replaced by another."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TypeAlias

import numpy as np

from autograder.engine.diagnosis.general.instead import nearby
from autograder.engine.diagnosis.general.kinds import ends, entering
from autograder.networks import Array, Edits, Graph
from autograder.networks.blocks import ACTIVATIONS

Change: TypeAlias = Callable[[Graph, str, int], Edits | None]

#: What may have been made of an operand before it was used, broadcast where it is smaller.
_FORMS: Mapping[str, Callable[[Array], Array]] = {
    "the sum of all entries of {}": lambda a: a.sum(),
    "the mean of all entries of {}": lambda a: a.mean(),
    "the largest entry of {}": lambda a: a.max(),
    "the first entry of {}": lambda a: a[0, 0],
    "the last entry of {}": lambda a: a[-1, -1],
    "the sum of {} over axis 0": lambda a: a.sum(axis=0, keepdims=True),
    "the sum of {} over axis 1": lambda a: a.sum(axis=1, keepdims=True),
    "the mean of {} over axis 0": lambda a: a.mean(axis=0, keepdims=True),
    "the mean of {} over axis 1": lambda a: a.mean(axis=1, keepdims=True),
    "the first row of {}": lambda a: a[:1],
    "the last row of {}": lambda a: a[-1:],
    "the first column of {}": lambda a: a[:, :1],
    "the last column of {}": lambda a: a[:, -1:],
    "the absolute values of {}": np.abs,
    "{} ** 2": np.square,
    "the positive part of {}": lambda a: np.maximum(a, 0),
    "1 - {}": lambda a: 1 - a,
    "the rows of {} in the reverse order": lambda a: a[::-1],
    "the columns of {} in the reverse order": lambda a: a[:, ::-1],
    "the numbers of {} in the order of its transpose": lambda a: a.T.reshape(a.shape),
}
#: By what a value may be multiplied.
_TIMES = {"-1": -1.0, "2": 2.0, "1/2": 0.5}


def changes(graph: Graph, wire: str, place: int) -> Iterator[tuple[tuple[str, str], Change]]:
    """Yield what may be done to one wire, with its name."""
    source, target, _ = ends(wire)
    value = graph.value(wire)
    yield ("out", ""), lambda graph, wire, place: {wire: lambda value, seen: 0 * value}
    if len(entering(graph, target)) == 1 and value.shape == graph.value(target).shape:
        first = sorted(ACTIVATIONS, key=lambda name: name != "linear")  # of what is positive alike
        yield from ((("function", name), _applied(name)) for name in first)
    if value.ndim == 2 and value.shape[0] == value.shape[1]:
        turn: Change = lambda graph, wire, place: {wire: lambda value, seen: value.T}  # noqa: E731
        yield ("turned", ""), turn
    for letters, at in nearby(graph).get(value.shape, ()):
        name = letters if at is None else f"{letters}{at}"
        if name in (source, wire):
            continue
        if at is None or abs(at - place) <= 1:
            shift = "" if at is None else str(at - place)
            yield (
                ("other", f"{letters}|{shift}"),
                _reads(letters, None if at is None else at - place),
            )
        if at is not None and f"{letters}{at - 1}" not in graph.seen:
            yield ("first", name), _reads_one(name)
    yield from ((("times", name), _times(f)) for name, f in _TIMES.items())
    if value.size == 1:  # a factor that was left out
        yield ("one", ""), lambda graph, wire, place: {wire: lambda value, seen: value**0}
    if value.ndim == 2:
        yield from ((("as", name), _as(form)) for name, form in _FORMS.items())


def _applied(name: str) -> Change:
    def change(graph: Graph, wire: str, place: int) -> Edits:
        return {ends(wire)[1]: lambda value, seen: np.asarray(ACTIVATIONS[name](seen[wire]))}

    return change


def _times(factor: float) -> Change:
    return lambda graph, wire, place: {wire: lambda value, seen: factor * value}


def _as(form: Callable[[Array], Array]) -> Change:
    def change(graph: Graph, wire: str, place: int) -> Edits | None:
        right = graph.value(wire)
        if np.array_equal(np.broadcast_to(form(right), right.shape), right):
            return None
        return {wire: lambda value, seen: np.broadcast_to(form(value), value.shape)}

    return change


def _reads_one(name: str) -> Change:
    return lambda graph, wire, place: {wire: lambda value, seen: seen.get(name, graph.seen[name])}


def _reads(letters: str, away: int | None) -> Change:
    def change(graph: Graph, wire: str, place: int) -> Edits | None:
        name = letters if away is None else f"{letters}{place + away}"
        if name not in graph.seen:
            return None
        right = graph.seen[name]  # a part of a leaf is what it is, whatever else is changed
        return {wire: lambda value, seen: right if "->" in name else seen.get(name, right)}

    return change
