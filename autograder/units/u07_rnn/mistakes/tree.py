"""What is said in the tree: a traversal for each loss, which has no da_prevt and no one loop."""

from __future__ import annotations

from autograder.engine.diagnosis.mistakes import Mistakes
from autograder.mistakes.catalogue.memory import DA_MUTATED_IN_PLACE
from autograder.mistakes.catalogue.recurrent_time import (
    BPTT_DA_IGNORED,
    BPTT_DOUBLE_COUNT,
    BPTT_FORWARD_DIRECTION,
    BPTT_MISSING_DA_PREVT,
    BPTT_STEPS_LEFT_OUT,
    DA0_ADDED_UP,
    DA0_NOT_RETURNED,
    DX_ACCUMULATED,
)
from autograder.mistakes.catalogue.scale import SIGN_FLIP

MISTAKES = Mistakes("rnn")
TREE, TRIANGLE = "rnn_backward_tree", "07, The loss × step triangle"
_CELLS = "the loss of step t goes back through the cells of the steps t, t - 1, ..., 1"
_DA0 = "da0 = the sum, over the losses, of what is left of each traversal behind step 1"

MISTAKES.words(
    DA_MUTATED_IN_PLACE,
    TREE,
    of="0",
    formula="da[:, :, t] is copied where a traversal starts, and nothing is added to it",
    ask="After your loops, what does the caller's da hold? Which line wrote into it?",
)
MISTAKES.words(
    BPTT_DOUBLE_COUNT,
    TREE,
    formula="the traversal of a loss starts from its own da[:, :, t]; no other da enters it",
)
MISTAKES.words(
    BPTT_MISSING_DA_PREVT,
    TREE,
    title="each loss goes back through one cell only",
    computed="the exact gradient of a network whose wires from a_t to the next step are cut: each "
    "loss reaches the cell of its own step, and no earlier one",
    formula=_CELLS,
    ask="Through which cells does the loss of step 3 go in your loops? What does each of them "
    "receive?",
    section=TRIANGLE,
)
MISTAKES.words(
    DA0_ADDED_UP,
    TREE,
    title="da0 holds what each cell sends back",
    computed="a da0 to which every cell of a traversal has sent back, and not the cell of step 1 "
    "alone",
    formula=_DA0,
    ask="Of how many cells is a_0 an input? How often does your line that writes da0 run in the "
    "traversal of the loss of step 3, and how often should it?",
    section=TRIANGLE,
)
MISTAKES.words(
    DA0_NOT_RETURNED,
    TREE,
    title="da0 is not what all traversals leave",
    formula=_DA0,
    ask="Each loss sends something back to a_0. How many such pieces are in your da0?",
    section=TRIANGLE,
)
MISTAKES.words(
    DX_ACCUMULATED,
    TREE,
    formula="dx[:, :, t] is a sum over the losses of step t and of all later ones",
    ask="How many traversals come through the cell of step 1, and how many of them are in your "
    "dx[:, :, 0]?",
    section=TRIANGLE,
)
MISTAKES.words(
    SIGN_FLIP,
    TREE,
    formula="each traversal starts from da[:, :, t] of its own loss, and goes on with da_prev",
    section=TRIANGLE,
)
MISTAKES.words(
    BPTT_DA_IGNORED,
    TREE,
    formula="each traversal starts from da[:, :, t] of its own loss",
    ask="Where does the loss of step t come into your loops?",
    section=TRIANGLE,
)
for _entry in (BPTT_FORWARD_DIRECTION, BPTT_STEPS_LEFT_OUT):
    MISTAKES.words(
        _entry,
        TREE,
        formula=_CELLS,
        ask="Print the loss and the step in each round of your loops, for T_x = 3. Are these all "
        "pairs, each traversal from its own step down to the first?",
        section=TRIANGLE,
    )
