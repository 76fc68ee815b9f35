"""Unit 03: right functions to stand in for wrong ones where a caller of theirs is judged."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from autograder.engine.layout import Dress, at, dressed, learnt, numbers
from autograder.engine.student import Student
from autograder.networks import Array, affine_graph, loss_graph, pointwise_graph
from autograder.networks.blocks import ACTIVATIONS, derivative
from autograder.oracle import gradient

Right = Callable[..., Any]
#: How the input of an activation, or one with the same slope, follows from what a cache holds.
INPUTS: Mapping[str, Callable[[Array], Array]] = {
    "relu": lambda out: out,
    "sigmoid": lambda out: np.log(out / (1 - out)),
    "tanh": np.arctanh,
}


#: Usual caches, where a student's own forward shows none.
AFFINE: tuple[Dress, ...] = (
    lambda at: (at["flat"], at["w"], at["shape"]),
    lambda at: (at["x"], at["w"], at["b"]),
    lambda at: (at["x"], at["w"]),
    lambda at: {name: at[name] for name in ("x", "w", "b")},
)
POINTWISE: tuple[Dress, ...] = (
    lambda at: at["x"],
    lambda at: at["out"],
    lambda at: at["mask"],
    lambda at: (at["x"],),
    lambda at: (at["out"],),
    lambda at: (at["x"], at["out"]),
)


def affine_forward(student: Student) -> Right:
    def named(x: Array, w: Array, b: Array) -> dict[str, Any]:
        flat = x.reshape(len(x), -1)
        kept = {"x": x.copy(), "flat": flat.copy(), "w": w.copy(), "b": b.copy()}
        return {**kept, "shape": x.shape, "out": flat @ w + b}

    x, w, b = numbers(5, 3, 2), numbers(6, 4), numbers(4)
    dress = dressed(student, "affine_forward", (x, w, b), named(x, w, b), AFFINE)

    def forward(x: Array, w: Array, b: Array) -> Any:
        arrays = named(x, w, b)
        return arrays["out"], dress({**arrays, "out": arrays["out"].copy()})

    return forward


def affine_backward(student: Student) -> Right:
    x, w = numbers(5, 3, 2), numbers(6, 4)
    probe = {"x": x, "flat": x.reshape(5, 6), "w": w}
    found = learnt(student, "affine_forward", (x, w, numbers(4)), probe)
    ways = found if "w" in found else {"flat": (0,), "w": (1,)}

    def backward(dout: Array, cache: Any) -> Any:
        x, w = at(cache, ways.get("x", ways.get("flat", ()))), at(cache, ways["w"])
        graph = affine_graph(x, w, np.zeros(w.shape[1]), dout)
        dx, dw, db = gradient(graph, ["A0", "W1", "b1"]).values()
        return dx, dw, db

    return backward


def pointwise_forward(activation: str, student: Student) -> Right:
    g, x = ACTIVATIONS[activation], numbers(5, 3)
    wanted = {"x": x, "out": np.asarray(g(x)), "mask": x > 0}
    dress = dressed(student, f"{activation}_forward", (x,), wanted, POINTWISE)

    def forward(x: Array) -> Any:
        out = np.asarray(g(x))
        return out, dress({"x": x.copy(), "out": out.copy(), "mask": x > 0})

    return forward


def pointwise_backward(activation: str, student: Student) -> Right:
    x = numbers(5, 3)
    out, mask = ACTIVATIONS[activation](x), x > 0
    ways = learnt(student, f"{activation}_forward", (x,), {"x": x, "out": out, "mask": mask})
    name = next(iter(ways), "x")

    def backward(dout: Array, cache: Any) -> Array:
        kept = np.asarray(at(cache, ways.get(name, ())), dtype=float)
        x = INPUTS[activation](kept) if name == "out" else kept
        return np.asarray(dout * derivative(activation, x))

    return backward


def softmax_backward(student: Student) -> Right:
    def backward(dout: Array, probs: Array) -> Array:
        return gradient(pointwise_graph(np.log(probs), dout, "softmax"), "Z1")

    return backward


def softmax_loss(student: Student) -> Right:
    def loss(x: Array, y: Array) -> Any:
        graph = loss_graph(x, y)
        return float(graph.value("J")), gradient(graph, "Z1")

    return loss
