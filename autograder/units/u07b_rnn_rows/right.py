"""Unit 07b: right functions to stand in for wrong ones where a caller of theirs is judged."""

from __future__ import annotations

from collections.abc import Callable
from itertools import islice
from typing import Any

import numpy as np

from autograder.engine.layout import Path, at, learnt, numbers, series
from autograder.engine.student import Student
from autograder.networks import Array
from autograder.networks.rnn_rows import WEIGHTS, rnn_rows_graph, rnn_step_graph
from autograder.oracle import gradient

Right = Callable[..., Any]
#: Where the caches of most public solutions hold these: a tuple (x, prev_h, Wx, Wh, b, next_h).
STEP: dict[str, Path] = {"x": (0,), "h0": (1,), "Wx": (2,), "Wh": (3,), "b": (4,)}
SIZES = {"Wx": (2, 4), "Wh": (4, 4), "b": (4,)}


def rnn_step_forward(student: Student) -> Right:
    def forward(x: Array, prev_h: Array, Wx: Array, Wh: Array, b: Array) -> Any:
        graph = rnn_step_graph(x, prev_h, {"Wx": Wx, "Wh": Wh, "b": b}, 0 * prev_h)
        next_h = graph.value("h1")
        return next_h, (x.copy(), prev_h, Wx, Wh, b, next_h)

    return forward


def rnn_forward(student: Student) -> Right:
    def forward(x: Array, h0: Array, Wx: Array, Wh: Array, b: Array) -> Any:
        T, kept = x.shape[1], (Wx.copy(), Wh.copy(), b.copy())
        parameters = dict(zip(WEIGHTS, kept, strict=True))
        seen = rnn_rows_graph(x, h0, parameters, np.zeros((*x.shape[:2], len(b)))).seen
        states = [h0.copy(), *(seen[f"h{t}"] for t in range(1, T + 1))]
        steps = [(x[:, t].copy(), states[t], *kept, states[t + 1]) for t in range(T)]
        return np.stack(states[1:], axis=1), steps

    return forward


def _probe() -> dict[str, Array]:
    return {
        "x": numbers(5, 3, 2),
        "h0": numbers(5, 4),
        **{n: numbers(*s) for n, s in SIZES.items()},
    }


def rnn_step_backward(student: Student) -> Right:
    probe = _probe()
    wanted = probe | {"x": probe["x"][:, 0]}
    ways = STEP | learnt(student, "rnn_step_forward", tuple(wanted.values()), wanted)

    def backward(dnext_h: Array, cache: Any) -> tuple[Array, ...]:
        found = {name: at(cache, ways[name]) for name in ways}
        graph = rnn_step_graph(found["x"], found["h0"], found, dnext_h)
        return tuple(gradient(graph, ["x", "h0", *WEIGHTS]).values())

    return backward


def rnn_backward(student: Student) -> Right:
    probe = _probe()
    slices = {f"x{t + 1}": probe["x"][:, t] for t in range(3)}
    found = learnt(student, "rnn_forward", tuple(probe.values()), probe | slices)
    usual = {name: (0, *path) for name, path in STEP.items() if name != "x"}
    usual |= {f"x{t + 1}": (t, 0) for t in range(3)}
    ways = usual | found
    whole = "x" in found

    def backward(dh: Array, cache: Any) -> tuple[Array, ...]:
        kept = {name: at(cache, ways[name]) for name in ("h0", *WEIGHTS)}
        steps = () if whole else islice(series(ways, "x"), dh.shape[1])
        xs = [at(cache, path) for path in steps]
        x = at(cache, ways["x"]) if whole else np.stack(xs, axis=1)
        graph = rnn_rows_graph(x, kept["h0"], kept, dh)
        return tuple(gradient(graph, ["x", "h0", *WEIGHTS]).values())

    return backward
