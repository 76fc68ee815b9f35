"""Orders in which a pass may visit a graph, and what gradients such a pass leaves behind.

A visit is a pair (node, operand k): the node hands its gradient, as it is at that moment, times
the slope of the wire to operand k. In the right order each wire is used once, and a node's
gradient is complete before it is handed on. These are the others.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from itertools import product

import numpy as np

from autograder.networks import Array, Graph
from autograder.networks.expressions import Visits, wires
from autograder.networks.facts import expression_facts
from autograder.oracle import gradient

#: A tree of more visits than this is not a student's answer on the graphs of the checks.
_MOST = 20_000
#: Of so many operations on two nodes each order is tried; the graphs of the checks have fewer.
_PAIRS = 8


def _operands(graph: Graph, n: int) -> Sequence[int]:
    return tuple(expression_facts(graph).operands.get(n, ()))


def _root(graph: Graph) -> int:
    return int(expression_facts(graph).nodes) - 1


def in_order(graph: Graph, nodes: Iterable[int]) -> Visits:
    """Each node once, in the given order."""
    return [(n, slot) for n in nodes for slot in range(len(_operands(graph, n)))]


def depth_first(graph: Graph, step: int, equal_once: bool, once: bool = False) -> Visits:
    """A node hands on, then its operands do, each with everything below it.

    Parameters
    ----------
    step : int
        1 for the first operand first, -1 for the last.
    equal_once : bool
        Whether the two operands of ``a * a`` are entered once, as in a set.
    once : bool
        Whether a node that was entered before is left out.
    """
    found: Visits = []
    seen: set[int] = set()

    def enter(n: int) -> None:
        if (once and n in seen) or len(found) > _MOST:
            return
        seen.add(n)
        operands = _operands(graph, n)
        found.extend((n, slot) for slot in range(len(operands)))
        for i in dict.fromkeys(operands[::step]) if equal_once else operands[::step]:
            enter(i)

    enter(_root(graph))
    return found


def interleaved(graph: Graph) -> Visits:
    """Hand on to one operand and enter it at once, then to the next."""
    found: Visits = []

    def enter(n: int) -> None:
        for slot, i in enumerate(_operands(graph, n)):
            if len(found) > _MOST:
                return
            found.append((n, slot))
            enter(i)

    enter(_root(graph))
    return found


def listed(graph: Graph, last_in: bool, again: str) -> Visits:
    """A list of nodes that wait: one is taken and hands on, and its operands are put on the list.

    Parameters
    ----------
    last_in : bool
        Whether the node that came last is taken, as from a stack; else the first, as from a queue.
    again : str
        What becomes of an operand that was met before: ``"always"`` put on the list, ``"once"``
        never, ``"unless it waits"``.
    """
    found: Visits = []
    waiting, met = deque([_root(graph)]), {_root(graph)}
    while waiting and len(found) <= _MOST:
        n = waiting.pop() if last_in else waiting.popleft()
        for slot, i in enumerate(_operands(graph, n)):
            found.append((n, slot))
            known = {"always": (), "once": met, "unless it waits": waiting}[again]
            if i not in known:
                met.add(i)
                waiting.append(i)
    return found


def unordered(graph: Graph, once: bool) -> Iterator[Visits]:
    """Recursion over operands that are kept in a set, which has an order of its own at each node.

    Parameters
    ----------
    once : bool
        Whether a node that was entered before is left out.
    """
    inner = expression_facts(
        graph
    ).operands  # a leaf hands nothing on, whether it is entered first or last
    pairs = [n for n, pair in inner.items() if len(set(pair)) == 2 and set(pair) <= inner.keys()]
    for turned in product((False, True), repeat=min(len(pairs), _PAIRS)):
        back = {n for n, turn in zip(pairs, turned, strict=False) if turn}
        found: Visits = []
        seen: set[int] = set()

        def enter(n: int, back: set[int] = back, to: Visits = found, seen: set[int] = seen) -> None:
            if (once and n in seen) or len(to) > _MOST:
                return
            seen.add(n)
            operands = _operands(graph, n)
            to.extend((n, slot) for slot in range(len(operands)))
            for i in dict.fromkeys(operands[::-1] if n in back else operands):
                enter(i, back, to, seen)

        enter(_root(graph))
        yield found


def last_path(graph: Graph, step: int) -> dict[int, Array]:
    """The product of the slopes along one path to each node: the last that a tree of visits takes.

    Parameters
    ----------
    step : int
        1 if the first operand is entered first, -1 for the last.
    """
    made_of, visits = wires(graph), 0
    left: dict[int, Array] = {}

    def enter(n: int, arrived: Array) -> None:
        nonlocal visits
        visits += 1
        left[n] = arrived
        for i, slope in made_of.get(n, ())[::step] if visits <= _MOST else ():
            enter(i, slope * arrived)

    root = _root(graph)
    enter(root, np.ones_like(graph.value(f"v{root}")))
    return left


def replay_in_place(
    graph: Graph, nodes: Sequence[int], boxed: bool = False
) -> dict[int, Array] | None:
    """The right order with ``+=`` on arrays, where a sum gives its own array to its operands.

    None for numbers, which cannot be changed in place unless `boxed` as arrays of shape ().
    """
    made_of, last = wires(graph), _root(graph)
    if graph.value(f"v{last}").ndim == 0 and not boxed:
        return None
    left = {last: np.ones_like(graph.value(f"v{last}"))}
    for n in nodes:
        for i, slope in made_of.get(n, ()):
            handed = left[n] if expression_facts(graph).operations[n] == "+" else slope * left[n]
            if i in left:
                left[i] += handed
            else:
                left[i] = handed
    return left


def replay_common(
    graph: Graph, nodes: Sequence[int], boxed: bool = False
) -> dict[int, Array] | None:
    """The same where all nodes but the last began with one and the same array of zeros."""
    made_of, last = wires(graph), _root(graph)
    if graph.value(f"v{last}").ndim == 0 and not boxed:
        return None
    top = np.ones_like(graph.value(f"v{last}"))
    common = np.zeros_like(top)
    for n in nodes:
        for _, slope in made_of.get(n, ()):
            common = common + slope * (top if n == last else common)
    return dict.fromkeys(range(last), common) | {last: top}


def sum_of_all(graph: Graph, boxed: bool = False) -> dict[int, Array] | None:
    """What walks along all paths leave in one array that all nodes own: each adds what arrives."""
    root = _root(graph)
    if graph.value(f"v{root}").ndim == 0 and not boxed:
        return None
    nodes = range(root + 1)
    true = gradient(graph, [f"v{n}" for n in nodes])
    return dict.fromkeys(nodes, np.asarray(sum(true[f"v{n}"] for n in nodes)))
