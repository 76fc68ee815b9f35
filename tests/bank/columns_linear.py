"""Unit 04, slips in one linear layer: Z = W A + b and the way back through it."""

import numpy as np

from .change import changes_of
from .columns import linear_backward, linear_forward
from .registry import mutants_of

mutant = mutants_of("columns")
FORWARD = "a slip of the forward pass; the catalogue is of gradients"

change = changes_of("columns", linear_forward)

change("bias_forgotten", None, (" + b", ""), reason=FORWARD)
change("bias_as_a_row", None, ("+ b", "+ b.T"), reason=FORWARD)
change("forward_with_W_transposed", None, ("(W, A)", "(W.T, A)"), reason=FORWARD)
change("forward_by_multiply", "elementwise-vs-matmul", ("np.dot(W, A)", "W * A"))

change = changes_of("columns", linear_backward)
DB = "np.sum(dZ, axis=1, keepdims=True)"

# scale: the single 1/m is missing, paid twice, or paid in the wrong place
change(
    "nothing_averaged",
    "missing-one-over-m",
    ("A_prev.T) / m", "A_prev.T)"),
    ("keepdims=True) / m", "keepdims=True)"),
)
change("dW_not_averaged", "missing-one-over-m", ("A_prev.T) / m", "A_prev.T)"))
change("db_not_averaged", "db-not-averaged", ("keepdims=True) / m", "keepdims=True)"))
change("db_mean_and_one_over_m", "db-mean-and-one-over-m", ("np.sum", "np.mean"))
change(
    "dW_and_db_averaged_twice",
    "one-over-m-twice",
    ("A_prev.T) / m", "A_prev.T) / m / m"),
    ("keepdims=True) / m", "keepdims=True) / m / m"),
)
change("dA_divided_by_m", "one-over-m-per-layer", ("(W.T, dZ)", "(W.T, dZ) / m"))
change(
    "dZ_divided_on_entry",
    "one-over-m-per-layer",
    ("m = A_prev.shape[1]", "dZ = dZ / dZ.shape[1]"),
    ("A_prev.T) / m", "A_prev.T)"),
    ("keepdims=True) / m", "keepdims=True)"),
)
change("m_from_rows_of_A", "wrong-m", ("A_prev.shape[1]", "A_prev.shape[0]"))
change("m_from_rows_of_W", "wrong-m", ("A_prev.shape[1]", "W.shape[0]"))
change("m_counts_all_entries", "wrong-m", ("A_prev.shape[1]", "A_prev.size"))

change("dW_averaged_twice", "one-over-m-twice", ("A_prev.T) / m", "A_prev.T) / m / m"))
for place, wrong in (("rows_of_A", "A_prev.shape[0]"), ("rows_of_W", "W.shape[0]")):
    change(f"m_from_{place}_in_dW", "wrong-m", ("A_prev.T) / m", f"A_prev.T) / {wrong}"))
    change(f"m_from_{place}_in_db", "wrong-m", ("keepdims=True) / m", f"keepdims=True) / {wrong}"))

# shape: transposes, `*` for `·`, axes, broadcasts
change("W_not_transposed", "missing-w-transpose", ("W.T", "W"))
change("dW_is_A_times_dZ_T", "dw-transposed", ("(dZ, A_prev.T)", "(A_prev, dZ.T)"))
change(
    "dW_by_multiply", "elementwise-vs-matmul", ("np.dot(dZ, A_prev.T)", "np.multiply(dZ, A_prev)")
)
change("dA_by_multiply", "elementwise-vs-matmul", ("np.dot(W.T", "np.multiply(W.T"))
change(
    "formulas_for_rows",
    "row-vs-column-layout",
    ("A_prev.shape[1]", "A_prev.shape[0]"),
    ("(dZ, A_prev.T)", "(A_prev.T, dZ)"),
    ("axis=1", "axis=0"),
    ("(W.T, dZ)", "(dZ, W.T)"),
)
change("db_without_keepdims", "db-no-keepdims", (", keepdims=True", ""))
change("db_over_axis_0", "db-wrong-axis", ("axis=1", "axis=0"))
change(
    "db_over_axis_0_not_averaged",
    "db-wrong-axis",
    ("axis=1, keepdims=True) / m", "axis=0, keepdims=True)"),
)
change("db_over_axis_0_flat", "db-wrong-axis", ("axis=1, keepdims=True", "axis=0"))
change("db_is_dZ", "db-no-sum", (f"{DB} / m", "dZ"))
change("db_is_dZ_over_m", "db-no-sum", (DB, "dZ"))
change("db_is_one_number_not_averaged", "db-sum-all", (f"{DB} / m", "np.sum(dZ)"))
change("db_is_one_number", "db-sum-all", (", axis=1, keepdims=True", ""))
change("db_is_one_number_in_every_row", "db-sum-all", (DB, "np.full(b.shape, np.sum(dZ))"))
change("db_from_dW", "db-from-dw-rowsum", (f"{DB} / m", "np.sum(dW, axis=1, keepdims=True)"))
change("db_left_zero", "db-forgotten", (f"{DB} / m", "np.zeros_like(b)"))
change(
    "db_broadcast_to_a_square",
    "dba-broadcast-square",
    (DB, "np.zeros_like(b) + np.sum(dZ, axis=1)"),
)
change(
    "db_reshaped_to_a_row",
    None,
    (DB, "np.sum(dZ, axis=1).reshape(1, -1)"),
    reason="db lies as a row: no entry for a transposed bias gradient",
)

change(
    "dW_transposed_and_W_not", "dw-transposed", ("(dZ, A_prev.T)", "(A_prev, dZ.T)"), ("W.T", "W")
)

# wiring, and arguments changed in place
change("dW_left_zero", "gradient-left-at-zero", ("np.dot(dZ, A_prev.T) / m", "np.zeros_like(W)"))
change("dA_left_zero", "gradient-left-at-zero", ("np.dot(W.T, dZ)", "np.zeros_like(A_prev)"))
change("signal_through_dW", "dw-instead-of-w", ("W.T", "dW.T"))


@mutant("input-grad-counted-twice", of="linear_backward")
def dA_added_in_two_loops(dZ, cache):
    A_prev, W, b = cache
    m = A_prev.shape[1]
    dA_prev, dW, db = np.zeros(A_prev.shape), np.zeros(W.shape), np.zeros(b.shape)
    for i in range(m):
        dA_prev[:, [i]] += np.dot(W.T, dZ[:, [i]])
        dW += np.dot(dZ[:, [i]], A_prev[:, [i]].T) / m
    for i in range(m):
        dA_prev[:, [i]] += np.dot(W.T, dZ[:, [i]])
        db += dZ[:, [i]] / m
    return dA_prev, dW, db


@mutant("da-mutated-in-place", of="linear_backward")
def dZ_divided_in_place(dZ, cache):
    A_prev, W, b = cache
    dA_prev = np.dot(W.T, dZ)
    dZ /= A_prev.shape[1]
    dW = np.dot(dZ, A_prev.T)
    db = np.sum(dZ, axis=1, keepdims=True)
    return dA_prev, dW, db
