"""What is said of a function: verdicts, sentences, pages."""
