"""Unit 07: right functions to stand in for wrong ones where a caller of theirs is judged."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import islice
from typing import Any

import numpy as np

from autograder.engine.layout import Path, at, learnt, numbers, series
from autograder.engine.student import Parameters, Student
from autograder.networks import Array, cell_graph, output_graph, rnn_graph, upstream_graph
from autograder.oracle import gradient

Right = Callable[..., Any]
HIDDEN = ("Wax", "Waa", "ba")
#: Where the caches of the specialisation hold these.
CELL: dict[str, Path] = {"a0": (1,), "x": (2,), **{n: (3, n) for n in HIDDEN}}
SEQUENCE: dict[str, Path] = {"a0": (0, 0, 1), "x": (1,), **{n: (0, 0, 3, n) for n in HIDDEN}}
SIZES = {"Wax": (4, 2), "Waa": (4, 4), "ba": (4, 1), "Wya": (3, 4), "by": (3, 1)}


def _seen(x: Array, a0: Array, parameters: Mapping[str, Array]) -> Mapping[str, Array]:
    """All values of the forward pass."""
    labels = np.zeros((parameters["by"].shape[0], *x.shape[1:]))
    return rnn_graph(x, labels, a0, parameters).seen


def rnn_cell_forward(student: Student) -> Right:
    def forward(xt: Array, a_prev: Array, parameters: Mapping[str, Array]) -> Any:
        seen = _seen(xt[:, :, None], a_prev, parameters)
        return seen["a1"], seen["yhat1"], (seen["a1"], a_prev, xt.copy(), dict(parameters))

    return forward


def rnn_forward(student: Student) -> Right:
    def forward(x: Array, a0: Array, parameters: Mapping[str, Array]) -> Any:
        seen, steps = _seen(x, a0, parameters), range(1, x.shape[2] + 1)
        a, y_pred = (np.stack([seen[f"{n}{t}"] for t in steps], axis=2) for n in ("a", "yhat"))
        before = [a0.copy(), *(seen[f"a{t}"] for t in steps)]
        kept = {n: p.copy() for n, p in parameters.items()}
        cells = [(before[t], before[t - 1], x[:, :, t - 1].copy(), kept) for t in steps]
        return a, y_pred, (cells, x.copy())

    return forward


def _probe() -> tuple[Array, Array, dict[str, Array]]:
    return numbers(2, 5, 3), numbers(4, 5), {n: numbers(*shape) for n, shape in SIZES.items()}


def rnn_cell_backward(student: Student) -> Right:
    x, a0, parameters = _probe()
    wanted = {"x": x[:, :, 0], "a0": a0, **{n: parameters[n] for n in HIDDEN}}
    args = (x[:, :, 0], a0, Parameters(parameters))
    ways = CELL | learnt(student, "rnn_cell_forward", args, wanted)

    def backward(da_next: Array, cache: Any) -> dict[str, Array]:
        found = {name: at(cache, ways[name]) for name in ways}
        graph = cell_graph(found["x"], found["a0"], found, da_next)
        slopes = gradient(graph, ["x", "a0", *HIDDEN])
        names = {"x": "dxt", "a0": "da_prev"}
        return {names.get(name, f"d{name}"): slope for name, slope in slopes.items()}

    return backward


def rnn_backward(student: Student) -> Right:
    x, a0, parameters = _probe()
    slices = {f"x{t + 1}": x[:, :, t] for t in range(3)}
    wanted = {"x": x, "a0": a0, **slices, **{n: parameters[n] for n in HIDDEN}}
    found = learnt(student, "rnn_forward", (x, a0, Parameters(parameters)), wanted)
    ways = SEQUENCE | found
    whole = "x" in found or "x3" not in found

    def backward(da: Array, caches: Any) -> dict[str, Array]:
        kept = {name: at(caches, ways[name]) for name in ("a0", *HIDDEN)}
        steps = islice(series(ways, "x"), da.shape[2]) if not whole else ()
        xs = [at(caches, path) for path in steps]
        x = at(caches, ways["x"]) if whole else np.stack(xs, axis=2)
        slopes = gradient(upstream_graph(x, kept["a0"], kept, da), ["x", "a0", *HIDDEN])
        return {f"d{name}": slope for name, slope in slopes.items()}

    return backward


def output_backward(student: Student) -> Right:
    def backward(y_pred: Array, y: Array, a: Array, parameters: Mapping[str, Array]) -> Any:
        slopes = gradient(output_graph(a, y, parameters), ["a", "Wya", "by"])
        return {f"d{name}": slope for name, slope in slopes.items()}

    return backward
