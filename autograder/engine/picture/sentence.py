"""Says in a sentence what a picture shows; it is its alternative text as well."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from autograder.engine.picture.edited_wires import Mark
from autograder.engine.picture.symbols import Symbol

_MOST = 4
#: What the labels of `Rewired` edits say, in full.
_SIGNALS = {
    "the other way": "the gradient runs in the wrong direction, from the first step to the last",
    "counted again": "what a later step has counted already is counted again",
    "cut for W, b": "nothing arrives for the weights and biases, though it does for x and a0",
    "last loss only": "the losses of earlier steps are lost; that of the last step alone arrives",
}


def sentence(marks: Sequence[Mark], faded: Sequence[str], names: Mapping[str, Symbol]) -> str:
    """What is to be seen, in one or two sentences.

    Parameters
    ----------
    marks : sequence of Mark
    faded : sequence of str
        Symbols of what no gradient reaches any more.
    names : mapping
        Symbol of every node.
    """
    groups: dict[tuple[str, str], list[Mark]] = {}
    slopes = {mark.label for mark in marks if mark.kind == "slope"}
    for mark in marks:
        label = "" if mark.kind == "matrix" else mark.label
        if mark.kind == "slope" and len(slopes) > 2:  # the picture tells them apart
            at = all(slope.startswith("slope at") for slope in slopes)
            label = "slope at another place" if at else "another slope"
        groups.setdefault((mark.kind, label), []).append(mark)
    told = [_told(kind, label, group, names) for (kind, label), group in groups.items()]
    said = f"In vermillion: {'; '.join(told)}."
    if faded:
        behind = _list(faded) if len(faded) <= _MOST else "everything behind"
        said += f" Faded: {behind}, where no gradient arrives."
    return said


def _told(kind: str, label: str, group: Sequence[Mark], names: Mapping[str, Symbol]) -> str:
    where = _list([_way(mark.at, names) for mark in group])
    many = len(group) > 1
    on = f"on the way back through {where}"
    if kind == "cut":
        passes = "values pass them" if many else "the value passes it"
        return f"{where} {'are' if many else 'is'} cut (✗): {passes}, no gradient comes back"
    if kind == "added":
        each = "ways that the network does" if many else "a way that the network does"
        return f"dashed, {where}, {each} not have"
    if kind == "restored":
        are = "these wires are borders" if many else "this wire is a border"
        return f"{on} the gradient passes, and should not: {are} between chunks"
    by = label.removeprefix("× ") or "another weight"
    return {
        "factor": f"what comes back through {where} is multiplied by {by}",
        "slope": f"{on} the factor is {_slope(label)}",
        "matrix": f"{on} the gradient meets {_matrix({mark.label for mark in group})}",
        "form": f"{on} {_form(label)}",
        "signal": f"{on} {_SIGNALS.get(label, 'another signal is sent than the one that arrives')}",
        "other": f"{on} the gradient becomes something else than it should",
    }[kind]


def _slope(label: str) -> str:
    if label == "another slope":
        return "not the slope of that function"
    what = label.removeprefix("slope ")
    return f"the {label}" if what.startswith(("of ", "at ")) else f"{what}, not the slope g′"


def _matrix(labels: set[str]) -> str:
    return labels.pop() if len(labels) == 1 else "another matrix than it should"


def _form(label: str) -> str:
    return {
        "transposed": "rows and columns change places",
        "* for @": "* stands where @ belongs",
        "@ for *": "@ stands where * belongs",
    }.get(label, "")


def _way(name: str, names: Mapping[str, Symbol]) -> str:
    source, arrow, target = name.split("[")[0].partition("->")
    if not arrow:
        return str(names[source])
    return f"{names.get(name, names[source])} → {names[target]}"


def _list(items: Sequence[str]) -> str:
    if len(items) > _MOST:
        items = [*items[:2], "…", items[-1]]
        return ", ".join(items)
    return " and ".join([", ".join(items[:-1]), items[-1]] if len(items) > 1 else items)
