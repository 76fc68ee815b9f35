"""The words and lines of formula of the functions of unit 10b."""

from __future__ import annotations

from autograder.engine.diagnosis.mistakes import Mistakes
from autograder.mistakes.catalogue import characters as told
from autograder.mistakes.catalogue import memory, recurrent_cell, regularisation, scale, softmax
from autograder.units.u10b_characters.contract import FAMILY

MISTAKES = Mistakes(FAMILY)
_STEP = "W becomes W - learning_rate dW, with dW clipped"
_AXIS = "p = exp(s) / Σ exp(s), the sum over the letters: axis 0"

MISTAKES.words(
    softmax.SOFTMAX_WRONG_AXIS,
    "rnn_step_forward",
    computed="exponentials each divided by itself: the scores of one step are a column, and "
    "axis 1 of a column has a single entry",
    formula=_AXIS,
    ask="Add up your p_t. Does it make 1?",
    section=told.STEP,
)
MISTAKES.words(
    recurrent_cell.DIVIDE_BY_T,
    "rnn_forward",
    title="the mean over the letters",
    computed="the mean of the losses of the letters, where L is their sum",
    formula="L = L_1 + ... + L_T",
    ask="Two words of different lengths: how much does one letter of each weigh in your loss?",
    section=told.WHO_PAYS,
)
MISTAKES.words(
    scale.SIGN_FLIP,
    "optimize",
    title="a step uphill",
    computed="a step along the gradient: the loss grows",
    formula=_STEP,
    ask="The gradient points where L grows. Which sign takes you down?",
    section=told.TRAINING,
)
MISTAKES.words(
    regularisation.CLIP_COPIES_NOT_INPLACE,
    "clip",
    computed="the gradient as it came in, where it had to be clipped",
    formula="np.clip(g, -maxValue, maxValue) is a new array; g stays as it was",
    ask="np.clip returns an array. Which name of yours holds it when the function returns?",
    section=told.TRAINING,
)
for _name, _line in (
    ("clip", "np.clip(g, -maxValue, maxValue) without out=: a new array"),
    ("sample", "parameters and char_to_ix are read, and nothing is written into them"),
):
    MISTAKES.words(
        memory.DA_MUTATED_IN_PLACE,
        _name,
        computed="a result that stands in what came in, too",
        formula=_line,
        ask="After your function has run, what does its argument hold? Which line wrote into it?",
        section=told.TRAINING if _name == "clip" else told.SAMPLING,
    )
