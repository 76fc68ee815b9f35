"""The named properties of an exercise, and how each is judged from what its trials showed.

Most are about arrays that are compared. The others are about what a function does besides: the
shapes that it returns, its inputs, a second call, or what a function of the check's own tests.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from autograder.engine.compare import Gap
from autograder.engine.findings import Findings
from autograder.engine.raised import raised, same
from autograder.engine.report.verdict import Status, Verdict
from autograder.engine.student import NotWritten, Student
from autograder.engine.unpack import Misshapen
from autograder.engine.wanting import AsFarAsSeen, worded
from autograder.engine.wanting import Barrier as Barrier
from autograder.engine.wanting import Wanting as Wanting
from autograder.errors.words import some
from autograder.observe import StudentError

#: Said of what is wrong only as far as something before it is.
CARRIED = "right, given what the functions it calls return"

#: Of a zero that is right for a forward pass which forgot that argument.
LENT = "right for the forward pass as you wrote it"

#: Of two calls that differ; where the first one had written into what it was given.
AGAIN = "a second call with equal arguments gave something else"
AGAIN_CHANGED = "a second call with the same arguments gave something else: the first changed them"

Extra = Callable[[Student, np.random.Generator], None]
#: A status, what is said of it, and the id of a misconception where the check knows it.
Judged = tuple[Status, str, str]


@dataclass(frozen=True)
class Property:
    """A named property; its sentence is what the learner reads.

    The docstring of the function that tests it begins with the sentence. `said` holds it where no
    function has it: for arrays that are compared, and for one function that serves several.

    Either `arrays` names the returned arrays it is about (by prefix), or `holds` tests it. What
    is not `alone` an empty answer has too, as one that returns zeros leaves its inputs unchanged:
    it counts only beside an answer with substance, see `autograder.engine.substance`.
    """

    name: str
    said: str = ""
    arrays: tuple[str, ...] = ()
    holds: Extra | None = None
    alone: bool = True

    @property
    def sentence(self) -> str:
        """What the learner reads, ``"leaves theta unchanged"``."""
        if self.said:
            return self.said
        first = inspect.cleandoc(self.holds.__doc__ or "").partition("\n\n")[0]
        return " ".join(first.split()).removesuffix(".")

    def judge(
        self, function: str, findings: Findings, student: Student, rng: np.random.Generator
    ) -> tuple[Verdict, str]:
        """The verdict on this property of a function, and the id of a misconception or ``""``."""
        status, detail, id = "not checked", findings.blocked, ""  # type: Status, str, str
        if not findings.blocked:
            status, detail, id = self._judged(findings, student, rng)
        return Verdict(f"{function}__{self.name}", status, self.sentence, detail), id

    def _judged(self, findings: Findings, student: Student, rng: np.random.Generator) -> Judged:
        if findings.trouble:
            return _barred(self, findings, findings.trouble)
        if self.holds is not None:
            return _held(self, findings, student, rng)
        return self._compared(findings)

    def _compared(self, findings: Findings) -> Judged:
        wrong = _wrong(self._gaps(findings))
        form = [g for g in wrong if g.kind not in ("values", "forward")]
        unjudged = [g for g in wrong if g.kind == "forward"]
        if findings.carried and wrong and _explained(wrong):
            return "carried", CARRIED, ""
        if not self._gaps(findings):
            return "not checked", "the functions it builds on have to be right first", ""
        if form:  # told by the property on shapes, where there is one
            return _barred(self, findings, findings.order or form[0].message)
        if unjudged:
            return "not checked", findings.order or unjudged[0].message, ""
        if not wrong:
            lent = any(self._about(name) for o in findings.outcomes for name in o.lent)
            return ("carried", LENT, "") if lent else ("passed", "", "")
        return "failed", self._differ(findings), ""

    def _gaps(self, findings: Findings) -> list[Gap | None]:
        return [g for o in findings.outcomes for n, g in o.gaps.items() if self._about(n)]

    def _about(self, name: str) -> bool:
        """Is the array among those of the property? ``dW`` stands for dW1, dW2, ... as well."""
        return name in self.arrays or name.rstrip("0123456789") in self.arrays

    def _differ(self, findings: Findings) -> str:
        """Name the wrong arrays of the first trial that has any."""
        for outcome in findings.outcomes:
            gaps = {n: g for n, g in outcome.gaps.items() if self._about(n)}
            names = [n for n, g in gaps.items() if g is not None and g.wrong]
            if names:
                return f"{', '.join(names)} {'differs' if len(names) == 1 else 'differ'}"
        return ""


class _Shapes(Property):
    """About all arrays that come back: their order, names, shapes and types."""

    def _judged(self, findings: Findings, student: Student, rng: np.random.Generator) -> Judged:
        if findings.trouble:
            return _barred(self, findings, findings.trouble)
        gaps = [g for o in findings.outcomes for g in o.gaps.values()]
        wrong = _wrong(gaps)
        if findings.carried and _explained(wrong) and any(g.kind == "shape" for g in wrong):
            return "carried", CARRIED, ""
        form = [g for g in wrong if g.kind not in ("values", "forward")]
        if findings.order or form:
            told = "; ".join(dict.fromkeys(g.message for g in form[:2]))
            return _barred(self, findings, findings.order or told)
        remarks = [g.message for g in gaps if g is not None and not g.wrong]
        return "passed", remarks[0] if remarks else "", ""


class _Unchanged(Property):
    """About the arguments: what they were before the call."""

    def _judged(self, findings: Findings, student: Student, rng: np.random.Generator) -> Judged:
        changed = [o.changed[0] for o in findings.outcomes if o.changed]
        return _behaved(findings, _overwritten(changed[0]) if changed else "")


class _Twice(Property):
    """About a second call with the same arguments, as the first call left them."""

    def _judged(self, findings: Findings, student: Student, rng: np.random.Generator) -> Judged:
        differs = [o for o in findings.outcomes if not o.repeated]
        again = AGAIN_CHANGED if any(o.changed for o in differs) else AGAIN
        parts = {name for o in differs for name in o.unlike if len(o.unlike) < len(o.returned)}
        told = f"{again}: {some(sorted(parts), most=3)}" if parts else again
        return _behaved(findings, told if differs else "")


SHAPES = _Shapes(
    "returns_the_right_shapes", "returns what the contract names, in its shapes", alone=False
)
UNCHANGED = _Unchanged("leaves_its_inputs_unchanged", "leaves its inputs unchanged", alone=False)
TWICE = _Twice("same_answer_twice", "gives the same answer when it is called again", alone=False)


def _wrong(gaps: list[Gap | None]) -> list[Gap]:
    return [g for g in gaps if g is not None and g.wrong]


def _explained(wrong: list[Gap]) -> bool:
    """Whether what a function before it returned could make all of these."""
    return all(g.kind in ("values", "shape") for g in wrong)


def _behaved(findings: Findings, misdeed: str) -> Judged:
    if misdeed:
        return "failed", misdeed, ""
    trouble = findings.trouble
    return ("not checked", trouble, "") if trouble else ("passed", "", "")


def _overwritten(path: str) -> str:
    """Say which argument was changed: ``"2[0]"`` is the item [0] of the third."""
    place, bracket, rest = path.partition("[")
    ordinal = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh")[int(place)]
    where = f", at {bracket}{rest}," if bracket else ""
    return f"its {ordinal} argument{where} was changed in place"


def _held(
    wanted: Property, findings: Findings, student: Student, rng: np.random.Generator
) -> Judged:
    assert wanted.holds is not None
    try:
        worded(wanted.holds, student, rng)
    except Wanting as error:
        known = findings.explanation.ids if findings.explanation else ()
        if findings.carried and (not error.id or error.id in known):
            return "carried", CARRIED, ""
        findings.errors += raised(error.__context__)
        if isinstance(error, Barrier):
            return _barred(wanted, findings, str(error), error.id)
        return "failed", str(error), error.id
    except AsFarAsSeen as error:
        return "carried", str(error), ""
    except NotWritten as error:
        return "not checked", str(error), ""
    except Misshapen as error:
        return _barred(wanted, findings, str(error))
    except StudentError as error:
        if any(same(error, known) for known in findings.errors):
            return "not checked", "it stops with the same error", ""
        findings.errors += raised(error)
        return "failed", str(error), ""
    except (ArithmeticError, LookupError, TypeError, ValueError) as error:
        what = "has no entry" if isinstance(error, KeyError) else "cannot be read:"
        return _barred(wanted, findings, f"what came back {what} {error}")
    return "passed", "", ""


def _barred(wanted: Property, findings: Findings, told: str, id: str = "") -> Judged:
    """Failed for the first property that meets a barrier, not checked for the others."""
    findings.barred = findings.barred or wanted.name
    return ("failed", told, id) if findings.barred == wanted.name else ("not checked", told, "")
