"""Mistakes that need no catalogue: edits that are read off any graph.

Every kind of wire can be cut, or carry a factor; the derivative through it can be taken at another
place, where another value of the same shape stands; and each of these can hold everywhere, at one
end, or at one place alone. A network that was written yesterday is diagnosed with these. What is
frequent has a good name in the catalogue, which is tried first.
"""

from __future__ import annotations

from collections.abc import Collection, Container, Iterator
from dataclasses import dataclass

from autograder.engine.diagnosis.edits import merge
from autograder.engine.diagnosis.forms import Form
from autograder.engine.diagnosis.general.acts import VERBS, Act, EditWire, acts, scaled
from autograder.engine.diagnosis.general.factors import names_of, sizes
from autograder.engine.diagnosis.general.kinds import Kind, ends, kinds, reaching, scopes
from autograder.engine.diagnosis.general.measured import measured
from autograder.engine.diagnosis.general.words import unnamed
from autograder.engine.diagnosis.hypothesis import Cause, Evidence
from autograder.engine.problem import Problem
from autograder.networks import Edits, Graph

#: The longest chain along which a factor is measured.
_LONGEST = 6


@dataclass(frozen=True)
class GeneralForm(Form):
    """An edit of the wires of one kind, in words that hold for every graph that has them.

    Attributes
    ----------
    kind : Kind
    scope : str
        At which of its places, in the words of `scopes`.
    edit : function
        ``edit(graph, wire, place)`` gives the edits of one wire; None where there are none.
    """

    kind: Kind
    scope: str
    edit: EditWire

    def edits(self, problem: Problem, scope: str) -> Edits | None:
        """Return the edits of all wires that the scope holds; none where the graph has none."""
        wires = kinds(problem.graph).get(self.kind, {})
        chosen = scopes(list(wires)).get(self.scope, ()) if wires else ()
        made = (self.edit(problem.graph, wires[place], place) for place in chosen)
        return merge(*(edits for edits in made if edits is not None))


@dataclass(frozen=True)
class Uses:
    """The wires of one kind at the places of a scope, and the claimed nodes that they move."""

    kind: Kind
    scope: str
    wires: tuple[str, ...]
    moved: frozenset[str]


def uses(problem: Problem) -> Iterator[Uses]:
    """Yield each kind in each scope.

    An edit of a wire changes the gradients of all that leads to it, and no other.
    """
    graph, claimed = problem.graph, {claim.node for claim in problem.claims.values()}
    before = reaching(graph)
    for kind, wires in kinds(graph).items():
        for scope, places in scopes(list(wires)).items():
            chosen = tuple(wires[place] for place in places)
            moved = frozenset().union(*(before[wire] for wire in chosen)) & claimed
            if moved:
                yield Uses(kind, scope, chosen, moved)


def causes(
    problem: Problem, wrong: Collection[str], alone: bool, verbs: Container[str] = VERBS
) -> list[Cause]:
    """Return the causes that can have made the gradients at these nodes wrong, simplest first.

    Parameters
    ----------
    problem : Problem
    wrong : collection of str
        Nodes of the graph.
    alone : bool
        Whether each has to account for all of them, or for some.
    verbs : container of str
        What may be done to a wire, as `Act` has it.
    """
    graph = problem.graph
    possible: dict[Kind, list[tuple[Act, EditWire]]] = {}
    found: list[tuple[int, Cause]] = []
    for use in uses(problem):
        if not use.moved <= set(wrong) or (alone and use.moved != set(wrong)):
            continue
        wires = kinds(graph)[use.kind]
        if use.kind not in possible:
            here = acts(graph, wires, verbs)
            possible[use.kind] = [(act, _remembering(edit)) for act, edit in here]
        for act, edit in possible[use.kind]:
            if not (use.scope.startswith("number") and act.verb in ("factor", "slope", "mask")):
                found.append((_rank(use.scope, act), _cause(graph, use, act, edit)))
    return [cause for _, cause in sorted(found, key=lambda pair: pair[0])]


def factors(item: Evidence, wrong: Collection[str]) -> list[Cause]:
    """Return the factors on one kind of wire that may explain an evidence, as they measure."""
    graph = item.problem.graph
    found = [use for use in uses(item.problem) if use.moved == set(wrong)]
    degrees = [len(use.wires) if use.kind.shift is not None else 1 for use in found]
    short = [(u, d) for u, d in zip(found, degrees, strict=True) if d <= _LONGEST]
    made = []
    for place, factor in measured(item, [(use.wires, degree) for use, degree in short]):
        use = short[place][0]
        known = sizes(graph, use.wires[0], ends(use.wires[0])[1])
        for name in names_of(factor, known):
            act = Act("factor", name)
            made.append((_rank(use.scope, act), _cause(graph, use, act, scaled(name))))
    return [cause for _, cause in sorted(made, key=lambda pair: pair[0])]


def _cause(graph: Graph, use: Uses, act: Act, edit: EditWire) -> Cause:
    entry = unnamed(graph, use.kind, kinds(graph)[use.kind], use.scope, act)
    return Cause(GeneralForm(entry, "", (), use.kind, use.scope, edit))


def _remembering(edit: EditWire) -> EditWire:
    """Return the same function, which makes the edit of a wire once for all scopes."""
    made: dict[tuple[int, str], Edits | None] = {}

    def remembered(graph: Graph, wire: str, place: int) -> Edits | None:
        key = id(graph), wire
        if key not in made:
            made[key] = edit(graph, wire, place)
        return made[key]

    return remembered


def _rank(scope: str, act: Act) -> int:
    return 10 * (scope != "everywhere") + VERBS.index(act.verb)
