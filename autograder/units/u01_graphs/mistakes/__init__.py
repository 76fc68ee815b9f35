"""What students get wrong with graphs of expressions."""

from autograder.units.u01_graphs.mistakes import forks, orders, slopes, words

EXPRESSIONS = (forks.MISTAKES, orders.MISTAKES, slopes.MISTAKES, words.MISTAKES)
