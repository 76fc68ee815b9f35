"""The words of mistakes that come from elsewhere, in the functions of unit 05."""

from __future__ import annotations

from autograder.engine.diagnosis.mistakes import Mistakes
from autograder.mistakes.catalogue.scale import SIGN_FLIP

MISTAKES = Mistakes()
MISTAKES.words(
    SIGN_FLIP,
    "numerical_gradient",
    computed="the difference in the other direction: each slope is right but for its sign",
    formula="(f(θ + h) - f(θ - h)) / (2 h)",
    ask="Of a function that rises, which is larger: f(θ + h) or f(θ - h)?",
    section="05, Centred",
)
