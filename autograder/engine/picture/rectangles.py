"""Rectangles that texts and shapes take, so that no label lies on another or on a node."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from autograder.networks import Array

#: Width of a character at a font size of one pixel: wider than any usual sans-serif has it.
WIDE = 0.62


class Box(NamedTuple):
    """A rectangle by its middle, width and height."""

    x: float
    y: float
    w: float
    h: float


def text_box(text: str, x: float, y: float, size: float) -> Box:
    """The room that a text takes, its middle at (x, y)."""
    return Box(x, y, WIDE * size * len(text) + 2, size * 1.25)


def overlaps(boxes: Sequence[Box], others: Sequence[Box]) -> Array:
    """Which of the boxes meet one of the others; shape (number of boxes,)."""
    if not boxes or not others:
        return np.zeros(len(boxes), dtype=bool)
    return _hit(np.array(boxes), *np.array(others).T)


def crossed(boxes: Sequence[Box], points: Array) -> Array:
    """Which of the boxes hold one of the points, shape (p, 2)."""
    return _hit(np.array(boxes), *points.T) if boxes else np.zeros(0, dtype=bool)


def _hit(boxes: Array, x: Array, y: Array, w: Array | float = 0.0, h: Array | float = 0.0) -> Array:
    X, Y, W, H = boxes.T[:, :, np.newaxis]
    meet = (np.abs(X - x) < (W + w) / 2) & (np.abs(Y - y) < (H + h) / 2)
    return np.asarray(meet.any(axis=1))
