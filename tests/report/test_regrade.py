"""The difference that a regrade shows, and its journal."""

import json
import os

from nbgrader.coursedir import CourseDirectory

from autograder.report.classbook import ClassBook
from autograder.report.regrade import Journal, difference, print_difference, snapshot

from .books import answer, submission


def book(**answers):
    return ClassBook("04_unit", tuple(submission(s, a) for s, a in answers.items()))


def test_who_changes_from_what_to_what_and_why():
    failed = answer("f__dW", "failed", ("mean-missing",))
    before = snapshot(book(a=failed, b=answer("f__dW"), c=answer("f__dW")))
    spent = answer("f__dW", "failed", message="dW2 differs")
    after = snapshot(book(a=answer("f__dW"), b=spent, c=answer("f__dW")))
    one, two = difference(before, after)
    assert (one.student, one.before, one.after) == ("a", 0.0, 2.0)
    (change,) = one.changes
    assert (change.was, change.now) == ("failed: 1/m is missing", "passed")
    assert (two.student, two.after, two.changes[0].now) == ("b", 0.0, "failed: dW2 differs")


def test_another_reason_is_a_change_even_if_the_points_are_equal():
    before = snapshot(book(a=answer("f__dW", "failed", ("mean-missing",))))
    after = snapshot(book(a=answer("f__dW", "failed", ("wrong-axis",))))
    (one,) = difference(before, after)
    assert one.before == one.after
    assert one.changes[0].now == "failed: db is summed over the units"


def test_points_given_by_hand_are_marked_as_kept(capsys):
    before = snapshot(book(a=answer("f__dW", "failed", manual=1.5)))
    after = snapshot(book(a=answer("f__dW", "passed", manual=1.5)))
    changed = difference(before, after)
    assert changed[0].before == changed[0].after == 1.5
    print_difference(changed, 1)
    told = capsys.readouterr().out
    assert "given by hand are kept" in told
    assert "0 with more points, 0 with fewer, 1 equal" in told


def test_nothing_changed_says_so(capsys):
    same = snapshot(book(a=answer("f__dW")))
    assert difference(same, same) == []
    print_difference([], 1)
    assert capsys.readouterr().out.startswith("1 graded again: 0 with more")


def graded(root, student, moment):
    path = root / "autograded" / student / "04_unit" / "work.ipynb"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("{}")
    os.utime(path, (moment, moment))


def test_an_interrupted_regrade_goes_on_with_the_first_state_and_those_not_done(tmp_path):
    course = CourseDirectory(root=str(tmp_path))
    for student in ("a", "b", "c"):
        graded(tmp_path, student, 1000)
    first = snapshot(book(a=answer("f__dW"), b=answer("f__dW"), c=answer("f__dW")))
    journal = Journal(course, "04_unit", None)
    assert not journal.unfinished
    assert journal.begin(lambda: first) == first
    assert journal.remaining(first) == ["a", "b", "c"]

    # a is done, b's folder was just being replaced, c was not reached: killed
    started = json.loads(journal.path.read_text())["started"]
    graded(tmp_path, "a", started + 1)
    (tmp_path / "autograded" / "b" / "04_unit" / "work.ipynb").unlink()

    again = Journal(course, "04_unit", None)
    assert again.unfinished
    assert again.begin(lambda: {"not": "asked"}) == first
    assert again.remaining(first) == ["b", "c"]
    again.end()
    assert not Journal(course, "04_unit", None).unfinished


def test_named_students_are_the_only_ones_graded_again(tmp_path):
    course = CourseDirectory(root=str(tmp_path))
    for student in ("a", "b"):
        graded(tmp_path, student, 1000)
    first = snapshot(book(a=answer("f__dW"), b=answer("f__dW")))
    journal = Journal(course, "04_unit", ["b", "unknown"])
    journal.begin(lambda: first)
    assert journal.remaining(first) == ["b"]
