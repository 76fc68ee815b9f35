"""The line of formula of each function: the cell has no t, the output layer no da_next."""

from __future__ import annotations

from autograder.engine.diagnosis.mistakes import Mistakes
from autograder.mistakes.catalogue.products import ELEMENTWISE_VS_MATMUL, MATMUL_NOT_ELEMENTWISE
from autograder.mistakes.catalogue.recurrent_cell import (
    DIVIDE_BY_T,
    DWAA_USES_A_NEXT,
    NEGATIVE_INDEX_WRAP,
    RNN_DIVIDE_BY_M_AGAIN,
)
from autograder.mistakes.catalogue.scale import (
    DB_MEAN_AND_ONE_OVER_M,
    LOSS_DERIVATIVE_WRONG,
    MISSING_ONE_OVER_M,
    ONE_OVER_M_PER_LAYER,
    ONE_OVER_M_TWICE,
    SIGN_FLIP,
)
from autograder.mistakes.catalogue.shapes import (
    DB_FROM_DW_ROWSUM,
    DB_NO_KEEPDIMS,
    DB_NO_SUM,
    DB_SUM_ALL,
    DB_WRONG_AXIS,
)
from autograder.mistakes.catalogue.signal import DW_INSTEAD_OF_W
from autograder.mistakes.catalogue.slopes import (
    ACTIVATION_VALUE_AS_DERIVATIVE,
    DERIVATIVE_UNSQUARED,
    INVERSE_DERIVATIVE,
    MISSING_ACTIVATION_DERIVATIVE,
    ONE_MINUS_Z_SQUARED,
    WRONG_ACTIVATION_DERIVATIVE,
    Z_TIMES_DERIVATIVE,
)
from autograder.mistakes.catalogue.softmax import SOFTMAX_WRONG_AXIS
from autograder.mistakes.catalogue.wiring import DB_FORGOTTEN, DW_TRANSPOSED, MISSING_W_TRANSPOSE

MISTAKES = Mistakes("rnn")

#: Functions, the line that is shown there, and the mistakes on which it is shown.
_LINES = (
    (
        ("rnn_cell_backward",),
        "dz = da_next * (1 - a_next²), a_next being tanh(z)",
        (
            MISSING_ACTIVATION_DERIVATIVE,
            ACTIVATION_VALUE_AS_DERIVATIVE,
            WRONG_ACTIVATION_DERIVATIVE,
            DERIVATIVE_UNSQUARED,
            ONE_MINUS_Z_SQUARED,
            INVERSE_DERIVATIVE,
            Z_TIMES_DERIVATIVE,
            MATMUL_NOT_ELEMENTWISE,
        ),
    ),
    (
        ("rnn_cell_backward",),
        "dz = da_next * (1 - a_next²), dWaa = dz a_prevᵀ and da_prev = Waaᵀ dz: no minus",
        (SIGN_FLIP,),
    ),
    (
        ("rnn_cell_backward",),
        "dWaa = dz a_prevᵀ",
        (
            DWAA_USES_A_NEXT,
            NEGATIVE_INDEX_WRAP,
        ),
    ),
    (
        ("rnn_cell_backward",),
        "dba = np.sum(dz, axis=1, keepdims=True)",
        (
            DB_NO_KEEPDIMS,
            DB_WRONG_AXIS,
            DB_NO_SUM,
            DB_SUM_ALL,
            DB_FROM_DW_ROWSUM,
            DB_FORGOTTEN,
            DB_MEAN_AND_ONE_OVER_M,
        ),
    ),
    (
        ("rnn_cell_backward",),
        "dWaa = dz a_prevᵀ and dba = Σ_k dz_k, without 1/m: da_next carries it already",
        (
            RNN_DIVIDE_BY_M_AGAIN,
            ONE_OVER_M_TWICE,
        ),
    ),
    (
        ("rnn_cell_backward",),
        "dz = da_next * (1 - a_next²): no other factor",
        (
            LOSS_DERIVATIVE_WRONG,
            MISSING_ONE_OVER_M,
            DIVIDE_BY_T,
        ),
    ),
    (("output_backward",), "dzy_t = (y_pred_t - y_t) / m, in this order", (SIGN_FLIP,)),
    (
        ("rnn_full_backward",),
        "dzy_t = (y_pred - y) / m, in this order, and dz_t = da_t * (1 - a_t²): no minus",
        (SIGN_FLIP,),
    ),
    (
        ("output_backward",),
        "dzy_t = (y_pred_t - y_t) / m: softmax and logarithm together, no other factor",
        (
            LOSS_DERIVATIVE_WRONG,
            MISSING_ACTIVATION_DERIVATIVE,
        ),
    ),
    (
        ("output_backward",),
        "dzy_t = (y_pred_t - y_t) / m: a mean over the examples, a sum over t",
        (DIVIDE_BY_T,),
    ),
    (
        ("output_backward",),
        "dWya = Σ_t dzy_t a_tᵀ and dby = Σ_t Σ_k dzy_tk: dzy carries 1/m already",
        (
            RNN_DIVIDE_BY_M_AGAIN,
            ONE_OVER_M_TWICE,
        ),
    ),
    (
        ("output_backward",),
        "dby = np.sum(dzy, axis=1, keepdims=True), summed over t",
        (
            DB_NO_KEEPDIMS,
            DB_WRONG_AXIS,
            DB_NO_SUM,
            DB_SUM_ALL,
            DB_FROM_DW_ROWSUM,
            DB_FORGOTTEN,
            DB_MEAN_AND_ONE_OVER_M,
        ),
    ),
    (
        ("output_backward",),
        "da = Wyaᵀ dzy, as da_j = Σ_i Wya_ij dzy_i",
        (
            MISSING_W_TRANSPOSE,
            DW_INSTEAD_OF_W,
            ONE_OVER_M_PER_LAYER,
        ),
    ),
    (
        ("output_backward",),
        "dWya = Σ_t dzy_t a_tᵀ, of the shape of Wya",
        (
            DW_TRANSPOSED,
            ELEMENTWISE_VS_MATMUL,
        ),
    ),
    (
        ("rnn_cell_forward", "rnn_forward"),
        "softmax sums over the classes: each column of the probabilities sums to 1",
        (SOFTMAX_WRONG_AXIS,),
    ),
)
for _functions, _line, _entries in _LINES:
    for _entry in _entries:
        MISTAKES.words(_entry, *_functions, formula=_line)

_OUTPUT = {
    "dWya": "dWya = Σ_t dzy_t a_tᵀ",
    "dby": "dby = Σ_t dzy_t, summed over the examples",
}
#: Of each weight one contribution a step.
SUMS = {
    "dWax": "dWax = Σ_t dz_t x_tᵀ",
    "dWaa": "dWaa = Σ_t dz_t a_{t-1}ᵀ",
    "dba": "dba = Σ_t dz_t, summed over the examples",
}
_LOOP = SUMS | {"dx": "dx[:, :, t] = Waxᵀ dz_t", "da0": "da0 = Waaᵀ dz_1"}
MISTAKES.contract(
    "output_backward",
    _OUTPUT | {"da": "da_t = Wyaᵀ dzy_t, with dzy = (y_pred - y) / m"},
)
MISTAKES.contract(
    "rnn_cell_backward",
    {
        "dWax": "dWax = dz xtᵀ",
        "dWaa": "dWaa = dz a_prevᵀ",
        "dba": "dba = dz summed over the examples",
        "dxt": "dxt = Waxᵀ dz",
        "da_prev": "da_prev = Waaᵀ dz",
    },
)
MISTAKES.contract("rnn_backward", _LOOP)
MISTAKES.contract("rnn_backward_tree", _LOOP)
MISTAKES.contract("rnn_full_backward", _LOOP | _OUTPUT)
MISTAKES.contract(
    "rtrl_dWaa",
    {"dWaa": "dWaa = Σ_t Σ da[:, :, t] times the derivative of a_t with respect to Waa"},
    on=("rtrl",),
)
