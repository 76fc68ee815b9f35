"""Wrong values of a forward pass, in words."""

from __future__ import annotations

from collections.abc import Sequence

from autograder.engine.diagnosis.general.kinds import Kind, ends, kinds, split
from autograder.engine.diagnosis.general.spelling import at, index, joined, written
from autograder.engine.diagnosis.general.words import where
from autograder.engine.diagnosis.misconception import Misconception
from autograder.networks import Graph

#: With this the id of every wrong value begins that has no entry in the catalogue.
VALUE = "value: "


def moved(graph: Graph, name: str, letters: str, shift: int) -> Misconception:
    """Return an entry for values that are those of other nodes."""
    other = index(graph, letters, shift)
    title = f"{name} holds {other}"
    ask = (
        f"Which line of yours makes {name}, and what is in it when it is returned? Print it after "
        "each line that changes it."
    )
    return Misconception(VALUE + title, "", title, f"in {name} the right {other}", "", ask, "")


def told(
    graph: Graph, kind: Kind, scope: str, what: tuple[str, str], beside: Sequence[Kind] = ()
) -> Misconception:
    """Return an entry for the network that has the values.

    Where a product is left out, `beside` are its factors besides that one.
    """
    wires = kinds(graph)[kind]
    place, wire = next(iter(wires.items()))
    source, target = (written(graph, end, place) for end in ends(wire)[:2])
    verb, name = what
    factors = [source, *(written(graph, ends(_wire(graph, k))[0], place) for k in beside)]
    if verb == "out" and beside:
        does = f"the product of {joined(factors)} is left out of {target}"
    elif verb == "out":
        does = f"{source} is left out of {target}"
    elif verb == "function":
        does = (
            f"{target} is the {name} of {source}" if name != "linear" else f"{target} is {source}"
        )
    elif verb == "one":
        does = f"{target} is made with 1 in the place of {source}"
    elif verb == "turned":
        does = f"{source} enters {target} transposed"
    elif verb == "as":
        does = f"{target} is made with {name.format(source)} in the place of {source}"
    elif verb == "times":
        does = f"{source} enters {target} multiplied by {name}"
    else:
        letters, _, shift = name.partition("|")
        other = index(graph, letters, int(shift)) if shift else _first(graph, letters)
        does = f"{target} is made with {other} in the place of {source}"
    places = where(graph, scope, len(wires))
    read = _read(graph, wire, place)
    ask = (
        f"Which arrays stand in the formula of {target}: {joined(read)}? "
        "Follow each of them in your code from where it is made to where it is read."
    )
    if len(read) == 1:
        ask = (
            f"What is done to {source} in the formula of {target}, step by step? Do the same with "
            "one number by hand, and print what your line makes of it."
        )
    if verb == "function":
        ask = (
            f"By which function does your line make {target} of {source}? If a condition chooses "
            "it, for which places does it choose which?"
        )
    elif verb == "out" and places.endswith(" alone"):  # the line names it, and reads another entry
        here = places.strip(", ").removesuffix(" alone")
        ask = (
            f"Print what your line takes for {joined(factors)} {here}. Is it what the contract "
            "names there?"
        )
    title = does + places
    computed = f"the values of the {graph.facts.whole} in which {title}"
    return Misconception(VALUE + title, "", title, computed, "", ask, "")


def _wire(graph: Graph, kind: Kind) -> str:
    return next(iter(kinds(graph)[kind].values()))


def _first(graph: Graph, name: str) -> str:
    """Return how the first of several is written: ``x_1``."""
    letters, number = split(name)
    return name if number is None else at(graph, letters.partition("->")[0], number)


def _read(graph: Graph, wire: str, place: int) -> list[str]:
    """Return how everything is written that enters the same operation."""
    target = ends(wire)[1]
    return [written(graph, ends(w)[0], place) for w in graph.wires() if ends(w)[1] == target]
