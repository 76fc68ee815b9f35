"""Unit 05: which faults a student's test never refuses, found by trying it array by array."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import combinations

import numpy as np

from autograder.errors.words import some
from autograder.units.u05_gradient_check.bounds import too_loose
from autograder.units.u05_gradient_check.tried_test import NAN, Asks, Case, Faults, Tried, with_nan
from autograder.units.u05_gradient_check.wrong_versions import Impostor, Outputs, layer_problem

#: Wrong answers of another shape.
_SHAPES = ("db_flat", "db_square")


def why(asks: Asks, cases: Sequence[Case], impostor: Impostor) -> tuple[str, str]:
    """Return what a wrong answer that passes has in common with others, and a misconception's id.

    Parameters
    ----------
    asks : function
        The student's test, of a case and an output.
    cases : sequence of dict
    impostor : Impostor
        What passed on all cases.
    """
    survivor = f"this passes, and is wrong: {impostor.sentence}"
    for case in cases:
        tried = Tried(asks, case, layer_problem(case).truth())
        wrong = impostor.outputs(case)
        guilty = [n for n, a in tried.right.items() if not np.array_equal(wrong[n], a)]
        if len(guilty) != 1 or not tried.passes({}):
            continue
        for rule in _rules(impostor):
            if told := rule(tried, guilty[0]):
                return told, ""
        if impostor.name not in (NAN, *_SHAPES):
            told, id = too_loose(tried, guilty[0])
            return f"{survivor}{told}", id
    return survivor, ""


def _rules(impostor: Impostor) -> Sequence[Callable[[Tried, str], str]]:
    if impostor.name in _SHAPES:
        return _unjudged, _one_is_enough, _flat
    nan = (_nan,) if impostor.name == NAN else ()
    return _unjudged, _one_is_enough, _one_side, _some_entries, _sums, *nan


def _unjudged(tried: Tried, name: str) -> str:
    """Arrays in which nothing is refused, where in others something is."""
    dead = [n for n in tried.right if tried.never_refuses(n)]
    judged = [n for n in tried.right if n not in dead]
    # two of them may be judged together
    if name not in dead or not judged or not tried.passes(tried.all_wrong(dead)):
        return ""
    nan = ", nor nan" if all(tried.passes({n: with_nan(tried.right[n])}) for n in dead) else ""
    alone = f"{some(judged)} alone {'is' if len(judged) == 1 else 'are'} judged"
    told = f"no wrong number in {some(dead, 'or')} is refused, however far it is off{nan}: {alone}"
    if judged == [list(tried.right)[-1]]:
        told += ". Where a loop sets its verdict anew for each array, that of the last one remains"
    elif judged == [next(iter(tried.right))]:
        told += ". Where a loop returns its verdict on the first array, no other one is looked at"
    return told


def _one_is_enough(tried: Tried, name: str) -> str:
    """A right array makes up for the wrong ones."""
    names = list(tried.right)
    groups = [g for count in (3, 2) for g in combinations(names, count) if name in g]
    for group in groups:
        left_right = [[n for n in group if n != one] for one in group]
        all_but_one = all(tried.passes(tried.all_wrong(wrong)) for wrong in left_right)
        if all_but_one and not tried.passes(tried.all_wrong(group)):
            return (
                f"faults in {some(group)} pass as long as one of them is right, whichever it is, "
                "and are refused where none is: one right array is enough there, as with `any` or "
                "`or`. All of them have to be right"
            )
    return ""


def _one_side(tried: Tried, name: str) -> str:
    """Faults upwards, or downwards, of whatever size pass, and the others do not."""
    for sign, side, other in ((1, "upwards", "downwards"), (-1, "downwards", "upwards")):

        def holds(n: str, sign: int = sign) -> bool:
            passes = tried.all_pass(n, tried.moved(n, (0, -1), (sign,)))
            return passes and tried.refuses_all(n, tried.moved(n, (0, -1), (-sign,)))

        found = [n for n in tried.right if holds(n)]
        if name in found:
            return (
                f"a number in {some(found, 'or')} that is off {side} passes, however far, and one "
                f"that is off {other} is refused: a gap has a sign, and |a - b| has none"
            )
    return ""


def _some_entries(tried: Tried, name: str) -> str:
    """Of the first and the last entry only one is judged."""
    for place, here, there in ((-1, "last", "first"), (0, "first", "last")):

        def holds(n: str, place: int = place) -> bool:
            passes = tried.all_pass(n, tried.moved(n, (place,)))
            return passes and tried.refuses_all(n, tried.moved(n, (-1 - place,)))

        found = [n for n in tried.right if holds(n)]
        if name in found:
            return (
                f"the {here} entry of {some(found, 'or')} may be off, however far, where a fault "
                f"in the {there} one is refused: not all entries are judged"
            )
    return ""


def _sums(tried: Tried, name: str) -> str:
    """Faults that cancel in a sum pass."""

    def holds(n: str) -> bool:
        passes = tried.all_pass(n, tried.cancelling(n))
        return passes and tried.refuses_all(n, tried.moved(n, (0, -1)))

    found = [n for n in tried.right if tried.right[n].size > 1 and holds(n)]
    if name not in found:
        return ""
    return (
        f"two numbers in {some(found, 'or')}, one as much too large as the other is too small, "
        "pass, however far they are off; one alone is refused: in a sum of the gaps they cancel, "
        "and in a sum of |gaps| they do not"
    )


def _nan(tried: Tried, name: str) -> str:
    """nan passes where numbers do not."""
    holes = [n for n, a in tried.right.items() if tried.passes({n: with_nan(a)})]
    if name not in holes or not all(tried.refuses_all(n, tried.moved(n, (0, -1))) for n in holes):
        return ""
    return (
        f"this passes, and is wrong: one entry of {some(holes, 'or')} is nan, where a wrong "
        "number is refused. A comparison with nan is False: `error > bound` does not find it"
    )


def _flat(tried: Tried, name: str) -> str:
    """Which arrays may have one axis, and which may not."""
    flat: Faults = {n: a.ravel() for n, a in tried.right.items()}
    passing = [n for n, fault in flat.items() if tried.passes({n: fault})]
    if name not in passing:
        return ""
    refused = [n for n in flat if n not in passing]
    rest = f"; {some(refused, 'or')} with one axis does not" if refused else ""
    return f"this passes, and is wrong: {some(passing, 'or')} with one axis, shape (n,){rest}"


def off_by(part: float, name: str, right: Outputs) -> Outputs:
    """The outputs with a wrong last entry of an array, by a part of the largest."""
    fault = right[name].copy()
    fault[-1, -1] += part * np.abs(fault).max()
    return right | {name: fault}


def two_cancel(right: Outputs) -> Outputs:
    """The outputs with two wrong entries in dW, one up and one down."""
    dW = right["dW"].copy()
    step = 0.01 * np.abs(dW).max()
    dW[0, 0] += step
    dW[-1, -1] -= step
    return right | {"dW": dW}
