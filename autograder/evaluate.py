"""Run an exercise's trials and judge its properties: from a student's function to a report."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from autograder.calls import StudentError
from autograder.checks.exercise import (
    EXERCISES,
    SHAPES,
    TWICE,
    UNCHANGED,
    Exercise,
    Misshapen,
    Property,
    Trial,
    Wanting,
)
from autograder.checks.student import NotWritten, Student
from autograder.compare import Gap, compare
from autograder.diagnosis import Evidence, Explanation, explain
from autograder.networks import Array
from autograder.verdict import Example, Report, Status, Verdict, Words

Speak = Callable[..., Verdict]


@dataclass
class Outcome:
    """What one trial showed."""

    trial: Trial
    returned: dict[str, Any] = field(default_factory=dict)
    gaps: dict[str, Gap | None] = field(default_factory=dict)
    changed: tuple[str, ...] = ()
    repeated: bool = True
    trouble: str = ""


@dataclass
class Findings:
    """What all trials of an exercise showed; `blocked` says why there are none."""

    outcomes: list[Outcome]
    blocked: str = ""
    explanation: Explanation | None = None


def evaluate(exercise: Exercise, student: Student, seed: int, visible: bool = True) -> Report:
    """Judge one function.

    Parameters
    ----------
    exercise : Exercise
    student : Student
    seed : int
        Chooses the instances.
    visible : bool
        Whether numbers of the instances may be told.

    Returns
    -------
    Report
    """
    findings = _find(exercise, student, seed)
    carried = _carried(exercise, student, seed, findings)
    rng = np.random.default_rng(seed + 1)
    verdicts = tuple(
        _judge(exercise, wanted, findings, carried, student, rng) for wanted in exercise.properties
    )
    notes = [o.trial.note for o in findings.outcomes if o.trial.note]
    return Report(
        exercise.name,
        verdicts,
        note=findings.blocked or (notes[0] if notes else ""),
        diagnosis=_words(findings.explanation),
        advice=_advice(findings),
        example=_example(findings) if visible else None,
    )


def _find(exercise: Exercise, student: Student, seed: int) -> Findings:
    rng = np.random.default_rng(seed)
    outcomes: list[Outcome] = []
    try:
        for trial in exercise.trials(student, rng):
            outcomes.append(_run(exercise, trial, student))
    except NotWritten as error:
        return Findings(outcomes, str(error))
    except (StudentError, Misshapen) as error:
        return Findings(outcomes, f"a function that comes before it does not run: {error}")
    evidence = [
        Evidence(o.trial.problem, _arrays(o.returned))
        for o in outcomes
        if o.trial.problem is not None and o.trial.truth is None and o.returned
    ]
    evidence.sort(key=lambda item: -len(item.problem.claims))
    wrong = any(g is not None and g.wrong for o in outcomes for g in o.gaps.values())
    return Findings(outcomes, "", explain(evidence) if wrong and evidence else None)


def _run(exercise: Exercise, trial: Trial, student: Student) -> Outcome:
    outcome = Outcome(trial)
    try:
        reply = student.observe(exercise.name, *trial.args)
        outcome.changed = reply.changed
        outcome.returned = exercise.unpack(reply.value)
        again = exercise.unpack(student.call(exercise.name, *trial.args))
    except Misshapen as error:
        outcome.trouble = str(error)
        return outcome
    except StudentError as error:
        outcome.trouble = f"with {trial.label} it raised {error}"
        return outcome
    wanted = trial.wanted()
    for name, right in wanted.items():
        if name not in outcome.returned:
            keys = ", ".join(sorted(outcome.returned)) or "nothing"
            message = f"there is no {name}; returned are {keys}"
            outcome.gaps[name] = Gap(name, "missing", message)
        else:
            gap = compare(name, outcome.returned[name], right, trial.tolerance)
            outcome.gaps[name] = gap
    outcome.repeated = all(_same(outcome.returned[n], again.get(n)) for n in outcome.returned)
    return outcome


def _judge(
    exercise: Exercise,
    wanted: Property,
    findings: Findings,
    carried: bool,
    student: Student,
    rng: np.random.Generator,
) -> Verdict:
    def verdict(status: Status, detail: str = "") -> Verdict:
        return Verdict(f"{exercise.name}__{wanted.name}", status, wanted.sentence, detail)

    if findings.blocked:
        return verdict("not checked", findings.blocked)
    troubles = [o.trouble for o in findings.outcomes if o.trouble]
    if wanted.holds is not None:
        if troubles:
            return verdict("not checked", f"not checked yet: {troubles[0]}")
        return _extra(wanted, student, rng, verdict)
    if wanted is UNCHANGED:
        changed = [o for o in findings.outcomes if o.changed]
        if changed:
            return verdict("failed", f"argument {changed[0].changed[0]} was changed in place")
        return verdict("not checked", troubles[0]) if troubles else verdict("passed")
    if wanted is TWICE:
        if troubles:
            return verdict("not checked", troubles[0])
        if all(o.repeated for o in findings.outcomes):
            return verdict("passed")
        return verdict("failed", "a second call with equal arguments gave other numbers")
    if troubles:
        return verdict("failed" if wanted is SHAPES else "not checked", troubles[0])
    return _compared(wanted, findings, carried, verdict)


def _compared(wanted: Property, findings: Findings, carried: bool, verdict: Speak) -> Verdict:
    gaps = [g for o in findings.outcomes for n, g in o.gaps.items() if _about(wanted, n)]
    real = [g for g in gaps if g is not None and g.wrong]
    form = [g for g in real if g.kind != "values"]
    if wanted is SHAPES:
        if form:
            return verdict("failed", "; ".join(dict.fromkeys(g.message for g in form[:2])))
        remarks = [g.message for g in gaps if g is not None and not g.wrong]
        return verdict("passed", remarks[0] if remarks else "")
    if not gaps:
        return verdict("not checked", "mend what comes before first")
    if form:
        return verdict("not checked", f"not checked yet: {form[0].message}")
    if not real:
        return verdict("passed")
    if carried:
        return verdict("carried", "right, given what the functions it calls return")
    return verdict("failed", f"{real[0].name} differs")


def _about(wanted: Property, name: str) -> bool:
    if wanted is SHAPES:
        return True
    return any(name.rstrip("0123456789") == prefix or name == prefix for prefix in wanted.arrays)


def _extra(wanted: Property, student: Student, rng: np.random.Generator, verdict: Speak) -> Verdict:
    assert wanted.holds is not None
    try:
        wanted.holds(student, rng)
    except Wanting as error:
        return verdict("failed", str(error))
    except NotWritten as error:
        return verdict("not checked", str(error))
    except (StudentError, Misshapen) as error:
        return verdict("failed", str(error))
    return verdict("passed")


def _carried(exercise: Exercise, student: Student, seed: int, findings: Findings) -> bool:
    """Is what is wrong here already told of a function that this one builds on?"""
    if findings.explanation is None:
        return False
    told: set[str] = set()
    for name in _before(exercise):
        before = _find(EXERCISES[name], student, seed)
        told.update(before.explanation.ids if before.explanation else ())
    return set(findings.explanation.ids) <= told


def _before(exercise: Exercise) -> list[str]:
    found: list[str] = []
    for name in exercise.after:
        found += [name, *_before(EXERCISES[name])]
    return list(dict.fromkeys(found))


def _words(explanation: Explanation | None) -> tuple[Words, ...]:
    if explanation is None:
        return ()
    return tuple(
        Words(
            c.misconception.id,
            c.misconception.title,
            c.misconception.computed,
            c.misconception.formula,
            c.misconception.ask,
            c.misconception.section,
            c.form.detail,
            c.scope,
            c.misconception.mistake,
        )
        for c in explanation.causes
    )


def _first_gap(findings: Findings) -> tuple[Outcome, Gap] | None:
    """The first wrong array in backward order: the place to look."""
    for outcome in findings.outcomes:
        for gap in outcome.gaps.values():
            if gap is not None and gap.kind == "values":
                return outcome, gap
    return None


def _example(findings: Findings) -> Example | None:
    first = _first_gap(findings)
    if first is None or first[1].found is None or first[1].wanted is None:
        return None
    outcome, gap = first
    found, wanted = np.asarray(gap.found), np.asarray(gap.wanted)
    return Example(
        gap.name, outcome.trial.label, gap.worst, found.tolist(), wanted.tolist(), gap.error
    )


def _advice(findings: Findings) -> tuple[str, ...]:
    """Where nothing explains the arrays: where to look, and what to try."""
    first = _first_gap(findings)
    if first is None or findings.explanation is not None:
        return ()
    name = first[1].name
    return (
        f"No known mistake gives exactly these numbers. Going backward, {name} is the first array "
        f"that deviates; everything above it is right.",
        f"An experiment: take the smallest case (one example, one unit), compute {name} by hand, "
        "and print each factor of your line beside it. Which one differs first?",
    )


def _arrays(returned: dict[str, Any]) -> dict[str, Array]:
    """The returned values that are arrays of finite floats."""
    found = {}
    for name, value in returned.items():
        if isinstance(value, (np.ndarray, np.generic, float)):
            array = np.asarray(value)
            if array.dtype.kind == "f" and array.dtype != np.float32 and np.isfinite(array).all():
                found[name] = array.astype(float)
    return found


def _same(one: Any, other: Any) -> bool:
    a, b = np.asarray(one), np.asarray(other)
    if a.dtype == object or b.dtype == object:
        return True
    return a.shape == b.shape and bool(np.allclose(a, b, rtol=1e-9, atol=0, equal_nan=True))
