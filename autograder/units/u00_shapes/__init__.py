"""Unit 00: shapes and the two layouts."""
