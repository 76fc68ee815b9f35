"""Unit 01: what a wrong `topo_order` lists instead, on the smallest graph on which it fails."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np

from autograder.engine.exercise import Misshapen, Wanting
from autograder.engine.student import NotWritten, Student
from autograder.observe import StudentError
from autograder.units.u01_graphs import listed_orders as orders
from autograder.units.u01_graphs.instances import Expression
from autograder.units.u01_graphs.listed_orders import Idea, MadeOf
from autograder.units.u01_graphs.nodes import build, positions
from autograder.units.u01_graphs.small_graphs import (
    below,
    holds_twins,
    operands,
    several,
)

EARLY = "recursive-backward-no-toposort"


@dataclass(frozen=True)
class Listed:
    """A graph, the root that was asked for, and the list that came back."""

    drawn: Expression
    root: int
    found: Sequence[int]

    @property
    def made_of(self) -> MadeOf:
        """The operands of each node."""
        return operands(self.drawn)

    @property
    def flaw(self) -> tuple[str, str]:
        """What is wrong with the list, and the misconception; nothing if it is right."""
        wanted, found = set(below(self.made_of, self.root)), self.found
        if again := [n for n in found if found.count(n) > 1]:
            return f"v{again[0]} stands in the list more than once", ""
        if missing := sorted(wanted - set(found)):
            made = "it is the root" if missing[0] == self.root else f"v{self.root} depends on it"
            return f"v{missing[0]} is missing; {made}", ""
        if strange := sorted(set(found) - wanted):
            return f"v{strange[0]} stands in the list, and v{self.root} is not made of it", ""
        if late := self.late:
            return f"v{late[0]} stands before its operand v{late[1]}", EARLY
        return "", ""

    @property
    def late(self) -> tuple[int, ...]:
        """The first node that stands before an operand of its own, and that operand."""
        behind = (
            (n, i) for k, n in enumerate(self.found) for i in self.made_of[n] if i in self.found[k:]
        )
        return next(behind, ())

    @property
    def told(self) -> str:
        """The flaw and the graph that has it."""
        return f"for v{self.root} in {self.drawn.label}: {self.flaw[0]}"


def order_wanting(student: Student, first: Listed, rng: np.random.Generator) -> Wanting:
    """What is said of a wrong list: the smallest graph that shows it, and how the list is made."""
    lists = [_listed(student, drawn, _top(drawn)) for drawn in several(rng)]
    known = [one for one in lists if one is not None]
    wrong = [one for one in known if one.flaw[0]]
    shown = min(wrong, key=lambda one: one.root, default=first)
    cause = ""
    if len(known) == len(lists):  # where it raised, nothing is known
        cause = _cause([*known, first], shown)
    # the last call is the one that `example` hands over
    again = _listed(student, shown.drawn, shown.root)
    if again is None or again.found != shown.found:
        _listed(student, first.drawn, first.root)
        return Wanting(first.told, first.flaw[1])
    return Wanting(f"{shown.told}{cause}", shown.flaw[1])


def _top(drawn: Expression) -> int:
    return len(drawn.leaves) + len(drawn.program) - 1


def _listed(student: Student, drawn: Expression, root: int) -> Listed | None:
    """The list for one more graph; None if there is none."""
    kept = len(student.errors)
    try:
        nodes = build(student, drawn.program, drawn.leaves)
        order = student.call("topo_order", nodes[root])
        return Listed(drawn, root, positions(student, order, nodes))
    except (Misshapen, NotWritten, StudentError):
        del student.errors[kept:]
        return None


def _cause(lists: Sequence[Listed], shown: Listed) -> str:
    """How all lists are made, if one idea makes them all; the graphs are small and many."""
    lists = [one for one in lists if one.made_of[one.root]]
    plain = [one for one in lists if not holds_twins(one.drawn)]
    if not any(one.flaw[0] for one in plain):
        return (
            f". On {len(plain)} graphs in which no two nodes hold the same number the list is "
            "right. Here two do: are nodes told apart by their data?"
        )
    for told, idea in _ideas(shown).items():
        if all(idea(one.made_of, one.root, one.found) for one in lists):
            return f". On each of {len(lists)} graphs your list is {told}"
    return ""


def _ideas(shown: Listed) -> dict[str, Idea]:
    """Each idea by its sentence, which tells of the two nodes that the graph shows.

    The more exact ones come first.
    """
    if not shown.late:
        return _MISSING | _REPEATED
    (n, i), found = shown.late, dict[str, Idea]()
    mended = "A node belongs into the list after the walks into all of its operands"
    for name, walk in orders.WALKS.items():
        found[
            f"the reverse of the order in which {name} first meets the nodes: v{i} is met before "
            f"its user v{n}, by another way, and so stands behind it. {mended}"
        ] = partial(orders.is_walk, walk=walk, turned=True)
    found |= {
        "a right order turned round, the root first: operands belong before their users": (
            orders.is_turned
        ),
    }
    for name, walk in orders.WALKS.items():
        found[
            f"the order in which {name} first meets the nodes, with the root first: v{n} is "
            f"listed when it is met, and its operand v{i} later. {mended}"
        ] = partial(orders.is_walk, walk=walk, turned=False)
    for step, one in ((1, "first"), (-1, "last")):
        found[
            f"that of a walk which lists a node after its {one} operand, and goes on to the other "
            f"one then. {mended}"
        ] = partial(orders.is_between, step=step)
    return found | _sorted_by(shown, n, i)


def _lacking(missing: Callable[[MadeOf, int], set[int]]) -> Idea:
    return partial(orders.lacks, missing=missing)


_MISSING: dict[str, Idea] = {
    "right but for the leaves, which are missing: a node without operands is a node too": _lacking(
        lambda made_of, root: {n for n in below(made_of, root) if not made_of[n]}
    ),
    "right but for the root, which is missing: it comes last": _lacking(
        lambda made_of, root: {root}
    ),
    "right but for the root and the leaves, which are missing": _lacking(
        lambda made_of, root: {root, *(n for n in below(made_of, root) if not made_of[n])}
    ),
    **{
        f"that of a walk which goes on to the {one} operand of a node alone: what only the other "
        "one leads to is missing": _lacking(partial(orders.not_along, slot=slot))
        for slot, one in ((0, "first"), (-1, "last"))
    },
    "the root with its own operands: what these are made of is missing": _lacking(
        lambda made_of, root: set(below(made_of, root)) - {root, *made_of[root]}
    ),
}
_REPEATED: dict[str, Idea] = {
    "one in which a node stands once for each way from the root down to it: a node that was met "
    "before is not to be listed again": partial(orders.repeats, times=orders.ways_down),
    "one in which a node stands once for each wire that leads into it, as often as it is an "
    "operand: a node that was met before is not to be listed again": partial(
        orders.repeats, times=orders.wires_into
    ),
}


def _sorted_by(shown: Listed, n: int, i: int) -> dict[str, Idea]:
    """Lists that are sorted by one number a node, in the words of the graph that is shown."""

    def of(key: Callable[[MadeOf, int, int], int], node: int) -> int:
        return abs(key(shown.made_of, shown.root, node))

    def idea(key: Callable[[MadeOf, int, int], int]) -> Idea:
        return partial(orders.is_sorted, key=key)

    near, low = orders.nearest, orders.lowest
    return {
        "sorted by the shortest way from the root, the farthest first: by that v"
        f"{i} is {of(near, i)} away and its user v{n} is {of(near, n)}, though v{n} needs v{i}; "
        "the longest way would count": idea(near),
        "sorted by the shortest way down to a leaf: for "
        f"v{i} that is {of(low, i)} and for its user v{n} it is {of(low, n)}, though v{n} needs "
        f"v{i}; the longest way would count": idea(low),
        "sorted by the number of operands: that number says nothing of who needs whom": idea(
            orders.operand_count
        ),
    }
