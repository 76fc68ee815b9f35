"""What the hidden units of a small network do in the plane: one straight line each."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from autograder.figures.picture import BACKWARD, Picture, paint
from autograder.figures.training import Predict, draw_boundary

if TYPE_CHECKING:
    from matplotlib.figure import Figure


def hidden_units_picture(
    predict: Predict,
    X: NDArray[np.float64],
    Y: NDArray[np.float64],
    parameters: Mapping[str, NDArray[np.float64]],
) -> Picture:
    """The decision boundary, and the line on which each hidden unit's Z is 0.

    Parameters
    ----------
    predict : function
        Maps points, shape (2, k), to probabilities of class 1, shape (1, k).
    X : array, shape (2, m)
    Y : array, shape (1, m), labels 0 or 1
    parameters : mapping
        ``W1``, shape (n_h, 2), and ``b1``, shape (n_h, 1).
    """
    W, b = parameters["W1"], parameters["b1"]
    lines = [(w, float(shift)) for w, (shift,) in zip(W, b, strict=True) if np.abs(w).max() > 0]

    def draw(figure: Figure) -> None:
        axes = figure.subplots()
        draw_boundary(axes, predict, X, Y)
        frame = axes.axis()
        for w, shift in lines:
            foot, along = -shift * w / (w @ w), np.array([-w[1], w[0]]) / np.hypot(*w)
            axes.axline(foot, foot + along, color=BACKWARD, lw=1.3, ls=(0, (4, 2)))
        axes.axis(frame)
        axes.set_title(f"the boundary, and the lines of {len(W)} hidden units", y=1)

    seen = sum(_crosses(w, shift, X) for w, shift in lines)
    alt = (
        f"{X.shape[1]} points of two classes, the curve where the network says 1/2, and a dashed "
        f"straight line for each of {len(W)} hidden units, on which its Z is 0; {seen} of them "
        "run between the points."
    )
    return paint(draw, (5.6, 4.0), alt)


def _crosses(w: NDArray[np.float64], shift: float, X: NDArray[np.float64]) -> bool:
    """Whether there are points on both sides of the line."""
    side = w @ X + shift
    return bool((side > 0).any() and (side < 0).any())
