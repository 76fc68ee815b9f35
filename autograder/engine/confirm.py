"""A second path to a name: fresh instances of another seed, and no batch.

The search compares many hypotheses at once, along random directions, on the instances that were
judged. So a name is said only if it also gives what the function returns on an instance that the
search has not seen, by a certificate or by the plain gradient of the edited graph; and if the
arrays that it calls right agree with central differences of the cost, which know nothing of edits
or complex steps.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import islice

import numpy as np

from autograder.engine.diagnosis import Evidence, Explanation, named
from autograder.engine.diagnosis.forms import ForeignForm, ReadingForm, UndoForm
from autograder.engine.diagnosis.hypothesis import certified, close
from autograder.engine.differences import measured, unchanged
from autograder.engine.evidence import evidence_of
from autograder.engine.exercise import Exercise, Misshapen, Relative, Trial
from autograder.engine.findings import Findings
from autograder.engine.problem import Problem
from autograder.engine.run import floats
from autograder.engine.student import NotWritten, Student
from autograder.networks import Array, Edits
from autograder.observe import StudentError

#: Drawn into the seed: the instances are others than those that were judged.
_OTHER = 8_191
#: How many instances are looked at, and among how many trials they are looked for.
_COUNT, _TRIALS = 2, 12


def drop_unconfirmed(exercise: Exercise, student: Student, seed: int, findings: Findings) -> None:
    """Take back what was found where a second path does not give it."""
    explanation, relative = findings.explanation, findings.relative
    # where only equal sizes fit, other instances raise
    if explanation is not None and not findings.extra:
        findings.explanation = _kept(exercise, student, seed, findings, explanation)
    if relative is not None and not still_gives(exercise, student, seed, relative):
        findings.relative = None


def _kept(
    exercise: Exercise, student: Student, seed: int, findings: Findings, explanation: Explanation
) -> Explanation | None:
    """The explanation if it is confirmed; else one that fits the fresh instances as well.

    A mistake may look like another on the instances that were judged: in what order a node is
    reached decides which of its paths is the last. One that is found on more of them has to be
    confirmed on further ones.
    """
    if confirmed(exercise, student, seed, explanation):
        return explanation
    fresh = [
        Evidence(trial.problem, arrays)
        for trial, arrays in _answers(exercise, student, seed, _is_compared)
        if trial.problem is not None and trial.truth is None and arrays
    ]
    again = named(evidence_of(findings.outcomes) + fresh)
    return again if again is not None and confirmed(exercise, student, seed + 1, again) else None


def confirmed(exercise: Exercise, student: Student, seed: int, explanation: Explanation) -> bool:
    """Tell whether an explanation gives what the function returns on instances of another seed."""
    answers = [
        (trial.problem, arrays)
        for trial, arrays in _answers(exercise, student, seed, _is_compared)
        if trial.problem is not None and trial.truth is None and arrays
    ]
    return all(_gives(explanation, problem, arrays) for problem, arrays in answers)


def still_gives(exercise: Exercise, student: Student, seed: int, relative: Relative) -> bool:
    """Tell whether the values that a known mistake gives come back on another seed too."""

    def like(trial: Trial) -> list[Relative]:
        kind = relative.id, relative.detail
        return [r for r in trial.relatives if (r.id, r.detail) == kind]

    answers = list(_answers(exercise, student, seed, lambda trial: bool(like(trial))))
    return bool(answers) and all(
        any(r.gives(arrays) for r in like(trial)) for trial, arrays in answers if arrays
    )


def _answers(
    exercise: Exercise, student: Student, seed: int, wanted: Callable[[Trial], bool]
) -> Iterator[tuple[Trial, dict[str, Array]]]:
    """What the function returns on a few other instances; none where it raises."""
    try:
        trials = exercise.trials(student, np.random.default_rng([seed, _OTHER]))
        for trial in islice(filter(wanted, islice(trials, _TRIALS)), _COUNT):
            yield trial, _called(exercise, student, trial)
    except (NotWritten, StudentError, Misshapen):
        return


def _is_compared(trial: Trial) -> bool:
    return trial.problem is not None or bool(trial.relatives)


def _called(exercise: Exercise, student: Student, trial: Trial) -> dict[str, Array]:
    kept = len(student.errors)
    try:
        return floats((trial.unpack or exercise.unpack)(student.call(exercise.name, *trial.args)))
    except (StudentError, Misshapen):
        return {}  # what raised is told as that
    finally:
        del student.errors[kept:]


def _gives(explanation: Explanation, problem: Problem, arrays: Mapping[str, Array]) -> bool:
    """Whether the edited graph has these gradients, each array in the form it came in."""
    forms = [cause.form for cause in explanation.causes]
    for form in forms:
        if isinstance(form, ReadingForm):
            problem = problem.reading(form.claims(problem) or problem.claims)
    problem = problem.reading({n: c for n, c in problem.claims.items() if n in arrays})
    edits = explanation.edits(problem)
    with np.errstate(all="ignore"):
        if certified(problem, arrays, edits):
            given: dict[str, Array] | None = {name: arrays[name] for name in problem.claims}
        else:
            given = _by_entries(forms, problem, arrays, edits)
        return given is not None and measured(problem, unchanged(problem, given))


def _by_entries(
    forms: Sequence[object], problem: Problem, arrays: Mapping[str, Array], edits: Edits
) -> dict[str, Array] | None:
    """The arrays in their nodes' shapes; None where the edited graph does not have one of them."""
    given, wanted = {}, problem.truth(edits)
    undo = [f for f in forms if isinstance(f, UndoForm)]
    for name, right in wanted.items():
        found, shape = arrays[name], right.shape
        if found.shape != shape:
            undone = [f.restore(name, found, shape) for f in undo]
            foreign = [f.predict(problem, name, edits) for f in forms if isinstance(f, ForeignForm)]
            if any(a is not None and close(found, a) for a in foreign):
                continue
            found = next((a for a in undone if a is not None), found.reshape(-1))
            if found.size == 1 == right.size:
                found = found.reshape(shape)
        if close(found, right):
            given[name] = found
            continue
        # a square array that is transposed has the right shape
        undone = [f.restore(name, found, shape) for f in undo]
        if not any(u is not None and close(u, right) for u in undone):
            return None
    return given
