"""What is done with a gradient: momentum, RMSprop, Adam, and mini-batches."""

from autograder.engine.diagnosis.misconception import Misconception

_MEAN = "06b, A mean of gradients"
_CORRECTED = "06b, Why the mean is corrected"
_SQUARES = "06b, A step of its own for each parameter"
_CARRIED = "06b, What is carried on"

ONE_MINUS_BETA_MISSING = Misconception(
    "optimiser-one-minus-beta-missing",
    unit="06b",
    title="1 - beta is missing",
    computed="a sum in which the new value has the weight 1 and not 1 - beta: the weights no "
    "longer add up to 1, and with a constant gradient it grows to 1 / (1 - beta) times the mean",
    formula="v = beta v + (1 - beta) dW",
    ask="Let the gradient be 1 at every update. To which number does your sum grow, and to which "
    "does a mean?",
    section=_MEAN,
)

WEIGHTS_SWAPPED = Misconception(
    "optimiser-weights-swapped",
    unit="06b",
    title="the weights of old and new are exchanged",
    computed="a mean that keeps 1 - beta of what it was and takes beta of what comes: with "
    "beta = 0.9 it forgets almost everything at each update",
    formula="v = beta v + (1 - beta) dW",
    ask="With beta = 0.9, how much of the old value shall survive one update, and how much does in "
    "your line?",
    section=_MEAN,
)

STEP_FROM_OLD_STATE = Misconception(
    "optimiser-step-from-old-state",
    unit="06b",
    title="the step is made with the old mean",
    computed="a step with the v that came in: the gradient of this update moves the parameters one "
    "update late",
    formula="first v = beta v + (1 - beta) dW, then W = W - learning_rate v",
    ask="Which v does your step read, the one that came in or the one made with this gradient? "
    "What is the first step of all, where v comes in as zeros?",
    section=_MEAN,
)

LEARNING_RATE_IN_VELOCITY = Misconception(
    "optimiser-learning-rate-in-velocity",
    unit="06b",
    title="the velocity holds the step, not the mean of gradients",
    computed="a velocity that has the learning rate in it, as other texts have it: it adds up "
    "steps, where here it is a mean of gradients",
    formula="v = beta v + (1 - beta) dW; W = W - learning_rate v",
    ask="In the contract, where does learning_rate stand: in the line of v or in that of W? What "
    "happens to your v when the learning rate is halved?",
    section=_MEAN,
)

LEARNING_RATE_TWICE = Misconception(
    "optimiser-learning-rate-twice",
    unit="06b",
    title="the learning rate is paid twice",
    computed="a step in which the gradient is multiplied by the learning rate twice",
    formula="W = W - learning_rate dW",
    ask="Follow the gradient through your lines to the new W. How often is it multiplied by "
    "learning_rate?",
    section="06b, The valley",
)

EPSILON_INSIDE_ROOT = Misconception(
    "optimiser-epsilon-inside-root",
    unit="06b",
    title="epsilon stands inside the root",
    computed="a step divided by sqrt(s + epsilon): inside the root 1e-8 acts as 1e-4 where s is "
    "small",
    formula="W = W - learning_rate dW / (sqrt(s) + epsilon)",
    ask="Let s be 0 and epsilon 1e-8. By which number is the step divided in the contract, and in "
    "your line?",
    section=_SQUARES,
)

ROOT_MISSING = Misconception(
    "optimiser-root-missing",
    unit="06b",
    title="the root is missing",
    computed="a step divided by the mean of the squares and not by its root: with gradients twice "
    "as large the step is half as long, where it shall stay as it was",
    formula="W = W - learning_rate dW / (sqrt(s) + epsilon)",
    ask="Double all gradients. By which factor does s grow, and which factor does the step need to "
    "stay as it is?",
    section=_SQUARES,
)

SQUARE_MISSING = Misconception(
    "optimiser-square-missing",
    unit="06b",
    title="the gradient is not squared in s",
    computed="a mean of the gradients in s, where a mean of their squares belongs: gradients of "
    "both signs cancel in it, and its root may not exist",
    formula="s = beta s + (1 - beta) dW²",
    ask="What is s after the gradients 1 and -1, and what shall it measure: their mean or their "
    "size?",
    section=_SQUARES,
)

BIAS_CORRECTION_MISSING = Misconception(
    "adam-bias-correction-missing",
    unit="06b",
    title="the bias correction is missing",
    computed="a step with a mean that starts at zero and is not corrected: after t updates its "
    "weights add up to 1 - beta**t only, at the first one 0.1 with beta = 0.9, 0.001 with 0.999",
    formula="v_corrected = v / (1 - beta1**t), s_corrected = s / (1 - beta2**t)",
    ask="With v = s = 0 and t = 1, what are the new v and the new s for a gradient of 1? By which "
    "number has each to be divided to be 1?",
    section=_CORRECTED,
)

T_OFF_BY_ONE = Misconception(
    "adam-t-off-by-one",
    unit="06b",
    title="t of another update",
    computed="a correction for another number of updates than there were",
    formula="t is the number of this update, 1 at the first: 1 - beta1**t",
    ask="With which t do you correct, at the first update and at the second: with 1, and "
    "then with 2?",
    section=_CORRECTED,
)

BETAS_SWAPPED = Misconception(
    "adam-betas-swapped",
    unit="06b",
    title="beta1 and beta2 are confused",
    computed="an update in which a beta stands where the other one belongs: beta1 is that of the "
    "gradients, beta2 that of their squares, each also in its own correction",
    formula="v, v_corrected with beta1; s, s_corrected with beta2",
    ask="Write the four lines of v, v_corrected, s, s_corrected below each other. Which beta "
    "stands in which of them?",
    section="06b, Adam",
)

POWER_OF_ONE_MINUS_BETA = Misconception(
    "adam-power-of-one-minus-beta",
    unit="06b",
    title="(1 - beta)**t for 1 - beta**t",
    computed="a correction by (1 - beta)**t, which agrees at t = 1 alone and goes to 0, so that "
    "the corrected mean explodes",
    formula="v_corrected = v / (1 - beta1**t), s_corrected = s / (1 - beta2**t)",
    ask="For beta1 = 0.9 and t = 2, compute (1 - beta1)**t and 1 - beta1**t. Which of them goes to "
    "1 when t grows?",
    section=_CORRECTED,
)

CORRECTED_CARRIED_ON = Misconception(
    "adam-corrected-carried-on",
    unit="06b",
    title="the corrected mean is carried on",
    computed="a right step, and in v or s the corrected mean: at the next update it is corrected "
    "again, as if it were still the sum that started at zero",
    formula="v and s are what comes back; v_corrected and s_corrected are for this step alone",
    ask="Run two updates on paper with the gradient 1. What are v and s after the first, and what "
    "does your second one make of them?",
    section=_CARRIED,
)

SQUARE_OF_MEAN = Misconception(
    "adam-square-of-mean",
    unit="06b",
    title="the square of the mean for the mean of the squares",
    computed="an s made of the square of v: where gradients change their sign their mean is small, "
    "and so is its square, though they are large",
    formula="s = beta2 s + (1 - beta2) dW²",
    ask="The gradients are 1, -1, 1, -1. What is the square of their mean, and what is the mean of "
    "their squares?",
    section=_SQUARES,
)

STATE_SHARED = Misconception(
    "optimiser-state-shared",
    unit="06b",
    title="an entry of the state shares its memory",
    computed="zeros in memory that has another name too, in the state or among the parameters: "
    "what is written under one of the names stands under the other as well",
    formula="each entry is an array of its own: np.zeros(W.shape) for each",
    ask="For each entry of what you return: which line makes its array, and under which other "
    "name is this very array known?",
    section=_CARRIED,
)

BATCH_PAIRS_BROKEN = Misconception(
    "mini-batch-pairs-broken",
    unit="06b",
    title="examples and labels are in different orders",
    computed="batches in which an example meets the label of another one: a network learns nothing "
    "from them but how often each label occurs",
    formula="one permutation, for the columns of X and of Y",
    ask="How often does your function draw a permutation, and which arrays does it put in that "
    "order?",
    section="06b, Mini-batches",
)

BATCH_LAST_DROPPED = Misconception(
    "mini-batch-last-dropped",
    unit="06b",
    title="the rest is dropped",
    computed="full batches alone: the examples that are left over are in none of them",
    formula="the last batch holds the m mod mini_batch_size examples that are left",
    ask="With m = 10 and batches of 4, how many examples does your list hold, all together?",
    section="06b, Mini-batches",
)
