"""Unit 10: a case has one right name, its numbers are those of the mistake, no key is released."""

import json
import re
from functools import cache
from itertools import combinations
from pathlib import Path

import nbformat
import numpy as np
import pytest

import autograder.units.u10_clinic.exercises as unit
from autograder import CheckFailed, figures, grade
from autograder.authoring.text import read_cells
from autograder.concept_keys.clinic import CASES, judged, patients, sheet
from autograder.concept_keys.clinic.__main__ import as_text
from autograder.concept_keys.clinic.case import RIGHT, as_fraction, told
from autograder.concept_keys.clinic.cases import chart
from autograder.concept_keys.clinic.columns_in_time import drawn_rnn, rnn_backward
from autograder.concept_keys.clinic.slopes import FACTORS
from autograder.concepts.clinic import CLINIC, SHEET, NoCase, ids_of, numbers, patient_of
from autograder.networks.rnn import upstream_graph
from autograder.oracle import gradient
from autograder.report.check_notebook import exercises
from autograder.units import CATALOGUE, EXERCISES

ROOT = Path(__file__).resolve().parents[2]
TEXT = ROOT / "authoring/assignments/10_clinic.py"
STUDENTS = ("student-000", "student-007", "Ö. K.", "42")
#: What students posted: at least one of them is among the patients of each case named here.
POSTED = {
    2: {"dba-broadcast-square", "db-no-keepdims", "da0-not-returned"},
    3: {"one-over-m-twice", "one-over-m-per-layer", "j-vs-l-one-over-m-placement"},
    7: {"wrong-layer-index", "caches-off-by-one", "missing-w-transpose"},
    9: {"bptt-missing-da-prevt", "bptt-double-count", "waa-no-transpose"},
}


@cache
def charts(number):
    """All charts of a case by id and draw; of the right implementation under no id."""
    draws = sorted({draw for _, draw in patients(number)})
    ids = ("", *CASES[number].choices)
    return {(id, draw): chart(number, id, draw) for id in ids for draw in draws}


def key(student):
    """The right names of one student."""
    who = {"student": student}
    return {n: patients(n)[patient_of(n, who).place][0] for n in numbers()}


def said(number, answers):
    with pytest.raises(CheckFailed) as failed:
        grade(f"{CLINIC}__names_case_{number}", {CLINIC: answers})
    return str(failed.value)


def test_what_is_shown_is_what_the_mistakes_give():
    assert SHEET.read_text("utf-8") == as_text(), "run python -m autograder.concept_keys.clinic"
    assert json.loads(SHEET.read_text("utf-8")) == sheet()


@pytest.mark.parametrize("number", CASES)
def test_the_right_implementation_is_well(number):
    """Its cells are ticks, its numbers those of the numeric gradient, its shapes right."""
    for (id, _), one in charts(number).items():
        if id:
            continue
        assert not one.wrong
        for row in one.rows:
            if number in (1, 2):
                assert row[1] == row[2]
            elif number in (5, 6):
                assert row[-1] == row[-2]
            elif number == 4:
                assert row[1:] == (RIGHT, "0", RIGHT, RIGHT)
            elif number in (3, 7, 9, 10, 12):
                assert set(row[1:]) <= {RIGHT, "–"}
        if number == 8:
            rows = [row[2:] for row in one.rows]
            assert rows[0::2] == rows[1::2]
            assert one.curves["right"] == one.curves["patient"]
        if number == 11:
            limit = float(one.note.removeprefix("limit "))
            assert [float(one.rows[k][2]) for k in (3, 7)] == [limit, limit / 4]


@pytest.mark.parametrize("number", CASES)
def test_no_two_suspects_show_the_same(number):
    for draw in {draw for _, draw in charts(number)}:
        shown = {id: one.rows for (id, at), one in charts(number).items() if at == draw}
        for one, other in combinations(shown, 2):
            assert shown[one] != shown[other], (one, other, draw)


@pytest.mark.parametrize("number", CASES)
def test_suspects_differ_in_more_than_the_size_of_an_error(number):
    """ "off 0.3" against "off 0.9" cannot be told without the code."""
    for draw in {draw for _, draw in charts(number)}:
        kinds = {
            id: [[re.sub("off .*", "off", cell) for cell in row] for row in one.rows]
            for (id, at), one in charts(number).items()
            if at == draw
        }
        guilty = CASES[number].guilty
        for one, other in combinations(kinds, 2):
            if one in guilty or other in guilty:
                assert kinds[one] != kinds[other], (one, other, draw)


@pytest.mark.parametrize("number", CASES)
def test_every_id_is_judged_rightly_for_every_patient(number):
    for place, (id, _) in enumerate(patients(number)):
        for named in CASES[number].choices:
            right, words = judged(number, place, named)
            assert right == (named == id)
            assert bool(words) != right
            if not right:
                assert words.startswith(f"with `{named}`, row ")
                assert id not in words.replace(named, ""), "the answer stands in the feedback"


def test_right_names_earn_all_points_for_every_student():
    for student in STUDENTS:
        for number in numbers():
            answers = {"student": student, **key(student)}
            grade(f"{CLINIC}__names_case_{number}", {CLINIC: answers})


def test_the_solution_holds_the_names_of_its_student():
    (cell,) = [c for c in read_cells(TEXT.read_text("utf-8")) if c.solution]
    names = {}
    exec(cell.source, names)
    assert names[CLINIC] == {"student": "student-000", **key("student-000")}


def test_students_have_different_patients():
    assert len({tuple(key(f"student-{n:03}").values()) for n in range(20)}) == 20
    assert patient_of(3, {"student": " Student-007 "}) == patient_of(3, {"student": "student-007"})


@pytest.mark.parametrize("number", POSTED)
def test_what_students_posted_is_among_the_patients(number):
    assert {id for id, _ in patients(number)} == POSTED[number]


def test_all_ids_are_those_of_the_catalogue():
    for case in CASES.values():
        assert set(case.choices) <= set(CATALOGUE)
        assert set(case.guilty) <= set(case.choices)


# ----------------------------------------------------------------------------- what is told


def test_a_wrong_name_is_told_what_it_would_have_shown():
    who = next(f"s{n}" for n in range(99) if key(f"s{n}")[1] == "db-no-sum")
    told_of = said(1, {"student": who, 1: "db-extra-axis"})
    rows = {row[0]: row for row in patient_of(1, {"student": who}).rows}
    M, found = rows["b"][1][1:-2], rows["b"][2]
    place = 'row "b", column "shape of its gradient"'
    assert f"with `db-extra-axis`, {place} would be (1, {M})" in told_of
    assert f"here it is {found}" in told_of


@pytest.mark.parametrize(
    ("answers", "says"),
    [
        ({1: "db-no-sum"}, f'`{CLINIC}["student"]` is nothing; expected your id as text'),
        ({"student": "s"}, f"`{CLINIC}` has no answer to case 1"),
        ({"student": "s", 1: None}, "has no answer to case 1"),
        ({"student": "s", 1: ...}, "has no answer to case 1"),
        ({"student": "s", 1: ""}, "'' is no id of case 1"),
        ({"student": "s", 1: 3}, "3 is no id of case 1"),
        ({"student": "s", 1: ["db-no-sum"]}, "is no id of case 1"),
        ({"student": "s", 1: "db-wrong-axes"}, "nearest to it: db-wrong-axis"),
        ({"student": "s", 1: "sign-flip"}, "'sign-flip' is no id of case 1"),
        (["db-no-sum"] * 12, f"`{CLINIC}` is of the type list; expected a dict"),
        (None, "is not written yet"),
    ],
)
def test_empty_and_odd_answers_earn_nothing_and_are_told(answers, says):
    assert says in said(1, answers)


def test_an_id_may_be_written_as_people_write():
    who, number = "student-007", 10
    id = key(who)[number]
    for written in (id.upper(), f" `{id}` ", id.replace("-", "_")):
        grade(f"{CLINIC}__names_case_{number}", {CLINIC: {"student": who, "10": written}})


def test_every_id_of_every_list_can_be_written():
    for number in numbers():
        for id in ids_of(number):
            answers = {"student": "s", number: id}
            if id != key("s")[number]:
                assert "is no id" not in said(number, answers)


def test_without_the_keys_the_form_alone_is_told(monkeypatch):
    monkeypatch.setattr(unit, "find_spec", lambda name: None)
    for id in ids_of(1):
        assert f"{id} is an id of case 1; whether it is the right one is told when graded" in said(
            1, {"student": "s", 1: id}
        )


def test_check_looks_at_the_answers_of_a_notebook():
    (path,) = (ROOT / "release/10_clinic").glob("*.ipynb")
    assert exercises(nbformat.read(path, as_version=4)) == [CLINIC]


def test_one_case_for_all_ids_earns_at_most_its_own():
    """The same id everywhere: no more than the cases whose answer it is."""
    for id in {id for number in numbers() for id in ids_of(number)}:
        right = [n for n, name in key("student-007").items() if name == id]
        for number in set(numbers()) - set(right):
            said(number, {"student": "student-007", **dict.fromkeys(numbers(), id)})


# ------------------------------------------------------------------------ what is handed out


def test_the_text_has_the_lists_of_the_cases():
    text = TEXT.read_text("utf-8")
    sections = re.split(r"^# ## Case (\d+)\. ", text, flags=re.M)[1:]
    for number, section in zip(sections[0::2], sections[1::2], strict=True):
        rows = re.findall(r"^# \| `([\w-]+)` \| (.*) \|$", section, re.M)
        assert dict(rows) == dict(CASES[int(number)].choices)
        assert f"figures.case({number}, {CLINIC})" in section
        assert f'grade="{CLINIC}__names_case_{number}"' in section


def test_the_release_holds_no_answer():
    release = json.loads((ROOT / "release/10_clinic/clinic.ipynb").read_text("utf-8"))
    cells = [(cell["cell_type"], "".join(cell["source"])) for cell in release["cells"]]
    secret = r"student-000|concept_keys|BEGIN SOLUTION|key="
    assert not any(re.search(secret, source) for _, source in cells)
    code = "\n".join(source for kind, source in cells if kind == "code")
    assert not any(id in code for number in numbers() for id in ids_of(number))


def test_what_is_handed_out_names_no_patient():
    """No id beside a chart; a place in the sheet tells nothing of the id."""
    for number, case in json.loads(SHEET.read_text("utf-8")).items():
        assert set(case) == {"unit", "head", "ids", "patients"}
        for one in case["patients"]:
            assert set(one) == {"note", "rows", "wrong", "curves"}
            assert not any(id in json.dumps(one) for id in case["ids"])
        order = [id for id, _ in patients(int(number))]
        assert order != sorted(order, key=case["ids"].index), "in the order of the list"


# -------------------------------------------------------------------- pictures and numbers


def test_pictures_show_what_the_rows_say():
    who = {"student": "student-007"}
    assert "slope of tanh" in figures.case_picture(6, who).alt
    assert "patient from 2.00" in figures.case_picture(8, who).alt
    for number in (7, 9):
        patient, drawn = patient_of(number, who), figures.case_picture(number, who)
        first = dict(zip(patient.head[1:], patient.rows[0][1:], strict=True))
        shown = set(re.findall(r"\b[Wbxa]\d", drawn.alt.partition("gradient,")[2]))
        wrong = {name.strip("d").replace("_", "") for name, cell in first.items() if cell != RIGHT}
        assert shown == {name for name in wrong if re.fullmatch(r"[Wbxa]\d", name)}
        assert drawn.html.count("<svg") == 1


def test_a_case_that_is_not_there_is_told():
    with pytest.raises(NoCase, match="there is no case 13; expected a number from 1 to 12"):
        figures.case(13, {"student": "s"})
    with pytest.raises(ValueError, match="case 1 has no picture"):
        figures.case_picture(1, {"student": "s"})
    assert "Case 3, unit 04; m = " in repr(figures.case(3, {"student": "s"}))


def test_the_recurrent_network_is_that_of_unit_07():
    """The clinic differentiates a forward pass of its own; here it is held to the course's."""
    v = drawn_rnn(np.random.default_rng(0), 2, 3, 4, 3)
    graph = upstream_graph(v["x"], v["a0"], {k: v[k] for k in ("Wax", "Waa", "ba")}, v["da"])
    found = rnn_backward(v)
    for name in ("x", "a0", "Wax", "Waa", "ba"):
        np.testing.assert_allclose(found[f"d{name}"], gradient(graph, name), atol=1e-12)
    cut = {f"a{t}->z{t + 1}": lambda value, seen: value.real for t in (1, 2)}
    missing = rnn_backward(v, "bptt-missing-da-prevt")
    np.testing.assert_allclose(missing["dx"], gradient(graph, "x", edits=cut), atol=1e-12)


@pytest.mark.parametrize(
    ("found", "right", "says"),
    [
        ([1.0, 2], [1.0, 2], RIGHT),
        ([3.0, 6], [1.0, 2], "× 3"),
        ([-1.0, -2], [1.0, 2], "× −1"),
        ([0.0, 0], [1.0, 2], "all 0"),
        ([1.0, 3], [1.0, 2], "off 0.5"),
        ([[1.0], [2]], [1.0, 2], "shape (2, 1)"),
        ([1.0, 0], [0.0, 0], "not 0"),
        ([0.0, 0], [0.0, 0], RIGHT),
    ],
)
def test_cells(found, right, says):
    assert told(np.array(found), np.array(right)) == says


def test_a_ratio_is_written_as_people_write_it():
    assert [as_fraction(k) for k in (7, 1 / 49, -0.5, np.pi)] == ["7", "1/49", "−1/2", "3.14"]


def test_every_id_of_case_6_has_a_factor():
    assert set(FACTORS) == set(CASES[6].choices)


def test_the_points_rise():
    points = {c.grade: c.points for c in read_cells(TEXT.read_text("utf-8")) if c.grade}
    assert [f"{CLINIC}__{p.name}" for p in EXERCISES[CLINIC].properties] == list(points)
    assert list(points.values()) == sorted(points.values())
    assert sum(points.values()) == 24


#: Where a ratio tells the mistake, so that the sizes have to be other ones for each draw. In case 4
#: the ratios of three mistakes, such as "no penalty", are the same whatever is drawn.
@pytest.mark.parametrize("number", [3, 10])
def test_the_patients_with_one_mistake_are_not_all_the_same(number):
    for id in CASES[number].guilty:
        seen = {str(charts(number)[id, draw]) for draw in range(3)}
        assert len(seen) > 1, id
