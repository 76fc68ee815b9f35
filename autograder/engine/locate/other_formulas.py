"""The formula of the contract with a part changed, or two."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from autograder.engine.diagnosis.general.spelling import joined
from autograder.engine.formulas import Formula
from autograder.engine.locate.axes import names
from autograder.engine.locate.case import Case, Pair, pairs
from autograder.engine.report.statement import Statement


def by_formula(
    cases: Sequence[Case], wrong: Sequence[str], told: set[str], where: str = ""
) -> Iterator[Statement]:
    """Yield which formula gives each wrong array, on every instance, also where that is right.

    Arrays that follow from the student's own wrong ones as they should are told with these. What
    is told of is put into `told`; `where` says of which instances.
    """
    asked = [name for name in wrong if name not in told and _formulas(cases, name)]
    follow = [name for name in asked if _follows(cases, name)]
    found = [name for name in asked if name not in follow]
    numbers = _numbers(cases, [name for name in found if name not in told])
    for name, number in numbers.items():
        if name in told or number is None or _by_luck(cases, name, number, numbers):
            continue
        also = [n for n in numbers if n not in told and _gives(cases, n, number, name)]
        told.update(also)
        formula = _formulas(cases, name)[0]
        each = " each time" if len(also) > 1 else ""
        start = f"{where[1:].capitalize()}, what" if where else "What"
        yield Statement(
            f"{start} you return as {names(also)} is{each} {formula.told(number, bool(each))}.",
            lambda also=also, number=number, name=name: all(  # type: ignore[misc]
                _gives(cases, n, number, name) for n in also
            ),
            exact=not where,
        )
    if follow and set(found) & told:
        told.update(follow)
        verb = "follow" if len(follow) > 1 else "follows"
        yield Statement(
            f"From your own arrays {joined(follow)} {verb} by the right formula: what is wrong "
            "there comes from them.",
            lambda: all(_follows(cases, name) for name in follow),
        )


#: For so many arrays two parts of a formula are changed.
_THOROUGHLY = 2


def _numbers(cases: Sequence[Case], found: Sequence[str]) -> dict[str, int | None]:
    """The changed formula of each array; what one gives is not asked for again."""
    numbers: dict[str, int | None] = {}
    for thorough, name in enumerate(found):
        known = (k for n, k in numbers.items() if k is not None and _gives(cases, name, k, n))
        number = next(known, None)
        pairs = thorough < _THOROUGHLY
        numbers[name] = _number(cases, name, pairs) if number is None else number
    return numbers


def _by_luck(
    cases: Sequence[Case], name: str, number: int, numbers: Mapping[str, int | None]
) -> bool:
    """Whether a wrong array with the same formula, as that of another layer, is not explained."""
    kind = _formulas(cases, name)[0]
    alike = (n for n, k in numbers.items() if k is None and _formulas(cases, n)[0].like(kind))
    return any(not _gives(cases, n, number, name) for n in alike)


def _formulas(cases: Sequence[Case], name: str) -> list[Formula]:
    """The formula of an array on each instance; none if one of them has none."""
    found = [pair.case.formulas.get(name) for pair in pairs(cases, name)]
    return [f for f in found if f is not None] if all(f is not None for f in found) else []


def _follows(cases: Sequence[Case], name: str) -> bool:
    """Whether the array is what the right formula makes of the student's own others."""
    return all(f.own and f.right_is(p.found) for f, p in _both(cases, name))


def _both(cases: Sequence[Case], name: str) -> Iterator[tuple[Formula, Pair]]:
    return zip(_formulas(cases, name), pairs(cases, name), strict=True)


def _number(cases: Sequence[Case], name: str, pairs: bool) -> int | None:
    """The changed formula of an array; the largest instance where it is wrong is asked first."""
    both = list(_both(cases, name))
    large = [(f, p) for f, p in both if p.wrong]
    if sum(p.found.size for _, p in both) < _LEAST or not large:
        return None
    formula, pair = max(large, key=lambda one: one[1].found.size)
    for number in formula.giving(pair.found, pairs):
        if _gives(cases, name, number, name):
            return number
    return None


#: Of fewer numbers than this anything could be said.
_LEAST = 3


def _gives(cases: Sequence[Case], name: str, number: int, first: str) -> bool:
    kind = _formulas(cases, first)[0]
    both = list(_both(cases, name))
    return bool(both) and all(f.like(kind) and f.gives(number, p.found) for f, p in both)
