"""Unit 13: convolution, pooling, and the windows as columns of a matrix."""
