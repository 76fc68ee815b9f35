"""Unit 01, slips in a scalar engine: the order of nodes, the tree, the count of paths."""

from .change import changes_of
from .expressions import backward_tree, count_paths, topo_order
from .registry import mutants_of

mutant = mutants_of("expressions")
change = changes_of("expressions", topo_order)

change(
    "nobody_remembers_who_was_seen",
    None,
    ("            seen.add(node)\n", ""),
    reason="an order with repetitions, not a gradient: no entry",
)
change(
    "seen_by_value",
    None,
    ("set()", "[]"),
    ("node not in seen", "not any(np.array_equal(node.data, data) for data in seen)"),
    ("seen.add(node)", "seen.append(node.data)"),
    reason="nodes of equal value are taken for one node: no entry",
)
change(
    "listed_on_the_way_down",
    "recursive-backward-no-toposort",
    ("seen.add(node)", "seen.add(node)\n            order.append(node)"),
    (
        "                visit(parent)\n            order.append(node)",
        "                visit(parent)",
    ),
    ("return order", "return order[::-1]"),
)

change(
    "listed_on_the_way_down_from_the_right",
    "recursive-backward-no-toposort",
    ("seen.add(node)", "seen.add(node)\n            order.append(node)"),
    (
        "in node.parents:\n                visit(parent)\n            order.append(node)",
        "in node.parents[::-1]:\n                visit(parent)",
    ),
    ("return order", "return order[::-1]"),
)

change = changes_of("expressions", backward_tree)
change("paths_with_one_slope", "arrived-left-out", ("slope * upstream", "slope"))
change("slopes_added_along_paths", "arrived-left-out", ("slope * upstream", "slope + upstream"))

change(
    "tree_keeps_the_last_path",
    "grad-overwrite-not-accumulate",
    ("grad.get(node, 0.0) + upstream", "upstream"),
)
change(
    "tree_keeps_the_last_path_from_the_right",
    "grad-overwrite-not-accumulate",
    (
        "zip(node.parents, node.slopes, strict=True)",
        "zip(node.parents[::-1], node.slopes[::-1], strict=True)",
    ),
    ("grad.get(node, 0.0) + upstream", "upstream"),
)
change(
    "tree_in_one_array_of_zeros",
    "shared-grad-array",
    ("dict.fromkeys(wanted, 0.0)", "dict.fromkeys(wanted, np.zeros_like(root.data))"),
    ("grad[node] = grad.get(node, 0.0) + upstream", "grad[node] += upstream"),
)
change(
    "tree_in_one_array_of_zeros_but_numbers",
    "shared-grad-array",
    ("dict.fromkeys(wanted, 0.0)", "dict.fromkeys(wanted, 0.0 * root.data)"),
    ("grad[node] = grad.get(node, 0.0) + upstream", "grad[node] += upstream"),
)
change(
    "tree_hands_on_the_sum_so_far",
    "recursive-backward-no-toposort",
    ("slope * upstream", "slope * grad[node]"),
)
change(
    "tree_counts_nodes",
    None,
    ("wanted], visits", "wanted], len(grad)"),
    reason="counts nodes, not visits; the gradient is right",
)

change = changes_of("expressions", count_paths)

change(
    "paths_through_a_set",
    None,
    ("root.parents", "set(root.parents)"),
    reason="a + a has two edges to a, here one: a count",
)
change(
    "paths_multiplied",
    None,
    ("sum(", "bool(root.parents) * math.prod("),
    reason="multiplies where paths add: a count, not a gradient",
)


@mutant("recursive-backward-no-toposort", of="topo_order")
def listed_from_a_stack(root):
    order, waiting, seen = [], [root], {root}
    while waiting:
        node = waiting.pop()
        order.append(node)
        for parent in node.parents:
            if parent not in seen:
                seen.add(parent)
                waiting.append(parent)
    return order[::-1]
