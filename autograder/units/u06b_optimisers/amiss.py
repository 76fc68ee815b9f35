"""Unit 06b: which examples stand in no batch, and which in two."""

from __future__ import annotations

from collections.abc import Sized

#: After a draw with replacement so many of all examples are missing, at least and at most.
_FEW, _MANY = 0.2, 0.55


def amiss(held: list[list[int]], m: int) -> str:
    """Which examples are in no batch, and which are in two places, and where."""
    places: dict[int, list[str]] = {}
    for n, batch in enumerate(held):
        for column, j in enumerate(batch):
            places.setdefault(j, []).append(f"{n}[:, {column}]")
    missing = [j for j in range(m) if j not in places]
    twice = {j: where for j, where in places.items() if len(where) > 1}
    told = [f"{_examples(missing)} of X {_are(missing)} in no batch"] if missing else []
    if twice:
        first, where = next(iter(twice.items()))
        at = " and ".join(f"mini_batches{_entry(place)}" for place in where[:2])
        several = f"{_examples(list(twice))} {_are(twice)} in more than one place"
        told.append(f"{several}: example {first} is {at}")
        drawn = sum(map(len, held)) == m and _FEW * m < len(missing) < _MANY * m
        told += _pasted(held) or _drawn(held) * drawn
    return "; ".join(told) + " (all counted from 0)"


def _entry(place: str) -> str:
    """``3[:, 2]`` as the entry of X in the list of pairs."""
    n, bracket, rest = place.partition("[")
    return f"[{n}][0]{bracket}{rest}"


def _examples(some: list[int]) -> str:
    listed = ", ".join(map(str, some[:6])) + (f" and {len(some) - 6} more" if len(some) > 6 else "")
    return f"example{'s' if len(some) > 1 else ''} {listed}"


def _are(some: Sized) -> str:
    return "are" if len(some) > 1 else "is"


def _drawn(held: list[list[int]]) -> list[str]:
    """Said where as many places as examples are filled by chance: one by one, or batch by batch."""
    if any(len(set(batch)) < len(batch) for batch in held):
        return ["so it is after a draw with replacement"]
    return ["no batch holds an example twice: is the order drawn anew for each batch?"]


def _pasted(held: list[list[int]]) -> list[str]:
    """Said where a whole batch is the beginning, or the end, of another one, or is another one."""
    pairs = [(n, k) for n in range(len(held)) for k in range(len(held)) if n != k and held[n]]
    for n, k in pairs:
        batch, other, size = held[n], held[k], len(held[n])
        if batch == other and k < n:
            return [f"batch {n} is batch {k} once more"]
        if size < len(other) and batch == other[:size]:
            return [f"batch {n} holds the first {size} examples of batch {k} once more"]
        if size < len(other) and batch == other[-size:]:
            return [f"batch {n} holds the last {size} examples of batch {k} once more"]
    return []
