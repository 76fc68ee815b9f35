"""Values that were returned in another order, by value."""

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

    It has to fit on every instance: read in that order, everything is right.

    Returns
    -------
    tuple of str
        Empty if the order is the contract's, or the values are not told apart.
    """
    names = tuple(getattr(exercise.unpack, "names", ()))
    came = [outcome for outcome in outcomes if len(outcome.values) == len(names)]
    if not 1 < len(names) <= MOST or not came or len(came) < len(outcomes):
        return ()
    if not any(_wrong(outcome) for outcome in came):
        return ()
    fitting = [
        order
        for order in permutations(names)
        if order != names and all(_fits(exercise, one, order, names) for one in came)
    ]
    return tuple(name.lstrip("_") for name in fitting[0]) if len(fitting) == 1 else ()


def _wrong(outcome: Outcome) -> bool:
    return bool(outcome.trouble) or any(g is not None and g.wrong for g in outcome.gaps.values())


def _fits(exercise: Exercise, outcome: Outcome, order: Sequence[str], names: Sequence[str]) -> bool:
    """Whether everything is right when the values are read in this order."""
    by_name = dict(zip(order, outcome.values, strict=True))
    unpack = outcome.trial.unpack or exercise.unpack
    try:
        found = unpack(tuple(by_name[name] for name in names))
    except Exception:  # values in a wrong place can fail in any way
        return False
    tolerance = max(CLOSE, outcome.trial.tolerance or 0.0)
    arrays = {name: number_array(found.get(name)) for name in _wanted(outcome)}
    return bool(arrays) and all(
        array is not None and same(array, _wanted(outcome)[name], tolerance)
        for name, array in arrays.items()
    )


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
