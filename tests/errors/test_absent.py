"""What is not there: misspelt exercises, results in the place of functions, articles, contracts."""

import functools
import re
from pathlib import Path

import numpy as np
import pytest

import autograder
from autograder.engine.signatures import SIGNATURES
from autograder.errors.words import article
from autograder.suite import check, describe
from tests.helpers.notebooks import notebook, report
from tests.helpers.solved import solved, with_cell

PACKAGE = Path(autograder.__file__).parent
ASSIGNMENTS = PACKAGE.parent / "authoring" / "assignments"


def named(name):
    def function():
        return None

    function.__name__ = name
    return function


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("linear_bakward", "linear_backward"),
        ("rnn_cel_backward", "rnn_cell_backward"),
        ("softmaxloss", "softmax_loss"),
        ("L_Model_Forward", "L_model_forward"),
        ("broadcastshape", "broadcast_shape"),
        ("value", "Value"),
        ("topo_ordr", "topo_order"),
    ],
)
def test_a_misspelt_exercise_is_named(name, meant):
    with pytest.raises(ValueError, match=rf"no exercise called '{name}'; did you mean {meant}"):
        check(named(name))


def test_otherwise_the_exercises_of_the_notebook_are_named():
    names = with_cell("04", "def my_own_helper():\n    pass")
    with pytest.raises(ValueError, match="my_own_helper") as caught:
        check(names["my_own_helper"])
    assert "linear_backward" in str(caught.value)
    assert "rnn_backward" not in str(caught.value)


@pytest.mark.parametrize(
    ("given", "what"),
    [
        ((np.ones((2, 3)), None), "a tuple of 2 items"),
        (np.ones(3), "an array of shape (3,)"),
        (None, "None"),
        ({"dW": 1}, "a dict with the key 'dW'"),
        (3.5, "a float"),
    ],
)
def test_a_result_in_the_place_of_the_function(given, what):
    with pytest.raises(ValueError, match="check takes the function itself, without brackets") as e:
        check(given)
    assert f"it was given {what}" in str(e.value)


def test_answers_in_the_place_of_the_function_are_looked_at_with_the_points():
    around = {"answers_10": {"student": "s", 1: "db-no-sum"}, "check": check}
    for written in ("answers_10", "'answers_10'"):
        with pytest.raises(ValueError, match="check looks at functions, and `answers_10` is none"):
            exec(f"check({written})", around)


def test_the_name_in_the_place_of_the_function():
    with pytest.raises(ValueError, match=r"without quotation marks: check\(linear_backward\)$"):
        check("linear_backward")


@pytest.mark.parametrize(
    "wrap",
    [np.errstate(all="ignore"), functools.partial, lambda f: functools.wraps(f)(lambda *a: f(*a))],
)
def test_a_decorated_function_finds_the_others(wrap):
    """Its own globals are those of the decorator; the notebook's functions have been run."""
    names = with_cell("04", solved("04")[1]["linear_backward"])
    assert check(wrap(names["linear_backward"])).passed


def test_a_misspelt_function_is_found_where_it_is_missed():
    names = notebook()
    names["linear_forwrd"] = names.pop("linear_forward")
    note = report(names, "linear_backward").note
    assert (
        note == "there is no function called `linear_forward`; spelt nearly so is `linear_forwrd`"
    )


def test_a_function_whose_cell_ran_is_not_asked_to_be_run():
    names = notebook()
    del names["linear_forward"]
    assert report(names, "linear_backward").note.endswith(": run its cell first")
    names["In"] = ["", "def linear_forward(A, W, b):\n    return 1 / 0"]
    assert "its cell has run, but stopped" in report(names, "linear_backward").note


@pytest.mark.parametrize(
    ("name", "near"),
    [
        ("linear_backward__dW_matches", "linear_backward__dW_matches_numeric_gradient"),
        ("linear_bakward__dW", "linear_backward__returns_the_right_shapes"),
    ],
)
def test_a_misspelt_check_names_near_ones_only(name, near):
    with pytest.raises(KeyError) as caught:
        describe(name)
    assert near in str(caught.value)
    assert "rnn_" not in str(caught.value)


@pytest.mark.parametrize(
    ("word", "told"),
    [
        *[(word, f"an {word}") for word in ("int", "ndarray", "array", "OrderedDict", "int64")],
        *[(word, f"a {word}") for word in ("list", "uint8", "float", "str", "dict", "Value")],
    ],
)
def test_articles(word, told):
    assert article(word) == told


def test_no_sentence_puts_a_fixed_article_before_the_name_of_a_type():
    pattern = re.compile(r"\ban? \{(type\(|kind\b)")
    files = [p for p in PACKAGE.rglob("*.py") if "figures" not in p.parts]
    assert [str(p) for p in files if pattern.search(p.read_text("utf-8"))] == []


def test_the_contracts_are_those_of_the_assignments():
    found = {}
    for path in sorted(ASSIGNMENTS.glob("*.py")):
        text = path.read_text("utf-8")
        for name in re.findall(r'^# %% solution="(\w+)"$', text, re.M):
            line = re.search(rf"^def {name}\((.*?)\):$", text, re.M | re.S)
            if line:
                found.setdefault(name, set()).add(f"{name}({' '.join(line[1].split())})")
    assert set(found) == set(SIGNATURES)
    for name, lines in found.items():
        assert SIGNATURES[name] == (lines.pop() if len(lines) == 1 else "")
