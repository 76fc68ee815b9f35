"""Random layers on which no known mistake can hide.

H and W differ, and so do H' and W', C and F, HH and WW, each in some instance; there is more than
one image; windows overlap; stride and border are there and not there. Two largest entries of one
window never are the same; those of different windows are, in one instance.
"""

from __future__ import annotations

from dataclasses import astuple, dataclass

import numpy as np

from autograder.engine.locate.instances import mixed_up, trait
from autograder.networks import Array, Graph
from autograder.networks.convolution import columns_graph, conv_graph, pool_graph
from autograder.networks.once import drawn_once

#: How the contracts call the height and the width of a window.
_OF_FILTERS, _OF_POOLS = ("HH", "WW"), ("pool_height", "pool_width")
for _high, _wide in (_OF_FILTERS, _OF_POOLS):
    trait(
        f"{_high} {_wide} stride",
        "the window is as high and as wide as the stride",
        "it is not",
        lambda s, high=_high, wide=_wide: s["stride"] == s[high] == s[wide],  # type: ignore[misc]
    )
    trait(
        f"{_high} {_wide}",
        "the window is square",
        "it is not",
        lambda s, high=_high, wide=_wide: s[high] == s[wide],  # type: ignore[misc]
    )
    mixed_up(f"{_high} {_wide} stride", "H W", "C F", f"{_high} stride", f"{_wide} stride")
trait("pad", "pad = 0", "there is a border", lambda s: s["pad"] == 0)
trait("H' W'", "H' = W'", "H' and W' differ", lambda s: s["H'"] == s["W'"])


@dataclass(frozen=True)
class Sizes:
    """(N, C, H, W) of the images, F filters, (HH, WW) of the window; F is 0 where there is none.

    A pooling is not `bordered`.
    """

    images: tuple[int, int, int, int]
    filters: int
    window: tuple[int, int]
    stride: int
    pad: int = 0
    bordered: bool = True

    @property
    def places(self) -> tuple[int, int]:
        """(H', W')."""
        (H, W), (HH, WW) = self.images[2:], self.window
        rest = (H + 2 * self.pad - HH) % self.stride, (W + 2 * self.pad - WW) % self.stride
        assert rest == (0, 0), "a window that does not fit"
        return (
            1 + (H + 2 * self.pad - HH) // self.stride,
            1 + (W + 2 * self.pad - WW) // self.stride,
        )

    @property
    def letters(self) -> dict[str, int]:
        """The sizes by their letters: factors are told by them."""
        given = (*self.images, self.filters, *self.window)
        window = _OF_FILTERS if self.filters or self.bordered else _OF_POOLS
        named = dict(zip(("N", "C", "H", "W", "F", *window), given, strict=True))
        found = {letter: size for letter, size in named.items() if size} | {"stride": self.stride}
        found |= dict(zip(("H'", "W'"), self.places, strict=True))
        return found | {"pad": self.pad} if self.bordered else found

    @property
    def label(self) -> str:
        """The sizes, for messages."""
        images = ", ".join(f"{k} = {v}" for k, v in zip("NCHW", self.images, strict=True))
        more = f"F = {self.filters}, " if self.filters else ""
        window = " x ".join(map(str, self.window))
        border = f", pad {self.pad}" if self.bordered else ""
        return f"{images}, {more}window {window}, stride {self.stride}{border}"


CONVS = (
    Sizes((2, 3, 5, 6), 4, (3, 2), 2, 1),
    Sizes((3, 2, 5, 4), 3, (2, 3), 1, 0),
    Sizes((2, 1, 3, 3), 2, (3, 3), 1, 1),
    Sizes((1, 2, 2, 4), 5, (2, 3), 1, 2),
)
COLUMNS_OF = (
    Sizes((2, 3, 5, 8), 0, (3, 2), 2, 1),  # W is not next to H, or an end that is moved hides
    Sizes((3, 2, 5, 4), 0, (2, 3), 1, 0),
    Sizes((1, 4, 5, 3), 0, (3, 3), 1, 2),
    Sizes((2, 3, 4, 5), 0, (2, 3), 1, 0),  # H' = W': a mistake that hides there is told by that
)
POOLS = (
    Sizes((2, 3, 4, 6), 0, (2, 2), 2, bordered=False),
    Sizes((2, 2, 5, 7), 0, (3, 3), 2, bordered=False),
    Sizes((3, 2, 5, 4), 0, (2, 3), 1, bordered=False),
    Sizes((1, 2, 5, 3), 0, (3, 1), 2, bordered=False),
)
#: The smallest first.
SMALL_CONVS = (
    Sizes((1, 1, 2, 3), 1, (1, 2), 1),
    Sizes((1, 1, 2, 2), 1, (2, 2), 1, 1),
    Sizes((1, 1, 3, 5), 1, (1, 3), 2),
    Sizes((2, 1, 2, 3), 1, (1, 2), 1),
    Sizes((1, 2, 2, 3), 2, (2, 2), 1),
)
SMALL_COLUMNS = (
    Sizes((1, 1, 2, 3), 0, (1, 2), 1),
    Sizes((1, 1, 1, 3), 0, (1, 2), 1, 1),
    Sizes((1, 2, 2, 3), 0, (2, 2), 1),
)
SMALL_POOLS = (
    Sizes((1, 1, 2, 2), 0, (2, 2), 2, bordered=False),
    Sizes((1, 1, 2, 4), 0, (2, 2), 2, bordered=False),
    Sizes((1, 1, 2, 3), 0, (2, 2), 1, bordered=False),
    Sizes((2, 1, 2, 4), 0, (2, 2), 2, bordered=False),
)


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
