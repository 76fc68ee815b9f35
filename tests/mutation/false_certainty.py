"""Wrong answers that no misconception made: naming one of them would be a false certainty.

    python tests/mutation/false_certainty.py --cases 10000

Each case takes the right arrays of a random problem and spoils them in a way that the catalogue
does not hold; the explanation has to stay silent.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace

import numpy as np

from autograder.engine.diagnosis import Evidence, explain
from autograder.engine.problem import Claim, Problem
from autograder.networks import Array, layer_graph
from autograder.units.u04_network.instances import layer_inputs, mlp_instance
from autograder.units.u04_network.layer_backward import layer_claims
from autograder.units.u04_network.model_backward import model_claims
from autograder.units.u07_rnn.instances import rnn_instance

Arrays = dict[str, Array]


def layer_problem(rng: np.random.Generator) -> Problem:
    """One layer, of one of the activations, square or not."""
    n_prev, n, m = ((5, 3, 7), (4, 4, 6), (3, 2, 4))[rng.integers(3)]
    A, W, b, up = layer_inputs(rng, n_prev, n, m)
    activation = str(rng.choice(["linear", "relu", "sigmoid"]))
    return Problem(layer_graph(A, W, b, up, activation), layer_claims(m))


def network_problem(rng: np.random.Generator) -> Problem:
    """A network of two or three layers, in one of the conventions."""
    sizes, m = (((3, 4, 1), 6), ((3, 3, 2, 1), 5))[rng.integers(2)]
    factor = float(rng.choice([1, m]))
    return Problem(mlp_instance(rng, sizes, m).graph, model_claims(len(sizes) - 1, factor))


def recurrent_problem(rng: np.random.Generator) -> Problem:
    """A recurrent network of three or four steps, with a loss at each."""
    sizes = ((2, 4, 3, 5, 3), (3, 3, 2, 4, 4))[rng.integers(2)]
    drawn = rnn_instance(rng, sizes)
    return Problem(drawn.graph, {f"d{name}": Claim(name) for name in drawn.graph.inputs})


def noise(rng: np.random.Generator, right: Arrays, problem: Problem) -> Arrays:
    """Relative noise between 1e-5 and 1e-2 on every entry."""
    size = 10.0 ** rng.uniform(-5, -2)
    return {name: g * (1 + size * rng.normal(size=g.shape)) for name, g in right.items()}


def one_entry(rng: np.random.Generator, right: Arrays, problem: Problem) -> Arrays:
    """One wrong entry in one array."""
    spoiled = {name: g.copy() for name, g in right.items()}
    g = spoiled[str(rng.choice(list(right)))]
    index = tuple(int(rng.integers(n)) for n in g.shape)
    g[index] += rng.choice([-1, 1]) * rng.uniform(0.1, 2) * (np.abs(g).max() or 1.0)
    return spoiled


def random_arrays(rng: np.random.Generator, right: Arrays, problem: Problem) -> Arrays:
    """Some or all arrays replaced by random numbers of their size."""
    share = rng.uniform(0.2, 1.0)
    spoiled = {
        name: rng.normal(size=g.shape) * (np.abs(g).max() or 1.0) if rng.random() < share else g
        for name, g in right.items()
    }
    last = list(right)[-1]
    return spoiled | {last: rng.normal(size=right[last].shape)}


def single_precision(rng: np.random.Generator, right: Arrays, problem: Problem) -> Arrays:
    """Right answers computed in float32 somewhere on the way."""
    return {name: g.astype(np.float32).astype(float) for name, g in right.items()}


def random_factor(rng: np.random.Generator, right: Arrays, problem: Problem) -> Arrays:
    """One array off by a factor that means nothing."""
    name = str(rng.choice(list(right)))
    return {**right, name: right[name] * rng.uniform(0.05, 0.95)}


def other_forward(rng: np.random.Generator, right: Arrays, problem: Problem) -> Arrays:
    """A right backward pass of a wrong forward pass: other weights, another bias."""
    inputs = dict(problem.graph.inputs)
    name = str(rng.choice([n for n in inputs if n[0] in "Wb"]))
    inputs[name] = inputs[name] + 0.3 * rng.normal(size=inputs[name].shape)
    return Problem(replace(problem.graph, inputs=inputs), problem.claims).truth()


SPOILERS = (noise, one_entry, random_arrays, single_precision, random_factor, other_forward)
PROBLEMS = (network_problem, layer_problem, layer_problem, recurrent_problem, layer_problem)


def named(seed: int) -> tuple[str, tuple[str, ...]]:
    """Spoil two problems in one way, and ask for an explanation."""
    rng = np.random.default_rng(seed)
    make = PROBLEMS[seed % len(PROBLEMS)]
    spoil = SPOILERS[seed % len(SPOILERS)]
    evidence = []
    for _ in range(2):
        problem = make(rng)
        evidence.append(Evidence(problem, spoil(rng, problem.truth(), problem)))
    found = explain(evidence)
    return spoil.__name__, found.ids if found else ()


def false_names(cases: int, processes: int | None = None) -> tuple[Counter[str], list[str]]:
    """How many cases of each kind were tried, and which were named though nothing made them."""
    tried: Counter[str] = Counter()
    false = []
    with ProcessPoolExecutor(processes) as pool:
        for seed, (kind, ids) in enumerate(pool.map(named, range(cases), chunksize=50)):
            tried[kind] += 1
            if ids:
                false.append(f"case {seed}, {kind}: {', '.join(ids)}")
    return tried, false


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--cases", type=int, default=10_000)
    parser.add_argument("--processes", type=int)
    arguments = parser.parse_args()
    count, wrong = false_names(arguments.cases, arguments.processes)
    print(dict(count))
    print(*wrong, sep="\n")
    print(f"{len(wrong)} of {sum(count.values())} were given a name")
    sys.exit(bool(wrong))
