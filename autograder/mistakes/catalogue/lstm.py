"""The LSTM: its two lanes, its gates and its stack."""

from autograder.engine.diagnosis.misconception import Misconception

LSTM_DC_NEXT_MISSING = Misconception(
    "lstm-dc-next-missing",
    unit="09",
    title="dc_next is left out",
    computed="the exact gradient of a network in which c_t is read by a_t alone: the lane from c_t "
    "to the next step carries its value, and nothing comes back on it",
    formula="dc = dc_next + da_next * ot * (1 - tanh(c_next)²)",
    ask="c_next goes two ways. Through which of them does your dc come back?",
    section="09, Two ways out of c",
)

LSTM_DA_MISSES_C = Misconception(
    "lstm-da-misses-c",
    unit="09",
    title="da_next never reaches c",
    computed="the exact gradient of a cell whose a_next hears of c_next in value only: what comes "
    "back through a_next ends at the output gate",
    formula="dc = dc_next + da_next * ot * (1 - tanh(c_next)²)",
    ask="a_next is a product of two arrays. Through which of them did your da_next go back?",
    section="09, Two ways out of c",
)

LSTM_BOTH_CARRIES_MISSING = Misconception(
    "lstm-both-carries-missing",
    unit="09",
    title="neither lane is carried back",
    computed="the exact gradient of a network whose steps are cut apart: the values of a_t and c_t "
    "pass to the next step, nothing comes back, and each step hears its own loss only",
    formula="step t receives da[:, :, t] + da_prevt and dc_prevt, both taken from step t + 1",
    ask="Which two names have to get a new value at the end of each round of your loop?",
    section="09, Two carries through time",
)

LSTM_LANES_SWAPPED = Misconception(
    "lstm-lanes-swapped",
    unit="09",
    title="the two carries are exchanged",
    computed="the gradient of a network in which a_t goes on in the lane of c, and c_t in the lane "
    "of a: both have the shape (n_a, m), so nothing objects",
    formula="da_next = da[:, :, t] + da_prevt and dc_next = dc_prevt",
    ask="Which of the two arrays that come out of the cell of step t + 1 is added to da[:, :, t]?",
    section="09, Two carries through time",
)

LSTM_PARENTHESIS = Misconception(
    "lstm-parenthesis",
    unit="09",
    title="the slope of a gate multiplies one of two terms",
    computed="a gradient in which what comes back to c on one of its two ways goes through the "
    "gate's slope, and what comes on the other skips it, as where a pair of brackets is missing",
    formula="dc = dc_next + da_next * ot * (1 - tanh(c_next)²), and then dzf = dc * c_prev * ft "
    "* (1 - ft)",
    ask="Write dc down once, as a sum of two terms. How many factors does each term of your gate "
    "have, and should they be the same?",
    section="09, Each gate has its own way",
)

LSTM_DC_PREV_NO_FORGET = Misconception(
    "lstm-dc-prev-no-forget",
    unit="09",
    title="dc_prev without the forget gate",
    computed="the gradient of a cell that keeps all of c_prev: what goes back on the lane of c, or "
    "one of its two terms, is not multiplied by ft",
    formula="dc_prev = dc * ft, with dc the sum of both terms",
    ask="c is made of two terms, a gate times c before and a gate times the candidate. By what is "
    "c_prev multiplied, and so its gradient?",
    section="09, Two ways out of c",
)

LSTM_GATE_DERIVATIVE_MISSING = Misconception(
    "lstm-gate-derivative-missing",
    unit="09",
    title="a gate's own slope is not complete",
    computed="a gradient that goes back through a gate without its slope, or with a part of it: "
    "ft * (1 - ft) for a gate, 1 - cct² for the candidate",
    formula="dzf = dc * c_prev * ft * (1 - ft), dzc = dc * it * (1 - cct²)",
    ask="Between zf and ft stands a sigmoid. Which factor in your line is its slope?",
    section="09, Each gate has its own way",
)

LSTM_TANH_OF_TANH = Misconception(
    "lstm-tanh-of-tanh",
    unit="09",
    title="tanh of what is a tanh already",
    computed="a gradient whose slope of tanh was taken at the tanh, not at what went into it",
    formula="1 - tanh(c_next)² for a_next, 1 - cct² for the candidate",
    ask="cct came out of a tanh, c_next goes into one. Which of them needs np.tanh in its slope?",
    section="09, Each gate has its own way",
)

LSTM_GATE_PATH_MISSING = Misconception(
    "lstm-gate-path-missing",
    unit="09",
    title="a gate is missing in da_prev and dxt",
    computed="the gradient of a cell in which u = [a_prev; xt] does not reach all four of z: the "
    "sum over the gates lacks some of its terms",
    formula="du = Wfᵀ dzf + Wiᵀ dzi + Wcᵀ dzc + Woᵀ dzo",
    ask="How many times does the forward pass read a_prev, and how many terms has your da_prev?",
    section="09, The stack, cut back",
)

LSTM_C_NEXT_FOR_C_PREV = Misconception(
    "lstm-c-next-for-c-prev",
    unit="09",
    title="the forget gate meets c_next",
    computed="a gradient in which the forget gate is multiplied by the state that comes out, where "
    "it multiplied the one that went in",
    formula="dzf = dc * c_prev * ft * (1 - ft)",
    ask="In the forward pass, which cell state does ft multiply?",
    section="09, Each gate has its own way",
)

LSTM_O_WITHOUT_TANH = Misconception(
    "lstm-o-without-tanh",
    unit="09",
    title="the output gate meets c_next, not its tanh",
    computed="the gradient of a cell that shows ot * c_next, as far as the output gate goes",
    formula="dzo = da_next * tanh(c_next) * ot * (1 - ot)",
    ask="In the forward pass, what does ot multiply?",
    section="09, Each gate has its own way",
)

LSTM_DOT_FOR_OT = Misconception(
    "lstm-dot-for-ot",
    unit="09",
    title="the gradient of the output gate where the gate belongs",
    computed="a gradient in which what comes back through a_next is multiplied by dzo, a gradient, "
    "and not by ot, the gate: the names dot and ot differ by one letter",
    formula="dc = dc_next + da_next * ot * (1 - tanh(c_next)²)",
    ask="a_next = ot * tanh(c_next). By what is tanh(c_next) multiplied there, and in your line?",
    section="09, Two ways out of c",
)

CONCAT_NO_SLICE = Misconception(
    "concat-no-slice",
    unit="09",
    title="the stack was not cut back",
    computed="the gradient of the whole stack u, with n_a + n_x rows: the right da_prev above the "
    "right dxt",
    formula="da_prev = du[:n_a] and dxt = du[n_a:]",
    ask="W multiplies a_prev and xt, one above the other. Which rows of Wᵀ dz belong to a_prev?",
    section="09, The stack, cut back",
)

CONCAT_ORDER = Misconception(
    "concat-order",
    unit="09",
    title="the stack is upside down on the way back",
    computed="a gradient in which the two parts of the stack have changed places: a_prev stands "
    "above xt in the forward pass, and below it in yours",
    formula="u = [a_prev; xt]: the first n_a rows of du, the first n_a columns of dW are a_prev's",
    ask="Which n_a columns of Wf are multiplied by a_prev, the first or the last?",
    section="09, The stack, cut back",
)
