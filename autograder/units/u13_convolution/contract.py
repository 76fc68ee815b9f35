"""Unit 13: how its functions are called, and which symbols their lines may hold."""

from __future__ import annotations

from autograder.engine import signatures
from autograder.engine.locate.axes import called
from autograder.engine.report import symbols
from autograder.networks.convolution import COLUMNS, CONV, POOL

UNIT = "13"

signatures.enter(
    UNIT,
    """
conv_forward_naive(x, w, b, conv_param)
conv_backward_naive(dout, cache)
max_pool_forward_naive(x, pool_param)
max_pool_backward_naive(dout, cache)
col2im(dcols, x_shape, HH, WW, stride, pad)
""",
)

_SIZES = "N C H W F HH WW stride pad n c f i j h k"
_CONV = f"x x_pad w b out conv_param {_SIZES}"
_POOL = "x out pool_param pool_height pool_width stride N C H W n c i j h k"
symbols.enter(
    CONV,
    {
        "conv_forward_naive": _CONV,
        "conv_backward_naive": f"{_CONV} J dout dx dx_pad dw db",
    },
)
symbols.enter(
    POOL,
    {
        "max_pool_forward_naive": _POOL,
        "max_pool_backward_naive": f"{_POOL} J dout dx",
    },
)
symbols.enter(COLUMNS, {"col2im": f"{_SIZES} x x_pad x_shape cols J dcols dx dx_pad"})
called("HH WW F", "out", "image filter row column")
called("HH WW", "out", "image channel row column")
called("HH WW", "dx", "image channel row column")
called("HH WW", "dw", "filter channel row column")
called("HH WW", "db", "filter")
