"""Class books made by hand, for tests that need no grading."""

from __future__ import annotations

from typing import Any

from autograder.report.classbook import Answer, ClassBook, Submission

WORDS = {
    "mean-missing": {"title": "1/m is missing", "section": "04, The coin"},
    "wrong-axis": {"title": "db is summed over the units", "section": "04, The bias"},
}


def words(id: str, mistake: bool = True) -> dict[str, Any]:
    told = {"computed": f"what {id} gives", "ask": "Which sum?", "formula": "dW = ..."}
    return {"id": id, "mistake": mistake, **told, **WORDS[id]}


def answer(
    check: str,
    status: str = "passed",
    diagnosis: tuple[str, ...] = (),
    fingerprint: str = "",
    message: str = "",
    points: float = 2.0,
    manual: float | None = None,
    remark: str = "",
) -> Answer:
    """An answer with a verdict, full points if it is right."""
    sentence = check.partition("__")[2].replace("_", " ")
    verdict = {"check": check, "status": status, "sentence": sentence, "detail": message}
    report = {
        "verdicts": [verdict],
        "diagnosis": [words(id) for id in diagnosis],
        "fingerprint": fingerprint,
        "remark": remark,
    }
    earned = points if status in ("passed", "carried") else 0.0
    score = earned if manual is None else manual
    return Answer(check, score, points, manual, False, status, message, f"{check}: told", report)


def submission(student: str, *answers: Answer, **more: Any) -> Submission:
    score = sum(a.score for a in answers)
    return Submission(student, score, sum(a.max_score for a in answers), answers=answers, **more)


def small() -> ClassBook:
    """Six students: two share a named mistake, two an unexplained one, one wrote nothing."""
    right = [answer("f__dW"), answer("f__db"), answer("g__dA")]
    mean = answer("f__dW", "failed", ("mean-missing",))
    odd = [answer("f__dW", "failed", fingerprint="ab"), answer("g__dA", "failed", fingerprint="cd")]
    none = [
        answer(check, "not checked", message="`f` is not written yet")
        for check in ("f__dW", "f__db", "g__dA")
    ]
    return ClassBook(
        "04_unit",
        (
            submission("student-001", *right),
            submission("student-002", mean, right[1], right[2]),
            submission("student-003", mean, answer("f__db", "failed", ("wrong-axis",)), right[2]),
            submission("student-004", odd[0], right[1], odd[1]),
            submission("student-005", odd[0], right[1], odd[1]),
            submission("student-006", *none, notes=("cell 'x' was missing and has been put back",)),
        ),
        waiting=("student-007",),
        silent=("student-008",),
    )


def large(count: int = 2000) -> ClassBook:
    """A class whose students differ; every third one has a mistake somewhere."""
    checks = [f"function_{k}__property_{n}" for k in range(15) for n in range(4)]
    made = []
    for number in range(count):
        answers = [answer(check) for check in checks]
        if number % 3 == 0:
            answers[number % 60] = answer(checks[number % 60], "failed", ("mean-missing",))
        if number % 7 == 0:
            wrong = answer(checks[(number + 5) % 60], "failed", fingerprint=f"{number % 100:x}")
            answers[(number + 5) % 60] = wrong
        made.append(submission(f"student-{number:04d}", *answers))
    return ClassBook("04_unit", tuple(made))
