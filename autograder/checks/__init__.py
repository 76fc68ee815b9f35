"""The exercises: one module a unit."""

from autograder.checks import unit04, unit04_training  # noqa: F401  importing a unit registers its exercises
from autograder.checks import unit02, unit02_losses  # noqa: F401
from autograder.checks.exercise import EXERCISES, Exercise, Property

__all__ = ["EXERCISES", "Exercise", "Property"]
