"""Unit 03: layer recipes with caches; rows are examples."""
