"""Which sections of the lessons treat the same topic as another one's."""

from autograder.engine.diagnosis.lessons import Lessons
from autograder.mistakes.catalogue.headings import HEADINGS

_LINEAR = "04, One linear layer, index by index"
_AFFINE = "03, The affine layer"
_SLOPES = "03, Slopes: sigmoid, tanh, ReLU"
_MEMORY = "03, Who owns the memory of a cache"
_LOSS = "04, The loss, and why the chain starts with A − Y"
_SOFTMAX = "03, Softmax and its loss"
_COIN = "04, The coin: 1/m once, otherwise 1/mⁿ"
_WRONG_M = "04, The wrong m, the sum and the mean"
_CHAIN = "04, A chain of layers"
_WALK = "03, The walk back"
_PAID = "03, Where 1/N is paid"

_CONVENTIONS = "04, Why L and J? Could one stick with J only?"

_SHAPES = "00, A derivative has the shape of its variable"
_TRAP = "00, Broadcasting, and its trap"
_WIRES = "01, Slopes on the wires"
_OWNERS = "01, One array, two owners"
_NEVER_BUILT = "02, The Jacobian that is never built"
_LOSSES = "02, The vector of losses"
_CELL = "07, One cell"
_SCALE = "07, Scale: 1/m, T and da"
_TO_DA = "07, From the loss to da"
_CACHES = "07, Caches and indices"
_ARROWS = "07, Two arrows into a_t"
_LETTERS_BACK = "10b, The way back"
_STEP_BACK = "08, One step back is one Jacobian"
_BORDER = "08, Value carried, gradient cut"

_TOPICS = {
    "00": {_LINEAR: _SHAPES, _AFFINE: _SHAPES, _COIN: _TRAP, _WRONG_M: _TRAP, _PAID: _TRAP},
    "01": {_SLOPES: _WIRES, _MEMORY: _OWNERS, _LOSS: _WIRES, _CHAIN: "01, Sum over paths"},
    "02": {
        _LINEAR: _NEVER_BUILT,
        _AFFINE: _NEVER_BUILT,
        _SLOPES: "02, When a Jacobian is diagonal, the product is *",
        _COIN: _LOSSES,
        _LOSS: _LOSSES,
        _WRONG_M: _LOSSES,
        _CHAIN: "02, A chain of Jacobians",
    },
    "03": {
        _LINEAR: _AFFINE,
        _COIN: _PAID,
        _WRONG_M: _PAID,
        _LOSS: _SOFTMAX,
        _CHAIN: _WALK,
    },
    "03b": {
        **dict.fromkeys((_LINEAR, _AFFINE), "03b, All examples at once"),
        _SLOPES: "03b, Down through W2 and tanh",
        **dict.fromkeys((_COIN, _PAID, _WRONG_M), "03b, Where 1/m is paid"),
        _LOSS: "03b, Where the way back starts: A2 − Y",
        **dict.fromkeys((_CHAIN, _WALK), "03b, Two slips of the index"),
        _CONVENTIONS: "03b, I used this and passed",
    },
    "04": {_AFFINE: _LINEAR, _SLOPES: _CHAIN, _PAID: _COIN, _WALK: _CHAIN},
    "06a": {
        **dict.fromkeys((_COIN, _PAID, _WRONG_M), "06a, A second way from W to J"),
        **dict.fromkeys((_MEMORY,), "06a, Two ways to clip"),
    },
    "07": {
        _LINEAR: _CELL,
        _AFFINE: _CELL,
        _SLOPES: _CELL,
        _COIN: _SCALE,
        _PAID: _SCALE,
        _WRONG_M: _SCALE,
        _LOSS: _TO_DA,
        _SOFTMAX: _TO_DA,
        _CHAIN: _ARROWS,
    },
    "07b": {
        **dict.fromkeys((_LINEAR, _AFFINE, _SLOPES, _CELL), "07b, One step in rows"),
        **dict.fromkeys((_CHAIN, _WALK, _ARROWS), "07b, Two arrows into h_t"),
        **dict.fromkeys((_COIN, _PAID, _WRONG_M, _SCALE), "07b, What is summed, and over what"),
        _CACHES: "07b, Caches that borrow",
        "07, One weight, T uses": "07b, What is summed, and over what",
        "07, The bias: (5, 1) against (5, 5)": "07b, What is summed, and over what",
    },
    "08": {
        **dict.fromkeys((_LINEAR, _AFFINE, _SLOPES, _LOSS, _CELL, _ARROWS), _STEP_BACK),
        **dict.fromkeys((_CHAIN, _CACHES), _BORDER),
        "07, One weight, T uses": "08, What fades and what does not",
        "06a, Two ways to clip": "08, Where clipping belongs",
    },
    "09": {
        **dict.fromkeys((_SLOPES, _CELL), "09, Each gate has its own way"),
        **dict.fromkeys((_LINEAR, _AFFINE), "09, The stack, cut back"),
        **dict.fromkeys((_CHAIN, _WALK, _ARROWS, _TO_DA), "09, Two carries through time"),
        **dict.fromkeys((_COIN, _PAID, _WRONG_M, _SCALE), "09, Two carries through time"),
        _CACHES: "09, Caches that share",
        "07, One weight, T uses": "09, Two carries through time",
        "07, The bias: (5, 1) against (5, 5)": "09, The stack, cut back",
    },
    "10b": {
        **dict.fromkeys((_LINEAR, _AFFINE, _SLOPES, _CELL, _CHAIN, _WALK, _ARROWS), _LETTERS_BACK),
        **dict.fromkeys((_LOSS, _SOFTMAX, _TO_DA, _CACHES), _LETTERS_BACK),
        **dict.fromkeys((_COIN, _PAID, _WRONG_M, _SCALE), "10b, Who pays, and for what"),
        "07, One weight, T uses": _LETTERS_BACK,
        "07, The bias: (5, 1) against (5, 5)": _LETTERS_BACK,
        "06a, Two ways to clip": "10b, Training",
    },
    "11": {
        **dict.fromkeys((_LINEAR, _AFFINE, _SHAPES), "11, What the layer does"),
        **dict.fromkeys(
            (_COIN, _PAID, _WRONG_M, _LOSS, _SLOPES), "11, Three roads from x to x_hat"
        ),
        **dict.fromkeys((_CACHES, _CHAIN, _WALK), "11, Three roads from x to x_hat"),
    },
    "12": {
        **dict.fromkeys((_LINEAR, _AFFINE, _SHAPES), "12, Two positions, number by number"),
        **dict.fromkeys((_SOFTMAX, _LOSS, _SLOPES), "12, The way back through a softmax"),
        **dict.fromkeys((_COIN, _PAID, _WRONG_M), "12, Why the scores are divided"),
        _CACHES: "12, The way back through a softmax",
        **dict.fromkeys((_CHAIN, _WALK, _ARROWS), "12, X is read four times"),
    },
    "13": {
        **dict.fromkeys((_LINEAR, _AFFINE, _SHAPES), "13, Images, channels, filters"),
        **dict.fromkeys((_COIN, _PAID, _WRONG_M, _LOSS, _SLOPES), "13, Four numbers, two weights"),
        **dict.fromkeys((_CACHES, _CHAIN, _WALK), "13, Back to x"),
    },
}

LESSONS = Lessons(HEADINGS, _TOPICS)
