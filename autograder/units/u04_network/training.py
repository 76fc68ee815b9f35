"""Unit 04, training: the update, gradient steps, a cost that falls, and the bug hunt."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from typing import Any

import numpy as np

from autograder.engine.compare import compare, form
from autograder.engine.exercise import (
    UNCHANGED,
    Exercise,
    Misshapen,
    Property,
    Relative,
    Trial,
    Wanting,
    register,
    take,
    take_dict,
)
from autograder.engine.named_mistake import bug_hunt
from autograder.engine.problem import Claim, Problem
from autograder.engine.student import Parameters, Student
from autograder.networks import Array, Graph, mlp_graph
from autograder.networks.facts import layer_facts
from autograder.oracle import gradient
from autograder.units.u04_network.cost import SIZES, random_grads
from autograder.units.u04_network.instances import mlp_instance
from autograder.units.u04_network.start import beginning, parameters_of


def update_trials(student: Student, rng: np.random.Generator) -> Iterator[Trial]:
    for rate in (0.5, 1.0):
        parameters = mlp_instance(rng, SIZES, 11).parameters
        grads = {n: g for n, g in random_grads(rng, 11).items() if n[:2] in ("dW", "db")}
        step = {n: rate * grads[f"d{n}"] for n in parameters}
        relatives = (
            Relative("sign-flip", {n: p + step[n] for n, p in parameters.items()}),
            Relative(
                "db-forgotten",
                {n: p - step[n] * (n[0] == "W") for n, p in parameters.items()},
                "the biases were not updated",
            ),
        )
        yield Trial(
            f"learning_rate = {rate}",
            (Parameters(parameters), Parameters(grads), rate),
            values={n: p - step[n] for n, p in parameters.items()},
            relatives=relatives,
        )


register(
    Exercise(
        "update_parameters",
        "04",
        update_trials,
        take_dict,
        (
            Property(
                "steps_against_the_gradient",
                "returns parameters - learning_rate * gradient",
                ("W", "b"),
            ),
            UNCHANGED,
        ),
    )
)


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
        moved = parameters_of(take("parameters", "costs")(value)["parameters"], tuple(widths))
        return {f"d{n}": (p - moved[n]) / rate for n, p in start.items()}

    return Trial(
        f"layers_dims = {widths}, m = {X.shape[1]}, two iterations",
        (X, Y, widths, rate, 2),
        values={f"d{n}": first[n] + second[n] for n in start},
        relatives=(
            Relative("grads-not-reset", {f"d{n}": 2 * first[n] + second[n] for n in start}),
        ),
        unpack=unpack,
    )


def _step(start: dict[str, Array], rate: float, value: Any) -> dict[str, Any]:
    """What one iteration did, as the gradient that it must have used."""
    parameters, costs = take("parameters", "costs")(value).values()
    if not isinstance(costs, (list, tuple)) or len(costs) != 1:
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
    """The cost falls at every scale of time, and the two classes separate."""
    X, Y = petals(rng, 150)
    steps = 400
    returned = student.call("L_layer_model", X, Y, [2, 8, 4, 1], 0.3, steps)
    parameters, costs = take("parameters", "costs")(returned).values()
    numbers = _costs(costs, steps)
    if not numbers[-1] < 0.6 * numbers[0]:
        raise Wanting("after 400 steps the cost is not below 60 % of its first value")
    AL = take("AL", "caches")(student.call("L_model_forward", X, parameters))["AL"]
    flaw = compare("AL", AL, np.asarray(AL)) if isinstance(AL, np.ndarray) else None
    if not isinstance(AL, np.ndarray) or flaw is not None or AL.shape != Y.shape:
        raise Wanting("L_model_forward cannot be run with the parameters that it returned")
    accuracy = float(((AL > 0.5) == (Y > 0.5)).mean())
    if accuracy < 0.85:
        raise Wanting(f"{accuracy:.0%} of the examples are classified right, expected 85 %")
    here = student.call("compute_cost", AL, Y)
    flaw = form("J", here, ())
    if flaw is not None and flaw.wrong:
        raise Wanting(f"of compute_cost, {flaw.message}")
    if not float(np.asarray(here).reshape(())) <= numbers[-1] * 1.05:
        raise Wanting("the returned parameters have a higher cost than the last one in the list")


def _costs(costs: Any, steps: int) -> Array:
    listed = costs if isinstance(costs, (list, tuple)) else ()
    flaws = [form("a cost", cost, ()) for cost in listed]
    if len(listed) != steps or any(flaw is not None and flaw.kind == "type" for flaw in flaws):
        raise Wanting(f"costs should be a list of {steps} numbers, one for each iteration")
    numbers = np.asarray([float(np.asarray(cost).reshape(-1)[0]) for cost in listed])
    if not np.isfinite(numbers).all():
        raise Wanting("the cost becomes nan or infinite on the way")
    return numbers


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
                "trains: the cost falls and the classes separate",
                holds=training,
            ),
        ),
        after=("L_model_backward", "update_parameters"),
    )
)


#: What the given cell's shuffle deals; a test compares them.
BUGS = {
    "A": "wrong-m",
    "B": "one-over-m-per-layer",
    "C": "db-not-averaged",
    "D": "missing-activation-derivative",
}
bug_hunt("answers_04", "04", BUGS)
