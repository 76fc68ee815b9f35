"""What students get wrong with attention, as edits: the softmax, the scale, the roads of X."""

from __future__ import annotations

from collections.abc import Callable
from itertools import combinations

import numpy as np

from autograder.engine.diagnosis.edits import bypass, called, carry, cut, rescale
from autograder.engine.diagnosis.forms import WholeEdit
from autograder.engine.diagnosis.mistakes import Mistakes
from autograder.engine.problem import Problem
from autograder.mistakes.catalogue import attention as told
from autograder.mistakes.catalogue import memory, softmax
from autograder.networks import Array, Edits
from autograder.networks.attention import FAMILY, AttentionFacts

MISTAKES = Mistakes(FAMILY)
#: What comes back to S is a linear function of dP; its transpose acts on the way forward.
Tangent = Callable[[Array, Array], Array]


def facts_of(problem: Problem) -> AttentionFacts:
    """The facts of a layer of attention."""
    facts = problem.graph.facts
    assert isinstance(facts, AttentionFacts)
    return facts


def _softmax(tangent: Tangent) -> WholeEdit:
    """Let P move by ``tangent(P, t)`` where the scores move by t."""

    def edits(problem: Problem) -> Edits:
        def edit(value: Array, seen: object) -> Array:
            return carry(value, tangent(value.real, seen["S->P"].imag))  # type: ignore[index]

        return {"P": edit}

    return edits


def _row(a: Array) -> Array:
    return np.asarray(a.sum(axis=-1, keepdims=True))


def _of_seen(problem: Problem) -> Edits:
    seen = facts_of(problem).seen
    return _softmax(lambda P, t: t * seen)(problem) or {}


MISTAKES.whole(told.ATTENTION_SOFTMAX_SKIPPED, _softmax(lambda P, t: t), "dS = dP")
MISTAKES.whole(told.ATTENTION_SOFTMAX_SKIPPED, _of_seen, "dS = dP where the mask is True")
MISTAKES.whole(
    softmax.SOFTMAX_DIAGONAL_ONLY,
    lambda problem: {"P": bypass("S->P", lambda S, P: P * (1 - P))},
)
for _detail, _tangent in {
    "nothing is taken off": lambda P, t: P * t,
    "the sum of dP, without P": lambda P, t: P * t - _row(P * t),
    "the mean in the place of the sum": lambda P, t: P * t - P * _row(P * t) / P.shape[-1],
    "P in front is missing": lambda P, t: t - P * _row(t),
    "the mean of dP": lambda P, t: P * t - _row(P * t) / P.shape[-1],
}.items():
    MISTAKES.whole(told.ATTENTION_ROW_TERM, _softmax(_tangent), _detail)
for _detail, _tangent in {
    "over the columns": lambda P, t: P * t - P * (P * t).sum(axis=-2, keepdims=True),
    "over all weights": lambda P, t: P * t - P * (P * t).sum(axis=(-2, -1), keepdims=True),
}.items():
    MISTAKES.whole(softmax.SOFTMAX_WRONG_AXIS, _softmax(_tangent), _detail)

_SIDES = {"dQ and dK": "QK", "dQ": "Q", "dK": "K"}


def _scaled(sides: str, power: float) -> WholeEdit:
    """Multiply what comes back to Q, to K or to both by a power of d_k."""

    def edits(problem: Problem) -> Edits | None:
        if "Q->S" not in problem.graph.seen:
            return None
        name = "√d_k" if power > 0 else "1/√d_k"
        scaled = called(rescale(facts_of(problem).d ** power), name)
        return {f"{side}->S": scaled for side in sides}

    return edits


def _root_of(size: Callable[[Problem], int], alone: str, layer: str) -> WholeEdit:
    """Divide by the root of another size, by its letters for one head and for a layer of them."""

    def edits(problem: Problem) -> Edits | None:
        letter = layer if "H" in problem.graph.seen else alone
        if "Q->S" not in problem.graph.seen or not letter:
            return None
        factor = (facts_of(problem).d / size(problem)) ** 0.5
        scaled = called(rescale(factor), f"√(d_k/{letter})")
        return {f"{side}->S": scaled for side in "QK"}

    return edits


def _axis(node: str, axis: int) -> Callable[[Problem], int]:
    return lambda problem: int(problem.graph.value(node).shape[axis])


for _detail, _sides in _SIDES.items():
    MISTAKES.whole(told.ATTENTION_SCALE_FORGOTTEN, _scaled(_sides, 0.5), f"in {_detail}")
    MISTAKES.whole(told.ATTENTION_SCALE_TWICE, _scaled(_sides, -0.5), f"in {_detail}")
for _detail, _letters, _size in (
    ("the number of keys", ("T_k", "T"), _axis("K", 0)),
    ("the number of queries", ("T_q", ""), _axis("Q", 0)),
    ("the number of columns of V", ("d_v", "E"), _axis("V", 1)),
    ("the number of columns of X", ("", "D"), _axis("out", 1)),
):
    MISTAKES.whole(told.ATTENTION_SCALE_OF_ANOTHER_SIZE, _root_of(_size, *_letters), _detail)


def _without(roads: tuple[str, ...]) -> WholeEdit:
    def edits(problem: Problem) -> Edits | None:
        return {f"X->{road}": cut() for road in roads} if "X" in problem.graph.inputs else None

    return edits


for _count in (1, 2, 3):
    for _roads in combinations("QKV", _count):
        MISTAKES.whole(told.ATTENTION_ROAD_MISSING, _without(_roads), f"not by {', '.join(_roads)}")
MISTAKES.whole(told.ATTENTION_RESIDUAL_MISSING, _without(("out",)))

MISTAKES.behaviour(memory.DA_MUTATED_IN_PLACE, "changed")
MISTAKES.behaviour(memory.GRADS_NOT_RESET, "differs")
