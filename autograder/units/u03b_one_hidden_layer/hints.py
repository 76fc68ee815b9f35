"""Hints for unit 03b."""

from autograder.engine.hints import Hints

FAMILIES = ("columns",)
HINTS = {
    "layer_sizes": Hints(
        "What do the rows of X and of Y count, and what do their columns count?",
        "Take X of shape (2, 400), Y of shape (1, 400). n_x is 2 and n_y is 1; 400 is the number "
        "of examples and no size of a layer. n_h is 4 by the contract.",
        "X is (n_x, m), Y is (n_y, m), and n_h = 4",
    ),
    "initialize_parameters": Hints(
        "What do two hidden units learn that start with the same weights? And which arrays may "
        "start with zeros all the same?",
        "Take n_x = 2, n_h = 3, n_y = 1. W1 is (3, 2), W2 is (1, 3), b1 is (3, 1), b2 is (1, 1): "
        "3·2 + 1·3 + 3 + 1 = 13 parameters, of which 3 + 1 = 4 are zero.",
        "W1 and W2: 0.01 times standard normal numbers, (n_h, n_x) and (n_y, n_h); b1 and b2: "
        "zeros",
    ),
    "forward_propagation": Hints(
        "What does each of the two layers receive, and which of the values will the way back ask "
        "for?",
        "Take X = [[2]], W1 = [[1]], b1 = [[-2]], W2 = [[3]], b2 = [[0]]. Z1 is 1·2 - 2 = 0, and "
        "A1 is tanh 0 = 0. Z2 is 3·0 + 0 = 0, and 1 / (1 + 1) = 0.5: A2 = [[0.5]].",
        "Z1 = W1 X + b1, A1 = tanh(Z1), Z2 = W2 A1 + b2, A2 = σ(Z2)",
    ),
    "compute_cost beside forward_propagation": Hints(
        "Which of the two logarithms counts where the label is 1, and which where it is 0?",
        "Take A2 = [[0.5, 0.25]], Y = [[1, 0]]. The losses are -log 0.5 = 0.693 and -log (1 - "
        "0.25) = 0.288, and their mean is (0.693 + 0.288) / 2 = 0.49: J = 0.49.",
        "J = -(1/m) Σ_i (Y_i log A2_i + (1 - Y_i) log(1 - A2_i))",
    ),
    "backward_propagation": Hints(
        "Where does the way back begin? Whose weights and whose slope stand between dZ2 and dZ1?",
        "Take X = [[2]], Y = [[1]], W2 = [[3]], A1 = [[0.6]], A2 = [[0.75]]. With m = 1: dZ2 is "
        "0.75 - 1 = -0.25, and -0.25·0.6 = -0.15, so dW2 = [[-0.15]]. dZ1 is 3·(-0.25)·(1 - 0.6²) "
        "= -0.48, and -0.48·2 = -0.96, so dW1 = [[-0.96]]. db2 = [[-0.25]], db1 = [[-0.48]].",
    ),
    "backward_signals": Hints(
        "Which of the three arrays meets m first, and where would it be paid a second time?",
        "Take A2 = [[0.75, 0.25]], Y = [[1, 0]], W2 = [[2]], A1 = [[0.6, 0]]. In L: dZ2 = "
        "[[-0.25, 0.25]], dA1 = [[-0.5, 0.5]], and as -0.5·(1 - 0.6²) = -0.32, dZ1 = [[-0.32, "
        "0.5]]. In J each of them is 1/2 of that.",
    ),
    "update_parameters beside forward_propagation": Hints(
        "The gradient points uphill. Which way leads down, and whose dictionary has to stay as it "
        "is?",
        "Take W1 = [[2]], dW1 = [[0.5]], learning_rate = 1.2. 2 - 1.2·0.5 = 1.4, so the new W1 = "
        "[[1.4]].",
        "the new W1 is W1 - learning_rate · dW1, and so for b1, W2 and b2",
    ),
    "nn_model": Hints(
        "What is done in each round, in which order, and what does the next round start from?",
        "Take num_iterations = 2. Round 1 starts from the initial parameters and makes new ones; "
        "round 2 starts from these. With num_iterations = 0 the initial parameters come back.",
        "forward, backward, update: num_iterations times, each time with the newest parameters",
    ),
    "predict": Hints(
        "Which probability separates the two answers, and what is said at exactly this one?",
        "Take A2 = [[0.2, 0.5, 0.9]]. Only the last one is above a half: predictions = [[0, 0, "
        "1]].",
        "the prediction is 1 where A2 is more than 0.5, else 0",
    ),
    "answers_03b": Hints(
        "Which of the four arrays are right? And is a wrong one off by one factor, or entry by "
        "entry?",
        "Take m = 5, n_x = 2. With 1/m paid twice an array has 1/5 of its size; divided by n_x in "
        "the place of m it has 5/2 = 2.5 times its size. A slope 1 - a for 1 - a² is another "
        "factor at each entry: at a = 0.6 it is (1 - 0.6) / (1 - 0.6²) = 0.625.",
        "dZ1 = W2ᵀ dZ2 * (1 - A1²), dW1 = (1/m) dZ1 Xᵀ, dW2 = (1/m) dZ2 A1ᵀ",
    ),
}
