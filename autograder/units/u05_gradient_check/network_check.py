"""Unit 05: the gradient check of a whole network, which names the worst entry."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np

from autograder.engine.exercise import Exercise, Property, Wanting, register
from autograder.engine.parts import no_trials, nothing
from autograder.engine.student import Student
from autograder.observe import StudentError
from autograder.units.u04_network.instances import MLPInstance, mlp_instance
from autograder.units.u05_gradient_check.checked import checked, gradients
from autograder.units.u05_gradient_check.kinks import (
    SIZES,
    H,
    M,
    beside_large_slopes,
    on_a_faint_kink,
    on_a_kink,
    steep,
)
from autograder.units.u05_gradient_check.worst_entry import names_the_worst


def passes_right(student: Student, rng: np.random.Generator) -> None:
    """lets right gradients pass.

    The right gradient of a network has small errors in every array.
    """
    for _ in range(2):
        drawn = mlp_instance(rng, SIZES, M)
        answer = checked(student, drawn, gradients(drawn))
        errors, count = answer.errors, len(answer.flagged)
        name = max(errors, key=lambda n: errors[n])
        if count:
            raise Wanting(
                f"{count} of {sum(p.size for p in drawn.parameters.values())} entries are "
                f"flagged as kinks, {answer.flagged[0]} the first, and there is none near them: "
                "their slopes to the left and to the right are equal"
            )
        if not any(errors.values()):
            raise Wanting("every error is exactly 0.0", "gradcheck-self-compare")
        if not errors[name] <= 1e-6:
            raise Wanting(f"the gradient is right, and errors[{name!r}] = {errors[name]:.1e}")
    _whatever_the_order(student, drawn)
    wrong = {name: 2 * g for name, g in gradients(drawn).items()}
    if not max(checked(student, drawn, wrong).errors.values()) > 1e-2:
        raise Wanting("a gradient that is twice too large has small errors too")


def _whatever_the_order(student: Student, drawn: MLPInstance) -> None:
    """The same with the keys of the gradients in another order than those of the parameters."""
    told = (
        "the gradient is right, and {}where its dict begins with the last layer: take each array "
        "by its key"
    )
    try:
        errors = checked(student, drawn, dict(reversed(gradients(drawn).items()))).errors
    except StudentError as error:
        raise Wanting(told.format(f"there is a {error.kind} ")) from None
    name = max(errors, key=lambda n: errors[n])
    if not errors[name] <= 1e-6:
        raise Wanting(told.format(f"errors[{name!r}] = {errors[name]:.1e} "))


def flags_kinks(student: Student, rng: np.random.Generator) -> None:
    """flags kinks instead of failing them.

    A ReLU exactly at 0: its entries are flagged, and do not count as errors.
    """
    up, down = on_a_kink(rng, 1)[0], on_a_kink(rng, -1)[0]
    seen = [len(checked(student, one, gradients(one)).flagged) > 0 for one in (up, down)]
    if seen[0] != seen[1]:
        larger = ("larger", "smaller") if seen[0] else ("smaller", "larger")
        raise Wanting(
            f"kinks are flagged where the slope to the right is the {larger[0]} one, and not where "
            f"it is the {larger[1]} one: |r - l| counts, without the sign",
            "gradcheck-kink",
        )
    for drawn in (up, down, on_a_faint_kink(rng, 1.5), beside_large_slopes(rng)):
        _flags(student, drawn, {("b1", (0, 0)), *(("W1", (0, j)) for j in range(SIZES[0]))})
    drawn = on_a_faint_kink(rng, 0.6)
    kinks = checked(student, drawn, gradients(drawn)).kinks
    if kinks:
        raise Wanting(
            f"{kinks[0]} is flagged, where |r - l| is smaller than a thousandth: the jump is "
            "compared with 1 at least"
        )
    drawn = steep(rng)
    kinks = checked(student, drawn, gradients(drawn)).kinks
    if kinks:
        raise Wanting(
            f"{kinks[0]} is flagged, where the slope is large and bends, and |r - l| is less than "
            f"a thousandth of it{_slopes(drawn, kinks[0])}"
        )


def _flags(student: Student, drawn: MLPInstance, there: set[Any]) -> None:
    answer = checked(student, drawn, gradients(drawn))
    errors, kinks = answer.errors, answer.kinks
    if not kinks:
        raise Wanting(
            "a unit stands exactly on its kink, and no entry is flagged", "gradcheck-kink"
        )
    stray = [kink for kink in kinks if kink not in there]
    if stray:
        raise Wanting(f"{stray[0]} is flagged; no kink is near it{_slopes(drawn, stray[0])}")
    if set(kinks) != there:
        raise Wanting(f"{sorted(there - set(kinks))[0]} has a kink and is not flagged")
    name = max(errors, key=lambda n: errors[n])
    if not errors[name] <= 1e-6:
        raise Wanting(
            f"the kinks are flagged, and errors[{name!r}] still counts them", "gradcheck-kink"
        )


def _slopes(drawn: MLPInstance, place: Any) -> str:
    """The two one-sided slopes at an entry that was flagged; empty if it is no entry."""
    name, index = place
    if name not in drawn.parameters or index not in np.ndindex(drawn.parameters[name].shape):
        return ""
    costs = []
    for step in (0.0, H, -H):
        moved = {n: np.array(p) for n, p in drawn.parameters.items()}
        moved[name][index] += step
        costs.append(float(replace(drawn, parameters=moved).graph.value("cost").real))
    r, l = (costs[1] - costs[0]) / H, (costs[0] - costs[2]) / H  # noqa: E741, as in the contract
    bound = 1e-3 * max(1.0, abs(r), abs(l))
    return (
        f": its slopes are r = {r:.5g} and l = {l:.5g}, they differ by {abs(r - l):.2g}, and "
        f"1e-3 * max(1, |r|, |l|) is {bound:.2g}"
    )


def refuses_dice(student: Student, rng: np.random.Generator) -> None:
    """raises ValueError if the cost is random.

    A forward pass that gives another cost at each call is refused.
    """
    drawn = mlp_instance(rng, SIZES, M)
    checked(student, drawn, gradients(drawn))  # what refuses everything refuses this one too
    try:
        checked(student, drawn, gradients(drawn), "dropout")
    except StudentError as error:
        if error.kind != "ValueError":
            raise
        return
    raise Wanting(
        "with dropout on, two calls give two costs, and it went on", "gradcheck-random-forward"
    )


register(
    Exercise(
        "grad_check",
        "05",
        no_trials,
        nothing,
        (
            Property("passes_right_gradients", holds=passes_right),
            Property(
                "names_the_worst_entry",
                holds=names_the_worst,
            ),
            Property("flags_kinks", holds=flags_kinks),
            Property(
                "refuses_a_random_forward",
                holds=refuses_dice,
            ),
        ),
        after=("numerical_gradient", "relative_error"),
    )
)
