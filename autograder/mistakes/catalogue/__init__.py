"""The catalogue: what students get wrong, in the words that they read; one table, without code."""

from types import ModuleType

from autograder.engine.diagnosis.misconception import Misconception
from autograder.mistakes.catalogue import (
    attention,
    chain,
    characters,
    convolution,
    expressions,
    gradient_check,
    gru,
    jacobians,
    long_time,
    lstm,
    memory,
    normalisation,
    optimisers,
    products,
    recurrent_cell,
    recurrent_time,
    regularisation,
    rows,
    scale,
    shapes,
    signal,
    slopes,
    softmax,
    wiring,
)

#: The parts of the table in reading order.
PARTS = (
    shapes,
    products,
    expressions,
    jacobians,
    slopes,
    softmax,
    rows,
    memory,
    scale,
    wiring,
    chain,
    signal,
    gradient_check,
    recurrent_cell,
    recurrent_time,
    regularisation,
    long_time,
    lstm,
    gru,
    optimisers,
    normalisation,
    characters,
    attention,
    convolution,
)


def entries(part: ModuleType) -> list[Misconception]:
    """Return the entries of one part, in the order in which they stand there."""
    return [value for value in vars(part).values() if isinstance(value, Misconception)]


#: All entries in reading order.
ENTRIES = tuple(entry for part in PARTS for entry in entries(part))
