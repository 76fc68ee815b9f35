"""The best explanation of a set of wrong gradients: which graph has exactly these gradients?

A hypothesis is a combination of forms of the catalogue. It explains a submission if it reproduces
*all* returned arrays, the right ones included, on *all* instances, to 1e-9.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial

from autograder.engine.diagnosis.catalogue import CATALOGUE
from autograder.engine.diagnosis.effects import Known
from autograder.engine.diagnosis.foreign import recognise, restore
from autograder.engine.diagnosis.forms import ReadingForm
from autograder.engine.diagnosis.general.find import edited, edited_twice, read_beside
from autograder.engine.diagnosis.hypothesis import Cause, Evidence, Explanation
from autograder.engine.diagnosis.search import Causes, explains, one, one_by_arrays, two
from autograder.engine.problem import Claim, Problem


def explain(evidence: Sequence[Evidence]) -> Explanation | None:
    """Find the simplest explanation of exactly these arrays: in the catalogue, else without it.

    Parameters
    ----------
    evidence : sequence of Evidence
        What the function returned, on several instances; the deepest graph should come first.

    Returns
    -------
    Explanation or None
        None if the arrays are right, and None if nothing explains them.
    """
    found, told = _named(evidence)
    return found if told else unnamed(evidence)


def named(evidence: Sequence[Evidence]) -> Explanation | None:
    """Find the simplest combination of misconceptions of the catalogue, as `explain` does."""
    return _named(evidence)[0]


def _named(evidence: Sequence[Evidence]) -> tuple[Explanation | None, bool]:
    """Return the explanation, and whether there is nothing more to explain."""
    looks, known = _looks(evidence)
    found, told = _alone(looks, known)
    if told:
        return found, True
    found = looks[0].explained(partial(two, known=known))
    return found, found is not None


def named_alone(evidence: Sequence[Evidence]) -> Explanation | None:
    """Find one misconception of the catalogue, under any reading of the arrays."""
    return _alone(*_looks(evidence))[0]


def named_in_pairs(evidence: Sequence[Evidence]) -> Explanation | None:
    """Find two misconceptions of the catalogue that give the arrays together."""
    looks, known = _looks(evidence)
    return looks[0].explained(partial(two, known=known))


def _looks(evidence: Sequence[Evidence]) -> tuple[list[_Look], Known]:
    """Return the evidence under each reading, and what is known of its graphs."""
    looks = [_Look(reading, evidence) for reading in _readings(evidence)]
    read = [item for look in looks for item in look.plain]
    return looks, Known([item.problem for item in (*evidence, *read)])


def _alone(looks: Sequence[_Look], known: Known) -> tuple[Explanation | None, bool]:
    """Return the explanation by one cause, and whether there is nothing more to explain."""
    # one cause under any reading before two causes: the simplest explanation is the best
    for look in looks:
        alone = one if look is looks[0] else one_by_arrays
        found = look.explained(partial(alone, known=known))
        if found is not None:
            return (found if found.causes else None), True
    return None, False


def unnamed(evidence: Sequence[Evidence]) -> Explanation | None:
    """Find what is read off the graph alone: an edit of it, arrays made of right ones, both."""
    look = _Look(None, evidence)
    found = look.explained(edited)
    if found is not None:
        return found if found.causes else None
    causes = read_beside(look.plain, look.whole)
    if causes:
        return Explanation((*look.undone, *causes))
    return look.explained(edited_twice)


class _Look:
    """The evidence under one reading of the arrays' names, brought back to the nodes' shapes."""

    def __init__(self, reading: Cause | None, evidence: Sequence[Evidence]):
        self.reading = () if reading is None else (reading,)
        read = [item.read(_claims(item.problem, reading)) for item in evidence]
        self.undone, plain, self.aside = restore(read)
        self.plain = [item for item in plain if item.problem.claims]
        #: All arrays of each problem, those of a foreign shape as they came.
        self.whole = [
            replace(item, returned={**item.returned, **shaped.returned})
            for item, shaped in zip(read, plain, strict=True)
        ]

    def explained(self, search: Callable[[Sequence[Evidence]], Causes]) -> Explanation | None:
        """The explanation whose graph edits `search` finds, if everything else is known too."""
        if not self.plain:
            return None
        edited: Causes = ()
        if not explains((), self.plain):
            edited = search(self.plain)
            if not edited:
                return None
        named = recognise(self.aside, edited)
        if named is None:
            return None
        causes = (*self.reading, *self.undone, *edited, *named)
        return Explanation(tuple(dict.fromkeys(causes)))


def _readings(evidence: Sequence[Evidence]) -> Iterator[Cause | None]:
    yield None
    for form in CATALOGUE.forms(ReadingForm):
        families = {item.problem.graph.facts.family for item in evidence}
        if not families <= set(form.on):
            continue
        if all(form.claims(item.problem) for item in evidence):
            yield Cause(form)


def _claims(problem: Problem, reading: Cause | None) -> Mapping[str, Claim]:
    if reading is None or not isinstance(reading.form, ReadingForm):
        return problem.claims
    return reading.form.claims(problem) or problem.claims
