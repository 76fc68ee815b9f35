"""Pictures of long sequences: how a gradient fades or grows, and what passes between chunks."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np

from autograder.figures.picture import BACKWARD, FORWARD, INK, Picture, paint
from autograder.networks import Array

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure


def norms_picture(curves: Mapping[str, Array], ylabel: str = "norm of dJ/da_t") -> Picture:
    """Norms against the step t on a logarithmic axis, one line for each label.

    Parameters
    ----------
    curves : mapping of str to array, shape (T + 1,)
        Norms at t = 0, ..., T. Zeros are left out: a logarithmic axis has no place for them.
    ylabel : str
    """
    drawn = {name: np.asarray(norms, dtype=float) for name, norms in curves.items()}

    def draw(figure: Figure) -> None:
        axes = figure.subplots()
        ends = []
        for name, norms in drawn.items():
            t = np.flatnonzero(norms > 0)
            (line,) = axes.semilogy(t, norms[t])
            ends.append((float(norms[t[0]]), name, str(line.get_color())))
        axes.set(xlabel="step t (the loss sits at the last one)", ylabel=ylabel)
        axes.margins(x=0.02, y=0.09)
        _labels(axes, ends)

    told = "; ".join(
        f"{name}: {norms[-1]:.1e} at the last step, {norms[0]:.1e} at t = 0"
        for name, norms in drawn.items()
    )
    return paint(draw, (7.4, 3.8), f"Norms against the step, logarithmic. {told}.")


def _labels(axes: Axes, ends: list[tuple[float, str, str]]) -> None:
    """Names at the left ends of the lines, moved apart where they would touch."""
    low, high = (np.log10(limit) for limit in axes.get_ylim())
    gap, place = 0.062 * (high - low), -np.inf
    for value, name, colour in sorted(ends):
        place = max(np.log10(value), place + gap)
        axes.annotate(
            name,
            (-0.01, (place - low) / (high - low)),
            xycoords="axes fraction",
            ha="right",
            va="center",
            color=colour,
            weight="bold",
            fontsize=9,
        )
    axes.yaxis.tick_right()
    axes.yaxis.set_label_position("right")
    axes.spines["left"].set_visible(False)
    axes.spines["right"].set_visible(True)


def chunks_picture(T: int = 6, k: int = 3) -> Picture:
    """The unrolled network in chunks: the state crosses a border, the derivative does not."""

    def draw(figure: Figure) -> None:
        axes = figure.subplots()
        for t in range(T + 1):
            _state(axes, t)
            if t < T:
                border = t > 0 and t % k == 0
                _arrow(axes, (t + 0.26, 0.09), (t + 0.74, 0.09), FORWARD)
                _arrow(axes, (t + 0.74, -0.09), (t + 0.26, -0.09), BACKWARD, dashed=border)
                if border:
                    _border(axes, t + 0.5)
            if t > 0:
                _arrow(axes, (t, 0.74), (t, 0.27), BACKWARD)
                axes.text(t, 0.8, f"$J_{t}$", ha="center", va="bottom", color=INK)
        axes.set(xlim=(-0.4, T + 0.4), ylim=(-0.75, 1.1), aspect="equal")
        axes.axis("off")

    cuts = ", ".join(f"a_{t} and a_{t + 1}" for t in range(k, T, k))
    alt = (
        f"A recurrent network of {T} steps in chunks of {k}. Blue arrows carry the state from each "
        f"step to the next. Vermillion arrows go back from each loss and from each state to the "
        f"one before; between {cuts} the way back is cut."
    )
    return paint(draw, (8.4, 2.5), alt)


def _state(axes: Axes, t: int) -> None:
    from matplotlib.patches import Circle

    axes.add_patch(Circle((t, 0), 0.24, fc="white", ec=FORWARD, lw=1.4))
    axes.text(t, 0, f"$a_{t}$", ha="center", va="center", color=INK)


def _arrow(
    axes: Axes,
    start: tuple[float, float],
    end: tuple[float, float],
    colour: str,
    dashed: bool = False,
) -> None:
    look = {"arrowstyle": "-|>", "color": colour, "lw": 1.5, "shrinkA": 0, "shrinkB": 0}
    axes.annotate("", end, start, arrowprops=look | ({"ls": (0, (2, 1.5))} if dashed else {}))


def _border(axes: Axes, x: float) -> None:
    axes.plot([x, x], [-0.5, 0.6], color="#777777", lw=1, ls=":")
    axes.plot(x, -0.09, "x", color=BACKWARD, ms=10, mew=2.6)
    axes.text(x, -0.55, "value carried,\nderivative cut", ha="center", va="top", fontsize=8.5)
