"""Jacobians of layers, example by example: who listens to whom."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from autograder.figures.picture import INK, PALE, Picture, paint

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure


def blocks_picture(
    jacobians: Mapping[str, NDArray[np.float64]], examples: int, of: str = "example"
) -> Picture:
    """Draw Jacobians side by side, cut into blocks of one example each.

    Parameters
    ----------
    jacobians : mapping of str to array, shape (N D, N M)
        By the title of the panel: rows are inputs, columns are outputs, example by example.
    examples : int
        The number N.
    of : str
        What a block is about.
    """

    def draw(figure: Figure) -> None:
        panels = np.atleast_1d(figure.subplots(1, len(jacobians)))
        for axes, (title, matrix) in zip(panels, jacobians.items(), strict=True):
            _blocks(axes, matrix, examples)
            axes.set_title(title)
            axes.set_xlabel(f"output of {of}\n({_filled(matrix):.0%} of all entries not zero)")
        panels[0].set_ylabel(f"input of {of}")

    told = "; ".join(
        f"{title}: {_filled(matrix):.0%} of the entries are not zero, and "
        f"{_between(matrix, examples)} of the {examples * (examples - 1)} blocks between "
        f"two {of}s hold some of them"
        for title, matrix in jacobians.items()
    )
    alt = f"Jacobians in blocks of one {of} each. {told}."
    return paint(draw, (3.1 * len(jacobians), 3.6), alt)


def _filled(matrix: NDArray[np.float64]) -> float:
    return float(np.mean(np.abs(matrix) > 1e-12))


def _cut(matrix: NDArray[np.float64], examples: int) -> NDArray[np.float64]:
    """(N, D, N, M): input example, input, output example, output."""
    rows, columns = (size // examples for size in matrix.shape)
    return matrix.reshape(examples, rows, examples, columns)


def _between(matrix: NDArray[np.float64], examples: int) -> int:
    some = (np.abs(_cut(matrix, examples)) > 1e-12).any(axis=(1, 3))
    return int(some.sum() - np.trace(some))


def _blocks(axes: Axes, matrix: NDArray[np.float64], examples: int) -> None:
    span = 1.3 * float(np.abs(matrix).max() or 1.0)
    axes.set_facecolor("#d9d9de")
    shown = np.where(np.abs(matrix) > 1e-12, matrix, np.nan)  # what is zero stays grey
    axes.imshow(shown, cmap="PuOr_r", vmin=-span, vmax=span, interpolation="nearest")
    for size, line, ticks in (
        (matrix.shape[0], axes.axhline, axes.set_yticks),
        (matrix.shape[1], axes.axvline, axes.set_xticks),
    ):
        step = size / examples
        for border in range(1, examples):
            line(border * step - 0.5, color=PALE, lw=0.8)
        middles = [(n + 0.5) * step - 0.5 for n in range(examples)]
        ticks(middles, [str(n + 1) for n in range(examples)])
    axes.tick_params(length=0)
    axes.spines[:].set_visible(True)
    axes.spines[:].set_color(INK)
