"""Unit 03: right functions to stand in for wrong ones where a caller of theirs is judged."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from autograder.engine.layout import at, learnt, numbers
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


def affine_forward(student: Student) -> Right:
    def forward(x: Array, w: Array, b: Array) -> Any:
        upstream = np.zeros((len(x), w.shape[1]))
        kept = (x.copy(), w.copy(), b.copy())
        return affine_graph(x, w, b, upstream).value("Z1"), kept

    return forward


def affine_backward(student: Student) -> Right:
    probe = {"x": numbers(5, 3), "w": numbers(3, 4)}
    args = (probe["x"], probe["w"], numbers(4))
    ways = {"x": (0,), "w": (1,)} | learnt(student, "affine_forward", args, probe)

    def backward(dout: Array, cache: Any) -> Any:
        x, w = at(cache, ways["x"]), at(cache, ways["w"])
        graph = affine_graph(x, w, np.zeros(w.shape[1]), dout)
        return tuple(gradient(graph, ["A0", "W1", "b1"]).values())

    return backward


def pointwise_forward(activation: str, student: Student) -> Right:
    return lambda x: (np.asarray(ACTIVATIONS[activation](x)), x.copy())


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
