"""The instructor's side: untrusted notebooks in, trusted verdicts out."""
