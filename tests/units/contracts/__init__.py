"""What each assignment's text promises, sentence by sentence, and code that breaks only that."""
