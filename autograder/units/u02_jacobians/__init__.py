"""Unit 02: Jacobians, and which end of the chain to start from."""
