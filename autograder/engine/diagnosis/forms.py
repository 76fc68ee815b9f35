"""Forms: the ways in which a misconception shows in numbers, one class a kind.

A misconception without a form is named by a check itself, which knows the values that it gives.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from autograder.engine.diagnosis.edits import merge
from autograder.engine.diagnosis.misconception import Misconception
from autograder.engine.problem import Claim, Problem
from autograder.networks import Array, Edits, Graph
from autograder.networks.facts import layer_facts

LayerEdit: TypeAlias = Callable[[Graph, int], Edits | None]
WholeEdit: TypeAlias = Callable[[Problem], Edits | None]
Claims: TypeAlias = Callable[[Problem], Mapping[str, Claim] | None]
Restore: TypeAlias = Callable[[str, Array, tuple[int, ...]], Array | None]
Predict: TypeAlias = Callable[[Problem, str, Edits], Array | None]


@dataclass(frozen=True)
class Form:
    """One way in which a misconception shows.

    Attributes
    ----------
    misconception : Misconception
    detail : str
        Which of several ways it is, ``"in dW only"``; may be empty.
    on : tuple of str
        The families of graphs in which it can occur.
    mirrors : Form or None
        The form of another family of which this is the image.
    """

    misconception: Misconception
    detail: str
    on: tuple[str, ...]
    mirrors: Form | None = field(default=None, kw_only=True)

    #: Whether the edits look at gradients, so that they are made after those of other causes.
    last = False

    def places(self, graph: Graph, scope: str) -> tuple[int, ...]:
        """Return the layers, or time steps, of a scope where the mistake sits on this graph."""
        return tuple(graph.facts.scopes.get(scope, ()))

    def edits(self, problem: Problem, scope: str) -> Edits | None:
        """Return the graph edits on this problem; None where the form does not apply."""
        return {}


@dataclass(frozen=True)
class LayerForm(Form):
    """A graph edit a layer, or a time step; `activation` restricts it to such layers."""

    layer: LayerEdit
    activation: str | None = None

    def places(self, graph: Graph, scope: str) -> tuple[int, ...]:
        """Return the layers of the scope that have the activation."""
        where = super().places(graph, scope)
        if self.activation is None:
            return where
        return tuple(n for n in where if layer_facts(graph).activations[n - 1] == self.activation)

    def edits(self, problem: Problem, scope: str) -> Edits | None:
        """Return the edits of all places; None if one of them has none."""
        parts = [self.layer(problem.graph, n) for n in self.places(problem.graph, scope)]
        made = [part for part in parts if part is not None]
        return merge(*made) if len(made) == len(parts) else None


@dataclass(frozen=True)
class WholeForm(Form):
    """An edit of the whole graph; one that is `last` reads what is in ``problem.given``."""

    whole: WholeEdit
    last: bool = False

    def edits(self, problem: Problem, scope: str) -> Edits | None:
        """Return the edits of the whole graph."""
        return self.whole(problem)


@dataclass(frozen=True)
class ReadingForm(Form):
    """The arrays are right, but of another claim: the other convention, a shifted key."""

    claims: Claims


@dataclass(frozen=True)
class UndoForm(Form):
    """The array is right, but in another form: transposed, without its second axis."""

    restore: Restore


@dataclass(frozen=True)
class ForeignForm(Form):
    """What an array of a foreign shape holds, computed from the gradients of the graph."""

    predict: Predict


@dataclass(frozen=True)
class BehaviourForm(Form):
    """Not a number but an act: ``"changed"`` an argument, or a second call ``"differs"``.

    `functions` restricts it to functions of these names, `argument` to the argument at a place.
    """

    act: str
    functions: tuple[str, ...] = ()
    argument: int | None = None
