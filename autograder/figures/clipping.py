"""One gradient as an arrow, and what two ways of clipping make of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from autograder.figures.picture import BACKWARD, FORWARD, INK, PALE, Picture, paint

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

Vector = NDArray[np.float64]


def clips_picture(gradient: Vector, by_value: Vector, by_norm: Vector, limit: float) -> Picture:
    """A gradient of two entries, clipped by value on the left and by its norm on the right.

    Parameters
    ----------
    gradient, by_value, by_norm : array, shape (2,)
        The gradient, and what the two functions make of it.
    limit : float
        The bound of both: half the side of the square, and the radius of the circle.
    """
    panels = (("by value", by_value), ("by norm", by_norm))

    def draw(figure: Figure) -> None:
        for axes, (title, clipped) in zip(figure.subplots(1, 2), panels, strict=True):
            angle = np.linspace(0, 2 * np.pi, 200)
            if title == "by value":
                corners = limit * np.array([[-1, -1], [1, -1], [1, 1], [-1, 1], [-1, -1]])
                axes.plot(*corners.T, color=PALE, lw=1)
            else:
                axes.plot(limit * np.cos(angle), limit * np.sin(angle), color=PALE, lw=1)
            _arrow(axes, gradient, FORWARD, 1.5)
            _arrow(axes, clipped, BACKWARD, 2.5)
            reach = 1.25 * max(float(np.abs(gradient).max()), limit)
            axes.set(xlim=(-reach / 3, reach), ylim=(-reach / 3, reach), aspect="equal")
            axes.set(xlabel="first entry", ylabel="second entry")
            axes.set_title(f"{title}: the direction turns by {turn(gradient, clipped):.0f}°")
            axes.annotate(
                "before",
                (gradient[0], gradient[1]),
                (0, 5),
                textcoords="offset points",
                color=FORWARD,
                ha="center",
                fontsize=9,
            )

    told = "; ".join(
        f"{title}: ({clipped[0]:.2f}, {clipped[1]:.2f}), turned by {turn(gradient, clipped):.0f}°"
        for title, clipped in panels
    )
    alt = (
        f"The arrow ({gradient[0]:.2f}, {gradient[1]:.2f}), and the one that clipping at {limit:g} "
        f"leaves. {told[0].upper()}{told[1:]}."
    )
    return paint(draw, (8.0, 3.9), alt)


def _arrow(axes: Axes, end: Vector, colour: str, width: float) -> None:
    axes.plot(0, 0, marker="o", ms=3, color=INK)
    x, y = end
    axes.annotate(
        "", (x, y), (0, 0), arrowprops={"arrowstyle": "-|>", "color": colour, "lw": width}
    )


def turn(before: Vector, after: Vector) -> float:
    """The angle between two vectors in degrees."""
    cosine = before @ after / (np.linalg.norm(before) * np.linalg.norm(after))
    return float(np.degrees(np.arccos(np.clip(cosine, -1.0, 1.0))))
