"""The units of the course: their exercises and their misconceptions."""

from autograder.engine.diagnosis.catalogue import CATALOGUE
from autograder.engine.exercise import EXERCISES, Exercise, Property
from autograder.mistakes import chain, memory, products, scale, shapes, signal, slopes, wiring
from autograder.mistakes.catalogue import ENTRIES
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
from autograder.units.u01_graphs.mistakes import EXPRESSIONS
from autograder.units.u03_layers.mistakes import ROWS
from autograder.units.u04_network import mistakes as columns
from autograder.units.u07_rnn.mistakes import RECURRENT
from autograder.units.u08_long_time import mistakes as chunks

__all__ = ["CATALOGUE", "EXERCISES", "Exercise", "Property"]

SHARED = (shapes, products, slopes, memory, scale, wiring, chain, signal)

CATALOGUE.enter(
    ENTRIES,
    (
        *(part.MISTAKES for part in SHARED),
        *EXPRESSIONS,
        *ROWS,
        columns.MISTAKES,
        *RECURRENT,
        chunks.MISTAKES,
    ),
)
