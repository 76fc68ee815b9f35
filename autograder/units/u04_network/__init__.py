"""Unit 04: the L-layer network; columns are examples."""

from autograder.units.u04_network import (  # noqa: F401, I001  in the order of the notebook
    model_backward,
    cost,
    forward,
    layer_backward,
    training,
)
