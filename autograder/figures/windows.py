"""Windows over images: a kernel that is found again, and where a pooling sends its gradient."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from autograder.figures.picture import FORWARD, INK, PALE, Picture, paint

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

Image = NDArray[np.float64]


def kernel_picture(
    image: Image, edges: Image, kernels: Mapping[str, Image], losses: Sequence[float]
) -> Picture:
    """Draw an image, what a kernel makes of it, kernels as numbers, and the loss of the search.

    Parameters
    ----------
    image, edges : array, shape (H, W) and (H', W')
    kernels : mapping of str to array, shape (HH, WW)
        By the title of the panel.
    losses : sequence of float
        Before each update.
    """
    span = max(float(np.abs(kernel).max()) for kernel in kernels.values())

    def draw(figure: Figure) -> None:
        panels = figure.subplots(
            1, 3 + len(kernels), width_ratios=[1.2, 1.2, *[1] * len(kernels), 1.4]
        )
        for axes, shown, title in zip(panels, (image, edges), ("image", "target"), strict=False):
            axes.imshow(shown, cmap="gray", interpolation="nearest")
            axes.set_title(title)
            _bare(axes)
        for axes, (title, kernel) in zip(panels[2:], kernels.items(), strict=False):
            _numbers(axes, kernel, span, "{:.2f}")
            axes.set_title(title)
        panels[-1].semilogy(losses, color=FORWARD)
        panels[-1].set(title="loss", xlabel="updates")

    told = "; ".join(
        f"{title}: {np.array2string(kernel.round(2) + 0.0, separator=' ').replace(chr(10), '')}"
        for title, kernel in kernels.items()
    )
    alt = (
        f"A photograph of {image.shape[0]} by {image.shape[1]} pixels and its edges; {told}. The "
        f"loss falls from {losses[0]:.2g} to less than {_above(losses[-1])} in {len(losses) - 1} "
        "updates."
    )
    return paint(draw, (10.4, 2.5), alt)


def pooling_picture(x: Image, dout: Image, gradients: Mapping[str, Image]) -> Picture:
    """Draw one channel, what arrives at its windows, and what comes back to each pixel.

    Parameters
    ----------
    x : array, shape (H, W)
    dout : array, shape (H', W')
    gradients : mapping of str to array, shape (H, W)
        By the title of the panel.
    """
    span = max(float(np.abs(a).max()) for a in (dout, *gradients.values()))

    def draw(figure: Figure) -> None:
        widths = [x.shape[1], dout.shape[1], *[x.shape[1]] * len(gradients)]
        panels = figure.subplots(1, 2 + len(gradients), width_ratios=widths)
        _numbers(panels[0], x, 0.0, "{:g}")
        panels[0].set_title("x")
        _numbers(panels[1], dout, span, "{:g}")
        panels[1].set_title("dout")
        for axes, (title, dx) in zip(panels[2:], gradients.items(), strict=True):
            _numbers(axes, dx, span, "{:.2g}", zero=False)
            axes.set_title(title)

    told = "; ".join(
        f"{title}: {int((dx != 0).sum())} of {dx.size} pixels get something, the sum is "
        f"{dx.sum():g}"
        for title, dx in gradients.items()
    )
    alt = (
        f"An image of {x.shape[0]} by {x.shape[1]} pixels with {dout.size} windows, and what comes "
        f"back to its pixels. {told}. The sum of dout is {dout.sum():g}."
    )
    return paint(draw, (2.1 * (len(gradients) + 1) + 1.3, 2.4), alt)


def _above(value: float) -> str:
    """The next power of ten: the digits of a small loss are not the same on all machines."""
    return f"1e{int(np.ceil(np.log10(max(value, 1e-15))))}"


def _bare(axes: Axes) -> None:
    axes.set(xticks=[], yticks=[])
    axes.spines[:].set_visible(True)
    axes.spines[:].set_color(INK)


def _numbers(axes: Axes, table: Image, span: float, form: str, zero: bool = True) -> None:
    """A table with its numbers, coloured by their size where there is a span."""
    shade = table if span else np.zeros_like(table)
    limit = 1.8 * (span or 1.0)  # pale, so that the numbers can be read
    axes.imshow(shade, cmap="PuOr_r", vmin=-limit, vmax=limit, interpolation="nearest")
    for (row, column), value in np.ndenumerate(table):
        if zero or value:
            text = form.format(value + 0.0 if abs(value) > 5e-3 else 0.0)
            axes.text(column, row, text, ha="center", va="center", fontsize=9, color=INK)
    for row in range(1, table.shape[0]):
        axes.axhline(row - 0.5, color=PALE, lw=0.6)
    for column in range(1, table.shape[1]):
        axes.axvline(column - 0.5, color=PALE, lw=0.6)
    _bare(axes)
