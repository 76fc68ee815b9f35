"""Run an exercise's trials on a function, and look for what explains what is wrong."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from autograder.engine.confirm import drop_unconfirmed
from autograder.engine.diagnosis import named_alone, named_in_pairs, unnamed
from autograder.engine.evidence import enter, of_right_shape, tiny, valued_by
from autograder.engine.exercise import Exercise, Misshapen, Trial
from autograder.engine.findings import Findings, Outcome
from autograder.engine.locate.loop import loop_of
from autograder.engine.locate.order import order_of
from autograder.engine.relatives import relative_of
from autograder.engine.run import run, without_support
from autograder.engine.student import NotWritten, Student
from autograder.engine.substance import various
from autograder.observe import StudentError


def find(exercise: Exercise, student: Student, seed: int, explained: bool = True) -> Findings:
    """Run the trials, and look for an explanation of what is wrong if one is asked for."""
    findings, extra = _tried(exercise, student, seed, explained)
    outcomes, blocked, order = findings.outcomes, findings.blocked, findings.order
    if explained and not (blocked or order) and any(outcome.wrong for outcome in outcomes):
        refused = any(outcome.trouble for outcome in outcomes)
        diagnostic = [run(exercise, trial, student) for trial in extra if refused]
        raised = any(outcome.error is not None for outcome in outcomes)
        # where it is refused on more steps, a single one does not tell what was meant
        kept = [outcome for outcome in outcomes if not (refused and tiny(outcome))]
        searched = [(kept, False)] + [(diagnostic, True)] * bool(diagnostic)
        for tried_on in (kept, diagnostic):
            fitting = of_right_shape(tried_on)
            searched += [(fitting, True)] * (0 < len(fitting) < len(tried_on))
        enter(findings, named_alone, searched)
        if findings.explanation is None and not raised:
            findings.loop = loop_of(outcomes)
        # arrays of one and the same number fit too much for a search
        empty = not various([*outcomes, *diagnostic])
        # one thing that a loop does otherwise is simpler than two mistakes
        simple = findings.loop is not None and findings.loop.deviations < 2
        if findings.explanation is None and not (simple or empty):
            enter(findings, named_in_pairs, searched)
        findings.relative = relative_of(outcomes + diagnostic)
        drop_unconfirmed(exercise, student, seed, findings)
        # what was raised is explained better than by a network that nobody named
        if findings.explanation is not None or findings.relative is not None:
            findings.loop = None
        told = findings.explanation or findings.relative or findings.loop
        if not (told or raised or empty):
            enter(findings, unnamed, searched)
            findings.explanation = findings.explanation or valued_by(searched)
            drop_unconfirmed(exercise, student, seed, findings)
    return findings


def _tried(
    exercise: Exercise, student: Student, seed: int, explained: bool
) -> tuple[Findings, list[Trial]]:
    """The outcomes, and the trials for a diagnosis alone.

    Where it was not explained, what came of them is kept for one explanation in the same check.
    """
    key = exercise.unit, exercise.name, seed
    kept: tuple[Findings, list[Trial]] | None = student.tried.pop(key, None)
    if kept is not None and explained and not student.given:
        return kept
    tried = attempt(exercise, student, seed)
    without_support(tried.outcomes)
    order = order_of(exercise, tried.outcomes)
    findings = Findings(tried.outcomes, tried.blocked, errors=tried.errors, order=order)
    if not (explained or student.given):
        student.tried[key] = findings, tried.extra
    return findings, tried.extra


@dataclass
class Tried:
    """What came of the trials; `extra` are those for a diagnosis alone.

    `blocked` says why there are no more, and `errors` what is told there or of a trial.
    """

    outcomes: list[Outcome] = field(default_factory=list)
    extra: list[Trial] = field(default_factory=list)
    blocked: str = ""
    errors: list[StudentError] = field(default_factory=list)


def attempt(exercise: Exercise, student: Student, seed: int) -> Tried:
    """Run the trials."""
    tried = Tried()
    try:
        for trial in exercise.trials(student, np.random.default_rng(seed)):
            if trial.diagnostic:
                tried.extra.append(trial)
            else:
                tried.outcomes.append(run(exercise, trial, student))
    except NotWritten as error:
        tried.blocked = str(error)
    except StudentError as error:
        # else it is told already, and nothing more was called
        if error is not student.stopped or not any(o.trouble for o in tried.outcomes):
            tried.blocked = _first(exercise, student, f"it raised {error}")
            tried.errors.append(error)
    except Misshapen as error:
        tried.blocked = _first(exercise, student, str(error))
    troubled = next((o for o in tried.outcomes if o.trouble), None)
    if not tried.blocked and troubled is not None and troubled.error is not None:
        tried.errors.append(troubled.error)
    return tried


def _first(exercise: Exercise, student: Student, what: str) -> str:
    """Why there are no trials: a function that is called for their arguments does not serve."""
    if student.called == exercise.name:
        return f"it cannot be checked yet: in a first call {what}"
    return f"`{student.called}` has to be mended first: {what}"
