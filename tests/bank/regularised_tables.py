"""Unit 06a, slips with tables of vectors and with clipping."""

from .change import changes_of
from .registry import mutants_of
from .regularised import clip_by_norm, clip_by_value, embedding_backward, embedding_forward

mutant = mutants_of("regularised")
SAYS = "told by what the check expects"
WHERE = "told by where the array is wrong"

change = changes_of("regularised", embedding_forward)
change("columns_of_W", None, ("W[words]", "W.T[words % W.shape[1]]"), reason=WHERE)
change("axes_exchanged", None, ("W[words]", "np.swapaxes(W[words], 0, 1)"), reason=WHERE)
change("one_row_below", None, ("W[words]", "W[words - 1]"), reason=WHERE)
change("flat", None, ("W[words]", "W[words.ravel()]"), reason=SAYS)

change = changes_of("regularised", embedding_backward)
ADD = "np.add.at(dW, words, dout)"
change("plus_equals_with_an_index", "index-add-duplicates", (ADD, "dW[words] += dout"))
change("set_with_an_index", "index-add-duplicates", (ADD, "dW[words] = dout"))
change(
    "set_in_loops",
    "index-add-duplicates",
    (
        ADD,
        "for n in range(N):\n        for t in range(T):\n            dW[words[n, t]] = dout[n, t]",
    ),
)
change(
    "added_a_step_at_a_time",
    None,
    (ADD, "for t in range(T):\n        dW[words[:, t]] += dout[:, t]"),
    reason="repeats of one step alone are lost",
)
change(
    "mean_over_the_places",
    None,
    (ADD, f"{ADD}\n    dW /= np.maximum(np.bincount(words.ravel(), minlength=V), 1)[:, None]"),
    reason=WHERE,
)
change("divided_by_N", None, (ADD, f"{ADD}\n    dW /= N"), reason="told as a factor")
change("subtracted", None, ("np.add.at", "np.subtract.at"), reason="told as a factor")
change(
    "largest_word_decides_V",
    None,
    ("np.zeros((V, D))", "np.zeros((words.max() + 1, D))"),
    reason=SAYS,
)
change(
    "first_word_alone",
    None,
    (ADD, "np.add.at(dW, words[:, :1], dout[:, :1])"),
    reason=WHERE,
)
change(
    "integers",
    None,
    ("np.zeros((V, D))", "np.zeros((V, D), dtype=int)"),
    ("dW, words, dout", "dW, words, dout.astype(int)"),
    reason=SAYS,
)

change = changes_of("regularised", clip_by_value)
CLIP = "np.clip(gradients[name], -maxValue, maxValue)"
change(
    "nothing_clipped",
    "clip-copies-not-inplace",
    (f"clipped[name] = {CLIP}", f"{CLIP}\n        clipped[name] = gradients[name]"),
)
change(
    "nothing_clipped_copied",
    "clip-copies-not-inplace",
    (f"clipped[name] = {CLIP}", f"clipped[name] = gradients[name].copy()\n        {CLIP}"),
)
change("from_above_alone", None, (CLIP, "np.minimum(gradients[name], maxValue)"), reason=SAYS)
change("from_zero", None, ("-maxValue, maxValue", "0, maxValue"), reason=WHERE)
change(
    "scaled",
    None,
    (CLIP, "gradients[name] * min(1, maxValue / np.abs(gradients[name]).max())"),
    reason=SAYS,
)
change(
    "in_place",
    "da-mutated-in-place",
    (CLIP, "np.clip(gradients[name], -maxValue, maxValue, out=gradients[name])"),
)
change("limit_of_five", None, ("-maxValue, maxValue", "-5, 5"), reason=WHERE)

change = changes_of("regularised", clip_by_norm)
NORM = "norm = np.sqrt(sum(np.sum(g**2) for g in gradients.values()))"
BACK = "{name: factor * g for name, g in gradients.items()}"
change(
    "each_by_its_own_norm",
    "clip-value-vs-norm",
    (BACK, "{k: g * min(1, max_norm / np.linalg.norm(g)) for k, g in gradients.items()}"),
)
change(
    "entries_clipped",
    "clip-value-vs-norm",
    (BACK, "{k: np.clip(g, -max_norm, max_norm) for k, g in gradients.items()}"),
)
change("below_the_limit_too", "clip-below-the-limit", (" if norm > max_norm else 1.0", ""))
change("comparison_turned", None, ("norm > max_norm", "norm < max_norm"), reason=SAYS)
change("never", "clip-copies-not-inplace", ("factor * g", "g"))
change(
    "norm_not_rooted",
    None,
    (
        "np.sqrt(sum(np.sum(g**2) for g in gradients.values()))",
        "sum(np.sum(g**2) for g in gradients.values())",
    ),
    reason="told as a factor",
)
change(
    "sum_of_norms",
    None,
    (NORM, "norm = sum(np.linalg.norm(g) for g in gradients.values())"),
    reason="told as a factor",
)
change(
    "largest_norm",
    None,
    (NORM, "norm = max(np.linalg.norm(g) for g in gradients.values())"),
    reason="told as a factor",
)
change("length_one", None, ("max_norm / norm if", "1 / norm if"), reason=SAYS)
change(
    "norm_in_place",
    "da-mutated-in-place",
    (BACK, "{k: np.multiply(g, factor, out=g) for k, g in gradients.items()}"),
)
change(
    "b_left_as_it_is",
    None,
    ("factor * g for", "(factor if name[1] == 'W' else 1) * g for"),
    reason=WHERE,
)
