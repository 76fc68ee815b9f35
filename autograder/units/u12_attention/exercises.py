"""The exercises of unit 12, in the order of the notebook: importing enters them."""

from autograder.engine.bug_hunt import hunt
from autograder.engine.exercise import register
from autograder.units.u12_attention import one_head, several_heads, softmax_rows
from autograder.units.u12_attention.contract import UNIT

register(softmax_rows.SOFTMAX_BACKWARD)
for _part in (one_head, several_heads):
    register(_part.FORWARD)
    register(_part.BACKWARD)

hunt(
    "answers_12",
    UNIT,
    "AB",
    (
        "attention-softmax-skipped",
        "softmax-diagonal-only",
        "attention-scale-forgotten",
        "attention-dv-not-transposed",
        "attention-road-missing",
    ),
)
