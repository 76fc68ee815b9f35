"""Arrays in a foreign form: transposed, flattened, broadcast, summed over the wrong axis.

A form that can be undone is undone, and the array joins the others in the search for a graph.
A form that cannot is compared with what the right gradients give in that form, and left out.
"""

from __future__ import annotations

from collections.abc import Sequence

from autograder.diagnosis.catalogue import forms
from autograder.diagnosis.hypothesis import Cause, Evidence, close
from autograder.networks import Array


def restore(evidence: Sequence[Evidence]) -> tuple[tuple[Cause, ...], list[Evidence]]:
    """Bring every array back to the shape of its node.

    Returns
    -------
    causes : tuple of Cause
        The forms that were recognised.
    evidence : list of Evidence
        The arrays in their nodes' shapes. An item in which some array is not recognised comes
        back without claims: nothing can be said of it.
    """
    causes: dict[tuple[str, str], Cause] = {}
    plain = []
    for item in evidence:
        arrays: dict[str, Array] = {}
        known = True
        for name, claim in item.problem.claims.items():
            array = item.returned[name]
            shape = item.problem.graph.value(claim.node).shape
            if array.shape == shape:
                arrays[name] = array
                continue
            cause, restored = _recognise(item, name, array, shape)
            if cause is None:
                known = False
            else:
                causes[cause.misconception.id, cause.form.detail] = cause
            if restored is not None:
                arrays[name] = restored
        left = Evidence(item.problem, arrays).read(item.problem.claims) if known else None
        plain.append(left or Evidence(item.problem, {}).read({}))
    return tuple(causes.values()), plain


def _recognise(
    item: Evidence, name: str, array: Array, shape: tuple[int, ...]
) -> tuple[Cause | None, Array | None]:
    for entry, form in forms("undo"):
        restored = form.undo(name, array, shape) if form.undo else None
        if restored is not None:
            return Cause(entry, form), restored
    for entry, form in forms("shape"):
        predicted = form.shape(item.problem, name, {}) if form.shape else None
        if predicted is not None and close(array, predicted):
            return Cause(entry, form), None
    return None, None
