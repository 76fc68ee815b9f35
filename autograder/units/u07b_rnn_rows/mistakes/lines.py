"""The line of formula of each function: a step has no t and no dh."""

from __future__ import annotations

from autograder.engine.diagnosis.mistakes import Mistakes
from autograder.mistakes.catalogue.recurrent_time import (
    BPTT_STEPS_LEFT_OUT,
    DA0_NOT_RETURNED,
    DX_ACCUMULATED,
)
from autograder.mistakes.catalogue.scale import SIGN_FLIP
from autograder.units.u07b_rnn_rows.mirror import FAMILY
from autograder.units.u07b_rnn_rows.mistakes.words import ARROWS, SUMS, TRIANGLE

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

#: One way of a mistake has its own words.
MISTAKES.words(
    SIGN_FLIP,
    FAMILY,
    of="dh - dprev_h",
    title="dprev_h enters with a minus",
    computed="a gradient in which what the next step sends back enters with a minus",
    formula="dnext_h of step t = dh[:, t] + dprev_h",
    ask="h_t feeds two things, and J moves through both. With which sign do their two signals meet "
    "in your line?",
    section=ARROWS,
)
MISTAKES.words(
    DA0_NOT_RETURNED,
    FAMILY,
    of="that of the last traversal only",
    title="only the last loss is in dh0",
    computed="a dh0 that holds what the loss of the last step sends back to h_0, and no other loss",
    ask="Each loss sends something back to h_0. How many such pieces are in your dh0?",
    section=TRIANGLE,
)
MISTAKES.words(
    DX_ACCUMULATED,
    FAMILY,
    of="dx of the last traversal only",
    title="only the last loss is in dx",
    computed="a dx that holds what the loss of the last step says of each x[:, t], and no other "
    "loss",
    formula="dx[:, t] is a sum over the losses of step t and of all later ones",
    ask="How many losses reach step 1, and how many of them are in your dx[:, 0]?",
    section=TRIANGLE,
)
MISTAKES.words(
    DX_ACCUMULATED,
    FAMILY,
    of="the first step only",
    title="only the first step of dx is there",
    computed="a dx whose first step is right, and all others zero",
    ask="Which part of dx does each round of your loop write into?",
    section=SUMS,
)
for _step in ("first", "last"):
    MISTAKES.words(
        DX_ACCUMULATED,
        FAMILY,
        of=f"dx is that of the {_step} step",
        title="dx has no time axis",
        computed=f"a dx of one step, the {_step} one: the others are not there",
        formula="dx[:, t] = dz_t Wxᵀ, of the shape of x",
        ask="Which shape has x, and into which part of dx does each round of your loop write?",
        section=SUMS,
    )
for _detail in ("in each traversal that of the loss itself", "in each traversal the first one"):
    MISTAKES.words(
        BPTT_STEPS_LEFT_OUT,
        FAMILY,
        of=_detail,
        title="each traversal leaves a step out",
        computed="one traversal for each loss, and each of them lacks one step",
        formula="the loss of step t goes back through the steps t, t - 1, ..., 1",
        ask="Print the loss and the step in each round of your loops, for T = 3. Which pairs are "
        "not there?",
        section=TRIANGLE,
    )
