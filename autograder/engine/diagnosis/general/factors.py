"""Names for a factor that was measured: products of at most two sizes, as a student writes them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache

import numpy as np

from autograder.engine.diagnosis.general.kinds import ends, split
from autograder.engine.diagnosis.general.spelling import written
from autograder.networks import Array, Graph

#: Numbers that stand in a line by themselves.
_PLAIN = {"-1": -1.0, "2": 2.0, "1/2": 0.5, "-2": -2.0, "-1/2": -0.5, "3": 3.0, "4": 4.0}
_PLAIN |= {"1/3": 1 / 3, "1/4": 0.25, "10": 10.0, "0.1": 0.1, "0.01": 0.01}


def sizes(graph: Graph, *nodes: str) -> dict[str, int]:
    """Return the sizes that a line about these nodes may hold: m, T, L, and their axes."""
    facts = graph.facts
    found = dict(facts.counts)
    if facts.length > 1 and "T" not in facts.counts:
        found["L"] = facts.length
    known = [n for node in nodes for n in (node, *_beside(graph, node))]
    place = next((p for n in nodes if (p := split(ends(n)[1] or n)[1]) is not None), 0)
    for node in dict.fromkeys(known):
        name = written(graph, node.partition("->")[0], place)
        for axis, size in enumerate(graph.value(node).shape):
            found.setdefault(f"{name}.shape[{axis}]", size)
    return found


def _beside(graph: Graph, node: str) -> Iterator[str]:
    """Yield what enters the same operations."""
    ways = [ends(wire) for wire in graph.wires()]
    targets = [target for source, target, _ in ways if source == node]
    for target in targets[:1]:
        yield from (source for source, other, _ in ways if other == target)
        yield target


def named(known: Mapping[str, int]) -> Mapping[str, float]:
    """Return every factor that is made of these sizes, by name, the simplest first."""
    return _named(tuple(known.items()))


@lru_cache(maxsize=256)
def _named(items: tuple[tuple[str, int], ...]) -> Mapping[str, float]:
    known = dict(items)
    found = dict(_PLAIN)
    found |= dict(_of_one(known))
    found |= dict(_of_two(known))
    return found | {f"-{name}": -value for name, value in found.items() if name not in _PLAIN}


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
    names, values = _arrays(tuple(known.items()))
    fits = np.abs(values - value) <= 1e-7 * abs(value)
    return [names[n] for n in np.flatnonzero(fits)]


@lru_cache(maxsize=256)
def _arrays(items: tuple[tuple[str, int], ...]) -> tuple[list[str], Array]:
    found = {name: value for name, value in _named(items).items() if value not in (0.0, 1.0)}
    return list(found), np.array(list(found.values()))
