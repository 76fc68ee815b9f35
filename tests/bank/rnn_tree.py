"""Unit 07, slips in the traversal of the unrolled graph as a tree."""

from .change import changes_of
from .registry import mutants_of
from .rnn import empty_gradients, rnn_backward_tree, rnn_cell_backward

mutant = mutants_of("rnn")
change = changes_of("rnn", rnn_backward_tree)

change(
    "tree_with_a_carry",
    "bptt-double-count",
    ("calls = 0", "calls, da_prevt = 0, np.zeros(da.shape[:2])"),
    ("range(da.shape[2])", "reversed(range(da.shape[2]))"),
    ("da[:, :, loss]", "da[:, :, loss] + da_prevt"),
    ('one["da_prev"]', 'one["da_prev"]\n            da_prevt = da_t if t == loss else da_prevt'),
)
change(
    "tree_without_the_cell_of_the_loss",
    "bptt-steps-left-out",
    ("range(loss, -1, -1)", "range(loss - 1, -1, -1)"),
)
change(
    "tree_without_the_first_cell",
    "bptt-steps-left-out",
    ("range(loss, -1, -1)", "range(loss, 0, -1)"),
)
change("tree_overwrites_da0", "da0-not-returned", ('grads["da0"] +=', 'grads["da0"] ='))
change("tree_overwrites_dx", "dx-accumulated", ("t] +=", "t] ="))
change(
    "tree_counts_traversals",
    None,
    ("            calls += 1\n", ""),
    ("da_t = da[", "calls += 1\n        da_t = da["),
    reason="a miscount of the calls; the gradients are right",
)


@mutant("bptt-missing-da-prevt", of="rnn_backward_tree")
def tree_that_stays_at_its_loss(da, caches):
    caches, x = caches
    grads, calls = empty_gradients(da, x), 0
    for loss in range(da.shape[2]):
        one = rnn_cell_backward(da[:, :, loss], caches[loss])
        calls += loss + 1
        grads["dx"][:, :, loss] += one["dxt"]
        for key in ("dWax", "dWaa", "dba"):
            grads[key] += one[key]
        if loss == 0:
            grads["da0"] = one["da_prev"]
    return grads, calls
