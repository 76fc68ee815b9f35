"""Unit 01: the clauses of its text, and what breaks each of them."""

from .breaker import Breaker

VALUE = """
class Value(Value):
    def {}:
        {}
"""
OPERATIONS = """
class Value:
    def __init__(self, data, operands=(), slopes=()):
        self.data, self.grad = data, 0.0
        self.operands, self.slopes = operands, slopes

    def __add__(self, other):
        return Value(self.data + other.data, (self, other), (1.0, 1.0))

    def __mul__(self, other):
        return Value(self.data * other.data, (self, other), (other.data, self.data))

    def tanh(self):
        return Value(np.tanh(self.data), (self,), (1 - np.tanh(self.data)**2,))

    def exp(self):
        return Value(np.exp(self.data), (self,), (np.exp(self.data),))

    def log(self):
        return Value(np.log(self.data), (self,), (1 / self.data,))

    def relu(self):
        {}
"""
PASS = """
def backward(root, wanted):
    order, visits = topo_order(root), 0
    for node in order:
        node.grad = np.zeros_like(node.data)
    root.grad = np.ones_like(root.data)
    for node in reversed(order):
        visits += 1
        for operand, slope in zip(node.operands, node.slopes):
            operand.grad = operand.grad + slope * node.grad
    {}
"""
WRAPPED = """
_right = {0}
def {0}(root, wanted):
    grads, visits = _right(root, wanted)
    {1}
    return grads, visits
"""
PATHS = """
def below(root, node):
    return [count_paths(operand, node) for operand in root.operands]

def count_paths(root, node):
    {}
"""
ORDER = """
_right_order = topo_order
def topo_order(root):
    order = _right_order(root)
    return {}
"""

BOTH = ("backward", "backward_tree")
LEAF = "`Value(data)`, which makes a leaf with `grad` 0.0"
NEW = "each returns a new `Value`"
KINK = "**ReLU** has slope 0 at exactly 0."
ENTRIES = "every operation acts entry by entry"
SECOND = "gives the same gradients as the first: a pass starts from zero."
ROOT = "the gradient of the root is 1."
STAYS = "The gradient of each node in `wanted`; also left in ``node.grad``."
TREE_VISITS = "How many nodes were visited, each as often as it was met; the root counts."
VISITS = "How many nodes were visited; leaves and the root count."
EACH_ONCE = "Each node once, every node after its operands; the last one is the root."
WAYS = "1 if node is the root; 0 if the root is not made of it"
DIAMONDS = "At depth 20 it has 21 nodes."


def given(name: str, clause: str, change: str) -> Breaker:
    """The right pass, and what is done to its answer."""
    return Breaker(clause, (name,), WRAPPED.format(name, change))


BREAKERS = [
    *(
        Breaker(clause, ("Value",), VALUE.format(method, body))
        for clause, method, body in (
            (LEAF, "__init__(self, *args)", "super().__init__(*args); self.grad = 1.0"),
            (LEAF, "__init__(self, *args)", "super().__init__(*args); self.grad = None"),
            (LEAF, "__init__(self, *args)", "super().__init__(*args); del self.grad"),
            (NEW, "relu(self)", "return self if np.all(self.data >= 0) else super().relu()"),
            (NEW, "__add__(self, other)", "self.data = self.data + other.data; return self"),
            (NEW, "tanh(self)", "self.data = np.tanh(self.data); return self"),
            (NEW, "exp(self)", "return np.exp(self.data)"),
            (
                ENTRIES,
                "tanh(self)",
                "import math; return Value(math.tanh(self.data), (self,), (1,))",
            ),
            (ENTRIES, "exp(self)", "return Value(np.exp(np.max(self.data)), (self,), (1,))"),
            (ENTRIES, "relu(self)", "return Value(max(0.0, self.data), (self,), (1,))"),
            (
                ENTRIES,
                "__mul__(self, o)",
                "return Value(np.dot(self.data, o.data), (self, o), (1, 1))",
            ),
            (ENTRIES, "relu(self)", "return Value(np.abs(self.data), (self,), (1.0,))"),
            (
                "use `np.tanh`, not `math.tanh`",
                "log(self)",
                "import math; return Value(math.log(self.data))",
            ),
        )
    ),
    *(
        Breaker(
            KINK,
            (name,),
            OPERATIONS.format(f"return Value(np.maximum(0.0, self.data), (self,), ({slope},))"),
        )
        for name in BOTH
        for slope in (
            "np.where(self.data >= 0, 1.0, 0.0)",
            "0.5 * (1 + np.sign(self.data))",
            "np.where(self.data < 0, 0.0, 1.0)",
        )
    ),
    *(
        Breaker(clause, ("count_paths",), PATHS.format(body))
        for clause, body in (
            (WAYS, "return sum(below(root, node))"),
            (
                WAYS,
                "return 1 if root is node else sum(below(root, node)) or 1",
            ),
            (
                "for ``a + a`` there are 2 ways down to ``a``",
                "return int(root is node) or sum(count_paths(o, node) for o in set(root.operands))",
            ),
            (
                "The number of ways from the root down to a node.",
                "return int(np.all(root.data == node.data)) or sum(below(root, node))",
            ),
            (
                "The number of ways from the root down to a node.",
                "return len(root.operands) if node in root.operands else int(root is node)",
            ),
            (
                "int 1 if node is the root",
                "return 1.0 if root is node else float(sum(below(root, node)))",
            ),
            (
                "int 1 if node is the root",
                "return True if root is node else sum(below(root, node))",
            ),
        )
    ),
    *(
        Breaker(clause, ("topo_order",), ORDER.format(value))
        for clause, value in (
            ("operands first", "order[::-1]"),
            (EACH_ONCE, "order + [root]"),
            (EACH_ONCE, "order[:-1]"),
            (EACH_ONCE, "order[1:]"),
            (EACH_ONCE, "[root, *order[:-1]]"),
            (EACH_ONCE, "sorted(order, key=lambda node: len(node.operands))"),
            (EACH_ONCE, "list({str(node.data): node for node in order}.values())"),
            ("The nodes that the root is made of", "[Value(1.0), *order]"),
            ("list or tuple of Value", "iter(order)"),
            ("list or tuple of Value", "[node.data for node in order]"),
        )
    ),
    Breaker(
        DIAMONDS,
        ("topo_order",),
        """
def topo_order(root):
    order = []
    def enter(node):
        for operand in node.operands:
            enter(operand)
        if not any(node is other for other in order):
            order.append(node)
    enter(root)
    return order
""",
    ),
    Breaker(
        DIAMONDS,
        ("topo_order",),
        """
def topo_order(root):
    waiting, late = [(root, 0)], {}
    while waiting:
        node, depth = waiting.pop()
        late[node] = max(depth, late.get(node, 0))
        waiting += [(operand, depth + 1) for operand in node.operands]
    return sorted(late, key=late.get, reverse=True)
""",
    ),
    Breaker(
        "gives to each of its operands",
        ("backward",),
        """
def backward(root, wanted):
    for node in wanted:
        node.grad = 0.0
    met = set()
    def walk(node, arrived):
        met.add(id(node))
        node.grad = node.grad + arrived
        for operand, slope in zip(node.operands, node.slopes):
            walk(operand, slope * arrived)
    walk(root, np.ones_like(root.data))
    return [node.grad for node in wanted], len(met)
""",
    ),
    *(
        Breaker(clause, ("backward",), PASS.format(end))
        for clause, end in (
            (VISITS, "return [node.grad for node in wanted], len(wanted)"),
            (
                VISITS,
                "return [node.grad for node in wanted], sum(bool(n.operands) for n in order)",
            ),
            (VISITS, "return [node.grad for node in wanted], visits - 1"),
            (VISITS, "return [node.grad for node in wanted], float(visits)"),
            (
                "visits : int How many nodes were visited; leaves",
                "return [node.grad for node in wanted], None",
            ),
            (
                "grads : list or tuple",
                "return {n: node.grad for n, node in enumerate(wanted)}, visits",
            ),
            ("grads : list or tuple", "return (node.grad for node in wanted), visits"),
            ("grads : list or tuple", "return np.array([node.grad for node in wanted]), visits"),
            (STAYS, "return [node.grad for node in order], visits"),
            (
                "The gradient of each node in `wanted`",
                "return [node.grad for node in wanted[:-1]], visits",
            ),
        )
    ),
    *(
        given(name, clause, change)
        for name in BOTH
        for clause, change in (
            (STAYS, "for node in wanted: node.grad = 0.0"),
            (STAYS, "wanted[0].grad = None"),
            (STAYS, "wanted[0].grad = wanted[0].grad + 1"),
            ("in any order", "grads = grads if wanted[-1] is root else grads[::-1]"),
            (ROOT, "grads = [0.0 if node is root else g for g, node in zip(grads, wanted)]"),
            (ROOT, "grads = [g * (1 + (node is root)) for g, node in zip(grads, wanted)]"),
            (
                SECOND,
                "root.n = getattr(root, 'n', 0) + 1; grads = [g * root.n for g in grads]",
            ),
        )
    ),
    *(
        given("backward_tree", clause, change)
        for clause, change in (
            (TREE_VISITS, "visits = 2 ** len(wanted) - 1"),
            (TREE_VISITS, "visits = len(wanted)"),
            (TREE_VISITS, "visits -= 1"),
            (TREE_VISITS, "visits = sum(count_paths(root, n) for n in wanted if n.operands)"),
        )
    ),
    Breaker(
        SECOND,
        ("backward",),
        """
def backward(root, wanted):
    order = topo_order(root)
    root.grad = np.ones_like(root.data)
    for node in reversed(order):
        for operand, slope in zip(node.operands, node.slopes):
            operand.grad = operand.grad + slope * node.grad
    return [node.grad for node in wanted], len(order)
""",
    ),
]
