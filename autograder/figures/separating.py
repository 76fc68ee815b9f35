"""The weights of several units while they are trained: do they ever separate?"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from autograder.figures.picture import BACKWARD, FORWARD, PALE, Picture, paint

if TYPE_CHECKING:
    from matplotlib.figure import Figure

_COLOURS = (FORWARD, BACKWARD, "#964a8b", "#7a5a00", "#444444", "#2b7a2b")
#: Units whose weights are nearer than this are one line.
_SAME = 1e-9


def separating_picture(runs: Mapping[str, NDArray[np.float64]]) -> Picture:
    """One weight of each unit against updates, one panel a run.

    Parameters
    ----------
    runs : mapping of str to array, shape (updates, units)
        By the title of the panel: the same weight of each unit, before each update.
    """

    def draw(figure: Figure) -> None:
        panels = figure.subplots(1, len(runs), sharey=True, squeeze=False)[0]
        for axes, (title, found) in zip(panels, runs.items(), strict=True):
            axes.axhline(0, color=PALE, lw=0.8, ls=":")
            for k, line in enumerate(found.T):
                axes.plot(line, color=_COLOURS[k % len(_COLOURS)], lw=1.6)
            axes.set(xlabel="updates", title=f"{title}: {_said(found)}")
        panels[0].set_ylabel("first weight of each unit")

    told = "; ".join(f"{title}: {_said(found)}" for title, found in runs.items())
    alt = f"The first weight of each unit against updates. {told}."
    return paint(draw, (3.3 * len(runs) + 1.0, 3.2), alt)


def lines_of(found: NDArray[np.float64]) -> int:
    """How many different lines the units draw."""
    kept: list[NDArray[np.float64]] = []
    for line in found.T:
        if not any(np.abs(line - other).max() < _SAME for other in kept):
            kept.append(line)
    return len(kept)


def _said(found: NDArray[np.float64]) -> str:
    count = lines_of(found)
    return f"{found.shape[1]} units, {count} line{'s' * (count > 1)}"
