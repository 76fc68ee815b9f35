"""One recurrent cell and its output."""

from autograder.engine.diagnosis.misconception import Misconception

BPTT_WRONG_CACHE = Misconception(
    "bptt-wrong-cache",
    unit="07",
    title="the cache of another step",
    computed="a gradient in which a step goes back with the cache of another one",
    formula="caches[t] belongs to step t; index -1 is the last step",
    ask="At t = 0, which cache does your index take?",
    section="07, Caches and indices",
)

NEGATIVE_INDEX_WRAP = Misconception(
    "negative-index-wrap",
    unit="07",
    title="index t-1 at t = 0 is the last step",
    computed="a gradient that pairs the first step with the last state, because index -1 counts "
    "from the end",
    formula="dWaa = Σ_t dz_t a_{t-1}ᵀ, where the a before the first step is a0",
    ask="What does a[:, :, t-1] hold at t = 0?",
    section="07, Caches and indices",
)

WAA_NO_TRANSPOSE = Misconception(
    "waa-no-transpose",
    unit="07",
    title="Waa instead of Waaᵀ",
    computed="a gradient handed back through Waa where it has to pass through Waaᵀ: Waa is always "
    "square, so no shape objects",
    formula="da_prev = Waaᵀ dz, as da_prev_j = Σ_i Waa_ij dz_i",
    ask="z_i = Σ_j Waa_ij a_j. For da_prev_j, over which index of Waa do you sum?",
    section="07, One cell",
)

DWAA_USES_A_NEXT = Misconception(
    "dwaa-uses-a-next",
    unit="07",
    title="dWaa meets a_next",
    computed="a dWaa that pairs dz_t with the state that comes out, a_t",
    formula="dWaa = Σ_t dz_t a_{t-1}ᵀ",
    ask="Waa multiplies the state that comes in. Is that a_t or a_{t-1}, and which of them lies in "
    "the cache where your line reads it?",
    section="07, Caches and indices",
)

RNN_DIVIDE_BY_M_AGAIN = Misconception(
    "rnn-divide-by-m-again",
    unit="07",
    title="1/m is paid again",
    computed="gradients of J/m: the da that arrives carries 1/m already, and it was divided once "
    "more",
    formula="dWaa = dz a_prevᵀ, dba = Σ_k dz_k: no 1/m, the contract has put it into da",
    ask="Read the contract: does the da that comes in belong to the sum over the examples or to "
    "their mean?",
    section="07, Scale: 1/m, T and da",
)

DIVIDE_BY_T = Misconception(
    "divide-by-T",
    unit="07",
    title="divided by the number of steps",
    computed="the gradient of the mean over the steps, where J is their sum",
    formula="J = (1/m) Σ_t Σ_k L_t^(k): a sum over t",
    ask="Is J, as the contract states it, a sum over the steps or their mean?",
    section="07, Scale: 1/m, T and da",
)

CLIP_WRONG_PLACE = Misconception(
    "clip-wrong-place",
    unit="08",
    title="clipping inside the loop",
    computed="a gradient whose signal was clipped on its way through time: the gradient of no cost "
    "at all",
    formula="first the whole gradient, then np.clip, then the update",
    ask="Which arrays does the lesson clip, and at which moment?",
    section="08, Where clipping belongs",
)

DA_PREV_SKIPS_TANH = Misconception(
    "da-prev-skips-tanh",
    unit="07",
    title="da_prev = Waaᵀ da_next",
    computed="a gradient that runs back through the tanh everywhere but on its way to da_prev",
    formula="da_prev = Waaᵀ dz, dz = da_next * (1 - a_next²)",
    ask="From a_next back to a_prev there are two factors. Which of them is in your da_prev?",
    section="07, One cell",
)

TANH_APPLIED_TWICE = Misconception(
    "tanh-applied-twice",
    unit="07",
    title="tanh of a_next, which is a tanh already",
    computed="a gradient whose slope is 1 - tanh(a_next)², always too large",
    formula="dz = da_next * (1 - a_next²)",
    ask="Is a_next what goes into the tanh, or what came out of it?",
    section="07, One cell",
)

TANH_PRIME_OF_A_PREV = Misconception(
    "tanh-prime-of-a-prev",
    unit="07",
    title="1 - a_prev² for 1 - a_next²",
    computed="a gradient whose slope is taken at the state before",
    formula="dz = da_next * (1 - a_next²)",
    ask="Which state came out of the tanh that you are going back through?",
    section="07, One cell",
)
