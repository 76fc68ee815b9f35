"""Unit 06a, dropout: the masks that are drawn on the way forward, and used on the way back."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from autograder.engine.exercise import (
    SHAPES,
    TWICE,
    UNCHANGED,
    Exercise,
    Misshapen,
    Property,
    Trial,
    Wanting,
    gradients,
    register,
    take,
    take_dict,
)
from autograder.engine.problem import Problem
from autograder.engine.student import Cache, NotWritten, Parameters, Student
from autograder.networks import Array
from autograder.units.u06a_regularisation.by_line import lines
from autograder.units.u06a_regularisation.contract import UNIT
from autograder.units.u06a_regularisation.instances import (
    ALL_EQUAL,
    KEPT,
    SIZES,
    SMALL,
    Instance,
    instance,
    whole_instance,
)
from autograder.units.u06a_regularisation.masks import drawn_masks, is_masked, opened
from autograder.units.u06a_regularisation.other_networks import other_networks
from autograder.units.u06a_regularisation.penalty import claims, symbols
from autograder.units.u06a_regularisation.walked import follow

#: Widths and examples with which masks are looked at.
WIDE = (3, 13, 11, 9)


def forward_trials(student: Student, rng: np.random.Generator) -> Iterator[Trial]:
    """With keep_prob = 1 nothing is left to chance: it is the network without dropout."""
    for sizes in SIZES:
        drawn = instance(rng, sizes)
        yield Trial(
            f"{drawn.label}, keep_prob = 1",
            (drawn.X, Parameters(drawn.parameters), 1.0),
            # no graph: where every unit is dropped, what is left fits edits that nobody wrote
            values={"A3": drawn.plain.value("A3")},
            instead={"A3": other_networks(drawn)},
        )


def masks_are_drawn(student: Student, rng: np.random.Generator) -> None:
    """draws D1 and D2: each unit of each example is kept with probability keep_prob.

    On a wide network, where the part that is kept is near keep_prob.
    """
    drawn_masks(student, rng)


def masked_and_scaled(student: Student, rng: np.random.Generator) -> None:
    """puts D1 / keep_prob behind the first ReLU and D2 / keep_prob behind the second.

    A1, A2, Z2 and A3 follow from the masks that stand in the cache, and come in its order.
    """
    for keep_prob in KEPT[:3]:
        drawn = instance(rng, WIDE)  # so wide that no mask keeps or drops everything
        A3, kept = opened(student, drawn, keep_prob)
        with np.errstate(all="ignore"):
            follow(drawn, A3, kept, keep_prob)


register(
    Exercise(
        "forward_propagation_with_dropout",
        UNIT,
        forward_trials,
        take("A3", "_cache"),
        (
            SHAPES,
            Property("A3_is_right", "A3 is right where keep_prob is 1", ("A3",)),
            Property("draws_masks_with_keep_prob", holds=masks_are_drawn),
            Property("masks_and_scales", holds=masked_and_scaled),
            UNCHANGED,
        ),
    )
)


def backward_trial(drawn: Instance, keep_prob: float, diagnostic: bool = False) -> Trial:
    """One trial; the cache holds masks that nobody can draw again."""
    graph, p, D = drawn.dropped(keep_prob), drawn.parameters, drawn.masks
    arrays: list[Array] = []
    for n in (1, 2, 3):
        masked = [D[n]] if n < 3 else []
        arrays += [graph.value(f"Z{n}"), *masked, graph.value(f"A{n}"), p[f"W{n}"], p[f"b{n}"]]
    named = {**symbols(drawn, graph.value), "D1": 1.0 * D[1], "D2": 1.0 * D[2]}
    problem = Problem(graph, claims(float(drawn.X.shape[1]), "H"))
    held = {"X": drawn.X, "Y": drawn.Y, **named}
    return Trial(
        f"{drawn.label}, keep_prob = {keep_prob:g}",
        (drawn.X, drawn.Y, Cache(arrays), keep_prob),
        problem,
        diagnostic=diagnostic,
        sizes=drawn.sizes,
        symbols=named,
        formulas=lines(held, problem.truth(), keep_prob=keep_prob),
    )


def backward_trials(student: Student, rng: np.random.Generator) -> Iterator[Trial]:
    for sizes, keep_prob in zip(SIZES, KEPT, strict=True):
        yield backward_trial(instance(rng, sizes), keep_prob)
    for sizes in ALL_EQUAL:
        yield backward_trial(instance(rng, sizes), 0.65, diagnostic=True)


def small_trials(student: Student, rng: np.random.Generator) -> Iterator[Trial]:
    for sizes in SMALL:
        yield backward_trial(whole_instance(rng, sizes), 0.5)


def same_masks(student: Student, rng: np.random.Generator) -> None:
    """uses the masks of the cache: dA1 and dA2 are 0 where D1 and D2 are."""
    drawn = instance(rng, SIZES[0])
    trial = backward_trial(drawn, 0.8)
    found = take_dict(student.call("backward_propagation_with_dropout", *trial.args))
    right = trial.wanted()
    for n in (2, 1):
        name, D = f"dA{n}", drawn.masks[n]
        if getattr(found.get(name), "shape", None) != D.shape:
            raise Misshapen(f"{name} has not the shape of D{n}")
        through, wanted = np.asarray(found[name]) != 0, right[name] != 0
        lost = (wanted & ~through).any()
        if not lost and through[D == 0].mean() > 0.8:
            raise Wanting(
                f"{name} is not 0 where D{n} is: units that were off receive a gradient",
                "dropout-mask-forgotten",
            )
        if not through[D == 1].any() and through[D == 0].any():
            raise Wanting(
                f"{name} is 0 where D{n} is 1, and not where D{n} is 0: the mask is turned over",
                "dropout-mask-inverted",
            )
        if lost and not through[D == 0].any():
            raise NotWritten("backward_propagation_with_dropout", f"{name} has to be right first")
        if through[D == 0].any():
            told = f"{name} is 0 at other places than D{n}"
            if is_masked(found, n, drawn.parameters[f"W{n + 1}"], 0.8):
                raise Wanting(f"{told}: it was multiplied by another mask", "dropout-new-mask")
            raise Wanting(told)


register(
    Exercise(
        "backward_propagation_with_dropout",
        UNIT,
        backward_trials,
        take_dict,
        (
            SHAPES,
            Property("uses_the_masks_of_the_cache", holds=same_masks),
            *gradients("dW", "db", "dZ", "dA"),
            UNCHANGED,
            TWICE,
        ),
        smaller=small_trials,
    )
)
