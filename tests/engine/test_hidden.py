"""A hidden check tells what is wrong, and neither numbers, nor seeds, nor source."""

import io
import json
import re
import subprocess
import sys
import textwrap
from contextlib import redirect_stdout
from pathlib import Path

import bank
import pytest

from autograder.engine.report.report import CheckFailed
from autograder.suite import describe, grade, names
from autograder.units import CATALOGUE
from tests.helpers.notebooks import notebook, report

ROOT = Path(__file__).resolve().parents[2]
SEED = 918_273_645
DECIMAL = re.compile(r"\d+\.\d+")
#: Numbers that the texts themselves hold: "nudge one bias by 0.01".
OWN = {
    number
    for entry in CATALOGUE.values()
    for family in ("", *CATALOGUE.words(entry.id))
    for told in [CATALOGUE.told(entry, family)]
    for text in (told.computed, told.ask, told.formula)
    for number in DECIMAL.findall(text)
}
WRONG = [one for one in bank.mutants("columns") if one.equivalent is None]


def plain(value):
    """All texts and numbers of a JSON value."""
    if isinstance(value, dict):
        return [part for item in value.values() for part in plain(item)]
    if isinstance(value, list):
        return [part for item in value for part in plain(item)]
    return [value]


@pytest.mark.parametrize("variant", WRONG, ids=lambda one: one.name)
def test_no_number_of_an_instance_is_told(variant):
    found = report(variant.namespace(), variant.function, SEED, visible=False)
    assert found.example is None
    leaves = plain({key: part for key, part in found.json().items() if key != "picture"})
    assert not [leaf for leaf in leaves if isinstance(leaf, float)]
    shown = re.sub(r"<svg.*?</svg>", _labels, found._repr_mimebundle_()["text/html"], flags=re.S)
    shown = re.sub(r'style="[^"]*"', "", shown)
    for text in (str(found), shown, json.dumps(leaves)):
        text = text.replace("learning_rate = 0.5", "")  # the label of every instance
        if found.function != "initialize_parameters_deep":  # that a scale is 0.3 of He's is told
            assert set(DECIMAL.findall(text)) <= OWN, text
        assert str(SEED) not in text
        assert "Traceback" not in text


def _labels(svg):
    """The texts of a picture, without its coordinates."""
    return " ".join(re.findall(r">([^<]*)</", svg[0]))


def test_what_a_visible_check_tells_a_hidden_one_does_not():
    """The rule above can fail: on the visible example there are numbers."""
    variant = next(one for one in WRONG if one.name == "linear_backward/nothing_averaged")
    visible = report(variant.namespace(), variant.function, SEED)
    assert not set(DECIMAL.findall(str(visible))) <= OWN
    assert [leaf for leaf in plain(visible.json()) if isinstance(leaf, float)]


def graded(check, namespace):
    """What `grade` prints, and what it raises."""
    shown = io.StringIO()
    with redirect_stdout(shown):
        try:
            grade(check, namespace, SEED)
        except CheckFailed as error:
            return shown.getvalue(), error
    return shown.getvalue(), None


def test_grade_shows_one_verdict_and_raises_unless_it_holds():
    variant = next(one for one in WRONG if one.name == "linear_backward/db_not_averaged")
    namespace = variant.namespace()
    shown, error = graded("linear_backward__dW_matches_numeric_gradient", namespace)
    assert (shown.splitlines(), error) == (
        [
            "linear_backward: 1 of 1 properties hold",
            "  ✓ dW matches the numeric gradient",
        ],
        None,
    )
    shown, error = graded("linear_backward__db_matches_numeric_gradient", namespace)
    assert shown.startswith("linear_backward: 0 of 1 properties hold\n  ✗ db matches the numeric")
    assert "What you computed: db of the sum of the losses" in shown
    assert str(error) == shown.rstrip("\n")
    assert error.report.diagnosis[0].id == "db-not-averaged"


def test_every_check_of_the_unit_passes_on_right_functions():
    namespace = notebook()
    for check in names():
        function = check.partition("__")[0]
        if function in namespace and namespace[function] and "L_layer" not in function:
            assert graded(check, namespace)[1] is None, check


def test_an_unknown_check_is_an_error_of_the_author():
    with pytest.raises(KeyError, match="linear_backward__db_matches_numeric_gradient"):
        grade("linear_backward__db_is_right", notebook(), SEED)
    described = describe("linear_backward__db_matches_numeric_gradient")
    assert described == "linear_backward: db matches the numeric gradient"


CELLS = """
import sys
sys.path.insert(0, "tests")
from IPython.core.interactiveshell import InteractiveShell
import bank
shell = InteractiveShell.instance(colors="nocolor")
wrong = next(m for m in bank.mutants("columns") if m.name == "linear_backward/db_not_averaged")
shell.user_ns.update(wrong.namespace())
for name in ("dW", "db"):
    done = shell.run_cell(
        "# secret remark of the hidden test\\n"
        "from autograder import grade\\n"
        f"grade('linear_backward__{name}_matches_numeric_gradient', globals(), seed=918273645)"
    )
    print("=====", done.success, done.result)
"""


def test_the_traceback_in_a_notebook_is_the_message_alone():
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", textwrap.dedent(CELLS)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    right, wrong, rest = done.stdout.split("=====")
    assert "1 of 1 properties hold" in right
    assert wrong.startswith(" True None\n")  # no value is left for the notebook to show
    assert rest == " False None\n"
    assert wrong.count("What you computed: db of the sum of the losses") == 2  # shown, and raised
    for text in (done.stdout, done.stderr):
        for secret in ("918273645", "secret remark", "Traceback", "suite.py", "raise ", "grade("):
            assert secret not in text
