"""The standard body of a hidden test cell: one named check on instances of a fixed seed."""

from __future__ import annotations

import hashlib
import re

_SALT = "autograder/hidden"
_BODY = """\
# {sentence} ({worth})
### BEGIN HIDDEN TESTS
from autograder import grade
grade("{name}", globals(), seed={seed})
### END HIDDEN TESTS"""


def seed_of(name: str) -> int:
    """Return the seed of a check's hidden instances: fixed by its function, not by its place.

    All properties of a function are looked at on the same instances, so that one run of it
    serves them all.
    """
    function = name.partition("__")[0]
    return int.from_bytes(hashlib.sha256(f"{_SALT}/{function}".encode()).digest()[:4], "big")


def standard_body(name: str, points: float, sentence: str) -> str:
    """Return the body of the hidden test cell of check `name`.

    Only the first line is released: the `sentence` that the check's docstring begins with,
    and what it is worth.
    """
    worth = "1 point" if points == 1 else f"{points:g} points"
    return _BODY.format(sentence=sentence, worth=worth, name=name, seed=seed_of(name))


def standard_sentence(body: str, name: str) -> str | None:
    """Return the sentence of a standard body for check `name`, or None if it is another body.

    Points in the sentence are not compared: nbgrader's toolbar changes the metadata only,
    and the metadata is what counts.
    """
    hidden = _BODY.format(sentence="", worth="", name=name, seed=seed_of(name))
    pattern = r"# (.+) \([\d.]+ points?\)\n" + re.escape(hidden.split("\n", 1)[1])
    match = re.fullmatch(pattern, body.strip())
    return match[1] if match else None
