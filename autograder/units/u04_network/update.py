"""Unit 04, one step of gradient descent."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

import numpy as np

from autograder.engine.exercise import (
    UNCHANGED,
    Exercise,
    Misshapen,
    Property,
    Relative,
    Trial,
    register,
    take_dict,
)
from autograder.engine.formulas import Formula
from autograder.engine.student import Parameters, Student
from autograder.networks import Array
from autograder.units.u04_network import right
from autograder.units.u04_network.cost import SIZES, random_grads
from autograder.units.u04_network.instances import mlp_instance


def update_trials(student: Student, rng: np.random.Generator) -> Iterator[Trial]:
    for rate in (0.5, 1.0):
        parameters = mlp_instance(rng, SIZES, 11).parameters
        grads = random_grads(rng, 11)
        yield descent(parameters, grads, rate, f"learning_rate = {rate}", (rate,))
    yield in_another_order(rng, 3)


def in_another_order(rng: np.random.Generator, layers: int) -> Trial:
    """A step of which `grads` begins with the last layer, as a backward pass makes it.

    All layers before the last are as wide as `X`, so that no shape tells which gradient belongs to
    which of them.
    """
    wide = {n: 3 if n < layers else 1 for n in range(1, layers + 1)}
    shapes = {f"{k}{n}": (wide[n], w) for n in wide for k, w in (("W", 3), ("b", 1))}
    parameters = {name: rng.normal(size=shape) for name, shape in shapes.items()}
    grads = {f"d{name}": rng.normal(size=shapes[name]) for name in sorted(shapes, key=_last_first)}
    trial = descent(parameters, grads, 0.5, "grads whose keys begin with the last layer", (0.5,))
    return replace(trial, relatives=(*trial.relatives, by_place(parameters, grads, 0.5)))


def by_place(parameters: Mapping[str, Array], grads: Mapping[str, Array], rate: float) -> Relative:
    """What comes of gradients that are taken in the order of `grads`."""
    pairs = list(zip(parameters.items(), grads.items(), strict=True))
    moved = {name: p - rate * g for (name, p), (_, g) in pairs}
    detail = f"there W1 is W1 - learning_rate * {next(iter(grads))}"
    return Relative("gradients-by-place", moved, detail)


def _last_first(name: str) -> tuple[int, str]:
    return -int(name[1:]), name


def descent(
    parameters: Mapping[str, Array],
    grads: Mapping[str, Array],
    rate: float,
    label: str,
    more: tuple[float, ...],
) -> Trial:
    """A trial of one step of gradient descent; `more` are its arguments after the gradients."""
    step = {n: rate * grads[f"d{n}"] for n in parameters}
    relatives = (
        Relative("sign-flip", {n: p + step[n] for n, p in parameters.items()}),
        Relative(
            "db-forgotten",
            {n: p - step[n] * (n[0] == "W") for n, p in parameters.items()},
            "the biases were not updated",
        ),
    )
    return Trial(
        label,
        (Parameters(parameters), Parameters(grads), *more),
        values={n: p - step[n] for n, p in parameters.items()},
        relatives=relatives,
        formulas={
            n: Formula(
                "W - learning_rate * dW",
                {"W": p, "dW": grads[f"d{n}"], "learning_rate": rate},
                {"W": n[0], "dW": f"d{n[0]}"},
            )
            for n, p in parameters.items()
        },
    )


def new_parameters(value: Any) -> dict[str, Any]:
    """What update_parameters returned: W and b of each layer, and nothing else."""
    found = take_dict(value)
    more = [name for name in found if not re.fullmatch(r"[Wb][1-9]\d*", name)]
    if more:
        raise Misshapen(f"of the new parameters, {', '.join(more)} are neither W nor b of a layer")
    return found


register(
    Exercise(
        "update_parameters",
        "04",
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
        right=right.update_parameters,
    )
)
