"""Unit 07: the recurrent network, back-propagation through time."""

from autograder.units.u07_rnn import (  # noqa: F401  in the order of the notebook
    backward,
    forward,
    whole_network,
)
