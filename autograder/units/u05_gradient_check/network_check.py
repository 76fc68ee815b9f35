"""Unit 05: the gradient check of a whole network, which names the worst entry."""

from __future__ import annotations

from typing import Any

import numpy as np

from autograder.engine.exercise import Exercise, Misshapen, Property, Wanting, register
from autograder.engine.parts import no_trials, nothing
from autograder.engine.student import Parameters, Student
from autograder.networks import Array
from autograder.observe import StudentError
from autograder.oracle import gradient
from autograder.units.u04_network.instances import MLPInstance, mlp_instance
from autograder.units.u05_gradient_check.calling import array, measure, through
from autograder.units.u05_gradient_check.kinks import (
    SIZES,
    H,
    M,
    beside_large_slopes,
    on_a_faint_kink,
    on_a_kink,
    steep,
)


def gradients(drawn: MLPInstance) -> dict[str, Array]:
    """The right gradients, under the names of the parameters."""
    return gradient(drawn.graph, list(drawn.parameters))


def checked(
    student: Student, drawn: MLPInstance, grads: dict[str, Array], kind: str = "cost"
) -> tuple[dict[str, float], Any, list[Any]]:
    """Call grad_check and take its answer apart."""
    args = (kind, (drawn.X, drawn.Y), Parameters(drawn.parameters), Parameters(grads), H)
    reply = through(student, "grad_check", *args)
    if reply.changed:
        raise Wanting("it changes the parameters or the gradients in place; work on copies")
    if not isinstance(reply.value, (tuple, list)) or len(reply.value) != 3:
        raise Misshapen("expected three values: errors, worst, kinks")
    errors, worst, kinks = reply.value
    if not isinstance(errors, dict) or set(errors) != set(drawn.parameters):
        raise Misshapen(f"errors should be a dict with the keys {', '.join(drawn.parameters)}")
    told = {name: float(array(f"errors[{name!r}]", value, ())) for name, value in errors.items()}
    return told, _place(worst), [_place(kink) for kink in kinks]


def _place(value: Any) -> tuple[str, tuple[int, ...]]:
    """(name, index), however the numbers in it were made."""
    try:
        name, index = value
    except (TypeError, ValueError) as error:
        raise Misshapen(f"expected a pair (name, index), found {value!r}") from error
    try:
        return str(name), tuple(int(i) for i in index)
    except (TypeError, ValueError) as error:
        raise Misshapen(
            f"in the pair ({name!r}, {index!r}) the index should hold one integer for each axis, "
            "such as (1, 0); np.unravel_index makes it from a place in the flattened array"
        ) from error


def passes_right(student: Student, rng: np.random.Generator) -> None:
    """lets right gradients pass.

    The right gradient of a network has small errors in every array.
    """
    for _ in range(2):
        drawn = mlp_instance(rng, SIZES, M)
        errors, _, kinks = checked(student, drawn, gradients(drawn))
        name = max(errors, key=lambda n: errors[n])
        if not any(errors.values()):
            raise Wanting("every error is exactly 0.0", "gradcheck-self-compare")
        if not errors[name] <= 1e-6:
            raise Wanting(f"the gradient is right, and errors[{name!r}] = {errors[name]:.1e}")
        if kinks:
            raise Wanting(f"there is no kink near {kinks[0]}, and it is flagged as one")
    wrong = {name: 2 * g for name, g in gradients(drawn).items()}
    if not max(checked(student, drawn, wrong)[0].values()) > 1e-2:
        raise Wanting("a gradient that is twice too large has small errors too")


def names_the_worst(student: Student, rng: np.random.Generator) -> None:
    """gives each array its own error and names the worst entry.

    One entry off by 1 %, of the smallest array too, is named with its index.
    """
    drawn = mlp_instance(rng, SIZES, M)
    for name in ("b2", "W1", "b3", "W2"):
        grads = gradients(drawn)
        right = {n: g.copy() for n, g in grads.items()}
        index = _spoil(grads, name, rng)
        errors, worst, _ = checked(student, drawn, grads)
        wanted = measure(grads[name], right[name])
        if not any(errors.values()):
            raise Wanting("a gradient that is wrong has error 0.0", "gradcheck-self-compare")
        if abs(errors[name] - wanted) > 0.02 * wanted:
            flat = [np.concatenate([g[n].ravel() for n in g]) for g in (grads, right)]
            common = (np.linalg.norm(flat[0] - flat[1]) / sum(map(np.linalg.norm, flat)), "norm")
            largest = (np.abs(flat[0] - flat[1]).max() / np.abs(flat[1]).max(), "scale")
            for value, what in (common, largest):
                if abs(errors[name] - value) <= 0.02 * value:
                    raise Wanting(
                        f"errors[{name!r}] is relative to one {what} of all arrays together",
                        "gradcheck-global-norm-hides",
                    )
            raise Wanting(
                f"one entry of {name} is off by 1 % of the largest, and errors[{name!r}] is "
                f"{errors[name]:.2g}"
            )
        if worst != (name, index):
            raise Wanting(f"the wrong entry is {name}{list(index)}, and it names {worst}")


def _spoil(grads: dict[str, Array], name: str, rng: np.random.Generator) -> tuple[int, ...]:
    """Put one entry of an array 1 % of its largest off; return its index.

    Elsewhere are smaller errors that look larger to those who measure otherwise: of the smallest
    entry of the array by its own size, and of the array with the largest entries by theirs.
    """
    largest = max(grads, key=lambda n: float(np.abs(grads[n]).max()))
    if largest != name:
        entry = np.unravel_index(np.abs(grads[largest]).argmax(), grads[largest].shape)
        grads[largest][entry] *= 1.006
    array, size = grads[name], float(np.abs(grads[name]).max())
    small = np.unravel_index(np.abs(array).argmin(), array.shape)
    indices = [i for i in np.ndindex(array.shape) if array.size == 1 or i != small]
    index = indices[int(rng.integers(len(indices)))]
    if array.size > 1:
        array[small] += 0.002 * size
    array[index] += 0.01 * size * rng.choice([-1, 1])
    return index


def flags_kinks(student: Student, rng: np.random.Generator) -> None:
    """flags kinks instead of failing them.

    A ReLU exactly at 0: its entries are flagged, and do not count as errors.
    """
    for drawn in (on_a_kink(rng)[0], on_a_faint_kink(rng, 1.5), beside_large_slopes(rng)):
        _flags(student, drawn, {("b1", (0, 0)), *(("W1", (0, j)) for j in range(SIZES[0]))})
    drawn = on_a_faint_kink(rng, 0.6)
    _, _, kinks = checked(student, drawn, gradients(drawn))
    if kinks:
        raise Wanting(
            f"{kinks[0]} is flagged, where |r - l| is smaller than a thousandth: the jump is "
            "compared with 1 at least"
        )
    drawn = steep(rng)
    _, _, kinks = checked(student, drawn, gradients(drawn))
    if kinks:
        raise Wanting(
            f"{kinks[0]} is flagged; its slope is large and bends, and |r - l| is less than a "
            "thousandth of it"
        )


def _flags(student: Student, drawn: MLPInstance, there: set[Any]) -> None:
    errors, _, kinks = checked(student, drawn, gradients(drawn))
    if not kinks:
        raise Wanting(
            "a unit stands exactly on its kink, and no entry is flagged", "gradcheck-kink"
        )
    stray = [kink for kink in kinks if kink not in there]
    if stray:
        raise Wanting(f"{stray[0]} is flagged; no kink is near it")
    if set(kinks) != there:
        raise Wanting(f"{sorted(there - set(kinks))[0]} has a kink and is not flagged")
    name = max(errors, key=lambda n: errors[n])
    if not errors[name] <= 1e-6:
        raise Wanting(
            f"the kinks are flagged, and errors[{name!r}] still counts them", "gradcheck-kink"
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
