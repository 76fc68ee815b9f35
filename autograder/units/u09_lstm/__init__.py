"""Unit 09: the LSTM, one cell and through time, and one cell of a GRU."""
