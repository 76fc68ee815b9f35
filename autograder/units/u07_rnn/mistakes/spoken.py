"""What is said of mistakes of other units in the symbols of a cell: z, a and ba, not Z, A and b."""

from __future__ import annotations

from autograder.engine.diagnosis.mistakes import Mistakes
from autograder.mistakes.catalogue.chain import ALIAS_LAST_CACHE
from autograder.mistakes.catalogue.memory import CACHE_VIEW_ALIASING, SHARED_GRAD_ARRAY
from autograder.mistakes.catalogue.products import MATMUL_NOT_ELEMENTWISE
from autograder.mistakes.catalogue.scale import (
    DB_MEAN_AND_ONE_OVER_M,
    ONE_OVER_M_PER_LAYER,
    SIGN_FLIP,
)
from autograder.mistakes.catalogue.shapes import (
    DB_FROM_DW_ROWSUM,
    DB_NO_KEEPDIMS,
    DB_NO_SUM,
    DB_SUM_ALL,
    DB_WRONG_AXIS,
    DBA_BROADCAST_SQUARE,
)
from autograder.mistakes.catalogue.signal import DW_INSTEAD_OF_W, RELU_DROPS_UPSTREAM
from autograder.mistakes.catalogue.slopes import (
    ACTIVATION_VALUE_AS_DERIVATIVE,
    DERIVATIVE_UNSQUARED,
    INVERSE_DERIVATIVE,
    MISSING_ACTIVATION_DERIVATIVE,
    ONE_MINUS_Z_SQUARED,
    WRONG_ACTIVATION_DERIVATIVE,
    Z_TIMES_DERIVATIVE,
)
from autograder.mistakes.catalogue.softmax import SOFTMAX_JACOBIAN_TWICE
from autograder.mistakes.catalogue.wiring import DB_FORGOTTEN, DW_TRANSPOSED
from autograder.units.u07_rnn.mistakes.words import BOTH

MISTAKES = Mistakes("rnn")

#: The words of each entry; the gated cells of unit 09 take those on biases and slopes too.
SPOKEN = {
    DB_NO_KEEPDIMS: {
        "title": "a bias gradient has lost its second axis",
        "computed": "a bias gradient of shape (n,), where the bias has shape (n, 1): a sum without "
        "keepdims gives that",
        "ask": "What shape does an array of shape (5, 1) get from minus one of shape (5,)?",
    },
    DBA_BROADCAST_SQUARE: {
        "computed": "a bias gradient broadcast to a square: every row holds the whole of the right "
        "one",
    },
    DB_WRONG_AXIS: {
        "title": "a bias gradient is summed over the units",
        "computed": "a sum over the units of each example, where the sum over the examples of each "
        "unit was meant",
        "ask": "The bias was copied along one axis, to all examples. Along which, and which one "
        "did you sum over?",
    },
    DB_NO_SUM: {
        "title": "a bias gradient is not summed over the examples",
        "computed": "one bias gradient for each example, side by side: the bias was copied to all "
        "examples, and what comes back from them was not added up",
        "ask": "How many entries has the bias, how many has your gradient of it, and over which "
        "axis is the sum that makes them as many?",
    },
    DB_SUM_ALL: {
        "computed": "the gradient of a network in which all units share one bias",
        "ask": "You have one number for all. How many biases are there, and does nudging one of "
        "them change z in every row, or in one?",
    },
    DB_FROM_DW_ROWSUM: {
        "title": "a bias gradient taken from that of a weight",
        "computed": "the row sums of a weight's gradient: the gradient of a network that "
        "multiplies the bias by the sum of what the weight meets",
        "ask": "Is the bias multiplied by anything in the forward pass, as the weights are?",
    },
    DB_FORGOTTEN: {
        "title": "the gradient of a bias is zero",
        "computed": "the gradient of a network without a way from this bias to the cost",
    },
    DB_MEAN_AND_ONE_OVER_M: {
        "title": "a bias gradient is averaged twice",
        "ask": "A mean divides by m, as / m does. Who has paid 1/m before your line?",
    },
    DW_INSTEAD_OF_W: {
        "title": "the signal goes through the gradient of a weight",
        "computed": "a gradient handed down through the gradient of a weight, where it has to pass "
        "through the weight",
        "ask": "Through which numbers did the state go in the forward pass: those of the weight, "
        "or of its gradient?",
    },
    DW_TRANSPOSED: {
        "title": "the gradient of a weight is transposed",
        "computed": "the transpose of a weight's gradient: its rows and columns have changed "
        "places",
        "ask": "Entry (i, j) of a weight joins input j to unit i. Which entry of your gradient "
        "belongs to it?",
    },
    MATMUL_NOT_ELEMENTWISE: {
        "ask": "Does the state of one unit on example 1 depend on its z on example 2?",
    },
    ACTIVATION_VALUE_AS_DERIVATIVE: {
        "title": "tanh(z) where its slope belongs",
        "computed": "a gradient that multiplies by the value of tanh where its slope belongs",
        "ask": "What is the slope of tanh at z = 0, and what is its value there?",
    },
    DERIVATIVE_UNSQUARED: {
        "title": "a factor of the slope is lost: 1 - a",
        "computed": "a gradient made with the slope 1 - a, one factor short of the right one",
        "ask": "tanh is as steep at z = -1 as at z = 1. Does your slope give the same there?",
    },
    ONE_MINUS_Z_SQUARED: {
        "title": "z in the form for a",
        "computed": "a gradient made with a slope that has z in the place of a, and that turns "
        "negative where z is large",
    },
    INVERSE_DERIVATIVE: {
        "title": "divided by the slope of tanh",
        "ask": "Where tanh is flat, should z matter to the loss more or less?",
    },
    Z_TIMES_DERIVATIVE: {
        "title": "z times the slope of tanh",
        "computed": "a gradient with an extra factor z beside the slope of tanh",
        "ask": "In tanh′(z), is z a factor, or the place where the slope is taken?",
    },
    WRONG_ACTIVATION_DERIVATIVE: {
        "computed": "the gradient of a cell that has another activation than tanh, as far as its "
        "derivative goes",
        "ask": "By which function is the state made of z, and whose slope do you multiply by?",
    },
    MISSING_ACTIVATION_DERIVATIVE: {"title": "the slope of tanh is missing"},
    RELU_DROPS_UPSTREAM: {
        "title": "the signal that arrives is dropped",
        "computed": "the local slope alone, as if every entry of da_next were 1",
        "ask": "What should dz be if da_next is zero, and what is yours?",
    },
    SOFTMAX_JACOBIAN_TWICE: {
        "computed": "a gradient in which y_pred - y, the gradient at the scores already, went back "
        "through the softmax once more",
        "ask": "Is y_pred - y the derivative with respect to the probabilities, or to the scores?",
    },
    SHARED_GRAD_ARRAY: {
        "title": "all columns of dx are the same",
        "computed": "a dx that holds what the first step gives, the last that the loop makes, in "
        "every column: as if all columns were one array, written anew at each step",
        "ask": "Which columns of dx does one round of your loop write into? If you collect them in "
        "a list, is each entry an array of its own?",
    },
    CACHE_VIEW_ALIASING: {
        "computed": "a gradient in which dWaa meets the last state at every step, as if each cache "
        "held one and the same array, overwritten after it was stored",
        "ask": "Print a_prev of the first cache after the whole forward pass. Is it a0, and if "
        "not, which later line writes into the array that the cache refers to?",
    },
    ALIAS_LAST_CACHE: {
        "title": "every step goes back with the last cache",
        "formula": "each step goes back with its own cache, an object of its own",
        "ask": "Are the caches that your forward pass keeps T_x objects, or T_x names of one? If "
        "they are T_x, which one does your loop take in each round?",
    },
    ONE_OVER_M_PER_LAYER: {"title": "1/m is paid at every step"},
    SIGN_FLIP: {
        "ask": "Take one entry of a weight and nudge it by 0.01. Does J move the way that your "
        "sign says? If not, which of your lines has a minus, or a difference in another order?",
    },
}
for _entry, _words in SPOKEN.items():
    MISTAKES.words(_entry, *BOTH, **_words)
