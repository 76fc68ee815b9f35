"""The line of formula of functions that have neither w nor a loss."""

from __future__ import annotations

from autograder.engine.diagnosis.mistakes import Mistakes
from autograder.mistakes.catalogue.rows import CACHE_BORROWED
from autograder.mistakes.catalogue.scale import LOSS_DERIVATIVE_WRONG

MISTAKES = Mistakes("rows")

#: Functions, the line that is shown there, and the mistakes on which it is shown.
_LINES = (
    (
        ("relu_forward", "sigmoid_forward", "tanh_forward"),
        "the cache holds arrays of its own: x.copy(), or what is computed from x",
        (CACHE_BORROWED,),
    ),
    (
        ("tanh_backward",),
        "dx = dout * g′(x), with tanh′ = 1 - out²: no other factor",
        (LOSS_DERIVATIVE_WRONG,),
    ),
)
for _functions, _line, _entries in _LINES:
    for _entry in _entries:
        MISTAKES.words(_entry, *_functions, formula=_line)

MISTAKES.contract(
    "affine_forward", {"out": "out = x w + b, where x has one row for each example"}, on=("",)
)
MISTAKES.contract(
    "affine_backward",
    {
        "dx": "dx = dout wᵀ, in the shape of x",
        "dw": "dw = xᵀ dout, where x has one row for each example",
        "db": "db = the sum of dout over the examples",
    },
)
MISTAKES.contract("relu_backward", {"dx": "dx = dout * (x > 0)"})
MISTAKES.contract("sigmoid_backward", {"dx": "dx = dout * out (1 - out)"})
MISTAKES.contract("tanh_backward", {"dx": "dx = dout * (1 - out²)"})
MISTAKES.contract("softmax_backward", {"dx": "dx = p * (dout - Σ_k p_k dout_k)"})
MISTAKES.contract("softmax_loss", {"dx": "dx = (p - 1 at the right class) / N"})
MISTAKES.contract(
    "backprop",
    {
        "dw": "dw = xᵀ dout, with the dout that arrives at this layer",
        "db": "db = the sum over the examples of the dout that arrives at this layer",
    },
)
