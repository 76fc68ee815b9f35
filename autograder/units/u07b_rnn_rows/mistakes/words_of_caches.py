"""The words of misconceptions about caches."""

from __future__ import annotations

from autograder.mistakes.catalogue import chain, memory, recurrent_cell
from autograder.units.u07b_rnn_rows.mistakes.words import CACHES, Row, worded

_TABLE: tuple[Row, ...] = (
    (
        recurrent_cell.BPTT_WRONG_CACHE,
        "cache[t] belongs to step t; index -1 is the last step",
        CACHES,
        {},
    ),
    (
        recurrent_cell.NEGATIVE_INDEX_WRAP,
        "dWh = Σ_t prev_h_tᵀ dz_t, where prev_h of the first step is h0",
        CACHES,
        {"ask": "What does h[:, t - 1] hold at t = 0?"},
    ),
    (
        chain.ALIAS_LAST_CACHE,
        "cache[t] belongs to step t, and is an object of its own",
        CACHES,
        {
            "title": "every step has the last cache",
            "computed": "a gradient in which all steps go back with the cache of the last one",
            "ask": "Is cache[0] the same object as cache[1]?",
        },
    ),
    (memory.CACHE_VIEW_ALIASING, "x[:, t] is a view of x: a cache keeps a copy", CACHES, {}),
    (
        memory.SHARED_GRAD_ARRAY,
        "dx[:, t] = ... copies; a list [buffer] * T holds one array T times",
        CACHES,
        {
            "computed": "a dx whose steps are one and the same array, overwritten at every step",
            "ask": "Are the entries of your list T arrays, or T names of one?",
        },
    ),
    (
        memory.DA_MUTATED_IN_PLACE,
        "dnext_h = dh[:, t] + dprev_h, a new array; never dh[:, t] += dprev_h",
        CACHES,
        {
            "ask": "After your function has run, what does the caller's array hold? Which line "
            "wrote into it?"
        },
    ),
    (memory.GRADS_NOT_RESET, "", CACHES, {}),
)
MISTAKES = worded(_TABLE)
