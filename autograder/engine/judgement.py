"""The report on a function that is judged: the verdicts, and what is said beside them."""

from __future__ import annotations

from dataclasses import dataclass, replace

from autograder.engine.compare import Gap, fingerprint
from autograder.engine.exercise import Exercise
from autograder.engine.finding import attempt
from autograder.engine.findings import Findings, Outcome
from autograder.engine.given_callee import Judged
from autograder.engine.locate.advice import Where, located
from autograder.engine.numeric_answer import remark
from autograder.engine.picture import Picture, picture
from autograder.engine.repair import Lines, changes, other_default_of
from autograder.engine.report import advice, sentences
from autograder.engine.report.report import Report
from autograder.engine.report.statement import said
from autograder.engine.student import Student

#: Chooses the instances that students see; hidden tests have others.
VISIBLE_SEED = 2024


@dataclass(frozen=True)
class Judgement:
    """What was found of a function, and the verdicts on it, with right callees or its own."""

    student: Student
    findings: Findings
    judged: Judged


def report_of(
    exercise: Exercise, judgement: Judgement, visible: bool, seed: int, note: str = ""
) -> Report:
    """The report with everything that is said beside the verdicts."""
    student, findings = judgement.student, judgement.findings
    verdicts = tuple(verdict for verdict, _ in judgement.judged)
    notes = (outcome.trial.note for outcome in findings.outcomes)
    note = note or findings.blocked or next(filter(None, notes), "")
    if all(verdict.status == "passed" for verdict in verdicts):  # nothing is looked for
        # what the check's calls always name cannot cost a point, and is not right all the same
        note = note or (other_default_of(exercise, student) if visible else "")
        return Report(exercise.name, verdicts, note=note, remark=remark(exercise, findings))
    named = sentences.words(exercise, findings, [id for _, id in judgement.judged if id])
    whole = bool(named) and sentences.explained_all(findings)
    judged = judgement.judged
    vague = whole and sentences.two_without_a_name(findings)
    where = located(exercise, student, findings, visible) if vague or not whole else Where()
    lines = Lines()
    if visible:  # where it is said already what came back, not for long
        lines = changes(exercise, student, findings, judged, seed, whole, where.exact)
    if lines.instead and not vague:
        where = located(exercise, student, findings, visible)
    # one change, or one formula, is simpler than two mistakes
    instead = lines.instead or (vague and where.exact)
    if instead:
        named, whole = (), False
    elif whole:
        where = Where()
    if lines.mends:  # the line that is told asks its own question
        plain = [replace(w, formula="", ask="") for w in named]
        both = zip(named, plain, strict=True)
        named = tuple(p if w.unnamed or lines.other_line else w for w, p in both)
    # what was raised is told beside a name: the one says where, the other why
    alone = whole and not findings.errors
    known = bool(lines.sentences) or where.exact
    tips = advice.advice(exercise, findings, where, known, bool(named))
    texts = () if alone else said(tips)
    drawn = Picture() if instead else _picture(findings)
    return Report(
        exercise.name,
        verdicts,
        note=note,
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
    told = findings.explanation
    return Picture() if told is None else picture(told, findings.problems)
