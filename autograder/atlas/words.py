"""The words on one misconception as Markdown: the head of its page, on the site and in a hand-out.

Made from the catalogue, and from what the authors noted of public code in ``given/sightings.json``.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from autograder.engine.diagnosis import Misconception

_SIGHTINGS = Path(__file__).parent / "given" / "sightings.json"
# Words that a sentence may begin with; another one may be the name of an array.
_BEGIN = frozenset(["a", "all", "an", "each", "every", "no", "nothing", "one", "the", "what"])


@cache
def sightings() -> Mapping[str, Mapping[str, Any]]:
    """Return by id how often a misconception was met in public (``found``), and where it hides."""
    read: dict[str, dict[str, Any]] = json.loads(_SIGHTINGS.read_text("utf-8"))
    return read


def head(entry: Misconception) -> Iterator[str]:
    """Yield the paragraphs that a page on a misconception begins with, a title first."""
    sighted = sightings().get(entry.id, {})
    yield f"# {plain(entry.title)}\n"
    kind = "a mistake" if entry.mistake else "another convention, and no mistake"
    yield f"`{entry.id}`, {kind}; unit {entry.unit}\n"
    yield f"**What was computed.** {sentence(entry.computed)}\n"
    yield f"**The line it concerns.** {code(entry.formula)}\n"
    yield f"**Ask yourself.** {plain(entry.ask)}\n"
    if "hides" in sighted:
        yield f"**Where it hides.** {plain(sighted['hides'])}\n"
    if "found" in sighted:
        yield f"**How often.** {_often(sighted['found'])}\n"


def plain(text: str) -> str:
    """Keep Markdown from reading signs of formulas as marks of its own."""
    for sign in "\\*_[]<>$":
        text = text.replace(sign, f"\\{sign}")
    return text


def sentence(text: str) -> str:
    """Return words on what was computed as a sentence."""
    begins = text.partition(" ")[0] in _BEGIN
    return plain(f"{text[0].upper()}{text[1:]}" if begins else text) + "."


def code(line: str) -> str:
    """Return a line of formula as Markdown's code."""
    return f"`{line}`" if "`" not in line else f"`` {line} ``"


def _often(found: int) -> str:
    if not found:
        return "It was derived; the authors have not met it in public code."
    places = "one place" if found == 1 else f"{found} places"
    return f"The authors met it in {places} in public: course forums, repositories, question sites."
