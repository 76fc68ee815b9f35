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
from autograder.units.u00_shapes import exercises as u00  # noqa: F401
from autograder.units.u01_graphs import exercises as u01  # noqa: F401
from autograder.units.u02_jacobians import exercises as u02  # noqa: F401
from autograder.units.u03_layers import exercises as u03  # noqa: F401
from autograder.units.u04_network import exercises as u04  # noqa: F401
from autograder.units.u05_gradient_check import exercises as u05  # noqa: F401
from autograder.units.u07_rnn import exercises as u07  # noqa: F401
from autograder.units.u08_long_time import exercises as u08  # noqa: F401

__all__ = ["EXERCISES", "Exercise", "Property"]
