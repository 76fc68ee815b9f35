"""Unit 01, slips in a scalar engine: the order of nodes, the tree, the count of paths."""

import numpy as np

from .registry import mutants_of
from .values import count_paths

mutant = mutants_of("values")


@mutant(None, of="topo_order", reason="an order with repetitions, not a gradient: no entry")
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
    order, seen = [], []

    def visit(node):
        if not any(np.array_equal(node.data, data) for data in seen):
            seen.append(node.data)
            for parent in node.parents:
                visit(parent)
            order.append(node)

    visit(root)
    return order


@mutant("recursive-backward-no-toposort", of="topo_order")
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
def tree_keeps_the_last_path(root, wanted):
    grad, visits = dict.fromkeys(wanted, 0.0), 0

    def visit(node, upstream):
        nonlocal visits
        visits += 1
        grad[node] = upstream
        for parent, slope in zip(node.parents, node.slopes, strict=True):
            visit(parent, slope * upstream)

    visit(root, np.ones_like(root.data))
    return [grad[node] for node in wanted], visits


@mutant("recursive-backward-no-toposort", of="backward_tree")
def tree_hands_on_the_sum_so_far(root, wanted):
    grad, visits = dict.fromkeys(wanted, 0.0), 0

    def visit(node, upstream):
        nonlocal visits
        visits += 1
        grad[node] = grad.get(node, 0.0) + upstream
        for parent, slope in zip(node.parents, node.slopes, strict=True):
            visit(parent, slope * grad[node])

    visit(root, np.ones_like(root.data))
    return [grad[node] for node in wanted], visits


@mutant(None, of="backward_tree", reason="counts nodes, not visits; the gradient is right")
def tree_counts_nodes(root, wanted):
    grad, visits = dict.fromkeys(wanted, 0.0), 0

    def visit(node, upstream):
        nonlocal visits
        visits += 1
        grad[node] = grad.get(node, 0.0) + upstream
        for parent, slope in zip(node.parents, node.slopes, strict=True):
            visit(parent, slope * upstream)

    visit(root, np.ones_like(root.data))
    return [grad[node] for node in wanted], len(grad)


@mutant(None, of="count_paths", reason="a + a has two edges to a, here one: a count")
def paths_through_a_set(root, node):
    if root is node:
        return 1
    return sum(count_paths(parent, node) for parent in set(root.parents))


@mutant(None, of="count_paths", reason="multiplies where paths add: a count, not a gradient")
def paths_multiplied(root, node):
    if root is node:
        return 1
    product = 1
    for parent in root.parents:
        product *= count_paths(parent, node)
    return product if root.parents else 0
