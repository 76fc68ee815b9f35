"""Shapes and sums: what shapes prove, keepdims, the axis, the broadcast."""

from autograder.engine.diagnosis.misconception import Misconception

DB_NO_KEEPDIMS = Misconception(
    "db-no-keepdims",
    unit="00",
    title="db has lost its second axis",
    computed="a db of shape (n,), where b has shape (n, 1): as a sum without keepdims drops the "
    "axis that it sums over",
    formula="db = (1/m) np.sum(dZ, axis=1, keepdims=True)",
    ask="What shape does b - learning_rate * db get if b is (n, 1) and db is (n,)?",
    section="04, One linear layer, index by index",
)

DBA_BROADCAST_SQUARE = Misconception(
    "dba-broadcast-square",
    unit="00",
    title="(n, 1) + (n,) became (n, n)",
    computed="db broadcast to a square: every row holds the whole of the right db",
    formula="(5, 1) + (5,) = (5, 5)",
    ask="Print the shape of each array in the lines that make it. Which of them lacks an axis?",
    section="04, One linear layer, index by index",
)

DB_WRONG_AXIS = Misconception(
    "db-wrong-axis",
    unit="00",
    title="db is summed over the units",
    computed="the sum of dZ over the units of each example, where the sum over the examples "
    "of each unit was meant",
    formula="db_i = (1/m) Σ_k dZ_ik: the sum runs over the examples k",
    ask="b was copied along one axis of Z. Along which, and which one did you sum over?",
    section="04, One linear layer, index by index",
)

DB_NO_SUM = Misconception(
    "db-no-sum",
    unit="03",
    title="db is not summed over the examples",
    computed="one db for each example, side by side: b was copied to every column of Z, and what "
    "comes back from the columns was not added up",
    formula="db = (1/m) np.sum(dZ, axis=1, keepdims=True)",
    ask="b has n entries. How many has your db, and over which axis is the sum that makes them n?",
    section="04, One linear layer, index by index",
)

DB_SUM_ALL = Misconception(
    "db-sum-all",
    unit="03",
    title="one number for all biases",
    computed="the gradient of a network in which all units of the layer share one bias",
    formula="db_i = (1/m) Σ_k dZ_ik: one number for each unit i",
    ask="np.sum without an axis gives one number. How many biases has the layer, and does nudging "
    "one of them change Z everywhere, or in one row?",
    section="04, One linear layer, index by index",
)

DB_FROM_DW_ROWSUM = Misconception(
    "db-from-dw-rowsum",
    unit="03",
    title="db taken from dW",
    computed="the row sums of dW: the gradient of a network that multiplies b by the sum of "
    "the layer's inputs",
    formula="db = (1/m) Σ_i dZ^(i), without A_prev",
    ask="Does b meet A_prev anywhere in Z = W A_prev + b?",
    section="04, One linear layer, index by index",
)

SHAPE_CHECK_IS_PROOF = Misconception(
    "shape-check-is-proof",
    unit="00",
    title="it fits, so it is right",
    computed="a product whose shape fits; so do others with other numbers",
    formula="dW_kj = Σ_i dZ_ki A_ji: indices decide; shapes only forbid",
    ask="With n = n_prev = m, how many products of dZ and A have the shape of W?",
    section="00, What shapes cannot decide",
)
