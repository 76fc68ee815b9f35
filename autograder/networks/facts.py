"""What an edit may need to know of a graph beside its values, a small class a family."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from autograder.networks.tap import Array, Graph


@dataclass(frozen=True, kw_only=True)
class Facts:
    """What is known of every graph.

    Attributes
    ----------
    family : str
        Which mistakes can occur in it: ``"columns"``, ``"rnn"``.
    scopes : mapping of str to tuple of int
        Sets of places (layers, time steps, nodes) where a mistake can sit, by name, the widest
        first: ``{"every layer": (1, 2, 3), "the hidden layers": (1, 2), ...}``.
    m : int
        Number of examples.
    borders : tuple of str
        Wires on which the value passes and no derivative does.
    written : mapping of str to str
        How pictures and sentences write a node, where not by its name: ``{"A0": "A_prev"}``;
        with ``_`` at the end nothing is set as an index.
    whole : str
        What sentences call all of it.
    """

    family: str
    scopes: Mapping[str, tuple[int, ...]]
    m: int = 1
    borders: tuple[str, ...] = ()
    written: Mapping[str, str] = field(default_factory=dict)
    whole: str = "network"

    @property
    def length(self) -> int:
        """The number of layers or steps that follow each other; 1 where there are none."""
        return 1

    @property
    def counts(self) -> Mapping[str, int]:
        """Numbers that a student may divide by, by the letter that they have in the course."""
        return {"m": self.m}

    @property
    def stacked(self) -> int:
        """The axis along which the values of several nodes stand in one array."""
        return -1

    def axes(self, count: int) -> Sequence[str]:
        """How the axes of an array with so many are called."""
        return ("row", "column", "layer") if count > 1 else ("entry",)


@dataclass(frozen=True, kw_only=True)
class LayerFacts(Facts):
    """A chain of layers, or one of them.

    Attributes
    ----------
    L : int
        Number of layers.
    activations : sequence of str
        One name a layer.
    Y, y : array or None
        Labels: columns of 0 and 1, or one integer an example.
    upstream : array or None
        The gradient that arrives, where a layer stands alone.
    learning_rate : float or None
        Of the update that a mistake may mix with the gradient.
    """

    L: int
    activations: Sequence[str]
    Y: Array | None = None
    y: Array | None = None
    upstream: Array | None = None
    learning_rate: float | None = None

    @property
    def length(self) -> int:
        """The number of layers."""
        return self.L

    @property
    def labels(self) -> Array:
        """Y, where the network ends in a loss."""
        assert self.Y is not None
        return self.Y

    @property
    def arriving(self) -> Array:
        """The upstream gradient, where a layer stands alone."""
        assert self.upstream is not None
        return self.upstream


@dataclass(frozen=True, kw_only=True)
class RowFacts(LayerFacts):
    """Layers whose rows are examples: there are N of them."""

    @property
    def counts(self) -> Mapping[str, int]:
        """The number of examples."""
        return {"N": self.m}


@dataclass(frozen=True, kw_only=True)
class TimeFacts(Facts):
    """A recurrent network over T steps, in chunks of k where k is not 0."""

    T: int
    k: int = 0

    @property
    def length(self) -> int:
        """The number of steps."""
        return self.T

    @property
    def counts(self) -> Mapping[str, int]:
        """The number of examples, that of steps, and the length of a chunk where there are any."""
        return {"m": self.m, "T": self.T} | ({"k": self.k} if self.k else {})


@dataclass(frozen=True, kw_only=True)
class ExpressionFacts(Facts):
    """An expression: node n is ``operations[n]`` of the nodes ``operands[n]``.

    Attributes
    ----------
    nodes : int
        Number of nodes, leaves included.
    order : list of int or None
        In which a student's own ``topo_order`` visits them.
    earlier : bool
        Whether a pass over the nodes came before the one that is looked at.
    """

    whole: str = "graph"
    operations: Mapping[int, str]
    operands: Mapping[int, tuple[int, ...]]
    nodes: int
    order: list[int] | None = field(default=None, compare=False)
    earlier: bool = False


#: Of a graph of which nothing has to be known.
PLAIN = Facts(family="", scopes={})


def layer_facts(graph: Graph) -> LayerFacts:
    """Return the facts of a chain of layers.

    Raises
    ------
    TypeError
        If the graph is of another kind.
    """
    if not isinstance(graph.facts, LayerFacts):
        raise TypeError(f"a graph of the family {graph.facts.family!r} has no layers")
    return graph.facts


def time_facts(graph: Graph) -> TimeFacts:
    """Return the facts of a recurrent network.

    Raises
    ------
    TypeError
        If the graph is of another kind.
    """
    if not isinstance(graph.facts, TimeFacts):
        raise TypeError(f"a graph of the family {graph.facts.family!r} has no time steps")
    return graph.facts


def expression_facts(graph: Graph) -> ExpressionFacts:
    """Return the facts of an expression.

    Raises
    ------
    TypeError
        If the graph is of another kind.
    """
    if not isinstance(graph.facts, ExpressionFacts):
        raise TypeError(f"a graph of the family {graph.facts.family!r} is no expression")
    return graph.facts
