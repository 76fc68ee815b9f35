"""What students get wrong with gated cells."""

from autograder.units.u09_lstm.mistakes import caches, gates, gru, lanes, lines, loop, spoken, stack

#: In the order in which the search tries them.
GATED = (
    stack.MISTAKES,
    stack.BOTH,
    gates.MISTAKES,
    gates.GRU,
    lanes.MISTAKES,
    caches.MISTAKES,
    loop.MISTAKES,
    gru.MISTAKES,
    lines.MISTAKES,
    lines.GRU,
    spoken.MISTAKES,
)
