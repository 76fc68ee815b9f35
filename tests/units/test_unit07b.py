"""Unit 07b: rows are examples; what is right is accepted, what is wrong is named, 07 is told."""

import types

import numpy as np
import pytest
from contracts.breaker import notebook

from autograder import check
from autograder.engine.diagnosis.forms import LayerForm, WholeForm
from autograder.engine.evaluate import evaluate
from autograder.engine.exercise import exercise_of
from autograder.engine.problem import Problem
from autograder.engine.student import Student
from autograder.networks.rnn_rows import columns_twin
from autograder.oracle import central_difference, gradient
from autograder.suite import grade
from autograder.units import CATALOGUE, EXERCISES
from autograder.units.u07b_rnn_rows.backward import SEQUENCE, STEP
from autograder.units.u07b_rnn_rows.instances import rows_instance
from autograder.units.u07b_rnn_rows.mirror import in_columns, to_columns, to_rows
from tests import bank

#: Symbols that no message of this unit may hold.
OTHER = {
    "Waa",
    "Wax",
    "ba",
    "da_prevt",
    "a_prev",
    "a_next",
    "dWaa",
    "dWax",
    "dba",
    "m",
    "T_x",
    "a_t",
}
FUNCTIONS = ("rnn_step_forward", "rnn_step_backward", "rnn_forward", "rnn_backward")
COLUMNS = bank.reference("rnn")
VIEWS = [m for m in bank.mutants("rnn_rows") if m.expected == "cache-view-aliasing"]


def judge(names, function, seed=1):
    return evaluate(exercise_of(function, names), Student(names), seed)


def lost(names, seed=1):
    """The checks that are not earned."""
    reports = [judge(names, function, seed) for function in FUNCTIONS]
    return {v.check for report in reports for v in report.verdicts if not v.earned}


def ids(report):
    return {words.id for words in report.diagnosis}


@pytest.mark.parametrize(
    "at", ["x", "h0", "Wx", "Wh", "b", "h2", "z3", "Wh->z2", "b->z1", "h1->z2"]
)
def test_the_oracle_agrees_with_central_differences(at):
    graph = rows_instance(np.random.default_rng(0), (2, 3, 4, 3)).graph
    np.testing.assert_allclose(gradient(graph, at), central_difference(graph, at), atol=1e-7)


def transposed(array):
    """An array of the columns' network as it is in rows; b is (H,) there."""
    if array.ndim == 2 and array.shape[1] == 1:
        return array[:, 0]
    return np.moveaxis(array, 0, -1) if array.ndim == 3 else array.T


PROBLEMS = [
    (sizes, step) for sizes in ((3, 5, 7, 4), (4, 4, 4, 4), (5, 3, 7, 1)) for step in (False, True)
]


@pytest.mark.parametrize(("sizes", "step"), PROBLEMS)
def test_each_edit_in_rows_gives_the_gradients_of_the_edit_in_columns_transposed(sizes, step):
    drawn = rows_instance(np.random.default_rng(1), sizes)
    problem = Problem(drawn.step, STEP) if step else Problem(drawn.graph, SEQUENCE)
    columns = in_columns(problem)
    assert columns.graph is columns_twin(problem.graph)
    theirs = {
        (form.misconception.id, n): form
        for kind in (LayerForm, WholeForm)
        for n, form in enumerate(CATALOGUE.forms(kind, "rnn"))
        if "Wya" not in form.detail and "dby" not in form.detail
    }
    found = 0
    ours = [f for kind in (LayerForm, WholeForm) for f in CATALOGUE.forms(kind, "rnn-rows")]
    for form in ours:
        edits = form.edits(problem, "every step")
        if edits is None:
            continue
        made = problem.truth(edits)
        with np.errstate(all="ignore"):
            same = [
                columns.truth(other)
                for (id, _), one in theirs.items()
                if id == form.misconception.id
                and (other := one.edits(columns, "every step")) is not None
            ]
        assert any(
            all(np.allclose(made[n], transposed(one[n]), equal_nan=True) for n in made)
            for one in same
        ), (form.misconception.id, form.detail)
        found += 1
    assert found > 75


def test_names_go_both_ways():
    for row in ("h0", "h12", "Wx", "b->z3", "Wh->z1", "h1->z2", "x->z1", "J", "h2->J"):
        assert to_rows(to_columns(row)) == row
    assert to_columns("Wh->z2") == "Waa->z2"
    assert to_columns("h1->J") == "a1->J"


@pytest.mark.parametrize("seed", range(3))
def test_the_solution_earns_everything(seed):
    assert lost(notebook("07b"), seed) == set()


@pytest.mark.parametrize("right", bank.rights("rnn_rows"), ids=lambda right: right.name)
def test_public_solutions_are_accepted(right):
    assert lost(right.namespace()) == set()


def test_there_are_enough_public_solutions():
    assert len(bank.rights("rnn_rows")) >= 12


@pytest.mark.parametrize("views", VIEWS, ids=lambda mutant: mutant.name)
def test_a_cache_of_views_costs_one_property_and_is_told_in_one_sentence(views):
    names = views.namespace()
    assert lost(names) == {"rnn_backward__cache_survives_overwriting_x_and_h"}
    assert "the cache shares its memory with x or h" in str(judge(names, "rnn_backward"))


@pytest.mark.parametrize("mutant", bank.mutants("rnn_rows"), ids=lambda mutant: mutant.name)
def test_slips_are_refused_and_named(mutant):
    names = mutant.namespace()
    seen = [judge(names, mutant.function)]
    if mutant.function == "rnn_forward":  # a wrong cache shows where it is used
        seen.append(judge(names, "rnn_backward"))
    assert any(not v.earned for report in seen for v in report.verdicts)
    if mutant.expected:
        found = set().union(*map(ids, seen))
        assert mutant.expected in found
        assert found <= {mutant.expected, *mutant.also}
    for told in map(str, seen):
        strange = OTHER & set(told.replace(",", " ").replace(":", " ").replace(".", " ").split())
        assert not strange, told


@pytest.mark.parametrize("pair", bank.pairs("rnn_rows"), ids=lambda pair: pair.name)
def test_two_slips_are_both_named(pair):
    names = pair.namespace()
    for mutant in (pair.first, pair.second):
        assert mutant.expected in ids(judge(names, mutant.function))


def test_the_message_on_the_missing_dprev_h_is_in_the_symbols_of_rows():
    mutant = next(m for m in bank.mutants("rnn_rows") if m.name == "rnn_backward/dprev_h_forgotten")
    told = str(judge(mutant.namespace(), "rnn_backward"))
    assert "whose wires from h_t to the next step are cut" in told
    assert "dnext_h of step t = dh[:, t] + dprev_h" in told
    assert "lesson 07b, Two arrows into h_t" in told
    assert "da" not in told.replace("data", "").split()


def pasted(home, other):
    """The solved notebook of one unit, after the functions of the other layout were pasted."""
    names = notebook(home)
    for name, function in other.items():
        if name != "forward_then_overwrite":
            names[name] = rebound(function, names)
    return names


def rebound(function, names):
    """The same function, which looks names up among these."""
    return types.FunctionType(function.__code__, names, function.__name__, function.__defaults__)


def test_rows_in_assignment_07_are_told_so():
    rows = {k: v for k, v in bank.reference("rnn_rows").items() if k in FUNCTIONS}
    names = pasted("07", rows)
    for function in ("rnn_forward", "rnn_backward"):
        report = judge(names, function)
        assert not any(v.earned for v in report.verdicts)
        told = " ".join(str(report).split())
        assert "Yours is the `rnn_forward(x, h0, Wx, Wh, b)` of assignment 07b" in told
        assert "this is assignment 07, and asks for `rnn_forward(x, a0, parameters)`" in told
    with pytest.raises(Exception, match="assignment 07b"):
        grade("rnn_forward__a_is_right", names, seed=3)


def test_columns_in_assignment_07b_are_told_so():
    names = pasted("07b", {k: v for k, v in COLUMNS.items() if k.startswith("rnn_")})
    for function in ("rnn_forward", "rnn_backward"):
        told = " ".join(str(judge(names, function)).split())
        assert "Yours is the `rnn_forward(x, a0, parameters)` of assignment 07;" in told
        assert "this is assignment 07b, and asks for `rnn_forward(x, h0, Wx, Wh, b)`" in told


def test_by_its_first_line_a_function_is_known_where_no_assignment_is():
    rows = {k: v for k, v in bank.reference("rnn_rows").items() if k in FUNCTIONS}
    for function in ("rnn_forward", "rnn_backward"):
        report = check(bind(rows, function))
        assert report.note.startswith(f"This is the `{function}(")
        assert "of assignment 07b, and it is checked as that one" in report.note
        failed = [v.check.partition("__")[2] for v in report.verdicts if v.status == "failed"]
        assert failed == [] or failed == ["cache_survives_overwriting_x_and_h"]
    assert check(bind(COLUMNS, "rnn_forward")).note == ""


def bind(names, function):
    """A function of a module that holds these names and no mark of an assignment."""
    module = {"np": np, "__name__": "student"}
    for name, found in names.items():
        if isinstance(found, types.FunctionType):
            module[name] = rebound(found, module)
    return module[function]


def test_two_units_have_functions_of_these_names():
    for name in ("rnn_forward", "rnn_backward"):
        assert exercise_of(name, {"rows_are_examples"}).unit == "07b"
        assert exercise_of(name, {"rnn_step_forward"}).unit == "07"
        assert EXERCISES[name].unit == "07"


SUSPECTS = {
    "bptt-missing-da-prevt": "rnn_backward/dprev_h_forgotten",
    "waa-no-transpose": "rnn_step_backward/Wh_not_transposed",
    "dwaa-uses-a-next": "rnn_step_backward/dWh_with_next_h",
    "negative-index-wrap": "rnn_backward/prev_h_looked_up_at_t_minus_1",
    "db-wrong-axis": "rnn_step_backward/db_over_axis_1",
    "bptt-overwrite-not-accumulate": "rnn_backward/weights_overwritten",
    "rnn-divide-by-m-again": "rnn_backward/weights_averaged_at_the_end",
}


def table(names, given):
    """The two rows of numbers that the bug hunt shows of a backward pass."""
    data = [given[f"{name}_c"] for name in ("x", "h0", "Wx", "Wh", "b")]
    right = bank.reference("rnn_rows")
    made, true = (
        ns["rnn_backward"](given["dh_c"].copy(), ns["rnn_forward"](*data)[1])
        for ns in (names, right)
    )
    off = [np.abs(a - b).max() / np.abs(b).max() for a, b in zip(made, true, strict=True)]
    off += [
        np.abs(made[0][:, t] - true[0][:, t]).max() / np.abs(true[0][:, t]).max() for t in range(4)
    ]
    return [round(float(value), 2) for value in off]


def test_the_numbers_of_the_hunt_are_those_of_the_suspect_and_of_no_other():
    from test_hunts_columns import key, posted

    given = posted("07b")
    known = {m.name: m for m in bank.mutants("rnn_rows")}
    made = {id: table(known[name].namespace(), given) for id, name in SUSPECTS.items()}
    assert set(made) == set(EXERCISES["answers_07b"].properties[0].holds.ids)
    for letter, id in key("07b").items():
        shown = [*given["errors"][letter], *given["dx_steps"][letter]]
        assert [other for other, found in made.items() if np.allclose(found, shown)] == [id]
