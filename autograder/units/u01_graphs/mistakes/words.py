"""Mistakes about slopes in the words of unit 01: nodes, wires and functions, no layers."""

from __future__ import annotations

from autograder.engine.diagnosis.mistakes import Mistakes
from autograder.mistakes.catalogue.memory import DA_MUTATED_IN_PLACE
from autograder.mistakes.catalogue.slopes import (
    ACTIVATION_VALUE_AS_DERIVATIVE,
    DERIVATIVE_AT_WRONG_ARGUMENT,
    DERIVATIVE_UNSQUARED,
    INVERSE_DERIVATIVE,
    MISSING_ACTIVATION_DERIVATIVE,
    ONE_MINUS_Z_SQUARED,
    RELU_VALUE_AS_DERIVATIVE,
    WRONG_ACTIVATION_DERIVATIVE,
    Z_TIMES_DERIVATIVE,
)
from autograder.units.u01_graphs.mistakes.slopes import POWER_RULE

MISTAKES = Mistakes("expressions")

#: Entry, title, what was computed, what to ask oneself.
_WORDS = (
    (
        MISSING_ACTIVATION_DERIVATIVE,
        "a slope is missing",
        "a gradient that passes a function unchanged: 1 stands where its slope belongs",
        "By how much does f(x) grow if x grows by 0.1, and where is that slope in your code?",
    ),
    (
        ACTIVATION_VALUE_AS_DERIVATIVE,
        "the value instead of the slope",
        "a gradient that multiplies by the value of a function where its slope belongs",
        "What is the slope of tanh at 0, and what is its value there?",
    ),
    (
        RELU_VALUE_AS_DERIVATIVE,
        "relu(x) as its own slope",
        "a gradient that multiplies by relu(x), where the slope is 1 for x above 0",
        "By how much does relu(x) grow when x grows from 2 to 2.001?",
    ),
    (
        DERIVATIVE_AT_WRONG_ARGUMENT,
        "the slope at the wrong place",
        "a gradient made with the slope at f(x), not at x: the result stands where x belongs",
        "Does your formula for the slope expect x or f(x), and which one do you hand to it?",
    ),
    (
        WRONG_ACTIVATION_DERIVATIVE,
        "the slope of another function",
        "the gradient of an expression that has another function here, as far as its slope goes",
        "Which operation made this node, and whose slope do you multiply by?",
    ),
    (
        DERIVATIVE_UNSQUARED,
        "a square is lost: 1 - tanh(x)",
        "a gradient made with the slope 1 - tanh(x), one factor short of the right one",
        "What does your slope give at x = 1, and what does (f(1.001) - f(1)) / 0.001 give?",
    ),
    (
        ONE_MINUS_Z_SQUARED,
        "x in the form for f(x)",
        "a gradient made with the slope 1 - x², which has x in the place of tanh(x)",
        "Can the slope of an increasing function be negative, and what is yours at x = 2?",
    ),
    (
        INVERSE_DERIVATIVE,
        "divided by the slope",
        "a gradient that was divided by the slope where it has to be multiplied",
        "If f(x) hardly moves when x moves, should x matter to the root more or less?",
    ),
    (
        Z_TIMES_DERIVATIVE,
        "x times the slope",
        "a gradient with an extra factor x beside the slope of the function",
        "In f′(x), is x a factor or the place where the slope is taken?",
    ),
)
for _entry, _title, _computed, _ask in _WORDS:
    MISTAKES.words(_entry, "expressions", title=_title, computed=_computed, ask=_ask)
MISTAKES.words(
    ACTIVATION_VALUE_AS_DERIVATIVE,
    "expressions",
    of="in log",
    ask="What is the slope of log at 1, and what is its value there?",
)
MISTAKES.words(
    Z_TIMES_DERIVATIVE,
    "expressions",
    of=POWER_RULE,
    title="exp taken for a power of x",
    computed="a gradient made with x·exp(x - 1) for the slope of exp: the rule for powers of x",
    ask="What moves in exp x when x moves, the base or the exponent?",
)
MISTAKES.words(
    DA_MUTATED_IN_PLACE,
    "Value",
    title="an operand was changed",
    computed="besides the result, a change of an operand: whatever else was made of it, or "
    "will be, no longer fits it",
    formula="an operation reads its operands, and makes a new Value",
    ask="Which line of the operation sets something in self or other, or writes into an array that "
    "one of them holds? Which of your names are second names for that array?",
)
