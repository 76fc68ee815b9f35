"""Unit 08, long time: the gradient at every state, its norm, and the Jacobian of one step."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from autograder.engine.exercise import (
    SHAPES,
    TWICE,
    UNCHANGED,
    Exercise,
    Misshapen,
    Property,
    Trial,
    gradients,
    register,
    take,
    values,
)
from autograder.engine.formulas import Formula
from autograder.engine.parts import relatives
from autograder.engine.problem import Claim, Problem
from autograder.engine.student import Parameters, Student
from autograder.errors.words import article
from autograder.networks import Array, upstream_graph
from autograder.networks.chunks import states
from autograder.oracle import gradient
from autograder.units.u07_rnn.instances import RNNInstance, rnn_instance
from autograder.units.u08_long_time import right

#: (n_x, n_a, n_y, m, T): all different; square; one step; one example.
SIZES = ((3, 5, 2, 7, 6), (4, 4, 2, 4, 4), (2, 3, 2, 5, 1), (2, 4, 2, 1, 3))
HIDDEN = ("Wax", "Waa", "ba")


def label(drawn: RNNInstance) -> str:
    n_x, m, T = drawn.x.shape
    return f"n_x = {n_x}, n_a = {drawn.a0.shape[0]}, m = {m}, T = {T}"


def recurrent(drawn: RNNInstance) -> Parameters:
    """The parameters without an output layer."""
    return Parameters({name: drawn.parameters[name] for name in HIDDEN})


def state_trials(student: Student, rng: np.random.Generator) -> Iterator[Trial]:
    for sizes in SIZES:
        drawn = rnn_instance(rng, sizes)
        graph = upstream_graph(drawn.x, drawn.a0, drawn.parameters, drawn.da)
        a = states(drawn.x, drawn.a0, drawn.parameters)
        T = sizes[4]
        claims = {f"g{t}": Claim(f"a{t}") for t in range(T, -1, -1)}
        yield Trial(label(drawn), (drawn.da, a, recurrent(drawn)), Problem(graph, claims))


def columns(value: Any) -> dict[str, Any]:
    """g[:, :, t] under the name ``g<t>``."""
    if not isinstance(value, np.ndarray) or value.ndim != 3:
        found = (
            "None: is a `return` missing?" if value is None else f"{article(type(value).__name__)}"
        )
        shape = f" of shape {value.shape}" if isinstance(value, np.ndarray) else ""
        raise Misshapen(f"returned {found}{shape}; expected an array of shape (n_a, m, T + 1)")
    return {f"g{t}": value[:, :, t] for t in range(value.shape[2])}


register(
    Exercise(
        "state_gradients",
        "08",
        state_trials,
        columns,
        (
            SHAPES,
            Property(
                "g_matches_numeric_gradient",
                "g matches the numeric gradient at every state, a_0 included",
                ("g",),
            ),
            UNCHANGED,
            TWICE,
        ),
        right=right.state_gradients,
    )
)


def norm_trials(student: Student, rng: np.random.Generator) -> Iterator[Trial]:
    for sizes in SIZES:
        drawn = rnn_instance(rng, sizes)
        graph = upstream_graph(drawn.x, drawn.a0, drawn.parameters, drawn.da)
        found = gradient(graph, [f"a{t}" for t in range(sizes[4] + 1)])
        g = np.stack(list(found.values()), axis=2)
        a = states(drawn.x, drawn.a0, drawn.parameters)
        yield Trial(
            label(drawn),
            (drawn.da, a, recurrent(drawn)),
            values={"norms": np.linalg.norm(g, axis=(0, 1))},
            relatives=_other_norms(drawn.da, g),
            instead={"norms": _other_lengths(g)},
        )


def _other_norms(da: Array, g: Array) -> Any:
    direct = np.linalg.norm(da, axis=(0, 1))
    return relatives(
        ("bptt-missing-da-prevt", "the norm of da alone", {"norms": np.append(0.0, direct)})
    )


def _other_lengths(g: Array) -> dict[str, Array]:
    """What else may be called the length of ``g[:, :, t]``, shape (n_a, m)."""
    each, size = np.linalg.norm(g, axis=0), np.abs(g)
    first, both = "of g[:, :, t]", (0, 1)
    return {
        f"the sum of the norms of the columns {first}": each.sum(axis=0),
        f"the mean of the norms of the columns {first}": each.mean(axis=0),
        f"the largest norm of a column {first}": each.max(axis=0),
        f"the sum of the norms of the rows {first}": np.linalg.norm(g, axis=1).sum(axis=0),
        f"the mean of the norms of the rows {first}": np.linalg.norm(g, axis=1).mean(axis=0),
        f"the sum of the absolute values of the entries {first}": size.sum(axis=both),
        f"the mean of the absolute values of the entries {first}": size.mean(axis=both),
        f"the largest absolute value of an entry {first}": size.max(axis=both),
        f"the root of the mean of the squares of the entries {first}": np.sqrt(
            np.square(g).mean(axis=both)
        ),
        f"the mean of the squares of the entries {first}": np.square(g).mean(axis=both),
        f"the sum of the entries {first}": g.sum(axis=both),
        f"the norm of the sum of the columns {first}": np.linalg.norm(g.sum(axis=1), axis=0),
        f"the largest singular value {first}": np.linalg.norm(np.moveaxis(g, 2, 0), 2, axis=(1, 2)),
    }


register(
    Exercise(
        "grad_norms",
        "08",
        norm_trials,
        take("norms"),
        (SHAPES, *values("norms"), UNCHANGED),
        after=("state_gradients",),
    )
)


def jacobian_trials(student: Student, rng: np.random.Generator) -> Iterator[Trial]:
    """One example, so that every output unit is a cost of its own."""
    for n_a in (5, 4):
        drawn = rnn_instance(rng, (3, n_a, 2, 1, 1))
        rows = []
        for unit in np.eye(n_a):
            graph = upstream_graph(drawn.x, drawn.a0, drawn.parameters, unit.reshape(n_a, 1, 1))
            rows.append(gradient(graph, "a0")[:, 0])
        at = states(drawn.x, drawn.a0, drawn.parameters)[:, 0, 1]
        Waa, right = drawn.parameters["Waa"], np.array(rows)
        slope = 1 - at**2
        known = relatives(
            ("denominator-vs-numerator-layout", "its transpose", {"jacobian": right.T}),
            ("missing-activation-derivative", "Waa alone", {"jacobian": Waa}),
            ("row-vs-column-layout", "tanh' on the columns", {"jacobian": Waa * slope}),
            ("waa-no-transpose", "Waa transposed", {"jacobian": slope[:, None] * Waa.T}),
        )
        wanted, held = {"jacobian": right}, {"a": at[:, None], "Waa": Waa}
        formulas = {"jacobian": Formula("(1 - a**2) * Waa", held, {"a": "a_next[:, None]"})}
        yield Trial(f"n_a = {n_a}", (at, Waa), values=wanted, relatives=known, formulas=formulas)


register(
    Exercise(
        "step_jacobian",
        "08",
        jacobian_trials,
        take("jacobian"),
        (
            SHAPES,
            *gradients("jacobian"),
            UNCHANGED,
        ),
    )
)
