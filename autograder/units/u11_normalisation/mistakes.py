"""What students get wrong with normalisation, as edits of its three roads."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np

from autograder.engine.diagnosis.edits import carry, cut, rescale
from autograder.engine.diagnosis.forms import WholeEdit
from autograder.engine.diagnosis.mistakes import Mistakes
from autograder.engine.problem import Problem
from autograder.mistakes.catalogue import memory
from autograder.mistakes.catalogue import normalisation as norm
from autograder.networks import Array, Edits
from autograder.networks.normalised import BATCH, LAYER, NormFacts

MISTAKES = Mistakes(BATCH, LAYER)
#: What is looked at to say by how much a road is wrong: std, var + eps, var, eps, N, D.
Factor = Callable[["Seen"], Array | float | None]


class Seen:
    """The numbers of one layer that stand in the lines of its backward pass."""

    def __init__(self, problem: Problem):
        graph, facts = problem.graph, problem.graph.facts
        assert isinstance(facts, NormFacts)
        self.std, self.var, self.eps = graph.value("std"), graph.value("var"), facts.eps
        self.n, self.other = float(facts.averaged), float(facts.m * facts.D / facts.averaged)
        self.axis = facts.axis

    def spread(self, factor: Array | float) -> Array | float:
        """A factor for each mean, as one for each entry of x."""
        return np.expand_dims(factor, self.axis) if np.ndim(factor) else factor


def roads(
    straight: Factor | None = None, mean: Factor | None = None, variance: Factor | None = None
) -> WholeEdit:
    """Multiply what comes back on each of the three roads; None lets it be."""

    ways = {"x->x_hat": straight, "mu->x_hat": straight, "x->mu": mean, "var->std": variance}

    def edits(problem: Problem) -> Edits | None:
        seen, found = Seen(problem), {}
        for wire, factor in ways.items():
            value = None if factor is None else factor(seen)
            if value is not None:
                found[wire] = rescale(seen.spread(value) if wire == "x->x_hat" else value)
        return found or None

    return edits


def _cut(*wires: str) -> WholeEdit:
    return lambda problem: {wire: cut() for wire in wires}


MISTAKES.whole(norm.NORM_STATISTICS_CONSTANT, _cut("x->mu", "x->var"))
MISTAKES.whole(norm.NORM_VARIANCE_ROAD_MISSING, _cut("x->var"))
MISTAKES.whole(norm.NORM_MEAN_ROAD_MISSING, _cut("x->mu"))


def _n(seen: Seen) -> float:
    return seen.n


def _over_other(seen: Seen) -> float:
    return seen.n / seen.other


for _told, _factor in (("not divided", _n), ("divided by the other size", _over_other)):
    MISTAKES.whole(
        norm.NORM_SUM_FOR_MEAN, roads(mean=_factor, variance=_factor), f"{_told}, on both roads"
    )
    MISTAKES.whole(norm.NORM_SUM_FOR_MEAN, roads(mean=_factor), f"{_told}, on the mean's road")
    MISTAKES.whole(
        norm.NORM_SUM_FOR_MEAN, roads(variance=_factor), f"{_told}, on the variance's road"
    )

MISTAKES.whole(
    norm.NORM_DDOF,
    roads(variance=lambda seen: seen.n / (seen.n - 1) if seen.n > 1 else None),
    "on the way back",
)
MISTAKES.whole(norm.NORM_SQUARE_SLOPE, roads(variance=lambda seen: 0.5), "half of it")
MISTAKES.whole(norm.NORM_SQUARE_SLOPE, roads(variance=lambda seen: 2.0), "twice")


def _not_centred(problem: Problem) -> Edits:
    """The road by the variance with x, where x - mu was squared."""
    x, seen = problem.graph.value("x"), Seen(problem)

    def edit(value: Array, passed: Mapping[str, Array]) -> Array:
        return carry(value, 2 * (x * passed["x->var"].imag).mean(axis=seen.axis))

    return {"var": edit}


MISTAKES.whole(norm.NORM_SQUARE_SLOPE, _not_centred, "x in the place of x - mu")
for _power, _slope in (
    ("(var + eps)^(-1/2)", lambda seen: seen.std**2),
    ("(var + eps)^(-1)", lambda seen: seen.std),
    # x_hat is x - mu times a power of var + eps
    ("(var + eps)^(-2), or x_hat where x - mu is right", lambda seen: 1 / seen.std),
):
    MISTAKES.whole(norm.NORM_ROOT_SLOPE, roads(variance=_slope), f"-1/2 {_power}")


def _without_root(seen: Seen) -> Array:
    return np.asarray(1 / seen.std)


MISTAKES.whole(norm.NORM_ROOT_MISSING, roads(straight=_without_root), "straight and by the mean")
MISTAKES.whole(
    norm.NORM_ROOT_MISSING,
    roads(straight=_without_root, variance=lambda seen: 2 / seen.std),
    "on all three roads",
)
MISTAKES.whole(
    norm.NORM_ROOT_MISSING,
    roads(straight=_without_root, variance=_without_root),
    "in front of all three roads",
)


def _no_eps(power: int) -> Factor:
    return lambda seen: (seen.std / np.sqrt(seen.var)) ** power


def _eps_behind(seen: Seen) -> Array:
    return np.asarray(seen.std / (np.sqrt(seen.var) + seen.eps))


def _eps_behind_in_var(seen: Seen) -> Array:
    """-1/(√var + eps)² · 1/(2 √var) for -1/2 (var + eps)^(-3/2)."""
    return np.asarray(seen.std**3 / (np.sqrt(seen.var) * (np.sqrt(seen.var) + seen.eps) ** 2))


MISTAKES.whole(norm.NORM_EPS_PLACE, roads(_no_eps(1), None, _no_eps(3)), "left out on the way back")
MISTAKES.whole(norm.NORM_EPS_PLACE, roads(variance=_no_eps(3)), "left out in dvar")
MISTAKES.whole(norm.NORM_EPS_PLACE, roads(variance=_no_eps(1)), "left out in the slope of the root")
MISTAKES.whole(norm.NORM_EPS_PLACE, roads(_no_eps(1)), "left out, but for dvar")
MISTAKES.whole(
    norm.NORM_EPS_PLACE,
    roads(_eps_behind, None, _eps_behind_in_var),
    "behind the root on the way back",
)
MISTAKES.whole(norm.NORM_EPS_PLACE, roads(_eps_behind), "behind the root, but for dvar")


def _without_gamma(problem: Problem) -> Edits:
    gamma = problem.graph.value("gamma")
    return {"x_hat->out": rescale(1 / gamma)}


MISTAKES.whole(norm.NORM_GAMMA_LEFT_OUT, _without_gamma)


MISTAKES.behaviour(memory.DA_MUTATED_IN_PLACE, "changed")
MISTAKES.behaviour(memory.GRADS_NOT_RESET, "differs")
