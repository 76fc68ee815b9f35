"""What is said of one way of a mistake: at the output, at another step, in another form."""

from __future__ import annotations

from autograder.engine.diagnosis.mistakes import Mistakes
from autograder.mistakes.catalogue.memory import DA_MUTATED_IN_PLACE
from autograder.mistakes.catalogue.recurrent_cell import BPTT_WRONG_CACHE, NEGATIVE_INDEX_WRAP
from autograder.mistakes.catalogue.recurrent_time import (
    BPTT_OVERWRITE_NOT_ACCUMULATE,
    BPTT_STEPS_LEFT_OUT,
    DA0_NOT_RETURNED,
    DX_ACCUMULATED,
    UPSTREAM_MEANS_EARLIER_LAYER,
)
from autograder.mistakes.catalogue.scale import DB_MEAN_AND_ONE_OVER_M, SIGN_FLIP
from autograder.mistakes.catalogue.shapes import DB_FROM_DW_ROWSUM
from autograder.mistakes.catalogue.signal import DW_INSTEAD_OF_W
from autograder.mistakes.catalogue.slopes import MISSING_ACTIVATION_DERIVATIVE
from autograder.mistakes.catalogue.wiring import DB_FORGOTTEN, MISSING_W_TRANSPOSE
from autograder.units.u07_rnn.mistakes.words import CACHES

MISTAKES = Mistakes("rnn")

MISTAKES.words(
    DB_FORGOTTEN,
    "rnn",
    of="dby",
    computed="a dby of zeros, as of a network without a way from by to the cost, or as one sum "
    "over all classes is, which softmax makes 0",
    formula="dby = np.sum(dzy, axis=1, keepdims=True), summed over t",
)
MISTAKES.words(
    DB_FROM_DW_ROWSUM,
    "rnn",
    of="row sums of dWya",
    formula="dby = np.sum(dzy, axis=1, keepdims=True), summed over t",
)
MISTAKES.words(
    DB_MEAN_AND_ONE_OVER_M,
    "rnn",
    of="dby",
    computed="a bias gradient divided by m: a mean over the examples, where dzy has paid 1/m "
    "already",
    formula="dby = np.sum(dzy, axis=1, keepdims=True), summed over t",
)
MISTAKES.words(DW_INSTEAD_OF_W, "rnn", of="dWya", formula="da_t = Wyaᵀ dzy_t")
_ASK = "{0}_i = Σ_j {1}_ij {2}_j + ... For d{3}_j, over which index of {1} do you sum?"
for _weight, _names in (("Wax", ("z", "Wax", "x", "x")), ("Wya", ("zy", "Wya", "a", "a"))):
    MISTAKES.words(
        MISSING_W_TRANSPOSE,
        "rnn",
        of=_weight,
        title=f"{_weight} instead of {_weight}ᵀ",
        computed=f"a gradient handed back through {_weight} where it has to pass through "
        f"{_weight}ᵀ: where {_weight} is square, no shape objects",
        ask=_ASK.format(*_names),
    )
MISTAKES.words(
    MISSING_ACTIVATION_DERIVATIVE,
    "rnn",
    of="the softmax passes everything",
    title="the softmax's slope is missing",
    computed="the gradient in which the softmax passes every derivative through unchanged: what is "
    "the derivative with respect to the probabilities stands where that of the scores belongs",
    formula="dzy_t = (y_pred_t - y_t) / m: softmax and logarithm together",
    ask="Is your dzy the derivative with respect to the probabilities, or to the scores?",
    section="07, From the loss to da",
)
MISTAKES.words(
    SIGN_FLIP,
    "rnn",
    of="da - da_prevt",
    title="da_prevt enters with a minus",
    computed="a gradient in which what the next step sends back enters with a minus",
    formula="da_next of step t = da[:, :, t] + da_prevt",
    ask="a_t feeds two things, and J moves through both. With which sign do their two signals meet "
    "in your line?",
    section="07, Two arrows into a_t",
)
MISTAKES.words(
    NEGATIVE_INDEX_WRAP,
    "rnn",
    of="a_{t-1} in dWya",
    title="dWya meets the state of the step before",
    computed="a dWya in which the output of each step is paired with the state one step earlier, "
    "and that of the first step with the last state",
    formula="dWya = Σ_t dzy_t a_tᵀ",
    ask="In a loop over t = 0, 1, ..., which slice of a is the state that y_pred[:, :, t] was made "
    "of?",
    section=CACHES,
)
MISTAKES.words(
    BPTT_WRONG_CACHE,
    "rnn",
    formula="each step goes back with its own cache; index -1 is the last step",
    ask="Print the step and the index of the cache in each round of your loop. Do they belong "
    "together?",
)
MISTAKES.words(
    BPTT_OVERWRITE_NOT_ACCUMULATE,
    "rnn",
    ask="How often does the forward pass use Waa? Print your sum after each round of the loop: "
    "after which rounds does it grow?",
)
MISTAKES.words(
    BPTT_STEPS_LEFT_OUT,
    "rnn",
    ask="Print the step in each round of your loop, for T_x = 3. Which step is not there?",
)
for _detail in ("in each traversal that of the loss itself", "in each traversal the first one"):
    MISTAKES.words(
        BPTT_STEPS_LEFT_OUT,
        "rnn",
        of=_detail,
        title="each traversal leaves a cell out",
        computed="one traversal for each loss, and each of them lacks one cell",
        formula="the loss of step t goes back through the cells of the steps t, t - 1, ..., 1",
        ask="Print the loss and the step in each round of your loops, for T_x = 3. Which pairs are "
        "not there?",
        section="07, The loss × step triangle",
    )

#: da0 is another thing in each of its forms.
_DA0 = {
    "it is zero": "a da0 of zeros",
    "the total derivative at a_1": "a da0 that holds the derivative with respect to a_1, which did "
    "not go back through the first cell",
    "da[:, :, 0]": "a da0 that holds da[:, :, 0], the direct part of the derivative with respect "
    "to a_1",
    "da_prevt of the second step": "a da0 that holds what the cell of step 2 sends back, which "
    "belongs to a_1",
    "with a time axis": "a da0 with a time axis, which a_0 has not",
    "every da_prevt": "a da0 with a time axis, which a_0 has not: what each cell sends back",
}
for _detail, _computed in _DA0.items():
    MISTAKES.words(DA0_NOT_RETURNED, "rnn", of=_detail, computed=_computed)
MISTAKES.words(
    DA0_NOT_RETURNED,
    "rnn",
    of="that of the last traversal only",
    title="only the last loss is in da0",
    computed="a da0 that holds what the loss of the last step sends back to a_0, and no other loss",
    formula="da0 = the sum, over the losses, of what is left of each traversal behind step 1",
    ask="Each loss sends something back to a_0. How many such pieces are in your da0?",
    section="07, The loss × step triangle",
)
MISTAKES.words(
    DX_ACCUMULATED,
    "rnn",
    of="dx of the last traversal only",
    title="only the last loss is in dx",
    computed="a dx that holds what the loss of the last step says of each x_t, and no other loss",
    formula="dx[:, :, t] is a sum over the losses of step t and of all later ones",
    ask="How many traversals come through the cell of step 1, and how many of them are in your "
    "dx[:, :, 0]?",
    section="07, The loss × step triangle",
)
MISTAKES.words(
    DX_ACCUMULATED,
    "rnn",
    of="the first step only",
    title="only the first column of dx is there",
    computed="a dx whose first column is right, and all others zero",
    ask="Which column of dx does each round of your loop write into?",
)
for _step in ("first", "last"):
    MISTAKES.words(
        DX_ACCUMULATED,
        "rnn",
        of=f"dx is the dxt of the {_step} step",
        title="dx has no time axis",
        computed=f"a dx of one step, the {_step} one: the columns of the others are not there",
        formula="dx[:, :, t] = Waxᵀ dz_t, of the shape of x",
        ask="Which shape has x, and into which part of dx does each round of your loop write?",
    )
MISTAKES.words(
    UPSTREAM_MEANS_EARLIER_LAYER,
    "rnn",
    title="the da of another step",
    formula="the cell that made a_t receives da[:, :, t], the derivative with respect to that a_t",
)
MISTAKES.words(
    UPSTREAM_MEANS_EARLIER_LAYER,
    "rnn",
    of="the step after",
    computed="a gradient in which the cell of step t receives the da of step t+1",
    ask="Which state does the cell of step t put out, and which column of da belongs to it?",
)
MISTAKES.words(
    DA_MUTATED_IN_PLACE,
    "rnn",
    formula="a function reads its arguments and returns new arrays",
    ask="Which line writes into what came in, with +=, with [...] on the left of the equals sign, "
    "or takes something out of a list? Which of your names are second names for an argument?",
    section=CACHES,
)
