"""What students get wrong with layers whose rows are examples."""

from autograder.units.u03_layers.mistakes import (
    affine,
    by_function,
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
    by_function.MISTAKES,
)
