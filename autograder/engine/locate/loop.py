"""Which loop over the steps returns what came back, where no edit of the graph gives it.

Each wrong loop does one thing or two otherwise than the right one, and may take a part of its sums
alone: all such loops are walked, on every instance; the one with the fewest differences is told.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from autograder.engine.diagnosis.hypothesis import close
from autograder.engine.findings import Outcome
from autograder.engine.locate.case import number_array
from autograder.engine.locate.loop_arrays import STARTS, SUMS, Item, is_start, made
from autograder.engine.locate.steps import (
    CARRIES,
    ORDERS,
    OTHERS,
    OWN,
    RESETS,
    Steps,
    Walked,
    Way,
    steps_of,
    walk,
)
from autograder.engine.problem import Problem
from autograder.networks import Array
from autograder.networks.facts import TimeFacts

#: So many things may be done otherwise at once; more are no explanation.
MOST = 3


@dataclass(frozen=True)
class Loop:
    """A way back, and what is taken of it: rules by the names of arrays, where they are not right.

    `problem` is one on which it was found.
    """

    way: Way
    taken: tuple[tuple[str, str], ...]
    problem: Problem

    @property
    def deviations(self) -> int:
        """How many things are done otherwise; a rule of several arrays is one."""
        return self.way.deviations + len({rule for _, rule in self.taken})


def loop_of(outcomes: Sequence[Outcome]) -> Loop | None:
    """Return the loop that gives all arrays on every instance; None if there is none."""
    items = _items(outcomes)
    if not items:
        return None
    items.sort(key=lambda item: -item.steps.length)
    best: Loop | None = None
    for way in _ways(items[0].steps):
        if best is not None and way.deviations >= best.deviations:
            break
        taken = _taken(items[0], way, MOST - way.deviations)
        for rules in taken:
            loop = Loop(way, rules, items[0].problem)
            if not 0 < loop.deviations <= MOST or (best and loop.deviations >= best.deviations):
                continue
            if all(_gives(loop, item) for item in items[1:]):
                best = loop
    return best


def holds(loop: Loop, outcomes: Sequence[Outcome]) -> bool:
    """Whether a loop gives what came back on every instance."""
    items = _items(outcomes)
    return bool(items) and all(_gives(loop, item) for item in items)


def _items(outcomes: Sequence[Outcome]) -> list[Item]:
    """Those instances on which arrays came back; none if one of them is no such network."""
    items = []
    for outcome in outcomes:
        problem = outcome.trial.problem
        if outcome.trouble or problem is None or outcome.trial.truth is not None:
            return []
        if not isinstance(problem.graph.facts, TimeFacts):
            return []
        found = {n: number_array(outcome.returned.get(n)) for n in problem.claims}
        arrays = {
            n: _begun(a, problem.graph.value(problem.claims[n].node).shape)
            for n, a in found.items()
            if a is not None and np.isfinite(a).all()
        }
        steps = steps_of(problem.graph)
        if steps is None or len(arrays) < len(found):
            return []
        inputs = {*steps.steps[1].rows, *(f"{s}0" for s in steps.states)}
        # what differs from step to step first: it refuses most ways
        names = tuple(
            sorted(
                (n for n, claim in problem.claims.items() if claim.node in inputs),
                key=lambda n: problem.claims[n].node != "x",
            )
        )
        truth = problem.truth()
        aside = [n for n in problem.claims if n not in names]
        item = Item(problem, steps, arrays, names)
        if not names or not all(close(arrays[n], truth[n]) for n in aside):
            return []
        if not all(close(found, truth[n]) for n, found in _right(item).items()):
            return []
        items.append(item)
    longest = max((item.steps.length for item in items), default=0)
    return items if longest > 2 else []


def _begun(array: Array, shape: tuple[int, ...]) -> Array:
    """The same array; a sum that began with the number 0 and got no term is zeros."""
    return np.zeros(shape) if array.ndim == 0 and not array else array


def _right(item: Item) -> dict[str, Array]:
    walked = walk(item.steps, Way())
    return {n: made(item, walked, n, "") for n in item.names}


def _ways(steps: Steps) -> Iterator[Way]:
    """Yield all ways with up to two differences, those with fewer first."""
    others = [f"{word} {s}" for word in ("of", "and") for s in steps.states]
    carries = [*CARRIES, *others] if steps.length > 1 else []
    single = [
        *((("order", w),) for w in ORDERS if w),
        *((("own", w),) for w in OWN if w),
        *((("cache", w),) for w in OTHERS if w),
        *((("reset", w),) for w in RESETS if w and steps.borders),
        *(
            ((s, rule),)
            for s in steps.states
            for rule in carries
            if rule not in (f"of {s}", f"and {s}")
        ),
    ]
    yield Way()
    yield from (_way(one, steps) for one in single)
    for one, other in combinations(single, 2):
        if one[0][0] != other[0][0]:
            yield _way((*one, *other), steps)


def _way(parts: Sequence[tuple[str, str]], steps: Steps) -> Way:
    found = dict(parts)
    carry = tuple((s, found.pop(s)) for s in steps.states if s in found)
    return Way(**found, carry=carry)


def _taken(item: Item, way: Way, most: int) -> Iterator[tuple[tuple[str, str], ...]]:
    """Yield the rules with which a way gives all arrays of an instance, if it does."""
    walked = walk(item.steps, way)
    taken = []
    for name in item.names:
        others = [f"of {s}" for s in item.steps.states if f"{s}0" != item.problem.claims[name].node]
        rules = (*STARTS, *others) if is_start(item, name) else tuple(SUMS)
        if most < 1 or item.problem.claims[name].node == "x":
            rules = ("",)
        rule = next((r for r in rules if _fits(item, walked, name, r)), None)
        if rule is None:
            return
        if rule:
            taken.append((name, rule))
    yield tuple(taken)


def _gives(loop: Loop, item: Item) -> bool:
    walked, taken = walk(item.steps, loop.way), dict(loop.taken)
    return all(_fits(item, walked, name, taken.get(name, "")) for name in item.names)


def _fits(item: Item, walked: Walked, name: str, rule: str) -> bool:
    if close(item.arrays[name], made(item, walked, name, rule)):
        return True
    # what is carried in the end is what the contract asks for, unless something else is carried
    return not rule and is_start(item, name) and _fits(item, walked, name, "carried")
