"""Random layers on which no known mistake can hide.

Two largest entries of one window never are the same; those of different windows are, in one
instance.
"""

from __future__ import annotations

from dataclasses import astuple, dataclass

import numpy as np

from autograder.networks import Array, Graph
from autograder.networks.convolution import columns_graph, conv_graph, pool_graph
from autograder.networks.once import drawn_once
from autograder.units.u13_convolution.sizes import Sizes


@dataclass(frozen=True)
class Instance:
    """A layer, its images and what arrives from above.

    Attributes
    ----------
    x : array, shape (N, C, H, W)
    w : array, shape (F, C, HH, WW)
    b : array, shape (F,)
    dout : array, shape (N, F, H', W'); (N, C, H', W') of a pooling
    dcols : array, shape (N, C HH WW, H' W')
    """

    sizes: Sizes
    x: Array
    w: Array
    b: Array
    dout: Array
    dcols: Array

    @property
    def conv(self) -> Graph:
        """The graph of J = sum(dout * out) of a convolution."""
        return conv_graph(self.x, self.w, self.b, self.dout, self.sizes.stride, self.sizes.pad)

    @property
    def pool(self) -> Graph:
        """The graph of J = sum(dout * out) of a max pooling."""
        return pool_graph(self.x, self.dout, self.sizes.window, self.sizes.stride)

    @property
    def columns(self) -> Graph:
        """The graph of J = sum(dcols * cols)."""
        sizes = self.sizes
        return columns_graph(self.x, self.dcols, sizes.window, sizes.stride, sizes.pad)

    @property
    def conv_param(self) -> dict[str, int]:
        """Stride and border."""
        return {"stride": self.sizes.stride, "pad": self.sizes.pad}

    @property
    def pool_param(self) -> dict[str, int]:
        """Height and width of the window, stride."""
        height, width = self.sizes.window
        return {"pool_height": height, "pool_width": width, "stride": self.sizes.stride}


def instance(rng: np.random.Generator, sizes: Sizes) -> Instance:
    """Draw a layer; no number is near zero."""
    return Instance(sizes, *_arrays(rng, *astuple(sizes)[:5]))


@drawn_once
def _arrays(
    rng: np.random.Generator,
    images: tuple[int, int, int, int],
    filters: int,
    window: tuple[int, int],
    stride: int,
    pad: int,
) -> list[Array]:
    """x, w, b, dout, dcols."""

    def away(*shape: int) -> Array:
        return np.asarray(rng.uniform(0.3, 1.5, shape) * rng.choice([-1.0, 1.0], shape))

    (N, C, _, _), F = images, filters
    K, places = C * int(np.prod(window)), Sizes(images, filters, window, stride, pad).places
    shapes = (images, (F, C, *window), (F,), (N, F or C, *places), (N, K, int(np.prod(places))))
    x, *others = (away(*shape) for shape in shapes)
    if window == (stride, stride):  # the windows lie side by side
        x = _same_in_each_window(rng, away(stride**2), images, places)
    if not filters:  # a pooling must not take 0 for the largest where all are below
        corner = np.s_[0, 0, : window[0], : window[1]]
        x[corner] = -np.abs(x[corner])
    return [x, *others]


def _same_in_each_window(
    rng: np.random.Generator,
    numbers: Array,
    images: tuple[int, int, int, int],
    places: tuple[int, int],
) -> Array:
    """Images whose windows hold the same numbers: a winner is to be found in its own window."""
    (N, C, H, W), side = images, round(len(numbers) ** 0.5)
    windows = rng.permuted(np.broadcast_to(numbers, (N, C, *places, len(numbers))), axis=-1)
    apart = windows.reshape(N, C, *places, side, side)
    return np.asarray(apart.transpose(0, 1, 2, 4, 3, 5).reshape(N, C, H, W))


def whole_instance(rng: np.random.Generator, sizes: Sizes) -> Instance:
    """A layer of few whole numbers without 0, no two of x the same: no window has two largest."""

    def few(*shape: int) -> Array:
        while True:
            found = rng.choice([-2.0, -1.0, 1.0, 2.0, 3.0], shape)
            if found.sum() or not found.size:  # a sum that is 0 hides what it is a part of
                return found

    (N, C, _, _), F = sizes.images, sizes.filters
    K, places = C * int(np.prod(sizes.window)), sizes.places
    x = rng.permutation(int(np.prod(sizes.images))).reshape(sizes.images) - 2.0
    x[x >= 0] += 1.0  # 0 would look like the border
    w, b, dout = few(F, C, *sizes.window), few(F), few(N, F or C, *places)
    return Instance(sizes, x, w, b, dout, few(N, K, int(np.prod(places))))
