"""Misconceptions about the affine layer with rows as examples: out = x w + b."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np

from autograder.engine.diagnosis.edits import carry, cut
from autograder.engine.diagnosis.forms import LayerEdit
from autograder.engine.diagnosis.mistakes import Mistakes
from autograder.mistakes.catalogue.products import ELEMENTWISE_VS_MATMUL, ROW_VS_COLUMN_LAYOUT
from autograder.mistakes.catalogue.wiring import (
    DW_TRANSPOSED,
    DW_USES_OWN_ACTIVATION,
    GRADIENT_LEFT_AT_ZERO,
    MISSING_W_TRANSPOSE,
)
from autograder.networks import Array, Edits, Graph
from autograder.units.u03_layers.mistakes.layers import AFFINE

MISTAKES = Mistakes("rows")

Product = Callable[[Array, Array], Array]


def transposed(array: Array) -> Array:
    """With leading batch axes too, hence not ``.T``."""
    return np.swapaxes(array, -1, -2)


def sizes_of(graph: Graph, n: int) -> tuple[int, int, int] | None:
    """D, M and N of affine layer n."""
    if f"W{n}" not in graph.inputs:
        return None
    return (*graph.inputs[f"W{n}"].shape, graph.facts.m)


#: For a formula of dw: what it makes of a nudge of w, given x. `dw = x.T @ dout` is x @ w.
DW: Mapping[str, tuple[str, Product]] = {
    "dw = dout @ x.T": ("equal", lambda w, x: w @ x),
    "dw = x @ dout": ("equal", lambda w, x: transposed(x) @ w),
    "dw = x * dout": ("equal", lambda w, x: w * x),
    "dw = x.T * dout": ("equal", lambda w, x: w * transposed(x)),
}
#: The same for dx, given w. `dx = dout @ w.T` is x @ w.
DX: Mapping[str, tuple[str, Product]] = {
    "dx = dout @ w": ("D = M", lambda x, w: x @ transposed(w)),
    "dx = w.T @ dout": ("equal", lambda x, w: w @ x),
    "dx = w @ dout": ("equal", lambda x, w: transposed(w) @ x),
    "dx = dout * w": ("equal", lambda x, w: x * w),
    "dx = dout * w.T": ("equal", lambda x, w: x * transposed(w)),
}


def formulas(dw: str = "", dx: str = "", columns_db: bool = False) -> LayerEdit:
    """Other formulas for dw, dx or db, where the sizes let them run."""

    def edits(graph: Graph, n: int) -> Edits | None:
        sizes = sizes_of(graph, n)
        needs = [need for need, _ in ([DW[dw]] if dw else []) + ([DX[dx]] if dx else [])]
        if sizes is None or (needs and sizes[0] != sizes[1]):
            return None
        if ("equal" in needs or columns_db) and sizes[1] != sizes[2]:
            return None

        def edit(value: Array, seen: Mapping[str, Array]) -> Array:
            w, x = seen[f"W{n}->Z{n}"], seen[f"A{n - 1}->Z{n}"]
            b = seen[f"b{n}->Z{n}"].imag
            through_w = DW[dw][1](w.imag, x.real) if dw else x.real @ w.imag
            through_x = DX[dx][1](x.imag, w.real) if dx else x.imag @ w.real
            return carry(value, through_w + through_x + (transposed(b) if columns_db else b))

        return {f"Z{n}": edit}

    return edits


MISTAKES.words(
    MISSING_W_TRANSPOSE,
    "rows",
    title="w instead of wᵀ",
    computed="the gradient of a network that uses wᵀ on the way back where it used w forward",
    formula="dx = dout wᵀ, as dx_id = Σ_j dout_ij w_dj",
    ask="out_ij = Σ_d x_id w_dj. For dx_id, over which index of w do you sum?",
    section=AFFINE,
)
MISTAKES.layer(MISSING_W_TRANSPOSE, formulas(dx="dx = dout @ w"), "dx = dout @ w")
MISTAKES.layer(MISSING_W_TRANSPOSE, formulas(dx="dx = w @ dout"), "dx = w @ dout")


def _untranspose(name: str, array: Array, shape: tuple[int, ...]) -> Array | None:
    if name.startswith("dw") and len(shape) == 2 and array.shape == shape[::-1]:
        return array.T
    return None


MISTAKES.words(
    DW_TRANSPOSED,
    "rows",
    title="dw is transposed",
    computed="the transpose of dw: its rows and columns have changed places",
    formula="dw = xᵀ dout, of the same shape as w",
    ask="Entry (d, j) of w joins input d to unit j. Which entry of your dw belongs to it?",
    section=AFFINE,
)
MISTAKES.undo(DW_TRANSPOSED, _untranspose, "dw = dout.T @ x")
MISTAKES.layer(DW_TRANSPOSED, formulas("dw = x @ dout"), "dw = x @ dout")

MISTAKES.words(
    ROW_VS_COLUMN_LAYOUT,
    "rows",
    computed="the formulas for examples in columns, applied to examples in rows",
    formula="rows: out = x w + b; columns: Z = W A + b. Transpose every array and reverse every "
    "product to go from one to the other",
    ask="Which axis of x counts the examples, and which index does your product sum over?",
    section=AFFINE,
)
MISTAKES.layer(
    ROW_VS_COLUMN_LAYOUT, formulas("dw = dout @ x.T", "dx = w.T @ dout", True), "all three"
)
MISTAKES.layer(ROW_VS_COLUMN_LAYOUT, formulas("dw = dout @ x.T"), "dw = dout @ x.T")
MISTAKES.layer(ROW_VS_COLUMN_LAYOUT, formulas(dx="dx = w.T @ dout"), "dx = w.T @ dout")

MISTAKES.words(
    ELEMENTWISE_VS_MATMUL,
    "rows",
    formula="dw = xᵀ dout and dx = dout wᵀ: sums over the index inside",
    section=AFFINE,
)
_ENTRYWISE = (
    ("dw = x * dout", ""),
    ("dw = x.T * dout", ""),
    ("", "dx = dout * w"),
    ("", "dx = dout * w.T"),
    ("dw = x * dout", "dx = dout * w"),
    ("dw = x.T * dout", "dx = dout * w.T"),
)
for _dw, _dx in _ENTRYWISE:
    MISTAKES.layer(ELEMENTWISE_VS_MATMUL, formulas(_dw, _dx), ", ".join(filter(None, (_dw, _dx))))


MISTAKES.words(
    GRADIENT_LEFT_AT_ZERO,
    "rows",
    computed="zeros: the gradient of a layer whose output does not depend on this argument",
    formula="each argument of out = x w + b has a gradient of its own",
    section=AFFINE,
)


def _cut(wire: str) -> LayerEdit:
    """Nothing flows back along this wire of the affine layer."""
    return lambda graph, n: {wire.format(n=n, p=n - 1): cut()} if f"W{n}" in graph.inputs else None


for _detail, _wire in (("dw", "W{n}->Z{n}"), ("dx", "A{p}->Z{n}")):
    MISTAKES.layer(
        GRADIENT_LEFT_AT_ZERO,
        _cut(_wire),
        _detail,
    )


def _meets_out(graph: Graph, n: int) -> Edits | None:
    """dw = out.T @ dout."""
    if sizes_of(graph, n) is None:
        return None
    x, out = graph.value(f"A{n - 1}->Z{n}"), graph.value(f"Z{n}")
    if x.shape != out.shape:
        return None
    return {f"Z{n}": lambda value, seen: value + 1j * ((out - x) @ seen[f"W{n}->Z{n}"].imag)}


MISTAKES.words(
    DW_USES_OWN_ACTIVATION,
    "rows",
    title="dw meets the layer's own output",
    computed="dw = outᵀ dout with what the layer puts out, where the x that comes in belongs",
    formula="dw = xᵀ dout",
    ask="Which array did w multiply on the way forward: x or out?",
    section=AFFINE,
)
MISTAKES.layer(DW_USES_OWN_ACTIVATION, _meets_out)
