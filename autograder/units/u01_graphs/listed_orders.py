"""Unit 01: the orders in which walks over a graph list its nodes, for what `topo_order` gave.

Each idea says of a list whether it is what this idea gives, exactly: either it makes the list, or
it tests a property that no other list has. `made_of` holds the operands of each node by number.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from functools import partial

from autograder.units.u01_graphs.small_graphs import below

MadeOf = list[tuple[int, ...]]
Walk = Callable[[MadeOf, int], list[int]]
Idea = Callable[[MadeOf, int, Sequence[int]], bool]


def _depth_first(made_of: MadeOf, root: int, step: int) -> list[int]:
    found: list[int] = []

    def enter(n: int) -> None:
        if n not in found:
            found.append(n)
            for i in made_of[n][::step]:
                enter(i)

    enter(root)
    return found


def _in_advance(made_of: MadeOf, root: int, step: int) -> list[int]:
    """All operands of a node are listed before the first of them is entered."""
    found = [root]

    def enter(n: int) -> None:
        fresh = [i for i in dict.fromkeys(made_of[n][::step]) if i not in found]
        found.extend(fresh)
        for i in fresh:
            enter(i)

    enter(root)
    return found


def _waiting(made_of: MadeOf, root: int, step: int, last_in: bool, taken: bool) -> list[int]:
    """A queue or a stack; a node is listed when it is taken, or already when it is put there."""
    listed, met, waiting = [], [root], deque([root])
    while waiting:
        n = waiting.pop() if last_in else waiting.popleft()
        listed.append(n)
        for i in made_of[n][::step]:
            if i not in met:
                met.append(i)
                waiting.append(i)
    return listed if taken else met


def _between(made_of: MadeOf, root: int, step: int) -> list[int]:
    found: list[int] = []
    met: set[int] = set()

    def enter(n: int) -> None:
        if n not in met:
            met.add(n)
            first, *rest = made_of[n][::step] or (n,)
            enter(first)
            found.append(n)
            for i in rest:
                enter(i)

    enter(root)
    return found


_SIDES = {1: "first operand first", -1: "last operand first"}
#: By what a walk is called: the nodes in the order in which it meets them, the root first.
WALKS: dict[str, Walk] = {
    **{
        f"a depth-first walk ({told})": partial(_depth_first, step=step)
        for step, told in _SIDES.items()
    },
    **{
        f"a breadth-first walk ({told})": partial(_waiting, step=step, last_in=False, taken=True)
        for step, told in _SIDES.items()
    },
    **{
        f"a walk with a stack ({told} onto it, each node once, and met {when})": partial(
            _waiting, step=step, last_in=True, taken=taken
        )
        for step, told in _SIDES.items()
        for taken, when in ((True, "when it is taken off"), (False, "when it is put there"))
    },
    **{
        f"a walk that lists all operands of a node, {told}, before it enters one of them": partial(
            _in_advance, step=step
        )
        for step, told in _SIDES.items()
    },
}


def is_walk(made_of: MadeOf, root: int, found: Sequence[int], walk: Walk, turned: bool) -> bool:
    """Whether these are the nodes as a walk meets them, or the same list turned round."""
    return list(found) == walk(made_of, root)[:: -1 if turned else 1]


def is_between(made_of: MadeOf, root: int, found: Sequence[int], step: int) -> bool:
    """Whether each node stands between what is below its one operand and what is below the rest."""
    return list(found) == _between(made_of, root, step)


def is_right(made_of: MadeOf, root: int, found: Sequence[int]) -> bool:
    """Whether each node below the root is listed once, and after its operands."""
    place = {n: k for k, n in enumerate(found)}
    if sorted(found) != below(made_of, root):
        return False
    return all(place[i] < place[n] for n in found for i in made_of[n])


def is_turned(made_of: MadeOf, root: int, found: Sequence[int]) -> bool:
    """Whether it is a right order but for its direction."""
    return is_right(made_of, root, found[::-1])


def lacks(
    made_of: MadeOf, root: int, found: Sequence[int], missing: Callable[[MadeOf, int], set[int]]
) -> bool:
    """Whether just these are missing, and the others are in a right order; of a leaf alone all."""
    if not made_of[root]:
        return True
    rest = [n for n in below(made_of, root) if n not in missing(made_of, root)]
    place = {n: k for k, n in enumerate(found)}
    if sorted(found) != rest:
        return False
    return all(place.get(i, -1) < place[n] for n in found for i in made_of[n])


def not_along(made_of: MadeOf, root: int, slot: int) -> set[int]:
    """The nodes that a walk misses which follows one operand of each node."""
    met = {root}
    n = root
    while made_of[n]:
        n = made_of[n][slot]
        met.add(n)
    return set(below(made_of, root)) - met


def repeats(
    made_of: MadeOf, root: int, found: Sequence[int], times: Callable[[MadeOf, int, int], int]
) -> bool:
    """Whether each node is listed just so often."""
    counts = {n: times(made_of, root, n) for n in below(made_of, root)}
    return len(found) == sum(counts.values()) and all(
        found.count(n) == times for n, times in counts.items()
    )


def ways_down(made_of: MadeOf, root: int, node: int) -> int:
    """The number of paths from the root to a node."""
    if root == node:
        return 1
    return sum(ways_down(made_of, i, node) for i in made_of[root])


def wires_into(made_of: MadeOf, root: int, node: int) -> int:
    """How often a node stands among the operands of those below the root; the root itself once."""
    return sum(made_of[n].count(node) for n in below(made_of, root)) + (node == root)


def is_sorted(
    made_of: MadeOf, root: int, found: Sequence[int], key: Callable[[MadeOf, int, int], int]
) -> bool:
    """Whether each node is listed once, and none before one with a smaller key."""
    keys = [key(made_of, root, n) for n in found]
    return sorted(found) == below(made_of, root) and keys == sorted(keys)


def nearest(made_of: MadeOf, root: int, node: int) -> int:
    """The wires on the shortest way from the root to a node, as a negative number."""
    level, steps = {root}, 0
    while node not in level:
        level, steps = {i for n in level for i in made_of[n]}, steps - 1
    return steps


def lowest(made_of: MadeOf, root: int, node: int) -> int:
    """The wires on the shortest way from a node down to a leaf."""
    return 1 + min(lowest(made_of, root, i) for i in made_of[node]) if made_of[node] else 0


def operand_count(made_of: MadeOf, root: int, node: int) -> int:
    """How many operands a node has."""
    return len(made_of[node])
