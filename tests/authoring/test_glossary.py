"""Each word of the course's table is explained where a notebook uses it first, or in its head."""

from dataclasses import replace
from pathlib import Path

import pytest

from autograder.authoring.__main__ import _problems, main
from autograder.authoring.cells import AuthoringError, Cell
from autograder.authoring.course import find_units
from autograder.authoring.glossary import (
    TABLE,
    Word,
    read_words,
    unexplained,
    with_words,
    without_list,
)

ROOT = Path(__file__).resolve().parents[2]
UNITS = find_units(ROOT)
WORDS = read_words(ROOT)
HEAD = "| word | also written | what it means |\n|---|---|---|\n"
LAYER = Word("layer", ("layer", "layers"), "one stage")
PARTIAL = Word("∂", ("∂", "\\partial"), "a partial derivative")
METHOD = Word("`__add__`", ("`__add__`",), "what + calls")


def texts(*sources):
    return [Cell("markdown", source) for source in sources]


def found(word, *sources):
    return list(unexplained(texts(*sources), [word])) == [word]


@pytest.mark.parametrize("unit", UNITS, ids=str)
def test_a_word_is_explained_at_its_first_use_or_in_the_head(unit):
    """Read as a student reads: the head first, then cell by cell, its list left out of account."""
    cells = unit.read(ROOT)
    bare = [replace(cells[0], source=without_list(cells[0].source)), *cells[1:]]
    for word in unexplained(bare, WORDS):
        assert f"\n- **{word.word}**: {word.meaning}\n" in cells[0].source, (
            f"{unit.text} uses {word.word!r}, and explains it nowhere: run `make format`"
        )


@pytest.mark.parametrize("unit", UNITS, ids=str)
def test_the_list_holds_nothing_else(unit):
    cells = unit.read(ROOT)
    assert with_words(cells, WORDS) == cells


def test_the_words_that_newcomers_asked_for_are_in_the_table():
    wanted = """layer unit loss cost activation ∂ upstream cache `__add__` cross-entropy batch epoch
    score Jacobian kink carry gradient node slope ReLU sigmoid tanh softmax label oracle"""
    assert set(wanted.split()) <= {word.word for word in WORDS}


def test_the_table_is_in_the_order_of_the_alphabet():
    letters = [word.word.lower() for word in WORDS if word.word[0].isalpha()]
    assert letters == sorted(letters)


def test_a_use_is_found_however_it_is_written():
    assert found(LAYER, "# A net", "Two Layers of it.")
    assert found(PARTIAL, "# Slopes", r"$\partial J / \partial w$")
    assert not found(PARTIAL, "# Slopes", r"$\partialderivative$")
    assert not found(LAYER, "# A net", "Something multilayered, or layers_of_it")
    assert not found(LAYER, "# A net", "```\nlayer\n```")


def test_explained_means_marked_at_or_before_the_first_use():
    assert not found(LAYER, "# A net", "A *layer* is one stage.", "The layer again.")
    assert not found(LAYER, "# A net", "It has **layers**: stages.")
    assert found(LAYER, "# A net", "The layer.", "A *layer* is one stage.")
    assert found(LAYER, "# A net", "- **Layers** may be used twice.")  # the name of an item
    assert found(LAYER, "# A net", "the layer, with `2 * a` and `b * layer`")  # no emphasis


def test_names_of_python_are_looked_for_in_code():
    cells = [*texts("# A net"), Cell("code", "def __add__(self, other): ...")]
    assert list(unexplained(cells, [METHOD, LAYER])) == [METHOD]


def test_the_list_is_written_once_and_taken_away_when_nothing_needs_it():
    cells = texts("# A net\n\nIts layers.")
    once = with_words(cells, [LAYER])
    assert once[0].source.count("- **layer**: one stage") == 1
    assert with_words(once, [LAYER]) == once
    assert with_words(once, []) == cells
    assert without_list(once[0].source) == cells[0].source


def test_the_command_writes_it_and_the_check_asks_for_it(tmp_path):
    text = tmp_path / "authoring/lessons/01_small.py"
    text.parent.mkdir(parents=True)
    text.write_text("# %% [markdown]\n# # Twice\n")
    (tmp_path / TABLE).write_text(f"{HEAD}| twice | | two times |\n")

    def asked():
        """What `check` yields before it builds anything."""
        return next(_problems(tmp_path, find_units(tmp_path)), "")

    assert "the list of words in its first cell is not what the text needs" in asked()
    assert main(["format"], tmp_path) == 0
    assert "- **twice**: two times" in text.read_text("utf-8")
    assert "list of words" not in asked()


@pytest.mark.parametrize("row", ["| a | b |", "| a | b | |", "| a | b | c | d |"])
def test_a_row_that_is_none_is_named(tmp_path, row):
    (tmp_path / "authoring").mkdir()
    (tmp_path / TABLE).write_text(HEAD + row)
    with pytest.raises(AuthoringError, match=r"GLOSSARY\.md, line 3: not"):
        read_words(tmp_path)


def test_a_word_that_stands_twice_is_named(tmp_path):
    (tmp_path / "authoring").mkdir()
    (tmp_path / TABLE).write_text(f"{HEAD}| a | b | c |\n| B | | d |\n")
    with pytest.raises(AuthoringError, match="has 'b' twice"):
        read_words(tmp_path)
