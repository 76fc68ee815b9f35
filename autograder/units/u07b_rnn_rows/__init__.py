"""Unit 07b: the recurrent network of unit 07 in the other layout, rows are examples."""
