"""Unit 13: what the usual slips make of the outputs of the forward passes."""

from __future__ import annotations

import numpy as np

from autograder.engine.parts import relatives
from autograder.engine.trial import Relative
from autograder.networks import Array
from autograder.networks.convolution import WindowFacts, by_channel, conv_graph, pooled
from autograder.units.u13_convolution.instances import Instance

#: Whose windows share one largest number, where np.max goes over too many axes of images.
SHARED = {
    "of all channels of an image": (1,),
    "of all images": (0,),
    "of all images and channels": (0, 1),
}


def _convolved(drawn: Instance, w: Array, b: Array) -> Array:
    sizes = drawn.sizes
    return conv_graph(drawn.x, w, b, drawn.dout, sizes.stride, sizes.pad).value("out")


def _bordered(drawn: Instance, x_pad: Array) -> Array:
    """What the first images and channels of this x_pad make of out."""
    facts, w, (N, C) = drawn.conv.facts, drawn.w, drawn.x.shape[:2]
    assert isinstance(facts, WindowFacts)
    cols = facts.columns(x_pad[:N, :C])
    return (w.reshape(len(w), -1) @ cols + drawn.b[:, np.newaxis]).reshape(drawn.dout.shape)


def known_convs(drawn: Instance) -> tuple[Relative, ...]:
    """What the usual slips make of out."""
    facts, w = drawn.conv.facts, drawn.w
    assert isinstance(facts, WindowFacts)
    near = facts.columns(drawn.conv.value("x_pad"), stride=1)
    unstrided = (w.reshape(len(w), -1) @ near + drawn.b[:, np.newaxis]).reshape(drawn.dout.shape)
    p = drawn.sizes.pad
    return relatives(
        ("conv-kernel-flipped", "", {"out": _convolved(drawn, w[:, :, ::-1, ::-1], drawn.b)}),
        ("conv-stride-left-out", "", {"out": unstrided}),
        ("conv-one-filter", "", {"out": _convolved(drawn, 0 * w + w[:1], drawn.b)}),
        ("conv-border-on-all-axes", "", {"out": _bordered(drawn, np.pad(drawn.x, p))}),
        (
            "conv-border-on-all-axes",
            "round the channels too",
            {"out": _bordered(drawn, np.pad(drawn.x, [(0, 0), (p, p), (p, p), (p, p)]))},
        ),
    )


def other_convs(drawn: Instance) -> dict[str, Array]:
    """What a wrong out may be, by what it is called."""
    w, b, channels = drawn.w, drawn.b, drawn.x.shape[1]
    return {
        "the sums over the windows, without b": _convolved(drawn, w, 0 * b),
        "b alone, without the windows": _convolved(drawn, 0 * w, b),
        "the sums over the windows, with b added once for each channel": _convolved(
            drawn, w, channels * b
        ),
        "the sums over the windows, with b added once for each weight": _convolved(
            drawn, w, w[0].size * b
        ),
        "the mean over each window in the place of the sum": _convolved(drawn, w / w[0].size, b),
        "the first channel alone": _convolved(
            drawn, np.concatenate([w[:, :1], 0 * w[:, 1:]], axis=1), b
        ),
    }


def known_pools(drawn: Instance) -> tuple[Relative, ...]:
    """What the usual slips make of the largest numbers."""
    facts, cols = drawn.pool.facts, drawn.pool.value("cols")
    assert isinstance(facts, WindowFacts)
    summed = by_channel(cols, facts).sum(axis=-2).reshape(drawn.dout.shape)
    near = pooled(facts.columns(drawn.x, stride=1), facts)
    return relatives(
        ("pool-whole-window", "the mean of the window", {"out": pooled(cols, facts, "mean")}),
        ("pool-whole-window", "the sum of the window", {"out": summed}),
        ("conv-stride-left-out", "", {"out": near}),
        ("pool-side-by-side", "", {"out": _side_by_side(drawn)}),
        *(
            ("pool-one-maximum", told, {"out": _one_maximum(drawn, axes)})
            for told, axes in SHARED.items()
        ),
    )


def other_pools(drawn: Instance) -> dict[str, Array]:
    facts, cols = drawn.pool.facts, drawn.pool.value("cols")
    assert isinstance(facts, WindowFacts)
    return {
        "the smallest number of each window": -pooled(-cols, facts),
        "the number that is furthest from 0": _furthest(by_channel(cols, facts), drawn),
        "the largest number of windows that are as high and as wide as the stride": _largest(
            drawn, (drawn.sizes.stride,) * 2, drawn.sizes.stride
        ),
    }


def _furthest(windows: Array, drawn: Instance) -> Array:
    where = np.abs(windows).argmax(axis=-2)[..., np.newaxis, :]
    return np.take_along_axis(windows, where, axis=-2).reshape(drawn.dout.shape)


def _largest(drawn: Instance, size: tuple[int, int], *steps: int) -> Array:
    """The largest numbers of windows of a size that begin at these steps; 0 where one is empty."""
    out, (high, wide) = np.zeros(drawn.dout.shape), size
    for i, j in np.ndindex(out.shape[2:]):
        top, left = i * steps[0], j * steps[-1]
        inside = drawn.x[:, :, top : top + high, left : left + wide]
        if inside.size:
            out[:, :, i, j] = inside.max((2, 3))
    return out


def _side_by_side(drawn: Instance) -> Array:
    """Windows that begin at i * pool_height, j * pool_width, as far as they are in the image."""
    return _largest(drawn, drawn.sizes.window, *drawn.sizes.window)


def _one_maximum(drawn: Instance, axes: tuple[int, ...]) -> Array:
    """One largest number for all images, or all channels, or both."""
    return np.broadcast_to(drawn.pool.value("out").max(axes, keepdims=True), drawn.dout.shape)
