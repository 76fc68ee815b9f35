"""Unit 11: batch normalisation and layer normalisation."""
