"""A report as HTML.

The HTML is a table and inline styles: it shows in JupyterLab, light and dark, in feedback pages
and without JavaScript. Everything that comes from the student is escaped.
"""

from __future__ import annotations

import re
from html import escape

import numpy as np

from autograder.engine.picture import framed
from autograder.engine.report.addresses import ON_SITE, lesson, misconception
from autograder.engine.report.text import (
    TITLES,
    begun,
    details,
    gap_sentence,
    paragraphs,
    repeated,
    sections,
)
from autograder.engine.report.verdict import MARKS, Example, ReportData, Words

COLOURS = {"passed": "#009E73", "carried": "#009E73", "failed": "#D55E00", "not checked": "#777777"}
_TICKS = re.compile(r"`([^`\n]+)`")


def _words_of(text: str) -> str:
    """Text as HTML: escaped, and what stands in backticks as code."""
    return _TICKS.sub(r"<code>\1</code>", escape(text))


def html(report: ReportData) -> str:
    """The report as one HTML block."""
    held = sum(v.earned for v in report.verdicts)
    rows = "".join(
        f'<tr><td style="color:{COLOURS[v.status]};font-weight:bold;vertical-align:top">'
        f'{MARKS[v.status]}</td><td style="text-align:left">{_words_of(v.sentence)}'
        + (f' <span style="opacity:.75">({_words_of(detail)})</span>' if detail else "")
        + "</td></tr>"
        for v, detail in details(report)
    )
    parts = [
        f"<p><b><code>{escape(report.function)}</code></b>: "
        f"{held} of {len(report.verdicts)} properties hold</p>"
    ]
    if report.note:
        parts.append(f"<p>{_words_of(report.note)}</p>")
    parts.append(f'<table style="border-collapse:collapse;margin:0 0 .6em 0">{rows}</table>')
    parts += [f"<p>{_words_of(repeated(report))}</p>"] if report.again else _explained(report)
    body = "".join(part for part in parts if part)
    edge = COLOURS["passed" if report.passed else "failed"]
    frame = f"border-left:4px solid {edge};padding-left:.8em;max-width:46em"
    return f'<div style="{frame}">{body}</div>'


def _explained(report: ReportData) -> list[str]:
    """The example, the misconceptions with their picture, or what to try."""
    parts: list[str] = []
    if report.example:
        parts += [f"<p>{escape(gap_sentence(report.example))}</p>", heat_map(report.example)]
    parts += [_words(words, beginning) for words, beginning in begun(report.diagnosis)]
    if report.certainty:
        parts.append(f"<p>{_words_of(report.certainty)}</p>")
    parts.append(_figure(report))
    return parts + [f"<p>{_words_of(line)}</p>" for line in report.advice]


def _figure(report: ReportData) -> str:
    """The picture with its sentence below it."""
    return framed(report.picture, report.caption) if report.picture else ""


def _words(words: Words, beginning: str) -> str:
    told = paragraphs(words, beginning)
    lines = [f"<b>{title}:</b> {_told(title, text, words)}" for title, text in told]
    return f"<p>{'<br>'.join(lines)}</p>"


def _told(title: str, told: str, words: Words) -> str:
    """One paragraph: a formula as code, sections and the misconception's name as links."""
    if title == TITLES[2]:
        links = "; ".join(_link(place, lesson(address)) for place, address in sections(words))
        return links if told.endswith("?") else f"{links}."
    if title == TITLES[0]:
        return f"<code>{escape(told)}</code>"
    before, name, after = told.rpartition(f"({words.title}")
    if title == TITLES[1] or words.unnamed or not (name and words.id):
        return _words_of(told)
    linked = _link(words.title, misconception(words.id))
    return f"{_words_of(before)}({linked}{_words_of(after)}"


def _link(words: str, places: tuple[str, str]) -> str:
    """Words as a link to a page, if it lies where an assignment finds it.

    Else they say where it is on the course's website, which a page of feedback may know.
    """
    here, site = places
    if not site:
        return _words_of(words)
    page = f'{ON_SITE}="{escape(site)}"'
    if here:
        return f'<a {page} href="{escape(here)}">{_words_of(words)}</a>'
    return f"<span {page}>{_words_of(words)}</span>"


def heat_map(example: Example) -> str:
    """A small table of the entries: the stronger the colour, the further off."""
    found, wanted = np.atleast_2d(example.found), np.atleast_2d(example.wanted)
    if found.shape != wanted.shape or found.ndim != 2:
        return ""
    rows, columns = min(found.shape[0], 8), min(found.shape[1], 8)
    gaps = np.abs(found - wanted) / (np.abs(wanted).max() or 1.0)
    top = float(gaps.max()) or 1.0
    body = "".join(
        "<tr>"
        + "".join(
            f'<td style="background:rgba(213,94,0,{0.85 * gaps[i, j] / top:.2f});'
            f'padding:.15em .5em;text-align:right;font-family:monospace" '
            f'title="expected {wanted[i, j]:.4g}">'
            f"{found[i, j] + 0.0:.3g}</td>"
            for j in range(columns)
        )
        + "</tr>"
        for i in range(rows)
    )
    cut = "" if (rows, columns) == found.shape else ", the first rows and columns"
    caption = f"your {escape(example.name)}{cut}: the stronger the colour, the further off"
    # a table's own caption is as narrow as the table: beside one column, one word a line
    return (
        f'<table style="border-collapse:collapse;margin:0">{body}</table>'
        f'<p style="opacity:.75;margin-top:.2em">{caption}</p>'
    )
