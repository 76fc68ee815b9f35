"""Unit 10b: how its functions are called, and which symbols their lines may hold."""

from __future__ import annotations

from autograder.engine import signatures
from autograder.engine.report import symbols

UNIT = "10b"
#: What the first cell of this unit's notebook alone imports: it tells `rnn_forward` from those of
#: units 07 and 07b, before any function is written.
BESIDE = "colour_names"
FAMILY = "characters"
#: The letters of the notebook's contract and those of the graph of unit 07.
NODES = {"Wax": "Wax", "Waa": "Waa", "b": "ba", "Wya": "Wya", "by": "by"}
#: The bound of every training step, that of the specialisation.
BOUND = 5.0

signatures.enter(
    UNIT,
    """
rnn_step_forward(parameters, a_prev, x)
rnn_forward(X, Y, a_prev, parameters)
rnn_backward(X, Y, parameters, cache)
clip(gradients, maxValue)
sample(parameters, char_to_ix, seed)
optimize(X, Y, a_prev, parameters, learning_rate=0.01)
""",
)

_STEP = "a_prev x Wax Waa b Wya by z a s p n_a V"
_LOOP = f"{_STEP} X Y L T t y"
_BACK = f"{_LOOP} da dz ds da_prevt dWax dWaa db dWya dby J"
symbols.enter(
    FAMILY,
    {
        "rnn_step_forward": f"{_STEP} a_next",
        "rnn_forward": _LOOP,
        "rnn_backward": _BACK,
        "clip": "maxValue g dWax dWaa db dWya dby",
        "sample": f"{_STEP} idx T t",
        "optimize": f"{_BACK} W dW maxValue",
    },
)
