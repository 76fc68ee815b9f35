"""Unit 03: layer recipes with caches; rows are examples."""

from autograder.units.u03_layers import (  # noqa: F401, I001  in the order of the notebook
    layers,
    loss,
    backprop,
)
