"""Unit 05: the gradient check as an instrument."""

from autograder.units.u05_gradient_check import (  # noqa: F401, I001  in the order of the notebook
    numeric,
    comparison,
    u_curve,
    student_test,
    network_check,
)
