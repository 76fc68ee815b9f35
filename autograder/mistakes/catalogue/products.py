"""Products: `*` for `@`, `@` for `*`, rows for columns."""

from autograder.engine.diagnosis.misconception import Misconception

ELEMENTWISE_VS_MATMUL = Misconception(
    "elementwise-vs-matmul",
    unit="00",
    title="* where @ belongs",
    computed="an entry-by-entry product where the linear map needs a matrix product",
    formula="dW = (1/m) dZ A_prevᵀ and dA_prev = Wᵀ dZ: sums over the index that disappears",
    ask="Write one entry of the result with its indices. Over which index is the sum?",
    section="04, One linear layer, index by index",
)

ROW_VS_COLUMN_LAYOUT = Misconception(
    "row-vs-column-layout",
    unit="00",
    title="formulas of the other layout",
    computed="the formulas for examples in rows, applied to examples in columns",
    formula="columns: Z = W A_prev + b; rows: out = x w + b",
    ask="Which axis of A_prev counts the examples, and over which axis do you sum?",
    section="04, One linear layer, index by index",
)

MATMUL_NOT_ELEMENTWISE = Misconception(
    "matmul-not-elementwise",
    unit="00",
    title="@ where * belongs",
    computed="a matrix product with the slopes, which mixes examples that do not know each other",
    formula="dZ = dA * g′(Z): g acts on each entry alone",
    ask="Does the output of one unit on example 1 depend on its Z on example 2?",
    section="03, Slopes: sigmoid, tanh, ReLU",
)
