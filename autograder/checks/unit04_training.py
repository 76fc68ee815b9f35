"""Unit 04, around the backward pass: cost, initialisation, conventions, update, training."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from autograder.checks.exercise import (
    SHAPES,
    UNCHANGED,
    Exercise,
    Property,
    Trial,
    Wanting,
    register,
    take,
    take_dict,
)
from autograder.checks.student import Parameters, Student
from autograder.compare import TOLERANCE, compare, form
from autograder.instances import mlp_instance
from autograder.networks import Array

SIZES = (5, 7, 3, 1)


def cost_trials(student: Student, rng: np.random.Generator) -> Iterator[Trial]:
    for m in (7, 13, 1):
        AL, Y = rng.uniform(0.05, 0.95, (1, m)), (rng.random((1, m)) < 0.5).astype(float)
        right = -(Y * np.log(AL) + (1 - Y) * np.log(1 - AL)).mean()
        yield Trial(f"m = {m}", (AL, Y), values={"J": np.asarray(right)})


def cost_is_mean(student: Student, rng: np.random.Generator) -> None:
    """J against its usual relatives, so that the message can say which one it is."""
    for m in (7, 13):
        AL = rng.uniform(0.05, 0.95, (1, m))
        Y = np.zeros((1, m))
        Y[:, : m // 2] = 1.0
        found = student.call("compute_cost", AL.copy(), Y.copy())
        flaw = form("J", found, ())
        if flaw is not None and flaw.wrong:
            raise Wanting(flaw.message)
        positive, negative = Y * np.log(AL), (1 - Y) * np.log(1 - AL)
        right = -(positive + negative).mean()
        relatives = {
            "the sum of the losses; J is their mean": right * m,
            "J/m: the mean was divided by m once more": right / m,
            "-J: a minus sign is missing": -right,
            "the part of the examples with y = 1 only": -positive.mean(),
            "the part of the examples with y = 0 only": -negative.mean(),
            "J in another base: use the natural logarithm np.log": right / np.log(2),
            "J in base 10: use the natural logarithm np.log": right / np.log(10),
        }
        value = float(np.asarray(found).reshape(()))
        if abs(value - right) <= TOLERANCE * right:
            continue
        for meaning, other in relatives.items():
            if abs(value - other) <= 1e-9 * abs(other):
                raise Wanting(f"what it returns is {meaning}")
        raise Wanting("it is not the mean of -(y log a + (1 - y) log(1 - a)) over the examples")


register(
    Exercise(
        "compute_cost",
        "04",
        cost_trials,
        take("J"),
        (
            SHAPES,
            Property(
                "J_is_the_mean_of_the_losses", "J is the mean of the losses", holds=cost_is_mean
            ),
            UNCHANGED,
        ),
    )
)


def parameter_trials(student: Student, rng: np.random.Generator) -> Iterator[Trial]:
    yield Trial(f"layer_dims = {list(SIZES)}", (list(SIZES),))


def initialisation(student: Student, rng: np.random.Generator) -> None:
    """Shapes, zero biases, units that differ, and the scale of He."""
    sizes = [int(n) for n in rng.permutation([40, 60, 50])] + [1]
    found = take_dict(student.call("initialize_parameters_deep", sizes))
    for n, (n_prev, width) in enumerate(zip(sizes[:-1], sizes[1:], strict=True), start=1):
        for name, shape in ((f"W{n}", (width, n_prev)), (f"b{n}", (width, 1))):
            flaw = form(name, found.get(name), shape)
            if flaw is not None and flaw.wrong:
                raise Wanting(flaw.message)
        W, b = np.asarray(found[f"W{n}"]), np.asarray(found[f"b{n}"])
        if np.abs(b).max() > 0:
            raise Wanting(f"b{n} is not zero; biases start at zero")
        if width > 1 and np.linalg.matrix_rank(W) < min(W.shape):
            raise Wanting(
                f"W{n} has rows that depend on each other: equal units get equal gradients and "
                "never separate"
            )
        if not np.any(W):
            raise Wanting(f"W{n} is zero everywhere: equal units never separate")
        ratio = float(W.std() * np.sqrt(n_prev / 2))
        if W.size > 500 and not 0.85 < ratio < 1.15:
            raise Wanting(
                f"the entries of W{n} are {ratio:.2g} times as large as sqrt(2 / n_prev) asks"
            )
    again = take_dict(student.call("initialize_parameters_deep", sizes))
    if any(not np.array_equal(found[name], again[name]) for name in found):
        raise Wanting("a second call with the same seed gave other numbers: use the seed")


register(
    Exercise(
        "initialize_parameters_deep",
        "04",
        parameter_trials,
        take_dict,
        (
            Property(
                "breaks_symmetry_at_the_right_scale",
                "starts with zero biases and weights that differ, of He's scale",
                holds=initialisation,
            ),
        ),
    )
)


def _random_grads(rng: np.random.Generator, m: int) -> dict[str, Array]:
    grads = {"dA0": rng.normal(size=(SIZES[0], m))}
    for n, (n_prev, width) in enumerate(zip(SIZES[:-1], SIZES[1:], strict=True), start=1):
        grads[f"dW{n}"] = rng.normal(size=(width, n_prev))
        grads[f"db{n}"] = rng.normal(size=(width, 1))
        grads[f"dZ{n}"] = rng.normal(size=(width, m))
        if n < len(SIZES) - 1:
            grads[f"dA{n}"] = rng.normal(size=(width, m))
    return grads


def convert_trials(student: Student, rng: np.random.Generator) -> Iterator[Trial]:
    for src, dst, m in (("L", "J", 11), ("J", "L", 7), ("L", "L", 5), ("J", "J", 3)):
        grads = _random_grads(rng, m)
        factor = {"LJ": 1.0 / m, "JL": float(m)}.get(src + dst, 1.0)
        wanted = {n: g * (factor if n[:2] in ("dZ", "dA") else 1.0) for n, g in grads.items()}
        yield Trial(f"{src} to {dst}, m = {m}", (Parameters(grads), m, src, dst), values=wanted)


register(
    Exercise(
        "convert",
        "04",
        convert_trials,
        take_dict,
        (
            Property(
                "changes_only_dZ_and_dA",
                "scales dZ and dA to the other convention and leaves dW and db as they are",
                ("dZ", "dA", "dW", "db"),
            ),
            UNCHANGED,
        ),
    )
)


def update_trials(student: Student, rng: np.random.Generator) -> Iterator[Trial]:
    for rate in (0.5, 1.0):
        parameters = mlp_instance(rng, SIZES, 11).parameters
        grads = {n: g for n, g in _random_grads(rng, 11).items() if n[:2] in ("dW", "db")}
        wanted = {n: p - rate * grads[f"d{n}"] for n, p in parameters.items()}
        args = (Parameters(parameters), Parameters(grads), rate)
        yield Trial(f"learning_rate = {rate}", args, values=wanted)


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
    return iter(())


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
    here = float(student.call("compute_cost", AL, Y))
    if not here <= numbers[-1] * 1.05:
        raise Wanting("the returned parameters have a higher cost than the last one in the list")


def _costs(costs: Any, steps: int) -> Array:
    numbers = np.asarray(costs, dtype=float) if isinstance(costs, (list, tuple)) else None
    if numbers is None or numbers.ndim != 1 or len(numbers) != steps:
        raise Wanting(f"costs should be a list of {steps} numbers, one for each iteration")
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
                "cost_falls_and_classes_separate",
                "trains: the cost falls and the classes separate",
                holds=training,
            ),
        ),
        after=("L_model_backward", "update_parameters"),
    )
)
