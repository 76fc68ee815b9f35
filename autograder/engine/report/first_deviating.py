"""Which of several wrong gradients is the first on the way back, by the graph itself.

The contract's order of names is none of computing: dx may stand before dgamma, which is made first.
A gradient is made of those that arrive at what reads its node.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from autograder.engine.diagnosis.general.kinds import ends
from autograder.engine.diagnosis.general.spelling import joined
from autograder.engine.findings import Findings
from autograder.engine.problem import Problem
from autograder.engine.report.deviating_step import over_steps
from autograder.engine.report.statement import Statement
from autograder.networks import Graph

#: Of more names not each is told.
_FEW = 6


def first_backward(findings: Findings, problem: Problem) -> Iterator[Statement]:
    """Yield which wrong arrays are the first on the way back, and which before them are right."""
    names = list(problem.claims)
    # where there are more layers or steps, the same number is that of another one
    known = [o for o in findings.outcomes if o.gaps.keys() == problem.claims.keys()]
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
