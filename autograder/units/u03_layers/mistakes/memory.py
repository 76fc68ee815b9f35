"""Misconceptions about memory with rows as examples: what is overwritten, and whose it is."""

from __future__ import annotations

from autograder.engine.diagnosis.catalogue import CATALOGUE, misconception
from autograder.mistakes import memory as behaviour  # noqa: F401  it fills the catalogue
from autograder.units.u03_layers.mistakes.layers import MEMORY

for _id in ("da-mutated-in-place", "inplace-relu-mutates-da", "inplace-p-minus-y"):
    CATALOGUE[_id].reword("rows", section=MEMORY)
CATALOGUE["inplace-relu-mutates-da"].reword(
    "rows",
    title="ReLU's mask was written into dout",
    computed="a masked dx, and the caller's dout masked with it",
    formula="dx = dout * (x > 0), or mask a copy of dout",
    ask="After your function has run, what does the caller's dout hold?",
)
CATALOGUE["inplace-p-minus-y"].reword(
    "rows",
    title="an array that is still needed was overwritten",
    computed="numbers from an array that was changed in place: the scores that came in, or the "
    "probabilities before the loss was taken from them",
    formula="dx = p.copy(); dx[np.arange(N), y] -= 1",
    ask="Which line writes into an array with -= or [...] = , and who reads it afterwards?",
)
misconception(
    "cache-borrowed",
    unit="03",
    title="the cache is the caller's array",
    computed="a cache that owns nothing: overwritten before the way back, it gives the gradient at "
    "another point than the forward pass saw",
    formula="cache = (x.copy(), w.copy()), or what is computed from them",
    ask="A training step ends with w -= rate * dw. What does the cache hold afterwards?",
    section=MEMORY,
)
CATALOGUE["grads-not-reset"].reword("rows", section=MEMORY)
