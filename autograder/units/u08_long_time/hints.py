"""Hints for unit 08."""

from autograder.engine.hints import Hints

FAMILIES = ("rnn", "chunks")
HINTS = {
    "step_jacobian": Hints(
        "Nudge unit j of a_{t-1}. How far does z of unit i move, and which fraction of it passes "
        "tanh?",
        "Take a_next = [0.6, 0], Waa = [[1, 2], [3, 4]]. The first row is taken 1 - 0.6² = 0.64 "
        "times, the second 1 - 0² = 1 times: jacobian = [[0.64, 1.28], [3, 4]].",
    ),
    "state_gradients": Hints(
        "J hears a_{t-1} in two ways. Which one is in da already, and from which state comes the "
        "other?",
        "Take one unit, da of 1 at steps 1 and 2, all states 0, Waa of 0.5. g of step 2 is 1, g "
        "of step 1 is 1 + 0.5·(1 - 0²)·1 = 1.5, and g of step 0 is 0.5·(1 - 0²)·1.5 = 0.75.",
    ),
    "grad_norms": Hints(
        "Which axes of g are gathered into one number, and which one stays?",
        "Take g[:, :, t] of 3 and 4, two units and one example. √(3² + 4²) = 5 is its norm.",
        "norm at t = √(Σ of the squares of all entries of g[:, :, t])",
    ),
    "truncated_bptt": Hints(
        "What passes from one chunk to the next on the way forward? And what does not pass on the "
        "way back?",
        "Take T = 4, k = 2. The losses of steps 1 and 2 reach 1 + 2 = 3 steps, and those of 3 and "
        "4, which stop at the border, as many: 3 + 3 = 6 pairs, where the full gradient has 4·5 / "
        "2 = 10.",
    ),
    "chunked_train_step": Hints(
        "With which parameters does the second chunk run, and in which state does it begin? Is it "
        "one array that is clipped, or all together?",
        "Take dWax of 3, dWaa of 4, dba of 0, max_norm = 1, learning_rate = 0.1. The norm of all "
        "together is √(3² + 4² + 0²) = 5, and Waa moves by 0.1·(1/5)·4 = 0.08.",
        "where the norm of dWax, dWaa and dba together is more than max_norm, all three are taken "
        "times max_norm / norm; then each parameter moves by learning_rate times its gradient",
    ),
    "answers_08": Hints(
        "Is the direction of the gradient the same, or only its length? Which arrays are right, "
        "and which steps?",
        "Take a gradient of 3 and 4, and max_norm = 1. Its norm is √(3² + 4²) = 5; clipped "
        "together it is 3/5 = 0.6 and 4/5 = 0.8, in the same direction; clipped one by one it is "
        "1 and 1, in another.",
        "g_{t-1} = da_{t-1} + Waaᵀ ((1 - a_t²) * g_t); clipping comes after the last step of a "
        "chunk",
    ),
}
