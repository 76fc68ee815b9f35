"""What reports say of thousands of slips, and whether it is true of each."""
