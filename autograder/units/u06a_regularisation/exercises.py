"""The exercises of unit 06a, in the order of the notebook: importing enters them."""

from autograder.engine.bug_hunt import hunt
from autograder.units.u06a_regularisation import (  # noqa: F401
    clipping,
    dropout,
    embedding,
    penalty,
)
from autograder.units.u06a_regularisation.contract import UNIT

hunt(
    "answers_06a",
    UNIT,
    "ABCD",
    (
        "l2-forgotten",
        "l2-factor",
        "l2-on-bias",
        "dropout-mask-forgotten",
        "dropout-not-scaled",
        "index-add-duplicates",
        "clip-value-vs-norm",
        "clip-below-the-limit",
    ),
)
