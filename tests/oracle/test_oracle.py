"""The complex step at every node, against HIPS autograd and against central differences."""

import autograd
import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from autograder import oracle
from autograder.engine.diagnosis.edits import cut, rescale
from autograder.networks import Graph
from autograder.networks.facts import layer_facts
from autograder.oracle import central_difference, directional, gradient
from tests.helpers.networks import ACTIVATIONS, cost, network, scaled


@st.composite
def graphs(draw, smooth=False):
    """Networks of one to four layers, m from 1."""
    hidden = [name for name in ACTIVATIONS if not (smooth and name == "relu")]
    depth = draw(st.integers(1, 4))
    sizes = draw(st.lists(st.integers(1, 6), min_size=depth + 1, max_size=depth + 1))
    activations = [draw(st.sampled_from(hidden)) for _ in range(depth - 1)] + ["sigmoid"]
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    return network(rng, sizes, draw(st.integers(1, 7)), tuple(activations))


def inner(graph):
    """The nodes that autograd's forward pass has too."""
    return [name for name in graph.nodes() if name not in ("L", "J")]


@given(graphs())
@settings(deadline=None, max_examples=60)
def test_every_node_agrees_with_autograd(graph):
    nodes = inner(graph)
    shifts = {name: np.zeros(graph.value(name).shape) for name in nodes}
    wanted = autograd.grad(cost)(
        shifts, graph.inputs, layer_facts(graph).Y, layer_facts(graph).activations
    )
    found = gradient(graph, nodes)
    for name in nodes:
        assert found[name].shape == graph.value(name).shape
        # a sum of terms of order 1 may cancel: the two ways round its terms differently
        bound = 1e-13 * np.abs(wanted[name]).max() + 1e-14
        assert np.abs(found[name] - wanted[name]).max() <= bound, name


@given(graphs(smooth=True))
@settings(deadline=None, max_examples=30)
def test_every_node_agrees_with_central_differences(graph):
    assume(np.abs(graph.value(f"Z{layer_facts(graph).L}")).max() <= 4)  # the log is steep beyond
    for name in graph.nodes():
        found, wanted = central_difference(graph, name), gradient(graph, name)
        assert np.isfinite(found).all()  # no kink, none flagged
        assert np.abs(found - wanted).max() <= 1e-6 * max(np.abs(wanted).max(), 1e-3), name


@given(graphs())
@settings(deadline=None, max_examples=20)
def test_batched_equals_one_by_one(graph):
    names = inner(graph)
    together = gradient(graph, names)
    for name in names:
        assert scaled(gradient(graph, name), together[name]) < 1e-14
        one_by_one = [
            directional(graph, {name: unit.reshape(1, *graph.value(name).shape)})[0]
            for unit in np.eye(graph.value(name).size)
        ]
        assert scaled(np.array(one_by_one), together[name].ravel()) < 1e-14


@given(graphs(), st.integers(1, 300))
@settings(deadline=None, max_examples=20)
def test_the_size_of_a_chunk_does_not_matter(graph, chunk):
    names = inner(graph)
    whole = gradient(graph, names)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(oracle, "CHUNK", chunk)
        pieces = gradient(graph, names)
    for name in names:
        assert scaled(pieces[name], whole[name]) < 1e-14, name


def test_a_small_chunk_takes_more_passes(monkeypatch):
    graph, passes = counting(small())
    total = sum(graph.value(name).size for name in inner(graph))
    largest = max(value.size for value in graph.seen.values())
    monkeypatch.setattr(oracle, "CHUNK", 3 * largest)
    passes.clear()
    gradient(graph, inner(graph))
    assert len(passes) == -(-total // 3)


def test_an_edge_of_the_loss_is_a_node_too():
    graph = small()
    assert gradient(graph, "J") == 1.0
    assert np.allclose(gradient(graph, "L"), 1 / graph.facts.m, rtol=1e-14, atol=0)


def test_a_ReLU_at_exactly_zero_has_slope_zero():
    graph = small()
    inputs = {**graph.inputs, "W1": 0 * graph.inputs["W1"], "b1": 0 * graph.inputs["b1"]}
    flat = Graph(graph.forward, inputs, graph.facts)
    assert not gradient(flat, "Z1").any()
    assert gradient(flat, "A1").all()


def test_an_unknown_node_is_named_with_those_that_exist():
    with pytest.raises(KeyError, match="no node 'Z9'; its nodes are A0, W1, b1, Z1, A1, W2"):
        gradient(small(), "Z9")


def test_the_nudged_graph_keeps_its_inputs():
    graph = small()
    before = {name: value.copy() for name, value in graph.inputs.items()}
    gradient(graph, inner(graph), {"A1": cut()})
    assert all(np.array_equal(before[name], graph.inputs[name]) for name in before)
    assert not any(np.iscomplexobj(value) for value in graph.seen.values())


def test_a_cut_wire_carries_nothing_and_the_value_stays():
    graph = small()
    edits = {"A1->Z2": cut()}
    found = gradient(graph, ["A0", "W1", "b1", "Z1", "A1", "W2", "b2", "Z2"], edits)
    right = gradient(graph, list(found))
    assert not any(found[name].any() for name in ("A0", "W1", "b1", "Z1", "A1"))
    assert all(np.array_equal(found[name], right[name]) for name in ("W2", "b2", "Z2"))
    assert graph.run(edits=edits).seen["cost"] == graph.value("J")


def test_everything_cut_is_zero():
    assert not gradient(small(), "W1", {"J": cut()}).any()


@pytest.mark.parametrize("factor", [-1.0, 0.5, 7.0])
def test_rescaling_a_wire_multiplies_what_lies_behind_it(factor):
    graph = small()
    found = gradient(graph, inner(graph), {"A1->Z2": rescale(factor)})
    right = gradient(graph, inner(graph))
    for name in found:
        behind = name in ("A0", "W1", "b1", "Z1", "A1")
        assert scaled(found[name], right[name] * (factor if behind else 1)) < 1e-14, name


def small():
    return network(np.random.default_rng(3), (4, 5, 3, 1), 6, ("relu", "tanh", "sigmoid"))


def counting(graph):
    """The same graph, and a list that grows by one a forward pass."""
    passes = []

    def forward(inputs, tap):
        passes.append(1)
        return graph.forward(inputs, tap)

    counted = Graph(forward, graph.inputs, graph.facts)
    assert counted.seen  # the plain pass, which is remembered
    return counted, passes


def test_the_gradient_at_no_node_is_empty():
    graph = network(np.random.default_rng(0), (2, 1), 3, ("sigmoid",))
    assert gradient(graph, []) == {}
    assert gradient(graph, [], {"J": rescale(2.0)}) == {}


def test_what_the_graph_remembers_cannot_be_spoilt_by_a_caller():
    graph = network(np.random.default_rng(0), (2, 1), 3, ("sigmoid",))
    first = gradient(graph, "W1")
    right = first.copy()
    first[:] = 0
    assert (gradient(graph, "W1") == right).all()
    assert (gradient(graph, "W1", {"J": rescale(2.0)}) == 2 * right).all()
