"""Unit 04, slips in initialisation, forward pass and cost."""

import numpy as np

from .change import changes_of
from .columns import (
    L_model_forward,
    compute_cost,
    initialize_parameters_deep,
    linear_activation_forward,
)
from .registry import mutants_of

mutant = mutants_of("columns")
FORWARD = "a slip of the forward pass or of the cost's value; the catalogue is of gradients"
INIT = "a slip of the initialisation that the catalogue has not"

change = changes_of("columns", initialize_parameters_deep)

change("W_of_zeros", "zero-init-symmetry", ("rng.standard_normal", "np.zeros"))
change(
    "W_is_inputs_by_outputs",
    "row-vs-column-layout",
    ("(layer_dims[l], layer_dims[l - 1])", "(layer_dims[l - 1], layer_dims[l])"),
)
change(
    "scaled_by_the_wrong_width", None, ("2 / layer_dims[l - 1]", "2 / layer_dims[l]"), reason=INIT
)
change("one_hundredth", None, ("np.sqrt(2 / layer_dims[l - 1])", "0.01"), reason=INIT)
change("uniform_for_normal", None, ("standard_normal", "random"), reason=INIT)
change("random_biases", None, ("np.zeros", "rng.standard_normal"), reason=INIT)
change("flat_biases", None, ("((layer_dims[l], 1))", "(layer_dims[l])"), reason=INIT)

change = changes_of("columns", L_model_forward)

change("X_into_every_layer", None, ('(A, W, b, "relu")', '(X, W, b, "relu")'), reason=FORWARD)
change(
    "last_hidden_layer_sigmoid",
    None,
    ('"relu"', '"relu" if l < L - 1 else "sigmoid"'),
    reason=FORWARD,
)
change("relu_at_the_output", None, ('"sigmoid"', '"relu"'), reason=FORWARD)
change("one_cache_L_times", "alias-last-cache", ("AL, caches", "AL, [cache] * L"))


@mutant("cache-view-aliasing", of="L_model_forward")
def one_buffer_for_all_activations(X, parameters):
    caches = []
    L = len(parameters) // 2
    widest = max(parameters["b" + str(l)].shape[0] for l in range(1, L + 1))
    buffer = np.zeros((widest, X.shape[1]))
    A = X
    for l in range(1, L + 1):
        W, b = parameters["W" + str(l)], parameters["b" + str(l)]
        out, cache = linear_activation_forward(A, W, b, "relu" if l < L else "sigmoid")
        A = buffer[: len(out)]
        A[:] = out
        caches.append(cache)
    return A, caches


change = changes_of("columns", compute_cost)
SUM = "Y * np.log(AL) + (1 - Y) * np.log(1 - AL)"

change("sum_of_the_losses", "sum-loss-vs-mean-loss", ("-(1 / m) * ", "-"))
change("mean_and_one_over_m", "one-over-m-twice", ("np.sum", "np.mean"))
change("m_from_rows_of_Y", "wrong-m", ("shape[1]", "shape[0]"), also=("sum-loss-vs-mean-loss",))
change("one_over_two_m", "loss-derivative-wrong", ("1 / m", "1 / (2 * m)"))
change(
    "dot_over_the_wrong_axis",
    "matmul-not-elementwise",
    (SUM, "np.dot(Y.T, np.log(AL)) + np.dot((1 - Y).T, np.log(1 - AL))"),
)
change("two_over_m", "loss-derivative-wrong", ("1 / m", "2 / m"))
change("cost_of_the_second_term", "one-class-only", ("Y * np.log(AL) + ", ""))
change("cost_with_log2", "log-base", ("np.log(AL)", "np.log2(AL)"), ("np.log(1", "np.log2(1"))
change("cost_without_its_minus", "sign-flip", ("-(1", "(1"))
change("cost_of_the_first_term", "one-class-only", (" + (1 - Y) * np.log(1 - AL)", ""))
change("cost_with_minus_inside", None, ("+ (1 - Y)", "- (1 - Y)"), reason=FORWARD)
change(
    "cost_with_log10",
    "log-base",
    ("np.log(AL)", "np.log10(AL)"),
    ("np.log(1", "np.log10(1"),
)
change(
    "squared_error", None, (f"-(1 / m) * np.sum({SUM})", "np.mean((AL - Y) ** 2)"), reason=FORWARD
)
