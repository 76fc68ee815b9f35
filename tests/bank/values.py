"""The right functions of unit 01: reverse mode on a graph of scalars.

A Value knows its parents (the Values it was made of) and the slope along each edge to them.
``backward(root)`` leaves d root / d node in ``grad`` of every node, whatever was there before;
``backward_tree(root)`` gets the same numbers along every path, and counts its visits.
"""

import math

from .registry import family


class Value:
    def __init__(self, data, parents=(), slopes=()):
        self.data = data
        self.grad = 0.0
        self.parents = parents
        self.slopes = slopes

    def __add__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        return Value(self.data + other.data, (self, other), (1.0, 1.0))

    def __mul__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        return Value(self.data * other.data, (self, other), (other.data, self.data))

    def __sub__(self, other):
        return self + other * -1.0

    def tanh(self):
        t = math.tanh(self.data)
        return Value(t, (self,), (1 - t**2,))

    def exp(self):
        e = math.exp(self.data)
        return Value(e, (self,), (e,))

    def log(self):
        return Value(math.log(self.data), (self,), (1 / self.data,))

    def relu(self):
        return Value(max(0.0, self.data), (self,), (1.0 if self.data > 0 else 0.0,))


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


def backward(root):
    order = topo_order(root)
    for node in order:
        node.grad = 0.0
    root.grad = 1.0
    for node in reversed(order):
        for parent, slope in zip(node.parents, node.slopes, strict=True):
            parent.grad += slope * node.grad


def backward_tree(root):
    grad = {}
    visits = 0

    def visit(node, upstream):
        nonlocal visits
        visits += 1
        grad[node] = grad.get(node, 0.0) + upstream
        for parent, slope in zip(node.parents, node.slopes, strict=True):
            visit(parent, slope * upstream)

    visit(root, 1.0)
    return grad, visits


def count_paths(root, leaf):
    if root is leaf:
        return 1
    return sum(count_paths(parent, leaf) for parent in root.parents)


family("values", globals())
