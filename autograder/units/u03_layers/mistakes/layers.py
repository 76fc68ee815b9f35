"""What is known of layers holds for rows as examples too, told in the names x, w, b, dout.

Edits that act entry by entry, or scale a wire, do not care which axis counts the examples: they
are shared. Products and sums have forms of their own in `rows_affine`.
"""

from __future__ import annotations

import re

from autograder.engine.diagnosis.misconception import Misconception
from autograder.engine.diagnosis.mistakes import Mistakes
from autograder.mistakes import scale, signal, slopes, wiring
from autograder.mistakes.catalogue.products import MATMUL_NOT_ELEMENTWISE
from autograder.mistakes.catalogue.scale import LOSS_DERIVATIVE_WRONG, SIGN_FLIP
from autograder.mistakes.catalogue.signal import RELU_DROPS_UPSTREAM, RELU_MASK_ON_GRADIENT
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
from autograder.mistakes.catalogue.wiring import DB_FORGOTTEN, INPUT_GRAD_COUNTED_TWICE

MISTAKES = Mistakes("rows")

AFFINE = "03, The affine layer"
SLOPES = "03, Slopes: sigmoid, tanh, ReLU"
KINK = "03, Not differentiable at 0"
MEMORY = "03, Who owns the memory of a cache"
SCALE = "03, Where 1/N is paid"
SOFTMAX = "03, Softmax and its loss"

#: Where the forms of columns stand.
_COLUMNS = (slopes.MISTAKES, signal.MISTAKES, scale.MISTAKES, wiring.MISTAKES)

#: What unit 04 calls by the letters on the left.
_NAMES = {"dZ": "dx", "dA": "dout", "A²": "out²", "Z²": "x²", "A": "out", "Z": "x"}


def _renamed(detail: str) -> str:
    """Return what a form is called where the arrays have these names."""
    return re.sub(r"\w+", lambda word: _NAMES.get(word[0], word[0]), detail)


def _as_in_columns(entry: Misconception, **words: str) -> None:
    """Take the entry's forms of columns over to layers of rows, told in these words."""
    MISTAKES.share(entry, _COLUMNS, "columns", _renamed)
    MISTAKES.words(entry, "rows", **words)


_SLOPE = {"formula": "dx = dout * g′(x)", "section": SLOPES}
_OUT = {"sigmoid": "sigmoid′ = out (1 - out)", "tanh": "tanh′ = 1 - out²"}

_as_in_columns(
    MISSING_ACTIVATION_DERIVATIVE,
    **_SLOPE,
    title="g′ is missing, or is 1 everywhere",
    ask="Going back, what does this layer multiply by, and what do you? Print that beside x.",
)
_as_in_columns(
    ACTIVATION_VALUE_AS_DERIVATIVE,
    ask="What is the slope of the sigmoid at x = 0, and what is its value there?",
    section=SLOPES,
    formula=f"dx = dout * g′(x), with {_OUT['sigmoid']} and {_OUT['tanh']}",
)
_as_in_columns(
    RELU_VALUE_AS_DERIVATIVE,
    title="ReLU(x) as its own slope",
    computed="a gradient in which an active unit passes x times its signal, where its slope is 1",
    formula="dx = dout * (x > 0)",
    ask="By how much does ReLU(x) grow when x grows from 2 to 2.001?",
    section=SLOPES,
)
_as_in_columns(
    DERIVATIVE_AT_WRONG_ARGUMENT,
    computed="a gradient whose slope is taken at the wrong number: at out, where x belongs, or the "
    "other way round",
    formula=f"{_OUT['sigmoid']} and {_OUT['tanh']}",
    ask="What did your forward put into the cache, x or out, and which of them does your formula "
    "for the slope expect?",
    section=SLOPES,
)
_as_in_columns(
    WRONG_ACTIVATION_DERIVATIVE,
    **_SLOPE,
    ask="Which function made out, and whose slope do you multiply by?",
)
_as_in_columns(
    DERIVATIVE_UNSQUARED,
    title="a factor of g′ is lost",
    computed="a gradient whose slope is 1 - out, one factor short of the real one",
    ask="What does your slope give at x = 0, and what does a drawing of the curve give there?",
    formula=f"{_OUT['sigmoid']} and {_OUT['tanh']}",
    section=SLOPES,
)
_as_in_columns(
    ONE_MINUS_Z_SQUARED,
    title="x in the place of out",
    computed="a gradient whose slope, a formula in out, is computed with x in the place of out",
    formula=f"{_OUT['sigmoid']} and {_OUT['tanh']}, where out is what the layer returned",
    section=SLOPES,
)
_as_in_columns(
    INVERSE_DERIVATIVE,
    ask="If the unit is saturated, should x matter to the loss more or less?",
    **_SLOPE,
)
_as_in_columns(
    Z_TIMES_DERIVATIVE,
    title="x times g′(x)",
    computed="a gradient with an extra factor x beside the slope",
    ask="In g′(x), is x a factor or the place where the slope is taken?",
    **_SLOPE,
)
_as_in_columns(
    RELU_MASK_ON_GRADIENT,
    title="the mask looks at dout",
    formula="dx = dout * (x > 0)",
    ask="Which array decides whether a ReLU unit was active: x, or the gradient that arrives?",
    section=SLOPES,
)
_as_in_columns(
    RELU_DROPS_UPSTREAM,
    computed="the local slope alone, as if dout were 1 everywhere",
    ask="What should dx be where dout is zero, and what is yours?",
    **_SLOPE,
)
MISTAKES.words(
    MATMUL_NOT_ELEMENTWISE,
    "rows",
    formula="dx = dout * g′(x): g acts on each entry alone",
    ask="Does one entry of out depend on any other entry of x than its own?",
    section=SLOPES,
)
_as_in_columns(
    SIGN_FLIP,
    computed="a gradient with the wrong sign",
    formula="if a little more of the argument makes the scalar grow, its derivative is positive",
    ask="Take one entry and nudge it by 0.01. Does the loss move the way that your sign says?",
    section=SLOPES,
)
_as_in_columns(
    LOSS_DERIVATIVE_WRONG,
    computed="the gradient of a loss that is twice or half as large",
    formula="dx = (p - y) / N: no other factor",
    section=SOFTMAX,
)
_as_in_columns(DB_FORGOTTEN, formula="db = Σ_i dout[i]", section=AFFINE)
_as_in_columns(
    INPUT_GRAD_COUNTED_TWICE,
    title="dx is counted twice",
    formula="dx = dout wᵀ: x is used once",
    ask="How often does the forward pass use x? How often do you add to dx?",
    section=AFFINE,
)
