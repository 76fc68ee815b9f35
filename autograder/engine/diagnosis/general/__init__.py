"""Edits that are read off any graph: what needs no catalogue."""
