"""The words of misconceptions about the loop through time."""

from __future__ import annotations

from autograder.mistakes.catalogue import recurrent_cell, recurrent_time
from autograder.units.u07b_rnn_rows.mistakes.words import ARROWS, TRIANGLE, Row, worded

_TOTAL = "dnext_h of step t = dh[:, t] + dprev_h"

_TABLE: tuple[Row, ...] = (
    (
        recurrent_time.BPTT_MISSING_DA_PREVT,
        _TOTAL,
        ARROWS,
        {
            "title": "dprev_h is missing",
            "computed": "the exact gradient of a network whose wires from h_t to the next step are "
            "cut: the values pass, nothing comes back, and each step hears its own loss only",
            "ask": "h_t feeds two things: its own loss, and the next step. Through which of the "
            "two do later losses come back?",
        },
    ),
    (
        recurrent_time.BPTT_CARRY_ACCUMULATED,
        "dprev_h = dz_t Whᵀ takes the place of the old one; dWx, dWh and db are added up",
        ARROWS,
        {
            "title": "dprev_h is added up over the steps",
            "computed": "a gradient in which dprev_h keeps what all later steps sent back, as if "
            "h_t fed not only the next step but every later one directly",
        },
    ),
    (
        recurrent_time.DA0_ADDED_UP,
        "dh0 = dprev_h of step 1, the last one that the loop makes",
        ARROWS,
        {
            "title": "dh0 is added up over the steps",
            "computed": "a dh0 to which every step has sent back, as if h_0 fed every step "
            "directly",
            "ask": "Of how many steps is h_0 an input?",
        },
    ),
    (
        recurrent_time.BPTT_ONE_STEP_BACK,
        "dprev_h = dz_{t+1} Whᵀ, where dz_{t+1} is made of dh and of what arrived there",
        ARROWS,
        {},
    ),
    (
        recurrent_time.BPTT_STEPS_LEFT_OUT,
        "for t in reversed(range(T)): t = T - 1, ..., 1, 0",
        ARROWS,
        {"ask": "Print t in each round of your loop, for T = 3. Which step is not there?"},
    ),
    (
        recurrent_time.BPTT_DA_IGNORED,
        _TOTAL,
        ARROWS,
        {
            "title": "dh never enters",
            "ask": "Your loop starts from dprev_h = 0. Where does the loss of step t come in?",
        },
    ),
    (
        recurrent_time.BPTT_LAST_LOSS_ONLY,
        "J = Σ_t J_t: each step brings its own dh[:, t]",
        ARROWS,
        {},
    ),
    (
        recurrent_time.BPTT_DA_PREVT_EQUALS_DA_T_MINUS_1,
        "dprev_h = dz_{t+1} Whᵀ, which no dh[:, t] is",
        ARROWS,
        {
            "title": "a dh[:, t] taken for dprev_h",
            "ask": "Each dh[:, t] comes from the loss of one step. Where does dprev_h come from?",
        },
    ),
    (
        recurrent_time.UPSTREAM_MEANS_EARLIER_LAYER,
        "dnext_h is the derivative with respect to the state that comes out of this very step",
        ARROWS,
        {
            "title": "the dh of another step",
            "computed": "a gradient in which step t receives the dh of a neighbour",
            "ask": "Upstream means towards the loss. On which side of the step is its loss?",
        },
    ),
    (
        recurrent_time.BPTT_FORWARD_DIRECTION,
        "for t in reversed(range(T))",
        ARROWS,
        {
            "ask": "dprev_h comes out of step t + 1. Is step t + 1 done when your loop is at step "
            "t?",
        },
    ),
    (
        recurrent_time.BPTT_DOUBLE_COUNT,
        "either T traversals without a carry, or one traversal with it",
        TRIANGLE,
        {
            "computed": "total derivatives of J times total derivatives of h_t: the loss of a late "
            "step reaches an early one several times",
        },
    ),
    (
        recurrent_time.BPTT_LOOPS_WITHOUT_CARRY,
        "the dnext_h of step t - 1 holds the dprev_h that comes out of step t",
        TRIANGLE,
        {
            "computed": "loops over losses and steps in which the inner one never hands dprev_h "
            "on: in every round a step receives a dh alone, as if no other step lay between it and "
            "that loss",
            "ask": "Follow one round of your inner loop by hand. Which line gives step t - 1 what "
            "came out of step t?",
        },
    ),
    (
        recurrent_time.BPTT_QUADRATIC_COST,
        "sum of the derivatives = derivative of the sum: add before the step, then go back once",
        TRIANGLE,
        {
            "computed": "a sum in which each loss walked back alone: T(T+1)/2 calls of the step, "
            "where T suffice",
        },
    ),
    (
        recurrent_time.BPTT_CELL_CALLED_TWICE,
        "one step is linear in its upstream, so dh[:, t] and dprev_h may be added before it",
        TRIANGLE,
        {
            "computed": "the right sum, with dh[:, t] and dprev_h sent through the step one after "
            "the other: two calls a step, where one suffices",
        },
    ),
    (
        recurrent_time.IMMEDIATE_VS_TOTAL_DERIVATIVE,
        _TOTAL,
        ARROWS,
        {
            "title": "the weights hear their own loss only",
            "computed": "dWx, dWh and db made of dh[:, t] alone, where dx and dh0 heard the later "
            "losses too",
            "ask": "Which dz made your dWh: that of dh[:, t], or that of dh[:, t] + dprev_h?",
        },
    ),
    (
        recurrent_cell.CLIP_WRONG_PLACE,
        "first the whole gradient, then np.clip, then the update",
        ARROWS,
        {"ask": "What you hand on was clipped. Of which loss is it still the derivative?"},
    ),
    (
        recurrent_time.DA0_NOT_RETURNED,
        "dh0 = dz_1 Whᵀ, the dprev_h that is left when the loop ends",
        ARROWS,
        {
            "title": "dh0 is not the last dprev_h",
            "computed": "a dh0 that is not the derivative with respect to the initial state h_0",
            "ask": "After the last pass of your loop, t = 0, what does dprev_h belong to?",
        },
    ),
)
MISTAKES = worded(_TABLE)
