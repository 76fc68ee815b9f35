"""The benchmarks still run; what they measure is not looked at here."""

from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

import bank
import numpy as np

from autograder.oracle import gradient
from autograder.units.u04_network.forward import NETWORKS
from autograder.units.u04_network.instances import mlp_instance


def benchmark(name):
    path = Path(__file__).resolve().parents[2] / "benchmarks" / f"{name}.py"
    spec = spec_from_file_location(f"benchmark_{name}", path)
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_instruments_on_the_small_workload():
    oracle = benchmark("oracle")
    timed, count = oracle.instruments("b")
    assert len(timed) == 5
    assert all(oracle.seconds(action) > 0 for action in timed.values())
    assert count == 99


def test_the_gradient_by_scipy_is_of_the_same_network():
    drawn = mlp_instance(np.random.default_rng(0), *NETWORKS[0])
    right = gradient(drawn.graph, list(drawn.parameters))
    flat = np.concatenate([right[name].ravel() for name in drawn.parameters])
    assert np.allclose(benchmark("diagnosis").numeric()(), flat, atol=1e-5)


def test_a_timed_verdict_names_the_mistake():
    wrong = next(m for m in bank.mutants("columns") if m.name == "L_model_backward/Y_minus_AL")
    taken, named = benchmark("diagnosis").verdict(wrong, 0)
    assert taken > 0
    assert named == "sign-flip"
