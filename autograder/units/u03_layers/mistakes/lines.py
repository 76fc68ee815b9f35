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
