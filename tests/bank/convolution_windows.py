"""Unit 13, slips on the way back through a pooling and from columns."""

from .change import changes_of
from .convolution import col2im, max_pool_backward_naive
from .convolution_rights import a_mask_of_all_that_are_largest, one_offset_of_the_window_at_a_time
from .registry import mutants_of

mutant = mutants_of("convolution")
SEARCH = "told by the general search"
ERROR = "told by the shape, or the error, that it makes"
PLACE = "top, left = i * stride, j * stride"
WON = "dx[n, c, top + h, left + k] += dout[n, c, i, j]"
WINDOW = "window = x[n, c, top : top + height, left : left + width]"

change = changes_of("convolution", max_pool_backward_naive)
WHOLE = "dx[n, c, top : top + height, left : left + width] += dout[n, c, i, j]"
change("to_the_whole_window", "pool-whole-window", (WON, WHOLE))
change("in_equal_parts", "pool-whole-window", (WON, f"{WHOLE} / (height * width)"))
change("last_win_left", "conv-overwritten", (WON, WON.replace("+=", "=")))
change("place_without_stride", "conv-stride-left-out", (PLACE, "top, left = i, j"))
change(
    "written_without_stride",
    "conv-stride-left-out",
    (WON, "dx[n, c, i + h, j + k] += dout[n, c, i, j]"),
)
change("place_in_the_window", "pool-place-in-window", (WON, "dx[n, c, h, k] += dout[n, c, i, j]"))
change("to_the_first_entry", None, (WON, "dx[n, c, top, left] += dout[n, c, i, j]"), reason=SEARCH)
change("to_the_smallest", None, ("np.argmax", "np.argmin"), reason=SEARCH)
change("row_and_column_exchanged", None, ("h, k = np", "k, h = np"), reason=ERROR)
change("with_the_value", None, (WON, f"{WON} * window[h, k]"), reason=SEARCH)
change("without_dout", None, (WON, "dx[n, c, top + h, left + k] += 1"), reason=SEARCH)
change("divided_by_N", None, (WON, f"{WON} / N"), reason=SEARCH)
change("negative", None, (WON, WON.replace("+=", "-=")), reason=SEARCH)
change("first_image_wins_for_all", None, (WINDOW, WINDOW.replace("[n,", "[0,")), reason=SEARCH)
change(
    "first_channel_wins_for_all", None, (WINDOW, WINDOW.replace("[n, c,", "[n, 0,")), reason=SEARCH
)
change(
    "found_in_the_whole_image",
    None,
    (WON, "dx[n, c][x[n, c] == window[h, k]] += dout[n, c, i, j]"),
    reason=SEARCH,
)
change("left_zero", None, (WON, WON.replace("dout", "0 * dout")), reason=SEARCH)
change("writes_into_x", "da-mutated-in-place", ("    return dx", "    x += 1\n    return dx"))
change("writes_into_dout", "da-mutated-in-place", ("    return dx", "    dout *= 2\n    return dx"))

change = changes_of("convolution", a_mask_of_all_that_are_largest, of="max_pool_backward_naive")
SEEN = "window = x[n, c, i * s : i * s + HH, j * s : j * s + WW]"
change(
    "mask_without_stride",
    "conv-stride-left-out",
    (SEEN, "window = x[n, c, i : i + HH, j : j + WW]"),
    ("dx[n, c, i * s : i * s + HH, j * s : j * s + WW] +=", "dx[n, c, i : i + HH, j : j + WW] +="),
)
change("mask_overwritten", "conv-overwritten", ("WW] += dout", "WW] = dout"))
change(
    "mask_of_dout",
    "pool-whole-window",
    (
        "                        window == np.max(window)",
        "                        dout[n, c, i, j] == np.max(dout[n, c, i, j])",
    ),
)
for _told, _at in (("channels", "n, :"), ("images", ":, c"), ("images_and_channels", ":, :")):
    change(
        f"one_maximum_of_all_{_told}",
        "pool-one-maximum",
        ("np.max(window)", f"np.max(x[{_at}, i * s : i * s + HH, j * s : j * s + WW])"),
    )
change(
    "mask_times_window",
    None,
    ("window == np.max(window)", "window * (window == np.max(window))"),
    reason=SEARCH,
)

change = changes_of("convolution", col2im)
CUT = "return dx_pad[:, :, pad : pad + H, pad : pad + W]"
READ = "windows = dcols.reshape(N, C, HH, WW, H_out, W_out)"
change("overwritten", "conv-overwritten", ("left + WW] += ", "left + WW] = "))
change("border_not_cut", "conv-border-not-cut", (CUT, "return dx_pad"))
change("cut_at_the_end", "conv-border-wrong-side", (CUT, "return dx_pad[:, :, :H, :W]"))
change(
    "cut_at_the_beginning",
    "conv-border-wrong-side",
    (CUT, "return dx_pad[:, :, 2 * pad : 2 * pad + H, 2 * pad : 2 * pad + W]"),
)
change(
    "cut_with_minus_pad", "conv-border-wrong-side", (CUT, "return dx_pad[:, :, pad:-pad, pad:-pad]")
)
change("place_without_stride", "conv-stride-left-out", (PLACE, "top, left = i, j"))
change(
    "rows_by_pixel_first",
    "conv-column-order",
    (READ, "windows = np.moveaxis(dcols.reshape(N, HH, WW, C, H_out, W_out), 3, 1)"),
)
change(
    "rows_with_the_window_turned",
    "conv-column-order",
    (READ, "windows = dcols.reshape(N, C, WW, HH, H_out, W_out).swapaxes(2, 3)"),
)
change(
    "places_column_by_column",
    "conv-place-order",
    (READ, "windows = dcols.reshape(N, C, HH, WW, W_out, H_out).swapaxes(4, 5)"),
)
change(
    "mean_over_the_windows",
    "windows-averaged",
    (
        CUT,
        "ones = np.zeros(dx_pad.shape)\n"
        "    for i in range(H_out):\n        for j in range(W_out):\n"
        "            top, left = i * stride, j * stride\n"
        "            ones[:, :, top : top + HH, left : left + WW] += 1\n"
        f"    dx_pad = dx_pad / np.maximum(ones, 1)\n    {CUT}",
    ),
)
change("divided_by_N", None, (CUT, f"{CUT} / N"), reason=SEARCH)
change("negative", None, ("left + WW] += ", "left + WW] -= "), reason=SEARCH)
change("writes_into_dcols", "da-mutated-in-place", (CUT, f"dcols *= 2\n    {CUT}"))

change = changes_of("convolution", one_offset_of_the_window_at_a_time, of="col2im")
change(
    "offsets_overwritten",
    "conv-overwritten",
    ("stride * wide : stride] += ", "stride * wide : stride] = "),
)
change(
    "offsets_turned",
    None,
    ("apart[:, :, h, k]", "apart[:, :, HH - 1 - h, WW - 1 - k]"),
    reason=SEARCH,
)
