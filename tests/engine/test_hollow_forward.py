"""A forward pass that is none gives a backward pass nothing to be right for."""

import numpy as np
import pytest
from bank.registry import build
from helpers.briefly import evaluate_briefly

from autograder.engine.exercise import exercise_of
from autograder.engine.student import Student

SEEDS = (1, 2, 3)


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def earned(names, function, seed):
    found = evaluate_briefly(exercise_of(function, names), Student(names), seed)
    return found, {v.check.partition("__")[2] for v in found.verdicts if v.earned}


def numeric(forward, dout, *leaves):
    """The gradient of sum(dout * forward) as anybody measures it, by central differences."""
    slopes = []
    for place, leaf in enumerate(leaves):
        slope = np.zeros(leaf.shape)
        for index in np.ndindex(leaf.shape):
            ends = []
            for step in (1e-6, -1e-6):
                moved = leaf.copy()
                moved[index] += step
                out = forward(*leaves[:place], moved, *leaves[place + 1 :])
                ends.append((dout * out).sum())
            slope[index] = (ends[0] - ends[1]) / 2e-6
        slopes.append(slope)
    return slopes


class Layer:
    """What stands where W @ A + b belongs."""

    constant = staticmethod(lambda A, W, b: np.full((len(W), A.shape[1]), 0.5))
    zeros = staticmethod(lambda A, W, b: np.zeros((len(W), A.shape[1])))
    bias = staticmethod(lambda A, W, b: b + np.zeros((len(W), A.shape[1])))
    total = staticmethod(lambda A, W, b: np.full((len(W), A.shape[1]), A.sum() + W.sum()) + b)
    tiny = staticmethod(lambda A, W, b: 1e-300 * (W @ A + b))
    dice = staticmethod(lambda A, W, b: np.random.default_rng().normal(size=(len(W), A.shape[1])))
    rounded = staticmethod(lambda A, W, b: np.round(W @ A + b))
    nan = staticmethod(lambda A, W, b: np.full((len(W), A.shape[1]), np.nan))


LAYERS = [name for name in vars(Layer) if not name.startswith("_")]


def layer(kind):
    """A notebook with that forward pass, and the backward pass that is its own gradient."""
    forward = getattr(Layer, kind)

    def linear_forward(A, W, b):
        return forward(A, W, b), (A, W, b)

    def linear_backward(dZ, cache):
        m = dZ.shape[1]
        dA, dW, db = numeric(forward, dZ, *cache)
        return dA, dW / m, db / m

    return build(
        "columns", {"linear_forward": linear_forward, "linear_backward": linear_backward}, {}
    )


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("kind", LAYERS)
def test_the_gradient_of_a_hollow_layer_earns_nothing(kind, seed):
    names = layer(kind)
    found, got = earned(names, "linear_backward", seed)
    assert not {"dA_prev_matches_numeric_gradient", "dW_matches_numeric_gradient"} & got
    if kind not in ("bias", "total"):  # of a layer that adds its bias db is right by the book
        assert got == set()
        assert "first" in str(found)


@pytest.mark.parametrize("kind", LAYERS)
def test_a_caller_earns_by_its_own_work_alone(kind):
    """With a right layer in the place of the hollow one it is right, or it earns nothing."""
    found, _ = earned(layer(kind), "linear_activation_backward", 1)
    assert found.passed, str(found)
    assert "mend that first" in found.note
    names = layer(kind)

    def linear_activation_backward(dA, cache, activation):
        (A, W, b), _ = cache
        return 0 * A, 0 * W, 0 * b

    names["linear_activation_backward"] = linear_activation_backward
    assert earned(names, "linear_activation_backward", 1)[1] == set()


@pytest.mark.parametrize("kind", ["constant", "zeros", "tiny", "nan", "dice", "rounded"])
def test_nor_do_zeros_behind_it_in_the_whole_network(kind):
    names = layer(kind)

    def L_model_backward(AL, Y, caches):
        grads = {}
        for n, (linear, Z) in enumerate(caches, start=1):
            A, W, b = linear
            grads |= {f"dW{n}": 0 * W, f"db{n}": 0 * b, f"dZ{n}": 0 * Z, f"dA{n - 1}": 0 * A}
        return grads

    names["L_model_backward"] = L_model_backward
    assert earned(names, "L_model_backward", 1)[1] == set()


def test_what_is_right_by_the_book_is_right_behind_a_hollow_layer():
    """The backward pass was written, the forward pass is a placeholder still."""

    def linear_forward(A, W, b):
        return np.zeros((len(W), A.shape[1])), (A, W, b)

    names = build("columns", {"linear_forward": linear_forward}, {})
    found, got = earned(names, "linear_backward", 1)
    assert found.passed, got


class Pointwise:
    """What stands where an activation belongs."""

    itself = staticmethod(lambda x: x.copy())
    linear = staticmethod(lambda x: 0.5 + 0.25 * x)
    zeros = staticmethod(lambda x: np.zeros(x.shape))
    half = staticmethod(lambda x: np.full(x.shape, 0.5))
    total = staticmethod(lambda x: np.full(x.shape, x.sum()))
    first = staticmethod(lambda x: x[:1] + np.zeros(x.shape))
    step = staticmethod(lambda x: 1.0 * (x > 0))
    dice = staticmethod(lambda x: np.random.default_rng().normal(size=x.shape))
    tiny = staticmethod(lambda x: 1e-300 * sigmoid(x))


POINTWISE = [name for name in vars(Pointwise) if not name.startswith("_")]


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("kind", POINTWISE)
@pytest.mark.parametrize("activation", ["relu", "sigmoid", "tanh"])
def test_the_gradient_of_a_hollow_activation_earns_nothing(activation, kind, seed):
    forward = getattr(Pointwise, kind)
    names = build(
        "rows",
        {
            f"{activation}_forward": lambda x: (forward(x), x.copy()),
            f"{activation}_backward": lambda dout, cache: numeric(forward, dout, cache)[0],
        },
        {},
    )
    assert earned(names, f"{activation}_backward", seed)[1] == set()


HONEST = {
    "relu": (lambda x: np.where(x > 0, x, 0.1 * x), lambda x: np.where(x > 0, 1, 0.1)),
    "sigmoid": (np.tanh, lambda x: 1 - np.tanh(x) ** 2),
    "tanh": (sigmoid, lambda x: sigmoid(x) * (1 - sigmoid(x))),
}


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("activation", HONEST)
def test_another_activation_is_one_mistake(activation, seed):
    forward, slope = HONEST[activation]
    names = build(
        "rows",
        {
            f"{activation}_forward": lambda x: (forward(x), x.copy()),
            f"{activation}_backward": lambda dout, cache: dout * slope(cache),
        },
        {},
    )
    found, got = earned(names, f"{activation}_backward", seed)
    missing = {v.check.partition("__")[2] for v in found.verdicts} - got
    assert missing <= {"passes_nothing_at_zero"}, str(found)


@pytest.mark.parametrize("seed", SEEDS)
def test_a_forgotten_bias_is_one_mistake(seed):
    def linear_forward(A, W, b):
        return W @ A, (A, W, b)

    names = build("columns", {"linear_forward": linear_forward}, {})
    assert earned(names, "linear_backward", seed)[0].passed
    found, _ = earned(names, "linear_activation_backward", seed)
    # at the Z of a forward pass without b, db cannot be measured: a right one stands in for it
    status = {v.check.partition("__")[2]: v.status for v in found.verdicts}
    assert status["db_matches_numeric_gradient"] == "carried"
    assert found.passed, str(found)


def without_bias(**signs):
    """A layer without a bias; its backward pass says so, with these factors on dA and dW."""

    def linear_forward(A, W, b):
        return W @ A, (A, W, b)

    def linear_backward(dZ, cache):
        A, W, b = cache
        return signs["dA"] * W.T @ dZ, signs["dW"] * dZ @ A.T / dZ.shape[1], 0 * b

    return build(
        "columns", {"linear_forward": linear_forward, "linear_backward": linear_backward}, {}
    )


@pytest.mark.parametrize("seed", SEEDS)
def test_no_bias_and_no_gradient_of_it_is_one_mistake(seed):
    found, _ = earned(without_bias(dA=1, dW=1), "linear_backward", seed)
    told = {v.check.partition("__")[2]: v.status for v in found.verdicts}
    assert told.pop("db_matches_numeric_gradient") == "carried"
    assert set(told.values()) == {"passed"}


@pytest.mark.parametrize("seed", SEEDS)
def test_zeros_behind_a_forward_pass_that_forgets_an_argument_earn_nothing(seed):
    assert earned(without_bias(dA=0, dW=0), "linear_backward", seed)[1] == set()


class Cell:
    """What stands where tanh(Wax x + Waa a + ba) belongs."""

    constant = staticmethod(lambda x, a, p: np.full(a.shape, 0.3))
    itself = staticmethod(lambda x, a, p: a.copy())
    bias = staticmethod(lambda x, a, p: np.tanh(p["ba"] + np.zeros(a.shape)))
    dice = staticmethod(lambda x, a, p: np.random.default_rng().normal(size=a.shape))


def recurrent(kind):
    cell = getattr(Cell, kind)

    def rnn_cell_forward(xt, a_prev, parameters):
        a = cell(xt, a_prev, parameters)
        z = parameters["Wya"] @ a + parameters["by"]
        e = np.exp(z - z.max(axis=0))
        return a, e / e.sum(axis=0), (a, a_prev, xt, parameters)

    def rnn_cell_backward(da_next, cache):
        _, a_prev, xt, p = cache
        names = ("Wax", "Waa", "ba")

        def forward(x, a0, *weights):
            return cell(x, a0, dict(zip(names, weights, strict=True)))

        slopes = numeric(forward, da_next, xt, a_prev, *(p[name] for name in names))
        return dict(zip(("dxt", "da_prev", "dWax", "dWaa", "dba"), slopes, strict=True))

    replaced = {"rnn_cell_forward": rnn_cell_forward, "rnn_cell_backward": rnn_cell_backward}
    return build("rnn", replaced, {})


@pytest.mark.parametrize("kind", ["constant", "itself", "bias", "dice"])
def test_the_gradient_of_a_hollow_cell_earns_nothing(kind):
    names = recurrent(kind)
    got = earned(names, "rnn_cell_backward", 1)[1]
    assert not {f"{n}_matches_numeric_gradient" for n in ("dxt", "da_prev", "dWax", "dWaa")} & got
    assert got == set() or kind == "bias"
    if kind in ("constant", "dice", "bias"):  # its caller is right with a right cell
        found = earned(names, "rnn_forward", 1)[0]
        assert {v.status for v in found.verdicts} <= {"passed", "carried"}
        names["rnn_forward"] = lambda x, a0, p: (np.zeros((*a0.shape, x.shape[2])), 0 * x, [])
        assert earned(names, "rnn_forward", 1)[1] == set()
