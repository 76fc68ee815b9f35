"""Pictures of training: slopes of the activations, cost curves, decision boundaries."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from autograder.figures.picture import BACKWARD, CLASSES, FORWARD, INK, PALE, Picture, paint

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

#: Of the picture that every student's training draws.
_MARGINS = {"left": 0.065, "right": 0.985, "bottom": 0.22, "top": 0.915, "wspace": 0.2}

Predict = Callable[[NDArray[np.float64]], NDArray[np.float64]]


def activation_picture() -> Picture:
    """ReLU and sigmoid with their slopes: value in blue, slope in vermillion."""
    z = np.linspace(-5.0, 5.0, 401)
    a = 1 / (1 + np.exp(-z))
    cases = {
        "ReLU: slope 0 or 1": (np.maximum(z, 0), np.where(z > 0, 1.0, 0.0), (-0.4, 3.2)),
        r"sigmoid: slope $a(1-a)$, at most 1/4": (a, a * (1 - a), (-0.1, 1.05)),
    }

    def draw(figure: Figure) -> None:
        panels = figure.subplots(1, 2)
        for axes, (title, (value, slope, limits)) in zip(panels, cases.items(), strict=True):
            below, above = np.where(z <= 0, slope, np.nan), np.where(z > 0, slope, np.nan)
            axes.plot(z, value, color=FORWARD, label="value $g(z)$")
            axes.plot(z, below, color=BACKWARD, ls="--", label="slope $g'(z)$")
            axes.plot(z, above, color=BACKWARD, ls="--")
            axes.set(title=title, xlabel="z", ylim=limits)
        panels[0].legend(loc="upper left")

    alt = (
        "Left: ReLU is 0 for negative z and z for positive z; its slope jumps from 0 to 1. "
        "Right: the sigmoid rises from 0 to 1; its slope is a bump of height one quarter at 0."
    )
    return paint(draw, (8.0, 2.8), alt)


def cost_picture(curves: Mapping[str, Sequence[float]]) -> Picture:
    """Cost J against the number of updates, one line for each labelled run."""

    def draw(figure: Figure) -> None:
        _costs(figure.subplots(), curves)

    return paint(draw, (6.4, 3.0), f"Cost J against updates: {_cost_words(curves)}")


def training_picture(
    predict: Predict, X: NDArray[np.float64], Y: NDArray[np.float64], costs: Sequence[float]
) -> Picture:
    """Decision boundary on planar data beside the cost curve.

    Parameters
    ----------
    predict : function
        Maps points, shape (2, k), to probabilities of class 1, shape (1, k).
    X : array, shape (2, m)
    Y : array, shape (1, m), labels 0 or 1
    costs : sequence of float
        J before each update.
    """
    right = float(np.mean((predict(X) > 0.5) == (Y > 0.5)))

    def draw(figure: Figure) -> None:
        left, beside = figure.subplots(1, 2, width_ratios=[1.25, 1])
        draw_boundary(left, predict, X, Y)
        left.set_title(f"decision boundary: {right:.0%} of the examples right", y=1)
        _costs(beside, {"": costs})
        beside.set_title("cost", y=1)
        for axes in (left, beside):  # every tick is drawn by itself, and every submission draws
            axes.locator_params(nbins=5)

    alt = (
        f"Left: {X.shape[1]} points of two classes and the curve where the network says 1/2; "
        f"{right:.0%} lie on their side. Right: {_cost_words({'the cost': costs})}"
    )
    return paint(draw, (9.2, 3.6), alt, _MARGINS)


def draw_boundary(
    axes: Axes, predict: Predict, X: NDArray[np.float64], Y: NDArray[np.float64]
) -> None:
    """The examples, the regions where class 0 and class 1 are likelier, and the curve between."""
    low, high = X.min(axis=1) - 0.3, X.max(axis=1) + 0.3
    x1, x2 = np.meshgrid(np.linspace(low[0], high[0], 120), np.linspace(low[1], high[1], 120))
    p = predict(np.stack([x1.ravel(), x2.ravel()])).reshape(x1.shape)
    axes.contourf(x1, x2, p, levels=[-1, 0.5, 2], colors=CLASSES, alpha=0.18)
    if p.min() < 0.5 < p.max():
        axes.contour(x1, x2, p, levels=[0.5], colors=INK, linewidths=1.6)
    for label, marker in ((0, "o"), (1, "^")):
        here = Y[0] == label
        axes.scatter(
            X[0, here],
            X[1, here],
            s=20,
            marker=marker,
            color=CLASSES[label],
            ec="white",
            lw=0.4,
            label=f"class {label}",
        )
    axes.set(xlabel="$x_1$", ylabel="$x_2$")
    axes.legend(loc="upper left", bbox_to_anchor=(0.0, -0.16), ncols=2)


def _costs(axes: Axes, curves: Mapping[str, Sequence[float]]) -> None:
    for (label, costs), style in zip(curves.items(), ("-", "--", "-.", ":") * 2, strict=False):
        axes.plot(costs, ls=style, label=label or None)
    axes.set(xlabel="updates", ylabel="cost $J$", ylim=(0, None))
    axes.axhline(np.log(2), color=PALE, lw=0.8, ls=":", zorder=0)
    axes.annotate(
        "guessing, log 2",
        (1, np.log(2)),
        xycoords=("axes fraction", "data"),
        ha="right",
        va="bottom",
        fontsize=8,
        color="#666666",
    )
    if any(curves):
        axes.legend()


def _cost_words(curves: Mapping[str, Sequence[float]]) -> str:
    told = [
        f"{label} goes from {c[0]:.2f} to {c[-1]:.2f} in {len(c)} updates"
        for label, c in curves.items()
    ]
    return "; ".join(told) + "."
