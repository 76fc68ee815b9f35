"""Unit 01, slips in a scalar engine: forks, order, second call."""

import numpy as np

from .change import changes_of
from .expressions import backward, topo_order
from .registry import mutants_of

mutant = mutants_of("expressions")
change = changes_of("expressions", backward)
EDGES = "zip(node.parents, node.slopes, strict=True)"
RESET = "    for node in wanted + order:\n        node.grad = 0.0\n"

# what is added where two edges meet
change("last_edge_wins", "grad-overwrite-not-accumulate", ("parent.grad + slope", "slope"))
change(
    "parents_in_a_dict",
    "equal-operands-once",
    (
        "zip(node.parents, node.slopes, strict=True)",
        "dict(zip(node.parents, node.slopes, strict=True)).items()",
    ),
)
change("slopes_ignored", "missing-activation-derivative", ("slope * node", "node"))
change("only_slopes_are_added", "arrived-left-out", ("slope * node.grad", "slope"))
change("slope_and_gradient_added", "arrived-left-out", ("slope * node.grad", "(slope + node.grad)"))
change("root_left_out", "root-left-out", ("reversed(order)", "order[-2::-1]"))
change(
    "last_edge_wins_from_the_right",
    "grad-overwrite-not-accumulate",
    (EDGES, f"reversed(list({EDGES}))"),
    ("parent.grad + slope", "slope"),
)
change(
    "first_edge_wins",
    "grad-overwrite-not-accumulate",
    ("= parent.grad + slope", "= parent.grad if np.any(parent.grad) else slope"),
)
change(
    "set_to_zero_by_each_user",
    "grad-overwrite-not-accumulate",
    (
        f"        for parent, slope in {EDGES}",
        f"        for parent in node.parents:\n            parent.grad = 0.0\n"
        f"        for parent, slope in {EDGES}",
    ),
)
# where it begins, and in which order it goes
change(
    "adds_to_the_call_before",
    "grads-not-reset",
    (RESET, ""),
)
change(
    "adds_to_the_call_before_and_to_the_root",
    "grads-not-reset",
    (RESET, ""),
    ("root.grad = np", "root.grad = root.grad + np"),
)
change(
    "leaves_not_reset",
    "grads-not-reset",
    ("node.grad = 0.0", "node.grad = 0.0 if node.parents else node.grad"),
)
change(
    "sums_of_all_calls",
    "grads-not-reset",
    (RESET, f"    before = {{node: node.grad for node in wanted + order}}\n{RESET}"),
    (
        "    return",
        "    for node in before:\n        node.grad = node.grad + before[node]\n    return",
    ),
)
change(
    "one_array_of_zeros_for_all",
    "shared-grad-array",
    ("    for node in wanted", "    zeros = np.zeros_like(root.data)\n    for node in wanted"),
    ("node.grad = 0.0", "node.grad = zeros"),
    ("= parent.grad + slope", "+= slope"),
)
change(
    "one_array_of_zeros_for_all_but_numbers",
    "shared-grad-array",
    ("    for node in wanted", "    zeros = 0.0 * root.data\n    for node in wanted"),
    ("node.grad = 0.0", "node.grad = zeros"),
    ("= parent.grad + slope", "+= slope"),
)
change(
    "root_not_seeded",
    None,
    ("    root.grad = np.ones_like(root.data)\n", ""),
    reason="d root / d root is not set to 1: all zero, no entry",
)
change("order_not_reversed", "recursive-backward-no-toposort", ("reversed(order)", "order"))
change(
    "leaves_not_counted",
    None,
    ("visits += 1", "visits += bool(node.parents)"),
    reason="a miscount of the visits; the gradients are right",
)


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


change = changes_of("expressions", recursion_in_place_of_an_order, of="backward")
PARENTS = "for parent in node.parents"

change(
    "recursion_over_a_set",
    "recursive-backward-no-toposort",
    (PARENTS, "for parent in dict.fromkeys(node.parents)"),
)
change(
    "recursion_over_a_set_from_the_right",
    "recursive-backward-no-toposort",
    (PARENTS, "for parent in dict.fromkeys(node.parents[::-1])"),
)

change = changes_of("expressions", breadth_first, of="backward")

change(
    "breadth_first_again_on_each_way",
    "recursive-backward-no-toposort",
    (
        "            if parent not in seen:\n"
        "                seen.add(parent)\n"
        "                queue.append(parent)",
        "            queue.append(parent)",
    ),
)

change = changes_of("expressions", sums_hand_on_their_own_array, of="backward")

change(
    "sums_hand_on_their_own_array_but_numbers",
    "shared-grad-array",
    ("np.ones_like(root.data)", "0.0 * root.data + 1.0"),
)
