"""The page on all misconceptions, made from the catalogue."""

from __future__ import annotations

from pathlib import Path

from autograder.engine.diagnosis.forms import BehaviourForm, Form
from autograder.engine.diagnosis.misconception import Misconception
from autograder.mistakes.catalogue import PARTS, entries
from autograder.units import CATALOGUE

PAGE = Path("docs") / "misconceptions.md"
_HEAD = """\
# Misconceptions

Made from the catalogue (`autograder/mistakes/catalogue/`) by `make build`; edit it there.
The id is what reports show. "Computed" completes the sentence "what you computed is ...".
"""


def page() -> str:
    """Return the whole page as Markdown."""
    parts = [_HEAD]
    for part in PARTS:
        title = (part.__doc__ or "").strip().removesuffix(".")
        parts += [f"## {title}\n", *(_entry(entry) for entry in entries(part))]
    return "\n".join(parts)


def _entry(entry: Misconception) -> str:
    """Return one entry: its words, and on which families of networks it is recognised."""
    forms = CATALOGUE.of(entry.id)
    families = dict.fromkeys(name for form in forms for name in form.on if _shows(form))
    if families:
        seen = f"Recognised on {', '.join(families)}, in {len(forms)} " + (
            "forms." if len(forms) > 1 else "form."
        )
    else:
        seen = "Recognised by what a function does." if forms else "Named by a check itself."
    lines = (
        f"### `{entry.id}`\n",
        f"{_plain(entry.title)} (unit {entry.unit}; lesson {_plain(entry.section)})\n",
        f"- Computed: {_plain(entry.computed)}.",
        f"- The line it concerns: `{entry.formula}`",
        f"- Ask yourself: {_plain(entry.ask)}",
        f"- {seen}\n",
    )
    return "\n".join(lines)


def _shows(form: Form) -> bool:
    return not isinstance(form, BehaviourForm)


def _plain(text: str) -> str:
    """Keep Markdown from reading `*` and `_` in formulas as emphasis."""
    return text.replace("*", r"\*").replace("_", r"\_")
