"""The exercises: one module a unit."""

from autograder.checks import (  # noqa: F401  importing a unit registers its exercises
    unit01,
    unit01_passes,
    unit02,
    unit02_losses,
    unit03,
    unit03_loss,
    unit04,
    unit04_training,
    unit07,
    unit07_whole,
)
from autograder.checks.exercise import EXERCISES, Exercise, Property

__all__ = ["EXERCISES", "Exercise", "Property"]
