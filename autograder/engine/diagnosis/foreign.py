"""Arrays in a foreign form: transposed, flattened, broadcast, summed over the wrong axis.

A form that can be undone is undone, and the array joins the others in the search for a graph.
What cannot be undone is set aside: once the graph is known, it is compared with what that graph's
gradients give in that form.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from autograder.engine.diagnosis.catalogue import CATALOGUE
from autograder.engine.diagnosis.forms import ForeignForm, UndoForm
from autograder.engine.diagnosis.hypothesis import Cause, Evidence, close, together
from autograder.networks import Array


@dataclass(frozen=True)
class Aside:
    """An array whose form could not be undone."""

    item: Evidence
    name: str
    array: Array


def restore(
    evidence: Sequence[Evidence],
) -> tuple[tuple[Cause, ...], list[Evidence], list[Aside]]:
    """Bring arrays back to the shape of their nodes.

    Returns
    -------
    causes : tuple of Cause
        The forms that were undone.
    plain : list of Evidence
        The arrays in their nodes' shapes.
    aside : list of Aside
        Arrays of a foreign shape that nothing undoes.
    """
    undone = _undone(evidence)
    plain, aside = [], []
    for item in evidence:
        arrays: dict[str, Array] = {}
        for name, claim in item.problem.claims.items():
            array, shape = item.returned[name], item.problem.graph.value(claim.node).shape
            found = [
                form.restore(name, array, shape) for form, kinds in undone if claim.kind in kinds
            ]
            restored = next((r for r in found if r is not None), None)
            if restored is None and found and array.size == np.prod(shape) == 1:
                restored = array.reshape(shape)  # that form, of a single number
            if restored is not None:
                arrays[name] = restored
            elif array.shape == shape:
                arrays[name] = array
            else:
                aside.append(Aside(item, name, array))
        plain.append(Evidence(item.problem, arrays).read(item.problem.claims))
    return tuple(Cause(form) for form, _ in undone), plain, aside


def _undone(evidence: Sequence[Evidence]) -> list[tuple[UndoForm, set[str]]]:
    """The forms that turn an array of a foreign shape into one of its node's shape.

    With each form the kinds of arrays (``"dW"``) in which it was seen: where all sizes agree,
    an array of that kind has the same form, and its shape does not show it.
    """
    foreign = [
        (claim.kind, name, item.returned[name], item.problem.graph.value(claim.node).shape)
        for item in evidence
        for name, claim in item.problem.claims.items()
        if item.returned[name].shape != item.problem.graph.value(claim.node).shape
    ]
    found = []
    for form in CATALOGUE.forms(UndoForm, evidence[0].problem.graph.facts.family):
        undo = form.restore
        # what it undoes on one example, and not on another of a foreign shape, it is not
        fails = {name for _, name, a, shape in foreign if undo(name, a, shape) is None}
        kinds = {
            kind
            for kind, name, a, shape in foreign
            if name not in fails and undo(name, a, shape) is not None
        }
        if kinds:
            found.append((form, kinds))
    return found


def recognise(aside: Sequence[Aside], causes: tuple[Cause, ...]) -> tuple[Cause, ...] | None:
    """Name the forms of the arrays that were set aside, on the graph that `causes` make.

    Returns
    -------
    tuple of Cause, or None if one of the arrays has no known form
    """
    found: dict[tuple[str, str], Cause] = {}
    for left in aside:
        edits = together(causes, left.item.problem) or {}
        for form in CATALOGUE.forms(ForeignForm, left.item.problem.graph.facts.family):
            predicted = form.predict(left.item.problem, left.name, edits)
            if predicted is not None and close(left.array, predicted):
                found[form.misconception.id, form.detail] = Cause(form)
                break
        else:
            return None
    return tuple(found.values())
