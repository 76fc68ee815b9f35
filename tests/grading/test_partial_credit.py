"""The value of a hand-written hidden test is points: read as the number it is, or refused."""

from __future__ import annotations

import pytest

from autograder.grading.sandbox.sandbox import Sandbox

from .cells import graded_cells

POINTS = 4.0
START = "import numpy as np\nfrom fractions import Fraction\nfrom decimal import Decimal\n"
NUMBERS = {
    "np.sum([f(2) == 4, f(3) == 7])": 1,
    "np.int64(0)": 0,
    "np.int64(3)": 3,
    "np.uint8(2)": 2,
    "np.float32(1.5)": 1.5,
    "np.float16(0.5)": 0.5,
    "np.longdouble(2.5)": 2.5,
    "np.bool_(True)": 1,
    "np.bool_(False)": 0,
    "f(2) == 4": 1,
    "f(2) == 5": 0,
    "np.all(f(np.ones(3)) == 2)": 1,
    "Fraction(5, 2)": 2.5,
    "Decimal('0.75')": 0.75,
    "np.array(2)": 2,
    "np.array(1.25, dtype=np.float32)": 1.25,
    "np.array([3])": 3,
    "np.array([[True]])": 1,
    "np.sum(np.ones((2, 2)) == 1, keepdims=True)": 4,
    "np.array(Fraction(1, 2))": 0.5,
    "sum(f(k) == 2 * k for k in range(3))": 3,
    "2.5": 2.5,
    "-0.0": 0,
    "7": 4,
    "np.int64(7)": 4,
    "10**30": 4,
    "None": 4,
    "x = 3": 4,
    "np.int64(1);": 4,
}
NONE = {
    "'full'": "is of type str",
    "'4'": "is of type str",
    "b'4'": "is of type bytes",
    "np.str_('4')": "is an array of type <U1",
    "np.array(['4'])": "is an array of type <U1",
    "np.datetime64('2026-01-01')": "is an array of type datetime64[D]",
    "np.timedelta64(4, 'D')": "is an array of type timedelta64[D]",
    "float('nan')": "is nan",
    "np.float32('nan')": "is nan",
    "np.inf": "is inf",
    "-np.inf": "is -inf",
    "10**400": "has no size",
    "4j": "is of type complex",
    "np.complex128(4)": "is an array of type complex128",
    "np.ones(4)": "is an array of 4 entries",
    "np.array([])": "is an array of 0 entries",
    "np.ma.masked": "is masked",
    "np.ma.masked_array([4.0], mask=True)": "is masked",
    "[4]": "is of type list",
    "(4,)": "is of type tuple",
    "{'points': 4}": "is of type dict",
    "f": "is of type function",
    "thing": "is of type set",
    "odd": "is of type Opaque",
    "f(np.ones(4))": "is an array of 4 entries",
}
NEGATIVE = {"-1": "-1", "np.int64(-3)": "-3", "Fraction(-1, 2)": "-0.5", "-10**30": "-1e+30"}
ANSWER = (
    "import numpy as np\ndef f(x):\n    return 2 * x\n"
    "thing, odd = {4.0}, np.array([None], dtype=object)"
)


@pytest.fixture(scope="module")
def found(sandbox: Sandbox) -> dict[str, tuple[float | None, str]]:
    tests = {value: START + value for value in [*NUMBERS, *NONE, *NEGATIVE]}
    return graded_cells(sandbox, ANSWER, tests, POINTS)


@pytest.mark.parametrize(("value", "points"), NUMBERS.items())
def test_a_number_is_so_many_points(
    found: dict[str, tuple[float, str]], value: str, points: float
) -> None:
    told = "" if points == POINTS else f"{points:g} of 4 points"
    assert found[value] == (points, told)


@pytest.mark.parametrize(("value", "told"), NONE.items())
def test_what_is_no_number_gives_no_points_and_says_so(
    found: dict[str, tuple[float, str]], value: str, told: str
) -> None:
    points, message = found[value]
    assert points == 0
    assert message.startswith("no points: the value of this test is ")
    assert told in message
    assert message.endswith(", and points are a number")


@pytest.mark.parametrize(("value", "number"), NEGATIVE.items())
def test_nobody_gets_less_than_none(
    found: dict[str, tuple[float, str]], value: str, number: str
) -> None:
    told = f"0 of 4 points: the value of this test is {number}, and nobody gets less than none"
    assert found[value] == (0, told)
