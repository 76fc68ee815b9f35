"""The words of misconceptions about sums: db, 1/N, what is added up over the steps."""

from __future__ import annotations

from autograder.mistakes.catalogue import (
    recurrent_cell,
    recurrent_time,
    rows,
    scale,
    shapes,
    wiring,
)
from autograder.units.u07b_rnn_rows.mistakes.words import STEP, SUMS, Row, worded

_BIAS = "db = np.sum(dz, axis=0), of the shape of b"

_TABLE: tuple[Row, ...] = (
    (
        rows.DB_EXTRA_AXIS,
        _BIAS,
        SUMS,
        {"computed": "db with the right numbers in shape (1, H), where b has shape (H,)"},
    ),
    (
        shapes.DB_WRONG_AXIS,
        _BIAS,
        SUMS,
        {
            "computed": "the sum of dz over the units of each example, where the sum over the "
            "examples of each unit was meant",
            "ask": "b was copied along one axis of z. Along which, and which one did you sum over?",
        },
    ),
    (
        shapes.DB_NO_SUM,
        _BIAS,
        SUMS,
        {
            "computed": "dz itself, one db for each example: the sum over the examples is missing",
            "ask": "b has H entries. How many has your db, and why?",
        },
    ),
    (
        shapes.DB_SUM_ALL,
        _BIAS,
        SUMS,
        {
            "computed": "the gradient of a network in which all units share one bias",
            "ask": "np.sum without an axis gives one number. How many entries has b?",
        },
    ),
    (
        shapes.DB_FROM_DW_ROWSUM,
        _BIAS,
        SUMS,
        {
            "title": "db taken from a weight's gradient",
            "computed": "the column sums of a weight's gradient: the gradient of a network that "
            "multiplies b by the sum of what the weight meets",
            "ask": "Does b meet x or prev_h anywhere in z = prev_h Wh + x Wx + b?",
        },
    ),
    (
        wiring.DB_FORGOTTEN,
        _BIAS,
        SUMS,
        {"computed": "the gradient of a network without a way from b to the cost"},
    ),
    (
        scale.DB_MEAN_AND_ONE_OVER_M,
        "db = np.sum(dz, axis=0)",
        SUMS,
        {
            "computed": "a db divided by N: a mean over the examples, where what arrives has paid "
            "1/N already",
            "ask": "np.mean divides by N by itself. Which 1/N has been paid before your function "
            "was called?",
        },
    ),
    (
        recurrent_cell.RNN_DIVIDE_BY_M_AGAIN,
        "dWx = xᵀ dz, dWh = prev_hᵀ dz and db = the sum of dz over the examples: no 1/N",
        SUMS,
        {
            "title": "1/N is paid again",
            "computed": "gradients of J/N: what arrives carries 1/N already, and it was divided "
            "once more",
            "ask": "Read the contract: does the gradient that comes in belong to the sum over the "
            "examples or to their mean?",
        },
    ),
    (
        scale.ONE_OVER_M_TWICE,
        "dz = dnext_h * (1 - next_h²): no 1/N, what arrives carries it already",
        SUMS,
        {
            "title": "1/N is paid twice",
            "computed": "the gradient of J/N: what arrives was divided by N once more",
            "ask": "Is the gradient that comes in already divided by N? What does the contract "
            "say?",
        },
    ),
    (
        scale.ONE_OVER_M_PER_LAYER,
        "dprev_h = dz Whᵀ, without 1/N: the signal is handed on, not averaged",
        SUMS,
        {
            "title": "1/N is paid at every step",
            "computed": "a gradient that pays 1/N at every step on its way back",
            "ask": "Compare the ratio (yours / numeric) of dx at the last step and the step "
            "before. What multiplies it?",
        },
    ),
    (
        recurrent_cell.DIVIDE_BY_T,
        "dWx = Σ_t x_tᵀ dz_t, dWh and db likewise: sums over t, no mean",
        SUMS,
        {"computed": "the gradient of the mean over the steps, where J is their sum"},
    ),
    (
        scale.LOSS_DERIVATIVE_WRONG,
        "dz = dnext_h * (1 - next_h²): no factor 2 or 1/2",
        STEP,
        {"title": "a factor of 2"},
    ),
    (
        recurrent_time.BPTT_OVERWRITE_NOT_ACCUMULATE,
        "dWh = Σ_t prev_h_tᵀ dz_t: one weight, T uses",
        SUMS,
        {
            "ask": "How often does the forward pass use Wh, and how many contributions are in your "
            "dWh?",
        },
    ),
    (
        recurrent_time.DX_ACCUMULATED,
        "dx[:, t] = dz_t Wxᵀ: x[:, t] is used once, the weights T times",
        SUMS,
        {"ask": "How many steps read x[:, t]? How many contributions does dx[:, t] get?"},
    ),
)
MISTAKES = worded(_TABLE)
