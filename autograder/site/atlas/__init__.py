"""The atlas of misconceptions: a page for each, made from the catalogue and the tests' slips."""
