"""A mistake without a name, in the graph's own words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from autograder.engine.diagnosis.general.acts import Act
from autograder.engine.diagnosis.general.instead import FORMS, Instead
from autograder.engine.diagnosis.general.kinds import Kind, ends, kinds, split
from autograder.engine.diagnosis.general.spelling import index, joined, written
from autograder.engine.diagnosis.misconception import Misconception
from autograder.networks import Graph
from autograder.networks.facts import ExpressionFacts, LayerFacts, TimeFacts

#: With this the id of every mistake begins that has no entry in the catalogue.
UNNAMED = "edit: "

#: The end of the name of a slope that has a factor too many.
_TIMES = " times the right one"


def unnamed(graph: Graph, several: Sequence[Kind], scope: str, act: Act) -> Misconception:
    """Return an entry for an edit that the catalogue does not have."""
    wires = kinds(graph)
    pairs = [_names(graph, kind, wires[kind]) for kind in several]
    source, target = (joined(list(dict.fromkeys(names))) for names in zip(*pairs, strict=True))
    at = where(graph, scope, len(wires[several[0]]))
    title, computed, ask = _told(graph, source, target, act)
    return Misconception(UNNAMED + title + at, "", title + at, computed + at, "", ask, "")


def _told(graph: Graph, source: str, target: str, act: Act) -> tuple[str, str, str]:
    """Return title, what was computed, and the question."""
    whole = graph.facts.whole
    if act.verb == "cut" and isinstance(graph.facts, ExpressionFacts) and target == "J":
        return (
            "nothing comes back from the root",
            "the gradient in which the root itself has the gradient 0 in place of 1, so that every "
            "node has 0",
            "Print root.grad before your loop begins and after it. Which line of yours sets it to "
            "1, and which one hands it on to the operands?",
        )
    if act.verb == "cut":
        one = " and " not in source
        what = "does not reach" if one else "do not reach"
        value = "its value does" if one else "their values do"
        return (
            f"nothing comes back from {target} to {source}",
            f"the exact gradient of the {whole} in which {source} {what} {target} ({value}, but no "
            "gradient comes back)",
            f"Which line of yours carries the gradient from {target} back to {source}, and does "
            "what it computes get into what you return?",
        )
    if act.verb == "factor":
        return (
            f"a factor {act.name} between {target} and {source}",
            f"the exact gradient of the {whole} in which what comes back from {target} to {source} "
            f"is multiplied by {act.name}",
            f"Follow the path from {target} back to {source} and write down each factor. Where "
            f"does yours get or lose a factor {act.name}?",
        )
    if act.verb == "slope":
        rule = act.name.format(x=source, y=target)
        if rule.endswith(_TIMES):  # in the slope, or in what arrives there: the numbers are equal
            more = rule.removesuffix(_TIMES)
            return (
                f"a factor {more} too many between {target} and {source}",
                f"the gradient in which what comes back from {target} to {source} is multiplied, "
                f"entry by entry, by {more} once too often",
                f"Which factors does the formula have between {target} and {source}? Where does "
                f"{more} stand in yours, and where in the formula?",
            )
        return (
            f"another slope between {target} and {source}: {rule}",
            f"the gradient in which the slope of {target}, as a function of {source}, is {rule}",
            f"By how much does {target} grow when {source} grows by 0.001? Compute it for one "
            "entry, divide by 0.001, and print the factor of your line beside it.",
        )
    if act.verb == "ones":
        return (
            f"the gradient at {target} taken for 1, on the way to {source}",
            f"the gradient which, on its way from {target} back to {source}, takes every entry of "
            f"what arrives at {target} for 1",
            f"Which array holds the gradient that arrives at {target}, and does it stand in your "
            f"line for {source}?",
        )
    if act.verb == "weigh":
        weight = act.name.format(x=source, y=target)
        return (
            f"a factor {weight} between {target} and {source}",
            f"the exact gradient of the {whole} in which what comes back from {target} to {source} "
            f"is multiplied, entry by entry, by {weight}",
            f"Which factors does the formula have between {target} and {source}? Print each of "
            "yours beside it, for one entry.",
        )
    if act.verb == "own":
        return (
            f"of the way from {target} back to {source} only the diagonal",
            f"the gradient in which each entry of {source} counts for the same entry of {target} "
            "alone: the other entries, which it moves as well, send nothing back",
            f"Change one entry of {source} by 0.001 and run the forward line again. Which entries "
            f"of {target} move, and does each of them send something back in your line?",
        )
    if act.verb == "mask":
        return (
            f"only {act.name} of {target} counted on the way back to {source}",
            f"the gradient in which, of all that comes back from {target} to {source}, only "
            f"what belongs to {act.name} of {target} is there: the rest is missing",
            f"Over which entries of {target} does the sum run that makes the gradient at {source}? "
            "Is something overwritten that has to be added?",
        )
    if act.arriving is not None:
        taken = act.arriving.told(graph, target)
        return (
            f"{taken}, on the way to {source}",
            f"the gradient which, on its way from {target} back to {source}, takes {taken}",
            f"Which array of yours holds the whole gradient at {target}, and is it the one in your "
            f"line for {source}?",
        )
    assert act.instead is not None
    held, other = _operands(graph, target, act.instead)
    return (
        f"{other} in the place of {held}, from {target} back to {source}",
        f"the gradient which, on its way from {target} back to {source}, takes {target} to be made "
        f"with {other} in the place of {held}",
        f"Write the forward line that makes {target}. Which arrays stand in it, and which of them "
        "does your backward line read?",
    )


def where(graph: Graph, scope: str, count: int) -> str:
    """Return at which layers or steps, as an addition to a sentence."""
    if scope == "everywhere" or count < 2:
        return ""
    facts = graph.facts
    timed, layered = isinstance(facts, TimeFacts), isinstance(facts, LayerFacts)
    place = "step" if timed else "layer" if layered else "place"
    if scope.startswith("number "):
        return f", at {place} {scope.removeprefix('number ')} alone"
    if scope.startswith("all"):
        return f", at {scope} {place}"
    return f", at {scope} {place} alone"


def _names(graph: Graph, kind: Kind, wires: Mapping[int, str]) -> tuple[str, str]:
    """Return how source and target are written: with an index where there are several."""
    place, wire = next(iter(wires.items()))
    source, target, _ = ends(wire)
    if kind.source == "":  # of an expression: other nodes in every example
        return f"its {_slot(kind.slot)}", f"the operation {kind.target.partition(':')[2]}"
    if len(wires) == 1 and not isinstance(graph.facts, TimeFacts | LayerFacts):
        return source, target
    if len(wires) == 1 and place == graph.facts.length > 1:
        return _last(graph, source), _last(graph, target)
    return written(graph, source, place), written(graph, target, place)


def _last(graph: Graph, node: str) -> str:
    """Return how a node is written that belongs to the last layer or step."""
    letters, number = split(node)
    if number != graph.facts.length:
        return written(graph, node, graph.facts.length)
    return f"{letters}_T" if isinstance(graph.facts, TimeFacts) else f"{letters}[L]"


def _slot(slot: str) -> str:
    return {"[0]": "first operand", "[1]": "second operand", "[]": "own value"}.get(slot, "operand")


def _operands(graph: Graph, target: str, instead: Instead) -> tuple[str, str]:
    if instead.operand.startswith("["):
        held, other = f"its {_slot(instead.operand)}", f"its {_slot(instead.letters)}"
    else:
        held = index(graph, instead.operand, instead.away)
        other = index(graph, instead.letters, instead.shift)
    end = {"zeros": " (zeros where there is none)", "wrap": " (going round at the end)"}
    if instead.form in FORMS:
        return held, instead.form.format(held)
    return held, other + end.get(instead.beyond, "")
