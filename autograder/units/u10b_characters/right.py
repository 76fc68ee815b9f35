"""Unit 10b: right functions to stand in for wrong ones where a caller of theirs is judged."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from autograder.engine.layout import at, learnt, numbers
from autograder.engine.student import Parameters, Student
from autograder.networks import Array, rnn_graph
from autograder.oracle import gradient
from autograder.units.u10b_characters.contract import NODES
from autograder.units.u10b_characters.instances import WordInstance

Right = Callable[..., Any]
_SHAPES = {"Wax": (4, 3), "Waa": (4, 4), "b": (4, 1), "Wya": (3, 4), "by": (3, 1)}


def clip(student: Student) -> Right:
    return lambda gradients, maxValue: {
        name: np.clip(g, -maxValue, maxValue) for name, g in gradients.items()
    }


def rnn_step_forward(student: Student) -> Right:
    def forward(parameters: Mapping[str, Array], a_prev: Array, x: Array) -> Any:
        inner = {node: parameters[name] for name, node in NODES.items()}
        y = np.zeros((len(parameters["by"]), 1, 1))
        seen = rnn_graph(x[:, :, None], y, a_prev, inner).seen
        return seen["a1"], seen["yhat1"]

    return forward


def rnn_backward(student: Student) -> Right:
    """Right for any cache in which the state that came in is found."""
    probe = WordInstance(
        [None, 1, 2], [1, 2, 0], numbers(4, 1), {n: numbers(*s) for n, s in _SHAPES.items()}
    )
    args = (probe.X, probe.Y, probe.a_prev, Parameters(probe.parameters))
    path = learnt(student, "rnn_forward", args, {"a": probe.a_prev}).get("a", (1, -1))

    def backward(X: Any, Y: Any, parameters: Mapping[str, Array], cache: Any) -> Any:
        held = {name: np.array(parameters[name]) for name in NODES}
        drawn = WordInstance(list(X), list(Y), np.array(at(cache, path)), held)
        slopes = gradient(drawn.graph, list(NODES.values()))
        found = {f"d{name}": slopes[node] for name, node in NODES.items()}
        return found, [drawn.state(t) for t in range(1, len(X) + 1)]

    return backward
