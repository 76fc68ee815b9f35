"""What students get wrong with recurrent networks in rows."""

from autograder.units.u07b_rnn_rows.mistakes import (
    forms,
    lines,
    words_of_caches,
    words_of_step,
    words_of_sums,
    words_of_time,
)

ROWS_RNN = (
    forms.MISTAKES,
    words_of_step.MISTAKES,
    words_of_sums.MISTAKES,
    words_of_time.MISTAKES,
    words_of_caches.MISTAKES,
    lines.MISTAKES,
)
