"""Unit 12: the clauses of its text, and code that breaks each of them."""

from __future__ import annotations

from .breaker import Breaker
from .wrapped import after, around, last_call

UNCHANGED = "Whatever comes in, the cache too, stays as it was."
SHAPE = "with the shape of `A`."
NOBODY = "Nobody divides by $T$."
LARGE = "scores from -1000 to 1000, seen or not, give no `inf` and no `nan`."
HIDDEN = "What is not seen has the weight 0, however large its score,"
BACK = {
    "softmax_rows_backward": ("dS : array, shape (T_q, T_k)",),
    "attention_backward": (
        "dQ : array, shape (T_q, d_k)",
        "dK : array, shape (T_k, d_k)",
        "dV : array, shape (T_k, d_v)",
    ),
    "self_attention_backward": (
        "dX : array, shape (T, D)",
        "dWq, dWk, dWv : array, shape (D, E)",
        "dWo : array, shape (E, D)",
    ),
}
PLACES = {"dX": 0, "dWq, dWk, dWv": 2, "dWo": 4, "dQ": 0, "dK": 1, "dV": 2}
FORWARD = """
def attention_forward(Q, K, V, mask=None):
    S = Q @ K.T / {root}
    if mask is not None:
        {masked}
    P = np.exp({shifted})
    P = P / P.sum(axis={axis}, keepdims=True)
    {more}
    return P @ V, (Q.copy(), K.copy(), V.copy(), P)
"""


def _forward(
    root: str = "np.sqrt(Q.shape[1])",
    masked: str = "S = np.where(mask, S, -np.inf)",
    shifted: str = "S - S.max(axis=-1, keepdims=True)",
    axis: int = -1,
    more: str = "pass",
) -> str:
    return FORWARD.format(root=root, masked=masked, shifted=shifted, axis=axis, more=more)


#: The largest score is taken before anything is hidden.
LATE = {
    "shifted": "S - S.max(axis=-1, keepdims=True)",
    "more": "P = np.exp(S - S.max(axis=-1, keepdims=True)) * (True if mask is None else mask)\n"
    "    P = P / P.sum(axis=-1, keepdims=True)",
}
#: Self-attention that makes its own weights.
LAYER = """
def self_attention_forward(X, Wq, Wk, Wv, Wo, n_heads, mask=None):
    H, d = np.empty((len(X), Wq.shape[1])), Wq.shape[1] // n_heads
    for h in range(n_heads):
        Q, K, V = (X @ W[:, h * d : (h + 1) * d] for W in (Wq, Wk, Wv))
        S = Q @ K.T / np.sqrt(d)
        if mask is not None:
            S = np.where(mask, S, {hidden})
        P = np.exp({shifted})
        H[:, h * d : (h + 1) * d] = P / P.sum(axis=-1, keepdims=True) @ V
    return X + H @ Wo, None
"""
#: Attention backward that makes its weights anew.
ANEW = """
{forward}
def attention_backward(dout, cache):
    Q, K, V, mask = cache
    e = np.exp(Q @ K.T / np.sqrt(Q.shape[1])) * (True if mask is None else mask)
    P = e / e.sum(axis=-1, keepdims=True)
    dS = softmax_rows_backward(dout @ V.T, P) / np.sqrt(Q.shape[1])
    return dS @ K, dS.T @ Q, P.T @ dout
"""


def _turned(name: str, line: str) -> str:
    """The array of a line of a docstring, turned over."""
    if name == "softmax_rows_backward":
        return after(name, "out = out.T")
    place = PLACES[line.partition(" :")[0]]
    return after(name, "out = list(out)", f"out[{place}] = np.squeeze(out[{place}].T)")


BREAKERS = (
    [Breaker(line, (name,), _turned(name, line)) for name, lines in BACK.items() for line in lines]
    + [
        Breaker(UNCHANGED, (name,), after(name, line))
        for name, line in (
            ("softmax_rows_backward", "args[0][:] *= 2"),
            ("softmax_rows_backward", "args[1][:] *= 2"),
            ("attention_forward", "args[0][:] = 0"),
            ("attention_forward", "args[2][:] += 1"),
            ("attention_forward", "len(args) < 4 or args[3].fill(True)"),
            ("attention_backward", "args[0][:] *= 2"),
            ("attention_backward", "args[1][3][:] *= 2"),
            ("self_attention_forward", "args[0][:] = 0"),
            ("self_attention_forward", "args[4][:] = 0"),
            ("self_attention_backward", "args[0][:] *= 2"),
            ("self_attention_backward", "args[1][5][:] *= 2"),
        )
    ]
    + [
        Breaker(
            f"As returned by your `{kind}_forward`.",
            (f"{kind}_backward",),
            last_call(f"{kind}_forward", f"{kind}_backward", 1),
        )
        for kind in ("attention", "self_attention")
    ]
    + [
        Breaker(SHAPE, (name,), after(name, "out = [a.ravel() for a in out]"))
        for name in ("attention_backward", "self_attention_backward")
    ]
    + [
        Breaker(NOBODY, (name,), after(name, line))
        for name, line in (
            ("softmax_rows_backward", "out = out / len(out)"),
            ("attention_backward", "out = [a / len(args[0]) for a in out]"),
            ("self_attention_backward", "out = [a / len(args[0]) for a in out]"),
        )
    ]
    + [
        Breaker(clause, ("attention_forward",), code)
        for clause, code in (
            (LARGE, _forward(shifted="S")),
            (LARGE, _forward(shifted="S - S.max()")),
            ("The softmax** is that of each row of the scores.", _forward(axis=0)),
            ("| $Q K^T / \\sqrt{d_k}$ |", _forward(root="1.0")),
            ("| $Q K^T / \\sqrt{d_k}$ |", _forward(root="np.sqrt(V.shape[1])")),
            (
                "`mask[i, j]` is True where query $i$ may see key $j$.",
                _forward(masked="S = np.where(mask, -1e9, S)"),
            ),
            (HIDDEN, _forward(masked="S = np.where(mask, S, 0)")),
            (HIDDEN, _forward(masked="S = np.where(mask, S, -999.0)")),
            (HIDDEN, _forward(masked="S = S + np.where(mask, 0.0, -100.0)")),
            (HIDDEN, _forward(masked="S = S - 1000.0 * ~mask")),
            (HIDDEN, _forward(masked="S = np.where(mask, S, -1e3 * Q.shape[1])")),
            (LARGE, _forward(shifted="S - np.maximum(S.max(axis=-1, keepdims=True), 0)")),
            (LARGE, _forward(masked="pass", **LATE)),
            (
                "the weights of what is seen add up to 1.",
                _forward(masked="pass", more="P = P if mask is None else P * mask"),
            ),
            ("an array of bool, or `None`.", _forward(masked="S = np.where(mask == 1.5, S, 0)")),
            (
                "out : array, shape (T_q, d_v)",
                after("attention_forward", "out = out[0].T, out[1]"),
            ),
        )
    ]
    + [
        Breaker(
            LARGE,
            ("attention_backward",),
            ANEW.format(forward=_forward().replace("V.copy(), P)", "V.copy(), mask)")),
        )
    ]
    + [
        Breaker(clause, ("self_attention_forward",), code)
        for clause, code in (
            (LARGE, LAYER.format(hidden="-np.inf", shifted="S")),
            (LARGE, LAYER.format(hidden="-np.inf", shifted="S - S.max()")),
            (
                HIDDEN,
                LAYER.format(hidden="-999.0", shifted="S - S.max(axis=-1, keepdims=True)"),
            ),
            (
                "out : array, shape (T, D)",
                after("self_attention_forward", "out = out[0].T, out[1]"),
            ),
            (
                "$\\text{out} = X + H W_o$",
                after("self_attention_forward", "out = out[0] - args[0], out[1]"),
            ),
            (
                "Head $h$ has the columns $h d$ to $(h + 1) d$ of $Q$, $K$ and $V$",
                around(
                    "self_attention_forward",
                    "turned = lambda W: np.hstack([W[:, h::n_heads] for h in range(n_heads)])",
                    "out = solved_self_attention_forward("
                    "X, turned(Wq), turned(Wk), turned(Wv), Wo, n_heads, mask)",
                    signature="X, Wq, Wk, Wv, Wo, n_heads, mask=None",
                ),
            ),
            (
                "its output goes into the same columns of $H$.",
                around(
                    "self_attention_forward",
                    "turned = np.vstack(np.split(Wo, n_heads)[::-1])",
                    "out = solved_self_attention_forward(X, Wq, Wk, Wv, turned, n_heads, mask)",
                    signature="X, Wq, Wk, Wv, Wo, n_heads, mask=None",
                ),
            ),
            (
                "mask : array of bool, shape (T, T), or None",
                around(
                    "self_attention_forward",
                    "out = solved_self_attention_forward(X, Wq, Wk, Wv, Wo, n_heads)",
                    signature="X, Wq, Wk, Wv, Wo, n_heads, mask=None",
                ),
            ),
        )
    ]
)
#: What keeps the contract in another form.
HARMLESS = [
    # caches that are functions, lists for tuples, a finite score for what is not seen
    """
def attention_forward(Q, K, V, mask=None):
    S = Q @ K.T * Q.shape[1] ** -0.5
    S = S if mask is None else np.where(mask, S, -1e9)
    P = np.exp(S - S.max(1)[:, None])
    P = P / P.sum(1)[:, None]
    q, k, v = Q.copy(), K.copy(), V.copy()
    return [P @ V, lambda: (q, k, v, P)]

def attention_backward(dout, cache):
    Q, K, V, P = cache()
    dS = softmax_rows_backward(dout @ V.T, P) / np.sqrt(Q.shape[1])
    return [dS @ K, (Q.T @ dS).T, (dout.T @ P).T]
"""
]
