"""``autograder try``: what would become of an assignment's right answers, and of none."""

from __future__ import annotations

import os
import sys
from argparse import Namespace
from contextlib import closing
from dataclasses import asdict
from pathlib import Path
from typing import Any

from autograder.report.collect import NotGraded
from autograder.report.printing import print_json


def try_(course: Any, config: Any, options: Namespace) -> int:
    """Try an assignment; 1 if students would get wrong points."""
    from autograder.grading.sandbox.limits import Limits
    from autograder.grading.sandbox.strength import NoIsolation
    from autograder.grading.tryout.remembered import remember
    from autograder.grading.tryout.tryout import NotTried, read_assignment, try_assignment

    try:
        with closing(_gradebook(course)) as gradebook:
            found = read_assignment(course, gradebook, options.assignment, config)
        told = try_assignment(found, Limits(), workers=min(2, os.cpu_count() or 1))
    except (NotTried, NoIsolation) as error:
        raise NotGraded(str(error)) from None
    errors = sum(finding.error for finding in told)
    if not errors:
        remember(Path(course.root), found)
    if options.json:
        print_json([asdict(finding) for finding in told])
        return 1 if errors else 0
    tests = sum(cell.is_test for master in found.masters for cell in master.cells.values())
    for finding in told:
        print(f"{'wrong' if finding.error else 'worth a look'}: {finding}")
    _say_inside(found.masters)
    print(f"{tests} tests tried: {errors} wrong, {len(told) - errors} worth a look")
    return 1 if errors else 0


def try_first(course: Any, config: Any, options: Namespace) -> None:
    """Before an assignment is graded: try it, unless it is known to be in order.

    Raises
    ------
    NotGraded
        If students would get wrong points; the message says what to change.
    """
    from functools import partial

    from autograder.grading.pool import run_all
    from autograder.grading.sandbox.limits import Limits
    from autograder.grading.tryout import first
    from autograder.grading.tryout.tryout import NotTried

    run = partial(run_all, scheduler=getattr(options, "scheduler", None))
    try:
        with closing(_gradebook(course)) as gradebook:
            told = first.try_first(
                course,
                gradebook,
                options.assignment,
                config=config,
                limits=Limits(),
                anyway=options.anyway,
                how="or grade with --anyway",
                run=run,
            )
    except NotTried as error:
        raise NotGraded(str(error)) from None
    for finding in told:
        print(f"worth a look: {finding}", file=sys.stderr)


def _say_inside(masters: Any) -> None:
    names = [name for master in masters for name in sorted(master.code.inside)]
    if names:
        told = ", ".join(names)
        print(f"run in the student's process, which could tamper with the points: {told}")


def _gradebook(course: Any) -> Any:
    from nbgrader.api import Gradebook

    return Gradebook(course.db_url, course.course_id)
