"""The units of the course: their exercises and their misconceptions."""

from autograder.engine.diagnosis.catalogue import CATALOGUE
from autograder.engine.exercise import EXERCISES, Exercise, Property
from autograder.mistakes import chain, memory, products, scale, shapes, signal, slopes, wiring
from autograder.mistakes.catalogue import ENTRIES
from autograder.mistakes.catalogue.sections import LESSONS
from autograder.units import recall as recall
from autograder.units.u00_shapes import exercises as u00  # noqa: F401  importing enters them
from autograder.units.u00_shapes import mistakes as ledgers
from autograder.units.u01_graphs import exercises as u01  # noqa: F401
from autograder.units.u01_graphs.mistakes import EXPRESSIONS
from autograder.units.u02_jacobians import exercises as u02  # noqa: F401
from autograder.units.u02_jacobians import mistakes as jacobians
from autograder.units.u02_jacobians import words as jacobian_words
from autograder.units.u03_layers import exercises as u03  # noqa: F401
from autograder.units.u03_layers.mistakes import ROWS
from autograder.units.u03b_one_hidden_layer import exercises as u03b  # noqa: F401
from autograder.units.u03b_one_hidden_layer import lines as hidden_lines
from autograder.units.u03b_one_hidden_layer import mistakes as hidden_layer
from autograder.units.u03b_one_hidden_layer import words as hidden_words
from autograder.units.u04_network import exercises as u04  # noqa: F401
from autograder.units.u04_network import lines
from autograder.units.u04_network import mistakes as columns
from autograder.units.u04_network import words as column_words
from autograder.units.u05_gradient_check import exercises as u05  # noqa: F401
from autograder.units.u05_gradient_check import lines as check_lines
from autograder.units.u06a_regularisation import exercises as u06a  # noqa: F401
from autograder.units.u06a_regularisation import lines as regularised_lines
from autograder.units.u06a_regularisation import mistakes as regularised
from autograder.units.u06a_regularisation import words as regularised_words
from autograder.units.u06b_optimisers import exercises as u06b  # noqa: F401
from autograder.units.u06b_optimisers import words as updates
from autograder.units.u07_rnn import exercises as u07  # noqa: F401
from autograder.units.u07_rnn.mistakes import RECURRENT
from autograder.units.u07b_rnn_rows import exercises as u07b  # noqa: F401
from autograder.units.u07b_rnn_rows.mistakes import ROWS_RNN
from autograder.units.u08_long_time import clocks
from autograder.units.u08_long_time import exercises as u08  # noqa: F401
from autograder.units.u08_long_time import lines as state_lines
from autograder.units.u08_long_time import mistakes as chunks
from autograder.units.u08_long_time import rounds as chunk_rounds
from autograder.units.u09_lstm import exercises as u09  # noqa: F401
from autograder.units.u09_lstm.mistakes import GATED
from autograder.units.u10_clinic import exercises as u10  # noqa: F401
from autograder.units.u10b_characters import exercises as u10b  # noqa: F401
from autograder.units.u10b_characters import shared as letters
from autograder.units.u10b_characters import words as characters
from autograder.units.u11_normalisation import exercises as u11  # noqa: F401
from autograder.units.u11_normalisation import lines as norm_lines
from autograder.units.u11_normalisation import mistakes as normalised
from autograder.units.u11_normalisation import other_arrays as norm_arrays
from autograder.units.u12_attention import exercises as u12  # noqa: F401
from autograder.units.u12_attention import lines as attention_lines
from autograder.units.u12_attention import mistakes as attention
from autograder.units.u12_attention import other_products as attention_products
from autograder.units.u13_convolution import columns as window_columns
from autograder.units.u13_convolution import exercises as u13  # noqa: F401
from autograder.units.u13_convolution import lines as window_lines
from autograder.units.u13_convolution import mistakes as convolution
from autograder.units.u13_convolution import pooling

__all__ = ["CATALOGUE", "EXERCISES", "Exercise", "Property"]

#: What students get wrong: what several families share, then the units' own.
MISTAKES = (
    *(part.MISTAKES for part in (shapes, products, slopes, memory, scale, wiring, chain, signal)),
    ledgers.MISTAKES,
    *EXPRESSIONS,
    jacobians.MISTAKES,
    jacobian_words.MISTAKES,
    *ROWS,
    hidden_layer.MISTAKES,
    *(part.MISTAKES for part in (hidden_lines, hidden_words)),
    columns.MISTAKES,
    lines.MISTAKES,
    column_words.MISTAKES,
    check_lines.MISTAKES,
    *regularised.MISTAKES,
    *regularised_lines.MISTAKES,
    regularised_words.MISTAKES,
    updates.MISTAKES,
    *RECURRENT,
    *ROWS_RNN,
    chunks.MISTAKES,
    chunk_rounds.MISTAKES,
    state_lines.MISTAKES,
    clocks.MISTAKES,
    *GATED,
    letters.MISTAKES,
    characters.MISTAKES,
    normalised.MISTAKES,
    norm_arrays.MISTAKES,
    *norm_lines.MISTAKES,
    *(part.MISTAKES for part in (attention, attention_products, attention_lines)),
    convolution.MISTAKES,
    window_columns.MISTAKES,
    pooling.MISTAKES,
    *window_lines.MISTAKES,
)

CATALOGUE.enter(ENTRIES, MISTAKES, LESSONS)
