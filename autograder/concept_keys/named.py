"""The other way round: somebody's wrong answer is shown, and its mistake is to be named."""

from __future__ import annotations

from autograder.concept_keys.bank import KEYS
from autograder.concept_keys.judge import key_to
from autograder.concept_keys.key import Answer, Key, same
from autograder.concepts import QUESTIONS, Asked, Question
from autograder.concepts.question import LETTER, Draw
from autograder.mistakes.catalogue import ENTRIES

#: So many mistakes must be known of a question whose wrong answers are to be named.
FEWEST, MOST = 3, 5
PREFIX = "named:"
TITLES = {entry.id: entry.title for entry in ENTRIES}


def can_be_named(question: Question) -> bool:
    """Tell whether enough mistakes are known of a question."""
    asked = question.asked("")
    return asked.form != LETTER and len(KEYS[question.name](**asked.numbers).wrong) >= FEWEST


def asked_of(name: str, seed: str) -> tuple[Question, Asked, Key]:
    """A question of an exam with its key: of the bank, or with `PREFIX` one whose answer is wrong.

    Raises
    ------
    KeyError
        If the bank has none of this name.
    """
    question = QUESTIONS[name.removeprefix(PREFIX)]
    asked = question.asked(seed)
    key = key_to(question, asked)
    if not name.startswith(PREFIX):
        return question, asked, key
    id, wrong = Draw(f"{name}/{seed}").one(_unmistakable(key))
    ids = Draw(f"{name}/{seed}/choices").some(
        [other for other in key.wrong if other != id], MOST - 1
    )
    choices = Draw(f"{name}/{seed}/order").some([id, *ids], len(ids) + 1)
    text = f"{asked.text}\n\nSomebody answers **{shown(wrong)}**. Which mistake gives this?"
    turned = Asked(text, asked.numbers, LETTER, tuple((one, TITLES[one]) for one in choices))
    return question, turned, Key(id, {})


def _unmistakable(key: Key) -> list[tuple[str, Answer]]:
    """The mistakes whose wrong answer no other one gives."""
    known = key.mistakes()
    return [
        (id, wrong)
        for id, wrong in known
        if not any(other != id and same(wrong, value) for other, value in known)
    ]


def shown(answer: Answer) -> str:
    """An answer as people write it, ``2.5`` or ``(3, 4)``."""
    if isinstance(answer, str):
        return answer
    if isinstance(answer, tuple):
        return f"({', '.join(map(shown, answer))})"
    text = f"{answer:.4f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text
