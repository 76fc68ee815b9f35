"""What students get wrong with attention: which matrix meets which, what a head is made of."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np

from autograder.engine.diagnosis.edits import carry, spread
from autograder.engine.diagnosis.forms import WholeEdit
from autograder.engine.diagnosis.mistakes import Mistakes
from autograder.engine.problem import Problem
from autograder.mistakes.catalogue import attention as told
from autograder.mistakes.catalogue.wiring import DW_TRANSPOSED, MISSING_W_TRANSPOSE
from autograder.mistakes.wiring import untranspose
from autograder.networks import Array, Edit, Edits
from autograder.networks.attention import FAMILY, split
from autograder.oracle import gradient
from autograder.units.u12_attention.mistakes import facts_of

MISTAKES = Mistakes(FAMILY)


def _turned(A: Array) -> Array:
    return np.asarray(np.swapaxes(A, -1, -2))


def _apart(problem: Problem) -> Callable[[Array], Array]:
    """Takes the heads apart, where the graph has any."""
    heads = facts_of(problem).heads
    return (lambda A: split(A, heads)) if "H" in problem.graph.seen else np.asarray


def _scores(side: str, wrong: Callable[[Array, Array, Array], Array]) -> WholeEdit:
    """Let the scores hear of Q, or of K, by ``wrong(t, Q, K)`` in the place of the product."""

    def edits(problem: Problem) -> Edits | None:
        seen = problem.graph.seen
        if "Q->S" not in seen or seen["Q"].shape != seen["K"].shape:
            return None
        apart, root = _apart(problem), facts_of(problem).d ** 0.5
        q, k = apart(seen["Q"]), apart(seen["K"])

        def edit(value: Array, passed: Mapping[str, Array]) -> Array:
            t = apart(passed[f"{side}->S"].imag)
            right = t @ _turned(k) if side == "Q" else q @ _turned(t)
            return carry(value, value.imag + (wrong(t, q, k) - right) / root)

        return {"S": edit}

    return edits


MISTAKES.whole(
    told.ATTENTION_DK_NOT_TRANSPOSED, _scores("K", lambda t, q, k: t @ _turned(q)), "dS Q"
)
MISTAKES.whole(
    told.ATTENTION_DK_NOT_TRANSPOSED, _scores("K", lambda t, q, k: t @ _turned(k)), "dS K"
)
MISTAKES.whole(told.ATTENTION_QUERY_FOR_KEY, _scores("Q", lambda t, q, k: t @ _turned(q)), "in dQ")
MISTAKES.whole(told.ATTENTION_QUERY_FOR_KEY, _scores("K", lambda t, q, k: k @ _turned(t)), "in dK")


def _both_exchanged(problem: Problem) -> Edits | None:
    """dQ = dS Q and dK = dSᵀ K: two edits of one node, made as one."""
    parts = [
        _scores("Q", lambda t, q, k: t @ _turned(q))(problem),
        _scores("K", lambda t, q, k: k @ _turned(t))(problem),
    ]
    if parts[0] is None or parts[1] is None:
        return None
    one, two = parts[0]["S"], parts[1]["S"]
    return {"S": lambda value, seen: two(one(value, seen), seen)}


MISTAKES.whole(told.ATTENTION_QUERY_FOR_KEY, _both_exchanged, "in dQ and dK")


def _dv_not_turned(problem: Problem) -> Edits | None:
    seen = problem.graph.seen
    into = "H" if "H" in seen else "out"
    if f"V->{into}" not in seen or seen["P"].shape[-1] != seen["P"].shape[-2]:
        return None
    apart, P = _apart(problem), seen["P"]

    def edit(value: Array, passed: Mapping[str, Array]) -> Array:
        t = apart(passed[f"V->{into}"].imag)
        return carry(value, value.imag + _merged(problem, (_turned(P) - P) @ t))

    return {into: edit}


def _merged(problem: Problem, A: Array) -> Array:
    if "H" not in problem.graph.seen:
        return A
    turned = np.swapaxes(A, -2, -3)
    return turned.reshape(*turned.shape[:-2], -1)


MISTAKES.whole(told.ATTENTION_DV_NOT_TRANSPOSED, _dv_not_turned)


def _mixed(*parts: str) -> WholeEdit:
    """Reshape where two axes had to be exchanged: dH taken apart, or dQ, dK, dV put together."""

    def edits(problem: Problem) -> Edits | None:
        heads, d = facts_of(problem).heads, facts_of(problem).d
        if "H" not in problem.graph.seen:
            return None

        def taken(value: Array, passed: Mapping[str, Array]) -> Array:
            return carry(value, split(value.imag, heads).reshape(value.shape))

        def put(t: Array) -> Array:
            return _merged(problem, t.reshape(*t.shape[:-2], heads, -1, d))

        found: dict[str, Edit] = {"H": taken} if "dH" in parts else {}
        wires = {"dQ": "Q->S", "dK": "K->S", "dV": "V->H"}
        return found | {wire: spread(put) for part, wire in wires.items() if part in parts}

    return edits


MISTAKES.whole(told.ATTENTION_HEADS_MIXED, _mixed("dH"), "dH, taken apart")
MISTAKES.whole(
    told.ATTENTION_HEADS_MIXED, _mixed("dQ", "dK", "dV"), "dQ, dK and dV, put side by side"
)
MISTAKES.whole(told.ATTENTION_HEADS_MIXED, _mixed("dH", "dQ", "dK", "dV"), "both")


def _one_head(last: bool) -> WholeEdit:
    def edits(problem: Problem) -> Edits | None:
        facts = facts_of(problem)
        if "H" not in problem.graph.seen:
            return None
        kept = np.zeros(facts.heads * facts.d)
        kept[-facts.d :] = 1.0
        kept = kept if last else kept[::-1]
        return {wire: spread(lambda t: t * kept) for wire in ("Q->S", "K->S", "V->H")}

    return edits


MISTAKES.whole(told.ATTENTION_ONE_HEAD, _one_head(True), "the last")
MISTAKES.whole(told.ATTENTION_ONE_HEAD, _one_head(False), "the first")


def _dwo_of_x(problem: Problem, name: str, edits: Edits) -> Array | None:
    """Xᵀ dout, of shape (D, D): a foreign one, where X is not as wide as H."""
    graph = problem.graph
    if name != "dWo" or "H" not in graph.seen:
        return None
    return np.asarray(graph.value("X").T @ gradient(graph, "out", edits))


MISTAKES.foreign(told.ATTENTION_DWO_MEETS_X, _dwo_of_x)


def _not_transposed(*names: str) -> WholeEdit:
    """dX = dQ Wq, or dH = dout Wo: where the weights are square."""

    def edits(problem: Problem) -> Edits | None:
        seen = problem.graph.seen
        if "Wo" not in seen or seen["Wo"].shape[0] != seen["Wo"].shape[1]:
            return None

        def edit(name: str) -> Edit:
            node, source = ("out", "H") if name == "Wo" else (name[1].upper(), "X")
            more = seen[name].T - seen[name]
            wire = f"{source}->{node}"
            return lambda value, passed: value + 1j * (passed[wire].imag @ more)

        return {("out" if name == "Wo" else name[1].upper()): edit(name) for name in names}

    return edits


MISTAKES.whole(MISSING_W_TRANSPOSE, _not_transposed("Wq", "Wk", "Wv"), "Wq, Wk and Wv")
MISTAKES.whole(MISSING_W_TRANSPOSE, _not_transposed("Wo"), "Wo")
MISTAKES.whole(MISSING_W_TRANSPOSE, _not_transposed("Wq", "Wk", "Wv", "Wo"), "all four")
MISTAKES.undo(DW_TRANSPOSED, untranspose)
