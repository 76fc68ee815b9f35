"""The gradient that all returned arrays were made of, where it can be worked out from them.

dW, db and dA_prev are linear in dZ. If enough of them came back, one dZ alone fits them all; what
is wrong with it is told, and not what is wrong with each of the three.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, product

import numpy as np

from autograder.engine.diagnosis.general.kinds import ends, split
from autograder.engine.diagnosis.general.operation import jacobian
from autograder.engine.diagnosis.general.spelling import written
from autograder.engine.exercise import Exercise
from autograder.engine.findings import Outcome
from autograder.engine.locate.axes import names as listed
from autograder.engine.locate.candidates import candidates
from autograder.engine.locate.case import Case, Pair, number_array, symbols_of
from autograder.engine.locate.relation import Relation, relation
from autograder.engine.problem import Problem
from autograder.engine.report.statement import Statement
from autograder.networks import Array, Graph
from autograder.networks.facts import ExpressionFacts, TimeFacts
from autograder.oracle import gradient

#: The largest system that is solved, in unknowns.
LARGEST = 60
#: So near to what came back is what a gradient gives.
_FITS = 1e-8
#: By what the signals of the contract are multiplied: m, where they are of the sum of the losses.
_FACTOR = "the factor of the convention"


@dataclass(frozen=True)
class System:
    """What came back on one instance, and how it follows from the gradient at one node.

    Attributes
    ----------
    case : Case
        The gradient at the node: what it has to be, and what it was, where that is known.
    matrix, returned : array
        ``matrix @ gradient.ravel()`` has to be `returned`.
    solved : bool
        Whether one gradient alone fits.
    """

    case: Case
    matrix: Array
    returned: Array
    solved: bool

    def fits(self, gradient: Array) -> bool:
        """Whether this gradient gives all that came back."""
        if gradient.size != self.matrix.shape[1]:
            return False
        gap = np.abs(self.matrix @ gradient.ravel() - self.returned).max(initial=0.0)
        return bool(gap <= _FITS * float(np.abs(self.returned).max(initial=0.0)))


def signal(exercise: Exercise, outcomes: Sequence[Outcome]) -> Iterator[Statement]:
    """Yield what the one gradient is that fits all returned arrays, on every instance."""
    wrong = [o for o in outcomes if any(g is not None and g.wrong for g in o.gaps.values())]
    first = wrong[0].trial.problem if wrong else None
    if first is None or isinstance(first.graph.facts, ExpressionFacts):
        return  # of an expression every example has other nodes under these names
    groups = _groups(first, _off(wrong)).items()
    # what is handed to a step is of the cost already
    of = (False,) if isinstance(first.graph.facts, TimeFacts) else (False, True)
    for n, ((node, names), of_sum) in enumerate(product(groups, of)):
        systems = [_system(exercise, outcome, node, names, of_sum) for outcome in wrong]
        known = [system for system in systems if system is not None]
        found = [Pair(s.case, n) for s in known if s.solved for n in s.case.found]
        if len(known) < len(wrong) or not found:
            continue
        for related in _relations(found, thorough=n < len(of)):
            made = [_made(related, system) for system in known]
            if all(m is not None and s.fits(m) for m, s in zip(made, known, strict=True)):
                yield _said(names, found[0].name, related, found)
                return


def _said(names: Sequence[str], name: str, related: Relation, found: Sequence[Pair]) -> Statement:
    what = related.noun.replace("{right}", f"the right {name}")
    return Statement(
        f"The {name} in your {listed(names)} is {what}.",
        lambda: related.holds(found),
    )


def _relations(found: Sequence[Pair], thorough: bool) -> Iterator[Relation]:
    """The first few that hold where the gradient is known."""
    made = (relation(candidate, found) for candidate in candidates(found, thorough))
    yield from islice((r for r in made if r is not None and r.factor in ("1", "-1", "2")), 3)


def _made(related: Relation, system: System) -> Array | None:
    """What the gradient is by a relation, in the units of the cost."""
    pair = Pair(system.case, next(iter(system.case.right)))
    made = related.candidate.of(pair)
    if made is None:
        return None
    factor = float(related.factor)
    if related.candidate.difference:
        return np.asarray((pair.right + factor * made) / system.case.sizes[_FACTOR])
    return np.asarray(factor * made / system.case.sizes[_FACTOR])


def _off(wrong: Sequence[Outcome]) -> set[str]:
    return {n for o in wrong for n, gap in o.gaps.items() if gap is not None and gap.wrong}


def _groups(problem: Problem, off: set[str]) -> dict[str, list[str]]:
    """The wrong arrays by the node that alone reads their leaf."""
    groups: dict[str, list[str]] = {}
    for name, claim in problem.claims.items():
        node = _read_by(problem.graph, claim.node) if name in off else None
        if node is not None and problem.graph.value(node).size <= LARGEST:
            groups.setdefault(node, []).append(name)
    return {node: names for node, names in groups.items() if len(names) > 1}


def _system(
    exercise: Exercise, outcome: Outcome, node: str, names: Sequence[str], of_sum: bool
) -> System | None:
    """The equations of one instance; `of_sum`: signals are of the sum of the losses."""
    problem = outcome.trial.problem
    if problem is None or node not in problem.graph.seen:
        return None
    graph, rows, returned = problem.graph, [], []
    for name in names:
        if name not in problem.claims or f"{problem.claims[name].node}->{node}" not in graph.seen:
            return None
        array = number_array(outcome.returned.get(name))
        by = jacobian(graph, f"{problem.claims[name].node}->{node}")
        if array is None or by is None or array.size != len(by) or not np.isfinite(array).all():
            return None
        rows.append(problem.claims[name].factor * by)
        returned.append(array.ravel())
    matrix, right = np.vstack(rows), np.concatenate(returned)
    found, _, rank, _ = np.linalg.lstsq(matrix, right, rcond=1e-10)
    factor = max(abs(claim.factor) for claim in problem.claims.values())
    if of_sum:
        factor = float(graph.facts.m)
    case = _case(exercise, outcome, node, factor * found, factor)
    system = System(case, matrix, right, bool(rank == matrix.shape[1]))
    return system if system.fits(found) else None


def _case(exercise: Exercise, outcome: Outcome, node: str, found: Array, factor: float) -> Case:
    """The gradient at a node beside the right one, and what it may have been made of."""
    assert outcome.trial.problem is not None
    graph = outcome.trial.problem.graph
    after = [ends(w)[1] for w in graph.wires() if ends(w)[0] == node]
    near = {_letters(graph, n): graph.value(n) for n in (node, *after)}
    for n in after:
        near[f"d{_letters(graph, n)}"] = factor * gradient(graph, n)
    known = symbols_of(exercise, outcome)
    symbols: dict[str, Array] = {}  # those that are near the node first
    for letters, value in near.items():
        alike = (n for n, a in known.items() if a.shape == value.shape and np.allclose(a, value))
        symbols[next(alike, letters)] = value
    symbols |= known
    name, right = f"d{_letters(graph, node)}", factor * gradient(graph, node)
    return Case(
        outcome.trial.label,
        {name: found.reshape(right.shape)},
        {name: right},
        frozenset([name]),
        {**graph.facts.counts, **outcome.trial.sizes, _FACTOR: round(factor)},
        {n: a for n, a in symbols.items() if a.shape == right.shape},
    )


def _letters(graph: Graph, node: str) -> str:
    several = len({split(n)[1] for n in graph.nodes() if split(n)[0] == split(node)[0]}) > 1
    return node if several else written(graph, node, split(node)[1] or 0)


def _read_by(graph: Graph, leaf: str) -> str | None:
    """The node that alone reads a leaf as a whole."""
    readers = [wire for wire in graph.wires() if ends(wire)[0] == leaf]
    if len(readers) != 1 or graph.value(readers[0]).size != graph.value(leaf).size:
        return None
    return ends(readers[0])[1]
