"""Unit 03, slips in the affine layer: transposes, axes, scale."""

from .change import changes_of
from .rows import affine_backward, affine_forward

change = changes_of("rows", affine_backward)
DX, DW = "(dout @ w.T).reshape(x.shape)", "x.reshape(x.shape[0], -1).T @ dout"
DB = "np.sum(dout, axis=0)"

# transposes, and `*` for `@`
change("w_not_transposed", "missing-w-transpose", ("w.T", "w"))
change(
    "dw_is_dout_T_times_x",
    "dw-transposed",
    (DW, "dout.T @ x.reshape(x.shape[0], -1)"),
    also=("row-vs-column-layout",),
)
change(
    "formulas_for_columns",
    "row-vs-column-layout",
    (DX, "w.T @ dout"),
    (DW, "dout @ x.reshape(x.shape[0], -1).T"),
    ("axis=0", "axis=1"),
)
change("dw_by_multiply", "elementwise-vs-matmul", (".T @ dout", " * dout"))
change("dx_by_multiply", "elementwise-vs-matmul", ("dout @ w.T", "dout * w.T"))
change("dw_is_x_times_dout", "dw-transposed", (".T @ dout", " @ dout"))
change("dw_by_multiply_with_the_transpose", "elementwise-vs-matmul", (".T @ dout", ".T * dout"))
change("dx_by_multiply_with_w", "elementwise-vs-matmul", ("dout @ w.T", "dout * w"))
change(
    "both_by_multiply",
    "elementwise-vs-matmul",
    (".T @ dout", " * dout"),
    ("dout @ w.T", "dout * w"),
)
change(
    "both_by_multiply_with_the_transpose",
    "elementwise-vs-matmul",
    (".T @ dout", ".T * dout"),
    ("dout @ w.T", "dout * w.T"),
)
change("dw_for_columns", "row-vs-column-layout", (DW, "dout @ x.reshape(x.shape[0], -1).T"))
change("dx_for_columns", "row-vs-column-layout", ("dout @ w.T", "w.T @ dout"))
change("w_from_the_left", "missing-w-transpose", ("dout @ w.T", "w @ dout"))
change(
    "w_from_the_left_and_db_over_axis_1",
    "db-wrong-axis",
    ("dout @ w.T", "w @ dout"),
    ("axis=0", "axis=1"),
)
# scale and sign
change("dw_and_db_averaged", "one-over-m-twice", (DW, f"{DW} / x.shape[0]"), ("np.sum", "np.mean"))
change(
    "dw_and_db_times_N",
    "missing-one-over-m",
    (DW, f"x.shape[0] * {DW}"),
    (DB, f"x.shape[0] * {DB}"),
)
change("dx_averaged", "one-over-m-per-layer", (DX, f"{DX} / x.shape[0]"))
change("dx_added_twice", "input-grad-counted-twice", ("dout @ w.T", "dout @ w.T + dout @ w.T"))
change("dw_negative", "sign-flip", ("dw = x", "dw = -x"))
change("dw_averaged", "one-over-m-twice", (DW, f"{DW} / x.shape[0]"))
for place, size in (("inputs", "w.shape[0]"), ("units", "w.shape[1]")):
    change(f"N_counts_{place}", "wrong-m", (DW, f"{DW} / {size}"), (DB, f"{DB} / {size}"))
change("db_negative", "sign-flip", ("db = np", "db = -np"))
change("dx_negative", "sign-flip", ("dx = (", "dx = -("))
change("dw_left_zero", "gradient-left-at-zero", (DW, "np.zeros_like(w)"))
change("dx_left_zero", "gradient-left-at-zero", (DX, "np.zeros_like(x)"))
# the bias
change("db_averaged", "db-mean-and-one-over-m", ("np.sum", "np.mean"))
change("db_over_axis_1", "db-wrong-axis", ("axis=0", "axis=1"))
change(
    "db_with_keepdims",
    "db-extra-axis",
    ("axis=0", "axis=0, keepdims=True"),
)
change("db_is_dout", "db-no-sum", (DB, "dout"))
change("db_is_one_number", "db-sum-all", (DB, "np.full(b.shape, np.sum(dout))"))
change("db_over_axis_1_with_keepdims", "db-wrong-axis", ("axis=0", "axis=1, keepdims=True"))
change("db_is_a_number", "db-sum-all", (DB, "np.sum(dout)"))
change("db_from_dw", "db-from-dw-rowsum", ("np.sum(dout", "np.sum(dw"))
change("db_left_zero", "db-forgotten", (DB, "np.zeros_like(b)"))
# wiring
change("signal_through_dw", "dw-instead-of-w", ("w.T", f"({DW}).T"))
change(
    "dx_left_flat",
    "dx-left-flat",
    (DX, "dout @ w.T"),
)

change = changes_of("rows", affine_forward)

change("caches_out_for_x", "dw-uses-own-activation", ("x.copy()", "out"))
change("bias_forgotten", "bias-forgotten", (" + b", ""))
change(
    "first_axis_of_an_image_fastest",
    "flattened-in-another-order",
    ("x.reshape(x.shape[0], -1) @", 'x.reshape((x.shape[0], -1), order="F") @'),
)
change("forward_with_w_transposed", "row-vs-column-layout", ("@ w", "@ w.T"))
change("forward_by_multiply", "elementwise-vs-matmul", ("@ w", "* w"))
change(
    "keeps_the_arrays_of_the_caller",
    "cache-borrowed",
    ("(x.copy(), w.copy(), b.copy())", "(x, w, b)"),
)
change("keeps_a_view_of_w", "cache-borrowed", ("w.copy()", "w.T.T"))
