"""Answers that hold nothing. Each is made for a right function, whose form it may borrow.

``bare`` ones return one thing whatever is asked. ``formed`` ones return what the right function
would, with every array and number in it replaced: the most that an empty answer can look like.
"""

import copy

import numpy as np


class Same:
    """Equal to everything."""

    __hash__ = object.__hash__

    def __eq__(self, other):
        return True

    def __ne__(self, other):
        return False

    def __float__(self):
        return 1.0


def bare(value):
    """Return a fresh copy of the same thing always."""
    return lambda right: lambda *args, **kwargs: value()


def raising(error):
    """Raise always."""

    def made(right):
        def answer(*args, **kwargs):
            raise error("no")

        return answer

    return made


def argument(pick):
    """Return something of the arguments."""
    return lambda right: lambda *args, **kwargs: pick(args)


def formed(change):
    """What the right function returns, with another array in the place of each."""

    def made(right):
        def answer(*args, **kwargs):
            try:
                found = right(*args, **kwargs)
            except Exception:
                return None
            given = leaves(args)
            return _mapped(found, lambda leaf: change(np.asarray(leaf), given))

        return answer

    return made


def _mapped(value, change):
    """The same containers with other leaves; numbers stay numbers of their kind."""
    if isinstance(value, dict):
        return {key: _mapped(item, change) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return type(value)(_mapped(item, change) for item in value)
    if isinstance(value, np.ndarray):
        return change(value)
    if isinstance(value, str):
        return ""
    if isinstance(value, (bool, np.bool_)):
        return False
    if not isinstance(value, (int, float, np.number)):
        return None
    return type(value)(change(np.asarray(float(value))).reshape(-1)[0].real)


def leaves(value):
    """All arrays in nested containers."""
    if isinstance(value, np.ndarray):
        return [value]
    items = value.values() if isinstance(value, dict) else value
    return (
        [a for v in items for a in leaves(v)]
        if isinstance(items, (list, tuple)) or (isinstance(value, dict))
        else []
    )


def borrowed(leaf, given):
    """An argument of that shape, or the beginning of one."""
    same = [a for a in given if a.shape == leaf.shape and a.dtype.kind == "f"]
    large = [a for a in given if a.size >= leaf.size and a.dtype.kind == "f"]
    if same:
        return same[0].copy()
    return large[0].reshape(-1)[: leaf.size].reshape(leaf.shape) if large else 0.0 * leaf


def replaying(right):
    """An answer that was right once, in the visible check, whatever is asked now."""
    kept = []

    def answer(*args, **kwargs):
        if not kept:
            kept.append(right(*args, **kwargs))
        return copy.deepcopy(kept[0])

    return answer


_NOISE = np.random.default_rng()


def noise(leaf, given):
    return _NOISE.normal(size=leaf.shape)


def by_shape(leaf, given):
    """Numbers that follow from the shape alone."""
    return np.random.default_rng([1, *leaf.shape]).normal(size=leaf.shape)


BARE = {
    "None": bare(lambda: None),
    "0": bare(lambda: 0.0),
    "1": bare(lambda: 1),
    "nan": bare(lambda: np.nan),
    "inf": bare(lambda: np.inf),
    "True": bare(lambda: True),
    "False": bare(lambda: False),
    "a string": bare(lambda: "right"),
    "[]": bare(list),
    "{}": bare(dict),
    "()": bare(tuple),
    "...": bare(lambda: ...),
    "equal to everything": bare(Same),
    "a function": bare(lambda: print),
    "raise ValueError": raising(ValueError),
    "raise Exception": raising(Exception),
    "the first argument": argument(lambda args: args[0]),
    "the last argument": argument(lambda args: args[-1]),
    "its arguments": argument(lambda args: args),
    "a copy of the first": argument(lambda args: np.array(args[0])),
}
#: Numbers that are one edit away from a right gradient by chance alone.
CHANCE = ("noise", "by shape", "counted", "like eye")
FORMED = {
    "zeros": formed(lambda leaf, given: np.zeros(leaf.shape)),
    "ones": formed(lambda leaf, given: np.ones(leaf.shape)),
    "halves": formed(lambda leaf, given: np.full(leaf.shape, 0.5)),
    "1e-300": formed(lambda leaf, given: np.full(leaf.shape, 1e-300)),
    "all nan": formed(lambda leaf, given: np.full(leaf.shape, np.nan)),
    "all inf": formed(lambda leaf, given: np.full(leaf.shape, np.inf)),
    "noise": formed(noise),
    "by shape": formed(by_shape),
    "counted": formed(lambda leaf, given: np.arange(1.0, leaf.size + 1).reshape(leaf.shape)),
    "like eye": formed(
        lambda leaf, given: (np.arange(leaf.size) == 0).astype(float).reshape(leaf.shape)
    ),
    "arguments": formed(borrowed),
    "lists": formed(lambda leaf, given: np.zeros(leaf.shape).tolist() if leaf.ndim else 0 * leaf),
    "an earlier answer": replaying,
}
