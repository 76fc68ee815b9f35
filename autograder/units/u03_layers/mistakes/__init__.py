"""What students get wrong in this unit."""

from autograder.units.u03_layers.mistakes import (  # noqa: F401
    affine,
    layers,
    memory,
    scale,
    shapes,
    softmax,
    walk,
)
