# %% [markdown]
# # Layer recipes with caches
#
# You write the layers of a network one by one, forward and backward: affine, ReLU, sigmoid, tanh,
# softmax, and softmax with cross-entropy. Then you chain them, train a network until it separates a
# spiral, and read other people's bugs from their numbers.
#
# After each function you call `check(...)`. It compares what your function returns with numeric
# gradients and says what it found. The hidden checks are the same checks on other numbers and
# sizes; each has a name, and each is worth points of its own.
#
# Where a check fails, `from autograder import example` and `args = example(affine_backward)`
# give you the arguments of the smallest instance tried on which your function fails. Call it with
# them, `affine_backward(*args)`, and print what you want to see.
#
# Where you do not know how to go on, `hint(affine_backward)` gives a question; the same call again
# gives a formula, and then a tiny worked case. It never gives code.
#
# <details>
# <summary><b>Words</b> used here and what they mean (35)</summary>
#
# - **affine**: linear with a constant added, as x w + b
# - **axis**: one direction of an array: a table has axis 0, down its rows, and axis 1, along its columns
# - **backward pass**: computing the derivatives, from the cost to the inputs
# - **batch**: the examples that are used together
# - **bias**: a number that a unit adds to its weighted sum; it is learnt
# - **cache**: what a forward function keeps for its backward function
# - **cell**: in a recurrent network: the computation of one step in time; in a notebook: one box of text or code
# - **chain rule**: the derivative along a path is the product of the slopes on it; over several paths, the sum of these products
# - **cross-entropy**: minus the logarithm of the probability that the network gave to the right class
# - **diagonal**: in a matrix: the entries whose row and column have the same number; a diagonal matrix is 0 everywhere else
# - **example**: one set of inputs, with its label if it has one
# - **float64**: the numbers of NumPy: float64 keeps about 16 digits, float32 about 7
# - **forward pass**: computing the values, from the inputs to the cost
# - **gradient**: all partial derivatives of one number with respect to an array, in the shape of the array
# - **gradient descent**: training by small steps against the gradient
# - **hidden layer**: a layer, or a unit, that is neither input nor output
# - **instance**: one set of random inputs on which a check runs your function
# - **Jacobian**: the table of all partial derivatives of a vector with respect to a vector
# - **label**: the right answer for one example
# - **layer**: one stage of a network: it takes numbers and gives numbers
# - **layout**: which axis of an array counts what. Columns or rows may be examples; and a Jacobian has two layouts of its own, numerator and denominator
# - **learning rate**: the number that the gradient is multiplied with before it is subtracted from the parameters
# - **loss**: one number that says how wrong the network is on one example
# - **numeric gradient**: a gradient found by running forward at inputs that were moved a little; it knows no formula
# - **parameter**: what a network learns: its weights and biases
# - **ReLU**: max(0, z), entry by entry
# - **scalar**: a single number
# - **score**: a number that the network gives to a class before softmax or the sigmoid makes a probability of it; also called a logit
# - **sigmoid**: 1 / (1 + exp(-z)), which makes a number between 0 and 1 of any number
# - **slope**: how fast one value moves with another: the derivative of one operation
# - **softmax**: exp of each score, divided by their sum: probabilities that add up to 1
# - **tanh**: the hyperbolic tangent, an activation with values between -1 and 1 and slope 1 - tanh²
# - **unit**: one number that a layer gives for each example, with the weights that make it
# - **weight**: a number that an input of a unit is multiplied with; it is learnt
# - **∂**: ∂J/∂w is a partial derivative: how fast J moves when w alone is moved
#
# </details>

# %% [markdown]
# ## The contract
#
# - **Layout.** Rows are examples, as in CS231n and Data C182.
# - **What is differentiated.** One scalar $J$, which a layer does not know. `dout` is the derivative
#   of $J$ with respect to `out`; a backward function returns derivatives of the same $J$. No layer
#   divides by $N$: the mean is taken in the loss, once.
# - **Shapes.** `dx` has the shape of `x`, `dw` of `w`, `db` of `b`.
# - **Mutation.** None. A function changes no array that it is given.
# - **Caches.** Any form; each backward gets what your own forward returned. A cache owns its data: it
#   shares no memory with `x` or `w`, which somebody may overwrite before the way back.
# - **Numbers** come in as float64, and go out as floating-point numbers, float64 or float32. The
#   slope of ReLU at exactly 0 is 0.

# %% [markdown]
# ## Symbols
#
# | in the text | in the code | shape |
# |---|---|---|
# | $x$ | `x` | $(N, D)$; for `affine_forward` also $(N, d_1, \dots, d_k)$ with $d_1 \cdots d_k = D$ |
# | $w$, $b$ | `w`, `b` | $(D, M)$, $(M,)$ |
# | out | `out`, `dout` | $(N, M)$ |
# | $p$ | `probs` | $(N, C)$, each row sums to 1 |
# | $y$ | `y`, `targets` | $(N,)$, integers from 0 to $C - 1$ |
# | $J$ | `loss`, a float | |
#
# In sums, $i$ counts examples, $d$ inputs, $j$ and $k$ units or classes.

# %%
import numpy as np

from autograder import check, figures, hint
from autograder.datasets import spiral
from autograder.networks import loss_graph
from autograder.oracle import gradient

# %% [markdown]
# ## 1. The affine layer, forward
#
# $$\text{out}_{ij} = \sum_d x_{id}\, w_{dj} + b_j .$$
#
# The sum runs over $d$, so it is a matrix product. `b` has one number for each unit and is copied to
# every example. An image has more axes than one: lay each example out as a row of $D$ numbers first.
#
# The cache is a note to your own backward. Read section 2 to see what it will need.

# %% solution="affine_forward"
def affine_forward(x, w, b):
    """The affine layer: each example's numbers in a row, times w, plus b.

    Parameters
    ----------
    x : array, shape (N, d_1, ..., d_k)
    w : array, shape (D, M), with D = d_1 * ... * d_k
    b : array, shape (M,)

    Returns
    -------
    out : array, shape (N, M)
    cache : object
        What `affine_backward` will need, in memory of its own; its form is your choice.
    """
    ### BEGIN SOLUTION
    flat = x.reshape(len(x), -1)
    return flat @ w + b, (flat.copy(), w.copy(), x.shape)
    ### END SOLUTION

# %% free=true
check(affine_forward)

# %% grade="affine_forward__returns_the_right_shapes" points=1

# %% grade="affine_forward__out_is_right" points=1

# %% grade="affine_forward__leaves_its_inputs_unchanged" points=1

# %% grade="affine_forward__cache_owns_its_data" points=1

# %% [markdown]
# ## 2. The affine layer, backward
#
# One example, two inputs, two units:
#
# $$\text{out}_1 = x_1 w_{11} + x_2 w_{21} + b_1, \qquad
# \text{out}_2 = x_1 w_{12} + x_2 w_{22} + b_2 .$$
#
# $J$ depends on these numbers through $\text{out}_1, \text{out}_2$ only, with slopes $\text{dout}_1$,
# $\text{dout}_2$. A number that goes several ways collects from all of them:
#
# $$dx_1 = \text{dout}_1\, w_{11} + \text{dout}_2\, w_{12}, \qquad dw_{11} = x_1\, \text{dout}_1, \qquad
# db_1 = \text{dout}_1 .$$

# %% [markdown]
# With $N$ examples, a weight goes $N$ ways, one through each row of `out`; so does a bias:
#
# $$dx_{id} = \sum_j \text{dout}_{ij}\, w_{dj}, \qquad dw_{dj} = \sum_i x_{id}\, \text{dout}_{ij},
# \qquad db_j = \sum_i \text{dout}_{ij} .$$
#
# Put the index that is summed inside, and each of these is a matrix product or a sum along an axis.

# %% [markdown] free=true
# **Derive and predict.** Write the three sums for whole arrays. With $N = D = M = 4$, which wrong
# transposes would run without an error?
#
# *Your lines:*

# %% solution="affine_backward"
def affine_backward(dout, cache):
    """Backward through the affine layer.

    Parameters
    ----------
    dout : array, shape (N, M)
        Derivative of J with respect to out.
    cache : object
        As returned by your `affine_forward`.

    Returns
    -------
    dx : array, shape (N, d_1, ..., d_k), the shape that x had
    dw : array, shape (D, M)
    db : array, shape (M,)
    """
    ### BEGIN SOLUTION
    flat, w, shape = cache
    dx = (dout @ w.T).reshape(shape)
    return dx, flat.T @ dout, dout.sum(axis=0)
    ### END SOLUTION

# %% free=true
check(affine_backward)

# %% grade="affine_backward__returns_the_right_shapes" points=1

# %% grade="affine_backward__dx_matches_numeric_gradient" points=4

# %% grade="affine_backward__dw_matches_numeric_gradient" points=4

# %% grade="affine_backward__db_matches_numeric_gradient" points=4

# %% grade="affine_backward__leaves_its_inputs_unchanged" points=1

# %% grade="affine_backward__same_answer_twice" points=1

# %% [markdown]
# ## 3. ReLU
#
# $\text{out} = \max(0, x)$, entry by entry. Each entry of $x$ touches one entry of `out`, so nothing
# is summed: $dx = \text{dout} * g'(x)$, with $g'(x) = 1$ where $x > 0$ and 0 where $x < 0$.
#
# At $x = 0$ every slope from 0 to 1 belongs to a line that stays below the curve; the contract
# chose 0.

# %% [markdown] free=true
# **Predict.** A unit whose input is negative on all $N$ examples: which gradients of *its* weights
# are 0? And which of the affine layer that comes next?
#
# *Your prediction:*

# %% solution="relu_forward"
def relu_forward(x):
    """The larger of 0 and x, entry by entry.

    Parameters
    ----------
    x : array of any shape

    Returns
    -------
    out : array of the same shape
    cache : object
    """
    ### BEGIN SOLUTION
    return np.maximum(0, x), x > 0
    ### END SOLUTION

# %% free=true
check(relu_forward)

# %% grade="relu_forward__returns_the_right_shapes" points=1

# %% grade="relu_forward__out_is_right" points=1

# %% grade="relu_forward__leaves_its_inputs_unchanged" points=1

# %% grade="relu_forward__cache_owns_its_data" points=1

# %% solution="relu_backward"
def relu_backward(dout, cache):
    """Backward through ReLU.

    Parameters
    ----------
    dout : array, of the shape of out
    cache : object
        As returned by your `relu_forward`.

    Returns
    -------
    dx : array of the same shape; `dout` itself is left as it was
    """
    ### BEGIN SOLUTION
    return dout * cache
    ### END SOLUTION

# %% free=true
check(relu_backward)

# %% grade="relu_backward__returns_the_right_shapes" points=1

# %% grade="relu_backward__dx_matches_numeric_gradient" points=3

# %% grade="relu_backward__passes_nothing_at_zero" points=2

# %% grade="relu_backward__leaves_its_inputs_unchanged" points=1

# %% grade="relu_backward__same_answer_twice" points=1

# %% [markdown]
# ## 4. Sigmoid
#
# With the chain rule on $(1 + e^{-x})^{-1}$:
#
# $$\sigma(x) = \frac{1}{1 + e^{-x}}, \qquad \sigma'(x) = \frac{e^{-x}}{(1 + e^{-x})^2}
# = \frac{1}{1 + e^{-x}} \cdot \frac{e^{-x}}{1 + e^{-x}} .$$
#
# The first factor is `out`. What is the second one, written with `out`? Then say what the cache has
# to hold.

# %% solution="sigmoid_forward"
def sigmoid_forward(x):
    """1 / (1 + exp(-x)), entry by entry.

    Parameters
    ----------
    x : array of any shape

    Returns
    -------
    out : array of the same shape
    cache : object
    """
    ### BEGIN SOLUTION
    out = 1 / (1 + np.exp(-x))
    return out, out
    ### END SOLUTION

# %% free=true
check(sigmoid_forward)

# %% grade="sigmoid_forward__returns_the_right_shapes" points=1

# %% grade="sigmoid_forward__out_is_right" points=1

# %% grade="sigmoid_forward__leaves_its_inputs_unchanged" points=1

# %% grade="sigmoid_forward__cache_owns_its_data" points=1

# %% solution="sigmoid_backward"
def sigmoid_backward(dout, cache):
    """Backward through the sigmoid.

    Parameters
    ----------
    dout : array, of the shape of out
    cache : object
        As returned by your `sigmoid_forward`.

    Returns
    -------
    dx : array of the same shape
    """
    ### BEGIN SOLUTION
    out = cache
    return dout * out * (1 - out)
    ### END SOLUTION

# %% free=true
check(sigmoid_backward)

# %% grade="sigmoid_backward__returns_the_right_shapes" points=1

# %% grade="sigmoid_backward__dx_matches_numeric_gradient" points=3

# %% grade="sigmoid_backward__leaves_its_inputs_unchanged" points=1

# %% grade="sigmoid_backward__same_answer_twice" points=1

# %% [markdown]
# ## 5. Tanh
#
# Write $s = e^x + e^{-x}$ and $t = e^x - e^{-x}$. Then $\tanh x = t/s$, and since $t' = s$ and
# $s' = t$, the quotient rule gives
#
# $$\tanh'(x) = \frac{s \cdot s - t \cdot t}{s^2} .$$
#
# Write it with `out` alone. A test for what you find: the slope at $x = 0$ is 1, and it is the same
# at $x$ and $-x$.

# %% solution="tanh_forward"
def tanh_forward(x):
    """The hyperbolic tangent, entry by entry.

    Parameters
    ----------
    x : array of any shape

    Returns
    -------
    out : array of the same shape
    cache : object
    """
    ### BEGIN SOLUTION
    out = np.tanh(x)
    return out, out
    ### END SOLUTION

# %% free=true
check(tanh_forward)

# %% grade="tanh_forward__returns_the_right_shapes" points=1

# %% grade="tanh_forward__out_is_right" points=1

# %% grade="tanh_forward__leaves_its_inputs_unchanged" points=1

# %% grade="tanh_forward__cache_owns_its_data" points=1

# %% solution="tanh_backward"
def tanh_backward(dout, cache):
    """Backward through the hyperbolic tangent.

    Parameters
    ----------
    dout : array, of the shape of out
    cache : object
        As returned by your `tanh_forward`.

    Returns
    -------
    dx : array of the same shape
    """
    ### BEGIN SOLUTION
    return dout * (1 - np.square(cache))
    ### END SOLUTION

# %% free=true
check(tanh_backward)

# %% grade="tanh_backward__returns_the_right_shapes" points=1

# %% grade="tanh_backward__dx_matches_numeric_gradient" points=3

# %% grade="tanh_backward__leaves_its_inputs_unchanged" points=1

# %% grade="tanh_backward__same_answer_twice" points=1

# %% [markdown]
# ## 6. Softmax, backward
#
# $p_k = e^{x_k} / \sum_l e^{x_l}$, for the scores of one example. Every score stands in every
# denominator, so each $x_j$ touches *all* $p_k$. Quotient rule:
#
# $$\frac{\partial p_k}{\partial x_j} = p_k\,(\delta_{kj} - p_j), \qquad
# \delta_{kj} = 1 \text{ if } k = j, \text{ else } 0 .$$
#
# Collect over all ways, $dx_j = \sum_k \text{dout}_k \, \partial p_k / \partial x_j$, and simplify:
# one factor can be taken out, and one sum is the same for all $j$ of an example.

# %% [markdown] free=true
# **Derive and predict.** Your line for $dx_j$. And: if `dout` is 1 everywhere, what must `dx` be?
# (What is the sum of a row of `probs`, whatever the scores are?)
#
# *Your lines:*

# %% solution="softmax_backward"
def softmax_backward(dout, probs):
    """Backward through the softmax of each row; no Jacobian is needed.

    Parameters
    ----------
    dout : array, shape (N, C)
        Derivative of J with respect to probs.
    probs : array, shape (N, C)
        The probabilities that the scores gave.

    Returns
    -------
    dx : array, shape (N, C)
        Derivative of J with respect to the scores.
    """
    ### BEGIN SOLUTION
    inner = np.sum(probs * dout, axis=1, keepdims=True)
    return probs * (dout - inner)
    ### END SOLUTION

# %% free=true
check(softmax_backward)

# %% grade="softmax_backward__returns_the_right_shapes" points=1

# %% grade="softmax_backward__dx_matches_numeric_gradient" points=6

# %% grade="softmax_backward__leaves_its_inputs_unchanged" points=1

# %% grade="softmax_backward__same_answer_twice" points=1

# %% [markdown]
# ## 7. Softmax with its loss
#
# The loss of an example with label $y$ is $L = -\log p_y$; $J$ is the mean over the examples. With
# the softmax written out,
#
# $$L = -x_y + \log \sum_k e^{x_k} .$$
#
# The first term has slope $-1$ at $j = y$. The second one has slope $e^{x_j} / \sum_k e^{x_k} = p_j$.
# So the two layers together are simpler than either: put the two terms together, and pay $1/N$.

# %% [markdown]
# Three things to know before you write it.
#
# - $e^{1000}$ is infinite in floating point. But adding a constant $c$ to all scores of a row
#   multiplies numerator and denominator of each $p_k$ by $e^c$. So you may choose $c$, for each row.
# - $e^{-1000}$ is 0 in floating point, and so is such a $p_k$; but $-\log p_k$ is 1000 and no more.
#   The formula of $L$ above needs no logarithm of a $p_k$.
# - `p[np.arange(N), y]` picks one entry of each row, `p[:, y]` whole columns.

# %% [markdown] free=true
# **Predict.** What do the entries of one row of `dx` sum to?
#
# *Your prediction:*

# %% solution="softmax_loss"
def softmax_loss(x, y):
    """Softmax and cross-entropy in one: the mean loss, and its derivative.

    Parameters
    ----------
    x : array, shape (N, C)
        Scores; they may be as large as 1000, or as small as -1000.
    y : array of int, shape (N,)
        Labels from 0 to C - 1.

    Returns
    -------
    loss : float
        The mean over the examples of -log p[i, y_i].
    dx : array, shape (N, C)
        Derivative of the loss with respect to the scores.
    """
    ### BEGIN SOLUTION
    N = len(x)
    shifted = x - x.max(axis=1, keepdims=True)
    log_p = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    dx = np.exp(log_p)
    dx[np.arange(N), y] -= 1
    return -log_p[np.arange(N), y].mean(), dx / N
    ### END SOLUTION

# %% free=true
check(softmax_loss)

# %% grade="softmax_loss__returns_the_right_shapes" points=1

# %% grade="softmax_loss__loss_is_the_mean_of_the_losses" points=3

# %% grade="softmax_loss__dx_matches_numeric_gradient" points=7

# %% grade="softmax_loss__fused_equals_unfused" points=1

# %% grade="softmax_loss__stands_large_scores" points=2

# %% grade="softmax_loss__leaves_its_inputs_unchanged" points=1

# %% grade="softmax_loss__same_answer_twice" points=1

# %% [markdown]
# ## 8. The walk back
#
# A model is a list of layers. Each layer has `forward(x)`, which returns `out, cache`, and
# `backward(dout, cache)`, which returns `dx` and a dictionary of the gradients of its parameters: by
# name, empty if it has none. These classes call the functions that you wrote.

# %%
class Affine:
    """A layer with parameters w, shape (D, M), and b, shape (M,)."""

    def __init__(self, w, b):
        self.w, self.b = w, b

    def forward(self, x):
        return affine_forward(x, self.w, self.b)

    def backward(self, dout, cache):
        dx, dw, db = affine_backward(dout, cache)
        return dx, {"w": dw, "b": db}

# %%
class Pointwise:
    """A layer without parameters: "relu", "sigmoid" or "tanh"."""

    def __init__(self, kind):
        self.kind = kind

    def forward(self, x):
        return globals()[f"{self.kind}_forward"](x)

    def backward(self, dout, cache):
        return globals()[f"{self.kind}_backward"](dout, cache), {}

# %%
class Model:
    """``model.layers``, made from a list such as [("affine", w, b), ("relu",), ...]."""

    def __init__(self, layers):
        self.layers = [Affine(*p) if kind == "affine" else Pointwise(kind) for kind, *p in layers]

    def scores(self, x):
        for layer in self.layers:
            x, _ = layer.forward(x)
        return x

# %% [markdown]
# For affine, ReLU, affine with $D$ inputs, $H$ hidden units and $C$ classes, `model.layers[0]` has
# $w$ of shape $(D, H)$ and $b$ of shape $(H,)$; `model.layers[1]` has no parameters;
# `model.layers[2]` has $(H, C)$ and $(C,)$. After the last layer comes `softmax_loss`.
#
# Forward through the list once, keeping each cache. Then in reverse: the `dx` of a layer is the
# `dout` of the one before it. This function computes gradients; it moves no weight.

# %% [markdown] free=true
# **Predict.** For the three layers above: which keys will `grads` have?
#
# *Your prediction:*

# %% solution="backprop"
def backprop(model, x, targets):
    """The loss of a model on a batch, and the gradients of all its parameters.

    Parameters
    ----------
    model : Model
        Any list of layers in ``model.layers``; the last one returns the scores.
    x : array, shape (N, D)
    targets : array of int, shape (N,)

    Returns
    -------
    loss : float
        What `softmax_loss` says of the scores.
    grads : dict
        From the index of a layer in ``model.layers`` to the dictionary that its backward returned;
        layers without parameters have no entry.
    """
    ### BEGIN SOLUTION
    caches, grads = [], {}
    for layer in model.layers:
        x, cache = layer.forward(x)
        caches.append(cache)
    loss, dout = softmax_loss(x, targets)
    for k in reversed(range(len(caches))):
        dout, found = model.layers[k].backward(dout, caches[k])
        if found:
            grads[k] = found
    return loss, grads
    ### END SOLUTION

# %% free=true
check(backprop)

# %% grade="backprop__returns_the_right_shapes" points=1

# %% grade="backprop__loss_is_the_mean_of_the_losses" points=2

# %% grade="backprop__dw_matches_numeric_gradient" points=6

# %% grade="backprop__db_matches_numeric_gradient" points=4

# %% grade="backprop__leaves_the_model_as_it_is" points=1

# %% grade="backprop__leaves_its_inputs_unchanged" points=1

# %% grade="backprop__same_answer_twice" points=1

# %% [markdown]
# ## 9. Look at your layers
#
# A small network on four examples, made of your functions: the value of each array above, its
# gradient below.

# %%
rng = np.random.default_rng(8)
x, y = rng.normal(size=(4, 3)), np.array([0, 1, 2, 1])
w1, b1, w2, b2 = rng.normal(size=(3, 4)), np.zeros(4), rng.normal(size=(4, 3)), np.zeros(3)
z, cache1 = affine_forward(x, w1, b1)
h, cache2 = relu_forward(z)
scores, cache3 = affine_forward(h, w2, b2)
_, dscores = softmax_loss(scores, y)
dh, dw2, _ = affine_backward(dscores, cache3)
dz = relu_backward(dh, cache2)
_, dw1, _ = affine_backward(dz, cache1)

# %%
figures.cards_picture([
    ("w1", w1, dw1),
    ("z = x w1 + b1", z, dz),
    ("h = ReLU(z)", h, dh),
    ("w2", w2, dw2),
    ("scores", scores, dscores),
])

# %% [markdown]
# Read the lower cards from right to left. Each row of the scores' gradient sums to 0. Wherever $h$
# is 0, the gradient of $z$ is 0, though that of $h$ is not: the closed gate. A unit that is closed
# in all four rows would have a column of zeros in `dw1` *and* a row of zeros in `dw2`.

# %% [markdown]
# ## 10. Learn
#
# Three arms of a spiral, which no straight lines separate. One step of gradient descent takes every
# parameter a little way against its gradient.

# %%
def train(model, x, y, rate=1.0, steps=800):
    """Gradient descent on all examples at once; the loss before each step."""
    losses = []
    for _ in range(steps):
        loss, grads = backprop(model, x, y)
        losses.append(loss)
        for k, found in grads.items():
            layer = model.layers[k]
            layer.w, layer.b = layer.w - rate * found["w"], layer.b - rate * found["b"]
    return losses

# %%
def network(sizes, kind, rng):
    """Affine layers, weights of size sqrt(2 / fan_in), and an activation between each two."""
    layers = []
    for fan_in, width in zip(sizes[:-1], sizes[1:], strict=True):
        w = rng.normal(size=(fan_in, width)) * np.sqrt(2 / fan_in)
        layers += [("affine", w, np.zeros(width)), (kind,)]
    return Model(layers[:-1])

# %%
x, y = spiral(60, np.random.default_rng(0))
model = network((2, 32, 3), "relu", np.random.default_rng(1))
losses = train(model, x, y)
figures.regions_picture(model.scores, x, y, losses)

# %% [markdown]
# The three regions wind round each other, and the loss falls below $\log 3$, the price of guessing,
# towards 0. The boundaries are made of straight pieces, because the network is: affine,
# and cut by ReLUs.

# %% [markdown] free=true
# **Predict, then try it.** What changes with `"tanh"`? With no hidden layer, `(2, 3)`? With `b1`
# starting at $-5$ in every hidden unit?
#
# *Your prediction:*

# %% free=true

# %% [markdown]
# ## 11. Bug hunt
#
# Each bug leaves traces of its own in the numbers. Four of the seven suspects below are guilty of a
# wrong `dx` in `softmax_loss`; their numbers are computed, not made up.
#
# | id | what was done |
# |---|---|
# | `softmax-diagonal-only` | each probability was taken to depend on its own score alone |
# | `softmax-jacobian-twice` | the right `dx` went back through the softmax once more |
# | `half-of-p-minus-y` | the term $-x_y$ of the loss was forgotten |
# | `missing-one-over-m` | $1/N$ was paid nowhere |
# | `one-over-m-twice` | $1/N$ was paid twice |
# | `sign-flip` | the sign of `dx` is wrong |
# | `output-derivative-twice` | the right `dx` was multiplied by $p\,(1 - p)$ on top |

# %%
N, C = 4, 3
x, y = np.random.default_rng(321).normal(size=(N, C)), np.array([2, 0, 1, 0])
true = gradient(loss_graph(x, y), at="Z1")

# %%
def table(caption, dx):
    """The rows of a dx with their sums; the label's column is marked."""
    head = ("example", "class 0", "class 1", "class 2", "row sum")
    rows = []
    for i, row in enumerate(np.array(dx)):
        told = [f"{v:+.4f}" + (" (label)" if k == y[i] else "") for k, v in enumerate(row)]
        rows.append((str(i), *told, f"{row.sum().round(4) + 0:.4f}"))
    return figures.Table(head, rows, caption=caption)

# %%
table("the numeric gradient", true)

# %%
table("Bug A", [
    [0.014107, 0.041988, -0.056094],
    [-0.054467, 0.023261, 0.031205],
    [0.013451, -0.058928, 0.045477],
    [-0.054561, 0.036834, 0.017727],
])

# %%
table("Bug B", [
    [0.000000, 0.000000, -0.224377],
    [-0.217866, 0.000000, 0.000000],
    [0.000000, -0.235712, 0.000000],
    [-0.218246, 0.000000, 0.000000],
])

# %%
table("Bug C", [
    [-0.010415, 0.043924, -0.033509],
    [-0.036866, 0.008968, 0.027897],
    [-0.016500, -0.020929, 0.037429],
    [-0.037784, 0.040143, -0.002359],
])

# %%
table("Bug D", [
    [0.056426, 0.167951, 0.025623],
    [0.032134, 0.093045, 0.124822],
    [0.053802, 0.014288, 0.181910],
    [0.031754, 0.147338, 0.070908],
])

# %% [markdown]
# Do the rows sum to 0? Are there zeros, and where? Is one number the ratio of all entries to the
# numeric gradient? Where two suspects remain, compute both in a cell of your own, on `x` and `y`.
#
# ## 12. Will it learn?
#
# Four networks with ReLU, on all 180 examples of the spiral, trained by gradient descent in batches
# of 20. In each of them one hidden unit gets **no gradient** in the first batch: its column of `dw`
# and its entry of `db` are 0. "Above" is the row of the next layer's `dw` that belongs to the unit.
# The verdicts:
#
# | id | what becomes of the unit |
# |---|---|
# | `off-for-ever` | neither it nor its inputs ever move: it stays as it is |
# | `inputs-may-wake-it` | it does not move, but its inputs do, and they may turn it on |
# | `another-batch-moves-it` | it moves as soon as a batch holds an example that turns it on |
# | `moves-after-the-layer-above` | the first step moves the weights above, the second one the unit |
# | `larger-rate-moves-it` | the same batch with a larger learning rate moves it |

# %%
figures.Table(
    ("case", "hidden layer", "on in the batch", "on in all the data", "largest |dw|", "above"),
    [
        ("E", "1", "0 of 20", "9 of 180", "0", "0"),
        ("F", "1", "0 of 20", "0 of 180", "0", "0"),
        ("G", "1", "11 of 20", "88 of 180", "0", "0.1686"),
        ("H", "2", "0 of 20", "0 of 180", "0", "0"),
    ],
)

# %% [markdown]
# What can change from one iteration to the next: the examples, the unit's own weights, the layer
# below, the layer above? Take them one by one.
#
# Now a dictionary `answers_03` with the keys `"A"` to `"H"`: for A to D the ids of the bugs, for E to
# H the ids of the verdicts. No two have the same id, and each earns its own points.

# %% solution="answers_03"
# answers_03 = {"A": "an id from the first list", ..., "H": "an id from the second"}
### BEGIN SOLUTION
answers_03 = {
    "A": "one-over-m-twice",
    "B": "softmax-diagonal-only",
    "C": "softmax-jacobian-twice",
    "D": "half-of-p-minus-y",
    "E": "another-batch-moves-it",
    "F": "off-for-ever",
    "G": "moves-after-the-layer-above",
    "H": "inputs-may-wake-it",
}
### END SOLUTION

# %% free=true

# %% grade="answers_03__names_case_A" points=1
# answers_03: names case A (1 point)
### BEGIN HIDDEN TESTS
from autograder import grade
grade("answers_03__names_case_A", globals(), key="one-over-m-twice")
### END HIDDEN TESTS

# %% grade="answers_03__names_case_B" points=1
# answers_03: names case B (1 point)
### BEGIN HIDDEN TESTS
from autograder import grade
grade("answers_03__names_case_B", globals(), key="softmax-diagonal-only")
### END HIDDEN TESTS

# %% grade="answers_03__names_case_C" points=1
# answers_03: names case C (1 point)
### BEGIN HIDDEN TESTS
from autograder import grade
grade("answers_03__names_case_C", globals(), key="softmax-jacobian-twice")
### END HIDDEN TESTS

# %% grade="answers_03__names_case_D" points=1
# answers_03: names case D (1 point)
### BEGIN HIDDEN TESTS
from autograder import grade
grade("answers_03__names_case_D", globals(), key="half-of-p-minus-y")
### END HIDDEN TESTS

# %% grade="answers_03__names_case_E" points=1
# answers_03: names case E (1 point)
### BEGIN HIDDEN TESTS
from autograder import grade
grade("answers_03__names_case_E", globals(), key="another-batch-moves-it")
### END HIDDEN TESTS

# %% grade="answers_03__names_case_F" points=1
# answers_03: names case F (1 point)
### BEGIN HIDDEN TESTS
from autograder import grade
grade("answers_03__names_case_F", globals(), key="off-for-ever")
### END HIDDEN TESTS

# %% grade="answers_03__names_case_G" points=1
# answers_03: names case G (1 point)
### BEGIN HIDDEN TESTS
from autograder import grade
grade("answers_03__names_case_G", globals(), key="moves-after-the-layer-above")
### END HIDDEN TESTS

# %% grade="answers_03__names_case_H" points=1
# answers_03: names case H (1 point)
### BEGIN HIDDEN TESTS
from autograder import grade
grade("answers_03__names_case_H", globals(), key="inputs-may-wake-it")
### END HIDDEN TESTS

# %% [markdown]
# ## What you can now say
#
# - Where each transpose and each sum of a recipe comes from: from an index.
# - What a layer needs to know of the loss: `dout`, and nothing else.
# - What a cache is for, and why it holds copies.
# - Why $(p - y)/N$ is so short, and where its two terms come from.
# - What a closed ReLU does to the layer below and to the layer above, and when it opens again.
#
# The lesson of the same number derives all of it at more length, with a laboratory for dead ReLUs.
