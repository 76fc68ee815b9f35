"""Back-propagation, taught and graded."""
