from autograder.engine.diagnosis.mistakes import Mistakes
MISTAKES = Mistakes("rnn-rows")
