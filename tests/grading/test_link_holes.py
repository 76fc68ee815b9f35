"""Ways around a hand-written test that were found, in the sandbox: none gains or costs a point."""

from __future__ import annotations

from pathlib import Path

import pytest

from autograder.grading.master_code import read_code
from autograder.grading.sandbox.sandbox import Sandbox
from autograder.grading.submission import folder

from .cells import graded_cells


def points(box: Sandbox, answer: str, tests: dict[str, str], **given: bytes) -> list[float | None]:
    files = {name.replace("_", "."): data for name, data in given.items()}
    found = graded_cells(box, answer, tests, 1.0, files)
    return [earned for earned, _ in found.values()]


def test_a_function_cannot_write_what_the_test_expects(sandbox: Sandbox) -> None:
    answer = "def f(x):\n    open('expected.json', 'w').write('[999]')\n    return 999"
    test = "import json\nassert json.load(open('expected.json')) == [f(1)]"
    assert points(sandbox, answer, {"one": test, "two": test}, expected_json=b"[2]") == [0.0, 0.0]


def test_an_object_that_a_function_returns_is_equal_to_nothing(sandbox: Sandbox) -> None:
    answer = """kept = []
class V:
    def __init__(self, x):
        kept.append(self)
    def __eq__(self, other):
        return True
def f(x):
    return kept[0] if kept else x"""
    tests = {"made": "assert V(1) == V(2)", "four": "v = V(1)\nassert f(2) == 4"}
    assert points(sandbox, answer, tests) == [1.0, 0.0]


def test_a_callback_that_fails_the_test_costs_no_other(sandbox: Sandbox) -> None:
    answer = "def f(g):\n    return g(1)"
    fails = "import pytest\nf(lambda x: pytest.fail('no'))"
    right = "assert f(lambda x: x + 1) == 2"
    assert points(sandbox, answer, {"fails": fails, "right": right}) == [0.0, 1.0]


@pytest.mark.parametrize("mark", ["", "# autograder: inside\n"])
@pytest.mark.parametrize(("value", "worth"), [("True", 1.0), ("False", 0.0)])
def test_a_truth_of_numpys_is_a_number(
    sandbox: Sandbox, mark: str, value: str, worth: float
) -> None:
    test = f"{mark}import numpy as np\nnp.bool_({value})"
    assert points(sandbox, "def f(x):\n    return x", {"truth": test}) == [worth]


def test_more_archives_than_anybody_hands_in_are_not_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []

    def unpacked(name: str, path: Path) -> list[folder.File]:
        opened.append(name)
        return []

    monkeypatch.setattr(folder, "_unpacked", unpacked)
    for n in range(9):
        (tmp_path / f"{n}.zip").write_bytes(b"")
    _, failed = folder.packed(tmp_path, tmp_path)
    assert len(opened) + len(failed) == 9
    assert 0 < len(opened) < 9
    assert "one archive too many" in failed[-1]


def test_a_module_and_its_part_are_both_imported() -> None:
    code = read_code({}, ["import os.path", "import os"])
    assert code.imports["os"].split("\n") == ["import os.path", "import os"]
