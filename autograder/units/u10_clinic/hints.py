"""Hints for unit 10."""

from autograder.engine.hints import Hints

FAMILIES = ()
HINTS = {
    "answers_10": Hints(
        "Which cells are right? For each id of the list: what would it leave right, and on which "
        "instance would nobody see it?",
        "Take m = 4, a right db = 3 and a returned db = 12. The ratio 12/3 = 4 is m: a factor 1/m "
        "is missing. With a returned db = 0.75 the ratio 0.75/3 = 0.25 is 1/m: it was paid twice.",
        "first the shape; then returned / numeric: one number, or none; then the instances on "
        "which it is right; then the node at which it begins",
    ),
}
