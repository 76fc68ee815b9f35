"""Judge a function and name its mistake; knows no unit."""
