"""The oracle gives no derivatives to a function that is being checked; elsewhere it does."""

import importlib.util
import subprocess
import sys
import textwrap
import threading

import numpy as np
import pytest

from autograder.networks import Graph, Tap, layer_graph
from autograder.networks.tap import STEP, OracleSilent, under_observation
from autograder.observe import observed
from autograder.oracle import central_difference, certify, directional, gradient, two_sided
from tests.helpers.notebooks import notebook, passed, report

SAYS = "the oracle gives no derivatives while a function of yours is being checked"


def book(dZ, cache):
    A_prev, W, b = cache
    return layer_graph(A_prev, W, b, dZ), dZ.shape[1]


def answer(slopes, m):
    return m * slopes["A0"], slopes["W1"], slopes["b1"]


def plainly(dZ, cache):
    graph, m = book(dZ, cache)
    return answer(gradient(graph, ["A0", "W1", "b1"]), m)


def imported_inside(dZ, cache):
    from autograder.oracle import gradient as g

    graph, m = book(dZ, cache)
    return answer(g(graph, ["A0", "W1", "b1"]), m)


def by_importlib(dZ, cache):
    graph, m = book(dZ, cache)
    return answer(
        importlib.import_module("autograder.oracle").gradient(graph, ["A0", "W1", "b1"]), m
    )


def by_sys_modules(dZ, cache):
    graph, m = book(dZ, cache)
    return answer(sys.modules["autograder.oracle"].gradient(graph, ["A0", "W1", "b1"]), m)


def by_its_source(dZ, cache):
    spec = importlib.util.spec_from_file_location("mine", sys.modules["autograder.oracle"].__file__)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    graph, m = book(dZ, cache)
    return answer(module.gradient(graph, ["A0", "W1", "b1"]), m)


def by_central_difference(dZ, cache):
    graph, m = book(dZ, cache)
    return answer({name: central_difference(graph, name) for name in ("A0", "W1", "b1")}, m)


def by_two_sided(dZ, cache):
    graph, m = book(dZ, cache)
    return answer({name: two_sided(graph, name, 1e-6)[0] for name in ("A0", "W1", "b1")}, m)


def by_a_graph_of_its_own(dZ, cache):
    def forward(inputs, tap):
        Z = tap("W1", inputs["W1"]) @ tap("A0", inputs["A0"]) + tap("b1", inputs["b1"])
        return (Z * dZ).sum(axis=(-2, -1)) / dZ.shape[1]

    graph = Graph(forward, dict(zip(("A0", "W1", "b1"), cache, strict=True)), {})
    return answer(gradient(graph, ["A0", "W1", "b1"]), dZ.shape[1])


def by_a_tap_of_its_own(dZ, cache):
    graph, m = book(dZ, cache)
    found = {}
    for name in ("A0", "W1", "b1"):
        size = graph.inputs[name].size
        tap = Tap({name: np.eye(size).reshape(size, *graph.inputs[name].shape)})
        cost = graph.forward(graph.inputs, tap)
        found[name] = (cost.imag / STEP).reshape(graph.inputs[name].shape)
    return answer(found, m)


def in_a_thread(dZ, cache):
    kept = []
    thread = threading.Thread(target=lambda: kept.append(plainly(dZ, cache)))
    thread.start()
    thread.join()
    return kept[0]


def swallowing(dZ, cache):
    try:
        return plainly(dZ, cache)
    except Exception:
        return None


CHEATS = [plainly, imported_inside, by_importlib, by_sys_modules, by_its_source, by_two_sided]
CHEATS += [by_central_difference, by_a_graph_of_its_own, by_a_tap_of_its_own, in_a_thread]


@pytest.fixture(autouse=True)
def quiet(monkeypatch):
    monkeypatch.setattr(threading, "excepthook", lambda told: None)


@pytest.mark.parametrize("cheat", CHEATS, ids=lambda cheat: cheat.__name__)
def test_a_backward_pass_that_asks_the_oracle_earns_nothing(cheat):
    names = notebook()
    names["linear_backward"] = cheat
    found = report(names, "linear_backward")
    assert passed(found) == set()
    if cheat is not in_a_thread:  # there the thread raised, and the list stayed empty
        assert SAYS in " ".join(str(found).split())


def test_nor_does_one_that_swallows_the_refusal():
    names = notebook()
    names["linear_backward"] = swallowing
    assert passed(report(names, "linear_backward")) == set()


def test_the_whole_network_by_the_oracle_earns_nothing():
    from autograder.networks import mlp_graph

    def L_model_backward(AL, Y, caches):
        inputs = {}
        for n, (linear, _) in enumerate(caches, start=1):
            inputs[f"W{n}"], inputs[f"b{n}"] = linear[1:]
        graph = mlp_graph(caches[0][0][0], Y, inputs)
        names = [name for name in graph.nodes() if name[0] in "WbZA"]
        m = Y.shape[1]
        slopes = gradient(graph, names)
        return {f"d{n}": slopes[n] * (m if n[0] in "ZA" else 1) for n in names}

    names = notebook()
    drawn = np.random.default_rng(0)
    X, Y = drawn.normal(size=(3, 5)), np.array([[0.0, 1, 0, 1, 1]])
    W, b = drawn.normal(size=(1, 3)), np.zeros((1, 1))
    AL, caches = names["L_model_forward"](X, {"W1": W, "b1": b})
    own, right = L_model_backward(AL, Y, caches), names["L_model_backward"](AL, Y, caches)
    assert all(np.allclose(own[name], right[name]) for name in right)  # in a cell it answers
    names["L_model_backward"] = L_model_backward
    assert passed(report(names, "L_model_backward")) == set()


def test_a_plain_forward_pass_of_the_course_is_no_derivative():
    def forward(A, W, b):
        return np.array(layer_graph(A, W, b, np.ones((W.shape[0], A.shape[1]))).value("Z1")), (
            (A, W, b)
        )

    names = notebook()
    names["linear_forward"] = forward
    assert report(names, "linear_forward").passed


def test_outside_of_a_checked_function_it_answers():
    graph = layer_graph(np.eye(2), np.eye(2), np.zeros((2, 1)), np.ones((2, 2)))
    right = gradient(graph, ["W1"])
    assert not under_observation()
    assert certify(graph, right, np.random.default_rng(0))
    with pytest.raises(OracleSilent, match=SAYS):
        observed(directional, graph, {"W1": np.ones((1, 2, 2))})


FRESH = """
import sys
import numpy as np
from autograder.units import EXERCISES
from autograder.engine.student import Student
from autograder.engine.evaluate import evaluate

def linear_forward(A, W, b):
    return W @ A + b, (A, W, b)

def linear_backward(dZ, cache):
    for name in [name for name in sys.modules if name.startswith("autograder")]:
        del sys.modules[name]
    from autograder.networks import layer_graph
    from autograder.oracle import gradient
    A, W, b = cache
    found = gradient(layer_graph(A, W, b, dZ), ["A0", "W1", "b1"])
    return dZ.shape[1] * found["A0"], found["W1"], found["b1"]

kept = dict(sys.modules)
print(evaluate(EXERCISES["linear_backward"], Student(globals()), 1))
"""


def test_a_package_imported_anew_knows_it_too():
    code = textwrap.dedent(FRESH)
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "0 of 6 properties hold" in done.stdout
    assert "gives no derivatives" in done.stdout
