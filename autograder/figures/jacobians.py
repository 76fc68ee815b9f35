"""Which end of a chain of Jacobians to start from: what it costs and what is carried along."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np

from autograder.figures.picture import BACKWARD, FORWARD, INK, PALE, Picture, paint

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_STYLES = (("o", "-", BACKWARD), ("s", "--", FORWARD), ("^", "-.", INK))


def multiplications_picture(
    counts: Mapping[str, Mapping[int, int]], mark: int = 4096, title: str = ""
) -> Picture:
    """Multiplications against the width n of the layers, both axes logarithmic.

    Parameters
    ----------
    counts : mapping of str to mapping of int to int
        Label of the order to counts by width.
    mark : int
        The width that is pointed out; each line should hold it.
    """

    def draw(figure: Figure) -> None:
        axes = figure.subplots()
        for (label, line), (marker, style, colour) in zip(counts.items(), _STYLES, strict=False):
            n, mults = list(line), [float(c) for c in line.values()]
            axes.loglog(n, mults, marker=marker, ls=style, color=colour, label=label)
            axes.annotate(
                f"{float(line[mark]):.3g}",
                (mark, line[mark]),
                xytext=(8, 0),
                textcoords="offset points",
                va="center",
                color=colour,
            )
        axes.axvline(mark, color=PALE, lw=0.8, ls=":", zorder=0)
        widths = sorted({n for line in counts.values() for n in line})
        axes.set_xticks(widths, [str(n) for n in widths])
        axes.minorticks_off()
        axes.set(xlabel="units in each layer, n", ylabel="multiplications", title=title)
        axes.margins(x=0.12)
        axes.legend(loc="upper left")

    told = "; ".join(
        f"{label}: {float(line[mark]):.3g} at n = {mark}, growing like n to the {_power(line):.1f}"
        for label, line in counts.items()
    )
    return paint(draw, (6.6, 3.6), f"Multiplications against layer width, log-log. {told}.")


def _power(line: Mapping[int, int]) -> float:
    """The slope of the last two points in the log-log plot."""
    (n1, c1), (n2, c2) = list(line.items())[-2:]
    return float(np.log(float(c2) / float(c1)) / np.log(n2 / n1))


def chain_picture(sizes: Sequence[int]) -> Picture:
    """The product J1 J2 ... Jp u in both orders: every array as a box of its shape.

    Parameters
    ----------
    sizes : sequence of int
        J_i is (sizes[i-1], sizes[i]), u is (sizes[-1], 1).
    """
    chains = {"right to left": _steps(sizes, True), "left to right": _steps(sizes, False)}
    totals = {name: sum(cost for _, cost in steps) for name, steps in chains.items()}

    def draw(figure: Figure) -> None:
        panels = figure.subplots(1, 2)
        for axes, (name, steps), colour in zip(
            panels, chains.items(), (BACKWARD, FORWARD), strict=True
        ):
            for row, (shapes, cost) in enumerate(steps):
                carried = len(shapes) - 1 if name == "right to left" else 0 if row else -1
                _line(axes, shapes, carried, -1.5 * row * max(sizes), cost, colour)
            axes.set_title(f"{name}: {totals[name]} multiplications", loc="left")
            axes.set_aspect("equal")
            axes.axis("off")

    told = "; ".join(f"{name} {total} multiplications" for name, total in totals.items())
    alt = (
        f"A chain of {len(sizes) - 1} Jacobians and a column, drawn to scale, after each product. "
        f"From the right only columns arise, from the left only matrices: {told}."
    )
    return paint(draw, (9.6, 1.0 + 1.0 * (len(sizes) - 1)), alt)


Shapes = list[tuple[int, int]]


def _steps(sizes: Sequence[int], from_right: bool) -> list[tuple[Shapes, int]]:
    """What stands there before each product, with the product's cost; the last is the result."""
    shapes = [*zip(sizes[:-1], sizes[1:], strict=True), (sizes[-1], 1)]
    steps = []
    while len(shapes) > 1:
        at = len(shapes) - 2 if from_right else 0
        (p, q), (_, r) = shapes[at], shapes[at + 1]
        steps.append((list(shapes), p * q * r))
        shapes[at : at + 2] = [(p, r)]
    return [*steps, (list(shapes), 0)]


def _line(axes: Axes, shapes: Shapes, carried: int, top: float, cost: int, colour: str) -> None:
    """One row of boxes; the one at index `carried` is what has been computed so far."""
    from matplotlib.patches import Rectangle

    x, height = 0.0, float(max(max(shape) for shape in shapes))
    for index, (rows, columns) in enumerate(shapes):
        face = colour if index == carried else "white"
        axes.add_patch(Rectangle((x, top - rows), columns, rows, fc=face, ec=INK, alpha=0.85))
        axes.text(x + columns / 2, top + 0.2, f"{rows}×{columns}", ha="center", fontsize=8)
        x += columns + 1.8
    text = f"next: {cost}" if cost else ""
    axes.text(x, top - height / 2, text, va="center", fontsize=9, color=INK)
    axes.update_datalim([(-0.2, top - height), (x + 4.0, top + 1.2)])
    axes.autoscale_view()
