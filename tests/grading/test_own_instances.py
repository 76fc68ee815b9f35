"""Every student has instances of their own, and always the same."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from autograder.grading.notebook.moments import Copies
from autograder.grading.notebook.namespace import Namespace
from autograder.grading.notebook.own_instances import FILE, own_seed, student_key
from autograder.grading.notebook.testcell import run_test
from autograder.grading.sandbox.sandbox import Sandbox


def test_one_student_one_key(tmp_path: Path) -> None:
    keys = {student_key(tmp_path, "04", f"student-{n:03}") for n in range(50)}
    assert len(keys) == 50
    assert student_key(tmp_path, "04", "student-007") in keys
    assert student_key(tmp_path, "05", "student-007") not in keys


def test_another_course_another_key(tmp_path: Path) -> None:
    for name in ("one", "other"):
        (tmp_path / name).mkdir()
    one, other = (student_key(tmp_path / name, "04", "s") for name in ("one", "other"))
    assert one != other


def test_the_secret_is_the_owners_alone(tmp_path: Path) -> None:
    student_key(tmp_path, "04", "s")
    assert stat.S_IMODE((tmp_path / FILE).stat().st_mode) == 0o600
    assert [path.name for path in tmp_path.iterdir()] == [FILE]


def test_a_spoiled_secret_is_told(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text("no digits")
    with pytest.raises(ValueError, match="hexadecimal"):
        student_key(tmp_path, "04", "s")


def test_a_key_changes_seeds_and_none_leaves_them() -> None:
    assert own_seed(b"one", 7) == own_seed(b"one", 7)
    assert len({own_seed(b"one", 7), own_seed(b"one", 8), own_seed(b"two", 7)}) == 3
    assert Namespace().check_session.seed(7) == 7
    assert Namespace(b"one").check_session.seed(7) == own_seed(b"one", 7)


def test_what_a_function_is_called_with_depends_on_the_key(sandbox: Sandbox) -> None:
    notebook = sandbox.open({})
    notebook.run("def linear_forward(A, W, b):\n    raise ValueError(A.tolist())", 5)
    copies, mark = Copies(notebook), notebook.mark()

    def seen(key: bytes) -> str:
        names = Namespace(key)
        names.connect(copies.moment(mark, float("inf")))
        source = "import autograder\n"
        source += "autograder.grade('linear_forward__Z_is_right', globals(), 7)"
        return str(run_test(source, names, 1.0).outputs)

    assert "ValueError" in seen(b"one")
    assert seen(b"one") == seen(b"one")
    assert len({seen(b"one"), seen(b"two"), seen(b"")}) == 3
    copies.close()
    notebook.close()
    sandbox.clean()
