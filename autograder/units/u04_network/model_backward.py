"""Unit 04, the way back through all layers, in the L and in the J convention.

The arrays come in a dict with the keys of the deep-learning specialisation, course 1 week 4, and
dZ beside them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial

import numpy as np

from autograder.engine.compare import form, is_right
from autograder.engine.exercise import (
    SHAPES,
    TWICE,
    UNCHANGED,
    Barrier,
    Exercise,
    Property,
    Trial,
    Wanting,
    gradients,
    register,
    take,
    take_dict,
)
from autograder.engine.problem import Claim, Problem, errors_at
from autograder.engine.student import NotWritten, Parameters, Student
from autograder.oracle import certify
from autograder.units.u04_network import right
from autograder.units.u04_network.forward import model_label
from autograder.units.u04_network.instances import (
    ALL_EQUAL_NETWORKS,
    AT_ZERO,
    KINKED_NETWORK,
    NETWORKS,
    MLPInstance,
    kinked_instance,
    mixed_instance,
    mlp_instance,
)
from autograder.units.u04_network.own_forward import model_truth
from autograder.units.u04_network.small import SMALL_NETWORKS, whole_network


def model_claims(depth: int, factor: float) -> dict[str, Claim]:
    """What L_model_backward returns, in backward order; factor m is the L convention, 1 is J."""
    claims = {}
    for n in range(depth, 0, -1):
        claims[f"dZ{n}"] = Claim(f"Z{n}", factor)
        claims[f"dW{n}"] = Claim(f"W{n}")
        claims[f"db{n}"] = Claim(f"b{n}")
        claims[f"dA{n - 1}"] = Claim(f"A{n - 1}", factor)
    return claims


def model_trial(
    student: Student, drawn: MLPInstance, convention: str, diagnostic: bool = False
) -> Trial:
    """One trial of L_model_backward on an instance, fed with the student's own caches."""
    sizes = (drawn.X.shape[0], *(drawn.parameters[f"b{n + 1}"].shape[0] for n in range(_L(drawn))))
    m = drawn.X.shape[1]
    returned = student.call("L_model_forward", drawn.X, Parameters(drawn.parameters))
    AL, caches = take("AL", "caches")(returned).values()
    # what counts are the caches that are handed over, not those of the last call
    student.call("L_model_forward", drawn.X + 1, Parameters(drawn.parameters))
    factor = float(m) if convention == "L" else 1.0
    problem = Problem(drawn.graph, model_claims(_L(drawn), factor))
    args, label = (AL, drawn.Y, caches), model_label(sizes, m)
    if is_right(AL, drawn.graph.value(f"A{_L(drawn)}")):
        widths = {f"n_{layer}": size for layer, size in enumerate(sizes)}
        return Trial(label, args, problem, diagnostic=diagnostic, sizes=widths)
    return model_truth(label, args, problem, partial(student.call, "L_model_forward"), drawn)


def _L(drawn: MLPInstance) -> int:
    return len(drawn.activations)


def model_backward_trials(
    convention: str, student: Student, rng: np.random.Generator
) -> Iterator[Trial]:
    for sizes, m in NETWORKS:
        yield model_trial(student, mlp_instance(rng, sizes, m), convention)
    kinked = model_trial(student, kinked_instance(rng, *KINKED_NETWORK), convention)
    kinked = replace(kinked, label=kinked.label + AT_ZERO)
    extra = (
        model_trial(student, mixed_instance(rng, *sizes), convention, True)
        for sizes in ALL_EQUAL_NETWORKS
    )
    # for a forward pass that is right: at a kink central differences are no derivative
    yield from (trial for trial in (kinked, *extra) if trial.truth is None)


def small_models(convention: str, student: Student, rng: np.random.Generator) -> Iterator[Trial]:
    """Networks of one or two units a layer, of whole numbers, where the forward pass is right."""
    for sizes, m in SMALL_NETWORKS:
        trial = model_trial(student, whole_network(rng, sizes, m), convention)
        if trial.truth is None:
            yield trial


def certified(student: Student, rng: np.random.Generator) -> None:
    """dW and db are right on a large network, along random directions.

    A network of 7,000 parameters: two random directions decide on all of dW and db.
    """
    drawn = mlp_instance_large(rng)
    trial = model_trial(student, drawn, "L")
    if trial.problem is None or trial.truth is not None:
        raise NotWritten("L_model_forward", "the forward pass has to be right first")
    grads = take_dict(student.call("L_model_backward", *trial.args))
    claimed = {}
    for name, value in drawn.parameters.items():
        if f"d{name}" not in grads:
            raise Barrier(f"there is no d{name}")
        flaw = form(f"d{name}", grads[f"d{name}"], value.shape)
        if flaw is not None and flaw.wrong:
            raise Barrier(flaw.message)
        claimed[name] = np.asarray(grads[f"d{name}"], dtype=float)
    unknown = np.random.default_rng()  # a seed that someone knew would choose the directions
    right = certify(drawn.graph, claimed, unknown, tol=1e-6)
    if not right or errors_at(drawn.graph, claimed, unknown) > 1e-6:
        raise Wanting("along a random direction J changes by another amount than dW and db say")


def mlp_instance_large(rng: np.random.Generator) -> MLPInstance:
    """Sizes 100-50-40-1 with m = 31; too large to screen each unit, and no need to."""
    sizes = (100, 50, 40, 1)
    parameters = {}
    for n, (n_prev, width) in enumerate(zip(sizes[:-1], sizes[1:], strict=True), start=1):
        parameters[f"W{n}"] = rng.normal(size=(width, n_prev)) / np.sqrt(n_prev)
        parameters[f"b{n}"] = rng.normal(size=(width, 1)) * 0.3
    Y = (np.arange(31)[None, :] % 3 == 0).astype(float)
    return MLPInstance(rng.normal(size=(100, 31)), Y, parameters, ("relu", "relu", "sigmoid"))


_GRADS = gradients("dZ", "dA", "dW", "db")
_LARGE = Property(
    "certified_on_a_large_network",
    holds=certified,
)
register(
    Exercise(
        "L_model_backward",
        "04",
        partial(model_backward_trials, "L"),
        take_dict,
        (SHAPES, *_GRADS, UNCHANGED, TWICE, _LARGE),
        after=("linear_activation_backward", "L_model_forward"),
        right=right.L_model_backward,
        smaller=partial(small_models, "L"),
    )
)
register(
    Exercise(
        "L_model_backward_J",
        "04",
        partial(model_backward_trials, "J"),
        take_dict,
        (SHAPES, *_GRADS, UNCHANGED, TWICE),
        after=("linear_activation_backward", "L_model_backward", "convert"),
        smaller=partial(small_models, "J"),
    )
)
