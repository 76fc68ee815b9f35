"""The recurrent network through time."""

from autograder.engine.diagnosis.misconception import Misconception

DX_ACCUMULATED = Misconception(
    "dx-accumulated",
    unit="07",
    title="dx is added up over time",
    computed="a dx in which the contributions of several steps are mixed, as if one x fed them all",
    formula="dx[:, :, t] = Waxᵀ dz_t: x_t is used once, the weights T times",
    ask="How many cells read x_t? How many contributions does dx[:, :, t] get?",
    section="07, One weight, T uses",
)

DA0_NOT_RETURNED = Misconception(
    "da0-not-returned",
    unit="07",
    title="da0 is not the last da_prevt",
    computed="a da0 that is not the derivative with respect to the initial state a_0",
    formula="da0 = Waaᵀ dz_1, the da_prevt that is left when the loop ends",
    ask="After the last pass of your loop, t = 0, what does da_prevt belong to?",
    section="07, Caches and indices",
)

BPTT_FORWARD_DIRECTION = Misconception(
    "bptt-forward-direction",
    unit="07",
    title="the loop runs from the first step to the last",
    computed="the gradient of a network that runs the other way, in which a later step feeds an "
    "earlier one",
    formula="for t in reversed(range(T_x))",
    ask="da_prevt comes out of step t+1. Is step t+1 done when your loop is at step t?",
    section="07, Two arrows into a_t",
)

BPTT_DOUBLE_COUNT = Misconception(
    "bptt-double-count",
    unit="07",
    title="losses counted more than once",
    computed="total derivatives of J times total derivatives of a_t: the loss of a late step "
    "reaches an early one several times",
    formula="either T traversals without a carry, or one traversal with it",
    ask="Write down, for T = 3, each loss that has been added to the contribution of step 1. "
    "Does one of them stand there twice?",
    section="07, The loss × step triangle",
)

IMMEDIATE_VS_TOTAL_DERIVATIVE = Misconception(
    "immediate-vs-total-derivative",
    unit="07",
    title="direct with immediate, or total with total",
    computed="a product of the wrong two derivatives: dWaa is total ∂J/∂a_t times immediate "
    "∂a_t/∂Waa, or direct times total",
    formula="Σ_t (total dJ/da_t) (immediate ∂a_t/∂Waa) = Σ_t (direct ∂J/∂a_t) (total da_t/dWaa)",
    ask="On which of the two sides have you accounted for the later steps: on both, on neither, "
    "or on exactly one?",
    section="07, Direct, total, immediate",
)

BPTT_QUADRATIC_COST = Misconception(
    "bptt-quadratic-cost",
    unit="07",
    title="one traversal for each loss",
    computed="a sum in which each loss walked back alone: T(T+1)/2 calls of the cell, where T "
    "suffice",
    formula="sum of the derivatives = derivative of the sum: merge before the cell, then go back "
    "once",
    ask="Two losses send their signals through the same cell. What may you do with them before?",
    section="07, The loss × step triangle",
)

BPTT_CARRY_ACCUMULATED = Misconception(
    "bptt-carry-accumulated",
    unit="07",
    title="da_prevt is added up over the steps",
    computed="a gradient in which da_prevt keeps what all later steps sent back, as if a_t fed not "
    "only the next cell but every later one directly",
    formula="da_prevt = Waaᵀ dz_t takes the place of the old one; dWax, dWaa and dba are added up",
    ask="Which arrays of your loop hold a sum over all steps, and which one holds only what the "
    "step before in the loop has sent back?",
    section="07, Two arrows into a_t",
)

DA0_ADDED_UP = Misconception(
    "da0-added-up",
    unit="07",
    title="da0 is added up over the steps",
    computed="a da0 to which every step has sent back, as if a_0 fed every cell directly",
    formula="da0 = da_prev of step 1, the last one that the loop makes",
    ask="Of how many cells is a_0 an input?",
    section="07, Two arrows into a_t",
)

BPTT_ONE_STEP_BACK = Misconception(
    "bptt-one-step-back",
    unit="07",
    title="what arrives is not handed on",
    computed="a gradient in which each step hears its own loss and the one of the next step, and "
    "no later one",
    formula="da_prevt = Waaᵀ dz_{t+1}, where dz_{t+1} is made of da and of what arrived there",
    ask="How does the loss of step 3 come to step 1 in your loop? It goes through step 2: has step "
    "2 received it before it hands on?",
    section="07, Two arrows into a_t",
)

BPTT_STEPS_LEFT_OUT = Misconception(
    "bptt-steps-left-out",
    unit="07",
    title="the loop leaves a step out",
    computed="the sums of a loop that does not come to every step",
    formula="for t in reversed(range(T_x)): t = T_x - 1, ..., 1, 0",
    ask="Print t in each round of your loop, for T_x = 3. Which step is not there?",
    section="07, Two arrows into a_t",
)

BPTT_MISSING_DA_PREVT = Misconception(
    "bptt-missing-da-prevt",
    unit="07",
    title="da_prevt is missing",
    computed="the exact gradient of a network whose wires from a_t to the next step are cut: the "
    "values pass, nothing comes back, and each step hears its own loss only",
    formula="da_next of step t = da[:, :, t] + da_prevt",
    ask="a_t feeds two things: its own prediction, and the next cell. Through which of the two do "
    "later losses come back?",
    section="07, Two arrows into a_t",
)

BPTT_DA_IGNORED = Misconception(
    "bptt-da-ignored",
    unit="07",
    title="da never enters",
    computed="the gradient of a cost that no step feeds: every array is zero",
    formula="da_next of step t = da[:, :, t] + da_prevt",
    ask="Your loop starts from da_prevt = 0. Where does the loss of step t come in?",
    section="07, Two arrows into a_t",
)

BPTT_LAST_LOSS_ONLY = Misconception(
    "bptt-last-loss-only",
    unit="07",
    title="only the last loss counts",
    computed="the gradient of the loss at the last step alone",
    formula="J = Σ_t J_t: each step injects its own da[:, :, t]",
    ask="The network is asked at every step. Where in your loop does the loss of step 1 enter?",
    section="07, Two arrows into a_t",
)

BPTT_DA_PREVT_EQUALS_DA_T_MINUS_1 = Misconception(
    "bptt-da-prevt-equals-da-t-minus-1",
    unit="07",
    title="a column of da taken for da_prevt",
    computed="a gradient in which the direct part of another step stands where the part through "
    "the next step belongs",
    formula="da_prevt = Waaᵀ dz_{t+1}, which no column of da is",
    ask="Each column of da comes from the prediction of one step. Where does da_prevt come from?",
    section="07, Two arrows into a_t",
)

UPSTREAM_MEANS_EARLIER_LAYER = Misconception(
    "upstream-means-earlier-layer",
    unit="07",
    title="the da of another step",
    computed="a gradient in which the cell of step t receives the da of step t-1",
    formula="da_next is the derivative with respect to the output of this very cell",
    ask="Upstream means towards the loss. On which side of the cell is the loss?",
    section="07, What upstream means",
)

BPTT_OVERWRITE_NOT_ACCUMULATE = Misconception(
    "bptt-overwrite-not-accumulate",
    unit="07",
    title="only one step is in the sum",
    computed="the contribution of one step alone, as if each step overwrote what the others had "
    "left, or as if the sum were made once, after the loop",
    formula="dWaa = Σ_t dz_t a_{t-1}ᵀ: one weight, T uses",
    ask="How often does the forward pass use Waa, and how many contributions are in your dWaa?",
    section="07, One weight, T uses",
)

OUTPUT_GRADS_LAST_STEP = Misconception(
    "output-grads-last-step",
    unit="07",
    title="dWya and dby of the last step",
    computed="what the last prediction alone says about the output weights",
    formula="dWya = Σ_t dzy_t a_tᵀ: one weight, T uses",
    ask="At how many steps does the network predict with Wya?",
    section="07, From the loss to da",
)

BPTT_LOOPS_WITHOUT_CARRY = Misconception(
    "bptt-loops-without-carry",
    unit="07",
    title="nested loops that hand nothing on",
    computed="loops over losses and steps in which the inner one never hands da_prevt on: in every "
    "round a cell receives a da alone, as if no other cell lay between it and that loss",
    formula="the da_prevt of step t - 1 is the da_prev that comes out of the cell of step t",
    ask="Follow one round of your inner loop by hand. Which line gives the cell of step t - 1 what "
    "came out of the cell of step t?",
    section="07, The loss × step triangle",
)

BPTT_CELL_CALLED_TWICE = Misconception(
    "bptt-cell-called-twice",
    unit="07",
    title="two calls of the cell at each step",
    computed="the right sum, with da[:, :, t] and da_prevt sent through the cell one after the "
    "other: two calls a step, where one suffices",
    formula="the cell is linear in da: cell(da) + cell(da_prevt) = cell(da + da_prevt)",
    ask="Both signals go through the same cell with the same cache. What may you do with them "
    "before they enter?",
    section="07, The loss × step triangle",
)
