"""What is said beside the verdicts: the misconception, how sure that is, an example, what to try.

Everything here is told to the student: plain words, and no numbers but those of the example.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from autograder.engine.compare import Gap
from autograder.engine.diagnosis import CATALOGUE, Misconception
from autograder.engine.exercise import Exercise
from autograder.engine.judge import Findings, Outcome
from autograder.engine.report.verdict import Example, Verdict, Words
from autograder.engine.signatures import SIGNATURES
from autograder.observe import StudentError

_COARSE = (
    "Your array is float32, with seven digits: compute in float64, and a mistake can be named.",
)
#: Misconceptions that an exception gives away, by its family, and what was computed then.
_KNOWN = {
    "square": (
        "dba-broadcast-square",
        "a sum of shape (n, n), which cannot be written into an array of shape (n, 1)",
    ),
}


def words(
    exercise: Exercise,
    findings: Findings,
    ids: Sequence[str],
    errors: Sequence[StudentError] = (),
) -> tuple[Words, ...]:
    """The catalogue's words on everything that could be named, each misconception once.

    `ids` are those of misconceptions that a check knew by itself; `errors` what calls raised.
    """
    said: dict[str, Words] = {}
    for cause in findings.explanation.causes if findings.explanation else ():
        entry = CATALOGUE.told(cause.misconception, findings.family)
        scope = "" if findings.one_layer and cause.scope == "every layer" else cause.scope
        said.setdefault(entry.id, _of(entry, cause.form.detail, scope))
    for id in dict.fromkeys([*ids, *_behaviours(exercise, findings, ids)]):
        entry = CATALOGUE.told(CATALOGUE[id], findings.family, exercise.name)
        detail = findings.relative.detail if findings.relative else ""
        said.setdefault(id, _of(entry, detail if findings.relative_is(id) else ""))
    if not said:
        for id, computed in (_KNOWN[e.family] for e in errors if e.family in _KNOWN):
            entry = CATALOGUE.told(CATALOGUE[id], findings.family)
            said[id] = replace(_of(entry), computed=computed)
    return tuple(said.values())


def _behaviours(exercise: Exercise, findings: Findings, ids: Sequence[str]) -> list[str]:
    """Ids of what shows in the values of a forward pass or in what the function did."""
    found = [findings.relative.id] if findings.relative is not None else []
    changed = [path for outcome in findings.outcomes for path in outcome.changed]
    acts = [CATALOGUE.behaves("changed", exercise.name, changed)] if changed else []
    if any(not o.repeated for o in findings.outcomes) and not (ids or found or changed):
        acts.append(CATALOGUE.behaves("differs", exercise.name))
    return found + [entry.id for entry in acts if entry is not None]


def _of(entry: Misconception, detail: str = "", scope: str = "") -> Words:
    return Words(
        entry.id,
        entry.title,
        entry.computed,
        entry.formula,
        entry.ask,
        entry.section,
        detail,
        scope,
        entry.mistake,
    )


def carried(sources: Sequence[str]) -> str:
    """What is said in the place of a diagnosis where the mistake sits in functions it calls."""
    names = " and ".join(f"`{name}`" for name in sources)
    return f"What differs here comes from {names}: mend that first, and this follows."


def certainty(findings: Findings) -> str:
    """How sure the named misconception is: on how much it agrees with what was returned."""
    if findings.explanation is None and findings.relative is None:
        return ""
    if findings.extra:
        where = "on an example whose sizes are all equal"
    else:
        where = f"on {findings.examples} examples" if findings.examples > 1 else "on one example"
    what = "value" if findings.explanation is None else "array"
    return f"How sure this is: {where}, every {what} you returned agrees with it to nine digits."


def first_gap(findings: Findings) -> tuple[Outcome, Gap] | None:
    """The first wrong array in backward order: the place to look."""
    for outcome in findings.outcomes:
        for gap in outcome.gaps.values():
            if gap is not None and gap.kind == "values":
                return outcome, gap
    return None


def example(findings: Findings) -> Example | None:
    """The first wrong array, with its worst entry."""
    first = first_gap(findings)
    if first is None or first[1].found is None or first[1].wanted is None:
        return None
    outcome, gap = first
    found, wanted = np.asarray(gap.found), np.asarray(gap.wanted)
    return Example(
        gap.name,
        outcome.trial.label,
        gap.worst,
        found.tolist(),
        wanted.tolist(),
        gap.error,
        _kind(outcome, gap),
    )


def _kind(outcome: Outcome, gap: Gap) -> str:
    """What an array is compared with, as `Example` has it."""
    problem = outcome.trial.problem
    if problem is None or gap.name not in problem.claims:
        return "value"
    return "gradient" if outcome.trial.truth is None else "own"


def advice(
    findings: Findings,
    verdicts: Sequence[Verdict],
    note: str,
    errors: Sequence[StudentError],
    located: Sequence[str] = (),
    instance: str = "",
) -> tuple[str, ...]:
    """Where nothing is named: what was raised, or where it is wrong and what to try.

    An exception is explained only where it is told. `located` says where the arrays are wrong,
    `instance` is the smallest one on which the function fails.
    """
    told = [note, *(verdict.detail for verdict in verdicts if not verdict.earned)]
    for error in errors:
        if any(str(error) in detail for detail in told):
            return _raised(error)
    if findings.order:
        return (f"Every value is right, in another place: {findings.order}.",)
    shown = (instance,) if instance else ()
    for outcome in findings.outcomes:
        for gap in outcome.gaps.values():
            if gap is not None and gap.wrong and gap.kind != "values":
                form = _form(gap)[: 2 if shown else 3]
                return (*located, *form, *shown) if form else ()
            if gap is not None and gap.wrong:
                coarse = getattr(outcome.returned[gap.name], "dtype", None) == np.float32
                return _numbers(gap.name, _kind(outcome, gap), located, shown) + _COARSE * coarse
    return ()


def _raised(error: StudentError) -> tuple[str, ...]:
    """What the student's side found out; the contract where the call itself was refused."""
    contract = SIGNATURES.get(error.called, "")
    if contract and error.kind == "TypeError" and not error.where and error.told:
        first, *rest = error.told
        return (f"{first} The text of the exercise says `{contract}`.", *rest)
    return error.told


def _numbers(name: str, kind: str, located: Sequence[str], shown: Sequence[str]) -> tuple[str, ...]:
    """Of wrong numbers that no known mistake gives."""
    if kind == "own":
        start = (
            "Once your forward pass is right, a known mistake behind these numbers can be named."
        )
        located = (start, *located)
    elif not located:
        located = (
            "Neither a known mistake, nor two together, nor a simple relation to the right array "
            "gives these numbers.",
        )
    if shown:
        located = (
            *(*located, *shown),
            f"An experiment: compute {name} of this instance by hand, and print each factor of "
            "your line beside it. Which one differs first?",
        )
    return tuple(located)


def _form(gap: Gap) -> tuple[str, ...]:
    name = gap.name
    if gap.kind == "shape" and name.startswith("d"):
        return (
            "A gradient has one entry for each entry of the array it belongs to: it says how the "
            f"cost answers to that entry. So {name} has the shape of {name[1:]}, always.",
            f"An experiment: print {name}.shape beside the shape of {name[1:]}, then the shapes "
            "of the factors in your line. np.sum with an axis removes that axis unless it is told "
            "keepdims=True, and .T exchanges two.",
            "Ask yourself: which index does each axis count, units or examples, and which of them "
            "has to disappear in a sum?",
        )
    if gap.kind == "not finite":
        return (
            "A value that is nan or infinite comes from a division by zero, the logarithm of "
            "zero, or a number too large for float64, and everything computed from it is lost.",
            "An experiment: after each line of your function, print np.isfinite(...).all() of the "
            "array that the line made. The first False names the line. Then print what stands "
            "below the fraction bar, or inside np.log or np.exp, in that line.",
            "Ask yourself: may that number be zero, or that large, and what does the formula say "
            "then?",
        )
    return ()
