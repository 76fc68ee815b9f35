"""The sections of the lessons, and which of them treat the same topic as another one's."""

from autograder.engine.diagnosis.lessons import Lessons

_HEADINGS = {
    "00_shapes": (
        "1. One layer, letter by letter",
        "2. A derivative has the shape of its variable",
        "3. Two layouts",
        "4. Broadcasting, and its trap",
        "5. What shapes cannot decide",
    ),
    "01_graphs": (
        "1. One number, two ways",
        "2. Slopes on the wires",
        "3. Sum over paths",
        "4. Tree or graph",
        "5. When may a node fire?",
        "6. What a lost plus sign cuts",
        "7. A second call",
        "8. One array, two owners",
        "9. What back-propagation is not",
    ),
    "02_jacobians": (
        "1. A table of partial derivatives",
        "2. Two layouts",
        "3. When a Jacobian is diagonal, the product is `*`",
        "4. A chain of Jacobians",
        "5. Which end to start from",
        "6. The Jacobian that is never built",
        "7. The vector of losses",
    ),
    "03_layer_recipes": (
        "1. A layer is two functions and a cache",
        "2. The affine layer",
        "3. Where 1/N is paid",
        "4. Slopes: sigmoid, tanh, ReLU",
        "5. Softmax and its loss",
        "6. Who owns the memory of a cache",
        "7. The walk back",
        "8. A dead ReLU",
        "9. Not differentiable at 0",
    ),
    "03b_one_hidden_layer": (
        "1. Four lines forward",
        "2. The smallest network, number by number",
        "3. Where the way back starts: A2 − Y",
        "4. Down through W2 and tanh",
        "5. All examples at once",
        "6. Where 1/m is paid",
        "7. Two slips of the index",
        "8. I used this and passed",
        "9. Why the weights do not start at zero",
        "10. A boundary, learnt",
    ),
    "04_l_layer_network": (
        "1. An instrument that knows no formulas",
        "2. One linear layer, index by index",
        "3. When `*`, when `@`?",
        "4. The loss, and why the chain starts with A − Y",
        "5. A chain of layers",
        "6. Why L and J? Could one stick with J only?",
        "7. Should dL/dZ not be m × m?",
        "8. dZ differs, yet dW and db agree. Why?",
        "9. The coin: 1/m once, otherwise 1/mⁿ",
        "10. The wrong m, the sum and the mean",
        "11. A wrong gradient is the right gradient of another graph",
        "12. A falling cost proves nothing",
    ),
    "05_gradient_check": (
        "1. Centred",
        "2. The U-curve",
        "3. Integers and float32",
        "4. Kinks",
        "5. Random forwards",
        "6. One norm for all",
        "7. What a check must not share",
        "8. Mend, and check again",
        "9. Inputs on which nothing can hide",
    ),
    "06a_regularisation": (
        "1. A second way from W to J",
        "2. Large weights, small weights",
        "3. A mask is a factor",
        "4. Why divide by keep_prob?",
        "5. Units that never separate",
        "6. A row that is read twice",
        "7. Two ways to clip",
    ),
    "07_bptt": (
        "1. One cell",
        "2. From the loss to da",
        "3. One weight, T uses",
        "4. Two arrows into a_t",
        "5. Cut the wire",
        "6. The loss × step triangle",
        "7. Direct, total, immediate",
        "8. What upstream means",
        "9. Caches and indices",
        "10. The bias: (5, 1) against (5, 5)",
        "11. Scale: 1/m, T and da",
        "12. The loss falls all the same",
    ),
    "07b_rnn_rows": (
        "1. One graph, two layouts",
        "2. One step in rows",
        "3. Two arrows into h_t",
        "4. What is summed, and over what",
        "5. The numbers of lesson 07",
        "6. Caches that borrow",
        "7. What a wrong gradient costs",
    ),
    "08_long_time": (
        "1. One step back is one Jacobian",
        "2. The picture",
        "3. Singular values and tanh′",
        "4. What fades and what does not",
        "5. Value carried, gradient cut",
        "6. Where clipping belongs",
        "7. A slider",
    ),
}

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
        _MEMORY: _CACHES,
        _CHAIN: _ARROWS,
    },
    "07b": {
        **dict.fromkeys((_LINEAR, _AFFINE, _SLOPES, _CELL), "07b, One step in rows"),
        **dict.fromkeys((_CHAIN, _WALK, _ARROWS), "07b, Two arrows into h_t"),
        **dict.fromkeys((_COIN, _PAID, _WRONG_M, _SCALE), "07b, What is summed, and over what"),
        **dict.fromkeys((_MEMORY, _CACHES), "07b, Caches that borrow"),
        "07, One weight, T uses": "07b, What is summed, and over what",
        "07, The bias: (5, 1) against (5, 5)": "07b, What is summed, and over what",
    },
    "08": {
        **dict.fromkeys((_LINEAR, _AFFINE, _SLOPES, _LOSS, _CELL, _ARROWS), _STEP_BACK),
        **dict.fromkeys((_MEMORY, _CHAIN, _CACHES), _BORDER),
        "07, One weight, T uses": "08, What fades and what does not",
    },
}

LESSONS = Lessons(_HEADINGS, _TOPICS)
