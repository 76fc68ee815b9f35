"""Gradient checking."""

from autograder.engine.diagnosis.misconception import Misconception

GRADCHECK_ONE_SIDED = Misconception(
    "gradcheck-one-sided",
    unit="05",
    title="a one-sided difference",
    computed="a difference to one side of θ only, whose error shrinks like h and not like h²",
    formula="(f(θ + h) - f(θ - h)) / (2 h)",
    ask="Expand f(θ + h) and f(θ - h) to second order. In which difference does f″ cancel?",
    section="05, Centred",
)

GRADCHECK_OPERATOR_PRECEDENCE = Misconception(
    "gradcheck-operator-precedence",
    unit="05",
    title="the brackets of (f₊ - f₋) / (2 h)",
    computed="a quotient with other brackets: / binds before -, and / 2 * h multiplies by h",
    formula="(f_plus - f_minus) / (2 * h)",
    ask="With a = 5, b = 1 and h = 0.1, what are a - b / 2 * h, a - b / (2 * h), (a - b) / 2 * h "
    "and (a - b) / (2 * h)? Which of them is your line?",
    section="05, Centred",
)

GRADCHECK_INTEGER_DTYPE = Misconception(
    "gradcheck-integer-dtype",
    unit="05",
    title="h added to an integer array",
    computed="differences of an integer array: θ + h is cut off to an integer, so the step is 0 or "
    "1 and never h",
    formula="theta = np.array(theta, dtype=float)",
    ask="What is np.array([3, 4]) after x[0] += 1e-5, or after x[0] = x[0] - 1e-5?",
    section="05, Integers and float32",
)

GRADCHECK_FLOAT32 = Misconception(
    "gradcheck-float32",
    unit="05",
    title="differences in float32",
    computed="differences in float32: of the seven digits of f, the subtraction leaves one or two",
    formula="theta = np.array(theta, dtype=float): float64",
    ask="How many digits has float32, and how many do f(θ + h) and f(θ - h) share?",
    section="05, Integers and float32",
)

GRADCHECK_EPSILON_TOO_LARGE = Misconception(
    "gradcheck-epsilon-too-large",
    unit="05",
    title="h too large",
    computed="a difference over a wide step: its error is the curvature's, about h² f‴ / 6",
    formula="h ≈ 1e-5 for centred differences in float64",
    ask="On your U-curve, is your h left or right of the valley?",
    section="05, The U-curve",
)

GRADCHECK_EPSILON_TOO_SMALL = Misconception(
    "gradcheck-epsilon-too-small",
    unit="05",
    title="h too small",
    computed="a difference of two nearly equal numbers: its error is that of rounding, about "
    "1e-16 |f| / h",
    formula="h ≈ 1e-5 for centred differences in float64",
    ask="f(θ + h) and f(θ - h) agree in all but how many digits?",
    section="05, The U-curve",
)

GRADCHECK_KINK = Misconception(
    "gradcheck-kink",
    unit="05",
    title="a difference across a kink",
    computed="an error that entries at a kink take part in: no difference is a derivative there, "
    "and the mean of the slopes on both sides is off by half of their jump",
    formula="|right slope - left slope| large: flag the entry, do not compare it",
    ask="At this entry, are (f(θ + h) - f(θ)) / h and (f(θ) - f(θ - h)) / h the same slope?",
    section="05, Kinks",
)

GRADCHECK_RANDOM_FORWARD = Misconception(
    "gradcheck-random-forward",
    unit="05",
    title="a forward pass that rolls dice",
    computed="differences of a function that gives another number at every call",
    formula="f(θ) called twice must give the same number",
    ask="Dropout is on: is f(θ + h) - f(θ - h) due to h, or to the mask?",
    section="05, Random forwards",
)

GRADCHECK_GLOBAL_NORM_HIDES = Misconception(
    "gradcheck-global-norm-hides",
    unit="05",
    title="one norm over all arrays",
    computed="one ratio of norms over all parameters: a wrong small array hides behind a large one",
    formula="one relative error for each array; report the worst",
    ask="db2 has 3 numbers, dW1 has 35. How much does db2 weigh in one common norm?",
    section="05, One norm for all",
)

GRADCHECK_SELF_COMPARE = Misconception(
    "gradcheck-self-compare",
    unit="05",
    title="a gradient compared with itself",
    computed="an error of exactly 0.0, or one that does not depend on f: both sides share code",
    formula="numeric gradient from f alone; analytic gradient from backward alone",
    ask="Two ways of computing one number differ in the last digit. When is the error exactly 0?",
    section="05, What a check must not share",
)

GRADCHECK_HALF_FIXED = Misconception(
    "gradcheck-half-fixed",
    unit="05",
    title="one of two bugs mended",
    computed="a smaller error than before, which is still no small error",
    formula="check again after each repair, array by array",
    ask="Which arrays are still off, and by which factor?",
    section="05, Mend, and check again",
)

GRADCHECK_DEGENERATE_POINT = Misconception(
    "gradcheck-degenerate-point",
    unit="05",
    title="a test point at which mistakes are invisible",
    computed="a test on inputs where the wrong function and the right one give the same numbers",
    formula="m > 1; widths that differ, and once equal ones; weights and signals of both signs",
    ask="On which inputs does this mistake change a number? Does your test have one?",
    section="05, Inputs on which nothing can hide",
)
