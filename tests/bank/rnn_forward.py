"""Unit 07, slips in the forward pass through all steps, and in what it keeps."""

from .change import changes_of
from .rnn import rnn_forward

change = changes_of("rnn", rnn_forward)
KEEP = "a[:, :, t] = a_next"

change(
    "a0_into_every_step",
    None,
    ("(xt, a_next,", "(xt, a0,"),
    reason="a slip of the forward pass; the catalogue is of gradients",
)
change("one_cache_T_times", "alias-last-cache", ("(caches, x", "([cache] * T_x, x"))
change(
    "state_kept_in_one_array",
    "cache-view-aliasing",
    ("a_next = a0", "state = a0.copy()"),
    ("(xt, a_next,", "(xt, state,"),
    (KEEP, f"{KEEP}\n        state[:] = a_next"),
)
change(
    "x_kept_as_views",
    "cache-view-aliasing",
    ("np.array(x[:, :, t])", "x[:, :, t]"),
    ("x.copy()", "x"),
)
change(
    "state_kept_as_a_view_of_a",
    "cache-view-aliasing",
    (KEEP, f"{KEEP}\n        a_next = a[:, :, t]"),
)
