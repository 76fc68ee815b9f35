"""What the grader says: reports on a few slips, and the report of the sample class.

No page of feedback is shown whole: it holds a student's functions, and right ones are solutions.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from autograder.engine.evaluate import evaluate
from autograder.engine.judgement import VISIBLE_SEED
from autograder.engine.report.addresses import linked
from autograder.engine.student import Student
from autograder.site.atlas.bank import Bank
from autograder.site.failed import SiteFailed

_CLASS = Path("build") / "demo"
_HEAD = """\
# What the grader says

Below are the grader's own words on slips of the project's tests, as a notebook shows them after
`check(...)`. At the end is the report of the sample class of `make demo`, for its instructor.
"""
#: Family and name of each slip in the bank, and what to see in the report.
_SLIPS = (
    (
        "columns",
        "relu_backward/relu_masks_by_the_gradient",
        "A slope that looks at the wrong array: found on fresh random instances, and drawn.",
    ),
    (
        "rnn",
        "rnn_backward/da_prevt_forgotten",
        "The line that unit 07 is about. Everything that is returned is the right gradient of "
        "another network, whose wires through time are cut.",
    ),
    (
        "columns",
        "linear_backward/db_without_keepdims",
        "A shape is told before numbers are compared.",
    ),
)
_CLASS_TOLD = """\
## A class

The <a href="../class-report.html">class report</a> of 16 invented submissions to unit 04: which
misconception holds the class back, who lost points where, and which answers a person should look
at. Students are called student-001 to student-016. How it is made is told on
[the instructor's desk](../docs/instructors-desk.md); the pages of feedback lie beside it after
`make demo`.
"""


def page(root: Path) -> str:
    """Return the page as Markdown.

    Raises
    ------
    SiteFailed
        If a slip is not in the bank.
    """
    return "\n".join([_HEAD, *_reports(Bank(root)), _CLASS_TOLD])


def _reports(bank: Bank) -> Iterator[str]:
    for family, name, told in _SLIPS:
        slip = next((one for one in bank.slips(family) if one.name == name), None)
        if slip is None:
            raise SiteFailed(f"no slip of tests/bank is called {name!r} in the family {family!r}")
        exercise = bank.exercises(slip)[0]
        report = evaluate(exercise, Student(slip.namespace()), VISIBLE_SEED)
        shown = linked(report._repr_mimebundle_()["text/html"], "..")
        yield f"## `check({exercise.name})`\n\n{told}\n"
        yield f'```{{raw}} html\n<div class="report">{shown}</div>\n```\n'


def class_report(root: Path, target: Path, say: Callable[[str], None]) -> None:
    """Copy the report of the sample class; grade that class first if the grader has changed.

    Raises
    ------
    SiteFailed
        If the class cannot be graded.
    """
    from autograder.demo.run import main as demonstrate

    report = root / _CLASS / "class_report.html"
    grader = set((root / "autograder").rglob("*.py")) - set(Path(__file__).parent.rglob("*.py"))
    newest = max(path.stat().st_mtime for path in grader)
    if not report.is_file() or report.stat().st_mtime < newest:
        say(f"the sample class, into {_CLASS}")
        if demonstrate([str(root / _CLASS)]):
            raise SiteFailed("the sample class could not be graded: `make demo` says why")
    target.write_text(linked(report.read_text("utf-8"), "."), "utf-8")
