"""Unit 01: right engines pass, and each slip is refused and named."""

import re

import pytest
from engines_01 import BY_DEPTH, CELLS, CLOSURES, FIRE, MUTANTS, NAMES, RECURSION, notebook, slip

from autograder.engine.evaluate import evaluate
from autograder.engine.locate.example import arguments_of
from autograder.engine.student import Student
from autograder.units import EXERCISES


def report(name, names, seed=5):
    return evaluate(EXERCISES[name], Student(names), seed)


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("name", NAMES)
def test_the_solution_passes(name, seed):
    found = report(name, notebook(), seed)
    assert found.passed, str(found)


def test_an_engine_of_closures_with_integer_slopes_passes():
    names = notebook(Value=CLOSURES, topo_order=BY_DEPTH, backward=FIRE)
    for name in ("Value", "topo_order", "backward"):
        found = report(name, names)
        assert found.passed, str(found)


@pytest.mark.parametrize("seed", [5, 6, 7])
@pytest.mark.parametrize("slipped", MUTANTS)
def test_each_slip_is_refused_and_named(slipped, seed):
    name, replaced, id = MUTANTS[slipped]
    found = report(name, notebook(**replaced), seed)
    assert not found.passed
    assert id in [words.id for words in found.diagnosis], str(found)


def test_a_wrong_operation_is_named_by_its_expression():
    names = notebook(**slip("Value", "y = np.tanh(self.data)", "y = np.sinh(self.data)"))
    assert "v1 = tanh v0" in str(report("Value", names))


def test_an_operand_that_is_written_into_is_told_before_and_after():
    in_place = slip(
        "Value",
        "return Value(self.data + other.data, (self, other), (1.0, 1.0))",
        "out = Value(self.data, (self, other), (1.0, 1.0))\n        out.data += other.data\n"
        "        return out",
    )
    text = str(report("Value", notebook(**in_place)))
    assert "v2 = v0 + v1 changes v0: it held [" in text
    assert "expected" not in text


def test_a_wrong_number_stands_beside_the_right_one():
    text = str(report("Value", notebook(**slip("Value", "np.exp(self.data)", "self.data"))))
    assert re.search(r"in v1 = exp v0: data of v1 is ([\d.]+), expected [\d.]+, for v0 = \1", text)


def test_nodes_of_an_earlier_call_are_told_as_that():
    names = notebook()
    listed, kept = names["topo_order"], []

    def topo_order(root):
        kept.extend(n for n in listed(root) if all(n is not other for other in kept))
        return list(kept)

    text = str(report("topo_order", {**names, "topo_order": topo_order}))
    assert "in a first call the list is right; in a second one" in text
    assert re.search(r"and [1-9]\d* of them belong to the call before", text)


def test_mathematics_of_single_numbers_is_refused_on_arrays():
    names = notebook(**slip("Value", "= np.exp(self", "= __import__('math').exp(self"))
    verdicts = {v.check: v.status for v in report("Value", names).verdicts}
    assert list(verdicts.values()) == ["passed", "failed", "passed"]


def test_a_tree_is_refused_as_a_graph():
    tree = CELLS["backward_tree"].replace("backward_tree", "backward")
    told = {v.check: v for v in report("backward", notebook(backward=tree)).verdicts}
    assert told["backward__grads_match_numeric_gradient"].status == "passed"
    assert "15 visits, expected 4" in told["backward__visits_each_node_once"].detail


def test_a_tree_in_the_place_of_the_graph_is_named_by_its_cost_alone():
    tree = CELLS["backward_tree"].replace("backward_tree", "backward")
    found = report("backward", notebook(backward=tree))
    assert [words.id for words in found.diagnosis] == ["graph-walked-as-tree"]


def test_a_tree_of_wrong_values_is_not_said_to_be_right():
    tree = CELLS["backward_tree"].replace("backward_tree", "backward")
    wrong = tree.replace("s * arrived", "s + arrived")
    assert wrong != tree
    named = [words.id for words in report("backward", notebook(backward=wrong)).diagnosis]
    assert "graph-walked-as-tree" not in named


@pytest.mark.parametrize(
    ("operands", "wanted"), [("node.operands", 342), ("dict.fromkeys(node.operands)", 228)]
)
def test_the_two_numbers_of_a_node_that_fires_early(operands, wanted):
    """q = b * b calls b twice; once if equal operands are kept once, as in a set."""
    names = notebook(backward=RECURSION.replace("OPERANDS", operands))
    a = names["Value"](3.0)
    b = a * a
    grads, _ = names["backward"](b * b + b, [b, a])
    assert [float(g) for g in grads] == [19, wanted]


def test_a_graph_is_refused_as_a_tree():
    graph = CELLS["backward"].replace("def backward", "def backward_tree")
    told = {v.check: v for v in report("backward_tree", notebook(backward_tree=graph)).verdicts}
    assert "4 visits, expected 15" in told["backward_tree__visits_once_for_each_path"].detail


def test_a_class_that_is_not_written_is_said_so():
    unwritten = CLOSURES.replace("return self._with", "raise NotImplementedError() or self._with")
    found = report("backward", notebook(Value=unwritten))
    assert all(v.status == "not checked" for v in found.verdicts)
    assert "`Value` is not written yet" in found.note


def test_paths_counted_once_for_equal_operands_are_refused():
    once = slip("count_paths", "in root.operands", "in set(root.operands)")
    assert "it counts 1, there are 2" in str(report("count_paths", notebook(**once)))


def test_visits_that_are_never_set_back_are_no_gradients_of_an_earlier_call():
    cell = """
count = [0]
def backward_tree(root, wanted):
    for node in wanted:
        node.grad = 0.0
    def push(node, g):
        count[0] += 1
        node.grad += g
        for operand, slope in zip(node.operands, node.slopes):
            push(operand, slope * g)
    push(root, 1.0)
    return [node.grad for node in wanted], count[0]
"""
    names = notebook()
    exec(cell, names)
    said = str(report("backward_tree", names))
    assert "a second call with equal arguments gave something else: visits)" in said
    assert "an earlier pass" not in said


def test_the_nodes_of_an_example_are_those_of_its_graph():
    names = notebook()
    right = names["backward"]
    wrong = {**names, "backward": lambda root, wanted: ([0.0 for _ in wanted], 0)}
    root, wanted = arguments_of(EXERCISES["backward"], Student(wrong), 5)
    assert any(node is root for node in wanted)
    gradients, _ = right(root, wanted)
    assert gradients[wanted.index(root)] == 1.0
    assert any(gradients[n] != 0.0 for n, node in enumerate(wanted) if node is not root)
