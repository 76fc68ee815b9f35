"""What the texts say: in which words, and that facts without a cell of their own are true."""

import re
from pathlib import Path

import jupytext
import numpy as np
import pytest

from autograder.authoring.course import find_units
from autograder.engine.evaluate import evaluate
from autograder.engine.student import Student
from autograder.units import EXERCISES

ROOT = Path(__file__).resolve().parents[2]
UNITS = find_units(ROOT)
#: What sounds friendly and tells a reader who is stuck that it should be easy.
FILLER = re.compile(r"\b(simply|obviously|of course|trivial(ly)?|needless to say)\b", re.IGNORECASE)


def prose(unit):
    """The text cells, without code, formulas and code blocks."""
    for cell in unit.read(ROOT):
        if cell.kind == "markdown":
            yield re.sub(r"```.*?```|`[^`]*`|\$\$.*?\$\$|\$[^$]*\$", "", cell.source, flags=re.S)


@pytest.mark.parametrize("unit", UNITS, ids=str)
def test_a_picture_is_told_not_pointed_at(unit):
    """The sentence after a picture says what is to be seen, also to those who do not see it."""
    starts = [p for text in prose(unit) for p in text.split("\n\n") if re.match(r"See\b", p)]
    assert starts == []


@pytest.mark.parametrize("unit", UNITS, ids=str)
def test_no_filler_and_no_exclamation(unit):
    for text in prose(unit):
        assert not FILLER.search(text), text
        assert "!" not in re.sub(r"!\[|m!", "", text), text


@pytest.mark.parametrize("unit", [unit for unit in UNITS if not unit.graded], ids=str)
def test_a_prediction_is_answered_after_the_run(unit):
    """Below what was run stands a text, which begins with the answer and not with a new section."""
    cells = unit.read(ROOT)
    for number, cell in enumerate(cells):
        if cell.kind == "markdown" and "**Predict" in cell.source:
            below = [c.source for c in cells[number + 1 :] if c.kind == "markdown"]
            asked = cell.source.partition("**Predict")[2][:60]
            assert below, asked
            assert not below[0].startswith(("#", "**Predict")), asked


@pytest.mark.parametrize("unit", UNITS, ids=str)
def test_every_row_of_a_table_has_as_many_cells_as_its_head(unit):
    for text in prose(unit):
        for table in re.findall(r"(?:^\|.*\n?)+", text, flags=re.M):
            widths = {row.strip().count("|") for row in table.strip().splitlines()}
            assert len(widths) == 1, table


@pytest.mark.parametrize("unit", UNITS, ids=str)
def test_a_text_speaks_of_units_that_exist(unit):
    there = {each.name.partition("_")[0] for each in UNITS}
    for text in prose(unit):
        assert set(re.findall(r"\b(?:unit|lesson) (\d\d[a-z]?)\b", text)) <= there, text


@pytest.mark.parametrize("unit", UNITS, ids=str)
def test_a_name_in_a_formula_is_set_as_one_word(unit):
    """``$dout$`` would be set as four letters, d times o times u times t."""
    for cell in unit.read(ROOT):
        if cell.kind == "markdown":
            for formula in re.findall(r"\$\$.*?\$\$|\$[^$]+\$", cell.source, flags=re.S):
                plain = re.sub(r"\\text\{[^}]*\}|\\[a-zA-Z]+", "", formula)
                assert not re.search(r"dout|\bout\b|prevt", plain), formula


def solved(unit):
    """The functions of a solved assignment, and what they need, up to its bug hunt."""
    names = {"__name__": "student"}
    for cell in jupytext.read(ROOT / "authoring" / "assignments" / f"{unit}.py").cells:
        if "Bug hunt" in cell.source:
            break
        given = cell.source.startswith(("import", "def ", "class "))
        if cell.cell_type == "code" and ("solution" in cell.metadata or given):
            exec(cell.source, names)
    return names


def test_the_scale_of_the_first_layer_is_twice_that_of_its_inputs():
    """Unit 04, section 1: its inputs have passed no ReLU; from there on the size is kept."""
    names, sizes = solved("04_l_layer_network"), (200, 300, 300, 300, 300)
    A, found = np.random.default_rng(0).normal(size=(200, 400)), []
    parameters = names["initialize_parameters_deep"](sizes)
    for layer in range(1, len(sizes)):
        Z, _ = names["linear_forward"](A, parameters[f"W{layer}"], parameters[f"b{layer}"])
        found.append(Z.var())
        A = names["relu"](Z)
    np.testing.assert_allclose(found, 2.0, rtol=0.2)


def test_views_in_the_caches_of_unit_07_cost_the_two_points_that_its_contract_says():
    path = ROOT / "authoring" / "assignments" / "07_bptt.py"
    names = solved("07_bptt")
    for cell in jupytext.read(path).cells:
        if cell.metadata.get("solution") in ("rnn_cell_forward", "rnn_forward"):
            exec(cell.source.replace("xt.copy()", "xt").replace("x.copy()", "x"), names)
    lost = [
        verdict.check
        for name, exercise in EXERCISES.items()
        if exercise.unit == "07" and not name.startswith("answers")
        for verdict in evaluate(exercise, Student(names), 1).verdicts
        if not verdict.earned
    ]
    assert lost == ["rnn_backward__caches_survive_overwriting_x_and_a"]
    assert f'grade="{lost[0]}" points=2' in path.read_text()


def test_an_index_is_a_tuple_and_a_flat_one_is_told_so():
    """Unit 05: ``np.argmax`` alone gives a flat index."""
    path = ROOT / "authoring" / "assignments" / "05_gradient_check.py"
    assert 'a tuple of integers, one for each axis: ("W1", (2, 0))' in path.read_text()
    names = solved("05_gradient_check")
    cells = {c.metadata.get("solution"): c.source for c in jupytext.read(path).cells}
    flat = cells["grad_check"].replace(
        "np.unravel_index(np.abs(numeric - g).argmax(), g.shape)", "np.abs(numeric - g).argmax()"
    )
    assert flat != cells["grad_check"]
    exec(flat, names)
    told = str(evaluate(EXERCISES["grad_check"], Student(names), 1))
    assert "the index should hold one integer for each axis, such as" in told
    assert "np.unravel_index makes it from a place in the flattened array" in told
