"""Hints for unit 07."""

from autograder.engine.hints import Hints

FAMILIES = ("rnn", "rtrl")
HINTS = {
    "rnn_cell_forward": Hints(
        "Which three terms are added before the tanh, and from what is the prediction made?",
        "Take xt = [[2]], a_prev = [[0.5]], Wax = [[1]], Waa = [[-4]], ba = [[0]], Wya = [[1], "
        "[3]], by = [[0], [0]]. 1·2 + (-4)·0.5 + 0 = 0 and tanh 0 = 0, so a_next = [[0]]. Both "
        "scores are 0, and 1 / (1 + 1) = 0.5: yt_pred = [[0.5], [0.5]].",
        "a_next = tanh(Wax xt + Waa a_prev + ba), yt_pred = softmax(Wya a_next + by)",
    ),
    "rnn_forward": Hints(
        "What does one step hand to the next, and along which axis of a do the states lie?",
        "Take x of shape (3, 4, 2), so two steps and four examples, and five units. a has the "
        "shape (5, 4, 2), 5·4·2 = 40 numbers; its first (5, 4) is made with a0, its second with "
        "the first.",
        "a_t = tanh(Wax x_t + Waa a_{t-1} + ba), the same weights at every step",
    ),
    "output_backward": Hints(
        "What is the derivative of softmax and cross-entropy together? And who pays the 1/m, so "
        "that nobody behind it has to?",
        "Take y_pred = [[0.75], [0.25]], y = [[1], [0]], Wya = [[2], [4]], a = [[3]]. For one "
        "step and m = 1, dzy is 0.75 - 1 = -0.25 and 0.25 - 0 = 0.25. 2·(-0.25) + 4·0.25 = 0.5, "
        "so da = [[0.5]]. dWya = [[-0.75], [0.75]], dby = [[-0.25], [0.25]].",
    ),
    "rnn_cell_backward": Hints(
        "Which slope stands between a_next and z? And over what does the sum run for a weight, "
        "for the bias, for the state?",
        "Take da_next = [[2]], a_next = [[0.6]], a_prev = [[0.5]], xt = [[3]], Wax = [[1]], Waa = "
        "[[-4]]. dz is 2·(1 - 0.6²) = 1.28. Then dxt = [[1.28]]; -4·1.28 = -5.12, so da_prev = "
        "[[-5.12]]; 1.28·3 = 3.84, so dWax = [[3.84]]; 1.28·0.5 = 0.64, so dWaa = [[0.64]]; dba = "
        "[[1.28]].",
    ),
    "rnn_backward": Hints(
        "Two arrows leave a_t on the way forward. What arrives at it on the way back? And what "
        "does a weight get that was used T times?",
        "Take T = 2, da of 1 at both steps, and cells that hand back half of what they receive. "
        "Step 2 receives 1 and hands back 0.5. Step 1 receives 1 + 0.5 = 1.5 and hands back "
        "0.5·1.5 = 0.75, which is da0.",
    ),
    "rnn_full_backward": Hints(
        "Which functions do you have already, and what does each of them hand to the next?",
        "Take T = 3. Forward gives a, y_pred and caches; with y they give da and 2 gradients of "
        "the output; da and caches give the other 5, dx, da0, dWax, dWaa, dba: 2 + 5 = 7.",
    ),
    "rnn_backward_tree": Hints(
        "How far back does the loss of step 3 reach, and how often is a cell called for it?",
        "Take T = 3. The losses of steps 1, 2 and 3 take 1 + 2 + 3 = 6 calls, 3·4 / 2 = 6.",
        "each loss alone, from its own step t down to 1: T (T + 1) / 2 calls; what they find adds "
        "up",
    ),
    "rtrl_dWaa": Hints(
        "When one entry of Waa moves, how does a_t move: at once in step t, and through a_{t-1}?",
        "Take one unit, Waa of 0.5, tanh slopes of 1, a_0 of 2, a_1 of 1, da of 1 at both steps. "
        "The total derivative of a_1 is 2 + 0.5·0 = 2, that of a_2 is 1 + 0.5·2 = 2, and dWaa is "
        "1·2 + 1·2 = 4.",
        "da_t/dWaa = (1 - a_t²) * (a_{t-1} in the row of the entry + Waa da_{t-1}/dWaa), from 0 "
        "at t = 0; dWaa = Σ_t Σ da_t * da_t/dWaa",
    ),
    "answers_07": Hints(
        "Which arrays are right? At which steps is dx right, and where does it begin to go wrong?",
        "Take T = 2, da of 1 at both steps, and cells that hand back half. Step 2 receives 1 with "
        "or without da_prevt; step 1 receives 1 + 0.5 = 1.5, without it 1. So the last step is "
        "right, and all before it are wrong.",
        "what arrives at step t: da[:, :, t] + da_prevt; dWaa = Σ_t dz_t a_{t-1}ᵀ; da_prev = Waaᵀ "
        "dz; dba keeps the shape (n_a, 1)",
    ),
}
