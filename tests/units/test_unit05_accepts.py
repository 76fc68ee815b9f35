"""Unit 05: of a test that accepts wrong answers it is told which faults it never refuses."""

from __future__ import annotations

import pytest

from autograder.engine.evaluate import evaluate
from autograder.engine.student import Student
from autograder.units import EXERCISES
from tests.helpers.solved import with_cell

ACCEPTS = """
def accepts(case, output):
    dZ, A, W, b = (case[k] for k in ("dZ", "A_prev", "W", "b"))
    m = dZ.shape[1]
    right = {"dA_prev": W.T @ dZ, "dW": dZ @ A.T / m, "db": dZ.sum(axis=1, keepdims=True) / m}
    if any(np.shape(output[n]) != right[n].shape for n in right):
        return False
    off = {n: relative_error(output[n], right[n]) for n in right}
    ok = True
    JUDGED
"""
#: By the lines that judge: what is told.
TOLD = {
    "for n in off: ok = off[n] < 1e-7\n    return bool(ok)": "nor nan: db alone is judged",
    "for n in off: return bool(off[n] < 1e-7)": "nor nan: dA_prev alone is judged",
    "return bool(off['dA_prev'] < 1e-7 and off['db'] < 1e-7)": (
        "no wrong number in dW is refused, however far it is off, nor nan: dA_prev and db alone"
    ),
    "return any(e < 1e-7 for e in off.values())": "faults in dA_prev, dW and db pass as long as",
    "return bool((off['dA_prev'] < 1e-7 or off['dW'] < 1e-7) and off['db'] < 1e-7)": (
        "faults in dA_prev and dW pass as long as one of them is right"
    ),
    "return all(e < 5e-2 for e in off.values())": "0.01 of the largest entry passes in one entry",
    "return all(np.allclose(output[n], right[n], 0, 1e-2) for n in off)": (
        "Where all arrays are 1000 times as large, 0.01 of the largest is refused as well"
    ),
    "return not any(e > 1e-7 for e in off.values())": "one entry of dA_prev, dW or db is nan",
    "return all(np.max(output[n] - right[n]) < 1e-7 for n in off)": "that is off downwards passes",
    "return all(np.max(right[n] - output[n]) < 1e-7 for n in off)": "that is off upwards passes",
    "return all(abs(np.sum(output[n] - right[n])) < 1e-7 for n in off)": "they cancel",
    "return all(abs(output[n] - right[n])[0, 0] < 1e-7 for n in off)": (
        "the last entry of dA_prev, dW or db may be off"
    ),
}


def report(judged: str, seed: int = 2024) -> str:
    names = with_cell("05", ACCEPTS.replace("JUDGED", judged))
    return str(evaluate(EXERCISES["accepts"], Student(names), seed))


@pytest.mark.parametrize("seed", [3, 2024])
@pytest.mark.parametrize("judged", TOLD)
def test_what_is_never_refused_is_told_as_one_cause(judged: str, seed: int) -> None:
    text = report(judged, seed)
    assert text.count(TOLD[judged]) == 1
    assert "one norm over all arrays" not in text


#: Right answers that look otherwise.
RIGHT = (
    "return all(e < 1e-7 for e in off.values())",
    "for e in off.values(): ok &= bool(e < 1e-7)\n    return ok",
    "return max(off.values()) < 1e-7 and all(np.isfinite(a).all() for a in output.values())",
    "return bool(np.sum([e for e in off.values()]) <= 1e-8)",
    "return not any(not e < 1e-7 for e in off.values())",
    "return all(np.allclose(output[n], right[n], 1e-6, 1e-9) for n in off)",
    "return sum(np.square(output[n] - right[n]).sum() for n in off) < 1e-16",
)


@pytest.mark.parametrize("judged", RIGHT)
def test_other_ways_to_judge_all_arrays_pass(judged: str) -> None:
    assert "3 of 3 properties hold" in report(judged)
