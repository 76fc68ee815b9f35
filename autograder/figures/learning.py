"""Two runs of the same training: what the loss shows, and what a gradient check shows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np

from autograder.figures.picture import BACKWARD, FORWARD, PALE, Picture, paint

if TYPE_CHECKING:
    from matplotlib.figure import Figure

#: Errors below are rounding, which differs from machine to machine: drawn as this.
_FLOOR = 1e-14
_STYLES = ((FORWARD, "-"), (BACKWARD, "--"))


def learning_picture(
    losses: Mapping[str, Sequence[float]],
    errors: Mapping[str, Mapping[str, float]],
    guess: float,
) -> Picture:
    """Loss curves on the left, errors of the gradients against numeric ones on the below.

    Parameters
    ----------
    losses : mapping of str to sequence of float
        Label of a run to its loss before each update; the first run is drawn in blue, the second
        in vermillion.
    errors : mapping of str to mapping of str to float
        The same labels to array name and relative error.
    guess : float
        The loss of guessing.
    """
    colours = dict(zip(losses, (FORWARD, BACKWARD), strict=True))

    def draw(figure: Figure) -> None:
        above, below = figure.subplots(2, 1)  # one above the other: read on a narrow screen too
        for (label, line), style in zip(losses.items(), ("-", "--"), strict=True):
            above.plot(line, color=colours[label], ls=style, label=label)
        above.axhline(guess, color=PALE, lw=0.8, ls=":")
        above.text(
            0.99,
            guess,
            "guessing",
            ha="right",
            va="bottom",
            fontsize=8,
            color="#666666",
            transform=above.get_yaxis_transform(),
        )
        above.set(xlabel="updates", ylabel="loss per character", ylim=(0, None), title="the loss")
        above.legend()
        names = list(next(iter(errors.values())))
        for shift, (label, found) in zip((-0.2, 0.2), errors.items(), strict=True):
            heights = [max(found[name], _FLOOR) for name in names]
            places = np.arange(len(names)) + shift
            below.bar(places, heights, 0.38, bottom=0, color=colours[label], label=label)
        below.set(
            yscale="log",
            ylim=(_FLOOR / 100, 30),
            ylabel="relative error",
            title="the gradient check",
        )
        below.set_xticks(range(len(names)), names)

    told = "; ".join(f"{label}: from {c[0]:.2f} to {c[-1]:.2f}" for label, c in losses.items())
    worst = "; ".join(
        f"{label}: at most {max(_FLOOR, *e.values()):.0e}" for label, e in errors.items()
    )
    alt = f"Above: loss against updates, {told}. Below: relative errors of the gradients, {worst}."
    return paint(draw, (5.8, 6.0), alt)


def tasks_picture(
    runs: Mapping[str, Mapping[str, Sequence[float]]],
    guess: float,
    ylabel: str = "loss",
    every: int = 1,
) -> Picture:
    """Loss curves of two runs on each of several tasks, one panel a task.

    Parameters
    ----------
    runs : mapping of str to mapping of str to sequence of float
        Title of a task to label of a run to its loss before each update; the first run is drawn
        in blue, the second in vermillion.
    guess : float
        The loss of guessing.
    ylabel : str
    every : int
        How many updates lie between two losses.
    """
    highest = max(max(line) for losses in runs.values() for line in losses.values())
    top = max(1.25 * guess, 1.05 * highest if highest > 2 * guess else 0.0)

    def draw(figure: Figure) -> None:
        panels = figure.subplots(len(runs), 1, squeeze=False)[:, 0]
        for panel, (title, losses) in zip(panels, runs.items(), strict=True):
            for (label, line), style in zip(losses.items(), _STYLES, strict=False):
                updates = every * np.arange(len(line))
                panel.plot(updates, line, color=style[0], ls=style[1], label=label)
            panel.axhline(guess, color=PALE, lw=0.8, ls=":")
            panel.set(xlabel="updates", title=title, ylim=(0, top))
            panel.text(updates[-1], 1.04 * guess, "guessing", ha="right", va="bottom", fontsize=8)
        for panel in panels:
            panel.set(ylabel=ylabel)
        panels[0].legend()

    told = "; ".join(
        f"{title}: "
        + ", ".join(f"{label} from {c[0]:.2f} to {c[-1]:.2f}" for label, c in losses.items())
        for title, losses in runs.items()
    )
    return paint(draw, (5.8, 2.9 * len(runs)), f"Loss against updates, one panel a task. {told}.")
