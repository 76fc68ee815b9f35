"""The oracle's instruments side by side, as ratios to one forward pass.

    OPENBLAS_NUM_THREADS=1 python benchmarks/oracle.py

Workload b is the network 5-4-3-1 with m = 7, a is 200-100-50-10 with m = 32; each instrument
differentiates every W, b and Z. Rounds are interleaved and medians taken, so that the ratios hold
on a busy machine; the absolute times do not. A graph remembers its values and its derivatives, so
every call gets a new one, as each instance of a check does. autograd needs one backward pass and no
accuracy is lost by it: it is here to say what exactness costs where a whole program is
differentiated.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from statistics import median
from time import perf_counter

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import autograd
import numpy as np

from autograder.networks import Graph
from autograder.oracle import central_difference, certify, gradient
from tests.helpers.networks import cost, network

ROUNDS = {"b": 15, "a": 15}
#: Seconds; what takes longer is timed once.
SLOW = 0.5
SIZES = {"b": ((5, 4, 3, 1), 7), "a": ((200, 100, 50, 10), 32)}
Instruments = dict[str, Callable[[], object]]


def workload(name: str) -> tuple[Graph, list[str]]:
    """The graph, and the nodes to differentiate at."""
    sizes, m = SIZES[name]
    activations = ("relu",) * (len(sizes) - 2) + ("sigmoid",)
    graph = network(np.random.default_rng(0), sizes, m, activations)
    return graph, [node for node in graph.nodes() if node[0] in "WbZ"]


def instruments(name: str) -> tuple[Instruments, int]:
    """What is timed, by name, and the number of derivatives asked for."""
    graph, nodes = workload(name)
    right = gradient(graph, nodes)
    rng = np.random.default_rng(1)
    everything = [node for node in graph.nodes() if node not in ("L", "J")]
    shifts = {node: np.zeros(graph.value(node).shape) for node in everything}
    slopes = autograd.grad(cost)
    facts = graph.facts

    def fresh() -> Graph:
        return replace(graph)

    found: Instruments = {
        "one forward pass": lambda: fresh().run(),
        "certificate, k = 2": lambda: certify(fresh(), right, rng),
        "autograd": lambda: slopes(shifts, graph.inputs, facts.Y, facts.activations),
        "complex step, batched": lambda: gradient(fresh(), nodes),
    }
    if name == "b":  # on a it takes minutes, and as much memory as one node has entries squared
        found["central differences"] = lambda: [central_difference(fresh(), n) for n in nodes]
    return found, sum(graph.value(node).size for node in nodes)


def seconds(action: Callable[[], object]) -> float:
    """The time of one call."""
    start = perf_counter()
    action()
    return perf_counter() - start


def main() -> None:
    for name, rounds in ROUNDS.items():
        timed, count = instruments(name)
        taken: dict[str, list[float]] = {label: [] for label in timed}
        for _ in range(rounds):
            for label, action in timed.items():
                if not taken[label] or taken[label][0] < SLOW:
                    taken[label].append(seconds(action))
        times = {label: median(values) for label, values in taken.items()}
        sizes, m = SIZES[name]
        print(f"\nworkload {name}: {'-'.join(map(str, sizes))}, m = {m}, {count} derivatives")
        print(f"  {'':24}{'time':>12}{'of a forward pass':>20}")
        for label, time in times.items():
            ratio = time / times["one forward pass"]
            print(f"  {label:24}{1e3 * time:9.3f} ms{ratio:18.1f} x")


if __name__ == "__main__":
    main()
