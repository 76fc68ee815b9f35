"""Finds places for labels: near what they belong to, on no node, no other label, and no wire."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from autograder.engine.picture.curves import Point, Wire
from autograder.engine.picture.edited_wires import Mark
from autograder.engine.picture.rectangles import Box, crossed, overlaps, text_box

SIZE = 11.0


@dataclass(frozen=True)
class Label:
    """A text and the room that it takes."""

    text: str
    box: Box


def place(marks: Sequence[Mark], wires: Sequence[Wire], nodes: Mapping[str, Box]) -> list[Label]:
    """A place for each label; equal labels of the leaves below one node share one.

    A label that fits nowhere is left out: the wire is coloured, and the sentence tells it.
    """
    placed: list[Label] = []
    lines = np.concatenate([wire.line for wire in wires])
    for text, points in _wanted(marks, wires, nodes):
        taken = [*nodes.values(), *(label.box for label in placed)]
        options = [Label(t, text_box(t, x, y, SIZE)) for t in _lengths(text) for x, y in points]
        boxes = [option.box for option in options]
        # on no box; then, if it can be, on no wire either
        rank = 2 * overlaps(boxes, taken) + crossed(boxes, lines)
        if rank.min() < 2:
            placed.append(options[int(rank.argmin())])
    return placed


def _wanted(
    marks: Sequence[Mark], wires: Sequence[Wire], nodes: Mapping[str, Box]
) -> Iterator[tuple[str, list[Point]]]:
    """Each text with the points where its middle may be, the best first."""
    shared: dict[tuple[str, str], list[Box]] = {}
    for mark in marks:
        if mark.label and mark.at in nodes and "->" in mark.at:
            shared.setdefault((mark.at.partition("->")[2], mark.label), []).append(nodes[mark.at])
    yield from ((text, _below(boxes)) for (_, text), boxes in shared.items())
    for wire in wires:
        if wire.mark and wire.mark.label and wire.mark.at not in nodes:
            yield wire.mark.label, _near(wire)
    yield from ((m.label, _round(nodes[m.at])) for m in marks if "->" not in m.at and m.label)


def _lengths(text: str) -> tuple[str, ...]:
    """The text, and a shorter one for narrow places."""
    short = text.removeprefix("slope ") if "−" in text else text.partition(", not ")[0]
    return tuple(dict.fromkeys((text, short)))


def _below(boxes: Sequence[Box]) -> list[Point]:
    x, y = sum(box.x for box in boxes) / len(boxes), boxes[0].y + boxes[0].h / 2
    return [(x + dx, y + dy) for dy in (11, 25, 39) for dx in (0, -14, 14, -34, 34)]


def _near(wire: Wire) -> list[Point]:
    (x, y), (dx, dy) = wire.at(0.5), wire.direction
    if abs(dx) < abs(dy):  # a steep wire: to its side
        return [(x + s * d, y + up) for up in (0, -10, 10) for d in (24, 34, 46) for s in (1, -1)]
    return [
        (x + d * dy + along * dx, y - d * dx + along * dy)
        for d in (10, -10, 24, -24, 38, -38)
        for along in (0, -13, 13, -28, 28)
    ]


def _round(box: Box) -> list[Point]:
    up, side = box.h / 2 + 9, box.w / 2 + 24
    return [(box.x, box.y - up), (box.x + side, box.y), (box.x, box.y + up), (box.x - side, box.y)]
