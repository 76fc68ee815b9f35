"""Unit 09: right functions to stand in for wrong ones where a caller of theirs is judged."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import islice
from typing import Any

import numpy as np

from autograder.engine.layout import Dress, Path, at, dressed, learnt, numbers, series
from autograder.engine.student import Parameters, Student
from autograder.networks import Array
from autograder.networks.gru import WEIGHTS as GRU
from autograder.networks.gru import gru_cell_graph
from autograder.networks.lstm import WEIGHTS, lstm_cell_graph, lstm_graph
from autograder.networks.rnn import softmax
from autograder.oracle import gradient

Right = Callable[..., Any]
#: Where the caches of the specialisation hold these: (a_next, c_next, a_prev, c_prev, ft, it, cct,
#: ot, xt, parameters), and (those of all steps, x).
CELL: dict[str, Path] = {"a0": (2,), "c0": (3,), "x": (8,), **{n: (9, n) for n in WEIGHTS}}
SEQUENCE: dict[str, Path] = {"a0": (0, 0, 2), "x": (1,), **{n: (0, 0, 9, n) for n in WEIGHTS}}
OUTPUT = {"Wy": (3, 4), "by": (3, 1)}


def _cache(seen: Mapping[str, Array], t: int, x: Array, parameters: Mapping[str, Array]) -> Any:
    """The cache of step t in the order of the specialisation."""
    before, own = (f"a{t - 1}", f"c{t - 1}"), (f"f{t}", f"i{t}", f"cc{t}", f"o{t}")
    names = (f"a{t}", f"c{t}", *before, *own)
    return (*(seen[name].copy() for name in names), x.copy(), dict(parameters))


def _predicted(parameters: Mapping[str, Array], a: Array) -> Array:
    return softmax(parameters["Wy"] @ a + parameters["by"])


def lstm_cell_forward(student: Student) -> Right:
    def forward(xt: Array, a_prev: Array, c_prev: Array, parameters: Mapping[str, Array]) -> Any:
        nothing = np.zeros(a_prev.shape)
        seen = lstm_cell_graph(xt, a_prev, c_prev, parameters, nothing, nothing).seen
        y = _predicted(parameters, seen["a1"])
        return seen["a1"].copy(), seen["c1"].copy(), y, _cache(seen, 1, xt, parameters)

    return forward


def lstm_forward(student: Student) -> Right:
    def forward(x: Array, a0: Array, parameters: Mapping[str, Array]) -> Any:
        T, kept = x.shape[2], {n: p.copy() for n, p in parameters.items()}
        nothing = np.zeros((*a0.shape, T))
        seen = lstm_graph(x, a0, np.zeros(a0.shape), kept, nothing).seen
        steps = range(1, T + 1)
        a, c = (np.stack([seen[f"{n}{t}"] for t in steps], axis=2) for n in "ac")
        y = np.stack([_predicted(kept, seen[f"a{t}"]) for t in steps], axis=2)
        cells = [_cache(seen, t, x[:, :, t - 1], kept) for t in steps]
        return a, y, c, (cells, x.copy())

    return forward


def _probe() -> tuple[Array, Array, Array, dict[str, Array]]:
    """x, a0, c0 and parameters, all of whose entries differ: n_x = 2, n_a = 4, m = 5, T = 3."""
    shapes = {n: (4, 6) if n[0] == "W" else (4, 1) for n in WEIGHTS} | OUTPUT
    every = np.random.default_rng(9)
    parameters = {name: every.normal(size=shape) for name, shape in shapes.items()}
    return numbers(2, 5, 3), numbers(4, 5), every.normal(size=(4, 5)), parameters


def lstm_cell_backward(student: Student) -> Right:
    x, a0, c0, parameters = _probe()
    wanted = {"x": x[:, :, 0], "a0": a0, "c0": c0, **{n: parameters[n] for n in WEIGHTS}}
    wanted["u"] = np.vstack([a0, x[:, :, 0]])
    args = (x[:, :, 0], a0, c0, Parameters(parameters))
    found = learnt(student, "lstm_cell_forward", args, wanted)
    ways = CELL | found

    def backward(da_next: Array, dc_next: Array, cache: Any) -> dict[str, Array]:
        kept = {name: at(cache, ways[name]) for name in ("c0", *WEIGHTS)}
        n_a = len(kept["c0"])
        if "u" in found and not {"x", "a0"} <= found.keys():
            u = at(cache, ways["u"])
            a0, x = u[:n_a], u[n_a:]
        else:
            a0, x = at(cache, ways["a0"]), at(cache, ways["x"])
        graph = lstm_cell_graph(x, a0, kept["c0"], kept, da_next, dc_next)
        slopes = gradient(graph, ["x", "a0", "c0", *WEIGHTS])
        names = {"x": "dxt", "a0": "da_prev", "c0": "dc_prev"}
        return {names.get(name, f"d{name}"): slope for name, slope in slopes.items()}

    return backward


def lstm_backward(student: Student) -> Right:
    x, a0, _, parameters = _probe()
    slices = {f"x{t + 1}": x[:, :, t] for t in range(3)}
    wanted = {"x": x, "a0": a0, **slices, **{n: parameters[n] for n in WEIGHTS}}
    found = learnt(student, "lstm_forward", (x, a0, Parameters(parameters)), wanted)
    ways = SEQUENCE | found
    whole = "x" in found or "x3" not in found

    def backward(da: Array, caches: Any) -> dict[str, Array]:
        kept = {name: at(caches, ways[name]) for name in ("a0", *WEIGHTS)}
        steps = islice(series(ways, "x"), da.shape[2]) if not whole else ()
        xs = [at(caches, path) for path in steps]
        x = at(caches, ways["x"]) if whole else np.stack(xs, axis=2)
        graph = lstm_graph(x, kept["a0"], np.zeros(kept["a0"].shape), kept, da)
        slopes = gradient(graph, ["x", "a0", *WEIGHTS])
        return {f"d{name}": slope for name, slope in slopes.items()}

    return backward


#: What caches of a GRU hold, in orders in which it is written; `out` is c_next.
_ORDERS = (
    "c0 x u r cc p",
    "out c0 u r cc x p",
    "x c0 u r cc p",
    "c0 x r u cc p",
    "v c0 u r w cc p",
    "x c0 u r cc out p",
)


def _usual(order: str) -> Dress:
    return lambda arrays: tuple(
        {name: arrays[name] for name in GRU} if key == "p" else arrays[key] for key in order.split()
    )


LAYOUTS: tuple[Dress, ...] = tuple(map(_usual, _ORDERS))


def _held(xt: Array, c_prev: Array, parameters: Mapping[str, Array]) -> dict[str, Array]:
    """All that a cache of a GRU may hold, by name; arrays of its own."""
    seen = gru_cell_graph(xt, c_prev, parameters, np.zeros(c_prev.shape)).seen
    inner = {"out": "c1"} | {name: f"{name}1" for name in ("u", "r", "cc", "v", "w", "rc")}
    held = {name: seen[node].copy() for name, node in inner.items()}
    return held | {"c0": c_prev.copy(), "x": xt.copy()} | {n: parameters[n].copy() for n in GRU}


def gru_cell_forward(student: Student) -> Right:
    shapes = {n: (4, 6) if n[0] == "W" else (4, 1) for n in GRU}
    every = np.random.default_rng(10)
    parameters = {name: every.normal(size=shape) for name, shape in shapes.items()}
    args = (numbers(2, 5), numbers(4, 5))
    known = _held(*args, parameters)
    dress = dressed(student, "gru_cell_forward", (*args, Parameters(parameters)), known, LAYOUTS)

    def forward(xt: Array, c_prev: Array, parameters: Mapping[str, Array]) -> Any:
        held = _held(xt, c_prev, parameters)
        return held["out"].copy(), dress(held)

    return forward
