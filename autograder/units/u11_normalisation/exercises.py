"""The exercises of unit 11, in the order of the notebook: importing enters them."""

from autograder.engine.bug_hunt import hunt
from autograder.engine.exercise import register
from autograder.networks.normalised import BATCH, LAYER
from autograder.units.u11_normalisation.backward import backward_exercise
from autograder.units.u11_normalisation.contract import UNIT
from autograder.units.u11_normalisation.forward import forward_exercise

for _kind in (BATCH, LAYER):
    register(forward_exercise(_kind))
    register(backward_exercise(_kind))

hunt(
    "answers_11",
    UNIT,
    "AB",
    (
        "norm-statistics-constant",
        "norm-variance-road-missing",
        "norm-mean-road-missing",
        "norm-sum-for-mean",
        "norm-gamma-left-out",
    ),
)
