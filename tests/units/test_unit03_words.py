"""Unit 03: what is said of a slip is true of the function that it stands in."""

from __future__ import annotations

import pytest

from autograder.engine.evaluate import evaluate
from autograder.engine.exercise import exercise_of
from autograder.engine.student import Student
from tests.helpers.solved import with_cell

#: The function, its code, words that are said, words of other functions that are not.
SAID = {
    "a forward function that writes into x": (
        "relu_forward",
        """
def relu_forward(x):
    x[x < 0] = 0
    return x.copy(), x.copy()
""",
        ("what comes in is only read",),
        ("backward reads", "rate * dw"),
    ),
    "relu keeps x itself": (
        "relu_forward",
        """
def relu_forward(x):
    return np.maximum(x, 0), x
""",
        ("If the caller writes into x",),
        ("rate * dw", "owns nothing"),
    ),
    "the forward with a turned w": (
        "affine_forward",
        """
def affine_forward(x, w, b):
    flat = x.reshape(len(x), -1)
    return np.tensordot(flat, w, axes=(1, 1)) + b, (x.copy(), w.copy())
""",
        ("wᵀ in the place of w",),
        ("A_prev", "examples in columns", "other layout"),
    ),
    "N in dw and db of a layer": (
        "affine_backward",
        """
def affine_backward(dout, cache):
    x, w = cache[0], cache[1]
    N = len(dout)
    flat = x.reshape(N, -1)
    return (dout @ w.T).reshape(x.shape), N * flat.T @ dout, N * dout.sum(axis=0)
""",
        ("a factor N too many", "By which number do you multiply"),
        ("1/N is missing", "Where does your code divide"),
    ),
    "dx of a layer averaged": (
        "affine_backward",
        """
def affine_backward(dout, cache):
    x, w = cache[0], cache[1]
    flat = x.reshape(len(x), -1)
    return (dout @ w.T / len(x)).reshape(x.shape), flat.T @ dout, dout.sum(axis=0)
""",
        ("dx is divided by N",),
        ("the last layer with the layer below",),
    ),
    "db as a row, without keepdims": (
        "affine_backward",
        """
def affine_backward(dout, cache):
    x, w = cache[0], cache[1]
    flat = x.reshape(len(x), -1)
    db = np.ones((1, len(x))) @ dout
    return (dout @ w.T).reshape(x.shape), flat.T @ dout, db
""",
        ("db has an axis too many",),
        ("keepdims",),
    ),
    "a gate that is open everywhere": (
        "relu_backward",
        """
def relu_backward(dout, cache):
    gate = np.maximum(cache, 0) >= 0
    return dout * gate
""",
        ("is 1 everywhere",),
        ("(g′ is missing)",),
    ),
    "the inner sum over the examples": (
        "softmax_backward",
        """
def softmax_backward(dout, probs):
    return probs * (dout - np.einsum("ij,ij->j", probs, dout))
""",
        ("one number for each example", "Σ_k p_ik dout_ik"),
        ("exponentials", "Add up your probabilities", "exp(x_ij)"),
    ),
    "probabilities for slopes": (
        "softmax_backward",
        """
def softmax_backward(dout, probs):
    return np.multiply(dout, probs)
""",
        ("Take dout equal to 1 everywhere",),
        ("sigmoid",),
    ),
    "tanh for its slope": (
        "tanh_backward",
        """
def tanh_backward(dout, cache):
    return dout * TANH
""",
        ("slope of tanh at x = 0",),
        ("slope of the sigmoid at",),
    ),
    "one-hot without p": (
        "softmax_loss",
        """
def softmax_loss(x, y):
    e = np.exp(x - x.max(axis=1, keepdims=True))
    p = e / e.sum(axis=1, keepdims=True)
    loss = -np.mean(np.log(p[np.arange(len(y)), y]))
    return loss, -np.eye(x.shape[1])[y] / len(y)
""",
        ("p is missing from p - y",),
        ("sigmoid", "p * dout"),
    ),
    "the mean of a mean": (
        "softmax_loss",
        """
def softmax_loss(x, y):
    e = np.exp(x - x.max(axis=1, keepdims=True))
    p = e / e.sum(axis=1, keepdims=True)
    loss = -np.mean(np.log(p[np.arange(len(y)), y]))
    return loss, (p - np.eye(x.shape[1])[y]) / len(y) ** 2
""",
        ("on the way from p - y to dx",),
        ("This layer gets dout", "dout carries"),
    ),
    "the loss below zero": (
        "softmax_loss",
        """
def softmax_loss(x, y):
    e = np.exp(x - x.max(axis=1, keepdims=True))
    p = e / e.sum(axis=1, keepdims=True)
    loss = np.mean(np.log(p[np.arange(len(y)), y]))
    return loss, (p - np.eye(x.shape[1])[y]) / len(y)
""",
        ("Which sign has -log p",),
        ("a gradient with the wrong sign", "its derivative is positive"),
    ),
    "an image read in the other order": (
        "affine_forward",
        """
def affine_forward(x, w, b):
    flat = x.T.reshape(-1, len(x)).T
    return flat @ w + b, (x.copy(), w.copy())
""",
        ("right where x has two axes", "the last axis of x runs fastest"),
        (),
    ),
    "each class shifted by its own maximum": (
        "softmax_loss",
        """
def softmax_loss(x, y):
    e = np.exp(x - np.max(x, axis=0))
    p = e / e.sum(axis=1, keepdims=True)
    loss = -np.mean(np.log(p[np.arange(len(y)), y]))
    return loss, (p - np.eye(x.shape[1])[y]) / len(y)
""",
        ("how many numbers does it give for one example",),
        ("do they make 1",),
    ),
    "half the argument": (
        "tanh_forward",
        """
def tanh_forward(x):
    e = np.exp(x)
    return (e - 1) / (e + 1), x.copy()
""",
        ("tanh(x / 2)",),
        ("σ(x) - (1 - σ(x))",),
    ),
    "scores shifted where they stand": (
        "softmax_loss",
        """
def softmax_loss(x, y):
    x -= x.max(axis=1, keepdims=True)
    p = np.exp(x) / np.exp(x).sum(axis=1, keepdims=True)
    loss = -np.mean(np.log(p[np.arange(len(y)), y]))
    return loss, (p - np.eye(x.shape[1])[y]) / len(y)
""",
        ("what comes in is only read",),
        ("dx = p.copy()",),
    ),
    "the step behind the walk": (
        "backprop",
        """
def backprop(model, x, y):
    out, caches = x, []
    for layer in model.layers:
        out, cache = layer.forward(out)
        caches.append(cache)
    loss, dout = softmax_loss(out, y)
    grads = {}
    for k in reversed(range(len(model.layers))):
        dout, found = model.layers[k].backward(dout, caches[k])
        if found:
            grads[k] = found
    for k, found in grads.items():
        model.layers[k].w -= 0.1 * found["w"]
        model.layers[k].b -= 0.1 * found["b"]
    return loss, grads
""",
        ("weights are not what they were",),
        ("went back through other weights", "weights were moved on the way"),
    ),
}


@pytest.mark.parametrize("slip", SAID)
def test_what_is_said_is_true_of_this_function(slip: str) -> None:
    name, code, words, never = SAID[slip]
    names = with_cell("03", code.replace("TANH", "cache"))
    told = str(evaluate(exercise_of(name, names), Student(names), 5))
    assert all(part in told for part in words), told
    assert not any(part in told for part in never), told
