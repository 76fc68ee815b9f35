"""The words of mistakes that come from elsewhere, in the functions of unit 05."""

from __future__ import annotations

from autograder.engine.diagnosis.mistakes import Mistakes
from autograder.mistakes.catalogue.gradient_check import GRADCHECK_INTEGER_DTYPE
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
MISTAKES.words(
    GRADCHECK_INTEGER_DTYPE,
    "complex_step",
    title="an array of integers on the way",
    computed="what an array of integers leaves of θ + i h: no imaginary part",
    formula="theta = np.array(theta, dtype=complex)",
    ask="Of which dtype is the array that takes θ + i h, where theta holds integers?",
)
