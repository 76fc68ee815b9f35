"""Unit 01, right answers in unusual form."""

import math

from .registry import rights_of
from .values import Value, topo_order

right = rights_of("values")


@right("topo_order")
def by_a_stack(root):
    order, seen, stack = [], set(), [(root, False)]
    while stack:
        node, done = stack.pop()
        if done:
            order.append(node)
        elif id(node) not in seen:
            seen.add(id(node))
            stack.append((node, True))
            stack.extend((parent, False) for parent in node.parents)
    return list(dict.fromkeys(order))


@right("topo_order")
def by_depth(root):
    depth = {}

    def deepest(node):
        if node not in depth:
            depth[node] = 1 + max((deepest(parent) for parent in node.parents), default=0)
        return depth[node]

    deepest(root)
    return sorted(depth, key=depth.get)


@right("backward")
def by_counting_children_first(root):
    children, queue = {root: 0}, [root]
    for node in queue:
        node.grad = 0.0
        for parent in node.parents:
            if parent not in children:
                children[parent] = 0
                queue.append(parent)
            children[parent] += 1
    root.grad, ready = 1.0, [root]
    while ready:
        node = ready.pop()
        for parent, slope in zip(node.parents, node.slopes, strict=True):
            parent.grad = parent.grad + node.grad * slope
            children[parent] -= 1
            if children[parent] == 0:
                ready.append(parent)


@right("backward")
def by_a_dict_of_sums(root):
    total = dict.fromkeys(topo_order(root), 0.0)
    total[root] = 1.0
    for node in reversed(list(total)):
        node.grad = total[node]
        for parent, slope in zip(node.parents, node.slopes, strict=True):
            total[parent] = total[parent] + slope * total[node]


@right("backward_tree")
def by_a_list_of_paths(root):
    grad, visits, todo = {}, 0, [(root, 1.0)]
    while todo:
        node, upstream = todo.pop()
        grad[node] = grad.get(node, 0) + upstream
        visits += 1
        todo += [(p, upstream * s) for p, s in zip(node.parents, node.slopes, strict=True)]
    return grad, visits


@right("count_paths")
def by_sweeping_once(root, leaf):
    paths = {root: 1}
    for node in reversed(topo_order(root)):
        for parent in node.parents:
            paths[parent] = paths.get(parent, 0) + paths[node]
    return paths.get(leaf, 0)


@right("Value.tanh")
def by_exponentials(self):
    e = math.exp(2 * self.data)
    return Value((e - 1) / (e + 1), (self,), (4 * e / (e + 1) ** 2,))


@right("Value.__sub__")
def by_slopes_of_its_own(self, other):
    return Value(self.data - other.data, (self, other), (1.0, -1.0))
