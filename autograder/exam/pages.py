"""The exam on paper: sheets and key as HTML that needs no script and no network."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path

from autograder.concept_keys.key import Answer, Key
from autograder.concept_keys.named import TITLES, shown
from autograder.concepts import Asked, Question
from autograder.concepts.answers import letters, told_form
from autograder.concepts.question import LETTER

_STYLE = (Path(__file__).parent / "given" / "exam.css").read_text("utf-8")


@dataclass(frozen=True)
class Item:
    """A question of a sheet with its key."""

    number: int
    question: Question
    asked: Asked
    key: Key


def sheet_page(title: str, sheets: Mapping[str, Sequence[Item]]) -> str:
    """The page of all sheets; each begins on paper of its own."""
    return _page(title, "".join(_sheet(title, who, items) for who, items in sheets.items()))


def key_page(title: str, sheets: Mapping[str, Sequence[Item]]) -> str:
    """The page of all keys: right answers, and which mistake gives which wrong one."""
    parts = [f"<h1>{escape(title)}: the key</h1>"]
    for who, items in sheets.items():
        parts.append(f"<section>{f'<h2>{escape(who)}</h2>' if who else ''}")
        if len(sheets) == 1:
            parts += [_asked(item) + _key(item) for item in items]
        else:
            parts += map(_key, items)
        parts.append("</section>")
    return _page(f"{title}: the key", "\n".join(parts))


def _sheet(title: str, who: str, items: Sequence[Item]) -> str:
    name = escape(who) if who else '<span class="line"></span>'
    asked = "\n".join(_asked(item) + '<p class="answer">Answer:</p>' for item in items)
    return (
        f'<section class="sheet"><h1>{escape(title)}</h1>'
        f'<p class="who"><span>Name: {name}</span> <span>Points: <span class="short"></span> of '
        f"{len(items)}</span></p>\n{asked}</section>\n"
    )


def _asked(item: Item) -> str:
    head = f"<h3>Question {item.number} <small>unit {item.question.unit}</small></h3>"
    choices = "".join(
        f"<li><b>{letter}</b> {escape(words)}</li>"
        for letter, (_, words) in zip(letters(item.asked), item.asked.choices, strict=True)
    )
    form = "one letter" if item.asked.form == LETTER else told_form(item.asked)
    body = _html(item.asked.text) + (f"<ul>{choices}</ul>" if choices else "")
    return f'<div class="question">{head}{body}<p class="form">({escape(form)})</p></div>'


def _key(item: Item) -> str:
    rows = "".join(
        f"<tr><td>{_told(item, wrong)}</td><td>{escape(TITLES[id])} <code>{id}</code></td></tr>"
        for id, wrong in item.key.known()
    )
    table = f"<table>{rows}</table>" if rows else ""
    head = f"{item.number} <small>{item.question.name}</small>"
    return f'<div class="key"><p>{head}: <b>{_told(item, item.key.right)}</b></p>{table}</div>'


def _told(item: Item, answer: Answer) -> str:
    """An answer as students write it: a choice by its letter, with its words."""
    if item.asked.form != LETTER:
        return escape(shown(answer))
    return next(_of_choices(item.asked, answer))


def _of_choices(asked: Asked, answer: Answer) -> Iterator[str]:
    for letter, (name, words) in zip(letters(asked), asked.choices, strict=True):
        if name == answer:
            yield f"{letter} ({escape(words)})"


def _html(text: str) -> str:
    from autograder.grading.submission.rendered import to_html

    return to_html(text)


def _page(title: str, body: str) -> str:
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)}</title>\n<style>\n{_STYLE}</style>\n</head>\n"
        f"<body>\n<main>\n{body}\n</main>\n</body>\n</html>\n"
    )
