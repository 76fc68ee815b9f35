"""The line of formula of `state_gradients`, which goes back without a cell."""

from __future__ import annotations

from autograder.engine.diagnosis.mistakes import Mistakes
from autograder.mistakes.catalogue.recurrent_cell import WAA_NO_TRANSPOSE
from autograder.mistakes.catalogue.recurrent_time import BPTT_DA_IGNORED, BPTT_MISSING_DA_PREVT

MISTAKES = Mistakes("rnn")

_LINE = "g_{t-1} = da_{t-1} + Waaᵀ ((1 - a_t²) * g_t)"
for _entry in (WAA_NO_TRANSPOSE, BPTT_DA_IGNORED, BPTT_MISSING_DA_PREVT):
    MISTAKES.words(_entry, "state_gradients", "grad_norms", formula=_LINE)
