# %% [markdown]
# # Layer recipes with caches
#
# **What you will do.** Derive the backward recipe of six layers: affine, sigmoid, tanh, ReLU,
# softmax, and softmax with cross-entropy. Each time index by index, then for whole arrays, then
# against a numeric gradient. Then chain them.
#
# **What you will learn.** What a cache is and who owns its memory; where $1/N$ is paid; what
# happens to a dead ReLU, and to the layer above it; what "the derivative" is at a kink.
#
# **What you need.** The chain rule, and NumPy's `@` and `*`. The exercises are in the assignment
# of the same number.
#
# **Words.** A *unit* is one number that a layer puts out for each example. A *batch* is the set of
# examples that are used together. The *label* of an example is the class that it belongs to, a
# whole number. The *loss* says how wrong the network is on one example.
#
# <details>
# <summary><b>Words</b> used here and what they mean (30)</summary>
#
# - **affine**: linear with a constant added, as x w + b
# - **axis**: one direction of an array: a table has axis 0, down its rows, and axis 1, along its columns
# - **backward pass**: computing the derivatives, from the cost to the inputs
# - **bias**: a number that a unit adds to its weighted sum; it is learnt
# - **cache**: what a forward function keeps for its backward function
# - **carry**: what a loop hands from one step to the next
# - **central difference**: (f(θ + h) - f(θ - h)) / 2h, an approximation of a slope
# - **chain rule**: the derivative along a path is the product of the slopes on it; over several paths, the sum of these products
# - **cost**: one number that says how wrong the network is on all examples together, written J: the mean of the losses
# - **cross-entropy**: minus the logarithm of the probability that the network gave to the right class
# - **diagonal**: in a matrix: the entries whose row and column have the same number; a diagonal matrix is 0 everywhere else
# - **example**: one set of inputs, with its label if it has one
# - **forward pass**: computing the values, from the inputs to the cost
# - **gradient**: all partial derivatives of one number with respect to an array, in the shape of the array
# - **gradient descent**: training by small steps against the gradient
# - **hidden layer**: a layer, or a unit, that is neither input nor output
# - **Jacobian**: the table of all partial derivatives of a vector with respect to a vector
# - **kink**: a point at which a function is continuous and has no slope, as ReLU at 0
# - **layer**: one stage of a network: it takes numbers and gives numbers
# - **numeric gradient**: a gradient found by running forward at inputs that were moved a little; it knows no formula
# - **parameter**: what a network learns: its weights and biases
# - **ReLU**: max(0, z), entry by entry
# - **scalar**: a single number
# - **score**: a number that the network gives to a class before softmax or the sigmoid makes a probability of it; also called a logit
# - **sigmoid**: 1 / (1 + exp(-z)), which makes a number between 0 and 1 of any number
# - **slope**: how fast one value moves with another: the derivative of one operation
# - **softmax**: exp of each score, divided by their sum: probabilities that add up to 1
# - **tanh**: the hyperbolic tangent, an activation with values between -1 and 1 and slope 1 - tanh²
# - **weight**: a number that an input of a unit is multiplied with; it is learnt
# - **∂**: ∂J/∂w is a partial derivative: how fast J moves when w alone is moved
#
# </details>

# %% [markdown]
# ## Symbols and shapes
#
# **Rows are examples**, as in CS231n and Data C182; unit 04 has them in columns. A small $i$ counts
# examples, $d$ inputs, $j$ and $k$ units or classes.
#
# | symbol | shape | meaning |
# |---|---|---|
# | $N$, $D$, $M$, $C$ | numbers | examples, inputs, units, classes |
# | $x$ | $(N, D)$ | what a layer is given |
# | $w$, $b$ | $(D, M)$, $(M,)$ | weights, biases |
# | `out` | $(N, M)$ | what a layer returns |
# | $p$, $y$ | $(N, C)$, $(N,)$ | probabilities, labels $0 \dots C-1$ |
# | $J$ | number | the scalar that is differentiated |
#
# `dq` is $\partial J / \partial q$ and has the shape of $q$.

# %%
import math

import numpy as np

from autograder import figures
from autograder.datasets import spiral
from autograder.networks import affine_graph, loss_graph, pointwise_graph, rows_graph
from autograder.oracle import gradient

# %%
def agree(a, b):
    """True if two arrays are equal up to rounding."""
    return bool(np.allclose(a, b, rtol=1e-10, atol=1e-12))

# %% [markdown]
# ## 1. A layer is two functions and a cache
#
# On the way forward a layer turns `x` into `out` and keeps what it will want to know later: its
# **cache**. On the way back it is given `dout` $= \partial J / \partial\,$`out` and its own cache,
# and returns `dx`, the derivative of the same $J$ with respect to `x`.
#
# It never learns what $J$ is. That is the whole trick: a layer is written once and fits everywhere.

# %% [markdown]
# So how can one test a layer alone? Choose any `dout`, and *make* a scalar that has this
# derivative:
#
# $$J = \sum_{ij} \text{dout}_{ij}\, \text{out}_{ij} .$$
#
# The right `dx` is the derivative of this $J$: a **vector-Jacobian product** with the vector `dout`.
# Below, `affine_graph` and `pointwise_graph` are forward passes that end in this $J$, and `gradient`
# differentiates them numerically, without any backward code.

# %% [markdown]
# ## 2. The affine layer
#
# One example, two inputs, two units:
# $\;\text{out}_1 = x_1 w_{11} + x_2 w_{21} + b_1, \;\; \text{out}_2 = x_1 w_{12} + x_2 w_{22} + b_2$.
# The input $x_1$ goes two ways, into both units, and collects from both:
#
# $$dx_1 = \text{dout}_1\, w_{11} + \text{dout}_2\, w_{12}.$$
#
# In general $\text{out}_{ij} = \sum_d x_{id} w_{dj} + b_j$. Ask of each letter which entries of `out`
# it touches:
#
# $$dx_{id} = \sum_j \text{dout}_{ij}\, w_{dj}, \qquad dw_{dj} = \sum_i x_{id}\, \text{dout}_{ij},
# \qquad db_j = \sum_i \text{dout}_{ij}.$$

# %% [markdown]
# A sum over a shared index is a matrix product with that index inside:
#
# $$dx = \text{dout}\; w^T, \qquad dw = x^T\, \text{dout}, \qquad
# db = \text{column sums of dout} .$$
#
# **Predict.** With $N = 4$, $D = 3$, $M = 2$: how many terms has the sum behind one entry of `dx`,
# of `dw`, of `db`?

# %%
rng = np.random.default_rng(231)
x, w, b = rng.normal(size=(4, 3)), rng.normal(size=(3, 2)), rng.normal(size=2)
dout = rng.normal(size=(4, 2))
dw = np.zeros_like(w)
for d in range(3):
    for j in range(2):
        dw[d, j] = sum(x[i, d] * dout[i, j] for i in range(4))
print("loops against x.T @ dout:", agree(dw, x.T @ dout))

# %%
layer = affine_graph(x, w, b, dout)
print("dx:", agree(dout @ w.T, gradient(layer, at="A0")))
print("dw:", agree(x.T @ dout, gradient(layer, at="W1")))
print("db:", agree(dout.sum(axis=0), gradient(layer, at="b1")))

# %% [markdown]
# Two terms, four, four. The cache has to hold what the recipe uses: `x` and `w`, not `b`.
#
# An image is an example with more axes, $x$ of shape $(N, 3, 32, 32)$. Forward lays each example
# out as a row; backward lays `dx` out as $x$ was. Each number goes one way, with slope 1, to another
# place: so its derivative goes back the same way, and keeps its value.

# %%
images = rng.normal(size=(4, 2, 2, 3))
w_images, dout_images = rng.normal(size=(12, 2)), rng.normal(size=(4, 2))
dx = (dout_images @ w_images.T).reshape(images.shape)
truth = gradient(affine_graph(images, w_images, b, dout_images), at="A0")
print("dx has shape", dx.shape, "and is right:", agree(dx, truth))

# %% [markdown]
# ## 3. Where 1/N is paid
#
# No $1/N$ stands in the recipe, and `db` is a *sum* over examples. The mean is taken once, in the
# loss: $J = \frac{1}{N} \sum_i L_i$. Its derivative is the first `dout`, and it carries the $1/N$ to
# every layer below.
#
# (In unit 04 the signal is the derivative of the *sum* of the losses, so $1/m$ is paid at `dW`
# instead. Both are right; a layer that pays although `dout` has paid already is not.)

# %% [markdown]
# ## 4. Slopes: sigmoid, tanh, ReLU
#
# These act on each entry alone, $\text{out}_{ij} = g(x_{ij})$: one way from each $x_{ij}$, no sum,
# $dx = \text{dout} * g'(x)$. The slopes, with the quotient rule:
#
# $$\sigma(x) = \frac{1}{1 + e^{-x}}, \qquad
# \sigma' = \frac{e^{-x}}{(1 + e^{-x})^2} = \frac{1}{1 + e^{-x}} \cdot \frac{e^{-x}}{1 + e^{-x}}
# = \text{out}\,(1 - \text{out}) .$$
#
# $$\tanh x = \frac{e^x - e^{-x}}{e^x + e^{-x}}, \qquad
# \tanh' = \frac{(e^x + e^{-x})^2 - (e^x - e^{-x})^2}{(e^x + e^{-x})^2} = 1 - \text{out}^2 .$$

# %% [markdown]
# ReLU, $\max(0, x)$, has slope 1 where $x > 0$ and 0 where $x < 0$.
#
# For sigmoid and tanh the cache needs `out` only. Beware of the mixture: `1 - x**2`, with the `x` of
# the forward pass, is the slope of none of the three.

# %%
def sigmoid(x):
    return 1 / (1 + np.exp(-x))


recipes = {
    "sigmoid": lambda x: sigmoid(x) * (1 - sigmoid(x)),
    "tanh": lambda x: 1 - np.tanh(x) ** 2,
    "relu": lambda x: np.where(x > 0, 1.0, 0.0),
}

# %%
x, dout = rng.normal(size=(2, 5, 3))
for name, slope in recipes.items():
    truth = gradient(pointwise_graph(x, dout, name), at="Z1")
    print(f"{name:8}", agree(dout * slope(x), truth))

# %%
figures.slopes_picture({
    "sigmoid": (sigmoid, recipes["sigmoid"]),
    "tanh": (np.tanh, recipes["tanh"]),
    "ReLU": (lambda x: np.maximum(x, 0), recipes["relu"]),
})

# %% [markdown]
# The slope of the sigmoid never exceeds 1/4, that of tanh is 1 at $x = 0$ and fades on both sides,
# and that of ReLU knows two values only. The slope of an increasing function is never
# negative; `1 - x**2` would be.

# %% [markdown]
# ## 5. Softmax and its loss
#
# $p_k = e^{x_k} / \sum_l e^{x_l}$ turns the scores of *one example* into probabilities. Every score
# is in every denominator, so each $x_j$ touches all $p_k$. Quotient rule, with $\delta_{kj} = 1$ if
# $k = j$, else 0:
#
# $$\frac{\partial p_k}{\partial x_j} =
# \frac{\delta_{kj}\, e^{x_k} \sum_l e^{x_l} - e^{x_k} e^{x_j}}{(\sum_l e^{x_l})^2}
# = p_k\, (\delta_{kj} - p_j) .$$

# %% [markdown]
# The vector-Jacobian product sums over the ways, that is over $k$:
#
# $$dx_j = \sum_k \text{dout}_k\, p_k (\delta_{kj} - p_j)
# = p_j \Big( \text{dout}_j - \sum_k p_k\, \text{dout}_k \Big) .$$
#
# No matrix has to be built. The inner sum is one number for each example, hence `axis=1` and
# `keepdims=True`.

# %%
def softmax(x):
    e = np.exp(x - x.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


x, dout = rng.normal(size=(2, 5, 3))
p = softmax(x)
dx = p * (dout - (p * dout).sum(axis=1, keepdims=True))
truth = gradient(pointwise_graph(x, dout, "softmax"), at="Z1")
print("softmax:", agree(dx, truth))
print("only the diagonal, dout * p * (1 - p):", agree(dout * p * (1 - p), truth))

# %% [markdown]
# Why is the largest score subtracted? $e^{1000}$ overflows. Subtracting a number $c$ from all scores
# of a row multiplies numerator and denominator by $e^{-c}$, and no probability changes. With
# $c = \max_l x_l$ the largest exponent is 0.

# %%
print("the same probabilities:", agree(softmax(x), softmax(x + 1000.0)))
with np.errstate(over="ignore"):
    print("e to the 1000 as a float:", np.exp(1000.0))

# %% [markdown]
# The loss of one example is $L = -\log p_y$, with $y$ its label. So $dp_k = -1/p_y$ for $k = y$ and 0
# else. Put it into the recipe; the inner sum is $p_y \cdot (-1/p_y) = -1$:
#
# $$dx_j = p_j (dp_j + 1) = \begin{cases} p_y - 1 & j = y \\ p_j & j \neq y \end{cases}
# \;=\; p_j - \delta_{jy} .$$
#
# The mean over the examples adds the factor $1/N$. Fused into one step: $dx = (p - y)/N$, with $y$
# written as rows of zeros and a one.

# %%
y = np.array([0, 2, 1, 1, 0])
rows, N = np.arange(5), 5
dp = np.zeros_like(p)
dp[rows, y] = -1 / p[rows, y] / N
two_steps = p * (dp - (p * dp).sum(axis=1, keepdims=True))
fused = p.copy()
fused[rows, y] -= 1
fused /= N
print("fused equals two steps:", agree(fused, two_steps))
print("and the oracle:        ", agree(fused, gradient(loss_graph(x, y), at="Z1")))
print("rows sum to 0:         ", agree(fused.sum(axis=1), 0))

# %% [markdown]
# Each row sums to 0, because adding a constant to a row of scores changes nothing. Three habits
# break this recipe. Compare them with the truth on example 1, counted from 0, whose label is 2:

# %%
truth = fused[1]
cases = {
    "right": truth,
    "the diagonal only": (dp * p * (1 - p))[1],
    "p, without -1 at the label": p[1] / N,
    "softmax applied to p - y again": p[1] * (truth - (p[1] * truth).sum()),
}
rows_told = []
for name, row in cases.items():
    numbers = (f"{value:+.3f}" for value in row)
    rows_told.append((name, *numbers, f"{row.sum().round(3) + 0:.3f}"))
figures.Table(["dx of example 1", "class 0", "class 1", "class 2", "sum"], rows_told)

# %% [markdown]
# The diagonal alone is right at the label and 0 elsewhere. Without the $-1$ the row sums to $1/N$.
# The softmax once more gives rows that sum to 0 as well, and smaller ones: $p - y$
# belongs to the *scores* already and has nothing to go through any more.

# %% [markdown]
# ## 6. Who owns the memory of a cache
#
# NumPy arrays are passed by reference. A cache `(x, w)` holds no numbers of its own: it holds the
# caller's arrays. **Predict**: a training loop says `w -= 0.1 * dw` between forward and backward.
# What will the backward pass use?

# %%
x, w, dout = rng.normal(size=(4, 3)), rng.normal(size=(3, 2)), rng.normal(size=(4, 2))
truth = dout @ w.T
borrowed, owned = (x, w), (x.copy(), w.copy())
w -= 0.1  # somebody overwrites w in place
for name, cache in (("borrowed", borrowed), ("owned", owned)):
    print(f"{name:9}", "dx right:", agree(dout @ cache[1].T, truth), end="")
    print("   shares memory with w:", np.shares_memory(cache[1], w))

# %% [markdown]
# What it was lent, and so the new `w`. The borrowed cache gives the gradient at weights that the
# forward pass never saw, without a word of warning. In this unit a cache **owns its data**.
# (CS231n's solutions borrow; that is safe as long as everyone updates after the whole way back.)
#
# The same holds the other way: a backward that writes into `dout` changes somebody else's array.

# %%
x, dout = np.array([[-1.0, 2.0]]), np.array([[5.0, 7.0]])
kept = dout
dout[x <= 0] = 0
print("the caller's array is now", kept)

# %% [markdown]
# ## 7. The walk back
#
# A model is a list of layers. Forward goes through it once and keeps a cache for each; backward
# goes through it in reverse, and the `dx` of one layer is the `dout` of the layer before it.
#
# For affine, ReLU, affine, softmax with $D$ inputs, $H$ hidden units and $C$ classes, the parameters
# and their gradients have these shapes:
#
# | layer | parameters | shapes |
# |---|---|---|
# | 0: affine | $w_1$, $b_1$ | $(D, H)$, $(H,)$ |
# | 1: ReLU | none | |
# | 2: affine | $w_2$, $b_2$ | $(H, C)$, $(C,)$ |

# %%
def softmax_loss(x, y):
    """The mean loss, and its derivative with respect to the scores x, shape (N, C)."""
    p, rows = softmax(x), np.arange(len(y))
    loss = -np.log(p[rows, y]).mean()
    p[rows, y] -= 1
    return loss, p / len(y)

# %%
def forward(x, parameters, g):
    """What goes into each affine layer, and what comes out; the last out are the scores."""
    ins, outs = [x], []
    for w, b in parameters:
        outs.append(ins[-1] @ w + b)
        ins.append(g(outs[-1]))
    return ins, outs

# %%
def walk_back(x, y, parameters, g, slope):
    """The mean loss, the gradients of every (w, b), and dout of every affine layer."""
    ins, outs = forward(x, parameters, g)
    loss, dout = softmax_loss(outs[-1], y)
    grads, douts = {}, {}
    for k in reversed(range(len(parameters))):
        grads[k], douts[k] = (ins[k].T @ dout, dout.sum(axis=0)), dout
        if k > 0:
            dout = dout @ parameters[k][0].T * slope(outs[k - 1])
    return loss, grads, douts

# %%
def relu(x):
    return np.maximum(x, 0)


def start(sizes, rng):
    """Weights of size sqrt(2 / inputs), which is He's scale, and zero biases."""
    ends = zip(sizes[:-1], sizes[1:], strict=True)
    return [(rng.normal(size=(a, c)) * np.sqrt(2 / a), np.zeros(c)) for a, c in ends]

# %%
x, y = rng.normal(size=(4, 3)), np.array([0, 1, 2, 1])
model = start((3, 4, 3), rng)
loss, grads, douts = walk_back(x, y, model, relu, recipes["relu"])
named = {f"{c}{k + 1}": q for k, wb in enumerate(model) for c, q in zip("Wb", wb, strict=True)}
truth = gradient(rows_graph(x, y, named, ["relu"]), at=list(named))
for k in (1, 0):
    print(k, agree(grads[k][0], truth[f"W{k + 1}"]), agree(grads[k][1], truth[f"b{k + 1}"]))

# %%
ins, outs = forward(x, model, relu)
figures.cards_picture([
    ("w1", model[0][0], grads[0][0]),
    ("z1 = x w1 + b1", outs[0], douts[0]),
    ("h = ReLU(z1)", ins[1], douts[1] @ model[1][0].T),
    ("w2", model[1][0], grads[1][0]),
    ("scores", outs[1], douts[1]),
])

# %% [markdown]
# Read the cards from right to left, as the gradient goes. Each row of the scores' gradient sums to
# 0. Wherever a hidden value is 0, the card of $z_1$ has a 0 in its gradient: the gate that was
# closed on the way forward is closed on the way back.

# %% [markdown]
# Walk often enough and step against the gradient each time, and it learns. Three arms of a spiral,
# which no straight lines separate:

# %%
def train(x, y, parameters, g, slope, rate=1.0, steps=600, watch=None):
    """Gradient descent; losses before each step, and what `watch(outs)` says at each."""
    losses, seen = [], []
    for _ in range(steps):
        loss, grads, _ = walk_back(x, y, parameters, g, slope)
        losses.append(loss)
        if watch:
            seen.append(watch(forward(x, parameters, g)[1]))
        pairs = enumerate(parameters)
        parameters = [(w - rate * grads[k][0], b - rate * grads[k][1]) for k, (w, b) in pairs]
    return parameters, losses, seen

# %%
x, y = spiral(60, np.random.default_rng(0))
model, losses, _ = train(x, y, start((2, 32, 3), rng), relu, recipes["relu"])
figures.regions_picture(lambda points: forward(points, model, relu)[1][-1], x, y, losses)

# %% [markdown]
# The three regions wind round each other, in straight pieces: ReLU networks are piecewise linear.
# The loss starts above $\log 3$, which is what guessing costs, and ends near 0.

# %% [markdown]
# ## 8. A dead ReLU
#
# A unit is **dead** if its input is negative on every example of the data. What happens then, in
# this one iteration? Take a small network and push the bias of hidden unit 0 far down.
#
# **Predict** which entries of `dw1`, `db1` and `dw2` will be 0.

# %%
x6, y6 = rng.normal(size=(6, 3)), np.array([0, 1, 2, 1, 0, 2])
(w1, b1), (w2, b2) = start((3, 4, 3), rng)
b1 = np.array([-9.0, 0.5, 0.5, 0.5])
sick = [(w1, b1), (w2, b2)]
_, grads, douts = walk_back(x6, y6, sick, relu, recipes["relu"])
h = forward(x6, sick, relu)[0][1]
figures.cards_picture([
    ("w1", w1, grads[0][0]),
    ("b1", b1, grads[0][1]),
    ("h = ReLU(x w1 + b1)", h, douts[1] @ w2.T),
    ("w2", w2, grads[1][0]),
])

# %% [markdown]
# Three things. Column 0 of `dw1` and entry 0 of `db1` are 0: the gate is closed, so nothing reaches
# the weights below. Row 0 of `dw2` is 0 too, in the **next** layer: $dw_2 = h^T\, \text{dout}$, and
# the unit's column of $h$ is 0. But `dh` is not 0: the loss would like to have the unit back, and
# the message stops at the gate.

# %% [markdown]
# Can it recover? Its own $w$ and $b$ do not move. If its inputs are the data, then $x w + b$ is the
# same number in the next iteration, and in all that follow: with plain gradient descent (each
# parameter moves by its gradient alone) it stays dead for ever.
#
# But "0 gradient now" is not yet "dead for ever". First case: the batch was small, and another
# example would have switched the unit on.

# %%
def move_of_unit_0(batch):
    """The largest |gradient| of unit 0's weights on some of the examples."""
    _, grads, _ = walk_back(x6[batch], y6[batch], rare, relu, recipes["relu"])
    return float(np.abs(grads[0][0][:, 0]).max())


top = np.sort((x6 @ w1)[:, 0])
rare = [(w1, np.array([-(top[-1] + top[-2]) / 2, 0.5, 0.5, 0.5])), (w2, b2)]
on = (forward(x6, rare, relu)[1][0][:, 0] > 0).nonzero()[0]
print("unit 0 is on for example", on)
print("a batch without it:", round(move_of_unit_0(np.setdiff1d(np.arange(6), on)), 4))
print("all examples:      ", round(move_of_unit_0(np.arange(6)), 4))

# %% [markdown]
# Second case: the unit's inputs are not the data but another layer, which keeps learning. The unit
# does not move, its inputs do. Here a unit of the *second* hidden layer starts off on all examples.

# %%
def lowered(x, parameters, k, unit, top):
    """Parameters with one bias of affine layer k set so that the unit's largest input is `top`."""
    found = forward(x, parameters, relu)[1][k][:, unit].max()
    w, b = parameters[k]
    return [*parameters[:k], (w, b + (top - found) * np.eye(len(b))[unit]), *parameters[k + 1 :]]

# %%
def first_step_on(seed, steps=400):
    """The step in which a dead unit of the second hidden layer is on again; None if never."""
    deep = lowered(x, start((2, 16, 8, 3), np.random.default_rng(seed)), 1, 0, -0.2)
    tops = train(x, y, deep, relu, recipes["relu"], 0.3, steps, lambda outs: outs[1][:, 0].max())[2]
    return next((t for t, top in enumerate(tops) if top > 0), None)


x, y = spiral(30, np.random.default_rng(0))
found = [first_step_on(seed) for seed in range(12)]
print("first step on again, for 12 starts:", *("never" if t is None else t for t in found))

# %% [markdown]
# In half of the starts it came back, without one step of its own weights on the way up; in the
# other half not within 400 steps. Certain death needs all three: off on
# **all** data, frozen inputs, and a rule that moves a weight by its gradient alone.
#
# Now the worst case, and what helps. **All** hidden units start off, with their largest input at
# $-0.5$, directly on the data.

# %%
def Phi(z):
    """The normal distribution function."""
    return 0.5 * (1 + np.vectorize(math.erf)(z / math.sqrt(2)))


def bell(z):
    return np.exp(-(z**2) / 2) / math.sqrt(2 * math.pi)

# %%
kinds = {
    "ReLU": (relu, recipes["relu"]),
    "leaky ReLU": (lambda z: np.where(z > 0, z, 0.1 * z), lambda z: np.where(z > 0, 1, 0.1)),
    "GELU": (lambda z: z * Phi(z), lambda z: Phi(z) + z * bell(z)),
}
figures.slopes_picture(kinds)

# %% [markdown]
# Left of 0, where ReLU's slope is 0, the leaky ReLU has 0.1. The GELU (Gaussian error linear unit)
# is $z\,\Phi(z)$, with $\Phi$ the normal distribution function; its slope is
# $\Phi(z) + z\,\Phi'(z)$ by the product rule, which is something small of either sign left of 0 and
# fades as $z$ falls.

# %%
(w1, b1), second = start((2, 16, 3), np.random.default_rng(0))
drowned = [(w1, -0.5 - (x @ w1).max(axis=0)), second]
dead, told = {}, []
for name, (g, slope) in kinds.items():
    _, losses, dead[name] = train(x, y, drowned, g, slope, rate=0.3, steps=800,
                                  watch=lambda outs: float((outs[0].max(axis=0) <= 0).mean()))
    told.append((name, f"{losses[0]:.3f}", f"{losses[-1]:.3f}"))
figures.Table(["all units off at the start", "loss", "after 800 steps"], told)

# %%
figures.revival_picture(dead)

# %% [markdown]
# The line of ReLU stays at "all": its loss cannot go below $\log 3$, since only the last bias still
# learns. The other two bring units back and learn. They are no miracle either. Far below 0
# a leaky unit is a straight line, and the slope of the GELU fades:

# %%
for name, (_, slope) in kinds.items():
    near, far = slope(np.array(-1.0)), slope(np.array(-9.0))
    print(f"{name:11} slope at -1: {near:.2g},  at -9: {far:.0e}")

# %% [markdown]
# The cheapest help is not to drown the units in the first place: begin with biases 0, where these
# data leave no unit off. A negative bias, or a step that is too long, pushes units out.

# %%
def dead_share(bias, rate, steps):
    """Share of 100 hidden units that are dead after so many steps of training."""
    (w, b), second = start((2, 100, 3), np.random.default_rng(1))
    model, _, _ = train(x, y, [(w, b + bias), second], relu, recipes["relu"], rate, steps)
    return float((forward(x, model, relu)[1][0].max(axis=0) <= 0).mean())

# %%
told = []
for bias, rate in [(0, 0.5), (0, 5), (0, 20), (-1, 0.5), (-2, 0.5)]:
    with np.errstate(divide="ignore"):  # the long steps drive some p to exactly 0
        shares = (f"{dead_share(bias, rate, steps):.0%}" for steps in (0, 1, 100))
        told.append((str(bias), str(rate), *shares))
figures.Table(["first bias", "learning rate", "dead at first", "after 1 step", "after 100"], told)

# %% [markdown]
# ## 9. Not differentiable at 0
#
# At $x = 0$ ReLU has no derivative: from the left the slope is 0, from the right it is 1. What it
# has are **subgradients**: slopes $g$ of lines through the point that lie nowhere above the curve,
#
# $$\max(0, x) \geq g \cdot x \quad \text{for all } x .$$
#
# For $x > 0$ this says $g \leq 1$, for $x < 0$ it says $g \geq 0$. So every $g$ from 0 to 1 is one.

# %%
figures.subgradient_picture()

# %% [markdown]
# Three of the lines stay below, and the steep one crosses. `x > 0` in the code chooses $g = 0$;
# `x >= 0` chooses $g = 1$. Data C182 shows `>` on one slide and `>=` on another; both are right.
# **Predict**: which $g$ does a central difference choose at 0?

# %%
at_zero = np.zeros((1, 1))
print("x > 0 :", recipes["relu"](at_zero)[0, 0], "   x >= 0:", (at_zero >= 0) * 1.0)
for h in (1e-2, 1e-6):
    print(f"central difference, h = {h:g}:", (relu(h) - relu(-h)) / (2 * h))
print("the oracle's choice:", gradient(pointwise_graph(at_zero, at_zero + 1, "relu"), at="Z1"))

# %% [markdown]
# One half, for every $h$: a third subgradient, and no sign of a bug in anybody's code. A numeric
# gradient at a kink proves nothing, so do not test there. An exact 0 is rare among random numbers
# and common behind another ReLU, in padding, and with zero biases.
#
# Our contract says 0, and the checks hold you to it in one property of its own.
#
# A kink is harmless. Other functions are not: a **step**, 1 where $z > 0$ and else 0, has a derivative
# nearly everywhere, and it is 0. So is that of `argmax`, the index of the largest entry: nudge the
# scores a little, and the index stays.
#
# **Predict.** A network whose hidden units are steps: which of its gradients are not 0?

# %%
def step(z):
    return (z > 0) * 1.0


stairs = start((3, 4, 3), np.random.default_rng(4))
_, grads, _ = walk_back(x6, y6, stairs, step, np.zeros_like)
for k in (0, 1):
    sizes = (f"{np.abs(array).max():.3f}" for array in grads[k])
    print(f"layer {k + 1}, largest entries of dw and db:", *sizes)

# %%
def accuracy(w1):
    """The share of examples whose largest score is that of their class."""
    scores = forward(x6, [(w1, stairs[0][1]), stairs[1]], relu)[1][-1]
    return float((scores.argmax(axis=1) == y6).mean())


nudges = 1e-6 * np.random.default_rng(5).normal(size=(100, *stairs[0][0].shape))
seen = {accuracy(stairs[0][0] + nudge) for nudge in nudges}
print("different accuracies at 100 places near by:", len(seen))

# %% [markdown]
# Those of the last layer alone. No error is raised, the loss even falls a little, and the layers below
# the step never learn. For the same reason nobody trains on the accuracy: it is made with `argmax`,
# and its gradient is 0. One trains on a smooth stand-in, softmax and its loss, and takes the `argmax`
# where a prediction is wanted, behind everything that is differentiated.

# %% [markdown]
# ## What to take away
#
# - A recipe comes from indices: which entries of `out` does this number touch? Sum over them.
# - `dout` comes in, `dx` goes out, both of one $J$ that the layer does not know.
# - The cache holds what the recipe reads, in memory of its own.
# - $1/N$ is paid once, in the loss. $(p - y)/N$ belongs to the scores.
# - A dead unit gets no gradient, gives none to the layer above, and comes back only if its inputs
#   move or its slope is not 0.
# - At a kink there is a choice, and a contract writes it down. Through a step or an `argmax` no
#   gradient comes back.
