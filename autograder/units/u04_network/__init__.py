"""Unit 04: the L-layer network; columns are examples."""
