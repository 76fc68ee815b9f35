"""Where to read about a mistake: in this unit's lesson first, and in those before it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Lessons:
    """The sections of all lessons, and which of them treat the same topic.

    Attributes
    ----------
    headings : mapping of str to sequence of str
        Notebook (``"04_l_layer_network"``) to its headings, with their numbers.
    topics : mapping of str to mapping of str to str
        Unit to: section of another lesson (``"03, The affine layer"``) to that of this unit's.
    """

    headings: Mapping[str, Sequence[str]] = field(default_factory=dict)
    topics: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def sections(self, unit: str, section: str) -> tuple[str, ...]:
        """Return where a reader of this unit finds what a section treats.

        This unit's own section comes first; after it one of an earlier lesson. A section of a
        later lesson is named only where there is no other.
        """
        own = self.topics.get(unit, {}).get(section, "")
        if not own or own == section:
            return (section,) if section else ()
        return (own, section) if section.partition(",")[0] < unit else (own,)

    def heading(self, section: str) -> tuple[str, str]:
        """Return the notebook and the heading of a section; empty texts if no lesson has it."""
        number, _, title = section.partition(", ")
        for notebook, headings in self.headings.items():
            for heading in headings if notebook.startswith(f"{number}_") else ():
                if heading.partition(". ")[2].replace("`", "") == title:
                    return notebook, heading
        return "", ""

    def link(self, section: str) -> str:
        """Return the address of a section as seen from an assignment; empty if there is none."""
        notebook, heading = self.heading(section)
        anchor = heading.replace("`", "").replace(" ", "-")
        return f"../../notebooks/{notebook}.ipynb#{anchor}" if notebook else ""
