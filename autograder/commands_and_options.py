"""The commands of the command line with their options, each with a sentence of help."""

from __future__ import annotations

import argparse
from typing import Any

FORMATS = ("csv", "json", "canvas", "moodle", "gradescope", "gradescope-zip")
VISIBILITIES = ("visible", "hidden", "after_due_date", "after_published")


class _Version(argparse.Action):
    """Print the version; it is looked up only when it is asked for."""

    def __call__(self, parser: argparse.ArgumentParser, *_: Any) -> None:
        from importlib.metadata import version

        print(f"autograder {version('backpropagation-autograder')}")
        parser.exit()


def parser() -> argparse.ArgumentParser:
    """Return the parser of all commands."""
    made = argparse.ArgumentParser(
        prog="autograder",
        description="Check, grade and report on notebooks of the back-propagation course.",
        epilog="example: autograder grade 04_l_layer_network",
    )
    made.add_argument("--version", action=_Version, nargs=0, help="which version this is")
    commands = made.add_subparsers(dest="command", required=True, metavar="COMMAND")

    def add(name: str, help: str, example: str, json: bool = True) -> argparse.ArgumentParser:
        text = f"{help[0].upper()}{help[1:]}."
        new = commands.add_parser(
            name, help=help, description=text, epilog=f"example: autograder {example}"
        )
        if json:
            new.add_argument("--json", action="store_true", help="print JSON instead of text")
        return new

    one = add(
        "check",
        "run a notebook of your own and check its functions; no sandbox",
        "check l_layer_network.ipynb",
    )
    one.add_argument("notebook")
    one.add_argument("--cell-seconds", type=_positive, default=120, help="limit for one cell (120)")

    one = add(
        "collect",
        "put what Canvas, Moodle or Gradescope offers for download into submitted/",
        "collect --canvas submissions.zip 04_l_layer_network --roster canvas.csv",
    )
    _course(one)
    where = one.add_mutually_exclusive_group(required=True)
    for platform in ("canvas", "moodle", "gradescope"):
        where.add_argument(f"--{platform}", metavar="ZIP", help="the download, packed or unpacked")
    where.add_argument("--zip", metavar="ZIP", help="named by c.FileNameCollectorPlugin's pattern")
    one.add_argument("--roster", help="CSV of the students: the platform's own, or your own")

    one = add("grade", "grade all submissions of an assignment", "grade 04_l_layer_network")
    _course(one)
    _who(one)
    one.add_argument("--force", action="store_true", help="grade again what was graded before")
    _anyway(one)
    one.add_argument("--no-feedback", action="store_true", help="write no feedback pages")
    one.add_argument("--scheduler", metavar="ADDRESS", help="of a Dask cluster: tcp://host:8786")

    one = add(
        "try",
        "try an assignment's own solution and its release before students are graded",
        "try 04_l_layer_network",
    )
    _course(one)

    one = add(
        "feedback", "write the feedback pages of graded submissions", "feedback 04_l_layer_network"
    )
    _course(one)
    _who(one)

    one = add("report", "write the class report", "report -o report.html", json=False)
    one.add_argument("assignments", nargs="*", metavar="ASSIGNMENT", help="default: all graded")
    _folder(one)
    one.add_argument("-o", "--output", default="report.html", help="file (report.html)")

    one = add(
        "regrade",
        "grade again after a check was corrected, and show who changes and why",
        "regrade 04_l_layer_network",
    )
    _course(one)
    _who(one)
    one.add_argument(
        "--update", action="store_true", help="take over an edited source/ into the gradebook first"
    )

    _anyway(one)

    one = add(
        "export",
        "write grades for another system",
        "export canvas 04_l_layer_network --roster canvas.csv -o grades.csv",
        json=False,
    )
    one.add_argument("format", choices=FORMATS)
    _course(one)
    one.add_argument("-o", "--output", help="file; for gradescope a folder, one file a student")
    one.add_argument("--roster", help="what Canvas or Moodle exported: its ids and rows are kept")
    one.add_argument("--title", help="heading of the Canvas column: 'Name (id)'")
    one.add_argument("--visibility", choices=VISIBILITIES, default="visible", help="on Gradescope")

    one = add(
        "handout",
        "make the folder and the zip that students get",
        "handout --to handout/backpropagation",
        json=False,
    )
    _folder(one)
    one.add_argument(
        "--to", metavar="FOLDER", default="handout/backpropagation", help="(%(default)s)"
    )

    one = add("new", "make a course of your own, to begin with", "new my-course", json=False)
    one.add_argument("folder", help="where; it must not be there yet")

    one = add(
        "exam",
        "make an exam with its key, to print and for nbgrader",
        "exam midterm --units 04 07 --questions 8 --seed 7 --students ids.txt",
        json=False,
    )
    one.add_argument("folder", help="where; it must not be there yet")
    one.add_argument("--units", nargs="+", required=True, metavar="UNIT", help="such as 04 07")
    one.add_argument("--questions", type=_positive, default=8, help="how many (%(default)s)")
    one.add_argument("--seed", help="what questions and numbers are drawn from (random)")
    one.add_argument("--students", metavar="FILE", help="ids, one a line: each has other numbers")
    one.add_argument("--title", default="Exam", help="(%(default)s)")

    one = add("demo", "grade a sample class from end to end", "demo", json=False)
    one.add_argument("folder", nargs="?", default="demo", help="where to make it (demo)")
    return made


def _course(one: argparse.ArgumentParser) -> None:
    one.add_argument("assignment")
    _folder(one)


def _folder(one: argparse.ArgumentParser) -> None:
    one.add_argument("--course", default=".", help="nbgrader's course folder (here)")


def _anyway(one: argparse.ArgumentParser) -> None:
    one.add_argument(
        "--anyway", action="store_true", help="grade even where the assignment was found not right"
    )


def _who(one: argparse.ArgumentParser) -> None:
    one.add_argument(
        "--student", action="append", metavar="ID", help="this one only; may be repeated"
    )
    one.add_argument("--workers", type=_positive, help="processes (one a core)")


def _positive(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is no whole number above 0")
    return int(text)
