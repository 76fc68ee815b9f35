"""Writes the picture as SVG, by hand: no script, no style sheet, no reference to anything.

Neutral parts take the colour of the text around them, so that it shows on light and dark pages.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from html import escape
from math import hypot

from autograder.engine.picture.curves import Point, Wire, route
from autograder.engine.picture.edited_wires import Mark
from autograder.engine.picture.label_places import SIZE, place
from autograder.engine.picture.layout import GAP, Plan
from autograder.engine.picture.rectangles import Box

EDITED = "#D55E00"


def draw(
    plan: Plan,
    marks: Sequence[Mark],
    faded: Collection[str],
    title: str,
    sentence: str,
    ringed: Collection[str] = (),
) -> str:
    """The SVG of a plan.

    Parameters
    ----------
    faded : collection of str
        Nodes of the plan that no gradient reaches.
    title, sentence : str
        What a screen reader says.
    ringed : collection of str
        Nodes of the plan whose gradient is wrong.
    """
    by_name = {mark.at: mark for mark in marks}
    nodes = {key: plan.box(key) for key in plan.places}
    wires = route(plan, by_name, nodes, faded)
    labels = place(marks, wires, nodes)
    boxes = [*nodes.values(), *(label.box for label in labels)]
    boxes += [Box(*wire.at(s), 4, 4) for wire in wires for s in (0.25, 0.5, 0.75)]
    left, top = min(b.x - b.w / 2 for b in boxes) - 3, min(b.y - b.h / 2 for b in boxes) - 3
    width = max(b.x + b.w / 2 for b in boxes) + 3 - left
    height = max(b.y + b.h / 2 for b in boxes) + 3 - top
    parts = [_path(wire) for wire in wires]
    parts += [
        _node(plan, key, box, key in ringed or (key in by_name and "->" not in key), key in faded)
        for key, box in nodes.items()
    ]
    parts += [_text(o.box.x, o.box.y, o.text, SIZE, f'fill="{EDITED}"') for o in labels]
    view = " ".join(_n(v) for v in (left, top, width, height))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" viewBox="{view}" '
        f'width="{_n(width)}" height="{_n(height)}" fill="none" stroke="currentColor" '
        f'style="max-width:100%;height:auto">'
        f"<title>{escape(title)}</title><desc>{escape(sentence)}</desc>{''.join(parts)}</svg>"
    )


def _path(wire: Wire) -> str:
    edited = wire.mark is not None
    look = f'stroke="{EDITED}" stroke-width="2.4"' if edited else 'opacity=".7"'
    if not wire.alive and not edited:
        look = 'opacity=".25"'
    tip = f'<path d="{_head(wire)}" fill="{EDITED if edited else "currentColor"}" stroke="none"/>'
    if wire.mark is not None and wire.mark.kind == "cut":
        gap = min(8 / wire.length, 0.2)
        halves = ((0.0, 0.5 - gap), (0.5 + gap, 1.0))
        lines = "".join(
            "M" + "L".join(_p(wire.at(s + (e - s) * k / 5)) for k in range(6)) for s, e in halves
        )
        x, y = wire.at(0.5)
        cross = "".join(f"M{_n(x - 4)} {_n(y - s)}L{_n(x + 4)} {_n(y + s)}" for s in (4, -4))
        return f'<g {look}><path d="{lines}{cross}"/>{tip}</g>'
    dashes = ' stroke-dasharray="5 3"' if wire.mark and wire.mark.kind == "added" else ""
    curve = f"M{_p(wire.start)}Q{_p(wire.bend)} {_p(wire.end)}"
    return f'<g {look}><path d="{curve}"{dashes}/>{tip}</g>'


def _head(wire: Wire) -> str:
    (x, y), (x0, y0) = wire.end, wire.at(0.9)
    length = hypot(x - x0, y - y0) or 1.0
    dx, dy = 6 * (x - x0) / length, 6 * (y - y0) / length
    corners = [(x - dx + s * dy / 2, y - dy - s * dx / 2) for s in (-1, 1)]
    return f"M{_p((x, y))}L{_p(corners[0])}L{_p(corners[1])}Z"


def _node(plan: Plan, key: str, box: Box, edited: bool, faded: bool) -> str:
    symbol = plan.symbols[key]
    if symbol.main == GAP:
        return _text(box.x, box.y, GAP, 14, 'fill="currentColor"')
    look = f'stroke="{EDITED}" stroke-width="2.4"' if edited else 'stroke-width="1.2"'
    middle, radii = (_n(box.x), _n(box.y)), (_n(box.w / 2), _n(box.h / 2))
    place = 'cx="{}" cy="{}" rx="{}" ry="{}"'.format(*middle, *radii)
    shape = f"<ellipse {place} {look}/>"
    sub = f'<tspan font-size="{symbol.size}" dy="2">{escape(symbol.sub)}</tspan>' * bool(symbol.sub)
    text = _text(box.x, box.y, symbol.main, 12, 'fill="currentColor"', sub)
    return f'<g opacity=".3">{shape}{text}</g>' if faded else shape + text


def _text(x: float, y: float, text: str, size: float, look: str, more: str = "") -> str:
    place = f'x="{_n(x)}" y="{_n(y + 0.36 * size)}" text-anchor="middle" stroke="none"'
    return f'<text {place} font-size="{_n(size)}" {look}>{escape(text)}{more}</text>'


def _n(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0").replace("-0.0", "0") or "0"


def _p(point: Point) -> str:
    return f"{_n(point[0])} {_n(point[1])}"
