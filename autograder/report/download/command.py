"""The command ``autograder collect``."""

from __future__ import annotations

from argparse import Namespace
from dataclasses import asdict
from pathlib import Path
from typing import Any

from nbgrader.api import Gradebook

from autograder.grading.folders import folder_of
from autograder.report.collect import NotGraded
from autograder.report.course import open_course, require_assignment
from autograder.report.download.collect import Collected, collect
from autograder.report.download.names import CanvasNames, GradescopeNames, MoodleNames, Names
from autograder.report.download.open import NoDownload
from autograder.report.download.roster import NoRoster, Roster
from autograder.report.files import read_csv
from autograder.report.gradebook import missing

PLATFORMS = {"canvas": CanvasNames, "moodle": MoodleNames, "gradescope": GradescopeNames}
_SHOWN = 20


def run(options: Namespace) -> tuple[Collected, dict[str, Any]]:
    """Collect a download as the command line says; return it, and the same as plain data.

    Raises
    ------
    NotGraded
        If the download or the roster cannot be read, or nothing in it is anybody's.
    """
    course, config = open_course(options.course)
    require_assignment(course, options.assignment)
    platform = next((name for name in PLATFORMS if getattr(options, name)), "")
    names = PLATFORMS[platform]() if platform else Names(config=config)
    if not platform and not names.named_regexp:
        raise NotGraded(
            "--zip needs a pattern for the names of the files; set "
            "c.FileNameCollectorPlugin.named_regexp in nbgrader_config.py, as for nbgrader "
            "zip_collect"
        )
    notebooks = folder_of(course, course.source_directory, ".", options.assignment).glob("*.ipynb")
    download = Path(getattr(options, platform or "zip"))
    try:
        roster = _roster(course, options.roster, trusted=platform in ("", "gradescope"))
        found = collect(
            course, options.assignment, download, names, roster, {p.name for p in notebooks}
        )
    except (NoDownload, NoRoster, ValueError) as error:
        raise NotGraded(str(error)) from None
    if not (found.new or found.replaced or found.unchanged):
        raise NotGraded(_nobody(found, download, names, bool(options.roster)))
    plain = asdict(found) | {"folder": str(found.folder)}
    return found, plain


def _roster(course: Any, path: str | None, trusted: bool) -> Roster:
    """Everybody on nbgrader's list, and on the roster."""
    roster = Roster(trusted and not path)
    known: list[str] = []
    if missing(course) is None:
        known = _add_students(course, roster)
    if path:
        roster.add_table(read_csv(Path(path)), known)
    return roster


def _add_students(course: Any, roster: Roster) -> list[str]:
    with Gradebook(course.db_url, course.course_id) as gradebook:
        students = list(gradebook.students)
        for one in students:
            names = f"{one.first_name or ''} {one.last_name or ''}"
            turned = f"{one.last_name or ''} {one.first_name or ''}"
            roster.add(one.id, [one.lms_user_id or "", one.email or ""], [names, turned])
        return [one.id for one in students]


def _nobody(found: Collected, download: Path, names: Names, with_roster: bool) -> str:
    """Say why a download gave nothing."""
    told = f"nothing in {download} is a student's; looked for files as {names.platform} names them"
    if not found.aside:
        return f"{told}; it holds none"
    path, why = found.aside[0]
    hint = "" if with_roster else "; --roster names a CSV file with the students"
    return f"{told}; for example {path!r}: {why}{hint}; {len(found.aside)} are in {found.folder}"


def print_collected(found: Collected, assignment: str) -> None:
    """Print who has something in ``submitted`` now, and what is nobody's."""
    counts = {"new": found.new, "replaced": found.replaced, "unchanged": found.unchanged}
    told = ", ".join(f"{len(students)} {kind}" for kind, students in counts.items() if students)
    print(f"submissions: {told}")
    if found.replaced:
        print(f"what stood there before is in {found.folder / 'replaced'}")
    if found.late:
        named = ", ".join(found.late)
        print(f"late, but the platform does not say by how much, so no penalty follows: {named}")
    for path, why in found.aside[:_SHOWN]:
        print(f"aside: {path!r}: {why}")
    if len(found.aside) > _SHOWN:
        print(f"aside: {len(found.aside) - _SHOWN} more")
    if found.aside:
        print(
            f"what is aside can be read in {found.folder / 'aside'}, links and odd paths excepted"
        )
    print(f"next: autograder grade {assignment}")
