"""What students get wrong in this unit."""

from autograder.units.u07_rnn.mistakes import (  # noqa: F401
    bias,
    caches,
    cell,
    ends,
    loop,
    output,
    signal,
    tanh,
    time,
)
