"""Unit 01, right answers in unusual form."""

import numpy as np

from .expressions import Value, topo_order
from .registry import rights_of

right = rights_of("expressions")


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
def by_counting_children_first(root, wanted):
    children, queue = {root: 0}, [root]
    for node in queue:
        node.grad = 0.0
        for parent in node.parents:
            if parent not in children:
                children[parent] = 0
                queue.append(parent)
            children[parent] += 1
    root.grad, ready, visits = 1.0, [root], 0
    while ready:
        node = ready.pop()
        visits += 1
        for parent, slope in zip(node.parents, node.slopes, strict=True):
            parent.grad = parent.grad + node.grad * slope
            children[parent] -= 1
            if children[parent] == 0:
                ready.append(parent)
    return [node.grad for node in wanted], visits


@right("backward")
def by_a_dict_of_sums(root, wanted):
    total = dict.fromkeys(topo_order(root), 0.0)
    total[root] = 1.0
    for node in reversed(list(total)):
        node.grad = total[node]
        for parent, slope in zip(node.parents, node.slopes, strict=True):
            total[parent] = total[parent] + slope * total[node]
    return [total.get(node, 0.0) for node in wanted], len(total)


@right("backward")
def by_asking_the_users(root, wanted):
    order = topo_order(root)
    users = {node: [] for node in order}
    for user in order:
        for parent, slope in zip(user.parents, user.slopes, strict=True):
            users[parent].append((user, slope))
    for node in order[::-1]:
        node.grad = sum((u.grad * s for u, s in users[node]), 0.0 if users[node] else 1.0)
    return [node.grad for node in wanted], len(order)


@right("backward_tree")
def by_a_list_of_paths(root, wanted):
    grad, visits, todo = {}, 0, [(root, 1.0)]
    while todo:
        node, upstream = todo.pop()
        grad[node] = grad.get(node, 0) + upstream
        visits += 1
        todo += [(p, upstream * s) for p, s in zip(node.parents, node.slopes, strict=True)]
    for node in grad:
        node.grad = grad[node]
    return [node.grad for node in wanted], visits


@right("backward_tree")
def by_asking_each_node_for_its_paths(root, wanted):
    visits = 0

    def along(node, target):
        nonlocal visits
        visits += node is target
        here = 1.0 if node is target else 0.0
        return here + sum(
            s * along(p, target) for p, s in zip(node.parents, node.slopes, strict=True)
        )

    for target in dict.fromkeys(topo_order(root)):
        target.grad = along(root, target)
    return [node.grad for node in wanted], visits


@right("count_paths")
def by_sweeping_once(root, node):
    paths = {root: 1}
    for one in reversed(topo_order(root)):
        for parent in one.parents:
            paths[parent] = paths.get(parent, 0) + paths[one]
    return paths.get(node, 0)


@right("Value.tanh")
def by_exponentials(self):
    e = np.exp(2 * self.data)
    return Value((e - 1) / (e + 1), (self,), (4 * e / (e + 1) ** 2,))


@right("Value.__mul__")
def by_arrays_throughout(self, other):
    a, b = np.asarray(self.data, float), np.asarray(other.data, float)
    return Value(np.multiply(a, b), [self, other], [b, a])
