"""What the instructor's commands do: each takes the parsed options, and returns the exit status.

That of students stands in `autograder.report.for_students`.
"""

from __future__ import annotations

import os
import sys
from argparse import Namespace
from dataclasses import asdict
from pathlib import Path
from typing import Any

from autograder.report.collect import NotGraded, graded_assignments
from autograder.report.collect import collect as read_class
from autograder.report.course import open_course, require_assignment, update_assignment
from autograder.report.expected import words_of as words_of
from autograder.report.exports import write_export
from autograder.report.files import write_atomically
from autograder.report.gradebook import require_gradebook, require_known
from autograder.report.makers import demo as demo
from autograder.report.makers import exam as exam
from autograder.report.makers import handout as handout
from autograder.report.makers import new as new
from autograder.report.printing import bar as _bar
from autograder.report.printing import print_json as _print_json
from autograder.report.try_command import try_first


def grade(options: Namespace) -> int:
    """Grade a class."""
    from autograder.grading.run import print_table

    rows = _grade(options, options.student, force=options.force, feedback=not options.no_feedback)
    if not rows:
        course, _ = open_course(options.course)
        looked = course.format_path(course.submitted_directory, "STUDENT", options.assignment)
        who = f" of {', '.join(options.student)}" if options.student else ""
        raise NotGraded(f"no submission{who} was found; looked for {looked}")
    if options.json:
        _print_json([asdict(row) for row in rows])
    else:
        print_table(rows)
        print(f"next: autograder report {options.assignment}")
    without = sorted(set(options.student or ()) - {row.student for row in rows})
    for student in without:
        print(f"no submission of {student} was found", file=sys.stderr)
    return 1 if without else _status(rows)


def collect(options: Namespace) -> int:
    """Put a download of a platform into ``submitted``."""
    from autograder.report.download.command import print_collected, run

    found, plain = run(options)
    if options.json:
        _print_json(plain)
    else:
        print_collected(found, options.assignment)
    return 1 if found.aside else 0


def try_(options: Namespace) -> int:
    """Try an assignment before anybody is graded."""
    from autograder.report import try_command

    course, config = open_course(options.course)
    _make_known(options, course)
    return try_command.try_(course, config, options)


def feedback(options: Namespace) -> int:
    """Write feedback pages."""
    from nbgrader.api import Gradebook

    from autograder.grading.nbgrader.feedback import make_feedback, page_of
    from autograder.grading.pool import Lost, run_all

    course, _ = open_course(options.course)
    assignment = options.assignment
    require_gradebook(course, assignment)
    with Gradebook(course.db_url, course.course_id) as gradebook:
        require_known(gradebook, assignment)
        submissions = gradebook.assignment_submissions(assignment)
        entries = [(s.student_id, nb) for s in submissions for nb in s.notebooks]
        wanted = [e for e in entries if not options.student or e[0] in options.student]
        pages = [page_of(nb, course, assignment, student) for student, nb in wanted]
    pages = [page for page in pages if page.source.exists()]
    if not pages:
        raise NotGraded(f"nothing is graded yet; run: autograder grade {assignment}")
    lost: list[dict[str, str]] = []
    with _bar("page", len(pages)) as bar:
        for page, done in run_all(make_feedback, pages, options.workers or os.cpu_count() or 1):
            if isinstance(done, Lost):
                lost.append({"student": page.student, "why": done.why})
            bar.update()
    if options.json:
        _print_json({"written": [str(page.target) for page in pages], "lost": lost})
    else:
        print(f"{len(pages) - len(lost)} pages written, for example {pages[0].target}")
        for one in lost:
            print(f"no page for {one['student']}: {one['why']}")
    return 1 if lost else 0


def report(options: Namespace) -> int:
    """Write the class report."""
    from autograder.grading.nbgrader.site_address import site_of
    from autograder.report.page import render

    course, _ = open_course(options.course)
    require_gradebook(course, *options.assignments[:1])
    names = options.assignments or graded_assignments(course)
    if not names:
        looked = course.format_path(course.autograded_directory, "STUDENT", "ASSIGNMENT")
        raise NotGraded(
            f"nothing is graded yet: looked for {looked}; run: autograder grade ASSIGNMENT"
        )
    with _bar("submission") as bar:
        books = [read_class(course, name, bar.update) for name in names]
    page = render(course.course_id, books, site_of(course.config))
    target = write_atomically(Path(options.output), page)
    print(f"class report: {target}")
    return 0


def regrade(options: Namespace) -> int:
    """Grade again and show the difference."""
    from autograder.report.regrade import Journal, difference, print_difference, snapshot

    course, _ = open_course(options.course)
    require_gradebook(course, options.assignment)
    journal = Journal(course, options.assignment, options.student)
    if journal.unfinished:
        print("an earlier regrade was interrupted; going on with it", file=sys.stderr)
    before = journal.begin(lambda: snapshot(read_class(course, options.assignment)))
    if options.update:
        update_assignment(options.course, options.assignment)
    rows = _grade(options, journal.remaining(before), force=True, feedback=True)
    after = snapshot(read_class(course, options.assignment))
    changed = difference(before, after)
    journal.end()
    if options.json:
        _print_json([asdict(one) for one in changed])
    else:
        print_difference(changed, len(options.student or before))
    return _status(rows)


def export(options: Namespace) -> int:
    """Write grades for another system."""
    course, _ = open_course(options.course)
    require_gradebook(course, options.assignment)
    target, remarks = write_export(course, options)
    for remark in remarks:
        print(remark, file=sys.stderr)
    print(f"written: {target}")
    return 0


def _grade(options: Namespace, students: list[str] | None, force: bool, feedback: bool) -> Any:
    from autograder.grading.dask_cluster import NoCluster
    from autograder.grading.late import LatePluginFailed
    from autograder.grading.run import grade_many
    from autograder.grading.sandbox.strength import NoIsolation

    course, config = open_course(options.course)
    _make_known(options, course)
    try:
        try_first(course, config, options)
        return grade_many(
            course.root,
            options.assignment,
            students,
            options.workers,
            force=force,
            feedback=feedback,
            progress=not options.json,
            config=config,
            scheduler=getattr(options, "scheduler", None),
        )
    except (NoIsolation, NoCluster, LatePluginFailed) as error:
        raise NotGraded(str(error)) from None


def _make_known(options: Namespace, course: Any) -> None:
    """Take an assignment over into the gradebook if it is not there yet."""
    require_assignment(course, options.assignment)
    if not _is_known(course, options.assignment):
        update_assignment(options.course, options.assignment)


def _is_known(course: Any, assignment: str) -> bool:
    from nbgrader.api import Gradebook, MissingEntry

    with Gradebook(course.db_url, course.course_id) as gradebook:
        try:
            return bool(gradebook.find_assignment(assignment).notebooks)
        except MissingEntry:
            return False


def _status(rows: Any) -> int:
    return 1 if any(row.status == "not graded" for row in rows) else 0
