"""Unit 13, slips on the way back through a convolution."""

from .change import changes_of
from .convolution import conv_backward_naive
from .convolution_rights import (
    a_full_convolution_with_the_kernel_turned,
    db_of_all_axes_first,
    einsum_for_each_place,
)
from .registry import mutants_of

mutant = mutants_of("convolution")
SEARCH = "told by the general search"
ERROR = "told by the shape, or the error, that it makes"
PLACE = "top, left = i * stride, j * stride"
CUT = "dx_pad[:, :, pad : pad + H, pad : pad + W]"
DX, DW, DB = "left + WW] += g * w[f]", "dw[f] += g * ", "db[f] += g"
GIVEN = "g = dout[n, f, i, j]"
AT = "dx_pad[n, :, top : top + HH, left : left + WW]"
SEEN = "x_pad[n, :, top : top + HH, left : left + WW]\n"

change = changes_of("convolution", conv_backward_naive)
change("border_not_cut", "conv-border-not-cut", (CUT, "dx_pad"))
change("cut_at_the_end", "conv-border-wrong-side", (CUT, "dx_pad[:, :, :H, :W]"))
change(
    "cut_at_the_beginning",
    "conv-border-wrong-side",
    (CUT, "dx_pad[:, :, 2 * pad : 2 * pad + H, 2 * pad : 2 * pad + W]"),
)
change("cut_with_minus_pad", "conv-border-wrong-side", (CUT, "dx_pad[:, :, pad:-pad, pad:-pad]"))
change("dx_overwritten", "conv-overwritten", (DX, DX.replace("+=", "=")))
change("dw_overwritten", "conv-overwritten", (DW, DW.replace("+=", "=")))
change("db_overwritten", "conv-overwritten", (DB, DB.replace("+=", "=")))
change(
    "all_overwritten",
    "conv-overwritten",
    (DX, DX.replace("+=", "=")),
    (DW, DW.replace("+=", "=")),
    (DB, DB.replace("+=", "=")),
)
change("kernel_turned", "conv-kernel-flipped", (DX, DX.replace("w[f]", "w[f, :, ::-1, ::-1]")))
change(
    "dw_turned", "conv-kernel-flipped", ("return dx, dw, db", "return dx, dw[:, :, ::-1, ::-1], db")
)
change("place_without_stride", "conv-stride-left-out", (PLACE, "top, left = i, j"))
change("dx_without_stride", "conv-stride-left-out", (AT, "dx_pad[n, :, i : i + HH, j : j + WW]"))
change("dw_without_stride", "conv-stride-left-out", (SEEN, "x_pad[n, :, i : i + HH, j : j + WW]\n"))
change(
    "dw_of_the_last_image",
    "conv-last-image",
    ("    for f in range(F):\n", "    dw[:] = 0\n        for f in range(F):\n"),
)
change(
    "dw_and_db_of_the_last_image",
    "conv-last-image",
    ("    for f in range(F):\n", "    dw, db = 0 * dw, 0 * db\n        for f in range(F):\n"),
)
change(
    "db_of_the_last_image",
    "conv-last-image",
    ("return dx, dw, db", "return dx, dw, dout[-1].sum((1, 2))"),
)
change("dw_of_the_first_dout", "conv-one-filter", (DW, "dw[f] += dout[n, 0, i, j] * "))
change("dx_with_the_first_kernel", "conv-one-filter", (DX, DX.replace("w[f]", "w[0]")))
change("dx_of_the_last_filter", "conv-last-filter", (DX, f"{DX} * (f == F - 1)"))
change("dx_of_the_first_filter", "conv-last-filter", (DX, f"{DX} * (f == 0)"))
change(
    "dx_averaged",
    "windows-averaged",
    (
        f"    dx = {CUT}",
        "    ones = np.zeros(dx_pad.shape)\n"
        "    for i, j in np.ndindex(H_out, W_out):\n"
        "        ones[..., i * stride : i * stride + HH, j * stride : j * stride + WW] += 1\n"
        f"    dx = ({CUT.replace('dx_pad', '(dx_pad / np.maximum(ones, 1))')})",
    ),
)
change("db_not_summed", "db-no-sum", ("return dx, dw, db", "return dx, dw, dout + 0"))
change("db_over_images", "db-no-sum", ("return dx, dw, db", "return dx, dw, dout.sum(axis=0)"))
change("db_over_places", "db-no-sum", ("return dx, dw, db", "return dx, dw, dout.sum((2, 3))"))
change(
    "db_over_filters", "db-wrong-axis", ("return dx, dw, db", "return dx, dw, dout.sum((1, 2, 3))")
)
change("db_is_one_number", "db-sum-all", ("return dx, dw, db", "return dx, dw, np.sum(dout)"))
change(
    "db_keeps_axes",
    "db-extra-axis",
    ("return dx, dw, db", "return dx, dw, dout.sum((0, 2, 3), keepdims=True)"),
)
change("db_is_a_column", "db-extra-axis", ("return dx, dw, db", "return dx, dw, db.reshape(-1, 1)"))
change("all_divided_by_N", None, (GIVEN, f"{GIVEN} / N"), reason=SEARCH)
change(
    "dw_and_db_divided_by_N",
    None,
    ("return dx, dw, db", "return dx, dw / N, db / N"),
    reason=SEARCH,
)
change(
    "db_is_a_mean",
    None,
    ("return dx, dw, db", "return dx, dw, dout.mean((0, 2, 3))"),
    reason=SEARCH,
)
change("negative", None, (GIVEN, f"{GIVEN} * -1"), reason=SEARCH)
change("dx_without_dout", None, (DX, DX.replace("g * ", "")), reason=SEARCH)
change("dw_without_dout", None, (DW, "dw[f] += "), reason=SEARCH)
change("dw_with_w", None, (SEEN, "w[f]\n"), reason=SEARCH)
change("dx_left_zero", None, (DX, DX.replace("g * ", "0 * ")), reason=SEARCH)
change("dw_left_zero", None, (DW, "dw[f] += 0 * "), reason=SEARCH)
change("db_left_zero", None, (DB, "db[f] += 0"), reason=SEARCH)
change(
    "dx_of_one_channel",
    None,
    (AT, "dx_pad[n, 0, top : top + HH, left : left + WW]"),
    ("g * w[f]\n", "g * w[f, 0]\n"),
    reason=SEARCH,
)
change("windows_of_x_without_border", None, (SEEN, SEEN.replace("x_pad", "x")), reason=ERROR)
change("dw_of_the_first_image", None, (SEEN, SEEN.replace("[n,", "[0,")), reason=SEARCH)
change("dx_of_all_images_in_one", None, (AT, AT.replace("[n,", "[0,")), reason=SEARCH)
change("places_exchanged", None, (GIVEN, "g = dout[n, f].T[i % W_out, j % H_out]"), reason=SEARCH)
change(
    "window_of_the_rows_exchanged",
    None,
    (PLACE, "top, left = j * stride, i * stride"),
    reason=ERROR,
)
change(
    "returned_in_another_order",
    None,
    ("return dx, dw, db", "return dw, dx, db"),
    reason=ERROR,
)
change(
    "writes_into_dout", "da-mutated-in-place", ("    dx = dx_pad", "    dout *= 2\n    dx = dx_pad")
)
change(
    "writes_into_the_cache",
    "da-mutated-in-place",
    ("    dx = dx_pad", "    w *= 2\n    dx = dx_pad"),
)

change = changes_of("convolution", einsum_for_each_place, of="conv_backward_naive")
change("einsum_dx_overwritten", "conv-overwritten", ("c : c + WW] += ", "c : c + WW] = "))
change("einsum_dw_overwritten", "conv-overwritten", ("dw += ", "dw = "))
change("einsum_cut_with_minus_pad", "conv-border-wrong-side", (" if pad > 0 else dxp", ""))
change("einsum_db_over_images", "db-no-sum", ('"nfij->f"', '"nfij->fij"'))

change = changes_of(
    "convolution", a_full_convolution_with_the_kernel_turned, of="conv_backward_naive"
)
change("full_not_turned", "conv-kernel-flipped", ("np.rot90(w, 2, axes=(2, 3))", "w"))
change(
    "full_with_border_left",
    "conv-border-not-cut",
    ("dxp[:, :, pad : pad + H, pad : pad + W]", "dxp"),
)
change(
    "transposed_for_turned", None, ("np.rot90(w, 2, axes=(2, 3))", "w[:, :, ::-1]"), reason=SEARCH
)

change = changes_of("convolution", db_of_all_axes_first, of="conv_backward_naive")
change("sums_dw_overwritten", "conv-overwritten", ("dw[k] += ", "dw[k] = "))
change("sums_dx_overwritten", "conv-overwritten", ("c : c + WW] += np", "c : c + WW] = np"))
change("sums_db_over_filters", "db-wrong-axis", ("axis=(0, 2, 3)", "axis=(1, 2, 3)"))
