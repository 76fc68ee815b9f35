"""Name the gradient that was computed instead."""

from autograder.engine.diagnosis.catalogue import CATALOGUE, Form, Misconception, behaves
from autograder.engine.diagnosis.explain import explain
from autograder.engine.diagnosis.hypothesis import Cause, Evidence, Explanation

__all__ = [
    "CATALOGUE",
    "Cause",
    "Evidence",
    "Explanation",
    "Form",
    "Misconception",
    "behaves",
    "explain",
]
