"""The picture as SVG, written by hand: no script, no style sheet, no reference to anything.

Neutral parts take the colour of the text around them, so that it shows on light and dark pages.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from html import escape
from math import hypot

from autograder.picture.boxes import Box, text_box
from autograder.picture.marks import Mark
from autograder.picture.plan import GAP, Plan

EDITED = "#D55E00"
R, LABEL = 13.0, 11.0
Point = tuple[float, float]


@dataclass
class _Wire:
    """A wire on the page: a quadratic curve from edge to edge, and what is marked on it."""

    start: Point
    bend: Point
    end: Point
    mark: Mark | None
    alive: bool

    def at(self, s: float) -> Point:
        """The point at the fraction s of its way."""
        (x0, y0), (x1, y1), (x2, y2) = self.start, self.bend, self.end
        a, b, c = (1 - s) ** 2, 2 * s * (1 - s), s**2
        return a * x0 + b * x1 + c * x2, a * y0 + b * y1 + c * y2


def draw(
    plan: Plan, marks: Sequence[Mark], faded: Collection[str], title: str, sentence: str
) -> str:
    """The SVG of a plan.

    Parameters
    ----------
    faded : collection of str
        Nodes of the plan that no gradient reaches.
    title, sentence : str
        What a screen reader says.
    """
    by_name = {mark.at: mark for mark in marks}
    nodes = {key: _node_box(plan, key) for key in plan.places}
    wires = _wires(plan, by_name, nodes, faded)
    labels = _labels(plan, marks, wires, nodes)
    boxes = [*nodes.values(), *(box for box, _ in labels)]
    boxes += [Box(*wire.at(s), 4, 4) for wire in wires for s in (0.25, 0.5, 0.75)]
    left, top = min(b.x - b.w / 2 for b in boxes) - 3, min(b.y - b.h / 2 for b in boxes) - 3
    width = max(b.x + b.w / 2 for b in boxes) + 3 - left
    height = max(b.y + b.h / 2 for b in boxes) + 3 - top
    parts = [_path(wire) for wire in wires]
    parts += [_node(plan, key, nodes[key], by_name.get(key), key in faded) for key in nodes]
    parts += [_text(box.x, box.y, text, LABEL, f'fill="{EDITED}"') for box, text in labels]
    view = " ".join(_n(v) for v in (left, top, width, height))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" viewBox="{view}" '
        f'width="{_n(width)}" height="{_n(height)}" fill="none" stroke="currentColor" '
        f'style="max-width:100%;height:auto">'
        f"<title>{escape(title)}</title><desc>{escape(sentence)}</desc>{''.join(parts)}</svg>"
    )


def _node_box(plan: Plan, key: str) -> Box:
    return Box(*plan.places[key], max(2 * R, plan.symbols[key].width + 9), 2 * R)


def _wires(
    plan: Plan, marks: dict[str, Mark], nodes: dict[str, Box], faded: Collection[str]
) -> list[_Wire]:
    drawn, pairs = [], dict[tuple[str, str], int]()
    wires = [*plan.wires]
    known = {name for name, _, _ in wires}
    for name in marks:
        source, arrow, target = name.partition("->")
        if arrow and name not in known:
            wires.append((name, source, target))
    for name, source, target in wires:
        if source not in nodes or target not in nodes:
            continue
        pairs[source, target] = twin = pairs.get((source, target), -1) + 1
        mark = marks.get(name)
        twins = sum((source, target) == (a, b) for _, a, b in wires)
        lift = 26.0 * (twin - (twins - 1) / 2) if twins > 1 else 0.0
        dead = target in faded or (mark is not None and mark.kind == "cut")
        drawn.append(_wire(nodes, source, target, lift, mark, not dead))
    return drawn


def _wire(
    nodes: dict[str, Box], source: str, target: str, lift: float, mark: Mark | None, alive: bool
) -> _Wire:
    a, b = nodes[source], nodes[target]
    length = hypot(b.x - a.x, b.y - a.y)
    across = ((b.y - a.y) / length, -(b.x - a.x) / length)
    others = [box for key, box in nodes.items() if key not in (source, target)]
    for more in (0.0, 44.0, -44.0, 70.0, 100.0, 130.0):
        bow = lift + more
        middle = ((a.x + b.x) / 2 + bow * across[0], (a.y + b.y) / 2 + bow * across[1])
        wire = _Wire(_edge(a, middle), middle, _edge(b, middle), mark, alive)
        line = [wire.at(s / 12) for s in range(13)]
        if not any(Box(o.x, o.y, o.w + 2, o.h + 2).crossed(line) for o in others):
            break
    return wire


def _edge(box: Box, towards: Point) -> Point:
    """Where the way to another point leaves a node."""
    dx, dy = towards[0] - box.x, towards[1] - box.y
    scale = hypot(dx / (box.w / 2 + 2), dy / (box.h / 2 + 2)) or 1.0
    return box.x + dx / scale, box.y + dy / scale


def _labels(
    plan: Plan, marks: Sequence[Mark], wires: Sequence[_Wire], nodes: dict[str, Box]
) -> list[tuple[Box, str]]:
    """A place for each label; equal labels of the leaves below one node share a place."""
    placed: list[tuple[Box, str]] = []
    lines = [[wire.at(s / 16) for s in range(17)] for wire in wires]
    shared: dict[tuple[str, str], list[Box]] = {}
    for mark in marks:
        if mark.label and mark.at in nodes and "->" in mark.at:
            shared.setdefault((mark.at.partition("->")[2], mark.label), []).append(nodes[mark.at])
    wanted = [(text, _below(boxes)) for (_, text), boxes in shared.items()]
    wanted += [(w.mark.label, _near(w)) for w in wires if w.mark and _beside(w.mark, nodes)]
    wanted += [(m.label, _round(nodes[m.at])) for m in marks if "->" not in m.at and m.label]
    for text, points in wanted:
        options = [text_box(text, x, y, LABEL) for x, y in points]
        free = [o for o in options if not any(o.meets(b) for b in nodes.values())]
        free = [o for o in free if not any(o.meets(b) for b, _ in placed)]
        clear = [o for o in free if not any(o.crossed(line) for line in lines)]
        if clear or free:
            placed.append(((clear or free)[0], text))
    return placed


def _beside(mark: Mark, nodes: dict[str, Box]) -> bool:
    return bool(mark.label) and mark.at not in nodes


def _below(boxes: Sequence[Box]) -> list[Point]:
    x = sum(box.x for box in boxes) / len(boxes)
    y = boxes[0].y + R
    return [(x + dx, y + dy) for dy in (10, 24, 38) for dx in (0, -14, 14)]


def _near(wire: _Wire) -> list[Point]:
    (x, y), (x0, y0), (x1, y1) = wire.at(0.5), wire.start, wire.end
    length = hypot(x1 - x0, y1 - y0) or 1.0
    across = (y1 - y0) / length, -(x1 - x0) / length
    slots = [10, -10, 24, -24, 32, -32, 46, -46, 60, -60]
    points = [(x + d * across[0], y + d * across[1]) for d in slots]
    sideways = [(x + s * d, y + up) for up in (0, -10, 10) for d in (24, 34, 44) for s in (1, -1)]
    steep = abs(across[0]) > abs(across[1])
    return [*sideways, *points] if steep else [*points, *sideways]


def _round(box: Box) -> list[Point]:
    up = box.h / 2 + 9
    side = box.w / 2 + 24
    return [(box.x, box.y - up), (box.x + side, box.y), (box.x, box.y + up), (box.x - side, box.y)]


def _path(wire: _Wire) -> str:
    edited = wire.mark is not None
    look = f'stroke="{EDITED}" stroke-width="2.4"' if edited else 'opacity=".7"'
    if not wire.alive and not edited:
        look = 'opacity=".25"'
    tip = f'<path d="{_head(wire)}" fill="{EDITED if edited else "currentColor"}" stroke="none"/>'
    if wire.mark is not None and wire.mark.kind == "cut":
        near, far, (x, y) = wire.at(0.34), wire.at(0.66), wire.at(0.5)
        lines = f"M{_p(wire.start)}L{_p(near)}M{_p(far)}L{_p(wire.end)}"
        cross = "".join(f"M{_n(x - 4)} {_n(y - s)}L{_n(x + 4)} {_n(y + s)}" for s in (4, -4))
        return f'<g {look}><path d="{lines}{cross}"/>{tip}</g>'
    dashes = ' stroke-dasharray="5 3"' if wire.mark and wire.mark.kind == "added" else ""
    curve = f"M{_p(wire.start)}Q{_p(wire.bend)} {_p(wire.end)}"
    return f'<g {look}><path d="{curve}"{dashes}/>{tip}</g>'


def _head(wire: _Wire) -> str:
    (x, y), (x0, y0) = wire.end, wire.at(0.9)
    length = hypot(x - x0, y - y0) or 1.0
    dx, dy = 6 * (x - x0) / length, 6 * (y - y0) / length
    corners = [(x - dx + s * dy / 2, y - dy - s * dx / 2) for s in (-1, 1)]
    return f"M{_p((x, y))}L{_p(corners[0])}L{_p(corners[1])}Z"


def _node(plan: Plan, key: str, box: Box, mark: Mark | None, faded: bool) -> str:
    symbol = plan.symbols[key]
    if symbol.main == GAP:
        return _text(box.x, box.y, GAP, 14, 'fill="currentColor"')
    look = f'stroke="{EDITED}" stroke-width="2.4"' if mark else 'stroke-width="1.2"'
    shape = f'<ellipse cx="{_n(box.x)}" cy="{_n(box.y)}" rx="{_n(box.w / 2)}" ry="{_n(R)}" {look}/>'
    sub = f'<tspan font-size="9" dy="2">{escape(symbol.sub)}</tspan>' if symbol.sub else ""
    text = _text(box.x, box.y, symbol.main, 12, 'fill="currentColor"', sub)
    return f'<g opacity=".3">{shape}{text}</g>' if faded else shape + text


def _text(x: float, y: float, text: str, size: float, look: str, more: str = "") -> str:
    place = f'x="{_n(x)}" y="{_n(y + 0.36 * size)}" text-anchor="middle" stroke="none"'
    return f'<text {place} font-size="{_n(size)}" {look}>{escape(text)}{more}</text>'


def _n(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0").replace("-0.0", "0") or "0"


def _p(point: Point) -> str:
    return f"{_n(point[0])} {_n(point[1])}"
