"""What can come back in the place of arrays: each has its message and costs its own exercise."""

import json

import numpy as np
import pytest

from autograder.units import EXERCISES
from tests.helpers.notebooks import details, notebook, passed, report, statuses

SHAPES = "returns_the_right_shapes"


def right(dZ, cache):
    A_prev, W, _ = cache
    m = A_prev.shape[1]
    return W.T @ dZ, dZ @ A_prev.T / m, dZ.sum(axis=1, keepdims=True) / m


def wrong_form(returned):
    """linear_backward with its three values sent through `returned`."""

    def linear_backward(dZ, cache):
        return returned(*right(dZ, cache))

    linear_backward.__globals__.update(globals())
    return report({**notebook(), "linear_backward": linear_backward}, "linear_backward")


FORMS = [
    (
        lambda dA, dW, db: None,
        "it returned None, expected 3 values: dA_prev, dW, db; is a `return` missing?",
    ),
    (
        lambda dA, dW, db: dA,
        "it returned one array, expected 3 values: dA_prev, dW, db",
    ),
    (
        lambda dA, dW, db: (dA, dW),
        "it returned 2 values, expected 3 values: dA_prev, dW, db",
    ),
    (
        lambda dA, dW, db: {"dA": dA},
        "it returned a dict, expected 3 values: dA_prev, dW, db",
    ),
    (
        lambda dA, dW, db: (value for value in (dA, dW, db)),
        "it returned a generator, expected 3 values: dA_prev, dW, db; "
        "does `yield` stand where `return` is meant?",
    ),
]


@pytest.mark.parametrize(("returned", "message"), FORMS)
def test_what_cannot_be_taken_apart(returned, message):
    found = details(wrong_form(returned))
    assert found.pop(SHAPES) == ("failed", message)
    assert set(found.values()) == {("not checked", message)}


ARRAYS = [
    (lambda db: None, "db is None: a `return` is missing, or nothing was set"),
    (lambda db: db.tolist(), "db is a list, expected a NumPy array of shape (3, 1)"),
    (lambda db: db.T, "db has shape (1, 3), expected (3, 1); db has shape (1, 4), expected (4, 1)"),
    (
        lambda db: db.astype(int),
        "db has dtype int64, expected float64; integers cannot hold fractions: make the array "
        "with np.zeros(shape), of dtype float",
    ),
    (
        lambda db: db + 0j,
        "db has dtype complex128, expected float64; complex numbers should not appear in a "
        "gradient",
    ),
    (lambda db: db + np.nan, "db holds nan at index [0, 0]"),
    (lambda db: np.where(db > 0, np.inf, db), "db holds inf at index ["),
    (lambda db: "db", "db is a str, expected a NumPy array of shape (3, 1)"),
]


@pytest.mark.parametrize(("spoil", "message"), ARRAYS)
def test_one_array_in_a_wrong_form_costs_that_array_alone(spoil, message):
    found = wrong_form(lambda dA, dW, db: (dA, dW, spoil(db)))
    status, detail = details(found)[SHAPES]
    assert status == "failed"
    assert detail.startswith(message)
    assert details(found)["db_matches_numeric_gradient"][0] == "not checked"
    assert passed(found) >= {"dA_prev_matches_numeric_gradient", "dW_matches_numeric_gradient"}


def test_float32_is_right_with_a_remark():
    found = wrong_form(lambda *arrays: tuple(a.astype(np.float32) for a in arrays))
    assert details(found)[SHAPES] == ("passed", "dW is float32: right, but compute in float64")
    assert found.passed


def test_float32_and_wrong_gets_no_name_and_is_told_why():
    found = wrong_form(lambda *arrays: tuple((2 * a).astype(np.float32) for a in arrays))
    assert found.diagnosis == ()
    assert (
        "Your array is float32, with seven digits: compute in float64, and a mistake can be named."
    ) in found.advice


def test_a_dict_without_the_keys_names_what_is_missing_once():
    def L_model_backward(AL, Y, caches):
        return {"dW": AL, 1: None}

    found = details(report(notebook(L_model_backward), "L_model_backward"))
    told = "there is no dZ4, dW4, db4, dA3, dZ3, dW3, db3, dA2, dZ2, dW2, db2, dA1 or 4 more; "
    assert found[SHAPES][1].startswith(told + "returned are 1 and dW")


def test_a_list_in_the_place_of_the_dict():
    def L_model_backward(AL, Y, caches):
        return [AL]

    assert details(report(notebook(L_model_backward), "L_model_backward"))[SHAPES] == (
        "failed",
        "it returned a list, expected a dict such as {'dW1': ..., 'db1': ...}",
    )


@pytest.mark.parametrize("value", [None, "0.7", [0.7], np.array([0.7, 0.1])])
def test_a_cost_that_is_no_number(value):
    def compute_cost(AL, Y):
        return value

    found = report(notebook(compute_cost) | {"value": value}, "compute_cost")
    assert statuses(found)[SHAPES] == "failed"
    assert statuses(found)["J_is_the_mean_of_the_losses"] == "not checked"


ODD = [
    None,
    1,
    10**400,
    "s",
    [[1.0], [2.0, 3.0]],
    {"W1": None},
    np.zeros(()),
    np.full((1, 7), np.nan),
    np.array([None]),
    np.ma.masked_array([1.0], [True]),
    np.array([1], dtype="M8[s]"),
    object(),
    (None, None),
    (np.zeros((1, 7)), None),
    ({"W1": 1}, [1, 2]),
    (1, 2, 3),
]
FUNCTIONS = [e.name for e in EXERCISES.values() if e.unit == "04" and e.name != "answers_04"]


@pytest.mark.parametrize("name", FUNCTIONS)
@pytest.mark.parametrize("value", ODD, ids=lambda value: repr(value)[:20])
def test_nothing_that_comes_back_stops_the_check(name, value):
    namespace = notebook()
    names = namespace["linear_backward"].__globals__  # the others call it too
    names[name] = lambda *args: value
    found = report(names, name)
    assert not found.passed
    assert json.loads(json.dumps(found.json(), allow_nan=False))["function"] == name
    assert str(found).startswith(f"{name}: ")
