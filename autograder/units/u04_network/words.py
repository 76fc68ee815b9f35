"""Words for functions in which the general ones would not be true.

Those of a layer speak of a network, and those of a network of the L convention.
"""

from __future__ import annotations

from autograder.engine.diagnosis.mistakes import Mistakes
from autograder.mistakes.catalogue import memory, products, scale, shapes, slopes, wiring

MISTAKES = Mistakes("columns")

_LINEAR, _LAYER = "linear_backward", "linear_activation_backward"
_RELU, _SIGMOID = "relu_backward beside columns", "sigmoid_backward beside columns"
_NETWORK, _OF_J = "L_model_backward", "L_model_backward_J"
_ONE_LAYER = "04, One linear layer, index by index"
_CHAIN = "04, A chain of layers"

MISTAKES.words(
    scale.SIGN_FLIP,
    _LINEAR,
    ask="Let dZ, A_prev and W hold positive numbers. Which signs have the right dW, db and "
    "dA_prev?",
    section=_ONE_LAYER,
)
MISTAKES.words(
    scale.SIGN_FLIP,
    _LAYER,
    ask="Let dA, A_prev and W hold positive numbers, and let Z grow with them. Which signs have "
    "the right dW, db and dA_prev?",
    section=_CHAIN,
)
MISTAKES.words(
    scale.SIGN_FLIP,
    _RELU,
    _SIGMOID,
    computed="a dZ of which each entry is right but for its sign",
    ask="This activation never falls where Z grows. Which sign has dZ where dA is positive?",
    section=_CHAIN,
)
for _function, _section in ((_LINEAR, _ONE_LAYER), (_LAYER, _ONE_LAYER), (_RELU, _CHAIN)):
    MISTAKES.words(
        scale.LOSS_DERIVATIVE_WRONG,
        *((_RELU, _SIGMOID) if _function is _RELU else (_function,)),
        title="a factor 2 or 1/2 that belongs to nothing",
        computed="what belongs to a cost that is twice or half as large: all that is returned has "
        "this one factor",
        ask="Write the formula of each array beside your line. Where does a factor 2 or 1/2 come "
        "in, and through which array does it reach the others?",
        section=_section,
    )
for _entry, _words in (
    (scale.MISSING_ONE_OVER_M, "m times the right dZ"),
    (scale.ONE_OVER_M_TWICE, "the right dZ, divided by m"),
):
    MISTAKES.words(
        _entry,
        _RELU,
        _SIGMOID,
        title="m does not belong here",
        computed=_words,
        ask="Each entry of Z touches one entry of A. Which numbers does their slope hold, and is "
        "m one of them?",
        section=_CHAIN,
    )
MISTAKES.words(
    scale.ONE_OVER_M_PER_LAYER,
    _LINEAR,
    _LAYER,
    title="dA_prev is divided by m",
    computed="dA_prev divided by m: in a chain of n such layers the first one gets a signal that "
    "is mⁿ times too small",
    ask="dA_prev is a derivative of the sum of the losses. One entry of A_prev grows by 0.01: by "
    "how much does the sum grow, and does m enter?",
)
MISTAKES.words(
    wiring.DW_USES_OWN_ACTIVATION, _LAYER, ask="W multiplies what comes in. Is that A or A_prev?"
)
MISTAKES.words(
    slopes.OUTPUT_DERIVATIVE_TWICE,
    _LAYER,
    ask="How often does A (1 - A) stand between dA and dZ in the formula, and how often in what "
    "your lines and the functions that they call make of dA?",
)
MISTAKES.words(
    slopes.WRONG_ACTIVATION_DERIVATIVE,
    _RELU,
    _SIGMOID,
    computed="dA times the slope of another activation than the one in this function's name",
    ask="By how much does this activation grow at Z = 2 when Z grows by 0.001? Divide by 0.001, "
    "and print the factor of your line beside it.",
)
for _entry in (slopes.DERIVATIVE_UNSQUARED, slopes.ONE_MINUS_Z_SQUARED):
    MISTAKES.words(_entry, _SIGMOID, _LAYER, _NETWORK, _OF_J, formula="sigmoid′ = A (1 - A)")

MISTAKES.words(
    memory.INPLACE_RELU_MUTATES_DA,
    _RELU,
    _LAYER,
    title="dA was written into",
    computed="a dA that is not what it was before the call, as where dZ is a second name for dA "
    "and not a copy: what is written into one is written into both",
    formula="dZ = dA * g′(Z), a new array",
)
MISTAKES.words(
    memory.INPLACE_P_MINUS_Y,
    _NETWORK,
    title="AL was written into",
    computed="an AL that is not what it was before the call: whatever reads it afterwards, a cost "
    "or an accuracy, finds other numbers, as where A - Y is written into it",
)
MISTAKES.words(
    memory.GRADS_NOT_RESET,
    "columns",
    "dropout",
    title="something outlives the call",
    computed="another answer at the second call with equal arguments, as where gradients of an "
    "earlier call are kept and added to",
    formula="each call starts from its arguments, and from nothing else",
    ask="Call the function twice with equal arguments. Which object is there before the call and "
    "after it: a default argument, a global name, a list that is made outside? Or is something "
    "drawn at random?",
)
MISTAKES.words(
    memory.GRADS_NOT_RESET,
    "L_layer_model",
    title="gradients of earlier iterations are kept",
    computed="a step along the sum of this iteration's gradients and those of earlier ones",
    formula="each iteration starts from gradients of its own",
    ask="Where are the gradients made, once or in each iteration anew? Which line adds to what is "
    "there already?",
)

_DB = "db^[l] = Σ_i dZ^[l](i), where dZ^[l] is of J: its 1/m is in it already"
_START = "dZ^[L] = (A^[L] - Y) / m, and no other 1/m: dW^[l] = dZ^[l] A^[l-1]ᵀ"
#: In the J convention dZ has its 1/m already: the lines with another 1/m are not those of it.
_LINES_OF_J = {
    _START: (scale.MISSING_ONE_OVER_M, scale.ONE_OVER_M_TWICE),
    _DB: (
        scale.DB_NOT_AVERAGED,
        scale.DB_MEAN_AND_ONE_OVER_M,
        shapes.DB_NO_KEEPDIMS,
        shapes.DB_NO_SUM,
        shapes.DB_WRONG_AXIS,
        shapes.DB_SUM_ALL,
        shapes.DB_FROM_DW_ROWSUM,
        wiring.DB_FORGOTTEN,
    ),
    "dW^[l] = dZ^[l] A^[l-1]ᵀ": (
        wiring.DW_USES_OWN_ACTIVATION,
        wiring.DW_USES_Z,
        wiring.DW_TRANSPOSED,
    ),
    "dW^[l] = dZ^[l] A^[l-1]ᵀ and dA^[l-1] = W^[l]ᵀ dZ^[l]: sums over the index that disappears": (
        products.ELEMENTWISE_VS_MATMUL,
    ),
    "dZ^[L] = (A^[L] - Y) / m": (scale.SIGN_FLIP,),
    "dZ^[L] = (A^[L] - Y) / m, without a factor 2 or 1/2": (scale.LOSS_DERIVATIVE_WRONG,),
    "dZ^[L] = (A^[L] - Y) / m: A (1 - A) is in it already": (slopes.OUTPUT_DERIVATIVE_TWICE,),
    "dA^[L] = -(1/m) (Y/AL - (1 - Y)/(1 - AL))": (slopes.DAL_SIGN, slopes.ONE_CLASS_ONLY),
}
for _line, _entries in _LINES_OF_J.items():
    for _entry in _entries:
        MISTAKES.words(_entry, _OF_J, formula=_line)
MISTAKES.words(
    scale.DB_NOT_AVERAGED,
    _OF_J,
    title="1/m is missing in db",
    ask="Is the dZ that your db adds up the derivative of J, or of the sum of the losses? Count "
    "the factors 1/m on the way from the losses to db.",
)
