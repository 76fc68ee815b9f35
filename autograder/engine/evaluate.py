"""Judge a function and say what was found: from a student's function to a report."""

from __future__ import annotations

from dataclasses import replace

from autograder.engine.diagnosis import Explanation
from autograder.engine.exercise import Exercise, exercise_of
from autograder.engine.finding import find
from autograder.engine.findings import Findings
from autograder.engine.given_callee import (
    Judged,
    before,
    merged,
    verdicts,
    with_right_callees,
    wrong_callees,
)
from autograder.engine.judgement import Judgement, report_of
from autograder.engine.report import sentences
from autograder.engine.report.report import Report
from autograder.engine.student import Student
from autograder.engine.substance import counted, has_substance


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
    first = _judge(exercise, student, seed, common)
    if all(verdict.earned for verdict, _ in first.judged):
        return report_of(exercise, first, visible, seed)
    wrong = list(wrong_callees(exercise, student, seed, common))
    judged, second = first.judged, None
    for other in with_right_callees(exercise, student, wrong):
        if other.given:
            found = _judge(exercise, other, seed, common, judged)
            judged, second = merged(judged, found.judged, judged), second or found
        if all(verdict.earned for verdict, _ in judged):
            note = sentences.lent([name for name in wrong if name in other.given])
            return Report(exercise.name, tuple(verdict for verdict, _ in judged), note=note)
    if second is None:
        return _by_name(exercise, first, seed, visible, common)
    told = first if _told_already(first) or _of_a_stand_in(second) else second
    judged = merged(judged, judged, told.judged)
    note = sentences.given(wrong) if told is second else ""
    return report_of(exercise, replace(told, judged=judged), visible, seed, note)


def _judge(
    exercise: Exercise, student: Student, seed: int, common: int | None, first: Judged = ()
) -> Judgement:
    findings = find(exercise, student, seed)
    if not student.given:
        _remember(exercise, student, findings)
    judged = verdicts(exercise, student, findings, seed, common, first)
    return _counted(exercise, Judgement(student, findings, judged), seed)


def _counted(exercise: Exercise, judgement: Judgement, seed: int) -> Judgement:
    """The same where an empty answer earns nothing."""
    findings = judgement.findings
    findings.substance = has_substance(exercise, judgement.student, seed, findings)
    kept = counted(exercise, findings, (verdict for verdict, _ in judgement.judged))
    pairs = zip(kept, judgement.judged, strict=True)
    return replace(judgement, judged=[(verdict, id) for verdict, (_, id) in pairs])


def _told_already(judgement: Judgement) -> bool:
    """Whether it has a name, or was compared with the forward pass as the student wrote it."""
    findings = judgement.findings
    named = findings.explanation is not None or findings.relative is not None
    return named or any(o.trial.own is not None and o.gaps for o in findings.outcomes)


def _of_a_stand_in(judgement: Judgement) -> bool:
    """Whether a call with right callees raised: that can say more of them than of the student."""
    return bool(judgement.student.errors) or bool(judgement.findings.blocked)


def _by_name(
    exercise: Exercise, first: Judgement, seed: int, visible: bool, common: int | None
) -> Report:
    """Where no right callee can be put in: is each misconception here one that was told of it?"""
    findings, student = first.findings, first.student
    sources = _sources(exercise, student, seed, findings.explanation)
    if sources:
        findings.carried = True
        judged = verdicts(exercise, student, findings, seed, common)
        first = _counted(exercise, replace(first, judged=judged), seed)
        if all(verdict.earned for verdict, _ in first.judged):
            kept = tuple(verdict for verdict, _ in first.judged)
            return Report(exercise.name, kept, note=sentences.carried(sources))
    return report_of(exercise, first, visible, seed)


def _sources(
    exercise: Exercise, student: Student, seed: int, explanation: Explanation | None
) -> list[str]:
    """The functions before this one that were told all of its misconceptions; else none."""
    told: dict[str, str] = {}
    for name in before(exercise, student) if explanation is not None else ():
        known = _known(exercise_of(name, student.namespace), student, seed).explanation
        told |= dict.fromkeys(known.ids if known else (), name)
    ids = explanation.ids if explanation is not None else ()
    return list(dict.fromkeys(told[id] for id in ids)) if set(ids) <= told.keys() else []


def _known(exercise: Exercise, student: Student, seed: int) -> Findings:
    """What was found of a function; a grader's session remembers it while no function changes."""
    found: Findings | None = student.session.remembered(exercise.name)
    if found is None:
        found = find(exercise, student, seed)
        _remember(exercise, student, found)
    return found


def _remember(exercise: Exercise, student: Student, findings: Findings) -> None:
    # what raised is not remembered: a name that was missing then may exist now
    raised = findings.blocked or any(outcome.trouble for outcome in findings.outcomes)
    if not raised:
        student.session.remember(exercise.name, findings)
