"""How much comes back through a softmax as its scores grow with their width."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from autograder.figures.picture import BACKWARD, FORWARD, Picture, paint

if TYPE_CHECKING:
    from matplotlib.figure import Figure

_LOOKS = ({"color": BACKWARD, "marker": "o"}, {"color": FORWARD, "marker": "s", "ls": "--"})


def saturation_picture(widths: Sequence[int], sizes: Mapping[str, Sequence[float]]) -> Picture:
    """Draw the size of what comes back against the width of queries and keys.

    Parameters
    ----------
    widths : sequence of int
        The d_k that were tried.
    sizes : mapping of str to sequence of float
        By the name of a way of making scores, at most two of them: one number a width.
    """

    def draw(figure: Figure) -> None:
        axes = figure.subplots()
        for (name, values), look in zip(sizes.items(), _LOOKS, strict=False):
            axes.loglog(widths, values, label=name, **look)
        axes.set_xticks(widths, [str(width) for width in widths])
        axes.minorticks_off()
        axes.set(xlabel="width of a query, $d_k$", ylabel="size of dS (median)")
        axes.legend(loc="lower left")

    told = "; ".join(
        f"{name}: {values[0]:.2g} at d_k = {widths[0]}, {values[-1]:.2g} at d_k = {widths[-1]}"
        for name, values in sizes.items()
    )
    return paint(draw, (6.2, 3.6), f"Size of dS against the width of queries. {told}.")
