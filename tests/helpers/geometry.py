"""Reads a picture back: its shapes, labels and wires, to see whether they meet."""

import re
from xml.etree import ElementTree

import numpy as np

from autograder.engine.picture.rectangles import WIDE

SVG = "{http://www.w3.org/2000/svg}"
VERMILLION = "#D55E00"
_S = np.linspace(0, 1, 41)[:, None]


def boxes(svg):
    """Ellipses, node texts and labels with their boxes: (left, top, right, bottom)."""
    shapes, labels = [], []
    for element in ElementTree.fromstring(svg).iter():
        number = {
            k: float(v) for k, v in element.items() if k in ("x", "y", "cx", "cy", "rx", "ry")
        }
        if element.tag == f"{SVG}ellipse":
            (cx, cy), (rx, ry) = (number["cx"], number["cy"]), (number["rx"], number["ry"])
            shapes.append((cx - rx, cy - ry, cx + rx, cy + ry))
        elif element.tag == f"{SVG}text" and element.get("fill") == VERMILLION:
            size = float(element.get("font-size"))
            half, y = WIDE * size * len(element.text) / 2, number["y"] - 0.36 * size
            labels.append((number["x"] - half, y - size / 2, number["x"] + half, y + size / 2))
    return shapes, labels


def overlap(one, other):
    return all(one[k] < other[k + 2] and other[k] < one[k + 2] for k in (0, 1))


def names(svg):
    """The middle of each node, by what is written in it; copies of a leaf under one name."""
    found = {}
    for text in ElementTree.fromstring(svg).iter(f"{SVG}text"):
        if text.get("fill") != VERMILLION:
            found["".join(text.itertext())] = (float(text.get("x")), float(text.get("y")))
    return found


def wires(svg):
    """Points along each wire, shape (n, 2)."""
    for path in ElementTree.fromstring(svg).iter(f"{SVG}path"):
        if path.get("fill") is None:  # the tips of arrows are filled
            yield _points(path.get("d"))


def _points(way):
    numbers = np.array(re.findall(r"-?[0-9.]+", way), float).reshape(-1, 2)
    if "Q" in way:
        a, b, c = numbers
        return (1 - _S) ** 2 * a + 2 * _S * (1 - _S) * b + _S**2 * c
    return numbers[:12]  # cut: two halves of six points; the cross comes behind them


def passed_through(svg):
    """Shapes that a wire goes through without beginning or ending there."""
    shapes, _ = boxes(svg)
    found = []
    for line in wires(svg):
        for left, top, right, bottom in shapes:
            middle = np.array([left + right, top + bottom]) / 2
            radii = np.array([right - left, bottom - top]) / 2
            ends = np.abs(line[[0, -1]] - middle) < radii + 4
            inside = (((line - middle) / (radii - 1)) ** 2).sum(axis=1) < 1
            if inside.any() and not ends.all(axis=1).any():
                found.append((tuple(middle), tuple(line[0]), tuple(line[-1])))
    return found
