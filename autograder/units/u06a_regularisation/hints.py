"""Hints for unit 06a."""

from autograder.engine.hints import Hints

FAMILIES = ("columns", "dropout", "embedding")
HINTS = {
    "compute_cost_with_regularization": Hints(
        "Which arrays are squared, how many sums are added, and which of the two terms is divided "
        "by what?",
        "Take m = 2, lambd = 4, W1 = [[1, 2]], W2 = [[3]], W3 = [[1]], and 0.5 as the mean of the "
        "losses. The squares are 1² + 2² + 3² + 1² = 15, the penalty is 4/(2·2)·15 = 15, and 0.5 "
        "+ 15 = 15.5 is J.",
        "J = (the mean of the losses) + lambd/(2m) Σ W², over all entries of W1, W2 and W3",
    ),
    "backward_propagation_with_regularization": Hints(
        "Through which two ways does W3 reach J? Through how many of them does b3, and does Z3?",
        "Take m = 2, lambd = 4, W3 = [[3]], dZ3 = [[0.5, -0.25]], A2 = [[2, 6]]. Through Z3 comes "
        "(0.5·2 - 0.25·6)/2 = -0.25, through the penalty 4/2·3 = 6, and -0.25 + 6 = 5.75 is dW3.",
    ),
    "forward_propagation_with_dropout": Hints(
        "Between which two lines of the forward pass does the mask stand, and what has the next "
        "layer to receive on average?",
        "Take relu(Z1) = [[3, 1, 2]], D1 = [[1, 0, 1]], keep_prob = 0.5. 3·1/0.5 = 6, 1·0/0.5 = 0 "
        "and 2·1/0.5 = 4 are the entries of A1.",
        "D1 is 1 where a uniform number is below keep_prob, else 0; A1 = relu(Z1) * D1 / keep_prob",
    ),
    "backward_propagation_with_dropout": Hints(
        "By which factor was each entry multiplied behind the ReLU? Where does that factor stand "
        "when you come back?",
        "Take W3 = [[2]], dZ3 = [[0.5, 0.5]], D2 = [[1, 0]], keep_prob = 0.8. 2·0.5·1/0.8 = 1.25 "
        "and 2·0.5·0/0.8 = 0 are the entries of dA2; then comes the slope of the ReLU.",
    ),
    "embedding_forward": Hints(
        "What does NumPy give if a table is indexed with an array of whole numbers?",
        "Take words = [[2, 0, 2]], W = [[1, 5], [2, 6], [3, 7]]. Row 2, row 0 and row 2 are read, "
        "so out = [[[3, 7], [1, 5], [3, 7]]], of 1·3·2 = 6 numbers.",
        "out[n, t] = W[words[n, t]]",
    ),
    "embedding_backward": Hints(
        "To how many places of out did one row go? What is done with what comes back from several "
        "places?",
        "Take V = 4, D = 1, and dout of 1, 4 and 2 at the places of words 3, 1 and 3. Row 3 gets 1 "
        "+ 2 = 3, row 1 gets 4, rows 0 and 2 get 0.",
    ),
    "clip_by_value": Hints(
        "What happens to an entry between the two bounds? And to the array that came in?",
        "Take maxValue = 2 and the entries -5, 1 and 3. They become -2, 1 and 2; the largest lost "
        "3 - 2 = 1, the one in the middle nothing.",
        "an entry above maxValue becomes maxValue, one below -maxValue becomes -maxValue",
    ),
    "clip_by_norm": Hints(
        "How many numbers have to be known before the first array can be scaled?",
        "Take dWaa = [[3]], db = [[4]], max_norm = 2, and zeros elsewhere. 3² + 4² = 25, so the "
        "norm is 5 and the factor 2/5 = 0.4. Then 0.4·3 = 1.2 and 0.4·4 = 1.6 are what remains.",
        "every array times max_norm / norm where norm > max_norm, else times 1; norm² is the sum "
        "of all squares of all arrays",
    ),
    "answers_06a": Hints(
        "What should have been returned, entry by entry? Is what differs a factor, a term, or a "
        "place?",
        "Take lambd = 2, m = 4, an entry of 3 in W, and 1 in dW without a penalty. Right is 1 + "
        "2/4·3 = 2.5; what came back minus 1, divided by 1.5, says how often the penalty is in it.",
        "dW with (lambd/m) W; dA1 with D1 / keep_prob; dW[v] with all places of v; one factor for "
        "all arrays",
    ),
}
