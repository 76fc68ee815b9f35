"""The pages of the atlas as Markdown: one for each misconception, and an index by unit."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from autograder.atlas.words import code, head, plain, sentence
from autograder.engine.diagnosis import Misconception
from autograder.engine.report.addresses import slug
from autograder.engine.report.misconception_words import CHANGED
from autograder.site.atlas.seen import Seen
from autograder.units import CATALOGUE

_HEAD = """\
# Atlas of misconceptions

Most wrong gradients are the right gradient of something else. Here is a page for each mistake that
the grader of this course knows by name: what was computed instead, the line of formula that it
concerns, the wire of the graph where it sits, and where to read on. The words are those of the
grader's reports. The pictures are drawn by the grader itself: it was handed a slip, named it, and
marked what the slip does to the way back.

A mistake stands under the unit whose lesson treats it first; below the list of each unit are those
of other units that occur in it too.
"""
# In no list of pages: with all of them, each page's margin would be longer than the page.
_ALONE = "---\norphan: true\n---\n"
_UNNAMED = "There is no picture of it: it is known by a sign of its own, and no wire is at fault."


def write_pages(
    folder: Path, seen: Mapping[str, Sequence[Seen]], lessons: Mapping[str, str]
) -> None:
    """Write all pages of the atlas into `folder`.

    Parameters
    ----------
    folder : Path
    seen : mapping of str to sequence of Seen
        By the misconception's id.
    lessons : mapping of str to str
        Name, ``"04_l_layer_network"``, to title, in the order of the units.
    """
    folder.mkdir(parents=True)
    entries = CATALOGUE.values()
    for entry, before, after in zip(entries, [None, *entries], [*entries[1:], None], strict=False):
        way = " · ".join([*_way(before, "before: "), "[all](index.md)", *_way(after, "next: ")])
        page = [_ALONE, *_page(entry, seen[entry.id]), f"{way}\n"]
        (folder / f"{entry.id}.md").write_text("\n".join(page), "utf-8")
    (folder / "index.md").write_text("\n".join(_index(seen, lessons)), "utf-8")


def _page(entry: Misconception, seen: Sequence[Seen]) -> Iterator[str]:
    yield from head(entry)
    sections = CATALOGUE.lessons.sections(entry.unit, entry.section)
    yield f"**Read.** {'; '.join(map(_link, sections))}.\n"
    if not any(one.picture for one in seen):
        yield f"{_UNNAMED}\n"
    for one in seen:
        yield from _in_unit(entry, one)


def _in_unit(entry: Misconception, one: Seen) -> Iterator[str]:
    """What there is to see in one unit, as far as the head of the page does not say it."""
    yield f"## Unit {one.unit}, `{one.function}`\n"
    if one.words.computed != entry.computed:
        computed = one.words.computed.replace(CHANGED, "an argument")
        yield f"**What was computed.** {sentence(computed)}\n"
    if one.words.formula and one.words.formula != entry.formula:
        yield f"**The line it concerns.** {code(one.words.formula)}\n"
    if one.words.ask != entry.ask:
        yield f"**Ask yourself.** {plain(one.words.ask)}\n"
    if one.code:
        lines = "these lines" if "\n" in one.code else "this line"
        yield f"A slip that gives it has {lines}, where the right function has another:\n"
        yield f"```python\n{one.code}\n```\n"
    if one.picture:
        drawn = f'<div class="drawn" tabindex="0">{one.picture.svg}</div>'
        yield f"```{{raw}} html\n{drawn}\n```\n"
        yield f"{plain(one.picture.caption)}\n"
    told = [place.removeprefix("lesson ") for place, _ in one.words.read]
    if told and told[0] != entry.section:
        yield f"**Read.** {'; '.join(map(_link, told))}.\n"


def _index(seen: Mapping[str, Sequence[Seen]], lessons: Mapping[str, str]) -> Iterator[str]:
    yield _HEAD
    for name, title in lessons.items():
        unit = name.partition("_")[0]
        home = [entry for entry in CATALOGUE.values() if entry.unit == unit]
        there = [
            entry
            for entry in CATALOGUE.values()
            if entry.unit != unit and any(one.unit == unit for one in seen[entry.id])
        ]
        yield f"## Unit {unit}: {plain(title)}\n"
        yield from (
            f"- [{plain(entry.title)}]({entry.id}.md): {sentence(entry.computed)}" for entry in home
        )
        if there:
            links = (f"[{plain(entry.title)}]({entry.id}.md)" for entry in there)
            yield f"\nAlso in this unit: {'; '.join(links)}.\n"
        yield ""


def _way(entry: Misconception | None, word: str) -> list[str]:
    return [f"{word}[{plain(entry.title)}]({entry.id}.md)"] if entry else []


def _link(section: str) -> str:
    """Return a link to the section of a lesson; plain text where it is one of an assignment."""
    notebook, heading = CATALOGUE.lessons.heading(section)
    if not notebook:
        return f"assignment {plain(section)}"
    return f"[lesson {plain(section)}](../lessons/{notebook}.ipynb#{slug(heading)})"
