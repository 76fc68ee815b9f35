"""The unrolled recurrent network, and the two ways back into a state.

Each loss stands for the whole way a<t> -> zy<t> -> yhat<t> -> L<t>.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from autograder.figures.picture import BACKWARD, FORWARD, INK, Picture, paint

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_RADIUS = 0.32
_STEP = 1.25
Place = tuple[float, float]


def unrolled_picture(steps: int, fork: int | None = None, rows: bool = False) -> Picture:
    """Draw x<t> -> z<t> -> a<t> -> L<t> -> J for all steps, and a<t> -> z<t+1> between them.

    Parameters
    ----------
    steps : int
        T, 1 to 6.
    fork : int, optional
        Draw the two arrows that bring a gradient back into a<fork>.
    rows : bool
        Write h<t>, dh[:, t] and dprev_h, as where rows are examples.
    """
    places = _places(steps)

    def draw(figure: Figure) -> None:
        axes = figure.subplots()
        for source, target in _wires(steps):
            _wire(axes, places[source], places[target])
        for name, place in places.items():
            _node(axes, name, place, rows)
        if fork is not None:
            _ways_back(axes, places, fork, steps, rows)
        right = _STEP * 2 * steps + 0.6
        axes.set(xlim=(-0.6, right), ylim=(-1.75, 2.75), aspect="equal")
        axes.axis("off")

    return paint(draw, (1.2 + 1.75 * steps, 3.6), _alt(steps, fork, rows))


def _places(steps: int) -> dict[str, Place]:
    places: dict[str, Place] = {"a0": (0.0, 0.0)}
    for t in range(1, steps + 1):
        z, a = _STEP * (2 * t - 1), _STEP * 2 * t
        places |= {f"x{t}": (z, -1.25), f"z{t}": (z, 0.0), f"a{t}": (a, 0.0), f"L{t}": (a, 1.25)}
    return places | {"J": (_STEP * (steps + 1), 2.4)}


def _wires(steps: int) -> list[tuple[str, str]]:
    return [
        wire
        for t in range(1, steps + 1)
        for wire in (
            (f"a{t - 1}", f"z{t}"),
            (f"x{t}", f"z{t}"),
            (f"z{t}", f"a{t}"),
            (f"a{t}", f"L{t}"),
            (f"L{t}", "J"),
        )
    ]


def _between(start: Place, end: Place) -> tuple[Place, Place]:
    """The ends of an arrow that leaves the circles free."""
    (x0, y0), (x1, y1) = start, end
    length = ((x1 - x0) ** 2 + (y1 - y0) ** 2) ** 0.5
    dx, dy = _RADIUS * (x1 - x0) / length, _RADIUS * (y1 - y0) / length
    return (x0 + dx, y0 + dy), (x1 - dx, y1 - dy)


def _wire(axes: Axes, start: Place, end: Place) -> None:
    first, last = _between(start, end)
    arrow = {"arrowstyle": "-|>", "shrinkA": 0, "shrinkB": 0, "color": FORWARD, "lw": 1.5}
    axes.annotate("", last, first, arrowprops=arrow)


def _label(axes: Axes, place: Place, text: str, **where: Any) -> None:
    axes.text(*place, text, color=BACKWARD, weight="bold", fontsize=9, **where)


def _node(axes: Axes, name: str, place: Place, rows: bool) -> None:
    from matplotlib.patches import Circle

    axes.add_patch(Circle(place, _RADIUS, fc="white", zorder=2, ec=FORWARD, lw=1.4))
    told = _symbol(name.replace("a", "h") if rows else name)
    axes.text(*place, told, ha="center", va="center", color=INK, fontsize=9.5, zorder=3)


def _symbol(name: str) -> str:
    letter, number = name.rstrip("0123456789"), name.lstrip("xzahLJ")
    letter = r"\mathcal{L}" if letter == "L" else letter
    return rf"${letter}_{{{number}}}$" if number else f"${letter}$"


def _ways_back(axes: Axes, places: Mapping[str, Place], t: int, steps: int, rows: bool) -> None:
    """The arrows into a<t>: from its own loss, and from the next cell."""
    x, y = places[f"a{t}"]
    arrow: dict[str, Any] = {"arrowstyle": "-|>", "color": BACKWARD, "lw": 2.4}
    down, left = {"connectionstyle": "arc3,rad=0.4"}, {"connectionstyle": "arc3,rad=-0.45"}
    axes.annotate("", (x - 0.24, y + 0.24), (x - 0.24, y + 1.0), arrowprops=arrow | down)
    direct, carried = _arriving(t, rows)
    _label(axes, (x - 0.5, y + 0.62), direct, ha="right", va="center")
    if t < steps:
        after = places[f"z{t + 1}"][0]
        axes.annotate("", (x + 0.2, y - 0.28), (after - 0.2, y - 0.28), arrowprops=arrow | left)
        _label(axes, ((x + after) / 2, y - 0.55), carried, ha="center", va="top")


def _arriving(t: int, rows: bool) -> tuple[str, str]:
    """What the two arrows into the state of step t are called."""
    return (f"dh[:, {t - 1}]", "dprev_h") if rows else (f"da[:, :, {t - 1}]", "da_prevt")


def _alt(steps: int, fork: int | None, rows: bool) -> str:
    a = "h" if rows else "a"
    told = (
        f"Recurrent network unrolled over {steps} steps: z_t is fed by x_t and by the state "
        f"{a}_(t-1); {a}_t goes up to its loss L_t and right to z_(t+1); all losses go to J."
    )
    if fork is not None:
        direct, carried = _arriving(fork, rows)
        last = "and there is no later cell"
        later = f"and {carried} from the next cell" if fork < steps else last
        told += (
            f" Arrows bring a gradient back into {a}_{fork}: {direct} from its own loss, {later}."
        )
    return told
