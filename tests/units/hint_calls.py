"""How the solution is called with what a worked case gives, and what comes back, by its names.

`s` are the functions of the solved unit, `g` what stands after *Take*: numbers and arrays by name.
"""

import numpy as np


def named(names, values):
    return dict(zip(names.split(), values, strict=True))


def logit(p):
    return np.log(p / (1 - p))


def model_of(g):
    return {name: g[name] for name in ("W1", "b1", "W2", "b2") if name in g}


def columns_cache(s, g):
    """The cache of the solution's forward pass in 03b, for a hidden layer with these values."""
    return {"A1": g["A1"], "A2": g["A2"]}


def ledger(s, g):
    return s.shape_ledger([int(n) for n in g["sizes"]], int(g["m"]))


def network_04(s, g):
    AL, caches = s.L_model_forward(g["X"], model_of(g))
    return {"AL": AL, **s.L_model_backward(AL, g["Y"], caches)}


def step_07(s, g):
    parameters = {"Wax": g["Wax"], "Waa": g["Waa"]}
    return s.rnn_cell_backward(g["da_next"], (g["a_next"], g["a_prev"], g["xt"], parameters))


def output_07(s, g):
    one_step = [g[name][:, :, None] for name in ("y_pred", "y", "a")]
    found = s.output_backward(*one_step, {"Wya": g["Wya"]})
    return {**found, "da": found["da"][:, :, 0]}


def step_07b(s, g):
    cache = tuple(g[name] for name in ("x", "prev_h", "Wx", "Wh", "next_h"))
    return named("dx dprev_h dWx dWh db", s.rnn_step_backward(g["dnext_h"], cache))


def updated(s, g):
    return s.update_parameters({"W1": g["W1"]}, {"dW1": g["dW1"]}, g["learning_rate"])


def initial_03b(s, g):
    sizes = [int(g[name]) for name in ("n_x", "n_h", "n_y")]
    return {n: w.shape for n, w in s.initialize_parameters(*sizes).items()}


def initial_04(s, g):
    found = s.initialize_parameters_deep([int(n) for n in g["layer_dims"]])
    return {name: array.shape for name, array in found.items()}


def shapes(pair):
    return tuple(int(n) for n in pair)


#: By unit and key; what is not here has its sums recomputed alone.
CALLS = {
    ("00", "shape_ledger"): ledger,
    ("00", "to_rows"): lambda s, g: s.to_rows({"W1": (3, 2), "b1": (3, 1), "Z1": (3, 5)}),
    ("00", "broadcast_shape"): lambda s, g: {"result": s.broadcast_shape((5, 1), (5,))},
    ("00", "bias_gradient"): lambda s, g: {"db": s.bias_gradient(g["dZ"])},
    ("02", "jac_linear"): lambda s, g: {"J": s.jac_linear(g["W"])},
    ("02", "jac_pointwise"): lambda s, g: {"J": s.jac_pointwise(g["z"], "relu")},
    ("02", "vjp_linear"): lambda s, g: named("da dW db", s.vjp_linear(g["dz"], g["W"], g["a"])),
    ("02", "loss_vector_jacobian"): lambda s, g: {"JL": s.loss_vector_jacobian(g["A"], g["Y"])},
    ("02", "contract"): lambda s, g: {"dJ": s.contract(g["JL"], int(g["m"]))},
    ("03", "affine_forward"): lambda s, g: {"out": s.affine_forward(g["x"], g["w"], g["b"])[0]},
    ("03", "affine_backward"): lambda s, g: named(
        "dx dw db",
        s.affine_backward(g["dout"], s.affine_forward(g["x"], g["w"], np.zeros(1))[1]),
    ),
    ("03", "relu_forward"): lambda s, g: {"out": s.relu_forward(g["x"])[0]},
    ("03", "relu_backward beside relu_forward"): lambda s, g: {
        "dx": s.relu_backward(g["dout"], s.relu_forward(g["x"])[1])
    },
    ("03", "sigmoid_forward"): lambda s, g: {"out": s.sigmoid_forward(g["x"])[0]},
    ("03", "sigmoid_backward beside sigmoid_forward"): lambda s, g: {
        "dx": s.sigmoid_backward(g["dout"], s.sigmoid_forward(logit(g["out"]))[1])
    },
    ("03", "tanh_forward"): lambda s, g: {"out": s.tanh_forward(g["x"])[0]},
    ("03", "tanh_backward"): lambda s, g: {
        "dx": s.tanh_backward(g["dout"], s.tanh_forward(np.arctanh(g["out"]))[1])
    },
    ("03", "softmax_backward"): lambda s, g: {"dx": s.softmax_backward(g["dout"], g["probs"])},
    ("03", "softmax_loss"): lambda s, g: named(
        "loss dx", s.softmax_loss(g["x"], g["y"].astype(int))
    ),
    ("03b", "initialize_parameters"): initial_03b,
    ("03b", "forward_propagation"): lambda s, g: {
        "A2": s.forward_propagation(g["X"], model_of(g))[0]
    },
    ("03b", "compute_cost beside forward_propagation"): lambda s, g: {
        "J": s.compute_cost(g["A2"], g["Y"])
    },
    ("03b", "backward_propagation"): lambda s, g: s.backward_propagation(
        g, columns_cache(s, g), g["X"], g["Y"]
    ),
    ("03b", "backward_signals"): lambda s, g: s.backward_signals(
        g, columns_cache(s, g), None, g["Y"], "L"
    ),
    ("03b", "update_parameters beside forward_propagation"): updated,
    ("04", "initialize_parameters_deep"): initial_04,
    ("04", "linear_forward"): lambda s, g: {"Z": s.linear_forward(g["A"], g["W"], g["b"])[0]},
    ("04", "linear_activation_forward"): lambda s, g: {
        "A": s.linear_activation_forward(g["A_prev"], g["W"], g["b"], "relu")[0]
    },
    ("04", "L_model_forward"): lambda s, g: {"AL": s.L_model_forward(g["X"], model_of(g))[0]},
    ("04", "compute_cost"): lambda s, g: {"J": s.compute_cost(g["AL"], g["Y"])},
    ("04", "linear_backward"): lambda s, g: named(
        "dA_prev dW db", s.linear_backward(g["dZ"], (g["A_prev"], g["W"], g["b"]))
    ),
    ("04", "relu_backward"): lambda s, g: {"dZ": s.relu_backward(g["dA"], g["Z"])},
    ("04", "sigmoid_backward"): lambda s, g: {"dZ": s.sigmoid_backward(g["dA"], g["Z"])},
    ("04", "linear_activation_backward"): lambda s, g: named(
        "dA_prev dW db",
        s.linear_activation_backward(
            g["dA"],
            s.linear_activation_forward(g["A_prev"], g["W"], g["b"], "relu")[1],
            "relu",
        ),
    ),
    ("04", "L_model_backward"): network_04,
    ("04", "update_parameters"): updated,
    ("05", "relative_error"): lambda s, g: {"error": s.relative_error(g["a"], g["b"])},
    ("06a", "embedding_forward"): lambda s, g: {
        "out": s.embedding_forward(g["words"].astype(int), g["W"])
    },
    ("07", "rnn_cell_forward"): lambda s, g: named(
        "a_next yt_pred", s.rnn_cell_forward(g["xt"], g["a_prev"], g)[:2]
    ),
    ("07", "output_backward"): output_07,
    ("07", "rnn_cell_backward"): step_07,
    ("07b", "rnn_step_forward"): lambda s, g: {
        "next_h": s.rnn_step_forward(*(g[n] for n in ("x", "prev_h", "Wx", "Wh", "b")))[0]
    },
    ("07b", "rnn_step_backward"): step_07b,
    ("11", "batchnorm_forward"): lambda s, g: {
        "out": s.batchnorm_forward(
            g["x"], g["gamma"], g["beta"], {"mode": "train", "eps": float(g["eps"])}
        )[0]
    },
    ("11", "layernorm_forward"): lambda s, g: {
        "out": s.layernorm_forward(g["x"], g["gamma"], g["beta"], {"eps": float(g["eps"])})[0]
    },
    ("11", "layernorm_backward"): lambda s, g: dict(
        zip(
            ("dx", "dgamma", "dbeta"),
            s.layernorm_backward(
                g["dout"],
                s.layernorm_forward(g["x"], g["gamma"], 0 * g["gamma"], {"eps": float(g["eps"])})[
                    1
                ],
            ),
            strict=True,
        )
    ),
    ("08", "step_jacobian"): lambda s, g: {"jacobian": s.step_jacobian(g["a_next"], g["Waa"])},
}
