"""What a wrong array may be beside a right one: another array, a multiple, the right one plus b."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

from autograder.engine.diagnosis.general.factors import named, names_of, sizes
from autograder.engine.diagnosis.general.right import Right, Source, sources
from autograder.engine.diagnosis.hypothesis import close
from autograder.networks import Array

#: What a value may have been turned into before it is multiplied.
OF_VALUE: dict[str, Callable[[Array], Array]] = {
    "{}": lambda v: v,
    "(1 − {})": lambda v: 1 - v,
    "(1 − {}²)": lambda v: 1 - v**2,
    "{} (1 − {})": lambda v: v * (1 - v),
    "{}²": lambda v: v**2,
    "({} > 0)": lambda v: (v > 0) * 1.0,
}

#: What an integer division or a conversion makes of numbers.
ROUNDED: dict[str, Callable[[Array], Array]] = {
    "rounded down": np.floor,
    "cut": np.trunc,
    "rounded": np.round,
}

_PLACES: dict[str, slice] = {
    "last": slice(-1, None),
    "first": slice(0, 1),
    "but the last": slice(None, -1),
    "but the first": slice(1, None),
}


@dataclass(frozen=True)
class Rule:
    """How the wrong array follows from right ones.

    Attributes
    ----------
    verb : str
        ``is`` (a source, times a factor), ``plus`` (a source times a factor is added), ``times``
        and ``over`` (a form of a source), ``kept`` (zero but at some places of an axis),
        ``rounded``.
    source : Source or None
        None for the right array itself.
    factor : str
        Its name, ``""`` for 1; the form for ``times`` and ``over``; the places for ``kept``.
    turned : bool
        Whether the result is transposed.
    axis, axes : int
        Of ``kept``: along which axis, and how many the array has.
    """

    verb: str
    source: Source | None = None
    factor: str = ""
    turned: bool = False
    axis: int = 0
    axes: int = 2

    def gives(self, right: Right, name: str) -> Array | None:
        """Return the wrong array that it makes on a problem."""
        own = right.truth[name]
        other = own if self.source is None else self.source.array(right, name)
        if other is None:
            return None
        with np.errstate(all="ignore"):
            found = self._made(right, name, own, other)
        return None if found is None else np.asarray(found.T if self.turned else found)

    def _made(self, right: Right, name: str, own: Array, other: Array) -> Array | None:
        if self.verb == "kept":
            mask = np.zeros(own.shape)
            if self.axis >= own.ndim:
                return None
            mask[(slice(None),) * self.axis + (_PLACES[self.factor],)] = 1.0
            return mask * own
        if self.verb == "rounded":
            return ROUNDED[self.factor](own)
        if self.verb in ("times", "over"):
            form = OF_VALUE[self.factor](other)
            if form.shape != own.shape:
                return None
            return own * form if self.verb == "times" else own / form
        node = right.problem.claims[name].node
        factor = 1.0
        if self.factor:
            known = named(sizes(right.problem.graph, node))
            if self.factor not in known:
                return None
            factor = known[self.factor]
        if self.verb == "is":
            return factor * other
        try:
            added = np.broadcast_to(other, own.shape)
        except ValueError:
            return None
        return own + factor * added


def rules(right: Right, name: str, found: Array) -> Iterator[Rule]:
    """Yield the rules that give a returned array on one problem, the simplest first."""
    possible = _possible(right, name, found)
    seen: set[Rule] = set()
    for rule in possible:
        if rule in seen:
            continue
        seen.add(rule)
        made = rule.gives(right, name)
        if made is not None and close(found, made):
            yield rule


def _possible(right: Right, name: str, found: Array) -> Iterator[Rule]:
    own = right.truth[name]
    known = sizes(right.problem.graph, right.problem.claims[name].node)
    same = found.shape == own.shape
    if same:
        yield from (Rule("is", None, f) for f in _ratios(found, own, known))
    if found.shape == own.T.shape and own.ndim > 1:
        yield from (Rule("is", None, f, turned=True) for f in _ratios(found, own.T, known))
    others = [(s, s.array(right, name)) for s in sources(right, name)]
    arrays = [(s, a) for s, a in others if a is not None and a.size > 1]
    for turned in (False, True):
        for source, array in arrays:
            shown = array.T if turned else array
            if shown.shape == found.shape and (array.ndim > 1 or not turned):
                yield from (Rule("is", source, f, turned) for f in _ratios(found, shown, known))
    if not same:
        return
    yield from (Rule("rounded", None, how) for how in ROUNDED)
    for axis in range(own.ndim):
        if own.shape[axis] > 1:
            yield from (Rule("kept", None, p, axis=axis, axes=own.ndim) for p in _PLACES)
    gap = found - own
    for source, array in arrays:
        if array.ndim <= own.ndim and all(
            n in (1, k) for n, k in zip(array.shape[::-1], own.shape[::-1], strict=False)
        ):
            wide = np.broadcast_to(array, own.shape)
            yield from (Rule("plus", source, f) for f in _ratios(gap, wide, known))
    if own.size > 1:
        for source, array in arrays:
            if array.shape == own.shape and source.kind == "value":
                yield from (Rule(v, source, form) for form in OF_VALUE for v in ("times", "over"))


def _ratios(found: Array, other: Array, known: dict[str, int]) -> Iterator[str]:
    """Yield the names of the factor between two arrays, ``""`` for 1."""
    size = float((other * other).sum())
    if not size > 0:
        return
    ratio = float((found * other).sum()) / size
    if not abs(ratio) > 1e-12 or not np.isfinite(ratio):
        return
    gap = np.abs(found - ratio * other).max(initial=0.0)
    if gap > 1e-8 * abs(ratio) * np.abs(other).max(initial=0.0):
        return
    if abs(ratio - 1) < 1e-8:
        yield ""
    else:
        yield from names_of(ratio, known)
