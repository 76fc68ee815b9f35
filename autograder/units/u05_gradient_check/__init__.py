"""Unit 05: the gradient check as an instrument."""
