"""What is said of a function, as data: verdicts, an example, misconceptions, advice."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

Status = Literal["passed", "carried", "failed", "not checked"]
MARKS: dict[Status, str] = {"passed": "✓", "carried": "✓", "failed": "✗", "not checked": "·"}


@dataclass(frozen=True)
class Verdict:
    """What is said of one property.

    Attributes
    ----------
    check : str
        ``function__property``.
    status : str
        ``passed``; ``carried`` (wrong only as far as a function it calls is, or another property,
        which has been told there); ``failed``; ``not checked`` (something else has to
        be right first).
    sentence : str
        The property.
    detail : str
        Why it failed, or why it was not checked.
    """

    check: str
    status: Status
    sentence: str
    detail: str = ""

    @property
    def earned(self) -> bool:
        """Whether the property earns its points."""
        return self.status in ("passed", "carried")


@dataclass(frozen=True)
class Example:
    """The worst entry of the first wrong array on an example; shown for visible checks only.

    `kind` tells what it is compared with: ``"gradient"``, the numeric gradient; ``"own"``, that of
    the student's own forward pass, where it is wrong; ``"value"``, anything else.
    """

    name: str
    label: str
    worst: tuple[int, ...]
    found: list[Any]
    wanted: list[Any]
    error: float
    kind: str = "gradient"


@dataclass(frozen=True)
class Words:
    """One misconception in the catalogue's words, or what was read off the graph alone.

    `formula`, `ask` and `section` may be empty: then nothing is said of them. `read` are pairs of
    a section and its address as seen from an assignment, which may be empty; `section` is the
    first of them, as class reports name it.
    """

    id: str
    title: str
    computed: str
    formula: str
    ask: str
    section: str
    detail: str = ""
    scope: str = ""
    mistake: bool = True
    read: tuple[tuple[str, str], ...] = ()

    @property
    def unnamed(self) -> bool:
        """Whether the catalogue has no entry for it: its title repeats what was computed."""
        return ": " in self.id  # those of the catalogue are words with hyphens


@dataclass(frozen=True)
class ReportData:
    """All that is said of one function.

    Attributes
    ----------
    function : str
    verdicts : tuple of Verdict
    note : str
        Said before everything else, e.g. that the forward pass is wrong.
    diagnosis : tuple of Words
        The misconceptions that together explain every array; empty if none does.
    certainty : str
        A sentence on how much of what was returned the diagnosis reproduces.
    advice : tuple of str
        What to try where nothing explains the arrays.
    example : Example or None
    picture : str
        SVG of the graph with the edited wires, or an empty string.
    caption : str
        The sentence below the picture.
    fingerprint : str
        Of wrong arrays that nothing explains: equal for two students who returned the same.
    remark : str
        For the instructor: why an answer that passes is worth a look. No page for students has it.
    again : bool
        Whether all of this but the verdict was told at an earlier check of the function.
    """

    function: str
    verdicts: tuple[Verdict, ...]
    note: str = ""
    diagnosis: tuple[Words, ...] = ()
    certainty: str = ""
    advice: tuple[str, ...] = ()
    example: Example | None = None
    picture: str = field(default="", repr=False)
    caption: str = ""
    fingerprint: str = ""
    remark: str = ""
    again: bool = False

    @property
    def passed(self) -> bool:
        """Whether every property is earned."""
        return all(verdict.earned for verdict in self.verdicts)
