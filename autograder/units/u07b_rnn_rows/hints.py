"""Hints for unit 07b."""

from autograder.engine.hints import Hints

FAMILIES = ("rnn-rows",)
HINTS = {
    "rnn_step_forward": Hints(
        "Which three terms are added before the tanh, and on which side do the weights stand "
        "where rows are examples?",
        "Take x = [[2]], prev_h = [[0.5]], Wx = [[1]], Wh = [[-4]], b = [0]. 0.5·(-4) + 2·1 + 0 = "
        "0 and tanh 0 = 0, so next_h = [[0]].",
        "next_h = tanh(prev_h Wh + x Wx + b)",
    ),
    "rnn_step_backward": Hints(
        "Which slope stands between next_h and z? For each letter: which index does its sum run "
        "over?",
        "Take dnext_h = [[2]], next_h = [[0.6]], prev_h = [[0.5]], x = [[3]], Wx = [[1]], Wh = "
        "[[-4]]. dz is 2·(1 - 0.6²) = 1.28. Then dx = [[1.28]]; -4·1.28 = -5.12, so dprev_h = "
        "[[-5.12]]; 3·1.28 = 3.84, so dWx = [[3.84]]; 0.5·1.28 = 0.64, so dWh = [[0.64]]; db = "
        "[1.28].",
    ),
    "rnn_forward beside rows_are_examples": Hints(
        "What does one step hand to the next, and which axis of h is time?",
        "Take x of shape (4, 2, 3), so four examples and two steps, and five units. h has the "
        "shape (4, 2, 5), 4·2·5 = 40 numbers; its first step is made with h0, its second with the "
        "first.",
        "h_t = tanh(h_{t-1} Wh + x_t Wx + b), the same weights at every step",
    ),
    "rnn_backward beside rows_are_examples": Hints(
        "Two arrows leave h_t on the way forward. What arrives at it on the way back, and which "
        "of the five arrays are sums over the steps?",
        "Take T = 2, dh of 1 at both steps, and steps that hand back half of what they receive. "
        "Step 2 receives 1 and hands back 0.5. Step 1 receives 1 + 0.5 = 1.5 and hands back "
        "0.5·1.5 = 0.75, which is dh0.",
    ),
    "answers_07b": Hints(
        "Which of the five arrays are right? And does dx go wrong at the last step, or only "
        "before it?",
        "Take T = 2, dh of 1 at both steps, and steps that hand back half. Step 2 receives 1 with "
        "or without dprev_h; step 1 receives 1 + 0.5 = 1.5, without it 1: there it is off by 1/3 "
        "of the right value, (1.5 - 1) / 1.5 = 0.33.",
        "what arrives at step t is dh[:, t] + dprev_h; dprev_h = dz Whᵀ; dWh = Σ_t h_{t-1}ᵀ dz_t; "
        "db = Σ_t dz_t over the examples",
    ),
}
