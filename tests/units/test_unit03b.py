"""Unit 03b: week 3 as it is pasted in, what is told of it, and the numbers of its bug hunt."""

import re

import bank
import numpy as np
import pytest
from contracts.breaker import functions, notebook, points, verdicts
from test_hunts_columns import key, posted

from autograder.engine.evaluate import evaluate
from autograder.engine.exercise import exercise_of
from autograder.engine.student import Student
from autograder.networks import mlp_graph
from autograder.oracle import gradient
from autograder.units import EXERCISES
from autograder.units.defined_below import ASKED

OWN = [name for name in functions("03b") if not name.startswith("answers")]
UPDATE = "update_parameters"


def report(names, function, seed=5):
    with np.errstate(all="ignore"):
        return evaluate(exercise_of(function, names), Student(names), seed, visible=True)


def lost(names):
    """The graded properties that a notebook loses on hidden instances."""
    found = [v for name in OWN for v in verdicts(names, name, 31)]
    return [v.check for v in found if not v.earned and v.check in points("03b")]


def changed(function, *edits):
    """The public template with other text in one function."""
    from bank import hidden
    from bank.change import source_of

    source = source_of(getattr(hidden, function))
    for old, new in edits:
        assert old in source
        source = source.replace(old, new)
    names = bank.reference("hidden")
    exec(source, names)
    return names


def test_the_public_template_loses_what_that_course_does_not_ask_for_alone():
    names = bank.reference("hidden")
    del names["backward_signals"]
    assert {check.partition("__")[0] for check in lost(names)} == {"backward_signals"}


def test_names_of_unit_04_are_told_apart_by_the_notebook():
    for name in ("compute_cost", "update_parameters"):
        assert exercise_of(name, notebook("03b")).unit == "03b"
        assert exercise_of(name, notebook("04")).unit == "04"


@pytest.mark.parametrize("unit", ASKED)
def test_a_function_belongs_to_its_unit_by_what_stands_above_it_alone(unit):
    asked = [name for name in ASKED[unit].split() if name in {e.name for e in EXERCISES.values()}]
    given = {"07b": {"rows_are_examples"}, "10b": {"colour_names"}}.get(unit, set())  # locked cells
    for n, name in enumerate(asked):
        assert exercise_of(name, given | set(asked[: n + 1])).unit == unit, name


def test_a_step_in_place_costs_one_point_and_no_other_function():
    edits = [(f'= parameters["{n}"] -', f'= parameters["{n}"]\n    {n} -=') for n in ("W1", "b2")]
    names = changed("update_parameters", *edits)
    assert lost(names) == ["update_parameters__leaves_its_inputs_unchanged"]
    assert points("03b")["update_parameters__leaves_its_inputs_unchanged"] == 1


SENTENCES = {
    "a cost of shape (1, 1)": (
        ("compute_cost", ("float(np.squeeze(cost))", "cost * np.ones((1, 1))")),
        "J has shape (1, 1), expected a number; .item() takes it out of the array",
    ),
    "no seed": (
        ("nn_model", ("np.random.seed(3)", "np.random.seed()")),
        None,  # initialize_parameters has a seed of its own
    ),
    "no seed anywhere": (
        (
            "nn_model",
            ("np.random.seed(3)", "rng = np.random.default_rng()"),
            ("n_x, n_h, n_y)\n", "n_x, n_h, n_y)\n    parameters['W1'] *= rng.normal()\n"),
        ),
        "starts from other weights the second time: seed a generator",
    ),
    "n_h is not asked": (
        ("nn_model", ("(n_x, n_h, n_y)", "(n_x, 4, n_y)")),
        "with n_h = 5 W1 has shape (4, 3), expected (5, 3)",
    ),
    "an update at the start": (
        ("nn_model", ("range(num_iterations)", "range(num_iterations + 1)")),
        "with num_iterations = 0 its biases are not 0: it has made an update",
    ),
    "a bias that is a number": (
        ("backward_propagation", ("dZ2, axis=1, keepdims=True", "dZ2")),
        "db2 has shape (), expected (1, 1)",
    ),
    "at a half": (
        ("predict", ("A2 > 0.5", "A2 >= 0.5")),
        "where A2 is exactly 0.5 it answers 1; the contract says 0: > 0.5, not >=",
    ),
    "probabilities": (
        ("predict", ("A2 > 0.5", "A2")),
        "expected 0 and 1 alone: compare A2 with 0.5",
    ),
    "weights of order 1": (
        ("initialize_parameters", (" * 0.01", "")),
        "times as large as 0.01 times standard normal numbers",
    ),
    "arguments in another order": (
        ("forward_propagation", ("(X, parameters)", "(parameters, X, more)")),
        "The text of the exercise says `forward_propagation(X, parameters)`",
    ),
    "other arguments of a name that unit 04 has too": (
        ("compute_cost", ("(A2, Y)", "(A2, Y, parameters, more)")),
        "The text of the exercise says `compute_cost(A2, Y)`",
    ),
}


@pytest.mark.parametrize("slip", SENTENCES)
def test_what_lacks_is_told_in_one_sentence(slip):
    (function, *edits), told = SENTENCES[slip]
    text = str(report(changed(function, *edits), function))
    if told is None:
        assert "✗" not in text
    else:
        assert told in text, text


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("(1 - np.power(A1, 2))", "(A2 * (1 - A2))", "g2′(Z2) for g1′(Z1), the hidden layer"),
        ("(1 - np.power(A1, 2))", "(1 - np.power(A2, 2))", "A2 for A1, the hidden layer"),
        ('W2 = parameters["W2"]', 'W2 = parameters["W1"]', "W of the layer below"),
        ("X.shape[1]", "X.shape[0]", "m = X.shape[0]"),
        ("(1 - np.power(A1, 2))", "(1 - A1)", "where the square is missing"),
    ],
)
def test_an_index_slip_is_told_in_the_words_of_this_unit(old, new, words):
    text = str(report(changed("backward_propagation", (old, new)), "backward_propagation"))
    assert words in text, text
    assert not re.search(r"A_prev|\^\[l\]|dA_prev", text.partition("The line it concerns")[2]), text
    assert "lesson 03b" in text


def scale(c):
    return lambda value, seen: value.real + 1j * c * value.imag


def suspects():
    """By suspect: returned / true of dW2, db2, dW1, db1, and of dZ1 of the first example."""
    rng, m, n_x = np.random.default_rng(12), 7, 5
    X = rng.normal(size=(n_x, m))
    W1, W2 = rng.normal(size=(3, n_x)), rng.normal(size=(1, 3))
    first = np.array([[0.6], [-0.8], [0.0]])  # A1 of the first example; its A2 is 1/2
    p = {"W1": W1, "b1": np.arctanh(first) - W1 @ X[:, :1], "W2": W2, "b2": -W2 @ first}
    Y = np.array([[1.0, 0, 0, 1, 0, 1, 1]])
    net = mlp_graph(X, Y, p, ("tanh", "sigmoid"))
    assert np.allclose(net.value("A1")[:, :1], first)
    assert np.isclose(net.value("A2")[0, 0], 0.5)
    both = [f"{kind}{n}->Z{n}" for n in (1, 2) for kind in "Wb"]

    def wires(c, which="Wb"):
        return {wire: scale(c) for wire in both if wire[0] in which}

    def slopes(of):
        return {"A1": lambda a, seen: a.real + 1j * seen["Z1"].imag * of(a.real, net.value("A2"))}

    edits = {
        "missing-one-over-m": wires(m),
        "one-over-m-twice": {"J": scale(1 / m)},
        "one-over-m-per-layer": {"A1->Z2": scale(1 / m)},
        "wrong-m": wires(m / n_x),
        "db-not-averaged": wires(m, "b"),
        "missing-activation-derivative": slopes(lambda a, said: 1 + 0 * a),
        "derivative-unsquared": slopes(lambda a, said: 1 - a),
        "wrong-layer-index": slopes(lambda a, said: said * (1 - said)),
    }
    at = ["W2", "b2", "W1", "b1", "Z1"]
    true = gradient(net, at)
    return {id: ratios(gradient(net, at, edit), true) for id, edit in edits.items()}


def ratios(found, true):
    """Numbers where all entries agree on one, else None; of dZ1 those of the first example."""
    told = []
    for name in ("W2", "b2", "W1", "b1"):
        each = found[name] / true[name]
        told.append(each.flat[0] if np.allclose(each, each.flat[0]) else None)
    return [*told, *(found["Z1"] / true["Z1"])[:, 0]]


def test_the_numbers_of_a_case_are_those_of_its_key_and_of_no_other_suspect():
    made, shown = suspects(), posted("03b")["ratios"]
    for letter, id in key("03b").items():
        wanted = [None if "not" in told else float(eval(told)) for told in shown[letter]]
        fits = [known for known, found in made.items() if same(found, wanted)]
        assert fits == [id], letter


def same(found, wanted):
    pairs = zip(found, wanted, strict=True)
    return all((a is None) == (b is None) and (a is None or np.isclose(a, b)) for a, b in pairs)


def test_gradients_taken_by_their_place_are_refused_by_name_and_say_which():
    def update_parameters(parameters, grads, learning_rate=1.2):
        pairs = zip(parameters.items(), grads.values(), strict=True)
        return {name: p - learning_rate * g for (name, p), g in pairs}

    found = report({**bank.reference("hidden"), "update_parameters": update_parameters}, UPDATE)
    assert [v.status for v in found.verdicts] == ["failed", "passed"]
    assert [words.id for words in found.diagnosis] == ["gradients-by-place"]
    assert "there W1 is W1 - learning_rate * dW2" in str(found)
    assert "work out one entry" not in str(found)


def test_a_prediction_of_one_value_is_shown_beside_the_probabilities():
    names = bank.reference("hidden")
    names["predict"] = lambda parameters, X: np.zeros((1, X.shape[1]))
    shown = re.search(
        r"The right A2 is `\[\[(\S+), (\S+)\]\]` there", str(report(names, "predict"))
    )
    assert shown
    assert sum(float(p) > 0.5 for p in shown.groups()) == 1
