"""The command that students have: it runs with what is installed for them, without nbgrader."""

from __future__ import annotations

from argparse import Namespace
from dataclasses import asdict
from pathlib import Path

from autograder.report.check_notebook import Unusable, check_notebook
from autograder.report.printing import bar, print_json


def words_of(error: Exception) -> str | None:
    """What to tell of an error that a wrong file makes; None of any other."""
    return str(error) if isinstance(error, Unusable | OSError) else None


def check(options: Namespace) -> int:
    """Run the visible checks over a notebook."""
    with bar("cell") as cells:

        def tick(done: int, total: int) -> None:
            cells.total = total
            cells.update()

        found = check_notebook(Path(options.notebook), options.cell_seconds, tick)
    if options.json:
        points = found.points and asdict(found.points)
        told = {"passed": found.passed, "errors": found.errors, "points": points}
        print_json({**told, "reports": found.reports})
    else:
        print("\n\n".join(found.texts))
        for error in found.errors:
            print(f"\n{error}")
        held = sum(report["passed"] for report in found.reports)
        print(f"\n{held} of {len(found.reports)} functions pass their visible checks")
        if found.points:
            print(found.points)
    return 0 if found.passed else 1
