"""Unit 06b: optimisers, what is done with a gradient."""
