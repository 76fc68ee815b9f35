"""The same formula with a bracket that is missing, or closes too early or too late."""

from __future__ import annotations

from autograder.engine.formulas.terms import FUNCTIONS, OPERATORS, Term


def left(part: Term) -> Term | None:
    """Return x + y * z for (x + y) * z: a bracket that is missing."""
    if part.op not in OPERATORS or part.parts[0].op not in OPERATORS:
        return None
    inner, last = part.parts
    return Term(inner.op, (inner.parts[0], Term(part.op, (inner.parts[1], last))))


def right(part: Term) -> Term | None:
    """Return x * y + z for x * (y + z)."""
    if part.op not in OPERATORS or part.parts[1].op not in OPERATORS:
        return None
    head, inner = part.parts
    return Term(inner.op, (Term(part.op, (head, inner.parts[0])), inner.parts[1]))


def opened(part: Term) -> Term | None:
    """Return w - x / y + z for w - x / (y + z): Python goes on from the left."""
    if part.op not in "+-" or part.parts[1].op not in "*/":
        return None
    turned = right(part.parts[1])
    if turned is None or turned.op not in "+-":
        return None
    first, last = turned.parts
    return Term(turned.op, (Term(part.op, (part.parts[0], first)), last))


def across(part: Term) -> Term | None:
    """Return x / z - y for (x - y) / z."""
    if part.op not in OPERATORS or part.parts[0].op not in OPERATORS:
        return None
    inner, last = part.parts
    return Term(inner.op, (Term(part.op, (inner.parts[0], last)), inner.parts[1]))


def into(part: Term) -> Term | None:
    """Return f(x + y) for f(x) + y: a bracket that closes too late."""
    if part.op not in OPERATORS:
        return None
    head, last = part.parts
    if head.op not in FUNCTIONS or len(head.parts) != 1:
        return None
    return Term(head.op, (Term(part.op, (head.parts[0], last)),))


def out_of(part: Term) -> Term | None:
    """Return f(x) + y for f(x + y): a bracket that closes too early."""
    inner = part.parts[0]
    if part.op not in FUNCTIONS or inner.op not in OPERATORS:
        return None
    return Term(inner.op, (Term(part.op, inner.parts[:1]), inner.parts[1]))


OF_OPERATORS = (left, right, across, into, opened)
