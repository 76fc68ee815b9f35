"""The sample class: submissions with classic mistakes, graded end to end."""

from autograder.demo.run import main

__all__ = ["main"]
