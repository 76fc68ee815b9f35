"""What a function does, rather than returns: memory, and where training starts."""

from autograder.engine.diagnosis.misconception import Misconception

DA_MUTATED_IN_PLACE = Misconception(
    "da-mutated-in-place",
    unit="07",
    title="an argument was changed in place",
    computed="besides the result, a change of what the caller handed in: a second call, a gradient "
    "check or an update starts from that",
    formula="what comes in is only read; what goes out is new",
    ask="Which line changes something that came in: with an operator such as += or *=, with [...] "
    "on the left of the equals sign, with out=, or with pop or append? Which of your names are "
    "second names for an argument? dict(d) and d.copy() hold the arrays of d itself.",
    section="03, Who owns the memory of a cache",
)

INPLACE_RELU_MUTATES_DA = Misconception(
    "inplace-relu-mutates-da",
    unit="03",
    title="ReLU's mask was written into dA",
    computed="a masked dZ, and the caller's dA masked with it: here dZ is a second name for dA, "
    "not a copy, and what is written into one is written into both",
    formula="dZ = np.array(dA, copy=True); dZ[Z <= 0] = 0, or dZ = dA * (Z > 0)",
    ask="After your function has run, what does the caller's dA hold? Print it before the call "
    "and after it.",
    section="03, Who owns the memory of a cache",
)

SHARED_GRAD_ARRAY = Misconception(
    "shared-grad-array",
    unit="01",
    title="two names, one array",
    computed="dA and dZ of a layer as one array: what was written into one changed the other",
    formula="dZ = dA * g′(Z) is a new array",
    ask="Is grads['dA1'] the same object as grads['dZ1']?",
    section="03, Who owns the memory of a cache",
)

INPLACE_P_MINUS_Y = Misconception(
    "inplace-p-minus-y",
    unit="03",
    title="A - Y was written into A",
    computed="the right dZ, and AL overwritten with it: AL -= Y writes into the caller's array, "
    "and whatever reads AL afterwards, a cost or an accuracy, finds A - Y in its place",
    formula="dZ = AL - Y, a new array",
    ask="What does AL hold after your function has run, and who reads it next? Print AL before "
    "the call and after it.",
    section="03, Who owns the memory of a cache",
)

GRADS_NOT_RESET = Misconception(
    "grads-not-reset",
    unit="01",
    title="something of an earlier call is kept",
    computed="another answer at a second call with the same arguments: something outlives the "
    "call, as an array does to which each call adds its gradients",
    formula="within one pass contributions add up; the next pass starts from zero",
    ask="Call the function twice with the same arguments and compare what it returns. Which name "
    "in it lives longer than the call: a default argument, one from another cell?",
    section="03, Who owns the memory of a cache",
)

CACHE_VIEW_ALIASING = Misconception(
    "cache-view-aliasing",
    unit="09",
    title="the cache holds a view",
    computed="a gradient from a cache whose array was overwritten after it was stored",
    formula="slices of NumPy arrays share memory: a cache keeps a copy",
    ask="Which later line writes into the array that your cache refers to?",
    section="03, Who owns the memory of a cache",
)

SUM_LOSS_VS_MEAN_LOSS = Misconception(
    "sum-loss-vs-mean-loss",
    unit="04",
    title="the sum of the losses, not their mean",
    computed="the sum of the losses; J is their mean",
    formula="J = (1/m) Σ_i L^(i)",
    ask="What happens to your cost when every example is given twice?",
    section="04, The coin: 1/m once, otherwise 1/mⁿ",
)

LOG_BASE = Misconception(
    "log-base",
    unit="04",
    title="another base of the logarithm",
    computed="the cross-entropy with another logarithm than the natural one: it is off by one "
    "constant factor",
    formula="L = -(y ln a + (1 - y) ln(1 - a)): np.log",
    ask="Which function inverts np.exp?",
    section="04, The loss, and why the chain starts with A − Y",
)

ZERO_INIT_SYMMETRY = Misconception(
    "zero-init-symmetry",
    unit="06",
    title="equal units",
    computed="weights with which the units of a layer start equal: they compute the same, receive "
    "the same gradient and stay equal for ever, so that a wide layer is worth one unit",
    formula="W: standard normal numbers times sqrt(2 / n_prev); b = 0",
    ask="Two units have equal weights and equal biases. Write down their A and their dW for one "
    "example. Can any step of training make them differ?",
    section="04, Where to start: the parameters",
)
