"""Pictures of the course: one style sheet, alt text on everything, no pyplot state."""

from autograder.figures.blocks import blocks_picture
from autograder.figures.chunks import chunks_picture, norms_picture
from autograder.figures.clinic import case, case_picture, wrong_picture
from autograder.figures.clipping import clips_picture
from autograder.figures.coin import coin_picture
from autograder.figures.columns import network_picture
from autograder.figures.edited import edited_picture
from autograder.figures.expressions import diamonds_picture, graph_picture, visits_picture
from autograder.figures.jacobian import jacobian_picture
from autograder.figures.jacobians import chain_picture, multiplications_picture
from autograder.figures.kill import kill_picture
from autograder.figures.lanes import lane_norms_picture, lanes_picture
from autograder.figures.learning import learning_picture, tasks_picture
from autograder.figures.letters import letters_picture
from autograder.figures.lines_of_units import hidden_units_picture
from autograder.figures.picture import Picture, paint
from autograder.figures.ratios import as_fraction, ratio, ratio_picture
from autograder.figures.regions import regions_picture
from autograder.figures.rnn import unrolled_picture
from autograder.figures.rows import (
    cards_picture,
    revival_picture,
    slopes_picture,
    subgradient_picture,
)
from autograder.figures.saturation import saturation_picture
from autograder.figures.separating import separating_picture
from autograder.figures.shapes import broadcast_picture, shape_board
from autograder.figures.table import Table
from autograder.figures.training import activation_picture, cost_picture, training_picture
from autograder.figures.triangle import influence_picture, triangle_picture
from autograder.figures.ucurve import u_curve_picture
from autograder.figures.valleys import epochs_picture, valley_picture, weights_picture
from autograder.figures.windows import kernel_picture, pooling_picture

__all__ = [
    "Picture",
    "Table",
    "activation_picture",
    "as_fraction",
    "blocks_picture",
    "broadcast_picture",
    "cards_picture",
    "case",
    "case_picture",
    "chain_picture",
    "chunks_picture",
    "clips_picture",
    "coin_picture",
    "cost_picture",
    "diamonds_picture",
    "edited_picture",
    "epochs_picture",
    "graph_picture",
    "hidden_units_picture",
    "influence_picture",
    "jacobian_picture",
    "kernel_picture",
    "kill_picture",
    "lane_norms_picture",
    "lanes_picture",
    "learning_picture",
    "letters_picture",
    "multiplications_picture",
    "network_picture",
    "norms_picture",
    "paint",
    "pooling_picture",
    "ratio",
    "ratio_picture",
    "regions_picture",
    "revival_picture",
    "saturation_picture",
    "separating_picture",
    "shape_board",
    "slopes_picture",
    "subgradient_picture",
    "tasks_picture",
    "training_picture",
    "triangle_picture",
    "u_curve_picture",
    "unrolled_picture",
    "valley_picture",
    "visits_picture",
    "weights_picture",
    "wrong_picture",
]
