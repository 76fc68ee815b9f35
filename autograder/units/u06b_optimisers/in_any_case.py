"""Unit 06b: what must hold whatever the recurrence is: where a mean goes, how long a step is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from autograder.engine.exercise import Wanting
from autograder.engine.student import Parameters, Student
from autograder.networks import Array
from autograder.units.u06b_optimisers.answers import unpack
from autograder.units.u06b_optimisers.instances import ORDER, STATE, Update, update

#: Layers of the networks on which it is tried what must hold whatever the recurrence is.
LAYERS = ((3, 4, 2, 1), (2, 3), (3, 2, 2))


def _run(student: Student, method: str, drawn: Update, updates: int) -> Mapping[str, Any]:
    """What comes back after so many updates from zeros with the same gradient."""
    zeros = {name: 0 * g for name, g in drawn.grads.items()}
    state = {k: dict(zeros) for k in STATE[method]}
    found: dict[str, Any] = dict(drawn.parameters)
    for t in range(1, updates + 1):
        numbers = [t if n == "t" else drawn.numbers[n] for n in ORDER[method]]
        kept = (Parameters(state[k]) for k in STATE[method])
        parameters = Parameters({name: found[name] for name in drawn.parameters})
        name = f"update_parameters_with_{method}"
        found = unpack(method)(
            student.call(name, parameters, Parameters(drawn.grads), *kept, *numbers)
        )
        state = {k: {n: found[f"{k}_{n}"] for n in zeros} for k in STATE[method]}
    return found


def _far(found: Any, wanted: Array) -> bool:
    return not np.allclose(np.asarray(found, dtype=float), wanted, rtol=1e-4, atol=1e-9)


def constant_gradient(student: Student, rng: np.random.Generator) -> None:
    """v goes to the gradient where that stays the same.

    Forty updates with beta = 0.4: what is left of the start is 1e-16 of it. With 1/2 one could
    take beta for 1 - beta.
    """
    for widths in LAYERS:
        drawn = update(rng, "momentum", widths, {"beta": 0.4, "rate": 0.1})
        found = _run(student, "momentum", drawn, 40)
        off = [name for name, g in drawn.grads.items() if _far(found[f"v_{name}"], g)]
        if off:
            told = f"after forty updates with the same gradient, v of {off[0]} is another array"
            right = [name for name in drawn.grads if name not in off]
            raise Wanting(told + (f"; that of {', '.join(right)} is the gradient" if right else ""))


def length_of_a_step(student: Student, rng: np.random.Generator) -> None:
    """a step is as long as the learning rate where the gradient stays the same.

    Whatever the size of the gradient: a thousand times as large, or a thousandth.
    """
    numbers = {"beta": 0.4, "rate": 0.1, "epsilon": 1e-9}
    for size, widths in zip((1e-3, 1.0, 1e3), LAYERS, strict=True):
        drawn = update(rng, "rmsprop", widths, numbers, size=size)
        before, after = (_run(student, "rmsprop", drawn, n) for n in (30, 31))
        _as_long(drawn, before, after, "after thirty updates")


def first_step(student: Student, rng: np.random.Generator) -> None:
    """the first step is as long as the learning rate.

    For each parameter, and whatever the size of its gradient.
    """
    numbers = {"t": 1.0, "rate": 0.1, "beta_one": 0.9, "beta_two": 0.999, "epsilon": 1e-9}
    for size, widths in zip((1e-3, 1.0, 1e3), LAYERS, strict=True):
        drawn = update(rng, "adam", widths, numbers, size=size)
        _as_long(drawn, drawn.parameters, _run(student, "adam", drawn, 1), "at t = 1")


def _as_long(drawn: Update, before: Mapping[str, Any], after: Mapping[str, Any], when: str) -> None:
    off = []
    for name, g in drawn.grads.items():
        step = np.asarray(before[name[1:]]) - np.asarray(after[name[1:]])
        if _far(step, drawn.numbers["rate"] * np.sign(g)):
            off.append(name[1:])
    if off:
        told = f"{when}, {off[0]} has not moved by learning_rate against the sign of d{off[0]}"
        right = [name for name in drawn.parameters if name not in off]
        raise Wanting(told + (f"; {', '.join(right)} moved by it" if right else ""))
