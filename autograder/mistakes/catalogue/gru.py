"""One cell of a GRU: three ways of the state, two of the update gate."""

from autograder.engine.diagnosis.misconception import Misconception

GRU_STRAIGHT_WAY_MISSING = Misconception(
    "gru-straight-way-missing",
    unit="09",
    title="the way of c_prev straight into c_next is missing",
    computed="the gradient of a cell that keeps nothing of c_prev, as far as derivatives go: what "
    "the gates say comes back, what they let pass does not",
    formula="c_next = ut * cct + (1 - ut) * c_prev, so dc_prev holds the term dc_next * (1 - ut)",
    ask="c_prev is read at three places of the forward pass. How many terms has your dc_prev?",
    section="09, The GRU: one lane",
)

GRU_RESET_WAY = Misconception(
    "gru-reset-way",
    unit="09",
    title="the way of c_prev through the candidate",
    computed="a gradient in which c_prev reaches the candidate not at all, or as if the reset gate "
    "were 1",
    formula="dc_prev holds the term rt * (Wcᵀ dzc)[:n_a], as the candidate reads rt * c_prev",
    ask="What does the candidate read in the place of c_prev, and by what is that multiplied?",
    section="09, The GRU: one lane",
)

GRU_GATE_WAYS_MISSING = Misconception(
    "gru-gate-ways-missing",
    unit="09",
    title="c_prev through the two gates is missing",
    computed="the gradient of a cell whose gates do not hear c_prev, as far as derivatives go",
    formula="dc_prev holds the term (Wuᵀ dzu + Wrᵀ dzr)[:n_a]",
    ask="What are ut and rt made of? Does a nudge of c_prev move them?",
    section="09, The GRU: one lane",
)

GRU_U_HAS_TWO_WAYS = Misconception(
    "gru-u-has-two-ways",
    unit="09",
    title="one of the two ways of the update gate",
    computed="the gradient of a cell in which ut acts at one of its two places only: on the "
    "candidate, or on c_prev",
    formula="c_next = ut * cct + (1 - ut) * c_prev, so du = dc_next * (cct - c_prev)",
    ask="At how many places does ut stand in the line for c_next, and with which sign?",
    section="09, The GRU: one lane",
)

GRU_OTHER_CONVENTION = Misconception(
    "gru-other-convention",
    unit="09",
    title="the update gate of the other convention",
    computed="the gradient of the cell c_next = ut * c_prev + (1 - ut) * cct, in which the update "
    "gate says what is kept; other texts and libraries write it so",
    formula="c_next = ut * cct + (1 - ut) * c_prev",
    ask="In the contract, does ut = 1 take the candidate or keep c_prev? And in your lines?",
    section="09, The GRU: one lane",
)

GRU_DWC_WITHOUT_R = Misconception(
    "gru-dwc-without-r",
    unit="09",
    title="dWc without the reset gate",
    computed="a dWc that meets c_prev where the candidate was made of rt * c_prev",
    formula="dWc = dzc [rt * c_prev; xt]ᵀ",
    ask="Which stack was multiplied by Wc in the forward pass?",
    section="09, The GRU: one lane",
)
