"""What students get wrong with max pooling: who is heard, and where the winner stands."""

from __future__ import annotations

import numpy as np

from autograder.engine.diagnosis.forms import WholeEdit
from autograder.engine.diagnosis.mistakes import Mistakes
from autograder.mistakes.catalogue import convolution as conv
from autograder.networks import Array
from autograder.networks.convolution import POOL
from autograder.units.u13_convolution.other_outs import SHARED
from autograder.units.u13_convolution.windows import (
    Layer,
    Other,
    along,
    from_columns,
    from_images,
    instead,
)

MISTAKES = Mistakes(POOL)


def _heard(mean: bool) -> Other:
    """All entries of a window add up to out, or its mean."""

    def other(layer: Layer, moved: Array) -> Array:
        summed = layer.by_channel(moved).sum(axis=-2)
        return layer.images(summed / (np.prod(layer.facts.size) if mean else 1))

    return other


def _winners(cols: Array, layer: Layer) -> Array:
    """True at the largest entry of each window, shape (N, C, HH WW, L)."""
    windows = layer.by_channel(cols)
    return np.asarray(windows == windows.max(axis=-2, keepdims=True))


def _one_winner(axes: tuple[int, ...]) -> Other:
    """The winner is the largest entry of the windows of several images or channels."""

    def other(layer: Layer, moved: Array) -> Array:
        windows = layer.by_channel(layer.cols)
        won = windows == windows.max(axis=(*axes, -2), keepdims=True)
        return layer.images((layer.by_channel(moved) * won).sum(axis=-2))

    return other


def _last_win(layer: Layer, moved: Array) -> Array:
    """Each pixel hears the last window that it wins."""
    return np.asarray(moved * layer.last(_winners(layer.cols, layer)))


def _in_the_corner(layer: Layer, moved: Array) -> Array:
    """Every window is the one in the upper left corner."""
    return layer.facts.columns(moved, stride=0)


def _winners_step_by_one(mask: bool) -> Other:
    """Both the winner and its place are those of the window that begins in row i, column j.

    Such a window may have two largest entries: a `mask` finds both, np.argmax the first.
    """

    def other(layer: Layer, moved: Array) -> Array:
        facts, x = layer.facts, layer.graph.value("x")
        won = _winners(facts.columns(x, stride=1), layer)
        if not mask:
            won &= won.cumsum(axis=-2) == 1
        return layer.images((layer.by_channel(facts.columns(moved, stride=1)) * won).sum(axis=-2))

    return other


def _from_x(other: Other) -> WholeEdit:
    return along(("x->cols",), "out", other)


MISTAKES.whole(conv.POOL_WHOLE_WINDOW, from_columns(_heard(False)), "all of it, each")
MISTAKES.whole(conv.POOL_WHOLE_WINDOW, from_columns(_heard(True)), "in equal parts")
MISTAKES.whole(conv.CONV_OVERWRITTEN, instead("cols", _last_win), "the last window won is left")
for _told, _axes in SHARED.items():
    MISTAKES.whole(conv.POOL_ONE_MAXIMUM, from_columns(_one_winner(_axes)), _told)
MISTAKES.whole(conv.POOL_PLACE_IN_WINDOW, from_images(_in_the_corner))
for _mask, _told in ((False, ""), (True, ", all that are largest")):
    MISTAKES.whole(
        conv.CONV_STRIDE_LEFT_OUT,
        _from_x(_winners_step_by_one(_mask)),
        f"where the winner is looked for, too{_told}",
    )
