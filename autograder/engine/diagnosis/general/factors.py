"""Names for a factor that was measured: products of at most two sizes, as a student writes them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np

from autograder.networks import Graph

#: Numbers that stand in a line by themselves.
_PLAIN = {"-1": -1.0, "2": 2.0, "1/2": 0.5, "-2": -2.0, "-1/2": -0.5, "3": 3.0, "4": 4.0}
_PLAIN |= {"1/3": 1 / 3, "1/4": 0.25, "10": 10.0, "0.1": 0.1, "0.01": 0.01}


def sizes(graph: Graph, *nodes: str) -> dict[str, int]:
    """Return the sizes that a line about these nodes may hold: m, T, L, and their axes."""
    facts = graph.facts
    found = {letter: n for letter, n in facts.counts.items() if n > 1}
    if facts.length > 1 and "T" not in facts.counts:
        found["L"] = facts.length
    for node in dict.fromkeys(nodes):
        letters = node.partition("->")[0].rstrip("0123456789")
        for axis, size in enumerate(graph.value(node).shape):
            if size > 1:
                found.setdefault(f"{letters}.shape[{axis}]", size)
    return found


def named(known: Mapping[str, int]) -> dict[str, float]:
    """Return every factor that is made of these sizes, by name, the simplest first."""
    found = dict(_PLAIN)
    found |= dict(_of_one(known))
    found |= dict(_of_two(known))
    found |= {f"-{name}": -value for name, value in list(found.items()) if name not in _PLAIN}
    return {name: value for name, value in found.items() if np.isfinite(value) and value != 1.0}


def _of_one(known: Mapping[str, int]) -> Iterator[tuple[str, float]]:
    for name, n in known.items():
        yield from ((name, n), (f"1/{name}", 1 / n), (f"{name}²", n**2), (f"1/{name}²", 1 / n**2))
    for name, n in known.items():
        yield f"1/(2 {name})", 0.5 / n
        yield from ((f"2/{name}", 2 / n), (f"{name}/2", n / 2), (f"2 {name}", 2.0 * n))
        yield from ((f"1/√{name}", n**-0.5), (f"√{name}", n**0.5))
        yield from ((f"({name} - 1)", n - 1.0), (f"({name} - 1)/{name}", 1 - 1 / n))
        yield from ((f"({name} + 1)", n + 1.0), (f"{name}/({name} + 1)", n / (n + 1)))
        yield f"1/({name} + 1)", 1 / (n + 1)
        if n > 1:
            yield from ((f"1/({name} - 1)", 1 / (n - 1)), (f"{name}/({name} - 1)", n / (n - 1)))


def _of_two(known: Mapping[str, int]) -> Iterator[tuple[str, float]]:
    pairs = list(known.items())
    for i, (one, n) in enumerate(pairs):
        for other, k in pairs[i + 1 :]:
            yield from ((f"{one}/{other}", n / k), (f"{other}/{one}", k / n))
            yield from ((f"{one}·{other}", float(n * k)), (f"1/({one}·{other})", 1 / (n * k)))


def names_of(value: float, known: Mapping[str, int]) -> list[str]:
    """Return the names that fit a measured factor."""
    fits = (n for n, v in named(known).items() if abs(v - value) <= 1e-7 * abs(v))
    return list(fits)
