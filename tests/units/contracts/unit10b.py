"""Unit 10b: the clauses of its text, and code that breaks each of them."""

from __future__ import annotations

from .breaker import Breaker
from .wrapped import after, around, last_call

MUTATION = "No function changes what comes in, with one exception:"
STEP, FORWARD, BACKWARD = "rnn_step_forward", "rnn_forward", "rnn_backward"
CASES = {
    STEP: [
        (MUTATION, "args[0]['b'] += 1"),
        ("a_next : array, shape (n_a, 1)", "out = out[0][:, 0], out[1]"),
        ("Probabilities of the next letter; they add up to 1.", "out = out[0], 2 * out[1]"),
        ("p_t : array, shape (V, 1)", "out = out[0], out[1].T"),
    ],
    FORWARD: [
        (MUTATION, "args[2][...] = 0"),
        ("the *sum* over its letters of", "out = out[0] / len(args[0]), out[1]"),
        ("loss : float L.", "out = np.array([out[0]]), out[1]"),
    ],
    BACKWARD: [
        (MUTATION, "args[2]['Waa'] *= 2"),
        ("each in the shape of its parameter.", "out[0]['db'] = out[0]['db'][:, 0]"),
        ("each in the shape of its parameter.", "del out[0]['dby']"),
        (
            "There is no $1/T$ in it.",
            "out = {k: g / len(args[0]) for k, g in out[0].items()}, out[1]",
        ),
        ("``a[t]`` is the one after step t,", "out = out[0], [0 * out[1][0], *out[1]]"),
        ("counted from 0,", "out = out[0], dict(enumerate(out[1], 1))"),
        ("so ``a[T - 1]`` is the last.", "out = out[0], out[1][-1]"),
    ],
    "clip": [
        (MUTATION, "for k in args[0]: args[0][k][...] = out[k]"),
        ("The same keys, new arrays.", "out['a'] = out.pop('dby')"),
        (
            "Each entry is brought into the range from `-maxValue` to `maxValue`,",
            "out = {k: np.minimum(g, args[1]) for k, g in args[0].items()}",
        ),
    ],
    "sample": [
        (MUTATION, "args[0]['by'] += 1"),
        ("The letters that were drawn, the newline at the end.", "out = out[:-1]"),
        ("indices : list of int", "out = ''.join(map(str, out))"),
        (
            "Decides the word: the same for the same seed.",
            "out = solved_sample(*args[:2], np.random.default_rng().integers(10**6))",
        ),
        (
            "After fifty letters without one, a newline is put at the end.",
            "out = out if len(out) < 51 else out[:50]",
        ),
        (
            "letter $k$ with the probability $p_k$;",
            "flat = {k: v.copy() for k, v in args[0].items()}; flat['Wya'] /= 2; flat['by'] /= 2",
            "out = solved_sample(flat, *args[1:])",
        ),
    ],
    "optimize": [
        ("L before the step.", "out = solved_rnn(*args[:4]), *out[1:]"),
        (
            "gradients : dict Clipped.",
            "g = {k: 2 * v for k, v in out[1].items()}",
            "out = out[0], g, out[2]",
        ),
        ("The state after the last letter.", "out = *out[:2], args[2]"),
        ("Holds the new parameters afterwards.", "args[3]['by'] = args[3]['by'] + 0.1"),
        (MUTATION, "args[2][...] = 0"),
    ],
}
HELPERS = """
def solved_rnn(X, Y, a_prev, parameters):
    return rnn_forward(X, Y, a_prev, parameters)[0]
"""
BREAKERS = [
    *(
        Breaker(clause, (name,), HELPERS + after(name, *"\n".join(lines).splitlines()))
        for name, cases in CASES.items()
        for clause, *lines in cases
    ),
    Breaker("As returned by your `rnn_forward`.", (BACKWARD,), last_call(FORWARD, BACKWARD, 3)),
    Breaker(
        "optimize(X, Y, a_prev, parameters, learning_rate=0.01)",
        ("optimize",),
        around("optimize", "out = solved_optimize(*args[:4], *(args[4:] or (0.02,)))"),
    ),
]
#: What keeps the contract in another form: nothing may be lost.
HARMLESS = [
    """
def sample(parameters, char_to_ix, seed):
    np.random.seed(seed)
    a, x, word = np.zeros_like(parameters["b"]), np.zeros_like(parameters["by"]), []
    while len(word) < 50 and char_to_ix["\\n"] not in word:
        a, p = rnn_step_forward(parameters, a, x)
        word.append(np.random.choice(len(p), p=p.ravel()))
        x = 1.0 * (np.arange(len(p)) == word[-1])[:, None]
    return word if char_to_ix["\\n"] in word else word + [char_to_ix["\\n"]]
""",
    """
def optimize(X, Y, a_prev, parameters, learning_rate=0.01):
    loss, cache = rnn_forward(X, Y, a_prev, parameters)
    gradients, a = rnn_backward(X, Y, parameters, cache)
    gradients = {**clip(gradients, 5.0), "da_next": a_prev}
    for name, value in parameters.items():
        value -= learning_rate * gradients["d" + name]
    return loss, gradients, a[len(X) - 1]
""",
]
