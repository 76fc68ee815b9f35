"""Unit 12: attention, with one head and with several."""
