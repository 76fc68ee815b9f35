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
    title="the loss is that of 1 - p",
    computed="the mean of -log(1 - p) at the label: so it comes out if 1 was subtracted from p at "
    "the label before the loss was taken from it",
    formula="loss = (1/N) Σ_i -log p[i, y_i]",
    ask="What does p hold at the label when the logarithm is taken? Is dx a second name for p?",
)
MISTAKES.words(GRADS_NOT_RESET, "rows", section=MEMORY)
