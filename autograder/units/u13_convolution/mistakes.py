"""What students get wrong with convolution, and with the windows as columns."""

from __future__ import annotations

import numpy as np

from autograder.engine.diagnosis.edits import merge
from autograder.engine.diagnosis.mistakes import Mistakes
from autograder.engine.problem import Problem
from autograder.mistakes.catalogue import convolution as conv
from autograder.networks import Array, Edits
from autograder.networks.convolution import COLUMNS, CONV, POOL
from autograder.oracle import gradient
from autograder.units.u13_convolution.windows import (
    Layer,
    Other,
    from_images,
    in_out,
    instead,
    kept,
    right,
)

MISTAKES = Mistakes(CONV, COLUMNS)
WINDOWS = (CONV, COLUMNS, POOL)
LAST, ALL = slice(-1, None), slice(None)


def _with_border(problem: Problem, name: str, edits: Edits) -> Array | None:
    if name != "dx" or not Layer(problem).facts.pad:
        return None
    return gradient(problem.graph, "x_pad", edits)


def _nothing_left(problem: Problem, name: str, edits: Edits) -> Array | None:
    """dx_pad[:, :, pad:-pad, pad:-pad] with pad = 0."""
    facts = Layer(problem).facts
    return None if name != "dx" or facts.pad else np.zeros((*facts.shape[:2], 0, 0))


def _in_corner(start: int) -> Other:
    """The image at the upper left of its border, or at the lower right."""

    def other(layer: Layer, moved: Array) -> Array:
        p, (_, _, H, W) = layer.facts.pad, layer.facts.shape
        begin, found = start * p, np.zeros_like(moved)
        image = moved[..., p : p + H, p : p + W]
        found[..., begin : begin + H, begin : begin + W] = image
        return found

    return other


MISTAKES.foreign(conv.CONV_BORDER_NOT_CUT, _with_border)
MISTAKES.foreign(conv.CONV_BORDER_WRONG_SIDE, _nothing_left, "[pad:-pad] is empty with pad = 0")
MISTAKES.whole(conv.CONV_BORDER_WRONG_SIDE, instead("x_pad", _in_corner(0)), "at the end alone")
MISTAKES.whole(
    conv.CONV_BORDER_WRONG_SIDE, instead("x_pad", _in_corner(2)), "at the beginning alone"
)


def _last_of_all(backward: bool = False) -> Other:
    """Each pixel hears the last window that covers it."""

    def other(layer: Layer, moved: Array) -> Array:
        everywhere = np.ones(layer.by_channel(layer.cols).shape, bool)
        return np.asarray(moved * layer.last(everywhere, backward))

    return other


def _last_of_last_filter(layer: Layer, moved: Array) -> Array:
    seen = _last_of_all()(layer, moved)
    return right(layer, "cols", seen) * kept(layer, ALL, ALL, LAST)


def _only(source: str, images: slice, places: slice) -> Other:
    """w or b as if it were used in some images, at some places."""
    return lambda layer, moved: right(layer, source, moved) * kept(layer, images, places)


MISTAKES.whole(
    conv.CONV_OVERWRITTEN,
    instead("cols", _last_of_all()),
    "in dx, the last window is left",
    on=WINDOWS,
)
MISTAKES.whole(
    conv.CONV_OVERWRITTEN,
    instead("cols", _last_of_all(True)),
    "in dx, the first window is left",
    on=(COLUMNS,),
)
MISTAKES.whole(
    conv.CONV_OVERWRITTEN,
    in_out("cols", _last_of_last_filter),
    "in dx, the last window of the last filter is left",
    on=(CONV,),
)
for _source in ("w", "b"):
    MISTAKES.whole(
        conv.CONV_OVERWRITTEN,
        in_out(_source, _only(_source, LAST, LAST)),
        f"in d{_source}, the last place of the last image is left",
        on=(CONV,),
    )
    MISTAKES.whole(
        conv.CONV_LAST_IMAGE,
        in_out(_source, _only(_source, LAST, ALL)),
        f"in d{_source}",
        on=(CONV,),
    )
MISTAKES.whole(
    conv.CONV_OVERWRITTEN,
    in_out("w", _only("w", ALL, LAST)),
    "in dw, the last place of each image is left",
    on=(CONV,),
)


def _all_of_them(problem: Problem) -> Edits:
    """= for += in all three lines of one loop."""
    made = [in_out("cols", _last_of_last_filter)(problem)]
    made += [in_out(source, _only(source, LAST, LAST))(problem) for source in ("w", "b")]
    return merge(*(edits for edits in made if edits))


MISTAKES.whole(
    conv.CONV_OVERWRITTEN, _all_of_them, "in all three, the last place is left", on=(CONV,)
)


def _turned(w: Array) -> Array:
    return w[..., ::-1, ::-1]


MISTAKES.whole(
    conv.CONV_KERNEL_FLIPPED,
    in_out("cols", lambda layer, moved: layer.product(_turned(layer.w), moved)),
    "in dx",
    on=(CONV,),
)
MISTAKES.whole(
    conv.CONV_KERNEL_FLIPPED,
    in_out("w", lambda layer, moved: layer.product(_turned(moved), layer.cols)),
    "in dw",
    on=(CONV,),
)


def _step_by_one(layer: Layer, moved: Array) -> Array:
    return layer.facts.columns(moved, stride=1)


def _other_windows(layer: Layer, moved: Array) -> Array:
    """w meets the windows that begin in row i, column j."""
    return layer.product(moved, layer.facts.columns(layer.graph.value("x_pad"), stride=1))


MISTAKES.whole(conv.CONV_STRIDE_LEFT_OUT, from_images(_step_by_one), "in dx", on=WINDOWS)
MISTAKES.whole(conv.CONV_STRIDE_LEFT_OUT, in_out("w", _other_windows), "in dw", on=(CONV,))


def _first_for_all(layer: Layer, moved: Array) -> Array:
    """dw[f] of dout of the first filter: that one alone is heard by all kernels."""
    summed = np.zeros_like(moved)
    summed[..., 0, :, :, :] = moved.sum(axis=-4)
    return layer.product(summed, layer.cols)


def _first_kernel(layer: Layer, moved: Array) -> Array:
    first = np.broadcast_to(layer.w[:1], layer.w.shape)
    return layer.product(first, moved)


def _one_filter(which: slice) -> Other:
    """out as if x reached these filters alone."""
    return lambda layer, moved: right(layer, "cols", moved) * kept(layer, ALL, ALL, which)


for _told, _edit in (
    ("dw of the first filter's dout", in_out("w", _first_for_all)),
    ("dx with the first kernel", in_out("cols", _first_kernel)),
):
    MISTAKES.whole(conv.CONV_ONE_FILTER, _edit, _told, on=(CONV,))
for _told, _which in (("the last one", LAST), ("the first one", slice(1))):
    MISTAKES.whole(conv.CONV_LAST_FILTER, in_out("cols", _one_filter(_which)), _told, on=(CONV,))
