"""Unit 03: the clauses of its text, and what breaks each of them."""

from .breaker import Breaker

AFFINE = """
def affine_forward(x, w, b):
    flat = x.reshape(len(x), -1)
    out = flat @ w + b
    {}

def affine_backward(dout, cache):
    flat, w, shape = {}
    return (dout @ w.T).reshape(shape), flat.T @ dout, dout.sum(axis=0)
"""
POINTWISE = """
class Note:
    last = None

class Slotted:
    __slots__ = ("x",)

def {0}_forward(x):
    out = {1}
    {2}

def {0}_backward(dout, cache):
    x = {3}
    return dout * ({4})
"""
FORMULAS = {
    "relu": ("np.maximum(0, x)", "x > 0"),
    "sigmoid": ("1 / (1 + np.exp(-x))", "np.exp(-x) / (1 + np.exp(-x)) ** 2"),
    "tanh": ("np.tanh(x)", "1 - np.tanh(x) ** 2"),
}
WRAPPED = """
_right = {0}
def {0}(*given):
    found = _right(*given)
    {1}
    return found
"""
LOSS = """
def softmax_loss(x, y):
    N = len(x)
    {}
    dx = p.copy()
    dx[np.arange(N), y] -= 1
    return {}, dx / N
"""
WALK = """
def backprop(model, x, targets):
    caches, grads = [], {{}}
    for layer in model.layers:
        x, cache = layer.forward(x)
        caches.append(cache)
    loss, dout = softmax_loss(x, targets)
    for k in reversed(range(len(caches))):
        dout, found = model.layers[k].backward(dout, caches[k])
        {}
    return {}, grads
"""

OWNS = "it shares no memory with `x` or `w`, which somebody may overwrite before the way back"
OWN_BATCH = "each backward gets what your own forward returned"
NOTHING = "None. A function changes no array that it is given."
KINK = "slope of ReLU at exactly 0 is 0."
MEAN = "No layer divides by $N$: the mean is taken in the loss, once."
SHAPES = "`dx` has the shape of `x`, `dw` of `w`, `db` of `b`."
FLOATS = "go out as floating-point numbers, float64 or float32"
LARGE = "Scores; they may be as large as 1000, or as small as -1000."
LOG = "The mean over the examples of -log p[i, y_i]."
ANY = "array of any shape"
ENTRIES = "layers without parameters have no entry"
INDEX = "From the index of a layer in ``model.layers`` to the dictionary that its backward returned"
LIST = "Any list of layers in ``model.layers``"
BORROWED = (
    ("return out, x", "cache"),
    ("return out, [x]", "cache[0]"),
    ("return out, {'x': x}", "cache['x']"),
    ("return out, x.T", "cache.T"),
    ("note = Note(); note.x = x; return out, note", "cache.x"),
    ("note = Slotted(); note.x = x; return out, note", "cache.x"),
    ("return out, lambda: x", "cache()"),
    ("def back(kept=x): return kept\n    return out, back", "cache()"),
    ("import functools; return out, functools.partial(np.asarray, x)", "cache()"),
    (
        "def walk():\n        while True: yield x\n    it = walk(); next(it); return out, it",
        "next(cache)",
    ),
    ("kept = np.empty(1, object); kept[0] = x; return out, kept", "cache[0]"),
    ("return out, memoryview(x)", "np.asarray(cache)"),
    ("return out, x.__add__", "cache(0.0)"),
    ("import collections; return out, collections.deque([x])", "cache[0]"),
)


def borrowed(name: str, keep: str, take: str) -> Breaker:
    """A pointwise layer whose cache is the argument itself, in some wrapping."""
    forward, slope = FORMULAS[name]
    code = POINTWISE.format(name, forward, keep, take, slope)
    return Breaker(OWNS, (f"{name}_forward",), code)


def changed(clause: str, name: str, change: str) -> Breaker:
    """The right function, and what is done to its answer."""
    return Breaker(clause, (name,), WRAPPED.format(name, change))


BREAKERS = [
    *(borrowed("tanh", *pair) for pair in BORROWED),
    *(borrowed(name, *BORROWED[0]) for name in ("relu", "sigmoid")),
    *(
        Breaker(OWNS, ("affine_forward",), AFFINE.format(keep, take))
        for keep, take in (
            ("return out, (flat, w.copy(), x.shape)", "cache"),
            ("return out, (flat.copy(), w, x.shape)", "cache"),
            ("return out, lambda: (flat, w, x.shape)", "cache()"),
            (
                "note = type('Note', (), {})(); note.kept = (flat.copy(), w.T, x.shape)\n"
                "    return out, note",
                "(cache.kept[0], cache.kept[1].T, cache.kept[2])",
            ),
            ("return out, (flat if x.ndim > 2 else flat.copy(), w.copy(), x.shape)", "cache"),
        )
    ),
    *(
        Breaker(
            OWN_BATCH,
            (f"{name}_backward",),
            POINTWISE.format(
                name, forward, "Note.last = x.copy(); return out, None", "Note.last", slope
            ),
        )
        for name, (forward, slope) in FORMULAS.items()
    ),
    Breaker(
        OWN_BATCH,
        ("affine_backward",),
        "LAST = {}\n"
        + AFFINE.format(
            "LAST['kept'] = (flat.copy(), w.copy(), x.shape); return out, None", "LAST['kept']"
        ),
    ),
    *(
        changed(clause, "affine_forward", change)
        for clause, change in (
            ("Rows are examples, as in CS231n and Data C182.", "found = found[0].T, found[1]"),
            ("plus b", "found = found[0] - given[2], found[1]"),
            ("out : array, shape (N, M)", "found = found[0][:, None], found[1]"),
            (
                "$(N, d_1, \\dots, d_k)$ with $d_1 \\cdots d_k = D$",
                "found = (found[0] if given[0].ndim == 2 else found[0] * 2), found[1]",
            ),
            ("cache : object", "found = found[0]"),
            (NOTHING, "given[0][:] = 0"),
            (NOTHING, "given[2][:] = 0"),
            (FLOATS, "found = found[0].astype(int), found[1]"),
        )
    ),
    *(
        changed(clause, "affine_backward", change)
        for clause, change in (
            (MEAN, "found = tuple(part / len(given[0]) for part in found)"),
            (MEAN, "found = found[0], found[1] / len(given[0]), found[2] / len(given[0])"),
            (MEAN, "found = found[0], found[1], given[0].mean(axis=0)"),
            (SHAPES, "found = found[0].reshape(len(given[0]), -1), found[1], found[2]"),
            (SHAPES, "found = found[0], found[1].T, found[2]"),
            (SHAPES, "found = found[0], found[1], found[2][None, :]"),
            ("the shape that x had", "found = found[0].reshape(-1), *found[1:]"),
            (NOTHING, "given[0][:] = 0"),
            (NOTHING, "given[1][0][:] = 0"),
            ("Derivative of J with respect to out.", "found = found[0] * 2, *found[1:]"),
        )
    ),
    *(
        changed(clause, f"{name}_forward", change)
        for name in FORMULAS
        for clause, change in (
            (ANY, "given[0].shape[1]"),
            (ANY, "found = found if given[0].ndim == 2 else (found[0] * 2, found[1])"),
            ("out : array of the same shape", "found = found[0].ravel(), found[1]"),
            ("cache : object", "found = found[0]"),
            (NOTHING, "given[0][given[0] < 0] = 0"),
            (FLOATS, "found = found[0].tolist(), found[1]"),
        )
    ),
    *(
        changed(clause, f"{name}_backward", change)
        for name in FORMULAS
        for clause, change in (
            ("dx : array of the same shape", "found = found.ravel()"),
            ("dx : array of the same shape", "found = found.sum(axis=0)"),
            (MEAN, "found = found / len(given[0])"),
            (NOTHING, "given[0][:] = 0"),
        )
    ),
    changed(
        "The larger of 0 and x, entry by entry.",
        "relu_forward",
        "found = abs(found[0] - 1), found[1]",
    ),
    changed("`dout` itself is left as it was", "relu_backward", "given[0][~given[1]] = 0"),
    changed(
        "`dout` itself is left as it was", "relu_backward", "given[0][:] = found; found = given[0]"
    ),
    *(
        Breaker(
            KINK,
            ("relu_backward",),
            POINTWISE.format("relu", "np.maximum(0, x)", "return out, x.copy()", "cache", slope),
        )
        for slope in ("x >= 0", "0.5 * (1 + np.sign(x))", "1 - (x < 0)")
    ),
    Breaker(
        "1 / (1 + exp(-x)), entry by entry.",
        ("sigmoid_forward",),
        "def sigmoid_forward(x):\n    out = 1 / (1 + np.exp(-x.mean() + 0 * x)); return out, out",
    ),
    Breaker(
        "The hyperbolic tangent, entry by entry.",
        ("tanh_forward",),
        "def tanh_forward(x):\n    out = np.tanh(x / 2); return out, out",
    ),
    *(
        Breaker(clause, ("softmax_backward",), f"def softmax_backward(dout, probs):\n    {body}")
        for clause, body in (
            ("the softmax of each row", "return probs * (dout - (probs * dout).sum(axis=0))"),
            ("the softmax of each row", "return probs * (dout - (probs * dout).sum())"),
            ("Derivative of J with respect to the scores.", "return probs * (1 - probs) * dout"),
            (
                MEAN,
                "return probs * (dout - (probs * dout).sum(axis=1, keepdims=True)) / len(probs)",
            ),
            (
                "dx : array, shape (N, C)",
                "return (probs * (dout - (probs * dout).sum(1, keepdims=True))).T",
            ),
            (NOTHING, "dout -= (probs * dout).sum(axis=1, keepdims=True); return probs * dout"),
            (
                NOTHING,
                "probs *= dout - (probs * dout).sum(axis=1, keepdims=True); return probs.copy()",
            ),
        )
    ),
    *(
        Breaker(clause, ("softmax_loss",), LOSS.format(f"{shift}; e = np.exp(s); {p}", loss))
        for clause, shift, p, loss in (
            (
                LARGE,
                "s = x",
                "p = e / e.sum(1, keepdims=True)",
                "-np.log(p[np.arange(N), y]).mean()",
            ),
            (
                LARGE,
                "s = x - x.max()",
                "p = e / e.sum(1, keepdims=True)",
                "(np.log(e.sum(1)) - s[np.arange(N), y]).mean()",
            ),
            (
                LARGE,
                "s = x - x[0].max()",
                "p = e / e.sum(1, keepdims=True)",
                "(np.log(e.sum(1)) - s[np.arange(N), y]).mean()",
            ),
            (
                LARGE,
                "s = x - x[-1].max()",
                "p = e / e.sum(1, keepdims=True)",
                "(np.log(e.sum(1)) - s[np.arange(N), y]).mean()",
            ),
            (
                LARGE,
                "s = x - x.max(axis=0)",
                "p = e / e.sum(1, keepdims=True)",
                "(np.log(e.sum(1)) - s[np.arange(N), y]).mean()",
            ),
            (
                LARGE,
                "s = x - x.mean(axis=1, keepdims=True)",
                "p = e / e.sum(1, keepdims=True)",
                "(np.log(e.sum(1)) - s[np.arange(N), y]).mean()",
            ),
            (
                LARGE,
                "s = np.clip(x, -500, 500)",
                "p = e / e.sum(1, keepdims=True)",
                "(np.log(e.sum(1)) - s[np.arange(N), y]).mean()",
            ),
            (
                LARGE,
                "s = x - 1000",
                "p = e / e.sum(1, keepdims=True)",
                "(np.log(e.sum(1)) - s[np.arange(N), y]).mean()",
            ),
            (
                LOG,
                "s = x - x.max(1, keepdims=True)",
                "p = e / e.sum(1, keepdims=True)",
                "-np.log(p[np.arange(N), y]).mean()",
            ),
            (
                LOG,
                "s = x - x.max(1, keepdims=True)",
                "p = e / e.sum(1, keepdims=True)",
                "-np.log(p[np.arange(N), y] + 1e-8).mean()",
            ),
            (
                LOG,
                "s = x - x.max(1, keepdims=True)",
                "p = e / e.sum(1, keepdims=True)",
                "-np.log(np.clip(p[np.arange(N), y], 1e-15, 1)).mean()",
            ),
            (
                LOG,
                "s = x - x.max(1, keepdims=True)",
                "p = e / e.sum(1, keepdims=True)",
                "(np.log(e.sum(1)) - s[np.arange(N), y]).sum()",
            ),
            (
                "loss : float",
                "s = x - x.max(1, keepdims=True)",
                "p = e / e.sum(1, keepdims=True)",
                "(np.log(e.sum(1)) - s[np.arange(N), y]).mean(keepdims=True)",
            ),
            (
                "loss : float",
                "s = x - x.max(1, keepdims=True)",
                "p = e / e.sum(1, keepdims=True)",
                "str((np.log(e.sum(1)) - s[np.arange(N), y]).mean())",
            ),
            (
                NOTHING,
                "x -= x.max(1, keepdims=True); s = x",
                "p = e / e.sum(1, keepdims=True)",
                "(np.log(e.sum(1)) - s[np.arange(N), y]).mean()",
            ),
        )
    ),
    *(
        changed(clause, "softmax_loss", change)
        for clause, change in (
            ("Labels from 0 to C - 1.", "given[1][:] = 0"),
            (
                "Derivative of the loss with respect to the scores.",
                "found = found[0], found[1] * len(given[1])",
            ),
            ("dx : array, shape (N, C)", "found = found[0], found[1].T"),
            ("loss : float", "found = np.array([[found[0]]]), found[1]"),
            ("loss : float", "found = found[::-1]"),
            ("loss : float", "found = complex(found[0]), found[1]"),
        )
    ),
    *(
        Breaker(clause, ("backprop",), WALK.format(keep, loss))
        for clause, keep, loss in (
            (ENTRIES, "grads[k] = found", "loss"),
            (ENTRIES, "grads[k] = found or None", "loss"),
            (INDEX, "if found: grads[str(k)] = found", "loss"),
            (INDEX, "if found: grads[f'layer{k}'] = found", "loss"),
            (INDEX, "if found: grads[k - len(caches)] = found", "loss"),
            (INDEX, "if found: grads[len(caches) - 1 - k] = found", "loss"),
            (INDEX, "if found: grads[len(grads)] = found", "loss"),
            (INDEX, "if found: grads[float(k)] = found", "loss"),
            (INDEX, "if found: grads[k] = found | {'dx': dout}", "loss"),
            (INDEX, "if found: grads[k] = {f'd{n}': g for n, g in found.items()}", "loss"),
            (INDEX, "if found: grads[k] = (found['w'], found['b'])", "loss"),
            (INDEX, "if found: grads[k] = {'w': found['w']}", "loss"),
            (
                "the gradients of all its parameters",
                "grads |= {k: found} if found and k else {}",
                "loss",
            ),
            (
                MEAN,
                "grads |= {k: {n: g / len(x) for n, g in found.items()}} if found else {}",
                "loss",
            ),
            (
                "it moves no weight",
                "grads |= {k: found} if found else {}\n        "
                "if found: model.layers[k].w = model.layers[k].w - 0.1 * found['w']",
                "loss",
            ),
            (
                "it moves no weight",
                "grads |= {k: found} if found else {}\n        "
                "if found: model.layers[k].b -= 0.1 * found['b']",
                "loss",
            ),
            ("loss : float", "grads |= {k: found} if found else {}", "np.array([loss])"),
            (
                "What `softmax_loss` says of the scores.",
                "grads |= {k: found} if found else {}",
                "loss / 2",
            ),
        )
    ),
    *(
        changed(clause, "backprop", change)
        for clause, change in (
            (NOTHING, "given[1][:] = 0"),
            (NOTHING, "given[2][:] = 0"),
            ("loss : float", "found = found[::-1]"),
            ("grads : dict", "found = found[0], list(found[1].values())"),
            ("grads : dict", "found = found[0]"),
        )
    ),
    *(
        Breaker(
            LIST,
            ("backprop",),
            f"""
_right_walk = backprop
def backprop(model, x, targets):
    {guard}
    return _right_walk(model, x, targets)
""",
        )
        for guard in (
            "model.layers[1]",
            "assert all(hasattr(layer, 'w') for layer in model.layers[::2])",
            "assert {getattr(layer, 'kind', 'relu') for layer in model.layers} == {'relu'}",
            "assert len(model.layers) < 5",
        )
    ),
]
