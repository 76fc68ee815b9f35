"""The line of formula of functions that are one layer: no L, no Y, no loss."""

from __future__ import annotations

from autograder.engine.diagnosis.mistakes import Mistakes
from autograder.mistakes.catalogue.products import ROW_VS_COLUMN_LAYOUT
from autograder.mistakes.catalogue.scale import LOSS_DERIVATIVE_WRONG, SIGN_FLIP
from autograder.mistakes.catalogue.slopes import OUTPUT_DERIVATIVE_TWICE
from autograder.mistakes.catalogue.wiring import DW_USES_OWN_ACTIVATION, DW_USES_Z

MISTAKES = Mistakes("columns")

#: Functions, the line that is shown there, and the mistakes on which it is shown.
_LINES = (
    (
        ("linear_backward", "linear_activation_backward"),
        "columns are examples: dW = (1/m) dZ A_prevᵀ and dA_prev = Wᵀ dZ",
        (ROW_VS_COLUMN_LAYOUT,),
    ),
    (
        ("linear_backward",),
        "dW = (1/m) dZ A_prevᵀ, db = (1/m) Σ_i dZ^(i), dA_prev = Wᵀ dZ: no minus",
        (SIGN_FLIP,),
    ),
    (
        ("linear_activation_backward",),
        "dZ = dA * g′(Z), dW = (1/m) dZ A_prevᵀ, dA_prev = Wᵀ dZ: no minus",
        (SIGN_FLIP,),
    ),
    (
        ("linear_backward", "linear_activation_backward"),
        "dW = (1/m) dZ A_prevᵀ, db = (1/m) Σ_i dZ^(i), dA_prev = Wᵀ dZ: no other factor",
        (LOSS_DERIVATIVE_WRONG,),
    ),
    (
        ("linear_backward", "linear_activation_backward"),
        "dW = (1/m) dZ A_prevᵀ",
        (
            DW_USES_OWN_ACTIVATION,
            DW_USES_Z,
        ),
    ),
    (
        ("linear_activation_backward",),
        "dZ = dA * A (1 - A) for the sigmoid, the slope once",
        (OUTPUT_DERIVATIVE_TWICE,),
    ),
    (
        ("relu_backward", "sigmoid_backward"),
        "what arrives times the slope of the activation, without a minus or another factor",
        (
            SIGN_FLIP,
            LOSS_DERIVATIVE_WRONG,
        ),
    ),
)
for _functions, _line, _entries in _LINES:
    for _entry in _entries:
        MISTAKES.words(_entry, *_functions, formula=_line)

_LAYER = {
    "dW": "dW = (1/m) dZ A_prevᵀ",
    "db": "db = (1/m) Σ_i dZ^(i)",
    "dA_prev": "dA_prev = Wᵀ dZ",
}
MISTAKES.contract("linear_backward", _LAYER)
MISTAKES.contract(
    "linear_activation_backward",
    {name: f"{line} with dZ = dA * g′(Z)" for name, line in _LAYER.items()},
)
MISTAKES.contract("relu_backward", {"dZ": "dZ = dA * (Z > 0)"})
MISTAKES.contract("sigmoid_backward", {"dZ": "dZ = dA * A (1 - A), where A is the sigmoid of Z"})
_NETWORK = {
    "dZ": "dZ^[l] = dA^[l] * g′(Z^[l]), and dZ^[L] = A^[L] - Y",
    "dA": "dA^[l-1] = W^[l]ᵀ dZ^[l]",
    "dW": "dW^[l] = (1/m) dZ^[l] A^[l-1]ᵀ",
    "db": "db^[l] = (1/m) Σ_i dZ^[l](i)",
}
MISTAKES.contract("L_model_backward", _NETWORK)
MISTAKES.contract(
    "L_model_backward_J",
    {
        "dZ": "dZ^[l] = dA^[l] * g′(Z^[l]), and dZ^[L] = (A^[L] - Y) / m",
        "dA": "dA^[l-1] = W^[l]ᵀ dZ^[l]",
        "dW": "dW^[l] = dZ^[l] A^[l-1]ᵀ",
        "db": "db^[l] = Σ_i dZ^[l](i)",
    },
)
