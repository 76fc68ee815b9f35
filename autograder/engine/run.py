"""Run one trial of an exercise and compare what came back with what was wanted."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from typing import Any

import numpy as np

from autograder.engine.compare import Gap, compare
from autograder.engine.exercise import Exercise, Misshapen, Trial
from autograder.engine.findings import Outcome
from autograder.engine.own_forward import stands
from autograder.engine.student import Student
from autograder.networks import Array
from autograder.observe import StudentError

#: A smaller defect needs no comparison entry by entry.
CERTAIN = 1e-8
#: Of an array that only the forward pass as it was written could tell right from wrong.
UNJUDGED = (
    "mend {} first: what it returns does not depend on its inputs as it should, so that no "
    "gradient can be measured by it"
)


def run(exercise: Exercise, trial: Trial, student: Student) -> Outcome:
    """Call the function twice with the trial's arguments, and observe it."""
    outcome, unpack = Outcome(trial), trial.unpack or exercise.unpack
    try:
        watched = student.watched if trial.problem is not None else ()
        reply = student.observe(exercise.name, *trial.args, count=watched)
        outcome.changed, outcome.calls = _unasked(reply.changed, exercise.writes), reply.counts
        if isinstance(reply.value, (tuple, list)):
            outcome.values = tuple(reply.value)
        outcome.returned = unpack(reply.value)
        again = _again(exercise, trial, student, outcome)
    except Misshapen as error:
        outcome.trouble = str(error)
        return outcome
    except StudentError as error:
        what = "a second call" if outcome.returned else "it"
        outcome.trouble, outcome.error = f"with {trial.label} {what} raised {error}", error
        outcome.repeated = not outcome.returned  # the first call went well
        return outcome
    outcome.gaps = _gaps(outcome)
    outcome.unlike = _unlike(outcome.returned, again or {})
    outcome.repeated = again is not None and not outcome.unlike
    if outcome.changed and outcome.repeated:
        outcome.repeated = _stays(exercise, trial, student, outcome.returned)
    return outcome


def _again(
    exercise: Exercise, trial: Trial, student: Student, outcome: Outcome
) -> dict[str, Any] | None:
    """What a second call returns; None if it raised over arguments that the first one changed.

    That is one mistake, and the first answer is judged as it is.
    """
    kept, unpack = len(student.errors), trial.unpack or exercise.unpack
    try:
        return unpack(student.call(exercise.name, *trial.args))
    except StudentError:
        if not outcome.changed:
            raise
        del student.errors[kept:]
        return None


def _stays(exercise: Exercise, trial: Trial, student: Student, returned: Mapping[str, Any]) -> bool:
    """Whether a second call says the same with the very arrays that the first one changed."""
    kept, unpack = len(student.errors), trial.unpack or exercise.unpack
    try:
        again = unpack(student.observe(exercise.name, *trial.args, calls=2).value)
    except (Misshapen, StudentError):
        del student.errors[kept:]
        return False
    return not _unlike(returned, again)


def _unlike(one: Mapping[str, Any], other: Mapping[str, Any]) -> tuple[str, ...]:
    """The names under which two answers hold something else."""
    return tuple(name for name in one if not _same(one[name], other.get(name)))


def _unasked(changed: Iterable[str], writes: Container[int]) -> tuple[str, ...]:
    """The changed arguments that the contract does not let it write into."""
    return tuple(path for path in changed if int(path.partition("[")[0]) not in writes)


def _gaps(outcome: Outcome) -> dict[str, Gap | None]:
    """Every array that was wanted, and how it differs; None where it is right."""
    trial, returned = outcome.trial, outcome.returned
    if trial.problem is not None and trial.truth is None and not trial.values:
        claims, arrays = trial.problem.claims, floats(returned)
        if claims.keys() <= arrays.keys():
            outcome.defect = trial.problem.defect(arrays)
            if outcome.defect <= CERTAIN:
                return dict.fromkeys(claims)
    return _compared(outcome, trial.wanted())


def _compared(outcome: Outcome, wanted: Mapping[str, Array]) -> dict[str, Gap | None]:
    """Each array beside the one that was wanted; what is right by the book is right as well."""
    trial, returned = outcome.trial, outcome.returned
    outcome.wanted = dict(wanted)
    missing = [name for name in wanted if name not in returned]
    absent = f"there is no {_some(missing, 'or')}; returned are {_some(sorted(returned), 'and')}"
    gaps: dict[str, Gap | None] = {}
    for name, right in wanted.items():
        if name in missing:
            gaps[name] = Gap(name, "missing", absent)
        else:
            gaps[name] = compare(name, returned[name], right, trial.tolerance)
    if trial.own is None or trial.problem is None:
        return gaps
    outcome.lent = {n for n in trial.own.forgotten if n in gaps and gaps[n] is None}
    return _by_the_book(outcome, gaps, trial.own.dead - outcome.lent)


def _by_the_book(
    outcome: Outcome, gaps: Mapping[str, Gap | None], unjudged: Container[str]
) -> dict[str, Gap | None]:
    """Beside a wrong forward pass, what is right for the right one is right too.

    What is `unjudged` is held to the right one alone: nothing is learnt by the student's own.
    """
    trial, returned = outcome.trial, outcome.returned
    assert trial.problem is not None
    assert trial.own is not None
    if not any(name in unjudged or (gap is not None and gap.wrong) for name, gap in gaps.items()):
        return dict(gaps)
    truth, found = trial.problem.truth(), dict(gaps)
    for name, gap in gaps.items():
        book = compare(name, returned[name], truth[name]) if name in returned else gap
        if book is None:
            found[name] = None
        elif name in unjudged and (gap is None or gap.kind == "values"):
            found[name] = Gap(name, "forward", UNJUDGED.format(trial.own.name))
    return found


def without_support(outcomes: Iterable[Outcome]) -> None:
    """Judge by the book alone where the student's own forward passes are none, all in all."""
    beside = [o for o in outcomes if o.trial.own is not None and o.gaps]
    if stands(o.trial.own for o in beside if o.trial.own is not None):
        return
    for outcome in beside:
        assert outcome.trial.problem is not None
        outcome.gaps = _by_the_book(outcome, outcome.gaps, outcome.gaps.keys())
        outcome.lent = set()
        outcome.wanted = outcome.trial.problem.truth()


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
    if a.shape == b.shape and a.dtype == b.dtype and a.tobytes() == b.tobytes():
        return True
    return a.shape == b.shape and bool(np.allclose(a, b, rtol=1e-9, atol=0, equal_nan=True))
