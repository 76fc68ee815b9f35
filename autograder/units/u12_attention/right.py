"""Unit 12: right functions to stand in for wrong ones where a caller of theirs is judged."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from autograder.engine.layout import Dress, Path, at, dressed, learnt, numbers
from autograder.engine.student import Student
from autograder.networks import Array
from autograder.networks.attention import attention_graph, softmax_rows_graph
from autograder.oracle import gradient

Right = Callable[..., Any]
#: Usual caches, where a student's own forward shows none.
ONE_HEAD: tuple[Dress, ...] = (
    lambda a: (a["Q"], a["K"], a["V"], a["P"]),
    lambda a: (a["Q"], a["K"], a["V"], a["P"], a["mask"]),
    lambda a: (a["Q"], a["K"], a["V"], a["mask"], a["P"]),
    lambda a: {name: a[name] for name in ("Q", "K", "V", "P", "mask")},
)
_USUAL: dict[str, Path] = {"Q": (0,), "K": (1,), "V": (2,), "P": (3,)}


def softmax_rows_backward(student: Student) -> Right:
    def backward(dP: Array, P: Array) -> Array:
        seen = P != 0
        scores = np.log(np.where(seen, P, 1.0))
        flat = (a.reshape(-1, a.shape[-1]) for a in (scores, dP, seen))
        return gradient(softmax_rows_graph(*flat), "S").reshape(P.shape)

    return backward


def _probe() -> dict[str, Any]:
    mask = np.tril(np.ones((3, 5), dtype=bool), 1)
    return {"Q": numbers(3, 4), "K": numbers(5, 4), "V": numbers(5, 2), "mask": mask}


def _named(Q: Array, K: Array, V: Array, mask: Array | None) -> dict[str, Any]:
    graph = attention_graph(Q, K, V, np.zeros((len(Q), V.shape[1])), mask)
    kept = None if mask is None else mask.copy()
    found = {name: graph.value(name).copy() for name in ("P", "S", "out")}
    return {"Q": Q.copy(), "K": K.copy(), "V": V.copy(), "mask": kept, **found}


def attention_forward(student: Student) -> Right:
    probe = _probe()
    args = tuple(probe.values())
    dress = dressed(student, "attention_forward", args, _named(*args), ONE_HEAD)

    def forward(Q: Array, K: Array, V: Array, mask: Array | None = None) -> Any:
        arrays = _named(Q, K, V, mask)
        return arrays["out"].copy(), dress(arrays)

    return forward


def attention_backward(student: Student) -> Right:
    probe = _probe()
    args = tuple(probe.values())
    ways = _USUAL | learnt(student, "attention_forward", args, _named(*args))

    def backward(dout: Array, cache: Any) -> tuple[Array, ...]:
        Q, K, V = (at(cache, ways[name]) for name in "QKV")
        mask = at(cache, ways["mask"]) if "mask" in ways else at(cache, ways["P"]) != 0
        return tuple(gradient(attention_graph(Q, K, V, dout, mask), list("QKV")).values())

    return backward
