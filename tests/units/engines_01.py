"""Unit 01: right engines and wrong ones, made from the assignment's own solution."""

from pathlib import Path

import jupytext
import numpy as np

TEXT = Path(__file__).parents[2] / "authoring" / "assignments" / "01_graphs.py"
NAMES = ("Value", "count_paths", "topo_order", "backward_tree", "backward")


def cells():
    """The solved answer cells, and the given code through which the checks reach them."""
    found = {}
    for cell in jupytext.read(TEXT).cells:
        if "solution" in cell.metadata:
            found[cell.metadata["solution"]] = cell.source
        elif cell.source.startswith("def ") and "free" not in cell.metadata:
            found[cell.source[4:9]] = cell.source
    return found


CELLS = cells()


def notebook(**replaced):
    names = {"np": np, "__name__": "student"}
    for name, text in CELLS.items():
        exec(replaced.get(name, text), names)
    return names


def slip(name, old, new):
    assert CELLS[name].count(old) == 1, (name, old)
    return {name: CELLS[name].replace(old, new)}


CLOSURES = """
class Value:
    def __init__(self, data, made_of=()):
        self.data, self.grad, self.made_of = data, 0.0, set(made_of)
        self.fire = lambda: None

    def _with(self, data, slopes):
        out = Value(data, [v for v, _ in slopes])
        def fire():
            for v, slope in slopes:
                v.grad = v.grad + slope * out.grad
        out.fire = fire
        return out

    def __add__(self, other): return self._with(self.data + other.data, [(self, 1), (other, 1)])
    def __mul__(self, other):
        pairs = [(self, other.data), (other, self.data)]
        return self._with(self.data * other.data, pairs)
    def tanh(self): return self._with(np.tanh(self.data), [(self, 1 / np.cosh(self.data) ** 2)])
    def exp(self): return self._with(np.exp(self.data), [(self, np.exp(self.data))])
    def log(self): return self._with(np.log(self.data), [(self, 1 / self.data)])
    def relu(self): return self._with(self.data * (self.data > 0), [(self, 1 * (self.data > 0))])
"""
BY_DEPTH = """
def topo_order(root):
    depth, waiting = {}, [(root, 0)]
    while waiting:
        node, d = waiting.pop()
        if depth.get(node, -1) < d:
            depth[node] = d
            waiting += [(v, d + 1) for v in node.made_of]
    return sorted(depth, key=lambda v: -depth[v])
"""
FIRE = """
def backward(root, wanted):
    order = topo_order(root)
    for v in order:
        v.grad = 0
    root.grad = 1
    for v in order[::-1]:
        v.fire()
    return tuple(v.grad for v in wanted), len(order)
"""


ADD = "operand.grad = operand.grad + slope * node.grad"
WRITE = "operand.grad = slope * node.grad"
FROM_THE_RIGHT = "for operand, slope in [*zip(node.operands, node.slopes)][::-1]:"
LOOP = "for operand, slope in zip(node.operands, node.slopes, strict=True):"
RECURSION = """
def backward(root, wanted):
    for node in topo_order(root):
        node.grad = np.zeros_like(node.data)
    root.grad, visits = np.ones_like(root.data), 0
    def fire(node):
        nonlocal visits
        visits += 1
        for operand, slope in zip(node.operands, node.slopes):
            operand.grad = operand.grad + slope * node.grad
        for operand in OPERANDS:
            fire(operand)
    fire(root)
    return [node.grad for node in wanted], visits
"""
LISTED = """
def backward(root, wanted):
    for node in topo_order(root):
        node.grad = np.zeros_like(node.data)
    root.grad, visits = np.ones_like(root.data), 0
    waiting, met = [root], {root}
    while waiting:
        node = waiting.pop(PLACE)
        visits += 1
        for operand, slope in zip(node.operands, node.slopes):
            operand.grad = operand.grad + slope * node.grad
            if operand not in KNOWN:
                met.add(operand)
                waiting.append(operand)
    return [node.grad for node in wanted], visits
"""
FROM_SETS = """
def backward(root, wanted):
    for node in topo_order(root):
        node.grad = 0
    root.grad, visits = 1, 0
    def go(node):
        nonlocal visits
        visits += 1
        node.fire()
        for operand in node.made_of:
            go(operand)
    go(root)
    return [node.grad for node in wanted], visits
"""
FROM_SETS_ONCE = FROM_SETS.replace(
    "        visits += 1\n",
    "        if node in met: return\n        met.add(node)\n        visits += 1\n",
).replace("root.grad, visits = 1, 0", "root.grad, visits, met = 1, 0, set()")
INTERLEAVED = RECURSION.replace("        for operand in OPERANDS:\n    ", "    ")
IN_PLACE = """
def backward(root, wanted):
    order = topo_order(root)
    for node in order:
        node.grad = None
    root.grad = np.ones_like(root.data)
    for node in order[::-1]:
        for operand, slope in zip(node.operands, node.slopes):
            handed = node.grad if type(slope) is float and slope == 1 else slope * node.grad
            if operand.grad is None:
                operand.grad = handed
            else:
                operand.grad += handed
    return [node.grad for node in wanted], len(order)
"""
COMMON = """
def backward(root, wanted):
    order = topo_order(root)
    for node, zero in zip(order, [np.zeros_like(root.data)] * len(order)):
        node.grad = zero
    root.grad = np.ones_like(root.data)
    for node in order[::-1]:
        for operand, slope in zip(node.operands, node.slopes):
            operand.grad += slope * node.grad
    return [1 * node.grad for node in wanted], len(order)
"""
EARLY, FORK = "recursive-backward-no-toposort", "grad-overwrite-not-accumulate"
RESET, PRODUCT = "grads-not-reset", "product-own-factor"
ZEROS = "    for node in order:\n        node.grad = np.zeros_like(node.data)\n"
MUTANTS = {
    "overwrite": ("backward", slip("backward", ADD, WRITE), FORK),
    "first one stays": (
        "backward",
        slip("backward", ADD, f"if np.all(operand.grad == 0): {ADD}"),
        FORK,
    ),
    "overwrite, right to left": (
        "backward",
        {"backward": CELLS["backward"].replace(LOOP, FROM_THE_RIGHT).replace(ADD, WRITE)},
        FORK,
    ),
    "recursion": ("backward", {"backward": RECURSION.replace("OPERANDS", "node.operands")}, EARLY),
    "recursion from the right": (
        "backward",
        {"backward": RECURSION.replace("OPERANDS", "node.operands[::-1]")},
        EARLY,
    ),
    "recursion over a set": (
        "backward",
        {"backward": RECURSION.replace("OPERANDS", "dict.fromkeys(node.operands)")},
        EARLY,
    ),
    "recursion over a real set": (
        "backward",
        {"backward": RECURSION.replace("OPERANDS", "set(node.operands)")},
        EARLY,
    ),
    "closures, recursion over sets": (
        "backward",
        {"Value": CLOSURES, "topo_order": BY_DEPTH, "backward": FROM_SETS},
        EARLY,
    ),
    "closures, recursion over sets, each node once": (
        "backward",
        {"Value": CLOSURES, "topo_order": BY_DEPTH, "backward": FROM_SETS_ONCE},
        EARLY,
    ),
    **{
        f"a list, taken at {place}, known are {known}": (
            "backward",
            {"backward": LISTED.replace("PLACE", place).replace("KNOWN", known)},
            EARLY,
        )
        for place in ("0", "-1")
        for known in ("()", "met", "waiting")
    },
    "recursion at once": ("backward", {"backward": INTERLEAVED}, EARLY),
    "forward order": ("backward", slip("backward", "reversed(order)", "order"), EARLY),
    "preorder, each once": (
        "topo_order",
        {
            "topo_order": CELLS["topo_order"]
            .replace("            order.append(node)\n", "")
            .replace("met.add(id(node))", "met.add(id(node)); order.insert(0, node)")
        },
        EARLY,
    ),
    "no zeros": ("backward", slip("backward", ZEROS, ""), RESET),
    "no zeros, root adds": (
        "backward",
        {
            "backward": CELLS["backward"]
            .replace(ZEROS, "")
            .replace("root.grad = np", "root.grad = root.grad + np")
        },
        RESET,
    ),
    "zeros for inner nodes only": (
        "backward",
        slip("backward", ZEROS, ZEROS.replace("        node", "        if node.operands: node")),
        RESET,
    ),
    "tree without zeros": (
        "backward_tree",
        slip("backward_tree", "    for node in wanted:\n        node.grad = 0.0\n", ""),
        RESET,
    ),
    "shared, in place": ("backward", {"backward": IN_PLACE}, "shared-grad-array"),
    "one array of zeros": ("backward", {"backward": COMMON}, "shared-grad-array"),
    "own factor": (
        "backward",
        slip("Value", "(other.data, self.data)", "(self.data, other.data)"),
        PRODUCT,
    ),
    "product as sum": (
        "backward",
        slip("Value", "(other.data, self.data)", "(1.0, 1.0)"),
        "product-without-slopes",
    ),
    "tanh without slope": (
        "backward",
        slip("Value", "(1 - y**2,)", "(1.0,)"),
        "missing-activation-derivative",
    ),
    "tanh of z": (
        "backward",
        slip("Value", "(1 - y**2,)", "(1 - self.data**2,)"),
        "one-minus-z-squared",
    ),
    "power rule for exp": (
        "backward",
        slip("Value", "(y,))\n\n    def log", "(self.data * np.exp(self.data - 1),))\n    def log"),
        "z-times-derivative",
    ),
}
