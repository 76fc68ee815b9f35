"""A graph with the edits of somebody's slip on it, drawn as in the report of `check`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from autograder.networks import Edits, Graph


@dataclass(frozen=True)
class EditedGraph:
    """A drawing that takes the colour of the text around it, and the sentence below it.

    Attributes
    ----------
    alt : str
        What is marked, in words; also the picture's plain-text form.
    html : str
        The drawing with its sentence below it.
    """

    alt: str
    html: str

    def __repr__(self) -> str:
        return f"[picture: {self.alt}]"

    def _repr_mimebundle_(self, **_: Any) -> dict[str, str]:
        return {"text/html": self.html, "text/plain": repr(self)}


def edited_picture(graph: Graph, edits: Edits) -> EditedGraph:
    """Draw a graph, and on it what edits do to the way back: measured, not told.

    Parameters
    ----------
    graph : Graph
    edits : mapping of str to function
        As for `autograder.oracle.gradient`. An edit at a node names the wires that it reads,
        ``seen["Z1->A1"]``.

    Raises
    ------
    ValueError
        If no wire of the graph is changed by them.
    """
    try:  # no part of what runs beside a student's code where it is graded, so not at import time
        from autograder.engine.picture import framed, marks, picture_of
    except ModuleNotFoundError:
        told = "this picture is drawn in a notebook, and not where it is graded"
        return EditedGraph(told, f"<p>{told}</p>")
    found = marks(graph, edits)
    if not found:
        raise ValueError(f"the edits at {sorted(edits)} change no wire of this graph")
    drawn = picture_of(graph, found, "Computation graph with edited wires")
    return EditedGraph(drawn.caption, framed(drawn.svg, drawn.caption))
