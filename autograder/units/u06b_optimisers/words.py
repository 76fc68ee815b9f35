"""The lines of formula of the functions of unit 06b, and the words for Adam's own symbols."""

from __future__ import annotations

from autograder.engine.diagnosis.mistakes import Mistakes
from autograder.mistakes.catalogue import optimisers as told
from autograder.mistakes.catalogue.memory import DA_MUTATED_IN_PLACE, GRADS_NOT_RESET
from autograder.mistakes.catalogue.scale import SIGN_FLIP
from autograder.mistakes.catalogue.wiring import DB_FORGOTTEN
from autograder.networks.optimisers import FAMILY

MISTAKES = Mistakes(FAMILY)
_MOMENTUM, _RMSPROP, _ADAM = (
    f"update_parameters_with_{name}" for name in ("momentum", "rmsprop", "adam")
)
_V, _S = "v = beta1 v + (1 - beta1) dW", "s = beta2 s + (1 - beta2) dW²"
_STEPS = {
    "update_parameters_with_gd": "W = W - learning_rate dW",
    _MOMENTUM: "W = W - learning_rate v",
    _RMSPROP: "W = W - learning_rate dW / (sqrt(s) + epsilon)",
    _ADAM: "W = W - learning_rate v_corrected / (sqrt(s_corrected) + epsilon)",
}
for _function, _step in _STEPS.items():
    MISTAKES.words(
        SIGN_FLIP,
        _function,
        title="a step uphill",
        computed="a step along the gradient: the cost grows",
        formula=_step,
        ask="The gradient points where J grows. Which sign takes you down?",
        section="06b, The valley",
    )
    MISTAKES.words(
        DB_FORGOTTEN,
        _function,
        title="no step for the biases",
        computed="new weights, and the biases as they were",
        formula=f"{_step}, and so for each b",
        ask="Print b1 before the call and after it. Which of your lines makes the new one, and "
        "does it get into what you return?",
        section="06b, The valley",
    )
    MISTAKES.words(
        DA_MUTATED_IN_PLACE,
        _function,
        computed="an update that writes into arrays or dicts of the caller: v.copy() and dict(v) "
        "make a new dict, and its arrays are those that came in",
        formula="an update makes new arrays and new dicts",
        ask="Which line writes into an array or a dict that came in: with an operator such as -= "
        "or *=, with [...] on the left of the equals sign, or with out=? Which of your names are "
        "second names for an argument?",
        section="06b, What is carried on",
    )
    MISTAKES.words(told.LEARNING_RATE_TWICE, _function, formula=_step)
for _entry in (told.EPSILON_INSIDE_ROOT, told.ROOT_MISSING):
    MISTAKES.words(_entry, _ADAM, formula=_STEPS[_ADAM])
for _entry in (told.ONE_MINUS_BETA_MISSING, told.WEIGHTS_SWAPPED):
    MISTAKES.words(_entry, _RMSPROP, formula="s = beta s + (1 - beta) dW²")
    MISTAKES.words(_entry, _ADAM, formula=f"{_V}; {_S}")
MISTAKES.words(
    told.STEP_FROM_OLD_STATE,
    _RMSPROP,
    title="the step is divided by the root of the old s",
    computed="a step that is divided by the root of the s that came in: the square of this "
    "update's gradient is not in the divisor yet",
    ask="Which s does your step read, the one that came in or the one made with this gradient? "
    "What is the divisor at the first step of all, where s comes in as zeros?",
    section="06b, A step of its own for each parameter",
    formula=f"first s = beta s + (1 - beta) dW², then {_STEPS[_RMSPROP]}",
)
MISTAKES.words(
    told.STEP_FROM_OLD_STATE,
    _ADAM,
    computed="a step made with a mean that came in, where the new one belongs: this update's "
    "gradient is not in it yet",
    ask="Which v and which s do you correct, those that came in or those made with this gradient? "
    "What are they at the first step of all?",
    section="06b, Adam",
    formula=f"first {_V} and {_S}, then the step",
)
MISTAKES.words(
    told.EPSILON_INSIDE_ROOT,
    _ADAM,
    computed="a step divided by sqrt(s_corrected + epsilon): inside the root 1e-8 acts as 1e-4 "
    "where s_corrected is small",
)
MISTAKES.words(told.SQUARE_MISSING, _ADAM, formula=_S)

MISTAKES.words(
    told.STATE_SHARED,
    "initialize_adam",
    ask="For each entry of v and of s: which line makes its array, and under which other name is "
    "this very array known? Of `s = v`, `s = dict(v)` and `s = v.copy()`, which makes new "
    "arrays?",
)
MISTAKES.words(
    DA_MUTATED_IN_PLACE,
    *("initialize_velocity", "initialize_adam", "random_mini_batches"),
    section="06b, What is carried on",
)
MISTAKES.words(
    GRADS_NOT_RESET,
    *(*_STEPS, "initialize_velocity", "initialize_adam", "random_mini_batches"),
    *("update_lr", "schedule_lr_decay"),
    title="something outlives the call",
    computed="another answer at the second call with equal arguments, as where a mean is kept "
    "between the calls, or random numbers come from elsewhere than the seed",
    formula="each call starts from its arguments, and from nothing else",
    ask="Call the function twice with equal arguments. Which object is there before the call and "
    "after it: a default argument, a global name, a generator that is made outside?",
    section="06b, What is carried on",
)

_MEAN, _SQUARES = "v = beta v + (1 - beta) dW", "s = beta s + (1 - beta) dW²"
_LINES = {
    "update_parameters_with_gd": {},
    _MOMENTUM: {"v": _MEAN},
    _RMSPROP: {"s": _SQUARES},
    _ADAM: {"v": _V, "s": _S},
}
for _function, _means in _LINES.items():
    _lines = dict.fromkeys("Wb", f"{_STEPS[_function]}, and so for b")
    for _letter, _mean in _means.items():
        _lines |= dict.fromkeys((f"{_letter}_dW", f"{_letter}_db"), f"{_mean}, and so for db")
    MISTAKES.contract(_function, _lines, on=("",))
