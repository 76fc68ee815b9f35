"""Unit 03b, before training: the sizes, and the parameters that it starts with."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from autograder.engine.compare import form
from autograder.engine.exercise import (
    Barrier,
    Exercise,
    Property,
    Wanting,
    register,
    take,
    take_dict,
)
from autograder.engine.parts import integer, no_trials
from autograder.engine.student import Student
from autograder.networks import Array
from autograder.units.u03b_one_hidden_layer import right
from autograder.units.u04_network.initial import normal_numbers, units_differ

#: Hidden units, where nobody says how many.
N_H = 4
SCALE = 0.01


def sizes(student: Student, rng: np.random.Generator) -> None:
    """returns n_x, 4 and n_y, read off the shapes of X and Y.

    On several shapes: the rows of X and of Y, not their columns, and 4.
    """
    for n_x, n_y, m in ((2, 1, 7), (5, 3, 4), (3, 1, 1)):
        X, Y = rng.normal(size=(n_x, m)), (rng.random((n_y, m)) < 0.5).astype(float)
        reply = student.observe("layer_sizes", X, Y)
        if reply.changed:
            raise Wanting("it changes an argument in place")
        found = take("n_x", "n_h", "n_y")(reply.value)
        for name, wanted in (("n_x", n_x), ("n_h", N_H), ("n_y", n_y)):
            if integer(name, found[name]) != wanted:
                raise Wanting(
                    f"for X of shape {X.shape} and Y of shape {Y.shape} {name} is {found[name]}, "
                    f"expected {wanted}"
                )


register(
    Exercise(
        "layer_sizes",
        "03b",
        no_trials,
        take("n_x", "n_h", "n_y"),
        (Property("reads_the_sizes_off_X_and_Y", holds=sizes),),
        right=right.layer_sizes,
        unread=("X", "Y"),
    )
)


def initialisation(student: Student, rng: np.random.Generator) -> None:
    """starts with zero biases and normal weights that differ, 0.01 times standard normal ones.

    In their shapes, also where all sizes differ and with one unit; of the right scale; no number
    stands in both layers.
    """
    for n_x, n_h, n_y in ((2, 4, 1), (5, 3, 2), (3, 1, 1)):
        for name, array in parameters_of(student, n_x, n_h, n_y).items():
            if name[0] == "b" and np.abs(array).max() > 0:
                raise Wanting(f"{name} is not zero; biases start at zero")
    n_x, n_h, n_y = (int(n) for n in rng.permutation([80, 60, 50]))
    found = parameters_of(student, n_x, n_h, n_y)
    for name in ("W1", "W2"):
        _weights(name, found[name])
    first, second = (np.abs(found[name].ravel()).round(12) for name in ("W1", "W2"))
    if len(np.intersect1d(first, second)) > 5:
        raise Wanting(
            "W1 and W2 hold the same numbers: let one generator go on, without a seed between them"
        )


def _weights(name: str, W: Array) -> None:
    units_differ(name, W)
    ratio = float(W.std() / SCALE)
    if not 0.9 < ratio < 1.1:
        raise Wanting(
            f"the entries of {name} are {ratio:.2g} times as large as 0.01 times standard normal "
            "numbers are"
        )
    normal_numbers(name, W)


def parameters_of(student: Student, n_x: int, n_h: int, n_y: int) -> Mapping[str, Array]:
    """The parameters that a student starts with, in their shapes and under their names."""
    found = take_dict(student.call("initialize_parameters", n_x, n_h, n_y))
    wanted = {"W1": (n_h, n_x), "b1": (n_h, 1), "W2": (n_y, n_h), "b2": (n_y, 1)}
    kept = {}
    for name, shape in wanted.items():
        if getattr(found.get(name), "shape", ()) == shape[::-1] != shape and name[0] == "W":
            raise Barrier(
                f"{name} has shape {shape[::-1]}, expected {shape}", "row-vs-column-layout"
            )
        flaw = form(name, found.get(name), shape)
        if flaw is not None and flaw.wrong:
            raise Barrier(flaw.message)
        kept[name] = np.asarray(found[name], dtype=float)
    more = ", ".join(sorted(found.keys() - wanted.keys()))
    if more:
        raise Barrier(f"there are other entries than W1, b1, W2 and b2: {more}")
    return kept


register(
    Exercise(
        "initialize_parameters",
        "03b",
        no_trials,
        take_dict,
        (Property("breaks_symmetry_at_the_right_scale", holds=initialisation),),
        right=right.initialize_parameters,
    )
)
