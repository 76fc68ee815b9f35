"""What else touches gradients: a penalty, masks, a table of vectors, clipping."""

from autograder.engine.diagnosis.misconception import Misconception

_PENALTY = "06a, A second way from W to J"
_MASK = "06a, A mask is a factor"
_ROWS = "06a, A row that is read twice"
_CLIP = "06a, Two ways to clip"

L2_FORGOTTEN = Misconception(
    "l2-forgotten",
    unit="06a",
    title="the penalty has no gradient",
    computed="the gradient of the mean of the losses alone: the wire from W to the penalty is cut",
    formula="dW3 = (1/m) dZ3 A2ᵀ + (lambd/m) W3, and so in each layer",
    ask="W reaches J in two ways, through Z and through the penalty. Through which of them does "
    "your dW come back?",
    section=_PENALTY,
)

L2_FACTOR = Misconception(
    "l2-factor",
    unit="06a",
    title="another factor before W",
    computed="the gradient of a cost whose penalty has another factor than the one in J",
    formula="J = (the mean of the losses) + lambd/(2m) Σ W², so its slope is (lambd/m) W",
    ask="Differentiate lambd/(2m) w² for one number w. Which factors are left, and which of them "
    "stand in your line?",
    section=_PENALTY,
)

L2_ON_BIAS = Misconception(
    "l2-on-bias",
    unit="06a",
    title="biases are penalised too",
    computed="what belongs to a cost whose penalty holds the biases beside the weights",
    formula="J = (the mean of the losses) + lambd/(2m) Σ W²: no b in the penalty",
    ask="Which letters stand under the sum of squares in the contract?",
    section=_PENALTY,
)

DROPOUT_MASK_FORGOTTEN = Misconception(
    "dropout-mask-forgotten",
    unit="06a",
    title="the mask is missing on the way back",
    computed="a gradient that flows back into units which were switched off",
    formula="dA2 = (W3ᵀ dZ3) * D2 / keep_prob, and dA1 = (W2ᵀ dZ2) * D1 / keep_prob",
    ask="A unit that was off sent 0 to the next layer, whatever its ReLU gave. How far does J move "
    "if what its ReLU gives moves?",
    section=_MASK,
)

DROPOUT_NOT_SCALED = Misconception(
    "dropout-not-scaled",
    unit="06a",
    title="another factor than 1/keep_prob",
    computed="the gradient of a network whose kept units have another factor than 1/keep_prob",
    formula="A1 = relu(Z1) * D1 / keep_prob, so the slope of this step is D1 / keep_prob",
    ask="By which number was a kept unit multiplied on the way forward? By the same number goes "
    "what comes back.",
    section=_MASK,
)

DROPOUT_NEW_MASK = Misconception(
    "dropout-new-mask",
    unit="06a",
    title="another mask on the way back",
    computed="the gradient of a network that nobody ran forward, as where a mask is drawn anew on "
    "the way back",
    formula="dA2 = (W3ᵀ dZ3) * D2 / keep_prob, with the D2 of the cache",
    ask="Which units were off when J was computed? Where are they written down?",
    section=_MASK,
)

DROPOUT_MASK_INVERTED = Misconception(
    "dropout-mask-inverted",
    unit="06a",
    title="the mask keeps what it should drop",
    computed="masks that keep a unit with probability 1 - keep_prob",
    formula="D1 = (uniform numbers in [0, 1) < keep_prob)",
    ask="With keep_prob = 0.8, which part of uniform numbers is below 0.8, and which part of your "
    "mask is 1?",
    section=_MASK,
)

INDEX_ADD_DUPLICATES = Misconception(
    "index-add-duplicates",
    unit="06a",
    title="repeated words count once",
    computed="the gradient of a table in which each row is read once, at the last place where its "
    "number stands: the wires from W to all other places are cut",
    formula="dW[v] = Σ dout[n, t] over all places with words[n, t] = v: np.add.at",
    ask="A word stands three times in words. To how many places of out did its row go, and how "
    "many of them are in your sum?",
    section=_ROWS,
)

CLIP_VALUE_VS_NORM = Misconception(
    "clip-value-vs-norm",
    unit="06a",
    title="clipped piece by piece",
    computed="a gradient of which each piece was bounded by itself, where one factor for all "
    "arrays together was meant: its direction is another one",
    formula="one factor for all arrays: max_norm divided by the root of the sum of all squares of "
    "all arrays, where it is below 1",
    ask="Divide your result by what came in, entry by entry. Is it one number?",
    section=_CLIP,
)

CLIP_BELOW_THE_LIMIT = Misconception(
    "clip-below-the-limit",
    unit="06a",
    title="short gradients are stretched",
    computed="a gradient whose norm is always max_norm, also where it was shorter before",
    formula="the factor is max_norm / norm where norm > max_norm, and 1 elsewhere",
    ask="Near a minimum the gradient is short. Which length does yours have there?",
    section=_CLIP,
)

CLIP_COPIES_NOT_INPLACE = Misconception(
    "clip-copies-not-inplace",
    unit="06a",
    title="nothing was clipped",
    computed="the gradient as it came in, where it had to be clipped",
    formula="clipped = np.clip(g, -maxValue, maxValue): a new array, g stays as it was",
    ask="Print one entry before your lines and after them. Which name holds what was clipped, and "
    "is it what you return?",
    section=_CLIP,
)
