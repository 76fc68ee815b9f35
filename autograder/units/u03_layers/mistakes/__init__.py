"""What students get wrong with layers whose rows are examples."""

from autograder.units.u03_layers.mistakes import (
    affine,
    layers,
    lines,
    memory,
    scale,
    shapes,
    slopes,
    softmax,
    walk,
)

ROWS = (
    layers.MISTAKES,
    slopes.MISTAKES,
    affine.MISTAKES,
    memory.MISTAKES,
    scale.MISTAKES,
    shapes.MISTAKES,
    softmax.MISTAKES,
    walk.MISTAKES,
    lines.MISTAKES,
)
