"""The smallest instance on which a function fails, with all its inputs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import islice
from typing import Any

import numpy as np

from autograder.engine.compare import Gap
from autograder.engine.exercise import Exercise, Misshapen, Trial
from autograder.engine.findings import Outcome
from autograder.engine.locate.case import argument_names, arguments, symbols_of
from autograder.engine.locate.written import least, written
from autograder.engine.report.statement import Statement
from autograder.engine.run import run
from autograder.engine.student import NotWritten, Student
from autograder.errors.words import some
from autograder.networks import Array
from autograder.observe import StudentError

#: So many small trials are run at most, each with two calls of the function and one or two of its
#: forward pass.
MOST_TRIALS = 8
#: Inputs, what came back and what is right: more entries are not written out, `example` hands
#: them over.
MOST_ENTRIES = 40
#: A dict of so many entries at most is written out.
_SETTINGS = 8


def smallest(exercise: Exercise, student: Student, outcomes: Sequence[Outcome]) -> Outcome | None:
    """Return the smallest trial on which the function fails; None if it fails on none.

    Parameters
    ----------
    exercise : Exercise
    student : Student
    outcomes : sequence of Outcome
        Of the trials that ran already: the smallest of these where no smaller one fails.
    """
    failing = [outcome for outcome in outcomes if outcome.wrong]
    if not failing:
        return None
    first, finite = _first_wrong(failing[0]), not all(map(_is_infinite, failing))

    def hides(outcome: Outcome) -> bool:
        return _hides_shape(outcome) or (finite and _is_infinite(outcome))

    if exercise.smaller is not None:
        apart = Student(student.namespace)  # what is raised here is not told
        trials = exercise.smaller(apart, np.random.default_rng(0))
        for outcome in _run(exercise, apart, islice(trials, MOST_TRIALS)):
            if outcome.wrong and _first_wrong(outcome) == first and not hides(outcome):
                return outcome
    alike = [outcome for outcome in failing if _first_wrong(outcome) == first]
    telling = [outcome for outcome in alike if not hides(outcome)]
    return min(telling or alike, key=_entries)


def _is_infinite(outcome: Outcome) -> bool:
    """Whether the first wrong array is nan or infinite, which shows nothing of other mistakes."""
    wrong = outcome.first_wrong
    return wrong is not None and wrong.kind == "not finite"


def _hides_shape(outcome: Outcome) -> bool:
    """Whether an array of a wrong shape has one entry: it looks as if brackets were missing."""
    wrong = outcome.first_wrong
    if wrong is None or wrong.kind != "shape":
        return False
    right = (outcome.wanted or outcome.trial.wanted()).get(wrong.name)
    return right is not None and right.ndim > 0 and right.size == 1


def _run(exercise: Exercise, student: Student, trials: Iterable[Trial]) -> Iterable[Outcome]:
    try:
        for trial in trials:
            yield run(exercise, trial, student)
    except (NotWritten, StudentError, Misshapen):
        return


def _first_wrong(outcome: Outcome) -> str:
    """The kind of the first wrong array, or nothing if it raised."""
    wrong = [
        name.rstrip("0123456789")
        for name, gap in outcome.gaps.items()
        if gap is not None and gap.wrong
    ]
    return "" if outcome.trouble else next(iter(wrong), "")


def _entries(outcome: Outcome) -> int:
    """How many numbers go in; a cache of the student's own may hold anything, as one entry."""
    trial = outcome.trial
    leaves = trial.problem.graph.inputs.values() if trial.problem is not None else ()
    return _count(trial.args) + sum(int(np.size(leaf)) for leaf in leaves)


def _count(value: Any, depth: int = 6) -> int:
    if isinstance(value, np.ndarray):
        return int(value.size)
    if isinstance(value, (dict, list, tuple)) and depth:
        items = value.values() if isinstance(value, dict) else value
        return sum(_count(item, depth - 1) for item in items)
    return 1


def shown(exercise: Exercise, outcome: Outcome) -> Statement | None:
    """Say the instance with all its inputs, what came back and what is right."""
    wrong = [g for g in outcome.gaps.values() if g is not None and g.wrong]
    if not wrong:
        return None
    inputs = _inputs(exercise, outcome, wrong[0])
    call = f"`args = example({exercise.name})` (from autograder import example)"
    # a smaller one may have failed in another way
    start = f"{'A small' if inputs else 'An'} instance on which it fails, {outcome.trial.label}: "
    text = f"{start}{call} gives you its arguments."
    if inputs:
        given = _given(exercise, outcome)
        parts = _between(outcome), _both(wrong[0], outcome), f"{call} gives you {given}."
        text = " ".join([f"{start}{inputs}.", *filter(None, parts)])
    return Statement(text, lambda: outcome.wrong)


def _given(exercise: Exercise, outcome: Outcome) -> str:
    """What `example` hands over: a cache holds what the student's own functions put into it."""
    named = zip(argument_names(exercise), outcome.trial.args, strict=False)
    opaque = [f"`{name}`" for name, argument in named if not _plain(argument)]
    return f"its arguments, {some(opaque)} among them" if opaque else "these"


def _both(gap: Gap, outcome: Outcome) -> str:
    found = gap.found if gap.found is not None else outcome.returned.get(gap.name)
    right = (outcome.wanted or outcome.trial.wanted()).get(gap.name)
    if not isinstance(found, (np.ndarray, float, np.floating)) or right is None:
        return ""
    if np.asarray(found).dtype.kind not in "fiub":  # what is odd in it is told already
        return ""
    small = least((np.asarray(found), np.asarray(right)))
    yours, asked = written(np.asarray(found), small), written(right, small)
    if yours == asked:  # of another kind, or so near that four digits do not tell
        return ""
    return f"Your {gap.name} is `{yours}`, and `{asked}` is right."


def _between(outcome: Outcome) -> str:
    """What a right function has on its way to the values, where the trial names such arrays."""
    found = outcome.trial.symbols if outcome.trial.problem is None else {}
    return " ".join(
        f"The right {name} is `{written(array)}` there." for name, array in found.items()
    )


def _inputs(exercise: Exercise, outcome: Outcome, gap: Gap) -> str:
    """All arrays that go in, and the words and numbers; empty if there are too many."""
    opaque = not all(map(_plain, outcome.trial.args))
    # what stands in a cache of the student's own is told by the leaves
    arrays = (symbols_of if opaque else arguments)(exercise, outcome)
    if outcome.trial.problem is not None and not arrays:
        arrays = {k: np.asarray(v) for k, v in outcome.trial.problem.graph.inputs.items()}
    arrays |= _listed(exercise, outcome)
    whole = _whole(exercise, outcome)
    results = [a for a in (gap.found, gap.wanted) if a is not None]
    entries = sum(a.size for a in (*arrays.values(), *results)) + sum(map(len, whole.values()))
    if not arrays or entries > MOST_ENTRIES:
        return ""
    named = dict(zip(argument_names(exercise), outcome.trial.args, strict=False))
    told = {n: a for n, a in named.items() if _plain(a) and not isinstance(a, (np.ndarray, dict))}
    rest = [f"`{name} = {value!r}`" for name, value in told.items()]
    rest += [f"`{name} = {value!r}`" for name, value in _settings(outcome)]
    lists = (f"`{name} = {found}`" for name, found in whole.items())
    small = least(arrays.values())
    return ", ".join([*lists, *(f"`{n} = {written(a, small)}`" for n, a in arrays.items()), *rest])


def _plain(argument: Any) -> bool:
    """Whether an argument is written as it is, and no cache: a tuple of numbers is a shape."""
    if isinstance(argument, tuple):
        return bool(argument) and all(isinstance(n, int) for n in argument)
    return isinstance(argument, (np.ndarray, dict, str, int, float))


def _settings(outcome: Outcome) -> list[tuple[str, Any]]:
    """The words and numbers in a small dict such as ``bn_param``; a table of letters is none."""
    dicts = [a for a in outcome.trial.args if isinstance(a, dict) and len(a) <= _SETTINGS]
    both = [pair for d in dicts for pair in d.items()]
    return [(name, value) for name, value in both if isinstance(value, (str, int, float))]


def _whole(exercise: Exercise, outcome: Outcome) -> dict[str, list[Any]]:
    """The lists of whole numbers and None among the arguments, such as the letters of a word."""
    named = zip(argument_names(exercise), outcome.trial.args, strict=False)
    return {
        name: argument
        for name, argument in named
        if isinstance(argument, list)
        and all(piece is None or isinstance(piece, int) for piece in argument)
    }


def _listed(exercise: Exercise, outcome: Outcome) -> dict[str, Array]:
    """The arrays of lists among the arguments: ``Js[0]``, ``Js[1]``."""
    names = argument_names(exercise)
    found: dict[str, Array] = {}
    for n, argument in enumerate(outcome.trial.args):
        if isinstance(argument, list) and n < len(names):
            pieces = enumerate(argument)
            found |= {f"{names[n]}[{k}]": a for k, a in pieces if isinstance(a, np.ndarray)}
    return found
