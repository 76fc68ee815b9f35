"""Unit 05: the student writes the test, and the test is tested.

Only data cross between the grader and the notebook. ``make_test(seed)`` returns inputs for
linear_backward; the grader computes what a right or wrong linear_backward gives on them; and
``accepts(case, output)`` decides. A wrong one is killed if some case makes `accepts` say False.
"""

from __future__ import annotations

from functools import partial
from typing import Any

import numpy as np

from autograder.arrays import shape_of
from autograder.engine.compare import form
from autograder.engine.exercise import Barrier, Exercise, Property, Wanting, register
from autograder.engine.parts import no_trials, nothing
from autograder.engine.student import NotWritten, Parameters, Student
from autograder.observe import StudentError
from autograder.units.u04_network.instances import layer_inputs
from autograder.units.u05_gradient_check import right
from autograder.units.u05_gradient_check.calling import unchanged
from autograder.units.u05_gradient_check.lacking import lacks
from autograder.units.u05_gradient_check.taken_for_right import rejected
from autograder.units.u05_gradient_check.tried_test import Case
from autograder.units.u05_gradient_check.unrefused import off_by, two_cancel, why
from autograder.units.u05_gradient_check.wrong_versions import IMPOSTORS, Impostor, Outputs, rights

KEYS = ("dZ", "A_prev", "W", "b")
MOST_CASES, MOST_ENTRIES = 12, 400
DEGENERATE = "gradcheck-degenerate-point"
#: More that `accepts` alone has to refuse.
FAULTS = (
    Impostor("down", "one entry of db is off by 1 %, downwards", form=partial(off_by, -0.01, "db")),
    Impostor("up", "one entry of db is off by 1 %, upwards", form=partial(off_by, 0.01, "db")),
    Impostor("signal", "one entry of dA_prev is off by 1 %", form=partial(off_by, 0.01, "dA_prev")),
    Impostor("cancel", "two entries of dW are off, one up and one down", form=two_cancel),
)


def good_cases(rng: np.random.Generator) -> list[Case]:
    """Cases of the grader's own, to judge `accepts` alone: different sizes, and equal ones."""
    cases = []
    for sizes in ((4, 3, 5), (3, 3, 4)):
        A_prev, W, b, dZ = layer_inputs(rng, *sizes)
        cases.append({"dZ": dZ, "A_prev": A_prev, "W": W, "b": b})
    return cases


def says(student: Student, case: Case, output: Outputs) -> bool:
    """The verdict of the student's test on one output."""
    reply = student.observe("accepts", Parameters(case), Parameters(output))
    unchanged(reply, "case", "output")
    verdict = reply.value
    if isinstance(verdict, (bool, np.bool_)):
        return bool(verdict)
    raise Barrier(f"`accepts` returned {verdict!r}; expected True or False")


def lets_right_pass(student: Student, rng: np.random.Generator) -> None:
    """accepts right answers.

    Right answers are accepted, however they are rounded.
    """
    for case in good_cases(rng):
        accepts = partial(says, student, case)
        if told := rejected(accepts, rights(case, rng), case["dZ"].shape[1]):
            raise Wanting(told)
        zeros = {name: 0 * array for name, array in rights(case, rng)[0].items()}
        if says(student, case, zeros):
            raise Wanting("arrays of zeros are accepted too: accepting everything is no test")


def refuses(names: tuple[str, ...], student: Student, rng: np.random.Generator) -> None:
    """The named wrong answers are rejected on the grader's own cases"""
    cases = good_cases(rng)
    if not any(says(student, case, right) for case in cases for right in rights(case, rng)):
        raise NotWritten("accepts", "right answers have to be accepted first")
    for impostor in (i for i in (*IMPOSTORS, *FAULTS) if i.name in names):
        if all(says(student, case, impostor.outputs(case)) for case in cases):
            raise Wanting(partial(_survives, student, cases, impostor))


def _survives(student: Student, cases: list[Case], impostor: Impostor) -> str:
    told, id = why(partial(_accepts, student), cases, impostor)
    raise Wanting(told, id)


def _accepts(student: Student, case: Case, output: Outputs) -> bool:
    kept = len(student.errors)
    try:
        return says(student, case, output)
    except (StudentError, Barrier):
        del student.errors[kept:]
        return False


register(
    Exercise(
        "accepts",
        "05",
        no_trials,
        nothing,
        (
            Property("accepts_right_answers", holds=lets_right_pass),
            Property(
                "rejects_other_shapes_and_nan",
                "rejects arrays of other shapes, and nan",
                holds=partial(refuses, ("db_flat", "db_square", "nan")),
            ),
            Property(
                "rejects_small_errors",
                "rejects small errors: 1 % in one entry, 0.001 W in dW",
                holds=partial(refuses, ("one_percent", "weight_decay", *(i.name for i in FAULTS))),
            ),
        ),
        after=("numerical_gradient", "relative_error"),
        right=right.accepts,
    )
)


def cases_of(student: Student, seed: int) -> list[Case]:
    """The student's inputs, found fit for use."""
    found = student.call("make_test", seed)
    if not isinstance(found, list) or not found:
        raise Barrier(f"`make_test` returned {type(found).__name__}; expected a list of cases")
    if len(found) > MOST_CASES:
        raise Barrier(f"{len(found)} cases; a good test needs few, at most {MOST_CASES}")
    return [_case(number, case) for number, case in enumerate(found)]


def _case(number: int, case: Any) -> Case:
    if not isinstance(case, dict) or set(case) != set(KEYS):
        raise Barrier(f"case {number} is no dict with the keys {', '.join(KEYS)}")
    shapes = {key: shape_of(case[key]) for key in KEYS}
    if any(len(shape) != 2 or 0 in shape for shape in shapes.values()):
        raise Barrier(f"in case {number} an array has not two axes, or no entries: {shapes}")
    (n, m), (n_prev, _) = shapes["dZ"], shapes["A_prev"]
    wanted = {"dZ": (n, m), "A_prev": (n_prev, m), "W": (n, n_prev), "b": (n, 1)}
    for key in KEYS:
        flaw = form(f"{key} of case {number}", case[key], wanted[key])
        if flaw is not None and flaw.wrong:
            raise Barrier(flaw.message)
        if np.size(case[key]) > MOST_ENTRIES:
            raise Barrier(f"{key} of case {number} has {np.size(case[key])} entries; small is good")
    return {key: np.asarray(case[key], dtype=float) for key in KEYS}


def kills(impostor: Impostor, student: Student, rng: np.random.Generator) -> None:
    """The student's test lets the right answers pass and stops this wrong one"""
    cases = cases_of(student, int(rng.integers(2**31)))
    for number, case in enumerate(cases):
        if not all(says(student, case, right) for right in rights(case, rng)):
            told = f"the test has to let right answers pass first; it stops one on case {number}"
            raise NotWritten("accepts", told)
    wrong = [impostor.outputs(case) for case in cases]
    if not all(says(student, case, output) for case, output in zip(cases, wrong, strict=True)):
        return
    if all(_right(case, output, rng) for case, output in zip(cases, wrong, strict=True)):
        told = f"it survives: on none of your cases does it change a number{lacks(impostor, cases)}"
        raise Wanting(told, DEGENERATE)
    raise Wanting("it survives: `accepts` saw it, and said True")


def _right(case: Case, output: Outputs, rng: np.random.Generator) -> bool:
    truth = rights(case, rng)[0]
    return all(
        output[name].shape == right.shape
        and np.allclose(output[name], right, rtol=0, atol=1e-9 * (np.abs(right).max() or 1.0))
        for name, right in truth.items()
    )


def repeats(student: Student, rng: np.random.Generator) -> None:
    """gives one test for one seed.

    One seed, one test.
    """
    seed = int(rng.integers(2**31))
    first, again, other = (cases_of(student, s) for s in (seed, seed, seed + 1))
    if len(first) != len(again) or any(
        not np.array_equal(a[key], b[key])
        for a, b in zip(first, again, strict=True)
        for key in KEYS
    ):
        raise Wanting("two calls with the same seed give different cases: use default_rng(seed)")
    if all(np.array_equal(a["W"], b["W"]) for a, b in zip(first, other, strict=False)):
        raise Wanting("another seed gives the same numbers: draw them from default_rng(seed)")


register(
    Exercise(
        "make_test",
        "05",
        no_trials,
        nothing,
        (
            Property("repeats_with_its_seed", holds=repeats),
            *(
                Property(
                    f"kills_{i.name}",
                    f"stops this: {i.sentence}",
                    holds=partial(kills, i),
                    alone=i.form is None,  # a wrong form shows on zeros as well
                )
                for i in IMPOSTORS
            ),
        ),
        after=("accepts",),
    )
)
