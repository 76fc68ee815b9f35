"""Unit 10b: networks that are sure of a word, what is drawn by chance, and the bug hunt."""

from functools import partial

import numpy as np
import pytest
from test_hunts_columns import key, posted

from autograder import figures
from autograder.oracle import central_difference, gradient
from autograder.units.u10b_characters import certain, drawn_word
from autograder.units.u10b_characters.drawn_word import IX, NEWLINE
from autograder.units.u10b_characters.instances import SIZES, WordInstance, word_instance
from autograder.units.u10b_characters.training import BOUND, slopes, words
from tests import bank
from tests.bank.registry import MUTANTS
from tests.units.judged import judge, lost_in

lost = partial(lost_in, "10b")
RIGHT = bank.reference("characters")
LETTERS = drawn_word.V


def mutant(name):
    return MUTANTS[f"characters:{name}"].namespace()


@pytest.mark.parametrize("sizes", SIZES)
def test_the_graph_of_a_word_is_differentiated_as_central_differences_do(sizes):
    graph = word_instance(np.random.default_rng(3), sizes).graph
    for node in ("Wax", "Waa", "ba", "Wya", "by", "a1"):
        assert np.allclose(gradient(graph, node), central_difference(graph, node), atol=1e-7)


def test_a_step_is_tried_where_clipping_bites_and_where_it_does_not():
    largest = [
        max(np.abs(g).max() for g in slopes(drawn).values())
        for drawn in words(np.random.default_rng(4))
    ]
    assert largest[0] > BOUND
    assert largest[-1] < BOUND


@pytest.mark.parametrize("seed", range(3))
def test_sure_networks_leave_no_choice(seed):
    word = [4, 0, 5, NEWLINE]
    after = [NEWLINE, 1, 1, 1, 0, NEWLINE, 1]
    assert RIGHT["sample"](certain.by_place(LETTERS, word), IX, seed) == word
    network = certain.by_letter(LETTERS, 4, after)
    assert RIGHT["sample"](network, IX, seed) == [4, 0, NEWLINE]


def test_a_letter_drawn_by_chance_is_followed_by_two_that_are_sure():
    p, after = np.full(LETTERS, 1e-12), {0: 4, 3: 4, 4: 5, 5: NEWLINE}
    p[[0, 3]] = 0.7, 0.3
    found = [RIGHT["sample"](certain.led_on(p, after), IX, s) for s in range(200)]
    assert all(word == [word[0], 4, 5, NEWLINE] for word in found)
    assert 0.55 < np.mean([word[0] == 0 for word in found]) < 0.85


def refused(name):
    """The properties of `sample` that a slip costs."""
    return [v.check for v in judge(mutant(name), "sample").verdicts if not v.earned]


def test_letters_that_pile_up_and_a_missing_newline_cost_one_property_each():
    assert refused("sample/letters_pile_up") == ["sample__feeds_back_one_letter_alone"]
    assert refused("sample/newline_left_out") == ["sample__ends_with_the_newline"]
    assert refused("sample/feeds_back_p") == ["sample__feeds_back_one_letter_alone"]


def test_right_samples_are_never_refused_by_chance():
    for name in ("seeds_the_global_generator", "by_the_cumulative_sum", "noise_of_gumbel"):
        one = next(r for r in bank.rights("characters") if r.name == f"sample/{name}")
        for seed in range(4):
            report = judge(one.namespace(), "sample", seed)
            assert all(v.earned for v in report.verdicts), (name, seed)


def test_sizes_are_read_off_the_parameters():
    names = bank.reference("characters")
    forward = names["rnn_forward"]

    def assumes_27(X, Y, a_prev, parameters):
        assert parameters["Wax"].shape[1] == 27
        return forward(X, Y, a_prev, parameters)

    names["rnn_forward"] = assumes_27
    assert any(not v.earned for v in judge(names, "rnn_forward").verdicts)


def hunted():
    """The instance of the cases A, B and D: parameters of tenths, a state of halves."""
    rng = np.random.default_rng(10)
    shapes = {"Wax": (3, 4), "Waa": (3, 3), "b": (3, 1), "Wya": (4, 3), "by": (4, 1)}
    return {name: rng.normal(size=s).round(1) for name, s in shapes.items()}, np.full((3, 1), 0.5)


ORDER = ("dWya", "dby", "dWax", "dWaa", "db")
SHOWN = {"A": "rnn_backward/no_carry", "B": "rnn_backward/all_over_T_at_the_end"}
WORDS = {1: [], 2: [2], 5: [1, 3, 1, 2]}


@pytest.mark.parametrize("letter", "AB")
def test_shown_errors_are_those_of_the_slips(letter):
    shown, (p, a0), names = posted("10b")["errors"][letter], hunted(), mutant(SHOWN[letter])
    assert key("10b")[letter] == MUTANTS[f"characters:{SHOWN[letter]}"].expected
    for T, word in WORDS.items():
        drawn = WordInstance([None, *word], [*word, 0], a0, p)
        true = slopes(drawn)
        cache = names["rnn_forward"](drawn.X, drawn.Y, a0, p)[1]
        found = names["rnn_backward"](drawn.X, drawn.Y, p, cache)[0]
        for name, told in zip(ORDER, shown[T], strict=True):
            size = np.abs(true[name]).max() or 1.0
            assert round(float(np.abs(found[name] - true[name]).max() / size), 2) == told


def test_shown_words_are_those_of_the_slip():
    word = [IX[char] for char in "decaf\n"]
    after = [NEWLINE] * LETTERS
    for one, following in zip(word[:-1], word[1:], strict=True):
        after[one] = following
    names = mutant("sample/not_fed_back")
    by_letter = names["sample"](certain.by_letter(LETTERS, word[0], after), IX, 3)
    assert by_letter == [word[0]] * 50 + [NEWLINE]
    assert names["sample"](certain.by_place(LETTERS, word), IX, 3) == word
    assert key("10b")["C"] == "sample-letter-not-fed-back"


def test_shown_sizes_are_those_of_the_slip():
    p, a0 = hunted()
    p["by"][1] = -3
    names, before = mutant("optimize/clip_thrown_away"), {k: v.copy() for k, v in p.items()}
    _, gradients, _ = names["optimize"]([None] + [1] * 12, [1] * 12 + [0], a0, p, 1.0)
    for name, told in posted("10b")["largest"].items():
        assert round(float(np.abs(gradients[f"d{name}"]).max()), 1) == told
        assert round(float(np.abs(p[name] - before[name]).max()), 1) == told
    assert key("10b")["D"] == "word-not-clipped"


def test_the_picture_tells_its_runs():
    runs = {"one": np.linspace(3, 2, 5), "two": np.linspace(3, 2.5, 10).reshape(5, 2)}
    alt = figures.letters_picture(runs, 3.3).alt
    assert "read, means over seeds: one falls from 3.0" in alt
    assert "two falls from" in alt
    alone = figures.letters_picture({"one": runs["one"]}, 3.3).alt
    assert "words read: one falls from 3.0" in alone


def _shorter(value):
    """0.7 times a loss or a dict of gradients."""
    return {k: 0.7 * g for k, g in value.items()} if isinstance(value, dict) else 0.7 * value


@pytest.mark.parametrize("function", ["rnn_forward", "rnn_backward"])
def test_the_smallest_instance_holds_all_that_goes_in(function):
    def slip(*args):
        first, second = RIGHT[function](*args)
        return _shorter(first), second

    report = str(judge({**RIGHT, function: slip}, function))
    (line,) = (one for one in report.splitlines() if one.startswith("A small instance"))
    inner = ["a_prev", "Wax", "Waa", "b", "Wya", "by"]
    assert "`X = [None" in line
    assert "`Y = [" in line
    assert [name for name in inner if f"`{name} = [[" in line] == inner
