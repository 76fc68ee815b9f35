"""Misconceptions about memory with rows as examples: what is overwritten, and whose it is."""

from __future__ import annotations

from autograder.engine.diagnosis.mistakes import Mistakes
from autograder.mistakes.catalogue.memory import (
    DA_MUTATED_IN_PLACE,
    GRADS_NOT_RESET,
    INPLACE_P_MINUS_Y,
    INPLACE_RELU_MUTATES_DA,
)
from autograder.units.u03_layers.mistakes.layers import MEMORY

MISTAKES = Mistakes("rows")

for _entry in (DA_MUTATED_IN_PLACE, INPLACE_RELU_MUTATES_DA, INPLACE_P_MINUS_Y):
    MISTAKES.words(_entry, "rows", section=MEMORY)
MISTAKES.words(
    INPLACE_RELU_MUTATES_DA,
    "rows",
    title="ReLU's mask was written into dout",
    computed="a masked dx, and the caller's dout masked with it",
    formula="dx = dout * (x > 0), or mask a copy of dout",
    ask="After your function has run, what does the caller's dout hold?",
)
MISTAKES.words(
    INPLACE_P_MINUS_Y,
    "rows",
    title="an array that is still needed was overwritten",
    computed="numbers from an array that was changed in place: the scores that came in, or the "
    "probabilities before the loss was taken from them",
    formula="dx = p.copy(); dx[np.arange(N), y] -= 1",
    ask="Which line writes into an array with -= or [...] = , and who reads it afterwards?",
)
MISTAKES.words(GRADS_NOT_RESET, "rows", section=MEMORY)
