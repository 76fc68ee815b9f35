"""Run an exercise's trials and say what they show: from a student's function to a report."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from autograder.engine.compare import Gap, fingerprint
from autograder.engine.confirm import drop_unconfirmed
from autograder.engine.diagnosis import Evidence, Explanation, named, unnamed
from autograder.engine.exercise import Exercise, Misshapen, Trial, exercise_of
from autograder.engine.judge import Findings, Outcome, judge
from autograder.engine.numeric_answer import remark
from autograder.engine.picture import Picture, picture
from autograder.engine.relatives import relative_of
from autograder.engine.report import advice, sentences
from autograder.engine.report.report import Report
from autograder.engine.report.statement import said
from autograder.engine.run import floats, run, without_support
from autograder.engine.student import NotWritten, Student
from autograder.engine.substance import counted, has_substance
from autograder.networks.facts import TimeFacts
from autograder.observe import StudentError

Search = Callable[[list[Evidence]], Explanation | None]

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
        return Report(exercise.name, verdicts, note=sentences.carried(sources))
    notes = [o.trial.note for o in findings.outcomes if o.trial.note]
    named = sentences.words(exercise, findings, [id for _, id in judged if id])
    drawn = _picture(findings)
    return Report(
        exercise.name,
        verdicts,
        note=findings.blocked or (notes[0] if notes else ""),
        diagnosis=named,
        certainty=" ".join(said(sentences.certainty(findings))) if len(named) == 1 else "",
        advice=() if named else said(advice.advice(exercise, findings)),
        example=sentences.example(findings) if visible else None,
        picture=drawn.svg,
        caption=drawn.caption,
        fingerprint="" if named else _fingerprint(exercise, student, findings),
        remark=remark(exercise, findings),
    )


def _fingerprint(exercise: Exercise, student: Student, findings: Findings) -> str:
    """Equal for students who share a bug; where each has instances of their own, on the visible."""
    own = fingerprint(_gaps(findings.outcomes))
    if not own or not hasattr(student.namespace, "own_seed"):
        return own
    return fingerprint(_gaps(_try(exercise, student, VISIBLE_SEED).outcomes))


def _gaps(outcomes: list[Outcome]) -> list[Gap | None]:
    return [gap for outcome in outcomes for gap in outcome.gaps.values()]


def _picture(findings: Findings) -> Picture:
    """The graph that has the returned gradient, if the explanation is an edit of it."""
    if findings.explanation is None:
        return Picture()
    return picture(findings.explanation, findings.problems)


def find(exercise: Exercise, student: Student, seed: int) -> Findings:
    """Run the trials, and look for an explanation of what is wrong."""
    tried = _try(exercise, student, seed)
    outcomes, extra, blocked = tried.outcomes, tried.extra, tried.blocked
    without_support(outcomes)
    findings = Findings(outcomes, blocked, errors=tried.errors)
    if not blocked and any(outcome.wrong for outcome in outcomes):
        refused = any(outcome.trouble for outcome in outcomes)
        diagnostic = [run(exercise, trial, student) for trial in extra if refused]
        # where it raised, only examples whose sizes all fit tell what was meant; where it is
        # refused on more steps, a single one does not
        raised = any(outcome.error is not None for outcome in outcomes)
        kept = [] if raised else [o for o in outcomes if not (refused and _tiny(o))]
        searched = [(kept, False)] + [(diagnostic, True)] * bool(diagnostic)
        _explain(findings, named, searched)
        findings.relative = relative_of(diagnostic if raised else outcomes + diagnostic)
        drop_unconfirmed(exercise, student, seed, findings)
        if findings.explanation is None and findings.relative is None:
            _explain(findings, unnamed, searched)
            drop_unconfirmed(exercise, student, seed, findings)
    return findings


@dataclass
class _Tried:
    """What came of the trials; `extra` are those for a diagnosis alone.

    `blocked` says why there are no more, and `errors` what is told there or of a trial.
    """

    outcomes: list[Outcome] = field(default_factory=list)
    extra: list[Trial] = field(default_factory=list)
    blocked: str = ""
    errors: list[StudentError] = field(default_factory=list)


def _try(exercise: Exercise, student: Student, seed: int) -> _Tried:
    """Run the trials."""
    tried = _Tried()
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


def _explain(findings: Findings, search: Search, tried: list[tuple[list[Outcome], bool]]) -> None:
    """Enter the first explanation into the findings, and the problems that it was found on."""
    for outcomes, extra in tried:
        findings.extra = extra
        findings.problems = tuple(o.trial.problem for o in outcomes if o.trial.problem is not None)
        evidence = [_evidence(o) for o in outcomes if _has_evidence(o)]
        evidence.sort(key=lambda item: -len(item.problem.claims))
        findings.explanation = search(evidence) if evidence else None
        if findings.explanation is not None:
            return


def _has_evidence(outcome: Outcome) -> bool:
    trial = outcome.trial
    return trial.problem is not None and trial.truth is None and bool(floats(outcome.returned))


def _tiny(outcome: Outcome) -> bool:
    problem = outcome.trial.problem
    if problem is None or not isinstance(problem.graph.facts, TimeFacts):
        return False
    return problem.graph.facts.T == 1


def _evidence(outcome: Outcome) -> Evidence:
    assert outcome.trial.problem is not None
    return Evidence(outcome.trial.problem, floats(outcome.returned))


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
