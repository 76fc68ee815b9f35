"""The triangle of losses and steps: which loss reaches which step, and in which order to add."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from autograder.figures.picture import BACKWARD, INK, PALE, Picture, paint

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_TINT = "#fbe3d2"


def triangle_picture(steps: int) -> Picture:
    """The loss x step triangle twice: row by row (tree), and column by column (graph).

    A square (loss s, step t <= s) is what the loss of step s says about step t.
    """
    squares = steps * (steps + 1) // 2

    def draw(figure: Figure) -> None:
        left, right = figure.subplots(1, 2)
        _frame(left, steps, f"row by row: {squares} cell calls")
        _frame(right, steps, f"column by column: {steps} cell calls")
        for s in range(1, steps + 1):
            for t in range(1, s + 1):
                _block(left, t, -s, 0.8)
            _arrow(left, (s + 0.3, -s), (0.6, -s))
            _block(right, s, -(s + steps) / 2, steps - s + 0.8)
            _arrow(right, (s + 0.22, -s + 0.95), (s + 0.22, -s + 0.3))
            right.text(
                s + 0.3, -s + 0.68, f"da, loss {s}", va="center", fontsize=8.5, color=BACKWARD
            )
            if s < steps:
                middle = -(s + 1 + steps) / 2
                _arrow(right, (s + 0.7, middle), (s + 0.3, middle), wide=True)
                right.text(s, -s, "+", ha="center", va="center", fontsize=13, color=INK)

    alt = (
        f"Two triangles of {squares} squares, one square for each loss and each step up to it. "
        f"Left: one arrow along each row, from the loss back to step 1; {squares} cell calls. "
        f"Right: each column is one block, into which its own loss enters from above and all that "
        f"is later from the right; one arrow leads from block to block, {steps} cell calls."
    )
    return paint(draw, (4.6 + 0.9 * steps, 0.9 + 0.56 * steps), alt)


def _block(axes: Axes, column: float, middle: float, height: float) -> None:
    from matplotlib.patches import Rectangle

    low = middle - height / 2
    axes.add_patch(Rectangle((column - 0.45, low), 0.9, height, fc=_TINT, ec="white"))


def _frame(axes: Axes, steps: int, title: str) -> None:
    axes.set(xlim=(0.3, steps + 1.2), ylim=(-steps - 0.5, 0.05), title=title)
    axes.set_xticks(range(1, steps + 1), [f"step {t}" for t in range(1, steps + 1)])
    axes.set_yticks([-s for s in range(1, steps + 1)], [f"loss {s}" for s in range(1, steps + 1)])
    axes.tick_params(length=0)
    axes.spines[:].set_visible(False)


def _arrow(
    axes: Axes, start: tuple[float, float], end: tuple[float, float], wide: bool = False
) -> None:
    style = {"arrowstyle": "-|>", "color": BACKWARD, "lw": 3.0 if wide else 1.6}
    axes.annotate("", end, start, arrowprops=style | {"shrinkA": 0, "shrinkB": 0})


def _numbers(values: NDArray[np.float64]) -> str:
    return ", ".join(f"{value:.2f}" for value in values)


def influence_picture(sizes: NDArray[np.float64], total: NDArray[np.float64]) -> Picture:
    """What each loss sends to each step, as numbers in the triangle, and the sums below.

    Parameters
    ----------
    sizes : array, shape (T, T)
        Entry (s, t): the size of what the loss of step s + 1 says about step t + 1.
    total : array, shape (T,)
        The size of the sum over all losses, which need not be the sum of the sizes.
    """
    steps = len(total)
    table = np.vstack([sizes, total])

    def draw(figure: Figure) -> None:
        axes = figure.subplots()
        span = 1.8 * float(table.max())  # leaves out colours on which no number could be read
        axes.imshow(table, cmap="Oranges", vmin=0, vmax=span, aspect="auto")
        for (row, column), value in np.ndenumerate(table):
            if row == steps or column <= row or value:
                text, colour = (f"{value:.2f}", INK) if value else ("0", PALE)
                axes.text(column, row, text, ha="center", va="center", fontsize=9, color=colour)
        axes.axhline(steps - 0.5, color=INK, lw=1.2)
        axes.set_xticks(range(steps), [f"step {t + 1}" for t in range(steps)])
        rows = [f"loss {s + 1}" for s in range(steps)]
        axes.set_yticks(range(steps + 1), [*rows, "all losses"])
        axes.tick_params(length=0)

    upper = np.abs(np.triu(sizes, 1)).max(initial=0.0)
    alt = (
        f"Table of {steps} losses and {steps} steps. No loss reaches a step after it: above the "
        f"diagonal the largest entry is {upper:.2g}. "
        + "".join(f"Loss {s + 1}: {_numbers(row[: s + 1])}. " for s, row in enumerate(sizes))
        + f"All losses together: {_numbers(total)}."
    )
    return paint(draw, (2.2 + 0.95 * steps, 1.0 + 0.4 * steps), alt)
