"""The exercises of unit 05, in the order of the notebook: importing enters them."""

from autograder.units.u05_gradient_check import (  # noqa: F401, I001
    numeric,
    imaginary,
    comparison,
    u_curve,
    network_check,
    student_test,
)
