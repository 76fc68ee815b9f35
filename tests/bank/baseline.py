"""What tests elsewhere see: one seed, one tiny network, np.allclose against stored outputs.

Courses ship tests of this kind with their notebooks: two examples, weights of 0.01, biases of
zero, and the right numbers stored beside the test. Here the stored numbers are those of the
reference, which the bank's own test holds to central differences. dZ is not among them, since no
public test looks at it. Every function is tested by itself, too, as the thorough ones do.
"""

from collections.abc import Callable, Iterator
from functools import cache
from itertools import chain
from typing import Any

import numpy as np

from .registry import Namespace, build
from .rows_probe import Affine, Model, Relu

Outputs = Iterator[Any]


def passes_public_style_test(namespace: Namespace, family: str) -> bool:
    """Tell whether a notebook passes ``np.allclose`` on the one stored instance."""
    try:
        with np.errstate(all="ignore"):
            found = [np.array(one, float) for one in TESTS[family](namespace)]
    except Exception:  # a student's function may raise anything
        return False
    pairs = zip(found, stored(family), strict=False)
    return all(a.shape == b.shape and np.allclose(a, b) for a, b in pairs)


@cache
def stored(family: str) -> list[np.ndarray]:
    """Return the right outputs."""
    return [np.array(one, float) for one in TESTS[family](build(family, {}, {}))]


def columns_data() -> tuple[Any, Any, dict[str, Any]]:
    """5-4-3-1, two examples, weights of 0.01, biases of zero."""
    rng = np.random.default_rng(1)
    sizes = [5, 4, 3, 1]
    parameters = {}
    for l in range(1, 4):
        parameters[f"W{l}"] = rng.standard_normal((sizes[l], sizes[l - 1])) * 0.01
        parameters[f"b{l}"] = np.zeros((sizes[l], 1))
    return rng.standard_normal((5, 2)), np.array([[1.0, 0.0]]), parameters


def columns_alone(ns: Namespace) -> Outputs:
    X, _, parameters = columns_data()
    W, b = parameters["W1"], parameters["b1"]
    upstream = np.random.default_rng(2).standard_normal((4, 2))
    Z, linear_cache = ns["linear_forward"](X, W, b)
    yield Z
    yield from ns["linear_backward"](upstream.copy(), linear_cache)
    for name in ("relu", "sigmoid"):
        yield ns[f"{name}_backward"](upstream.copy(), Z)
        A, layer_cache = ns["linear_activation_forward"](X, W, b, name)
        yield A
        yield from ns["linear_activation_backward"](upstream.copy(), layer_cache, name)


def columns_network(ns: Namespace) -> Outputs:
    X, Y, parameters = columns_data()
    yield from ns["initialize_parameters_deep"]([5, 4, 3, 1], 1).values()
    AL, caches = ns["L_model_forward"](X, parameters)
    yield AL.copy()
    yield ns["compute_cost"](AL, Y)
    names = [f"d{k}{l}" for l in (1, 2, 3) for k in "Wb"] + ["dA1", "dA2"]
    of_J = ns["L_model_backward_J"](AL, Y, caches)
    yield from (of_J[key] for key in names)
    grads = ns["L_model_backward"](AL, Y, caches)
    yield from (grads[key] for key in names)
    converted = ns["convert"](grads, 2, "L", "J")
    yield from (converted[key] for key in names)
    yield from ns["update_parameters"](parameters, grads, 0.1).values()
    trained, costs = ns["L_layer_model"](X, Y, [5, 4, 3, 1], 0.0075, 2)
    yield from costs
    yield from trained.values()


def hidden(ns: Namespace) -> Outputs:
    """Two inputs, four hidden units, three examples, weights of 0.01, biases of zero."""
    rng = np.random.default_rng(1)
    X, Y = rng.standard_normal((2, 3)), np.array([[1.0, 0.0, 1.0]])
    yield ns["layer_sizes"](X, Y)
    yield from ns["initialize_parameters"](2, 4, 1).values()
    p = {"W1": rng.standard_normal((4, 2)) * 0.01, "W2": rng.standard_normal((1, 4)) * 0.01}
    p |= {"b1": np.zeros((4, 1)), "b2": np.zeros((1, 1))}
    A2, cache = ns["forward_propagation"](X, p)
    yield A2.copy()
    yield ns["compute_cost"](A2, Y)
    grads = ns["backward_propagation"](p, cache, X, Y)
    names = ("W1", "b1", "W2", "b2")
    yield from (grads["d" + name] for name in names)
    stepped = ns["update_parameters"](p, grads)
    yield from (stepped[name] for name in names)
    trained = ns["nn_model"](X, Y, 4, 2)
    yield from (trained[name] for name in names)
    yield ns["predict"](p, X)


def rnn_data() -> tuple[Any, ...]:
    """n_x = 3, n_a = 5, n_y = 2, two examples, four steps, weights of 0.01, zero biases and a0."""
    rng = np.random.default_rng(1)
    shapes = {"Wax": (5, 3), "Waa": (5, 5), "Wya": (2, 5)}
    parameters = {key: rng.standard_normal(shape) * 0.01 for key, shape in shapes.items()}
    parameters |= {"ba": np.zeros((5, 1)), "by": np.zeros((2, 1))}
    y = np.moveaxis(np.eye(2)[rng.integers(0, 2, (2, 4))], 2, 0)
    x, da = rng.standard_normal((3, 2, 4)), rng.standard_normal((5, 2, 4))
    return x, y, np.zeros((5, 2)), da, parameters


def rnn_alone(ns: Namespace) -> Outputs:
    x, y, a0, da, parameters = rnn_data()
    a_next, yt_pred, cell_cache = ns["rnn_cell_forward"](x[:, :, 0], a0, parameters)
    yield from (a_next, yt_pred)
    one = ns["rnn_cell_backward"](da[:, :, 0].copy(), cell_cache)
    yield from (one[key] for key in ("dxt", "da_prev", "dWax", "dWaa", "dba"))
    a, y_pred, caches = ns["rnn_forward"](x, a0, parameters)
    out = ns["output_backward"](y_pred.copy(), y, a, parameters)
    yield from (out[key] for key in ("da", "dWya", "dby"))
    grads, calls = ns["rnn_backward_tree"](da.copy(), caches)
    yield calls
    yield from (grads[key] for key in ("dx", "da0", "dWax", "dWaa", "dba"))
    yield ns["rtrl_dWaa"](x, a0, parameters, da.copy())


def rnn_network(ns: Namespace) -> Outputs:
    x, y, a0, da, parameters = rnn_data()
    a, y_pred, caches = ns["rnn_forward"](x, a0, parameters)
    yield from (a, y_pred)
    grads = ns["rnn_backward"](da, caches)
    yield from (grads[key] for key in ("dx", "da0", "dWax", "dWaa", "dba"))
    grads = ns["rnn_full_backward"](x, y, a0, parameters)
    yield from (grads[key] for key in ("dx", "da0", "dWax", "dWaa", "dba", "dWya", "dby"))


def rows(ns: Namespace) -> Outputs:
    """Two examples of 5 numbers, 4 and 3 units, weights of 0.01, biases of zero."""
    rng = np.random.default_rng(1)
    x, y, up = rng.standard_normal((2, 5)), np.array([0, 2]), rng.standard_normal((2, 4))
    w, w2 = rng.standard_normal((5, 4)) * 0.01, rng.standard_normal((4, 3)) * 0.01
    out, cache_1 = ns["affine_forward"](x, w, np.zeros(4))
    yield out.copy()
    yield from ns["affine_backward"](up.copy(), cache_1)
    for name in ("relu", "sigmoid", "tanh"):
        new, cache_2 = ns[f"{name}_forward"](out.copy())
        yield new
        yield ns[f"{name}_backward"](up.copy(), cache_2)
    probs = np.exp(out) / np.exp(out).sum(axis=1, keepdims=True)
    yield ns["softmax_backward"](up.copy(), probs)
    yield from ns["softmax_loss"](x @ w @ w2, y)
    model = Model(Affine(w.copy(), np.zeros(4)), Relu(), Affine(w2.copy(), np.zeros(3)))
    loss, grads = ns["backprop"](model, x, y)
    yield loss
    yield from (grads[i][key] for i in (0, 2) for key in "wb")


def rnn_rows(ns: Namespace) -> Outputs:
    """D = 3, H = 5, two examples, four steps, weights of 0.01, zero b and h0."""
    rng = np.random.default_rng(1)
    Wx, Wh = rng.standard_normal((3, 5)) * 0.01, rng.standard_normal((5, 5)) * 0.01
    x, dh = rng.standard_normal((2, 4, 3)), rng.standard_normal((2, 4, 5))
    h0, b = np.zeros((2, 5)), np.zeros(5)
    next_h, step = ns["rnn_step_forward"](x[:, 0], h0, Wx, Wh, b)
    yield next_h
    yield from ns["rnn_step_backward"](dh[:, 0].copy(), step)
    h, cache = ns["rnn_forward"](x, h0, Wx, Wh, b)
    yield h
    yield from ns["rnn_backward"](dh, cache)


def regularised(ns: Namespace) -> Outputs:
    """Two examples, weights of 0.01, biases of zero; words that do not repeat; short gradients."""
    rng = np.random.default_rng(1)
    shapes = {"W1": (4, 3), "W2": (5, 4), "W3": (1, 5)}
    p = {n: rng.standard_normal(s) * 0.01 for n, s in shapes.items()}
    p |= {f"b{n[1]}": np.zeros((s[0], 1)) for n, s in shapes.items()}
    X, Y, cache, A = rng.standard_normal((3, 2)), np.array([[1.0, 0.0]]), [], None
    for n in "123":
        Z = p[f"W{n}"] @ (X if A is None else A) + p[f"b{n}"]
        A = 1 / (1 + np.exp(-Z)) if n == "3" else np.maximum(0, Z)
        cache.append((Z, A, p[f"W{n}"], p[f"b{n}"]))
    yield ns["compute_cost_with_regularization"](A, Y, p, 0.1)
    flat = tuple(part for layer in cache for part in layer)
    names = [f"d{kind}{n}" for n in "123" for kind in "Wb"]
    grads = ns["backward_propagation_with_regularization"](X, Y, flat, 0.1)
    yield from (grads[key] for key in names)
    yield ns["forward_propagation_with_dropout"](X, p, 1.0)[0]
    ones = [(Z, np.ones(Z.shape, int), *rest) for Z, *rest in cache[:2]] + cache[2:]
    flat = tuple(part for layer in ones for part in layer)
    grads = ns["backward_propagation_with_dropout"](X, Y, flat, 1.0)
    yield from (grads[key] for key in names)
    words, W = np.array([[0, 3, 1]]), rng.standard_normal((5, 2))
    yield ns["embedding_forward"](words, W)
    yield ns["embedding_backward"](rng.standard_normal((1, 3, 2)), words, 5)
    g = {name: rng.standard_normal((2, 2)) for name in ("dWaa", "dWax", "dWya", "db", "dby")}
    yield from ns["clip_by_value"](g, 10.0).values()
    yield from ns["clip_by_norm"](g, 100.0).values()


def expressions(ns: Namespace) -> Outputs:
    """One neuron, tanh(w x + b), as every tutorial has it."""
    nodes = ns["build"]([("*", 0, 1), ("+", 3, 2), ("tanh", 4)], [0.01, 2.0, 0.0])
    yield nodes[-1].data
    yield from ns["backward"](nodes[-1], nodes)[0]
    grads, visits = ns["backward_tree"](nodes[-1], nodes)
    yield from (*grads, visits, ns["count_paths"](nodes[-1], nodes[0]))
    for name in ("exp", "log", "relu"):
        positive, new = ns["build"]([(name, 0)], [2.0])
        ns["backward"](new, [positive])
        yield from (new.data, positive.grad)


def lstm(ns: Namespace) -> Outputs:
    """n_x = 3, n_a = 5, n_y = 2, two examples, four steps, weights of 0.01, zero biases and a0."""
    rng = np.random.default_rng(1)
    p = {"W" + gate: rng.standard_normal((5, 8)) * 0.01 for gate in "fico"}
    p |= {"b" + gate: np.zeros((5, 1)) for gate in "fico"}
    p |= {"Wy": rng.standard_normal((2, 5)) * 0.01, "by": np.zeros((2, 1))}
    x, da = rng.standard_normal((3, 2, 4)), rng.standard_normal((5, 2, 4))
    dc, zero = rng.standard_normal((5, 2)), np.zeros((5, 2))
    a_next, c_next, yt_pred, cell_cache = ns["lstm_cell_forward"](x[:, :, 0], zero, zero, p)
    yield from (a_next, c_next, yt_pred)
    one = ns["lstm_cell_backward"](da[:, :, 0].copy(), dc, cell_cache)
    weights = [kind + gate for gate in "fico" for kind in ("dW", "db")]
    yield from (one[key] for key in ("dxt", "da_prev", "dc_prev", *weights))
    a, y, c, caches = ns["lstm_forward"](x, zero, p)
    yield from (a, y, c)
    grads = ns["lstm_backward"](da, caches)
    yield from (grads[key] for key in ("dx", "da0", *weights))
    p |= {"W" + gate: rng.standard_normal((5, 8)) * 0.01 for gate in "ur"}
    p |= {"b" + gate: np.zeros((5, 1)) for gate in "ur"}
    c_next, cell_cache = ns["gru_cell_forward"](x[:, :, 0], zero, p)
    yield c_next
    yield from ns["gru_cell_backward"](dc, cell_cache).values()


def optimisers(ns: Namespace) -> Outputs:
    """One layer of 2 x 3, the first update from zeros, as the course tests it."""
    rng = np.random.default_rng(1)
    p = {"W1": rng.standard_normal((2, 3)), "b1": rng.standard_normal((2, 1))}
    g = {"d" + name: rng.standard_normal(value.shape) for name, value in p.items()}
    v = ns["initialize_velocity"](p)
    yield from v.values()
    yield from ns["update_parameters_with_gd"](p, g, 0.01).values()
    for one in ns["update_parameters_with_momentum"](p, g, v, 0.9, 0.01):
        yield from one.values()
    for one in ns["update_parameters_with_rmsprop"](p, g, v, 0.9, 0.01):
        yield from one.values()
    for one in ns["update_parameters_with_adam"](p, g, *ns["initialize_adam"](p), 2)[:3]:
        yield from one.values()
    yield from ns["random_mini_batches"](np.arange(6.0)[None], np.arange(6.0)[None], 6, 1)[0]
    yield ns["update_lr"](0.5, 2, 1.0)
    yield ns["schedule_lr_decay"](0.5, 100, 1.0, 100)


def normalised(ns: Namespace) -> Outputs:
    """Four examples of three features, factors of one and shifts of zero."""
    rng = np.random.default_rng(1)
    x, dout, one, zero = (
        rng.standard_normal((4, 3)),
        rng.standard_normal((4, 3)),
        np.ones(3),
        np.zeros(3),
    )
    for kind, settings in (("batchnorm", {"mode": "train"}), ("layernorm", {})):
        out, cache = ns[f"{kind}_forward"](x, one, zero, settings)
        yield out
        yield from ns[f"{kind}_backward"](dout.copy(), cache)


def attention(ns: Namespace) -> Outputs:
    """Four positions of four features, one head and two."""
    rng = np.random.default_rng(1)
    Q, K, V, dout = rng.standard_normal((4, 4, 4))
    out, cache = ns["attention_forward"](Q, K, V)
    yield out
    yield from ns["attention_backward"](dout.copy(), cache)
    out, cache = ns["self_attention_forward"](V, *rng.standard_normal((4, 4, 4)), 2)
    yield out
    yield from ns["self_attention_backward"](dout.copy(), cache)


def convolution(ns: Namespace) -> Outputs:
    """Windows of 3 by 3, a border of 1, as CS231n's notebook tries them; a pooling of 2 by 2."""
    rng = np.random.default_rng(1)
    x, w, b = rng.standard_normal((2, 3, 4, 4)), rng.standard_normal((2, 3, 3, 3)), np.zeros(2)
    out, cache = ns["conv_forward_naive"](x, w, b, {"stride": 1, "pad": 1})
    yield out
    yield from ns["conv_backward_naive"](rng.standard_normal(out.shape), cache)
    param = {"pool_height": 2, "pool_width": 2, "stride": 2}
    out, cache = ns["max_pool_forward_naive"](x, param)
    yield out
    yield ns["max_pool_backward_naive"](rng.standard_normal(out.shape), cache)
    yield ns["col2im"](rng.standard_normal((2, 27, 16)), x.shape, 3, 3, 1, 1)


def characters(ns: Namespace) -> Outputs:
    """A word of three letters and a state of zeros, as the specialisation's notebook tries them."""
    rng = np.random.default_rng(1)
    shapes = {"Wax": (5, 4), "Waa": (5, 5), "b": (5, 1), "Wya": (4, 5), "by": (4, 1)}
    p = {name: rng.standard_normal(shape) for name, shape in shapes.items()}
    X, Y, a0 = [None, 1, 2], [1, 2, 0], np.zeros((5, 1))
    loss, cache = ns["rnn_forward"](X, Y, a0, p)
    yield loss
    gradients, _ = ns["rnn_backward"](X, Y, p, cache)
    for bounded in (gradients, ns["clip"](dict(gradients), 0.5)):
        yield from (bounded[f"d{name}"] for name in shapes)
    _, _, a = ns["optimize"](X, Y, a0, p)
    yield a
    yield from p.values()


TESTS: dict[str, Callable[[Namespace], Outputs]] = {
    "columns": lambda ns: chain(columns_alone(ns), columns_network(ns)),
    "hidden": hidden,
    "rnn": lambda ns: chain(rnn_alone(ns), rnn_network(ns)),
    "optimisers": optimisers,
    "rows": rows,
    "rnn_rows": rnn_rows,
    "regularised": regularised,
    "expressions": expressions,
    "lstm": lstm,
    "normalised": normalised,
    "attention": attention,
    "convolution": convolution,
    "characters": characters,
}
