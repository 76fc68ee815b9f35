"""Unit 01: what a wrong order, count or operation gives instead, on the smallest that shows it."""

import numpy as np
import pytest
from engines_01 import CELLS, COMMON, IN_PLACE, LISTED, RECURSION, notebook, slip

from autograder.engine.diagnosis import CATALOGUE
from autograder.engine.diagnosis.forms import Form
from autograder.engine.evaluate import evaluate
from autograder.engine.locate.example import arguments_of
from autograder.engine.report.misconception_words import wording
from autograder.engine.student import Student
from autograder.units import EXERCISES
from autograder.units.u01_graphs.counted_paths import COUNTS
from autograder.units.u01_graphs.listed_orders import WALKS
from autograder.units.u01_graphs.small_graphs import operands, several


def told(name, names, seed=5):
    found = evaluate(EXERCISES[name], Student(names), seed)
    assert not found.passed
    return str(found)


def written(source, **replaced):
    names = notebook(**replaced)
    exec(source, names)
    return names


WAITING = """
def topo_order(root):
    listed, waiting, met = [], [root], {root}
    while waiting:
        node = waiting.pop(PLACE)
        listed.append(node)
        for operand in node.operands:
            if operand not in met:
                met.add(operand)
                waiting.append(operand)
    return listed[::-1]
"""
WALK = """
def topo_order(root):
    found = []
    def enter(node):
        BODY
    enter(root)
    return found
"""
BY_NUMBER = """
def topo_order(root):
    key = {}
    def measure(node, away):
        key[node] = KEY
        for operand in node.operands:
            measure(operand, away + 1)
    measure(root, 0)
    return sorted(key, key=key.get)
"""
ORDERS = {
    "breadth first, reversed": (
        WAITING.replace("PLACE", "0"),
        "for v2 in v1 = tanh v0, v2 = v0 + v1: v1 stands before its operand v0. ",
        "is the reverse of the order in which a breadth-first walk (first operand first) first",
    ),
    "a stack, reversed": (
        WAITING.replace("PLACE", "-1"),
        "stands before its operand v",
        "is the reverse of the order in which a walk with a stack (first operand first onto it",
    ),
    "preorder": (
        WALK.replace(
            "BODY",
            "if node not in found: found.append(node); [enter(o) for o in node.operands]",
        ),
        "for v1 in v1 = tanh v0: v1 stands before its operand v0. ",
        "is the order in which a depth-first walk (first operand first) first meets the nodes",
    ),
    "preorder from the right, reversed": (
        WALK.replace(
            "BODY",
            "if node not in found: found.append(node); [enter(o) for o in node.operands[::-1]]",
        ).replace("return found", "return found[::-1]"),
        "for v2 in v1 = tanh v0, v2 = v1 + v0: v1 stands before its operand v0. ",
        "v0 is met before its user v1, by another way, and so stands behind it",
    ),
    "root first": (
        CELLS["topo_order"].replace("return order", "return order[::-1]"),
        "for v1 in v1 = tanh v0: ",
        "is a right order turned round, the root first",
    ),
    "in between": (
        WALK.replace(
            "BODY",
            "for o in node.operands[:1]: enter(o)\n        if node in found: return\n"
            "        found.append(node)\n        for o in node.operands[1:]: enter(o)",
        ),
        "v2 stands before its operand v1. ",
        "which lists a node after its first operand",
    ),
    "twice": (
        WALK.replace("BODY", "[enter(o) for o in node.operands]; found.append(node)"),
        "for v1 in v1 = v0 + v0: v0 stands in the list more than once",
        "stands once for each way from the root down to it",
    ),
    "no leaves": (
        CELLS["topo_order"].replace(
            "order.append(node)", "order.extend([node][:len(node.operands)])"
        ),
        "v0 is missing; it is the root",
        "right but for the leaves, which are missing",
    ),
    "no root": (
        CELLS["topo_order"].replace("return order", "return order[:-1]"),
        "v0 is missing; it is the root",
        "right but for the root, which is missing",
    ),
    "first operands": (
        WALK.replace("BODY", "[enter(o) for o in node.operands[:1]]; found.append(node)"),
        "for v2 in v1 = tanh v0, v2 = v0 + v1: v1 is missing; v2 depends on it. ",
        "a walk which goes on to the first operand of a node alone",
    ),
    "least distance": (
        BY_NUMBER.replace("KEY", "max(-away, key.get(node, -99))"),
        "stands before its operand v0. ",
        "sorted by the shortest way from the root, the farthest first: by that v0 is 1 away and "
        "its user v1 is 1, though v1 needs v0",
    ),
    "by data": (
        CELLS["topo_order"].replace("id(node)", "float(np.sum(node.data))"),
        "for v1 in v1 = v0 + v0: v0 is missing; v1 depends on it. ",
        "are nodes told apart by their data?",
    ),
}


@pytest.mark.parametrize("slipped", ORDERS)
def test_an_order_is_told_as_what_it_is_on_the_smallest_graph(slipped):
    source, where, what = ORDERS[slipped]
    names = written(source)
    text = told("topo_order", names)
    assert where in text
    assert what in text
    assert "d = a * b" not in text


def test_the_graph_that_is_shown_is_that_of_the_example():
    names = written(WAITING.replace("PLACE", "0"))
    (root,) = arguments_of(EXERCISES["topo_order"], Student(names), 5)
    listed = names["topo_order"](root)
    assert len(listed) == 3
    assert any(listed.index(o) > listed.index(n) for n in listed for o in n.operands)


def test_a_list_that_goes_on_from_an_earlier_call_is_told_as_that():
    source = CELLS["topo_order"].replace("met = [], set()", "met = [], MET")
    names = written(
        "MET = set()\n" + source.replace("if id(node)", "if len(MET) < 15 and id(node)")
    )
    text = told("topo_order", names)
    assert "built once more, is not listed right any longer" in text


@pytest.mark.parametrize("made", [COUNTS, WALKS])
def test_no_two_ideas_give_the_same_on_all_graphs(made):
    assert made is not WALKS or len(made) == 10  # none has the words of another
    graphs = list(several(np.random.default_rng(0)))
    seen = {}
    for said, idea in made.items():
        given = []
        for drawn in graphs:
            made_of = operands(drawn)
            root = len(made_of) - 1
            if made is WALKS:
                given.append(tuple(idea(made_of, root)))
            else:
                given += [idea(made_of, root, node) for node in range(root)]
        assert tuple(given) not in seen, (said, seen[tuple(given)])
        seen[tuple(given)] = said


PATHS = """
def count_paths(root, node):
    BODY
"""
RECURSION_OF = "[count_paths(o, node) for o in root.operands]"
COUNTED = {
    "a set": (
        "return 1 if root is node else sum(count_paths(o, node) for o in set(root.operands))",
        "from v1 down to v0 in v1 = v0 + v0, where v0 = 0.5: it counts 1, there are 2. ",
        "if an operand that stands twice, as in v0 + v0, is followed once",
    ),
    "in": (
        "if root is node: return 1\n"
        "    return (node in root.operands) + sum(\n"
        "        count_paths(o, node) for o in root.operands if o is not node)",
        "it counts 1, there are 2. ",
        "if v0 + v0 is one way down to v0",
    ),
    "wires": (
        "if root is node: return 1\n"
        "    listed = topo_order(root)\n"
        "    return sum(o is node for n in listed for o in n.operands)",
        "from v2 down to v0 in v1 = tanh v0, v2 = v1 + v1, where v0 = 0.5: it counts 1",
        "is the number of wires into the node",
    ),
    "users": (
        "if root is node: return 1\n    return sum(node in n.operands for n in topo_order(root))",
        "from v1 down to v0 in v1 = v0 + v0",
        "is the number of users of the node, each once",
    ),
    "longest": (
        "if root is node: return 0\n"
        "    return 1 + max([count_paths(o, node) for o in root.operands "
        "if node in topo_order(o)], default=-1)",
        "it counts 1, there are 2",
        "is the number of wires on the longest way, and not how many ways there are. And from the "
        "root down to itself it counts 0, there is 1",
    ),
    "leaves": (
        f"return 1 if root is node or not root.operands else sum({RECURSION_OF})",
        "it counts 2, there is 1",
        "the number of ways to the node and to each other leaf",
    ),
    "the root": (
        "return sum((o is node) or count_paths(o, node) for o in root.operands)",
        "from v0 down to v0 in a leaf alone, where v0 = 0.5: it counts 0, there is 1. ",
        "counts are right; for the root itself it is 0",
    ),
    "any": (
        f"return 1 if root is node else int(any({RECURSION_OF}))",
        "it counts 1, there are 2",
        "is 1, however many ways lead there",
    ),
    "product": (
        f"return 1 if root is node else int(bool(root.operands) * np.prod({RECURSION_OF}))",
        "from v1 down to v0 in v1 = v0 + v0",
        "if the ways through the operands are multiplied: they have to be added",
    ),
    "by data": (
        f"return 1 if np.all(root.data == node.data) else sum({RECURSION_OF})",
        "from v1 down to v0 in v1 = v0 + v0, where v0 = 0: it counts 1, there are 2. ",
        "are nodes told apart by their data?",
    ),
    "kept": (
        "key = id(root)\n    if root is node: return 1\n"
        f"    if key not in KEPT: KEPT[key] = sum({RECURSION_OF})\n    return KEPT[key]",
        "where it is the first to be asked for it is counted right",
        "something is kept from call to call",
    ),
    "kept by data": (
        "key = float(root.data)\n    if root is node: return 1\n"
        f"    if key not in KEPT: KEPT[key] = sum({RECURSION_OF})\n    return KEPT[key]",
        "where it is the first to be asked for it is counted right",
        "something is kept from call to call",
    ),
}


@pytest.mark.parametrize("slipped", COUNTED)
def test_a_count_is_told_as_what_it_counts_on_the_smallest_graph(slipped):
    body, where, what = COUNTED[slipped]
    text = told("count_paths", written("KEPT = {}\n" + PATHS.replace("BODY", body)))
    assert where in text
    assert what in text


RELU = "np.maximum(0.0, self.data)"
OPERATED = {
    "all": (
        (RELU, "self.data * np.all(self.data > 0)"),
        "relu of [2, -1] gives [0, 0], and [2, 0] is right. On each of 6 inputs tried, your `relu` "
        "of x gives x as it came in where all entries are above 0, else 0 in each place",
    ),
    "largest": (
        (RELU, "np.maximum(0.0, np.max(self.data))"),
        "the largest of the right entries, one number for all",
    ),
    "slope": (
        (RELU, "np.where(self.data > 0, 1.0, 0.0)"),
        "data of v1 is 1, expected 2, for v0 = 2. On each of 6 inputs tried, your `relu` of x "
        "gives its slope, 1 above 0, else 0, where its value belongs",
    ),
    "sinh": (("y = np.tanh", "y = np.sinh"), "your `tanh` of x gives sinh x"),
    "itself": (("self.data + other.data", "self.data + self.data"), "of a and b gives a + a"),
    "dot": (
        ("self.data * other.data", "np.dot(self.data, other.data)"),
        "your `__mul__` of a and b gives a dot product",
    ),
}


@pytest.mark.parametrize("slipped", OPERATED)
def test_an_operation_is_told_by_name_on_a_small_input(slipped):
    change, what = OPERATED[slipped]
    assert what in told("Value", notebook(**slip("Value", *change)))


def test_what_is_off_elsewhere_alone_is_given_no_name():
    clipped = slip("Value", RELU, "np.clip(self.data, 0.0, 1e9) * (abs(self.data) != 1.3)")
    text = told("Value", notebook(**clipped))
    assert "expected 1.3, for v0 = 1.3" in text
    assert "inputs tried" not in text


def test_the_report_on_a_class_says_where_its_slopes_are_checked():
    found = evaluate(EXERCISES["Value"], Student(notebook()), 5)
    assert found.passed
    assert "its slopes are checked with `backward_tree` and `backward`" in str(found)


def test_an_operand_of_a_number_is_not_called_an_array():
    changed = slip(
        "Value",
        "return Value(self.data + other.data,",
        "self.data += other.data\n        return Value(self.data,",
    )
    text = told("Value", notebook(**changed))
    assert "sets the data of its operand" in text
    assert "dict(d)" not in text


def _of(name, id, detail=""):
    words = wording(CATALOGUE[id], EXERCISES[name], "expressions", detail)
    return " | ".join((words.title, words.computed, words.formula, words.ask))


def test_what_is_said_of_a_tree_is_true_of_a_tree():
    for form in CATALOGUE.forms(Form, "expressions"):
        said = _of("backward_tree", form.misconception.id, form.detail)
        assert "user.grad" not in said
        assert "root.grad = 1.0" not in said
        assert "topological" not in said
        assert "b*b + b" not in said
        assert "Call backward twice" not in said
    said = _of("backward_tree", "arrived-left-out")
    assert "slope * arrived is handed on" in said
    assert "gradient of its user" not in said
    assert "slope times the gradient of its user" in _of("backward", "arrived-left-out")


@pytest.mark.parametrize("slope", ["slope", "slope + arrived"])
def test_the_line_on_what_is_handed_on_makes_a_tree_right(slope):
    tree = CELLS["backward_tree"]
    wrong = tree.replace("s * arrived", slope.replace("slope", "s"))
    assert wrong != tree
    text = told("backward_tree", notebook(backward_tree=wrong))
    assert "on each path: grad += arrived, and slope * arrived is handed on" in text


def test_a_tree_that_visits_each_node_once_counts_nothing_twice():
    once = RECURSION.replace("OPERANDS", "node.operands").replace(
        "def backward", "def backward_tree"
    )
    once = once.replace(
        "        visits += 1\n", "        if node in met: return\n        met.add(node)\n"
    )
    once = once.replace("visits = np", "visits, met = np").replace("data), 0", "data), 0, set()")
    text = told("backward_tree", notebook(backward_tree=once))
    assert "what arrives on a later path stays in the node" in text
    assert "is counted again" not in text


def test_the_first_path_that_is_kept_is_not_called_the_last():
    kept = "node.grad = node.grad if np.any(node.grad) else arrived\n        visits = visits + 1"
    old = "node.grad, visits = node.grad + arrived, visits + 1"
    text = told("backward_tree", notebook(**slip("backward_tree", old, kept)))
    assert "one path to each node, by the " in text
    assert "written over" not in text


#: Ways to visit, and on which of c = b*b + b and c = b + b*b the question has them fail.
@pytest.mark.parametrize(("place", "known"), [("0", "met"), ("0", "waiting"), ("-1", "met")])
def test_a_pass_fails_on_what_it_is_asked_about(place, known):
    source = LISTED.replace("PLACE", place).replace("KNOWN", known)
    names = notebook(backward=source)
    text = told("backward", names)
    b_first = "Take c = b + b*b with b = a*a" in text
    assert b_first or "Take c = b*b + b with b = a*a" in text
    a = names["Value"](3.0)
    b = a * a
    c = b + b * b if b_first else b * b + b
    grads, _ = names["backward"](c, [c, b, a])
    assert float(grads[-1]) != 114


@pytest.mark.parametrize("source", [IN_PLACE, COMMON.replace("1 * node.grad", "node.grad")])
def test_the_nodes_that_are_asked_about_share_one_array(source):
    names = notebook(backward=source)
    assert "are a.grad and b.grad the same object?" in told("backward", names)
    a, b = names["Value"](np.ones(2)), names["Value"](np.ones(2))
    c = a + b
    names["backward"](c, [c, a, b])
    assert a.grad is b.grad


def test_one_array_for_all_nodes_of_a_tree_is_named():
    old = "    for node in wanted:\n        node.grad = 0.0\n"
    new = "    zero = np.zeros_like(root.data)\n    for node in wanted:\n        node.grad = zero\n"
    shared = slip("backward_tree", old, new)["backward_tree"]
    shared = shared.replace(
        "node.grad, visits = node.grad + arrived, visits + 1",
        "node.grad += arrived; visits += 1",
    )
    text = told("backward_tree", notebook(backward_tree=shared))
    assert "two names, one array: all nodes share one array of zeros" in text
    assert "node.grad = node.grad + arrived, a new array" in text
