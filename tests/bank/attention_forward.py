"""Unit 12, slips on the way forward: the scale, the mask, the softmax, heads."""

from .attention import attention_forward, self_attention_forward
from .change import changes_of

SAYS = "told by what the check expects"

for _right, _d in ((attention_forward, "d_k"), (self_attention_forward, "d")):
    change = changes_of("attention", _right)
    scale, hidden = f" / np.sqrt({_d})", "np.where(mask, scores, -np.inf)"
    last = "exps / np.sum(exps, axis=-1, keepdims=True)"
    change("unscaled", "attention-scale-forgotten", (scale, ""))
    change("divided_by_d", "attention-scale-twice", (scale, f" / {_d}"))
    change("scaled_twice", "attention-scale-twice", (scale, scale + scale))
    change("mask_ignored", "attention-mask-ignored", (hidden, "scores"))
    change("masked_with_0", "attention-mask-zero", (hidden, "np.where(mask, scores, 0.0)"))
    change("scores_times_mask", "attention-mask-zero", (hidden, "scores * mask"))
    change("mask_inverted", "attention-mask-inverted", (hidden, "np.where(mask, -1e9, scores)"))
    change(
        "mask_after_softmax",
        "attention-mask-after-softmax",
        (hidden, "scores"),
        (last, f"{last} * (True if mask is None else mask)"),
    )
    change(
        "softmax_over_queries",
        "softmax-wrong-axis",
        ("np.max(scores, axis=-1", "np.max(scores, axis=-2"),
        ("np.sum(exps, axis=-1", "np.sum(exps, axis=-2"),
    )
    change("mean_for_sum", None, ("np.sum(exps", "np.mean(exps"), reason=SAYS)
    change("softmax_over_all", None, (last, "exps / np.sum(exps)"), reason=SAYS)
    change("no_softmax", None, ("P = exps / np", "P = scores; exps / np"), reason=SAYS)
    change("times_the_root", None, (scale, scale.replace("/", "*")), reason=SAYS)

change = changes_of("attention", attention_forward)
change(
    "max_of_all", "attention-overflow", ("np.max(scores, axis=-1, keepdims=True)", "np.max(scores)")
)
change(
    "max_not_subtracted",
    "attention-overflow",
    ("scores - np.max(scores, axis=-1, keepdims=True)", "scores + 0.0"),
)
change("root_of_T_k", "attention-scale-of-another-size", ("d_k = Q.shape[-1]", "d_k = len(K)"))
change("root_of_T_q", "attention-scale-of-another-size", ("d_k = Q.shape[-1]", "d_k = len(Q)"))
change("root_of_d_v", "attention-scale-of-another-size", ("d_k = Q.shape[-1]", "d_k = V.shape[-1]"))
change("keys_for_values", None, ("out = P @ V", "out = P @ K"), reason=SAYS)
change("P_transposed", None, ("out = P @ V", "out = P.T @ V"), reason=SAYS)
change(
    "writes_into_Q",
    "da-mutated-in-place",
    ("scores = Q @ K.T / np.sqrt(d_k)", "Q /= np.sqrt(d_k)\n    scores = Q @ K.T"),
)

change = changes_of("attention", self_attention_forward)
for _size in ("E", "D", "T", "n_heads"):
    change(f"root_of_{_size}", "attention-scale-of-another-size", ("sqrt(d)", f"sqrt({_size})"))
change("no_residual", "attention-residual-missing", ("X + H @ Wo", "H @ Wo"))
CUT = "(X @ W{n}).reshape(T, n_heads, d).transpose(1, 0, 2)"
PUT = "heads.transpose(1, 0, 2).reshape(T, E)"
MIXED = [(CUT.format(n=n), f"(X @ W{n}).reshape(n_heads, T, d)") for n in "qkv"]
change("taken_apart_without_transpose", "attention-heads-mixed", *MIXED)
change("put_together_without_transpose", "attention-heads-mixed", (PUT, "heads.reshape(T, E)"))
change("reshaped_both_times", "attention-heads-mixed", *MIXED, (PUT, "heads.reshape(T, E)"))
change("queries_for_keys", None, ("K = (X @ Wk)", "K = (X @ Wq)"), reason=SAYS)
change("residual_twice", None, ("X + H", "2 * X + H"), reason=SAYS)
change("writes_into_X", "da-mutated-in-place", ("out = X + H @ Wo", "X += H @ Wo\n    out = X"))
