"""The benchmarks still run, and what they time is work, not what a graph remembers."""

from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

import bank
import numpy as np
import pytest

from autograder.networks.tap import Tap
from autograder.oracle import gradient
from autograder.units.u04_network.instances import NETWORKS, mlp_instance


def benchmark(name):
    path = Path(__file__).resolve().parents[1] / "benchmarks" / f"{name}.py"
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


@pytest.fixture
def taps(monkeypatch):
    """How many values were tapped since `taps.clear()`: one for each node and wire of a pass."""
    seen, call = [], Tap.__call__

    def counted(tap, name, value):
        seen.append(name)
        return call(tap, name, value)

    monkeypatch.setattr(Tap, "__call__", counted)
    return seen


def test_every_call_of_an_instrument_is_at_least_one_forward_pass(taps):
    timed, _ = benchmark("oracle").instruments("b")
    taps.clear()
    timed.pop("one forward pass")()
    one = len(taps)
    assert one > 0
    timed.pop("autograd")  # has a forward pass of its own
    for label, action in timed.items():
        action()  # whatever may be remembered is remembered now
        taps.clear()
        action()
        assert len(taps) >= one, label


def test_a_timed_verdict_runs_its_forward_passes_each_time(taps):
    wrong = next(m for m in bank.mutants("columns") if m.name == "L_model_backward/Y_minus_AL")
    verdict, counts = benchmark("diagnosis").verdict, []
    for _ in range(2):
        taps.clear()
        verdict(wrong, 0)
        counts.append(len(taps))
    assert counts[0] == counts[1] > 0


def test_the_gradient_by_scipy_runs_a_pass_for_each_entry(taps):
    numeric = benchmark("diagnosis").numeric()
    numeric()
    taps.clear()
    numeric()
    drawn = mlp_instance(np.random.default_rng(0), *NETWORKS[0])
    entries = sum(p.size for p in drawn.parameters.values())
    assert len(taps) == (entries + 1) * len(drawn.graph.nodes() + drawn.graph.wires())


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
