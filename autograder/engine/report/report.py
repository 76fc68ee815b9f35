"""A report that shows itself: as plain text, as HTML and as JSON, with the same words everywhere.

So a notebook, a terminal, a feedback page and the class report all tell the same.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from typing import Any

from autograder.engine.report.html import html
from autograder.engine.report.text import text
from autograder.engine.report.verdict import ReportData

MIME = "application/vnd.autograder.verdict+json"


@dataclass(frozen=True)
class Report(ReportData):
    """All that is said of one function, as notebooks and terminals show it."""

    def only(self, check: str) -> Report:
        """Return the report of one check, for its own cell: its verdict, and the words on it."""
        kept = tuple(v for v in self.verdicts if v.check == check)
        if all(v.status == "passed" for v in kept):
            return Report(self.function, kept, remark=self.remark)
        return replace(self, verdicts=kept)

    def json(self) -> dict[str, Any]:
        """Return the report as plain data; what reports and exports are made from."""
        return {"schema": 1, **asdict(self), "passed": self.passed}

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, Any]:
        return {"text/plain": text(self), "text/html": html(self), MIME: self.json()}

    def __str__(self) -> str:
        return text(self)


class CheckFailed(AssertionError):
    """Raised by a hidden test whose check does not hold; shows the report and no source.

    Attributes
    ----------
    report : Report
    """

    def __init__(self, report: Report):
        super().__init__(str(report))
        self.report = report

    def _render_traceback_(self) -> list[str]:
        return [str(self)]
