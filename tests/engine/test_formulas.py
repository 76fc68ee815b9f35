"""What a wrong formula computed is found by changing the parts of the right one."""

import numpy as np
import pytest

from autograder.engine.formulas import Formula, known_formula
from autograder.engine.formulas.terms import parsed, written

RMSPROP = "W - learning_rate * dW / (np.sqrt(s) + epsilon)"
TEXTS = (
    "W - learning_rate * (v / (1 - beta1**t)) / (np.sqrt(s / (1 - beta2**t)) + epsilon)",
    "a - (b - c) - d",
    "-(a + b) * c",
    "(a**b)**c",
    "a**b**c",
    "a / (b * c) % (d // e)",
    "np.maximum(np.minimum(g, c), -c)",
    "np.where(norm > c, g / norm, g)",
    "gamma * (x - np.mean(x, axis=0)) / np.sqrt(np.var(x, axis=0) + eps) + beta",
)


@pytest.mark.parametrize("text", TEXTS)
def test_a_formula_is_written_as_it_is_read(text):
    assert written(parsed(text), {}) == text


def drawn(seed):
    """The symbols of a step of Adam, on one instance."""
    rng = np.random.default_rng(seed)
    arrays = {name: rng.normal(size=(3, 5)) for name in ("W", "dW", "v")}
    arrays["s"] = rng.uniform(1, 2, (3, 5))
    numbers = rng.uniform(0.05, 0.3, 4)
    names = ("learning_rate", "beta1", "beta2", "epsilon")
    return arrays | dict(zip(names, map(float, numbers), strict=True)) | {"t": 3}


def told(text, wrong, instances=2):
    """What is said of a function that computes `wrong`, in the same symbols."""
    several = [drawn(seed) for seed in range(instances)]
    return known_formula([(Formula(text, d), Formula(wrong, d).right()) for d in several])


#: (right, wrong): a sign, brackets, a name, both names, a constant, a function, two slips at once.
SLIPS = (
    ("W - learning_rate * dW", "W + learning_rate * dW"),
    ("W - learning_rate * dW", "W - (learning_rate + dW)"),
    ("W - learning_rate * dW", "dW - learning_rate * W"),
    ("W - learning_rate * dW", "(W - learning_rate) * dW"),
    ("W - learning_rate * dW", "W - 0.01 * dW"),
    ("beta2 * s + (1 - beta2) * dW**2", "beta2 * s + (1 - beta1) * dW**2"),
    ("beta2 * s + (1 - beta2) * dW**2", "beta1 * s + (1 - beta1) * dW**2"),
    ("beta2 * s + (1 - beta2) * dW**2", "beta2 * s + 1 - beta2 * dW**2"),
    ("beta1 * v + (1 - beta1) * dW", "(1 - beta1) * v + dW"),
    (TEXTS[0], TEXTS[0].replace("beta1**t", "beta1 * t").replace("beta2**t", "beta2 * t")),
    (TEXTS[0], TEXTS[0].replace("beta2**t)) +", "beta2)**t) +")),
    (TEXTS[0], "W - learning_rate * v / np.sqrt(s / (1 - beta2**t)) + epsilon"),
    (
        TEXTS[0],
        "W - learning_rate * (v / (1 - beta2**t)) / (np.sqrt(s / (1 - beta1**t)) + epsilon)",
    ),
    (
        "W - learning_rate * dW / (np.sqrt(s) + epsilon)",
        "W - learning_rate * dW / np.sqrt(s + 1e-8)",
    ),
)


@pytest.mark.parametrize(("right", "wrong"), SLIPS)
def test_a_slip_is_told_as_a_formula_with_its_values(right, wrong):
    said = told(right, wrong)
    made = said.split("`")[1]
    assert said.endswith(f"where `{right}` is right")
    for seed in range(3, 6):  # on instances that it was not found on, too
        assert np.allclose(Formula(made, drawn(seed)).right(), Formula(wrong, drawn(seed)).right())


def test_nothing_is_said_of_what_is_no_changed_formula():
    several = [drawn(seed) for seed in range(2)]
    right = "W - learning_rate * dW"
    odd = [(Formula(right, d), np.cos(d["W"]) + 0.1234) for d in several]
    assert known_formula(odd) == ""


def test_a_change_that_holds_on_one_instance_alone_is_not_told():
    one, other = drawn(0), drawn(1)
    right = "W - learning_rate * dW"
    fits, no = Formula("W + learning_rate * dW", one).right(), Formula("W - dW", other).right()
    assert known_formula([(Formula(right, one), fits), (Formula(right, other), no)]) == ""


def test_the_arrays_of_all_layers_are_changed_together():
    rng = np.random.default_rng(0)
    held = {"C": 0.7, "lambd": 1.3, "m": 6, "W": [rng.normal(size=(2, k)) for k in (3, 4, 5)]}
    right = Formula("C + lambd / (2 * m) * total(np.sum(W**2))", held)
    wrong = 0.7 + 1.3 / 12 * sum(np.abs(W).sum() for W in held["W"])
    assert "sum(np.sum(np.abs(W)) over all W)" in known_formula([(right, wrong)])


def test_an_array_has_its_own_name_in_the_sentence():
    d = drawn(0)
    formula = Formula("W - learning_rate * dW", d, {"W": "b", "dW": "db"})
    assert known_formula([(formula, d["W"] - d["dW"])]).startswith("`b - db`, where `b - ")
