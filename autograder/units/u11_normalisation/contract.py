"""Unit 11: how its functions are called, and which symbols their lines may hold."""

from __future__ import annotations

from autograder.engine import signatures
from autograder.engine.report import symbols
from autograder.networks.normalised import BATCH, LAYER

UNIT = "11"

signatures.enter(
    UNIT,
    """
batchnorm_forward(x, gamma, beta, bn_param)
batchnorm_backward(dout, cache)
layernorm_forward(x, gamma, beta, ln_param)
layernorm_backward(dout, cache)
""",
)

_FORWARD = "x gamma beta out mu var std x_hat eps N D"
_BACK = f"{_FORWARD} J dout dx dgamma dbeta dx_hat dmu dvar"
_AVERAGES = "momentum running_mean running_var bn_param"
for _family in (BATCH, LAYER):
    symbols.enter(
        _family,
        {
            "batchnorm_forward": f"{_FORWARD} {_AVERAGES}",
            "batchnorm_backward": _BACK,
            "layernorm_forward": f"{_FORWARD} ln_param",
            "layernorm_backward": _BACK,
        },
    )
