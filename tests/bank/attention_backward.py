"""Unit 12, slips on the way back: the softmax, the scale, transposes, the roads of X, heads."""

from .attention import attention_backward, self_attention_backward, softmax_rows_backward
from .attention_rights import a_jacobian_for_each_row
from .change import changes_of

SEARCH = "told by the general search"
DOT, LINE = "np.sum(dP * P, axis=-1, keepdims=True)", "P * (dP - dot)"

change = changes_of("attention", softmax_rows_backward)
change("dP_itself", "attention-softmax-skipped", (LINE, "dP.copy()"))
change("dP_where_it_is_seen", "attention-softmax-skipped", (LINE, "np.where(P > 0, dP, 0.0)"))
change("diagonal_alone", "softmax-diagonal-only", (LINE, "P * (1 - P) * dP"))
change("nothing_taken_off", "attention-row-term", (LINE, "P * dP"))
change("sum_without_P", "attention-row-term", ("dP * P, axis", "dP, axis"))
change("mean_of_dP", "attention-row-term", (DOT, "np.mean(dP, axis=-1, keepdims=True)"))
change("mean_for_sum", "attention-row-term", ("np.sum", "np.mean"))
change("no_P_in_front", "attention-row-term", (LINE, "dP - dot"))
change("over_columns", "softmax-wrong-axis", ("axis=-1", "axis=0"))
change("over_all", "softmax-wrong-axis", (DOT, "np.sum(dP * P)"))
change("without_keepdims", None, (", keepdims=True", ""), reason="most shapes do not fit")
change("plus_for_minus", None, ("dP - dot", "dP + dot"), reason=SEARCH)
change("negative", None, (LINE, f"-{LINE}"), reason=SEARCH)
change("left_zero", None, (LINE, "np.zeros_like(P)"), reason=SEARCH)
change("averaged", None, (LINE, f"{LINE} / len(P)"), reason=SEARCH)
change("writes_into_dP", "da-mutated-in-place", (LINE, "np.multiply(dP - dot, P, out=dP)"))
change("writes_into_P", "da-mutated-in-place", (LINE, "np.multiply(dP - dot, P, out=P)"))
change = changes_of("attention", a_jacobian_for_each_row, of="softmax_rows_backward")
change("jacobian_without_the_product", "attention-row-term", (" - np.dot(s, s.T)", ""))
change(
    "jacobian_of_diagonal",
    "softmax-diagonal-only",
    ("np.diagflat(s) - np.dot(s, s.T)", "np.diagflat(s * (1 - s))"),
)

change = changes_of("attention", attention_backward)
SOFT = "softmax_rows_backward(dP, P)"
DQ, DK, DV = "dS @ K / np.sqrt(d_k)", "dS.T @ Q / np.sqrt(d_k)", "P.T @ dout"
change("softmax_skipped", "attention-softmax-skipped", (SOFT, "dP"))
change("softmax_skipped_with_mask", "attention-softmax-skipped", (SOFT, "dP * (P != 0)"))
change("diagonal_alone", "softmax-diagonal-only", (SOFT, "dP * P * (1 - P)"))
change("nothing_taken_off", "attention-row-term", (SOFT, "dP * P"))
change("unscaled", "attention-scale-forgotten", (DQ, "dS @ K"), (DK, "dS.T @ Q"))
change("dQ_unscaled", "attention-scale-forgotten", (DQ, "dS @ K"))
change("dK_unscaled", "attention-scale-forgotten", (DK, "dS.T @ Q"))
change("scaled_twice", "attention-scale-twice", (SOFT, f"{SOFT} / np.sqrt(d_k)"))
change("dQ_scaled_twice", "attention-scale-twice", (DQ, "dS @ K / d_k"))
change("dK_scaled_twice", "attention-scale-twice", (DK, "dS.T @ Q / d_k"))
change("root_of_T_k", "attention-scale-of-another-size", ("Q.shape[-1]", "K.shape[0]"))
change("root_of_T_q", "attention-scale-of-another-size", ("Q.shape[-1]", "Q.shape[0]"))
change("root_of_d_v", "attention-scale-of-another-size", ("Q.shape[-1]", "V.shape[-1]"))
change("times_the_root", None, (DQ, "dS @ K * np.sqrt(d_k)"), reason=SEARCH)
change("dK_not_transposed", "attention-dk-not-transposed", ("dS.T @ Q", "dS @ Q"))
change("dK_is_dS_K", "attention-dk-not-transposed", ("dS.T @ Q", "dS @ K"))
change("dQ_meets_Q", "attention-query-for-key", ("dQ = dS @ K", "dQ = dS @ Q"))
change("dK_meets_K", "attention-query-for-key", ("dS.T @ Q", "dS.T @ K"))
change(
    "both_meet_themselves",
    "attention-query-for-key",
    ("dQ = dS @ K", "dQ = dS @ Q"),
    ("dS.T @ Q", "dS.T @ K"),
)
change("dV_not_transposed", "attention-dv-not-transposed", (DV, "P @ dout"))
change("dP_from_V_not_transposed", None, ("dout @ V.T", "dout @ V"), reason=SEARCH)
change("returned_in_another_order", None, ("dQ, dK, dV", "dV, dK, dQ"), reason=SEARCH)
change("dQ_left_zero", None, (DQ, "np.zeros_like(Q)"), reason=SEARCH)
change("dK_negative", None, (DK, f"-({DK})"), reason=SEARCH)
change("writes_into_the_cache", "da-mutated-in-place", (DQ, f"{DQ}\n    P *= 2"))
change("writes_into_dout", "da-mutated-in-place", (DQ, f"{DQ}\n    dout /= 2"))
change(
    "averaged",
    None,
    ("return dQ, dK, dV", "return dQ / len(Q), dK / len(Q), dV / len(Q)"),
    reason=SEARCH,
)
change("dV_of_the_softmax_backward", None, (DV, "(P * P).T @ dout"), reason=SEARCH)

change = changes_of("attention", self_attention_backward)
BY = {n: f" + d{n} @ W{n.lower()}.T" for n in "QKV"}
for left in ("Q", "K", "V", "QK", "QV", "KV", "QKV"):
    change(f"no_road_by_{left}", "attention-road-missing", *((BY[n], "") for n in left))
change("no_residual", "attention-residual-missing", ("dout + dQ", "dQ"))
change("residual_twice", None, ("dX = dout", "dX = 2 * dout"), reason=SEARCH)
change("roads_not_through_W", None, *((BY[n], f" + d{n}") for n in "QKV"), reason="raises")
SOFT = "P * (dP - np.sum(dP * P, axis=-1, keepdims=True))"
change("softmax_skipped", "attention-softmax-skipped", (SOFT, "dP"))
change("softmax_skipped_with_mask", "attention-softmax-skipped", (SOFT, "np.where(P > 0, dP, 0)"))
change("diagonal_alone", "softmax-diagonal-only", (SOFT, "P * (1 - P) * dP"))
change("nothing_taken_off", "attention-row-term", (SOFT, "P * dP"))
change("over_queries", "softmax-wrong-axis", ("axis=-1", "axis=-2"))
change("over_heads", None, ("axis=-1", "axis=0"), reason=SEARCH)
DQ, DK = "dS @ K / np.sqrt(d)", "dS.transpose(0, 2, 1) @ Q / np.sqrt(d)"
change(
    "unscaled", "attention-scale-forgotten", (DQ, "dS @ K"), (DK, DK.replace(" / np.sqrt(d)", ""))
)
change("dQ_unscaled", "attention-scale-forgotten", (DQ, "dS @ K"))
change("scaled_twice", "attention-scale-twice", (SOFT, f"{SOFT} / np.sqrt(d)"))
for size in ("E", "T"):
    change(
        f"root_of_{size}",
        "attention-scale-of-another-size",
        (DQ, DQ.replace("(d)", f"({size})")),
        (DK, DK.replace("(d)", f"({size})")),
    )
change(
    "root_of_D",
    "attention-scale-of-another-size",
    (DQ, DQ.replace("(d)", "(X.shape[1])")),
    (DK, DK.replace("(d)", "(X.shape[1])")),
)
change("dK_not_transposed", "attention-dk-not-transposed", ("dS.transpose(0, 2, 1) @ Q", "dS @ Q"))
change("dQ_meets_Q", "attention-query-for-key", ("dQ = dS @ K", "dQ = dS @ Q"))
change("dV_not_transposed", "attention-dv-not-transposed", ("P.transpose(0, 2, 1) @", "P @"))
SPLIT = "dH.reshape(T, n_heads, d).transpose(1, 0, 2)"
MERGE = "d{n}.transpose(1, 0, 2).reshape(T, E)"
change("dH_only_reshaped", "attention-heads-mixed", (SPLIT, "dH.reshape(n_heads, T, d)"))
change(
    "merged_without_transpose",
    "attention-heads-mixed",
    *((MERGE.format(n=n), f"d{n}.reshape(T, E)") for n in "QKV"),
)
change(
    "reshaped_both_times",
    "attention-heads-mixed",
    (SPLIT, "dH.reshape(n_heads, T, d)"),
    *((MERGE.format(n=n), f"d{n}.reshape(T, E)") for n in "QKV"),
)
for name, keep in (("last", "-1"), ("first", "0")):
    change(
        f"{name}_head_alone",
        "attention-one-head",
        (DQ, f"{DQ} * (np.arange(n_heads) == np.arange(n_heads)[{keep}])[:, None, None]"),
        (DK, f"{DK} * (np.arange(n_heads) == np.arange(n_heads)[{keep}])[:, None, None]"),
        (
            "@ dheads",
            f"@ dheads * (np.arange(n_heads) == np.arange(n_heads)[{keep}])[:, None, None]",
        ),
    )
change("dWo_meets_X", "attention-dwo-meets-x", ("H.T @ dout", "X.T @ dout"))
change("dWo_transposed", "dw-transposed", ("H.T @ dout", "dout.T @ H"))
change(
    "dWs_transposed",
    "dw-transposed",
    ("X.T @ dQ, X.T @ dK, X.T @ dV", "dQ.T @ X, dK.T @ X, dV.T @ X"),
)
change(
    "all_dWs_transposed",
    "dw-transposed",
    ("X.T @ dQ, X.T @ dK, X.T @ dV", "dQ.T @ X, dK.T @ X, dV.T @ X"),
    ("H.T @ dout", "dout.T @ H"),
)
change("dH_by_Wo", "missing-w-transpose", ("dout @ Wo.T", "dout @ Wo"))
change("roads_by_W", "missing-w-transpose", *((BY[n], BY[n][:-2]) for n in "QKV"))
change(
    "all_by_W",
    "missing-w-transpose",
    *((BY[n], BY[n][:-2]) for n in "QKV"),
    ("dout @ Wo.T", "dout @ Wo"),
)
change("dWs_exchanged", None, ("X.T @ dQ, X.T @ dK", "X.T @ dK, X.T @ dQ"), reason=SEARCH)
change("weights_exchanged", None, (BY["Q"], " + dQ @ Wk.T"), reason=SEARCH)
change("dX_averaged", None, ("return dX,", "return dX / T,"), reason=SEARCH)
change(
    "dWs_averaged",
    None,
    ("X.T @ dQ, X.T @ dK, X.T @ dV", "X.T @ dQ / T, X.T @ dK / T, X.T @ dV / T"),
    reason=SEARCH,
)
change("dWo_left_zero", None, ("H.T @ dout", "np.zeros_like(Wo)"), reason=SEARCH)
change("dX_adds_into_dout", "da-mutated-in-place", ("dX = dout +", "dX = dout\n    dX +="))
