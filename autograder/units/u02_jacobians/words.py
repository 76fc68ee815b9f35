"""The words of vjp_linear, loss_vector_jacobian and contract, in their own letters."""

from __future__ import annotations

from autograder.engine.diagnosis.mistakes import Mistakes
from autograder.mistakes.catalogue.jacobians import LOSS_VECTOR_JACOBIAN
from autograder.mistakes.catalogue.scale import MISSING_ONE_OVER_M, SIGN_FLIP
from autograder.mistakes.catalogue.shapes import DB_NO_KEEPDIMS, DB_SUM_ALL, DB_WRONG_AXIS
from autograder.mistakes.catalogue.slopes import MISSING_ACTIVATION_DERIVATIVE
from autograder.mistakes.catalogue.wiring import MISSING_W_TRANSPOSE

MISTAKES = Mistakes("columns")

MISTAKES.words(
    DB_NO_KEEPDIMS, "vjp_linear", computed="a db of shape (n,), where b has shape (n, 1)"
)
MISTAKES.words(
    DB_SUM_ALL,
    "vjp_linear",
    computed="one number for all biases: the gradient of a layer whose units share one bias",
    ask="How many biases has the layer? Does nudging one of them change all of z, or one entry?",
)
MISTAKES.words(
    DB_WRONG_AXIS,
    "vjp_linear",
    computed="a db that was summed over the units, where db is dz itself: with one example there "
    "is nothing to sum over",
    ask="If one entry of b grows, which entries of z grow with it?",
)
MISTAKES.words(
    MISSING_W_TRANSPOSE,
    "vjp_linear",
    computed="W dz, as if W had been transposed on the way forward",
    ask="z_i = Σ_j W_ij a_j. For da_j, over which index of W do you sum?",
)
MISTAKES.words(
    SIGN_FLIP,
    "vjp_linear",
    computed="a gradient with the opposite sign",
    ask="If an entry of b grows, does z grow or fall? Which sign has db beside dz?",
)
MISTAKES.words(
    SIGN_FLIP,
    "loss_vector_jacobian",
    computed="the Jacobian with the opposite sign",
    ask="Take y = 0. Does the loss of this example grow or fall when z grows?",
)
MISTAKES.words(
    MISSING_ACTIVATION_DERIVATIVE,
    "loss_vector_jacobian",
    title="the derivative by a, not by z",
    computed="dL/da on the diagonal: the slope of the sigmoid is missing between a and z",
    formula="dL/dz = diag(a - y)",
    ask="Which derivative is asked for: of L by a, or by z? Which factor lies between the two?",
)
MISTAKES.words(
    SIGN_FLIP,
    "contract",
    computed="dJ/dq with the opposite sign",
    ask="J is a mean of the L_i: if all of them grow with q, does J grow or fall?",
)
MISTAKES.words(
    MISSING_ONE_OVER_M,
    "contract",
    computed="the sum over the m losses, where dJ/dq is their mean",
    ask="JL has a column for each loss. By which number has their sum to be divided?",
)
MISTAKES.words(
    LOSS_VECTOR_JACOBIAN,
    "contract",
    computed="a strip that is not the mean over all m losses, entry by entry of q",
    formula="dJ/dq = (1/m) Σ_i dL_i/dq",
    ask="Which axis of JL counts the losses, and over which one does your sum run?",
)
