"""Hints for unit 05."""

from autograder.engine.hints import Hints

FAMILIES = ()
HINTS = {
    "one_sided": Hints(
        "Which entries of theta move while the slope for entry k is measured, and whose array is "
        "it that moves?",
        "Take f(θ) = θ², θ = 3, h = 0.1. (3.1² - 3²) / 0.1 = 6.1, where the slope itself is 2·3 = "
        "6.",
        "at entry k: (f(θ + h e_k) - f(θ)) / h",
    ),
    "numerical_gradient": Hints(
        "One side gives about as much too much as the other gives too little. What is left, if "
        "both are used?",
        "Take f(θ) = θ², θ = 3, h = 0.1. To the right (3.1² - 3²) / 0.1 = 6.1, to the left (3² - "
        "2.9²) / 0.1 = 5.9, and (3.1² - 2.9²) / (2·0.1) = 6.",
        "at entry k: (f(θ + h e_k) - f(θ - h e_k)) / (2 h)",
    ),
    "complex_step": Hints(
        "What is f at θ plus a tiny imaginary number, to first order? Which part of it holds the "
        "slope, and is there a difference to be rounded?",
        "Take f(θ) = θ², θ = 3, h = 0.1. The square of 3 + 0.1 i has the imaginary part 2·3·0.1 = "
        "0.6, and 0.6 / 0.1 = 6.",
        "at entry k: Im f(θ + i h e_k) / h",
    ),
    "relative_error": Hints(
        "Which gap counts, and against which size? What has to come out for two arrays of zeros, "
        "and what for a nan?",
        "Take a = [1, 8], b = [1, 10]. The largest gap is 10 - 8 = 2, the largest entry 10, and 2 "
        "/ 10 = 0.2: error = 0.2.",
        "max |a - b| / max(|a|, |b|), each maximum over all entries",
    ),
    "u_curve": Hints(
        "What are the two errors of a difference quotient, and which of them does the complex "
        "step not have?",
        "Take f(θ) = θ², θ = 3, h = 0.1. One-sided gives 6.1, and its error is 0.1 / 6.1 = 0.016; "
        "centred and complex step give 6, and the error 0.",
        "for each method and each h: relative_error of the gradient found and the true one",
    ),
    "best_h": Hints(
        "The error of a centred difference is about h² + u / h. When h shrinks, which part falls "
        "and which one grows?",
        "Take u = 0.001. At h = 0.1 the parts are 0.1² = 0.01 and 0.001 / 0.1 = 0.01. At h = 1 "
        "the first is 1, at h = 0.01 the second is 0.001 / 0.01 = 0.1. For your u the same "
        "balance lies elsewhere.",
        "h² + u / h is smallest near the h at which both parts are equal",
    ),
    "grad_check": Hints(
        "What are the slopes to the left and to the right where there is no kink? And what does "
        "an f that gives two numbers at one point tell of a difference?",
        "Take f(θ) = max(0, θ), h = 0.1. At θ = 0 the slope to the right is (0.1 - 0) / 0.1 = 1, "
        "that to the left (0 - 0) / 0.1 = 0: flagged, and left out of the error. At θ = 1 both "
        "are (1.1 - 1) / 0.1 = 1.",
        "flag entry k where its two one-sided slopes differ by far more than h explains; "
        "elsewhere compare their mean with grads",
    ),
    "accepts": Hints(
        "Is there a scalar whose gradients a right linear_backward returns? Which of the three "
        "are derivatives of its mean?",
        "Take dZ = [[3, -1]], A_prev = [[1, 4]], W = [[2]], b = [[0]]. The scalar is 3·2·1 + "
        "(-1)·2·4 = -2. With 3 in the place of W it is 3·3·1 + (-1)·3·4 = -3: its slope is -1, "
        "and -1 / 2 = -0.5 is the right dW, as m is 2.",
        "S = Σ dZ * (W A_prev + b), over all entries; dA_prev is a derivative of S, dW and db are "
        "derivatives of S / m",
    ),
    "make_test": Hints(
        "Which wrong version is right by accident where m is 1, where n and n_prev are equal, "
        "where all inputs are positive?",
        "Take m = 1. A dW without its 1/m is 1 times the right one there, 1/1 = 1: no such case "
        "sees it. With m = 2 it is 2 times the right one. Where n, n_prev and m all differ, a "
        "transposed dW has a shape of its own; where n and n_prev are equal, only its numbers are "
        "wrong.",
        "n, n_prev and m: all different in one case, n and n_prev equal in another; entries of "
        "both signs",
    ),
    "answers_05": Hints(
        "Is the analytic gradient wrong here, or the check? What would a float, another h or "
        "another point change?",
        "Take θ = 3, h = 0.1. As a float 3 + 0.1 = 3.1; in an array of integers 3 stays 3, and "
        "the difference is 0. At a kink of max(0, θ) the centred slope is (0.1 - 0) / (2·0.1) = "
        "0.5, which is no slope of either side.",
        "error of a centred difference: about h² + u / h, for a smooth f of floats",
    ),
}
