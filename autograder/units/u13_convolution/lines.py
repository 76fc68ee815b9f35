"""The words and lines of formula of the functions of unit 13; sums of db."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from autograder.engine.diagnosis.edits import carry
from autograder.engine.diagnosis.forms import Predict
from autograder.engine.diagnosis.mistakes import Mistakes
from autograder.engine.problem import Problem
from autograder.mistakes.catalogue import convolution as conv
from autograder.mistakes.catalogue import memory, rows, shapes
from autograder.networks import Array, Edits
from autograder.networks.convolution import COLUMNS, CONV, POOL
from autograder.oracle import gradient

LINES = Mistakes(CONV)
ACTS = Mistakes(CONV, COLUMNS, POOL)
_PLANES, _BACK = "13, Images, channels, filters", "13, Back to x"

LINES.contract(
    "conv_backward_naive",
    {
        "dx": "dx_pad = Σ over f, i, j of w[f] * dout[:, f, i, j], each on the window of place "
        "(i, j); dx is dx_pad without its border",
        "dw": "dw[f] = Σ over n, i, j of dout[n, f, i, j] * the window of place (i, j) in x_pad[n]",
        "db": "db[f] = Σ over n, i, j of dout[n, f, i, j]",
    },
)
ACTS.contract(
    "max_pool_backward_naive",
    {
        "dx": "dx = Σ over i, j of dout[n, c, i, j], each at the largest entry of the window of "
        "place (i, j)"
    },
    on=(POOL,),
)
ACTS.contract(
    "col2im",
    {
        "dx": "dx_pad = Σ over the columns of dcols, each as (C, HH, WW) on the window of its "
        "place; dx is dx_pad without its border"
    },
    on=(COLUMNS,),
)


def _summed(*axes: int, keepdims: bool = False) -> Predict:
    """What db holds where dout is summed over these axes alone."""

    def predicted(problem: Problem, name: str, edits: Edits) -> Array | None:
        if name != "db":
            return None
        arriving = gradient(problem.graph, "out", edits)
        return np.asarray(arriving.sum(axis=axes, keepdims=keepdims))

    return predicted


def _extra_axis(name: str, array: Array, shape: tuple[int, ...]) -> Array | None:
    if name == "db" and array.ndim > 1 and array.size == shape[0]:
        return np.asarray(array.reshape(shape))
    return None


def _of_each_image(problem: Problem) -> Edits | None:
    """Where N is F a sum over the filters has the shape of b, and is no foreign one."""
    N, F = problem.graph.value("out").shape[:2]
    if N != F:
        return None

    def edit(value: Array, seen: Mapping[str, Array]) -> Array:
        moved = seen["b->out"].imag[..., np.newaxis, :, np.newaxis, np.newaxis]
        return carry(value, value.imag - moved + moved.swapaxes(-3, -4))

    return {"out": edit}


LINES.foreign(shapes.DB_NO_SUM, _summed())
LINES.foreign(shapes.DB_NO_SUM, _summed(0), "over the images alone")
LINES.foreign(shapes.DB_NO_SUM, _summed(2, 3), "over the places alone")
LINES.whole(shapes.DB_WRONG_AXIS, _of_each_image)
LINES.foreign(shapes.DB_SUM_ALL, _summed(0, 1, 2, 3))
LINES.undo(rows.DB_EXTRA_AXIS, _extra_axis)

_SUM = {"formula": "db = np.sum(dout, axis=(0, 2, 3))", "section": _PLANES}
LINES.words(
    shapes.DB_NO_SUM,
    CONV,
    title="db is not summed over all that shares it",
    computed="several numbers for each filter, side by side: one bias was copied to every image "
    "and every place, and what comes back from them was not added up",
    ask="b has F entries. How many has your db, and which axes of dout are still there?",
    **_SUM,
)
LINES.words(
    shapes.DB_WRONG_AXIS,
    CONV,
    title="db is summed over the filters",
    computed="one number for each image, where one for each filter was meant",
    ask="b was copied along three axes of out. Along which, and which ones did you sum over?",
    **_SUM,
)
LINES.words(
    shapes.DB_SUM_ALL,
    CONV,
    title="one number for all filters",
    computed="the gradient of a layer in which all filters share one bias",
    ask="np.sum without an axis gives one number. How many entries has b?",
    **_SUM,
)
LINES.words(
    rows.DB_EXTRA_AXIS,
    CONV,
    title="db has an axis too many",
    computed="the right numbers in another shape, where b has shape (F,)",
    ask="What shape does b have? And b - 0.1 * db?",
    **_SUM,
)

ACTS.behaviour(memory.DA_MUTATED_IN_PLACE, "changed")
ACTS.behaviour(memory.GRADS_NOT_RESET, "differs")
ACTS.words(
    memory.DA_MUTATED_IN_PLACE,
    CONV,
    COLUMNS,
    POOL,
    "conv_forward_naive",
    "max_pool_forward_naive",
    title="an array is written into that came in",
    computed="a change of {changed}: after the call it holds other numbers than before",
    formula="",
    ask="After your function has run, what do its arguments hold? Which line writes into one of "
    "them, with +=, -=, *= or [...] = ..., perhaps by a second name?",
    section="03, Who owns the memory of a cache",
)
LINES.words(
    conv.CONV_KERNEL_FLIPPED,
    "conv_forward_naive",
    title="the kernel is turned by half a turn",
    computed="the convolution of mathematics, which turns the kernel round; networks do not",
    formula="out[n, f, i, j] = Σ over c, h, k of w[f, c, h, k] * x_pad[n, c, i*stride + h, "
    "j*stride + k] + b[f]",
    ask="Which weight meets the upper left pixel of the window?",
    section="13, One kernel, many places",
)
for _name in ("conv_forward_naive", "max_pool_forward_naive"):
    LINES.words(
        conv.CONV_STRIDE_LEFT_OUT,
        _name,
        computed="what belongs to windows that move by one pixel",
        ask="With stride 2, in which row does the window of i = 3 begin? And yours?",
    )
LINES.words(
    conv.CONV_ONE_FILTER,
    "conv_forward_naive",
    computed="the output of a layer in which one filter takes the place of the others",
    formula="out[n, f, i, j] = Σ over c, h, k of w[f, c, h, k] * x_pad[n, c, i*stride + h, "
    "j*stride + k] + b[f]",
    ask="Print the index f wherever w, b and out stand in your line. Is it the same f?",
)
ACTS.words(
    conv.CONV_OVERWRITTEN,
    POOL,
    formula="dx[n, c, row, column] += dout[n, c, i, j], from zeros",
)
ACTS.words(
    conv.CONV_OVERWRITTEN,
    COLUMNS,
    formula="dx_pad[window] += the column of dcols, from zeros, one window after the other",
    ask="How many windows does one pixel stand in, and what is left of the earlier ones? If you "
    "use index arrays: for idx = np.array([2, 2]) and a = np.zeros(3), what does a[idx] += 1 give?",
    section="13, The windows as columns",
)
ACTS.words(
    conv.POOL_WHOLE_WINDOW,
    "max_pool_forward_naive",
    title="not the largest number of the window",
    computed="another pooling than that of the largest number",
    formula="out[n, c, i, j] = the largest number of the window",
)
ACTS.words(
    conv.POOL_ONE_MAXIMUM,
    "max_pool_forward_naive",
    computed="what belongs to windows of several images or channels that have one largest number "
    "among them",
)
ACTS.words(
    conv.WINDOWS_AVERAGED,
    CONV,
    POOL,
    formula="dx_pad[window] += ..., and no division by the number of windows",
)

MISTAKES = (LINES, ACTS)
