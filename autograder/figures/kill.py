"""The kill matrix: which wrong implementation is stopped by which case of a test."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from autograder.figures.picture import BACKWARD, FORWARD, INK, Picture, paint

if TYPE_CHECKING:
    from matplotlib.figure import Figure


def kill_picture(
    killed: NDArray[np.bool_], mutants: Sequence[str], cases: Sequence[str]
) -> Picture:
    """Draw mutants against cases: a mark where a case stops a mutant.

    Parameters
    ----------
    killed : array of bool, shape (mutants, cases)
    mutants : sequence of str
        Names of the rows.
    cases : sequence of str
        Names of the columns, short.
    """
    killed = np.asarray(killed, dtype=bool)
    alive = [not row.any() for row in killed]
    share = f"{len(mutants) - sum(alive)} of {len(mutants)} killed"

    def draw(figure: Figure) -> None:
        from matplotlib.colors import ListedColormap

        axes = figure.subplots()
        axes.imshow(killed, cmap=ListedColormap(["white", FORWARD]), vmin=0, vmax=1, aspect="auto")
        for row, column in np.argwhere(killed):
            axes.text(column, row, "×", color="white", ha="center", va="center", fontsize=11)
        axes.set_xticks(range(len(cases)), list(cases))
        axes.set_yticks(range(len(mutants)), list(mutants))
        for label, survives in zip(axes.get_yticklabels(), alive, strict=True):
            label.set_color(BACKWARD if survives else INK)
            label.set_fontweight("bold" if survives else "normal")
        axes.set_xticks(np.arange(len(cases) + 1) - 0.5, minor=True)
        axes.set_yticks(np.arange(len(mutants) + 1) - 0.5, minor=True)
        axes.grid(which="minor", color="#cccccc", lw=0.6)
        axes.tick_params(which="both", length=0)
        axes.set_title(share, loc="left")
        axes.xaxis.tick_top()

    survivors = [name for name, lives in zip(mutants, alive, strict=True) if lives]
    left = f"Survivors: {', '.join(survivors)}." if survivors else "No survivor."
    marks = "; ".join(
        f"{case.replace(chr(10), ', ')} stops {int(column.sum())}"
        for case, column in zip(cases, killed.T, strict=True)
    )
    alt = f"Kill matrix of {len(mutants)} mutants and {len(cases)} cases: {share}. {left} {marks}."
    size = (3.4 + 0.9 * len(cases), 0.9 + 0.29 * len(mutants))
    return paint(draw, size, alt)
