"""What students get wrong with Jacobians: the line of formula of each function."""

from __future__ import annotations

from autograder.engine.diagnosis.mistakes import Mistakes
from autograder.mistakes.catalogue.jacobians import DIAG_READS_A_COLUMN, LOSS_VECTOR_JACOBIAN
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

#: The words of unit 02, where there is z and a, and a Jacobian rather than a signal.
_POINTWISE = (
    (
        ACTIVATION_VALUE_AS_DERIVATIVE,
        "the values of g on the diagonal, where its slopes belong",
        "What is the slope of tanh at z = 0, and what is its value there?",
    ),
    (
        RELU_VALUE_AS_DERIVATIVE,
        "a Jacobian with z on its diagonal where z > 0; the slope is 1 there",
        "By how much does ReLU(z) grow when z grows from 2 to 2.001?",
    ),
    (
        DERIVATIVE_UNSQUARED,
        "1 - a on the diagonal, one factor short of the slope",
        "What does your slope give at z = 0, and what does a drawing of the curve give there?",
    ),
    (
        DERIVATIVE_AT_WRONG_ARGUMENT,
        "the slope of g at a, not at z, on the diagonal",
        "Does your formula for the slope expect z or a, and which one do you hand to it?",
    ),
    (
        ONE_MINUS_Z_SQUARED,
        "a slope that has z in the place of a on the diagonal",
        "Can the slope of an increasing function be negative, and what is yours at z = 2?",
    ),
    (
        Z_TIMES_DERIVATIVE,
        "z times the slope on the diagonal",
        "In g′(z), is z a factor or the place where the slope is taken?",
    ),
    (
        MISSING_ACTIVATION_DERIVATIVE,
        "1 everywhere on the diagonal, as if a were z",
        "By how much does a grow when z grows by 0.1, and where is that in your Jacobian?",
    ),
    (
        WRONG_ACTIVATION_DERIVATIVE,
        "another slope than that of the function that was asked for",
        "What is (g(z + 0.001) - g(z)) / 0.001 for one z, and what is your entry there?",
    ),
    (
        SIGN_FLIP,
        "the Jacobian with the opposite sign",
        "All three functions never fall. Which sign can the entries of the diagonal have?",
    ),
    (
        MATMUL_NOT_ELEMENTWISE,
        "a Jacobian that is full: a product of all entries with all others, as a column times a "
        "row is",
        "Does a_2 change when z_1 does? What has entry (1, 2) to be?",
    ),
)
_TITLES = {
    RELU_VALUE_AS_DERIVATIVE: "ReLU(z) as its own slope",
    DERIVATIVE_UNSQUARED: "a factor of g′ is lost",
    ONE_MINUS_Z_SQUARED: "z in the place of a",
    Z_TIMES_DERIVATIVE: "z times g′(z)",
}
for _entry, _computed, _ask in _POINTWISE:
    MISTAKES.words(
        _entry,
        "jac_pointwise",
        computed=_computed,
        ask=_ask,
        section="02, When a Jacobian is diagonal, the product is *",
    )
for _entry, _title in _TITLES.items():
    MISTAKES.words(_entry, "jac_pointwise", title=_title)
MISTAKES.words(
    RELU_MASK_A_VS_Z,
    "jac_pointwise",
    computed="another subgradient at the kink: where z is exactly 0 your slope is not 0",
)

for _detail in ("only the diagonal is kept", "only the diagonal is kept, beyond it are zeros"):
    MISTAKES.words(
        LOSS_VECTOR_JACOBIAN,
        "contract",
        of=_detail,
        title="one entry of each row",
        computed="of each row of JL the entry on the diagonal alone, divided by m: right where JL "
        "is diagonal, as dL/dz is, and not where each loss depends on all entries of q, as on W",
        formula="dJ/dq = (1/m) Σ_i dL_i/dq, the sum over all m losses",
        ask="Row 0 of JL holds dL_1/dq_0 to dL_m/dq_0. How many of these does your dJ[0, 0] "
        "add up?",
    )
MISTAKES.words(
    WRONG_M,
    "vjp_linear",
    title="a size is divided by",
    computed="arrays divided by a size of the layer, where nothing is divided: the loss is that of "
    "one example, and no mean",
    ask="Over what would your quotient be a mean, where there is one example?",
)
MISTAKES.words(
    DIAG_READS_A_COLUMN,
    "jac_pointwise",
    formula="da/dz = diag(g′(z)), of shape (n, n)",
)

MISTAKES.contract("vjp_linear", {"da": "da = Wᵀ dz", "dW": "dW = dz aᵀ", "db": "db = dz"})
