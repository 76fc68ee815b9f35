"""What the clinic shows of a patient: the table of a case, and its picture where it has one."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np

from autograder.concepts.clinic import Patient, patient_of
from autograder.figures.edited import EditedGraph
from autograder.figures.picture import BACKWARD, FORWARD, PALE, Picture, paint
from autograder.figures.table import Table
from autograder.networks import Graph
from autograder.networks.columns import mlp_graph
from autograder.networks.rnn import upstream_graph

if TYPE_CHECKING:
    from matplotlib.figure import Figure


def case(number: int, answers: Mapping[Any, Any]) -> Table:
    """The table of a case, with the numbers of the student's own patient.

    Parameters
    ----------
    number : int
        1 to 12.
    answers : mapping
        With the student's id under ``"student"``.

    Raises
    ------
    ValueError
        If there is no such case, or no id.
    """
    patient = patient_of(number, answers)
    note = f"; {patient.note}" * bool(patient.note)
    return Table(patient.head, patient.rows, f"Case {number}, unit {patient.unit}{note}")


def case_picture(number: int, answers: Mapping[Any, Any]) -> Picture | EditedGraph:
    """The picture of a case: of a graph, of slopes, or of a training run.

    Raises
    ------
    ValueError
        If the case has no picture, or there is no id.
    """
    patient = patient_of(number, answers)
    if patient.curves:
        return curves_picture(patient.curves)
    if number == 6:
        return factors_picture(patient)
    if number in (7, 9):
        return wrong_picture(_layers() if number == 7 else _steps(), patient.wrong)
    raise ValueError(f"case {number} has no picture; its table is case({number}, ...)")


def wrong_picture(graph: Graph, wrong: list[str]) -> EditedGraph:
    """A graph with rings around the leaves whose gradient is wrong.

    Parameters
    ----------
    graph : Graph
    wrong : list of str
        Nodes; for a leaf also one of its wires, ``"x->z2"``.
    """
    try:  # no part of what runs beside a student's code where it is graded, so not at import time
        from autograder.engine.picture import framed, ringed
    except ModuleNotFoundError:
        told = "this picture is drawn in a notebook, and not where it is graded"
        return EditedGraph(told, f"<p>{told}</p>")
    drawn = ringed(graph, wrong)
    return EditedGraph(drawn.caption, framed(drawn.svg, drawn.caption))


def factors_picture(patient: Patient) -> Picture:
    """The patient's factors against z, and the slope of tanh."""
    numbers = [[float(cell.replace("−", "-")) for cell in row] for row in patient.rows]
    z, _, _, found = np.array(numbers).T
    line = np.linspace(-2, 2, 201)

    def draw(figure: Figure) -> None:
        axes = figure.subplots()
        axes.plot(line, 1 - np.tanh(line) ** 2, color=FORWARD, label="slope of tanh")
        axes.plot(z, found, "o", color=BACKWARD, label="the patient's factor")
        axes.axhline(0.0, color=PALE, lw=0.7, zorder=0)
        axes.set(xlabel="z", xlim=(-2, 2))
        axes.legend(loc="center left", bbox_to_anchor=(1.0, 0.5))

    points = ", ".join(f"{one:.2f} at {at:.2f}" for at, one in zip(z, found, strict=True))
    return paint(draw, (6.4, 3.0), f"The slope of tanh, and the patient's factors: {points}.")


def curves_picture(curves: Mapping[str, list[float]]) -> Picture:
    """Costs of runs of an optimiser, which are cut at 20."""

    def draw(figure: Figure) -> None:
        axes = figure.subplots()
        for (label, costs), style in zip(curves.items(), ("-", "--"), strict=True):
            axes.plot(costs, ls=style, label=label)
        axes.set(xlabel="updates", ylabel="cost $J$", ylim=(0, None))
        axes.legend(loc="center left", bbox_to_anchor=(1.0, 0.5))

    told = (f"{name} from {c[0]:.2f} to {c[-1]:.2f}" for name, c in curves.items())
    return paint(draw, (6.4, 3.0), f"Cost against updates: {'; '.join(told)}.")


@cache
def _layers() -> Graph:
    """The network of case 7; only its wires are drawn."""
    parameters = {f"W{n}": np.full((3, 3), 0.1) for n in (1, 2, 3)}
    parameters |= {f"b{n}": np.zeros((3, 1)) for n in (1, 2, 3)}
    return mlp_graph(np.ones((3, 2)), np.ones((3, 2)), parameters, ("tanh", "tanh", "sigmoid"))


@cache
def _steps() -> Graph:
    """The network of case 9; only its wires are drawn."""
    parameters = {"Wax": np.full((3, 2), 0.1), "Waa": np.full((3, 3), 0.1), "ba": np.zeros((3, 1))}
    return upstream_graph(np.ones((2, 4, 3)), np.zeros((3, 4)), parameters, np.ones((3, 4, 3)))
