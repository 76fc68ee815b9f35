"""Unit 05: which ratio a wrong relative error is, found from what it gives for many pairs."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import numpy as np

from autograder.networks import Array

Pair = tuple[Array, Array]

ASKED = "max |a - b| / max(max |a|, max |b|)"
_LARGER, _GAP = "max(max |a|, max |b|)", "max |a - b|"
#: What to do about ratios that are common.
_ADVICE = {
    _GAP: "the absolute error; divide by the size of the arrays",
    f"{_GAP} / (max |a| + max |b|)": "relative to |a| + |b|; the larger of the two is the scale",
    f"{_GAP} / max |a|": "relative to the first array only; which one is right is not known",
    f"{_GAP} / max |b|": "relative to the second array only; which one is right is not known",
    "‖a - b‖ / (‖a‖ + ‖b‖)": "a ratio of norms; asked is for the largest entries",
    f"max (a - b) / {_LARGER}": "the largest of a - b with its sign; the gap is |a - b|",
    f"max (b - a) / {_LARGER}": "the largest of b - a with its sign; the gap is |a - b|",
    f"{_GAP} / min(max |a|, max |b|)": "relative to the smaller of the two; the larger one is the "
    "scale",
    f"{_GAP} / max(max a, max b)": "relative to the largest a or b with its sign; the scale is |a| "
    "or |b|",
}
#: What may stand above the line of the ratio, as it is written.
_ABOVE: dict[str, Callable[[Array, Array], Any]] = {
    _GAP: lambda a, b: np.abs(a - b).max(),
    "max (a - b)": lambda a, b: (a - b).max(),
    "max (b - a)": lambda a, b: (b - a).max(),
    "|max (a - b)|": lambda a, b: abs((a - b).max()),
    "|max (b - a)|": lambda a, b: abs((b - a).max()),
    "|max a - max b|": lambda a, b: abs(a.max() - b.max()),
    "(max a - max b)": lambda a, b: a.max() - b.max(),
    "| max |a| - max |b| |": lambda a, b: abs(np.abs(a).max() - np.abs(b).max()),
    "max | |a| - |b| |": lambda a, b: np.abs(np.abs(a) - np.abs(b)).max(),
    "min |a - b|": lambda a, b: np.abs(a - b).min(),
    "max (a - b)²": lambda a, b: ((a - b) ** 2).max(),
    "the sum of (a - b)²": lambda a, b: ((a - b) ** 2).sum(),
    "the mean of (a - b)²": lambda a, b: ((a - b) ** 2).mean(),
    "the sum of |a - b|": lambda a, b: np.abs(a - b).sum(),
    "the mean of |a - b|": lambda a, b: np.abs(a - b).mean(),
    "the mean of (a - b)": lambda a, b: (a - b).mean(),
    "|the mean of (a - b)|": lambda a, b: abs((a - b).mean()),
    "the sum of (a - b)": lambda a, b: (a - b).sum(),
    "|the sum of (a - b)|": lambda a, b: abs((a - b).sum()),
    "‖a - b‖": lambda a, b: np.linalg.norm(a - b),
    "the root of the mean of (a - b)²": lambda a, b: np.sqrt(((a - b) ** 2).mean()),
}
#: What may stand below it, of one of the arrays.
_OF_ONE: dict[str, Callable[[Array], Any]] = {
    "max |{}|": lambda a: np.abs(a).max(),
    "|max {}|": lambda a: abs(a.max()),
    "max {}": lambda a: a.max(),
    "min |{}|": lambda a: np.abs(a).min(),
    "the sum of |{}|": lambda a: np.abs(a).sum(),
    "the mean of |{}|": lambda a: np.abs(a).mean(),
    "‖{}‖": np.linalg.norm,
    "‖{}‖²": lambda a: (a**2).sum(),
    "(max {0} - min {0})": np.ptp,
    "the root of the mean of {}²": lambda a: np.sqrt((a**2).mean()),
}
#: What each entry of |a - b| may be divided by, and what is made of all entries.
_OF_AN_ENTRY: dict[str, Callable[[Array, Array], Array]] = {
    "max(|a|, |b|)": lambda a, b: np.maximum(np.abs(a), np.abs(b)),
    "(|a| + |b|)": lambda a, b: np.abs(a) + np.abs(b),
    "|a|": lambda a, b: np.abs(a),
    "|b|": lambda a, b: np.abs(b),
    "|a + b|": lambda a, b: np.abs(a + b),
    "max(a, b)": np.maximum,
}
_OF_ENTRIES: dict[str, Callable[[Array], Any]] = {
    "the largest": np.max,
    "the mean": np.mean,
    "the sum": np.sum,
}
#: Factors that a ratio may be multiplied by.
_FACTORS = (100.0, 2.0, 0.5, 0.01, -1.0)


def is_number(found: float, value: float) -> bool:
    """Whether it is this number; nan is nan, and infinity infinity."""
    same = found == value or (np.isnan(found) and np.isnan(value))
    return bool(same or abs(found - value) <= 1e-9 * abs(value))


def computed(found: Sequence[float], pairs: Sequence[Pair]) -> str:
    """Say which ratio a wrong error is, of all pairs; empty if none of those that are known.

    Where the ratio is no number nothing is compared: a function may do there what it likes.
    """
    values = np.array(found, dtype=float)
    with np.errstate(all="ignore"):
        below = [dict(_below(a, b)) for a, b in pairs]
        tops = {told: np.array([top(a, b) for a, b in pairs]) for told, top in _ABOVE.items()}
        sizes = {told: np.array([one[told] for one in below]) for told in below[0]}
        for told, ratio in _ratios(tops, sizes):
            if _fits(values, ratio):
                return (
                    f"{told}, {_ADVICE[told]}" if told in _ADVICE else f"{told}; asked is {ASKED}"
                )
        return _entry_by_entry(values, pairs) or _nearly(values, tops, sizes)


def _fits(found: Array, values: Array) -> bool:
    known = np.isfinite(values)
    near = np.abs(found - values)[known] <= 1e-9 * np.abs(values[known])
    return bool(2 * known.sum() >= known.size and near.all())


def _ratios(tops: dict[str, Array], sizes: dict[str, Array]) -> Iterator[tuple[str, Array]]:
    for above, top in tops.items():
        for under, size in sizes.items():
            yield (above if under == "1" else f"{above} / {under}"), top / size


def _entry_by_entry(found: Array, pairs: Sequence[Pair]) -> str:
    """The same of ratios of entries, of which one is made then."""
    for under, below in _OF_AN_ENTRY.items():
        sizes = [below(a, b) for a, b in pairs]
        for least in (0.0, *(10.0**-k for k in range(17))):
            for guard, guarded in (
                (f"max({least:g}, {under})", [np.maximum(size, least) for size in sizes]),
                (f"({under} + {least:g})", [size + least for size in sizes]),
            ):
                ratios = [np.abs(a - b) / s for (a, b), s in zip(pairs, guarded, strict=True)]
                for whole, made in _OF_ENTRIES.items():
                    if _fits(found, np.array([made(ratio) for ratio in ratios])):
                        return (
                            f"{whole} of |a - b| / {guard if least else under}, relative entry by "
                            "entry: an entry near 0 makes a right gradient look wrong"
                        )
    return ""


def _nearly(found: Array, tops: dict[str, Array], sizes: dict[str, Array]) -> str:
    """The same of ratios with something added below, with a least size, or a factor."""
    small = int(np.argmin(sizes[_LARGER]))
    for above, top in tops.items():
        for under, size in sizes.items():
            ratio = top / size
            told = above if under == "1" else f"{above} / {under}"
            for factor in _FACTORS:
                if _fits(found, factor * ratio):
                    percent = ", in percent" if (factor, told) == (100.0, ASKED) else ""
                    return f"{factor:g} times {told}{percent}; asked is {ASKED}"
            more = float(f"{top[small] / found[small] - size[small]:.3g}")
            least = float(f"{top[small] / found[small]:.3g}")
            if under != "1" and 0 < more < np.inf and _fits(found, top / (size + more)):
                return (
                    f"{above} / ({under} + {more:g}), as if {more:.1e} were added to {under}: "
                    "where the entries are as small, the error comes out too small; asked is "
                    f"{ASKED}"
                )
            if under != "1" and 0 < least < np.inf and _fits(found, top / np.maximum(size, least)):
                return f"{above} / max({least:g}, {under}); asked is {ASKED}"
    return ""


def _below(a: Array, b: Array) -> Iterator[tuple[str, float]]:
    """Yield what may stand below the line of the ratio, of both arrays, as it is written."""
    yield "1", 1.0
    yield "max |a + b|", float(np.abs(a + b).max())
    yield "max (a + b)", (a + b).max()
    yield "max (|a| + |b|)", (np.abs(a) + np.abs(b)).max()
    yield "‖a + b‖", float(np.linalg.norm(a + b))
    yield "the smallest of all max(|a|, |b|)", np.maximum(np.abs(a), np.abs(b)).min()
    yield "max(max |a|, max b)", max(np.abs(a).max(), b.max())
    yield "max(max a, max |b|)", max(a.max(), np.abs(b).max())
    for name, size in _OF_ONE.items():
        (one, other), (x, y) = (name.format("a"), name.format("b")), (size(a), size(b))
        yield from ((one, x), (other, y), (f"max({one}, {other})", max(x, y)))
        yield from ((f"({one} + {other})", x + y), (f"min({one}, {other})", min(x, y)))
        yield f"(({one} + {other}) / 2)", (x + y) / 2
        yield f"({one} * {other})", x * y
        yield f"the root of {one} * {other}", np.sqrt(x * y)
