"""The words of misconceptions about caches."""

from __future__ import annotations

from autograder.mistakes.catalogue import chain, memory, recurrent_cell
from autograder.units.u07b_rnn_rows.mistakes.words import CACHES, Row, worded

_TABLE: tuple[Row, ...] = (
    (
        recurrent_cell.BPTT_WRONG_CACHE,
        "each step goes back with its own cache; index -1 is the last step",
        CACHES,
        {
            "ask": "Print the step and the index of the cache in each round of your loop. Do they "
            "belong together?"
        },
    ),
    (
        recurrent_cell.NEGATIVE_INDEX_WRAP,
        "dWh = Σ_t prev_h_tᵀ dz_t, where prev_h of the first step is h0",
        CACHES,
        {"ask": "What does h[:, t - 1] hold at t = 0?"},
    ),
    (
        chain.ALIAS_LAST_CACHE,
        "each step goes back with its own cache, an object of its own",
        CACHES,
        {
            "title": "every step goes back with the last cache",
            "computed": "a gradient in which all steps go back with the cache of the last one",
            "ask": "Are the caches that your forward pass keeps T objects, or T names of one? If "
            "they are T, which one does your loop take in each round?",
        },
    ),
    (
        memory.CACHE_VIEW_ALIASING,
        "x[:, t] and h[:, t - 1] are views: keep copies",
        CACHES,
        {},
    ),
    (
        memory.SHARED_GRAD_ARRAY,
        "dx[:, t] = dz_t Wxᵀ",
        CACHES,
        {
            "title": "all steps of dx are the same",
            "computed": "a dx that holds what the first step gives, the last that the loop makes, "
            "at every step: as if all steps were one array, written anew each time",
            "ask": "Which part of dx does one round of your loop write into? If you collect it in "
            "a list, is each entry an array of its own?",
        },
    ),
    (
        memory.DA_MUTATED_IN_PLACE,
        "dnext_h = dh[:, t] + dprev_h, a new array; never dh[:, t] += dprev_h",
        memory.DA_MUTATED_IN_PLACE.section,
        {
            "ask": "After your function has run, what does the caller's array hold? Which line "
            "wrote into it?"
        },
    ),
    (memory.GRADS_NOT_RESET, "", CACHES, {}),
)
MISTAKES = worded(_TABLE)
