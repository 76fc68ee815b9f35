"""What the axes of an array count, in the words of the contract."""

from __future__ import annotations

from collections.abc import Sequence

from autograder.engine.locate.case import Pair

#: The letters that all units use, and what one index along such an axis is called.
COUNTED = {
    "m": ("example", "examples"),
    "N": ("example", "examples"),
    "T": ("step", "steps"),
    "T_x": ("step", "steps"),
}
#: By sizes and the name of an array what one index along each of its axes is called.
_CALLED: list[tuple[frozenset[str], str, tuple[str, ...]]] = []


def called(needed: str, array: str, axes: str) -> None:
    """Enter what the axes of an array count, where the instances have these sizes.

    Parameters
    ----------
    needed : str
        The names of the sizes, with blanks between them.
    array : str
    axes : str
        A noun for each axis, with blanks between them; its plural has an s.
    """
    _CALLED.append((frozenset(needed.split()), array, tuple(axes.split())))


def letter(found: Sequence[Pair], axis: int) -> str:
    """Return the letter whose size the axis has on every instance; empty if none or several."""
    fitting = [
        name
        for name in found[0].case.sizes
        if all(pair.right.shape[axis : axis + 1] == (pair.case.sizes.get(name),) for pair in found)
    ]
    return next((n for n in fitting if n in COUNTED), fitting[0] if len(fitting) == 1 else "")


def words(found: Sequence[Pair], axis: int) -> tuple[str, str]:
    """Return what one index along the axis is called, and several."""
    for needed, array, nouns in _CALLED:
        fits = array == found[0].name and len(nouns) == found[0].right.ndim
        if fits and needed <= found[0].case.sizes.keys():
            return nouns[axis], f"{nouns[axis]}s"
    counted = letter(found, axis)
    if counted in COUNTED:
        return COUNTED[counted]
    dimensions = found[0].right.ndim
    if dimensions == 2:
        return (("row", "rows"), ("column", "columns"))[axis]
    if dimensions == 1:
        return "entry", "entries"
    return f"index along axis {axis}", f"indices along axis {axis}"


def names(several: Sequence[str]) -> str:
    """Return names in a row: ``"dW, db and dA_prev"``; of many, the kinds."""
    if len(several) > 4:
        kinds = list(dict.fromkeys(name.rstrip("0123456789") for name in several))
        if len(kinds) < len(several):
            several = [f"each {kind}" if kind not in several else kind for kind in kinds]
    return several[0] if len(several) == 1 else f"{', '.join(several[:-1])} and {several[-1]}"


def indices(numbers: Sequence[int]) -> str:
    """Return indices in a row: ``"0, 2 and 3"``."""
    if len(numbers) > 6:
        return ", ".join(map(str, numbers[:6])) + ", ..."
    *before, last = map(str, numbers)
    return f"{', '.join(before)} and {last}" if before else last


def these(numbers: Sequence[int], one: str, several: str) -> str:
    """Return indices with their noun: ``"rows 1 and 3"``, ``"index 2 along axis 0"``."""
    noun, along, axis = (one if len(numbers) == 1 else several).partition(" along ")
    return f"{noun} {indices(numbers)}{along}{axis}"
