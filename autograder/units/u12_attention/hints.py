"""Hints for unit 12."""

from autograder.engine.hints import Hints

FAMILIES = ("attention",)
HINTS = {
    "softmax_rows_backward": Hints(
        "One score of a row rises a little. Which weights of the row rise, which fall, and what do "
        "all changes of the row add up to?",
        "Take P = [[0.25, 0.75]], dP = [[4, 0]]. The sum over the row is 0.25·4 + 0.75·0 = 1. Then "
        "0.25·(4 - 1) = 0.75 and 0.75·(0 - 1) = -0.75, so dS = [[0.75, -0.75]].",
    ),
    "attention_forward": Hints(
        "Which number joins query i to key j? What does row i of the weights add up to, and which "
        "of its entries have to be 0?",
        "Take Q = [[0, 0]], K = [[1, 2], [3, 4]], V = [[2], [6]]. Both scores are 0, so both "
        "weights are 1/2 = 0.5. Then 0.5·2 + 0.5·6 = 4, so out = [[4]].",
        "S = Q Kᵀ / √d_k, -inf where the mask is False; P the softmax of each row of S; out = P V",
    ),
    "attention_backward": Hints(
        "The output is a product of P and V, the scores one of Q and K, and a softmax stands "
        "between them. Which function of yours knows the way back through the softmax?",
        "Take Q = [[0]], K = [[1], [2]], V = [[2], [6]], dout = [[1]]. Both weights are 0.5, so "
        "dV = [[0.5], [0.5]]. dP is 2 and 6, its weighted sum 0.5·2 + 0.5·6 = 4, so dS is "
        "0.5·(2 - 4) = -1 and 0.5·(6 - 4) = 1. Then (-1)·1 + 1·2 = 1, so dQ = [[1]].",
    ),
    "self_attention_forward": Hints(
        "Which columns of Q, K and V belong to head 0? Which function of yours does one head?",
        "Take X = [[2]], Wq = [[1]], Wk = [[1]], Wv = [[3]], Wo = [[2]], n_heads = 1. There is one "
        "position, so its weight is 1, and H is 2·3 = 6. Then 2 + 6·2 = 14, so out = [[14]].",
        "head h has the columns h·d to (h + 1)·d of Q, K and V; H has the heads side by side; "
        "out = X + H Wo",
    ),
    "self_attention_backward": Hints(
        "At how many places is X read? What comes back from each of them, and what do you do with "
        "several gradients of one array?",
        "Take X = [[2]], Wq = [[1]], Wk = [[1]], Wv = [[3]], Wo = [[2]], n_heads = 1, "
        "dout = [[5]]. With one position dQ and dK are 0, and dV is 5·2 = 10. Then 5 + 10·3 = 35, "
        "so dX = [[35]].",
    ),
    "answers_12": Hints(
        "What does each row of dS add up to, when the softmax is walked back rightly? Which "
        "suspects leave dQ as it is?",
        "Take P = (0.5, 0.5), dP = (4, 0). Rightly 0.5·(4 - 2) = 1 and 0.5·(0 - 2) = -1, together "
        "0. With dS = dP the sum is 4. With P(1 - P) in front it is 0.25·4 = 1.",
        "rows of dS add up to 0; dQ and dK are made of dS, dV is made of P and dout",
    ),
}
