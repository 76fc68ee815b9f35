"""Where an array is wrong, and what it is instead, where no edit of the graph explains it.

Everything is a statement with its predicate, compared on all instances that ran.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain, islice

import numpy as np

from autograder.engine.exercise import Exercise
from autograder.engine.findings import Outcome
from autograder.engine.locate.axes import names
from autograder.engine.locate.candidates import candidates
from autograder.engine.locate.case import Case, Pair, cases_of, pairs, wrong_names, wrong_pairs
from autograder.engine.locate.factor import number, ratio
from autograder.engine.locate.instances import instances
from autograder.engine.locate.numbered import numbered, shifted, swapped
from autograder.engine.locate.places import finite, places
from autograder.engine.locate.relation import Relation, first
from autograder.engine.locate.signal import signal
from autograder.engine.report.statement import Statement

__all__ = ["MOST", "located", "located_sentences", "of_cases"]

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
    yield from of_cases(cases_of(exercise, outcomes))


def of_cases(cases: Sequence[Case]) -> Iterator[Statement]:
    """Yield the same of cases: arrays that came back beside the right ones."""
    wrong = [name for name in wrong_names(cases) if _comparable(cases, name)]
    told: set[str] = set()
    yield from swapped(cases, wrong, told)
    yield from shifted(cases, [name for name in wrong if name not in told], told)
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
            rest = chain(_level(found, name), places(pairs(cases, name), name))
            later.append(iter(split) if split else rest)
    for statements in later[:1]:
        yield from statements
    for name in wrong[: not any(case.unlike for case in cases)]:
        yield from instances(pairs(cases, name), name)
    yield from numbered(cases, wrong)
    for statements in later[1:]:
        yield from statements


def _of_kinds(cases: Sequence[Case], found: Sequence[Pair], name: str) -> Iterator[Statement]:
    """Each kind of instance for itself: where a word chooses the line, each line may be wrong."""
    kinds = list(dict.fromkeys(pair.case.kind for pair in found))
    every = {pair.case.kind for pair in pairs(cases, name)}
    for kind in kinds if len(every) > 1 else ():
        some = [pair for pair in found if pair.case.kind == kind]
        related = first(candidates(some), some)
        if related is not None:
            own = [case for case in cases if case.kind == kind]
            yield _related(own, [name], related, f" with {kind}")


def _plain(pair: Pair) -> bool:
    return pair.found.shape == pair.right.shape and bool(np.isfinite(pair.found).all())


def _comparable(cases: Sequence[Case], name: str) -> bool:
    """Whether every wrong one of that name is an array of numbers."""
    return all(name in case.found for case in cases if name in case.wrong)


def _zero(cases: Sequence[Case], wrong: Sequence[str], told: set[str]) -> Iterator[Statement]:
    found = {n: wrong_pairs(cases, n) for n in wrong}
    zero = [n for n, several in found.items() if not any(pair.found.any() for pair in several)]
    told.update(zero)
    text = f"What you return as {names(zero)} is zero in every entry."
    yield Statement(text, lambda: all(not pair.found.any() for n in zero for pair in found[n]))


def _level(found: Sequence[Pair], name: str) -> Iterator[Statement]:
    """All entries are one number, or all rows one row; the right array times some number."""
    factors = [_one_factor(pair) for pair in found]
    if len(found) > 1 and all(factors):
        shown = " and ".join(
            f"{number(c or 0)} with {pair.case.label}"
            for c, pair in list(zip(factors, found, strict=True))[:2]
        )
        yield Statement(
            f"What you return as {name} is the right one times one number, the same for all its "
            f"entries: {shown}. Its direction is right; the factor is not.",
            lambda: True,  # it has just been measured
        )
        return
    large = [pair for pair in found if pair.found.size > 2 and np.ptp(pair.right) > 0]
    yield Statement(
        f"All entries of what you return as {name} are the same number.",
        lambda: bool(large) and all(np.ptp(pair.found) < 1e-12 for pair in large),
    )
    for axis, several in enumerate(("rows", "columns")):

        def holds(k: int = axis) -> bool:
            matrices = [p for p in found if p.found.ndim == 2 and p.found.shape[k] > 1]
            flat = all(np.ptp(p.found, axis=k).max() < 1e-12 for p in matrices)
            return (
                bool(matrices) and flat and any(np.ptp(p.right, axis=k).max() > 0 for p in matrices)
            )

        yield Statement(f"All {several} of what you return as {name} are equal.", holds)
        yield Statement(
            f"In each of its {several} {name} is off by the same amounts.", _evenly(found, axis)
        )
        yield Statement(
            f"Each of the {several} of what you return as {name} is that of the right one times a "
            f"number of its own: the factor that belongs to the {several} is another.",
            _multiples(found, axis),
        )


def _one_factor(pair: Pair) -> float | None:
    large = pair.found.size > 2 and pair.found.shape == pair.right.shape
    return ratio(pair.found, pair.right, pair.case.tolerance) if large else None


def _evenly(found: Sequence[Pair], axis: int):  # type: ignore[no-untyped-def]
    def holds() -> bool:
        large = [p for p in found if p.right.ndim == 2 and p.found.shape[axis] > 1]
        if not large or any(p.found.shape != p.right.shape for p in large):
            return False
        gaps = [p.found - p.right for p in large]
        return all(np.ptp(g, axis=axis).max() < 1e-9 * np.abs(g).max() for g in gaps)

    return holds


def _multiples(found: Sequence[Pair], axis: int):  # type: ignore[no-untyped-def]
    def holds() -> bool:
        large = [p for p in found if p.right.ndim == 2 and min(p.right.shape) > 1]
        if not large or any(p.found.shape != p.right.shape for p in large):
            return False
        for p in large:
            if (np.count_nonzero(p.right, axis=1 - axis) < 2).any():
                return False  # of one number any other is a multiple
            # rows that are parallel: every 2 by 2 minor of a row beside the right one is 0
            one, other = (p.found, p.right) if axis == 0 else (p.found.T, p.right.T)
            minors = one[:, :1] * other - one * other[:, :1]
            if np.abs(minors).max() > 1e-9 * np.abs(one).max() * np.abs(other).max():
                return False
        return True

    return holds


def _related(
    cases: Sequence[Case], also: Sequence[str], related: Relation, where: str = ""
) -> Statement:
    """What some arrays are; `where` says on which of their instances."""
    right = f"the right {also[0]}" if len(also) == 1 else "the right one"
    what = related.noun.replace("{right}", right)
    each = " each time" if len(also) > 1 else ""
    start = f"{where[1:].capitalize()}, what" if where.startswith(" with ") else "What"
    found = {name: wrong_pairs(cases, name) for name in also}
    if "finite" in where:
        found = {n: [p for p in several if _plain(p)] for n, several in found.items()}
    return Statement(
        f"{start} you return as {names(also)} is{each}{where if start == 'What' else ''} {what}.",
        lambda: all(related.holds(several) for several in found.values()),
    )


def located_sentences(exercise: Exercise, outcomes: Sequence[Outcome]) -> tuple[str, ...]:
    """Return the first few statements that hold, as sentences."""
    true = (statement.text for statement in located(exercise, outcomes) if statement.true)
    return tuple(islice(dict.fromkeys(true), MOST))
