"""Forward passes with named nodes: the only thing the grader knows of a network."""

from autograder.networks.mlp import activation_graph, layer_graph, mlp_graph
from autograder.networks.tap import Array, Edit, Edits, Graph, Tap

__all__ = [
    "Array",
    "Edit",
    "Edits",
    "Graph",
    "Tap",
    "activation_graph",
    "layer_graph",
    "mlp_graph",
]
