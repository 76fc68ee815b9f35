"""Unit 05: the clauses of its text, and code that breaks each of them."""

from __future__ import annotations

from .breaker import Breaker
from .wrapped import after, around

SAME_BITS = "`theta` holds the same bits before and after,"
ARGUMENTS = "and so does every other array and dictionary that comes in."
FLOAT64 = "derivatives are float64 arrays of its shape."
AXES = "The array has one axis or more, of floats or of integers;"
NUDGE = "theta[(0,) * theta.ndim] = np.nextafter(theta[(0,) * theta.ndim], np.inf)"
#: The check of the solution with other rules for kinks, worst entries and errors.
CHECK = """
def grad_check(f, parameters, grads, h=1e-5):
    if {random}:
        raise ValueError("two calls of f give two numbers")
    errors, places, kinks = {{}}, {{}}, []
    for n, g in grads.items():
        right, left = (
            one_sided(lambda x, n=n: f({{**parameters, n: x}}), parameters[n], s) for s in (h, -h)
        )
        larger = np.maximum(np.abs(right), np.abs(left))
        kinked = np.abs(right - left) > {bound}
        numeric = np.where({left_out}, g, (right + left) / 2)
        errors[n] = {error}
        places[n] = np.unravel_index(({gap}).argmax(), g.shape)
        kinks += [(n, tuple(place)) for place in np.argwhere(kinked)]
    worst = {worst}
    return {result}
"""
RULES = {
    "random": "f(parameters) != f(parameters)",
    "bound": "1e-3 * np.maximum(1, larger)",
    "left_out": "kinked",
    "error": "relative_error(numeric, g)",
    "gap": "np.abs(numeric - g)",
    "worst": "max(errors, key=errors.get)",
    "result": "errors, (worst, places[worst]), kinks",
}


def checks_with(**rules: str) -> str:
    """A grad_check that keeps all rules but these."""
    return CHECK.format(**(RULES | rules))


BREAKERS = [
    Breaker(clause, (function,), code)
    for function, clause, code in (
        ("one_sided", SAME_BITS, after("one_sided", NUDGE, signature="f, theta, h")),
        (
            "numerical_gradient",
            SAME_BITS,
            after("numerical_gradient", NUDGE, signature="f, theta, h"),
        ),
        (
            "numerical_gradient",
            SAME_BITS,
            """
def numerical_gradient(f, theta, h=1e-5):
    if theta.dtype != np.float64:
        theta = theta.astype(float)
    slopes = np.zeros_like(theta)
    for k in np.ndindex(theta.shape):
        theta[k] += h
        plus = f(theta)
        theta[k] -= 2 * h
        slopes[k] = (plus - f(theta)) / (2 * h)
        theta[k] += h
    return slopes
""",
        ),
        ("complex_step", SAME_BITS, after("complex_step", NUDGE, signature="f, theta, h")),
        ("relative_error", ARGUMENTS, after("relative_error", "args[1][:] = 0")),
        ("u_curve", ARGUMENTS, after("u_curve", "args[2][:] = 0")),
        ("accepts", ARGUMENTS, after("accepts", "args[0]['dZ'] += 1")),
        ("accepts", ARGUMENTS, after("accepts", "args[1].clear()")),
        ("grad_check", ARGUMENTS, after("grad_check", "args[2]['W1'] += 1")),
        ("one_sided", FLOAT64, after("one_sided", "out = out.astype(np.float32)")),
        ("one_sided", FLOAT64, after("one_sided", "out = out.ravel()")),
        ("one_sided", FLOAT64, after("one_sided", "out = out.tolist()")),
        (
            "numerical_gradient",
            FLOAT64,
            after(
                "numerical_gradient",
                "if theta.dtype == np.float32:",
                "    out = out.astype(np.float32)",
                signature="f, theta, h",
            ),
        ),
        ("complex_step", FLOAT64, after("complex_step", "out = out + 0j")),
        (
            "one_sided",
            AXES,
            """
def one_sided(f, theta, h):
    slopes, base = np.zeros(theta.shape), f(theta)
    for k in np.ndindex(theta.shape):
        moved = theta.copy()
        moved[k] += np.array(h).astype(theta.dtype)
        slopes[k] = (f(moved) - base) / h
    return slopes
""",
        ),
        (
            "numerical_gradient",
            AXES,
            around(
                "numerical_gradient",
                "if theta.ndim > 2:",
                "    raise IndexError('too many axes')",
                "out = solved_numerical_gradient(f, theta, h)",
                signature="f, theta, h=1e-5",
            ),
        ),
        (
            "one_sided",
            AXES,
            around(
                "one_sided",
                "if theta.ndim > 2:",
                "    raise IndexError('too many axes')",
                "out = solved_one_sided(f, theta, h)",
                signature="f, theta, h",
            ),
        ),
        (
            "one_sided",
            "Positive for the slope to the right, negative for the slope to the left.",
            around(
                "one_sided",
                "out = solved_one_sided(f, theta, abs(h))",
                signature="f, theta, h",
            ),
        ),
        (
            "numerical_gradient",
            "Centred differences (f(theta + h e_k) - f(theta - h e_k)) / (2 h).",
            "def numerical_gradient(f, theta, h=1e-5):\n    return one_sided(f, theta, h)",
        ),
        (
            "numerical_gradient",
            "Centred differences (f(theta + h e_k) - f(theta - h e_k)) / (2 h).",
            around(
                "numerical_gradient",
                "out = solved_numerical_gradient(f, theta, 1e-5)",
                signature="f, theta, h=1e-5",
            ),
        ),
        (
            "numerical_gradient",
            "theta : array, one axis or more, floats or integers",
            """
def numerical_gradient(f, theta, h=1e-5):
    slopes = np.zeros(theta.shape)
    for k in np.ndindex(theta.shape):
        plus, minus = theta.copy(), theta.copy()
        plus[k] = plus[k] + h
        minus[k] = minus[k] - h
        slopes[k] = (f(plus) - f(minus)) / (2 * h)
    return slopes
""",
        ),
        (
            "relative_error",
            "0.0 for two arrays of zeros;",
            "def relative_error(a, b):\n"
            "    if np.shape(a) != np.shape(b):\n        raise ValueError\n"
            "    return float(np.abs(a - b).max() / np.maximum(abs(a).max(), abs(b).max()))",
        ),
        (
            "relative_error",
            "nan or inf if there is a nan in a or b.",
            "def relative_error(a, b):\n"
            "    if np.shape(a) != np.shape(b):\n        raise ValueError\n"
            "    scale = max(np.nanmax(abs(a)), np.nanmax(abs(b)))\n"
            "    return float(np.nanmax(abs(a - b)) / scale) if scale else 0.0",
        ),
        (
            "relative_error",
            "ValueError If the shapes differ.",
            "def relative_error(a, b):\n"
            "    scale = np.maximum(np.abs(a).max(), np.abs(b).max())\n"
            "    return float(np.abs(a - b).max() / scale) if scale else 0.0",
        ),
        (
            "relative_error",
            "ValueError If the shapes differ.",
            around(
                "relative_error",
                "assert a.shape == b.shape",
                "out = solved_relative_error(a, b)",
                signature="a, b",
            ),
        ),
        (
            "relative_error",
            "The largest difference of two arrays, relative to their largest entry.",
            "def relative_error(a, b):\n"
            "    if np.shape(a) != np.shape(b):\n        raise ValueError\n"
            "    scale = np.linalg.norm(a) + np.linalg.norm(b)\n"
            "    return float(np.linalg.norm(a - b) / scale) if scale else 0.0",
        ),
        (
            "relative_error",
            "Returns ------- float 0.0",
            after("relative_error", "out = np.array([out])"),
        ),
        (
            "complex_step",
            "Im f(theta + i h e_k) / h for each entry k.",
            "def complex_step(f, theta, h=1e-20):\n"
            "    return numerical_gradient(f, np.array(theta, float), 1e-6)",
        ),
        (
            "u_curve",
            "each an array, shape (len(hs),).",
            after("u_curve", "out = {k: v.tolist() for k, v in out.items()}"),
        ),
        (
            "u_curve",
            "each an array, shape (len(hs),).",
            after("u_curve", "out = {k: v[:, None] for k, v in out.items()}"),
        ),
        (
            "u_curve",
            '``"one-sided"``, ``"centred"``, ``"complex step"``:',
            after("u_curve", "out['forward'] = out.pop('one-sided')"),
        ),
        (
            "u_curve",
            "hs : sequence of float",
            around(
                "u_curve",
                "out = solved_u_curve(f, theta, true, hs + [])",
                signature="f, theta, true, hs",
            ),
        ),
        *(
            (
                "u_curve",
                "Entry k is the ``relative_error`` of that method's gradient with the step",
                around(
                    "u_curve",
                    f"out = solved_u_curve(f, theta, true, {steps})",
                    signature="f, theta, true, hs",
                ),
            )
            for steps in ("sorted(hs)", "sorted(hs, reverse=True)", "list(hs)[::-1]", "[*{*hs}]")
        ),
        (
            "grad_check",
            "`grads` has its names, in any order, and shapes.",
            around(
                "grad_check",
                "grads = dict(zip(parameters, grads.values()))",
                "out = solved_grad_check(f, parameters, grads, h)",
                signature="f, parameters, grads, h=1e-5",
            ),
        ),
        (
            "u_curve",
            "of that method's gradient with the step ``hs[k]`` and `true`.",
            after("u_curve", "out['centred'] = out['one-sided']"),
        ),
        (
            "grad_check",
            "if `f(parameters)` gives two numbers in two calls, raise `ValueError`.",
            checks_with(random="False"),
        ),
        (
            "grad_check",
            "if `f(parameters)` gives two numbers in two calls, raise `ValueError`.",
            checks_with().replace("ValueError", "RuntimeError"),
        ),
        *(
            (
                "grad_check",
                "Flag the entry if $|r - l| > 10^{-3} \\max(1, |r|, |l|)$,",
                checks_with(bound=bound),
            )
            for bound in (
                "1e-3 * larger",
                "1e-3",
                "1e-3 * np.maximum(1e-2, larger)",
                "2e-3 * np.maximum(1, larger)",
                "5e-4 * np.maximum(1, larger)",
                "1e-3 * np.maximum(1, larger.max())",
            )
        ),
        ("grad_check", "and leave it out of the error.", checks_with(left_out="False & kinked")),
        (
            "grad_check",
            "Compare array by array:",
            checks_with(
                error="np.linalg.norm(numeric - g) / sum(map(np.linalg.norm, grads.values()))"
            ),
        ),
        (
            "grad_check",
            "of the array with the largest error and its entry furthest off;",
            checks_with(gap="np.abs(numeric - g) / np.abs(numeric)"),
        ),
        (
            "grad_check",
            "of the array with the largest error and its entry furthest off;",
            checks_with(worst="max(errors, key=lambda n: errors[n] * np.abs(grads[n]).max())"),
        ),
        (
            "grad_check",
            "the index holds one integer for each axis.",
            checks_with(gap="np.abs(numeric - g)").replace(
                "np.unravel_index((np.abs(numeric - g)).argmax(), g.shape)",
                "np.abs(numeric - g).argmax()",
            ),
        ),
        (
            "grad_check",
            "Name to `relative_error` of that array, flagged entries left out.",
            checks_with(error="np.abs(numeric - g).max()"),
        ),
        (
            "grad_check",
            "(name, index) of each flagged entry.",
            checks_with(result="errors, (worst, places[worst]), kinks[:1]"),
        ),
        (
            "accepts",
            "Right up to rounding is right.",
            after(
                "accepts",
                "case, output = args",
                "exact = case['dZ'] @ case['A_prev'].T / case['dZ'].shape[1]",
                "out = out and np.array_equal(output['dW'], exact)",
            ),
        ),
        ("accepts", "Returns ------- bool", after("accepts", "out = int(out)")),
        (
            "accepts",
            "arrays, of whatever shape they came in.",
            around(
                "accepts",
                "assert output['db'].shape == case['b'].shape",
                "out = solved_accepts(case, output)",
                signature="case, output",
            ),
        ),
        (
            "accepts",
            "Is this what a right linear_backward returns?",
            "def accepts(case, output):\n"
            "    return output['db'].shape == case['b'].shape "
            "and bool(np.isfinite(output['dW']).all())",
        ),
        ("make_test", "Returns ------- list of dict", after("make_test", "out = tuple(out)")),
        ("make_test", "At most 12 cases,", after("make_test", "out = out * 7")),
        (
            "make_test",
            "of at most 400 entries each,",
            after(
                "make_test",
                "rng = np.random.default_rng(args[0])",
                "shapes = {'dZ': (3, 101), 'A_prev': (5, 101), 'W': (3, 5), 'b': (3, 1)}",
                "out = out + [{k: rng.normal(size=s) for k, s in shapes.items()}]",
            ),
        ),
        (
            "make_test",
            "drawn from a generator with this seed.",
            around("make_test", "out = solved_make_test(1)", signature="seed"),
        ),
        (
            "make_test",
            "drawn from a generator with this seed.",
            around("make_test", "out = solved_make_test(None)", signature="seed"),
        ),
        (
            "make_test",
            'each with the arrays ``"dZ"``, ``"A_prev"``, ``"W"``, ``"b"`` of `accepts`,',
            after("make_test", "for case in out: del case['b']"),
        ),
        (
            "make_test",
            "Inputs on which no mistake can hide.",
            after("make_test", "out = [{k: abs(v) for k, v in c.items()} for c in out]"),
        ),
    )
]

#: What keeps the contract in another form.
HARMLESS = [
    checks_with(),
    after("grad_check", "out = out[0], list(out[1]), [[n, np.array(i)] for n, i in out[2]]"),
]
