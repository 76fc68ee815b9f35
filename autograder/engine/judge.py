"""From what the trials of an exercise showed to a verdict on each named property."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from autograder.engine.compare import Gap
from autograder.engine.diagnosis import Explanation
from autograder.engine.exercise import (
    SHAPES,
    TWICE,
    UNCHANGED,
    Exercise,
    Misshapen,
    Property,
    Relative,
    Trial,
    Wanting,
)
from autograder.engine.problem import Problem
from autograder.engine.raised import raised, same
from autograder.engine.report.verdict import Status, Verdict
from autograder.engine.student import NotWritten, Student
from autograder.networks import Array, Graph
from autograder.networks.facts import LayerFacts
from autograder.observe import StudentError

#: Said of what is wrong only as far as something before it is.
CARRIED = "right, given what the functions it calls return"

#: Of a zero that is right for a forward pass which forgot that argument.
LENT = "right for the forward pass as you wrote it"


@dataclass
class Outcome:
    """What one trial showed.

    `wanted` is what the returned arrays were compared with, where a certificate did not do; `lent`
    names arrays of zeros that are right only as the forward pass forgot an argument; `trouble` says
    why nothing could be compared, `error` is what was raised; `defect` is how far the gradients are
    from the right ones, where that was asked; `calls` counts the calls of what is counted; `values`
    are those of a tuple in the order in which they came back.
    """

    trial: Trial
    returned: dict[str, Any] = field(default_factory=dict)
    gaps: dict[str, Gap | None] = field(default_factory=dict)
    wanted: dict[str, Array] = field(default_factory=dict)
    lent: set[str] = field(default_factory=set)
    changed: tuple[str, ...] = ()
    repeated: bool = True
    trouble: str = ""
    error: StudentError | None = None
    defect: float = 0.0
    calls: Mapping[str, int] = field(default_factory=dict)
    values: tuple[Any, ...] = ()

    @property
    def wrong(self) -> bool:
        """Whether something has to be explained."""
        return bool(self.trouble) or any(g is not None and g.wrong for g in self.gaps.values())


@dataclass
class Findings:
    """What all trials of an exercise showed.

    `blocked` says why there are no trials; `carried` that everything wrong here is explained by
    what was told of a function that this one calls; `extra` that the explanation comes from the
    diagnostic trials alone, `problems` from which. `substance` says whether the answer is more than
    an empty one, `order` in which order the values came back, if in another. `errors` are the
    exceptions that a verdict or the note tells of. `loop` is the way back that gives it all.
    """

    outcomes: list[Outcome]
    blocked: str = ""
    explanation: Explanation | None = None
    relative: Relative | None = None
    carried: bool = False
    extra: bool = False
    problems: tuple[Problem, ...] = ()
    substance: bool = True
    errors: list[StudentError] = field(default_factory=list)
    order: str = ""
    loop: Any = None

    @property
    def one_layer(self) -> bool:
        """Whether no graph has more than one layer, so that naming the layer says nothing."""
        problems = (o.trial.problem for o in self.outcomes)
        return all(_one_place(p.graph) for p in problems if p is not None)

    @property
    def family(self) -> str:
        """The family of the graphs: in whose words misconceptions are told."""
        problems = (o.trial.problem for o in self.outcomes)
        return next((str(p.graph.facts.family) for p in problems if p is not None), "")


def _one_place(graph: Graph) -> bool:
    return isinstance(graph.facts, LayerFacts) and graph.facts.length == 1


def judge(
    exercise: Exercise,
    wanted: Property,
    findings: Findings,
    student: Student,
    rng: np.random.Generator,
) -> tuple[Verdict, str]:
    """The verdict on one property, and the id of a misconception if the check knows it."""
    id, status = "", "not checked"  # type: str, Status
    if findings.blocked:
        detail = findings.blocked
    elif wanted.holds is not None:
        status, detail, id = _holds(wanted, findings, student, rng)
    elif wanted is UNCHANGED:
        changed = [o.changed[0] for o in findings.outcomes if o.changed]
        status, detail = _behaved(findings, _overwritten(changed[0]) if changed else "")
    elif wanted is TWICE:
        differs = any(not o.repeated for o in findings.outcomes)
        again = "a second call with equal arguments gave something else"
        status, detail = _behaved(findings, again if differs else "")
    else:
        status, detail = _compared(wanted, findings)
    return Verdict(f"{exercise.name}__{wanted.name}", status, wanted.sentence, detail), id


def _overwritten(path: str) -> str:
    """Say which argument was changed: ``"2[0]"`` is the item [0] of the third."""
    place, bracket, rest = path.partition("[")
    ordinal = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh")[int(place)]
    where = f", at {bracket}{rest}," if bracket else ""
    return f"its {ordinal} argument{where} was changed in place"


def _trouble(findings: Findings) -> str:
    return next((o.trouble for o in findings.outcomes if o.trouble), "")


def _behaved(findings: Findings, misdeed: str) -> tuple[Status, str]:
    if misdeed:
        return "failed", misdeed
    trouble = _trouble(findings)
    return ("not checked", trouble) if trouble else ("passed", "")


def _holds(
    wanted: Property, findings: Findings, student: Student, rng: np.random.Generator
) -> tuple[Status, str, str]:
    assert wanted.holds is not None
    if _trouble(findings):
        return "not checked", _trouble(findings), ""
    try:
        wanted.holds(student, rng)
    except Wanting as error:
        known = findings.explanation.ids if findings.explanation else ()
        if findings.carried and (not error.id or error.id in known):
            return "carried", CARRIED, ""
        findings.errors += raised(error.__context__)
        return "failed", str(error), error.id
    except NotWritten as error:
        return "not checked", str(error), ""
    except (StudentError, Misshapen) as error:
        if any(same(error, known) for known in findings.errors):
            return "not checked", "it stops with the same error", ""
        findings.errors += raised(error)
        return "failed", str(error), ""
    except (ArithmeticError, LookupError, TypeError, ValueError) as error:
        return "failed", f"what came back cannot be read: {error}", ""
    return "passed", "", ""


def _compared(wanted: Property, findings: Findings) -> tuple[Status, str]:
    trouble = _trouble(findings)
    if trouble:
        return ("failed" if wanted is SHAPES else "not checked"), trouble
    gaps = [g for o in findings.outcomes for n, g in o.gaps.items() if _about(wanted, n)]
    wrong = [g for g in gaps if g is not None and g.wrong]
    form = [g for g in wrong if g.kind not in ("values", "forward")]
    unjudged = [g for g in wrong if g.kind == "forward"]
    shapes = any(g.kind == "shape" for g in wrong)
    explained = all(g.kind in ("values", "shape") for g in wrong)
    if findings.carried and explained and (shapes or (wrong and wanted is not SHAPES)):
        return "carried", CARRIED
    if wanted is SHAPES:
        if findings.order or form:
            told = "; ".join(dict.fromkeys(g.message for g in form[:2]))
            return "failed", findings.order or told
        remarks = [g.message for g in gaps if g is not None and not g.wrong]
        return "passed", remarks[0] if remarks else ""
    if not gaps:
        return "not checked", "the functions it builds on have to be right first"
    if form or unjudged:
        return "not checked", findings.order or (form or unjudged)[0].message
    if not wrong:
        lent = any(_about(wanted, name) for o in findings.outcomes for name in o.lent)
        return ("carried", LENT) if lent and wanted is not SHAPES else ("passed", "")
    return "failed", _differ(wanted, findings)


def _differ(wanted: Property, findings: Findings) -> str:
    """Name the wrong arrays of the first trial that has any."""
    for outcome in findings.outcomes:
        gaps = {n: g for n, g in outcome.gaps.items() if _about(wanted, n)}
        names = [n for n, g in gaps.items() if g is not None and g.wrong]
        if names:
            return f"{', '.join(names)} {'differs' if len(names) == 1 else 'differ'}"
    return ""


def _about(wanted: Property, name: str) -> bool:
    """Is the array among those of the property? ``dW`` stands for dW1, dW2, ... as well."""
    return wanted is SHAPES or name in wanted.arrays or name.rstrip("0123456789") in wanted.arrays
