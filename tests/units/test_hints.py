"""Three hints for every function: no code, right numbers, and formulas in known symbols."""

import ast
import io
import re
import tokenize
from functools import cache
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
from hint_calls import CALLS

from autograder import hint
from autograder.authoring.course import find_units
from autograder.concepts import RECALLS
from autograder.suite import NoExercise
from autograder.units import EXERCISES
from autograder.units.hints import hints_for, place_of

ROOT = Path(__file__).resolve().parents[2]
TEXTS = {u.name.partition("_")[0]: u.read(ROOT) for u in find_units(ROOT) if u.graded}
#: What is asked again is to be called up from memory: these exercises have no hints.
TEXTS = {unit: cells for unit, cells in TEXTS.items() if not unit.endswith("r")}
HINTED = {key: hints_for(e) for key, e in EXERCISES.items() if hints_for(e)}
#: Python that is no formula.
PYTHON = re.compile(
    r"np\.|@|\.T\b|\.(sum|copy|items|append|reshape|mean)\(|keepdims|axis ?=|\*\*|\bdef \w+\("
    r"|\blambda\b|\brange\(|\bfor \w+ in\b|\breturn [\w(]|==|\+="
)
NUMBER = r"-?\d+(?:\.\d+)?"
LITERAL = rf"(?:[\[(]+[\d.,\s\[\]()-]*[\])]+|{NUMBER}(?![\d.]*[·(/]))"
GIVEN = re.compile(rf"(\w+) (?:=|is) ({LITERAL})")
ARITHMETIC = r"(?:log|tanh|[\d.()+\-·/²√ ])+"
#: Cases that hold no sum and are called by nobody: they say an order of doing things.
IN_WORDS = {
    "to_row_product", "products_that_fit", "layer_sizes", "predict", "nn_model", "topo_order",
    "L_layer_model",
}  # fmt: skip


def all_hints():
    return [pytest.param(key, *texts, id=key) for key, texts in HINTED.items()]


# ------------------------------------------------------------------------------ all are there


def test_every_exercise_has_three_hints():
    """What fails here is a unit without hints: write them in the file that is named."""
    missing = {}
    for key, exercise in EXERCISES.items():
        if exercise.name in RECALLS:
            continue
        texts = hints_for(exercise)
        if texts is None or not all(texts):
            missing.setdefault(f"{place_of(exercise).replace('.', '/')}.py", []).append(key)
    assert not missing, "\n".join(
        f"no question, formula and worked case (`Hints`) in {file} for: {', '.join(keys)}"
        for file, keys in missing.items()
    )


def test_no_hint_belongs_to_an_exercise_that_is_gone():
    for exercise in EXERCISES.values():
        if hints_for(exercise):
            part = __import__(place_of(exercise), fromlist=["HINTS"])
            assert set(part.HINTS) <= set(EXERCISES), place_of(exercise)


@pytest.mark.parametrize("unit", TEXTS)
def test_each_assignment_says_it_at_its_head_and_imports_it(unit):
    cells = TEXTS[unit]
    (asked,) = re.findall(r'`hint\("?(\w+)"?\)` gives a question', cells[0].source)
    assert asked in {exercise.name for exercise in EXERCISES.values() if exercise.unit == unit}
    imports = next(cell.source for cell in cells if cell.kind == "code")
    assert re.search(r"^from autograder import .*\bhint\b", imports, re.M)


@pytest.mark.parametrize(("key", "question", "formula", "case"), all_hints())
def test_a_question_asks_and_a_case_says_what_is_given(key, question, formula, case):
    assert question.endswith("?")
    assert not re.search(r" = ", question), "a question that holds the answer"
    assert case.startswith("Take ")
    assert all(20 < len(text) < 420 for text in (question, case)), (len(question), len(case))
    assert 10 < len(formula) < 420, len(formula)


# ------------------------------------------------------------------------------ none is code


def tokens(line):
    try:
        read = list(tokenize.generate_tokens(io.StringIO(line).readline))
    except (tokenize.TokenError, IndentationError, SyntaxError):
        return []
    return [token.string for token in read if token.string.strip()]


def secret_lines(key):
    """The lines of the solution behind a key, as tokens; short ones say nothing."""
    exercise = EXERCISES[key]
    for cell in TEXTS[exercise.unit]:
        if cell.solution == exercise.name:
            inside = cell.source.split("### BEGIN SOLUTION")[1]
            for line in inside.splitlines():
                found = tokens(line.strip().removeprefix("return "))
                if len(found) >= 8:
                    yield line, found


@pytest.mark.parametrize(("key", "question", "formula", "case"), all_hints())
def test_no_hint_is_code(key, question, formula, case):
    for text in (question, formula, case):
        plain = re.sub(r'"[^"]*"', "", text)  # factors as strings are what unit 00 is about
        assert not PYTHON.search(plain), PYTHON.search(plain)
    written = " ".join(re.findall(r"\w+|[^\w\s]", " ".join((question, formula, case))))
    for line, found in secret_lines(key):
        assert " ".join(re.findall(r"\w+|[^\w\s]", " ".join(found))) not in written, line


def test_a_line_of_the_solution_would_be_seen():
    ((line, found), *_) = secret_lines("rnn_step_backward")
    assert "next_h" in line
    assert "next_h" in found
    assert PYTHON.search("dW is dZ @ A")
    assert PYTHON.search("for t in reversed(steps)")


# -------------------------------------------------------------------------- numbers are right


def value(text):
    """What a sum of numbers comes to, None if the text is none."""
    text = text.strip()
    if not re.search(r"\d", text) or text.count("(") != text.count(")") or ". " in text:
        return None
    code = re.sub(r"√(\(|\d)", r"sqrt\1", text).replace("·", "*").replace("²", "**2")
    code = re.sub(r"\b(log|tanh|sqrt) ?(\d+(?:\.\d+)?)", r"\1(\2)", code)
    try:
        tree = ast.parse(code, mode="eval")
    except SyntaxError:
        return None
    known = {"log": np.log, "tanh": np.tanh, "sqrt": np.sqrt, "__builtins__": {}}
    return float(eval(compile(tree, "a sum", "eval"), known))


def sums(case):
    """The pairs of sides of every ``=`` between which both are sums of numbers."""
    parts = case.split(" = ")
    for left, right in zip(parts[:-1], parts[1:], strict=True):
        ends = [m[0] for n in range(len(left)) if (m := re.fullmatch(ARITHMETIC, left[n:]))
                and not re.search(r"[\w.·)\]]$", left[:n])]  # fmt: skip
        starts = [right[:n] for n in range(len(right), 0, -1)
                  if re.fullmatch(ARITHMETIC, right[:n]) and not re.match(r"[\w·]", right[n:])
                  and not re.match(r"\.\d", right[n:])]  # fmt: skip
        one = next((v for text in ends if (v := value(text)) is not None), None)
        for text in starts:
            other = value(text.rstrip(" ."))
            if one is not None and other is not None:
                yield one, other, text.rstrip(" .")
                break


def agree(one, other, told):
    digits = max((len(d) for d in re.findall(r"\.(\d+)", told)), default=0)
    return abs(one - other) <= 0.51 * 10.0**-digits if digits else abs(one - other) < 1e-9


@pytest.mark.parametrize(("key", "question", "formula", "case"), all_hints())
def test_the_sums_of_a_worked_case_are_right(key, question, formula, case):
    found = list(sums(case))
    for one, other, told in found:
        assert agree(one, other, told), f"{one:g} is not {told}"
    called = (EXERCISES[key].unit, key) in CALLS
    assert found or called or EXERCISES[key].name in IN_WORDS, "nothing of it can be recomputed"


@pytest.mark.parametrize(
    ("case", "right"),
    [
        ("3·1 + (-1)·4 = -1, so", True),
        ("3·1 + 2 = 6.", False),
        ("its slope 0.5·(1 - 0.5) = 0.25, and", True),
        ("-log 0.5 = 0.693.", True),
        ("-log 0.5 = 0.694.", False),
        ("√(3² + 4²) = 5 is", True),
        ("at step 2: 1 + 0.5·1 = 1.4 and", False),
    ],
)
def test_a_wrong_sum_is_seen(case, right):
    ((one, other, told),) = sums(case)
    assert agree(one, other, told) is right


@cache
def functions(unit):
    """The functions of a solved unit: imports, definitions and answers, nothing executed."""
    names = {"__name__": "hints"}
    kinds = (ast.Import, ast.ImportFrom, ast.FunctionDef, ast.ClassDef)
    for cell in TEXTS[unit]:
        if cell.kind == "code" and not cell.grade and not cell.free:
            tree = ast.parse(cell.source)
            tree.body = [part for part in tree.body if isinstance(part, kinds)]
            exec(compile(tree, f"<{unit}>", "exec"), names)
    return SimpleNamespace(**names)


def read(text):
    return {
        name: np.asarray(ast.literal_eval(literal), dtype=float)
        for name, literal in GIVEN.findall(text)
    }


@pytest.mark.parametrize(("unit", "key"), CALLS, ids=str)
def test_the_solution_finds_what_the_worked_case_says(unit, key):
    head, _, rest = HINTED[key][2].partition(". ")
    found = CALLS[unit, key](functions(unit), read(head))
    said = {name: told for name, told in read(rest).items() if name in found}
    assert said, "the case names no result"
    for name, told in said.items():
        wanted = np.asarray(found[name], dtype=float)
        assert told.shape == wanted.shape, name
        assert np.allclose(told, wanted, atol=6e-4), (name, told, wanted)


# ------------------------------------------------------------------- formulas in known symbols

#: Words and signs of mathematics that a formula may use without the contract.
USUAL = {*"ijkltmcgJSWbALTΣσ", "exp", "log", "tanh", "max", "Im", "ReLU"}

ENGLISH = {
    *(
        "a",
        "all",
        "an",
        "and",
        "as",
        "at",
        "by",
        "few",
        "for",
        "if",
        "in",
        "is",
        "it",
        "its",
        "new",
    ),
    *("no", "not", "of", "on", "one", "or", "so", "sum", "the", "to", "too", "two", "up", "way"),
}


def names_in(text):
    """All names in a text, without marks and the numbers below them: ``W`` in ``W^[l]ᵀ``."""
    plain = re.sub(r"\\(mathcal|bar|hat|text)|[{}$^ᵀ²′]", "", text).replace("\\theta", "θ")
    return {s.split("_")[0] for s in re.findall(r"[A-Za-z_Σσθ]\w*", plain.replace("\\", ""))} - {""}


def symbols(text):
    """What looks like a symbol: capitals, digits, one to three letters; longer words are none."""
    found = names_in(text) - ENGLISH
    return {s for s in found if not re.fullmatch(r"[a-z]{4,}", s)}


@pytest.mark.parametrize(("key", "question", "formula", "case"), all_hints())
def test_a_formula_uses_symbols_of_the_assignment(key, question, formula, case):
    text = "\n".join(
        cell.source.split("### BEGIN SOLUTION")[0] for cell in TEXTS[EXERCISES[key].unit]
    )
    known = names_in(text) | USUAL
    assert {s for s in symbols(formula) if not {s, s.removeprefix("d")} & known} == set()


# ------------------------------------------------------------------------------ as it is asked


def linear_backward(dZ, cache):
    raise NotImplementedError


@pytest.fixture(autouse=True)
def _from_the_start(monkeypatch):
    monkeypatch.setattr("autograder.hints._GIVEN", {})


def test_each_call_gives_the_next_and_the_last_stays():
    steps = [hint(linear_backward).step for _ in range(4)]
    assert steps == [1, 2, 3, 3]
    assert hint(linear_backward, 2).step == 2
    assert hint(linear_backward).step == 3


def test_two_functions_are_counted_apart():
    hint(linear_backward)
    assert hint("linear_forward").step == 1
    assert hint(linear_backward).step == 2


def test_of_two_functions_of_one_name_the_notebooks_own_is_meant():
    notebook = {}
    exec("def relu_forward(x): ...\ndef relu_backward(dout, cache): ...", notebook)
    assert "dA" in hint("relu_backward", 2).text
    assert "dout" in hint(notebook["relu_backward"], 2).text


def test_it_reads_well_as_text_and_as_html():
    first = hint(linear_backward)
    assert str(first).startswith("linear_backward: hint 1 of 3, a question\n\nOf what is each")
    assert str(first).endswith("The same call again gives a formula.")
    last = hint(linear_backward, 3)
    assert str(last).endswith("That was the last one. hint(linear_backward, 1) begins anew.")
    assert str(hint("answers_05", 3)).endswith('hint("answers_05", 1) begins anew.')
    page = hint("predict", 2)._repr_html_()
    assert "<b><code>predict</code></b>: hint 2 of 3, a formula" in page
    assert page.count("<p") == page.count("</p>")


def test_what_cannot_be_asked_is_told():
    with pytest.raises(NoExercise, match="did you mean linear_backward"):
        hint("linear_backwards")
    with pytest.raises(NoExercise, match=r'or its name, as in hint\("answers_04"\)'):
        hint({"A": "right"})
    with pytest.raises(NoExercise, match="there are 1, 2 and 3: a question, a formula"):
        hint(linear_backward, 4)


def test_an_exercise_without_hints_says_so(monkeypatch):
    monkeypatch.setattr("autograder.hints.hints_for", lambda exercise: None)
    with pytest.raises(NoExercise, match="there are no hints for linear_backward; check and"):
        hint(linear_backward)
