"""Unit 03: right layers pass, each slip of the bank is refused and named, texts keep their word."""

import sys
from pathlib import Path

import jupytext
import numpy as np
import pytest

from autograder import figures
from autograder.datasets import spiral
from autograder.engine.evaluate import evaluate
from autograder.engine.exercise import exercise_of
from autograder.engine.student import Student
from autograder.networks import affine_graph, loss_graph, pointwise_graph
from autograder.oracle import central_difference, gradient
from autograder.units import CATALOGUE, EXERCISES
from autograder.units.u03_layers.instances import rows_instance

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests"))
import bank  # noqa: E402  the folder of the bank has to be on the path first

TEXT = ROOT / "authoring" / "assignments" / "03_layer_recipes.py"
CELLS = [cell for cell in jupytext.read(TEXT).cells if cell.cell_type == "code"]
NAMES = [e.name for e in EXERCISES.values() if e.unit == "03" and e.name != "answers_03"]
SEEDS = (5, 6)


def solved(**replaced):
    """The assignment's functions and classes, some of them replaced."""
    names = {"np": np, "__name__": "student"}
    for cell in CELLS:
        if "solution" in cell.metadata or cell.source.startswith("class"):
            exec(cell.source, names)
    return names | replaced


def report(name, names, seed=5):
    return evaluate(exercise_of(name, names), Student(names), seed)


def verdicts(names, seed=5, of=NAMES):
    """What failed, by check; and the ids that were told."""
    reports = [report(name, names, seed) for name in of]
    failed = {v.check for r in reports for v in r.verdicts if not v.earned}
    ids = {words.id for r in reports for words in r.diagnosis}
    return failed, ids


def refused(names, slips, seed):
    """Is it stopped, and is each slip named? The slips' own functions are asked first."""
    failed, ids = set(), set()
    for name in sorted(NAMES, key=lambda name: name not in {slip.function for slip in slips}):
        more, told = verdicts(names, seed, [name])
        failed, ids = failed | more, ids | told
        named = all(s.expected is None or ids & {s.expected, *s.also} for s in slips)
        if failed and named:
            return True
    return False


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("name", NAMES)
def test_the_solution_passes(name, seed):
    found = report(name, solved(), seed)
    assert found.passed, str(found)


@pytest.mark.parametrize("right", bank.rights("rows"), ids=lambda one: one.name)
def test_right_implementations_pass(right):
    assert verdicts(right.namespace())[0] == set()


@pytest.mark.parametrize("slip", bank.mutants("rows"), ids=lambda one: one.name)
def test_each_slip_is_refused_and_named(slip):
    assert all(refused(slip.namespace(), [slip], seed) for seed in SEEDS)


@pytest.mark.parametrize("pair", bank.pairs("rows"), ids=lambda one: one.name)
def test_two_slips_are_both_named(pair):
    assert refused(pair.namespace(), [pair.first, pair.second], 5)


def test_homework_of_cs231n_is_gradable_as_it_is():
    names = bank.reference("rows")
    assert "Model" not in names
    assert verdicts(names)[0] == set()


def test_a_borrowed_cache_is_told():
    slips = {slip.name: slip for slip in bank.mutants("rows")}
    names = slips["affine_forward/keeps_the_arrays_of_the_caller"].namespace()
    told = {v.check: v for v in report("affine_forward", names).verdicts}
    owns = told["affine_forward__cache_owns_its_data"]
    assert owns.status == "failed"
    assert "shares memory with x and w" in owns.detail


def test_one_name_in_two_units_is_told_apart_by_its_notebook():
    assert exercise_of("relu_backward", solved()).unit == "03"
    assert exercise_of("relu_backward", {"relu_backward"}).unit == "04"


def _without_bias(x, w, b):
    return x.reshape(len(x), -1) @ w, (x.reshape(len(x), -1).copy(), w.copy(), x.shape)


def _no_bias_gradient(dout, cache):
    flat, w, shape = cache
    return (dout @ w.T).reshape(shape), flat.T @ dout, np.zeros(dout.shape[1])


def test_a_wrong_forward_is_told_once_and_its_backward_held_to_it():
    names = solved(affine_forward=_without_bias, affine_backward=_no_bias_gradient)
    assert [w.id for w in report("affine_forward", names).diagnosis] == ["bias-forgotten"]
    backward = report("affine_backward", names)
    assert backward.passed
    assert "affine_forward is not right yet" in backward.note


def test_a_softmax_that_overflows_is_told():
    def naive(x, y):
        with np.errstate(all="ignore"):
            p = np.exp(x) / np.exp(x).sum(axis=1, keepdims=True)
            loss = -np.log(p[np.arange(len(y)), y]).mean()
        dx = p - np.eye(x.shape[1])[y]
        return loss, dx / len(y)

    told = {v.check: v for v in report("softmax_loss", solved(softmax_loss=naive)).verdicts}
    assert told["softmax_loss__dx_matches_numeric_gradient"].status == "passed"
    assert "np.exp overflows" in told["softmax_loss__stands_large_scores"].detail


def _columns(p, y):
    p[:, y] -= 1
    return p


@pytest.mark.parametrize(
    ("residual", "told"),
    [
        (lambda p, y: p, "half-of-p-minus-y"),
        (_columns, "whole-columns-indexed"),
        (lambda p, y: (p - np.eye(p.shape[1])[y]) * p * (1 - p), "output-derivative-twice"),
    ],
)
def test_slips_at_the_loss_are_named(residual, told):
    def loss(x, y):
        p = np.exp(x - x.max(axis=1, keepdims=True))
        p /= p.sum(axis=1, keepdims=True)
        return -np.log(p[np.arange(len(y)), y]).mean(), residual(p, y) / len(y)

    found = report("softmax_loss", solved(softmax_loss=loss))
    assert [words.id for words in found.diagnosis] == [told]


HEADINGS = (ROOT / "authoring" / "lessons" / "03_layer_recipes.py").read_text("utf-8")


@pytest.mark.parametrize("entry", CATALOGUE.values(), ids=lambda entry: entry.id)
def test_words_for_rows_name_sections_that_exist(entry):
    told = CATALOGUE.told(entry, "rows")
    if told.section.startswith("03, "):
        assert f". {told.section[4:]}\n" in HEADINGS


@pytest.mark.parametrize("at", ["A0", "W1", "b1", "Z1", "W2", "b2", "Z2", "W3"])
def test_the_chain_of_rows_against_differences(at):
    drawn = rows_instance(np.random.default_rng(3), (3, 4, 5, 2), 6, ("relu", "tanh"))
    far = np.abs(gradient(drawn.graph, at) - central_difference(drawn.graph, at))
    assert np.nanmax(far) < 1e-8


def test_single_layers_against_formulas():
    rng = np.random.default_rng(4)
    x, w, b, up = (rng.normal(size=s) for s in ((3, 2, 2), (4, 5), (5,), (3, 5)))
    found = gradient(affine_graph(x, w, b, up), ["A0", "W1", "b1"])
    assert np.allclose(found["A0"], (up @ w.T).reshape(x.shape))
    assert np.allclose(found["W1"], x.reshape(3, 4).T @ up)
    assert np.allclose(found["b1"], up.sum(axis=0))
    scores, y = rng.normal(size=(3, 4)), np.array([1, 3, 0])
    p = loss_graph(scores, y).value("A1")
    assert np.allclose(gradient(loss_graph(scores, y), "Z1"), (p - np.eye(4)[y]) / 3)
    up = rng.normal(size=(3, 4))
    inner = (p * up).sum(axis=1, keepdims=True)
    assert np.allclose(gradient(pointwise_graph(scores, up, "softmax"), "Z1"), p * (up - inner))


def test_the_spiral_is_what_it_says():
    x, y = spiral(20, np.random.default_rng(1), classes=4)
    assert x.shape == (80, 2)
    assert np.bincount(y).tolist() == [20] * 4
    radius = np.hypot(*x.T)
    turned = np.angle(np.exp(1j * (np.arctan2(x[:, 1], x[:, 0]) - 4 * radius - np.pi / 2 * y)))
    assert np.abs(turned).max() < 0.75  # five standard deviations of the angle
    with pytest.raises(ValueError, match="no spiral"):
        spiral(0, np.random.default_rng(1))


def test_pictures_say_what_they_show():
    value = np.array([[1.0, 0.0], [2.0, -3.0]])
    cards = figures.cards_picture([("h", value, np.eye(2))])
    assert "2 of 4 gradients are 0" in cards.alt
    with pytest.raises(ValueError, match="h: value"):
        figures.cards_picture([("h", value, np.eye(3))])
    x, y = spiral(10, np.random.default_rng(0))
    shown = figures.regions_picture(lambda q: np.eye(3)[np.zeros(len(q), int)], x, y, [1.1, 0.9])
    assert "33% lie" in shown.alt
    assert "ReLU: 100% to 50%" in figures.revival_picture({"ReLU": [1.0, 0.5]}).alt
    sides = figures.slopes_picture({"tanh": (np.tanh, lambda z: 1 - np.tanh(z) ** 2)})
    assert "slope 0.0013 to 1" in sides.alt
    assert "lines of slope 0, 0.5, 1" in figures.subgradient_picture().alt
