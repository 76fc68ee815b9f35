"""Unit 10b: a network that reads and writes letters, trained on real words."""
