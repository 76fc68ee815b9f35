"""The unrolled recurrent network, with edited wires marked and the two ways back into a state.

The names are those of `autograder.networks.rnn_graph`: what is edited in the oracle is what is
marked here. Each loss stands for the whole way a<t> -> zy<t> -> yhat<t> -> L<t>.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from autograder.figures.columns import CUT
from autograder.figures.picture import BACKWARD, FORWARD, INK, Picture, paint

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_RADIUS = 0.32
_STEP = 1.25
Place = tuple[float, float]


def unrolled_picture(
    steps: int,
    marks: Mapping[str, str] | None = None,
    fork: int | None = None,
    rows: bool = False,
) -> Picture:
    """Draw x<t> -> z<t> -> a<t> -> L<t> -> J for all steps, and a<t> -> z<t+1> between them.

    Parameters
    ----------
    steps : int
        T, 1 to 6.
    marks : mapping of str to str, optional
        Node or wire name (``"a1->z2"``, ``"Waa->z1"``, ``"a2"``) to a short label; marked parts
        are dashed vermillion, wires called ``"cut"`` get a cross.
    fork : int, optional
        Draw the two arrows that bring a gradient back into a<fork>.
    rows : bool
        Write h<t>, dh[:, t] and dprev_h, as where rows are examples.

    Raises
    ------
    KeyError
        If a mark names nothing in a network of so many steps.
    """
    places, wires = _places(steps), _wires(steps)
    found = {_drawn(name): label for name, label in (marks or {}).items()}
    weights = [name for name in found if re.fullmatch(r"(Waa|Wax|ba)->z\d+", name)]
    unknown = set(found) - set(places) - {f"{a}->{b}" for a, b in wires} - set(weights)
    unknown |= {name for name in weights if name.partition("->")[2] not in places}
    if unknown:
        raise KeyError(f"no such node or wire in a network of {steps} steps: {sorted(unknown)}")

    def draw(figure: Figure) -> None:
        axes = figure.subplots()
        for source, target in wires:
            _wire(axes, places[source], places[target], found.get(f"{source}->{target}"))
        for target in dict.fromkeys(name.partition("->")[2] for name in weights):
            told = [f"{n.partition('->')[0]}: {found[n]}" for n in weights if n.endswith(target)]
            _stub(axes, places[target], told)
        for name, place in places.items():
            _node(axes, name, place, found.get(name), rows)
        if fork is not None:
            _ways_back(axes, places, fork, steps, rows)
        right = _STEP * 2 * steps + 0.6
        axes.set(xlim=(-0.6, right), ylim=(-1.75, 2.75), aspect="equal")
        axes.axis("off")

    return paint(draw, (1.2 + 1.75 * steps, 3.6), _alt(steps, found, fork, rows))


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


def _drawn(name: str) -> str:
    """The wire of the picture on which a wire or node of the graph lies."""
    name = re.sub(r"^x->z(\d+)$", r"x\1->z\1", name)
    name = re.sub(r"^(a|a\d+)->(?:zy|L)(\d+)$", r"a\2->L\2", name)
    name = re.sub(r"^a(\d+)->J$", r"a\1->L\1", name)
    return re.sub(r"^(?:zy|yhat)(\d+)(?:->.*)?$", r"a\1->L\1", name)


def _between(start: Place, end: Place) -> tuple[Place, Place]:
    """The ends of an arrow that leaves the circles free."""
    (x0, y0), (x1, y1) = start, end
    length = ((x1 - x0) ** 2 + (y1 - y0) ** 2) ** 0.5
    dx, dy = _RADIUS * (x1 - x0) / length, _RADIUS * (y1 - y0) / length
    return (x0 + dx, y0 + dy), (x1 - dx, y1 - dy)


def _wire(axes: Axes, start: Place, end: Place, mark: str | None) -> None:
    first, last = _between(start, end)
    style: dict[str, Any] = {"color": FORWARD, "lw": 1.5}
    if mark is not None:
        style = {"color": BACKWARD, "lw": 2.4, "ls": (0, (2, 1.5))}
    axes.annotate(
        "", last, first, arrowprops={"arrowstyle": "-|>", "shrinkA": 0, "shrinkB": 0} | style
    )
    if mark is not None:
        x, y = (start[0] + end[0]) / 2, (start[1] + end[1]) / 2
        if mark == CUT:
            axes.plot(x, y, "x", color=BACKWARD, ms=11, mew=2.6)
        level = start[1] == end[1]
        place = (x, y - 0.2) if level else (x + 0.18, y)
        _label(axes, place, mark, ha="center" if level else "left", va="top" if level else "center")


def _label(axes: Axes, place: Place, text: str, **where: Any) -> None:
    axes.text(*place, text, color=BACKWARD, weight="bold", fontsize=9, **where)


def _stub(axes: Axes, target: Place, told: list[str]) -> None:
    """The wires of weights into z<t>, drawn as one from below left."""
    start = (target[0] - 0.85, target[1] - 0.75)
    _wire(axes, start, target, "")
    _label(axes, (start[0], start[1] - 0.02), "\n".join(told), ha="center", va="top")


def _node(axes: Axes, name: str, place: Place, mark: str | None, rows: bool) -> None:
    from matplotlib.patches import Circle

    edge = {"ec": FORWARD, "lw": 1.4} if mark is None else {"ec": BACKWARD, "lw": 2.6, "ls": "--"}
    axes.add_patch(Circle(place, _RADIUS, fc="white", zorder=2, **edge))
    told = _symbol(name.replace("a", "h") if rows else name)
    axes.text(*place, told, ha="center", va="center", color=INK, fontsize=9.5, zorder=3)
    if mark is not None:
        x, y = place
        _label(axes, (x, y - 0.4), mark, ha="center", va="top")


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


def _alt(steps: int, marks: Mapping[str, str], fork: int | None, rows: bool) -> str:
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
    if marks:
        told += " Marked as changed: " + "; ".join(f"{n}: {m}" for n, m in marks.items()) + "."
    return told
