"""Ratios of a returned gradient to the true one, layer by layer: as words and as a picture."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from autograder.figures.picture import Picture, paint

if TYPE_CHECKING:
    from matplotlib.figure import Figure

_MARKERS = "os^Dv"


def ratio(returned: NDArray[np.float64], true: NDArray[np.float64]) -> float:
    """The one number r with returned = r * true, or nan if there is none.

    Both arrays have the same shape; r is the least-squares factor, accepted if it leaves less
    than 1e-9 of the largest returned entry. If all of `true` is zero, no number is the one.
    """
    if not np.any(true):
        return float("nan")
    r = float(np.vdot(true, returned) / np.vdot(true, true))
    rest = float(np.abs(returned - r * true).max())
    return r if rest <= 1e-9 * float(np.abs(returned).max()) else float("nan")


def as_fraction(r: float) -> str:
    """A ratio as a student would write it: ``"1"``, ``"1/49"``, ``"7/4"``, or in words."""
    if not np.isfinite(r):
        return "not one number"
    near = Fraction(r).limit_denominator(10_000)
    return str(near) if abs(float(near) - r) <= 1e-9 * abs(r) else f"{r:.4g}"


def ratio_picture(series: Mapping[str, Sequence[float]], m: int) -> Picture:
    """Draw returned / true per layer, one line for each way of paying 1/m.

    Parameters
    ----------
    series : mapping of str to sequence of float
        Label to the ratios of layers 1 ... L, all positive.
    m : int
        Number of examples; the vertical axis counts in powers of it.
    """
    values = np.array(list(series.values()))
    powers = np.rint(np.log(values) / np.log(m)).astype(int)

    def draw(figure: Figure) -> None:
        axes = figure.subplots()
        layers = np.arange(1, values.shape[1] + 1)
        for (label, line), marker in zip(series.items(), _MARKERS, strict=False):
            axes.plot(layers, line, marker=marker, label=label)
        span = range(int(powers.min()), int(powers.max()) + 1)
        axes.set(yscale="log", xlabel="layer", ylabel="returned dW / true dW", xticks=layers)
        axes.set_yticks([float(m) ** p for p in span], [_power(p) for p in span])
        axes.minorticks_off()
        axes.legend(loc="center left", bbox_to_anchor=(1.0, 0.5))

    told = "; ".join(
        f"{label}: " + ", ".join(as_fraction(r) for r in line) for label, line in series.items()
    )
    return paint(draw, (7.6, 3.2), f"Ratio of returned to true dW for layers 1 upwards. {told}.")


def _power(p: int) -> str:
    if p >= 0:
        return ("1", "m")[p] if p < 2 else rf"$m^{p}$"
    return "1/m" if p == -1 else rf"$1/m^{-p}$"
