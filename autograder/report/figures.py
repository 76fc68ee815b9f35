"""The figures of the class report: inline SVG that is read in light and in dark, and on paper."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape
from io import StringIO
from typing import TYPE_CHECKING, Any

from autograder.report.classbook import ClassBook, Submission

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

# Drawn in this colour, shown in the colour of the text around the figure.
_INK = "#010203"
_SERIES = "#5790fc"
# Why points were lost: a named mistake, an unexplained one, nothing there to look at.
COLOURS = {"named": "#D55E00", "unexplained": "#964a8b", "absent": "#9c9ca1"}
MAX_ROWS = 60  # students; a larger class is shown in bands of students with similar scores
BANDS = 40


@dataclass(frozen=True)
class Loss:
    """What a student, or a band of students, lost in one function: how much, and why mostly."""

    share: float
    why: str


@dataclass(frozen=True)
class Grid:
    """The heat map's numbers.

    Attributes
    ----------
    rows, columns : list of str
        Labels: students, or bands of them, the best first; functions.
    cells : list of list of Loss
        One list a row.
    """

    rows: list[str]
    columns: list[str]
    cells: list[list[Loss]]


def grid(book: ClassBook) -> Grid:
    """Who lost how much in which function."""
    ranked = sorted(book.submissions, key=lambda s: (-s.share, s.student))
    if len(ranked) <= MAX_ROWS:
        groups = [[submission] for submission in ranked]
    else:
        edges = [round(k * len(ranked) / BANDS) for k in range(BANDS + 1)]
        groups = [ranked[a:b] for a, b in zip(edges, edges[1:], strict=False)]
    columns = book.functions()
    cells = [[_loss(group, function) for function in columns] for group in groups]
    return Grid([_label(group) for group in groups], columns, cells)


def _label(group: Sequence[Submission]) -> str:
    if len(group) == 1:
        return f"{group[0].student}  {group[0].score:g}"
    return f"{len(group)} students  {group[-1].score:g}–{group[0].score:g}"


def _loss(group: Sequence[Submission], function: str) -> Loss:
    answers = [a for s in group for a in s.tested() if a.function == function]
    best = sum(a.max_score for a in answers)
    lost = dict.fromkeys(COLOURS, 0.0)
    for answer in answers:
        missing = answer.max_score - answer.score
        if answer.diagnosis:
            lost["named"] += missing
        elif answer.status in ("not checked", "not run"):
            lost["absent"] += missing
        else:
            lost["unexplained"] += missing
    return Loss(sum(lost.values()) / best if best else 0.0, max(lost, key=lambda why: lost[why]))


def heat_map(table: Grid, name: str) -> str:
    """Draw students against functions: the stronger the colour, the more points were lost."""
    size = (2.6 + 0.42 * len(table.columns), 1.9 + 0.19 * len(table.rows))
    lossy = sum(any(loss.share > 0 for loss in row) for row in table.cells)
    words = (
        f"Heat map of {len(table.rows)} rows (students, or groups of them, the best first) and "
        f"{len(table.columns)} functions. In {lossy} rows points were lost. The table of "
        "misconceptions above says the same in words."
    )

    def draw(figure: Figure) -> None:
        from matplotlib.patches import Rectangle

        axes = _axes(figure)
        for y, row in enumerate(table.cells):
            for x, loss in enumerate(row):
                colour, alpha = COLOURS[loss.why], 0.25 + 0.75 * loss.share
                if loss.share == 0:
                    colour, alpha = _INK, 0.06
                axes.add_patch(Rectangle((x, y), 0.94, 0.88, color=colour, alpha=alpha, lw=0))
        axes.set(xlim=(0, len(table.columns)), ylim=(len(table.rows), 0))
        axes.xaxis.tick_top()
        axes.set_xticks([x + 0.5 for x in range(len(table.columns))], table.columns, rotation=55)
        for label in axes.get_xticklabels():
            label.set(
                horizontalalignment="left", verticalalignment="center", rotation_mode="anchor"
            )
        axes.set_yticks([y + 0.45 for y in range(len(table.rows))], table.rows)
        axes.tick_params(length=0)
        axes.spines[:].set_visible(False)
        axes.grid(False)

    return svg(draw, size, name, words)


def distribution(book: ClassBook, name: str) -> str:
    """Draw how many students have which share of the points, in steps of a tenth."""
    counts = [0] * 10
    for submission in book.submissions:
        counts[min(9, int(10 * submission.share))] += 1
    told = "; ".join(f"{10 * k} to {10 * (k + 1)} %: {n}" for k, n in enumerate(counts) if n)
    words = f"Number of students by share of the points. {told}."

    def draw(figure: Figure) -> None:
        axes = _axes(figure)
        bars = axes.bar([10 * k + 5 for k in range(10)], counts, width=9.2, color=_SERIES)
        axes.bar_label(bars, [str(n) if n else "" for n in counts], padding=2)
        axes.set(xlim=(0, 100), ylim=(0, 1.15 * max(counts)), yticks=[])
        axes.set_xticks(range(0, 101, 10))
        axes.set_xlabel("share of the points, in percent")
        axes.set_ylabel("students")
        axes.spines["left"].set_visible(False)

    return svg(draw, (6.4, 2.2), name, words)


def _axes(figure: Figure) -> Axes:
    axes = figure.subplots()
    axes.set_facecolor("none")
    axes.spines[:].set_color(_INK)
    axes.tick_params(colors=_INK)
    axes.xaxis.label.set_color(_INK)
    axes.yaxis.label.set_color(_INK)
    return axes


def svg(draw: Callable[[Figure], None], size: tuple[float, float], name: str, words: str) -> str:
    """Let `draw` fill a figure and return it as inline SVG with a description.

    Parameters
    ----------
    name : str
        Prefix of all ids in it, so that several figures fit into one page.
    words : str
        What a screen reader says.
    """
    import matplotlib
    from matplotlib.figure import Figure

    style: Any = {"svg.fonttype": "none", "svg.hashsalt": name, "font.family": "sans-serif"}
    style |= {"font.size": 9, "text.color": _INK}
    style |= {"axes.spines.top": False, "axes.spines.right": False}
    with matplotlib.rc_context():
        matplotlib.rcdefaults()
        matplotlib.rcParams.update(style)
        figure = Figure(figsize=size, layout="constrained")
        figure.patch.set_alpha(0)
        draw(figure)
        target = StringIO()
        figure.savefig(target, format="svg", metadata={"Date": None, "Creator": None})
    text = target.getvalue()
    text = text[text.index("<svg") :].replace(_INK, "currentColor")
    text = re.sub(r"<metadata>.*?</metadata>", "", text, flags=re.S)
    text = re.sub(r'(\bid="|href="#|url\(#)', rf"\g<1>{name}-", text)
    text = re.sub(r"font-family: [^;\"]*; ?", "", text)  # the font of the page
    head = f'<svg role="img" aria-labelledby="{name}-words" '
    return text.replace("<svg ", head, 1).replace(
        ">", f'><desc id="{name}-words">{escape(words)}</desc>', 1
    )
