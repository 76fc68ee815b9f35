"""The line of formula of each function: a step has no t and no dh."""

from __future__ import annotations

from autograder.engine.diagnosis.mistakes import Mistakes
from autograder.units.u07b_rnn_rows.mirror import FAMILY

MISTAKES = Mistakes(FAMILY)

MISTAKES.contract(
    "rnn_step_backward",
    {
        "dx": "dx = dz Wxᵀ",
        "dprev_h": "dprev_h = dz Whᵀ",
        "dWx": "dWx = xᵀ dz",
        "dWh": "dWh = prev_hᵀ dz",
        "db": "db = dz summed over the examples",
    },
)
MISTAKES.contract(
    "rnn_backward",
    {
        "dx": "dx[:, t] = dz_t Wxᵀ",
        "dh0": "dh0 = dz_1 Whᵀ",
        "dWx": "dWx = Σ_t x_tᵀ dz_t",
        "dWh": "dWh = Σ_t h_{t-1}ᵀ dz_t",
        "db": "db = Σ_t dz_t, summed over the examples",
    },
)
