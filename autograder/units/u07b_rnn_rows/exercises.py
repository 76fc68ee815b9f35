"""The exercises of unit 07b, in the order of the notebook: importing enters them."""

from autograder.engine.bug_hunt import hunt
from autograder.units.u07b_rnn_rows import (  # noqa: F401
    backward,
    forward,
)
from autograder.units.u07b_rnn_rows.contract import UNIT

hunt(
    "answers_07b",
    UNIT,
    "ABCD",
    (
        "bptt-missing-da-prevt",
        "waa-no-transpose",
        "dwaa-uses-a-next",
        "negative-index-wrap",
        "db-wrong-axis",
        "bptt-overwrite-not-accumulate",
        "rnn-divide-by-m-again",
    ),
)
