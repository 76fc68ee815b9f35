"""The words and lines of formula of the functions of unit 12."""

from __future__ import annotations

from autograder.engine.diagnosis.mistakes import Mistakes
from autograder.mistakes.catalogue import attention as told
from autograder.mistakes.catalogue import memory, softmax, wiring
from autograder.networks.attention import FAMILY

MISTAKES = Mistakes(FAMILY)

MISTAKES.contract(
    "softmax_rows_backward", {"dS": "dS = P * (dP - Σ_k P_k dP_k), the sum over each row"}
)
MISTAKES.contract(
    "attention_backward",
    {
        "dQ": "dQ = dS K / √d_k, where dP = dout Vᵀ and dS = P * (dP - Σ_k P_k dP_k)",
        "dK": "dK = dSᵀ Q / √d_k, where dP = dout Vᵀ and dS = P * (dP - Σ_k P_k dP_k)",
        "dV": "dV = Pᵀ dout",
    },
)
MISTAKES.contract(
    "self_attention_backward",
    {
        "dX": "dX = dout + dQ Wqᵀ + dK Wkᵀ + dV Wvᵀ",
        "dWq": "dWq = Xᵀ dQ, dQ with the columns of all heads side by side",
        "dWk": "dWk = Xᵀ dK, dK with the columns of all heads side by side",
        "dWv": "dWv = Xᵀ dV, dV with the columns of all heads side by side",
        "dWo": "dWo = Hᵀ dout",
    },
)

_ROW = "12, The way back through a softmax"
MISTAKES.words(
    softmax.SOFTMAX_DIAGONAL_ONLY,
    FAMILY,
    computed="a gradient as if each weight depended on its own score alone",
    formula="dS = P * (dP - Σ_k P_k dP_k), the sum over each row",
    ask="If one score of a row rises, what happens to the other weights of that row?",
    section=_ROW,
)
MISTAKES.words(
    softmax.SOFTMAX_WRONG_AXIS,
    FAMILY,
    title="the sum on the way back is not that over a row",
    computed="a dS from which another sum is taken off than that over the keys of one query",
    formula="dS = P * (dP - Σ_k P_k dP_k), the sum over each row: axis=-1, keepdims=True",
    ask="What does one row of your dS add up to? Move all scores of a row by as much: what "
    "becomes of its weights, so what should it be?",
    section=_ROW,
)
MISTAKES.words(
    wiring.MISSING_W_TRANSPOSE,
    FAMILY,
    computed="the gradient of a layer that uses Wᵀ on the way back where it used W forward; "
    "shapes agree because W is square here",
    formula="dX = dout + dQ Wqᵀ + dK Wkᵀ + dV Wvᵀ, and dH = dout Woᵀ",
    ask="Q_ij = Σ_k X_ik Wq_kj. For dX_ik, over which index of Wq do you sum?",
    section="12, X is read four times",
)
MISTAKES.words(
    wiring.DW_TRANSPOSED,
    FAMILY,
    formula="dWq = Xᵀ dQ, of the same shape as Wq",
    ask="Row k of Wq meets entry k of what it is applied to. To which entry does row k of your "
    "dWq belong?",
    section="12, X is read four times",
)
MISTAKES.words(
    memory.DA_MUTATED_IN_PLACE,
    FAMILY,
    "attention_forward",
    "self_attention_forward",
    title="an array is written into that came in",
    computed="a change of {changed}: after the call it holds other numbers than before",
    formula="",
    ask="After your function has run, what do its arguments hold? Which line writes "
    "into one of them, with +=, -=, *= or [...] = ..., perhaps by a second name?",
    section="03, Who owns the memory of a cache",
)
for _entry, _title, _way in (
    (told.ATTENTION_SCALE_FORGOTTEN, "is left out", "without the factor 1/√d_k in"),
    (told.ATTENTION_SCALE_TWICE, "comes in twice", "with one factor 1/√d_k too many in"),
):
    for _detail in ("dQ", "dK", "dQ and dK"):
        MISTAKES.words(
            _entry,
            FAMILY,
            of=f"in {_detail}",
            title=f"1/√d_k {_title} on the way back",
            computed=f"a way back {_way} {_detail}",
        )
for _name in ("attention_forward", "self_attention_forward"):
    for _entry in (told.ATTENTION_SCALE_FORGOTTEN, told.ATTENTION_SCALE_TWICE):
        MISTAKES.words(
            _entry,
            _name,
            formula="S = Q Kᵀ / √d_k",
            ask="Between Q Kᵀ and S stands a number. Which one, and how often does your line "
            "divide by it?",
        )
    MISTAKES.words(
        softmax.SOFTMAX_WRONG_AXIS,
        _name,
        title="softmax over the wrong axis",
        computed="weights of which a column adds up to 1, not a row",
        formula="P = exp(S) / Σ_k exp(S_k), the sum over each row: axis=-1, keepdims=True",
        ask="Add up one row of your P. Does it make 1?",
    )
MISTAKES.words(
    told.ATTENTION_RESIDUAL_MISSING,
    "self_attention_forward",
    formula="out = X + H Wo",
    ask="If Wo is zero, what is out?",
)
