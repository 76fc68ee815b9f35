"""Graphs: forks, the order of visits, what is left from before."""

from autograder.engine.diagnosis.misconception import Misconception

GRAD_OVERWRITE_NOT_ACCUMULATE = Misconception(
    "grad-overwrite-not-accumulate",
    unit="01",
    title="a fork loses contributions",
    computed="the gradient of a graph in which some of the wires that leave a node are cut: a "
    "contribution was written over another where it had to be added",
    formula="node.grad += slope * user.grad, once for each use of the node",
    ask="A node is used twice. What becomes of the first contribution when the second arrives?",
    section="01, One number, two ways",
)

EQUAL_OPERANDS_ONCE = Misconception(
    "equal-operands-once",
    unit="01",
    title="an operand that stands twice counts once",
    computed="the gradient of a graph in which one of the two wires of a + a and a * a is cut: the "
    "operation hands its operand one contribution, and owes it two",
    formula="a contribution for each place at which an operand stands",
    ask="What do you keep of the operands of a * a: two entries, or one?",
    section="01, Sum over paths",
)

RECURSIVE_BACKWARD_NO_TOPOSORT = Misconception(
    "recursive-backward-no-toposort",
    unit="01",
    title="a node fires before its gradient is complete",
    computed="what comes out when a node hands on its gradient before all contributions have "
    "arrived, or hands on old ones once more: paths are counted too often or too rarely",
    formula="reversed topological order: a node after all of its users, once",
    ask="Take c = b*b + b with b = a*a. How many contributions does b wait for, and how many "
    "have arrived when your code visits it?",
    section="01, When may a node fire?",
)

PRODUCT_OWN_FACTOR = Misconception(
    "product-own-factor",
    unit="01",
    title="a factor got itself as its slope",
    computed="a gradient in which each factor of a product is multiplied by its own value, "
    "where the value of the other one belongs",
    formula="for p = a * b: the slope at a is b, the slope at b is a",
    ask="Let a = 3 and b = 10. If a grows by 0.1, by how much does a * b grow?",
    section="01, Slopes on the wires",
)

PRODUCT_WITHOUT_SLOPES = Misconception(
    "product-without-slopes",
    unit="01",
    title="a product treated like a sum",
    computed="a gradient that passes a product unchanged, as it would pass a sum",
    formula="for p = a * b: the slope at a is b, the slope at b is a",
    ask="Let a = 3 and b = 10. If a grows by 0.1, by how much does a * b grow?",
    section="01, Slopes on the wires",
)

ARRIVED_LEFT_OUT = Misconception(
    "arrived-left-out",
    unit="01",
    title="the gradient of the user is no factor",
    computed="a gradient in which the slope on a wire is not multiplied by the gradient of the "
    "node that it leads to",
    formula="to the gradient of an operand is added: slope times the gradient of its user",
    ask="Take d = 3 * c with c = 2 * a. Which two numbers make a.grad, and which line of yours "
    "multiplies them?",
    section="01, Slopes on the wires",
)

ROOT_LEFT_OUT = Misconception(
    "root-left-out",
    unit="01",
    title="the root hands nothing on",
    computed="the gradient of a pass in which the root hands nothing on: it keeps its 1, and no "
    "other node hears of it",
    formula="the walk back begins with the root itself, which hands slope * 1 to its operands",
    ask="Print each node that your pass visits, for c = a * b. Is c among them, and what does it "
    "hand to a?",
    section="01, When may a node fire?",
)

GRAPH_WALKED_AS_TREE = Misconception(
    "graph-walked-as-tree",
    unit="01",
    title="one visit for each path",
    computed="the right gradients, with each path walked by itself: a chain of 20 diamonds has 21 "
    "nodes, and 2^20 paths down to its leaf",
    formula="s x + s y = s (x + y): add first what arrives at a node, hand it on once",
    ask="How often does your pass come to the leaf of v1 = v0 + v0, v2 = v1 + v1, v3 = v2 + v2?",
    section="01, Tree or graph",
)
