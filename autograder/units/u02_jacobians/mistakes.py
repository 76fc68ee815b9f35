"""What students get wrong with Jacobians: the line of formula of each function."""

from __future__ import annotations

from autograder.engine.diagnosis.mistakes import Mistakes
from autograder.mistakes.catalogue.products import ELEMENTWISE_VS_MATMUL, MATMUL_NOT_ELEMENTWISE
from autograder.mistakes.catalogue.rows import RELU_MASK_A_VS_Z
from autograder.mistakes.catalogue.scale import (
    LOSS_DERIVATIVE_WRONG,
    MISSING_ONE_OVER_M,
    ONE_OVER_M_TWICE,
    SIGN_FLIP,
    WRONG_M,
)
from autograder.mistakes.catalogue.shapes import (
    DB_FROM_DW_ROWSUM,
    DB_NO_KEEPDIMS,
    DB_SUM_ALL,
    DB_WRONG_AXIS,
)
from autograder.mistakes.catalogue.slopes import (
    ACTIVATION_VALUE_AS_DERIVATIVE,
    DERIVATIVE_AT_WRONG_ARGUMENT,
    DERIVATIVE_UNSQUARED,
    INVERSE_DERIVATIVE,
    MISSING_ACTIVATION_DERIVATIVE,
    ONE_CLASS_ONLY,
    ONE_MINUS_Z_SQUARED,
    OUTPUT_DERIVATIVE_TWICE,
    RELU_VALUE_AS_DERIVATIVE,
    WRONG_ACTIVATION_DERIVATIVE,
    Z_TIMES_DERIVATIVE,
)
from autograder.mistakes.catalogue.wiring import DW_TRANSPOSED, MISSING_W_TRANSPOSE

MISTAKES = Mistakes("columns")

#: Functions, the line that is shown there, and the mistakes on which it is shown.
_LINES = (
    (("loss_vector_jacobian",), "dL/dz = diag(a - y), in this order", (SIGN_FLIP,)),
    (
        ("loss_vector_jacobian",),
        "dL/dz = diag(a - y)",
        (
            OUTPUT_DERIVATIVE_TWICE,
            ONE_CLASS_ONLY,
            LOSS_DERIVATIVE_WRONG,
        ),
    ),
    (
        ("contract",),
        "dJ/dq = (1/m) Σ_i dL_i/dq",
        (
            MISSING_ONE_OVER_M,
            ONE_OVER_M_TWICE,
            WRONG_M,
            SIGN_FLIP,
        ),
    ),
    (
        ("jac_pointwise",),
        "da/dz = diag(g′(z)), with sigmoid′ = a (1 - a) and tanh′ = 1 - a²",
        (
            MISSING_ACTIVATION_DERIVATIVE,
            ACTIVATION_VALUE_AS_DERIVATIVE,
            WRONG_ACTIVATION_DERIVATIVE,
            DERIVATIVE_UNSQUARED,
            ONE_MINUS_Z_SQUARED,
            INVERSE_DERIVATIVE,
            Z_TIMES_DERIVATIVE,
            MATMUL_NOT_ELEMENTWISE,
            SIGN_FLIP,
            RELU_VALUE_AS_DERIVATIVE,
            DERIVATIVE_AT_WRONG_ARGUMENT,
        ),
    ),
    (("jac_pointwise",), "da/dz = diag(z > 0) for ReLU: 0 at z = 0", (RELU_MASK_A_VS_Z,)),
    (
        ("vjp_linear",),
        "db = dz, of the shape of b",
        (
            DB_NO_KEEPDIMS,
            DB_SUM_ALL,
            DB_WRONG_AXIS,
            DB_FROM_DW_ROWSUM,
        ),
    ),
    (("vjp_linear",), "da = Wᵀ dz, as da_j = Σ_i W_ij dz_i", (MISSING_W_TRANSPOSE,)),
    (("vjp_linear",), "dW = dz aᵀ, of the shape of W", (DW_TRANSPOSED,)),
    (("vjp_linear",), "da = Wᵀ dz and dW = dz aᵀ: products of matrices", (ELEMENTWISE_VS_MATMUL,)),
    (("vjp_linear",), "da = Wᵀ dz, dW = dz aᵀ, db = dz: no minus", (SIGN_FLIP,)),
)
for _functions, _line, _entries in _LINES:
    for _entry in _entries:
        MISTAKES.words(_entry, *_functions, formula=_line)

MISTAKES.contract("vjp_linear", {"da": "da = Wᵀ dz", "dW": "dW = dz aᵀ", "db": "db = dz"})
