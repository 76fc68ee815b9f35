"""Every misconception sends the reader to a section that exists."""

import re
from pathlib import Path

import pytest

from autograder.authoring.course import find_units
from autograder.engine.diagnosis import CATALOGUE

ROOT = Path(__file__).resolve().parents[3]


def headings():
    """Headings by unit number, as a reader sees them, without their own numbers."""
    found = {}
    for unit in find_units(ROOT):
        for cell in unit.read(ROOT):
            for line in re.findall(r"^#+ (.*)$", cell.source, flags=re.MULTILINE):
                if cell.kind == "markdown":
                    plain = re.sub(r"^\d+\. ", "", line).replace("`", "")
                    found.setdefault(unit.name.partition("_")[0], set()).add(plain)
    return found


HEADINGS = headings()


@pytest.mark.parametrize("entry", CATALOGUE.values(), ids=lambda entry: entry.id)
def test_the_section_exists(entry):
    number, _, title = entry.section.partition(", ")
    assert title in HEADINGS[number], sorted(HEADINGS[number])
