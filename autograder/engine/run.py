"""Run one trial of an exercise and compare what came back with what was wanted."""

from __future__ import annotations

from typing import Any

import numpy as np

from autograder.engine.compare import Gap, compare
from autograder.engine.exercise import Exercise, Misshapen, Trial
from autograder.engine.judge import Outcome
from autograder.engine.student import Student
from autograder.networks import Array
from autograder.observe import StudentError

#: A smaller defect needs no comparison entry by entry.
CERTAIN = 1e-8


def run(exercise: Exercise, trial: Trial, student: Student) -> Outcome:
    """Call the function twice with the trial's arguments, and observe it."""
    outcome, unpack = Outcome(trial), trial.unpack or exercise.unpack
    try:
        watched = student.watched if trial.problem is not None else ()
        reply = student.observe(exercise.name, *trial.args, count=watched)
        outcome.changed, outcome.calls = reply.changed, reply.counts
        outcome.returned = unpack(reply.value)
        again = unpack(student.call(exercise.name, *trial.args))
    except Misshapen as error:
        outcome.trouble = str(error)
        return outcome
    except StudentError as error:
        outcome.trouble = f"with {trial.label} it raised {error}"
        outcome.repeated = not outcome.returned  # the first call went well
        return outcome
    outcome.gaps = _gaps(outcome)
    outcome.repeated = all(_same(outcome.returned[n], again.get(n)) for n in outcome.returned)
    return outcome


def _gaps(outcome: Outcome) -> dict[str, Gap | None]:
    """Every array that was wanted, and how it differs; None where it is right."""
    trial, returned = outcome.trial, outcome.returned
    if trial.problem is not None and trial.truth is None and not trial.values:
        claims, arrays = trial.problem.claims, floats(returned)
        if claims.keys() <= arrays.keys():
            outcome.defect = trial.problem.defect(arrays)
            if outcome.defect <= CERTAIN:
                return dict.fromkeys(claims)
    gaps: dict[str, Gap | None] = {}
    wanted = trial.wanted()
    missing = [name for name in wanted if name not in returned]
    absent = f"there is no {_some(missing, 'or')}; returned are {_some(sorted(returned), 'and')}"
    for name, right in wanted.items():
        if name in missing:
            gaps[name] = Gap(name, "missing", absent)
        else:
            gaps[name] = compare(name, returned[name], right, trial.tolerance)
    return gaps if trial.truth is None else _by_the_book(trial, returned, gaps)


def _by_the_book(
    trial: Trial, returned: dict[str, Any], gaps: dict[str, Gap | None]
) -> dict[str, Gap | None]:
    """Beside a wrong forward pass, what is right for the right one is right too."""
    if trial.problem is None or not any(gap is not None and gap.wrong for gap in gaps.values()):
        return gaps
    truth = trial.problem.truth()
    both = {n: compare(n, returned[n], truth[n]) if n in returned else gaps[n] for n in gaps}
    return {n: both[n] if both[n] is None else gap for n, gap in gaps.items()}


def _some(names: list[str], conjunction: str) -> str:
    """A few names in a row: ``"dW1, db1 or 14 others"``."""
    if len(names) < 2:
        return "".join(names) or "nothing"
    first, last = (names[:12], names[12:]) if len(names) > 13 else (names[:-1], names[-1:])
    return f"{', '.join(first)} {conjunction} {last[0] if len(last) == 1 else f'{len(last)} more'}"


def floats(returned: dict[str, Any]) -> dict[str, Array]:
    """The returned values that are arrays of finite floats."""
    found = {}
    for name, value in returned.items():
        if isinstance(value, (np.ndarray, np.generic, float)):
            array = np.asarray(value)
            if array.dtype == np.float64 and np.isfinite(array).all():
                found[name] = array.astype(float)
    return found


def _same(one: Any, other: Any) -> bool:
    """Whether two calls gave the same numbers; what holds no numbers is judged by its type."""
    if type(one) is not type(other):
        return False
    if not isinstance(one, (np.ndarray, np.generic, float, int)):
        return True
    a, b = np.asarray(one), np.asarray(other)
    if a.dtype.kind not in "fciub" or b.dtype.kind not in "fciub":
        return a.dtype == b.dtype
    return a.shape == b.shape and bool(np.allclose(a, b, rtol=1e-9, atol=0, equal_nan=True))
