"""The coin 1/m: where it is paid on the way from J back to each dW, and what that adds up to."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from typing import TYPE_CHECKING

from autograder.figures.picture import BACKWARD, COIN, INK, Picture, paint

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_LAYERS = 3

#: Title to the arrows on which a coin is paid; an arrow is (from, to), J backwards.
PLANS: Mapping[str, frozenset[tuple[str, str]]] = {
    "paid at J (J convention)": frozenset({("J", "Z3")}),
    "paid at dW and db (L convention)": frozenset({("Z3", "W3"), ("Z2", "W2"), ("Z1", "W1")}),
    "paid twice": frozenset({("J", "Z3"), ("Z3", "W3"), ("Z2", "W2"), ("Z1", "W1")}),
    "paid at every layer": frozenset(
        {("Z3", "W3"), ("Z2", "W2"), ("Z1", "W1"), ("Z3", "Z2"), ("Z2", "Z1")}
    ),
}


def coins_on_path(plan: frozenset[tuple[str, str]], layer: int) -> int:
    """How many coins lie on the one path from J back to W of `layer`."""
    stops = ["J", *(f"Z{n}" for n in range(_LAYERS, layer - 1, -1)), f"W{layer}"]
    return sum(step in plan for step in pairwise(stops))


def coin_picture() -> Picture:
    """Four ways of paying 1/m in a three-layer network, two right and two wrong."""

    def draw(figure: Figure) -> None:
        panels = figure.subplots(2, 2).flat
        for axes, (title, plan) in zip(panels, PLANS.items(), strict=True):
            _panel(axes, title, plan)

    found = "; ".join(
        f"{title}: dW3, dW2, dW1 carry "
        + ", ".join(_plain(coins_on_path(plan, n)) for n in (3, 2, 1))
        for title, plan in PLANS.items()
    )
    alt = f"Four panels with coins 1/m on the arrows from J back to each dW. {found}."
    return paint(draw, (9.2, 5.0), alt)


def _plain(count: int) -> str:
    return "1/m" if count == 1 else f"1/m^{count}"


def _panel(axes: Axes, title: str, plan: frozenset[tuple[str, str]]) -> None:
    places = {"J": (3.2, 0.0)}
    for n in range(1, _LAYERS + 1):
        places |= {f"Z{n}": (n - 1.0, 0.0), f"W{n}": (n - 1.0, -1.0)}
    steps = [("J", "Z3"), ("Z3", "Z2"), ("Z2", "Z1")]
    for step in steps + [(f"Z{n}", f"W{n}") for n in range(1, _LAYERS + 1)]:
        _step(axes, places[step[0]], places[step[1]], paid=step in plan)
    for name, (x, y) in places.items():
        label = "$J$" if name == "J" else rf"$d{name[0]}^{{[{name[1]}]}}$"
        axes.text(x, y, label, ha="center", va="center", color=INK, fontsize=11)
    for n in range(1, _LAYERS + 1):
        _total(axes, n - 1.0, coins_on_path(plan, n))
    axes.set_title(title, loc="left")
    axes.set(xlim=(-0.5, 3.5), ylim=(-1.75, 0.35))
    axes.axis("off")


def _step(axes: Axes, start: tuple[float, float], end: tuple[float, float], paid: bool) -> None:
    arrow = {"arrowstyle": "-|>", "color": BACKWARD, "lw": 1.6, "shrinkA": 19, "shrinkB": 17}
    axes.annotate("", end, start, arrowprops=arrow)
    if paid:
        coin = {"boxstyle": "circle,pad=0.22", "fc": COIN, "ec": INK, "lw": 0.9}
        x, y = (start[0] + end[0]) / 2, (start[1] + end[1]) / 2
        axes.text(x, y, r"$\frac{1}{m}$", ha="center", va="center", fontsize=10.5, bbox=coin)


def _total(axes: Axes, x: float, count: int) -> None:
    right = count == 1
    text = r"$\frac{1}{m}$" if right else rf"$\frac{{1}}{{m^{count}}}$"
    sign = "\N{CHECK MARK}" if right else "\N{BALLOT X}"
    colour = INK if right else BACKWARD
    axes.text(x - 0.05, -1.5, text, ha="right", va="center", fontsize=13, color=colour)
    axes.text(x + 0.05, -1.5, sign, ha="left", va="center", fontsize=12, color=colour)
