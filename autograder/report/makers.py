"""The commands that make a new folder: a hand-out, a course, the demonstration."""

from __future__ import annotations

from argparse import Namespace
from importlib.util import find_spec
from pathlib import Path

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


def demo(options: Namespace) -> int:
    """Grade the sample class."""
    if find_spec("autograder.demo") is None:
        raise NotGraded("the sample class lies in the course's repository alone: make demo, there")
    from autograder.demo import main

    return main([options.folder])
