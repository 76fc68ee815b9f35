"""Judge a function and say what was found: from a student's function to a report."""

from __future__ import annotations

from dataclasses import dataclass, replace

from autograder.engine.compare import Gap, fingerprint
from autograder.engine.diagnosis import Explanation
from autograder.engine.exercise import Exercise, exercise_of
from autograder.engine.finding import attempt, find
from autograder.engine.findings import Findings, Outcome
from autograder.engine.given_callee import (
    Judged,
    before,
    merged,
    verdicts,
    with_right_callees,
    wrong_callees,
)
from autograder.engine.locate.advice import Where, located
from autograder.engine.numeric_answer import remark
from autograder.engine.picture import Picture, picture
from autograder.engine.repair import Lines, changes
from autograder.engine.report import advice, sentences
from autograder.engine.report.report import Report
from autograder.engine.report.statement import said
from autograder.engine.student import Student
from autograder.engine.substance import counted, has_substance

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
    first = _judge(exercise, student, seed, common)
    if all(verdict.earned for verdict, _ in first.judged):
        return _report(exercise, first, visible, seed)
    wrong = list(wrong_callees(exercise, student, seed, common))
    judged, second = first.judged, None
    for other in with_right_callees(exercise, student, wrong):
        if other.given:
            found = _judge(exercise, other, seed, common)
            judged, second = merged(judged, found.judged, judged), second or found
        if all(verdict.earned for verdict, _ in judged):
            note = sentences.lent([name for name in wrong if name in other.given])
            return Report(exercise.name, tuple(verdict for verdict, _ in judged), note=note)
    if second is None:
        return _by_name(exercise, first, seed, visible, common)
    told = first if _told_already(first) or _of_a_stand_in(second) else second
    judged = merged(judged, judged, told.judged)
    note = sentences.given(wrong) if told is second else ""
    return _report(exercise, replace(told, judged=judged), visible, seed, note)


@dataclass(frozen=True)
class _Judgement:
    """What was found of a function, and the verdicts on it, with right callees or its own."""

    student: Student
    findings: Findings
    judged: Judged


def _judge(exercise: Exercise, student: Student, seed: int, common: int | None) -> _Judgement:
    findings = find(exercise, student, seed)
    if not student.given:
        _remember(exercise, student, findings)
    judged = verdicts(exercise, student, findings, seed, common)
    return _counted(exercise, _Judgement(student, findings, judged), seed)


def _counted(exercise: Exercise, judgement: _Judgement, seed: int) -> _Judgement:
    """The same where an empty answer earns nothing."""
    findings = judgement.findings
    findings.substance = has_substance(exercise, judgement.student, seed, findings)
    kept = counted(exercise, findings, (verdict for verdict, _ in judgement.judged))
    pairs = zip(kept, judgement.judged, strict=True)
    return replace(judgement, judged=[(verdict, id) for verdict, (_, id) in pairs])


def _told_already(judgement: _Judgement) -> bool:
    """Whether it has a name, or was compared with the forward pass as the student wrote it."""
    findings = judgement.findings
    named = findings.explanation is not None or findings.relative is not None
    return named or any(o.trial.own is not None and o.gaps for o in findings.outcomes)


def _of_a_stand_in(judgement: _Judgement) -> bool:
    """Whether a call with right callees raised: that can say more of them than of the student."""
    return bool(judgement.student.errors) or bool(judgement.findings.blocked)


def _by_name(
    exercise: Exercise, first: _Judgement, seed: int, visible: bool, common: int | None
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
    return _report(exercise, first, visible, seed)


def _report(
    exercise: Exercise, judgement: _Judgement, visible: bool, seed: int, note: str = ""
) -> Report:
    """The report with everything that is said beside the verdicts."""
    student, findings = judgement.student, judgement.findings
    verdicts = tuple(verdict for verdict, _ in judgement.judged)
    notes = [o.trial.note for o in findings.outcomes if o.trial.note]
    named = sentences.words(exercise, findings, [id for _, id in judgement.judged if id])
    whole = bool(named) and sentences.explained_all(findings)
    judged = judgement.judged
    lines = changes(exercise, student, findings, judged, seed, whole) if visible else Lines()
    vague = whole and sentences.two_without_a_name(findings)
    where = Where()
    if lines.instead or vague or not whole:
        where = located(exercise, student, findings, visible)
    # one change, or one formula, is simpler than two mistakes
    instead = lines.instead or (vague and where.exact)
    if instead:
        named, whole = (), False
    elif whole:
        where = Where()
    # what was raised is told beside a name: the one says where, the other why
    alone = whole and not findings.errors
    known = bool(lines.sentences) or where.exact
    tips = advice.advice(exercise, findings, where.sentences, where.instance, known, bool(named))
    texts = () if alone else said(tips)
    drawn = Picture() if instead else _picture(findings)
    return Report(
        exercise.name,
        verdicts,
        note=note or findings.blocked or (notes[0] if notes else ""),
        diagnosis=named,
        certainty=" ".join(said(sentences.certainty(findings))) if len(named) == 1 else "",
        advice=(*texts, *lines.sentences) if findings.errors else (*lines.sentences, *texts),
        example=sentences.example(findings) if visible else None,
        picture=drawn.svg,
        caption=drawn.caption,
        fingerprint="" if named else _fingerprint(exercise, student, findings),
        remark=remark(exercise, findings),
    )


def _fingerprint(exercise: Exercise, student: Student, findings: Findings) -> str:
    """Equal for students who share a bug; where each has instances of their own, on the visible."""
    own = fingerprint(_gaps(findings.outcomes))
    if not own or not student.session.own_instances:
        return own
    return fingerprint(_gaps(attempt(exercise, student, VISIBLE_SEED).outcomes))


def _gaps(outcomes: list[Outcome]) -> list[Gap | None]:
    return [gap for outcome in outcomes for gap in outcome.gaps.values()]


def _picture(findings: Findings) -> Picture:
    """The graph that has the returned gradient, if the explanation is an edit of it."""
    if findings.explanation is None:
        return Picture()
    return picture(findings.explanation, findings.problems)


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
