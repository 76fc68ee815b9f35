"""What students get wrong with graphs of expressions."""

from autograder.units.u01_graphs.mistakes import forks, slopes

EXPRESSIONS = (forks.MISTAKES, slopes.MISTAKES)
