"""Unit 04, training: gradient steps, a cost that falls, and the bug hunt."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from typing import Any

import numpy as np

from autograder.engine.bug_hunt import hunt
from autograder.engine.compare import compare, form
from autograder.engine.exercise import (
    Exercise,
    Misshapen,
    Property,
    Relative,
    Trial,
    Wanting,
    register,
    take,
)
from autograder.engine.problem import Claim, Problem
from autograder.engine.student import Student
from autograder.networks import Array, Graph, mlp_graph
from autograder.networks.facts import layer_facts
from autograder.oracle import gradient
from autograder.units.u04_network.start import beginning, parameters_of


def training_trials(student: Student, rng: np.random.Generator) -> Iterator[Trial]:
    """One step from the parameters that training starts with: is it the gradient's?"""
    rate = 0.4
    for sizes, m in ((2, 5, 3, 1), 11), ((4, 4, 4, 1), 7):
        parameters, graph = beginning(student, rng, sizes, m, rate)
        X, Y = graph.inputs["A0"], layer_facts(graph).labels
        known = Graph(graph.forward, graph.inputs, replace(layer_facts(graph), learning_rate=rate))
        names = [f"{kind}{n}" for n in range(len(sizes) - 1, 0, -1) for kind in "Wb"]
        yield Trial(
            f"layers_dims = {list(sizes)}, m = {m}, one iteration",
            (X, Y, list(sizes), rate, 1),
            Problem(known, {f"d{name}": Claim(name) for name in names}),
            values={"cost": graph.value("J")},
            unpack=partial(_step, parameters, rate),
        )
    yield _two_steps(X, Y, parameters, rate)


def _two_steps(X: Array, Y: Array, start: dict[str, Array], rate: float) -> Trial:
    """Two iterations: the second one starts its gradients from zero."""
    first = gradient(mlp_graph(X, Y, start), list(start))
    middle = {n: p - rate * first[n] for n, p in start.items()}
    second = gradient(mlp_graph(X, Y, middle), list(start))
    widths = [X.shape[0], *(p.shape[0] for n, p in start.items() if n[0] == "b")]

    def unpack(value: Any) -> dict[str, Any]:
        parameters, costs = take("parameters", "costs")(value).values()
        if not isinstance(costs, list) or len(costs) != 2:
            raise Misshapen("costs should be a list with one number for each iteration")
        moved = parameters_of(parameters, tuple(widths))
        steps = {f"d{n}": (p - moved[n]) / rate for n, p in start.items()}
        return {"cost1": costs[0], "cost2": costs[1], **steps}

    def cost(parameters: dict[str, Array]) -> Array:
        return mlp_graph(X, Y, parameters).value("J")

    return Trial(
        f"layers_dims = {widths}, m = {X.shape[1]}, two iterations",
        (X, Y, widths, rate, 2),
        values={
            "cost1": cost(start),
            "cost2": cost(middle),
            **{f"d{n}": first[n] + second[n] for n in start},
        },
        relatives=(
            Relative("grads-not-reset", {f"d{n}": 2 * first[n] + second[n] for n in start}),
        ),
        unpack=unpack,
    )


def _step(start: dict[str, Array], rate: float, value: Any) -> dict[str, Any]:
    """What one iteration did, as the gradient that it must have used."""
    parameters, costs = take("parameters", "costs")(value).values()
    if not isinstance(costs, list) or len(costs) != 1:
        raise Misshapen("costs should be a list with one number for each iteration")
    widths = [start["W1"].shape[1], *(p.shape[0] for n, p in start.items() if n[0] == "b")]
    moved = parameters_of(parameters, tuple(widths))
    return {"cost": costs[0], **{f"d{n}": (p - moved[n]) / rate for n, p in start.items()}}


def petals(rng: np.random.Generator, m: int) -> tuple[Array, Array]:
    """Two classes in the plane: above and below a wave, with a gap between; X (2, m), Y (1, m)."""
    X = rng.uniform(-2, 2, (2, m))
    Y = (X[1] > np.sin(2 * X[0])).astype(float)
    X[1] += np.where(Y > 0, 0.15, -0.15)
    return X, Y[None, :]


def training(student: Student, rng: np.random.Generator) -> None:
    """trains from its seed on: the cost falls, the classes separate, and what came in stays
    as it was.

    The cost falls at every scale of time, and the two classes separate.
    """
    X, Y = petals(rng, 60)
    steps = 150
    reply = student.observe("L_layer_model", X, Y, [2, 12, 6, 1], 0.3, steps)
    parameters, costs = take("parameters", "costs")(reply.value).values()
    for path in reply.changed:
        told = ("X", "Y", "layers_dims")[int(path.partition("[")[0])]
        raise Wanting(f"it changes {told} in place; work on a copy")
    _follows_the_seed(student, rng)
    numbers = _costs(costs, steps)
    if not numbers[-1] < 0.6 * numbers[0]:
        raise Wanting(f"after {steps} steps the cost is not below 60 % of its first value")
    AL = take("AL", "caches")(student.call("L_model_forward", X, parameters))["AL"]
    flaw = compare("AL", AL, np.asarray(AL)) if isinstance(AL, np.ndarray) else None
    if not isinstance(AL, np.ndarray) or flaw is not None or AL.shape != Y.shape:
        raise Wanting("L_model_forward cannot be run with the parameters that it returned")
    accuracy = float(((AL > 0.5) == (Y > 0.5)).mean())
    if accuracy < 0.75:
        raise Wanting(f"{accuracy:.0%} of the examples are classified right, expected 75 %")
    here = student.call("compute_cost", AL, Y)
    flaw = form("J", here, ())
    if flaw is not None and flaw.wrong:
        raise Wanting(f"of compute_cost, {flaw.message}")
    if not float(np.asarray(here).reshape(())) <= numbers[-1] * 1.05:
        raise Wanting("the returned parameters have a higher cost than the last one in the list")


def _costs(costs: Any, steps: int) -> Array:
    listed = costs if isinstance(costs, list) else []
    flaws = [form("a cost", cost, ()) for cost in listed]
    off = any(flaw is not None and flaw.kind in ("type", "shape", "missing") for flaw in flaws)
    if len(listed) != steps or off:
        raise Wanting(f"costs should be a list of {steps} numbers, one for each iteration")
    numbers = np.asarray(listed, dtype=float)
    if not np.isfinite(numbers).all():
        raise Wanting("the cost becomes nan or infinite on the way")
    return numbers


def _follows_the_seed(student: Student, rng: np.random.Generator) -> None:
    """Training starts from parameters that its seed decides; a tuple of sizes is as good."""
    (X, Y), seed = petals(rng, 20), int(rng.integers(2, 2**31))

    def start(*seed: int) -> dict[str, Array]:
        returned = student.call("L_layer_model", X, Y, (2, 4, 3, 1), 0.1, 0, *seed)
        found, costs = take("parameters", "costs")(returned).values()
        if not isinstance(costs, list) or costs:
            raise Wanting("without an iteration, costs should be an empty list")
        return parameters_of(found, (2, 4, 3, 1))

    first, again, other = start(seed), start(seed), start(seed + 1)
    if any(not np.array_equal(first[name], again[name]) for name in first):
        raise Wanting("with the same seed it starts from other parameters: use the seed")
    if any(np.array_equal(first[name], other[name]) for name in ("W1", "W2", "W3")):
        raise Wanting("with another seed it starts from the same parameters: hand the seed on")
    left_out, one = start(), start(1)
    if any(not np.array_equal(left_out[name], one[name]) for name in one):
        raise Wanting("called without a seed it takes another one than 1")


register(
    Exercise(
        "L_layer_model",
        "04",
        training_trials,
        take("parameters", "costs"),
        (
            Property(
                "takes_gradient_steps",
                "each iteration records the cost, then steps along the gradient of J",
                ("cost", "dW", "db"),
            ),
            Property(
                "cost_falls_and_classes_separate",
                holds=training,
                alone=False,
            ),
        ),
        after=(
            "L_model_backward",
            "update_parameters",
            "compute_cost",
            "initialize_parameters_deep",
        ),
        works_out=(
            "dW and db are worked out from your parameters, as (before - after) / learning_rate, "
            "summed over the iterations.",
            "An experiment: print the cost and one entry of W1 after each iteration. Which of them "
            "is the first that does not change as it should, and which line makes it?",
        ),
    )
)


hunt(
    "answers_04",
    "04",
    "ABCD",
    (
        "missing-one-over-m",
        "one-over-m-twice",
        "one-over-m-per-layer",
        "wrong-m",
        "db-not-averaged",
        "missing-activation-derivative",
        "sign-flip",
    ),
)
