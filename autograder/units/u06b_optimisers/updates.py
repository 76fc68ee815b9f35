"""Unit 06b, one update: descent, momentum, RMSprop, Adam.

What is right is the published recurrence, as a graph.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

import numpy as np

from autograder.engine.exercise import (
    SHAPES,
    TWICE,
    UNCHANGED,
    Exercise,
    Property,
    Trial,
    register,
)
from autograder.engine.parts import Later
from autograder.engine.student import Parameters, Student
from autograder.engine.unpack import Values
from autograder.networks import Array
from autograder.units.u06b_optimisers import right
from autograder.units.u06b_optimisers.answers import unpack
from autograder.units.u06b_optimisers.contract import UNIT
from autograder.units.u06b_optimisers.formulas import formulas
from autograder.units.u06b_optimisers.in_any_case import (
    constant_gradient,
    first_step,
    length_of_a_step,
)
from autograder.units.u06b_optimisers.instances import ORDER, SMALL, STATE, WIDTHS, Update, update
from autograder.units.u06b_optimisers.slips import by_place, known

DEFAULTS = {"epsilon": 1e-8, "rate": 0.01, "beta_one": 0.9, "beta_two": 0.999}
#: As many of them as may be left out.
OPTIONAL = {"gd": 0, "momentum": 0, "rmsprop": 1, "adam": 4}
_SAID = {"rate": "learning_rate", "beta_one": "beta1", "beta_two": "beta2"}


def _numbers(rng: np.random.Generator, method: str, default: bool) -> dict[str, float]:
    """Numbers of which no two are equal; with `default` those that may be left out are."""
    found = {
        "rate": rng.uniform(0.2, 0.4),
        "beta": rng.uniform(0.55, 0.7),
        "beta_one": rng.uniform(0.55, 0.7),
        "beta_two": rng.uniform(0.75, 0.9),
        "epsilon": rng.uniform(0.05, 0.15),
        "t": float(rng.integers(2, 5)),
    }
    left_out = ORDER[method][len(ORDER[method]) - OPTIONAL[method] :] if default else ()
    return {n: DEFAULTS[n] if n in left_out else float(found[n]) for n in ORDER[method]}


def _trial(
    drawn: Update,
    default: bool = False,
    more: Mapping[str, Array] | None = None,
    told: str = "",
) -> Trial:
    """One trial; `more` are other entries of grads, and `told` is said of it besides."""
    order = ORDER[drawn.method]
    given = order[: len(order) - OPTIONAL[drawn.method]] if default else order
    numbers = [int(drawn.numbers[n]) if n == "t" else drawn.numbers[n] for n in given]
    grads = Parameters({**drawn.grads, **(more or {})})
    said = ", ".join(f"{_SAID.get(n, n)} = {drawn.numbers[n]:.3g}" for n in given)
    return Trial(
        f"{drawn.label}, {told}{said}",
        (Parameters(drawn.parameters), grads, *drawn.state(), *numbers),
        values=drawn.values(),
        relatives=Later(lambda: known(drawn, named=default)),
        graph=drawn.graph,
        nodes=drawn.nodes,
        formulas=formulas(drawn),
    )


def _turned(drawn: Update) -> Update:
    """The same update; the layers of grads, v and s stand in three other orders."""

    def beginning(arrays: Mapping[str, Array], layers: str) -> dict[str, Array]:
        return {name: arrays[name] for name in sorted(arrays, key=lambda n: layers.index(n[-1]))}

    grads, v, s = map(beginning, (drawn.grads, drawn.v, drawn.s), ("321", "231", "312"))
    return replace(drawn, grads=grads, v=v, s=s)


def _trials(method: str) -> Callable[[Student, np.random.Generator], Iterator[Trial]]:
    def trials(student: Student, rng: np.random.Generator) -> Iterator[Trial]:
        for widths in WIDTHS:
            yield _trial(update(rng, method, widths, _numbers(rng, method, False)))
        turned = _turned(update(rng, method, WIDTHS[1], _numbers(rng, method, False)))
        trial = _trial(turned, told="the layers of each dict in an order of their own, ")
        yield replace(trial, relatives=Later(lambda: (*known(turned), *by_place(turned))))
        # grads as the backward pass of unit 04 returns them, and so small that 1e-8 is seen
        drawn = update(rng, method, WIDTHS[0], _numbers(rng, method, True), size=1e-7)
        yield _trial(drawn, True, {"dA1": rng.normal(size=(5, 7)), "dZ2": rng.normal(size=(2, 7))})

    return trials


def _small(method: str) -> Callable[[Student, np.random.Generator], Iterator[Trial]]:
    def trials(student: Student, rng: np.random.Generator) -> Iterator[Trial]:
        numbers = {
            "rate": 0.5,
            "beta": 0.5,
            "beta_one": 0.5,
            "beta_two": 0.75,
            "epsilon": 0.25,
            "t": 2.0,
        }
        chosen = {name: numbers[name] for name in ORDER[method]}
        for widths in SMALL:
            yield _trial(update(rng, method, widths, chosen, whole=True))

    return trials


_HOLDS: dict[str, tuple[Property, ...]] = {
    "gd": (),
    "momentum": (Property("v_goes_to_a_constant_gradient", holds=constant_gradient, alone=False),),
    "rmsprop": (Property("a_step_is_as_long_as_the_rate", holds=length_of_a_step, alone=False),),
    "adam": (Property("the_first_step_is_as_long_as_the_rate", holds=first_step, alone=False),),
}
for _method, _kept in STATE.items():
    register(
        Exercise(
            f"update_parameters_with_{_method}",
            UNIT,
            _trials(_method),
            Values(("parameters", *STATE[_method]), unpack(_method)),
            (
                SHAPES,
                *(
                    Property(f"{k}_is_right", f"{k} has the right values", (f"{k}_dW", f"{k}_db"))
                    for k in _kept
                ),
                Property("parameters_are_right", "parameters have the right values", ("W", "b")),
                *_HOLDS[_method],
                UNCHANGED,
                TWICE,
            ),
            after=("update_parameters_with_momentum",) if _method == "adam" else (),
            right=right.update_parameters(_method, ORDER[_method], DEFAULTS),
            smaller=_small(_method),
        )
    )
