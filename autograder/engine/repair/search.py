"""Try one change after another, the likeliest first, until everything is right."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from types import FunctionType

from autograder.engine.repair import (
    arguments,
    axes,
    expressions,
    lacking,
    like_terms,
    missing,
    new_arrays,
    others,
    sizes,
    statements,
    subscripts,
    targets,
    updates,
)
from autograder.engine.repair.change import (
    LACKING,
    Change,
    moves_lines,
    no_collection,
    quoted,
    slots,
)
from autograder.engine.repair.found import Repair
from autograder.engine.repair.held import Held
from autograder.engine.repair.leftover import Leftovers
from autograder.engine.repair.pairs import in_one_line
from autograder.engine.repair.rivals import (
    by_luck,
    either,
    in_the_same_line,
    is_rival,
    likelier,
    may_be,
    or_else,
    rivals_first,
)
from autograder.engine.repair.scope import Scope, scope_of
from autograder.engine.repair.source import Source
from autograder.engine.repair.suspects import NEVER, suspicion
from autograder.engine.repair.trials import Tried, Wrong, names, weight

#: So many changed functions are made at most for each change.
MOST = 4000
#: A property that is not asked in this time is not asked again and again.
SLOW = 0.05
#: So many changes are told.
_CHANGES = 2
#: So many seconds another line is looked for that does as well.
_OTHERS = 0.1
#: The same where what was found is right by luck more often.
_BY_LUCK = 0.3


class Search:
    """What is tried, in its order; `wrong` is what is still wrong on each trial."""

    def __init__(
        self,
        source: Source,
        tried: Sequence[Tried | Held],
        seconds: float,
        whole: Callable[[FunctionType], bool],
        sole: bool = False,
    ):
        self.source, self.seconds, self.whole, self.sole = source, seconds, whole, sole
        both = [(one, one.own(source.function)) for one in tried]
        # What fails in most arrays is asked first: a change that moves nothing there mends nothing.
        # Of several the quickest: a property makes many calls.
        both.sort(key=lambda p: (isinstance(p[0], Held), -weight(p[1]), p[0].seconds))
        self.tried = [one for one, _ in both]
        self.wrong: list[Wrong] = [wrong for _, wrong in both]

    def found(self) -> Iterator[Repair]:
        first = self.tried[0]
        slow = any(isinstance(one, Held) and one.seconds > SLOW for one in self.tried)
        if slow or not names(self.wrong):
            return
        scope = scope_of(self.source, lambda: first.wrong(self.source.function))
        seconds, began = self.seconds, time.process_time()
        for number in range(_CHANGES):
            ordered = self._ordered(scope)
            if isinstance(first, Held):
                seconds = self.seconds - (time.process_time() - began)
            best = self._best(ordered, seconds)
            if best is None and not number and isinstance(first, Tried):
                best = self._best(in_one_line(ordered), self.seconds / 2)
            if best is None:
                return
            change, left = best
            if not names(left) and not change.besides:
                change = self._or_else(change, ordered)
            before, after = names(self.wrong), names(left)
            line, mended = self.source.line(change.line), tuple(sorted(before - after))
            examples = sum(isinstance(one, Tried) for one in self.tried)
            indent = self.source.indent(change.line)
            yield Repair(change, line, mended, not after, examples, indent=indent)
            if not after:
                return
            change.apply()
            quoted.cache_clear()
            self.wrong = left

    def _best(self, changes: Iterable[Change], seconds: float) -> tuple[Change, list[Wrong]] | None:
        """The first change with which all is right; else one with which most of it is.

        Where the `sole` line is asked for, none if two lines do as well; of what a product lacks
        both are told.
        """
        best: tuple[Change, list[Wrong]] | None = None
        right: tuple[Change, list[Wrong]] | None = None
        until = time.process_time() + seconds
        every = iter(changes)
        queue: Iterator[Change] = islice(every, MOST)
        while (change := next(queue, None)) is not None:
            if time.process_time() > until:
                break
            made = self.source.made_with(change)
            left = self._better(made) if made is not None else None
            if left is None:
                continue
            if made is not None and not names(left):
                if (right and not is_rival(right[0], change, self.sole)) or not self.whole(made):
                    continue
                if right is not None:  # which of the two it is nobody knows
                    both = not self.sole or may_be(right[0], change)
                    if not both:
                        return None
                    return either(*likelier(right[0], change)), left
                luck = by_luck(change)
                if not (self.sole or luck or change.kind in LACKING):
                    return change, left
                now = time.process_time()
                until = now + _BY_LUCK if luck else min(until, now + _OTHERS)
                right = change, left
                if luck or missing.scales(change):
                    queue = iter(rivals_first(change, every))
                continue
            if best is None or len(names(left)) < len(names(best[1])):
                best = change, left
        return right or best

    def _or_else(self, first: Change, ordered: Iterable[Change]) -> Change:
        """The change, with another one in its line that does as well, if there is one."""
        until = time.process_time() + _OTHERS
        for other in in_the_same_line(first, ordered):
            made = self.source.made_with(other)
            left = self._better(made) if made is not None else None
            if left is not None and not names(left) and made is not None and self.whole(made):
                return or_else(first, other)
            if time.process_time() > until:
                break
        return first

    def _ordered(self, scope: Scope) -> list[Change]:
        """The changes, the likeliest first, without those that cannot mend what is wrong."""
        last = max(one.raised_in for one in self.tried)
        far: dict[int, int] = {}
        both = zip(self.tried, self.wrong, strict=True)
        one, wrong = next(pair for pair in both if pair[1] is None or pair[1])
        if isinstance(one, Tried):
            far = suspicion(self.source, one, wrong or frozenset())
        with no_collection():
            left = Leftovers(self.source.tree)
            every = (c for c in self._changes(scope, far) if not 0 < last < c.line)
            made = [c for c in every if not left.in_(c)]
        ranked = [(c.rank + (0 if moves_lines(c) else far.get(c.line, 0)), c) for c in made]
        return [c for rank, c in sorted(ranked, key=lambda pair: pair[0]) if rank < NEVER]

    def _changes(self, scope: Scope, far: Mapping[int, int]) -> Iterator[Change]:
        tree = self.source.tree
        within = [slot for statement in tree.body for slot in slots(statement)]
        # of a line that moves nothing that is wrong no change is made: they are the most
        near = [slot for slot in within if far.get(slot.node.lineno, 0) < NEVER]
        yield from arguments.kept(tree)
        for slot in near:
            yield from expressions.changes(slot, scope)
            yield from new_arrays.repeated(slot)
        yield from others.changes(within, near, scope)
        yield from others.names_for(within, near, scope)
        yield from others.in_each_place(near, scope)
        yield from statements.changes(tree)
        yield from targets.changes(tree)
        yield from axes.changes(within)
        yield from updates.changes(tree, scope)
        yield from updates.fresh(tree, scope)
        yield from updates.joined(tree)
        yield from subscripts.of_slices(within, scope)
        yield from subscripts.stretched(tree, scope)
        yield from subscripts.taken(within, scope)
        yield from sizes.changes(within, scope)
        filled = [slot for slot in near if missing.is_filled(slot)]
        yield from missing.changes(within, filled, scope)
        yield from lacking.changes(within, filled, scope)
        yield from like_terms.changes(near, scope)

    def _better(self, function: FunctionType) -> list[Wrong] | None:
        """What is still wrong with a function, if an array is right that was not; else None."""
        left: list[Wrong] = []
        for tried, before in zip(self.tried, self.wrong, strict=True):
            now = tried.wrong(function)
            # where it raised nothing less than a right answer counts: that it runs says nothing
            if now is None or not now <= (before or frozenset()):
                return None
            left.append(now)
            # an array has to be right on each trial, so on the first that all wrong ones are in
            if len(left) == 1 and names(left) == names(self.wrong):
                return None
        return left if names(left) < names(self.wrong) else None
