"""What runs inside Gradescope's container: one submission in, ``results.json`` out.

Before anything else it writes a results file that says grading was stopped. Whatever ends this
process later (a limit of time or memory), Gradescope finds valid JSON.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from autograder.report.gradescope import STOPPED, not_graded, results, write_results

STUDENT = "student"


def main() -> int:
    """Grade what lies in ``submission``; the settings lie beside the package."""
    root = Path(os.environ.get("AUTOGRADER_ROOT", "/autograder"))
    target = root / "results" / "results.json"
    write_results(target, not_graded(STOPPED))
    started = time.perf_counter()
    home = Path(__file__).resolve().parents[2]
    try:
        settings = json.loads((home / "gradescope.json").read_text(encoding="utf-8"))
        with tempfile.TemporaryDirectory() as folder:
            course = Path(folder, "course")
            shutil.copytree(home / "course", course)
            found = _grade(course, root / "submission", settings, started)
    except Exception as error:  # the student must learn that it was not their notebook
        kind = type(error).__name__
        print(f"{kind}: {error}", file=sys.stderr)
        found = not_graded(f"The grader could not do its work ({kind}: {error}). Tell the course.")
    write_results(target, found)
    return 0


def _grade(course: Path, submission: Path, settings: dict[str, Any], started: float) -> Any:
    from autograder.grading.run import grade_many
    from autograder.report.collect import collect
    from autograder.report.course import open_course

    assignment = settings["assignment"]
    shutil.copytree(submission, course / "submitted" / STUDENT / assignment, symlinks=True)
    options = settings.get("grading", {})
    rows = grade_many(course, assignment, workers=1, feedback=False, progress=False, **options)
    if rows[0].status == "not graded":
        return not_graded("; ".join(rows[0].notes))
    book = collect(open_course(course)[0], assignment)
    seconds = time.perf_counter() - started
    return results(book.submissions[0], settings.get("visibility", "visible"), seconds)


if __name__ == "__main__":
    sys.exit(main())
