"""What students get wrong with normalisation: another array, another axis, gamma before a mean."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from autograder.engine.diagnosis.edits import carry, rescale
from autograder.engine.diagnosis.forms import WholeEdit
from autograder.engine.diagnosis.mistakes import Mistakes
from autograder.engine.problem import Problem
from autograder.mistakes.catalogue import normalisation as norm
from autograder.networks import Array, Edits
from autograder.networks.normalised import BATCH, LAYER
from autograder.units.u11_normalisation.mistakes import Seen

MISTAKES = Mistakes(BATCH, LAYER)


def _gamma_meets(name: str) -> WholeEdit:
    """Let what comes back to gamma be made with another array than x_hat."""

    def edits(problem: Problem) -> Edits:
        graph = problem.graph
        axis = Seen(problem).axis
        x, xhat, mu = graph.value("x"), graph.value("x_hat"), graph.value("mu")
        other = {
            "x": x,
            "x - mu": x - np.expand_dims(mu, axis),
            "gamma * x_hat": graph.value("gamma") * xhat,
        }[name]

        def edit(value: Array, seen: Mapping[str, Array]) -> Array:
            moved = seen["gamma->out"].imag[..., np.newaxis, :]
            return carry(value, value.imag + (other - xhat) * moved)

        return {"out": edit}

    return edits


for _name in ("x", "x - mu", "gamma * x_hat"):
    MISTAKES.whole(norm.NORM_DGAMMA_X_FOR_XHAT, _gamma_meets(_name), _name)


def _other_axis(staged: bool, by_other: bool) -> WholeEdit:
    """The means on the way back run along the other axis, with the statistics of the right one.

    Either in the closed form, where the factor 1/std stands before all, or road by road, where it
    stands inside of each sum.
    """

    def edits(problem: Problem) -> Edits | None:
        seen, graph = Seen(problem), problem.graph
        if seen.n == seen.other == 1:
            return None
        other, count = -3 - seen.axis, seen.other if by_other else seen.n
        inverse, xhat = 1 / np.expand_dims(seen.std, seen.axis), graph.value("x_hat")

        def mean(a: Array) -> Array:
            return np.asarray(a.sum(axis=other, keepdims=True) / count)

        def edit(value: Array, passed: Mapping[str, Array]) -> Array:
            moved = passed["x"].imag
            if staged:
                made = moved - mean(moved) - inverse * xhat * mean(xhat / inverse * moved)
                # what comes back straight, then the two sums: each factor where that code has it
                return carry(value, inverse * made)
            return carry(
                value,
                inverse * moved - mean(inverse * moved) - xhat * mean(inverse * xhat * moved),
            )

        return {"x_hat": edit}

    return edits


for _by_other, _count in ((True, ""), (False, ", divided by the right size")):
    MISTAKES.whole(
        norm.NORM_WRONG_AXIS, _other_axis(False, _by_other), f"in the closed form{_count}"
    )
    MISTAKES.whole(norm.NORM_WRONG_AXIS, _other_axis(True, _by_other), f"road by road{_count}")


def _pulled_out(problem: Problem) -> Edits:
    gamma = problem.graph.value("gamma")
    before = dict.fromkeys(("x->mu", "x->var", "x->x_hat"), rescale(gamma))
    return before | {"x_hat->out": rescale(1 / gamma)}


MISTAKES.whole(norm.NORM_GAMMA_PULLED_OUT, _pulled_out, on=(LAYER,))
