"""Hints for unit 10b."""

from autograder.engine.hints import Hints

FAMILIES = ("characters",)
HINTS = {
    "rnn_step_forward beside colour_names": Hints(
        "Which three terms are added before the tanh? Over which axis of the scores does the sum "
        "of the softmax run, where each column is an example and there is one?",
        "Take two letters with a score of 0 each. e⁰ is 1 for both, and 1/(1 + 1) = 0.5, "
        "so p_t = [[0.5], [0.5]].",
        "a = tanh(Waa a_prev + Wax x + b), s = Wya a + by, p = exp(s) / Σ exp(s) over the letters",
    ),
    "rnn_forward beside colour_names": Hints(
        "Which letter's probability stands in the loss of a step? And what is x where X[t] is "
        "None?",
        "Take two steps whose losses are 0.7 and 1.6. The loss of the word is 0.7 + 1.6 = 2.3, a "
        "sum and not a mean.",
        "L = -Σ_t log p_t[y_t], with x_t a column of zeros and a single 1, or of zeros alone",
    ),
    "rnn_backward beside colour_names": Hints(
        "Each state but the last has two readers. What comes back from the scores, and what from "
        "the step after? Which of the five gradients are sums over the steps?",
        "Take p = 0.25 for the right letter and 0.75 for the other one. 0.25 - 1 = -0.75, so the "
        "first step adds -0.75 and 0.75 to dby.",
        "ds_t = p_t - y_t, da_t = Wyaᵀ ds_t + da_prevt, dz_t = da_t * (1 - a_t²), "
        "da_prevt = Waaᵀ dz_t",
    ),
    "clip": Hints(
        "What does your line of clipping return, and which name holds it? What does the dict that "
        "came in hold after your function?",
        "Take dby = [[7], [-6], [2]] and maxValue of 5. 7 - 5 = 2 is too much and -6 + 5 = -1 is "
        "too little, so dby becomes 5, -5, 2; the direction is another one.",
        "each entry g becomes maxValue where g > maxValue, -maxValue where g < -maxValue, else g",
    ),
    "sample": Hints(
        "What does the second step read: which x, and which a_prev? Where is the generator made, "
        "before the loop or in it?",
        "Take two letters with p = 0.75 and 0.25. Of 100 first letters 100·0.25 = 25 are the "
        "second one, more or less; argmax would give none.",
        "idx is drawn with the probabilities p; then x is zero but for a 1 at idx, and a_prev is a",
    ),
    "optimize": Hints(
        "In which order do forward, backward, clip and update come? And where do the new "
        "parameters end up: in a dict of your own, or in the one that came in?",
        "Take W = [[2]], dW = [[8]] and a learning rate of 0.1. Clipped, dW is 5, and 2 - 0.1·5 = "
        "1.5 is what parameters hold afterwards.",
        "W becomes W - learning_rate dW, with dW clipped, in the dict parameters itself",
    ),
    "answers_10b": Hints(
        "Which of the five gradients are right? Is what is wrong the same on a word of one letter? "
        "And do two seeds give two words?",
        "Take T = 4 and an array that is 1/4 of the right one: 4·0.25 = 1. With T = 8 it is 1/8: "
        "the ratio goes with the length of the word.",
        "da_t = Wyaᵀ ds_t + da_prevt; L has no 1/T; x and a_prev of a step are letter and state of "
        "the one before",
    ),
}
