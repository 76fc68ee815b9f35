"""Unit 08: right solutions and slips, made from the assignment's own solution."""

from pathlib import Path

import jupytext
import numpy as np

TEXT = Path(__file__).parents[2] / "authoring" / "assignments" / "08_long_time.py"
NAMES = ("step_jacobian", "state_gradients", "grad_norms", "truncated_bptt", "chunked_train_step")


def cells():
    """The solved answer cells, and the given forward pass and loss."""
    found = {}
    for cell in jupytext.read(TEXT).cells:
        if "solution" in cell.metadata:
            found[cell.metadata["solution"]] = cell.source
        elif cell.cell_type == "code" and cell.source.startswith(("def states", "def loss")):
            found[cell.source[4:8]] = cell.source
    return found


CELLS = cells()


def notebook(**replaced):
    names = {"np": np, "__name__": "student"}
    for name, text in CELLS.items():
        exec(replaced.get(name, text), names)
    return names


def slip(name, *pairs):
    text = CELLS[name]
    for old, new in pairs:
        assert text.count(old) == 1, (name, old)
        text = text.replace(old, new)
    return name, {name: text}


STEP = 'parameters["Waa"].T @ ((1 - a[:, :, t] ** 2) * g[:, :, t])'
DZ = "dz = (1 - a[:, :, t] ** 2) * (da[:, :, t - 1] + back)"
BACK = 'back = parameters["Waa"].T @ dz'
CUT = "back = back * (t % k != 0)"
RATE = "rate = learning_rate * min(1.0, max_norm / length)"
ENTRIES, NORM = "np.clip(back, -{0}, {0})", "back * min(1.0, {0} / np.linalg.norm(back))"
CARRY, CLIP, TANH = "hidden-state-carry", "clip-wrong-place", "missing-activation-derivative"
FORK = "bptt-missing-da-prevt"
MOVED, LACKS, OVERLAP = "chunk-borders-moved", "chunk-incomplete", "chunks-overlap"
VALUE, LENGTH = "clip-value-vs-norm", "clip-other-norm"
SQUARES = 'length = np.sqrt(sum((grads[f"d{n}"] ** 2).sum() for n in names))'
STEPS = "range(x.shape[2], 0, -1)"
WINDOWS = """def truncated_bptt(x, y, a0, parameters, k):
    a, T = states(x, a0, parameters), x.shape[2]
    da = loss(a, y)[1]
    grads = {f"d{name}": np.zeros_like(p) for name, p in parameters.items()}
    grads["da0"] = np.zeros_like(a0)
    for last in range(T):
        back = da[:, :, last]
        for t in range(last, max(last - k, -1), -1):
            dz = (1 - a[:, :, t + 1] ** 2) * back
            grads["dWax"] += dz @ x[:, :, t].T
            grads["dWaa"] += dz @ a[:, :, t].T
            grads["dba"] += dz.sum(axis=1, keepdims=True)
            back = parameters["Waa"].T @ dz
            if t == 0:
                grads["da0"] += back
    return grads
"""
CHUNKS = """def truncated_bptt(x, y, a0, parameters, k):
    a, T = states(x, a0, parameters), x.shape[2]
    da = loss(a, y)[1]
    grads = {f"d{name}": np.zeros_like(p) for name, p in parameters.items()}
    da0 = back = np.zeros_like(a0)
    for start in reversed(range(0, T, k)):
        back = np.zeros_like(a0)
        for t in range(min(start + k, T), start, -1):
            dz = (1 - a[:, :, t] ** 2) * (da[:, :, t - 1] + back)
            grads["dWax"] += dz @ x[:, :, t - 1].T
            grads["dWaa"] += dz @ a[:, :, t - 1].T
            grads["dba"] += dz.sum(axis=1, keepdims=True)
            back = parameters["Waa"].T @ dz
    return {**grads, "da0": back}
"""


def of_chunks(*pairs):
    """truncated_bptt as a loop over chunks, changed."""
    text = CHUNKS
    for old, new in pairs:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return "truncated_bptt", {"truncated_bptt": text}


def train(*pairs):
    return slip("chunked_train_step", *pairs)


def clipped_in_the_loop(clip, after="learning_rate"):
    """truncated_bptt clips by a global bound, which chunked_train_step sets to max_norm."""
    _, first = slip("truncated_bptt", (BACK, f"{BACK}; back = {clip}"))
    _, second = slip(
        "chunked_train_step",
        (RATE, f"rate = {after} * 1.0"),
        ("names, state = ", "global BOUND; BOUND = max_norm; names, state = "),
    )
    return "chunked_train_step", first | second


MUTANTS = {
    "waa not transposed": (
        *slip("state_gradients", (STEP, STEP.replace(".T", ""))),
        "waa-no-transpose",
    ),
    "no tanh'": (*slip("state_gradients", (STEP, 'parameters["Waa"].T @ g[:, :, t]')), TANH),
    "no carry": (*slip("state_gradients", (STEP, "0")), FORK),
    "tanh' of the state before": (
        *slip("state_gradients", ("(1 - a[:, :, t] ** 2)", "(1 - a[:, :, t - 1] ** 2)")),
        "tanh-prime-of-a-prev",
    ),
    "tanh' after Waa": (
        *slip(
            "state_gradients",
            (STEP, '(1 - a[:, :, t] ** 2) * (parameters["Waa"].T @ g[:, :, t])'),
        ),
        "row-vs-column-layout",
    ),
    "da by the clock of a": (
        *slip(
            "state_gradients",
            ("= da\n", "= np.append(da[:, :, 1:], da[:, :, -1:], 2)\n"),
            (STEP, f"{STEP} + (t == 1) * da[:, :, 0]"),
        ),
        "upstream-means-earlier-layer",
    ),
    "norm of da": (
        *slip(
            "grad_norms",
            (
                "np.linalg.norm(state_gradients(da, a, parameters), axis=(0, 1))",
                "np.append(0.0, np.linalg.norm(da, axis=(0, 1)))",
            ),
        ),
        FORK,
    ),
    "jacobian transposed": (
        *slip("step_jacobian", ("[:, None] * Waa", "* Waa.T")),
        "denominator-vs-numerator-layout",
    ),
    "jacobian is Waa": (
        *slip("step_jacobian", ("(1 - a_next**2)[:, None] * Waa", "1 * Waa")),
        TANH,
    ),
    "jacobian with Waa transposed": (
        *slip("step_jacobian", ("* Waa", "* Waa.T")),
        "waa-no-transpose",
    ),
    "tanh' on columns": (
        *slip("step_jacobian", ("[:, None] * Waa", " * Waa")),
        "row-vs-column-layout",
    ),
    "not cut": (*slip("truncated_bptt", (CUT, "pass")), CARRY),
    "a window of k steps": (
        "truncated_bptt",
        {"truncated_bptt": WINDOWS},
        CARRY,
    ),
    "cut everywhere": (*slip("truncated_bptt", (CUT, "back = 0 * back")), FORK),
    "state restarts": (
        *slip(
            "truncated_bptt",
            (
                "    a = states(x, a0, parameters)\n",
                "    parts = [states(x[:, :, t:t + k], a0, parameters)[:, :, 1:]\n"
                "             for t in range(0, x.shape[2], k)]\n"
                "    a = np.concatenate([a0[:, :, None], *parts], axis=2)\n",
            ),
            ("dz @ a[:, :, t - 1].T", "dz @ (a0 if (t - 1) % k == 0 else a[:, :, t - 1]).T"),
        ),
        CARRY,
    ),
    "state is zero in later chunks": (
        *slip(
            "truncated_bptt",
            (
                "    a = states(x, a0, parameters)\n",
                "    parts = [states(x[:, :, t:t + k], a0 * (t == 0), parameters)[:, :, 1:]\n"
                "             for t in range(0, x.shape[2], k)]\n"
                "    a = np.concatenate([a0[:, :, None], *parts], axis=2)\n",
            ),
            (
                "dz @ a[:, :, t - 1].T",
                "dz @ (a[:, :, t - 1] * (t == 1 or (t - 1) % k != 0)).T",
            ),
        ),
        CARRY,
    ),
    "truncated, no tanh'": (
        *slip("truncated_bptt", (DZ, "dz = da[:, :, t - 1] + back")),
        TANH,
    ),
    "overwritten": (
        *slip("truncated_bptt", ('grads["dWaa"] +=', 'grads["dWaa"] =')),
        "bptt-overwrite-not-accumulate",
    ),
    "truncated, Waa not transposed": (
        *slip("truncated_bptt", (BACK, 'back = parameters["Waa"] @ dz')),
        "waa-no-transpose",
    ),
    "truncated, da_prev skips tanh'": (
        *slip("truncated_bptt", (BACK, 'back = parameters["Waa"].T @ (da[:, :, t - 1] + back)')),
        TANH,
    ),
    **{
        f"clip {what} at {bound}": (
            *slip("truncated_bptt", (BACK, f"{BACK}; back = {clip.format(bound)}")),
            CLIP,
        )
        for what, clip in (("entries", ENTRIES), ("the norm", NORM))
        for bound in (0.1, 0.5, 1.0, 5.0)
    },
    "never clipped": (*slip("chunked_train_step", (RATE, "rate = learning_rate")), CLIP),
    "norm clipped in the loop": (
        *clipped_in_the_loop(NORM.format("BOUND")),
        CLIP,
    ),
    "entries clipped in the loop": (*clipped_in_the_loop(ENTRIES.format("BOUND")), CLIP),
    "norm clipped in the loop and after it": (
        *clipped_in_the_loop(
            NORM.format("BOUND"), after="learning_rate * min(1.0, max_norm / length)"
        ),
        CLIP,
    ),
    "each entry of the gradient clipped": (
        *slip(
            "chunked_train_step",
            (RATE, "rate = learning_rate"),
            ('rate * grads[f"d{n}"]', 'rate * np.clip(grads[f"d{n}"], -max_norm, max_norm)'),
        ),
        "clip-value-vs-norm",
    ),
    "each array clipped by its own norm": (
        *slip(
            "chunked_train_step",
            (RATE, "rate = learning_rate"),
            (
                'rate * grads[f"d{n}"]',
                'rate * min(1, max_norm / np.linalg.norm(grads[f"d{n}"])) * grads[f"d{n}"]',
            ),
        ),
        "clip-value-vs-norm",
    ),
    "gradients pile up": (
        *slip(
            "chunked_train_step",
            ("names, state = ", "kept = {}; names, state = "),
            (
                "        length = ",
                "        grads = kept = {n: g + kept.get(n, 0) for n, g in grads.items()}\n"
                "        length = ",
            ),
        ),
        "grads-not-reset",
    ),
    "later chunks from zeros": (
        *slip(
            "chunked_train_step",
            (
                "state = states(x[:, :, part], state, parameters)[:, :, -1]",
                "last = states(x[:, :, part], state, parameters)[:, :, -1]; state = 0 * last",
            ),
            ("return parameters, state", "return parameters, last"),
        ),
        CARRY,
    ),
    "a0 in every chunk": (
        *slip(
            "chunked_train_step",
            (
                "state = states(x[:, :, part], state, parameters)[:, :, -1]",
                "last = states(x[:, :, part], state, parameters)[:, :, -1]",
            ),
            ("return parameters, state", "return parameters, last"),
        ),
        CARRY,
    ),
    "uphill": (*slip("chunked_train_step", ("- rate *", "+ rate *")), "sign-flip"),
    "one update": (
        *slip(
            "chunked_train_step",
            ("range(0, x.shape[2], k)", "[0]"),
            ("start + k", "None"),
            ("state, parameters, k)", "state, parameters, 10**6)"),
        ),
        CARRY,
    ),
    "carry piles up": (
        *slip("truncated_bptt", (BACK, f"back = back + {BACK[7:]}")),
        "bptt-carry-accumulated",
    ),
    "carry piles up in the states": (
        *slip(
            "state_gradients",
            ("g[:, :, 1:] = da", "g[:, :, 1:] = da; carry = 0 * a[:, :, 0]"),
            (f"g[:, :, t - 1] += {STEP}", f"carry = carry + {STEP}; g[:, :, t - 1] += carry"),
        ),
        "bptt-carry-accumulated",
    ),
    "first step left out": (
        *slip("truncated_bptt", (STEPS, "range(x.shape[2], 1, -1)")),
        "bptt-steps-left-out",
    ),
    "last step left out": (
        *slip("truncated_bptt", (STEPS, "range(x.shape[2] - 1, 0, -1)")),
        "bptt-steps-left-out",
    ),
    "da of the step before": (
        *slip("truncated_bptt", (DZ, DZ.replace("t - 1", "t - 2"))),
        "upstream-means-earlier-layer",
    ),
    "da of the step after": (
        *slip("truncated_bptt", (DZ, DZ.replace("da[:, :, t - 1]", "da[:, :, t % da.shape[2]]"))),
        "upstream-means-earlier-layer",
    ),
    "border cut on the way out": (
        *slip("truncated_bptt", (CUT, "pass"), (BACK, f"{BACK} * (t % k != 0)")),
        MOVED,
    ),
    "da skips tanh'": (
        *slip("truncated_bptt", (DZ, "dz = da[:, :, t - 1] + (1 - a[:, :, t] ** 2) * back")),
        TANH,
    ),
    "carry skips tanh'": (
        *slip("truncated_bptt", (DZ, "dz = (1 - a[:, :, t] ** 2) * da[:, :, t - 1] + back")),
        TANH,
    ),
    "states handed on too early": (
        *slip("state_gradients", ("range(da.shape[2], 0, -1)", "range(1, da.shape[2] + 1)")),
        "bptt-one-step-back",
    ),
    "borders from the end, one early": (
        *slip("truncated_bptt", (CUT, CUT.replace("t %", "(x.shape[2] - 1 - t) %"))),
        MOVED,
    ),
    "no rate": (*train((RATE, "rate = min(1.0, max_norm / length)")), "rate-left-out"),
    "max for min": (*train((RATE, RATE.replace("min", "max"))), LENGTH),
    "only the last update": (
        *train(("        parameters = {", "        new = {"), ("return parameters", "return new")),
        CARRY,
    ),
    "border too early": (*slip("truncated_bptt", (CUT, CUT.replace("t %", "(t + 1) %"))), MOVED),
    "border too late": (*slip("truncated_bptt", (CUT, CUT.replace("t %", "(t - 1) %"))), MOVED),
    "borders from the end": (
        *slip("truncated_bptt", (CUT, CUT.replace("t %", "(x.shape[2] - t) %"))),
        MOVED,
    ),
    "one border": (*slip("truncated_bptt", (CUT, "back = back * (t != k)")), MOVED),
    "short chunk dropped": (
        *of_chunks(("range(0, T, k)", "range(0, T - k + 1, k)")),
        LACKS,
    ),
    "first step of each chunk dropped": (*of_chunks(("start, -1)", "start + 1, -1)")), LACKS),
    "last step of each chunk dropped": (
        *of_chunks(("min(start + k, T), start", "min(start + k, T) - 1, start")),
        LACKS,
    ),
    "chunk takes the step before": (
        *of_chunks(("start, -1)", "max(start - 1, 0), -1)")),
        OVERLAP,
    ),
    "chunk takes the step after": (
        *of_chunks(("min(start + k, T)", "min(start + k + 1, T)")),
        OVERLAP,
    ),
    "da0 of the last chunk": (
        *of_chunks(("reversed(range(0, T, k))", "range(0, T, k)")),
        "da0-not-returned",
    ),
    "each entry clipped": (
        *train(
            (RATE, "rate = learning_rate; B = max_norm"),
            ('* grads[f"d{n}"]', '* np.clip(grads[f"d{n}"], -B, B)'),
        ),
        VALUE,
    ),
    "each array clipped": (
        *train(
            (RATE, "rate = learning_rate; B = max_norm"),
            ('* grads[f"d{n}"]', '* min(1, B / np.linalg.norm(grads[f"d{n}"])) * grads[f"d{n}"]'),
        ),
        VALUE,
    ),
    "no min": (*train(("min(1.0, max_norm / length)", "max_norm / length")), LENGTH),
    "no root": (*train((SQUARES, SQUARES.replace("np.sqrt", ""))), LENGTH),
    "norm with da0": (*train((SQUARES, SQUARES.replace("names", '(*names, "a0")'))), LENGTH),
    "norms added": (
        *train((SQUARES, 'length = sum(np.linalg.norm(grads[f"d{n}"]) for n in names)')),
        LENGTH,
    ),
    "short chunk not trained": (
        *train(("range(0, x.shape[2], k)", "range(0, x.shape[2] - k + 1, k)")),
        LACKS,
    ),
    "chunks one step short": (*train(("start + k)", "start + k - 1)")), LACKS),
    "chunks one step long": (*train(("start + k)", "start + k + 1)")), OVERLAP),
    "chunks begin one early": (
        *train(("slice(start, ", "slice(max(start - 1, 0), ")),
        OVERLAP,
    ),
    "state of the new parameters": (
        *train(
            ("        state = states(x[:, :, part], state, parameters)[:, :, -1]\n", ""),
            (
                "for n in names}\n",
                "for n in names}\n"
                "        state = states(x[:, :, part], state, parameters)[:, :, -1]\n",
            ),
        ),
        CARRY,
    ),
    "carry piles up, but for da0": (
        *slip(
            "truncated_bptt",
            (BACK, 'one = parameters["Waa"].T @ dz; back = back + one'),
            ('"da0": back', '"da0": one'),
        ),
        "bptt-carry-accumulated",
    ),
    "da and carry pile up": (
        *slip(
            "truncated_bptt",
            (DZ, "back = back + da[:, :, t - 1]; dz = (1 - a[:, :, t] ** 2) * back"),
            (BACK, f"back = back + {BACK[7:]}"),
        ),
        "bptt-carry-accumulated",
    ),
    "borders from the end, one late": (
        *slip("truncated_bptt", (CUT, CUT.replace("t %", "(x.shape[2] + 1 - t) %"))),
        MOVED,
    ),
    "the last border alone": (
        *slip("truncated_bptt", (CUT, CUT.replace("!= 0)", "!= 0 or t + k <= x.shape[2])"))),
        MOVED,
    ),
    "da of the step before, none at the first": (
        *slip("truncated_bptt", (DZ, DZ.replace("da[:, :, t - 1]", "da[:, :, t - 2] * (t > 1)"))),
        "upstream-means-earlier-layer",
    ),
    "da of the step after, none at the last": (
        *slip(
            "truncated_bptt",
            (DZ, DZ.replace("da[:, :, t - 1]", "(da[:, :, t] if t < x.shape[2] else 0)")),
        ),
        "upstream-means-earlier-layer",
    ),
    "first step of each chunk not trained": (
        *train(("slice(start, ", "slice(start + 1, ")),
        LACKS,
    ),
    **{
        f"the norm is {told}": (*train((SQUARES, f"length = {length}")), LENGTH)
        for told, length in (
            ("the largest of an array", 'max(np.linalg.norm(grads[f"d{n}"]) for n in names)'),
            ("the largest entry", 'max(np.abs(grads[f"d{n}"]).max() for n in names)'),
            ("that of dWaa", 'np.linalg.norm(grads["dWaa"])'),
            ("that of dWax", 'np.linalg.norm(grads["dWax"])'),
            ("that of dba", 'np.linalg.norm(grads["dba"])'),
        )
    },
    "one update with the sum": (
        *train(
            ("names, state = ", "total = {}; names, state = "),
            (
                SQUARES,
                'total = {n: total.get(n, 0) + grads[f"d{n}"] for n in names}\n'
                "        if start + k < x.shape[2]:\n            continue\n"
                '        grads = {f"d{n}": total[n] for n in names}\n'
                f"        {SQUARES}",
            ),
        ),
        CARRY,
    ),
}
