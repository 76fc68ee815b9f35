"""Unit 01: graphs; the derivative is a sum over paths."""
