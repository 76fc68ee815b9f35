"""The bug hunt of assignment 04: its numbers, and nothing else, decide each answer."""

from itertools import combinations
from pathlib import Path

import jupytext
import pytest

TEXT = Path(__file__).parents[2] / "authoring" / "assignments" / "04_l_layer_network.py"


@pytest.fixture(scope="module")
def hunt():
    """The names that the given cells of the bug hunt and its solution define."""
    cells = jupytext.read(TEXT, fmt="py:percent").cells
    start = next(i for i, c in enumerate(cells) if c.source.startswith("## 12. Bug hunt"))
    imports = next(c for c in cells if c.cell_type == "code")
    names = {}
    for cell in (imports, *(c for c in cells[start:] if c.cell_type == "code")):
        exec(cell.source, names)
    return names


def test_the_solution_names_the_guilty(hunt):
    assert hunt["answers_04"] == {letter: str(bug) for letter, bug in hunt["guilty"].items()}


def test_no_two_suspects_leave_the_same_numbers(hunt):
    tables = {}
    for suspect in hunt["suspects"]:
        hunt["guilty"]["?"] = suspect
        tables[suspect] = hunt["ratio_table"]("?").rows
    for one, other in combinations(tables, 2):
        assert tables[one] != tables[other], (one, other)


def test_each_suspect_is_described_to_the_student(hunt):
    text = TEXT.read_text(encoding="utf-8")
    assert all(f"# | `{suspect}` |" in text for suspect in hunt["suspects"])


def test_the_numbers_are_those_of_the_description(hunt):
    m, sizes = hunt["m"], hunt["sizes"]
    expected = {
        "wrong-m": [f"{m}/{n}" for n in sizes[:-1]],
        "one-over-m-per-layer": [f"1/{m**3}", f"1/{m**2}", f"1/{m}", "1"],
        "db-not-averaged": ["1"] * 4,
        "missing-activation-derivative": ["not one number"] * 3 + ["1"],
    }
    for letter, bug in hunt["answers_04"].items():
        assert [row[1] for row in hunt["ratio_table"](letter).rows] == expected[bug]
