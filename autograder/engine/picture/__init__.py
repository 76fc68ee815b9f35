"""The picture of a diagnosis: the graph that has the returned gradient, its edited wires marked.

Everything in it comes from the objects that gave the number: the nodes and wires of the graph,
and the edits of the explanation, which are tried out to see what they do. A new network needs no
picture code.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from html import escape

from autograder.engine.diagnosis import Explanation
from autograder.engine.picture.arrange import arrange
from autograder.engine.picture.draw_svg import draw
from autograder.engine.picture.edited_wires import Mark, marks
from autograder.engine.picture.layout import GAP, Plan
from autograder.engine.picture.sentence import sentence
from autograder.engine.picture.symbols import symbols
from autograder.engine.problem import Problem
from autograder.networks import Graph

__all__ = ["Mark", "Picture", "framed", "marks", "picture", "picture_of", "ringed"]

#: Layers or steps that fit on one picture.
_MOST = 4


@dataclass(frozen=True)
class Picture:
    """An SVG, and the sentence that goes with it; both empty where there is nothing to draw."""

    svg: str = ""
    caption: str = ""

    def __bool__(self) -> bool:
        return bool(self.svg)


def picture(explanation: Explanation, problems: Sequence[Problem]) -> Picture:
    """The picture of an explanation, on the most telling of these problems.

    Parameters
    ----------
    explanation : Explanation
    problems : sequence of Problem
        What the function was tried on.

    Returns
    -------
    Picture
        With its own title and description; empty where no wire is the mistake: for another
        convention, a foreign form, an order of visits.
    """
    title = "; ".join(dict.fromkeys(cause.misconception.title for cause in explanation.causes))
    for problem in sorted(problems, key=_telling, reverse=True):
        found = marks(problem.graph, explanation.edits(problem))
        if found:
            return picture_of(problem.graph, found, f"Computation graph: {title}")
    return Picture()


def picture_of(graph: Graph, found: Sequence[Mark], title: str) -> Picture:
    """The picture of a graph with these marks."""
    named = [mark.at for mark in found]
    plan = arrange(graph, named)
    faded = _unreached(plan, found)
    told = sentence(found, _behind(plan, faded), symbols(graph))
    return Picture(draw(plan, found, faded, title, told), told)


def ringed(graph: Graph, wrong: Collection[str]) -> Picture:
    """The picture of a graph, with rings around nodes whose gradient is wrong.

    Parameters
    ----------
    wrong : collection of str
        Nodes; for a leaf also one of its wires, ``"x->z2"``.
    """
    plan = arrange(graph, [])
    nodes = [key for key in plan.places if key in wrong or key.partition("->")[0] in wrong]
    told = "No gradient that is drawn is wrong."
    if nodes:
        names = dict.fromkeys(str(plan.symbols[key]) for key in nodes)
        told = f"Ringed: what has a wrong gradient, {', '.join(names)}."
    title = "Computation graph with rings where gradients are wrong"
    return Picture(draw(plan, (), (), title, told, nodes), told)


def framed(svg: str, caption: str) -> str:
    """The HTML of a picture with its sentence below it."""
    told = f'<figcaption style="opacity:.85">{escape(caption)}</figcaption>'
    return f'<figure style="margin:.6em 0">{svg}{told}</figure>'


def _behind(plan: Plan, faded: Collection[str]) -> list[str]:
    """The faded nodes in words, each once; a weight may be faded at some of its uses only."""
    alive = {str(plan.symbols[key]) for key in plan.places if key not in faded}
    told = dict.fromkeys(str(plan.symbols[key]) for key in plan.places if key in faded)
    whole = [name for name in told if name not in alive and name != GAP]
    partly = [name for name in told if name in alive]
    return whole + [f"uses of {name}" if not n else name for n, name in enumerate(partly)]


def _telling(problem: Problem) -> tuple[bool, int, bool]:
    """Deep enough to show a chain, small enough to fit, and m told apart from other numbers."""
    facts = problem.graph.facts
    length = facts.length
    return length <= _MOST, length if length <= _MOST else -length, facts.m > 2


def _unreached(plan: Plan, found: Collection[Mark]) -> set[str]:
    """The nodes from which no uncut way leads to the end."""
    cut = {mark.at for mark in found if mark.kind == "cut"}
    wires = [(a, b) for name, a, b in plan.wires if name not in cut]
    wires += [tuple(mark.at.split("->")) for mark in found if mark.kind == "added"]  # type: ignore[misc]
    sources = {a for _, a, _ in plan.wires}
    reached = {key for key in plan.places if key not in sources}
    while more := {a for a, b in wires if b in reached} - reached:
        reached |= more
    return set(plan.places) - reached
