"""Where an array is wrong and what it is instead, on slips that no edit of the graph explains."""

import numpy as np
import pytest

from autograder import check, example
from autograder.engine.evaluate import evaluate
from autograder.engine.exercise import exercise_of
from autograder.engine.locate.candidates import candidates
from autograder.engine.locate.case import Case, Pair, pairs
from autograder.engine.locate.factor import name_of, number
from autograder.engine.locate.instances import instances
from autograder.engine.locate.numbered import numbered, shifted, swapped
from autograder.engine.locate.places import places
from autograder.engine.locate.relation import first
from autograder.engine.locate.touchstones import touchstones
from autograder.engine.student import Student
from tests.helpers.solved import solved, with_cell

RNG = np.random.default_rng(3)
SIZES = ((5, 3, 7), (4, 4, 6), (3, 2, 1))


def cases(change, wrong=lambda sizes: True):
    """Three instances of dW = dZ Aᵀ / m, with `change(right, symbols, sizes)` in its place."""
    made, rng = [], np.random.default_rng(3)
    for n_prev, n, m in SIZES:
        A, dZ = rng.normal(size=(n_prev, m)), rng.normal(size=(n, m))
        W, Y = rng.normal(size=(n, n_prev)), np.arange(m)[None] % 2.0
        symbols, sizes = {"A": A, "dZ": dZ, "W": W, "Y": Y}, {"m": m, "n_prev": n_prev, "n": n}
        right = dZ @ A.T / m
        off = wrong(sizes)
        found = np.asarray(change(right.copy(), symbols, sizes)) if off else right
        made.append(
            Case(
                f"n_prev = {n_prev}, n = {n}, m = {m}",
                {"dW": found},
                {"dW": right},
                frozenset(["dW"] if off else []),
                sizes,
                symbols,
                instead={"dW": {"{right} of another day": right**3 + W**3}},
            )
        )
    return made


def last_row(right, symbols, sizes):
    right[-1] += 1.0
    return right


NOUNS = {
    "m/n_prev times (with n_prev = 5, n = 3, m = 7: 7/5 times) {right}": (
        lambda right, s, z: right * z["m"] / z["n_prev"]
    ),
    "{right} with the opposite sign": lambda right, s, z: -right,
    "2 times {right}": lambda right, s, z: 2 * right,
    "{right} transposed": lambda right, s, z: right.T,
    "{right} flattened": lambda right, s, z: right.ravel(),
    "W itself": lambda right, s, z: s["W"],
    "{right} plus W": lambda right, s, z: right + s["W"],
    "{right} minus 1/m times (with n_prev = 5, n = 3, m = 7: 1/7 times) W": (
        lambda right, s, z: right - s["W"] / z["m"]
    ),
    "{right} times W, entry by entry": lambda right, s, z: right * s["W"],
    "{right}, summed over the last example alone": (
        lambda right, s, z: s["dZ"][:, -1:] @ s["A"][:, -1:].T / z["m"]
    ),
    "{right} of another day": lambda right, s, z: right**3 + s["W"] ** 3,
    "W minus W squared, entry by entry": lambda right, s, z: s["W"] * 1 - s["W"] ** 2,
    "W * (1 - np.sum(W, axis=1, keepdims=True))": (
        lambda right, s, z: s["W"] * (1 - s["W"].sum(axis=1, keepdims=True))
    ),
    "(1 - tanh(W)) * (W - np.mean(W))": (
        lambda right, s, z: (1 - np.tanh(s["W"])) * (s["W"] - s["W"].mean())
    ),
    "σ(W) - W**2": lambda right, s, z: 1 / (1 + np.exp(-s["W"])) - s["W"] ** 2,
    "{right} rounded down to whole numbers": lambda right, s, z: np.floor(right),
    "{right} rounded to 2 decimals": lambda right, s, z: right.round(2),
    "the absolute values of {right}": lambda right, s, z: np.abs(right),
    "{right} with its rows in the reverse order": lambda right, s, z: right[::-1],
    "{right} sorted along its columns": lambda right, s, z: np.sort(right, axis=1),
    "the positive part of {right}, with 0 where it is negative": (
        lambda right, s, z: np.maximum(right, 0)
    ),
    "not yet summed over its axis 2: that sum is {right}": (
        lambda right, s, z: (
            np.einsum("ik,jk->ijk", s["dZ"], s["A"]) / z["m"]
            if z["m"] > 1
            else np.stack([right / 2, right / 2], axis=2)
        )
    ),
}


@pytest.mark.parametrize("noun", NOUNS)
def test_an_array_with_a_relation_to_the_right_one_is_told_by_it(noun):
    found = pairs(cases(NOUNS[noun]), "dW")
    related = first(candidates(found), found)
    assert related is not None
    assert related.noun == noun
    assert related.holds(found)


def test_a_relation_that_fails_on_one_instance_is_not_told():
    found = pairs(cases(lambda right, s, z: right * (2 if z["m"] > 1 else 3)), "dW")
    assert first(candidates(found), found) is None


def test_numbers_of_no_relation_have_none():
    noise = np.random.default_rng(8)
    found = pairs(cases(lambda right, s, z: right + noise.normal(size=right.shape)), "dW")
    assert first(candidates(found), found) is None


@pytest.mark.parametrize(
    ("factors", "name"),
    [
        ((7 / 5, 6 / 4, 1 / 3), "m/n_prev"),
        ((1 / 7, 1 / 6, 1), "1/m"),
        ((-1, -1, -1), "-1"),
        ((3 * 7, 4 * 6, 2), "m n"),
        ((7 / 6, 6 / 5, 1.3), ""),
        ((1.37, 1.2, 1.9), ""),
        ((2, -2, 2), ""),
        ((np.inf, 1, 1), ""),
    ],
)
def test_a_factor_has_one_name_on_all_instances_or_none(factors, name):
    sizes = [{"m": m, "n_prev": n_prev, "n": n} for n_prev, n, m in SIZES]
    assert name_of(factors, sizes) == name


def test_numbers_are_told_as_fractions():
    assert [number(x) for x in (7 / 5, -1 / 3, 2.0, 1.0123)] == ["7/5", "-1/3", "2", "1.012"]


def said(statements):
    return [statement.text for statement in statements if statement.true]


def test_the_wrong_rows_are_told():
    assert said(places(pairs(cases(last_row), "dW"), "dW"))[0].startswith("Only the last row of dW")

    def one(right, s, z):
        right[min(1, len(right) - 1)] += 1.0
        return right

    (text, *_) = said(places(pairs(cases(one), "dW"), "dW"))
    assert text == (
        "With n_prev = 4, n = 4, m = 6, dW is off in row 1 and right in rows 0, 2 and 3 "
        "(counted from 0)."
    )


def test_a_condition_on_a_named_array_is_told():
    def where(right, s, z):
        return np.where(s["W"] > 0, right, right + 0.7)

    texts = said(places(pairs(cases(where), "dW"), "dW"))
    assert texts == [
        "What you return as dW is right exactly where W is positive, and off elsewhere."
    ]


def test_nothing_is_said_of_places_when_everything_is_wrong():
    assert said(places(pairs(cases(lambda right, s, z: right + 1.0), "dW"), "dW")) == []


def test_instances_on_which_it_is_right_are_told_by_their_sizes():
    found = pairs(cases(last_row, lambda sizes: sizes["m"] > 1), "dW")
    assert said(instances(found, "dW")) == []  # one example is right: it may have been lucky
    found = 2 * pairs(cases(last_row, lambda sizes: sizes["n"] != sizes["n_prev"]), "dW")
    assert said(instances(found, "dW"))[0].startswith("dW is right where n_prev = n, and off where")


def test_sizes_that_are_1_together_are_told_together():
    def pair(n, c):
        right = {"db": np.ones(3)}
        wrong = frozenset({"db"} if c > 1 else ())
        case = Case(f"N = {n}, C = {c}", {"db": c * right["db"]}, right, wrong, {"N": n, "C": c})
        return Pair(case, "db")

    alike = [pair(1, 1), pair(1, 1), pair(2, 3), pair(3, 2)]
    assert said(instances(alike, "db")) == [
        "Of the examples tried, db is right on those with N = 1 and C = 1, and off on the others."
    ]
    apart = said(instances([*alike, pair(1, 2)], "db"))
    assert apart == ["db is right where C = 1, and off where C = 2 or 3."]


def test_sizes_that_no_code_mixes_up_are_not_compared():
    def told(**sizes):
        right = {"dx": np.ones(3)}
        found = [
            Pair(
                Case("", {"dx": right["dx"] + off}, right, frozenset({"dx"} if off else ()), s),
                "dx",
            )
            for off, s in ((0, sizes), (0, sizes), (1, {**sizes, "N": 7}), (1, {**sizes, "N": 9}))
        ]
        return said(instances(found, "dx"))

    window = {"H": 6, "W": 5, "HH": 2, "WW": 3, "stride": 4}
    assert told(N=4, **window) == []
    assert told(N=4, n=4, m=6) == ["dx is right where N = n, and off where N and n differ."]


def layers(found_of, wrong):
    right = {f"dW{k}": RNG.normal(size=(2, 3)) for k in (1, 2, 3, 4)}
    return [Case("4 layers", {n: found_of(n, right) for n in right}, right, frozenset(wrong))]


def test_of_numbered_arrays_the_wrong_ones_are_told():
    made = layers(lambda n, right: right[n] + (n == "dW4"), ["dW4"])
    assert said(numbered(made, ["dW4"])) == [
        "Of all dW only the last one, that of the highest number, is off."
    ]


def test_arrays_under_the_next_number_are_told():
    made = layers(
        lambda n, right: right.get(f"dW{int(n[2:]) + 1}", right[n]), ["dW1", "dW2", "dW3"]
    )
    told: set[str] = set()
    (text,) = said(shifted(made, ["dW1", "dW2", "dW3"], told))
    assert "belongs to the next number" in text
    assert told == {"dW1", "dW2", "dW3"}


def check_cell(unit, cell, function):
    return check(with_cell(unit, cell)[function])


def test_arrays_that_changed_places_are_told():
    def other(name, right):
        return right[{"dW1": "dW2", "dW2": "dW1"}.get(name, name)]

    told: set[str] = set()
    (text,) = said(swapped(layers(other, ["dW1", "dW2"]), ["dW1", "dW2"], told))
    assert text == "dW1 and dW2 have changed places: each is right, under the other's name."
    assert told == {"dW1", "dW2"}


LINEAR = """
def linear_backward(dZ, cache):
    A, W, b = cache
    m = A.shape[1]
    dA_prev, dW, db = W.T @ dZ, dZ @ A.T / m, dZ.sum(axis=1, keepdims=True) / m
    return {}
"""


def linear(returned):
    return check_cell("04", LINEAR.format(returned), "linear_backward")


@pytest.mark.parametrize("order", ["dW, dA_prev, db", "dW, db, dA_prev", "dA_prev, db, dW"])
def test_a_swapped_return_order_is_told_as_such(order):
    report = linear(order)
    wanted = f"you returned ({order}), the contract asks for (dA_prev, dW, db)"
    assert report.verdicts[0].detail == wanted
    assert wanted in report.advice[0]
    assert not report.diagnosis


def test_a_cache_in_the_place_of_the_value_is_told_as_an_order():
    cell = "def linear_forward(A, W, b):\n    return (A, W, b), W @ A + b\n"
    report = check_cell("04", cell, "linear_forward")
    assert report.verdicts[0].detail == (
        "you returned (cache, Z), the contract asks for (Z, cache)"
    )


def test_a_wrong_value_in_another_place_is_no_swapped_order():
    report = linear("dW, 2 * dA_prev, db")
    assert "you returned" not in str(report)


def test_the_smallest_failing_instance_is_shown_with_all_its_inputs():
    text = str(linear("W.T @ (dZ + b), dW, db"))
    assert "What you return as dA_prev is the right dA_prev plus W.T @ b." in text
    assert "n_prev = 1, n = 1, m = 1: `dZ = [[2]]`" in text
    for name in ("W", "b", "A_prev"):
        assert f"`{name} = [[" in text
    assert "example(linear_backward)" in text


def test_an_instance_on_which_it_is_right_is_not_shown():
    text = str(linear("dA_prev, dW + (m > 1) * W, db"))
    assert "m = 1:" not in text
    assert "m = 2:" in text


def test_hidden_feedback_holds_no_instance():
    names = with_cell("04", LINEAR.format("W.T @ (dZ + b), dW, db"))
    report = evaluate(exercise_of("linear_backward", names), Student(names), 5, visible=False)
    assert "plus W.T @ b" in str(report)
    assert "[[" not in str(report)


def test_example_hands_over_arguments_on_which_the_function_fails():
    names = with_cell("04", LINEAR.format("W.T @ (dZ + b), dW, db"))
    dZ, (A, W, b) = example(names["linear_backward"])
    assert dZ.shape == W.shape == b.shape == A.shape == (1, 1)
    dA_prev, _, _ = names["linear_backward"](dZ, (A, W, b))
    assert not np.allclose(dA_prev, W.T @ dZ)
    dZ[:] = 0  # a copy
    assert example(names["linear_backward"])[0].any()


def test_example_of_a_right_function_is_its_first_instance():
    dZ, _ = example(solved("04")[0]["linear_backward"])
    assert dZ.shape == (3, 7)


def test_example_says_where_there_is_none():
    with pytest.raises(ValueError, match="through other functions"):
        example(solved("01")[0]["Value"])


def test_example_of_a_check_with_calls_of_its_own_is_the_call_that_fails():
    cell = (
        "def random_mini_batches(X, Y, mini_batch_size=64, seed=0):\n"
        "    order, n = np.random.default_rng(seed).permutation(X.shape[1]), mini_batch_size\n"
        "    starts = range(0, X.shape[1] // n * n, n)\n"
        "    return [(X[:, order[k:k + n]], Y[:, order[k:k + n]]) for k in starts]\n"
    )
    X, _, size, _ = example(with_cell("06b", cell)["random_mini_batches"])
    assert X.shape[1] % size
    name = "update_parameters_with_adam"
    cell = (
        f"solved_adam = {name}\n"
        f"def {name}(parameters, grads, v, s, t, *rest):\n"
        "    return solved_adam(parameters, grads, v, s, t + (t == 1), *rest)\n"
    )
    assert example(with_cell("06b", cell)[name])[4] == 1


def test_an_instance_shows_each_argument_and_nothing_else():
    cell = "def vjp_linear(dz, W, a):\n    return W.T @ dz, 1.5 * dz @ a.T, dz.copy()\n"
    text = str(check_cell("02", cell, "vjp_linear"))
    (line,) = (line for line in text.splitlines() if line.startswith("A small instance"))
    assert [name for name in ("dz", "W", "a", "b") if f"`{name} = " in line] == ["dz", "W", "a"]
    cell = "def relu_backward(dA, Z):\n    return np.maximum(dA, 0) * (Z > 0)\n"
    text = str(check_cell("04", cell, "relu_backward"))
    assert "`dA = [[" in text
    assert "`Z = [[" in text


NAN = """
def linear_backward(dZ, cache):
    A_prev, W, _ = cache
    dA_prev, dW, db = W.T @ dZ, np.empty(W.shape), dZ.mean(axis=1, keepdims=True)
    dW[0] = (dZ @ A_prev.T / dZ.shape[1])[0]
    return dA_prev, dW, db
"""


def test_what_is_nan_is_a_multiple_of_nothing_and_its_causes_are_told():
    advice = " ".join(check(with_cell("04", NAN)["linear_backward"]).advice)
    assert "If there is np.empty in it" in advice
    assert "a number of its own" not in advice


def test_rows_that_should_add_up_to_0_are_told_where_they_do_not():
    def told(dS):
        right = {"dS": np.array([[1.0, 2.0, -3.0], [4.0, -1.0, -3.0]])}
        found = {"dS": right["dS"] + dS}
        cases = [Case("T = 2", found, right, frozenset({"dS"}), {})]
        return tuple(s.text for s in touchstones("softmax_rows_backward", cases) if s.true)

    assert told(np.array([[1.0, -1.0, 0.0]])) == ()
    (text,) = told(np.array([[0.5], [1.0]]))
    assert "The rows of dS do not add up to 0, and those of the right one do" in text
    assert "With T = 2, row 1 (counted from 0) adds up to 3." in text


def test_images_have_rows_and_other_axes_are_told_by_their_number():
    def told(sizes):
        right = {"dx": RNG.normal(size=(2, 3, 5, 4))}
        found = {"dx": right["dx"] + np.array([0, 1, 0, 1, 0])[:, None]}
        return said(
            places([Pair(Case("N = 2", found, right, frozenset({"dx"}), sizes), "dx")], "dx")
        )

    (rows,) = told({"N": 2, "HH": 3, "WW": 2})
    assert "dx is off in rows 1 and 3 and right in rows 0, 2 and 4" in rows
    (other,) = told({"q": 2})
    assert (
        "off in indices 1 and 3 along axis 2 and right in indices 0, 2 and 4 along axis 2" in other
    )


def test_what_is_a_rounding_error_is_written_as_0():
    from autograder.engine.locate.written import written

    assert written(np.array([6.661e-16, 0.5]), 1e-13) == "[0, 0.5]"
    assert written(np.array([6.661e-16])) == "[6.661e-16]"
