"""The commands that make a new folder: a hand-out, a course, the demonstration."""

from __future__ import annotations

from argparse import Namespace
from importlib.util import find_spec
from pathlib import Path
from secrets import randbelow

from autograder.report.collect import NotGraded


def handout(options: Namespace) -> int:
    """Make what students get."""
    from autograder.handout.folder import make_handout

    packed = make_handout(Path(options.course), Path(options.to))
    print(f"what students get: {options.to}\nthe same, packed:  {packed}")
    return 0


def new(options: Namespace) -> int:
    """Make a course of one's own."""
    from autograder.new_course import make_course

    print(make_course(Path(options.folder)))
    return 0


def exam(options: Namespace) -> int:
    """Make an exam with its key."""
    if find_spec("autograder.concept_keys") is None:
        raise NotGraded(
            "the keys to the questions are not in what students get; install the package from the "
            "course's repository: pip install '.[instructor]', there"
        )
    from autograder.exam.make import make_exam, read_ids

    folder, students = Path(options.folder), []
    if options.students:
        students = read_ids(Path(options.students))
    seed = options.seed or str(randbelow(10**6))
    names = make_exam(folder, options.units, options.questions, seed, students, options.title)
    for_whom = f"{len(students)} students, each with numbers of their own" if students else "all"
    print(f"{len(names)} questions for {for_whom}; the same again: --seed {seed}")
    print(f"to print:     {folder / 'sheets.html'}\nthe key:      {folder / 'key.html'}")
    print(f"for nbgrader: {folder / 'source'}; in {folder}: nbgrader generate_assignment exam")
    return 0


def demo(options: Namespace) -> int:
    """Grade the sample class."""
    if find_spec("autograder.demo") is None:
        raise NotGraded("the sample class lies in the course's repository alone: make demo, there")
    from autograder.demo import main

    return main([options.folder])
