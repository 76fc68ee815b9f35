"""The exercises: one module a unit."""

from autograder.checks import (  # noqa: F401  importing a unit registers its exercises
    unit00,
    unit00_bias,
    unit00_products,
    unit01,
    unit01_passes,
    unit02,
    unit02_chain,
    unit02_losses,
    unit03,
    unit03_loss,
    unit03_walk,
    unit04,
    unit04_cost,
    unit04_forward,
    unit04_layers,
    unit04_training,
    unit05,
    unit05_compare,
    unit05_curve,
    unit05_mutants,
    unit05_network,
    unit07,
    unit07_forward,
    unit07_whole,
    unit08,
    unit08_chunks,
)
from autograder.checks.exercise import EXERCISES, Exercise, Property

__all__ = ["EXERCISES", "Exercise", "Property"]
