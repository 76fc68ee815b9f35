"""Unit 12: how its functions are called, and which symbols their lines may hold."""

from __future__ import annotations

from autograder.engine import signatures
from autograder.engine.locate.axes import called
from autograder.engine.report import symbols
from autograder.networks.attention import FAMILY

UNIT = "12"

signatures.enter(
    UNIT,
    """
softmax_rows_backward(dP, P)
attention_forward(Q, K, V, mask=None)
attention_backward(dout, cache)
self_attention_forward(X, Wq, Wk, Wv, Wo, n_heads, mask=None)
self_attention_backward(dout, cache)
""",
)

_ONE = "Q K V S P out mask d_k d_v T_q T_k"
_ONE_BACK = "J dout dQ dK dV dS dP"
_ALL = "X Wq Wk Wv Wo H T D E n_heads d h"
symbols.enter(
    FAMILY,
    {
        "softmax_rows_backward": "dP P S dS T_q T_k J",
        "attention_forward": _ONE,
        "attention_backward": f"{_ONE} {_ONE_BACK}",
        "self_attention_forward": f"{_ONE} {_ALL}",
        "self_attention_backward": f"{_ONE} {_ONE_BACK} {_ALL} dX dWq dWk dWv dWo dH",
    },
)
# a position is a row, and no step of a loop
for _name in ("dS", "out", "dQ", "dK", "dV"):
    called("T_q T_k", _name, "row column")
for _name in ("out", "dX"):
    called("T n_heads", _name, "row column")
