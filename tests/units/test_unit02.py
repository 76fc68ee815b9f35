"""Unit 02: what is right passes, each known mistake fails and is named."""

from __future__ import annotations

import numpy as np
import pytest

from autograder.count import counting
from autograder.engine.evaluate import evaluate
from autograder.engine.student import Student
from autograder.figures import chain_picture, multiplications_picture
from autograder.units import EXERCISES
from autograder.units.u02_jacobians.bill import multiplications


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def jac_linear(W, layout="denominator"):
    return W.T.copy() if layout == "denominator" else W.copy()


def jac_pointwise(z, activation):
    a = sigmoid(z)
    slope = {"sigmoid": a * (1 - a), "tanh": 1 - np.tanh(z) ** 2, "relu": np.where(z > 0, 1.0, 0.0)}
    return np.diagflat(slope[activation])


def vjp_linear(dz, W, a):
    return W.T @ dz, dz @ a.T, dz.copy()


def chain(Js, u, order):
    factors, mults = [*Js, u], 0
    while len(factors) > 1:
        at = len(factors) - 2 if order == "right-to-left" else 0
        left, right = factors[at : at + 2]
        mults += left.size * right.shape[1]
        factors[at : at + 2] = [left @ right]
    return factors[0], mults


def loss_vector_jacobian(A, Y):
    return np.diagflat(A - Y)


def contract(JL, m):
    return JL.sum(axis=1)[None, :] / m


RIGHT = [jac_linear, jac_pointwise, vjp_linear, chain, loss_vector_jacobian, contract]
UNUSUAL = {
    "jac_linear": lambda W, layout="d": np.einsum("ij->ji", W) + 0 if layout[0] == "d" else W + 0,
    "jac_pointwise": lambda z, g: np.eye(len(z)) * np.diag(jac_pointwise(z, g)),
    "vjp_linear": lambda dz, W, a: (np.einsum("ij,ik->jk", W, dz), np.outer(dz, a), 1.0 * dz),
    "chain": lambda Js, u, order: (chain(Js, u, order)[0], np.int64(chain(Js, u, order)[1])),
    "contract": lambda JL, m: np.full((1, m), 1 / m) @ JL.T,
}


def report(name, function, seed=5):
    return evaluate(EXERCISES[name], Student({name: function}), seed)


@pytest.mark.parametrize("seed", [1, 2, 3])
@pytest.mark.parametrize("function", RIGHT, ids=lambda f: f.__name__)
def test_right_answers_pass(function, seed):
    found = report(function.__name__, function, seed)
    assert found.passed, str(found)


@pytest.mark.parametrize("name", UNUSUAL)
def test_unusual_right_answers_pass(name):
    found = report(name, UNUSUAL[name])
    assert found.passed, str(found)


def additions_too(Js, u, order):
    v, mults = chain(Js, u, order)
    return v, 2 * mults


def formula_of_one_order(Js, u, order):
    v, _ = chain(Js, u, order)
    return v, chain(Js, u, "right-to-left")[1]


def counts_one_computes_other(Js, u, order):
    other = "left-to-right" if order == "right-to-left" else "right-to-left"
    return chain(Js, u, other)[0], chain(Js, u, order)[1]


LAYOUT, ORDER = "denominator-vs-numerator-layout", "cost-left-to-right"
VECTOR = "loss-vector-jacobian"
DIAG = "diag-reads-a-column"


def with_slope(activation, slope):
    """The solution with another slope in one branch, written in z and s, t, r, its values."""

    def jacobian(z, g):
        if g != activation:
            return jac_pointwise(z, g)
        values = {"z": z, "s": sigmoid(z), "t": np.tanh(z), "r": np.maximum(0, z)}
        return np.diagflat(eval(slope, {"np": np, "sigmoid": sigmoid, **values}))

    return "jac_pointwise", jacobian


SLOPES = (
    ("sigmoid", "z * (1 - z)", "one-minus-z-squared"),
    ("sigmoid", "1 - s**2", "wrong-activation-derivative"),
    ("sigmoid", "s * (1 + s)", "wrong-activation-derivative"),
    ("sigmoid", "1 - s", "derivative-unsquared"),
    ("sigmoid", "-s * (1 - s)", "sign-flip"),
    ("sigmoid", "np.ones(z.shape)", "missing-activation-derivative"),
    ("sigmoid", "z * s * (1 - s)", "z-times-derivative"),
    ("sigmoid", "sigmoid(s) * (1 - sigmoid(s))", "derivative-at-wrong-argument"),
    ("tanh", "1 - t", "derivative-unsquared"),
    ("tanh", "1 - z**2", "one-minus-z-squared"),
    ("tanh", "t * (1 - t)", "wrong-activation-derivative"),
    ("tanh", "1 + t**2", "wrong-activation-derivative"),
    ("tanh", "t**2 - 1", "sign-flip"),
    ("tanh", "np.ones(z.shape)", "missing-activation-derivative"),
    ("tanh", "z * (1 - t**2)", "z-times-derivative"),
    ("tanh", "1 - np.tanh(t) ** 2", "derivative-at-wrong-argument"),
    ("relu", "r", "relu-value-as-derivative"),
    ("relu", "np.sign(z)", "wrong-activation-derivative"),
    ("relu", "-(z > 0).astype(float)", "sign-flip"),
    ("relu", "np.ones(z.shape)", "missing-activation-derivative"),
    ("sigmoid", "1.0 * (z > 0)", "wrong-activation-derivative"),
    ("sigmoid", "1 - np.tanh(z) ** 2", "wrong-activation-derivative"),
    ("tanh", "1.0 * (z > 0)", "wrong-activation-derivative"),
    ("tanh", "np.exp(-z) / (1 + np.exp(-z)) ** 2", "wrong-activation-derivative"),
    ("relu", "1 - np.tanh(z) ** 2", "wrong-activation-derivative"),
    ("relu", "np.exp(-z) / (1 + np.exp(-z)) ** 2", "wrong-activation-derivative"),
)
MUTANTS = [
    *((*with_slope(activation, slope), id) for activation, slope, id in SLOPES),
    ("jac_linear", lambda W, layout: W.copy(), LAYOUT),
    ("jac_linear", lambda W, layout: W.T.copy(), LAYOUT),
    ("jac_linear", lambda W, layout: W.T if layout == "numerator" else W, LAYOUT),
    ("jac_pointwise", lambda z, g: np.diagflat(sigmoid(z) * (1 - sigmoid(z))), None),
    (
        "jac_pointwise",
        lambda z, g: sigmoid(z) @ (1 - sigmoid(z)).T if g == "sigmoid" else jac_pointwise(z, g),
        "matmul-not-elementwise",
    ),
    (
        "jac_pointwise",
        lambda z, g: 1 - np.tanh(z) @ np.tanh(z).T if g == "tanh" else jac_pointwise(z, g),
        "matmul-not-elementwise",
    ),
    (
        "jac_pointwise",
        lambda z, g: {
            "sigmoid": sigmoid(z) @ (1 - sigmoid(z)).T,
            "tanh": 1 - np.tanh(z) @ np.tanh(z).T,
            "relu": jac_pointwise(z, "relu"),
        }[g],
        "matmul-not-elementwise",
    ),
    (
        "jac_pointwise",
        lambda z, g: np.diagflat(
            {"sigmoid": sigmoid(z), "tanh": np.tanh(z), "relu": np.maximum(0, z)}[g]
        ),
        "activation-value-as-derivative",
    ),
    ("jac_pointwise", lambda z, g: np.diag(jac_pointwise(z, g))[:, None], None),
    ("vjp_linear", lambda dz, W, a: (W @ dz, dz @ a.T, dz), "missing-w-transpose"),
    ("vjp_linear", lambda dz, W, a: (W.T @ dz, a @ dz.T, dz), "dw-transposed"),
    ("vjp_linear", lambda dz, W, a: (W.T @ dz, dz @ a.T, dz.sum()), "db-sum-all"),
    ("vjp_linear", lambda dz, W, a: (W.T @ dz, dz @ a.T, dz.ravel()), "db-no-keepdims"),
    ("chain", lambda Js, u, order: chain(Js, u, "left-to-right"), ORDER),
    ("chain", lambda Js, u, order: chain(Js, u, "right-to-left"), ORDER),
    ("chain", counts_one_computes_other, ORDER),
    ("chain", formula_of_one_order, ORDER),
    ("chain", additions_too, None),
    ("loss_vector_jacobian", lambda A, Y: A - Y, VECTOR),
    ("loss_vector_jacobian", lambda A, Y: (A - Y) / A.size, VECTOR),
    ("loss_vector_jacobian", lambda A, Y: np.tile(A - Y, (A.size, 1)), VECTOR),
    ("loss_vector_jacobian", lambda A, Y: np.diagflat(A - Y) / A.size, VECTOR),
    ("loss_vector_jacobian", lambda A, Y: np.diagflat(Y - A), "sign-flip"),
    (
        "loss_vector_jacobian",
        lambda A, Y: np.diagflat((A - Y) / A / (1 - A)),
        "missing-activation-derivative",
    ),
    ("jac_pointwise", lambda z, g: np.diag(np.diag(jac_pointwise(z, g))[:, None]), DIAG),
    ("contract", lambda JL, m: JL.sum(axis=0)[None, :] / m, VECTOR),
    ("contract", lambda JL, m: np.diag(JL)[None, :] / m, VECTOR),
    ("contract", lambda JL, m: (JL * np.eye(*JL.shape)).sum(axis=1)[None, :] / m, VECTOR),
    ("contract", lambda JL, m: JL.sum(axis=1)[None, :], "missing-one-over-m"),
    ("contract", lambda JL, m: JL.mean(axis=1)[None, :] / m, "one-over-m-twice"),
    ("contract", lambda JL, m: JL.mean(axis=1), None),
]


@pytest.mark.parametrize(
    ("name", "function", "id"), MUTANTS, ids=[f"{m[0]}-{i}" for i, m in enumerate(MUTANTS)]
)
def test_mistakes_fail_and_are_named(name, function, id):
    found = report(name, function)
    assert not found.passed
    named = [words.id for words in found.diagnosis]
    assert named == ([id] if id else []), str(found)


def test_an_argument_changed_in_place_is_seen():
    def contract(JL, m):
        JL /= m
        return JL.sum(axis=1)[None, :]

    failed = [v.check for v in report("contract", contract).verdicts if v.status == "failed"]
    assert failed == ["contract__leaves_its_inputs_unchanged"]


@pytest.mark.parametrize("order", ["right-to-left", "left-to-right"])
def test_closed_form_counts_what_arrays_count(order):
    sizes = (4, 3, 5, 2)
    arrays = [np.ones(pair) for pair in zip(sizes, (*sizes[1:], 1), strict=True)]
    tally, (*Js, u) = counting(*arrays)
    chain(Js, u, order)
    assert tally.multiplications == multiplications(sizes, order)
    assert tally.products == 3


def test_counting_arrays_count_products_and_nothing_else():
    tally, (A, B) = counting(np.ones((2, 3)), np.ones((3, 4)))
    C = A @ B
    assert (type(C), tally.multiplications) == (type(A), 24)
    assert float((C + C - C).sum()) == 24.0
    assert tally.multiplications == 24
    C *= C
    np.dot(A, B)
    A.dot(B)
    assert tally.multiplications == 24 + 8 + 48


def test_pictures_say_what_is_to_be_seen():
    assert "50 multiplications" in chain_picture((4, 5, 3, 5)).alt
    line = {n: n**3 for n in (64, 4096)}
    assert "to the 3.0" in multiplications_picture({"left to right": line}).alt
