"""Unit 02: the clauses of its text, and what breaks each of them."""

from .breaker import Breaker

CHAIN = """
_right_chain = chain
def chain(Js, u, order):
    {}
"""
PRODUCTS = """
def chain(Js, u, order):
    factors, mults = [*Js, u], 0
    while len(factors) > 1:
        at = len(factors) - 2 if order == "right-to-left" else {at}
        left, right = factors[at : at + 2]
        mults += {cost}
        factors[at : at + 2] = [left @ right]
    return factors[0], {count}
"""
COST = "left.shape[0] * left.shape[1] * right.shape[1]"

COLUMNS = "**Vectors are columns**, of shape $(n, 1)$."
ROWS = "a row of $m$ examples has shape $(1, m)$"
DENOMINATOR = "row $j$ belongs to $a_j$ and column $i$ to $z_i$"
UNLESS = "**Denominator layout**, unless a function is asked for the other one"
NOTHING = "None. A function changes no array that it is given."
KINK = "The slope of ReLU at exactly 0 is 0."
FLOATS = "go out as floating-point numbers, float64 or float32"
NEW = "A new array; row j belongs to a_j in denominator layout"
FIRST_TWO = "the first two Jacobians are multiplied first, u comes last"
COUNT = "``mults`` is the sum over all products that you form".replace("``", "`")


def one(clause: str, name: str, arguments: str, body: str) -> Breaker:
    """A function in one line."""
    return Breaker(clause, (name,), f"def {name}({arguments}):\n    {body}")


BREAKERS = [
    *(
        one(clause, "jac_linear", "W, layout='denominator'", body)
        for clause, body in (
            (DENOMINATOR, "return W.copy() if layout == 'denominator' else W.T.copy()"),
            (UNLESS, "return W.T.copy()"),
            (UNLESS, "return W.copy()"),
            (NEW, "return W.T if layout == 'denominator' else W.copy()"),
            (NEW, "return W.T.copy() if layout == 'denominator' else W"),
            (NEW, "return W.T if layout == 'denominator' else W"),
            (NEW, "return np.asarray(W.T.copy() if layout == 'denominator' else W[:])"),
            (NOTHING, "J = W.T.copy() if layout == 'denominator' else W.copy(); W *= 2; return J"),
            (FLOATS, "return (W.T if layout == 'denominator' else W).tolist()"),
            (FLOATS, "return (W.T if layout == 'denominator' else W).astype(complex)"),
            (FLOATS, "return (W.T if layout == 'denominator' else W).astype(object)"),
            ("array, shape (k, n) or (n, k)", "return W.ravel().copy()"),
        )
    ),
    one(
        UNLESS,
        "jac_linear",
        "W, layout='numerator'",
        "return W.T.copy() if layout == 'denominator' else W.copy()",
    ),
    one(UNLESS, "jac_linear", "W, layout", "return (W.T if layout[0] == 'd' else W).copy()"),
    *(
        Breaker(
            clause,
            ("jac_pointwise",),
            f"""
_right_jacobian = jac_pointwise
def jac_pointwise(z, activation):
    found = _right_jacobian(z, activation)
    {body}
    return found
""",
        )
        for clause, body in (
            (KINK, "if activation == 'relu': found = np.diagflat((z >= 0) * 1.0)"),
            (KINK, "if activation == 'relu': found = np.diagflat(0.5 * (1 + np.sign(z)))"),
            ("array, shape (n, n)", "found = found.sum(axis=1, keepdims=True)"),
            ("array, shape (n, n)", "found = found.sum(axis=1)"),
            ("the slopes $g'(z_i)$ stand on the diagonal", "found = found + 1e-3"),
            ("sigmoid, $a = 1 / (1 + e^{-z})$", "if activation == 'sigmoid': found = found * 4"),
            ("tanh, $a = \\tanh z$", "if activation[0] == 't': found **= 2"),
            ("ReLU, $a = \\max(0, z)$", "if activation == 'relu': found = np.eye(len(z))"),
            (FLOATS, "if activation == 'relu': found = found.astype(int)"),
            (FLOATS, "found = found > 0 if activation == 'relu' else found"),
            (NOTHING, "z[:] = 0"),
        )
    ),
    *(
        one(clause, "vjp_linear", "dz, W, a", body)
        for clause, body in (
            ("da : array, shape (k, 1)", "return (W.T @ dz).T, dz @ a.T, dz.copy()"),
            ("da : array, shape (k, 1)", "return (W.T @ dz).ravel(), dz @ a.T, dz.copy()"),
            ("dW : array, shape (n, k)", "return W.T @ dz, a @ dz.T, dz.copy()"),
            ("db : array, shape (n, 1)", "return W.T @ dz, dz @ a.T, dz.ravel()"),
            ("db : array, shape (n, 1)", "return W.T @ dz, dz @ a.T, dz.sum()"),
            (COLUMNS, "return W.T @ dz, dz @ a.T, dz + 0 * dz.T"),
            (
                "Derivatives of the loss with respect to a, W and b.",
                "return W.T @ dz, dz @ a.T, W @ a",
            ),
            (
                "Derivatives of the loss with respect to a, W and b.",
                "return dz.copy(), dz @ a.T, W.T @ dz",
            ),
            (NOTHING, "db = dz.copy(); dz *= 2; return W.T @ db, db @ a.T, db"),
            (NOTHING, "W += 0.1; return (W - 0.1).T @ dz, dz @ a.T, dz.copy()"),
            (FLOATS, "return (W.T @ dz).tolist(), dz @ a.T, dz.copy()"),
        )
    ),
    *(
        Breaker(clause, ("chain",), PRODUCTS.format(at=at, cost=cost, count=count))
        for clause, at, cost, count in (
            (FIRST_TWO, "max(len(factors) - 3, 0)", COST, "mults"),
            (FIRST_TWO, "len(factors) - 2", COST, "mults"),
            (COUNT, "0", "left.size * right.size", "mults"),
            (COUNT, "0", "left.shape[0] * right.shape[1]", "mults"),
            (COUNT, "0", "left.shape[0] * (2 * left.shape[1] - 1) * right.shape[1]", "mults"),
            ("Number of multiplications of two numbers.", "0", COST, "mults + 1"),
            ("a count is an integer", "0", COST, "float(mults)"),
            ("a count is an integer", "0", COST, "str(mults)"),
            ("a count is an integer", "0", COST, "np.array([mults])"),
        )
    ),
    *(
        Breaker(clause, ("chain",), CHAIN.format(body))
        for clause, body in (
            ("u meets the last Jacobian first", "return _right_chain(Js, u, 'left-to-right')"),
            (FIRST_TWO, "return _right_chain(Js, u, 'right-to-left')"),
            (
                FIRST_TWO,
                "return _right_chain(Js, u, 'right-to-left')[0], _right_chain(Js, u, order)[1]",
            ),
            (
                FIRST_TWO,
                "v = (Js[0] @ (Js[1] @ Js[2]) @ u if len(Js) == 3 and order[0] == 'l' else "
                "_right_chain(Js, u, order)[0]); return v, _right_chain(Js, u, order)[1]",
            ),
            ("At least one.", "return _right_chain(Js, u, order) if Js[1:] else (Js[0] @ u, 0)"),
            ("v : array, shape (n_0, 1)", "v, n = _right_chain(Js, u, order); return v.ravel(), n"),
            (NOTHING, "Js.append(u); return _right_chain(Js[:-1], u, order)"),
            (NOTHING, "found = _right_chain(Js, u, order); u *= 0; return found"),
            (NOTHING, "found = _right_chain(Js, u, order); Js[0] += 1; return found"),
            (NOTHING, "found = _right_chain(Js, u, order); Js.reverse(); return found"),
        )
    ),
    *(
        one(clause, "loss_vector_jacobian", "A, Y", body)
        for clause, body in (
            ("array, shape (m, m)", "return A - Y"),
            ("array, shape (m, m)", "return np.diag(A - Y)"),
            (
                "Row j belongs to z_j, column i to the loss of example i.",
                "return (A - Y) + 0 * A.T",
            ),
            ("dL/dz of the m losses", "return np.diagflat(A - Y) / A.shape[1]"),
            ("z are the m scores, A = sigmoid(z)", "return np.diagflat((A - Y) / (A * (1 - A)))"),
            (ROWS, "return np.diagflat(A.T[0] - Y.T[0])"),
            (NOTHING, "A -= Y; return np.diagflat(A)"),
            (NOTHING, "J = np.diagflat(A - Y); Y[:] = 1 - Y; return J"),
        )
    ),
    *(
        one(clause, "contract", "JL, m", body)
        for clause, body in (
            ("array, shape (1, k)", "return JL.sum(axis=1) / m"),
            ("array, shape (1, k)", "return JL.sum(axis=1)[:, None] / m"),
            ("to the gradient of J, their mean", "return JL.sum(axis=1)[None, :]"),
            ("to the gradient of J, their mean", "return JL.mean(axis=1)[None, :] / m"),
            ("q any variable of k entries", "return np.diag(JL)[None, :] / m"),
            ("q any variable of k entries", "return JL.sum(axis=0)[None, :] / m"),
            (NOTHING, "JL /= m; return JL.sum(axis=1)[None, :]"),
        )
    ),
]
