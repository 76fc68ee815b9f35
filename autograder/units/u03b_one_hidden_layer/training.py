"""Unit 03b, training: one step, many steps, and the bug hunt."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

import numpy as np

from autograder.datasets import river
from autograder.engine.bug_hunt import hunt
from autograder.engine.compare import form
from autograder.engine.exercise import (
    UNCHANGED,
    Exercise,
    Misshapen,
    Property,
    Relative,
    Trial,
    Wanting,
    register,
    take_dict,
)
from autograder.engine.problem import Claim, Problem
from autograder.engine.student import Student
from autograder.networks import Array
from autograder.oracle import gradient
from autograder.units.u03b_one_hidden_layer import right
from autograder.units.u03b_one_hidden_layer.instances import BESIDE, instance, network_graph
from autograder.units.u04_network.update import descent, in_another_order

NAMES = ("W2", "b2", "W1", "b1")
#: The learning rate where nobody says one.
RATE = 1.2


def update_trials(student: Student, rng: np.random.Generator) -> Iterator[Trial]:
    for rate in (0.5, None):
        parameters = instance(rng, 3, 5, 2).parameters
        grads = {f"d{n}": rng.normal(size=p.shape) for n, p in parameters.items()}
        if rate is None:
            yield descent(parameters, grads, RATE, "no learning_rate, which is 1.2 then", ())
        else:
            yield descent(parameters, grads, rate, f"learning_rate = {rate}", (rate,))
    yield in_another_order(rng, 2)


def new_parameters(value: Any) -> dict[str, Any]:
    """W1, b1, W2 and b2, and nothing else."""
    found = take_dict(value)
    more = sorted(found.keys() - set(NAMES))
    if more:
        raise Misshapen(f"there are other entries than W1, b1, W2 and b2: {', '.join(more)}")
    return found


register(
    Exercise(
        "update_parameters",
        "03b",
        update_trials,
        new_parameters,
        (
            Property(
                "steps_against_the_gradient",
                "returns parameters - learning_rate * gradient",
                ("W", "b"),
            ),
            UNCHANGED,
        ),
        beside=BESIDE,
        right=right.update_parameters,
    )
)


def shaped_parameters(value: Any, n_x: int, n_h: int) -> dict[str, Array]:
    """What nn_model returned: parameters of these sizes."""
    found, checked = new_parameters(value), {}
    shapes = {"W1": (n_h, n_x), "b1": (n_h, 1), "W2": (1, n_h), "b2": (1, 1)}
    for name, shape in shapes.items():
        flaw = form(name, found.get(name), shape)
        if flaw is not None and flaw.wrong:
            raise Misshapen(f"with n_h = {n_h} {flaw.message}")
        checked[name] = np.asarray(found[name], dtype=float)
    return checked


def start(student: Student, X: Array, Y: Array, n_h: int) -> dict[str, Array]:
    """The parameters that training starts with: those after no iteration, at each call."""
    first, again = (
        shaped_parameters(student.call("nn_model", X, Y, n_h, 0), len(X), n_h) for _ in "12"
    )
    if any(not np.array_equal(first[name], again[name]) for name in first):
        raise Misshapen(
            "called twice with equal arguments, nn_model starts from other weights the second "
            "time: seed a generator in nn_model or in initialize_parameters"
        )
    if first["b1"].any() or first["b2"].any():
        raise Misshapen("with num_iterations = 0 its biases are not 0: it has made an update")
    return first


def training_trials(student: Student, rng: np.random.Generator) -> Iterator[Trial]:
    """One step and two from the parameters that training starts with: are they the gradient's?"""
    for n_x, n_h, m in ((3, 5, 11), (2, 2, 7)):
        # weights of 0.01 want inputs of this size for a tanh that bends
        X, Y = 20 * rng.normal(size=(n_x, m)), np.arange(m)[None] % 2 + 0.0
        begun = start(student, X, Y, n_h)
        graph = network_graph(X, Y, begun)
        yield Trial(
            f"n_x = {n_x}, n_h = {n_h}, m = {m}, one iteration",
            (X, Y, n_h, 1),
            Problem(graph, {f"d{name}": Claim(name) for name in NAMES}),
            unpack=partial(_step, begun),
        )
    first = gradient(graph, list(NAMES))
    second = gradient(network_graph(X, Y, _moved(begun, first)), list(NAMES))
    yield Trial(
        f"n_x = {n_x}, n_h = {n_h}, m = {m}, two iterations",
        (X, Y, n_h, 2),
        values={f"d{n}": first[n] + second[n] for n in NAMES},
        relatives=(
            Relative("grads-not-reset", {f"d{n}": 2 * first[n] + second[n] for n in NAMES}),
        ),
        unpack=partial(_step, begun),
    )


def _moved(parameters: dict[str, Array], slopes: dict[str, Array]) -> dict[str, Array]:
    return {n: p - RATE * slopes[n] for n, p in parameters.items()}


def _step(begun: dict[str, Array], value: Any) -> dict[str, Any]:
    """What the iterations did, as the sum of the gradients that they must have used."""
    n_h, n_x = begun["W1"].shape
    moved = shaped_parameters(value, n_x, n_h)
    return {f"d{n}": (p - moved[n]) / RATE for n, p in begun.items()}


def training(student: Student, rng: np.random.Generator) -> None:
    """learns: the cost falls, the classes separate, and what came in stays as it was.

    On the two banks of the river, as in the notebook.
    """
    X, Y = river(60, rng)
    reply = student.observe("nn_model", X, Y, 5, 300)
    for path in reply.changed:
        raise Wanting(f"it changes {'XY'[int(path[0])]} in place; work on a copy")
    graph = network_graph(X, Y, shaped_parameters(reply.value, 2, 5))
    cost, A2 = float(graph.value("J")), graph.value("A2")
    if not cost < 0.5:
        raise Wanting(f"after 300 iterations the cost is {cost:.2f}; guessing costs 0.69")
    accuracy = float(((A2 > 0.5) == (Y > 0.5)).mean())
    if accuracy < 0.8:
        raise Wanting(f"{accuracy:.0%} of the examples are classified right, expected 80 %")


register(
    Exercise(
        "nn_model",
        "03b",
        training_trials,
        new_parameters,
        (
            Property(
                "takes_gradient_steps",
                "starts from initialize_parameters, then each iteration steps along the gradient "
                "of J",
                ("dW", "db"),
            ),
            Property("cost_falls_and_classes_separate", holds=training, alone=False),
        ),
        after=(
            "backward_propagation",
            "update_parameters",
            "compute_cost",
            "forward_propagation",
            "initialize_parameters",
            "layer_sizes",
        ),
        works_out=(
            "dW and db are worked out from your parameters, as (before - after) / 1.2, summed over "
            "the iterations; what stands before is what nn_model returns after 0 iterations.",
            "An experiment: print the cost and one entry of W1 after each iteration. Which of them "
            "is the first that does not change as it should, and which line makes it?",
        ),
    )
)
hunt(
    "answers_03b",
    "03b",
    "ABCD",
    (
        "missing-one-over-m",
        "one-over-m-twice",
        "one-over-m-per-layer",
        "wrong-m",
        "db-not-averaged",
        "missing-activation-derivative",
        "derivative-unsquared",
        "wrong-layer-index",
    ),
)
