"""The forms of unit 07, seen in rows.

A mistake is an edit of a graph, and the network in rows is that in columns with every matrix
transposed. So each edit of the columns' network is one of the rows' network: transpose what it
reads, let it act, transpose back. Nothing is written a second time but names and words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

import numpy as np

from autograder.engine.diagnosis.forms import ForeignForm, Form, LayerForm, UndoForm, WholeForm
from autograder.engine.problem import Claim, Problem
from autograder.networks import Array, Edit, Edits, Graph
from autograder.networks.rnn_rows import columns_twin

FAMILY = "rnn-rows"
_WEIGHTS = {"Wx": "Wax", "Wh": "Waa", "b": "ba"}
_ROWS = {column: row for row, column in _WEIGHTS.items()}


def to_columns(name: str) -> str:
    """The node or wire of the columns' network, ``"a1->z2"`` for ``"h1->z2"``."""
    return "->".join(_WEIGHTS.get(end) or re.sub(r"^h(\d+)$", r"a\1", end) for end in _ends(name))


def to_rows(name: str) -> str:
    """The node or wire of the rows' network, ``"h1->z2"`` for ``"a1->z2"``."""
    return "->".join(_ROWS.get(end) or re.sub(r"^a(\d+)$", r"h\1", end) for end in _ends(name))


def _ends(name: str) -> list[str]:
    return name.split("->")


def _turned(graph: Graph, row: str, value: Array) -> Array:
    """The value of a node or wire in rows, as it is in columns; leading axes stay."""
    if row in ("J", "cost"):
        return value
    if row == "b":
        return np.asarray(value[..., np.newaxis])
    whole = row == "x" and graph.inputs["x"].ndim == 3
    return np.moveaxis(value, -1, -3) if whole else np.swapaxes(value, -1, -2)


def _back(graph: Graph, row: str, value: Array) -> Array:
    """The way back: a value in columns as it is in rows."""
    if row in ("J", "cost"):
        return value
    if row == "b":
        return np.asarray(value[..., 0])
    whole = row == "x" and graph.inputs["x"].ndim == 3
    return np.moveaxis(value, -3, -1) if whole else np.swapaxes(value, -1, -2)


class _Seen(Mapping[str, Array]):
    """What a forward pass in rows has seen, under the names and in the layout of columns."""

    def __init__(self, graph: Graph, seen: Mapping[str, Array]):
        self._graph, self._seen = graph, seen

    def __getitem__(self, name: str) -> Array:
        row = to_rows(name)
        return _turned(self._graph, row, self._seen[row])

    def __iter__(self) -> Iterator[str]:
        return map(to_columns, self._seen)

    def __len__(self) -> int:
        return len(self._seen)


class _SeenInColumns(_Seen):
    """The other way round."""

    def __getitem__(self, name: str) -> Array:
        return _back(self._graph, name, self._seen[to_columns(name)])

    def __iter__(self) -> Iterator[str]:
        return map(to_rows, self._seen)


def edits_in_rows(graph: Graph, edits: Edits | None) -> dict[str, Edit] | None:
    """Edits of the columns' twin of a graph, as edits of the graph."""
    if edits is None:
        return None
    return {to_rows(name): _in_rows(graph, to_rows(name), edit) for name, edit in edits.items()}


def _in_rows(graph: Graph, row: str, edit: Edit) -> Edit:
    def made(value: Array, seen: Mapping[str, Array]) -> Array:
        return _back(graph, row, edit(_turned(graph, row, value), _Seen(graph, seen)))

    _hand_on(edit, made)
    made.columns = edit  # type: ignore[attr-defined]
    return made


def _hand_on(edit: Any, made: Any) -> None:
    """What pictures want to know of an edit: how its factor is called, where it sits."""
    if hasattr(edit, "called"):
        made.called = edit.called
    if hasattr(edit, "wires"):
        made.wires = {to_rows(wire): words for wire, words in edit.wires.items()}


def _in_columns(graph: Graph, row: str, edit: Edit) -> Edit:
    """An edit of the graph as one of its columns' twin."""
    known: Edit | None = getattr(edit, "columns", None)

    def made(value: Array, seen: Mapping[str, Array]) -> Array:
        back = edit(_back(graph, row, value), _SeenInColumns(graph, seen))
        return _turned(graph, row, back)

    return known or made


def edits_in_columns(graph: Graph, edits: Edits) -> dict[str, Edit]:
    """Edits of a graph, as edits of its columns' twin."""
    return {to_columns(name): _in_columns(graph, name, edit) for name, edit in edits.items()}


def in_columns(problem: Problem) -> Problem:
    """The same problem on the columns' twin; its arrays are those of `problem`, transposed."""
    graph = problem.graph
    claims = {n: Claim(to_columns(c.node), c.factor) for n, c in problem.claims.items()}
    return Problem(columns_twin(graph), claims, edits_in_columns(graph, problem.given))


def mirrored(form: Form, detail: str) -> Form:
    """A form of the columns' network as one of the rows' network.

    Raises
    ------
    TypeError
        If it is of a kind that has no mirror image: a second reading, an act.
    """
    same: Any = {"detail": detail, "on": (FAMILY,), "mirrors": form}
    if isinstance(form, LayerForm):
        layer = form.layer
        return replace(form, layer=lambda g, t: edits_in_rows(g, layer(columns_twin(g), t)), **same)
    if isinstance(form, WholeForm):
        whole = form.whole

        def edits(problem: Problem) -> Edits | None:
            return edits_in_rows(problem.graph, whole(in_columns(problem)))

        return replace(form, whole=edits, **same)
    if isinstance(form, ForeignForm):
        predict = form.predict

        def predicted(problem: Problem, name: str, edits: Edits) -> Array | None:
            made = edits_in_columns(problem.graph, edits)
            found = predict(in_columns(problem), name, made)
            return None if found is None else _array_in_rows(np.asarray(found))

        return replace(form, predict=predicted, **same)
    if isinstance(form, UndoForm):
        return replace(form, **same)
    raise TypeError(f"{type(form).__name__} has no mirror image")


def _array_in_rows(array: Array) -> Array:
    """(n, m, T) as (m, T, n), (n, m) as (m, n)."""
    return np.moveaxis(array, 0, -1) if array.ndim == 3 else array.T
