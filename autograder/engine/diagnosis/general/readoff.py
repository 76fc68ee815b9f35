"""Arrays that are read off: each wrong one is a right one, or made of right ones, in one way."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from autograder.engine.diagnosis.forms import Form
from autograder.engine.diagnosis.general.kinds import scopes, split
from autograder.engine.diagnosis.general.right import Right
from autograder.engine.diagnosis.general.rules import Rule, rules
from autograder.engine.diagnosis.general.said import read_off
from autograder.engine.diagnosis.hypothesis import Cause, close
from autograder.networks import Array

#: More ways than that are no explanation.
_MOST = 2


@dataclass(frozen=True)
class ReadOff(Form):
    """Arrays of these letters are made by one rule, where the scope holds."""

    letters: tuple[str, ...]
    scope: str
    rule: Rule


@dataclass(frozen=True)
class Returned:
    """All arrays that came back on one problem, and those that are right with some edits made."""

    right: Right
    arrays: Mapping[str, Array]

    def misfits(self) -> list[str]:
        """Return the names of the arrays that are not what they should be."""
        truth = self.right.truth
        return [name for name in truth if not close(self.arrays[name], truth[name])]


def read(items: Sequence[Returned]) -> tuple[Cause, ...]:
    """Return read-offs that give every array that does not fit; empty if there are none."""
    wrong = {split(name)[0] for item in items for name in item.misfits()}
    found: dict[tuple[str, Rule], list[str]] = {}
    for letters in sorted(wrong):
        first = next(_rules(items, letters), None)
        if first is None:
            return ()
        found.setdefault(first, []).append(letters)
    if not 0 < len(found) <= _MOST:
        return ()
    graph = items[0].right.problem.graph
    return tuple(
        Cause(ReadOff(read_off(graph, names, scope, rule), "", (), tuple(names), scope, rule))
        for (scope, rule), names in found.items()
    )


def _rules(items: Sequence[Returned], letters: str) -> Iterator[tuple[str, Rule]]:
    """Yield scope and rule that give the arrays of these letters on all problems."""
    held = [_of(item, letters) for item in items]
    wrong = [
        {p for p, name in of.items() if name in set(item.misfits())}
        for item, of in zip(items, held, strict=True)
    ]
    spot = next(n for n, places in enumerate(wrong) if places)
    name = held[spot][min(wrong[spot])]
    for rule in rules(items[spot].right, name, items[spot].arrays[name]):
        for scope, places in scopes(list(held[spot])).items():
            if not wrong[spot] <= set(places):
                continue
            if all(_fits(i, of, scope, rule) for i, of in zip(items, held, strict=True)):
                yield scope, rule


def _of(item: Returned, letters: str) -> dict[int, str]:
    names = (name for name in item.right.truth if split(name)[0] == letters)
    return {split(name)[1] or 0: name for name in names}


def _fits(item: Returned, of: Mapping[int, str], scope: str, rule: Rule) -> bool:
    """Whether the rule gives the arrays of the scope, and the others are right."""
    if not of:
        return True
    chosen = scopes(list(of)).get(scope)
    if chosen is None:
        return not set(of.values()) & set(item.misfits())
    misfits = set(item.misfits())
    for place, name in of.items():
        if place not in chosen:
            if name in misfits:
                return False
            continue
        made = rule.gives(item.right, name)
        if made is None and name not in misfits:
            continue
        if made is None or not close(item.arrays[name], made):
            return False
    return True
