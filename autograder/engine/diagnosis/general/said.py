"""An array that is read off, in words."""

from __future__ import annotations

from collections.abc import Sequence

from autograder.engine.diagnosis.general.right import Source
from autograder.engine.diagnosis.general.rules import Rule
from autograder.engine.diagnosis.general.spelling import at, chained, index, joined, written
from autograder.engine.diagnosis.misconception import Misconception
from autograder.networks import Graph

#: With this the id of every array begins that was read off.
READ = "array: "


def read_off(
    graph: Graph, letters: Sequence[str], scope: str, rule: Rule, own: int
) -> Misconception:
    """Return an entry for arrays that are made by a rule; `own` is the number of one of them."""
    names = joined(letters) + ("" if scope == "everywhere" else f" at {_place(scope)}")
    one = len(letters) == 1
    what = _what(graph, rule, one, own)
    title = f"{names} {'is' if one else 'are'} {what}"
    ask = _ask(graph, rule, names, own)
    return Misconception(READ + title, "", title, f"your {title}", "", ask, "")


def _place(scope: str) -> str:
    return scope if scope.startswith("all") else f"{scope} place alone"


def _what(graph: Graph, rule: Rule, one: bool, own: int) -> str:
    right = "the right one" if one else "the right ones"
    if rule.source is None and rule.verb == "is":
        turned = ", transposed" if rule.turned else ""
        if not rule.factor:
            return f"{right}{turned}"
        if rule.factor == "-1":
            return f"{right} with the opposite sign{turned}"
        return f"{rule.factor} times {right}{turned}"
    if rule.verb == "rounded":
        return f"{right}, {rule.factor} to whole numbers"
    if rule.verb == "kept":
        axis = graph.facts.axes(rule.axes)[rule.axis]
        places = rule.factor
        if places.startswith("but"):
            return f"{right} in all {axis}s {places}, where there are zeros"
        return f"{right} in the {places} {axis} alone, and zero elsewhere"
    assert rule.source is not None
    other = named(graph, rule.source, own)
    if rule.verb == "is":
        times = f"{rule.factor} times " if rule.factor and rule.factor != "-1" else ""
        minus = "minus " if rule.factor == "-1" else ""
        kind = "" if rule.source.kind == "value" else "the right "
        return f"{times}{minus}{kind}{other}{' transposed' if rule.turned else ''}"
    if rule.verb == "plus":
        sign = "minus" if rule.factor.startswith("-") else "plus"
        factor = rule.factor.removeprefix("-")
        times = f"{factor} times " if factor not in ("", "1") else ""
        return f"{right} {sign} {times}{other}"
    form = rule.factor.replace("{}", other)
    return f"{right}, entry by entry {'times' if rule.verb == 'times' else 'divided by'} {form}"


def _ask(graph: Graph, rule: Rule, names: str, own: int) -> str:
    if rule.verb == "plus":
        assert rule.source is not None
        added = named(graph, rule.source, own)
        return f"Which terms does the sum have that makes {names}, and does {added} belong to it?"
    if rule.verb == "kept":
        return (
            "What does your line write into the other places? If it stands in a loop, print the "
            "array after each round."
        )
    if rule.source is not None and rule.verb == "is":
        return (
            f"Which line of yours makes {names}, and under which name is it returned? Compare the "
            "order of what you return with the contract."
        )
    if rule.turned:
        return (
            f"Which index does each axis of {names} count? A gradient has one entry for each entry "
            "of the array that it belongs to: print both shapes. np.sum with an axis removes that "
            "axis unless it is told keepdims=True, and .T exchanges two."
        )
    return (
        f"Write down each factor of your line for {names}, and beside them those of the "
        "formula. Which one is there in one of them alone?"
    )


def named(graph: Graph, source: Source, own: int) -> str:
    """Return how an array is written: ``dW[l+1]``, ``a_t``, ``b``."""
    prefix = "d" if source.kind == "gradient" else ""
    if source.how == "near" and not chained(graph) and source.kind != "answer":
        return prefix + written(graph, f"{source.letters}{own + source.number}", 1)
    if source.how == "near":
        return prefix + index(graph, source.letters, source.number)
    if source.how == "at":
        return f"{prefix}{at(graph, source.letters, source.number)}"
    if source.how == "last":
        away = f" but {-source.number}" if source.number else ""
        return f"{prefix}{source.letters} of the last step{away}"
    return prefix + source.letters
