"""Unit 00: the clauses of its text, and what breaks each of them."""

from .breaker import Breaker

LEDGER = """
_right_ledger = shape_ledger
def shape_ledger(sizes, m):
    found = _right_ledger(sizes, m)
    {}
    return found
"""
ROWS = """
_right_rows = to_rows
def to_rows(ledger):
    found = _right_rows(ledger)
    {}
    return found
"""
BROADCAST = """
def broadcast_shape(s1, s2):
    length = max(len(s1), len(s2))
    padded = [(1,) * (length - len(s)) + tuple(s) for s in (s1, s2)]
    if any({} for a, b in zip(*padded)):
        raise ValueError("do not fit")
    return tuple(max(pair) for pair in zip(*padded))
"""
FITTING = """
_right_list = products_that_fit
def products_that_fit(p, q, target):
    found = _right_list(p, q, target)
    return {}
"""

COLUMNS = "$A^{[l]}$ has shape $(n_l, m)$, a bias $(n_l, 1)$"
FLAT = "everything is transposed, and a bias is flat, of shape $(n_l,)$"
TUPLES = "**Shapes** are tuples of integers, as `array.shape` gives them."
NOTHING = "None: a function changes nothing that it is given."
NAMES = "``W{l}``, ``b{l}``, ``Z{l}``, ``A{l}`` for l = 1 ... L"
DERIVATIVE = "of one number with respect to an array has the shape of that array"
FACTORS = "The factors, in order and with their ``.T``"
CLASH = "ValueError If the shapes do not fit."
EIGHT = "Which of the eight products of P and Q have the wanted shape?"
RULE = "where the two numbers differ, a 1 gives way, and anything else is an error"

BREAKERS = [
    *(
        Breaker(clause, ("shape_ledger",), LEDGER.format(change))
        for clause, change in (
            (COLUMNS, "found['A1'] = found['A1'][::-1]"),
            (COLUMNS, "found['b1'] = found['b1'][:1]"),
            (COLUMNS, "found |= {k: v[::-1] for k, v in found.items() if 'b' not in k}"),
            ("inputs $X = A^{[0]}$", "found['X'] = found.pop('A0')"),
            (DERIVATIVE, "found['dW1'] = found['dW1'][::-1]"),
            (DERIVATIVE, "found['db1'] = (found['db1'][0], m)"),
            (
                "It is called `dW1` for `W1`",
                "found = {k.replace('d', 'grad_'): v for k, v in found.items()}",
            ),
            (TUPLES, "found = {k: list(v) for k, v in found.items()}"),
            (TUPLES, "found = {k: tuple(float(n) for n in v) for k, v in found.items()}"),
            (TUPLES, "found = {k: np.zeros(v) for k, v in found.items()}"),
            (NOTHING, "sizes.append(m)"),
            (NOTHING, "sizes.sort()"),
            (NOTHING, "sizes.pop(0)"),
            ("sizes : list of int (n_0, n_1, ..., n_L).", "found.pop(f'W{len(sizes) - 1}')"),
            (NAMES, "found['Z0'] = found['A0']"),
            (NAMES, "found.pop('A0')"),
            (NAMES, "found = {k.lower(): v for k, v in found.items()}"),
            ("No other names.", "found['J'] = ()"),
            ("No other names.", "found['dJ'] = ()"),
            ("for each of these names its derivative, ``dA0``", "found.pop('dA0')"),
            ("dict Name to shape", "found = list(found.items())"),
            ("dict Name to shape", "found = {k.encode(): v for k, v in found.items()}"),
        )
    ),
    *(
        Breaker(clause, ("to_rows",), ROWS.format(change))
        for clause, change in (
            (FLAT, "found['b1'] = (1, *found['b1'])"),
            (FLAT, "found['db1'] = ledger['db1']"),
            (FLAT, "found['dW1'] = ledger['dW1']"),
            ("A new ledger", "ledger |= found; found = ledger"),
            ("A new ledger", "found = ledger if found == ledger else found; ledger['A0'] = (1, 1)"),
            ("the same names", "found['X'] = found['A0']"),
            ("the same names", "found = {k: v for k, v in found.items() if k[0] != 'd'}"),
            (TUPLES, "found = {k: list(v) for k, v in found.items()}"),
            (NOTHING, "ledger.clear()"),
        )
    ),
    *(
        Breaker(clause, ("to_row_product",), f"def to_row_product(factors):\n    {body}")
        for clause, body in (
            (FACTORS, "return list(factors)"),
            (FACTORS, "return [f[:-2] if f[-2:] == '.T' else f + '.T' for f in factors[::-1]]"),
            (FACTORS, "return [f.replace('.T', '') for f in factors[::-1]]"),
            ("for ``dZ @ A.T``; column layout", "return factors[1:] + factors[:1]"),
            ("A new list.", "factors.reverse(); return factors"),
            (NOTHING, "return [factors.pop() for _ in range(len(factors))]"),
            ("Returns ------- list of str", "return tuple(factors[::-1])"),
            ("Returns ------- list of str", "return ' @ '.join(factors[::-1])"),
        )
    ),
    *(
        Breaker(CLASH, ("broadcast_shape",), BROADCAST.format(test))
        for test in (
            "False",
            "a % b and b % a",
            "a > b > 1",
            "a != b and 1 not in (a, b) and length == len(s1) == len(s2)",
            "a != b and min(a, b) > 2",
            "a != b and 1 not in (a, b) and a + b < 9",
        )
    ),
    *(
        Breaker(clause, ("broadcast_shape",), f"def broadcast_shape(s1, s2):\n    {body}")
        for clause, body in (
            (CLASH, "return np.broadcast_shapes(s1, s2) if len(s1) < 2 else (max(s1, s2))"),
            (RULE, "return tuple(s1 if len(s1) > len(s2) else s2)"),
            ("worked out by hand", "return np.broadcast_shapes(s1, s2)"),
            ("worked out by hand", "return (np.zeros(s1) + np.zeros(s2)).shape"),
            ("worked out by hand", "return np.broadcast(np.empty(s1), np.empty(s2)).shape"),
            ("aligned at their **right** ends", "raise ValueError"),
        )
    ),
    Breaker(
        "aligned at their **right** ends",
        ("broadcast_shape",),
        """
_right_shape = broadcast_shape
def broadcast_shape(s1, s2):
    length = max(len(s1), len(s2))
    return _right_shape(*((*s, *(1,) * (length - len(s))) for s in (s1, s2)))
""",
    ),
    Breaker(
        "tuple of int Raises",
        ("broadcast_shape",),
        """
_right_shape = broadcast_shape
def broadcast_shape(s1, s2):
    return list(_right_shape(s1, s2))
""",
    ),
    Breaker(
        "tuple of int, of any lengths",
        ("broadcast_shape",),
        """
_right_shape = broadcast_shape
def broadcast_shape(s1, s2):
    if not s1 or not s2:
        raise ValueError("empty")
    return _right_shape(s1, s2)
""",
    ),
    Breaker(
        CLASH,
        ("broadcast_shape",),
        """
_right_shape = broadcast_shape
def broadcast_shape(s1, s2):
    try:
        return _right_shape(s1, s2)
    except ValueError:
        return None
""",
    ),
    Breaker(
        CLASH,
        ("broadcast_shape",),
        """
_right_shape = broadcast_shape
def broadcast_shape(s1, s2):
    try:
        return _right_shape(s1, s2)
    except ValueError:
        raise TypeError("do not fit")
""",
    ),
    *(
        Breaker(clause, ("bias_gradient",), f"def bias_gradient(dZ):\n    {body}")
        for clause, body in (
            ("Of the same number: no factor 1/m.", "return dZ.mean(axis=1, keepdims=True)"),
            ("array, shape (n, 1)", "return dZ.sum(axis=1)"),
            ("array, shape (n, 1)", "return dZ.sum(axis=1, keepdims=True).T"),
            ("Columns are examples; Z = W A + b.", "return dZ.sum(axis=0, keepdims=True)"),
            ("What forward **copies**, backward **sums**.", "return dZ[:, :1]"),
            (NOTHING, "dZ[:, 0] = dZ.sum(axis=1); return dZ[:, :1].copy()"),
            (NOTHING, "total = dZ.sum(axis=1, keepdims=True); dZ *= 0; return total"),
        )
    ),
    *(
        Breaker(clause, ("products_that_fit",), FITTING.format(value))
        for clause, value in (
            (EIGHT, "[one for one in found if one[0] == 'P']"),
            (EIGHT, "[one for one in found if one.count('T') < 2]"),
            (EIGHT, "found + ['P @ P.T'] if p == q and p[0] == target[0] else found"),
            (EIGHT, "found[:1]"),
            (EIGHT, "['P @ Q'] if p != q else found"),
            ("the same four with $Q$ first", "[one for one in found if one[0] != 'Q']"),
            ("The wanted shape.", "_right_list(p, q, target) + _right_list(p, q, target[::-1])"),
            (
                "list of str Such as",
                "[f'{a}{s} @ {b}{t}' for a, b in ('PQ', 'QP') for s in ('', '.T') "
                "for t in ('', '.T')]",
            ),
            ("list of str Such as", "tuple(found)"),
            ("list of str Such as", "set(found)"),
            ("list of str Such as", "found * 2"),
            ("in any order; may be empty", "found or None"),
        )
    ),
]
