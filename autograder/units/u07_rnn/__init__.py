"""Unit 07: the recurrent network, back-propagation through time."""
