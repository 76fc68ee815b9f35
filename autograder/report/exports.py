"""One command for every export: which file it reads, which it writes, and what it remarks."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path
from typing import Any

from autograder.report import canvas, moodle, tables
from autograder.report.classbook import ClassBook
from autograder.report.collect import collect
from autograder.report.files import read_csv, write_atomically
from autograder.report.gradescope import results, write_results
from autograder.report.gradescope_zip import make_zip

_ENDINGS = {"csv": ".csv", "json": ".json", "canvas": "-canvas.csv", "moodle": "-moodle.csv"}


class ExportFailed(Exception):
    """What was to be exported, or the other system's file, is not what it should be."""


def write_export(course: Any, options: Namespace) -> tuple[Path, list[str]]:
    """Write one export.

    Parameters
    ----------
    course : nbgrader.coursedir.CourseDirectory
    options
        ``format``, ``assignment``, ``output``, ``roster``, ``title``, ``visibility``.

    Returns
    -------
    Path
        What was written.
    list of str
        Whom the other system does not know.
    """
    name, kind = options.assignment, options.format
    if kind == "gradescope-zip":
        target = Path(options.output or f"{name}-gradescope.zip")
        return make_zip(course, name, target, visibility=options.visibility), []
    book = collect(course, name)
    if kind == "gradescope":
        return _results(book, Path(options.output or f"{name}-gradescope"), options.visibility), []
    target = Path(options.output or f"{name}{_ENDINGS[kind]}")
    try:
        text, remarks = _text(book, kind, options)
    except ValueError as error:
        raise ExportFailed(str(error)) from None
    return write_atomically(target, text), remarks


def _text(book: ClassBook, kind: str, options: Namespace) -> tuple[str, list[str]]:
    if kind == "csv":
        return tables.to_table(book), []
    if kind == "json":
        return tables.to_data(book), []
    roster = read_csv(Path(options.roster)) if options.roster else None
    if kind == "canvas":
        unknown = canvas.strangers(book, roster) if roster else []
        text = canvas.to_canvas(book, roster, options.title)
    else:
        unknown = moodle.strangers(book, roster) if roster else []
        text = moodle.to_moodle(book, roster)
    return text, [f"not on the roster: {student}" for student in unknown]


def _results(book: ClassBook, folder: Path, visibility: Any) -> Path:
    """One folder a student with a ``results.json`` in it."""
    for one in book.submissions:
        write_results(folder / one.student / "results.json", results(one, visibility))
    return folder
