"""Is an answer right, and if not: which mistake gives it?"""

from __future__ import annotations

from autograder.concept_keys.bank import KEYS
from autograder.concept_keys.key import Answer, Key, same
from autograder.concepts import Asked, Question


def key_to(question: Question, asked: Asked) -> Key:
    """The key to a question with the numbers that were drawn.

    Raises
    ------
    KeyError
        If the bank of keys has none of this name.
    """
    return KEYS[question.name](**asked.numbers)


def judged(question: Question, asked: Asked, answer: Answer) -> tuple[bool, str]:
    """Tell whether an answer is right, and the name of the mistake that gives a wrong one.

    Parameters
    ----------
    answer : float, tuple of float, or str
        For a choice its name, not its letter.

    Returns
    -------
    right : bool
    id : str
        Of the catalogue; empty where the answer is right, and where no known mistake gives
        it, or more than one.
    """
    return judge_key(key_to(question, asked), answer)


def judge_key(key: Key, answer: Answer) -> tuple[bool, str]:
    """The same, where the key is known already."""
    if same(answer, key.right):
        return True, ""
    ids = {id for id, wrong in key.mistakes() if same(answer, wrong)}
    return False, ids.pop() if len(ids) == 1 else ""
