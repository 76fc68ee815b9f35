"""What students get wrong with recurrent networks."""

from autograder.units.u07_rnn.mistakes import (
    bias,
    by_form,
    by_function,
    caches,
    carry,
    cell,
    ends,
    lines,
    loop,
    nested,
    output,
    rounds,
    scale,
    signal,
    spoken,
    tanh,
    time,
    tree,
)

#: In the order in which the search tries them.
RECURRENT = (
    bias.MISTAKES,
    cell.MISTAKES,
    tanh.MISTAKES,
    caches.MISTAKES,
    ends.MISTAKES,
    signal.MISTAKES,
    output.MISTAKES,
    scale.MISTAKES,
    loop.MISTAKES,
    rounds.MISTAKES,
    carry.MISTAKES,
    nested.MISTAKES,
    time.MISTAKES,
    spoken.MISTAKES,
    lines.MISTAKES,
    by_form.MISTAKES,
    by_function.MISTAKES,
    tree.MISTAKES,
)
