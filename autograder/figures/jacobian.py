"""The Jacobian of the loss vector and the strip that is left when J contracts it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from autograder.figures.picture import INK, PALE, Picture, paint

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure


def jacobian_picture(jacobian: NDArray[np.float64], columns: str) -> Picture:
    """Draw (1/m) 1^T times the Jacobian of the m losses: a strip of one row.

    Parameters
    ----------
    jacobian : array, shape (m, k)
        Row i is the derivative of loss i with respect to k numbers, ordered example by example.
    columns : str
        What the columns are, e.g. ``"entries of Z3"``.
    """
    m, k = jacobian.shape
    weights = np.full((1, m), 1 / m)
    strip = weights @ jacobian

    def draw(figure: Figure) -> None:
        panels = figure.subplots(1, 3, width_ratios=[m, k, k])
        for axes, matrix in zip(panels, (weights, jacobian, strip), strict=True):
            _matrix(axes, matrix, m, show_numbers=k <= 8)
        panels[0].set_title(rf"$\frac{{1}}{{m}}\,\mathbf{{1}}^T$   (1, {m})")
        panels[1].set_title(f"Jacobian of the losses   ({m}, {k})")
        panels[2].set_title(f"contracted to a strip   (1, {k})")
        panels[1].set(xlabel=columns, ylabel="loss of example i")
        panels[2].set_xlabel(columns)
        for axes, sign in zip(panels, (r"$\times$", "=", ""), strict=True):
            axes.text(1.03, 0.5, sign, transform=axes.transAxes, fontsize=15, va="center")

    zeros = np.mean(jacobian == 0)
    alt = (
        f"A row of {m} entries 1/m times a {m} by {k} Jacobian equals one row of {k} entries. "
        f"{zeros:.0%} of the Jacobian's entries are exactly zero."
    )
    return paint(draw, (10.0, 0.9 + 2.1 * min(1.0, m / 5)), alt)


def _matrix(axes: Axes, matrix: NDArray[np.float64], height: int, show_numbers: bool) -> None:
    largest = float(np.abs(matrix).max()) or 1.0
    span = 2.2 * largest  # leaves out the darkest colours, on which no number could be read
    axes.imshow(matrix, cmap="PuOr_r", vmin=-span, vmax=span, aspect="auto")
    axes.set(xticks=[], yticks=[])
    if matrix.shape[0] == 1:  # draw a strip as thin as one row of the Jacobian
        axes.set_ylim(height / 2, -height / 2)
        axes.spines[:].set_visible(False)
    else:
        axes.spines[:].set_visible(True)
    for (row, column), value in np.ndenumerate(matrix):
        if show_numbers:
            text, colour = (f"{value:.2f}", INK) if value else ("0", PALE)
            axes.text(column, row, text, ha="center", va="center", fontsize=8.5, color=colour)
