"""The units of the course: their exercises and their misconceptions."""

from autograder.engine.exercise import EXERCISES, Exercise, Property
from autograder.mistakes import (  # noqa: F401  importing fills the catalogue
    chain,
    memory,
    products,
    scale,
    shapes,
    signal,
    slopes,
    softmax,
    wiring,
)
from autograder.units import (  # noqa: F401  importing a unit registers its exercises
    u00_shapes,
    u01_graphs,
    u02_jacobians,
    u03_layers,
    u04_network,
    u05_gradient_check,
    u07_rnn,
    u08_long_time,
)

__all__ = ["EXERCISES", "Exercise", "Property"]
