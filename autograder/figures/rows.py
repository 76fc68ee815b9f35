"""Pictures of single layers: cards with value and gradient, slopes, subgradients, dead units."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from autograder.figures.picture import BACKWARD, FORWARD, INK, PALE, Picture, paint

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

Array = NDArray[np.float64]
Function = Callable[[Array], Array]


def cards_picture(cards: Sequence[tuple[str, Array, Array]]) -> Picture:
    """One card for each array of a forward pass: its value above, its gradient below.

    Parameters
    ----------
    cards : sequence of (title, value, gradient)
        Value and gradient have the same shape, of one or two axes; at most 8 rows are drawn well.
    """
    shown = [(title, np.atleast_2d(v), np.atleast_2d(d)) for title, v, d in cards]
    for title, value, gradient in shown:
        if value.shape != gradient.shape:
            raise ValueError(f"{title}: value {value.shape}, gradient {gradient.shape}")

    def draw(figure: Figure) -> None:
        widths = [value.shape[1] + 0.6 for _, value, _ in shown]
        panels = figure.subplots(2, len(shown), width_ratios=widths, squeeze=False)
        tall = max(value.shape[0] for _, value, _ in shown)
        for column, (title, value, gradient) in enumerate(shown):
            _matrix(panels[0, column], value, FORWARD, tall)
            _matrix(panels[1, column], gradient, BACKWARD, tall)
            panels[0, column].set_title(title)
        panels[0, 0].set_ylabel("value", color=FORWARD, weight="bold")
        panels[1, 0].set_ylabel("gradient", color=BACKWARD, weight="bold")

    told = "; ".join(
        f"{title} of shape {value.shape}, {np.count_nonzero(d == 0)} of {d.size} gradients are 0"
        for title, value, d in shown
    )
    columns, rows = sum(v.shape[1] + 1 for _, v, _ in shown), max(len(v) for _, v, _ in shown)
    alt = f"Cards with values above and gradients below: {told}."
    return paint(draw, (max(6.0, 0.5 * columns), 1.2 + 0.56 * rows), alt)


def _matrix(axes: Axes, matrix: Array, colour: str, tall: int) -> None:
    from matplotlib.patches import Rectangle

    top = float(np.abs(matrix).max()) or 1.0
    for (i, j), entry in np.ndenumerate(matrix):
        share = abs(float(entry)) / top
        axes.add_patch(Rectangle((j, i), 1, 1, fc=colour, alpha=0.75 * share, lw=0))
        text = "0" if entry == 0 else f"{entry:.2f}".replace("-0.00", "0.00")
        axes.text(j + 0.5, i + 0.5, text, ha="center", va="center", fontsize=6.5, color=INK)
    axes.add_patch(Rectangle((0, 0), matrix.shape[1], matrix.shape[0], fill=False, ec=colour))
    # arrays of fewer rows hang in the middle of their card
    middle = matrix.shape[0] / 2
    axes.set(
        xlim=(-0.1, matrix.shape[1] + 0.1), ylim=(middle + tall / 2 + 0.1, middle - tall / 2 - 0.1)
    )
    axes.set(xticks=[], yticks=[])
    for side in ("left", "bottom"):
        axes.spines[side].set_visible(False)


def slopes_picture(functions: Mapping[str, tuple[Function, Function]]) -> Picture:
    """Functions beside each other: value in blue, slope in vermillion, from -4 to 4."""
    z = np.linspace(-4.0, 4.0, 801)

    def draw(figure: Figure) -> None:
        panels = figure.subplots(1, len(functions), squeeze=False)[0]
        for axes, (title, (g, slope)) in zip(panels, functions.items(), strict=True):
            axes.plot(z, g(z), color=FORWARD, label="value")
            slopes = np.where(np.abs(z) < 1e-9, np.nan, slope(z))
            axes.plot(z, slopes, color=BACKWARD, ls="--", label="slope")
            axes.axhline(0.0, color=PALE, lw=0.7, zorder=0)
            axes.set(title=title, xlabel="x", ylim=(-1.15, 1.6))
        panels[0].legend(loc="upper left")

    told = "; ".join(
        f"{title}: slope {np.nanmin(slope(z)):.2g} to {np.nanmax(slope(z)):.2g}"
        for title, (_, slope) in functions.items()
    )
    alt = f"Value and slope against x from -4 to 4. {told}."
    return paint(draw, (2.9 * len(functions), 2.7), alt)


def subgradient_picture(slopes: Sequence[float] = (0.0, 0.5, 1.0), outside: float = 1.5) -> Picture:
    """ReLU with lines through its kink: those of the given slopes stay below it, one does not."""
    z = np.linspace(-1.0, 1.0, 201)

    def draw(figure: Figure) -> None:
        axes = figure.subplots()
        axes.plot(z, np.maximum(z, 0), color=FORWARD, lw=3.0, label="ReLU")
        for g, style in zip(slopes, ("-", "--", "-."), strict=True):
            axes.plot(z, g * z, color=BACKWARD, ls=style, lw=1.3, label=f"slope {g:g}: below")
        axes.plot(z, outside * z, color=PALE, ls=":", label=f"slope {outside:g}: above for x > 0")
        axes.set(xlabel="x", ylim=(-0.75, 1.05))
        axes.legend(loc="center left", bbox_to_anchor=(1.0, 0.5))

    alt = (
        f"ReLU and lines through (0, 0). The lines of slope {', '.join(f'{g:g}' for g in slopes)} "
        f"lie nowhere above ReLU; the line of slope {outside:g} does, for positive x."
    )
    return paint(draw, (6.2, 2.9), alt)


def revival_picture(curves: Mapping[str, Sequence[float]]) -> Picture:
    """The share of hidden units that are off on all examples, step by step.

    Parameters
    ----------
    curves : mapping of str to sequence of float
        Label to the share of dead units before each step, between 0 and 1.
    """

    def draw(figure: Figure) -> None:
        axes = figure.subplots()
        for (label, curve), style in zip(curves.items(), ("-", "--", "-.", ":"), strict=False):
            axes.plot(curve, ls=style, label=label)
        axes.set(xlabel="steps", ylabel="units off everywhere", ylim=(-0.03, 1.05))
        axes.set_yticks([0, 0.5, 1], ["none", "half", "all"])
        axes.legend(loc="center left", bbox_to_anchor=(1.0, 0.5))

    told = "; ".join(f"{label}: {c[0]:.0%} to {c[-1]:.0%}" for label, c in curves.items())
    alt = f"Share of hidden units that are off on every example while the network trains. {told}."
    return paint(draw, (6.8, 2.8), alt)
