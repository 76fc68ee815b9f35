"""Pictures of the course: one style sheet, alt text on everything, no pyplot state."""

from autograder.figures.coin import coin_picture
from autograder.figures.jacobian import jacobian_picture
from autograder.figures.jacobians import chain_picture, multiplications_picture
from autograder.figures.network import network_picture
from autograder.figures.picture import Picture, paint
from autograder.figures.ratios import as_fraction, ratio, ratio_picture
from autograder.figures.table import Table
from autograder.figures.training import activation_picture, cost_picture, training_picture

__all__ = [
    "Picture",
    "Table",
    "activation_picture",
    "as_fraction",
    "chain_picture",
    "coin_picture",
    "cost_picture",
    "jacobian_picture",
    "multiplications_picture",
    "network_picture",
    "paint",
    "ratio",
    "ratio_picture",
    "training_picture",
]
