"""Answers that are no plain numbers: no hand-written test is passed by one, and each is named."""

from __future__ import annotations

import numpy as np
import pytest

from autograder.arrays import OddArray, oddity, stand_in
from autograder.engine.compare import compare
from autograder.grading.sandbox.sandbox import Sandbox

from .cells import graded_cells

WANTED = "np.arange(6.0).reshape(2, 3)"
START = f"import numpy as np\nwanted, out = {WANTED}, f()\n"
TESTS = {
    "allclose": "assert np.allclose(out, wanted)",
    "allclose turned": "assert np.allclose(wanted, out, equal_nan=True)",
    "isclose": "assert np.isclose(out, wanted).all()",
    "assert_allclose": "np.testing.assert_allclose(out, wanted)",
    "assert_allclose turned": "np.testing.assert_allclose(wanted, out)",
    "assert_array_equal": "np.testing.assert_array_equal(out, wanted)",
    "assert_equal": "np.testing.assert_equal(out, wanted)",
    "assert_array_almost_equal": "np.testing.assert_array_almost_equal(out, wanted)",
    "array_equal": "assert np.array_equal(out, wanted)",
    "array_equiv": "assert np.array_equiv(out, wanted)",
    "equal, all": "assert (out == wanted).all()",
    "all of equal": "assert np.all(wanted == out)",
    "no difference": "assert not (out != wanted).any()",
    "largest gap": "assert not abs(out - wanted).max() > 1e-9",
    "norm": "assert not np.linalg.norm(out - wanted) > 1e-9",
    "entry by entry": "for at in np.ndindex(2, 3):\n    assert out[at] == wanted[at]",
}
WRONG = "np.full((2, 3), 7.0)"
ANSWERS = {
    "masked, all": ("np.ma.masked_all((2, 3))", "is masked"),
    "masked, right below": (f"np.ma.masked_array({WANTED}, mask=True)", "is masked"),
    "masked, partly": (f"np.ma.masked_equal({WANTED}, 5)", "is masked"),
    "the masked constant": ("np.ma.masked", "is masked"),
    "objects": (f"{WANTED}.astype(object)", "has dtype object"),
    "None": ("np.full((2, 3), None)", "has dtype object"),
    "liars in an array": (f"np.frompyfunc(lambda v: Liar(), 1, 1)({WANTED})", "has dtype object"),
    "records": (f"{WANTED}.view([('a', float)])", "has a dtype with fields"),
    "raw bytes": ("np.zeros((2, 3), 'V8')", "has a dtype with fields or raw bytes"),
    "text": (f"{WANTED}.astype(str)", "an array of text"),
    "bytes": (f"{WANTED}.astype('S3')", "an array of bytes"),
    "long text": (f"{WANTED}.astype(np.dtypes.StringDType())", "holds text of varying length"),
    "dates": (f"{WANTED}.astype(int).astype('M8[D]')", "an array of dates"),
    "no dates": ("np.full((2, 3), np.datetime64('NaT'))", "an array of dates"),
    "no time": ("np.full((2, 3), np.timedelta64('NaT'))", "an array of time spans"),
    "a liar": ("Liar()", "an object of type Liar"),
    "a frame": ("Frame()", "an object of type Frame"),
    "a set": ("set()", ""),
    "a generator": ("(row for row in np.ones((2, 3)))", "an object of type generator"),
    "a matrix": (f"np.asmatrix({WRONG})", ""),
    "a lying subclass": (f"{WRONG}.view(Sub)", ""),
    "a recarray": (f"np.rec.array({WRONG})", ""),
    "masked rows": ("[np.ma.masked_all(3), np.ma.masked_all(3)]", "is masked"),
}
CLASSES = f"""
import numpy as np
yes = lambda *a, **k: True
class Liar:
    __eq__ = __bool__ = all = any = equals = yes
    __ne__ = lambda *a: False
    __array__ = lambda *a, **k: {WANTED}
    __array_ufunc__ = __array_function__ = lambda *a, **k: np.array(True)
    __sub__ = __rsub__ = __abs__ = max = lambda *a: 0.0
    __getitem__ = lambda self, key: {WANTED}[key]
class Frame(Liar):
    values, shape = {WANTED}, (2, 3)
class Sub(np.ndarray):
    __eq__ = lambda *a: np.ones((2, 3), bool)
    __ne__ = lambda *a: np.zeros((2, 3), bool)
    __array__ = lambda *a, **k: {WANTED}
    __array_ufunc__ = __array_function__ = lambda *a, **k: np.array(True)
"""


def answer(value: str) -> str:
    return f"{CLASSES}\ndef f():\n    return {value}"


@pytest.mark.parametrize("name", ANSWERS)
def test_no_test_is_passed_by_what_is_no_plain_number(sandbox: Sandbox, name: str) -> None:
    value, said = ANSWERS[name]
    found = graded_cells(sandbox, answer(value), {k: START + v for k, v in TESTS.items()})
    # an object that hands out the right numbers, one for each place, has answered
    right = {"entry by entry": 1} if name in ("a liar", "a frame") else {}
    assert {k: points for k, (points, _) in found.items()} == dict.fromkeys(TESTS, 0) | right
    found = {k: v for k, v in found.items() if k not in right}
    told = [m for k, (_, m) in found.items() if not k.startswith("assert")]
    assert [m for m in told if said not in m] == []


SPANS = f"{WANTED}.astype(int).astype('m8[s]')"


def test_time_spans_are_no_numbers_of_seconds(sandbox: Sandbox) -> None:
    tests = {k: START + v for k, v in TESTS.items() if k != "entry by entry"}
    found = graded_cells(sandbox, answer(SPANS), tests)
    assert {points for points, _ in found.values()} == {0}


def test_time_spans_and_dates_can_be_compared_with_their_own_kind(sandbox: Sandbox) -> None:
    spans = START.replace(WANTED, SPANS)
    again = (
        "equal, all",
        "all of equal",
        "no difference",
        "array_equal",
        "assert_array_equal",
        "entry by entry",
    )
    more = {
        "other shape": "assert not np.array_equal(out, wanted[:1])",
        "other values": "assert not np.array_equal(out, wanted + 1)",
        "seconds": f"assert np.allclose(out / np.timedelta64(1, 's'), {WANTED})",
        "sum": "assert (out * 2).sum() == np.timedelta64(30, 's')",
    }
    tests = {k: spans + v for k, v in [*((k, TESTS[k]) for k in again), *more.items()]}
    assert graded_cells(sandbox, answer(SPANS), tests) == dict.fromkeys(tests, (1, ""))
    dates = {
        k: START.replace(WANTED, "np.array(['2026-01-02'], 'M8[D]')") + TESTS[k] for k in again[:5]
    }
    found = graded_cells(sandbox, answer("np.array(['2026-01-02'], 'M8[D]')"), dates)
    assert found == dict.fromkeys(dates, (1, ""))


@pytest.mark.parametrize(
    "value",
    [
        WANTED,
        f"np.ma.masked_array({WANTED}, mask=False)",
        f"np.asmatrix({WANTED})",
        f"np.asfortranarray({WANTED})",
        f"{WANTED}.view(Sub)",
        f"np.rec.array({WANTED})",
    ],
)
def test_right_numbers_in_an_unusual_array_pass(sandbox: Sandbox, value: str) -> None:
    tests = {k: START + v for k, v in TESTS.items()}
    assert graded_cells(sandbox, answer(value), tests) == dict.fromkeys(tests, (1, ""))


def test_an_odd_array_goes_back_as_what_the_student_made(sandbox: Sandbox) -> None:
    source = (
        "import numpy as np\nmade = np.ma.masked_array([1.0, 2.0], mask=[False, True])\n"
        "def f():\n    return made, (np.array([f, None]), made)\n"
        "def g(x, cache):\n    return bool(x is made and cache[0][0] is f and cache[1] is made)"
    )
    tests = {
        "whole": "x, cache = f()\nassert g(x, cache) is True",
        "shape": "assert f()[0].shape == (2,)",
    }
    assert graded_cells(sandbox, source, tests) == dict.fromkeys(tests, (1, ""))


WORDS = [
    (
        np.ma.masked_all((2, 3)),
        "masked",
        "dW is masked, expected float64; a masked entry has no value",
    ),
    (
        np.zeros((2, 3), [("a", float)]),
        "record",
        "dW has a dtype with fields or raw bytes, expected float64; these are not numbers",
    ),
    (
        np.full((2, 3), None),
        "object",
        "dW has dtype object, expected float64; dtype object means that the array holds lists or "
        "None instead of numbers",
    ),
    (
        np.full((2, 3), "a", np.dtypes.StringDType()),
        "text",
        "dW holds text of varying length, expected float64; these are not numbers",
    ),
]


@pytest.mark.parametrize(("array", "word", "message"), WORDS, ids=[w for _, w, _ in WORDS])
def test_a_check_names_them_in_a_notebook_and_in_grading(
    array: np.ndarray, word: str, message: str
) -> None:
    assert oddity(array) == word
    for found in (array, stand_in(word, (2, 3), None)):
        gap = compare("dW", found, np.zeros((2, 3)))
        assert gap is not None
        assert (gap.kind, gap.message) == ("type", message)


def test_a_masked_array_without_masked_entries_is_right_in_a_check() -> None:
    wanted = np.arange(6.0).reshape(2, 3)
    assert compare("dW", np.ma.masked_array(wanted, mask=False), wanted) is None


def test_a_part_of_a_stand_in_keeps_its_name() -> None:
    part = stand_in("masked", (4, 3), None)[1:].T
    assert isinstance(part, OddArray)
    assert (oddity(part), part.shape) == ("masked", (3, 3))
