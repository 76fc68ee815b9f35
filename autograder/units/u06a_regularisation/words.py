"""The words of unit 06a's mistakes in its forward functions, which return no gradient."""

from __future__ import annotations

from autograder.engine.diagnosis.mistakes import Mistakes
from autograder.mistakes.catalogue import regularisation as told
from autograder.mistakes.catalogue.memory import SUM_LOSS_VS_MEAN_LOSS

MISTAKES = Mistakes("columns")

_COST, _FORWARD = "compute_cost_with_regularization", "forward_propagation_with_dropout"
_TERMS = "J = (1/m) (the sum of the losses) + lambd/(2m) Σ W²"
_MASKED = "A1 = relu(Z1) * D1 / keep_prob, and A2 in the same way"

MISTAKES.words(SUM_LOSS_VS_MEAN_LOSS, _COST, formula=_TERMS)
MISTAKES.words(
    told.L2_FORGOTTEN,
    _COST,
    title="the penalty is missing",
    computed="the mean of the losses alone",
    formula=_TERMS,
    ask="By how much does your J change when lambd is doubled?",
)
MISTAKES.words(
    told.L2_FACTOR,
    _COST,
    title="another factor before the sum of squares",
    computed="a cost whose penalty has another factor than lambd/(2m)",
    formula=_TERMS,
    ask="Let lambd be 3, m = 2, and let all weights be 0 but one, which is 2. What is the penalty "
    "by the formula, and what by your lines?",
)
MISTAKES.words(
    told.L2_ON_BIAS,
    _COST,
    computed="a cost whose penalty holds the biases beside the weights",
    formula=f"{_TERMS}: no b in it",
    ask="Which letters stand under the sum of squares in the formula, and which keys of "
    "parameters do you square?",
)
MISTAKES.words(
    told.DROPOUT_MASK_FORGOTTEN,
    _FORWARD,
    title="the mask is missing on the way forward",
    computed="activations that are not masked: a unit where D is 0 still sends its signal on",
    formula=_MASKED,
    ask="Where D1 is 0, what is your A1?",
)
MISTAKES.words(
    told.DROPOUT_NOT_SCALED,
    _FORWARD,
    computed="kept units with another factor than 1/keep_prob",
    formula=_MASKED,
    ask="Let relu(z) be 1 and keep_prob 0.5. What is your A of a unit that is kept, and what is "
    "the mean over kept and dropped ones?",
    section="06a, Why divide by keep_prob?",
)
