"""Misconceptions about 1/N with rows as examples, where a layer's contract knows no mean."""

from __future__ import annotations

from autograder.engine.diagnosis.edits import rescale
from autograder.engine.diagnosis.forms import LayerEdit, WholeEdit
from autograder.engine.diagnosis.mistakes import Mistakes
from autograder.mistakes.catalogue.scale import (
    DB_MEAN_AND_ONE_OVER_M,
    MISSING_ONE_OVER_M,
    ONE_OVER_M_PER_LAYER,
    ONE_OVER_M_TWICE,
    WRONG_M,
)
from autograder.networks import Edits, Graph
from autograder.units.u03_layers.mistakes.affine import sizes_of
from autograder.units.u03_layers.mistakes.layers import SCALE

MISTAKES = Mistakes("rows")


def scaled(*wires: str, power: int = -1) -> LayerEdit:
    """What flows back along these wires is multiplied by a power of N."""

    def edits(graph: Graph, n: int) -> Edits | None:
        names = [wire.format(n=n, p=n - 1) for wire in wires]
        factor = float(graph.facts.m) ** power
        return {w: rescale(factor) for w in names} if set(names) <= set(graph.wires()) else None

    return edits


def _whole(power: int) -> WholeEdit:
    return lambda problem: {"J": rescale(float(problem.graph.facts.m) ** power)}


_DW, _DB, _DX = "W{n}->Z{n}", "b{n}->Z{n}", "A{p}->Z{n}"
_ONCE = {
    "formula": "1/N is paid once, where the mean over the examples is taken: in dx of the loss",
    "section": SCALE,
}
MISTAKES.words(
    MISSING_ONE_OVER_M,
    "rows",
    title="1/N is missing",
    computed="the gradient of the sum of the losses over all N examples, not of their mean",
    ask="Where does your code divide by N: in the loss, in its gradient, or in neither?",
    **_ONCE,
)
MISTAKES.whole(MISSING_ONE_OVER_M, _whole(1), "everywhere")
MISTAKES.layer(MISSING_ONE_OVER_M, scaled(_DW, _DB, power=1), "in dw and db")
MISTAKES.words(
    ONE_OVER_M_TWICE,
    "rows",
    title="1/N is paid twice",
    computed="a gradient that is divided by N once more: dout carries the 1/N of the mean already",
    ask="This layer gets dout and sums over the examples. Does its contract speak of a mean?",
    **_ONCE,
)
MISTAKES.layer(ONE_OVER_M_TWICE, scaled(_DW, _DB), "in dw and db")
MISTAKES.layer(ONE_OVER_M_TWICE, scaled(_DW), "in dw")
MISTAKES.whole(ONE_OVER_M_TWICE, _whole(-1), "everywhere")
MISTAKES.words(
    DB_MEAN_AND_ONE_OVER_M,
    "rows",
    title="db is averaged",
    computed="the mean of dout over the examples, where their sum was meant",
    formula="db = Σ_i dout[i]: b was copied to N rows, and each of them sends its gradient back",
    ask="If every example pushes b up by 1, how strongly is b pushed?",
    section=SCALE,
)
MISTAKES.layer(DB_MEAN_AND_ONE_OVER_M, scaled(_DB))
MISTAKES.words(
    ONE_OVER_M_PER_LAYER,
    "rows",
    title="1/N is paid at every layer",
    computed="a gradient that is divided by N on its way through each layer: n layers below the "
    "top it is too small by Nⁿ",
    ask="Compare the ratio (yours / numeric) of the last layer with the layer below. "
    "What multiplies it?",
    **_ONCE,
)
MISTAKES.layer(ONE_OVER_M_PER_LAYER, scaled(_DX), "in dx")


def _width(axis: int) -> LayerEdit:
    def edits(graph: Graph, n: int) -> Edits | None:
        sizes = sizes_of(graph, n)
        if sizes is None:
            return None
        return {w.format(n=n): rescale(1.0 / sizes[axis]) for w in (_DW, _DB)}

    return edits


MISTAKES.words(
    WRONG_M,
    "rows",
    title="divided by a width",
    computed="a gradient divided by the number of inputs or units; a layer divides by nothing",
    formula="dw = xᵀ dout, db = Σ_i dout[i]: the mean is taken once, in the loss",
    ask="Where is the mean over the examples taken: in this layer, or in the loss behind it?",
    section=SCALE,
)
MISTAKES.layer(WRONG_M, _width(0), "by the number of inputs")
MISTAKES.layer(WRONG_M, _width(1), "by the number of units")
