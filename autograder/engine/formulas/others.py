"""What is taken for an operator, or for a function: by their names, and as a change of a term."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TypeAlias

from autograder.engine.formulas.terms import FUNCTIONS, OVER_ALL, Term, number

Path: TypeAlias = tuple[int, ...]
Make: TypeAlias = Callable[[Term], "Term | None"]

#: In the place of an operator; the first ones are slips of a key, the others are rarer.
SIGNS = {"+": "-*", "-": "+*", "*": "/+", "/": "*-", "**": "*", "//": "/%", "%": "/", "@": "*"}
SLIGHT = {"+": "-", "-": "+", "*": "/+", "/": "*", "**": "*", "//": "/", "%": "/", "@": "*"}
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
    ("T", ""),
    ("positive", "", "sign", "abs"),
    ("minimum", "maximum"),
    ("maximum", "minimum"),
    ("total", "largest", "average", ""),
    *((f"sum{a}", f"mean{a}", f"sum{1 - a}", "sum") for a in (0, 1)),
    *((f"mean{a}", f"sum{a}", f"mean{1 - a}", "mean", "") for a in (0, 1)),
    *((f"var{a}", f"std{a}", f"var{1 - a}", f"mean{a}") for a in (0, 1)),
    *((f"std{a}", f"var{a}", f"std{1 - a}") for a in (0, 1)),
)
OTHERS = {group[0]: group[1:] for group in _GROUPS}


def places(term: Term, path: Path = ()) -> Iterator[tuple[Path, Term]]:
    yield path, term
    for k, part in enumerate(term.parts):
        yield from places(part, (*path, k))


def signed(sign: str) -> Make:
    return lambda part: Term(sign, part.parts) if len(part.parts) == 2 else None


def with_function(function: str, sign: str) -> Make:
    return lambda part: Term(function, (Term(sign, part.parts),))


def function(other: str) -> Make:
    def make(part: Term) -> Term | None:
        if other == "":
            return part.parts[0]
        if other == "square":
            return Term("**", (part.parts[0], number(2)))
        if other in ("log2", "log10"):
            return Term("/", (part, Term("log", (number(float(other[3:])),))))
        return Term(other, part.parts) if other in FUNCTIONS or other in OVER_ALL else None

    return make
