"""Values that were returned in another order, by shape and by value."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import permutations

import numpy as np

from autograder.engine.exercise import Exercise
from autograder.engine.findings import Outcome
from autograder.engine.locate.case import CLOSE, number_array, same
from autograder.networks import Array

#: More values than this are not returned as a tuple.
MOST = 4


def returned_order(exercise: Exercise, outcomes: Sequence[Outcome]) -> tuple[str, ...]:
    """Return the names of the values in the order in which they came back, if it is another one.

    It has to fit on every instance: where one value has its shape and numbers in another place.

    Returns
    -------
    tuple of str
        Empty if the order is the contract's, or the values are not told apart.
    """
    names = tuple(getattr(exercise.unpack, "names", ()))
    came = [outcome for outcome in outcomes if len(outcome.values) == len(names)]
    if not 1 < len(names) <= MOST or not came or len(came) < len(outcomes):
        return ()
    fitting = [
        order
        for order in permutations(names)
        if order != names and all(_fits(outcome, order, names) for outcome in came)
    ]
    if len(fitting) != 1 or not any(_wrong(outcome) for outcome in came):
        return ()
    return tuple(name.lstrip("_") for name in fitting[0])


def _wrong(outcome: Outcome) -> bool:
    return bool(outcome.trouble) or any(g is not None and g.wrong for g in outcome.gaps.values())


def _fits(outcome: Outcome, order: Sequence[str], names: Sequence[str]) -> bool:
    """Whether the values, read in this order, are all right; at least one array has moved."""
    wanted = _wanted(outcome)
    compared = 0
    for value, name in zip(outcome.values, order, strict=True):
        if name.startswith("_"):
            continue
        array = number_array(value)
        tolerance = max(CLOSE, outcome.trial.tolerance or 0.0)
        if name not in wanted or array is None or not same(array, wanted[name], tolerance):
            return False
        compared += 1
    return compared > 0


def _wanted(outcome: Outcome) -> dict[str, Array]:
    right = outcome.wanted or outcome.trial.wanted()
    return {name: np.asarray(array, dtype=float) for name, array in right.items()}


def sentence(order: Sequence[str], names: Sequence[str]) -> str:
    """Say both orders."""
    contract = ", ".join(name.lstrip("_") for name in names)
    return f"you returned ({', '.join(order)}), the contract asks for ({contract})"


def order_of(exercise: Exercise, outcomes: Sequence[Outcome]) -> str:
    """Say in which order the values came back, if it is not the contract's; else nothing."""
    order = returned_order(exercise, outcomes)
    return sentence(order, getattr(exercise.unpack, "names", ())) if order else ""
