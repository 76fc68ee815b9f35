"""The two lanes of an LSTM: what feeds what, the two ways back into c, and norms on both lanes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from autograder.figures.picture import BACKWARD, FORWARD, INK, PALE, Picture, paint
from autograder.networks import Array

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_RADIUS, _STEP, _TOP = 0.32, 2.9, 1.9
Place = tuple[float, float]


def lanes_picture(
    steps: int, marks: Mapping[str, str] | None = None, fork: int | None = None
) -> Picture:
    """Draw the lanes of c and of a over some steps, with the gates between.

    Parameters
    ----------
    steps : int
        T, 1 to 4.
    marks : mapping of str to str, optional
        Wire of `autograder.networks.lstm` (``"c1->c2"``, ``"a1->u2"``) to a short label; marked
        wires are dashed vermillion, those called ``"cut"`` get a cross.
    fork : int, optional
        Draw the two arrows that bring a gradient back into c<fork>.

    Raises
    ------
    KeyError
        If a mark names nothing in an LSTM of so many steps.
    """
    places, wires = _places(steps), _wires(steps)
    found = dict(marks or {})
    if set(found) - set(wires):
        raise KeyError(
            f"no such wire in an LSTM of {steps} steps: {sorted(set(found) - set(wires))}"
        )

    def draw(figure: Figure) -> None:
        axes = figure.subplots()
        for wire, told in wires.items():
            source, target = wire.split("->")
            _wire(axes, places[source], places[target], found.get(wire), told)
        for name, place in places.items():
            _node(axes, name, place)
        if fork is not None:
            _ways_back(axes, places, fork, steps)
        axes.set(xlim=(-0.6, _STEP * steps + 1.2), ylim=(-1.75, _TOP + 1.05), aspect="equal")
        axes.axis("off")

    return paint(draw, (1.0 + 2.35 * steps, 3.9), _alt(steps, found, fork))


def _places(steps: int) -> dict[str, Place]:
    places: dict[str, Place] = {"c0": (0.0, _TOP), "a0": (0.0, 0.0)}
    for t in range(1, steps + 1):
        x = _STEP * t
        places |= {f"u{t}": (x - 1.6, 0.0), f"x{t}": (x - 1.6, -1.3)}
        places |= {f"c{t}": (x, _TOP), f"a{t}": (x, 0.0), f"L{t}": (x, -1.3)}
    return places


def _wires(steps: int) -> dict[str, str]:
    """Each wire, and what stands at it."""
    found: dict[str, str] = {}
    for t in range(1, steps + 1):
        found |= {f"c{t - 1}->c{t}": rf"$\times f_{t}$", f"a{t - 1}->u{t}": "", f"x{t}->u{t}": ""}
        found |= {f"u{t}->c{t}": rf"$i_{t}\,\tilde{{c}}_{t}$", f"u{t}->a{t}": rf"$o_{t}$"}
        found |= {f"c{t}->a{t}": "tanh", f"a{t}->L{t}": ""}
    return found


def _between(start: Place, end: Place) -> tuple[Place, Place]:
    """The ends of an arrow that leaves the circles free."""
    (x0, y0), (x1, y1) = start, end
    length = float(np.hypot(x1 - x0, y1 - y0))
    dx, dy = _RADIUS * (x1 - x0) / length, _RADIUS * (y1 - y0) / length
    return (x0 + dx, y0 + dy), (x1 - dx, y1 - dy)


def _wire(axes: Axes, start: Place, end: Place, mark: str | None, told: str) -> None:
    first, last = _between(start, end)
    style: dict[str, Any] = {"color": FORWARD, "lw": 1.5}
    if mark is not None:
        style = {"color": BACKWARD, "lw": 2.4, "ls": (0, (2, 1.5))}
    look = {"arrowstyle": "-|>", "shrinkA": 0, "shrinkB": 0}
    axes.annotate("", last, first, arrowprops=look | style)
    x, y = (start[0] + end[0]) / 2, (start[1] + end[1]) / 2
    upright, level = start[0] == end[0], start[1] == end[1]
    if mark == "cut":
        axes.plot(x, y, "x", color=BACKWARD, ms=11, mew=2.6)
    if mark is not None:
        axes.text(x, y + 0.2, mark, color=BACKWARD, weight="bold", fontsize=9, ha="center")
    elif told:
        place = (x - 0.08, y - 0.2) if upright else (x, y + 0.12) if level else (x - 0.16, y + 0.1)
        ha = "center" if level else "right"
        axes.text(*place, told, color=INK, fontsize=9, ha=ha, va="center" if upright else "bottom")


def _node(axes: Axes, name: str, place: Place) -> None:
    from matplotlib.patches import Circle

    letter, number = name[0], name[1:]
    edge = PALE if letter in "xL" else FORWARD
    axes.add_patch(Circle(place, _RADIUS, fc="white", ec=edge, lw=1.4, zorder=2))
    symbol = r"\mathcal{L}" if letter == "L" else letter
    axes.text(*place, rf"${symbol}_{number}$", ha="center", va="center", color=INK, zorder=3)


def _ways_back(axes: Axes, places: Mapping[str, Place], t: int, steps: int) -> None:
    """The arrows into c<t>: along its lane, and up through a<t>."""
    x, y = places[f"c{t}"]
    arrow: dict[str, Any] = {"arrowstyle": "-|>", "color": BACKWARD, "lw": 2.4}
    up = arrow | {"connectionstyle": "arc3,rad=0.35"}
    axes.annotate("", (x + 0.24, y - 0.24), (x + 0.24, 0.28), arrowprops=up)
    told: dict[str, Any] = {"color": BACKWARD, "weight": "bold", "fontsize": 9}
    axes.text(x + 0.6, 0.62, "da · o ·\ntanh′(c)", ha="left", va="center", **told)
    if t < steps:
        back = arrow | {"connectionstyle": "arc3,rad=0.25"}
        axes.annotate("", (x + 0.2, y + 0.28), (x + _STEP - 0.2, y + 0.28), arrowprops=back)
        axes.text(x + _STEP / 2, y + 0.72, "dc_next", ha="center", va="bottom", **told)


def _alt(steps: int, marks: Mapping[str, str], fork: int | None) -> str:
    told = (
        f"An LSTM over {steps} steps in two lanes. Above: c_(t-1) goes to c_t, times f_t. Below: "
        "a_(t-1) and x_t go into the stack u_t, which feeds c_t through i and the candidate, and "
        "a_t through o; c_t goes down to a_t through tanh, and a_t to its loss."
    )
    if fork is not None:
        told += f" Two arrows come back into c_{fork}: up from a_{fork}, da times o times tanh′(c)"
        told += ", and dc_next from the next c." if fork < steps else "; there is no later step."
    if marks:
        told += " Marked as changed: " + "; ".join(f"{n}: {m}" for n, m in marks.items()) + "."
    return told


def lane_norms_picture(runs: Mapping[str, Mapping[str, Sequence[float] | Array]]) -> Picture:
    """Norms of what comes back on the lanes against the step, one panel a run.

    Parameters
    ----------
    runs : mapping
        Title to a mapping of lane to norms at t = 0, ..., T, ``{"c": [...], "a": [...]}``. All
        panels have the same logarithmic axis.
    """
    looks = {"c": (BACKWARD, "-", "lane of c"), "a": (FORWARD, "--", "lane of a")}

    def draw(figure: Figure) -> None:
        panels = figure.subplots(1, len(runs), sharey=True, squeeze=False)[0]
        for axes, (title, lanes) in zip(panels, runs.items(), strict=True):
            for lane, norms in lanes.items():
                colour, line, name = looks[lane]
                axes.semilogy(np.asarray(norms, dtype=float), line, color=colour, label=name, lw=2)
            axes.set_title(title)
            axes.set_xlabel("step t (the loss is at the last one)")
        panels[0].set_ylabel("norm of what comes back")
        panels[0].legend(loc="best")

    told = "; ".join(
        f"{title}, {looks[lane][2]}: {norms[-1]:.1e} at the last step, {norms[0]:.1e} at t = 0"
        for title, lanes in runs.items()
        for lane, norms in lanes.items()
    )
    return paint(
        draw, (1.2 + 3.1 * len(runs), 3.3), f"Norms on the two lanes, logarithmic. {told}."
    )
