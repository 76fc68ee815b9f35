"""Formulas whose parts may be others: what a value is that was computed by a wrong one."""

from autograder.engine.formulas.formula import Formula, known_formula

__all__ = ["Formula", "known_formula"]
