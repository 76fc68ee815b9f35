"""Forward passes with named nodes: the only thing the grader knows of a network."""

from autograder.networks.columns import activation_graph, layer_graph, mlp_graph
from autograder.networks.expressions import Program, scalar_graph, spell
from autograder.networks.rnn import (
    as_family,
    cell_graph,
    output_graph,
    rnn_graph,
    upstream_graph,
)
from autograder.networks.rows import affine_graph, loss_graph, pointwise_graph, rows_graph
from autograder.networks.tap import Array, Edit, Edits, Graph, Tap

__all__ = [
    "Array",
    "Edit",
    "Edits",
    "Graph",
    "Program",
    "Tap",
    "activation_graph",
    "affine_graph",
    "as_family",
    "cell_graph",
    "layer_graph",
    "loss_graph",
    "mlp_graph",
    "output_graph",
    "pointwise_graph",
    "rnn_graph",
    "rows_graph",
    "scalar_graph",
    "spell",
    "upstream_graph",
]
