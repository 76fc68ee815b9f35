"""What students get wrong with layers whose rows are examples."""

from autograder.units.u03_layers.mistakes import (
    affine,
    layers,
    memory,
    scale,
    shapes,
    softmax,
    walk,
)

ROWS = (
    layers.MISTAKES,
    affine.MISTAKES,
    memory.MISTAKES,
    scale.MISTAKES,
    shapes.MISTAKES,
    softmax.MISTAKES,
    walk.MISTAKES,
)
