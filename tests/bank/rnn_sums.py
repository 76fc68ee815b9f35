"""Unit 07, slips in rnn_backward: what is summed over the steps, dx, da0, and the scale."""

from .change import changes_of
from .rnn import rnn_backward

change = changes_of("rnn", rnn_backward)
TOTAL, CELL = "da[:, :, t] + da_prevt", "one = rnn_cell_backward("
STEPS, ZERO = "reversed(range(da.shape[2]))", "np.zeros(da.shape[:2])"
DX, SUM = 'grads["dx"][:, :, t] = one["dxt"]', "grads[key] += one[key]"
DA0, END = 'grads["da0"] = da_prevt', "    return grads"

# sums over the steps, dx and da0
change("weights_overwritten", "bptt-overwrite-not-accumulate", (SUM, "grads[key] = one[key]"))
change(
    "dWaa_overwritten",
    "bptt-overwrite-not-accumulate",
    (SUM, 'grads[key] = one[key] + (0 if key == "dWaa" else grads[key])'),
)
change(
    "weights_from_the_direct_part",
    "immediate-vs-total-derivative",
    ('["dxt"]', '["dxt"]\n        one = rnn_cell_backward(da[:, :, t], caches[t])'),
)
change(
    "dx_accumulated",
    "dx-accumulated",
    (ZERO, f"{ZERO}\n    dxt = np.zeros(x.shape[:2])"),
    (DX, 'dxt += one["dxt"]\n        grads["dx"][:, :, t] = dxt'),
)
change("dx_of_one_step_only", "dx-accumulated", ('["dx"][:, :, t]', '["dx"]'))
change(
    "one_list_entry_for_all_dx",
    "shared-grad-array",
    (ZERO, f"{ZERO}\n    dx = [np.zeros(x.shape[:2])] * da.shape[2]"),
    (DX, 'dx[t][:] = one["dxt"]'),
    (END, f'    grads["dx"] = np.stack(dx, axis=2)\n{END}'),
)
change("da0_left_zero", "da0-not-returned", (f"    {DA0}\n", ""))
change(
    "da0_with_a_time_axis",
    "da0-not-returned",
    (DA0, 'grads["da0"] = np.zeros(da.shape)\n    grads["da0"][:, :, 0] = da_prevt'),
)
change(
    "da0_is_the_total_of_step_one",
    "da0-not-returned",
    (f"{CELL}{TOTAL}", f"total = {TOTAL}\n        {CELL}total"),
    (DA0, 'grads["da0"] = total'),
)

# scale and bias
change(
    "divided_by_T",
    "divide-by-T",
    ("return grads", "return {key: value / da.shape[2] for key, value in grads.items()}"),
)
change(
    "weights_averaged_at_the_end",
    "rnn-divide-by-m-again",
    (END, f'    for key in ("dWax", "dWaa", "dba"):\n        grads[key] /= da.shape[1]\n{END}'),
)
change("da_divided_by_m_again", "one-over-m-twice", ("t] +", "t] / da.shape[1] +"))
change(
    "divided_by_m_at_every_step",
    "one-over-m-per-layer",
    (TOTAL, f"({TOTAL}) / da.shape[1]"),
)
change("dba_flat", "db-no-keepdims", (END, f'    grads["dba"] = grads["dba"][:, 0]\n{END}'))
change(
    "dba_flat_in_the_sum",
    "dba-broadcast-square",
    (SUM, 'grads[key] += one[key][:, 0] if key == "dba" else one[key]'),
)
change(
    "dba_square",
    "dba-broadcast-square",
    (SUM, 'grads[key] = grads[key] + (one[key][:, 0] if key == "dba" else one[key])'),
)

# arguments changed in place, state kept from an earlier call
change(
    "da_added_to_in_place",
    "da-mutated-in-place",
    (f"{CELL}{TOTAL}", f"da[:, :, t] += da_prevt\n        {CELL}da[:, :, t]"),
)
change(
    "gradients_kept_from_earlier_calls",
    "grads-not-reset",
    (
        END,
        "    for key in grads:\n"
        "        if key in kept and kept[key].shape == grads[key].shape:\n"
        "            grads[key] = grads[key] + kept[key]\n"
        f"    kept.update(grads)\n{END}",
    ),
    state={"kept": {}},
)

# += where = belongs, of some arrays, and of the last step or the first
ARRAYS = {
    "weights": ("dWax", "dWaa", "dba"),
    "dWax_and_dWaa": ("dWax", "dWaa"),
    "dWaa": ("dWaa",),
    "dWax": ("dWax",),
    "dba": ("dba",),
}
for name, keys in ARRAYS.items():
    if name not in ("weights", "dWaa"):  # these two stand above
        change(
            f"{name}_overwritten",
            "bptt-overwrite-not-accumulate",
            (SUM, f"grads[key] = one[key] + (0 if key in {keys} else grads[key])"),
        )
    change(
        f"{name}_of_the_last_step_only",
        "bptt-overwrite-not-accumulate",
        (SUM, f"grads[key] += 0 if key in {keys} and t < da.shape[2] - 1 else one[key]"),
    )
change("weights_divided_by_T", "divide-by-T", (SUM, f"{SUM} / da.shape[2]"))

# dx and da0 of other steps
change(
    "dx_summed_from_the_left",
    "dx-accumulated",
    (DX, 'grads["dx"][:, :, t:] += one["dxt"][:, :, None]'),
)
change("dx_the_same_at_every_step", "dx-accumulated", (DX, 'grads["dx"] += one["dxt"][:, :, None]'))
change("dx_always_at_the_first_step", "dx-accumulated", ("[:, :, t] = one", "[:, :, 0] = one"))
change(
    "dx_of_the_last_step_only",
    "dx-accumulated",
    (END, f'    grads["dx"] = grads["dx"][:, :, -1]\n{END}'),
)
change(
    "dx_summed_over_the_steps",
    "dx-accumulated",
    (END, f'    grads["dx"] = grads["dx"].sum(axis=2)\n{END}'),
)
change("da0_is_da_of_step_one", "da0-not-returned", (DA0, 'grads["da0"] = da[:, :, 0]'))
change(
    "da0_is_what_came_to_step_one",
    "da0-not-returned",
    ("        one =", "        before = da_prevt\n        one ="),
    (DA0, 'grads["da0"] = before'),
)
change(
    "da0_holds_every_carry",
    "da0-not-returned",
    (ZERO, f'{ZERO}\n    grads["da0"] = np.zeros(da.shape)'),
    (DX, f'{DX}\n        grads["da0"][:, :, t] = da_prevt'),
    (f"    {DA0}\n", ""),
)
