"""Concept questions: what an earlier unit taught, asked again with numbers of one's own.

Here stand the questions and how their numbers are drawn. The answers stand in
`autograder.concept_keys`, which is not handed out.
"""

from autograder.concepts.bank import QUESTIONS
from autograder.concepts.question import Asked, Question
from autograder.concepts.recall import RECALLS, NoStudent, questions

__all__ = ["QUESTIONS", "RECALLS", "Asked", "NoStudent", "Question", "questions"]
