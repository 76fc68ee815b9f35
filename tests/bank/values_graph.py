"""Unit 01, slips in a scalar engine: forks, order, second call, counts."""

from .registry import mutants_of
from .values import count_paths, topo_order

mutant = mutants_of("values")


@mutant("grad-overwrite-not-accumulate", of="backward")
def last_edge_wins(root):
    order = topo_order(root)
    for node in order:
        node.grad = 0.0
    root.grad = 1.0
    for node in reversed(order):
        for parent, slope in zip(node.parents, node.slopes, strict=True):
            parent.grad = slope * node.grad


@mutant("grad-overwrite-not-accumulate", of="backward")
def parents_in_a_dict(root):
    order = topo_order(root)
    for node in order:
        node.grad = 0.0
    root.grad = 1.0
    for node in reversed(order):
        for parent, slope in dict(zip(node.parents, node.slopes, strict=True)).items():
            parent.grad += slope * node.grad


@mutant("recursive-backward-no-toposort", of="backward")
def recursion_in_place_of_an_order(root):
    for node in topo_order(root):
        node.grad = 0.0
    root.grad = 1.0

    def visit(node):
        for parent, slope in zip(node.parents, node.slopes, strict=True):
            parent.grad += slope * node.grad
        for parent in node.parents:
            visit(parent)

    visit(root)


@mutant(None, of="backward", reason="level by level, each node once and some too early: no entry")
def breadth_first(root):
    for node in topo_order(root):
        node.grad = 0.0
    root.grad = 1.0
    queue, seen = [root], {root}
    for node in queue:
        for parent, slope in zip(node.parents, node.slopes, strict=True):
            parent.grad += slope * node.grad
            if parent not in seen:
                seen.add(parent)
                queue.append(parent)


@mutant("grads-not-reset", of="backward")
def adds_to_the_call_before(root):
    order = topo_order(root)
    root.grad = 1.0
    for node in reversed(order):
        for parent, slope in zip(node.parents, node.slopes, strict=True):
            parent.grad += slope * node.grad


@mutant(None, of="backward", reason="d root / d root is not set to 1: all zero, no entry")
def root_not_seeded(root):
    order = topo_order(root)
    for node in order:
        node.grad = 0.0
    for node in reversed(order):
        for parent, slope in zip(node.parents, node.slopes, strict=True):
            parent.grad += slope * node.grad


@mutant(None, of="backward", reason="the order is walked from the leaves: no entry for scalars")
def order_not_reversed(root):
    order = topo_order(root)
    for node in order:
        node.grad = 0.0
    root.grad = 1.0
    for node in order:
        for parent, slope in zip(node.parents, node.slopes, strict=True):
            parent.grad += slope * node.grad


@mutant("missing-activation-derivative", of="backward")
def slopes_ignored(root):
    order = topo_order(root)
    for node in order:
        node.grad = 0.0
    root.grad = 1.0
    for node in reversed(order):
        for parent in node.parents:
            parent.grad += node.grad


@mutant("recursive-backward-no-toposort", of="topo_order")
def nobody_remembers_who_was_seen(root):
    order = []

    def visit(node):
        for parent in node.parents:
            visit(parent)
        order.append(node)

    visit(root)
    return order


@mutant(None, of="topo_order", reason="nodes of equal value are taken for one node: no entry")
def seen_by_value(root):
    order, seen = [], set()

    def visit(node):
        if node.data not in seen:
            seen.add(node.data)
            for parent in node.parents:
                visit(parent)
            order.append(node)

    visit(root)
    return order


@mutant(None, of="topo_order", reason="a node is listed before its parents: no entry")
def listed_on_the_way_down(root):
    order, seen = [], set()

    def visit(node):
        if node not in seen:
            seen.add(node)
            order.append(node)
            for parent in node.parents:
                visit(parent)

    visit(root)
    return order[::-1]


@mutant("grad-overwrite-not-accumulate", of="backward_tree")
def tree_keeps_the_last_path(root):
    grad, visits = {}, 0

    def visit(node, upstream):
        nonlocal visits
        visits += 1
        grad[node] = upstream
        for parent, slope in zip(node.parents, node.slopes, strict=True):
            visit(parent, slope * upstream)

    visit(root, 1.0)
    return grad, visits


@mutant("recursive-backward-no-toposort", of="backward_tree")
def tree_hands_on_the_sum_so_far(root):
    grad, visits = {}, 0

    def visit(node, upstream):
        nonlocal visits
        visits += 1
        grad[node] = grad.get(node, 0.0) + upstream
        for parent, slope in zip(node.parents, node.slopes, strict=True):
            visit(parent, slope * grad[node])

    visit(root, 1.0)
    return grad, visits


@mutant(None, of="backward_tree", reason="counts nodes, not visits; the gradient is right")
def tree_counts_nodes(root):
    grad = {}

    def visit(node, upstream):
        grad[node] = grad.get(node, 0.0) + upstream
        for parent, slope in zip(node.parents, node.slopes, strict=True):
            visit(parent, slope * upstream)

    visit(root, 1.0)
    return grad, len(grad)


@mutant(None, of="count_paths", reason="a + a has two edges to a, here one: a count")
def paths_through_a_set(root, leaf):
    if root is leaf:
        return 1
    return sum(count_paths(parent, leaf) for parent in set(root.parents))


@mutant(None, of="count_paths", reason="multiplies where paths add: a count, not a gradient")
def paths_multiplied(root, leaf):
    if root is leaf:
        return 1
    product = 1
    for parent in root.parents:
        product *= count_paths(parent, leaf)
    return product if root.parents else 0
