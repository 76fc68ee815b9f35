"""What may stand in the place of a part of a formula: another sign, bracket, name, function.

A change is a function of a term. The `slight` ones are tried in pairs too.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from autograder.engine.formulas import brackets
from autograder.engine.formulas.everywhere import at_each, everywhere, renamed, repeated
from autograder.engine.formulas.others import (
    OTHERS,
    SIGNS,
    SLIGHT,
    Make,
    Path,
    function,
    places,
    signed,
    with_function,
)
from autograder.engine.formulas.terms import OPERATORS, Term, name, number


@dataclass(frozen=True)
class Change:
    """One change at one place of a formula, or at every place of a name (an empty path)."""

    path: Path
    make: Make
    slight: bool = True


#: Numbers that are written where a name belongs.
_USUAL = (0.5, 0.1, 0.9, 0.95, 0.99, 0.999, 0.01, 0.001, 1e-4, 1e-5, 1e-6, 1e-7, 1e-8)
#: Those of them that every script has: the defaults of Adam.
_DEFAULTS = (0.9, 0.999, 1e-8)
_NUMBERS = (0.0, 1.0, 2.0, 0.5, 3.0)


def changes(term: Term, kinds: Mapping[str, str]) -> list[Change]:
    """Return what may be changed in a formula.

    Parameters
    ----------
    term : Term
    kinds : mapping of str to str
        By name what each symbol is: ``"number"``, ``"count"``, ``"array"`` or ``"several"``;
        also of those that do not stand in the formula, and may.
    """
    found = [
        Change(path, make, slight)
        for path, part in places(term)
        for make, slight in _of_part(part, kinds)
    ]
    found += [Change((), make) for make in renamed(term, kinds)]
    found += [Change((), make, False) for make in everywhere(term)]
    for text, part in repeated(term).items():
        found += [Change((), at_each(text, make), False) for make, _ in _of_part(part, kinds)]
    return [*found, *_factors(term, kinds)]


def changed(term: Term, path: Path, make: Make) -> Term | None:
    """Return the formula with this part changed; None if it has no such part."""
    if not path:
        return make(term)
    if path[0] >= len(term.parts):
        return None
    part = changed(term.parts[path[0]], path[1:], make)
    if part is None:
        return None
    parts = (*term.parts[: path[0]], part, *term.parts[path[0] + 1 :])
    return Term(term.op, parts, term.held)


def _of_part(part: Term, kinds: Mapping[str, str]) -> Iterator[tuple[Make, bool]]:
    if part.op != "number" and "array" in kinds.values():
        yield from ((_in(f), False) for f in ("sum", "mean", "sum0", "sum1"))
    if part.op == "name":
        yield from _of_name(str(part.held), kinds)
    elif part.op == "number":
        yield from ((_always(number(n)), False) for n in _NUMBERS if n != part.held)
    elif part.op in OPERATORS:
        yield from _of_operator(part)
    else:
        yield from _of_function(part)


def _in(f: str) -> Make:
    return lambda part: Term(f, (part,))


def _always(term: Term) -> Make:
    return lambda part: term


def _of_name(held: str, kinds: Mapping[str, str]) -> Iterator[tuple[Make, bool]]:
    own, kind, one = name(held), kinds[held], number(1)
    near = {"number": ("number", "count"), "count": ("count", "number")}.get(kind, (kind,))
    yield from ((_always(name(n)), True) for n, k in kinds.items() if n != held and k in near)
    square = Term("**", (own, number(2)))
    if kind == "count":
        yield from ((_always(Term(sign, (own, one))), True) for sign in "+-")
    if kind == "number":
        yield _always(Term("-", (one, own))), True
        yield _always(Term("+", (one, own))), False
        yield from ((_always(number(n)), n in _DEFAULTS) for n in _USUAL)
    if kind in ("number", "count"):
        yield _always(one), True
        yield _always(square), False
        yield _always(Term("sqrt", (own,))), False
    else:
        for made in (square, Term("abs", (own,)), Term("-", (one, own)), Term("T", (own,))):
            yield _always(made), made.op != "T"
        yield from ((_always(Term(f, (own,))), False) for f in ("sqrt", "sign", "exp", "log"))
        yield _always(number(0)), False
        yield _always(one), False


def _of_operator(part: Term) -> Iterator[tuple[Make, bool]]:
    op = part.op
    yield _part(0), True
    yield _part(1), op in "+*-"
    for sign in SIGNS[op]:
        yield signed(sign), sign in SLIGHT[op]
    if op in ("-", "/", "**"):
        yield (lambda p: Term(p.op, p.parts[::-1]) if len(p.parts) == 2 else None), op == "-"
    if op == "//":
        yield from ((with_function(f, "/"), True) for f in ("ceil", "round"))
    yield from ((turn, True) for turn in brackets.OF_OPERATORS)


def _part(k: int) -> Make:
    return lambda part: part.parts[k] if k < len(part.parts) else None


def _of_function(part: Term) -> Iterator[tuple[Make, bool]]:
    if part.op == "where":
        yield from ((_order(*order), True) for order in ((0, 1, 3, 2), (1, 0, 2, 3)))
        yield from ((_part(k), True) for k in (2, 3))
        return
    for other in OTHERS.get(part.op, ("",)):
        yield function(other), True
    if len(part.parts) == 1:
        yield brackets.out_of, True
    for k in range(1, len(part.parts)):
        yield from ((_part(n), True) for n in (0, k))


def _order(*order: int) -> Make:
    return lambda part: Term(part.op, tuple(part.parts[k] for k in order))


def _factors(term: Term, kinds: Mapping[str, str]) -> Iterator[Change]:
    """Yield numbers that join the whole, and each of the terms that it is a sum of."""
    numbers = [name(n) for n, kind in kinds.items() if kind in ("number", "count")]
    for path in _summands(term):
        yield Change(path, lambda part: Term("negative", (part,)))
        for sign in "*/":
            for factor in (number(2), *numbers):
                yield Change(path, _with(sign, factor), slight=False)
        for sign in "+-":
            for more in (number(1), *numbers):
                yield Change(path, _with(sign, more), slight=False)


def _with(sign: str, other: Term) -> Make:
    return lambda part: Term(sign, (part, other))


def _summands(term: Term, path: Path = ()) -> Sequence[Path]:
    if term.op not in "+-":
        return [path]
    return [path, *(p for k in (0, 1) for p in _summands(term.parts[k], (*path, k)))]
