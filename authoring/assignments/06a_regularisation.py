# %% [markdown]
# # What else touches gradients
#
# Four small things stand between a network and its training, and each of them changes a gradient: a
# penalty on the weights, units that are switched off by chance, a table from which rows are read,
# and a bound on the length of a step. You write the forward and the backward side of each.
#
# After each function you call `check(...)`. It compares what your function returns with numeric
# gradients and says what it found. The hidden checks are the same checks on other numbers and sizes.
#
# Where a check fails, `from autograder import example` and `args = example(embedding_backward)`
# give you the arguments of the smallest instance tried on which your function fails. Call it with
# them, `embedding_backward(*args)`, and print what you want to see.
#
# Where you do not know how to go on, `hint(embedding_backward)` gives a question; the same call
# again gives a formula, and then a tiny worked case. It never gives code.
#
# A function is graded where it stands, from the first cell to the last: what it uses has to be
# written above it. Before you hand the notebook in, restart the kernel and run all cells.
#
# You need assignment 04: the network, $J$ as the mean of the losses, and 1/m once.
#
# <details>
# <summary><b>Words</b> used here and what they mean (25)</summary>
#
# - **backward pass**: computing the derivatives, from the cost to the inputs
# - **bias**: a number that a unit adds to its weighted sum; it is learnt
# - **cache**: what a forward function keeps for its backward function
# - **cell**: in a recurrent network: the computation of one step in time; in a notebook: one box of text or code
# - **cost**: one number that says how wrong the network is on all examples together, written J: the mean of the losses
# - **example**: one set of inputs, with its label if it has one
# - **float64**: the numbers of NumPy: float64 keeps about 16 digits, float32 about 7
# - **forward pass**: computing the values, from the inputs to the cost
# - **gradient**: all partial derivatives of one number with respect to an array, in the shape of the array
# - **hidden layer**: a layer, or a unit, that is neither input nor output
# - **instance**: one set of random inputs on which a check runs your function
# - **label**: the right answer for one example
# - **layer**: one stage of a network: it takes numbers and gives numbers
# - **layout**: which axis of an array counts what. Columns or rows may be examples; and a Jacobian has two layouts of its own, numerator and denominator
# - **loss**: one number that says how wrong the network is on one example
# - **norm**: the length of a vector: the root of the sum of the squares of its entries
# - **numeric gradient**: a gradient found by running forward at inputs that were moved a little; it knows no formula
# - **parameter**: what a network learns: its weights and biases
# - **recurrent**: used again at each step in time, with the same weights
# - **ReLU**: max(0, z), entry by entry
# - **sigmoid**: 1 / (1 + exp(-z)), which makes a number between 0 and 1 of any number
# - **slope**: how fast one value moves with another: the derivative of one operation
# - **unit**: one number that a layer gives for each example, with the weights that make it
# - **weight**: a number that an input of a unit is multiplied with; it is learnt
# - **∂**: ∂J/∂w is a partial derivative: how fast J moves when w alone is moved
#
# </details>

# %% [markdown]
# ## The contract
#
# - **Layout, names and signatures** of sections 1 to 4 are those of the deep-learning specialisation,
#   course 2 week 1: columns are examples, there are three layers, and a solution made there can be
#   graded here as it is.
# - **What is differentiated.** As in 04: `dW` and `db` are derivatives of $J$. `dZ` and `dA` are
#   derivatives of the sum of the losses, to which a penalty adds nothing.
# - **Mutation.** None. A function changes no array, no dictionary and no cache that it is given.
# - **Numbers** come in as float64, and go out as floating-point numbers, float64 or float32. A mask
#   may hold integers or truth values. The slope of ReLU at exactly 0 is 0.

# %% [markdown]
# ## Symbols and shapes
#
# | in the text | in the code | shape |
# |---|---|---|
# | $X$, $Y$ | `X`, `Y`, labels 0.0 or 1.0 | $(n_x, m)$, $(1, m)$ |
# | $W^{[1]}, W^{[2]}, W^{[3]}$ | `parameters["W1"]`, ... | $(n_1, n_x)$, $(n_2, n_1)$, $(1, n_2)$ |
# | $b^{[1]}, b^{[2]}, b^{[3]}$ | `parameters["b1"]`, ... | $(n_1, 1)$, $(n_2, 1)$, $(1, 1)$ |
# | $Z^{[l]}$, $A^{[l]}$; $A^{[3]}$ is the prediction | `Z1`, `A1`, ..., `A3` | $(n_l, m)$ |
# | the strength of the penalty, $\lambda$ | `lambd` (`lambda` is a word of Python) | a number |
# | masks $D^{[1]}, D^{[2]}$ | `D1`, `D2` | $(n_1, m)$, $(n_2, m)$ |
#
# In sums, $i$ counts examples, $k$ the units of a layer and $j$ the units of the layer before it.

# %%
import numpy as np

from autograder import check, figures, hint
from autograder.datasets import river

# %% [markdown]
# The way forward without a penalty and without masks is given, and so is its cost. The hidden layers
# are ReLU layers, the last one is a sigmoid. The cache is a tuple of twelve arrays.

# %%
def relu(Z):
    return np.maximum(0, Z)


def sigmoid(Z):
    return 1 / (1 + np.exp(-Z))


def compute_cost(A3, Y):
    """The mean of the losses."""
    return float(-np.mean(Y * np.log(A3) + (1 - Y) * np.log(1 - A3)))

# %%
def forward_propagation(X, parameters):
    """A3, and the cache (Z1, A1, W1, b1, Z2, A2, W2, b2, Z3, A3, W3, b3)."""
    A, cache = X, ()
    for n in (1, 2, 3):
        W, b = parameters[f"W{n}"], parameters[f"b{n}"]
        Z = W @ A + b
        A = sigmoid(Z) if n == 3 else relu(Z)
        cache += (Z, A, W, b)
    return A, cache

# %% [markdown]
# ## 1. A cost with a second term
#
# Large weights make a network that changes fast between two neighbouring points. To keep them small,
# one adds a **penalty** to the cost: the sum of the squares of all weights of all layers, with a
# factor. It is called an L2 penalty, as the sum of squares is the squared length of a vector, and
# length in this sense is written $\|\cdot\|_2$.
#
# $$J = \underbrace{\frac{1}{m} \sum_i \mathcal{L}_i}_\text{the mean of the losses}
# + \underbrace{\frac{\lambda}{2m} \sum_l \sum_{k,j} \big(W^{[l]}_{kj}\big)^2}_\text{the penalty}$$
#
# Biases are not in it.

# %% solution="compute_cost_with_regularization"
def compute_cost_with_regularization(A3, Y, parameters, lambd):
    """The mean of the losses, and the penalty.

    Parameters
    ----------
    A3 : array, shape (1, m)
        Predictions, between 0 and 1.
    Y : array, shape (1, m)
    parameters : dict
        ``"W1"``, ``"b1"``, ``"W2"``, ``"b2"``, ``"W3"``, ``"b3"``.
    lambd : float
        Zero or more.

    Returns
    -------
    float
        J, a number and not an array of shape (1, 1).
    """
    ### BEGIN SOLUTION
    squares = sum(np.sum(parameters[f"W{n}"] ** 2) for n in (1, 2, 3))
    return compute_cost(A3, Y) + lambd / (2 * Y.shape[1]) * squares
    ### END SOLUTION

# %% free=true
check(compute_cost_with_regularization)

# %% grade="compute_cost_with_regularization__returns_the_right_shapes" points=1

# %% grade="compute_cost_with_regularization__J_is_right" points=4

# %% grade="compute_cost_with_regularization__leaves_its_inputs_unchanged" points=1

# %% [markdown]
# ## 2. The gradient of both terms
#
# Take one number: $J(w) = \ell(w) + \frac{\lambda}{2m} w^2$. The derivative of a sum is the sum of
# the derivatives, so $J'(w) = \ell'(w) + \frac{\lambda}{m} w$: the 2 from the square meets the 1/2.
# In the network each $W^{[l]}_{kj}$ has two ways to $J$ as well. One goes through $Z^{[l]}$; you know
# it from 04. The other goes into the penalty at once.

# %% [markdown] free=true
# **Derive.** Write $\partial J / \partial W^{[2]}_{kj}$ and $\partial J / \partial b^{[2]}_k$. Which
# of `dZ3`, `dA2`, `dZ2`, `dW2`, `db2` differ from those without a penalty?
#
# *Your lines:*

# %% solution="backward_propagation_with_regularization"
def backward_propagation_with_regularization(X, Y, cache, lambd):
    """The way back through three layers, for the cost with a penalty.

    Parameters
    ----------
    X : array, shape (n_x, m)
    Y : array, shape (1, m)
    cache : tuple
        The twelve arrays of `forward_propagation`.
    lambd : float

    Returns
    -------
    dict
        ``"dZ3"``, ``"dW3"``, ``"db3"``, ``"dA2"``, ``"dZ2"``, ``"dW2"``, ``"db2"``, ``"dA1"``,
        ``"dZ1"``, ``"dW1"``, ``"db1"``, each in the shape of what it belongs to.
    """
    ### BEGIN SOLUTION
    Z1, A1, W1, _, Z2, A2, W2, _, _, A3, W3, _ = cache
    m, grads, dZ = X.shape[1], {}, A3 - Y
    for n, W, A_prev, Z_prev in ((3, W3, A2, Z2), (2, W2, A1, Z1), (1, W1, X, None)):
        grads[f"dZ{n}"], grads[f"dW{n}"] = dZ, (dZ @ A_prev.T + lambd * W) / m
        grads[f"db{n}"] = dZ.sum(axis=1, keepdims=True) / m
        if n > 1:
            grads[f"dA{n - 1}"] = W.T @ dZ
            dZ = grads[f"dA{n - 1}"] * (Z_prev > 0)
    return grads
    ### END SOLUTION

# %% free=true
check(backward_propagation_with_regularization)

# %% grade="backward_propagation_with_regularization__returns_the_right_shapes" points=1

# %% grade="backward_propagation_with_regularization__dW_matches_numeric_gradient" points=6

# %% grade="backward_propagation_with_regularization__db_matches_numeric_gradient" points=3

# %% grade="backward_propagation_with_regularization__dZ_matches_numeric_gradient" points=2

# %% grade="backward_propagation_with_regularization__dA_matches_numeric_gradient" points=2

# %% grade="backward_propagation_with_regularization__leaves_its_inputs_unchanged" points=1

# %% grade="backward_propagation_with_regularization__same_answer_twice" points=1

# %% [markdown]
# ### Units that start equal
#
# With your gradient, train a network whose four units of layer 1 have equal weights at the start,
# and one whose units differ.

# %%
X, Y = river(60, np.random.default_rng(6))


def start(equal):
    """Parameters of a 2-4-3-1 network; with `equal`, the units of layer 1 are the same."""
    rng, sizes = np.random.default_rng(8), ((4, 2), (3, 4), (1, 3))
    p = {f"W{n}": rng.normal(size=size) / 1.5 for n, size in enumerate(sizes, 1)}
    p |= {f"b{n}": np.full((size[0], 1), 0.1) for n, size in enumerate(sizes, 1)}
    if equal:
        p["W1"], p["W2"] = np.tile(p["W1"][:1], (4, 1)), np.tile(p["W2"][:, :1], (1, 4))
    return p

# %%
def train(p, lambd, updates=300, rate=0.3):
    """The parameters after so many updates, and the first weight of each unit of layer 1."""
    seen = []
    for _ in range(updates):
        seen.append(p["W1"][:, 0])
        grads = backward_propagation_with_regularization(X, Y, forward_propagation(X, p)[1], lambd)
        p = {name: value - rate * grads[f"d{name}"] for name, value in p.items()}
    return p, np.array(seen)

# %% [markdown] free=true
# **Predict.** After 300 updates, how many different units has each of the two networks in layer 1?
#
# *Your prediction:*

# %%
runs = {"equal at the start": train(start(True), 0.0)[1]}
runs["different at the start"] = train(start(False), 0.0)[1]
figures.separating_picture(runs)

# %% [markdown]
# The answer: one, and four. Equal units with equal weights towards the next layer get the same $Z$,
# the same $dZ$ and the same update. No number of updates makes them differ. Weights that start at
# zero are the best-known case of it.

# %% [markdown] free=true
# **Predict.** Now the penalty: with $\lambda$ = 6 and 60 examples, will the sum of all squared
# weights after training be larger, smaller, or about the same as with $\lambda$ = 0? And the cost
# without its penalty?
#
# *Your prediction:*

# %%
for lambd in (0.0, 0.6, 6.0):
    p, _ = train(start(False), lambd, updates=1500)
    squares = sum(float(np.sum(p[f"W{n}"] ** 2)) for n in (1, 2, 3))
    cost = compute_cost(forward_propagation(X, p)[0], Y)
    print(f"lambd = {lambd}: sum of squared weights {squares:6.1f}, mean of the losses {cost:.3f}")

# %% [markdown]
# Smaller weights, and a larger mean of the losses on these examples: it is a price that is paid. What
# it buys, lesson 06a shows in section 2.

# %% [markdown]
# ## 3. Units that are switched off: forward
#
# **Dropout** switches units of the hidden layers off by chance, others for each example and at each
# forward pass, so that no unit can rely on a single other one. Behind the ReLU stands a **mask** $D$
# of zeros and ones. An entry is 1, the unit is *kept*, with probability `keep_prob`:
#
# $$A^{[1]} = \text{relu}(Z^{[1]}) * D^{[1]} \,/\, \text{keep\_prob}.$$
#
# Why the division? Take one unit with $\text{relu}(z) = h$. With probability $p$ it sends on $h/p$,
# else 0. On average that is $p \cdot h/p + (1 - p) \cdot 0 = h$. So the next layer gets the same as
# without dropout, on average, and where the trained network is used nothing needs to be scaled.
#
# A uniform random number in $[0, 1)$ is smaller than $p$ with probability $p$.

# %% solution="forward_propagation_with_dropout"
def forward_propagation_with_dropout(X, parameters, keep_prob=0.5):
    """The way forward with dropout behind both hidden layers.

    Parameters
    ----------
    X : array, shape (n_x, m)
    parameters : dict
        As in section 1.
    keep_prob : float
        The probability that a unit is kept, above 0 and at most 1. With 1 none is dropped.

    Returns
    -------
    A3 : array, shape (1, m)
    cache : tuple
        (Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3) in this order. D1 and D2 are the
        masks, in the shapes of Z1 and Z2, each entry drawn by itself; A1 and A2 are masked and
        scaled. Where the random numbers come from is your choice.
    """
    ### BEGIN SOLUTION
    rng, A, cache = np.random.default_rng(), X, ()
    for n in (1, 2):
        W, b = parameters[f"W{n}"], parameters[f"b{n}"]
        Z = W @ A + b
        D = rng.random(Z.shape) < keep_prob
        A = relu(Z) * D / keep_prob
        cache += (Z, D, A, W, b)
    Z3 = parameters["W3"] @ A + parameters["b3"]
    A3 = sigmoid(Z3)
    return A3, (*cache, Z3, A3, parameters["W3"], parameters["b3"])
    ### END SOLUTION

# %% free=true
check(forward_propagation_with_dropout)

# %% grade="forward_propagation_with_dropout__returns_the_right_shapes" points=1

# %% grade="forward_propagation_with_dropout__A3_is_right" points=1

# %% grade="forward_propagation_with_dropout__draws_masks_with_keep_prob" points=4

# %% grade="forward_propagation_with_dropout__masks_and_scales" points=5

# %% grade="forward_propagation_with_dropout__leaves_its_inputs_unchanged" points=1

# %% [markdown]
# ## 4. Units that are switched off: backward
#
# Once it is drawn, a mask is a table of constants, and $D / \text{keep\_prob}$ a factor like any
# other. One unit, one example: $a = h \cdot d / p$, so $\partial a / \partial h = d/p$. What comes
# back is multiplied by what went forward was multiplied by: **by the same mask**. Whether $J$ was
# computed with a unit is a fact of the forward pass; a mask that is drawn anew belongs to a network
# that nobody ran.

# %% [markdown] free=true
# **Predict.** A unit was off for every example of this pass. What are its row of `dW1` and its entry
# of `db1`? And the column of `dW2` that belongs to it?
#
# *Your prediction:*

# %% solution="backward_propagation_with_dropout"
def backward_propagation_with_dropout(X, Y, cache, keep_prob):
    """The way back of the network with dropout, for the mean of the losses, without a penalty.

    Parameters
    ----------
    X : array, shape (n_x, m)
    Y : array, shape (1, m)
    cache : tuple
        The fourteen arrays, in the order of `forward_propagation_with_dropout`.
    keep_prob : float

    Returns
    -------
    dict
        With the same keys as before. ``"dA1"`` and ``"dA2"`` belong to the outputs of the two
        ReLUs, before the mask: the mask and the division by keep_prob are in them already.
    """
    ### BEGIN SOLUTION
    Z1, D1, A1, W1, _, Z2, D2, A2, W2, _, _, A3, W3, _ = cache
    m, grads, dZ = X.shape[1], {}, A3 - Y
    for n, W, A_prev, Z, D in ((3, W3, A2, Z2, D2), (2, W2, A1, Z1, D1), (1, W1, X, X, X)):
        grads[f"dZ{n}"], grads[f"dW{n}"] = dZ, dZ @ A_prev.T / m
        grads[f"db{n}"] = dZ.sum(axis=1, keepdims=True) / m
        if n > 1:
            grads[f"dA{n - 1}"] = W.T @ dZ * D / keep_prob
            dZ = grads[f"dA{n - 1}"] * (Z > 0)
    return grads
    ### END SOLUTION

# %% free=true
check(backward_propagation_with_dropout)

# %% grade="backward_propagation_with_dropout__returns_the_right_shapes" points=1

# %% grade="backward_propagation_with_dropout__uses_the_masks_of_the_cache" points=2

# %% grade="backward_propagation_with_dropout__dW_matches_numeric_gradient" points=5

# %% grade="backward_propagation_with_dropout__db_matches_numeric_gradient" points=3

# %% grade="backward_propagation_with_dropout__dZ_matches_numeric_gradient" points=2

# %% grade="backward_propagation_with_dropout__dA_matches_numeric_gradient" points=3

# %% grade="backward_propagation_with_dropout__leaves_its_inputs_unchanged" points=1

# %% grade="backward_propagation_with_dropout__same_answer_twice" points=1

# %%
p = start(False)
Z1, D1, A1, W1, b1, *rest = forward_propagation_with_dropout(X, p, 0.5)[1]
D1 = 1.0 * D1
D1[0] = 0.0  # unit 1 is off for every example; what stands behind it is computed anew

# %%
A1 = relu(Z1) * D1 / 0.5
Z2, D2 = p["W2"] @ A1 + p["b2"], rest[1]
A2 = relu(Z2) * D2 / 0.5
Z3 = p["W3"] @ A2 + p["b3"]
made = (Z1, D1, A1, W1, b1, Z2, D2, A2, p["W2"], p["b2"], Z3, sigmoid(Z3), p["W3"], p["b3"])
g = backward_propagation_with_dropout(X, Y, made, 0.5)
for name, found in (("row of dW1", g["dW1"][0]), ("column of dW2", g["dW2"][:, 0])):
    print(f"{name}: all zero is {not found.any()}")
print(f"entry of db1: zero is {not g['db1'][0].any()}")

# %% [markdown]
# All zero: the row and the entry because nothing comes back to the unit, the column because nothing
# came out of it.

# %% [markdown]
# ## 5. A table from which rows are read
#
# Words are not numbers. A network that reads words has a table $W$ with one row of $D$ numbers for
# each of the $V$ words of its vocabulary, and the first thing that it does with word number $v$ is to
# read row $v$. Such a row is called an **embedding**, and the table is trained like any other weight.
#
# `words[n, t]` is the number of the word at place $t$ of sequence $n$, a whole number from 0 to
# $V - 1$. Here rows are examples, as in CS231n; $D$ is a width now, not a mask.
#
# $$\text{out}[n, t] = W[\text{words}[n, t]]$$

# %% solution="embedding_forward"
def embedding_forward(words, W):
    """Read the rows of W that words names.

    Parameters
    ----------
    words : array of int, shape (N, T)
    W : array, shape (V, D)

    Returns
    -------
    out : array, shape (N, T, D)
    """
    ### BEGIN SOLUTION
    return W[words]
    ### END SOLUTION

# %% free=true
check(embedding_forward)

# %% grade="embedding_forward__returns_the_right_shapes" points=1

# %% grade="embedding_forward__out_is_right" points=2

# %% grade="embedding_forward__leaves_its_inputs_unchanged" points=1

# %% [markdown]
# Row $v$ of $W$ is copied to each place where word $v$ stands. What is copied to several places has
# several ways to $J$, and the derivative is the sum over them (01):
#
# $$dW[v] = \sum_{n,t:\ \text{words}[n,t] = v} \text{dout}[n, t] .$$

# %% [markdown] free=true
# **Predict.** `dW = np.zeros((4, 1))`, then `dW[np.array([3, 1, 3])] += np.ones((3, 1))`. What is
# `dW[3]`? Run it in a cell of your own only after you have written your answer.
#
# *Your prediction:*

# %% solution="embedding_backward"
def embedding_backward(dout, words, V):
    """The gradient of the table.

    Parameters
    ----------
    dout : array, shape (N, T, D)
        Derivative of J with respect to out.
    words : array of int, shape (N, T)
    V : int
        The number of rows of the table. Words that stand nowhere have rows, too: of zeros.

    Returns
    -------
    dW : array, shape (V, D)
    """
    ### BEGIN SOLUTION
    dW = np.zeros((V, dout.shape[-1]))
    np.add.at(dW, words, dout)
    return dW
    ### END SOLUTION

# %% free=true
check(embedding_backward)

# %% grade="embedding_backward__returns_the_right_shapes" points=1

# %% grade="embedding_backward__dW_matches_numeric_gradient" points=6

# %% grade="embedding_backward__leaves_its_inputs_unchanged" points=1

# %% grade="embedding_backward__same_answer_twice" points=1

# %% [markdown]
# `dW[3]` is 1, not 2. `dW[index] += v` is `dW[index] = dW[index] + v`: NumPy reads all the old values
# first, adds, and then writes; of two values for one row the last one stays.

# %% [markdown]
# ## 6. Two ways to clip
#
# A gradient of a network that reads long sequences can be a thousand times as large at one place as
# at its neighbour (08). One update along it ruins what a hundred before it have learnt. So gradients
# are **clipped** before the update, in one of two ways:
#
# - *by value*: each entry of each array is brought into the range from $-c$ to $c$;
# - *by norm*: with $\|g\| = \sqrt{\text{the sum of the squares of all entries of all arrays}}$,
#   every array is multiplied by the same factor $c / \|g\|$ if $\|g\| > c$, and by 1 if not.
#
# In the checks, `gradients` has the keys of the specialisation's course 5: `"dWaa"`, `"dWax"`,
# `"dWya"`, `"db"` and `"dby"`, of the recurrent network that unit 07 is about. What they belong to
# does not matter here.

# %% solution="clip_by_value"
def clip_by_value(gradients, maxValue):
    """Clip each entry by itself.

    Parameters
    ----------
    gradients : dict of array
    maxValue : float
        Above 0.

    Returns
    -------
    dict of array
        New arrays under the same keys.
    """
    ### BEGIN SOLUTION
    return {name: np.clip(g, -maxValue, maxValue) for name, g in gradients.items()}
    ### END SOLUTION

# %% free=true
check(clip_by_value)

# %% grade="clip_by_value__returns_the_right_shapes" points=1

# %% grade="clip_by_value__clips" points=3

# %% grade="clip_by_value__leaves_its_inputs_unchanged" points=2

# %% solution="clip_by_norm"
def clip_by_norm(gradients, max_norm):
    """Scale all arrays by one factor, if their common norm is above max_norm.

    Parameters
    ----------
    gradients : dict of array
        May be zeros: then zeros come out.
    max_norm : float
        Above 0.

    Returns
    -------
    dict of array
        New arrays under the same keys.
    """
    ### BEGIN SOLUTION
    norm = np.sqrt(sum(np.sum(g**2) for g in gradients.values()))
    factor = max_norm / norm if norm > max_norm else 1.0
    return {name: factor * g for name, g in gradients.items()}
    ### END SOLUTION

# %% free=true
check(clip_by_norm)

# %% grade="clip_by_norm__returns_the_right_shapes" points=1

# %% grade="clip_by_norm__clips" points=5

# %% grade="clip_by_norm__a_gradient_of_zeros_stays_zero" points=1

# %% grade="clip_by_norm__leaves_its_inputs_unchanged" points=1

# %% [markdown] free=true
# **Predict.** The gradient (0.9, 4) is clipped at 1. Which two arrows come out, and against which of
# them does a step still go down the steepest way?
#
# *Your prediction:*

# %%
names = ("dWaa", "dWax", "dWya", "db", "dby")
g = {name: np.zeros((1, 1)) for name in names}
g["dWax"] += 0.9
g["db"] += 4.0


def arrow(gradients):
    """The two entries that are not zero."""
    return np.array([gradients["dWax"][0, 0], gradients["db"][0, 0]])


figures.clips_picture(arrow(g), arrow(clip_by_value(g, 1.0)), arrow(clip_by_norm(g, 1.0)), 1.0)

# %% [markdown]
# By value: (0.9, 1), which is 29° away from where the gradient pointed, and longer than 1. By norm:
# (0.22, 0.98), the same direction, of length 1. A step against it goes down the steepest way still,
# only less far.

# %% [markdown]
# ## 7. Bug hunt
#
# Eight slips of this unit. Four of them made the numbers below, no two the same one.
#
# | id | what was written |
# |---|---|
# | `l2-forgotten` | `dW` without $\lambda$ |
# | `l2-factor` | another factor than $\lambda/m$ before $W$ |
# | `l2-on-bias` | $\frac{\lambda}{m} b$ in `db`, too |
# | `dropout-mask-forgotten` | `dA1` without `D1` |
# | `dropout-not-scaled` | `dA1` without 1/keep_prob |
# | `index-add-duplicates` | `dW[words] += dout` |
# | `clip-value-vs-norm` | clipped piece by piece, where one factor was meant |
# | `clip-below-the-limit` | scaled to `max_norm` also where the norm is smaller |

# %%
case_A = {  # three entries of one dW; lambd = 4, m = 8
    "W": [2.0, -1.0, 0.5],
    "dW without a penalty": [0.3, 0.1, -0.2],
    "returned": [2.3, -0.9, 0.3],
}
case_B = {  # five entries of dA1; keep_prob = 0.8
    "D1": [1, 0, 1, 1, 0],
    "W2ᵀ dZ2": [0.8, -0.4, 0.2, -1.2, 0.6],
    "returned": [0.8, 0.0, 0.2, -1.2, 0.0],
}

# %%
case_C = {  # D = 1; words are 3, 1, 3, 0, 3, 1
    "word": [0, 1, 2, 3],
    "sum of dout over its places": [0.7, 0.5, 0.0, 1.5],
    "returned": [0.7, -0.4, 0.0, -1.0],
}
case_D = {  # max_norm = 6.5; three gradients of two arrays with one entry each
    "came in": ["(5, 12)", "(9, 40)", "(3, 4)"],
    "came out": ["(5, 6.5)", "(6.5, 6.5)", "(3, 4)"],
}

# %%
def evidence(case, caption):
    """A case as a table."""
    rows = [tuple(str(value) for value in (name, *values)) for name, values in case.items()]
    head = ("", *(str(n) for n in range(1, len(rows[0]))))
    return figures.Table(head, rows, caption=caption)


evidence(case_A, "Bug A: three entries of one dW; lambd = 4, m = 8")

# %%
evidence(case_B, "Bug B: five entries of dA1; keep_prob = 0.8")

# %%
evidence(case_C, "Bug C: the four rows of a table with one column; words are 3, 1, 3, 0, 3, 1")

# %%
evidence(case_D, "Bug D: three gradients of two arrays with one entry each; max_norm = 6.5")

# %% [markdown]
# Compute for each case what should have been returned. Then look at the difference, or at the ratio.
#
# Name the bugs: a dictionary `answers_06a` with the keys `"A"` to `"D"`.

# %% solution="answers_06a"
# answers_06a = {"A": "an id from the list", "B": ..., "C": ..., "D": ...}
### BEGIN SOLUTION
answers_06a = {
    "A": "l2-factor",
    "B": "dropout-not-scaled",
    "C": "index-add-duplicates",
    "D": "clip-value-vs-norm",
}
### END SOLUTION

# %% free=true

# %% grade="answers_06a__names_case_A" points=2
# answers_06a: names case A (2 points)
### BEGIN HIDDEN TESTS
from autograder import grade
grade("answers_06a__names_case_A", globals(), key="l2-factor")
### END HIDDEN TESTS

# %% grade="answers_06a__names_case_B" points=2
# answers_06a: names case B (2 points)
### BEGIN HIDDEN TESTS
from autograder import grade
grade("answers_06a__names_case_B", globals(), key="dropout-not-scaled")
### END HIDDEN TESTS

# %% grade="answers_06a__names_case_C" points=2
# answers_06a: names case C (2 points)
### BEGIN HIDDEN TESTS
from autograder import grade
grade("answers_06a__names_case_C", globals(), key="index-add-duplicates")
### END HIDDEN TESTS

# %% grade="answers_06a__names_case_D" points=2
# answers_06a: names case D (2 points)
### BEGIN HIDDEN TESTS
from autograder import grade
grade("answers_06a__names_case_D", globals(), key="clip-value-vs-norm")
### END HIDDEN TESTS

# %% [markdown]
# ## What you can now say
#
# - Why a penalty adds $\frac{\lambda}{m} W$ to `dW`, and nothing to `db`, `dZ` and `dA`.
# - Why the way back needs the mask of the way forward, and who divides by `keep_prob`.
# - Why a word that stands three times gets a sum of three terms, and what `+=` with an index does.
# - What clipping by value does to the direction of a step, and clipping by norm does not.
#
# The lesson of the same number says it at more length.
