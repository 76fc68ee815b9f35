"""Run an exercise's trials and say what they show: from a student's function to a report."""

from __future__ import annotations

import numpy as np

from autograder.engine.compare import Gap, fingerprint
from autograder.engine.diagnosis import Explanation, named, unnamed
from autograder.engine.evidence import enter, tiny, valued_by
from autograder.engine.exercise import Exercise, Misshapen, Trial, exercise_of
from autograder.engine.judge import Findings, Outcome, judge
from autograder.engine.numeric_answer import remark
from autograder.engine.picture import picture
from autograder.engine.relatives import relative_of
from autograder.engine.report import sentences as telling
from autograder.engine.report.verdict import Report
from autograder.engine.run import run, without_support
from autograder.engine.student import NotWritten, Student
from autograder.engine.substance import counted, has_substance
from autograder.observe import StudentError

#: Chooses the instances that students see; hidden tests have others.
VISIBLE_SEED = 2024


def evaluate(
    exercise: Exercise,
    student: Student,
    seed: int,
    visible: bool = True,
    common: int | None = None,
) -> Report:
    """Judge one function.

    Parameters
    ----------
    exercise : Exercise
    student : Student
    seed : int
        Chooses the instances.
    visible : bool
        Whether numbers of the instances may be told.
    common : int, optional
        Chooses the data of properties that are measured, not compared: does it train, how many
        calls. They have to be the same for everyone, or luck would decide at a threshold.

    Returns
    -------
    Report
    """
    findings = find(exercise, student, seed)
    _remember(exercise, student, findings)
    sources = _sources(exercise, student, seed, findings.explanation)
    findings.carried = bool(sources)
    rng = np.random.default_rng([seed if common is None else common, 1])
    judged = [judge(exercise, wanted, findings, student, rng) for wanted in exercise.properties]
    findings.substance = has_substance(exercise, student, seed, findings)
    verdicts = tuple(counted(exercise, findings, (verdict for verdict, _ in judged)))
    if sources and all(verdict.earned for verdict in verdicts):
        return Report(exercise.name, verdicts, note=telling.carried(sources))
    notes = [o.trial.note for o in findings.outcomes if o.trial.note]
    named = telling.words(exercise, findings, [id for _, id in judged if id], student.errors)
    note = findings.blocked or (notes[0] if notes else "")
    return Report(
        exercise.name,
        verdicts,
        note=note,
        diagnosis=named,
        certainty=telling.certainty(findings) if len(named) == 1 else "",
        advice=() if named else telling.advice(findings, verdicts, note, student.errors),
        example=telling.example(findings) if visible else None,
        picture=_picture(findings),
        fingerprint="" if named else _fingerprint(exercise, student, findings),
        remark=remark(exercise, findings),
    )


def _fingerprint(exercise: Exercise, student: Student, findings: Findings) -> str:
    """Equal for students who share a bug.

    Where each of them has instances of their own, it is made on the visible ones.
    """
    own = fingerprint(_gaps(findings.outcomes))
    if not own or not hasattr(student.namespace, "own_seed"):
        return own
    return fingerprint(_gaps(_try(exercise, student, VISIBLE_SEED)[0]))


def _gaps(outcomes: list[Outcome]) -> list[Gap | None]:
    return [gap for outcome in outcomes for gap in outcome.gaps.values()]


def _picture(findings: Findings) -> str:
    """The graph that has the returned gradient, if the explanation is an edit of it."""
    if findings.explanation is None:
        return ""
    return picture(findings.explanation, findings.problems)


def find(exercise: Exercise, student: Student, seed: int) -> Findings:
    """Run the trials, and look for an explanation of what is wrong."""
    outcomes, extra, blocked = _try(exercise, student, seed)
    without_support(outcomes)
    findings = Findings(outcomes, blocked)
    if not blocked and any(outcome.wrong for outcome in outcomes):
        refused = any(outcome.trouble for outcome in outcomes)
        diagnostic = [run(exercise, trial, student) for trial in extra if refused]
        # where it raises on more steps, a single one does not tell what was meant
        telling_ones = [o for o in outcomes if not (refused and tiny(o))]
        tried = [(telling_ones, False)] + [(diagnostic, True)] * bool(diagnostic)
        enter(findings, named, tried)
        findings.relative = relative_of(outcomes + diagnostic)
        if findings.explanation is None and findings.relative is None:
            enter(findings, unnamed, tried)
            findings.explanation = findings.explanation or valued_by(tried)
    return findings


def _try(exercise: Exercise, student: Student, seed: int) -> tuple[list[Outcome], list[Trial], str]:
    """Run the trials; return also those for a diagnosis alone, and why there are no more."""
    rng = np.random.default_rng(seed)
    outcomes: list[Outcome] = []
    extra: list[Trial] = []
    try:
        for trial in exercise.trials(student, rng):
            if trial.diagnostic:
                extra.append(trial)
            else:
                outcomes.append(run(exercise, trial, student))
    except NotWritten as error:
        return outcomes, extra, str(error)
    except StudentError as error:
        if error is student.stopped and any(outcome.trouble for outcome in outcomes):
            return outcomes, extra, ""  # told already; nothing more was called
        return outcomes, extra, _first(exercise, student, f"it raised {error}")
    except Misshapen as error:
        return outcomes, extra, _first(exercise, student, str(error))
    return outcomes, extra, ""


def _first(exercise: Exercise, student: Student, what: str) -> str:
    """Why there are no trials: a function that is called for their arguments does not serve."""
    if student.called == exercise.name:
        return f"it cannot be checked yet: in a first call {what}"
    return f"`{student.called}` has to be mended first: {what}"


def _sources(
    exercise: Exercise, student: Student, seed: int, explanation: Explanation | None
) -> list[str]:
    """The functions before this one that were told all of its misconceptions; else none."""
    told: dict[str, str] = {}
    for name in _before(exercise, student) if explanation is not None else ():
        before = _known(exercise_of(name, student.namespace), student, seed).explanation
        told |= dict.fromkeys(before.ids if before else (), name)
    ids = explanation.ids if explanation is not None else ()
    return list(dict.fromkeys(told[id] for id in ids)) if set(ids) <= told.keys() else []


def _known(exercise: Exercise, student: Student, seed: int) -> Findings:
    """What was found of a function; a grader's namespace remembers it while no function changes.

    In a notebook nothing is remembered: a cell may redefine a function.
    """
    memory = getattr(student.namespace, "memory", None)
    found: Findings | None = memory.get(exercise.name) if memory is not None else None
    if found is None:
        found = find(exercise, student, seed)
        _remember(exercise, student, found)
    return found


def _remember(exercise: Exercise, student: Student, findings: Findings) -> None:
    memory = getattr(student.namespace, "memory", None)
    # what raised is not remembered: a name that was missing then may exist now
    raised = findings.blocked or any(outcome.trouble for outcome in findings.outcomes)
    if memory is not None and not raised:
        memory.put(exercise.name, findings)


def _before(exercise: Exercise, student: Student) -> list[str]:
    found: list[str] = []
    for name in exercise.after:
        found += [name, *_before(exercise_of(name, student.namespace), student)]
    return list(dict.fromkeys(found))
