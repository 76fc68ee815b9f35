"""The way back through the steps of a recurrent network, with what may be done otherwise in it.

One step is a matrix: what its inputs (the states before it, its weights, its x) hear when its
states hear something. A loop over such matrices is a backward pass, whatever the network; and a
loop with another order, another carry, another sum is what a wrong one returns.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np

from autograder.engine.diagnosis.general.kinds import ends, split
from autograder.engine.diagnosis.general.operation import UpTo
from autograder.networks import Array, Graph
from autograder.networks.tap import STEP
from autograder.oracle import gradient


@dataclass(frozen=True)
class Step:
    """One step: `matrix` times what its states hear is what its inputs hear, `own` is its loss's.

    `rows` says where an input stands in the matrix, `shapes` what shape it has.
    """

    matrix: Array
    rows: dict[str, slice]
    shapes: dict[str, tuple[int, ...]]
    own: Array


@dataclass(frozen=True)
class Steps:
    """All steps of a network, the first is number 1; `places` are those of the states' entries."""

    states: tuple[str, ...]
    places: dict[str, slice]
    steps: dict[int, Step]
    borders: frozenset[int]

    @property
    def length(self) -> int:
        """The number of steps."""
        return len(self.steps)


@dataclass(frozen=True)
class Way:
    """What is done otherwise on a way back; each empty word is what is right.

    `carry` says what becomes of what comes back to each state.
    """

    order: str = ""
    own: str = ""
    cache: str = ""
    reset: str = ""
    carry: tuple[tuple[str, str], ...] = ()

    @property
    def deviations(self) -> int:
        """How many things are done otherwise."""
        return sum(map(bool, (self.order, self.own, self.cache, self.reset))) + len(self.carry)


@dataclass
class Walked:
    """What a way back gave: the steps in the order of visits, and what each input of them heard.

    `signals` are what the states of each step heard, `carried` is what is carried in the end.
    """

    visits: list[int] = field(default_factory=list)
    heard: list[Array] = field(default_factory=list)
    signals: list[Array] = field(default_factory=list)
    carried: Array = field(default_factory=lambda: np.zeros(0))


#: The steps that are visited, in their order, of T steps.
ORDERS: dict[str, Callable[[int], list[int]]] = {
    "": lambda T: list(range(T, 0, -1)),
    "without the first": lambda T: list(range(T, 1, -1)),
    "without the last": lambda T: list(range(T - 1, 0, -1)),
    "forward": lambda T: list(range(1, T + 1)),
}
#: Whose loss, or whose values, step t of T steps is given.
OTHERS: dict[str, Callable[[int, int], int]] = {
    "": lambda t, T: t,
    "the step before": lambda t, T: t - 1 or T,
    "the step after": lambda t, T: t % T + 1,
    "the last step": lambda t, T: T,
    "the first step": lambda t, T: 1,
    "mirrored": lambda t, T: T + 1 - t,
}
#: The loss alone: 0 is no step's; "behind" it joins what the step hands back.
OWN: dict[str, Callable[[int, int], int]] = {
    **OTHERS,
    "only the last": lambda t, T: T if t == T else 0,
    "behind": lambda t, T: 0,
}
#: What is carried to a state: from what came back to it, what was carried before, what it heard.
CARRIES: dict[str, Callable[[Array, Array, Array], Array]] = {
    "none": lambda back, carried, signal: 0 * back,
    "adds up": lambda back, carried, signal: back + carried,
    "subtracted": lambda back, carried, signal: -back,
    "twice": lambda back, carried, signal: 2 * back,
    "half": lambda back, carried, signal: back / 2,
    "as heard": lambda back, carried, signal: signal,
    "with what was heard": lambda back, carried, signal: back + signal,
    "never renewed": lambda back, carried, signal: carried if carried.any() else back,
}
#: At which of the steps at the end of a chunk what is carried is dropped.
RESETS: dict[str, Callable[[frozenset[int]], set[int]]] = {
    "": lambda borders: set(borders),
    "never": lambda borders: set(),
    "early": lambda borders: {t + 1 for t in borders},
    "late": lambda borders: {t - 1 for t in borders},
}


def steps_of(graph: Graph) -> Steps | None:
    """Return the steps of a network; None where they do not make its gradients."""
    if "steps" not in graph.kept:
        whole = graph.kept.get("whole", graph)
        graph.kept["steps"] = _steps(whole, frozenset(_borders(graph)))
    kept: Steps | None = graph.kept["steps"]
    return kept


def _borders(graph: Graph) -> list[int]:
    return [split(ends(wire)[0])[1] or 0 for wire in graph.facts.borders]


def _steps(graph: Graph, borders: frozenset[int]) -> Steps | None:
    T, nodes = graph.facts.length, set(graph.nodes())
    letters = [split(name)[0] for name in graph.nodes() if split(name)[1] == T]
    states = [s for s in letters if all(f"{s}{t}" in nodes for t in range(T + 1))]
    if not states:
        return None
    sizes = [graph.value(f"{s}0").size for s in states]
    stops = np.cumsum(sizes)
    places = {s: slice(int(e - n), int(e)) for s, n, e in zip(states, sizes, stops, strict=True)}
    last, heard = states[-1], np.zeros(int(stops[-1]))
    whole = gradient(graph, [f"{last}{t}" for t in range(1, T + 1)])
    steps: dict[int, Step] = {}
    for t in range(T, 0, -1):  # the state that is made last is the one that a loss may read
        own = np.zeros(heard.size)
        own[places[last]] = whole[f"{last}{t}"].ravel() - heard[places[last]]
        steps[t] = _step(graph, states, t, own)
        back = steps[t].matrix @ (own + heard)
        heard = np.concatenate([back[steps[t].rows[s]] for s in states])
    return Steps(tuple(states), places, steps, borders)


def _step(graph: Graph, states: Sequence[str], t: int, own: Array) -> Step:
    """Nudge each input of a step, entry by entry, and read the states behind it."""
    inputs: dict[str, list[str]] = {}
    for wire in graph.wires():
        source, target, _ = ends(wire)
        state, number = split(source)
        if split(target)[1] == t and state in states and number == t - 1:
            inputs.setdefault(state, []).append(wire)
        elif split(target)[1] == t and source in graph.inputs:
            inputs.setdefault(source, []).append(wire)
    shapes = {name: graph.value(wires[0]).shape for name, wires in inputs.items()}
    sizes = {name: graph.value(wires[0]).size for name, wires in inputs.items()}
    total, start, rows, nudges = sum(sizes.values()), 0, {}, {}
    for name, wires in inputs.items():
        rows[name] = slice(start, start + sizes[name])
        block = np.zeros((total, sizes[name]))
        block[rows[name]] = np.eye(sizes[name])
        nudges.update(dict.fromkeys(wires, block.reshape(total, *shapes[name])))
        start += sizes[name]
    tap = UpTo(f"{states[-1]}{t}", nudges, {})
    tap.reached(graph)
    moved = [np.asarray(tap.seen[f"{s}{t}"]).imag.reshape(total, -1) / STEP for s in states]
    return Step(np.concatenate(moved, axis=1), rows, shapes, own)


def walk(steps: Steps, way: Way) -> Walked:
    """Go back through the steps."""
    T, walked = steps.length, Walked()
    rules, resets = dict(way.carry), RESETS[way.reset](steps.borders)
    carried = np.zeros(steps.steps[1].own.size)
    for t in ORDERS[way.order](T):
        step, loss = steps.steps[OTHERS[way.cache](t, T)], OWN[way.own](t, T)
        if t in resets:
            carried = 0 * carried
        behind = steps.steps[t].own if way.own == "behind" else 0.0
        signal = carried + steps.steps[loss].own if loss else carried
        heard = step.matrix @ signal
        walked.visits.append(t)
        walked.heard.append(heard)
        walked.signals.append(signal)
        after = np.empty(carried.size)
        for state, place in steps.places.items():
            rule, here = rules.get(state, ""), steps.places[state]
            if rule.startswith("of "):
                after[place] = heard[step.rows[rule[3:]]]
            elif rule.startswith("and "):
                after[place] = heard[step.rows[state]] + heard[step.rows[rule[4:]]]
            else:
                back = heard[step.rows[state]]
                change = CARRIES.get(rule)
                after[place] = back if change is None else change(back, carried[here], signal[here])
        carried = after + behind
    walked.carried = carried
    return walked
