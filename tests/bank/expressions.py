"""The right functions of unit 01: reverse mode on a graph of scalars.

A Value knows its parents (the Values it was made of) and the slope along each edge to them; its
data is a number, or an array on which every operation acts entry by entry. ``backward`` and
``backward_tree`` take a root and a list of nodes, and return the derivatives of the root by these
nodes, left in ``grad`` as well, and the count of visits. The last five functions are given.
"""

import numpy as np

from .registry import family


class Value:
    def __init__(self, data, parents=(), slopes=()):
        self.data = data
        self.grad = 0.0
        self.parents = parents
        self.slopes = slopes

    def __add__(self, other):
        return Value(self.data + other.data, (self, other), (1.0, 1.0))

    def __mul__(self, other):
        return Value(self.data * other.data, (self, other), (other.data, self.data))

    def tanh(self):
        t = np.tanh(self.data)
        return Value(t, (self,), (1 - t**2,))

    def exp(self):
        e = np.exp(self.data)
        return Value(e, (self,), (e,))

    def log(self):
        return Value(np.log(self.data), (self,), (1 / self.data,))

    def relu(self):
        return Value(np.maximum(0.0, self.data), (self,), ((self.data > 0) * 1.0,))


def topo_order(root):
    order, seen = [], set()

    def visit(node):
        if node not in seen:
            seen.add(node)
            for parent in node.parents:
                visit(parent)
            order.append(node)

    visit(root)
    return order


def backward(root, wanted):
    order = topo_order(root)
    for node in wanted + order:
        node.grad = 0.0
    root.grad = np.ones_like(root.data)
    visits = 0
    for node in reversed(order):
        visits += 1
        for parent, slope in zip(node.parents, node.slopes, strict=True):
            parent.grad = parent.grad + slope * node.grad
    return [node.grad for node in wanted], visits


def backward_tree(root, wanted):
    grad = dict.fromkeys(wanted, 0.0)
    visits = 0

    def visit(node, upstream):
        nonlocal visits
        visits += 1
        grad[node] = grad.get(node, 0.0) + upstream
        for parent, slope in zip(node.parents, node.slopes, strict=True):
            visit(parent, slope * upstream)

    visit(root, np.ones_like(root.data))
    for node in grad:
        node.grad = grad[node]
    return [grad[node] for node in wanted], visits


def count_paths(root, node):
    if root is node:
        return 1
    return sum(count_paths(parent, node) for parent in root.parents)


def build(program, leaves):
    nodes = [Value(x) for x in leaves]
    for operation, *places in program:
        first, *rest = [nodes[k] for k in places]
        if operation == "+":
            nodes.append(first + rest[0])
        elif operation == "*":
            nodes.append(first * rest[0])
        else:
            nodes.append(getattr(first, operation)())
    return nodes


def numbers(nodes):
    return [node.data for node in nodes]


def positions(found, nodes):
    places = {id(node): n for n, node in enumerate(nodes)}
    return [places.get(id(node), -1) for node in found]


def grads_in(nodes):
    return [node.grad for node in nodes]


def count_reads(name, most, root, *rest):
    ticks, kind = list(range(most)), type(root)
    kind.__getattribute__ = lambda v, key: (ticks.pop(), object.__getattribute__(v, key))[1]
    try:
        globals()[name](root, *rest)
    finally:
        del kind.__getattribute__
    return most - len(ticks)


family("expressions", globals())
