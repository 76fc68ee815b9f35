"""A formula of the contract, with its symbols, and every value that a changed one has."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import combinations
from typing import Any

import numpy as np

from autograder.engine.formulas.changes import Change, changed, changes
from autograder.engine.formulas.heads import head_of
from autograder.engine.formulas.terms import Several, Term, name, parsed, value_of, written
from autograder.errors.raised import is_heard
from autograder.networks import Array

#: A formula with more slight changes than this is not changed at two places.
MOST = 180
_CLOSE = 1e-8
_Kinds = tuple[tuple[str, str], ...]


class Formula:
    """What a value is by the contract, as a formula whose parts may be changed.

    Parameters
    ----------
    text : str
        The formula in Python: ``"W - learning_rate * dW"``. ``total(...)`` sums over all arrays
        of a symbol that is several; ``np.mean(x, axis=0)`` keeps its axis.
    symbols : mapping of str to float, int, array or sequence of arrays
        What its names are, and what may stand in it by mistake. A whole number is a count, which
        may be one too large; a sequence is all arrays of that name.
    spelt : mapping of str to str
        How a message writes some of the names: ``{"W": "b", "dW": "db"}``.
    others : sequence of str
        Whole formulas that are taken for this one; a part of theirs may be changed too.
    own : mapping of str to str
        Symbols that are other arrays of the same answer, and the names of these: a line is judged
        by what the student's own lines handed to it.
    hint : str
        What is said in the place of the right formula, where that would be the exercise's answer.
    """

    def __init__(
        self,
        text: str,
        symbols: Mapping[str, Any],
        spelt: Mapping[str, str] | None = None,
        others: Sequence[str] = (),
        own: Mapping[str, str] | None = None,
        hint: str = "",
    ):
        self.own, self.hint = dict(own or {}), hint
        self.text, self.spelt, self.others = text, dict(spelt or {}), tuple(others)
        self.symbols = {name: _symbol(value) for name, value in symbols.items()}
        self._kinds: _Kinds = tuple((n, _kind(value)) for n, value in self.symbols.items())
        self._kept: dict[int, Any] = {}
        self._heads: dict[int, Any] = {}
        self._held: dict[bool, Sequence[Term]] = {}

    def given(self, answer: Mapping[str, Array]) -> Formula | None:
        """Return the formula of the student's own arrays; None if one of them does not fit."""
        held = dict(self.symbols)
        for symbol, key in self.own.items():
            array = answer.get(key)
            if array is None or array.shape != held[symbol].shape or not np.isfinite(array).all():
                return None
            held[symbol] = array
        return Formula(self.text, held, self.spelt, self.others, self.own, self.hint)

    def right(self) -> Array:
        """The value of the formula as it is."""
        return self._value(parsed_once(self.text))

    def count(self, pairs: bool = True) -> int:
        """How many changed formulas there are."""
        return len(self._terms(pairs))

    def changed(self, number: int) -> Array:
        """The value of the changed formula of that number."""
        return self._value(self._terms()[number])

    def told(self, number: int, of_several: bool = False) -> str:
        """The changed formula of that number beside the right one; `of_several` of many arrays."""
        spelt = {} if of_several and self.own else self.spelt
        made, asked = (written(t, spelt) for t in (self._terms()[number], parsed_once(self.text)))
        return f"`{made}`{self.hint}" if self.hint else f"`{made}`, where `{asked}` is right"

    def giving(self, found: Array, pairs: bool = True, close: float = _CLOSE) -> Iterator[int]:
        """Yield the numbers of the changed formulas that have this value, few changes first."""
        found = np.asarray(found, dtype=float)
        if not found.size or not np.isfinite(found).all():
            return
        bound, head = close * max(float(np.abs(found).max()), 1e-9), float(found.flat[0])
        with np.errstate(all="ignore"):
            for number, term in enumerate(self._terms(pairs)):
                try:
                    first = head_of(term, self.symbols, self._kept, self._heads)
                except (ValueError, TypeError):  # shapes that do not fit
                    continue
                if abs(first - head) <= bound and _same(self._value(term), found, close):
                    yield number

    def right_is(self, found: Array) -> bool:
        """Whether the formula as it is has this value."""
        return _same(self.right(), found)

    def like(self, other: Formula) -> bool:
        """Whether the same numbers mean the same changes."""
        return (self.text, self.others, self._kinds) == (other.text, other.others, other._kinds)

    def gives(self, number: int, found: Array, close: float = _CLOSE) -> bool:
        """Whether the changed formula of that number has this value."""
        return number < self.count() and _same(
            self.changed(number), np.asarray(found, dtype=float), close
        )

    def _terms(self, pairs: bool = True) -> Sequence[Term]:
        if pairs not in self._held:  # held here too: what is kept is found by where a term lies
            self._held[pairs] = _changed((self.text, *self.others), self._kinds, pairs)
        return self._held[pairs]

    def _value(self, term: Term) -> Array:
        with np.errstate(all="ignore"):
            try:
                return np.asarray(value_of(term, self.symbols, self._kept), dtype=float)
            except (ValueError, TypeError):  # shapes that do not fit; several where one is meant
                return np.zeros(0)


def known_formula(
    asked: Iterable[tuple[Formula, Any]], pairs: bool = True, close: float = _CLOSE
) -> str:
    """Return what was computed where a formula was asked for, in words; empty if nothing fits.

    Empty too of a changed function that is tried: nobody reads that.

    Parameters
    ----------
    asked : iterable of (Formula, array)
        The same formula on several instances, each with what came back for it.
    pairs : bool
        Whether two parts may be changed.
    close : float
        How near the values have to be, relative to the largest.
    """
    if not is_heard():
        return ""
    several = [(formula, np.asarray(found, dtype=float)) for formula, found in asked]
    formula, found = several[0]
    for number in formula.giving(found, pairs, close):
        if all(other.gives(number, value, close) for other, value in several[1:]):
            return formula.told(number)
    return ""


def _same(value: Array, found: Array, close: float = _CLOSE) -> bool:
    """Whether they are equal; one row may be a vector, one number stands for any of its size."""
    if value.shape != found.shape:
        if value.squeeze().shape == found.squeeze().shape:
            value = value.reshape(found.shape)
        elif value.size != 1:
            return False
    bound = close * max(float(np.abs(found).max(initial=0.0)), 1e-9)
    return bool(np.all(np.abs(value - found) <= bound))


def _symbol(value: Any) -> Any:
    if isinstance(value, (list, tuple)):
        return Several(np.asarray(v, dtype=float) for v in value)
    if isinstance(value, (int, np.integer)):
        return int(value)
    return np.asarray(value, dtype=float) if np.ndim(value) else float(value)


def _kind(value: Any) -> str:
    if isinstance(value, Several):
        return "several"
    if isinstance(value, int):
        return "count"
    return "number" if isinstance(value, float) else "array"


@lru_cache(maxsize=256)
def parsed_once(text: str) -> Term:
    """The term of a text, the same one each time."""
    return parsed(text)


@lru_cache(maxsize=12)
def _changed(texts: tuple[str, ...], kinds: _Kinds, pairs: bool) -> Sequence[Term]:
    """Every changed formula: an array as it is, one change, the others with none or one, two."""
    term = parsed_once(texts[0])
    if pairs:
        slight = [c for c in changes(term, dict(kinds)) if c.slight]
        return [*_changed(texts, kinds, False), *_twice(term, slight[:MOST])]
    found = [name(n) for n, kind in kinds if kind == "array"] + _once(term, kinds)
    others = [parsed_once(text) for text in texts[1:]]
    return [*found, *others, *(made for other in others for made in _once(other, kinds))]


def _once(term: Term, kinds: _Kinds) -> list[Term]:
    every = changes(term, dict(kinds))
    return [made for c in every if (made := changed(term, c.path, c.make)) is not None]


def _twice(term: Term, slight: Sequence[Change]) -> Iterator[Term]:
    for one, other in combinations(slight, 2):
        deep, flat = (one, other) if len(one.path) >= len(other.path) else (other, one)
        if deep.path == flat.path:
            continue
        made = changed(term, deep.path, deep.make)
        both = changed(made, flat.path, flat.make) if made is not None else None
        if both is not None:
            yield both
