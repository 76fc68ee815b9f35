"""Unit 02: what the products of a chain cost, and what may have been counted instead."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from typing import TypeAlias

#: The sizes of a chain, and the order that is asked for.
Asked: TypeAlias = tuple[tuple[int, ...], str]
Product: TypeAlias = tuple[int, int, int]


def multiplications(sizes: Sequence[int], order: str) -> int:
    """Multiplications of J1 J2 ... Jp u, J_i of shape (sizes[i-1], sizes[i]), u (sizes[p], 1)."""
    return sum(math.prod(one) for one in products(sizes, order))


def products(sizes: Sequence[int], order: str) -> list[tuple[int, int, int]]:
    """(p, q, r) of each product (p, q) by (q, r) on the way, in the order that is asked for."""
    pairs = list(zip(sizes[:-1], sizes[1:], strict=True))
    if order == "right-to-left":
        return [(p, q, 1) for p, q in reversed(pairs)]
    return [(sizes[0], p, q) for p, q in (*pairs[1:], (sizes[-1], 1))]


#: What may have been counted in the place of the multiplications.
COUNTS: dict[str, Callable[[Sequence[Product]], int]] = {
    "the number of products of two arrays": len,
    "the entries of what the products give, p * r of each": lambda of: sum(p * r for p, _, r in of),
    "the additions of each product, p * (q - 1) * r": lambda of: sum(
        p * (q - 1) * r for p, q, r in of
    ),
    "multiplications and additions, 2 p q r of each product": lambda of: sum(
        2 * p * q * r for p, q, r in of
    ),
    "multiplications and additions, p * (2 q - 1) * r of each product": lambda of: sum(
        p * (2 * q - 1) * r for p, q, r in of
    ),
    "p * q of each product, without r": lambda of: sum(p * q for p, q, _ in of),
    "q * r of each product, without p": lambda of: sum(q * r for _, q, r in of),
    "p + q + r of each product": lambda of: sum(p + q + r for p, q, r in of),
    "the last product alone": lambda of: math.prod(of[-1]),
    "the first product alone": lambda of: math.prod(of[0]),
    "all products but the last": lambda of: sum(math.prod(one) for one in of[:-1]),
    "all products but the first": lambda of: sum(math.prod(one) for one in of[1:]),
}


def _same(count: Callable[..., int], off: Mapping[Asked, int]) -> bool:
    return all(n == count(products(*asked)) for asked, n in off.items())


def _neighbours(sizes: Sequence[int], order: str) -> list[Product]:
    """Each product as one of two factors that stand side by side, with the shapes that came in."""
    ends = (*sizes, 1)
    pairs = [(ends[k], ends[k + 1], ends[k + 2]) for k in range(len(sizes) - 1)]
    return pairs[::-1] if order == "right-to-left" else pairs


def _from_identity(sizes: Sequence[int], order: str) -> list[Product]:
    """With one product more at the beginning, that of an identity matrix."""
    n, first = sizes[0], sizes[-1]
    if order == "right-to-left":
        return [(first, first, 1), *products(sizes, order)]
    return [(n, n, sizes[1]), *products(sizes, order)]


#: Products that may have been counted: what is said of them.
ROADS: dict[str, Callable[[Sequence[int], str], list[Product]]] = {
    "as if each product were one of two factors as they came in; the left one, or the right one, "
    "is the product so far": _neighbours,
    "with one product more, that of an identity matrix, from which it starts: start from the first "
    "factor": _from_identity,
}


def bill(sizes: Sequence[int], order: str, found: int, off: Mapping[Asked, int]) -> str:
    """Say product by product what a chain costs, and where the count differs.

    `off` are all counts that are wrong, by sizes and order; what is said of the products that were
    counted fits all of them.
    """
    right = products(sizes, order)
    for told, road in ROADS.items():
        if all(n == sum(map(math.prod, road(*asked))) for asked, n in off.items()):
            counted = road(sizes, order)
            return f"its count is that of {_sum(counted)}, {told}. Right is {_sum(right)}"
    told = next((t for t, count in COUNTS.items() if _same(count, off)), "")
    more = found - multiplications(sizes, order)
    gap = f"{abs(more)} too {'many' if more > 0 else 'few'}"
    counted_as = f", {told}" if told else ""
    return (
        f"it counts {found}{counted_as}, which is {gap}; a product of (p, q) by (q, r) takes "
        f"p * q * r multiplications, and here these are {_sum(right)}"
    )


def _sum(of: Sequence[Product]) -> str:
    """``(4, 3) by (3, 5): 60, (4, 5) by (5, 1): 20, in all 80``."""
    parts = [f"({p}, {q}) by ({q}, {r}): {p * q * r}" for p, q, r in of]
    whole = sum(map(math.prod, of))
    return ", ".join(parts) + (f", in all {whole}" if len(of) > 1 else "")
