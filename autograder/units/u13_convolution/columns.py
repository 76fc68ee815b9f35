"""What students get wrong with the windows as columns: their order, and what meets in a pixel."""

from __future__ import annotations

import numpy as np

from autograder.engine.diagnosis.mistakes import Mistakes
from autograder.mistakes.catalogue import convolution as conv
from autograder.networks import Array
from autograder.networks.convolution import COLUMNS, CONV, POOL
from autograder.units.u13_convolution.windows import Layer, Other, instead

MISTAKES = Mistakes(COLUMNS)


def _rows_in(order: tuple[int, ...]) -> Other:
    """The rows of cols as if these axes of (C, HH, WW) counted them."""

    def other(layer: Layer, moved: Array) -> Array:
        lead, L = moved.shape[:-2], moved.shape[-1]
        apart = moved.reshape(*lead, layer.facts.shape[1], *layer.facts.size, L)
        moves = [len(lead) + axis for axis in order]
        turned = np.moveaxis(apart, moves, range(len(lead), len(lead) + 3))
        return turned.reshape(moved.shape)

    return other


def _places_turned(layer: Layer, moved: Array) -> Array:
    return np.asarray(layer.images(moved).swapaxes(-1, -2).reshape(moved.shape))


def _averaged(layer: Layer, moved: Array) -> Array:
    """Each pixel shares what its windows bring by their number."""
    pixels = layer.facts.pixels()
    hits = np.zeros(layer.padded)
    np.add.at(hits, pixels, 1.0)
    return np.asarray((layer.by_channel(moved) / hits[pixels]).reshape(moved.shape))


for _told, _order in (
    ("rows read as (HH, WW, C)", (1, 2, 0)),
    ("rows read as (C, WW, HH)", (0, 2, 1)),
):
    MISTAKES.whole(conv.CONV_COLUMN_ORDER, instead("cols", _rows_in(_order)), _told)
MISTAKES.whole(conv.CONV_PLACE_ORDER, instead("cols", _places_turned), "read as (W', H')")
MISTAKES.whole(conv.WINDOWS_AVERAGED, instead("cols", _averaged))
MISTAKES.whole(conv.WINDOWS_AVERAGED, instead("cols", _averaged), "in dx", on=(CONV, POOL))
