"""Unit 08: long time; truncated back-propagation."""
