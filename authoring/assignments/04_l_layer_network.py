# %% [markdown]
# # Back-propagation through an L-layer network
#
# You write the forward and the backward pass of a network of any depth, in both conventions of the
# field, prove that they agree, train the network, and then read other people's bugs from their
# numbers.
#
# After each function you call `check(...)`. It compares what your function returns with numeric
# gradients and says what it found. The cells below it, each with a sentence and its points, are the
# hidden checks: the same questions on other numbers, sizes and depths.
#
# Where a check fails, `from autograder import example` and `args = example(linear_backward)`
# give you the arguments of the smallest instance tried on which your function fails. Call it with
# them, `linear_backward(*args)`, and print what you want to see.
#
# Where you do not know how to go on, `hint(linear_backward)` gives a question; the same call again
# gives a formula, and then a tiny worked case. It never gives code.
#
# A function is graded where it stands, from the first cell to the last: what it uses has to be
# written above it. Before you hand the notebook in, restart the kernel and run all cells.
#
# You need the chain rule and NumPy's `@` and `*`; everything else is derived here.
#
# <details>
# <summary><b>Words</b> used here and what they mean (34)</summary>
#
# - **activation**: the function that a layer applies to each number by itself: ReLU, sigmoid, tanh
# - **axis**: one direction of an array: a table has axis 0, down its rows, and axis 1, along its columns
# - **back-propagation**: the way of computing all derivatives of one number in one pass, from the end of a graph to its beginning
# - **backward pass**: computing the derivatives, from the cost to the inputs
# - **bias**: a number that a unit adds to its weighted sum; it is learnt
# - **cache**: what a forward function keeps for its backward function
# - **cell**: in a recurrent network: the computation of one step in time; in a notebook: one box of text or code
# - **chain rule**: the derivative along a path is the product of the slopes on it; over several paths, the sum of these products
# - **cost**: one number that says how wrong the network is on all examples together, written J: the mean of the losses
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
# - **oracle**: the part of this course that finds a gradient from the way forward alone, by numbers; it judges yours
# - **parameter**: what a network learns: its weights and biases
# - **path**: a way through a graph, from wire to wire
# - **ReLU**: max(0, z), entry by entry
# - **sigmoid**: 1 / (1 + exp(-z)), which makes a number between 0 and 1 of any number
# - **slope**: how fast one value moves with another: the derivative of one operation
# - **unit**: one number that a layer gives for each example, with the weights that make it
# - **weight**: a number that an input of a unit is multiplied with; it is learnt
# - **wire**: in a graph: the way from one value into another that uses it
# - **∂**: ∂J/∂w is a partial derivative: how fast J moves when w alone is moved
#
# </details>

# %% [markdown]
# ## The contract
#
# - **Layout.** Columns are examples: $A^{[l]}$ has shape $(n_l, m)$.
# - **What is differentiated.** $S = \sum_i \mathcal{L}_i$ is the sum of the losses, $J = S/m$ their
#   mean. `dW` and `db` are always derivatives of $J$. `dZ` and `dA` are derivatives of $S$
#   (**L convention**), except in `L_model_backward_J`, where they are derivatives of $J$.
# - **Names.** `dA{l}` is the derivative with respect to $A^{[l]}$, so `dA0` belongs to $X$. (Some
#   courses' solutions call it `dA{l+1}`.) Each `dZ{l}` is asked for, too.
# - **Mutation.** None. A function changes no array, no list and no dictionary that it is given.
# - **Caches** are yours, in any form: the checks hand your backward what your forward returned.
# - **Numbers** come in as float64, and go out as floating-point numbers, float64 or float32. The
#   slope of ReLU at exactly 0 is 0.

# %% [markdown]
# ## Symbols and shapes
#
# | in the text | in the code | shape |
# |---|---|---|
# | $X = A^{[0]}$ | `X`, `A_prev` of layer 1 | $(n_0, m)$ |
# | $Y$ | `Y`, entries 0.0 or 1.0 | $(1, m)$ |
# | $W^{[l]}$ | `parameters["W2"]`, `grads["dW2"]` | $(n_l, n_{l-1})$ |
# | $b^{[l]}$ | `parameters["b2"]`, `grads["db2"]` | $(n_l, 1)$ |
# | $Z^{[l]}$ | `Z`, `grads["dZ2"]` | $(n_l, m)$ |
# | $A^{[l]} = g(Z^{[l]})$ | `A`, `grads["dA2"]` | $(n_l, m)$ |
# | $A^{[L]}$ | `AL` | $(1, m)$ |
# | $J$ | `J` | a number |
#
# In sums, $i$ counts examples, $k$ the units of a layer and $j$ the units of the layer before it.

# %%
import numpy as np

from autograder import check, figures, hint
from autograder.datasets import river

# %% [markdown]
# The two activations are given, forward only.

# %%
def relu(Z):
    """The larger of 0 and Z, entry by entry; Z and the result have the same shape."""
    return np.maximum(0, Z)


def sigmoid(Z):
    """1 / (1 + exp(-Z)), entry by entry; Z and the result have the same shape."""
    return 1 / (1 + np.exp(-Z))

# %% [markdown]
# ## 1. Where to start: the parameters
#
# A unit adds $n_{l-1}$ terms $w_j a_j$. With independent weights of mean 0,
# $\text{Var}(z) = n_{l-1}\, \text{Var}(w)\, E[a^2]$. A ReLU lets half of a symmetric $z$ through,
# so $E[a^2] = \text{Var}(z_\text{before}) / 2$. Signals keep their size from layer to layer if
#
# $$\text{Var}(w) = \frac{2}{n_{l-1}} .$$
#
# This is He's initialisation: standard normal numbers times $\sqrt{2 / n_{l-1}}$, biases 0. Layer 1
# is an exception to the derivation: its inputs have passed no ReLU, so
# $\text{Var}(z^{[1]}) = 2\, E[x^2]$, twice the size of the inputs. From there on the size is kept.
# One scale for all layers is the simpler rule, and the one that the check wants.

# %% [markdown] free=true
# **Predict.** If all weights of a layer start at the same value, what will two units of that layer
# have in common after 1000 updates?
#
# *Your prediction:*

# %% solution="initialize_parameters_deep"
def initialize_parameters_deep(layer_dims, seed=1):
    """Random weights at He's scale, zero biases.

    Parameters
    ----------
    layer_dims : sequence of int
        (n_0, n_1, ..., n_L).
    seed : int
        Seed of the one random generator: the same seed gives the same numbers, another seed
        other numbers, and no layer repeats the numbers of another.

    Returns
    -------
    dict
        ``"W1"``, shape (n_1, n_0): standard normal times sqrt(2 / n_0);
        ``"b1"``, shape (n_1, 1): zeros; and so on to ``"WL"`` and ``"bL"``, and nothing else.
    """
    ### BEGIN SOLUTION
    rng = np.random.default_rng(seed)
    parameters = {}
    for layer in range(1, len(layer_dims)):
        n_in, n_out = layer_dims[layer - 1], layer_dims[layer]
        parameters[f"W{layer}"] = rng.standard_normal((n_out, n_in)) * np.sqrt(2 / n_in)
        parameters[f"b{layer}"] = np.zeros((n_out, 1))
    return parameters
    ### END SOLUTION

# %% free=true
check(initialize_parameters_deep)

# %% grade="initialize_parameters_deep__breaks_symmetry_at_the_right_scale" points=2

# %% grade="initialize_parameters_deep__follows_its_seed" points=1

# %% [markdown]
# ## 2. Forward
#
# One layer is a linear map and an activation:
#
# $$Z_{ki} = \sum_j W_{kj} A_{ji} + b_k, \qquad A_{ki} = g(Z_{ki}).$$
#
# The sum runs over $j$, the index inside, so it is `@`. The bias has one number for each unit and
# is copied to every example. The activation acts on each entry alone.
#
# A forward function also returns a **cache**: whatever its backward will want to know.

# %% solution="linear_forward"
def linear_forward(A, W, b):
    """The linear part of one layer.

    Parameters
    ----------
    A : array, shape (n_prev, m)
        Activations of the layer before, or X.
    W : array, shape (n, n_prev)
    b : array, shape (n, 1)

    Returns
    -------
    Z : array, shape (n, m)
    cache : object
        What `linear_backward` will need; its form is your choice.
    """
    ### BEGIN SOLUTION
    Z = W @ A + b
    return Z, (A, W, b)
    ### END SOLUTION

# %% free=true
check(linear_forward)

# %% grade="linear_forward__returns_the_right_shapes" points=1

# %% grade="linear_forward__Z_is_right" points=1

# %% grade="linear_forward__leaves_its_inputs_unchanged" points=1

# %% solution="linear_activation_forward"
def linear_activation_forward(A_prev, W, b, activation):
    """One whole layer: the linear part, then the activation.

    Parameters
    ----------
    A_prev : array, shape (n_prev, m)
    W : array, shape (n, n_prev)
    b : array, shape (n, 1)
    activation : str
        ``"relu"`` or ``"sigmoid"``.

    Returns
    -------
    A : array, shape (n, m)
    cache : object
        What `linear_activation_backward` will need; its form is your choice.
    """
    ### BEGIN SOLUTION
    Z, linear_cache = linear_forward(A_prev, W, b)
    A = relu(Z) if activation == "relu" else sigmoid(Z)
    return A, (linear_cache, Z)
    ### END SOLUTION

# %% free=true
check(linear_activation_forward)

# %% grade="linear_activation_forward__returns_the_right_shapes" points=1

# %% grade="linear_activation_forward__A_is_right" points=2

# %% grade="linear_activation_forward__leaves_its_inputs_unchanged" points=1

# %% [markdown]
# The network is a chain: layers $1, \dots, L - 1$ are linear then ReLU, layer $L$ is linear then
# sigmoid. With $L = 1$ there is no ReLU at all. How many layers there are is written in
# `parameters`: two entries for each.

# %% solution="L_model_forward"
def L_model_forward(X, parameters):
    """(LINEAR -> RELU) * (L - 1) -> LINEAR -> SIGMOID.

    Parameters
    ----------
    X : array, shape (n_0, m)
    parameters : dict
        ``"W1"``, shape (n_1, n_0), ``"b1"``, shape (n_1, 1), ..., ``"WL"``, ``"bL"``.

    Returns
    -------
    AL : array, shape (1, m)
        The outputs of the last layer, between 0 and 1.
    caches : object
        What your backward functions will need; most people take a list, one cache a layer.
    """
    ### BEGIN SOLUTION
    L = len(parameters) // 2
    A, caches = X, []
    for layer in range(1, L + 1):
        W, b = parameters[f"W{layer}"], parameters[f"b{layer}"]
        A, cache = linear_activation_forward(A, W, b, "relu" if layer < L else "sigmoid")
        caches.append(cache)
    return A, caches
    ### END SOLUTION

# %% free=true
check(L_model_forward)

# %% grade="L_model_forward__returns_the_right_shapes" points=1

# %% grade="L_model_forward__AL_is_right" points=2

# %% grade="L_model_forward__leaves_its_inputs_unchanged" points=1

# %% [markdown]
# ## 3. The cost
#
# The network says $a_i$ for "the label is 1". The probability that it gave to the label which came
# true is $a_i$ if $y_i = 1$ and $1 - a_i$ if $y_i = 0$. The loss is minus its logarithm, and the
# cost is the mean of the losses:
#
# $$\mathcal{L}_i = -y_i \log a_i - (1 - y_i) \log (1 - a_i), \qquad
# J = \frac{1}{m} \sum_{i=1}^m \mathcal{L}_i .$$
#
# A network that always says 1/2 has $J = \log 2 \approx 0.69$, whatever $m$ is.

# %% solution="compute_cost"
def compute_cost(AL, Y):
    """The mean cross-entropy.

    Parameters
    ----------
    AL : array, shape (1, m)
        Outputs, between 0 and 1.
    Y : array, shape (1, m)
        Labels, 0.0 or 1.0.

    Returns
    -------
    J : float
        Or an array without axes; not one of shape (1, 1).
    """
    ### BEGIN SOLUTION
    losses = -Y * np.log(AL) - (1 - Y) * np.log(1 - AL)
    return float(np.mean(losses))
    ### END SOLUTION

# %% free=true
check(compute_cost)

# %% grade="compute_cost__returns_the_right_shapes" points=1

# %% grade="compute_cost__J_is_the_mean_of_the_losses" points=2

# %% grade="compute_cost__leaves_its_inputs_unchanged" points=1

# %% [markdown]
# ## 4. Backward through one linear layer
#
# Take one unit, two inputs, two examples:
#
# $$z_1 = w_1 a_{11} + w_2 a_{21} + b, \qquad z_2 = w_1 a_{12} + w_2 a_{22} + b.$$
#
# The sum of the losses $S$ depends on all of these only through $z_1$ and $z_2$. Call its slopes
# there $dz_1, dz_2$. A number that goes two ways collects from both:
#
# $$\frac{\partial S}{\partial w_1} = dz_1\, a_{11} + dz_2\, a_{12}, \qquad
# \frac{\partial S}{\partial b} = dz_1 + dz_2, \qquad
# \frac{\partial S}{\partial a_{11}} = w_1\, dz_1 .$$

# %% [markdown]
# For any size, ask which entries of $Z_{ki} = \sum_j W_{kj} A_{ji} + b_k$ each number touches:
#
# $$\frac{\partial S}{\partial W_{kj}} = \sum_i dZ_{ki} A_{ji}, \qquad
# \frac{\partial S}{\partial b_k} = \sum_i dZ_{ki}, \qquad
# dA_{ji} = \sum_k W_{kj}\, dZ_{ki} .$$
#
# These are derivatives of $S$. The contract wants `dW` and `db` of $J = S/m$, and `dA_prev` of $S$:
# so $1/m$ stands before the first two and not before the third.

# %% [markdown] free=true
# **Derive and predict.** Write the three sums as matrix products or sums along an axis. Then the
# shapes, for `W` of shape (3, 4) and m = 7: which of the products would still run if you forgot a
# transpose, and when would *no* error warn you?
#
# *Your lines:*

# %% solution="linear_backward"
def linear_backward(dZ, cache):
    """Backward through Z = W A_prev + b, in the L convention.

    Parameters
    ----------
    dZ : array, shape (n, m)
        Derivative of the sum of the losses with respect to Z.
    cache : object
        As returned by your `linear_forward`.

    Returns
    -------
    dA_prev : array, shape (n_prev, m)
        Derivative of the sum of the losses.
    dW : array, shape (n, n_prev)
        Derivative of J, the mean of the losses.
    db : array, shape (n, 1)
        Derivative of J, the mean of the losses.
    """
    ### BEGIN SOLUTION
    A_prev, W, _ = cache
    m = A_prev.shape[1]
    dW = dZ @ A_prev.T / m
    db = dZ.sum(axis=1, keepdims=True) / m
    dA_prev = W.T @ dZ
    return dA_prev, dW, db
    ### END SOLUTION

# %% free=true
check(linear_backward)

# %% grade="linear_backward__returns_the_right_shapes" points=1

# %% grade="linear_backward__dA_prev_matches_numeric_gradient" points=3

# %% grade="linear_backward__dW_matches_numeric_gradient" points=3

# %% grade="linear_backward__db_matches_numeric_gradient" points=3

# %% grade="linear_backward__leaves_its_inputs_unchanged" points=1

# %% grade="linear_backward__same_answer_twice" points=1

# %% [markdown]
# ## 5. Backward through the activation
#
# Each entry of $Z$ touches one entry of $A$, so nothing is summed:
# $dZ_{ki} = dA_{ki}\, g'(Z_{ki})$, an entrywise `*`. (As a matrix, the Jacobian of $g$ is diagonal;
# a product with a diagonal matrix is `*`.)
#
# - ReLU: $g'(z)$ is 1 if $z > 0$, else 0. The gate was set by $Z$ on the way forward; the sign of
#   the gradient has no say.
# - Sigmoid: $g'(z) = \dfrac{e^{-z}}{(1 + e^{-z})^2} = a\,(1 - a)$ with $a = g(z)$.

# %% [markdown] free=true
# **Predict.** What does `dA[Z <= 0] = 0` do to the array of whoever called your function?
#
# *Your prediction:*

# %% solution="relu_backward"
def relu_backward(dA, Z):
    """Backward through A = max(0, Z).

    Parameters
    ----------
    dA : array, shape (n, m)
        Derivative of any scalar with respect to A.
    Z : array, shape (n, m)

    Returns
    -------
    dZ : array, shape (n, m)
        Derivative of the same scalar; `dA` itself is left as it was.
    """
    ### BEGIN SOLUTION
    return dA * (Z > 0)
    ### END SOLUTION

# %% free=true
check(relu_backward)

# %% grade="relu_backward__returns_the_right_shapes" points=1

# %% grade="relu_backward__dZ_matches_numeric_gradient" points=2

# %% grade="relu_backward__leaves_its_inputs_unchanged" points=1

# %% grade="relu_backward__same_answer_twice" points=1

# %% solution="sigmoid_backward"
def sigmoid_backward(dA, Z):
    """Backward through A = sigmoid(Z).

    Parameters
    ----------
    dA : array, shape (n, m)
        Derivative of any scalar with respect to A.
    Z : array, shape (n, m)

    Returns
    -------
    dZ : array, shape (n, m)
        Derivative of the same scalar; `dA` itself is left as it was.
    """
    ### BEGIN SOLUTION
    A = sigmoid(Z)
    return dA * A * (1 - A)
    ### END SOLUTION

# %% free=true
check(sigmoid_backward)

# %% grade="sigmoid_backward__returns_the_right_shapes" points=1

# %% grade="sigmoid_backward__dZ_matches_numeric_gradient" points=2

# %% grade="sigmoid_backward__leaves_its_inputs_unchanged" points=1

# %% grade="sigmoid_backward__same_answer_twice" points=1

# %% [markdown]
# ## 6. Backward through one whole layer
#
# Forward went linear, then activation. Backward goes through the activation first: $dA \to dZ$,
# then $dZ \to dA_{prev}, dW, db$. Both halves are written; this function joins them.

# %% solution="linear_activation_backward"
def linear_activation_backward(dA, cache, activation):
    """Backward through one layer, in the L convention.

    Parameters
    ----------
    dA : array, shape (n, m)
        Derivative of the sum of the losses with respect to this layer's A.
    cache : object
        As returned by your `linear_activation_forward`.
    activation : str
        ``"relu"`` or ``"sigmoid"``, the one that made A.

    Returns
    -------
    dA_prev : array, shape (n_prev, m)
        Derivative of the sum of the losses.
    dW, db : array, shape (n, n_prev), and array, shape (n, 1)
        Derivatives of J, the mean of the losses.
    """
    ### BEGIN SOLUTION
    linear_cache, Z = cache
    backward = {"relu": relu_backward, "sigmoid": sigmoid_backward}[activation]
    return linear_backward(backward(dA, Z), linear_cache)
    ### END SOLUTION

# %% free=true
check(linear_activation_backward)

# %% grade="linear_activation_backward__returns_the_right_shapes" points=1

# %% grade="linear_activation_backward__dA_prev_matches_numeric_gradient" points=2

# %% grade="linear_activation_backward__dW_matches_numeric_gradient" points=2

# %% grade="linear_activation_backward__db_matches_numeric_gradient" points=2

# %% grade="linear_activation_backward__leaves_its_inputs_unchanged" points=1

# %% grade="linear_activation_backward__same_answer_twice" points=1

# %% [markdown]
# ## 7. Backward through the network: the L convention
#
# The way back starts at the loss. For one example
#
# $$\frac{d\mathcal{L}}{da} = -\frac{y}{a} + \frac{1 - y}{1 - a} = \frac{a - y}{a (1 - a)}, \qquad
# \frac{d\mathcal{L}}{dz} = \frac{a - y}{a (1 - a)} \cdot a (1 - a) = a - y .$$
#
# Example $i$ has its own loss, so $\partial S / \partial z_i = a_i - y_i$: a strip of shape
# $(1, m)$. (The derivative of the *vector* of losses is an $m \times m$ matrix, diagonal, since no
# example sees another; summing the losses contracts it to this strip.)

# %%
figures.network_picture(3)

# %% [markdown]
# On the way left the factors come in this order: $1/m$, the slope of the loss, then $g'$ and $W^T$ in
# turn. In the L convention the first of them, $1/m$, waits until a `dW` or `db` is formed.
#
# You may begin with $dA^{[L]}$ and the sigmoid, or with $A^{[L]} - Y$; the checks accept both,
# since both are right. From there, layer by layer, down to `dA0`.

# %% [markdown] free=true
# **Predict.** For layers of 4, 5, 3 and 1 units and m = 7: which keys will `grads` have, and which
# shape has each?
#
# *Your prediction:*

# %% solution="L_model_backward"
def L_model_backward(AL, Y, caches):
    """Backward through the whole network, in the L convention.

    Parameters
    ----------
    AL : array, shape (1, m)
        Output of `L_model_forward`.
    Y : array, shape (1, m)
    caches : object
        As returned by your `L_model_forward`.

    Returns
    -------
    grads : dict
        ``dZ{l}``, shape (n_l, m), l = 1 ... L, and ``dA{l}``, shape (n_l, m), l = 0 ... L - 1:
        derivatives of the sum of the losses with respect to Z^[l] and A^[l];
        ``dW{l}``, shape (n_l, n_{l-1}), and ``db{l}``, shape (n_l, 1): derivatives of J.
    """
    ### BEGIN SOLUTION
    grads, dZ = {}, AL - Y
    for layer in range(len(caches), 0, -1):
        linear_cache, _ = caches[layer - 1]
        dA_prev, dW, db = linear_backward(dZ, linear_cache)
        grads |= {f"dZ{layer}": dZ, f"dA{layer - 1}": dA_prev, f"dW{layer}": dW, f"db{layer}": db}
        if layer > 1:
            dZ = relu_backward(dA_prev, caches[layer - 2][1])
    return grads
    ### END SOLUTION

# %% free=true
check(L_model_backward)

# %% grade="L_model_backward__returns_the_right_shapes" points=1

# %% grade="L_model_backward__dZ_matches_numeric_gradient" points=4

# %% grade="L_model_backward__dA_matches_numeric_gradient" points=4

# %% grade="L_model_backward__dW_matches_numeric_gradient" points=4

# %% grade="L_model_backward__db_matches_numeric_gradient" points=4

# %% grade="L_model_backward__leaves_its_inputs_unchanged" points=1

# %% grade="L_model_backward__same_answer_twice" points=1

# %% grade="L_model_backward__certified_on_a_large_network" points=2

# %% [markdown]
# ## 8. The same in the J convention
#
# Now every array shall be a derivative of $J$. In the graph, $1/m$ stands on a single wire, from
# the losses to $J$, and every path from a weight to $J$ crosses it exactly once. Think of it as a
# coin: it may be paid at the start of the way back, or at its end.

# %%
figures.coin_picture()

# %% [markdown]
# The two upper plans leave one coin on each path. Paid twice, every `dW` is $m$ times too
# small. Paid at every layer, the error grows with each layer passed: $1/m$, $1/m^2$, and so on.
#
# You have written the upper right plan. Write the upper left one, too; note that your
# `linear_backward` pays a coin of its own.

# %% solution="L_model_backward_J"
def L_model_backward_J(AL, Y, caches):
    """Backward through the whole network, in the J convention.

    Parameters
    ----------
    AL : array, shape (1, m)
        Output of `L_model_forward`.
    Y : array, shape (1, m)
    caches : object
        As returned by your `L_model_forward`.

    Returns
    -------
    grads : dict
        The keys and shapes of `L_model_backward`; every entry is the derivative of J.
    """
    ### BEGIN SOLUTION
    grads, dZ = {}, (AL - Y) / Y.shape[1]
    for layer in range(len(caches), 0, -1):
        A_prev, W, _ = caches[layer - 1][0]
        dA_prev = W.T @ dZ
        grads |= {f"dZ{layer}": dZ, f"dA{layer - 1}": dA_prev}
        grads |= {f"dW{layer}": dZ @ A_prev.T, f"db{layer}": dZ.sum(axis=1, keepdims=True)}
        if layer > 1:
            dZ = relu_backward(dA_prev, caches[layer - 2][1])
    return grads
    ### END SOLUTION

# %% free=true
check(L_model_backward_J)

# %% grade="L_model_backward_J__returns_the_right_shapes" points=1

# %% grade="L_model_backward_J__dZ_matches_numeric_gradient" points=3

# %% grade="L_model_backward_J__dA_matches_numeric_gradient" points=3

# %% grade="L_model_backward_J__dW_matches_numeric_gradient" points=2

# %% grade="L_model_backward_J__db_matches_numeric_gradient" points=2

# %% grade="L_model_backward_J__leaves_its_inputs_unchanged" points=1

# %% grade="L_model_backward_J__same_answer_twice" points=1

# %% [markdown]
# ## 9. From one convention to the other
#
# Every step of the way back is linear in what arrives, so a factor at the start stays a factor at
# every $dZ$ and $dA$. The starts were $A - Y$ and $(A - Y)/m$. Which keys change on the way from
# one convention to the other, by which factor, and which stay?

# %% solution="convert"
def convert(grads, m, src, dst):
    """Translate the gradients of a network between the conventions.

    Parameters
    ----------
    grads : dict
        As returned by `L_model_backward` (src ``"L"``) or `L_model_backward_J` (src ``"J"``).
    m : int
        Number of examples.
    src, dst : str
        ``"L"`` or ``"J"``: the convention of `grads`, and the one wanted.

    Returns
    -------
    dict
        A new dictionary with the same keys; `grads` is left as it was.
    """
    ### BEGIN SOLUTION
    factor = {"LL": 1, "JJ": 1, "JL": m, "LJ": 1 / m}[src + dst]
    return {key: g * factor if key[:2] in ("dZ", "dA") else g for key, g in grads.items()}
    ### END SOLUTION

# %% free=true
check(convert)

# %% grade="convert__changes_only_dZ_and_dA" points=3

# %% grade="convert__returns_a_new_dictionary" points=1

# %% grade="convert__leaves_its_inputs_unchanged" points=1

# %% [markdown] free=true
# **Prove it.** Three lines of algebra: why is `dW2` the same in both conventions although `dZ2` is
# not?
#
# *Your lines:*

# %% [markdown]
# And see it in numbers, from your own two functions: seven points of two classes in the plane, a
# network of three layers.

# %%
X, Y = river(7, np.random.default_rng(1))
parameters = initialize_parameters_deep((2, 5, 3, 1), seed=2)
AL, caches = L_model_forward(X, parameters)
in_L, in_J = L_model_backward(AL, Y, caches), L_model_backward_J(AL, Y, caches)
rows = [(key, figures.as_fraction(figures.ratio(in_L[key], in_J[key]))) for key in sorted(in_L)]
figures.Table(["key", "L convention / J convention"], rows)

# %% [markdown]
# Seven for each `dZ` and `dA`; one for each `dW` and `db`. If your table says something else, the
# number names the layer at which a coin was paid twice, or not at all.

# %% [markdown]
# ## 10. Learn
#
# Gradient descent takes a step against the gradient of $J$:
# $W \leftarrow W - \alpha\, dW$, $\;b \leftarrow b - \alpha\, db$.
# One minus sign, here. The contract forbids changing the dictionary that came in: someone may still
# hold it.

# %% solution="update_parameters"
def update_parameters(parameters, grads, learning_rate):
    """One step of gradient descent.

    Parameters
    ----------
    parameters : dict
        ``W{l}``, shape (n_l, n_{l-1}), and ``b{l}``, shape (n_l, 1).
    grads : dict
        ``dW{l}`` and ``db{l}`` of the same shapes, derivatives of J, in any order; other keys are
        ignored.
    learning_rate : float

    Returns
    -------
    dict
        New parameters, ``W{l}`` and ``b{l}`` alone; neither argument is changed.
    """
    ### BEGIN SOLUTION
    return {name: value - learning_rate * grads["d" + name] for name, value in parameters.items()}
    ### END SOLUTION

# %% free=true
check(update_parameters)

# %% grade="update_parameters__steps_against_the_gradient" points=3

# %% grade="update_parameters__leaves_its_inputs_unchanged" points=1

# %% solution="L_layer_model"
def L_layer_model(X, Y, layers_dims, learning_rate=0.5, num_iterations=1500, seed=1):
    """Train an L-layer network by gradient descent on all examples at once.

    Parameters
    ----------
    X : array, shape (n_0, m)
    Y : array, shape (1, m)
    layers_dims : sequence of int
        (n_0, n_1, ..., n_L).
    learning_rate : float
    num_iterations : int
        Number of updates.
    seed : int
        Seed of the initial parameters: another seed, other parameters.

    Returns
    -------
    parameters : dict
        Those after the last update.
    costs : list of float, length num_iterations
        J before each update.
    """
    ### BEGIN SOLUTION
    parameters, costs = initialize_parameters_deep(layers_dims, seed), []
    for _ in range(num_iterations):
        AL, caches = L_model_forward(X, parameters)
        costs.append(compute_cost(AL, Y))
        grads = L_model_backward(AL, Y, caches)
        parameters = update_parameters(parameters, grads, learning_rate)
    return parameters, costs
    ### END SOLUTION

# %% free=true
check(L_layer_model)

# %% grade="L_layer_model__takes_gradient_steps" points=2

# %% grade="L_layer_model__cost_falls_and_classes_separate" points=2

# %% [markdown]
# ## 11. See what it learned
#
# Three hundred points on the two banks of a winding river. No straight line separates them.

# %%
X, Y = river(300, np.random.default_rng(0))
parameters, costs = L_layer_model(X, Y, (2, 8, 4, 1), learning_rate=0.3, num_iterations=1000)


def predict(points):
    """Probability of class 1 at points, shape (2, k), by your forward pass."""
    return L_model_forward(points, parameters)[0]


figures.training_picture(predict, X, Y, costs)

# %% [markdown]
# The boundary, the curve on which your network says 1/2, follows the river; it is made of straight
# pieces, because a network of ReLUs is piecewise linear before the sigmoid. The cost
# starts near $\log 2$ and ends close to 0.

# %% [markdown] free=true
# **Predict.** What will the boundary look like with layers (2, 1), no hidden layer at all? And what
# will the cost do if the learning rate is 1 instead of 0.3? Try both in the next cell.
#
# *Your prediction:*

# %% free=true

# %% [markdown]
# ## 12. Bug hunt
#
# A wrong gradient can be the right gradient of another graph, and some of them betray themselves by
# a number. Four of the seven suspects below are guilty: each was put into a network with layers of
# 5, 4, 3, 2 and 1 units and run on m = 7 examples.

# %% [markdown]
# | id | what was written |
# |---|---|
# | `missing-one-over-m` | `dW = dZ @ A_prev.T`, and `db` likewise, from `dZ = AL - Y` |
# | `one-over-m-twice` | `dZ = (AL - Y) / m`, and `/ m` again in `dW` and `db` |
# | `one-over-m-per-layer` | `dA_prev = W.T @ dZ / m` in every layer |
# | `wrong-m` | `m = A_prev.shape[0]` in `linear_backward` |
# | `db-not-averaged` | `/ m` in `dW`, none in `db` |
# | `missing-activation-derivative` | `dZ = dA` in the hidden layers |
# | `sign-flip` | `dZ = Y - AL` |

# %%
none = "not one number"
ratios = {  # returned / true of dW and of db, in layers 1, 2, 3 and 4
    "A": (("7/5", "7/4", "7/3", "7/2"), ("7/5", "7/4", "7/3", "7/2")),
    "B": (("1/343", "1/49", "1/7", "1"), ("1/343", "1/49", "1/7", "1")),
    "C": (("1", "1", "1", "1"), ("7", "7", "7", "7")),
    "D": ((none, none, none, "1"), (none, none, none, "1")),
}

# %%
def ratio_table(letter):
    """Returned / true for dW and db of each layer, with the bug of that letter."""
    head = ("layer", "dW: returned / true", "db: returned / true")
    rows = list(zip("1234", *ratios[letter], strict=True))
    return figures.Table(head, rows, caption=f"Bug {letter}")

# %%
ratio_table("A")

# %%
ratio_table("B")

# %%
ratio_table("C")

# %%
ratio_table("D")

# %% [markdown]
# Read each table from layer 4 down to layer 1, the way the gradient travels. Is the ratio the same
# everywhere, or does it change from layer to layer? By which factor: a power of 7, or the width of
# a layer? Do `dW` and `db` agree? "Not one number" means that entries are off by different factors.
#
# Then name the bugs, with ids from the list: a dictionary `answers_04` whose keys are `"A"`, `"B"`,
# `"C"`, `"D"`. No two of them are the same.

# %% solution="answers_04"
# answers_04 = {"A": "an id from the list", "B": ..., "C": ..., "D": ...}
### BEGIN SOLUTION
answers_04 = {
    "A": "wrong-m",
    "B": "one-over-m-per-layer",
    "C": "db-not-averaged",
    "D": "missing-activation-derivative",
}
### END SOLUTION

# %% free=true

# %% grade="answers_04__names_case_A" points=1
# answers_04: names case A (1 point)
### BEGIN HIDDEN TESTS
from autograder import grade
grade("answers_04__names_case_A", globals(), key="wrong-m")
### END HIDDEN TESTS

# %% grade="answers_04__names_case_B" points=1
# answers_04: names case B (1 point)
### BEGIN HIDDEN TESTS
from autograder import grade
grade("answers_04__names_case_B", globals(), key="one-over-m-per-layer")
### END HIDDEN TESTS

# %% grade="answers_04__names_case_C" points=1
# answers_04: names case C (1 point)
### BEGIN HIDDEN TESTS
from autograder import grade
grade("answers_04__names_case_C", globals(), key="db-not-averaged")
### END HIDDEN TESTS

# %% grade="answers_04__names_case_D" points=1
# answers_04: names case D (1 point)
### BEGIN HIDDEN TESTS
from autograder import grade
grade("answers_04__names_case_D", globals(), key="missing-activation-derivative")
### END HIDDEN TESTS

# %% [markdown]
# ## What you can now say
#
# - Where each transpose and each sum comes from: from an index.
# - What `dZ` is the derivative of, and that two answers are right if you say which.
# - That $1/m$ is paid once on every path, and how to read it from a table when it was not.
# - That a falling cost proves nothing, and a comparison with a numeric gradient does.
#
# The lesson of the same number derives all of it at more length, with the $m \times m$ Jacobian and
# the oracle that graded you.
