"""Optimisers at work: paths through a valley, the weights of a mean, costs epoch by epoch."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np

from autograder.figures.picture import BACKWARD, FORWARD, INK, PALE, Picture, paint

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

Place = tuple[float, float]
_STYLES = ((FORWARD, "-"), (BACKWARD, "--"), (INK, "-."), ("#964a8b", ":"))


def valley_picture(steep: float, paths: Mapping[str, Sequence[Place]]) -> Picture:
    """Paths through the valley J = (w**2 + steep * b**2) / 2, one panel each, seen from above.

    Parameters
    ----------
    steep : float
        How many times as steep the valley is across as along.
    paths : mapping of str to sequence of (w, b)
        Label of an optimiser to its places, the start first.
    """
    columns = min(2, len(paths))
    rows = -(-len(paths) // columns)

    def draw(figure: Figure) -> None:
        panels = figure.subplots(rows, columns, squeeze=False, sharex=True, sharey=True)
        for panel, (label, path) in zip(panels.flat, paths.items(), strict=False):
            _valley(panel, steep, np.asarray(path, float))
            panel.set_title(label)
        for panel in panels[-1]:
            panel.set_xlabel("w")
        for panel in panels[:, 0]:
            panel.set_ylabel("b")

    def height(place: Place) -> float:
        return (place[0] ** 2 + steep * place[1] ** 2) / 2

    told = "; ".join(
        f"{label}: {len(path) - 1} updates, {_turns(path)} times from one side to the other, "
        f"J from {height(path[0]):.1f} to {height(path[-1]):.2g}"
        for label, path in paths.items()
    )
    alt = f"A long valley from above, {steep:g} times as steep across as along. {told}."
    return paint(draw, (4.5 * columns, 2.3 * rows + 0.4), alt)


def _turns(path: Sequence[Place]) -> int:
    """How often the path crosses the floor of the valley."""
    sides = np.sign([b for _, b in path])
    return int((sides[1:] * sides[:-1] < 0).sum())


def _valley(panel: Axes, steep: float, path: np.ndarray) -> None:
    w, b = np.linspace(-9, 3, 121), np.linspace(-1.5, 1.5, 101)
    heights = (w[None, :] ** 2 + steep * b[:, None] ** 2) / 2
    panel.contour(w, b, heights, levels=[0.5, 2, 5, 10, 18, 28, 40], colors=PALE, linewidths=0.6)
    panel.plot(path[:, 0], path[:, 1], color=BACKWARD, lw=1.1, marker="o", ms=2.5)
    panel.plot(*path[0], color=INK, marker="s", ms=5)
    panel.plot(0, 0, color=FORWARD, marker="*", ms=9)
    panel.set(xlim=(-9, 3), ylim=(-1.5, 1.5))


def weights_picture(weights: Mapping[str, Sequence[float]]) -> Picture:
    """The weights of the gradients in a mean, the latest on the right, one panel each.

    Parameters
    ----------
    weights : mapping of str to sequence of float
        Title to the weights of g_1, ..., g_t.
    """

    def draw(figure: Figure) -> None:
        panels = figure.subplots(1, len(weights), sharey=True, squeeze=False)[0]
        for panel, (title, of) in zip(panels, weights.items(), strict=True):
            panel.bar(range(1, len(of) + 1), of, color=BACKWARD, width=0.8)
            panel.set(xlabel="gradient of update k", title=title)
        panels[0].set_ylabel("its weight")

    told = "; ".join(
        f"{title}: from {of[0]:.3g} for the first to {of[-1]:.3g} for the last, sum {sum(of):.3g}"
        for title, of in weights.items()
    )
    return paint(draw, (4.3 * len(weights), 2.7), f"Weights of the gradients in a mean. {told}.")


def epochs_picture(
    costs: Mapping[str, Sequence[float]],
    along: str = "epochs",
    ylabel: str = "cost over all examples",
) -> Picture:
    """The cost after each epoch, logarithmic, one line a run.

    Parameters
    ----------
    costs : mapping of str to sequence of float
        Label of a run to its costs.
    along, ylabel : str
        What is counted, and what is shown.
    """

    def draw(figure: Figure) -> None:
        axes = figure.subplots()
        for (label, line), (colour, style) in zip(costs.items(), _STYLES, strict=False):
            axes.semilogy(range(1, len(line) + 1), line, color=colour, ls=style, label=label)
        axes.set(xlabel=along, ylabel=ylabel)
        axes.legend(loc="center left", bbox_to_anchor=(1.0, 0.5))

    told = "; ".join(f"{label}: from {c[0]:.2g} to {c[-1]:.2g}" for label, c in costs.items())
    return paint(draw, (7.0, 3.0), f"{ylabel}, logarithmic, against {along}. {told}.")
