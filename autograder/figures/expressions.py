"""Graphs of scalars: value above, gradient below; the same diamonds as tree and as graph."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from autograder.figures.picture import BACKWARD, FORWARD, INK, PALE, Picture, paint

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

Point = tuple[float, float]
_RADIUS = 0.27


def graph_picture(
    program: Sequence[tuple[Any, ...]],
    values: Sequence[float],
    grads: Sequence[float],
    names: Sequence[str] = (),
    cut: Collection[str] = (),
) -> Picture:
    """The graph of a program, each node with its value above and its gradient below.

    Parameters
    ----------
    program : sequence of ``(operation, *operands)``
    values, grads : sequences of numbers, one for each node, leaves first
    names : sequence of str, optional
        What to call the nodes; by default v0, v1, ...
    cut : collection of str, optional
        Wires such as ``"v1->v3[1]"`` that are drawn cut, in vermillion.
    """
    leaves = len(values) - len(program)
    called = list(names) or [f"v{n}" for n in range(len(values))]
    operands = {n: step[1:] for n, step in enumerate(program, start=leaves)}
    places = _places(len(values), operands)
    xs, ys = zip(*places, strict=True)
    right, low = max(xs) + 0.5, min(ys) - 0.6
    top = max(ys) + (0.95 if any(_passes(places, operands)) else 0.6)

    def draw(figure: Figure) -> None:
        axes = figure.subplots()
        steps = [""] * leaves + [str(step[0]) for step in program]
        circles = [_node(axes, *each) for each in zip(places, called, steps, strict=True)]
        for n, made_of in operands.items():
            for slot, i in enumerate(made_of):
                bend = _bend(places[i], places[n], slot, made_of.count(i) > 1)
                severed = f"v{i}->v{n}[{slot}]" in cut
                _wire(axes, (places[i], places[n]), (circles[i], circles[n]), bend, severed)
        for (x, y), value, grad in zip(places, values, grads, strict=True):
            _text(axes, (x, y + 0.33), f"{float(value):.4g}", FORWARD, "bottom")
            _text(axes, (x, y - 0.33), f"{float(grad):.4g}", BACKWARD, "top")
        axes.set(xlim=(-0.5, right), ylim=(low, top), aspect="equal")
        axes.axis("off")

    told = ", ".join(
        f"{called[n]} has value {float(values[n]):.4g} and gradient {float(grads[n]):.4g}"
        for n in range(len(values))
    )
    severed = f" These wires are cut: {', '.join(sorted(cut))}." if cut else ""
    size = (1.15 * (right + 0.5), 1.15 * (top - low))
    return paint(draw, size, f"Graph of an expression: {told}.{severed}")


def _places(count: int, operands: dict[int, tuple[int, ...]]) -> list[Point]:
    """Operands to the left; nodes of one level below each other, around the middle line."""
    level = [0] * count
    for n, made_of in operands.items():
        level[n] = 1 + max(level[i] for i in made_of)
    found = []
    for n in range(count):
        mates = [k for k in range(count) if level[k] == level[n]]
        found.append((1.35 * level[n], 1.3 * ((len(mates) - 1) / 2 - mates.index(n))))
    return found


def _passes(places: Sequence[Point], operands: dict[int, tuple[int, ...]]) -> list[bool]:
    """For each wire whether it would run through another node on its way."""
    pairs = [(places[i], places[n]) for n, made_of in operands.items() for i in made_of]
    return [end[0] - start[0] > 2 and start[1] == end[1] for start, end in pairs]


def _bend(start: Point, end: Point, slot: int, twin: bool) -> float:
    """Two wires of one pair bend apart; a wire that passes other nodes goes around them."""
    if twin:
        return 0.3 if slot == 0 else -0.3
    return -0.5 if end[0] - start[0] > 2 and start[1] == end[1] else 0.0


def _wire(
    axes: Axes, ends: tuple[Point, Point], circles: tuple[Any, Any], bend: float, severed: bool
) -> None:
    look: dict[str, Any] = {"color": FORWARD, "lw": 1.5}
    if severed:
        look = {"color": BACKWARD, "lw": 2.2, "ls": (0, (2, 1.5))}
    arrow = {"arrowstyle": "-|>", "patchA": circles[0], "patchB": circles[1], **look}
    shape = {"shrinkA": 0, "shrinkB": 0, "connectionstyle": f"arc3,rad={bend}"}
    (x0, y0), (x1, y1) = ends
    axes.annotate("", ends[1], ends[0], arrowprops={**arrow, **shape})
    if severed:
        dx, dy = x1 - x0, y1 - y0
        middle = ((x0 + x1) / 2 + bend * dy / 2, (y0 + y1) / 2 - bend * dx / 2)
        axes.plot(*middle, "x", color=BACKWARD, ms=10, mew=2.6)


def _node(axes: Axes, place: Point, name: str, operation: str) -> Any:
    from matplotlib.patches import Circle

    circle = axes.add_patch(Circle(place, _RADIUS, fc="white", ec=FORWARD, lw=1.4, zorder=3))
    x, y = place
    look: dict[str, Any] = {"ha": "center", "va": "center", "zorder": 4}
    axes.text(x, y + 0.07 * bool(operation), name, color=INK, fontsize=10, **look)
    axes.text(x, y - 0.13, operation, color=PALE, fontsize=8, **look)
    return circle


def _text(
    axes: Axes, place: Point, text: str, colour: str, va: str, ha: str = "center", size: float = 9.5
) -> None:
    axes.text(*place, text, color=colour, ha=ha, va=va, fontsize=size)


def diamonds_picture(depth: int = 3) -> Picture:
    """The same chain of diamonds as a graph and unfolded into a tree, with visits counted."""

    def draw(figure: Figure) -> None:
        left, right = figure.subplots(1, 2, width_ratios=(1, 2.6))
        for d in range(depth):
            for bend in (0.45, -0.45):
                _back(left, (0, -d), (0, -d - 1), bend)
        for d in range(depth + 1):
            _visited(left, (0, -d), f"$v_{depth - d}$")
            _text(left, (0.62, -d), "1", BACKWARD, "center")
        _tree(right, depth)
        for axes, title in (
            (left, f"graph: {depth + 1} visits"),
            (right, f"tree: {2 ** (depth + 1) - 1} visits"),
        ):
            axes.set(ylim=(-depth - 0.4, 0.4), title=title)
            axes.axis("off")
        left.set(xlim=(-0.8, 0.9))

    alt = (
        f"A chain of {depth} diamonds, twice. As a graph it has {depth + 1} nodes, each visited "
        f"once. Unfolded into a tree, level by level, the nodes stand there "
        f"{', '.join(str(2**d) for d in range(depth + 1))} times, {2 ** (depth + 1) - 1} in all."
    )
    return paint(draw, (8.4, 3.3), alt)


def _tree(axes: Axes, depth: int) -> None:
    width = 2.0**depth
    for d in range(depth + 1):
        count = 2**d
        xs = (np.arange(count) + 0.5) * width / count
        for k, x in enumerate(xs):
            if d:
                parent = ((k // 2 + 0.5) * 2 * width / count, -(d - 1))
                _back(axes, parent, (x, -d), 0.0)
            _visited(axes, (x, -d), f"$v_{depth - d}$")
        _text(axes, (width + 0.35, -d), str(count), BACKWARD, "center")
    axes.set(xlim=(-0.2, width + 0.8))


def _visited(axes: Axes, place: Point, name: str) -> None:
    ring = {"boxstyle": "circle,pad=0.25", "fc": "white", "ec": BACKWARD, "lw": 1.3}
    axes.text(*place, name, ha="center", va="center", color=INK, fontsize=9, bbox=ring)


def _back(axes: Axes, start: Point, end: Point, bend: float) -> None:
    arrow = {"arrowstyle": "-|>", "color": BACKWARD, "lw": 1.2, "shrinkA": 11, "shrinkB": 11}
    axes.annotate("", end, start, arrowprops={**arrow, "connectionstyle": f"arc3,rad={bend}"})


def visits_picture(depths: Sequence[int], tree: Sequence[int], graph: Sequence[int]) -> Picture:
    """Visits against the depth of a chain of diamonds, on a logarithmic axis.

    Parameters
    ----------
    depths, tree, graph : sequences of int of equal length
        Numbers of diamonds, and the visits that were counted.
    """

    def draw(figure: Figure) -> None:
        axes = figure.subplots()
        for counts, name, colour in ((tree, "tree", BACKWARD), (graph, "graph", FORWARD)):
            axes.semilogy(list(depths), list(counts), "o-", color=colour, ms=4)
            axes.annotate(
                f"{name}: {counts[-1]:,}",
                (list(depths)[-1], counts[-1]),
                (6, 0),
                textcoords="offset points",
                color=colour,
                va="center",
                weight="bold",
            )
        axes.set(xlabel="diamonds in the chain", ylabel="visits")
        axes.margins(x=0.2)

    alt = (
        f"Visits against depth on a logarithmic axis. With {list(depths)[-1]} diamonds the tree "
        f"takes {tree[-1]} visits, the graph {graph[-1]}."
    )
    return paint(draw, (6.4, 3.2), alt)
