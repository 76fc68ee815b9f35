"""Arrays that come once a layer, a step or a node: which of them are wrong, and whose they are."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import combinations

import numpy as np

from autograder.engine.diagnosis.general.spelling import joined
from autograder.engine.locate.case import Case, Pair
from autograder.engine.report.statement import Statement

_PLACES: dict[str, Callable[[list[int]], list[int]]] = {
    "Of all {kind} only the last one, that of the highest number, is off.": lambda n: n[-1:],
    "Of all {kind} only the first one, that of the lowest number, is off.": lambda n: n[:1],
    "Of all {kind} only the last one, that of the highest number, is right.": lambda n: n[:-1],
    "Of all {kind} only the first one, that of the lowest number, is right.": lambda n: n[1:],
}


def kinds(wrong: Sequence[str]) -> list[str]:
    """Return the kinds of the numbered names: ``dW`` for dW1, dW2."""
    return list(dict.fromkeys(n.rstrip("0123456789") for n in wrong if n[-1:].isdigit()))


def numbered(cases: Sequence[Case], wrong: Sequence[str]) -> Iterator[Statement]:
    """Yield of which number the wrong arrays are: only the first or the last is, or is not."""
    general = [statement for statement in _ends(cases, wrong) if statement.true]
    yield from general or _listed(cases)


def _ends(cases: Sequence[Case], wrong: Sequence[str]) -> Iterator[Statement]:
    for text, part in _PLACES.items():
        alike = [kind for kind in kinds(wrong) if _is_part(cases, kind, part)]
        if not alike:
            continue
        if len(alike) > 1:
            for one, several in _PLURALS:
                text = text.replace(one, several)
        yield Statement(
            text.format(kind=joined(alike)),
            lambda part=part, alike=alike: all(_is_part(cases, kind, part) for kind in alike),  # type: ignore[misc]
        )


#: What the words for one kind of array become for several.
_PLURALS = ((" one,", " ones,"), ("that of", "those of"), (" is ", " are "))


def _is_part(cases: Sequence[Case], kind: str, part: Callable[[list[int]], list[int]]) -> bool:
    """Whether the wrong arrays of a kind are that part of them, on each instance."""
    several = [_numbers(case, kind) for case in cases]
    large = [(every, off) for every, off in several if len(every) > 1 and off]
    enough = max((len(every) for every, _ in large), default=0) > 2
    return enough and all(off == part(every) for every, off in large)


def _listed(cases: Sequence[Case]) -> Iterator[Statement]:
    """On the instance with the fewest arrays: which are wrong, where some of a kind are not."""
    mixed = [(len(case.right), n) for n, case in enumerate(cases) if len(case.wrong) > 0]
    for _, n in sorted(mixed):
        case = cases[n]
        for kind in kinds(sorted(case.wrong)):
            every, off = _numbers(case, kind)
            if any(f"{kind}{k}" not in case.found for k in off):
                continue  # what is not there is told as that
            right = [k for k in every if k not in off]
            if off and right and len(every) > 2:
                wrong, good = (joined([f"{kind}{k}" for k in part]) for part in (off, right))
                verb = "is" if len(off) == 1 else "are"
                text = f"With {case.label}: {wrong} {verb} off, {good} right."
                yield Statement(text, lambda: True)  # it has just been counted
                return


def swapped(cases: Sequence[Case], wrong: Sequence[str], told: set[str]) -> Iterator[Statement]:
    """Yield which two arrays have changed places: each is right under the other's name."""
    for one, other in combinations(wrong, 2):
        if one not in told and _changed_places(cases, one, other):
            told.update((one, other))
            yield Statement(
                f"{one} and {other} have changed places: each is right, under the other's name.",
                partial(_changed_places, cases, one, other),
            )


def _changed_places(cases: Sequence[Case], one: str, other: str) -> bool:
    both = [case for case in cases if {one, other} <= case.wrong]
    alone = any(len({one, other} & case.wrong) == 1 for case in cases)
    return (
        bool(both)
        and not alone
        and all(
            Pair(case, one).gives(case.right[other]) and Pair(case, other).gives(case.right[one])
            for case in both
        )
    )


def shifted(cases: Sequence[Case], wrong: Sequence[str], told: set[str]) -> Iterator[Statement]:
    """Yield that the arrays of a kind stand under each other's numbers."""
    for kind in kinds(wrong):
        for text, other in (
            ("the one that belongs to the next number", lambda k, low, high: k + 1),
            ("the one that belongs to the number before", lambda k, low, high: k - 1),
            ("counted from the other end", lambda k, low, high: low + high - k),
        ):
            if _stand(cases, kind, other):
                told.update(n for n in wrong if n.rstrip("0123456789") == kind)
                yield Statement(
                    f"What you return as {kind} of each number is the right one, but {text}.",
                    lambda kind=kind, other=other: _stand(cases, kind, other),  # type: ignore[misc]
                    about=tuple(n for n in wrong if n.rstrip("0123456789") == kind),
                )


def permuted(cases: Sequence[Case], wrong: Sequence[str], told: set[str]) -> Iterator[Statement]:
    """Yield that all arrays of a kind are right, and some of them stand at another's place."""
    for kind in kinds(wrong):
        places = [_places(case, kind) for case in cases]
        moved = [
            (len(one), case.label, *pair)
            for case, one in zip(cases, places, strict=True)
            if one is not None
            for pair in one.items()
            if pair[0] != pair[1] and _alone(case, pair[1])
        ]
        if any(one is None for one in places) or max(moved, default=(0,))[0] < _SEVERAL:
            continue
        _, label, here, there = min(moved)
        told.update(n for n in wrong if n.rstrip("0123456789") == kind)
        yield Statement(
            f"Every {kind} is right, at another place: with {label}, where {here} belongs you "
            f"return {there}. In which order are they asked for?",
            lambda kind=kind: all(_places(case, kind) is not None for case in cases),  # type: ignore[misc]
            about=tuple(n for n in wrong if n.rstrip("0123456789") == kind),
        )


def _alone(case: Case, name: str) -> bool:
    """Whether no other array is equal to this one."""
    equal = (n for n, a in case.right.items() if np.array_equal(a, case.right[name]))
    return sum(1 for _ in equal) == 1


#: Fewer arrays than these can stand at each other's places by chance.
_SEVERAL = 3


def _places(case: Case, kind: str) -> dict[str, str] | None:
    """By the name of each array whose the one is that stands there; None if one is nobody's."""
    names = [n for n in case.right if n.rstrip("0123456789") == kind != n]
    left, found = list(names), {}
    # what stands at its own place stays there
    for name in sorted(names, key=lambda n: n in case.wrong):
        pair = Pair(case, name) if name in case.found else None
        fits = [n for n in left if pair is not None and pair.gives(case.right[n])]
        if not fits:
            return None
        found[name] = name if name in fits else fits[0]
        left.remove(found[name])
    return found


def _stand(cases: Sequence[Case], kind: str, other: Callable[[int, int, int], int]) -> bool:
    """Whether each array of the kind is the right one of another number, where there is one."""
    compared, most = 0, 0
    for case in cases:
        every, off = _numbers(case, kind)
        most = max(most, len(off))
        for k in every if off else ():
            there = other(k, every[0], every[-1])
            if not np.any(case.right[f"{kind}{k}"]):  # of zeros the shapes alone are compared
                return False
            if there not in every or there == k or f"{kind}{k}" not in case.found:
                continue
            if not Pair(case, f"{kind}{k}").gives(case.right[f"{kind}{there}"]):
                return False
            compared += 1
    return compared > 1 and most > 1  # of one array its own relation says more


def _numbers(case: Case, kind: str) -> tuple[list[int], list[int]]:
    """The numbers of the arrays of a kind, and of those that are wrong."""
    every = {n: int(n[len(kind) :]) for n in case.right if n.rstrip("0123456789") == kind != n}
    return sorted(every.values()), sorted(k for n, k in every.items() if n in case.wrong)
