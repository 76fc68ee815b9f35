"""The exercises of unit 13, in the order of the notebook: importing enters them."""

from autograder.engine.bug_hunt import hunt
from autograder.engine.exercise import register
from autograder.units.u13_convolution.backward import COL2IM, CONV_BACKWARD, POOL_BACKWARD
from autograder.units.u13_convolution.contract import UNIT
from autograder.units.u13_convolution.forward import CONV_FORWARD, POOL_FORWARD

for _exercise in (CONV_FORWARD, CONV_BACKWARD, POOL_FORWARD, POOL_BACKWARD, COL2IM):
    register(_exercise)

hunt(
    "answers_13",
    UNIT,
    "AB",
    (
        "conv-overwritten",
        "conv-kernel-flipped",
        "conv-stride-left-out",
        "conv-border-wrong-side",
        "conv-one-filter",
    ),
)
