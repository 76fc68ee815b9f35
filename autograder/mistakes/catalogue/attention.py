"""Attention: the softmax of each row, three products, a fork of X, several heads."""

from autograder.engine.diagnosis.misconception import Misconception

_ROW = "12, The way back through a softmax"
_SCALE = "12, Why the scores are divided"
_MASK = "12, What is not seen"
_PRODUCTS = "12, Two positions, number by number"
_FORK = "12, X is read four times"
_HEADS = "12, Several heads"

ATTENTION_SOFTMAX_SKIPPED = Misconception(
    "attention-softmax-skipped",
    unit="12",
    title="the softmax is skipped on the way back",
    computed="the gradient of a layer whose weights are the scores themselves: dS = dP",
    formula="dS = P * (dP - Σ_k P_k dP_k), the sum over each row",
    ask="Add 1 to all scores of one row. What becomes of P, and what does each row of dS have to "
    "add up to?",
    section=_ROW,
)

ATTENTION_ROW_TERM = Misconception(
    "attention-row-term",
    unit="12",
    title="one part of the softmax's dS is missing or another",
    computed="a dS of the right form of which one part is missing, or is another",
    formula="dS = P * (dP - Σ_k P_k dP_k), the sum over each row",
    ask="One score of a row rises. Which weights of that row fall, and which term of your line "
    "says so?",
    section=_ROW,
)

ATTENTION_SCALE_FORGOTTEN = Misconception(
    "attention-scale-forgotten",
    unit="12",
    title="the scores are not divided by √d_k",
    computed="what belongs to scores that are products of queries and keys, without a divisor",
    formula="S = Q Kᵀ / √d_k, so dQ = dS K / √d_k and dK = dSᵀ Q / √d_k",
    ask="Between Q Kᵀ and S stands a number. Does what comes back to Q meet it, and what comes "
    "back to K?",
    section=_SCALE,
)

ATTENTION_SCALE_TWICE = Misconception(
    "attention-scale-twice",
    unit="12",
    title="1/√d_k is there twice",
    computed="what belongs to scores that are divided by √d_k twice, which is by d_k",
    formula="S = Q Kᵀ / √d_k, so dQ = dS K / √d_k and dK = dSᵀ Q / √d_k",
    ask="How many times is a score divided on the way forward? And on your way back from dS to dQ?",
    section=_SCALE,
)

ATTENTION_SCALE_OF_ANOTHER_SIZE = Misconception(
    "attention-scale-of-another-size",
    unit="12",
    title="the divisor is the root of another size",
    computed="what belongs to scores that are divided by the root of another size than the width "
    "of a query",
    formula="S = Q Kᵀ / √d_k, d_k the width of a query",
    ask="Over how many products does one score add up? Which of your sizes is that?",
    section=_SCALE,
)

ATTENTION_DK_NOT_TRANSPOSED = Misconception(
    "attention-dk-not-transposed",
    unit="12",
    title="dK adds up a row of dS, not a column",
    computed="a dK whose row j adds up what the scores of query j send, not what the scores of key "
    "j send",
    formula="dK = dSᵀ Q / √d_k",
    ask="In which scores does key j stand: in a row of S or in a column?",
    section=_PRODUCTS,
)

ATTENTION_QUERY_FOR_KEY = Misconception(
    "attention-query-for-key",
    unit="12",
    title="queries and keys are exchanged on the way back",
    computed="the gradient of scores Q Qᵀ or K Kᵀ on one side: each factor meets itself, not the "
    "other one",
    formula="dQ = dS K / √d_k, dK = dSᵀ Q / √d_k",
    ask="The derivative of q · k with respect to q is which of the two?",
    section=_PRODUCTS,
)

ATTENTION_DV_NOT_TRANSPOSED = Misconception(
    "attention-dv-not-transposed",
    unit="12",
    title="dV adds up a row of P, not a column",
    computed="a dV whose row j is made with the weights that query j gives, not with those that "
    "value j gets",
    formula="dV = Pᵀ dout",
    ask="Which rows of out hold something of value j, and with which weights?",
    section=_PRODUCTS,
)

ATTENTION_MASK_IGNORED = Misconception(
    "attention-mask-ignored",
    unit="12",
    title="the mask is not used",
    computed="an output in which every query sees every key",
    formula="S = -inf where the mask is False, before the softmax",
    ask="Change the last row of V. Which rows of out may move, and which of yours do?",
    section=_MASK,
)

ATTENTION_MASK_ZERO = Misconception(
    "attention-mask-zero",
    unit="12",
    title="a score that is not seen is set to 0",
    computed="an output in which what should not be seen has the weight of a score of 0",
    formula="S = -inf where the mask is False, as exp(-inf) = 0, but exp(0) = 1",
    ask="What is exp(0)? Which weight has a key whose score is 0?",
    section=_MASK,
)

ATTENTION_MASK_AFTER_SOFTMAX = Misconception(
    "attention-mask-after-softmax",
    unit="12",
    title="the mask comes after the softmax",
    computed="weights whose rows do not add up to 1: the softmax shared its 1 out among all keys, "
    "and some of it was thrown away",
    formula="S = -inf where the mask is False, before the softmax",
    ask="What do the rows of your P add up to?",
    section=_MASK,
)

ATTENTION_MASK_INVERTED = Misconception(
    "attention-mask-inverted",
    unit="12",
    title="the mask is turned over",
    computed="an output in which each query sees what it should not",
    formula="True: may be seen; S = -inf where the mask is False",
    ask="In a causal mask row 0 has one True. Which key is it, and does your query 0 see it?",
    section=_MASK,
)

ATTENTION_ROAD_MISSING = Misconception(
    "attention-road-missing",
    unit="12",
    title="not all roads back to X are added up",
    computed="the gradient of a layer in which X is a given number to some of the four that read "
    "it",
    formula="dX = dQ Wqᵀ + dK Wkᵀ + dV Wvᵀ + dout",
    ask="X is read at four places. Through which of them does your dX come back?",
    section=_FORK,
)

ATTENTION_RESIDUAL_MISSING = Misconception(
    "attention-residual-missing",
    unit="12",
    title="the straight road of X is missing",
    computed="what belongs to a layer that returns H Wo alone, not X + H Wo",
    formula="out = X + H Wo, so dX = dout + dQ Wqᵀ + dK Wkᵀ + dV Wvᵀ",
    ask="If Wo is zero, what is out, and what should dX be?",
    section=_FORK,
)

ATTENTION_HEADS_MIXED = Misconception(
    "attention-heads-mixed",
    unit="12",
    title="heads and positions are mixed up",
    computed="what belongs to heads whose numbers have changed places: a reshape keeps the order "
    "of the entries, it does not exchange two axes",
    formula="head h has the columns h·d_k to (h + 1)·d_k of all T rows",
    ask="With T = 2, two heads and d_k = 1: take [[11, 12], [21, 22]] apart into heads as you do, "
    "and put them side by side as you do. Is the first head 11, 21, and does the table come back?",
    section=_HEADS,
)

ATTENTION_ONE_HEAD = Misconception(
    "attention-one-head",
    unit="12",
    title="only one head comes back",
    computed="the gradient of a layer in which all heads but one are given numbers",
    formula="dQ, dK and dV hold the columns of all heads, side by side",
    ask="Which columns of your dQ are zero? Which head do they belong to?",
    section=_HEADS,
)

ATTENTION_DWO_MEETS_X = Misconception(
    "attention-dwo-meets-x",
    unit="12",
    title="dWo meets X, not the heads",
    computed="a dWo that pairs dout with X, where Wo multiplied the heads",
    formula="dWo = Hᵀ dout",
    ask="Which array does Wo multiply on the way forward?",
    section=_FORK,
)

ATTENTION_OVERFLOW = Misconception(
    "attention-overflow",
    unit="12",
    title="the softmax of large scores",
    computed="an output that is not finite, or not right, where scores are large",
    formula="P = exp(S - max S) / Σ exp(S - max S), the maximum of each row",
    ask="What is np.exp(1000.0), and what np.exp(-1000.0) / np.exp(-1000.0)? What changes in a "
    "softmax if the largest score of each row is taken off that row?",
    section=_ROW,
)
