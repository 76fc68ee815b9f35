"""Hints for unit 02."""

from autograder.engine.hints import Hints

FAMILIES = ("columns",)
HINTS = {
    "jac_linear": Hints(
        "Each entry is the derivative of a z_i with respect to an a_j. Which of the two counts "
        "the rows in the layout that was asked for?",
        "Take W = [[1, 2, 3]]. One output and three inputs: in denominator layout there are three "
        "rows, one for each input, J = [[1], [2], [3]]; in numerator layout it is one row.",
        "∂z_i/∂a_j = W_ij, at row j, column i in denominator layout; at row i, column j in "
        "numerator layout",
    ),
    "jac_pointwise": Hints(
        "If z_2 moves, which entries of a move? What stands in all the other places?",
        "Take z = [[2], [0]]. With ReLU the slope is 1 at 2, and 0 at exactly 0: J = [[1, 0], [0, "
        "0]]. With the sigmoid a is 0.5 at z = 0, and the slope there is 0.5·(1 - 0.5) = 0.25.",
        "∂a_i/∂z_j = 0 where i is not j; ∂a_i/∂z_i is a_i (1 - a_i) for sigmoid, 1 - a_i² for "
        "tanh, and for ReLU 1 where z_i > 0, else 0",
    ),
    "vjp_linear": Hints(
        "W_ij takes part in z_i alone, a_j takes part in every z_i. Which of the three "
        "derivatives needs a sum?",
        "Take dz = [[2], [1]], W = [[1, 3], [0, 4]], a = [[5], [6]]. For a: 1·2 + 0·1 = 2 and 3·2 "
        "+ 4·1 = 10, so da = [[2], [10]]. For W each dz_i meets each a_j: dW = [[10, 12], [5, "
        "6]]. And db = [[2], [1]].",
    ),
    "chain": Hints(
        "Which shape has each product on the way, and how many multiplications does one entry of "
        "it take?",
        "Take J_1 of shape (4, 3), J_2 of shape (3, 2), u of shape (2, 1). From the right 3·2·1 + "
        "4·3·1 = 18 multiplications; from the left 4·3·2 + 4·2·1 = 32.",
        "(p, q) times (q, r) takes p · q · r multiplications; from the right every product is a "
        "column, r = 1",
    ),
    "loss_vector_jacobian": Hints(
        "Does the loss of example 2 move when the score of example 1 is nudged?",
        "Take A = [[0.75, 0.5]], Y = [[1, 0]]. 0.75 - 1 = -0.25 and 0.5 - 0 = 0.5, so JL = "
        "[[-0.25, 0], [0, 0.5]].",
        "the derivative of loss i with respect to z_i is A_i - Y_i, with respect to the score of "
        "another example 0",
    ),
    "contract": Hints(
        "J is the mean of m losses, and all of them may depend on q_j. What arrives at q_j from "
        "each of them?",
        "Take JL = [[1, 3], [0, -4]], m = 2. Row by row (1 + 3) / 2 = 2 and (0 - 4) / 2 = -2, so "
        "dJ = [[2, -2]].",
        "dJ/dq_j = (1/m) Σ_i JL_ji, written as a row",
    ),
    "answers_02": Hints(
        "Which of the suspects gives another shape, where n and k differ? Which one only another "
        "order, or other numbers?",
        "Take W = [[1, 2], [0, 1]], u = [[1], [1]]. Wᵀ u is [[1], [3]], and W u is [[3], [1]]: "
        "the right shape, and wrong. With slopes 2 and 5 on the diagonal, diag times u has the "
        "entries 2·1 = 2 and 5·1 = 5; a full matrix in its place would mix them.",
        "da = Wᵀ dz through a layer; dz = g′(z) * da, entry by entry, through an activation",
    ),
}
