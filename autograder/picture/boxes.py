"""Boxes of text and shapes, so that no label lies on another or on a node."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

#: Width of a character at a font size of one pixel: wider than any usual sans-serif has it.
WIDE = 0.62


@dataclass(frozen=True)
class Box:
    """A rectangle by its middle, width and height."""

    x: float
    y: float
    w: float
    h: float

    def meets(self, other: Box) -> bool:
        """Do the two overlap?"""
        near_x = abs(self.x - other.x) < (self.w + other.w) / 2
        return near_x and abs(self.y - other.y) < (self.h + other.h) / 2

    def crossed(self, line: Iterable[tuple[float, float]]) -> bool:
        """Does a point of the line lie inside?"""
        return any(abs(x - self.x) < self.w / 2 and abs(y - self.y) < self.h / 2 for x, y in line)


def text_box(text: str, x: float, y: float, size: float) -> Box:
    """The room that a text takes, its middle at (x, y)."""
    return Box(x, y, WIDE * size * len(text) + 2, size * 1.25)
