"""Unit 01: what a wrong `count_paths` counts instead, on the smallest graph on which it fails."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from autograder.engine.exercise import Wanting
from autograder.engine.parts import integer
from autograder.engine.student import NotWritten, Student
from autograder.networks.expressions import spell, ways
from autograder.observe import StudentError
from autograder.units.u01_graphs.counted_paths import COUNTS, by_data
from autograder.units.u01_graphs.instances import Expression
from autograder.units.u01_graphs.nodes import build
from autograder.units.u01_graphs.small_graphs import data, holds_twins, operands, several


@dataclass(frozen=True)
class Counted:
    """A graph, and the count from its last node down to one of them."""

    drawn: Expression
    node: int
    found: int

    @property
    def root(self) -> int:
        """The number of the last node."""
        return len(self.drawn.leaves) + len(self.drawn.program) - 1

    @property
    def right(self) -> int:
        """The number of ways."""
        return ways(self.drawn.graph)[self.node]

    @property
    def told(self) -> str:
        """The count beside the right one."""
        text = spell(self.drawn.program, len(self.drawn.leaves)) or "a leaf alone"
        held = ", ".join(f"v{k} = {float(x):.3g}" for k, x in enumerate(self.drawn.leaves))
        start = f"from v{self.root} down to v{self.node} in {text}, where {held}"
        return f"{start}: it counts {self.found}, there {_are(self.right)}"


def _are(count: int) -> str:
    return f"{'is' if count == 1 else 'are'} {count}"


def ways_wanting(student: Student, first: Counted, rng: np.random.Generator) -> Wanting:
    """What is said of a wrong count: the smallest graph that shows it, and what is counted."""
    if kept := _kept(student, first, rng):
        return Wanting(f"{first.told}{kept}")
    counts, complete = _all(student, list(several(rng)))
    wrong = [one for one in counts if one.found != one.right]
    # one about the root itself only where there is no other
    shown = min(wrong, key=lambda one: (one.node == one.root, one.root), default=first)
    cause = _cause([*counts, first], shown) if complete else ""  # of what raised, nothing is known
    # the last call is the one that `example` hands over
    again = _count(student, shown.drawn, shown.node)
    if again != shown.found:
        _count(student, first.drawn, first.node)
        return Wanting(first.told)
    return Wanting(f"{shown.told}{cause}")


def _count(student: Student, drawn: Expression, *nodes: int) -> int | None:
    """The count for the last of these nodes of a fresh graph; None if there is none."""
    kept, found = len(student.errors), None
    try:
        built = build(student, drawn.program, drawn.leaves)
        for node in nodes:
            found = integer("the count", student.call("count_paths", built[-1], built[node]))
    except (Wanting, NotWritten, StudentError):
        del student.errors[kept:]
        return None
    return found


def _all(student: Student, graphs: Sequence[Expression]) -> tuple[list[Counted], bool]:
    """The counts for each node of each graph, the smallest graphs first; are they complete?"""
    found: list[Counted] = []
    for drawn in graphs:
        for node in range(len(drawn.leaves) + len(drawn.program)):
            count = _count(student, drawn, node)
            if count is None:
                return found, False
            found.append(Counted(drawn, node, count))
    return found, True


def _kept(student: Student, first: Counted, rng: np.random.Generator) -> str:
    """Whether the count is right if nothing was asked before, and wrong behind other nodes.

    Each on leaves that were never seen before: what is kept may be kept by a node's data.
    """

    def anew() -> Expression:
        leaves = [x + rng.uniform(0.01, 0.02) for x in first.drawn.leaves]
        return replace(first.drawn, leaves=leaves)

    alone = _count(student, anew(), first.node)
    behind = _count(student, anew(), *range(first.node + 1))
    if alone == first.right and behind is not None and behind != first.right:
        return (
            "; where it is the first to be asked for it is counted right, behind others it is not, "
            "so something is kept from call to call"
        )
    return ""


def _cause(counts: Sequence[Counted], shown: Counted) -> str:
    """What is counted, if one idea gives all counts."""
    twins = [one for one in counts if holds_twins(one.drawn)]
    plain = [one for one in counts if not holds_twins(one.drawn)]
    pairs = [(operands(one.drawn), one) for one in plain]
    if all(one.found == one.right for one in plain):
        if all(
            one.found == by_data(operands(one.drawn), data(one.drawn), one.root, one.node)
            for one in twins
        ):
            return (
                f". Where no two nodes hold equal numbers, all {len(plain)} counts are right. Here "
                "two do, and a way ends at the first node that holds the number of the one that is "
                "looked for: are nodes told apart by their data? `is` asks for the node itself"
            )
        return ""
    below = [(made_of, one) for made_of, one in pairs if one.node != one.root]
    at_root = {one.found for one in plain if one.node == one.root}
    if all(one.found == one.right for _, one in below):
        told = " or ".join(map(str, sorted(at_root)))
        return (
            f". For other nodes the {len(below)} counts are right; for the root itself it is {told}"
        )
    alone = "" if at_root == {1} or shown.node == shown.root else _of_root(at_root)
    for told, count in COUNTS.items():
        if all(one.found == count(made_of, one.root, one.node) for made_of, one in below):
            return f". For nodes other than the root, each of {len(below)} counts is {told}{alone}"
    return ""


def _of_root(counts: set[int]) -> str:
    told = " or ".join(map(str, sorted(counts)))
    return f". And from the root down to itself it counts {told}, there is 1"
