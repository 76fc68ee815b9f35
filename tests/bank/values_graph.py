"""Unit 01, slips in a scalar engine: forks, order, second call."""

import numpy as np

from .registry import mutants_of
from .values import topo_order

mutant = mutants_of("values")


@mutant("grad-overwrite-not-accumulate", of="backward")
def last_edge_wins(root, wanted):
    order = topo_order(root)
    for node in wanted + order:
        node.grad = 0.0
    root.grad = np.ones_like(root.data)
    for node in reversed(order):
        for parent, slope in zip(node.parents, node.slopes, strict=True):
            parent.grad = slope * node.grad
    return [node.grad for node in wanted], len(order)


@mutant("grad-overwrite-not-accumulate", of="backward")
def parents_in_a_dict(root, wanted):
    order = topo_order(root)
    for node in wanted + order:
        node.grad = 0.0
    root.grad = np.ones_like(root.data)
    for node in reversed(order):
        for parent, slope in dict(zip(node.parents, node.slopes, strict=True)).items():
            parent.grad = parent.grad + slope * node.grad
    return [node.grad for node in wanted], len(order)


@mutant("recursive-backward-no-toposort", of="backward")
def recursion_in_place_of_an_order(root, wanted):
    for node in wanted:
        node.grad = 0.0
    root.grad, visits = np.ones_like(root.data), 0

    def visit(node):
        nonlocal visits
        visits += 1
        for parent, slope in zip(node.parents, node.slopes, strict=True):
            parent.grad = parent.grad + slope * node.grad
        for parent in node.parents:
            visit(parent)

    visit(root)
    return [node.grad for node in wanted], visits


@mutant("recursive-backward-no-toposort", of="backward")
def breadth_first(root, wanted):
    for node in wanted:
        node.grad = 0.0
    root.grad = np.ones_like(root.data)
    queue, seen = [root], {root}
    for node in queue:
        for parent, slope in zip(node.parents, node.slopes, strict=True):
            parent.grad = parent.grad + slope * node.grad
            if parent not in seen:
                seen.add(parent)
                queue.append(parent)
    return [node.grad for node in wanted], len(queue)


@mutant("graph-walked-as-tree", of="backward")
def one_visit_for_each_path(root, wanted):
    order = topo_order(root)
    for node in wanted + order:
        node.grad = 0.0
    visits = 0

    def visit(node, upstream):
        nonlocal visits
        visits += 1
        node.grad = node.grad + upstream
        for parent, slope in zip(node.parents, node.slopes, strict=True):
            visit(parent, slope * upstream)

    visit(root, np.ones_like(root.data))
    return [node.grad for node in wanted], visits


@mutant("grads-not-reset", of="backward")
def adds_to_the_call_before(root, wanted):
    order = topo_order(root)
    root.grad = np.ones_like(root.data)
    for node in reversed(order):
        for parent, slope in zip(node.parents, node.slopes, strict=True):
            parent.grad = parent.grad + slope * node.grad
    return [node.grad for node in wanted], len(order)


@mutant(None, of="backward", reason="d root / d root is not set to 1: all zero, no entry")
def root_not_seeded(root, wanted):
    order = topo_order(root)
    for node in wanted + order:
        node.grad = 0.0
    for node in reversed(order):
        for parent, slope in zip(node.parents, node.slopes, strict=True):
            parent.grad = parent.grad + slope * node.grad
    return [node.grad for node in wanted], len(order)


@mutant("recursive-backward-no-toposort", of="backward")
def order_not_reversed(root, wanted):
    order = topo_order(root)
    for node in wanted + order:
        node.grad = 0.0
    root.grad = np.ones_like(root.data)
    for node in order:
        for parent, slope in zip(node.parents, node.slopes, strict=True):
            parent.grad = parent.grad + slope * node.grad
    return [node.grad for node in wanted], len(order)


@mutant("missing-activation-derivative", of="backward")
def slopes_ignored(root, wanted):
    order = topo_order(root)
    for node in wanted + order:
        node.grad = 0.0
    root.grad = np.ones_like(root.data)
    for node in reversed(order):
        for parent in node.parents:
            parent.grad = parent.grad + node.grad
    return [node.grad for node in wanted], len(order)


@mutant("shared-grad-array", of="backward")
def sums_hand_on_their_own_array(root, wanted):
    order = topo_order(root)
    for node in wanted + order:
        node.grad = 0.0
    root.grad = np.ones_like(root.data)
    met = set()
    for node in reversed(order):
        for parent, slope in zip(node.parents, node.slopes, strict=True):
            of_a_sum = len(node.parents) == 2 and isinstance(slope, float) and slope == 1.0
            if parent in met:
                parent.grad += slope * node.grad
            else:
                parent.grad = node.grad if of_a_sum else slope * node.grad
            met.add(parent)
    return [node.grad for node in wanted], len(order)


@mutant(None, of="backward", reason="a miscount of the visits; the gradients are right")
def leaves_not_counted(root, wanted):
    order = topo_order(root)
    for node in wanted + order:
        node.grad = 0.0
    root.grad = np.ones_like(root.data)
    for node in reversed(order):
        for parent, slope in zip(node.parents, node.slopes, strict=True):
            parent.grad = parent.grad + slope * node.grad
    return [node.grad for node in wanted], sum(bool(n.parents) for n in order)
