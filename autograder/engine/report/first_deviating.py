"""Which of several wrong arrays is made first, by the graph itself: forward, or on the way back.

The contract's order of names is none of computing: dx may stand before dgamma, which is made first.
A gradient is made of those that arrive at what reads its node.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from autograder.engine.diagnosis.general.kinds import ends
from autograder.engine.diagnosis.general.spelling import joined
from autograder.engine.findings import Findings, Outcome
from autograder.engine.problem import Problem
from autograder.engine.report.deviating_step import over_steps
from autograder.engine.report.statement import Statement
from autograder.networks import Graph

#: Of more names not each is told; of values fewer.
_FEW, _FEW_VALUES = 6, 3


def first_forward(findings: Findings, outcome: Outcome, name: str) -> Iterator[Statement]:
    """Yield which wrong value is the first to be computed, and which before it are right."""
    names = _computed(outcome)
    wrong = [n for n in names if outcome.gaps[n] is not None]
    name = wrong[0] if wrong and outcome.trial.graph is not None else name
    before, others = names[: names.index(name)], [n for n in names if n != name]
    right = ", ".join(before) if len(before) <= _FEW_VALUES else "what comes before it"
    # gradients that are handed over already, as those that are converted, come in no order; nor
    # does what is stacked over the steps of a loop
    stacked = any(len(nodes) > 1 for nodes in outcome.trial.nodes.values())
    ordered = not stacked and not all(n[:1] == "d" for n in names)
    are = "are" if 1 < len(before) <= _FEW_VALUES else "is"
    way = "In the order of computing"
    yield Statement(
        f"{way}, {name} is the first that deviates; {right} {are} right.",
        lambda: ordered and bool(before) and _right(findings, before),
    )
    yield Statement(
        f"{way}, {name} is the first that deviates.",
        lambda: ordered and not before and bool(others) and not _right(findings, others),
    )


def _computed(outcome: Outcome) -> list[str]:
    """The names in the order in which the graph makes them; without one, as they are returned."""
    graph, nodes = outcome.trial.graph, outcome.trial.nodes
    if graph is None:
        return list(outcome.gaps)
    made, places = graph.nodes(), dict[str, int]()
    for name in outcome.gaps:  # what is no node of the graph is made of what stands before it
        known = name in nodes
        places[name] = made.index(nodes[name][0]) if known else max(places.values(), default=0)
    return sorted(outcome.gaps, key=lambda name: places[name])


def _right(findings: Findings, names: Sequence[str]) -> bool:
    """Whether these arrays are right on every example."""
    return all(o.gaps.get(n) is None for o in findings.outcomes if o.gaps for n in names)


def first_backward(findings: Findings, problem: Problem) -> Iterator[Statement]:
    """Yield which wrong arrays are the first on the way back, and which before them are right."""
    names = list(problem.claims)
    # where there are more layers or steps, or another expression, the same number is another one's
    known = [o for o in findings.outcomes if _is_same(o, problem)]
    wrong = [n for n in names if any(o.gaps[n] is not None for o in known)]
    before = {n: [c for c in names if c != n and _precedes(problem, c, n)] for n in names}
    first = [n for n in wrong if not set(before[n]) & set(wrong)]
    right = [c for c in names if c not in wrong and all(c in before[n] for n in first)]
    if not first:
        return
    verb, deviates = ("are", "deviate") if len(first) > 1 else ("is", "deviates")
    of = f"{joined(first)} {verb} the first that {deviates}"
    # what is a sum over the steps of a loop is made at no one time
    plain = not any(_of_steps(problem, n) for n in wrong)
    if right:
        told = joined(right) if len(right) <= _FEW else "what comes before"
        text = f"Going backward, {of}; {told} {'are' if 1 < len(right) <= _FEW else 'is'} right."
        yield Statement(text, lambda: plain and len(first) <= _FEW)
    else:
        text = f"Going backward, {of}."
        yield Statement(text, lambda: plain and len(first) < min(len(wrong), _FEW))


def _is_same(outcome: Outcome, problem: Problem) -> bool:
    other = outcome.trial.problem
    same = outcome.gaps.keys() == problem.claims.keys()
    return same and other is not None and other.graph.wires() == problem.graph.wires()


def _of_steps(problem: Problem, name: str) -> bool:
    """Whether an array is read at several steps of a loop."""
    graph, node = problem.graph, problem.claims[name].node
    several = node in graph.inputs and len(_readers(graph, node)) > 1
    return over_steps(problem, name) or (several and getattr(graph.facts, "T", 1) > 1)


def _precedes(problem: Problem, one: str, other: str) -> bool:
    """Whether the gradient of the one is done before that of the other, whoever computes them."""
    a, b = (_readers(problem.graph, problem.claims[name].node) for name in (one, other))
    later = _leads(problem.graph, b, a)
    return bool(a and b) and later and not _leads(problem.graph, a, b)


def _leads(graph: Graph, starts: Sequence[str], ends_: Sequence[str]) -> bool:
    """Whether each of the ends is one of the starts, or follows from one."""
    return all(any(s == e or s in _before(graph)[e] for s in starts) for e in ends_)


def _readers(graph: Graph, node: str) -> list[str]:
    return [ends(wire)[1] for wire in graph.wires() if ends(wire)[0] == node]


def _before(graph: Graph) -> dict[str, frozenset[str]]:
    """By node those that lead to it."""
    if "before" not in graph.kept:
        found: dict[str, frozenset[str]] = {}
        wires = graph.wires()
        for name in graph.seen:  # in forward order
            if "->" not in name:
                sources = [ends(w)[0] for w in wires if ends(w)[1] == name]
                found[name] = frozenset(sources).union(*(found.get(s, ()) for s in sources))
        graph.kept["before"] = found
    kept: dict[str, frozenset[str]] = graph.kept["before"]
    return kept
