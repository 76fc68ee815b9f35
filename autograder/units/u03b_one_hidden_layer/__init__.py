"""Unit 03b: one hidden layer of tanh units; columns are examples."""
