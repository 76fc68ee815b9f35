"""Unit 13, slips on the way forward."""

from .change import changes_of
from .convolution import conv_forward_naive, max_pool_forward_naive
from .registry import mutants_of

mutant = mutants_of("convolution")
SAYS = "told by what the check expects"
ERROR = "told by the shape, or the error, that it makes"
SUM = "np.sum(window * w[f]) + b[f]"
PLACE = "top, left = i * stride, j * stride"

change = changes_of("convolution", conv_forward_naive)
change("kernel_turned", "conv-kernel-flipped", ("window * w[f]", "window * w[f, :, ::-1, ::-1]"))
change("place_without_stride", "conv-stride-left-out", (PLACE, "top, left = i, j"))
change("first_kernel_for_all", "conv-one-filter", ("window * w[f]", "window * w[0]"))
change("without_b", None, (SUM, "np.sum(window * w[f])"), reason=SAYS)
change("b_in_the_sum", None, (SUM, "np.sum(window * w[f] + b[f])"), reason=SAYS)
change("mean_for_sum", None, ("np.sum(window", "np.mean(window"), reason=SAYS)
change("one_channel", None, ("np.sum(window * w[f])", "np.sum(window[0] * w[f, 0])"), reason=SAYS)
change("first_bias_for_all", None, ("b[f]", "b[0]"), reason=SAYS)
change("b_for_each_channel", None, ("+ b[f]", "+ C * b[f]"), reason=SAYS)
change("border_of_ones", None, ('mode="constant"', "constant_values=1.0"), reason=SAYS)
change("border_repeats_the_edge", None, ('mode="constant"', 'mode="edge"'), reason=SAYS)
BORDER = '((0, 0), (0, 0), (pad, pad), (pad, pad)), mode="constant"'
for _axes, _border in (
    ("all_axes", "pad"),
    ("channels", "((0, 0), (pad, pad), (pad, pad), (pad, pad))"),
):
    change(
        f"border_on_{_axes}",
        "conv-border-on-all-axes",
        (BORDER, _border),
        ("x_pad[n, :, top", "x_pad[n, :C, top"),
    )
change("no_border", None, ("(pad, pad), (pad, pad)", "(0, 0), (0, 0)"), reason=ERROR)
change(
    "border_at_the_end_alone",
    None,
    ("(pad, pad), (pad, pad)", "(0, 2 * pad), (0, 2 * pad)"),
    reason=SAYS,
)
change("sizes_exchanged", None, ("(N, F, H_out, W_out)", "(N, F, W_out, H_out)"), reason=ERROR)
change("one_place_less", None, ("H_out = 1 + ", "H_out = "), reason=ERROR)
change("rows_step_by_one", None, (PLACE, "top, left = i, j * stride"), reason=SAYS)
change("last_image_alone", None, ("out[n, f, i, j]", "out[-1, f, i, j]"), reason=SAYS)
change(
    "writes_into_w",
    "da-mutated-in-place",
    ("out = np.zeros((N, F, H_out, W_out))", "out = np.zeros((N, F, H_out, W_out))\n    w *= 1.5"),
)

change = changes_of("convolution", max_pool_forward_naive)
change("mean", "pool-whole-window", ("np.max(x", "np.mean(x"))
change("sum", "pool-whole-window", ("np.max(x", "np.sum(x"))
change("place_without_stride", "conv-stride-left-out", (PLACE, "top, left = i, j"))
change("smallest", None, ("np.max(x", "np.min(x"), reason=SAYS)
change("largest_size", None, ("np.max(x", "np.max(np.abs(x"), ("width])", "width]))"), reason=SAYS)
change("largest_of_all_channels", "pool-one-maximum", ("x[n, c, top", "x[n, :, top"))
change("largest_of_all_images", "pool-one-maximum", ("x[n, c, top", "x[:, c, top"))
change("largest_of_all", "pool-one-maximum", ("x[n, c, top", "x[:, :, top"))
change(
    "windows_side_by_side",
    "pool-side-by-side",
    (PLACE, "top, left = i * height, j * width"),
    ("np.max(x", "max(x"),
    ("width])", "width].ravel(), default=0.0)"),
)
change(
    "windows_as_large_as_the_stride",
    None,
    ("top + height", "top + stride"),
    ("left + width", "left + stride"),
    reason=SAYS,
)
change("first_entry", None, ("np.max(", "np.ravel("), ("width])", "width])[0]"), reason=SAYS)
change(
    "never_below_zero",
    None,
    ("np.max(x", "max(0.0, *x"),
    ("width])", "width].ravel())"),
    reason=SAYS,
)
change(
    "height_and_width_exchanged",
    None,
    (
        'height, width = pool_param["pool_height"], pool_param["pool_width"]',
        'width, height = pool_param["pool_height"], pool_param["pool_width"]',
    ),
    reason=ERROR,
)
change(
    "writes_into_x", "da-mutated-in-place", ("return out, (x", "x[:] = x - 1\n    return out, (x")
)
