"""The bug hunts: what the key says made each set of numbers, and that nothing else tells it."""

import io
import re
from contextlib import redirect_stdout
from functools import cache
from itertools import combinations
from pathlib import Path

import jupytext
import numpy as np
import pytest

import autograder
from autograder import CheckFailed, grade
from autograder.networks import loss_graph, pointwise_graph
from autograder.networks.expressions import replay, scalar_graph
from autograder.oracle import gradient
from autograder.units import EXERCISES

ROOT = Path(__file__).resolve().parents[2]
UNITS = ("00", "01", "02", "03")


@cache
def cells(unit):
    (path,) = (ROOT / "authoring" / "assignments").glob(f"{unit}_*.py")
    return jupytext.read(path, fmt="py:percent").cells


def cases(unit):
    return [p.holds for p in EXERCISES[f"answers_{unit}"].properties]


@cache
def solution(unit):
    """The answers in the solution's cell."""
    names = {}
    found = [c for c in cells(unit) if c.metadata.get("solution") == f"answers_{unit}"]
    exec(found[0].source, names)
    return names[f"answers_{unit}"]


@cache
def given(unit):
    """The names that all locked cells define, with every function solved but the answers."""
    names = {"__name__": "student"}
    for cell in cells(unit):
        marks = cell.metadata
        hidden = "grade" in marks or "free" in marks or marks.get("solution", "")[:7] == "answers"
        if cell.cell_type == "code" and not hidden:
            lines = cell.source.replace("train(model, x, y)", "[1.0]")  # 800 steps tell nothing
            with redirect_stdout(io.StringIO()):
                exec(lines, names)
    return names


def hidden_test(unit, letter):
    name = f"answers_{unit}__names_case_{letter}"
    (cell,) = [c for c in cells(unit) if c.metadata.get("grade") == name]
    return cell


@pytest.mark.parametrize("unit", UNITS)
def test_the_hidden_tests_hold_the_solution_to_its_key(unit):
    answers = solution(unit)
    for case in cases(unit):
        cell = hidden_test(unit, case.letter)
        exec(cell.source, {f"answers_{unit}": answers})
        with pytest.raises(CheckFailed):
            exec(cell.source, {f"answers_{unit}": {case.letter: "sign-flipp"}})
        others = [id for id in case.ids if id != answers[case.letter]]
        for other in others:
            with pytest.raises(CheckFailed):
                exec(cell.source, {f"answers_{unit}": {case.letter: other}})


@pytest.mark.parametrize("unit", UNITS)
def test_what_is_released_of_a_hidden_test_is_its_sentence(unit):
    for case in cases(unit):
        cell = hidden_test(unit, case.letter)
        points = float(cell.metadata["points"])
        worth = "1 point" if points == 1 else f"{points:g} points"
        first, mark, *_ = cell.source.splitlines()
        assert first == f"# answers_{unit}: names case {case.letter} ({worth})"
        assert mark == "### BEGIN HIDDEN TESTS"


@pytest.mark.parametrize("unit", UNITS)
def test_the_ids_are_those_that_the_text_lists(unit):
    text = "\n".join(c.source for c in cells(unit) if c.cell_type == "markdown")
    listed = re.findall(r"^\| `([a-z-]+)` \|", text, re.M)
    assert [case.ids for case in cases(unit)] == [tuple(listed)] * len(cases(unit))
    assert set(solution(unit).values()) <= set(listed)


@pytest.mark.parametrize("unit", UNITS)
def test_no_name_of_the_notebook_holds_an_id(unit):
    ids = set(cases(unit)[0].ids)
    for name, value in given(unit).items():
        if not name.startswith("__"):
            assert not ids & set(strings(value)), name


def strings(value, depth=0):
    """Every text in nested containers, keys too."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for item in (*value, *value.values()):
            yield from strings(item, depth + 1)
    elif isinstance(value, list | tuple | set | np.ndarray) and depth < 8:
        for item in value:
            yield from strings(item, depth + 1)


def test_no_module_joins_a_letter_to_an_id():
    found = []
    for path in Path(autograder.__file__).parent.rglob("*.py"):
        text = path.read_text("utf-8")
        for unit in UNITS:
            for letter, id in solution(unit).items():
                if re.search(rf"""["']?{letter}["']?\s*[:=,]\s*["']{id}["']""", text):
                    found.append((path.name, letter, id))
    assert found == []


def columns(unit):
    """The numbers of each letter as the notebook gives them."""
    names = given(unit)
    if unit == "01":
        return {letter: np.array(row, float) for letter, *row in names["programs"]}
    if unit == "03":
        tables = re.findall(r'table\("Bug (.)", (\[.*?\])\)', source(unit), re.S)
        return {letter: np.array(eval(rows)) for letter, rows in tables}
    return {letter: np.array(rows) for letter, rows in names["posted"].items()}


def source(unit):
    return "\n\n".join(c.source for c in cells(unit) if c.cell_type == "code")


def products_00():
    names = given("00")
    dZ, A = names["dZ"], names["A"]
    return {
        "right": dZ @ A.T,
        "dw-transposed": A @ dZ.T,
        "row-vs-column-layout": A.T @ dZ,
        "elementwise-vs-matmul": dZ * A,
        "forgotten-transpose": dZ @ A,
    }


def passes_01():
    """c = p + b, p = b a, b = a d: by edits of the graph, and by other orders of visits."""
    net = scalar_graph([("*", 0, 1), ("*", 2, 0), ("+", 3, 2)], [3.0, 2.0])
    visits = [(4, 0), (4, 1), (3, 0), (3, 1), (2, 0), (2, 1)]
    once = replay(net, visits)

    def edited(**factors):
        edits = {w: lambda v, _, c=c: v.real + 1j * c * v.imag for w, c in factors.items()}
        return dict(enumerate(gradient(net, [f"v{i}" for i in range(5)], edits).values()))

    wires = ("v2->v3[0]", "v0->v3[1]", "v0->v2[0]", "v1->v2[1]")
    left = {
        "right": once,
        "grad-overwrite-not-accumulate": edited(**{"v2->v4[1]": 0, "v0->v3[1]": 0}),
        "recursive-backward-no-toposort": replay(net, [*visits, (2, 0), (2, 1)]),
        "grads-not-reset": replay(net, visits, start=once),
        "product-own-factor": edited(**dict(zip(wires, (2, 1 / 2, 3 / 2, 2 / 3), strict=True))),
        "product-without-slopes": edited(
            **dict(zip(wires, (1 / 3, 1 / 6, 1 / 2, 1 / 3), strict=True))
        ),
    }
    return {id: np.array([float(g[n]) for n in (4, 3, 2, 1, 0)]) for id, g in left.items()}


def vectors_02():
    names = given("02")
    W, out, u = names["W"], names["out"], names["u"]
    s = out * (1 - out)
    return {
        "right": W.T @ (s * u),
        "missing-w-transpose": W @ (s * u),
        "missing-activation-derivative": W.T @ u,
        "wrong-order": s * (W.T @ u),
        "matmul-not-elementwise": W.T @ np.dot(out, (1 - out).T) @ u,
    }


def losses_03():
    names = given("03")
    x, y = names["x"], names["y"]
    graph, N = loss_graph(x, y), len(x)
    true, p = gradient(graph, at="Z1"), graph.value("A1")
    return {
        "softmax-diagonal-only": true * np.eye(3)[y],
        "softmax-jacobian-twice": gradient(pointwise_graph(x, true, "softmax"), at="Z1"),
        "half-of-p-minus-y": p / N,
        "missing-one-over-m": N * true,
        "one-over-m-twice": true / N,
        "sign-flip": -true,
        "output-derivative-twice": true * p * (1 - p),
    }


SUSPECTS = {"00": products_00, "01": passes_01, "02": vectors_02, "03": losses_03}


@pytest.mark.parametrize("unit", UNITS)
def test_each_set_of_numbers_is_that_of_its_bug_and_of_no_other(unit):
    suspects, shown = SUSPECTS[unit](), columns(unit)
    assert set(suspects) <= {*cases(unit)[0].ids, "right"}
    for one, other in combinations(suspects.values(), 2):
        assert not np.allclose(one, other, atol=1e-3)
    numbers = {letter: id for letter, id in solution(unit).items() if letter in shown}
    assert len(numbers) == 4
    for letter, id in numbers.items():
        fits = [s for s, array in suspects.items() if np.allclose(array, shown[letter], atol=6e-7)]
        assert fits == [id]


def test_a_grade_is_given_row_by_row():
    answers = {**solution("03"), "B": "sign-flip"}
    earned = []
    for letter in "ABCD":
        try:
            exec(hidden_test("03", letter).source, {"answers_03": answers})
            earned.append(letter)
        except CheckFailed:
            pass
    assert earned == ["A", "C", "D"]
    with pytest.raises(CheckFailed):
        grade("answers_03__names_case_A", {"answers_03": answers})
