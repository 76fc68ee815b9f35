"""What a case of the clinic is, and how what an implementation returns is told in few signs."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
_STEP = 1e-200
#: Two arrays nearer than this, relative to the largest right entry, are the same.
NEAR = 1e-9
#: Ratios are written as fractions with divisors up to this one.
_DIVISOR = 60
RIGHT = "✓"


@dataclass(frozen=True)
class Chart:
    """What is seen of one implementation on one draw of numbers.

    Attributes
    ----------
    rows : sequence of sequences of str
        The cells of a table; the first of each row names it.
    note : str
        What was drawn and has to be known, such as m; the same for every mistake.
    wrong : sequence of str
        Nodes of the case's graph whose gradient is wrong.
    curves : mapping of str to sequence of float
        Lines of a training run.
    """

    rows: Sequence[Sequence[str]]
    note: str = ""
    wrong: Sequence[str] = ()
    curves: Mapping[str, Sequence[float]] = field(default_factory=dict)


@dataclass(frozen=True)
class Case:
    """One case: patients of one kind, each with another mistake.

    Attributes
    ----------
    unit : str
        The unit that taught it.
    head : sequence of str
        The headings of the table.
    chart : function
        ``chart(id, rng)``: the chart of the implementation with this mistake, of the right one
        where the id is empty.
    choices : mapping of str to str
        By id, what was written.
    only : sequence of str
        The ids that patients have, where these are not all of the choices: what students posted.
    """

    unit: str
    head: Sequence[str]
    chart: Callable[[str, np.random.Generator], Chart]
    choices: Mapping[str, str]
    only: Sequence[str] = ()

    @property
    def guilty(self) -> list[str]:
        """The ids that patients have."""
        return list(self.only or self.choices)


def numeric(cost: Callable[[Array], Array], at: Array) -> Array:
    """The gradient of a cost at an array, entry by entry, by complex steps."""
    found = np.zeros(at.shape)
    for place in np.ndindex(*at.shape):
        moved = at.astype(complex)
        moved[place] += 1j * _STEP
        found[place] = np.imag(cost(moved)) / _STEP
    return found


def numerics(
    cost: Callable[[Mapping[str, Array]], Array], inputs: Mapping[str, Array]
) -> dict[str, Array]:
    """The gradients of a cost of several arrays, by their names."""
    return {
        name: numeric(lambda moved, name=name: cost({**inputs, name: moved}), value)  # type: ignore[misc]
        for name, value in inputs.items()
    }


def factor(found: Array, right: Array) -> float | None:
    """The one number by which two arrays of one shape differ, if there is one."""
    size = float((right * right).sum())
    if size == 0:
        return None
    k = float((found * right).sum()) / size
    return k if _close(found, k * right, right) else None


def as_fraction(k: float) -> str:
    """A ratio as people write it: ``5``, ``1/5``, ``−1``; three digits where it is none."""
    near = Fraction(k).limit_denominator(_DIVISOR)
    text = str(near) if abs(k - near) <= NEAR * max(1, abs(k)) else f"{k:.3g}"
    return text.replace("-", "−")


def told(found: Array, right: Array) -> str:
    """One cell: a tick, another shape, a factor, or by how much the worst entry is off."""
    if found.shape != right.shape:
        return f"shape {found.shape}"
    if _close(found, right, right):
        return RIGHT
    if not found.any():
        return "all 0"
    k = factor(found, right)
    if k is not None:
        return f"× {as_fraction(k)}"
    scale = np.abs(right).max()
    gap = np.abs(found - right).max()
    return f"off {gap / scale:.2g}" if scale > 0 else "not 0"


def _close(found: Array, right: Array, scale: Array) -> bool:
    return bool(np.abs(found - right).max() <= NEAR * max(np.abs(scale).max(), 1e-300))


def number(value: float) -> str:
    """Three digits after the point, and no minus before a zero."""
    text = f"{value:.3f}"
    return ("0.000" if text == "-0.000" else text).replace("-", "−")
