"""Unit 07: small trials of the output layer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np

from autograder.engine.exercise import Trial
from autograder.engine.problem import Claim, Problem
from autograder.engine.student import Parameters, Student
from autograder.networks import output_graph
from autograder.units.u07_rnn.forward import label, stacked
from autograder.units.u07_rnn.instances import small_rnns


def small_outputs(
    claims: Mapping[str, Claim], student: Student, rng: np.random.Generator
) -> Iterator[Trial]:
    """One to three steps, one or two units."""
    for drawn in small_rnns(rng):
        a, y_pred = stacked(drawn, "a"), stacked(drawn, "yhat")
        graph = output_graph(a, drawn.y, drawn.parameters)
        args = (y_pred, drawn.y, a, Parameters(drawn.parameters))
        yield Trial(label(drawn), args, Problem(graph, {**claims, "da": Claim("a")}))
