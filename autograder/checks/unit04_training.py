"""Unit 04, around the backward pass: cost, initialisation, conventions, update, training."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

import numpy as np

from autograder.checks.exercise import (
    SHAPES,
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
from autograder.checks.named import bug_hunt
from autograder.checks.student import Parameters, Student
from autograder.compare import compare, form
from autograder.instances import mlp_instance
from autograder.networks import Array, Graph, mlp_graph
from autograder.oracle import gradient
from autograder.problem import Claim, Problem

SIZES = (5, 7, 3, 1)


def _all_pairs(AL: Array, Y: Array) -> Array:
    """What np.dot(Y.T, np.log(AL)) sums: every label with every prediction."""
    pairs = Y.T @ np.log(AL) + (1 - Y).T @ np.log(1 - AL)
    return np.asarray(-pairs.sum() / Y.shape[1])


def cost_trials(student: Student, rng: np.random.Generator) -> Iterator[Trial]:
    """J, with its usual relatives, so that the message can say which one was computed."""
    for m in (7, 13, 1):
        AL, Y = rng.uniform(0.05, 0.95, (1, m)), np.zeros((1, m))
        Y[:, : (m + 1) // 2] = 1.0
        ones, zeros = -(Y * np.log(AL)).mean(), -((1 - Y) * np.log(1 - AL)).mean()
        J = ones + zeros
        relatives = (
            Relative("sum-loss-vs-mean-loss", {"J": J * m}),
            Relative("one-over-m-twice", {"J": J / m}),
            Relative("loss-derivative-wrong", {"J": J / 2}, "half"),
            Relative("loss-derivative-wrong", {"J": J * 2}, "twice"),
            Relative("sign-flip", {"J": -J}),
            Relative("one-class-only", {"J": ones}, "the examples with y = 1"),
            Relative("one-class-only", {"J": zeros}, "the examples with y = 0"),
            Relative("matmul-not-elementwise", {"J": _all_pairs(AL, Y)}),
            Relative("log-base", {"J": J / np.log(2)}, "base 2"),
            Relative("log-base", {"J": J / np.log(10)}, "base 10"),
        )
        yield Trial(f"m = {m}", (AL, Y), values={"J": np.asarray(J)}, relatives=relatives)


register(
    Exercise(
        "compute_cost",
        "04",
        cost_trials,
        take("J"),
        (
            SHAPES,
            Property("J_is_the_mean_of_the_losses", "J is the mean of the losses", ("J",)),
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
                turned = np.shape(found.get(name)) == shape[::-1] and name.startswith("W")
                raise Wanting(flaw.message, "row-vs-column-layout" if turned else "")
        W, b = np.asarray(found[f"W{n}"]), np.asarray(found[f"b{n}"])
        if np.abs(b).max() > 0:
            raise Wanting(f"b{n} is not zero; biases start at zero")
        if width > 1 and np.linalg.matrix_rank(W) < min(W.shape):
            raise Wanting(
                f"W{n} has rows that depend on each other: equal units never separate",
                "zero-init-symmetry",
            )
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


def _scaled(grads: dict[str, Array], prefixes: tuple[str, ...], factor: float) -> dict[str, Array]:
    return {n: g * factor if n.startswith(prefixes) else g for n, g in grads.items()}


def convert_trials(student: Student, rng: np.random.Generator) -> Iterator[Trial]:
    for src, dst, m in (("L", "J", 11), ("J", "L", 7), ("L", "L", 5), ("J", "J", 3)):
        grads = _random_grads(rng, m)
        factor = {"LJ": 1.0 / m, "JL": float(m)}.get(src + dst, 1.0)
        last, convention = f"dZ{len(SIZES) - 1}", "j-vs-l-one-over-m-placement"
        per_layer = {
            name: g * factor ** (len(SIZES) - int(name[2:]) - (name[1] == "A"))
            if name[:2] in ("dZ", "dA")
            else g
            for name, g in grads.items()
        }
        relatives = (
            Relative(convention, _scaled(grads, ("dZ", "dA"), 1 / factor), "the other way round"),
            Relative(convention, grads, "nothing was scaled"),
            Relative(convention, _scaled(grads, ("dZ",), factor), "dA was forgotten"),
            Relative(convention, _scaled(grads, ("dA",), factor), "dZ was forgotten"),
            Relative(convention, _scaled(grads, (last,), factor), "the output layer only"),
            Relative("one-over-m-twice", _scaled(grads, ("d",), factor), "dW and db were scaled"),
            Relative("one-over-m-twice", _scaled(grads, ("dZ", "dA", "dW"), factor), "so was dW"),
            Relative("one-over-m-per-layer", per_layer),
        )
        yield Trial(
            f"{src} to {dst}, m = {m}",
            (Parameters(grads), m, src, dst),
            values=_scaled(grads, ("dZ", "dA"), factor),
            relatives=relatives,
        )


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
        X, Y = rng.normal(size=(sizes[0], m)), (np.arange(m)[None] % 2).astype(float)
        start, _ = take("parameters", "costs")(
            student.call("L_layer_model", X, Y, list(sizes), rate, 0)
        ).values()
        parameters = _parameters(start, sizes)
        graph = mlp_graph(X, Y, parameters)
        known = Graph(graph.forward, graph.inputs, {**graph.facts, "learning_rate": rate})
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
        moved = _parameters(take("parameters", "costs")(value)["parameters"], tuple(widths))
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


def _parameters(value: Any, sizes: tuple[int, ...]) -> dict[str, Array]:
    """Parameters in the shapes that the layer sizes ask for."""
    found, checked = take_dict(value), {}
    for n, (n_prev, width) in enumerate(zip(sizes[:-1], sizes[1:], strict=True), start=1):
        for name, shape in ((f"W{n}", (width, n_prev)), (f"b{n}", (width, 1))):
            flaw = form(name, found.get(name), shape)
            if flaw is not None and flaw.wrong:
                raise Misshapen(f"of the parameters, {flaw.message}")
            checked[name] = np.asarray(found[name], dtype=float)
    return checked


def _step(start: dict[str, Array], rate: float, value: Any) -> dict[str, Any]:
    """What one iteration did, as the gradient that it must have used."""
    parameters, costs = take("parameters", "costs")(value).values()
    if not isinstance(costs, (list, tuple)) or len(costs) != 1:
        raise Misshapen("costs should be a list with one number for each iteration")
    widths = [start["W1"].shape[1], *(p.shape[0] for n, p in start.items() if n[0] == "b")]
    moved = _parameters(parameters, tuple(widths))
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
