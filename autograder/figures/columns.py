"""The computation graph of an L-layer network, and the factor of each step back."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

from autograder.figures.picture import BACKWARD, FORWARD, INK, Picture, paint

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_RADIUS = 0.3
Places = Mapping[str, tuple[float, float]]


def network_picture(layers: int) -> Picture:
    """Draw X -> Z1 -> A1 -> ... -> J: values forward in blue, factors backward in vermillion.

    Parameters
    ----------
    layers : int
        Number of layers L, 1 to 4.
    """
    places = _places(layers)

    def draw(figure: Figure) -> None:
        axes = figure.subplots()
        for source, target in _wires(layers):
            _wire(axes, places, source, target)
            _factor(axes, places, source, target, layers)
        for name, place in places.items():
            _node(axes, name, place)
        axes.set(xlim=(-0.6, 2 * layers + 2.6), ylim=(-1.65, 1.05), aspect="equal")
        axes.axis("off")

    return paint(draw, (2.0 + 1.15 * (2 * layers + 1), 3.0), _alt(layers))


def _places(layers: int) -> dict[str, tuple[float, float]]:
    places: dict[str, tuple[float, float]] = {"A0": (0.0, 0.0)}
    for n in range(1, layers + 1):
        x = 2.0 * n - 1
        places |= {f"W{n}": (x - 0.42, -1.3), f"b{n}": (x + 0.42, -1.3)}
        places |= {f"Z{n}": (x, 0.0), f"A{n}": (x + 1, 0.0)}
    return places | {"L": (2.0 * layers + 1, 0.0), "J": (2.0 * layers + 2, 0.0)}


def _wires(layers: int) -> list[tuple[str, str]]:
    wires = []
    for n in range(1, layers + 1):
        into = [(source, f"Z{n}") for source in (f"W{n}", f"A{n - 1}", f"b{n}")]
        wires += [*into, (f"Z{n}", f"A{n}")]
    return [*wires, (f"A{layers}", "L"), ("L", "J")]


def _wire(axes: Axes, places: Places, source: str, target: str) -> None:
    arrow = {"arrowstyle": "-|>", "shrinkA": 0, "shrinkB": 0, "color": FORWARD, "lw": 1.6}
    (x0, y0), (x1, y1) = places[source], places[target]
    length = ((x1 - x0) ** 2 + (y1 - y0) ** 2) ** 0.5
    dx, dy = _RADIUS * (x1 - x0) / length, _RADIUS * (y1 - y0) / length
    axes.annotate("", (x1 - dx, y1 - dy), (x0 + dx, y0 + dy), arrowprops=arrow)


def _factor(axes: Axes, places: Places, source: str, target: str, layers: int) -> None:
    """The arrow back along a wire and what the gradient is multiplied by on its way."""
    (x0, y0), (x1, _) = places[source], places[target]
    if y0 < 0:
        return
    arrow = {"arrowstyle": "-|>", "color": BACKWARD, "lw": 1.4, "connectionstyle": "arc3,rad=0.55"}
    axes.annotate("", (x0 + 0.1, 0.32), (x1 - 0.1, 0.32), arrowprops=arrow)
    text = {"L": r"$\frac{1}{m}$", f"A{layers}": r"$\mathcal{L}\,'$"}.get(source)
    number = target[1:]
    if text is None:
        linear = rf"$W^{{[{number}]T}}\cdot$"
        text = linear if target.startswith("Z") else rf"$*\,g'(Z^{{[{number}]}})$"
    axes.text((x0 + x1) / 2, 0.64, text, color=BACKWARD, ha="center", va="bottom", fontsize=10.5)


def _node(axes: Axes, name: str, place: tuple[float, float]) -> None:
    from matplotlib.patches import Circle

    face = "white" if place[1] == 0 else "#eef4fa"
    axes.add_patch(Circle(place, _RADIUS, fc=face, ec=FORWARD, lw=1.4))
    axes.text(*place, _symbol(name), ha="center", va="center", color=INK, fontsize=10.5)


def _symbol(name: str) -> str:
    letter, number = re.fullmatch(r"([A-Za-z]+)(\d*)", name).groups()  # type: ignore[union-attr]
    if name == "A0":
        return "$X$"
    if name == "L":
        return r"$\mathcal{L}$"
    return rf"${letter}^{{[{number}]}}$" if number else f"${letter}$"


def _alt(layers: int) -> str:
    chain = "X, " + ", ".join(f"Z{n}, A{n}" for n in range(1, layers + 1)) + ", the losses L, J"
    return (
        f"Computation graph of a network of {layers} layers: {chain}; W and b enter each Z. Arrows "
        "back carry the factor of each step: 1/m from J to L, then the slope of the loss, then g' "
        "and the transposed W in turn."
    )
