"""What is known of layers holds for rows as examples too, told in the names x, w, b, dout.

Edits that act entry by entry, or scale a wire, do not care which axis counts the examples: they
are shared. Products and sums have forms of their own in `rows_affine`.
"""

from __future__ import annotations

import re
from dataclasses import replace

import numpy as np

from autograder.engine.diagnosis.catalogue import CATALOGUE, LayerEdit, Misconception, misconception
from autograder.engine.diagnosis.edits import carry, rescale
from autograder.mistakes import (
    scale,  # noqa: F401
    softmax,  # noqa: F401
    wiring,  # noqa: F401
)
from autograder.mistakes import signal as rules  # noqa: F401
from autograder.mistakes import slopes as local  # noqa: F401
from autograder.mistakes.products import dot_shape
from autograder.mistakes.slopes import at_activation
from autograder.networks import Edits, Graph
from autograder.networks.blocks import derivative

ROWS = ("rows",)
AFFINE = "03, The affine layer"
SLOPES = "03, Slopes: sigmoid, tanh, ReLU"
KINK = "03, Not differentiable at 0"
MEMORY = "03, Who owns the memory of a cache"
SCALE = "03, Where 1/N is paid"

#: What unit 04 calls by the letters on the left.
_NAMES = {"dZ": "dx", "dA": "dout", "A²": "out²", "Z²": "x²", "A": "out", "Z": "x"}


def taken(id: str, **words: str) -> Misconception:
    """The entry's forms of unit 04 on layers of rows, in these names; `words` as in `reword`."""
    entry = CATALOGUE[id]
    for form in [form for form in entry.forms if "mlp" in form.on]:
        detail = re.sub(r"\w+", lambda word: _NAMES.get(word[0], word[0]), form.detail)
        entry.forms.append(replace(form, detail=detail, on=ROWS))
    return entry.reword("rows", **words)


_SLOPE = {"formula": "dx = dout * g′(x)", "section": SLOPES}
_OUT = {"sigmoid": "sigmoid′ = out (1 - out)", "tanh": "tanh′ = 1 - out²"}

taken(
    "missing-activation-derivative",
    **_SLOPE,
    ask="Going back, what does this layer multiply by, and what do you?",
)
taken(
    "activation-value-as-derivative",
    ask="What is the slope of the sigmoid at x = 0, and what is its value there?",
    section=SLOPES,
    formula=f"dx = dout * g′(x), with {_OUT['sigmoid']} and {_OUT['tanh']}",
)
taken(
    "relu-value-as-derivative",
    title="ReLU(x) as its own slope",
    computed="a gradient in which an active unit passes x times its signal, where its slope is 1",
    formula="dx = dout * (x > 0)",
    ask="By how much does ReLU(x) grow when x grows from 2 to 2.001?",
    section=SLOPES,
)
taken(
    "derivative-at-wrong-argument",
    computed="a gradient whose slope is taken at the wrong number: at out, where x belongs, or the "
    "other way round",
    formula=f"{_OUT['sigmoid']} and {_OUT['tanh']}",
    ask="What did your forward put into the cache, x or out, and which of them does your formula "
    "for the slope expect?",
    section=SLOPES,
)
taken(
    "wrong-activation-derivative",
    **_SLOPE,
    ask="Which function made out, and whose slope do you multiply by?",
)
taken(
    "derivative-unsquared",
    title="a factor of g′ is lost: 1 - out",
    computed="a gradient whose slope is 1 - out, one factor short of the real one",
    ask="What does your slope give at x = 0, and what does a drawing of the curve give there?",
    formula=f"{_OUT['sigmoid']} and {_OUT['tanh']}",
    section=SLOPES,
)
taken(
    "one-minus-z-squared",
    title="1 - x² for 1 - out²",
    computed="a gradient whose slope is 1 - x², which turns negative where |x| > 1",
    formula=f"{_OUT['tanh']}, where out = tanh(x)",
    section=SLOPES,
)
taken(
    "inverse-derivative",
    ask="If the unit is saturated, should x matter to the loss more or less?",
    **_SLOPE,
)
taken(
    "z-times-derivative",
    title="x times g′(x)",
    computed="a gradient with an extra factor x: the bracket of g′(x) was read as a product",
    ask="In g′(x), is x a factor or the place where the slope is taken?",
    **_SLOPE,
)
taken(
    "relu-mask-on-gradient",
    title="the mask looks at dout",
    formula="dx = dout * (x > 0)",
    ask="Which array decides whether a ReLU unit was active: x, or the gradient that arrives?",
    section=SLOPES,
)
taken(
    "relu-drops-upstream",
    computed="the local slope alone, as if dout were 1 everywhere",
    ask="What should dx be where dout is zero, and what is yours?",
    **_SLOPE,
)
CATALOGUE["matmul-not-elementwise"].reword(
    "rows",
    formula="dx = dout * g′(x): g acts on each entry alone",
    ask="Does one entry of out depend on any other entry of x than its own?",
    section=SLOPES,
)
taken(
    "sign-flip",
    computed="a gradient with the wrong sign",
    formula="if a little more of the argument makes the scalar grow, its derivative is positive",
    ask="Take one entry and nudge it by 0.01. Does the loss move the way that your sign says?",
    section=AFFINE,
)
taken(
    "loss-derivative-wrong",
    computed="the gradient of a loss that is twice or half as large",
    formula="dx = (p - y) / N: no other factor",
    section=softmax.SECTION,
)
taken("db-forgotten", formula="db = Σ_i dout[i]", section=AFFINE)
taken(
    "input-grad-counted-twice",
    title="dx is counted twice",
    formula="dx = dout wᵀ: x is used once",
    ask="How often does the forward pass use x? How often do you add to dx?",
    section=AFFINE,
)


def matmul(activation: str, transpose: bool) -> LayerEdit:
    """dx = dout @ slope, or dout @ slope.T, where the sizes let it run."""

    def edits(graph: Graph, n: int) -> Edits | None:
        Z = graph.value(f"Z{n}")
        if Z.ndim != 2 or Z.shape[0] != Z.shape[1]:
            return None
        slope = derivative(activation, Z)
        met = slope if transpose else slope.T
        return {f"A{n}": lambda value, seen: carry(value, seen[f"Z{n}->A{n}"].imag @ met)}

    return edits


for _name in ("relu", "sigmoid", "tanh"):
    for _detail, _transpose in (("dout @ slope", False), ("dout @ slope.T", True)):
        CATALOGUE["matmul-not-elementwise"].form(
            _detail, activation=_name, layer=matmul(_name, _transpose), on=ROWS
        )
CATALOGUE["matmul-not-elementwise"].form("dout @ slope.T", shape=dot_shape, on=ROWS)


def negated(*wires: str) -> LayerEdit:
    """The sign of what flows back along a wire is wrong; ``{n}`` and ``{p}`` number its ends."""

    def edits(graph: Graph, n: int) -> Edits | None:
        names = [wire.format(n=n, p=n - 1) for wire in wires]
        return {w: rescale(-1.0) for w in names} if set(names) <= set(graph.wires()) else None

    return edits


CATALOGUE["sign-flip"].form("in dw", layer=negated("W{n}->Z{n}"), on=ROWS).form(
    "in db", layer=negated("b{n}->Z{n}"), on=ROWS
).form("in dx", layer=negated("A{p}->Z{n}"), on=ROWS)
for _name in ("relu", "sigmoid", "tanh"):
    CATALOGUE["sign-flip"].form(
        "in the slope", activation=_name, layer=negated("Z{n}->A{n}"), on=ROWS
    )
CATALOGUE["one-minus-z-squared"].reword("rows", ask="What did your forward put into the cache?")

misconception(
    "relu-mask-a-vs-z",
    unit="03",
    title=">= where the contract has >",
    computed="another subgradient at the kink: where x is exactly 0 the gradient passes",
    formula="dx = dout * (x > 0)",
    ask="Which slopes does a line through (0, 0) have that stays below ReLU, and which one of them "
    "did the contract choose?",
    section=KINK,
)

misconception(
    "relu-mask-inverted",
    unit="03",
    title="the mask is turned round",
    computed="the gradient of min(0, x): it passes where the unit was off",
    formula="dx = dout * (x > 0)",
    ask="Where x < 0, does out change when x does?",
    section=SLOPES,
).form(activation="relu", layer=at_activation(lambda z, a: np.where(z < 0, 1.0, 0.0)), on=ROWS)
