"""Edits of the unrolled recurrent network that several misconceptions share."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from autograder.engine.diagnosis.edits import Rule, carry, rescale
from autograder.engine.diagnosis.forms import LayerEdit, WholeEdit
from autograder.engine.problem import Problem
from autograder.networks import Array, Edits, Graph
from autograder.networks.facts import time_facts
from autograder.oracle import gradient

Seen = Mapping[str, Array]
#: The wires into z<t>, by the name of what feeds it; "a" is the state of the step before.
WEIGHTS = ("Wax", "Waa", "ba")
ALL = ("x", "a", *WEIGHTS)


def slope(a: Array) -> Array:
    """tanh′ at z, from a = tanh(z)."""
    return np.asarray(1 - a.real**2)


def arriving(graph: Graph, t: int, which: Collection[str], seen: Seen) -> Array:
    """The derivative that some of its wires bring into z<t>; `graph` gives the values."""
    z, before = f"z{t}", f"a{t - 1}"
    value = graph.value
    ways: dict[str, Callable[[], Array]] = {
        "x": lambda: value("Wax") @ seen[f"x->{z}"].imag,
        "a": lambda: value("Waa") @ seen[f"{before}->{z}"].imag,
        "Wax": lambda: seen[f"Wax->{z}"].imag @ value(f"x->{z}"),
        "Waa": lambda: seen[f"Waa->{z}"].imag @ value(f"{before}->{z}"),
        "ba": lambda: seen[f"ba->{z}"].imag,
    }
    return np.asarray(sum(ways[name]() for name in which))


def at_tanh(rule: Rule, which: Collection[str] = ALL) -> LayerEdit:
    """``rule(z, a)`` for tanh′, for what arrives on these wires."""

    def edits(graph: Graph, t: int) -> Edits | None:
        if f"z{t}->a{t}" not in graph.seen:
            return None

        def edit(value: Array, seen: Seen) -> Array:
            z, a = seen[f"z{t}"].real, value.real
            if set(which) == set(ALL):
                return carry(value, rule(z, a) * seen[f"z{t}->a{t}"].imag)
            return value + 1j * (rule(z, a) - slope(a)) * arriving(graph, t, which, seen)

        return {f"a{t}": edit}

    return edits


def out_wire(graph: Graph, t: int) -> str:
    """The wire on which a<t> goes to its own loss."""
    names = (f"a{t}->J", f"a{t}->zy{t}", f"a->zy{t}")
    return next(name for name in names if name in graph.seen)


def direct(graph: Graph, steps: Sequence[int]) -> dict[int, Array]:
    """dJ/da<t> along that wire alone: what is called ``da[:, :, t]``."""
    found = gradient(graph, [out_wire(graph, t) for t in steps])
    return {t: found[out_wire(graph, t)] for t in steps}


def steps(graph: Graph) -> range:
    """1, ..., T."""
    return range(1, time_facts(graph).T + 1)


def recurrent(graph: Graph) -> bool:
    """Has the graph cells, or only given hidden states?"""
    return "z1" in graph.seen


def sequence(problem: Problem) -> bool:
    """Is x a sequence, (n_x, m, T), with cells over it?"""
    return recurrent(problem.graph) and problem.graph.value("x").ndim == 3


def reweighted(weights: Callable[[dict[int, Array], int], Array]) -> WholeEdit:
    """Give the cell of step t another `da`: ``weights(da, t)``, da being a dict by step."""

    def edits(problem: Problem) -> Edits | None:
        graph = problem.graph
        if not sequence(problem):
            return None
        da = direct(graph, steps(graph))
        with np.errstate(all="ignore"):
            ratios = {t: weights(da, t) / da[t] for t in steps(graph)}
        return {out_wire(graph, t): rescale(ratio) for t, ratio in ratios.items()}

    return edits


Rewire = Callable[[Graph, Seen], Mapping[int, Array]]


@dataclass(frozen=True, eq=False)
class Rewired:
    """Replaces the derivative of every a<t>, as its loss sees it, by ``rule(graph, seen)[t]``.

    Attributes
    ----------
    da : dict of int to array
        dJ/da<t> along its loss alone, for each t.
    wires : dict of str to str
        Where the mistake sits, for the picture: a few words for each wire.
    """

    graph: Graph
    da: Mapping[int, Array]
    rule: Rewire
    wires: Mapping[str, str]

    def __call__(self, value: Array, seen: Seen) -> Array:
        moved = self.rule(self.graph, seen)
        change = [da * (moved[t] - seen[out_wire(self.graph, t)].imag) for t, da in self.da.items()]
        return carry(value, value.imag + sum(c.sum(axis=(-2, -1)) for c in change))


def rewired(rule: Rewire, words: str, wires: Callable[[Graph], Sequence[str]]) -> WholeEdit:
    """The edit of the cost that `Rewired` is; `words` stand at the `wires` of the picture."""

    def edits(problem: Problem) -> Edits | None:
        graph = problem.graph
        if not recurrent(graph):
            return None
        da = direct(graph, steps(graph))
        return {"J": Rewired(graph, da, rule, dict.fromkeys(wires(graph), words))}

    return edits


def carries(graph: Graph) -> list[str]:
    """The wires from a<t> to z<t+1>: the way that da_prevt takes back."""
    return [f"a{t}->z{t + 1}" for t in steps(graph)[:-1]]


def flow(graph: Graph, seen: Seen, which: Collection[str]) -> dict[int, Array]:
    """The derivatives of a<1>, ..., a<T> that start on these wires and run through the cells.

    The state a<0> is part of it where `which` holds "a0".
    """
    found, names = {}, [n for n in which if n != "a0"]
    state: Array | float = seen["a0"].imag if "a0" in which else 0.0
    for t in steps(graph):
        inside = arriving(graph, t, names, seen) if names else 0.0
        through = graph.value("Waa") @ state if np.ndim(state) else 0.0
        state = slope(graph.value(f"a{t}")) * (inside + through)
        found[t] = np.asarray(state)
    return found
