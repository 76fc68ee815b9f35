"""Helpers for the tests of the engine."""
