"""Scale: 1/m, the sum, the mean, the sign."""

from autograder.engine.diagnosis.misconception import Misconception

MISSING_ONE_OVER_M = Misconception(
    "missing-one-over-m",
    unit="04",
    title="1/m is missing",
    computed="the gradient of the sum of the losses over all m examples, not of their mean J",
    formula="dW = (1/m) dZ A_prevᵀ and db = (1/m) Σ_i dZ^(i)",
    ask="Walk one path from J down to W and count how often 1/m is paid. How often should it be, "
    "and is the number that you divide by m?",
    section="04, The coin: 1/m once, otherwise 1/mⁿ",
)

DB_NOT_AVERAGED = Misconception(
    "db-not-averaged",
    unit="04",
    title="db is a sum, dW is a mean",
    computed="db of the sum of the losses, beside dW of their mean J",
    formula="db = (1/m) Σ_i dZ^(i)",
    ask="b is added to each of the m columns of Z. Which factor stands before the sum over them?",
    section="04, The coin: 1/m once, otherwise 1/mⁿ",
)

ONE_OVER_M_TWICE = Misconception(
    "one-over-m-twice",
    unit="04",
    title="1/m is paid twice",
    computed="the gradient of J/m: the mean was divided by m once more",
    formula="dW = (1/m) dZ A_prevᵀ, where dZ is the derivative of the sum, not of the mean",
    ask="How many divisions by m lie between the losses and your result, and how many should?",
    section="04, The coin: 1/m once, otherwise 1/mⁿ",
)

DB_MEAN_AND_ONE_OVER_M = Misconception(
    "db-mean-and-one-over-m",
    unit="04",
    title="db is averaged twice",
    computed="db of J/m, beside dW of J: a mean over the examples and 1/m on top of it",
    formula="db = (1/m) Σ_i dZ^(i), where 1/m stands once",
    ask="Count the divisions by m on the way to your db, also those inside np.mean and inside the "
    "functions that you call. How many should there be?",
    section="04, The coin: 1/m once, otherwise 1/mⁿ",
)

ONE_OVER_M_PER_LAYER = Misconception(
    "one-over-m-per-layer",
    unit="04",
    title="1/m is paid at every layer",
    computed="a gradient that has paid 1/m at every layer on its way down: n layers below the top "
    "it is too small by mⁿ",
    formula="dA_prev = Wᵀ dZ, without 1/m: the signal is handed down, not averaged",
    ask="Compare the ratio (yours / numeric) of the last layer with the layer below. "
    "What multiplies it?",
    section="04, The coin: 1/m once, otherwise 1/mⁿ",
)

WRONG_M = Misconception(
    "wrong-m",
    unit="04",
    title="m is not the number of examples",
    computed="a gradient divided by another size where the number of examples was meant",
    formula="m = A_prev.shape[1]: examples are the columns",
    ask="Print the number that you call m. Does it change when you add one example?",
    section="04, The wrong m, the sum and the mean",
)

SIGN_FLIP = Misconception(
    "sign-flip",
    unit="04",
    title="the sign is flipped",
    computed="the gradient of -J: each array is right but for its sign",
    formula="dZ^[L] = A^[L] - Y",
    ask="If a prediction is too large, should dZ be positive or negative?",
    section="04, The loss, and why the chain starts with A − Y",
)

LOSS_DERIVATIVE_WRONG = Misconception(
    "loss-derivative-wrong",
    unit="03",
    title="a factor of 2 in the loss",
    computed="the gradient of a cost that is twice or half as large as J",
    formula="dZ^[L] = A^[L] - Y, without a factor 2 or 1/2",
    ask="Your arrays differ from the numeric gradient by one constant. Which line holds it?",
    section="04, The loss, and why the chain starts with A − Y",
)

J_VS_L_ONE_OVER_M_PLACEMENT = Misconception(
    "j-vs-l-one-over-m-placement",
    unit="04",
    title="the other convention for dZ and dA",
    computed="dZ and dA of the other convention (L: derivative of the sum of the losses; "
    "J: of their mean); dW and db agree in both",
    formula="dZ_L = m · dZ_J",
    ask="Which convention does this function declare, and where does 1/m enter in it?",
    section="04, Why L and J? Could one stick with J only?",
    mistake=False,
)
