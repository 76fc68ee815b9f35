"""What every cause in the catalogue does to given graphs: made once, for all readings of arrays."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from autograder.engine.diagnosis.batch import ROWS, slopes
from autograder.engine.diagnosis.catalogue import CATALOGUE
from autograder.engine.diagnosis.forms import LayerForm, WholeForm
from autograder.engine.diagnosis.hypothesis import Cause
from autograder.engine.problem import Problem
from autograder.networks import Array, Edits, Graph


class Known:
    """Causes that could sit in these problems' graphs, their edits, and what they change.

    Every claimed node has one random direction, along which its gradients are compared. Where no
    causes are given they are those of the catalogue: what these do to a graph stays with it, for
    the next answer that is judged on it.
    """

    def __init__(self, problems: Sequence[Problem], causes: Sequence[Cause] | None = None):
        graphs = {id(problem.graph): problem.graph for problem in problems}
        self.causes = list(_causes(list(graphs.values())) if causes is None else causes)
        self.own: dict[int, dict[object, Any]] | None = None if causes is None else {}
        self.nodes: dict[int, dict[str, None]] = {place: {} for place in graphs}
        for problem in problems:
            nodes = (claim.node for claim in problem.claims.values())
            self.nodes[id(problem.graph)].update(dict.fromkeys(nodes))
        self.drawn: dict[int, dict[str, Array]] = {}

    def directions(self, graph: Graph) -> dict[str, Array]:
        """One direction for each node that is claimed, of the node's shape."""
        if id(graph) not in self.drawn:
            rng = np.random.default_rng(20_240_601)
            shapes = {node: graph.value(node).shape for node in self.nodes[id(graph)]}
            self.drawn[id(graph)] = {
                node: rng.uniform(0.5, 1.0, shape) * rng.choice([-1.0, 1.0], shape)
                for node, shape in shapes.items()
            }
        return self.drawn[id(graph)]

    def on(self, problem: Problem) -> tuple[list[Cause], list[Edits]]:
        """The causes that change something on this problem, and their edits."""
        found = [(cause, self._edits(cause, problem)) for cause in self.causes]
        shown = [(cause, edits) for cause, edits in found if edits]
        return [cause for cause, _ in shown], [edits for _, edits in shown]

    def table(self, problem: Problem, parts: Sequence[Edits]) -> Array:
        """What these edits, each alone, give along each array's direction; (parts, arrays)."""
        directions = self.directions(problem.graph)
        nudges = {}
        for place, (node, direction) in enumerate(directions.items()):
            nudges[node] = np.zeros((len(directions), *direction.shape))
            nudges[node][place] = direction
        nodes = tuple(directions)
        rows = self._kept(problem.graph, "rows", nodes)
        self._enter(rows, problem, nudges, parts)
        chosen = [nodes.index(claim.node) for claim in problem.claims.values()]
        factors = [claim.factor for claim in problem.claims.values()]
        found = np.array([rows[id(edits)] for edits in parts]).reshape(-1, len(nodes))
        return np.asarray(found[:, chosen] * factors)

    def sums(self, problem: Problem, parts: Sequence[Edits]) -> Iterator[float]:
        """The sum of what each of these edits gives along all directions, as it is asked for."""
        nudges = summed(problem, self.directions(problem.graph))
        claimed = tuple((claim.node, claim.factor) for claim in problem.claims.values())
        rows = self._kept(problem.graph, "sums", tuple(nudges), claimed)
        for start in range(0, len(parts), ROWS):
            some = parts[start : start + ROWS]
            self._enter(rows, problem, nudges, some)
            yield from (float(rows[id(edits)][0]) for edits in some)

    def _enter(
        self,
        rows: dict[int, Array],
        problem: Problem,
        nudges: Mapping[str, Array],
        parts: Sequence[Edits],
    ) -> None:
        new = [edits for edits in parts if id(edits) not in rows]
        alone = [(n,) for n in range(len(new))]
        for edits, row in zip(new, slopes(problem.graph, nudges, new, alone), strict=True):
            rows[id(edits)] = row

    def _edits(self, cause: Cause, problem: Problem) -> Edits | None:
        # edits that look at gradients know the convention, and nothing else of the claims
        key = id(cause.form), cause.scope, problem.signal if cause.form.last else None
        made = self._kept(problem.graph, "edits")
        if key not in made:  # beside the form, so that its id is not used again
            made[key] = cause.edits(problem), cause.form
        edits: Edits | None = made[key][0]
        return edits

    def _kept(self, graph: Graph, *what: object) -> dict[Any, Any]:
        """What was found of a graph, by its edits' ids: these are held as long as the graph is."""
        holder = graph.kept if self.own is None else self.own.setdefault(id(graph), {})
        kept: dict[Any, Any] = holder.setdefault(what, {})
        return kept


def summed(problem: Problem, directions: Mapping[str, Array]) -> dict[str, Array]:
    """One direction in all nodes at once: along it the claimed arrays' sum is compared."""
    factors = dict.fromkeys(directions, 0.0)
    for claim in problem.claims.values():
        factors[claim.node] += claim.factor
    return {node: (factors[node] * d)[np.newaxis] for node, d in directions.items()}


def _causes(graphs: Sequence[Graph]) -> Iterator[Cause]:
    """All causes that could sit in these graphs, each set of places once."""
    family = graphs[0].facts.family
    scopes: dict[str | None, list[str]] = {}
    for form in CATALOGUE.forms(LayerForm, family):
        if form.activation not in scopes:
            scopes[form.activation] = list(_scopes(Cause(form), graphs))
        yield from (Cause(form, scope) for scope in scopes[form.activation])
    yield from (Cause(form) for form in CATALOGUE.forms(WholeForm, family))


def _scopes(cause: Cause, graphs: Sequence[Graph]) -> Iterator[str]:
    """The scopes in which such a cause sits at other places than in those before."""
    taken: set[tuple[tuple[int, ...], ...]] = {((),) * len(graphs)}
    for scope in graphs[0].facts.scopes:
        key = tuple(replace(cause, scope=scope).places(graph) for graph in graphs)
        if key not in taken:
            taken.add(key)
            yield scope
