"""The error of a numeric derivative against the step h: the U-curve."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np

from autograder.figures.picture import BACKWARD, FORWARD, INK, PALE, Picture, paint

if TYPE_CHECKING:
    from matplotlib.figure import Figure

_STYLES = (("o", "--", FORWARD), ("s", "-", BACKWARD), ("^", "-.", INK), ("D", ":", "#964a8b"))
_FLOOR = 1e-17  # where an error of exactly 0 is drawn


def u_curve_picture(
    hs: Sequence[float], curves: Mapping[str, Sequence[float]], mine: float | None = None
) -> Picture:
    """Draw relative error against h, both axes logarithmic.

    Parameters
    ----------
    hs : sequence of float
    curves : mapping of str to sequence of float
        Label to the error at each h.
    mine : float, optional
        The h that somebody chose; drawn as a vertical line.
    """
    lines = {label: np.maximum(np.asarray(line, float), _FLOOR) for label, line in curves.items()}

    def draw(figure: Figure) -> None:
        axes = figure.subplots()
        for (label, line), (marker, style, colour) in zip(lines.items(), _STYLES, strict=False):
            axes.loglog(hs, line, marker=marker, ms=4, ls=style, color=colour, label=label)
        if mine is not None:
            axes.axvline(mine, color=PALE, lw=1.0, zorder=0)
            axes.annotate(
                f"h = {mine:.0e}",
                (mine, 1.0),
                xycoords=("data", "axes fraction"),
                xytext=(4, -10),
                textcoords="offset points",
                color="#555555",
                fontsize=9,
            )
        axes.set(xlabel="step h", ylabel="relative error of the gradient", ylim=(3e-18, 30))
        axes.legend(loc="center left", bbox_to_anchor=(1.0, 0.5))

    told = "; ".join(
        f"{label}: smallest {line.min():.0e} at h = {hs[int(line.argmin())]:.0e}"
        for label, line in lines.items()
    )
    return paint(draw, (8.0, 3.8), f"Relative error against the step h, log-log. {told}.")
