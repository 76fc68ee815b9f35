"""Changes that are made at all places of a formula where the same thing stands."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from autograder.engine.formulas.others import OTHERS, SIGNS, Make, function, places, signed
from autograder.engine.formulas.terms import Term, name, written


def renamed(term: Term, kinds: Mapping[str, str]) -> Iterator[Make]:
    """Yield what takes one name for another wherever it stands, and what exchanges the two."""
    held = [str(part.held) for _, part in places(term) if part.op == "name"]
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


def everywhere(term: Term) -> Iterator[Make]:
    """Yield what puts one operator, or function, in the place of another wherever that stands."""
    held = [part.op for _, part in places(term)]
    for op in dict.fromkeys(op for op in held if op not in ("name", "number")):
        if held.count(op) > 1:
            for sign in SIGNS.get(op, ""):
                yield _each(op, signed(sign))
            for other in OTHERS.get(op, ()):
                yield _each(op, function(other))


def _each(op: str, make: Make) -> Make:
    def every(term: Term) -> Term:
        whole = Term(term.op, tuple(map(every, term.parts)), term.held) if term.parts else term
        return (make(whole) or whole) if whole.op == op else whole

    return every


def repeated(term: Term) -> dict[str, Term]:
    """Return the parts of more than one name that stand at several places, as written."""
    parts = [(written(part, {}), part) for _, part in places(term) if len(part.parts) > 1]
    held = [text for text, _ in parts]
    return {text: part for text, part in parts if held.count(text) > 1}


def at_each(text: str, make: Make) -> Make:
    """Return the change of every part that is written so."""

    def every(term: Term) -> Term:
        if len(term.parts) > 1 and written(term, {}) == text:
            return make(term) or term
        return Term(term.op, tuple(map(every, term.parts)), term.held) if term.parts else term

    return every
