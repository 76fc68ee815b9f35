"""Hints for unit 11."""

from autograder.engine.hints import Hints

FAMILIES = ("batchnorm", "layernorm")
HINTS = {
    "batchnorm_forward": Hints(
        "How many means does the batch have, N or D? And which numbers does the dict hold after a "
        "call in train mode that it did not hold before?",
        "Take x = [[1], [5]], eps = 5, gamma = [3], beta = [1]. mu is 6/2 = 3, the squares of "
        "1 - 3 = -2 and 5 - 3 = 2 make var, 8/2 = 4, and 4 + 5 = 9 is under the square root, so "
        "x_hat is -2/3 and 2/3. Then 3·(-2) / 3 + 1 = -1 and 3·2 / 3 + 1 = 3, so "
        "out = [[-1], [3]].",
        "out = gamma * (x - mu) / √(var + eps) + beta; running_mean = momentum * running_mean + (1 "
        "- momentum) * mu, and so for running_var; test mode has them for mu and var",
    ),
    "batchnorm_backward": Hints(
        "One entry of x reaches x_hat on three roads. Which are they, and which of them lead to "
        "other examples as well?",
        "Take x = [[1], [5]], eps = 5, gamma = [1], beta = [0], dout = [[3], [0]]. std is 3, x_hat "
        "is -2/3 and 2/3. Straight come 3/3 = 1 and 0. By the mean comes -3 / 3 / 2 = -0.5 for "
        "both. By the variance comes -(-2/3)·3·(-2/3) / 2 / 3 = -0.2222 for the first, 0.2222 for "
        "the second; 1 - 0.5 - 0.2222 = 0.2778 is the first entry of dx.",
    ),
    "layernorm_forward": Hints(
        "How many means are there now, N or D? Which axis has to be kept, so that each row meets "
        "its own mean?",
        "Take x = [[1, 5]], eps = 5, gamma = [3, 6], beta = [0, 1]. mu is 6/2 = 3, var is "
        "4, and 4 + 5 = 9 is under the square root. 3·(-2) / 3 + 0 = -2 and 6·2 / 3 + 1 = 5, so "
        "out = [[-2, 5]].",
        "mu = (1/D) Σ_j x_ij, var = (1/D) Σ_j (x_ij - mu)², out = gamma * (x - mu) / √(var + eps) "
        "+ beta",
    ),
    "layernorm_backward": Hints(
        "Which sums of the backward pass follow the mean to the other axis, and which follow gamma "
        "and beta, which were copied to every row?",
        "Take x = [[1, 5]], eps = 5, gamma = [1, 2], dout = [[3, 0]]. dx_hat is 3·1 = 3 and 0·2 = "
        "0, x_hat is -2/3 and 2/3. 3·(-2/3) = -2, so dgamma = [-2, 0], and dbeta = [3, 0]: with "
        "one example nothing is added.",
    ),
    "answers_11": Hints(
        "Which of the three roads makes the sum of dx zero, and which one the sum of dx * x_hat?",
        "Take dx_hat = (6, 0), x_hat = (-1, 1), std = 1, so means of 6/2 = 3 and -6/2 = -3. "
        "Straight the sum is 6. Minus the mean, 6 - 2·3 = 0. Minus 6, the sum that was not "
        "divided, 6 - 2·6 = -6.",
        "the road by the mean makes the sum of dx zero; the road by the variance makes the sum of "
        "dx * x_hat nearly zero",
    ),
}
