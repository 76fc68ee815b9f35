"""Unit 10: the clinic."""
