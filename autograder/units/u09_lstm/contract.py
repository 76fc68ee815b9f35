"""Unit 09: how its functions are called, and which symbols their lines may hold."""

from __future__ import annotations

from autograder.engine import signatures
from autograder.engine.report import symbols

UNIT = "09"
LSTM, GRU = "lstm", "gru"

signatures.enter(
    UNIT,
    """
lstm_cell_forward(xt, a_prev, c_prev, parameters)
lstm_cell_backward(da_next, dc_next, cache)
lstm_forward(x, a0, parameters)
lstm_backward(da, caches)
gru_cell_forward(xt, c_prev, parameters)
gru_cell_backward(dc_next, cache)
""",
)

_SIZES = "n_a n_x m"
_GATES = "f i o cc ft it ot cct Wf Wi Wc Wo bf bi bc bo zf zi zc zo u th t"
_CELL = f"xt a_prev c_prev a_next c_next a c x {_GATES} {_SIZES}"
_BACK = "J dc da dzf dzi dzc dzo du dWf dWi dWc dWo dbf dbi dbc dbo"
_OUTPUT = "Wy by yt_pred y n_y"
_ONE = "xt c_prev c_next c x u r cc ut rt cct Wu Wr Wc bu br bc zu zr zc v w t"
symbols.enter(
    LSTM,
    {
        "lstm_cell_forward": f"{_CELL} {_OUTPUT}",
        "lstm_cell_backward": f"{_CELL} {_BACK} da_next dc_next dxt da_prev dc_prev",
        "lstm_forward": f"{_CELL} {_OUTPUT} a0 T_x T",
        "lstm_backward": f"{_CELL} {_BACK} da_next dc_next dx da0 a0 T_x T da_prevt dc_prevt",
    },
)
symbols.enter(
    GRU,
    {
        "gru_cell_forward": f"{_ONE} {_SIZES}",
        "gru_cell_backward": f"{_ONE} {_SIZES} J dc dc_next dc_prev dxt dzu dzr dzc du dr dv dw "
        "dWu dWr dWc dbu dbr dbc",
    },
)
