"""Hints for unit 03."""

from autograder.engine.hints import Hints

FAMILIES = ("rows",)
HINTS = {
    "affine_forward": Hints(
        "What is the row of one example, if x has more than two axes?",
        "Take x = [[1, 2]], w = [[3], [4]], b = [5]. 1·3 + 2·4 + 5 = 16, so out = [[16]]. With x "
        "of shape (2, 3, 4) the row of an example has 3·4 = 12 numbers.",
    ),
    "affine_backward": Hints(
        "w_dk takes part in the output of every example, x_id in every unit of its own example. "
        "Over what does each of your three sums run?",
        "Take x = [[1, 0], [3, 1]], w = [[5], [7]], dout = [[1], [2]]. For w: 1·1 + 3·2 = 7 and "
        "0·1 + 1·2 = 2, so dw = [[7], [2]]. For b: 1 + 2 = 3, so db = [3]. For x, example by "
        "example: dx = [[5, 7], [10, 14]].",
    ),
    "relu_forward": Hints(
        "Which numbers pass, and what has to be remembered so that the way back knows them?",
        "Take x = [[-2, 0, 3]]. out = [[0, 0, 3]], and only the last place has x > 0.",
        "out = max(0, x), entry by entry",
    ),
    "relu_backward beside relu_forward": Hints(
        "How fast does max(0, x) move where x is negative, where it is positive, and, as the "
        "contract says, at exactly 0?",
        "Take x = [[-2, 0, 3]], dout = [[5, 6, 7]]. The slopes are 0, 0 and 1: dx = [[0, 0, 7]].",
    ),
    "sigmoid_forward": Hints(
        "What has to come out at 0, far to the right, and far to the left?",
        "Take x = [[0]]. exp(-x) is 1 there, and 1 / (1 + 1) = 0.5, so out = [[0.5]].",
        "out = 1 / (1 + exp(-x)), entry by entry",
    ),
    "sigmoid_backward beside sigmoid_forward": Hints(
        "The slope can be written with what forward returned. Which is worth keeping, x or out?",
        "Take out = [[0.5, 0.8]], dout = [[4, 10]]. The slopes are 0.5·(1 - 0.5) = 0.25 and "
        "0.8·(1 - 0.8) = 0.16: dx = [[1, 1.6]].",
    ),
    "tanh_forward": Hints(
        "Between which numbers does tanh stay, and what is it at 0?",
        "Take x = [[0]]. exp(x) and exp(-x) are both 1, and (1 - 1) / (1 + 1) = 0: out = [[0]].",
        "out = tanh(x) = (exp(x) - exp(-x)) / (exp(x) + exp(-x))",
    ),
    "tanh_backward": Hints(
        "Where is tanh steepest, and what is left of its slope where out is near 1?",
        "Take out = [[0, 0.6]], dout = [[3, 5]]. The slopes are 1 - 0² = 1 and 1 - 0.6² = 0.64: "
        "dx = [[3, 3.2]].",
    ),
    "softmax_backward": Hints(
        "One score takes part in every probability of its row. What comes back to it, if all dout "
        "of the row are equal?",
        "Take probs = [[0.5, 0.25, 0.25]], dout = [[4, 0, 0]]. The sum of p times dout is 0.5·4 + "
        "0.25·0 + 0.25·0 = 2; then 0.5·(4 - 2) = 1 and 0.25·(0 - 2) = -0.5: dx = [[1, -0.5, "
        "-0.5]].",
    ),
    "softmax_loss": Hints(
        "If 1000 is added to all scores of an example, what changes? And of what is dx the "
        "derivative: of one loss, or of their mean?",
        "Take x = [[0, 0], [0, 0]], y = [0, 1]. All p are 0.5. At the right class (0.5 - 1) / 2 = "
        "-0.25, at the other 0.5 / 2 = 0.25: dx = [[-0.25, 0.25], [0.25, -0.25]]. Each loss is "
        "-log 0.5 = 0.693: loss = 0.693.",
        "p_k = exp(x_k - c) / Σ_j exp(x_j - c) for any c, such as the largest score; J = (1/N) "
        "Σ_i -log p_{i,y_i}; dx = (p - 1 at the right class) / N",
    ),
    "backprop": Hints(
        "What does the last layer's backward receive, and who receives what it returns?",
        "Take x = 2 and two affine layers without biases, w of the first 3, w of the second 5. If "
        "the loss hands back 1, the second has dw of 2·3·1 = 6 and hands on 5·1 = 5; the first "
        "has dw of 2·5 = 10.",
    ),
    "answers_03": Hints(
        "Is it one factor in every entry, or another pattern? From which layer on?",
        "Take p = [0.5, 0.5], dout = [1, 0]. Right: 0.5·(1 - 0.5) = 0.25 and 0.5·(0 - 0.5) = "
        "-0.25. With the diagonal of the Jacobian alone: 0.5·(1 - 0.5)·1 = 0.25 and 0.5·(1 - "
        "0.5)·0 = 0.",
        "dx of softmax_loss = (p - 1 at the right class) / N: which factor too many, too few, or "
        "which term is missing?",
    ),
}
