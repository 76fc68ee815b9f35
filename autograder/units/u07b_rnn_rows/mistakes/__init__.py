"""What students get wrong with recurrent networks in rows."""

from autograder.units.u07b_rnn_rows.mistakes import forms, lines, words

ROWS_RNN = (forms.MISTAKES, words.MISTAKES, lines.MISTAKES)
