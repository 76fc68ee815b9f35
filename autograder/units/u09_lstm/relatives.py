"""The values that known mistakes give in the forward pass of one cell, where no backward is run."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

import numpy as np

from autograder.engine.exercise import Relative
from autograder.engine.parts import Later, relatives
from autograder.mistakes.catalogue.gru import GRU_OTHER_CONVENTION, GRU_RESET_WAY
from autograder.mistakes.catalogue.lstm import CONCAT_ORDER
from autograder.networks import Array, Edits, Graph

Read = Callable[[Mapping[str, Array]], Mapping[str, Array]]


def upside_down(graph: Graph, read: Read) -> Sequence[Relative]:
    """What comes out where x stands above the state: the columns of each weight meet the other."""

    def made() -> Sequence[Relative]:
        n_x = len(graph.inputs["x"])
        weights = [name for name in graph.inputs if name[0] == "W"]
        edits: Edits = dict.fromkeys(weights, lambda W, seen: np.roll(W, -n_x, axis=-1))
        return relatives((CONCAT_ORDER.id, "", read(graph.run(edits=edits).seen)))

    return Later(made)


def _reset_late(graph: Graph) -> Iterator[tuple[str, Array]]:
    """Where the reset gate may stand behind the product, and the candidate that this gives."""
    r, c, x, W, b = (graph.value(name) for name in ("r1", "c0", "x", "Wc", "bc"))
    of_c, of_x = W[:, : len(c)] @ c, W[:, len(c) :] @ x
    yield "behind the product", np.tanh(r * (of_c + of_x) + b)
    yield "behind the product and bc", np.tanh(r * (of_c + of_x + b))
    yield "behind the product with c_prev", np.tanh(r * of_c + of_x + b)
    yield "behind the product with c_prev and bc", np.tanh(r * (of_c + b) + of_x)


def kept_and_taken(graph: Graph) -> Sequence[Relative]:
    """What comes out of a GRU whose update gate says what is kept; and of one upside down."""

    def made() -> Sequence[Relative]:
        u, cc, c = (graph.value(name) for name in ("u1", "cc1", "c0"))
        other = {"c_next": u * c + (1 - u) * cc}
        turned = upside_down(graph, lambda seen: {"c_next": seen["c1"]})
        late = (
            (GRU_RESET_WAY.id, told, {"c_next": u * candidate + (1 - u) * c})
            for told, candidate in _reset_late(graph)
        )
        return [*relatives((GRU_OTHER_CONVENTION.id, "", other), *late), *turned]

    return Later(made)
