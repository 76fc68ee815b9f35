"""Names what was measured: a number such as 1/m, a slope such as 1 − A², a matrix such as W2ᵀ.

Only what agrees entry by entry gets a name; the rest stays without one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import numpy as np

from autograder.engine.picture.symbols import symbols
from autograder.networks import Array, Graph
from autograder.networks.blocks import ACTIVATIONS, derivative
from autograder.networks.facts import LayerFacts

Named = Iterator[tuple[str, Array | float]]


def same(one: Array | float, other: Array | float) -> bool:
    """The same numbers, to rounding."""
    gap = np.abs(np.subtract(one, other)).max(initial=0.0)
    return bool(gap <= 1e-9 * np.abs(other).max(initial=1e-9))


def _first(known: Named, wanted: Array | float) -> str:
    shape = np.shape(wanted)
    with np.errstate(all="ignore"):
        fits = (name for name, v in known if np.shape(v) == shape and same(v, wanted))
        return next(fits, "")


class Names:
    """Names for what happens on the wires of one graph."""

    def __init__(self, graph: Graph):
        self.graph, self.written = graph, symbols(graph)

    def factor(self, factor: float) -> str:
        """A number as the student would write it: ``1/m``, ``−1``; empty if it has no name."""

        def known() -> Named:
            yield "−1", -1.0
            counts = self.graph.facts.counts
            examples, m = next(iter(counts.items()))
            for letter, n in counts.items():
                if n > 1:
                    yield from ((letter, n), (f"1/{letter}", 1 / n), (f"1/{letter}²", 1 / n**2))
            yield from (("2", 2.0), ("½", 0.5))
            shapes = (value.shape for value in self.graph.inputs.values())
            for size in sorted({n for shape in shapes for n in shape} - {1}):
                yield from ((f"{examples}/n", m / size), ("1/n", 1 / size))

        return _first(known(), factor)

    def weight(self, node: str, weight: Array) -> str:
        """An array of factors, entry by entry, in the letters of the node: ``A (1 − A)``."""
        a = self.graph.value(node)
        letter = self.written[node].main
        facts = self.graph.facts
        Y = facts.Y if isinstance(facts, LayerFacts) else None

        def known() -> Named:
            yield from _of_output(letter, a)
            if Y is not None:
                yield from (("(2Y − 1)", 2 * Y - 1), ("Y", Y), ("(1 − Y)", 1 - Y))

        return _first(known(), weight)

    def slope(self, nodes: tuple[str, str], taken: Array, due: Array | None) -> str:
        """The slope taken at a = g(z), `nodes` being (z, a): ``slope 1``, ``slope of tanh``."""
        z, a = (self.graph.value(name) for name in nodes)
        written = self.written
        Z, A = (written[name].main for name in nodes)

        def known() -> Named:
            yield "slope 1", np.ones_like(taken)
            yield f"slope {written[nodes[0]] if Z == 'v' else Z}", z
            if taken.size < 3:  # one number fits many a formula
                return
            yield from ((f"slope {_bare(name)}", v) for name, v in _of_output(A, a))
            yield from ((f"slope 1 − {Z}²", 1 - z**2), (f"slope {Z} (1 − {Z})", z * (1 - z)))
            for relation, on in ((">", z > 0), ("≥", z >= 0), ("<", z < 0)):
                yield f"slope ({Z} {relation} 0)", on * 1.0
            if due is not None:
                yield from (("slope −g′", -due), ("slope g′²", due**2), ("slope 1/g′", 1 / due))
                yield f"slope {Z} g′", z * due
            yield from ((f"slope of {name}", derivative(name, z)) for name in ACTIVATIONS)
            yield from self._elsewhere(nodes[0], due)

        return _first(known(), taken) or "another slope"

    def _elsewhere(self, node: str, due: Array | None) -> Named:
        """The right slope, taken at another node: at its argument or at its value."""
        z = self.graph.value(node)
        own = [g for g in ACTIVATIONS if due is not None and same(derivative(g, z), due)]
        for other, symbol in self.written.items():
            value = self.graph.value(other)
            if other != node and value.shape == z.shape:
                yield from ((f"slope at {symbol}", derivative(g, value)) for g in own)
                yield f"slope at {symbol}", 1 - value**2
            elif value.ndim == z.ndim and _fits(value.shape, z.shape):
                # of an output, whose one row meets all rows of a hidden layer
                yield (
                    f"slope {symbol} (1 − {symbol})",
                    np.broadcast_to(value * (1 - value), z.shape),
                )

    def matrix(self, wire: str, sent: Array, right: Array, wrong: Array) -> str:
        """The matrix met on the way back, and the one that belongs there: ``W2, not W2ᵀ``."""
        due, met = (self._factor(wire, sent, came) for came in (right, wrong))
        if met and due:
            return f"{met}, not {due}" if met != due else "wrong order"
        return f"not {due}" if due else ""

    def _factor(self, wire: str, sent: Array, came: Array) -> str:
        """The node whose value takes `sent` to `came`; as it stands in the backward formula."""
        for name, value in self._matrices(wire):
            for matrix, back in ((value, f"{name}ᵀ"), (value.T, name)):
                if _takes(matrix, sent, came) or _takes(sent, matrix, came):
                    return back
        return ""

    def _matrices(self, wire: str) -> list[tuple[str, Array]]:
        """Every matrix of the graph; those of the wire's own layer or step first."""
        number: Callable[[str], list[str]] = re.compile(r"\d+$").findall
        graph, written = self.graph, self.written
        named = [(n, graph.value(n)) for n in written if graph.value(n).ndim == 2]
        named.sort(key=lambda pair: number(pair[0]) != number(wire))
        return [(str(written[name]), value) for name, value in named]


def _of_output(A: str, a: Array) -> Named:
    yield A, a
    yield f"(1 − {A})", 1 - a
    yield f"{A} (1 − {A})", a * (1 - a)
    yield f"(1 − {A}²)", 1 - a**2
    yield f"({A}² − 1)", a**2 - 1


def _bare(name: str) -> str:
    return name[1:-1] if name.startswith("(") else name


def _takes(left: Array, right: Array, came: Array) -> bool:
    """Is left @ right what came? One entry decides most cases."""
    fits = left.shape[1] == right.shape[0] and (left.shape[0], right.shape[1]) == came.shape
    if not fits or abs(left[0] @ right[:, 0] - came[0, 0]) > 1e-9 * np.abs(came).max():
        return False
    return same(left @ right, came)


def _fits(small: tuple[int, ...], large: tuple[int, ...]) -> bool:
    """Does an array of the first shape spread over one of the second?"""
    return all(a in (1, b) for a, b in zip(small, large, strict=True))
