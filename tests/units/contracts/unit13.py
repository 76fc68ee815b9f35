"""Unit 13: the clauses of its text, and code that breaks each of them."""

from __future__ import annotations

from .breaker import Breaker
from .wrapped import after, around, last_call

UNCHANGED = "Whatever comes in, the cache too, stays as it was."
CONV, POOL = "conv_forward_naive", "max_pool_forward_naive"
CONV_BACK, POOL_BACK = "conv_backward_naive", "max_pool_backward_naive"
#: By function, what breaks the line of an array in its docstring.
ARRAYS = {
    CONV: {"out : array, shape (N, F, H', W')": "out = np.squeeze(out[0]), out[1]"},
    CONV_BACK: {
        "dx : array, shape (N, C, H, W)": "out = out[0].swapaxes(2, 3), *out[1:]",
        "dw : array, shape (F, C, HH, WW)": "out = out[0], out[1].reshape(len(out[2]), -1), out[2]",
        "db : array, shape (F,)": "out = *out[:2], out[2].sum()",
    },
    POOL: {"out : array, shape (N, C, H', W')": "out = np.squeeze(out[0]), out[1]"},
    POOL_BACK: {"dx : array, shape (N, C, H, W)": "out = out.reshape(len(out), -1)"},
    "col2im": {"dx : array, shape (N, C, H, W)": "out = out.reshape(len(out), -1)"},
}


def _given(name: str, param: str, change: str) -> str:
    """Code that hands the solution another dict of settings."""
    return around(
        name,
        f"param = dict(args[-1]); {change}",
        f"out = solved_{name}(*args[:-1], param)",
    )


BREAKERS = (
    [
        Breaker(UNCHANGED, (name,), after(name, line))
        for name, line in (
            (CONV, "args[0][:] = 0"),
            (CONV, "args[1][:] += 1"),
            (CONV, "args[3]['pad'] += 1"),
            (CONV_BACK, "args[0][:] *= 2"),
            (CONV_BACK, "args[1][0][:] *= 2"),
            (POOL, "args[0][:] *= 2"),
            (POOL_BACK, "args[0][:] *= 2"),
            (POOL_BACK, "args[1][0][:] += 1"),
            ("col2im", "args[0][:] *= 2"),
        )
    ]
    + [
        Breaker(clause, (name,), after(name, line))
        for name, lines in ARRAYS.items()
        for clause, line in lines.items()
    ]
    + [
        Breaker(f"As returned by your `{forward}`.", (back,), last_call(forward, back, 1))
        for forward, back in ((CONV, CONV_BACK), (POOL, POOL_BACK))
    ]
    + [
        Breaker(clause, (name,), code)
        for clause, name, code in (
            (
                "here nobody pays it again.",
                CONV_BACK,
                after(CONV_BACK, "out = tuple(v / len(args[0]) for v in out)"),
            ),
            (
                "with the shape of `Q`;",
                CONV_BACK,
                after(CONV_BACK, "out = tuple(np.squeeze(v) for v in out)"),
            ),
            (
                "rows of zeros around $x$; the step from window to window",
                CONV,
                _given(CONV, "conv_param", "param['pad'] = 0"),
            ),
            (
                "rows of zeros around $x$; the step from window to window",
                CONV,
                _given(CONV, "conv_param", "param['stride'] = 1"),
            ),
            (
                "Networks do not, and call it convolution all the same.",
                CONV,
                around(
                    CONV,
                    f"out = solved_{CONV}(x, w[:, :, ::-1, ::-1], b, conv_param)",
                    signature="x, w, b, conv_param",
                ),
            ),
            (
                "Max pooling keeps the largest number:",
                POOL,
                after(POOL, "out = -out[0], out[1]"),
            ),
            *(
                (
                    "Max pooling keeps the largest number:",
                    POOL,
                    after(POOL, f"out = np.maximum(out[0], {start}), out[1]"),
                )
                for start in (0.0, -1.0, -999.0)
            ),
            (
                'two integers, `"stride"` and `"pad"`.',
                CONV,
                _given(CONV, "conv_param", "param = {'pad': param['stride'], 'stride': 1}"),
            ),
            (
                'three integers: `"pool_height"` and `"pool_width"` of the window, and `"stride"`.',
                POOL,
                _given(POOL, "pool_param", "param['pool_width'] = param['pool_height']"),
            ),
            (
                "Windows may overlap.",
                POOL_BACK,
                around(
                    POOL_BACK,
                    f"out = solved_{POOL_BACK}(dout, cache)",
                    "x, _, high, wide, s = cache",
                    "out = 0 * out if s < max(high, wide) else out",
                    signature="dout, cache",
                ),
            ),
        )
    ]
)
#: What keeps the contract in another form.
HARMLESS = [
    # a cache that is a function, lists for tuples, arrays of indices
    """
def max_pool_forward_naive(x, pool_param):
    size, s = (pool_param["pool_height"], pool_param["pool_width"]), pool_param["stride"]
    view = np.lib.stride_tricks.sliding_window_view(x, size, axis=(2, 3))[:, :, ::s, ::s]
    flat = view.reshape(*view.shape[:4], -1)
    where, shape = flat.argmax(axis=-1), x.shape
    return [flat.max(axis=-1), lambda: (shape, where, size[1], s)]

def max_pool_backward_naive(dout, cache):
    shape, where, wide, s = cache()
    n, c, i, j = np.indices(dout.shape)
    dx = np.zeros(shape)
    np.add.at(dx, (n, c, i * s + where // wide, j * s + where % wide), dout)
    return dx
"""
]
