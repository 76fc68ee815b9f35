"""The words and lines of formula of the functions of unit 11."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from autograder.engine.diagnosis.edits import carry
from autograder.engine.diagnosis.forms import Predict, WholeEdit
from autograder.engine.diagnosis.mistakes import Mistakes
from autograder.engine.problem import Problem
from autograder.mistakes.catalogue import memory, normalisation, rows, shapes
from autograder.networks import Array, Edits
from autograder.networks.normalised import BATCH, LAYER
from autograder.oracle import gradient

LINES = Mistakes(BATCH, LAYER)
#: What the mean runs over, and how many numbers that are.
_OVER = {BATCH: ("examples", "N"), LAYER: ("features", "D")}
_SECTION = "11, What the layer does"

for _family, (_over, _n) in _OVER.items():
    LINES.contract(
        f"{_family}_backward",
        {
            "dx": "dx_hat = dout * gamma; dx = (dx_hat - mean(dx_hat) - x_hat * mean(dx_hat * "
            f"x_hat)) / std, each mean over the {_over}",
            "dgamma": "dgamma = Σ_i dout[i] * x_hat[i], over the examples",
            "dbeta": "dbeta = Σ_i dout[i], over the examples",
        },
        on=(_family,),
    )
    LINES.words(
        normalisation.NORM_SUM_FOR_MEAN,
        _family,
        formula=f"d mu / d x = 1/{_n} and d var / d x = 2 (x - mu) / {_n}, as each mean is over "
        f"the {_n} {_over}",
    )
    _variance = f"var = (1/{_n}) Σ (x - mu)² over the {_n} {_over}"
    LINES.words(
        normalisation.NORM_DDOF,
        _family,
        title=f"the variance is divided by {_n} - 1",
        formula=f"{_variance}, so d var / d x = 2 (x - mu) / {_n}",
        ask="Of how many numbers is the variance the mean? Which number stands below your fraction "
        "bar?",
    )
    LINES.words(
        normalisation.NORM_DDOF,
        f"{_family}_forward",
        title=f"the variance is divided by {_n} - 1",
        formula=f"{_variance}: np.var(x, axis) without ddof",
        ask="Of how many numbers is the variance the mean? Is it that of these numbers, or an "
        "estimate for others?",
    )


def _summed(axis: int | None, keepdims: bool = False) -> Predict:
    """What dgamma or dbeta holds in a foreign shape: summed over another axis, or not at all."""

    def predicted(problem: Problem, name: str, edits: Edits) -> Array | None:
        node = problem.claims[name].node
        if node not in ("gamma", "beta"):
            return None
        arriving = gradient(problem.graph, "out", edits)
        each = arriving * problem.graph.value("x_hat") if node == "gamma" else arriving
        return each if axis is None else np.asarray(each.sum(axis=axis, keepdims=keepdims))

    return predicted


def _of_all(problem: Problem, name: str, edits: Edits) -> Array | None:
    each = _summed(None)(problem, name, edits)
    return None if each is None else np.asarray(each.sum())


def _extra_axis(name: str, array: Array, shape: tuple[int, ...]) -> Array | None:
    if name in ("dgamma", "dbeta") and len(shape) == 1 and array.shape == (1, *shape):
        return np.asarray(array[0])
    return None


def _of_each_example(leaf: str) -> WholeEdit:
    """Where N is D a sum over the features has the shape of gamma, and is no foreign one."""

    def edits(problem: Problem) -> Edits | None:
        xhat = problem.graph.value("x_hat")
        if xhat.shape[0] != xhat.shape[1]:
            return None

        def edit(value: Array, seen: Mapping[str, Array]) -> Array:
            t = seen[f"{leaf}->out"].imag
            turned = t[..., :, np.newaxis] - t[..., np.newaxis, :]
            return carry(value, value.imag + (xhat * turned if leaf == "gamma" else turned))

        return {"out": edit}

    return edits


LINES.foreign(shapes.DB_NO_SUM, _summed(None))
LINES.foreign(shapes.DB_WRONG_AXIS, _summed(1, keepdims=True), "axis=1, keepdims")
for _leaf in ("gamma", "beta"):
    LINES.whole(shapes.DB_WRONG_AXIS, _of_each_example(_leaf), "axis=1")
LINES.foreign(shapes.DB_SUM_ALL, _of_all)
LINES.undo(rows.DB_EXTRA_AXIS, _extra_axis, "keepdims=True")

_SUM = {
    "formula": "dbeta = np.sum(dout, axis=0), dgamma = np.sum(dout * x_hat, axis=0)",
    "section": _SECTION,
}
LINES.words(
    shapes.DB_NO_SUM,
    BATCH,
    LAYER,
    title="dgamma or dbeta is not summed over the examples",
    computed="one row for each example, side by side: gamma and beta were copied to every row, and "
    "what comes back from the rows was not added up",
    ask="gamma has D entries. How many has your dgamma?",
    **_SUM,
)
LINES.words(
    shapes.DB_WRONG_AXIS,
    BATCH,
    LAYER,
    title="dgamma or dbeta is summed over the features",
    computed="a sum over the features of each example, where the sum over the examples of each "
    "feature was meant",
    ask="beta was copied along one axis of out. Along which, and which one did you sum over?",
    **_SUM,
)
LINES.words(
    shapes.DB_SUM_ALL,
    BATCH,
    LAYER,
    title="one number for all features",
    computed="the gradient of a layer in which all features share one gamma or one beta",
    ask="np.sum without an axis gives one number. How many entries has beta?",
    **_SUM,
)
LINES.words(
    rows.DB_EXTRA_AXIS,
    BATCH,
    LAYER,
    title="dgamma or dbeta has an axis too many",
    computed="the right numbers in shape (1, D), where gamma and beta have shape (D,)",
    ask="What shape does gamma have? And gamma - 0.1 * dgamma?",
    **_SUM,
)
LINES.words(
    memory.DA_MUTATED_IN_PLACE,
    BATCH,
    LAYER,
    "batchnorm_forward",
    "layernorm_forward",
    title="an array is written into that came in",
    computed="a change of {changed}: after the call it holds other numbers than before",
    formula="",
    ask="After your function has run, what do its arguments hold? Which line writes into one of "
    "them, with +=, -=, *= or [...] = ..., perhaps by a second name?",
    section="03, Who owns the memory of a cache",
)
for _name in ("batchnorm_forward", "layernorm_forward"):
    LINES.words(normalisation.NORM_GAMMA_LEFT_OUT, _name, formula="out = gamma * x_hat + beta")

MISTAKES = (LINES,)
