# %% [markdown]
# # The gradient check, an instrument
#
# **What you will do.** Measure how exact a numeric gradient can be, see which things make a right
# gradient look wrong and a wrong one look right, and test a test.
#
# **What you will learn.** Which step $h$ to take and why not a smaller one; what float32, integers,
# kinks and dropout do to a check; why one norm over all parameters hides mistakes; on which inputs
# a mistake is invisible.
#
# **What you need.** Taylor's series, and NumPy. The exercises are in the assignment of the same
# number.
#
# **Words.** A gradient that a backward pass has computed is called *analytic*, one that was found by
# differences of $f$ is *numeric*. A *kink* is a point at which a function has no slope, as ReLU,
# $\max(0, z)$, at 0. *float32* and *float64* are numbers of 7 and of 16 digits.
#
# <details>
# <summary><b>Words</b> used here and what they mean (16)</summary>
#
# - **activation**: the function that a layer applies to each number by itself: ReLU, sigmoid, tanh
# - **backward pass**: computing the derivatives, from the cost to the inputs
# - **bias**: a number that a unit adds to its weighted sum; it is learnt
# - **complex step**: a derivative found by adding i times a tiny number to the input and reading the imaginary part
# - **cost**: one number that says how wrong the network is on all examples together, written J: the mean of the losses
# - **example**: one set of inputs, with its label if it has one
# - **gradient**: all partial derivatives of one number with respect to an array, in the shape of the array
# - **hidden layer**: a layer, or a unit, that is neither input nor output
# - **layer**: one stage of a network: it takes numbers and gives numbers
# - **norm**: the length of a vector: the root of the sum of the squares of its entries
# - **numeric gradient**: a gradient found by running forward at inputs that were moved a little; it knows no formula
# - **parameter**: what a network learns: its weights and biases
# - **ReLU**: max(0, z), entry by entry
# - **slope**: how fast one value moves with another: the derivative of one operation
# - **unit**: one number that a layer gives for each example, with the weights that make it
# - **weight**: a number that an input of a unit is multiplied with; it is learnt
#
# </details>

# %% [markdown]
# ## Symbols
#
# | symbol | shape | meaning |
# |---|---|---|
# | $\theta$ | any | what $f$ depends on: one array, or a dict of parameters |
# | $f(\theta)$ | number | a cost |
# | $e_k$ | that of $\theta$ | 1 in entry $k$, else 0 |
# | $h$ | number | the step |
# | $u \approx 10^{-16}$ | number | the rounding unit of float64 |
# | $e(a, b)$ | number | relative error: $\max \lvert a - b \rvert \,/\, \max(\lvert a \rvert, \lvert b \rvert)$ |

# %%
import numpy as np

from autograder import figures
from autograder.networks import layer_graph, mlp_graph
from autograder.networks.functions import function, network_cost
from autograder.oracle import gradient


def relative_error(a, b):
    """The largest difference, relative to the largest entry."""
    return float(np.abs(a - b).max() / np.maximum(np.abs(a).max(), np.abs(b).max()))

# %%
def differences(f, theta, h):
    """The slopes to the right and to the left of each entry, two arrays of theta's shape."""
    right, left, base = np.zeros(theta.shape), np.zeros(theta.shape), f(theta)
    for k in np.ndindex(theta.shape):
        step = np.zeros(theta.shape)
        step[k] = h
        right[k], left[k] = (f(theta + step) - base) / h, (base - f(theta - step)) / h
    return right, left

# %%
def centred(f, theta, h=1e-5):
    """(f(theta + h e_k) - f(theta - h e_k)) / (2 h): the mean of the two slopes."""
    return sum(differences(f, theta, h)) / 2

# %% [markdown]
# ## 1. Centred
#
# With $h$ of either sign, $f(\theta \pm h) = f \pm h f' + \tfrac{1}{2} h^2 f'' \pm \tfrac{1}{6} h^3
# f''' + \dots$ Hence
#
# $$\frac{f(\theta + h) - f}{h} = f' + \tfrac{1}{2} h f'' + \dots, \qquad
# \frac{f(\theta + h) - f(\theta - h)}{2h} = f' + \tfrac{1}{6} h^2 f''' + \dots$$
#
# **Predict.** $f = \theta^3$ at $\theta = 1$, $h = 0.01$: three numbers, exactly.

# %%
cube, one = function("cubic", np.ones(1)), np.ones(1)
right, left = differences(cube, one, 0.01)
middle = centred(cube, one, 0.01)
print(f"right {right[0]:.4f}   left {left[0]:.4f}   centred {middle[0]:.4f}")
plus, minus, h = cube(one + 0.01), cube(one - 0.01), 0.01
print(f"a - b / 2 * h = {plus - minus / 2 * h:.4f}")
print(f"(a - b) / 2 * h = {(plus - minus) / 2 * h:.4f}")

# %% [markdown]
# 3.0301, 2.9701 and 3.0001, where 3 is right: the errors $\tfrac12 h f'' = 0.03$ of the two sides
# cancel in the mean. The last two lines show what missing brackets make of it.
#
# ## 2. The U-curve
#
# Then why not $h = 10^{-15}$? Both values of $f$ are rounded to 16 digits, so their difference is off
# by about $u |f|$, and the quotient by $u |f| / h$. The total error of the centred difference is
# about $h^2 + u / h$. **Predict** the best power of ten, and the error there.

# %%
c, theta = np.array([1.0, -0.7, 0.4]), np.array([0.3, -0.8, 0.5])
waves = function("waves", c)  # sum of c exp(sin theta)
true = c * np.exp(np.sin(theta)) * np.cos(theta)


def complex_step(f, theta, h):
    """Im f(theta + i h e_k) / h."""
    return np.array([f(theta + 1j * h * e).imag / h for e in np.eye(theta.size)])

# %%
hs = 10.0 ** np.arange(-14, 0)
methods = {
    "one-sided": lambda f, h: differences(f, theta, h)[0],
    "centred": lambda f, h: centred(f, theta, h),
    "complex step": lambda f, h: complex_step(f, theta, h),
}
curves = {n: [relative_error(way(waves, h), true) for h in hs] for n, way in methods.items()}
figures.u_curve_picture(hs, curves, mine=1e-5)

# %% [markdown]
# Two valleys: near $10^{-8}$ for the one-sided difference (error $10^{-8}$), near $10^{-5}$ for the
# centred one ($10^{-11}$). Right of them the curvature rules, with slopes 1 and 2; left of them
# rounding. The complex step has no left arm: it subtracts nothing.
#
# One well-known course takes $h = 10^{-7}$, on the left arm, and a threshold of $10^{-7}$. For the
# function above that goes well. **Predict.** Add 1000 to $f$, which changes no slope. What happens to
# $u |f| / h$, the error by rounding?

# %%
def raised(theta):
    """The same slopes, and a value near 1000: a sum over a thousand examples may be as large."""
    return waves(theta) + 1000


for h in (1e-5, 1e-7):
    error = relative_error(centred(raised, theta, h), true)
    print(f"h = {h:.0e}: error {error:.0e}, right by a threshold of 1e-7: {error < 1e-7}")

# %% [markdown]
# It grows with $|f|$, and the left arm of the U with it: at $h = 10^{-7}$ the error is $3 \cdot
# 10^{-7}$ now. There the check rejects right code, because the numeric side is not good to seven
# digits any more; with $h = 10^{-5}$ it is.

# %% [markdown]
# ## 3. Integers and float32
#
# **Predict.** `x = np.array([3, 4])`, $f = x_1^2 + x_2^2$, $h = 10^{-4}$. The code says
# `x[k] += h`, then `x[k] -= 2 * h`. What is the centred "difference"?

# %%
def by_assignment(x, h):
    """Move the entries of a copy of the same dtype; integers truncate what they are given."""
    slopes = []
    for k in range(x.size):
        y = x.copy()
        y[k] = y[k] + h
        plus = (y**2).sum()
        y[k] = y[k] - 2 * h
        slopes.append((plus - (y**2).sum()) / (2 * h))
    return np.array(slopes)

# %%
whole, real = np.array([3, 4]), np.array([3.0, 4.0])
print(by_assignment(whole, 1e-4).round(), by_assignment(real, 1e-4).round(6))

# %% [markdown]
# 25000 and 35000, instead of 6 and 8: $3.0001$ became 3, and $2.9998$ became 2. A posted question
# had just these numbers. `np.array(theta, dtype=float)` first, always.
#
# float32 is quieter. It keeps seven digits, so $u \approx 10^{-7}$, and the whole left arm of the U
# moves up and to the right.

# %%
narrow = function("float32", c)
both = {
    "centred, float64": curves["centred"],
    "centred, float32": [relative_error(centred(narrow, theta, h), true) for h in hs],
}
figures.u_curve_picture(hs, both, mine=1e-5)

# %% [markdown]
# At $h = 10^{-5}$ float32 is wrong by about one percent, with right code. Its best $h$ is
# $10^{-2}$, and even there five digits are all one gets. Check gradients in float64, train in
# whatever you like.

# %% [markdown]
# ## 4. Kinks
#
# At $z = 0$ a ReLU has slope 0 to the left and 1 to the right. A centred difference takes the mean:
# it is off by half of the jump, at *every* $h$. Let one unit of a network stand exactly there.

# %%
sizes, m = (4, 5, 3, 1), 7


def normal_network(rng):
    """Parameters of order 1, inputs X (4, 7), labels Y (1, 7)."""
    P = {f"W{n}": rng.normal(size=(sizes[n], sizes[n - 1])) for n in (1, 2, 3)}
    P |= {f"b{n}": rng.normal(size=(sizes[n], 1)) for n in (1, 2, 3)}
    return P, rng.normal(size=(4, m)), (np.arange(m)[None, :] % 2).astype(float)


P, X, Y = normal_network(np.random.default_rng(535))

# %%
P["b1"][0, 0] = -(P["W1"] @ X)[0, 0]  # unit 0 stands at z = 0 for example 0
exact = gradient(mlp_graph(X, Y, P), at=list(P))

# %%
def along(name):
    """The cost as a function of one parameter array."""
    return lambda x: network_cost(X, Y, {**P, name: x})


print("        right      left      centred   with slope 0 at the kink")
right, left = differences(along("b1"), P["b1"], 1e-5)
for k in range(3):
    row = (right[k, 0], left[k, 0], (right + left)[k, 0] / 2, exact["b1"][k, 0])
    print(f"b1[{k}] ", "  ".join(f"{x:9.5f}" for x in row))

# %% [markdown]
# In `b1[0]` the two slopes differ, and the analytic gradient agrees with one of them: with the left
# one, by the agreement that ReLU has slope 0 at 0. In the other rows all four agree. So the check
# can *see* a kink: compare the two one-sided slopes, flag the entry, and do not call it a failure.

# %% [markdown]
# ## 5. Random forwards
#
# *Dropout* sets units to 0 while a network learns, at each call of $f$ another random set of them. So
# with dropout on, two calls at the same $\theta$ give two costs. **Predict.** How large is
# $(f(\theta + h) - f(\theta - h)) / 2h$ then, for $h = 10^{-5}$?

# %%
noisy = function("dropout", (X, Y))
print("two calls:", round(float(noisy(P)), 4), round(float(noisy(P)), 4))
slopes = centred(lambda x: noisy({**P, "b2": x}), P["b2"])
print("largest slope:", f"{np.abs(slopes).max():.0e}", " true:", f"{np.abs(exact['b2']).max():.0e}")

# %% [markdown]
# A difference of order 0.1, divided by $10^{-5}$: nonsense of order $10^4$. The remedy: draw
# the mask once and keep it while $f$ is differentiated, or switch dropout off. A check should call
# $f$ twice first, and refuse to go on if the numbers differ.

# %% [markdown]
# ## 6. One norm for all
#
# A well-known recipe joins all gradients to one long vector and asks that
# $\|g - \hat g\| / (\|g\| + \|\hat g\|)$ be less than $2 \cdot 10^{-7}$. Take a network of five
# layers with weights of order 0.01, as many courses start it. Then throw `dW1` away.
#
# **Predict.** Does a gradient whose first array is all zeros pass?

# %%
def small_network(rng, sizes=(4, 5, 5, 5, 3, 1)):
    """Weights of order 0.01, biases of order 0.1."""
    P = {}
    for n in range(1, len(sizes)):
        P[f"W{n}"] = 0.01 * rng.normal(size=(sizes[n], sizes[n - 1]))
        P[f"b{n}"] = 0.1 * rng.normal(size=(sizes[n], 1))
    return P, rng.normal(size=(sizes[0], m)), (np.arange(m)[None, :] % 3 == 0).astype(float)

# %%
def common_ratio(numeric, grads):
    """The norm ratio of all arrays, joined to one vector."""
    a, b = (np.concatenate([d[name].ravel() for name in grads]) for d in (numeric, grads))
    return np.linalg.norm(a - b) / (np.linalg.norm(a) + np.linalg.norm(b))

# %%
P, X, Y = small_network(np.random.default_rng(506))
exact = gradient(mlp_graph(X, Y, P), at=list(P))
numeric = {name: centred(along(name), P[name]) for name in P}
spoiled = {**exact, "W1": 0 * exact["W1"]}
print(f"one ratio for all, dW1 = 0: {common_ratio(numeric, spoiled):.0e}")
errors = {name: [f"{relative_error(numeric[name], g[name]):.0e}" for g in (exact, spoiled)]
          for name in P}
figures.Table(["array", "right", "dW1 = 0"], [(name, *e) for name, e in errors.items()])

# %% [markdown]
# It passes: $\|dW_1\|$ is ten million times smaller than $\|db_5\|$, and a common norm sees the
# large array only. Array by array nothing is hidden: 1 for `W1`. (The column "right" also shows how
# few digits a centred difference has where slopes are as small as $10^{-8}$. Test with weights of
# order 1.)

# %% [markdown]
# ## 7. What a check must not share
#
# A check compares two computations. If both call the same function, or the "numeric" one starts from
# the analytic array, the error is exactly 0.0, whatever the network does. Two honest computations of
# a number differ in the last digits. So 0.0 is no triumph, it is a reason to look.

# %%
P, X, Y = normal_network(np.random.default_rng(535))
exact = gradient(mlp_graph(X, Y, P), at=list(P))
numeric = {name: centred(along(name), P[name]) for name in P}
wrong = 3 * exact["W2"]
print(f"honest, right: {relative_error(numeric['W2'], exact['W2']):.0e}")
print(f"honest, wrong: {relative_error(numeric['W2'], wrong):.0e}")
print(f"with itself:   {relative_error(wrong, wrong):.0e}")

# %% [markdown]
# ## 8. Mend, and check again
#
# Two mistakes at once: `dW2` doubled and `db1` four times too large, as in the exercise of a
# well-known course. Somebody mends `db1`, sees the ratio fall, and stops.

# %%
two = {**exact, "W2": 2 * exact["W2"], "b1": 4 * exact["b1"]}
half = {**two, "b1": exact["b1"]}
for name, grads in {"two mistakes": two, "one mended": half, "both mended": exact}.items():
    off = [n for n in P if relative_error(numeric[n], grads[n]) > 1e-6]
    print(f"{name:13} ratio {common_ratio(numeric, grads):.1e}   arrays that are off: {off}")

# %% [markdown]
# The ratio fell, and is not small. Array by array there is nothing to interpret: `W2` is off, by a
# factor of two.
#
# ## 9. Inputs on which nothing can hide
#
# A check is only as good as the point where it is made. Take a layer's backward function with a known
# mistake, a **mutant**, and ask on which inputs it returns the right numbers. Where it does not, the
# check can stop it, or *kill* it. The mutants are edits of the graph of the layer (lesson 04).

# %%
def scale(c):
    """An edit: the value stays, the derivative is multiplied by c."""
    return lambda value, seen: value.real + 1j * c * value.imag


def untransposed(case):
    """dA_prev = W @ dZ where W is square; elsewhere that raises, here: no edit."""
    W = case["W"]
    if W.shape[0] != W.shape[1]:
        return {}
    return {"Z1": lambda value, seen: value + 1j * ((W.T - W) @ seen["A0->Z1"].imag)}

# %%
def positive(case):
    """dW with np.maximum(A_prev, 0) in the place of A_prev."""
    lost = np.minimum(case["A_prev"], 0)
    return {"Z1": lambda value, seen: value - 1j * (seen["W1->Z1"].imag @ lost)}


def both_scaled(c):
    return {"W1->Z1": scale(c), "b1->Z1": scale(c)}

# %%
mutants = {
    "1/m missing": lambda case: both_scaled(case["dZ"].shape[1]),
    "m = A_prev.shape[0]": lambda case: both_scaled(case["dZ"].shape[1] / len(case["A_prev"])),
    "W for W.T": untransposed,
    "negative A_prev lost": positive,
}

# %%
rng = np.random.default_rng(9)


def case(n_prev, n, m, positive_inputs=False):
    """Random inputs of one layer."""
    A = rng.normal(size=(n_prev, m))
    drawn = {"A_prev": np.abs(A) if positive_inputs else A, "dZ": rng.normal(size=(n, m))}
    return drawn | {"W": rng.normal(size=(n, n_prev)), "b": rng.normal(size=(n, 1))}

# %%
def slopes(case, edits):
    graph = layer_graph(case["A_prev"], case["W"], case["b"], case["dZ"])
    return gradient(graph, at=["A0", "W1", "b1"], edits=edits)

# %%
cases = {
    "5-3\nm = 1": case(5, 3, 1),
    "7-3\nm = 7": case(7, 3, 7),
    "5-3, A > 0\nm = 7": case(5, 3, 7, positive_inputs=True),
    "4-4\nm = 6": case(4, 4, 6),
}
killed = np.zeros((len(mutants), len(cases)), dtype=bool)
for i, edit in enumerate(mutants.values()):
    for j, inputs in enumerate(cases.values()):
        right, found = slopes(inputs, {}), slopes(inputs, edit(inputs))
        killed[i, j] = max(relative_error(right[n], found[n]) for n in right) > 1e-6
figures.kill_picture(killed, list(mutants), list(cases))

# %% [markdown]
# A mark says that the inputs of the column kill the mutant of the row. With one example a forgotten
# $1/m$ is invisible; with as many examples as inputs the wrong $m$ is right; behind a ReLU, where
# $A \geq 0$, a lost sign does not matter; and a missing transpose changes numbers only where $W$ is
# square (elsewhere it raises). The last column, square and otherwise random, stops all four; a
# second case with three different sizes is for those that only shapes betray. The checks of this
# course draw both.

# %% [markdown]
# Weights near 0 with zero biases are worse still. Every activation is near 0, so mistakes are
# products of small numbers. And where all units of a hidden layer are off for an example, every $z$
# of the next one is exactly 0: a kink. How often does such a network stand on one?

# %%
def on_a_kink(sizes, seed):
    """Is some hidden z exactly 0, with weights of order 0.01, zero biases and 7 examples?"""
    rng, P = np.random.default_rng(seed), {}
    for n in range(1, len(sizes)):
        P[f"W{n}"] = 0.01 * rng.normal(size=(sizes[n], sizes[n - 1]))
        P[f"b{n}"] = np.zeros((sizes[n], 1))
    graph = mlp_graph(rng.normal(size=(sizes[0], m)), Y, P)
    return any((graph.value(f"Z{n}") == 0).any() for n in range(1, len(sizes) - 1))

# %%
for sizes in ((4, 5, 1), (4, 5, 5, 1), (4, 4, 3, 1), (4, 3, 2, 1)):
    share = np.mean([on_a_kink(sizes, seed) for seed in range(200)])
    print(f"layers {'-'.join(map(str, sizes))}: {share:.0%} of 200 networks stand on a kink")

# %% [markdown]
# Never with one hidden layer; with two, the more often the narrower the first one is.
#
# ## What you can now answer
#
# 1. *Which h?* Section 2: $10^{-5}$, centred, float64; smaller is worse.
# 2. *Not differentiable at 0?* Section 4: choose a slope, flag the entry.
# 3. *The error is small, so the gradient is right?* Sections 6 to 9: small in each array, not exactly
#    0, and at a point where mistakes can be seen.

# %% [markdown]
# ## Sources
#
# - Deep-learning specialisation, course 2, week 1, gradient checking: the norm ratio, and the two
#   planted mistakes.
# - Stanford CS231n, course notes, "Gradient checks": kinks, float64, relative errors.
# - W. Squire, G. Trapp, "Using complex variables to estimate derivatives of real functions",
#   *SIAM Review* 40 (1998).
# - R. DeMillo, R. Lipton, F. Sayward, "Hints on test data selection" (1978): mutants for tests.
#
# Next: the assignment `gradient_check`, where you build the instrument and your test is tested.
