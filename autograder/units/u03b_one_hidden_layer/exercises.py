"""The exercises of unit 03b, in the order of the notebook: importing enters them."""

from autograder.units.u03b_one_hidden_layer import (  # noqa: F401, I001
    initial,
    forward,
    backward,
    training,
    predicting,
)
