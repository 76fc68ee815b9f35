"""Answers that hold nothing, for every unit, and what they earn in its hidden tests."""
