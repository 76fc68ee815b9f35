"""What a classifier of points in the plane says where, beside its loss; rows are examples."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from autograder.figures.picture import INK, Picture, paint

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

#: Colours and markers of classes 0, 1, 2, 3: from petroff6, apart from forward and backward.
COLOURS = ("#964a8b", "#f89c20", "#5790fc", "#9c9ca1")
MARKERS = "o^sD"
Scores = Callable[[NDArray[np.float64]], NDArray[np.float64]]


def regions_picture(
    scores: Scores, x: NDArray[np.float64], y: NDArray[np.int64], losses: Sequence[float]
) -> Picture:
    """The class of the largest score at each point, the examples, and the loss step by step.

    Parameters
    ----------
    scores : function
        Maps points, shape (k, 2), to scores, shape (k, C), C at most 4.
    x : array, shape (N, 2)
    y : array of int, shape (N,)
    losses : sequence of float
        The mean loss before each step.
    """
    right = float(np.mean(scores(x).argmax(axis=1) == y))
    classes = int(y.max()) + 1

    def draw(figure: Figure) -> None:
        left, beside = figure.subplots(1, 2, width_ratios=[1, 1.25])
        _regions(left, scores, x, y, classes)
        left.set_title(f"{right:.0%} of the examples right")
        beside.plot(losses, color=INK)
        beside.axhline(np.log(classes), color=INK, lw=0.7, ls=":")
        beside.annotate(
            f"guessing, log {classes}",
            (1, np.log(classes)),
            xycoords=("axes fraction", "data"),
            ha="right",
            va="bottom",
            fontsize=8,
        )
        beside.set(xlabel="steps", title="loss", ylim=(0, max(1.05 * max(losses), 1.2)))

    alt = (
        f"Left: the plane in {classes} regions, one for each class, with {len(x)} examples; "
        f"{right:.0%} lie in the region of their class. Right: the loss goes from {losses[0]:.2f} "
        f"to {losses[-1]:.3f} in {len(losses)} steps."
    )
    return paint(draw, (8.6, 3.5), alt)


def _regions(
    axes: Axes, scores: Scores, x: NDArray[np.float64], y: NDArray[np.int64], classes: int
) -> None:
    reach = 1.1 * float(np.abs(x).max())
    line = np.linspace(-reach, reach, 220)
    grid = np.stack([axis.ravel() for axis in np.meshgrid(line, line)], axis=1)
    winner = scores(grid).argmax(axis=1).reshape(220, 220)
    levels = np.arange(classes + 1) - 0.5
    axes.contourf(line, line, winner, levels=levels, colors=COLOURS[:classes], alpha=0.25)
    for c in range(classes):
        axes.scatter(
            x[y == c, 0],
            x[y == c, 1],
            s=16,
            marker=MARKERS[c],
            color=COLOURS[c],
            ec="white",
            lw=0.4,
            label=f"class {c}",
        )
    axes.set(xlabel="$x_1$", ylabel="$x_2$", aspect="equal")
    axes.legend(loc="upper left", bbox_to_anchor=(1.0, 1.0))
