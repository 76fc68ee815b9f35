"""The shape board: which products of two matrices fit, and what broadcasting makes of a sum."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from autograder.figures.picture import BACKWARD, FORWARD, INK, Picture, paint

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

Shape = tuple[int, int]
CANDIDATES = tuple(
    f"{a}{s} @ {b}{t}" for a, b in (("P", "Q"), ("Q", "P")) for s in ("", ".T") for t in ("", ".T")
)


def shape_board(rows: Sequence[tuple[Shape, Shape, Shape, Collection[str]]]) -> Picture:
    """Draw all eight products of P and Q as blocks, true to scale, a row for each pair of shapes.

    Parameters
    ----------
    rows : sequence of (shape of P, shape of Q, wanted shape, products said to fit)
        The last as strings such as ``"P @ Q.T"``.
    """

    def draw(figure: Figure) -> None:
        board = figure.subplots(len(rows), 1, squeeze=False)[:, 0]
        for axes, (p, q, target, fits) in zip(board, rows, strict=True):
            largest = max(*p, *q)
            for place, name in enumerate(CANDIDATES):
                _product(axes, name, {"P": p, "Q": q}, name in fits, place * (2 * largest + 2.5))
            axes.set_title(f"P {p}, Q {q}, wanted {target}: {_count(fits)}", loc="left")
            axes.set(xlim=(-0.5, 8 * (2 * largest + 2.5)), ylim=(-largest - 0.5, 0.3 * largest))
            axes.set_aspect("equal")
            axes.axis("off")

    told = "; ".join(
        f"P {p}, Q {q}, wanted {target}: {', '.join(sorted(fits)) or 'none'}"
        for p, q, target, fits in rows
    )
    alt = f"The eight products of P and Q, with and without transposes. Said to fit: {told}."
    return paint(draw, (10.8, 1.45 * len(rows)), alt)


def _count(fits: Collection[str]) -> str:
    return f"{len(fits)} of 8 fit" if len(fits) != 1 else "1 of 8 fits"


def _product(axes: Axes, name: str, shapes: dict[str, Shape], fits: bool, x: float) -> None:
    """Two blocks side by side from x on, strong where the product fits and pale elsewhere."""
    from matplotlib.patches import Rectangle

    mark = "\N{CHECK MARK}" if fits else "\N{BALLOT X}"
    largest = max(*shapes["P"], *shapes["Q"])
    axes.text(x, 0.08 * largest, f"{name}  {mark}", fontsize=9, color=INK if fits else "#777777")
    for factor in name.split(" @ "):
        height, width = shapes[factor[0]][:: -1 if factor.endswith(".T") else 1]
        colour = FORWARD if factor[0] == "P" else BACKWARD
        box = Rectangle(
            (x, -height), width, height, fc=colour, ec=INK, alpha=0.85 if fits else 0.13
        )
        axes.add_patch(box)
        told: dict[str, Any] = {"ha": "center", "va": "center", "fontsize": 7.5}
        text = f"{height}×{width}"
        axes.text(x + width / 2, -height / 2, text, color="white" if fits else INK, **told)
        x += width + 0.4


def broadcast_picture(a: NDArray[np.float64], b: NDArray[np.float64]) -> Picture:
    """Draw a, b, and a + b as NumPy makes it; arrays of at most two axes."""
    total = a + b
    arrays = {"a": a, "b": b, "a + b": total}

    def draw(figure: Figure) -> None:
        grids = [np.atleast_2d(array) for array in arrays.values()]
        panels = figure.subplots(1, 3, width_ratios=[grid.shape[1] for grid in grids])
        for axes, (name, array), grid in zip(panels, arrays.items(), grids, strict=True):
            axes.imshow(grid, cmap="PuOr_r", vmin=-2.2 * total.max(), vmax=2.2 * total.max())
            for (i, j), value in np.ndenumerate(grid):
                axes.text(j, i, f"{value:g}", ha="center", va="center", fontsize=9, color=INK)
            axes.set_title(f"{name}  {array.shape}", fontsize=9.5)
            axes.set(xticks=[], yticks=[])
            axes.spines[:].set_visible(True)
        for axes, sign in zip(panels, "+=", strict=False):
            axes.text(1.08, 0.5, sign, transform=axes.transAxes, fontsize=15, va="center")

    alt = f"a of shape {a.shape} plus b of shape {b.shape} is an array of shape {total.shape}."
    return paint(draw, (7.2, 2.8), alt)
