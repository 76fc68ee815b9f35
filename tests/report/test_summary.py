"""What is read off a class book."""

from autograder.report import figures, mistakes, summary
from autograder.report.classbook import ClassBook
from autograder.report.page import render

from .books import answer, large, small, submission


def test_obstacles_are_ranked_by_students_and_tell_the_section_and_the_points():
    first, second = mistakes.obstacles(small())
    assert (first.id, first.students) == ("mean-missing", ("student-002", "student-003"))
    assert (first.section, first.functions, first.points) == ("04, The coin", ("f",), 4.0)
    assert (second.id, second.students) == ("wrong-axis", ("student-003",))


def test_cures_rank_sections_and_count_an_answer_once():
    first, second = mistakes.cures(small())
    assert (first.section, first.students) == ("04, The coin", ("student-002", "student-003"))
    assert (first.titles, first.points) == (("1/m is missing",), 4.0)
    assert (second.section, second.points) == ("04, The bias", 2.0)
    twice = answer("f__dW", "failed", ("mean-missing", "mean-missing"))
    (cure,) = mistakes.cures(ClassBook("a", (submission("s", twice),)))
    assert cure.points == 2.0


def test_a_carried_property_is_nobodys_obstacle():
    carried = answer("g__dA", "carried", ("mean-missing",))
    assert mistakes.obstacles(ClassBook("a", (submission("s", carried),))) == []


def test_students_with_the_same_wrong_numbers_share_one_riddle():
    (riddle,) = mistakes.riddles(small())
    assert riddle.students == ("student-004", "student-005")
    assert riddle.functions == ("f", "g")
    assert riddle.checks == ("f__dW", "g__dA")


def test_other_numbers_are_another_riddle():
    wrong = [answer("f__dW", "failed", fingerprint=mark) for mark in ("aa", "bb", "aa")]
    book = ClassBook("a", tuple(submission(f"s{n}", one) for n, one in enumerate(wrong)))
    assert [r.students for r in mistakes.riddles(book)] == [("s0", "s2"), ("s1",)]


def test_a_named_answer_is_no_riddle():
    named = answer("f__dW", "failed", ("mean-missing",), fingerprint="aa")
    assert mistakes.riddles(ClassBook("a", (submission("s", named),))) == []


def test_remarks_are_listed_by_function_and_shown_on_the_page():
    odd = answer("f__dW", remark="it looks numeric")
    also = answer("f__db", remark="it looks numeric")
    book = ClassBook("a", (submission("s1", odd, also), submission("s2", answer("f__dW"))))
    assert summary.remarks(book) == [("f", "it looks numeric", ("s1",))]
    assert "it looks numeric" in render("course", [book])


def test_concerns_are_few_points_or_no_explanation_the_weakest_first():
    found = summary.concerns(small())
    who = [c.submission.student for c in found]
    assert who == ["student-006", "student-003", "student-004", "student-005"]
    assert found[0].unwritten == ("f", "g")
    assert found[1].named == ("1/m is missing", "db is summed over the units")
    assert found[2].unexplained == ("f", "g")


def test_rates_count_what_holds_fails_and_was_not_reached():
    rates = {rate.check: rate for rate in summary.rates(small())}
    rate = rates["f__dW"]
    assert (rate.held, rate.failed, rate.unchecked) == (1, 4, 1)
    assert rate.share == 1 / 6
    assert rates["g__dA"].sentence == "dA"


def test_functions_that_stop_with_an_error_are_listed():
    raised = answer("f__dW", "failed", message="with m = 3 it raised ValueError: no")
    assert summary.raising(ClassBook("a", (submission("s", raised),))) == [("f", ("s",))]


def test_a_row_of_the_heat_map_is_a_student_with_the_reason_for_each_loss():
    grid = figures.grid(small())
    assert grid.columns == ["f", "g"]
    rows = dict(zip([label.split()[0] for label in grid.rows], grid.cells, strict=True))
    assert [loss.share for loss in rows["student-001"]] == [0.0, 0.0]
    assert (rows["student-002"][0].share, rows["student-002"][0].why) == (0.5, "named")
    assert rows["student-004"][1].why == "unexplained"
    assert (rows["student-006"][0].share, rows["student-006"][0].why) == (1.0, "absent")


def test_a_large_class_is_shown_in_bands_that_together_hold_everybody():
    grid = figures.grid(large(2000))
    counts = [int(label.split()[0]) for label in grid.rows]
    assert len(counts) == figures.BANDS
    assert sum(counts) == 2000
    losses = [round(sum(loss.share for loss in row), 9) for row in grid.cells]
    assert losses[0] == 0
    assert losses == sorted(losses)
