"""The answers to the concept questions, computed; they are left out of what students get.

Each answer, right or wrong, is the derivative of a forward pass or comes from one line of NumPy:
nothing is typed in. A wrong answer is the right answer to another question, and bears the name
under which the catalogue says to which one.
"""

from autograder.concept_keys.bank import KEYS
from autograder.concept_keys.judge import judged, key_to
from autograder.concept_keys.key import Key

__all__ = ["KEYS", "Key", "judged", "key_to"]
