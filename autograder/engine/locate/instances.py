"""On which instances is the array right, and on which is it wrong?"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from autograder.engine.locate.case import Pair
from autograder.engine.report.statement import Statement

Sizes = Mapping[str, float]
Test = Callable[[Sizes], bool]
#: What units know of their sizes: which ones a trait needs, where it holds, elsewhere, the test.
_TRAITS: list[tuple[frozenset[str], tuple[str, str], Test]] = []
#: Of instances with all these sizes: the pairs that code may mix up, so that equality means much.
_PAIRS: list[tuple[frozenset[str], tuple[frozenset[str], ...]]] = []


def trait(needed: str, where: str, elsewhere: str, test: Test) -> None:
    """Enter a trait of instances that have these sizes; it is asked before those of any sizes.

    Parameters
    ----------
    needed : str
        The names of the sizes, with blanks between them.
    where, elsewhere : str
        What a sentence says of the instances that have it, and of the others.
    test : callable
        Whether an instance of these sizes has it.
    """
    _TRAITS.append((frozenset(needed.split()), (where, elsewhere), test))


def mixed_up(needed: str, *pairs: str) -> None:
    """Enter which sizes of instances are compared with each other: that others agree is chance.

    Parameters
    ----------
    needed : str
        The names of the sizes that such instances have, with blanks between them.
    *pairs : str
        Two names each, with a blank between them.
    """
    _PAIRS.append((frozenset(needed.split()), tuple(frozenset(pair.split()) for pair in pairs)))


@dataclass(frozen=True)
class _IsOne:
    """Whether one size is 1."""

    size: str

    def __call__(self, sizes: Sizes) -> bool:
        return sizes.get(self.size) == 1


def instances(found: Sequence[Pair], name: str) -> Iterator[Statement]:
    """Yield what the sizes of the instances have in common on which the array is right."""
    # where the truth is all zeros, as of a forget gate in the first step, wrong code is right too
    right = [pair.case.sizes for pair in found if not pair.wrong and pair.right.any()]
    wrong = [pair.case.sizes for pair in found if pair.wrong]
    # a single one has many sizes, and its numbers may have been lucky: nothing follows from it
    several = len(right) > 1 and len(wrong) > 1
    told: list[Statement] = []
    ones: list[str] = []
    for where, elsewhere, test in _tests([pair.case.sizes for pair in found]):

        def holds(test: Test = test) -> bool:
            return several and all(map(test, right)) and not any(map(test, wrong))

        def turned(test: Test = test) -> bool:
            return several and all(map(test, wrong)) and not any(map(test, right))

        told += [
            Statement(f"{name} is right where {where}, and off where {elsewhere}.", holds),
            Statement(f"{name} is off where {where}, and right where {elsewhere}.", turned),
        ]
        if isinstance(test, _IsOne) and holds():
            ones.append(where)
    # two traits that the same instances have cannot be told apart: of sizes that are 1 all are
    # told, since each may be the one; of the others the first says most
    numbered = name[-1:].isdigit()  # the last of three layers is another than that of five
    true = [s for s in told if not numbered and several and s.true][:1]
    if true and len(ones) > 1:
        where = " and ".join(ones)
        text = (
            f"Of the examples tried, {name} is right on those with {where}, and off on the others."
        )
        true = [Statement(text, lambda: len(ones) > 1)]
    yield from true
    labels = [pair.case.label for pair in found if pair.wrong]
    yield Statement(
        f"Of the examples compared, {name} is off only on that with {labels[0]}.",
        lambda: len(labels) == 1 and len(right) > 1,
    )


def _tests(tried: Sequence[Sizes]) -> Iterator[tuple[str, str, Test]]:
    sizes = tried[0]
    yield from ((*words, test) for needed, words, test in _TRAITS if needed <= sizes.keys())
    known = [pairs for needed, pairs in _PAIRS if needed <= sizes.keys()]
    # of two letters for one size the last is the function's own
    columns = {tuple(s.get(a) for s in tried): a for a in sizes}
    sizes = {a: size for a, size in sizes.items() if a in columns.values()}
    for a in sizes:
        # of sizes between these and beyond them nothing is known
        others = sorted({s[a] for s in tried if s.get(a, 1) != 1})
        if others:
            elsewhere = f"{a} = {' or '.join(map(str, others))}"
            yield f"{a} = 1", elsewhere, _IsOne(a)
    if len(sizes) > 1:
        every = "all sizes are equal"
        yield every, "they are not", lambda s: len(set(s.values())) == 1
    for a, b in combinations(sizes, 2):
        if known and not any({a, b} in pairs for pairs in known):
            continue
        yield f"{a} = {b}", f"{a} and {b} differ", lambda s, a=a, b=b: s.get(a) == s.get(b)  # type: ignore[misc]
