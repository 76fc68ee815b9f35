"""Unit 07b: how its functions are called, and which symbols their lines may hold."""

from __future__ import annotations

from autograder.engine import signatures
from autograder.engine.report import symbols
from autograder.units.u07b_rnn_rows.mirror import FAMILY

UNIT = "07b"
#: A name that the assignment gives: it tells `rnn_forward` from the one of unit 07.
ROWS = "rows_are_examples"

signatures.enter(
    UNIT,
    """
rnn_step_forward(x, prev_h, Wx, Wh, b)
rnn_step_backward(dnext_h, cache)
rnn_forward(x, h0, Wx, Wh, b)
rnn_backward(dh, cache)
""",
)

_STEP = "x prev_h Wx Wh b z next_h N D H"
_LOOP = "x h0 Wx Wh b z h t T N D H prev_h next_h"
_BACK = "dz dx dWx dWh db dnext_h dprev_h J"
symbols.enter(
    FAMILY,
    {
        "rnn_step_forward": _STEP,
        "rnn_step_backward": f"{_STEP} {_BACK}",
        "rnn_forward": _LOOP,
        "rnn_backward": f"{_LOOP} {_BACK} dh dh0",
    },
)
