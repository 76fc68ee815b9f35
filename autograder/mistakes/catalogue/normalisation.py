"""Batch and layer normalisation: three roads from x to x_hat, two modes."""

from autograder.engine.diagnosis.misconception import Misconception

_LAYER = "11, What the layer does"
_ROADS = "11, Three roads from x to x_hat"
_CLOSED = "11, The closed form"
_MODES = "11, Train mode and test mode"
_AXIS = "11, Layer normalisation: the other axis"

NORM_STATISTICS_CONSTANT = Misconception(
    "norm-statistics-constant",
    unit="11",
    title="mu and var are held constant",
    computed="the gradient of a layer whose mean and variance are given numbers, as in test mode: "
    "two of the three roads from x are cut",
    formula="dx is the sum of three roads: straight, by the mean, by the variance",
    ask="Move one entry of x by a little. Which of mu, var and x_hat move with it, and for whom?",
    section=_ROADS,
)

NORM_VARIANCE_ROAD_MISSING = Misconception(
    "norm-variance-road-missing",
    unit="11",
    title="the road by the variance is missing",
    computed="the gradient of a layer whose variance is a given number: the road from x by the "
    "variance is cut",
    formula="the road by the variance: dvar * 2 (x - mu) / (the size of the mean)",
    ask="If dout is x_hat and gamma is 1, J is the sum of x_hat². Can a small step of x make it "
    "much larger?",
    section=_ROADS,
)

NORM_MEAN_ROAD_MISSING = Misconception(
    "norm-mean-road-missing",
    unit="11",
    title="the road by the mean is missing",
    computed="the gradient of a layer whose mean is a given number: the road from x by the mean is "
    "cut",
    formula="the road by the mean: dmu / (the size of the mean)",
    ask="Add 1 to all the numbers of one mean. How does x_hat change, and what has the sum of dx "
    "over them to be?",
    section=_ROADS,
)

NORM_SUM_FOR_MEAN = Misconception(
    "norm-sum-for-mean",
    unit="11",
    title="another divisor than that of the mean",
    computed="a gradient in which a road through mu or var is divided by another number than the "
    "mean is on the way forward",
    formula="d mu / d x = 1/N where the mean is over N numbers, d var / d x = 2 (x - mu) / N",
    ask="Over how many numbers did the forward pass take the mean? Does each of the two roads pay "
    "exactly that?",
    section=_ROADS,
)

NORM_DDOF = Misconception(
    "norm-ddof",
    unit="11",
    title="the variance is divided by N - 1",
    computed="numbers made with a variance whose squares are added and divided by one less than "
    "their number",
    formula="var = (1/N) Σ (x - mu)² over N numbers: np.var(x, axis) without ddof",
    ask="Which divisor stands in the contract: that of the batch's own spread, or that of an "
    "estimate for a population?",
    section=_LAYER,
)

NORM_SQUARE_SLOPE = Misconception(
    "norm-square-slope",
    unit="11",
    title="the slope of the square has another factor",
    computed="a gradient in which (x - mu)² has another slope than 2 (x - mu)",
    formula="d (x - mu)² = 2 (x - mu), and the 2 meets the 1/2 of the root",
    ask="Differentiate t² and √v. Which factors do you get, and which stand in your lines?",
    section=_ROADS,
)

NORM_ROOT_SLOPE = Misconception(
    "norm-root-slope",
    unit="11",
    title="the slope of 1 / √(var + eps) is another one",
    computed="a gradient whose road by the variance has another power of var + eps",
    formula="d (var + eps)^(-1/2) = -1/2 (var + eps)^(-3/2)",
    ask="Which power is left when t^(-1/2) is differentiated?",
    section=_ROADS,
)

NORM_ROOT_MISSING = Misconception(
    "norm-root-missing",
    unit="11",
    title="the root is missing",
    computed="what belongs to a layer that divides by var + eps, not by its root",
    formula="x_hat = (x - mu) / √(var + eps)",
    ask="Give every x ten times its size. What should become of x_hat, and what becomes of yours?",
    section=_LAYER,
)

NORM_EPS_PLACE = Misconception(
    "norm-eps-place",
    unit="11",
    title="eps is not where it belongs",
    computed="what belongs to a layer in which eps stands at another place, or at none",
    formula="x_hat = (x - mu) / √(var + eps): eps under the root, and not in running_var",
    ask="Take var = 0 and eps = 0.01. By which number does the contract divide, which one does it "
    "average, and which ones are yours?",
    section=_LAYER,
)

NORM_GAMMA_LEFT_OUT = Misconception(
    "norm-gamma-left-out",
    unit="11",
    title="gamma is left out",
    computed="what belongs to a layer with gamma = 1",
    formula="out = gamma * x_hat + beta, so dx_hat = dout * gamma",
    ask="Between x_hat and out stands one factor. Is it in your line?",
    section=_LAYER,
)

NORM_DGAMMA_X_FOR_XHAT = Misconception(
    "norm-dgamma-x-for-x-hat",
    unit="11",
    title="dgamma is not the sum of dout times x_hat",
    computed="a dgamma that is not made of dout and of the x_hat that gamma multiplied: one of the "
    "two is another array",
    formula="dgamma = Σ_i dout[i] * x_hat[i], over the examples",
    ask="Which array does gamma multiply in out = gamma * x_hat + beta, and what is dJ/dout: does "
    "gamma stand in it?",
    section=_LAYER,
)

NORM_WRONG_AXIS = Misconception(
    "norm-wrong-axis",
    unit="11",
    title="means along the other axis",
    computed="what belongs to means that are taken along the other axis",
    formula="batch norm: one mean a feature, over the examples; layer norm: one mean an example, "
    "over the features",
    ask="How many means does the layer have, N or D? How many has yours?",
    section=_AXIS,
)

NORM_GAMMA_PULLED_OUT = Misconception(
    "norm-gamma-pulled-out",
    unit="11",
    title="gamma is pulled out of the means",
    computed="a dx in which gamma stands before means over the features, each of which has a gamma "
    "of its own",
    formula="dx_hat = dout * gamma first; then the means of dx_hat over the features",
    ask="Inside one mean of batch norm gamma is one number. Is it one inside a mean of layer norm?",
    section=_AXIS,
)

NORM_TEST_USES_BATCH = Misconception(
    "norm-test-uses-batch",
    unit="11",
    title="test mode looks at the batch",
    computed="in test mode an output that depends on which other examples are in the batch",
    formula="test mode: out = gamma * (x - running_mean) / √(running_var + eps) + beta",
    ask="In test mode, what should the output for one example be if it comes alone?",
    section=_MODES,
)

NORM_MOMENTUM_SWAPPED = Misconception(
    "norm-momentum-swapped",
    unit="11",
    title="momentum and 1 - momentum are exchanged",
    computed="averages in which the newest batch has the weight of all the old ones",
    formula="running_mean = momentum * running_mean + (1 - momentum) * mu",
    ask="With momentum = 0.9, how much of running_mean should one batch be able to change?",
    section=_MODES,
)

NORM_NOT_KEPT = Misconception(
    "norm-not-kept",
    unit="11",
    title="the averages are not carried on",
    computed="averages in which one batch or more leave no trace",
    formula='bn_param["running_mean"] = momentum * running_mean + (1 - momentum) * mu',
    ask="After your function has returned, which object still holds the new averages?",
    section=_MODES,
)

NORM_BEGIN = Misconception(
    "norm-begin",
    unit="11",
    title="the averages do not begin with zeros",
    computed="averages that are carried on rightly where bn_param holds them, and that do not "
    "begin with zeros where it holds none yet",
    formula="running_mean and running_var are zeros, shape (D,), where bn_param holds none",
    ask="Call your function once with bn_param = {'mode': 'train'}. What does bn_param hold after "
    "it, and what had the averages to begin with?",
    section=_MODES,
)
