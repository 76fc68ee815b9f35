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
}
