"""Unit 06a: what is right is accepted, what is wrong is told in words that hold; its bug hunt."""

import bank
import numpy as np
import pytest
from bank.change import source_of
from contracts.breaker import functions, notebook, points, verdicts
from test_hunts_columns import key, posted

from autograder.engine.evaluate import evaluate
from autograder.engine.exercise import exercise_of
from autograder.engine.student import Student
from autograder.figures.clipping import turn
from autograder.figures.separating import lines_of
from autograder.networks.dropout import dropout_graph
from autograder.networks.embedding import embedding_graph
from autograder.networks.regularised import regularised_graph
from autograder.oracle import central_difference, gradient
from autograder.units.u06a_regularisation.instances import (
    ALL_EQUAL,
    SIZES,
    SMALL,
    instance,
    whole_instance,
)

OWN = [name for name in functions("06a") if not name.startswith("answers")]
BACK, DROP = "backward_propagation_with_regularization", "forward_propagation_with_dropout"
DROPPED = "backward_propagation_with_dropout"


def report(names, function, seed=5):
    with np.errstate(all="ignore"):
        return evaluate(exercise_of(function, names), Student(names), seed, visible=True)


def lost(names, seed=31):
    """The graded properties that a notebook loses on hidden instances."""
    found = [v for name in OWN for v in verdicts(names, name, seed)]
    return {v.check for v in found if not v.earned and v.check in points("06a")}


@pytest.mark.parametrize("seed", [1, 2])
def test_the_solution_and_the_public_template_have_all_points(seed):
    assert lost(notebook("06a"), seed) == set()
    assert lost(bank.reference("regularised"), seed) == set()


def test_the_graphs_are_differentiated_as_central_differences_do():
    drawn = instance(np.random.default_rng(3), SIZES[0])
    table = embedding_graph(np.array([[2, 0, 2]]), np.arange(6.0).reshape(3, 2), np.ones((1, 3, 2)))
    for graph in (drawn.penalised(3.0), drawn.dropped(0.6), table):
        for name in graph.inputs:
            found = central_difference(graph, name)
            assert np.allclose(found, gradient(graph, name), rtol=1e-5, atol=1e-7), name


def test_instances_are_those_on_which_nothing_hides():
    rng = np.random.default_rng(4)
    for sizes in (*SIZES, *ALL_EQUAL):
        drawn = instance(rng, sizes)
        penalty = gradient(drawn.penalised(3.0), ["W2->R", "W2->Z2"])
        sides = [np.abs(side).max() for side in penalty.values()]
        assert 0.02 < sides[0] / sides[1] < 200  # neither term drowns the other
        assert all(np.abs(drawn.parameters[f"b{n}"]).min() > 0 for n in (1, 2, 3))
        if sizes[3] > 2:
            assert all(0 < row.mean() < 1 for row in drawn.plain.value("Z1") > 0)
    for sizes in SMALL:
        found = whole_instance(rng, sizes)
        assert all((value % 1 == 0).all() for value in found.parameters.values())


def changed(function, *edits):
    """The public template with other text in one function."""
    from bank import regularised

    source = source_of(getattr(regularised, function))
    for old, new in edits:
        assert old in source, old
        source = source.replace(old, new)
    names = bank.reference("regularised")
    exec(source, names)
    return names


SENTENCES = {
    "two_left": (
        (BACK, ("lambd / m * W", "2 * lambd / m * W")),
        "another factor than the one in J",
    ),
    "cost with norms": (
        (
            "compute_cost_with_regularization",
            ("np.sum(np.square(W1))", "np.linalg.norm(W1)"),
            ("np.sum(np.square(W2))", "np.linalg.norm(W2)"),
            ("np.sum(np.square(W3))", "np.linalg.norm(W3)"),
        ),
        "sum(np.linalg.norm(W) over all W)`, where",
    ),
    "cost without W3": (
        ("compute_cost_with_regularization", (" + np.sum(np.square(W3))", "")),
        "J without the penalty of W3",
    ),
    "not scaled": ((DROP, ("A1 = A1 / keep_prob", "pass")), "A1 in the cache is relu(Z1) * D1"),
    "kept before it is masked": (
        (DROP, ("A2 = relu(Z2)", "A2 = kept = relu(Z2)"), ("D2, A2,", "D2, kept,")),
        "relu(Z2): neither masked nor scaled, though Z3 is made of the right A2",
    ),
    "inverted": (
        (DROP, ("(D1 < keep_prob)", "(D1 > keep_prob)")),
        "masks that keep a unit with probability 1 - keep_prob",
    ),
    "one column": (
        (DROP, ("(D2 < keep_prob)", "(D2[:, :1] * np.ones((1, D2.shape[1])) < keep_prob)")),
        "D2 is the same for all examples; each example needs draws of its own",
    ),
    "another order": (
        (DROP, ("cache = (Z1, D1,", "cache = (D1, Z1,")),
        "Z1 in the cache has dtype int",
    ),
    "no masks": (
        (DROP, ("(Z1, D1, A1, W1, b1, Z2, D2,", "(Z1, A1, W1, b1, Z2,")),
        "it returned 12 values, expected 14 values: Z1, D1, A1",
    ),
    "new mask": (
        (DROPPED, ("dA1 * D1", "dA1 * (np.random.default_rng(0).random(dA1.shape) < keep_prob)")),
        "dA1 is 0 at other places than D1: it was multiplied by another mask",
    ),
    "no mask": (
        (DROPPED, ("dA2 * D2", "dA2")),
        "dA2 is not 0 where D2 is: units that were off receive a gradient",
    ),
    "words once": (
        ("embedding_backward", ("np.add.at(dW, words, dout)", "dW[words] += dout")),
        "the wires from W to all other places are cut",
    ),
    "in place": (
        ("clip_by_value", ("-maxValue, maxValue)", "-maxValue, maxValue, out=gradients[name])")),
        "an array of the caller that is not what it was",
    ),
    "each by its own": (
        (
            "clip_by_norm",
            ("factor * g for", "g * min(1, max_norm / np.linalg.norm(g)) for"),
        ),
        "each piece was bounded by itself",
    ),
    "zero by zero": (
        (
            "clip_by_norm",
            ("max_norm / norm if norm > max_norm else 1.0", "min(1, max_norm / norm)"),
            ("{name: factor * g", "{name: factor * (g / norm) * norm"),
        ),
        "for a gradient of zeros",
    ),
}


@pytest.mark.parametrize("slip", SENTENCES)
def test_what_lacks_is_told_in_one_sentence(slip):
    (function, *edits), told = SENTENCES[slip]
    text = str(report(changed(function, *edits), function))
    assert told in text, text


def test_what_is_written_in_place_costs_one_property_and_no_other():
    names = changed(
        "clip_by_value", ("-maxValue, maxValue)", "-maxValue, maxValue, out=gradients[name])")
    )
    assert lost(names) == {"clip_by_value__leaves_its_inputs_unchanged"}


def test_seeded_masks_are_as_good_as_others():
    names = changed(DROP, ("Z1 = np.dot", "np.random.seed(1)\n    Z1 = np.dot"))
    assert lost(names) == set()


def test_masks_that_chance_draws_are_never_refused():
    names = bank.reference("regularised")
    for seed in range(40):
        assert not [v for v in verdicts(names, DROP, seed) if not v.earned]


def test_the_pictures_say_what_is_so():
    assert turn(np.array([1.0, 0.0]), np.array([0.0, 2.0])) == pytest.approx(90)
    line = np.linspace(0, 1, 5)
    assert lines_of(np.stack([line, line, 2 * line], axis=1)) == 2


def hunted():
    """By letter and suspect, the numbers that the suspect returns in that case."""
    found, names = {}, posted("06a")
    W, data = (np.array(names["case_A"][key]) for key in ("W", "dW without a penalty"))
    found["A"] = {id: data + f * 0.5 * W for id, f in (("l2-forgotten", 0), ("l2-on-bias", 1))}
    found["A"]["l2-factor"] = data + 2 * 0.5 * W
    D, up = np.array(names["case_B"]["D1"]), np.array(names["case_B"]["W2ᵀ dZ2"])
    found["B"] = {"dropout-mask-forgotten": up / 0.8, "dropout-not-scaled": up * D}
    words = np.array([[3, 1, 3, 0, 3, 1]])
    dout = np.array([1.0, 0.9, 1.5, 0.7, -1.0, -0.4]).reshape(1, 6, 1)
    once = np.zeros((4, 1))
    once[words] += dout
    found["C"] = {"index-add-duplicates": once[:, 0]}
    right = gradient(embedding_graph(words, np.ones((4, 1)), dout), "W")[:, 0]
    assert np.allclose(right, names["case_C"]["sum of dout over its places"])
    came = np.array([eval(pair) for pair in names["case_D"]["came in"]], float)
    norms = np.linalg.norm(came, axis=1, keepdims=True)
    found["D"] = {"clip-value-vs-norm": np.minimum(came, 6.5)}
    found["D"]["clip-below-the-limit"] = came * 6.5 / norms
    assert not np.allclose(came * np.minimum(1, 6.5 / norms), found["D"]["clip-value-vs-norm"])
    return found


def test_the_numbers_of_a_case_are_those_of_its_key_and_of_no_other_suspect():
    names, made = posted("06a"), hunted()
    for letter, id in key("06a").items():
        case = names[f"case_{letter}"]
        told = case.get("returned") or [eval(pair) for pair in case["came out"]]
        fits = [known for known, numbers in made[letter].items() if np.allclose(numbers, told)]
        assert fits == [id], letter


def test_a_graph_with_all_units_kept_is_the_one_without_dropout():
    drawn = instance(np.random.default_rng(8), SIZES[0])
    ones = {n: np.ones_like(mask) for n, mask in drawn.masks.items()}
    kept = dropout_graph(drawn.X, drawn.Y, drawn.parameters, ones, 1.0)
    plain = regularised_graph(drawn.X, drawn.Y, drawn.parameters, 0.0)
    for name in drawn.parameters:
        assert np.allclose(gradient(kept, name), gradient(plain, name))
