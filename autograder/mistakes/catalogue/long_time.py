"""Long sequences: borders between chunks, and where to clip."""

from autograder.engine.diagnosis.misconception import Misconception

HIDDEN_STATE_CARRY = Misconception(
    "hidden-state-carry",
    unit="08",
    title="the border between two chunks",
    computed="a gradient in which a border is missing or complete where it should be half: the "
    "state goes on, its derivative does not",
    formula="next chunk: a0 = last state (its value); in the backward loop: da_prevt = 0 at the "
    "border",
    ask="What passes the border on the way forward in your code, and what on the way back?",
    section="08, Value carried, gradient cut",
)
