"""Pictures of networks that learn words: the loss per letter of several runs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np

from autograder.figures.picture import PALE, Picture, paint
from autograder.networks import Array

if TYPE_CHECKING:
    from matplotlib.figure import Figure

_STYLES = ("-", "--", "-.", ":")


def letters_picture(runs: Mapping[str, Array], guess: float, every: int = 100) -> Picture:
    """Loss per letter against the number of words that were read, a thin line for each seed.

    Parameters
    ----------
    runs : mapping of str to array, shape (points,) or (points, seeds)
        Label of a run to its mean loss over each stretch of words.
    guess : float
        The loss of guessing.
    every : int
        How many words a stretch has.
    """
    lines = {label: np.atleast_2d(np.asarray(run).T).T for label, run in runs.items()}

    def draw(figure: Figure) -> None:
        axes = figure.subplots()
        for (label, run), style in zip(lines.items(), _STYLES * 2, strict=False):
            words = every * np.arange(1, len(run) + 1)
            (first,) = axes.plot(words, run[:, 0], ls=style, lw=1.3, label=label)
            axes.plot(words, run[:, 1:], ls=style, lw=1.3, color=first.get_color())
        axes.axhline(guess, color=PALE, lw=0.8, ls=":")
        above = 1.02 * guess  # clear of a curve that stays at the guess
        axes.text(
            0.01,
            above,
            "guessing",
            va="bottom",
            fontsize=8,
            color="#666666",
            transform=axes.get_yaxis_transform(),
        )
        axes.set(xlabel="words read", ylabel="loss per letter", xlim=(0, None), ylim=(1, None))
        axes.set_ylim(top=max(axes.get_ylim()[1], 1.12 * guess))
        axes.legend(loc="upper center", bbox_to_anchor=(0.5, -0.17), ncols=min(len(lines), 2))

    told = "; ".join(f"{label} {_way(run)}" for label, run in lines.items())
    means = ", means over seeds" if any(run.shape[1] > 1 for run in lines.values()) else ""
    return paint(draw, (5.8, 4.1), f"Loss per letter against words read{means}: {told}.")


def _way(run: Array) -> str:
    """Whether a curve falls; where it ends may hang on the last bit of a processor's sums."""
    first, last = run[0].mean(), run[-1].mean()
    return f"{'falls' if last < first else 'rises'} from {first:.1f}"
