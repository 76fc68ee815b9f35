"""Unit 08: long time; truncated back-propagation."""

from autograder.units.u08_long_time import (  # noqa: F401, I001  in the order of the notebook
    norms,
    chunks,
)
