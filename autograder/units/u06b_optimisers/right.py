"""Unit 06b: right functions to stand in for wrong ones where a caller of theirs is judged.

An update is read off its graph.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from autograder.engine.student import Student
from autograder.networks import Array
from autograder.units.u06b_optimisers.instances import STATE, Update

Right = Callable[..., Any]
Arrays = Mapping[str, Array]


def initialize_velocity(student: Student) -> Right:
    return lambda parameters: {f"d{name}": np.zeros(p.shape) for name, p in parameters.items()}


def update_parameters(method: str, order: tuple[str, ...], defaults: Mapping[str, float]) -> Any:
    """What makes a right function of one method, whose numbers come in this order."""

    def right(student: Student) -> Right:
        def step(parameters: Arrays, grads: Arrays, *rest: Any, **named: Any) -> Any:
            kept = len(STATE[method])
            state = dict(zip(STATE[method], rest[:kept], strict=True))
            numbers = {**defaults, **dict(zip(order, rest[kept:], strict=False))}
            said = {"learning_rate": "rate", "beta1": "beta_one", "beta2": "beta_two"}
            numbers |= {said.get(name, name): value for name, value in named.items()}
            v, s = (dict(state.get(letter, {})) for letter in "vs")
            chosen = {name: numbers[name] for name in order}
            made = Update(method, dict(parameters), dict(grads), v, s, chosen).values()
            moved = {name: made[name].copy() for name in parameters}
            means = ({n: made[f"{k}_{n}"].copy() for n in state[k]} for k in STATE[method])
            return (moved, *means) if state else moved

        return step

    return right


def update_lr(student: Student) -> Right:
    return lambda rate0, epoch, decay: rate0 / (1 + decay * epoch)
