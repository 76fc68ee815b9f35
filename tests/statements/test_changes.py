"""The changes that slips are made of, and what is shared between tests of slips."""

import ast

from autograder.engine.student import Student
from tests.helpers.solved import solved, with_cell
from tests.helpers.untouched import beside_the_solution
from tests.statements.changes import changed, places_of, rewritten

SEED = 2024


def test_a_change_is_taken_back():
    tree = ast.parse("def f(a, b):\n    c = a + b\n    return c * a")
    before = ast.dump(tree)
    node = next(n for n in ast.walk(tree) if isinstance(n, ast.Mult))
    text = rewritten(tree, places_of(tree)[id(node)], ast.Div())
    assert text.endswith("return c / a")
    assert ast.dump(tree) == before


def test_no_two_changes_are_alike_and_none_is_the_solution():
    sources = [change.source for change in changed("04", 60)]
    assert len(set(sources)) == len(sources)
    right = {ast.unparse(ast.parse(text)) for text in solved("04")[1].values()}
    assert not right & set(sources)


def student(cell):
    return beside_the_solution(Student(with_cell("04", cell)), solved("04")[0])


def test_only_what_no_slip_touches_is_told_from_elsewhere():
    forward, backward = (
        ("stands", "04", name, SEED) for name in ("linear_forward", "linear_backward")
    )
    one = student("def linear_backward(dZ, cache):\n    return dZ, dZ, dZ")
    one.stands[forward], one.stands[backward] = True, False
    other = student("def relu_backward(dA, Z):\n    return dA")
    assert other.stands.get(forward) is True
    assert other.stands.get(backward) is None
    # what it is made of was changed: the backward pass gets its cache from it
    third = student("def linear_forward(A, W, b):\n    return W @ A, (A, W, b)")
    assert third.stands.get(forward) is None
    assert third.stands.get(backward) is None
