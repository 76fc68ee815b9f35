"""Hints for unit 09."""

from autograder.engine.hints import Hints

FAMILIES = ("lstm", "gru")
HINTS = {
    "lstm_cell_forward": Hints(
        "Which gate decides what is kept of c_prev, which one what is written, and which one what "
        "a_next shows?",
        "Take ft = 0.5, it = 0.2, cct = -1, c_prev = 4. Then 0.5·4 + 0.2·(-1) = 1.8 is the new "
        "cell state.",
        "c_t = ft * c_{t-1} + it * cct and a_t = ot * tanh(c_t)",
    ),
    "lstm_cell_backward": Hints(
        "c_next goes two ways. What comes back through each of them? And which of the gates hear "
        "their sum?",
        "Take dc_next = 1, da_next = 2, ot = 0.5, ft = 0.25, and 0.6 for tanh(c_next). 1 + "
        "2·0.5·(1 - 0.6²) = 1.64 arrives at c_next, and 0.25·1.64 = 0.41 goes on to c_prev.",
        "dc is dc_next + da_next * ot * (1 - tanh(c_next)²); dzf = dc * c_prev * ft * (1 - ft), "
        "and dzo is made of da_next and not of dc; du = Wfᵀ dzf + Wiᵀ dzi + Wcᵀ dzc + Woᵀ dzo",
    ),
    "lstm_forward": Hints(
        "Which two arrays does one step hand to the next, and what are they before the first step?",
        "Take x of shape (4, 2, 3), so two examples and three steps, and five units. a, c have the "
        "shape (5, 2, 3): 5·2·3 = 30 numbers each.",
        "c_t = ft * c_{t-1} + it * cct; the first c is zero, the first a is a0",
    ),
    "lstm_backward": Hints(
        "Which of the two arrays that come out of the cell of step t + 1 meets da[:, :, t], and "
        "where does the other one go?",
        "Take T = 2, da of 1 at both steps, and cells that hand back half on the lane of a and a "
        "quarter on that of c. The cell of step 2 receives 1 and nothing on the lane of c. That "
        "of step 1 receives 1 + 0.5 = 1.5, and 0.25 on the lane of c.",
    ),
    "gru_cell_forward": Hints(
        "What does the update gate take, what does it leave, and what does the candidate read in "
        "the place of c_prev?",
        "Take ut = 0.25, cct = -1, c_prev = 4. Then 0.25·(-1) + 0.75·4 = 2.75 is the new state.",
        "c_t = ut * cct + (1 - ut) * c_{t-1}",
    ),
    "gru_cell_backward": Hints(
        "At how many places is c_prev read, and at how many ut?",
        "Take dc_next = 2, ut = 0.25, cct = -1, c_prev = 4. 2·0.75 = 1.5 comes back straight; "
        "2·(-1 - 4) = -10 arrives at ut, and -10·0.25·(1 - 0.25) = -1.875 goes on behind its "
        "sigmoid.",
        "du is dc_next * (cct - c_prev); dc_prev is the sum of dc_next * (1 - ut), (Wuᵀ dzu + "
        "Wrᵀ dzr)[:n_a] and rt * (Wcᵀ dzc)[:n_a]",
    ),
    "answers_09": Hints(
        "Is dx right at the last step? Nothing arrives there on the lane of c. And which of the "
        "six arrays are right?",
        "Take T = 2, da of 1 at both steps, and cells that hand back half on the lane of a. Step 2 "
        "receives 1 with or without carries; step 1 receives 1 + 0.5 = 1.5, without them 1: there "
        "it is off by (1.5 - 1) / 1.5 = 0.33.",
        "what arrives at step t is da[:, :, t] + da_prevt, and dc_prevt; dc_prev = dc * ft",
    ),
}
