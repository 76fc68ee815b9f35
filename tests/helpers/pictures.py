"""One graph of each kind, and the pictures of every graph edit of the catalogue on it."""

from functools import cache

import numpy as np

from autograder.engine.diagnosis import Explanation
from autograder.engine.diagnosis.forms import LayerForm, WholeForm
from autograder.engine.diagnosis.hypothesis import Cause
from autograder.engine.picture import marks, picture, picture_of
from autograder.engine.problem import Claim, Problem
from autograder.networks import (
    affine_graph,
    cell_graph,
    layer_graph,
    loss_graph,
    output_graph,
    pointwise_graph,
    rnn_graph,
    rows_graph,
    scalar_graph,
    upstream_graph,
)
from autograder.networks.chunks import squared_graph, truncated
from autograder.units import CATALOGUE
from autograder.units.u04_network.instances import layer_inputs, mlp_instance
from autograder.units.u07_rnn.instances import rnn_instance


def _graphs():
    rng = np.random.default_rng(3)
    normal = rng.normal
    for depth, sizes in {1: (4, 1), 2: (4, 3, 1), 4: (6, 5, 4, 3, 1)}.items():
        yield f"mlp {depth}", mlp_instance(rng, sizes, 7).graph
    yield "mlp square", mlp_instance(rng, (3, 3, 3, 3), 3).graph
    yield "mlp 6", mlp_instance(rng, (5, 4, 4, 3, 3, 2, 1), 7).graph
    yield "layer", layer_graph(*layer_inputs(rng, 4, 3, 5), "relu")
    drawn = rnn_instance(rng, (3, 4, 2, 5, 4))
    yield "rnn 4", rnn_graph(drawn.x, drawn.y, drawn.a0, drawn.parameters)
    yield "upstream 4", upstream_graph(drawn.x, drawn.a0, drawn.parameters, drawn.da)
    first = drawn.x[..., 0], drawn.a0, drawn.parameters, drawn.da[..., 0]
    chunks = squared_graph(drawn.x, drawn.y, drawn.a0, drawn.parameters)
    yield "chunks", truncated(chunks, 2)
    yield "cell", cell_graph(*first)
    yield "output 4", output_graph(normal(size=(4, 5, 4)), drawn.y, drawn.parameters)
    yield "rnn 7", rnn_instance(rng, (3, 4, 2, 5, 7)).graph
    w1, b1, w2, b2 = normal(size=(4, 6)), normal(size=6), normal(size=(6, 3)), normal(size=3)
    y, x = rng.integers(0, 3, 5), normal(size=(5, 4))
    yield "rows", rows_graph(x, y, {"W1": w1, "b1": b1, "W2": w2, "b2": b2}, ("tanh",))
    yield "affine", affine_graph(x, w1, b1, normal(size=(5, 6)))
    yield "pointwise", pointwise_graph(x, normal(size=(5, 4)), "tanh")
    yield "loss", loss_graph(normal(size=(5, 3)), y)
    program = [("*", 0, 1), ("+", 2, 0), ("tanh", 3), ("*", 4, 2), ("+", 5, 5)]
    yield "expressions", scalar_graph(program, [2.1, -3.3])


def _problem(graph):
    m = graph.facts.m
    nodes = [node for node in reversed(graph.nodes()) if node not in ("J", "L")]
    return Problem(graph, {f"d{n}": Claim(n, m if n[0] in "ZA" else 1.0) for n in nodes})


PROBLEMS = {name: _problem(graph) for name, graph in _graphs()}


def causes_on(problem):
    """Every graph edit of the catalogue that applies, each form in its widest scope."""
    graph = problem.graph
    family = graph.facts.family
    scope = next(iter(graph.facts.scopes))
    found = [Cause(form, scope) for form in CATALOGUE.forms(LayerForm, family)]
    found += [Cause(form) for form in CATALOGUE.forms(WholeForm, family)]
    with np.errstate(all="ignore"):
        return [(cause, edits) for cause in found if (edits := cause.edits(problem))]


@cache
def drawn_on(name):
    """Title, edits, marks and picture of each graph edit that can be drawn on this graph."""
    return list(_drawn(PROBLEMS[name]))


def drawn(graph, found, title):
    """The picture of a graph with these marks."""
    return picture_of(graph, found, title)


def _drawn(problem):
    for cause, edits in causes_on(problem):
        found = marks(problem.graph, edits)
        if found:
            title = f"{cause.misconception.title}, {cause.form.detail}"
            shown = drawn(problem.graph, found, title)
            yield title, edits, found, (shown.svg, shown.caption)


def cause_on(name, id, detail=None):
    """The cause of this misconception in this form on a graph."""
    for cause, _ in causes_on(PROBLEMS[name]):
        if cause.misconception.id == id and detail in (None, cause.form.detail):
            return cause
    raise AssertionError(f"{id} ({detail}) does not occur on {name}")


def show(name, id, detail=None):
    """Its picture."""
    return picture(Explanation((cause_on(name, id, detail),)), [PROBLEMS[name]])
