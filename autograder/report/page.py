"""The class report: one static page, made from class books."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from autograder.engine.report.addresses import linked
from autograder.report import figures, mistakes, summary
from autograder.report.classbook import ClassBook, Submission

MAX_LISTED = 40


@dataclass(frozen=True)
class Unit:
    """What the page says of one assignment."""

    book: ClassBook
    key: str

    @property
    def median(self) -> float:
        return statistics.median(s.score for s in self.book.submissions)

    @property
    def mean(self) -> float:
        return statistics.fmean(s.score for s in self.book.submissions)

    @property
    def full(self) -> int:
        """How many have all points."""
        return sum(s.score >= s.max_score for s in self.book.submissions)

    @property
    def unreadable(self) -> list[Submission]:
        return [s for s in self.book.submissions if s.unreadable]

    @property
    def repaired(self) -> list[Submission]:
        return [s for s in self.book.submissions if s.notes and not s.unreadable]

    @property
    def by_hand(self) -> int:
        """Submissions that a person still has to look at."""
        return sum(any(a.waits for a in s.answers) for s in self.book.submissions)

    @property
    def isolation(self) -> str:
        return ", ".join(sorted({s.isolation for s in self.book.submissions if s.isolation}))

    @property
    def inside(self) -> list[str]:
        """The tests that ran in the students' own processes."""
        found = (a.check for s in self.book.submissions for a in s.answers if a.inside)
        return sorted(set(found))

    def rates(self) -> list[summary.Rate]:
        return summary.rates(self.book)

    def obstacles(self) -> list[mistakes.Obstacle]:
        return mistakes.obstacles(self.book)

    def cures(self) -> list[mistakes.Cure]:
        return mistakes.cures(self.book)

    def riddles(self) -> list[mistakes.Riddle]:
        return mistakes.riddles(self.book)

    def concerns(self) -> list[summary.Concern]:
        return summary.concerns(self.book)

    def raising(self) -> list[tuple[str, tuple[str, ...]]]:
        return summary.raising(self.book)

    def remarks(self) -> list[tuple[str, str, tuple[str, ...]]]:
        return summary.remarks(self.book)

    def distribution(self) -> str:
        return figures.distribution(self.book, f"{self.key}-scores")

    def heat_map(self) -> str:
        return figures.heat_map(figures.grid(self.book), f"{self.key}-map")


def render(course: str, books: Sequence[ClassBook], site: str = "") -> str:
    """Return the class report as HTML.

    Parameters
    ----------
    course : str
        The course's name, for the title.
    books : sequence of ClassBook
        One an assignment.
    site : str
        Where the course's website begins; names of misconceptions lead to its atlas.
    """
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    folder = Path(__file__).parent / "templates"
    environment = Environment(
        loader=FileSystemLoader(folder),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"points": _points, "percent": _percent, "listed": _listed}
    units = [Unit(book, f"u{place}") for place, book in enumerate(books)]
    facts: dict[str, Any] = {"course": course, "units": units, "max_listed": MAX_LISTED}
    facts |= {"colours": figures.COLOURS, "low": summary.LOW, "max_rows": figures.MAX_ROWS}
    page = environment.get_template("class_report.html.j2").render(facts)
    return linked(page, site) if site else page


def _points(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")


def _percent(share: float) -> str:
    return f"{100 * share:.0f} %"


def _listed(names: Sequence[str]) -> str:
    """Names with commas; of a long list the first ones, and how many more there are."""
    shown = ", ".join(names[:MAX_LISTED])
    more = len(names) - MAX_LISTED
    return f"{shown} and {more} more" if more > 0 else shown
