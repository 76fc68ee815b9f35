"""Where an array is wrong, and what it is instead, where no edit of the graph explains it.

Everything is a statement with its predicate, compared on all instances that ran.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain

import numpy as np

from autograder.engine.exercise import Exercise
from autograder.engine.findings import Outcome
from autograder.engine.locate.axes import names
from autograder.engine.locate.blocks import block
from autograder.engine.locate.candidates import candidates
from autograder.engine.locate.case import Case, Pair, cases_of, pairs, wrong_names, wrong_pairs
from autograder.engine.locate.instances import instances
from autograder.engine.locate.level import level
from autograder.engine.locate.numbered import numbered, permuted, shifted, swapped
from autograder.engine.locate.other_formulas import by_formula
from autograder.engine.locate.places import finite, places
from autograder.engine.locate.relation import Relation, first
from autograder.engine.locate.signal import signal
from autograder.engine.locate.touchstones import touchstones
from autograder.engine.report.statement import Statement

__all__ = ["MOST", "first_statements", "located", "of_cases"]

#: More sentences than this are not said.
MOST = 3
#: So many wrong arrays are looked at one by one; the others are compared with what was found.
LOOKED_AT = 4
#: So many of them are compared with whole expressions.
THOROUGHLY = 2


def located(exercise: Exercise, outcomes: Sequence[Outcome]) -> Iterator[Statement]:
    """Yield statements on the wrong arrays of a function, the most telling first.

    Parameters
    ----------
    exercise : Exercise
    outcomes : sequence of Outcome
        All that ran, the right ones as well.
    """
    yield from signal(exercise, outcomes)
    cases = cases_of(exercise, outcomes)
    yield from touchstones(exercise.name, cases)
    yield from of_cases(cases)


def of_cases(cases: Sequence[Case]) -> Iterator[Statement]:
    """Yield the same of cases: arrays that came back beside the right ones."""
    wrong = [name for name in wrong_names(cases) if _comparable(cases, name)]
    told: set[str] = set()
    yield from swapped(cases, wrong, told)
    for moved in (shifted, permuted):
        yield from moved(cases, [name for name in wrong if name not in told], told)
    elsewhere = set(told)
    yield from by_formula(cases, [n for n in wrong if not _of_many_kinds(cases, n)], told)
    later: list[Iterator[Statement]] = []
    for n, name in enumerate(wrong[:LOOKED_AT]):
        if name in told:
            continue
        found = wrong_pairs(cases, name)
        if not all(np.isfinite(pair.found).all() for pair in found):
            yield from finite(pairs(cases, name), name)
        if any(pair.case.unlike for pair in found):
            continue
        plain = [pair for pair in found if _plain(pair)]
        if 0 < len(plain) < len(found) and first(candidates(found), found) is None:
            # nan, or another shape, on some of the instances: of the others more may be said
            related = first(candidates(plain), plain)
            if related is not None:
                yield _related(cases, [name], related, " where it is finite and has its shape")
            continue
        if all(not pair.found.any() for pair in found):
            yield from _zero(cases, wrong, told)
            continue
        related = first(candidates(found, thorough=n < THOROUGHLY), found)
        if related is not None:
            also = [n for n in wrong if n == name or related.holds(wrong_pairs(cases, n))]
            told.update(also)
            yield _related(cases, also, related)
        else:
            split = list(_of_kinds(cases, found, name))
            if part := block(found):
                yield _of_blocks(cases, part, wrong, told)
                continue
            rest = chain(level(found, name), places(pairs(cases, name), name))
            later.append(iter(split) if split else rest)
    # what an array is says more than where it is so
    asked = [n for n in wrong[: not any(case.unlike for case in cases)] if n not in told]
    shared = [s for name in asked for s in instances(pairs(cases, name), name) if s.true]
    yield from shared
    # what one example shows is said of one array, and not beside what several share
    for statements in later[:1]:
        yield from (s for s in statements if not (shared and s.once))
    yield from numbered(cases, [name for name in wrong if name not in elsewhere])
    for statements in later[1:]:
        yield from (s for s in statements if not s.once)


def _of_kinds(cases: Sequence[Case], found: Sequence[Pair], name: str) -> Iterator[Statement]:
    """Each kind of instance for itself: where a word chooses the line, each line may be wrong."""
    kinds = list(dict.fromkeys(pair.case.kind for pair in found))
    every = {pair.case.kind for pair in pairs(cases, name)}
    for kind in kinds if len(every) > 1 else ():
        own = [case for case in cases if case.kind == kind]
        by = list(by_formula(own, [name], set(), f" with {kind}"))
        if by:
            yield by[0]
            continue
        some = [pair for pair in found if pair.case.kind == kind]
        related = first(candidates(some), some)
        if related is not None:
            yield _related(own, [name], related, f" with {kind}")


def _of_blocks(cases: Sequence[Case], part: str, wrong: Sequence[str], told: set[str]) -> Statement:
    """The arrays of which the same part is wrong."""
    also = [name for name in wrong if block(wrong_pairs(cases, name)) == part]
    told.update(also)
    return Statement(
        f"Of {names(also)} {part}.",
        lambda: all(block(wrong_pairs(cases, name)) == part for name in also),
    )


def _of_many_kinds(cases: Sequence[Case], name: str) -> bool:
    return len({pair.case.kind for pair in pairs(cases, name)}) > 1


def _plain(pair: Pair) -> bool:
    return pair.found.shape == pair.right.shape and bool(np.isfinite(pair.found).all())


def _comparable(cases: Sequence[Case], name: str) -> bool:
    """Whether every wrong one of that name is an array of numbers."""
    return all(name in case.found for case in cases if name in case.wrong)


def _zero(cases: Sequence[Case], wrong: Sequence[str], told: set[str]) -> Iterator[Statement]:
    found = {n: wrong_pairs(cases, n) for n in wrong}
    zero = [n for n, several in found.items() if not any(pair.found.any() for pair in several)]
    told.update(zero)
    zero = [n for n in zero if any(pair.right.any() for pair in found[n])]  # else it is no fault
    if not zero:
        return
    text = f"What you return as {names(zero)} is zero in every entry."
    yield Statement(text, lambda: all(not pair.found.any() for n in zero for pair in found[n]))


def _related(
    cases: Sequence[Case], also: Sequence[str], related: Relation, where: str = ""
) -> Statement:
    """What some arrays are; `where` says on which of their instances."""
    right = f"the right {also[0]}" if len(also) == 1 else "the right one"
    what = related.noun.replace("{right}", right)
    each = " each time" if len(also) > 1 else ""
    start = f"W{where[2:]}, what" if where.startswith(" with ") else "What"
    kinds = [{p.case.kind for n in also for p in pairs(cases, n) if p.wrong == w} for w in (1, 0)]
    if not where and kinds[1] - kinds[0]:  # right for another activation: that has its own line
        start = "Where it is wrong, what"
    found = {name: wrong_pairs(cases, name) for name in also}
    if "finite" in where:
        found = {n: [p for p in several if _plain(p)] for n, several in found.items()}
    return Statement(
        f"{start} you return as {names(also)} is{each}{where if start == 'What' else ''} {what}.",
        lambda: all(related.holds(several) for several in found.values()),
        about=() if where else tuple(also),
    )


def first_statements(exercise: Exercise, outcomes: Sequence[Outcome]) -> tuple[Statement, ...]:
    """Return the first few statements that hold."""
    true = (statement for statement in located(exercise, outcomes) if statement.true)
    by_text: dict[str, Statement] = {}
    for statement in true:
        by_text.setdefault(statement.text, statement)
        if len(by_text) == MOST:
            break
    return tuple(by_text.values())
