"""What may stand in the place of a part of a formula: another sign, bracket, name, function.

A change is a function of a term. The `slight` ones are tried in pairs too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from autograder.engine.formulas import brackets
from autograder.engine.formulas.terms import FUNCTIONS, OPERATORS, OVER_ALL, Term, name, number

Path: TypeAlias = tuple[int, ...]
Make: TypeAlias = Callable[[Term], "Term | None"]


@dataclass(frozen=True)
class Change:
    """One change at one place of a formula, or at every place of a name (an empty path)."""

    path: Path
    make: Make
    slight: bool = True


#: In the place of an operator; the first ones are slips of a key, the others are rarer.
_SIGNS = {"+": "-*", "-": "+*", "*": "/+", "/": "*-", "**": "*", "//": "/%", "%": "/"}
_SLIGHT = {"+": "-", "-": "+", "*": "/+", "/": "*", "**": "*", "//": "/", "%": "/"}
#: Functions that are taken for each other; where the group holds "", one is left out as well.
_GROUPS = (
    ("sqrt", "", "square", "abs"),
    ("exp", "", "abs"),
    ("abs", "", "square"),
    ("log", "", "log2", "log10"),
    ("floor", "", "ceil", "round"),
    ("relu", "", "sigmoid", "tanh"),
    ("sigmoid", "", "relu", "tanh"),
    ("tanh", "", "relu", "sigmoid"),
    ("sum", "", "mean", "max", "norm"),
    ("norm", "sum", "max", "mean"),
    ("minimum", "maximum"),
    ("maximum", "minimum"),
    ("total", "largest", "average", ""),
    *((f"sum{a}", f"mean{a}", f"sum{1 - a}", "sum") for a in (0, 1)),
    *((f"mean{a}", f"sum{a}", f"mean{1 - a}", "mean", "") for a in (0, 1)),
    *((f"var{a}", f"std{a}", f"var{1 - a}", f"mean{a}") for a in (0, 1)),
    *((f"std{a}", f"var{a}", f"std{1 - a}") for a in (0, 1)),
)
_OTHERS = {group[0]: group[1:] for group in _GROUPS}
#: Numbers that are written where a name belongs.
_USUAL = (0.5, 0.1, 0.9, 0.95, 0.99, 0.999, 0.01, 0.001, 1e-4, 1e-5, 1e-6, 1e-7, 1e-8)
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
        for path, part in _places(term)
        for make, slight in _of_part(part, kinds)
    ]
    return (
        found + [Change((), make) for make in _renamed(term, kinds)] + list(_factors(term, kinds))
    )


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


def _places(term: Term, path: Path = ()) -> Iterator[tuple[Path, Term]]:
    yield path, term
    for k, part in enumerate(term.parts):
        yield from _places(part, (*path, k))


def _of_part(part: Term, kinds: Mapping[str, str]) -> Iterator[tuple[Make, bool]]:
    if part.op != "number" and "array" in kinds.values():
        yield from ((_in(function), False) for function in ("sum", "mean", "sum0", "sum1"))
    if part.op == "name":
        yield from _of_name(str(part.held), kinds)
    elif part.op == "number":
        yield from ((_always(number(n)), False) for n in _NUMBERS if n != part.held)
    elif part.op in OPERATORS:
        yield from _of_operator(part)
    else:
        yield from _of_function(part)


def _in(function: str) -> Make:
    return lambda part: Term(function, (part,))


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
        yield from ((_always(number(n)), False) for n in _USUAL)
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
    for sign in _SIGNS[op]:
        yield _signed(sign), sign in _SLIGHT[op]
    yield _part(0), True
    yield _part(1), op in "+*-"
    if op in ("-", "/", "**"):
        yield (lambda p: Term(p.op, p.parts[::-1]) if len(p.parts) == 2 else None), op == "-"
    if op == "//":
        for function in ("ceil", "round"):
            yield _call(function, "/"), True
    yield from (
        (turn, True)
        for turn in (brackets.left, brackets.right, brackets.across, brackets.into, brackets.opened)
    )


def _signed(sign: str) -> Make:
    return lambda part: Term(sign, part.parts) if len(part.parts) == 2 else None


def _part(k: int) -> Make:
    return lambda part: part.parts[k] if k < len(part.parts) else None


def _call(function: str, sign: str) -> Make:
    return lambda part: Term(function, (Term(sign, part.parts),))


def _of_function(part: Term) -> Iterator[tuple[Make, bool]]:
    if part.op == "where":
        yield from ((_order(*order), True) for order in ((0, 1, 3, 2), (1, 0, 2, 3)))
        yield from ((_part(k), True) for k in (2, 3))
        return
    for other in _OTHERS.get(part.op, ("",)):
        yield _function(other), True
    if len(part.parts) == 1:
        yield brackets.out_of, True
    for k in range(1, len(part.parts)):
        yield from ((_part(n), True) for n in (0, k))


def _order(*order: int) -> Make:
    return lambda part: Term(part.op, tuple(part.parts[k] for k in order))


def _function(other: str) -> Make:
    def make(part: Term) -> Term | None:
        if other == "":
            return part.parts[0]
        if other == "square":
            return Term("**", (part.parts[0], number(2)))
        if other in ("log2", "log10"):
            return Term("/", (part, Term("log", (number(float(other[3:])),))))
        return Term(other, part.parts) if other in FUNCTIONS or other in OVER_ALL else None

    return make


def _renamed(term: Term, kinds: Mapping[str, str]) -> Iterator[Make]:
    """Yield what takes one name for another wherever it stands, and what exchanges the two."""
    held = [str(part.held) for _, part in _places(term) if part.op == "name"]
    names = sorted(set(held))
    for one in names:
        for other in (n for n in kinds if n != one and kinds[n] == kinds[one]):
            if held.count(one) > 1:
                yield _spelt({one: other})
            if other in names and one < other:
                yield _spelt({one: other, other: one})


def _spelt(new: Mapping[str, str]) -> Make:
    def make(term: Term) -> Term:
        if term.op == "name":
            return name(new.get(str(term.held), str(term.held)))
        return Term(term.op, tuple(map(make, term.parts)), term.held) if term.parts else term

    return make


def _everywhere(term: Term) -> Iterator[Make]:
    """Yield what puts one operator, or function, in the place of another wherever that stands."""
    held = [part.op for _, part in _places(term)]
    for op in dict.fromkeys(op for op in held if op not in ("name", "number")):
        if held.count(op) > 1:
            for sign in _SIGNS.get(op, ""):
                yield _each(op, _signed(sign))
            for other in _OTHERS.get(op, ()):
                yield _each(op, _function(other))


def _each(op: str, make: Make) -> Make:
    def every(term: Term) -> Term:
        whole = Term(term.op, tuple(map(every, term.parts)), term.held) if term.parts else term
        return (make(whole) or whole) if whole.op == op else whole

    return every


def _factors(term: Term, kinds: Mapping[str, str]) -> Iterator[Change]:
    """Yield factors before the whole, and before each of the terms that it is a sum of."""
    numbers = [name(n) for n, kind in kinds.items() if kind in ("number", "count")]
    for path in _summands(term):
        yield Change(path, lambda part: Term("negative", (part,)))
        for sign in "*/":
            for factor in (number(2), *numbers):
                yield Change(path, _times(sign, factor), slight=False)


def _times(sign: str, factor: Term) -> Make:
    return lambda part: Term(sign, (part, factor))


def _summands(term: Term, path: Path = ()) -> Sequence[Path]:
    if term.op not in "+-":
        return [path]
    return [path, *(p for k in (0, 1) for p in _summands(term.parts[k], (*path, k)))]
