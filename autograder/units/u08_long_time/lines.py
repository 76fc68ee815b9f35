"""The line of formula of `state_gradients`, which goes back without a cell."""

from __future__ import annotations

from autograder.engine.diagnosis.mistakes import Mistakes
from autograder.mistakes.catalogue.recurrent_cell import (
    DA_PREV_SKIPS_TANH,
    TANH_APPLIED_TWICE,
    TANH_PRIME_OF_A_PREV,
    WAA_NO_TRANSPOSE,
)
from autograder.mistakes.catalogue.recurrent_time import BPTT_DA_IGNORED, BPTT_MISSING_DA_PREVT

MISTAKES = Mistakes("rnn")

_LINE = "g_{t-1} = da_{t-1} + Waaᵀ ((1 - a_t²) * g_t)"
_ENTRIES = (
    WAA_NO_TRANSPOSE,
    DA_PREV_SKIPS_TANH,
    TANH_APPLIED_TWICE,
    TANH_PRIME_OF_A_PREV,
    BPTT_DA_IGNORED,
    BPTT_MISSING_DA_PREVT,
)
for _entry in _ENTRIES:
    MISTAKES.words(_entry, "state_gradients", "grad_norms", formula=_LINE)

MISTAKES.contract("state_gradients", {"g": _LINE})
MISTAKES.contract("step_jacobian", {"jacobian": "jacobian = diag(1 - a_next²) Waa"}, on=("",))
