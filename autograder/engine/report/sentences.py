"""What is said beside the verdicts: the misconception, how sure that is, an example.

Everything here is told to the student: plain words, and no numbers but those of the example.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np

from autograder.engine.compare import Gap
from autograder.engine.diagnosis import CATALOGUE, UNNAMED
from autograder.engine.exercise import TWICE, Exercise
from autograder.engine.findings import Findings, Outcome
from autograder.engine.locate.case import argument_names
from autograder.engine.report.misconception_words import CHANGED, wording
from autograder.engine.report.statement import Statement
from autograder.engine.report.verdict import Example, Words
from autograder.engine.run import floats
from autograder.errors.words import some

#: What a forward pass returns is the same, whoever holds the arrays of its cache.
_BORROWED = "cache-borrowed"
#: Misconceptions that an exception gives away, by its family, and what was computed then.
_KNOWN = {
    "square": (
        "dba-broadcast-square",
        "a sum of shape (n, n), which cannot be written into one of (n, 1)",
    ),
}


def words(
    exercise: Exercise,
    findings: Findings,
    ids: Sequence[str],
) -> tuple[Words, ...]:
    """The catalogue's words on everything that could be named, each misconception once.

    `ids` are those of misconceptions that a check knew by itself.
    """
    said: dict[str, Words] = {}
    wrong = [name for o in findings.outcomes for name, gap in o.gaps.items() if gap is not None]
    explained = findings.explanation.causes if findings.explanation else ()
    for cause in explained:
        scope = "" if findings.one_place(cause.scope) else cause.scope
        entry, detail = cause.misconception, cause.form.detail
        told = wording(entry, exercise, findings.family, detail, scope, wrong)
        said.setdefault(entry.id, told)
    acts = _behaviours(exercise, findings, ids)
    for id in dict.fromkeys([*ids, *acts]):
        related = findings.relative is not None and findings.relative.id == id
        detail = findings.relative.detail if findings.relative and related else ""
        # no line of the contract changes an argument
        changed = id in acts and not related and any(o.changed for o in findings.outcomes)
        lines = None if changed else wrong
        place = _place(findings)
        told = wording(CATALOGUE[id], exercise, findings.family, detail, "", lines, place)
        computed = told.computed.replace(CHANGED, _changed(exercise, findings))
        if not explained_all(findings):
            more = "what differs above may come from that, or be a mistake of its own"
            if id == _BORROWED:
                more = "what differs above is a mistake of its own"
            computed = f"{computed}; {more}"
        told = replace(told, computed=computed)
        said.setdefault(id, told)
    if not said:
        for id, computed in (_KNOWN[e.family] for e in findings.errors if e.family in _KNOWN):
            words = wording(CATALOGUE[id], exercise, findings.family)
            said[id] = replace(words, computed=computed)
    return tuple(said.values())


def _place(findings: Findings) -> str:
    """The place of the one argument that was changed, as words for it are entered: ``"0"``."""
    places = {path.partition("[")[0] for o in findings.outcomes for path in o.changed}
    return places.pop() if len(places) == 1 else ""


def _changed(exercise: Exercise, findings: Findings) -> str:
    """The arguments that were changed, by name: ``"dP"``, ``"cache"``."""
    paths = [path for outcome in findings.outcomes for path in outcome.changed]
    places = sorted({int(path.partition("[")[0]) for path in paths})
    known = argument_names(exercise)
    return some([known[n] for n in places if n < len(known)], most=4) or "an argument"


def explained_all(findings: Findings) -> bool:
    """Whether what was compared is right, or a mistake was found that gives just these numbers."""
    wrong = any(gap is not None and gap.wrong for o in findings.outcomes for gap in o.gaps.values())
    return not wrong or findings.explanation is not None or findings.relative is not None


def two_without_a_name(findings: Findings) -> bool:
    """Whether two edits of the graph explain it together, neither of which has a name."""
    ids = findings.explanation.ids if findings.explanation is not None else ()
    return len(ids) > 1 and all(id.startswith(UNNAMED) for id in ids)


def _behaviours(exercise: Exercise, findings: Findings, ids: Sequence[str]) -> list[str]:
    """Ids of what shows in the values of a forward pass or in what the function did."""
    found = [findings.relative.id] if findings.relative is not None else []
    changed = [path for outcome in findings.outcomes for path in outcome.changed]
    acts = [CATALOGUE.behaves("changed", exercise.name, changed)] if changed else []
    again = TWICE in exercise.properties  # what draws at random may differ
    if again and _differs(findings) and not (ids or found or changed):
        acts.append(CATALOGUE.behaves("differs", exercise.name))
    return found + [entry.id for entry in acts if entry is not None]


def _differs(findings: Findings) -> bool:
    """Whether a second call gave other arrays: of a count alone, no mistake in arrays is told."""
    other = [o for o in findings.outcomes if not o.repeated]
    return any(not o.unlike or set(o.unlike) & o.gaps.keys() for o in other)


def carried(sources: Sequence[str]) -> str:
    """What is said in the place of a diagnosis where the mistake sits in functions it calls."""
    names = some([f"`{name}`" for name in sources], most=len(sources))
    return f"What differs here comes from {names}: mend that first, and this follows."


def lent(sources: Sequence[str]) -> str:
    """What is said where all holds with right functions in the place of wrong ones it calls."""
    names = some([f"`{name}`" for name in sources], most=len(sources))
    right = f"a right {names}" if len(sources) == 1 else f"right ones of {names}"
    return f"All of this holds with {right} in the place of yours: mend that first."


def given(sources: Sequence[str]) -> str:
    """What is said before all else where a function was judged with right callees."""
    names = some([f"`{name}`" for name in sources], most=len(sources))
    if len(sources) == 1:
        return f"Mend {names} too: what is said here holds with a right one in its place."
    return f"Mend {names} too: what is said here holds with right ones in their places."


def certainty(findings: Findings) -> Iterator[Statement]:
    """Say how sure the named misconception is: on how much it agrees with what was returned."""
    if findings.explanation is not None:
        outcomes = [o for o in findings.outcomes if o.trial.problem is not None]
        what, holds = "array", lambda: _all_agree(findings, outcomes)
        if not outcomes:  # values of a forward pass
            outcomes = [o for o in findings.outcomes if o.trial.graph is not None]
            holds = lambda: not any(outcome.trouble for outcome in outcomes)  # noqa: E731
    elif findings.relative is not None:
        outcomes = [o for o in findings.outcomes if o.trial.relatives]
        what, holds = "value", lambda: not any(outcome.trouble for outcome in outcomes)
    else:
        return
    if findings.extra and findings.explanation is not None:
        where, holds = "on an example whose sizes are all equal", lambda: True
    else:
        where = f"on {len(outcomes)} examples" if len(outcomes) > 1 else "on one example"
        if any(outcome.error is not None for outcome in findings.outcomes):
            where += " that did not raise"
    text = f"How sure this is: {where}, every {what} you returned agrees with it to nine digits."
    yield Statement(text, holds)


def _all_agree(findings: Findings, outcomes: Sequence[Outcome]) -> bool:
    """Whether every array that was asked for came back, and was there to be explained."""
    return all(
        not o.trouble
        and o.trial.problem is not None
        and o.trial.truth is None
        and o.trial.problem.claims.keys() <= floats(o.returned).keys()
        for o in outcomes
    )


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
        kind(outcome, gap),
    )


def kind(outcome: Outcome, gap: Gap) -> str:
    """What an array is compared with, as `Example` has it."""
    problem = outcome.trial.problem
    if problem is None or gap.name not in problem.claims:
        return "value"
    return "gradient" if outcome.trial.truth is None else "own"
