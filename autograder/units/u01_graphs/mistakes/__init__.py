"""What students get wrong with graphs of expressions."""

from autograder.units.u01_graphs.mistakes import arrived, forks, orders, slopes, tree, words

EXPRESSIONS = (
    arrived.MISTAKES,
    forks.MISTAKES,
    orders.MISTAKES,
    slopes.MISTAKES,
    words.MISTAKES,
    tree.MISTAKES,
)
