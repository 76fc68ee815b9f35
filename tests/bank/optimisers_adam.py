"""Unit 06b, slips of Adam."""

from .change import changes_of
from .optimisers import update_parameters_with_adam

change = changes_of("optimisers", update_parameters_with_adam)
SLOPES = (("(1 - beta1) * grads[d]", "(1 - beta1) * slope"), ("grads[d] ** 2", "slope**2"))
change(
    "gradients_by_place",
    "gradients-by-place",
    ("for k in parameters:", "for k, slope in zip(parameters, grads.values()):"),
    *SLOPES,
)
change(
    "all_by_place",
    "gradients-by-place",
    (
        "for k in parameters:",
        "for k, slope, m, r in zip(parameters, grads.values(), v.values(), s.values()):",
    ),
    ("beta1 * v[d]", "beta1 * m"),
    ("beta2 * s[d]", "beta2 * r"),
    *SLOPES,
)
SEARCH = "told by the search"
SAYS = "told by what the check expects"
V, S = "beta1 * v[d] + (1 - beta1) * grads[d]", "beta2 * s[d] + (1 - beta2) * grads[d] ** 2"
ONE, TWO = "(1 - np.power(beta1, t))", "(1 - np.power(beta2, t))"
STEP, DOWN = "learning_rate * v_corrected", "np.sqrt(s_corrected) + epsilon"
PLAIN = {"v": ("v_new[d] / " + ONE, "v_new[d]"), "s": ("s_new[d] / " + TWO, "s_new[d]")}

change("nothing_corrected", "adam-bias-correction-missing", *PLAIN.values())
change("v_not_corrected", "adam-bias-correction-missing", PLAIN["v"])
change("s_not_corrected", "adam-bias-correction-missing", PLAIN["s"])
change(
    "divides_by_the_root_of_s",
    "adam-bias-correction-missing",
    ("np.sqrt(s_corrected)", "np.sqrt(s_new[d])"),
)
HELD = {
    "v": ("v_corrected = v_new[d] /", "v_corrected = v_new[d] = v_new[d] /"),
    "s": ("s_corrected = s_new[d] /", "s_corrected = s_new[d] = s_new[d] /"),
}
change("both_carried_on", "adam-corrected-carried-on", *HELD.values())
change("v_carried_on", "adam-corrected-carried-on", HELD["v"])
change("s_carried_on", "adam-corrected-carried-on", HELD["s"])


def powers(new):
    """The two corrections, with another exponent."""
    return [(old, old.replace(", t)", f", {new})")) for old in (ONE, TWO)]


change("t_plus_one", "adam-t-off-by-one", *powers("t + 1"))
change("t_minus_one", "adam-t-off-by-one", *powers("t - 1"))
change("always_the_first_update", "adam-t-off-by-one", *powers("1"))
change("no_power_at_all", "adam-t-off-by-one", (ONE, "(1 - beta1)"), (TWO, "(1 - beta2)"))
change(
    "power_of_the_difference",
    "adam-power-of-one-minus-beta",
    (ONE, "(1 - beta1) ** t"),
    (TWO, "(1 - beta2) ** t"),
)

OTHER = {"beta1": "beta2", "beta2": "beta1"}
change(
    "betas_exchanged",
    "adam-betas-swapped",
    ("    new, v_new", "    beta1, beta2 = beta2, beta1\n    new, v_new"),
)
change(
    "betas_exchanged_among_the_arguments",
    "adam-betas-swapped",
    ("beta1=0.9, beta2=0.999", "beta2=0.999, beta1=0.9"),
)
change("beta2_in_v", "adam-betas-swapped", (V, V.replace("beta1", "beta2")))
change("beta1_in_s", "adam-betas-swapped", (S, S.replace("beta2", "beta1")))
change("corrections_exchanged", "adam-betas-swapped", (ONE, TWO), (TWO, ONE))
change("beta2_corrects_both", "adam-betas-swapped", (ONE, TWO))
change("beta1_corrects_both", "adam-betas-swapped", (TWO, ONE))

change("square_of_v", "adam-square-of-mean", ("grads[d] ** 2", "v_new[d] ** 2"))
change("uphill", "sign-flip", (f"- {STEP}", f"+ {STEP}"))
change("biases_stay", "db-forgotten", (STEP, f'(k[0] == "W") * {STEP}'))
change("rate_squared", "optimiser-learning-rate-twice", (STEP, f"learning_rate * {STEP}"))

LACKS = {
    "v": ("(1 - beta1) * grads[d]", "grads[d]"),
    "s": ("(1 - beta2) * grads[d] ** 2", "grads[d] ** 2"),
}
change("no_one_minus_beta1", "optimiser-one-minus-beta-missing", LACKS["v"])
change("no_one_minus_beta2", "optimiser-one-minus-beta-missing", LACKS["s"])
change("no_one_minus_beta", "optimiser-one-minus-beta-missing", *LACKS.values())
TURNED = {
    "v": ("beta1 * v[d] + (1 - beta1)", "(1 - beta1) * v[d] + beta1"),
    "s": ("beta2 * s[d] + (1 - beta2)", "(1 - beta2) * s[d] + beta2"),
}
change("weights_of_v_exchanged", "optimiser-weights-swapped", TURNED["v"])
change("weights_of_s_exchanged", "optimiser-weights-swapped", TURNED["s"])
change("weights_exchanged", "optimiser-weights-swapped", *TURNED.values())
OLD = {"v": ("v_new[d] / ", "v[d] / "), "s": ("s_new[d] / ", "s[d] / ")}
change("moves_with_the_old_v", "optimiser-step-from-old-state", OLD["v"])
change("divides_by_the_old_s", "optimiser-step-from-old-state", OLD["s"])
change("moves_first", "optimiser-step-from-old-state", *OLD.values())
change(
    "epsilon_in_the_root",
    "optimiser-epsilon-inside-root",
    (DOWN, "np.sqrt(s_corrected + epsilon)"),
)
change("no_root", "optimiser-root-missing", (DOWN, "s_corrected + epsilon"))
change("no_square", "optimiser-square-missing", ("grads[d] ** 2", "grads[d]"))

change("follows_the_gradient", None, (STEP, "learning_rate * grads[d]"), reason=SEARCH)
change("rate_forgotten", None, (STEP, "v_corrected"), reason=SEARCH)
change("no_epsilon", None, (" + epsilon", ""), reason=SEARCH)
change("forgets_the_past", None, ("beta1 * v[d] + ", ""), reason=SEARCH)
change("plus_in_a_correction", None, (ONE, ONE.replace("-", "+")), reason=SEARCH)
change("returns_the_old_state", None, ("return new, v_new, s_new", "return new, v, s"), reason=SAYS)
change("s_before_v", None, ("return new, v_new, s_new", "return new, s_new, v_new"), reason=SAYS)
change("without_s", None, ("return new, v_new, s_new", "return new, v_new"), reason=SAYS)
change("another_default_rate", None, ("learning_rate=0.01", "learning_rate=0.001"), reason=SAYS)
change("another_default_epsilon", None, ("epsilon=1e-8", "epsilon=1e-1"), reason=SAYS)
change(
    "writes_into_v_and_s",
    "da-mutated-in-place",
    ("new, v_new, s_new = {}, {}, {}", "new, v_new, s_new = {}, v, s"),
)
