"""The arrays that may stand in the place of the right one, the most telling first."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial

import numpy as np

from autograder.engine.locate.case import Pair, common
from autograder.engine.locate.changed import like, other_forms, other_numbers, other_orders
from autograder.engine.locate.expressions import expressions
from autograder.engine.locate.factor import parallel
from autograder.engine.locate.products import products
from autograder.engine.locate.relation import Candidate, Made
from autograder.engine.locate.sums import sums
from autograder.networks import Array


def candidates(found: Sequence[Pair], thorough: bool = True) -> Iterator[Candidate]:
    """Yield what the array may be instead: itself in another form, another one, with a term.

    Whole expressions are tried only where the search is to be `thorough`: there are many of them.
    """
    if any(pair.found.shape != pair.right.shape for pair in found):
        yield from other_forms(found)
        yield from _other_arrays(found)
        yield from _sums_of_symbols(found)
        yield from products(found)
        return
    yield Candidate("{right}", lambda pair: pair.right)
    yield from _other_arrays(found)
    yield from other_orders(found)
    yield from other_numbers()
    yield from products(found)
    yield from _sums_of_symbols(found)
    yield from sums(found)
    yield from _factors(found)
    yield from _terms(found)
    yield from products(found, difference=True)
    if thorough:
        yield from expressions(found)


def _symbol(name: str, turned: bool = False) -> Made:
    """An argument or a leaf, by its name."""
    return lambda pair: pair.case.symbols[name].T if turned else pair.case.symbols[name]


def _other(name: str) -> Made:
    """Another right array of the same answer."""
    return lambda pair: pair.case.right.get(name)


def _instead(noun: str, pair: Pair) -> Array | None:
    return pair.case.instead.get(pair.name, {}).get(noun)


def _other_arrays(found: Sequence[Pair]) -> Iterator[Candidate]:
    """Another array of the same answer, an argument."""
    here = found[0].name
    for noun in found[0].case.instead.get(here, ()):
        yield Candidate(noun, partial(_instead, noun))
    for name in found[0].case.right:
        if name != here:
            yield Candidate(f"the right {name}", _other(name))
    for name, array in common(found).items():
        yield Candidate(f"{name} itself", _symbol(name))
        if array.ndim == 2:
            yield Candidate(f"{name} transposed", _symbol(name, turned=True), exact=True)


def _sums_of_symbols(found: Sequence[Pair]) -> Iterator[Candidate]:
    for noun, of in _parts(found):
        yield Candidate(noun, of)


def _parts(found: Sequence[Pair]) -> Iterator[tuple[str, Made]]:
    """Sums of an argument over an axis, and its first and last index along one."""
    for name, array in common(found).items():
        for axis in range(array.ndim):
            yield f"np.sum({name}, axis={axis})", partial(_summed, name, axis)
            for at, where in ((-1, "last"), (0, "first")):
                told = f"the {where} {('row', 'column')[min(axis, 1)]} of {name}"
                if array.ndim > 2:
                    index = [":"] * axis + [str(at)] + [":"] * (array.ndim - axis - 1)
                    told = f"{name}[{', '.join(index)}]"
                yield told, partial(_slice, name, axis, at)


def _summed(name: str, axis: int, pair: Pair) -> Array:
    return like(pair, pair.case.symbols[name].sum(axis=axis, keepdims=True))


def _slice(name: str, axis: int, at: int, pair: Pair) -> Array:
    return like(pair, np.take(pair.case.symbols[name], [at], axis=axis))


#: Slopes of activations and what is near them, by which an array may have been multiplied.
SLOPES: dict[str, Callable[[Array], Array]] = {
    "(1 - {})": lambda a: 1 - a,
    "{} squared": np.square,
    "(1 - {} squared)": lambda a: 1 - np.square(a),
    "{} * (1 - {})": lambda a: a * (1 - a),
    "(1 - tanh({}) squared)": lambda a: 1 - np.tanh(a) ** 2,
    "σ({}) * (1 - σ({}))": lambda a: np.exp(-a) / (1 + np.exp(-a)) ** 2,
    "1 where {} is positive and 0 elsewhere": lambda a: 1.0 * (a > 0),
    "the sign of {}": np.sign,
}


#: What a bracket that is missing makes of a slope.
MADE: dict[str, Callable[[Array], Array]] = {
    "s (1 - s), where s = 1 / 1 + exp(-{}) and not 1 / (1 + exp(-{}))": (
        lambda a: (1 + np.exp(-a)) * -np.exp(-a)
    ),
    "s (1 - s), where s = 1 / (1 - exp(-{}))": lambda a: -np.exp(-a) / (1 - np.exp(-a)) ** 2,
    "exp(-{}) / (1 + exp(-{})), not squared": lambda a: np.exp(-a) / (1 + np.exp(-a)),
    "(1 - {}) squared": lambda a: (1 - a) ** 2,
    "(1 + {} squared)": lambda a: 1 + a**2,
    "({} squared - 1)": lambda a: a**2 - 1,
    "2 * {}": lambda a: 2 * a,
}


def _slope_of(upstream: str, name: str, slope: Callable[[Array], Array], pair: Pair) -> Array:
    return pair.case.symbols[upstream] * slope(pair.case.symbols[name])


def _sloped(name: str, slope: Callable[[Array], Array], pair: Pair) -> Array | None:
    made = pair.right * slope(pair.case.symbols[name])
    return made if made.shape == pair.right.shape else None


def _fitting_slopes(pair: Pair, name: str) -> Iterator[tuple[str, str, Callable[[Array], Array]]]:
    """The other symbols and slopes whose product is, up to a factor, what came back here."""
    symbols, shape = pair.case.symbols, pair.found.shape
    if symbols[name].shape != shape or not np.isfinite(pair.found).all():
        return
    others = [n for n, a in symbols.items() if n != name and a.shape == shape]
    with np.errstate(all="ignore"):
        for noun, slope in {**SLOPES, **MADE}.items() if others else ():
            made = np.array([symbols[n] for n in others]) * slope(symbols[name])
            for n in parallel(pair.found, made, pair.case.tolerance):
                yield others[n], noun, slope


def _factors(found: Sequence[Pair]) -> Iterator[Candidate]:
    """The right array, entry by entry times or over an argument."""
    for name in common(found):

        def times(pair: Pair, n: str = name) -> Array | None:
            made = pair.right * pair.case.symbols[n]
            return made if made.shape == pair.right.shape else None

        def over(pair: Pair, n: str = name) -> Array | None:
            made = pair.right / pair.case.symbols[n]
            return made if made.shape == pair.right.shape else None

        yield Candidate(f"{{right}} times {name}, entry by entry", times)
        yield Candidate(f"{{right}} over {name}, entry by entry", over)
        for other, noun, slope in _fitting_slopes(found[0], name):
            told = f"{other} times {noun.replace('{}', name)}, entry by entry"
            yield Candidate(told, partial(_slope_of, other, name, slope))
        for noun, slope in SLOPES.items():
            told = noun.replace("{}", name)
            yield Candidate(
                f"{{right}} times {told}, entry by entry", partial(_sloped, name, slope)
            )


def _terms(found: Sequence[Pair]) -> Iterator[Candidate]:
    """What may have been added to the right array, or be missing in it."""
    for name, array in common(found).items():
        yield Candidate(name, _symbol(name), difference=True)
        if array.ndim == 2:
            yield Candidate(f"{name} transposed", _symbol(name, turned=True), difference=True)
    for name in found[0].case.right:
        if name != found[0].name:
            yield Candidate(f"the right {name}", _other(name), difference=True)
    yield Candidate("1 in every entry", lambda pair: np.ones_like(pair.right), difference=True)
    if found[0].right.ndim == 2 and found[0].right.shape[0] == found[0].right.shape[1]:
        yield Candidate("1 on the diagonal", lambda p: np.eye(*p.right.shape), difference=True)
    for noun, of in _parts(found):
        yield Candidate(noun, of, difference=True)
