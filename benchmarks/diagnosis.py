"""A complete verdict with its diagnosis, beside one numeric gradient by SciPy.

    OPENBLAS_NUM_THREADS=1 python benchmarks/diagnosis.py

For each wrong `L_model_backward` of the mutation bank: the time of the whole report (all
instances, the certificate, the search for the misconception, the text) and, in the same round,
that of one `scipy.optimize.approx_fprime` gradient of J with respect to all parameters of the
largest of these networks. Medians of processor time on one core, which other programs disturb less
than they do the clock; the ratio holds on a busy machine. Ends with an error if any of them takes
longer than it may.
"""

from __future__ import annotations

import os
import sys
import warnings
from collections.abc import Callable
from pathlib import Path
from statistics import median
from time import process_time
from typing import Any

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

import bank
import numpy as np
from scipy.optimize import approx_fprime

from autograder.engine.evaluate import evaluate
from autograder.engine.student import Student
from autograder.networks import Array, Graph
from autograder.networks.once import forget
from autograder.units import EXERCISES
from autograder.units.u04_network.instances import NETWORKS, mlp_instance

FUNCTION = "L_model_backward"
ROUNDS = 5
#: What a verdict may take on one core.
LIMIT = 0.050


def numeric() -> Callable[[], object]:
    """One forward-difference gradient of J, as SciPy does it, on the largest instance."""
    drawn = mlp_instance(np.random.default_rng(0), *NETWORKS[0])
    graph, shapes = drawn.graph, {n: p.shape for n, p in drawn.parameters.items()}
    ends = np.cumsum([p.size for p in drawn.parameters.values()])[:-1]

    def cost(flat: Array) -> float:
        pieces = np.split(flat, ends)
        moved = {n: x.reshape(s) for (n, s), x in zip(shapes.items(), pieces, strict=True)}
        other = Graph(graph.forward, {**graph.inputs, **moved}, graph.facts)
        return float(other.run().seen["cost"])

    start = np.concatenate([p.ravel() for p in drawn.parameters.values()])
    return lambda: approx_fprime(start, cost, 1e-7)


def verdict(variant: Any, seed: int) -> tuple[float, str]:
    """The time of the complete report, and what was named."""
    student = Student(variant.namespace())
    forget()
    start = process_time()
    report = evaluate(EXERCISES[FUNCTION], student, seed, visible=False)
    str(report)
    taken = process_time() - start
    return taken, " + ".join(words.id for words in report.diagnosis) or "-"


def main() -> int:
    warnings.simplefilter("ignore")  # a wrong function may overflow
    gradient = numeric()
    rows, ratios = [], []
    for variant in bank.mutants("columns"):
        if variant.function != FUNCTION:
            continue
        times, named = [], "-"
        for seed in range(ROUNDS):
            taken, named = verdict(variant, seed)
            start = process_time()
            gradient()
            ratios.append(taken / (process_time() - start))
            times.append(taken)
        rows.append((median(times), variant.name.partition("/")[2], named))
    print(f"{'a wrong ' + FUNCTION:42}{'verdict':>10}  named")
    for taken, name, named in sorted(rows):
        print(f"{name:42}{1e3 * taken:7.1f} ms  {named}")
    middle, largest = median(taken for taken, _, _ in rows), max(rows)
    slow = [name for taken, name, _ in rows if taken > LIMIT]
    print(f"\nmedian {1e3 * middle:.1f} ms; {median(ratios):.1f} times one approx_fprime gradient")
    print(f"largest {1e3 * largest[0]:.1f} ms: {largest[1]}")
    print(f"over {1e3 * LIMIT:.0f} ms: {', '.join(slow) or 'none'}")
    return bool(slow)


if __name__ == "__main__":
    raise SystemExit(main())
