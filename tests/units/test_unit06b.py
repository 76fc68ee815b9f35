"""Unit 06b: what optimisers must do whatever the recurrence is, what is told, the bug hunt."""

import bank
import numpy as np
import pytest
from bank import optimisers
from bank.change import changed, source_of
from contracts.breaker import functions, notebook, points, verdicts
from test_hunts_columns import key, posted

from autograder.engine.evaluate import evaluate
from autograder.engine.exercise import exercise_of
from autograder.engine.student import Student
from autograder.networks.optimisers import step_graph
from autograder.oracle import central_difference, gradient
from autograder.units.u06b_optimisers.instances import ORDER, Update, update

OWN = [name for name in functions("06b") if not name.startswith("answers")]
MOMENTUM, RMSPROP, ADAM = (f"update_parameters_with_{n}" for n in ("momentum", "rmsprop", "adam"))
NUMBERS = {"rate": 0.1, "beta": 0.9, "beta_one": 0.9, "beta_two": 0.99, "epsilon": 1e-10, "t": 1.0}


def drawn(method, size=1.0, **more):
    """One update of the grader's own graph."""
    numbers = {name: {**NUMBERS, **more}[name] for name in ORDER[method]}
    return update(np.random.default_rng(6), method, (3, 2), numbers, size=size)


def run(method, updates, gradient_at, start=1.0, **more):
    """The parameter after each update of one number, by the grader's graph."""
    w, v, s, found = np.full((1, 1), start), np.zeros((1, 1)), np.zeros((1, 1)), []
    for t in range(1, updates + 1):
        numbers = {name: {**NUMBERS, **more, "t": float(t)}[name] for name in ORDER[method]}
        g = gradient_at(w)
        one = Update(method, {"W1": w}, {"dW1": g}, {"dW1": v}, {"dW1": s}, numbers).values()
        w, v, s = one["W1"], one.get("v_dW1", v), one.get("s_dW1", s)
        found.append((w.item(), v.item(), s.item()))
    return np.array(found)


@pytest.mark.parametrize("method", ORDER)
def test_each_method_reaches_the_minimum_of_a_parabola(method):
    ends = run(method, 400, lambda w: 3 * (w - 0.5), rate=0.02)[-100:, 0]
    assert np.abs(ends - 0.5).max() < 0.03


def test_the_first_step_of_adam_has_the_length_of_the_rate_at_any_scale():
    for size in (1e-4, 1.0, 1e6):
        one = update(np.random.default_rng(1), "adam", (3, 2), NUMBERS | {"epsilon": 0.0})
        zeros = {name: 0 * g for name, g in one.grads.items()}
        grads = {name: size * g for name, g in one.grads.items()}
        made = Update("adam", one.parameters, grads, zeros, zeros, one.numbers).values()
        for name, p in one.parameters.items():
            assert np.allclose(np.abs(made[name] - p), 0.1, rtol=1e-9)


def test_a_velocity_is_the_sum_of_all_gradients_each_with_its_weight():
    g, places = np.random.default_rng(2).normal(size=9), iter(range(9))
    found = run("momentum", 9, lambda w: np.full((1, 1), g[next(places)]))[:, 1]
    for t in range(1, 10):
        weights = 0.1 * 0.9 ** (t - np.arange(1, t + 1))
        assert np.isclose(found[t - 1], weights @ g[:t], rtol=1e-12)
        assert np.isclose(weights.sum(), 1 - 0.9**t)


def test_corrected_means_are_those_of_numpy():
    g, places = np.random.default_rng(3).normal(size=7), iter(range(7))
    w = run("adam", 7, lambda w: np.full((1, 1), g[next(places)]), start=0.0, epsilon=0.0)[:, 0]
    for t in range(1, 8):
        ages = np.arange(t)[::-1]
        up = np.average(g[:t], weights=0.9**ages)
        down = np.average(g[:t] ** 2, weights=0.99**ages)
        step = (w[t - 2] if t > 1 else 0.0) - w[t - 1]
        assert np.isclose(step, 0.1 * up / np.sqrt(down), rtol=1e-9)


@pytest.mark.parametrize("method", ORDER)
def test_the_graph_of_an_update_can_be_differentiated(method):
    one = drawn(method, epsilon=0.1, t=3.0)
    for node in ("dW1", "W1", "rate"):
        exact = gradient(one.graph, node)
        assert np.allclose(exact, central_difference(one.graph, node), rtol=1e-5, atol=1e-7)
    assert np.allclose(gradient(one.graph, "W1"), 1.0)


def test_no_two_arrays_of_parameters_touch_each_other():
    held = [
        {"W": np.ones((2, 3)), "dW": np.ones((2, 3))},
        {"W": np.ones((2, 1)), "dW": np.ones((2, 1))},
    ]
    graph = step_graph("gd", held, {"rate": 0.5})
    assert {w for w in graph.wires() if w.endswith("W_new1")} == {
        "W1->W_new1",
        "dW1->W_new1",
        "rate->W_new1",
    }


def report(names, function, seed=5):
    with np.errstate(all="ignore"):
        return evaluate(exercise_of(function, names), Student(names), seed, visible=True)


def told(function, *edits):
    """What is said of a right function of the bank with other text in it."""
    names = bank.reference("optimisers")
    exec(changed(source_of(getattr(optimisers, function)), edits, function), names)
    return str(report(names, function))


SENTENCES = [
    (
        MOMENTUM,
        ('learning_rate * v_new["d" + k]', 'learning_rate * grads["d" + k]'),
        "the values of the update in which W_new is made with dW in the place of v_new.",
    ),
    (
        MOMENTUM,
        ('beta * v["d" + k] + (1', "(1"),
        "the update in which the product of v and beta is left out of v_new.",
    ),
    (
        MOMENTUM,
        ('learning_rate * v_new["d" + k]', 'v_new["d" + k]'),
        "W_new is made with 1 in the place of learning_rate.",
    ),
    (RMSPROP, (" + epsilon", ""), "the update in which epsilon is left out of divisor."),
    (RMSPROP, ("* g /", '* s_new["d" + k] /'), "W_new is made with s_new in the place of dW."),
    (
        ADAM,
        ("(1 - np.power(beta1, t))", "(1 + np.power(beta1, t))"),
        "beta1**t enters (1 - beta1**t) multiplied by -1.",
    ),
    (ADAM, ("return new, v_new, s_new", "return new, v_new"), "it returned 2 values, expected 3"),
    (ADAM, ("return new, v_new, s_new", "return new"), "it returned one dict, expected 3 values"),
    (ADAM, ("    return", '    v_new["t"] = t\n    return'), "v has other entries than dW1, db1"),
    ("initialize_velocity", ('v["d" + k]', "v[k]"), "v has other entries than dW1, db1"),
    ("initialize_velocity", (".shape)", ".shape[0])"), "v_dW1 has shape (5,), expected (5, 3)"),
    (
        "random_mini_batches",
        ("m % mini_batch_size != 0", "False"),
        "with m = 23 and batches of 5, 3 examples are in no batch",
    ),
    (
        "random_mini_batches",
        (".permutation(m)", ".integers(0, m, m)"),
        "are in more than one place: example ",
    ),
    (
        "schedule_lr_decay",
        ("np.floor(epoch_num / time_interval)", "epoch_num / time_interval"),
        "(1 + decay_rate * (epoch_num / time_interval))`, where",
    ),
    (
        "update_lr",
        ("(1 + decay_rate * epoch_num)", "1 + decay_rate * epoch_num"),
        "`learning_rate0 / 1 + decay_rate * epoch_num`, where",
    ),
]


@pytest.mark.parametrize(("function", "edit", "words"), SENTENCES)
def test_what_has_no_name_is_told_by_the_graph_of_the_update(function, edit, words):
    assert words in told(function, edit)


def test_an_example_shows_the_gradients_and_the_state_under_their_own_names():
    text = told(ADAM, ("- learning_rate", "- 3 * learning_rate"))
    assert "`dW1 = [[" in text
    assert "`v['dW1'] = [[" in text
    assert "`s['db1'] = [[" in text
    assert "In the order of computing, W1 is the first" in text


WRITES = """
right = {function}
def {function}(parameters, grads, state, *rest):
    for name in state:
        state[name] = state[name] + 0
    return right(parameters, grads, state, *rest)
"""


@pytest.mark.parametrize("function", [MOMENTUM, RMSPROP, ADAM])
def test_a_state_that_is_written_into_costs_one_point(function):
    names = notebook("06b", WRITES.format(function=function))
    lost = [v.check for name in OWN for v in verdicts(names, name, 31) if not v.earned]
    assert lost == [f"{function}__leaves_its_inputs_unchanged"]
    assert points("06b")[lost[0]] == 1


def test_the_newer_template_with_its_five_values_is_right():
    variant = next(v for v in bank.rights("optimisers") if v.name.endswith("the_newer_template"))
    assert "✗" not in str(report(variant.namespace(), ADAM))


def hunted(kind, gradients=(2, 2, 2, -2), beta1=0.9, beta2=0.99):
    """The steps of Adam with one of the bugs of the hunt."""
    v = s = 0.0
    found = []
    for t, g in enumerate(gradients, 1):
        one, two = (beta2, beta1) if kind == "adam-betas-swapped" else (beta1, beta2)
        v = one * v + (1 if kind == "optimiser-one-minus-beta-missing" else 1 - one) * g
        s = two * s + (1 - two) * (v if kind == "adam-square-of-mean" else g) ** 2
        n = t + (kind == "adam-t-off-by-one")
        up, down = v / (1 - one**n), s / (1 - two**n)
        if kind == "adam-bias-correction-missing":
            up, down = v, s
        found.append(up / (down if kind == "optimiser-root-missing" else np.sqrt(down)))
        if kind == "adam-corrected-carried-on":
            v, s = up, down
    return np.round(found, 2)


def test_the_numbers_of_a_case_are_those_of_its_key_and_of_no_other_suspect():
    suspects = exercise_of("answers_06b", {}).properties[0].holds.ids
    assert np.allclose(hunted("none"), [1, 1, 1, 0.42])
    for letter, id in key("06b").items():
        shown = posted("06b")["steps"][letter]
        assert [known for known in suspects if np.allclose(hunted(known), shown)] == [id], letter
