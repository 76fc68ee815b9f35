"""The exercises of unit 09, in the order of the notebook: importing enters them."""

from autograder.engine.bug_hunt import hunt
from autograder.units.u09_lstm import (  # noqa: F401
    backward,
    forward,
    gru,
)
from autograder.units.u09_lstm.contract import UNIT

hunt(
    "answers_09",
    UNIT,
    "ABCD",
    (
        "lstm-both-carries-missing",
        "lstm-dc-next-missing",
        "bptt-missing-da-prevt",
        "lstm-parenthesis",
        "lstm-dc-prev-no-forget",
        "lstm-gate-derivative-missing",
        "lstm-tanh-of-tanh",
    ),
)
