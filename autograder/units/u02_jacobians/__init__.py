"""Unit 02: Jacobians, and which end of the chain to start from."""

from autograder.units.u02_jacobians import (  # noqa: F401, I001  in the order of the notebook
    jacobians,
    chain,
    losses,
)
