"""The exercises of unit 10b, in the order of the notebook: importing enters them."""

from autograder.engine.bug_hunt import hunt
from autograder.units.u10b_characters import (  # noqa: F401
    drawing,
    network,
    training,
)
from autograder.units.u10b_characters.contract import UNIT

hunt(
    "answers_10b",
    UNIT,
    "ABCD",
    (
        "bptt-missing-da-prevt",
        "divide-by-T",
        "word-not-clipped",
        "word-state-not-carried",
        "sample-argmax",
        "sample-letter-not-fed-back",
        "sample-state-forgotten",
        "sample-same-draw",
    ),
)
