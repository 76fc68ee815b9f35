"""Unit 07b: right functions to stand in for wrong ones where a caller of theirs is judged."""

from __future__ import annotations

from collections.abc import Callable
from itertools import islice
from typing import Any

import numpy as np

from autograder.engine.layout import Dress, Path, at, dressed, learnt, numbers, series
from autograder.engine.student import Student
from autograder.networks import Array
from autograder.networks.rnn_rows import WEIGHTS, rnn_rows_graph, rnn_step_graph
from autograder.oracle import gradient

Right = Callable[..., Any]
SIZES = {"Wx": (2, 4), "Wh": (4, 4), "b": (4,)}
#: Where the caches of many public solutions hold these.
STEP: dict[str, Path] = {"x": (0,), "h0": (1,), "Wx": (2,), "Wh": (3,)}
#: What they hold, in their order; `out` is next_h.
_ORDERS = (
    "x h0 Wx Wh out",
    "x h0 Wx Wh b out",
    "x Wx Wh h0 out",
    "out x h0 Wx Wh b",
    "x h0 Wh Wx b out",
    "x Wx Wh h0 out b",
)


def _usual(order: str) -> Dress:
    return lambda arrays: tuple(arrays[name] for name in order.split())


LAYOUTS: tuple[Dress, ...] = tuple(map(_usual, _ORDERS))


def _probe() -> dict[str, Array]:
    return {
        "x": numbers(5, 3, 2),
        "h0": numbers(5, 4),
        **{n: numbers(*s) for n, s in SIZES.items()},
    }


def _one_step() -> dict[str, Array]:
    probe = _probe()
    return probe | {"x": probe["x"][:, 0]}


def _dress(student: Student) -> Dress:
    """What makes the cache of a step, as the student's own forward makes it."""
    one = _one_step()
    return dressed(student, "rnn_step_forward", tuple(one.values()), one, LAYOUTS)


def rnn_step_forward(student: Student) -> Right:
    dress = _dress(student)

    def forward(x: Array, prev_h: Array, Wx: Array, Wh: Array, b: Array) -> Any:
        graph = rnn_step_graph(x, prev_h, {"Wx": Wx, "Wh": Wh, "b": b}, 0 * prev_h)
        out = graph.value("h1")
        held = {"x": x.copy(), "h0": prev_h, "Wx": Wx, "Wh": Wh, "b": b, "out": out}
        return out, dress(held)

    return forward


def rnn_forward(student: Student) -> Right:
    dress = _dress(student)

    def forward(x: Array, h0: Array, Wx: Array, Wh: Array, b: Array) -> Any:
        T, kept = x.shape[1], {"Wx": Wx.copy(), "Wh": Wh.copy(), "b": b.copy()}
        seen = rnn_rows_graph(x, h0, kept, np.zeros((*x.shape[:2], len(b)))).seen
        states = [h0.copy(), *(seen[f"h{t}"] for t in range(1, T + 1))]
        steps = [
            dress({"x": x[:, t].copy(), "h0": states[t], "out": states[t + 1], **kept})
            for t in range(T)
        ]
        return np.stack(states[1:], axis=1), steps

    return forward


def _parameters(cache: Any, ways: dict[str, Path], x: Array, h0: Array) -> dict[str, Array]:
    """The weights in a cache; a b that it does not hold follows from the state that came out."""
    found = {name: at(cache, ways[name]) for name in WEIGHTS if name in ways}
    if "b" not in found:
        out = at(cache, ways["out"])
        found["b"] = (np.arctanh(out) - h0 @ found["Wh"] - x @ found["Wx"])[0]
    return found


def rnn_step_backward(student: Student) -> Right:
    one = _one_step()
    wanted = one | {"out": rnn_step_graph(one["x"], one["h0"], one, one["h0"]).value("h1")}
    ways = STEP | {"out": (-1,)} | learnt(student, "rnn_step_forward", tuple(one.values()), wanted)

    def backward(dnext_h: Array, cache: Any) -> tuple[Array, ...]:
        x, h0 = at(cache, ways["x"]), at(cache, ways["h0"])
        graph = rnn_step_graph(x, h0, _parameters(cache, ways, x, h0), dnext_h)
        return tuple(gradient(graph, ["x", "h0", *WEIGHTS]).values())

    return backward


def rnn_backward(student: Student) -> Right:
    probe = _probe()
    first = rnn_rows_graph(probe["x"], probe["h0"], probe, np.zeros((5, 3, 4))).value("h1")
    slices = {f"x{t + 1}": probe["x"][:, t] for t in range(3)} | {"out": first}
    found = learnt(student, "rnn_forward", tuple(probe.values()), probe | slices)
    usual = {name: (0, *path) for name, path in STEP.items() if name != "x"}
    usual |= {"out": (0, -1)} | {f"x{t + 1}": (t, 0) for t in range(3)}
    ways = usual | found
    whole = "x" in found

    def backward(dh: Array, cache: Any) -> tuple[Array, ...]:
        steps = () if whole else islice(series(ways, "x"), dh.shape[1])
        xs = [at(cache, path) for path in steps]
        x = at(cache, ways["x"]) if whole else np.stack(xs, axis=1)
        h0 = at(cache, ways["h0"])
        graph = rnn_rows_graph(x, h0, _parameters(cache, ways, x[:, 0], h0), dh)
        return tuple(gradient(graph, ["x", "h0", *WEIGHTS]).values())

    return backward
