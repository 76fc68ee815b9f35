"""Misconceptions about 1/N with rows as examples, where a layer's contract knows no mean."""

from __future__ import annotations

from autograder.engine.diagnosis.catalogue import CATALOGUE, LayerEdit
from autograder.engine.diagnosis.edits import rescale
from autograder.networks import Edits, Graph
from autograder.units.u03_layers.mistakes.affine import sizes_of
from autograder.units.u03_layers.mistakes.layers import ROWS, SCALE


def scaled(*wires: str, power: int = -1) -> LayerEdit:
    """What flows back along these wires is multiplied by a power of N."""

    def edits(graph: Graph, n: int) -> Edits | None:
        names = [wire.format(n=n, p=n - 1) for wire in wires]
        factor = float(graph.facts["m"]) ** power
        return {w: rescale(factor) for w in names} if set(names) <= set(graph.wires()) else None

    return edits


def _whole(power: int):  # type: ignore[no-untyped-def]
    return lambda problem: {"J": rescale(float(problem.graph.facts["m"]) ** power)}


_DW, _DB, _DX = "W{n}->Z{n}", "b{n}->Z{n}", "A{p}->Z{n}"
_ONCE = {
    "formula": "1/N is paid once, where the mean over the examples is taken: in dx of the loss",
    "section": SCALE,
}
CATALOGUE["missing-one-over-m"].reword(
    "rows",
    title="1/N is missing",
    computed="the gradient of the sum of the losses over all N examples, not of their mean",
    ask="The loss is divided by N. Where is its gradient?",
    **_ONCE,
).form("everywhere", whole=_whole(1), on=ROWS).form(
    "in dw and db", layer=scaled(_DW, _DB, power=1), on=ROWS
)
CATALOGUE["one-over-m-twice"].reword(
    "rows",
    title="1/N is paid twice",
    computed="a gradient that is divided by N once more: dout carries the 1/N of the mean already",
    ask="This layer gets dout and sums over the examples. Does its contract speak of a mean?",
    **_ONCE,
).form("in dw and db", layer=scaled(_DW, _DB), on=ROWS).form(
    "in dw", layer=scaled(_DW), on=ROWS
).form("everywhere", whole=_whole(-1), on=ROWS)
CATALOGUE["db-mean-and-one-over-m"].reword(
    "rows",
    title="db is averaged",
    computed="the mean of dout over the examples, where their sum was meant",
    formula="db = Σ_i dout[i]: b was copied to N rows, and each of them sends its gradient back",
    ask="If every example pushes b up by 1, how strongly is b pushed?",
    section=SCALE,
).form(layer=scaled(_DB), on=ROWS)
CATALOGUE["one-over-m-per-layer"].reword(
    "rows",
    title="1/N is paid at every layer",
    computed="a gradient that is divided by N on its way through each layer: n layers below the "
    "top it is too small by Nⁿ",
    ask="Compare the ratio (yours / numeric) of the last layer with the layer below. "
    "What multiplies it?",
    **_ONCE,
).form("in dx", layer=scaled(_DX), on=ROWS)


def _width(axis: int) -> LayerEdit:
    def edits(graph: Graph, n: int) -> Edits | None:
        sizes = sizes_of(graph, n)
        if sizes is None:
            return None
        return {w.format(n=n): rescale(1.0 / sizes[axis]) for w in (_DW, _DB)}

    return edits


CATALOGUE["wrong-m"].reword(
    "rows",
    title="N is not the number of examples",
    computed="a gradient divided by a width where the number of examples was meant",
    formula="N = x.shape[0]: examples are the rows",
    ask="Print the number that you call N. Does it change when you add one example?",
    section=SCALE,
).form("by the number of inputs", layer=_width(0), on=ROWS).form(
    "by the number of units", layer=_width(1), on=ROWS
)
