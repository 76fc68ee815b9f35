"""Convolution, its windows as columns of a matrix, and pooling; x is (N, C, H, W).

Names are those of CS231n: `w` is (F, C, HH, WW), `out` is (N, F, H', W'), with
H' = 1 + (H + 2 pad - HH) / stride. `cols` has one column for each place of the window, as
``torch.nn.Unfold`` gives them: (N, C HH WW, H' W').
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from autograder.networks.facts import Facts
from autograder.networks.once import one_graph
from autograder.networks.tap import Array, Graph, Tap

CONV, COLUMNS, POOL = "conv", "columns-of-windows", "pool"
#: Names of several letters, none of which is an index.
_WRITTEN = {name: f"{name}_" for name in ["x", "x_pad", "cols", "w", "b", "out"]}


@dataclass(frozen=True, kw_only=True)
class WindowFacts(Facts):
    """A window that moves over images.

    Attributes
    ----------
    shape : tuple of int
        (N, C, H, W), without the border.
    size : tuple of int
        (HH, WW) of the window.
    stride, pad : int
    """

    shape: tuple[int, ...]
    size: tuple[int, int]
    stride: int
    pad: int = 0

    @property
    def counts(self) -> Mapping[str, int]:
        """The number of images, and that of the places of the window."""
        return {"N": self.m, "H' W'": self.places[0] * self.places[1]}

    def axes(self, count: int) -> Sequence[str]:
        """Four axes are those of images; columns of windows have three."""
        named = {3: ("image", "row", "column"), 4: ("image or filter", "channel", "row", "column")}
        return named.get(count) or super().axes(count)

    @property
    def places(self) -> tuple[int, int]:
        """(H', W'): so many places has the window."""
        high, wide = (
            1 + (n + 2 * self.pad - k) // self.stride
            for n, k in zip(self.shape[2:], self.size, strict=True)
        )
        return high, wide

    def pixels(self, stride: int | None = None) -> tuple[Array, Array]:
        """Row and column of the pixel that is read, each (HH WW, H' W')."""
        step = self.stride if stride is None else stride
        h, w, i, j = np.indices((*self.size, *self.places))
        each = self.size[0] * self.size[1], -1
        return (i * step + h).reshape(each), (j * step + w).reshape(each)

    def columns(self, images: Array, stride: int | None = None) -> Array:
        """The windows of images (..., N, C, H, W) as columns, (..., N, C HH WW, H' W')."""
        rows, columns = self.pixels(stride)
        windows = images[..., rows, columns]
        return np.asarray(windows.reshape(*images.shape[:-3], -1, windows.shape[-1]))


def _facts(family: str, x: Array, size: tuple[int, int], stride: int, pad: int) -> WindowFacts:
    return WindowFacts(
        family=family,
        scopes={"": (1,)},
        m=len(x),
        written=_WRITTEN,
        whole="layer",
        shape=x.shape,
        size=size,
        stride=stride,
        pad=pad,
    )


def _columns(inputs: Mapping[str, Array], tap: Tap, facts: WindowFacts) -> Array:
    """The node ``cols``, from the leaf x with a border of zeros."""
    x, p = tap("x", inputs["x"]), facts.pad
    images = tap.wire("x", "x_pad", x)
    border = [(0, 0)] * (np.ndim(images) - 2) + [(p, p)] * 2
    padded = tap("x_pad", np.pad(images, border))
    return tap("cols", facts.columns(tap.wire("x_pad", "cols", padded)))


def _cost(tap: Tap, node: str, value: Array, arriving: Array) -> Array:
    """J = sum(arriving * value)."""
    axes = tuple(range(-np.ndim(arriving), 0))
    return tap("J", (arriving * tap.wire(node, "J", value)).sum(axis=axes))


@one_graph
def conv_graph(x: Array, w: Array, b: Array, dout: Array, stride: int, pad: int) -> Graph:
    """The graph of J = sum(dout * out), where out is a convolution as networks call it.

    Parameters
    ----------
    x : array, shape (N, C, H, W)
    w : array, shape (F, C, HH, WW)
    b : array, shape (F,)
    dout : array, shape (N, F, H', W')
    stride, pad : int
    """
    facts = _facts(CONV, x, w.shape[2:], stride, pad)

    def forward(inputs: Mapping[str, Array], tap: Tap) -> Array:
        cols = tap.wire("cols", "out", _columns(inputs, tap, facts))
        kernels = tap.wire("w", "out", tap("w", inputs["w"]))
        bias = tap.wire("b", "out", tap("b", inputs["b"]))
        # one row for each filter; with leading batch axes the images need an axis of their own
        matrix = kernels.reshape(*kernels.shape[:-3], -1)[..., np.newaxis, :, :]
        linear = matrix @ cols + bias[..., np.newaxis, :, np.newaxis]
        out = tap("out", linear.reshape(*linear.shape[:-1], *facts.places))
        return _cost(tap, "out", out, dout)

    return Graph(forward, {"x": x, "w": w, "b": b}, facts)


@one_graph
def columns_graph(x: Array, dcols: Array, size: tuple[int, int], stride: int, pad: int) -> Graph:
    """The graph of J = sum(dcols * cols).

    Parameters
    ----------
    x : array, shape (N, C, H, W)
    dcols : array, shape (N, C HH WW, H' W')
    size : tuple of int
        (HH, WW).
    stride, pad : int
    """
    facts = _facts(COLUMNS, x, size, stride, pad)

    def forward(inputs: Mapping[str, Array], tap: Tap) -> Array:
        return _cost(tap, "cols", _columns(inputs, tap, facts), dcols)

    return Graph(forward, {"x": x}, facts)


@one_graph
def pool_graph(
    x: Array, dout: Array, size: tuple[int, int], stride: int, kind: str = "max"
) -> Graph:
    """The graph of J = sum(dout * out), where out is one number a window and channel.

    Parameters
    ----------
    x : array, shape (N, C, H, W)
    dout : array, shape (N, C, H', W')
    size : tuple of int
        (pool_height, pool_width).
    stride : int
    kind : str
        ``"max"``, by the real parts, or ``"mean"``.
    """
    facts = _facts(POOL, x, size, stride, 0)

    def forward(inputs: Mapping[str, Array], tap: Tap) -> Array:
        cols = tap("cols", facts.columns(tap.wire("x", "cols", tap("x", inputs["x"]))))
        found = pooled(tap.wire("cols", "out", cols), facts, kind)
        return _cost(tap, "out", tap("out", found), dout)

    return Graph(forward, {"x": x}, facts)


def pooled(cols: Array, facts: WindowFacts, kind: str = "max") -> Array:
    """The largest number of each window, or the mean, from ``cols``."""
    windows = by_channel(cols, facts)
    if kind == "mean":
        found = windows.mean(axis=-2)
    else:
        where = windows.real.argmax(axis=-2)[..., np.newaxis, :]
        found = np.take_along_axis(windows, where, axis=-2)[..., 0, :]
    return np.asarray(found.reshape(*found.shape[:-1], *facts.places))


def by_channel(cols: Array, facts: WindowFacts) -> Array:
    """The columns as (..., N, C, HH WW, H' W')."""
    size = facts.size[0] * facts.size[1]
    return np.asarray(cols.reshape(*cols.shape[:-2], facts.shape[1], size, cols.shape[-1]))
