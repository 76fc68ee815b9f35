"""Unit 01: what can be counted between a root and a node in the place of the ways, by its sentence.

Each takes the operands of each node, the data of each, the root, and the node; nodes are numbers.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import prod

import numpy as np

from autograder.networks import Array
from autograder.units.u01_graphs.small_graphs import below

MadeOf = list[tuple[int, ...]]
#: ``count(made_of, root, node)``.
Count = Callable[[MadeOf, int, int], int]


def _down(
    join: Callable[[Sequence[int]], int],
    leaf: int = 0,
    here: int = 1,
    follow: Callable[[tuple[int, ...]], Sequence[int]] = tuple,
) -> Count:
    """Recursion: `here` at the node, `leaf` at another leaf, else what joins the counts below."""

    def count(made_of: MadeOf, root: int, node: int) -> int:
        if root == node:
            return here
        if not made_of[root]:
            return leaf
        return join([count(made_of, i, node) for i in follow(made_of[root])])

    return count


def _everywhere(leaf: int, more: int) -> Count:
    """Recursion that never asks whether it stands at the node."""

    def count(made_of: MadeOf, root: int, node: int) -> int:
        below_it = sum(count(made_of, i, node) for i in made_of[root])
        return below_it + more if made_of[root] else leaf

    return count


def _last_wire_once(made_of: MadeOf, root: int, node: int) -> int:
    if root == node:
        return 1
    others = (i for i in made_of[root] if i != node)
    return (node in made_of[root]) + sum(_last_wire_once(made_of, i, node) for i in others)


def _stops_at_users(several: bool) -> Count:
    def count(made_of: MadeOf, root: int, node: int) -> int:
        if root == node:
            return 1
        if node in made_of[root]:
            return made_of[root].count(node) if several else 1
        return sum(count(made_of, i, node) for i in made_of[root])

    return count


def _users(made_of: MadeOf, root: int, node: int) -> int:
    return sum(node in made_of[n] for n in below(made_of, root))


def _wires(made_of: MadeOf, root: int, node: int) -> int:
    return sum(made_of[n].count(node) for n in below(made_of, root))


def _on_the_way(made_of: MadeOf, root: int, node: int) -> int:
    return sum(node in below(made_of, n) for n in below(made_of, root))


def _length(most: Callable[[Sequence[int]], int]) -> Count:
    def count(made_of: MadeOf, root: int, node: int) -> int:
        if root == node:
            return 0
        through = [i for i in made_of[root] if node in below(made_of, i)]
        return 1 + most([count(made_of, i, node) for i in through]) if through else 0

    return count


def _leaves_alone(made_of: MadeOf, root: int, node: int) -> int:
    if not made_of[root]:
        return int(root == node)
    return sum(_leaves_alone(made_of, i, node) for i in made_of[root])


def _and(count: Count, more: int) -> Count:
    return lambda made_of, root, node: count(made_of, root, node) + more


_WAYS = _down(sum)
#: What it is for a node that is not the root itself, by what is said of it.
COUNTS: dict[str, Count] = {
    "the number of ways if an operand that stands twice, as in v0 + v0, is followed once: each of "
    "the two places is a way of its own": _down(sum, follow=lambda pair: list(dict.fromkeys(pair))),
    "the number of ways if v0 + v0 is one way down to v0: that a node is among the operands does "
    "not tell how often; each of the two places is a way of its own": _last_wire_once,
    "the number of ways if none goes on below a user of the node: the ways through another operand "
    "of that user are missing": _stops_at_users(several=True),
    "the number of ways if the walk ends at a user of the node and counts 1 there: v0 + v0 has two "
    "ways down to v0, and ways through another operand count too": _stops_at_users(several=False),
    "the number of users of the node, each once: a user that can be reached in two ways brings two "
    "ways, and so does one that uses the node twice": _users,
    "the number of wires into the node: a user that can be reached in two ways brings each of its "
    "wires twice": _wires,
    "1, however many ways lead there": _down(max),
    "the number of nodes on the ways, both ends with them": _on_the_way,
    "the number of nodes on the ways, one end with them": _and(_on_the_way, -1),
    "the number of nodes on the ways, without both ends": _and(_on_the_way, -2),
    "the number of wires on the longest way, and not how many ways there are": _length(max),
    "the number of wires on the shortest way, and not how many ways there are": _length(min),
    "the number of nodes on the longest way, both ends with them": _and(_length(max), 1),
    "the number of nodes on the shortest way, both ends with them": _and(_length(min), 1),
    "the number of ways to the node and to each other leaf: no way to the node ends in a leaf that "
    "is another": _down(sum, leaf=1),
    "the number of ways down to the leaves, whichever node is asked for: where is the node "
    "compared with that which the walk has come to?": _everywhere(1, 0),
    "the number of all nodes that a walk along each way meets, whichever node is asked for": (
        _everywhere(1, 1)
    ),
    "the number of nodes that a walk meets where each way ends at the node or at a leaf: what adds "
    "1 is the node that is looked for alone": _down(lambda n: 1 + sum(n), leaf=1),
    "what comes out if each node on the way adds 1 to what is below it: what adds 1 is the node "
    "that is looked for alone": _down(lambda n: 1 + sum(n)),
    "what comes out if the ways through the operands are multiplied: they have to be added": (
        _down(prod)
    ),
    "the number of ways that go on to first operands alone": (
        _down(sum, follow=lambda pair: pair[:1])
    ),
    "the number of ways that go on to last operands alone": (
        _down(sum, follow=lambda pair: pair[-1:])
    ),
    "the number of times that the node stands among the operands of the root: longer ways are "
    "missing": lambda made_of, root, node: made_of[root].count(node),
    "right for a leaf, and 0 for a node with operands: the walk goes on through it, and it is "
    "never found": _leaves_alone,
    "one more than there are ways": _and(_WAYS, 1),
    "one less than there are ways": _and(_WAYS, -1),
    "twice the number of ways": lambda made_of, root, node: 2 * _WAYS(made_of, root, node),
    "the number of all nodes that the root is made of, and the root": (
        lambda made_of, root, node: len(below(made_of, root))
    ),
    "the number of all nodes that the root is made of": (
        lambda made_of, root, node: len(below(made_of, root)) - 1
    ),
    "0: when the walk comes to the node that is looked for, it has to count 1": (
        _down(sum, here=0)
    ),
}


def by_data(made_of: MadeOf, data: Sequence[Array], root: int, node: int) -> int:
    """The ways down to the first node that holds the same number."""
    if np.array_equal(data[root], data[node]):
        return 1
    return sum(by_data(made_of, data, i, node) for i in made_of[root])
