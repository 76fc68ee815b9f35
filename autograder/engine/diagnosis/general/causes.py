"""Mistakes that need no catalogue: edits that are read off any graph.

Every kind of wire can be cut, or carry a factor; the derivative through it can be taken at another
place, where another value of the same shape stands; and each of these can hold everywhere, at one
end, or at one place alone. A network that was written yesterday is diagnosed with these. What is
frequent has a good name in the catalogue, which is tried first.
"""

from __future__ import annotations

from collections.abc import Collection, Container, Iterator, Sequence
from dataclasses import dataclass, replace
from weakref import WeakKeyDictionary

from autograder.engine.diagnosis.edits import merge
from autograder.engine.diagnosis.forms import Form
from autograder.engine.diagnosis.general.acts import VERBS, Act, EditWire, acts, scaled
from autograder.engine.diagnosis.general.factors import names_of, sizes
from autograder.engine.diagnosis.general.kinds import Kind, ends, kinds, reaching, scopes
from autograder.engine.diagnosis.general.measured import measured
from autograder.engine.diagnosis.general.words import unnamed
from autograder.engine.diagnosis.hypothesis import Cause, Evidence
from autograder.engine.diagnosis.misconception import Misconception
from autograder.engine.problem import Problem
from autograder.networks import Edits, Graph

#: The longest chain along which a factor is measured.
_LONGEST = 6


@dataclass(frozen=True)
class GeneralForm(Form):
    """An edit of the wires of one kind, in words that hold for every graph that has them.

    Attributes
    ----------
    kinds : tuple of Kind
    scope : str
        At which of their places, in the words of `scopes`.
    act : Act
    edit : function
        ``edit(graph, wire, place)`` gives the edits of one wire; None where there are none.
    """

    kinds: tuple[Kind, ...]
    scope: str
    act: Act
    edit: EditWire

    def edits(self, problem: Problem, scope: str) -> Edits | None:
        """Return the edits of all wires that the scope holds; none where the graph has none."""
        graph, made = problem.graph, []
        for kind in self.kinds:
            wires = kinds(graph).get(kind, {})
            chosen = scopes(list(wires)).get(self.scope, ()) if wires else ()
            made += [self.edit(graph, wires[place], place) for place in chosen]
        return merge(*(edits for edits in made if edits is not None))


@dataclass(frozen=True)
class Uses:
    """The wires of one kind, or of several, at the places of a scope, and what they move."""

    kinds: tuple[Kind, ...]
    scope: str
    wires: tuple[str, ...]
    moved: frozenset[str]

    @property
    def degree(self) -> int:
        """How many of the wires a path can meet."""
        return len(self.wires) if self.kinds[0].shift is not None else 1


def uses(problem: Problem, wrong: Collection[str], alone: bool) -> Iterator[Uses]:
    """Yield each kind in each scope that moves wrong nodes only; `alone`, all of them.

    An edit of a wire changes the gradients of all that leads to it, and no other. All leaves that
    enter one operation are a kind as well, as far as they are wrong: one line may make them all.
    """
    graph, claimed = problem.graph, {claim.node for claim in problem.claims.values()}
    before, groups = reaching(graph), dict[tuple[str, str], dict[Kind, tuple[str, ...]]]()
    for kind, wires in kinds(graph).items():
        for scope, places in scopes(list(wires)).items():
            chosen = tuple(wires[place] for place in places)
            moved = frozenset().union(*(before[wire] for wire in chosen)) & claimed
            if not moved or not moved <= set(wrong):
                continue
            if not alone or moved == set(wrong):
                yield Uses((kind,), scope, chosen, moved)
            if all(ends(wire)[0] in graph.inputs for wire in chosen):
                groups.setdefault((kind.target, scope), {})[kind] = chosen
                groups.setdefault(("", scope), {})[kind] = chosen
    told = set[tuple[str, tuple[Kind, ...]]]()
    for (_, scope), group in groups.items():
        if (scope, tuple(group)) in told:
            continue
        told.add((scope, tuple(group)))
        chosen = tuple(wire for wires in group.values() for wire in wires)
        moved = frozenset(ends(wire)[0] for wire in chosen) & claimed
        if len(group) > 1 and (not alone or moved == set(wrong)):
            yield Uses(tuple(group), scope, chosen, moved)


#: What may be done to the wires of several leaves at once.
_OF_SEVERAL = ("cut", "mask")


def causes(
    problem: Problem,
    wrong: Collection[str],
    alone: bool,
    verbs: Container[str] = VERBS,
    wide: bool = False,
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
    wide : bool
        Whether only at all places of a kind.
    """
    graph = problem.graph
    possible: dict[tuple[Kind, ...], list[tuple[Act, EditWire]]] = {}
    found: list[tuple[int, Cause]] = []
    for use in uses(problem, wrong, alone):
        several = len(use.kinds) > 1
        if wide and use.scope != "everywhere":
            continue
        if use.kinds not in possible:
            done = [
                verb for verb in VERBS if verb in verbs and (not several or verb in _OF_SEVERAL)
            ]
            here = acts(graph, kinds(graph)[use.kinds[0]], done)
            possible[use.kinds] = [(act, _remembering(edit)) for act, edit in here]
        for act, edit in possible[use.kinds]:
            if not (use.scope.startswith("number") and act.verb in _WIDE):
                found.append((_rank(use.scope, act), _cause(use, act, edit)))
    return [cause for _, cause in sorted(found, key=lambda pair: pair[0])]


#: What is not tried at one place in the middle alone.
_WIDE = ("factor", "slope", "weigh", "mask")


def factors(item: Evidence, wrong: Collection[str]) -> list[Cause]:
    """Return the factors on one kind of wire that may explain an evidence, as they measure."""
    graph = item.problem.graph
    found = [use for use in uses(item.problem, wrong, True) if use.degree <= _LONGEST]
    made = []
    for place, factor in measured(item, [(use.wires, use.degree) for use in found]):
        use = found[place]
        known = sizes(graph, use.wires[0], ends(use.wires[0])[1])
        for name in names_of(factor, known):
            act = Act("factor", name)
            made.append((_rank(use.scope, act), _cause(use, act, scaled(name))))
    return [cause for _, cause in sorted(made, key=lambda pair: pair[0])]


def _cause(use: Uses, act: Act, edit: EditWire) -> Cause:
    return Cause(GeneralForm(_UNTOLD, "", (), use.kinds, use.scope, act, edit))


#: Words are made for what was found alone.
_UNTOLD = Misconception("", "", "", "", "", "", "")


def told(causes: Sequence[Cause], graph: Graph) -> tuple[Cause, ...]:
    """Return the same causes with their words, as they are on a graph."""
    made = []
    for cause in causes:
        form = cause.form
        assert isinstance(form, GeneralForm)
        entry = unnamed(graph, form.kinds, form.scope, form.act)
        made.append(replace(cause, form=replace(form, misconception=entry)))
    return tuple(made)


def _remembering(edit: EditWire) -> EditWire:
    """Return the same function, which makes the edit of a wire once for all scopes."""
    made: WeakKeyDictionary[Graph, dict[str, Edits | None]] = WeakKeyDictionary()

    def remembered(graph: Graph, wire: str, place: int) -> Edits | None:
        here = made.setdefault(graph, {})  # not by id: a graph that is gone gives its own away
        if wire not in here:
            here[wire] = edit(graph, wire, place)
        return here[wire]

    return remembered


def _rank(scope: str, act: Act) -> int:
    return 10 * (scope != "everywhere") + VERBS.index(act.verb)
