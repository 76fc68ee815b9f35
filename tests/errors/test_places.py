"""The trees in which the place of an exception is looked for."""

import ast

from autograder.errors.places import _parsed, parent


def test_every_node_knows_the_node_around_it_up_to_the_module():
    source = "try:\n    with a as b:\n        c = [-d for d in e if d]\nexcept E:\n    f(g=1)\n"
    tree = _parsed(source)
    names = [node for node in ast.walk(tree) if isinstance(node, ast.Name)]
    assert len(names) == 9
    for node in names:
        while node is not tree:
            node = parent(node)
            assert node is not None


def test_what_all_trees_share_is_in_none():
    """Python has one Load() for all trees: with a parent, each copy of a name copied a tree."""
    _parsed("def f(x):\n    return -x + 1 if x and x > 0 else x\n")
    for node in ast.walk(ast.parse("y = -z + 1 if z and z > 0 else z")):
        assert parent(node) is None
