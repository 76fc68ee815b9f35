"""The exercises of unit 06b, a bug hunt at the end: importing enters them."""

from autograder.engine.bug_hunt import hunt
from autograder.units.u06b_optimisers import batches, rates, state, updates  # noqa: F401
from autograder.units.u06b_optimisers.contract import UNIT

hunt(
    "answers_06b",
    UNIT,
    "ABCD",
    (
        "optimiser-one-minus-beta-missing",
        "adam-bias-correction-missing",
        "adam-t-off-by-one",
        "adam-betas-swapped",
        "adam-corrected-carried-on",
        "adam-square-of-mean",
        "optimiser-root-missing",
    ),
)
