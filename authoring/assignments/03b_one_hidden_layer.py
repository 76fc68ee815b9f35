# %% [markdown]
# # One hidden layer
#
# You write a network with one hidden layer of tanh units: the way forward, the way back, and the
# training. Its names and signatures are those of week 3 of the deep-learning specialisation's first
# course, so that what you write here works there, and what you wrote there works here.
#
# After each function you call `check(...)`. It compares what your function returns with numeric
# gradients and says what it found. The cells below it, each with a sentence and its points, are the
# hidden checks: the same questions on other numbers and sizes.
#
# Where a check fails, `from autograder import example` and `args = example(backward_propagation)`
# give you the arguments of the smallest instance tried on which your function fails. Call it with
# them, `backward_propagation(*args)`, and print what you want to see.
#
# Where you do not know how to go on, `hint(backward_propagation)` gives a question; the same call
# again gives a formula, and then a tiny worked case. It never gives code.
#
# A function is graded where it stands, from the first cell to the last: what it uses has to be
# written above it. Before you hand the notebook in, restart the kernel and run all cells.
#
# You need the chain rule and NumPy's `@` and `*`. The lesson of the same number derives everything
# at more length.
#
# <details>
# <summary><b>Words</b> used here and what they mean (29)</summary>
#
# - **activation**: the function that a layer applies to each number by itself: ReLU, sigmoid, tanh
# - **axis**: one direction of an array: a table has axis 0, down its rows, and axis 1, along its columns
# - **backward pass**: computing the derivatives, from the cost to the inputs
# - **bias**: a number that a unit adds to its weighted sum; it is learnt
# - **cache**: what a forward function keeps for its backward function
# - **cell**: in a recurrent network: the computation of one step in time; in a notebook: one box of text or code
# - **chain rule**: the derivative along a path is the product of the slopes on it; over several paths, the sum of these products
# - **cost**: one number that says how wrong the network is on all examples together, written J: the mean of the losses
# - **example**: one set of inputs, with its label if it has one
# - **float64**: the numbers of NumPy: float64 keeps about 16 digits, float32 about 7
# - **forward pass**: computing the values, from the inputs to the cost
# - **gradient**: all partial derivatives of one number with respect to an array, in the shape of the array
# - **gradient descent**: training by small steps against the gradient
# - **hidden layer**: a layer, or a unit, that is neither input nor output
# - **instance**: one set of random inputs on which a check runs your function
# - **label**: the right answer for one example
# - **layer**: one stage of a network: it takes numbers and gives numbers
# - **layout**: which axis of an array counts what. Columns or rows may be examples; and a Jacobian has two layouts of its own, numerator and denominator
# - **learning rate**: the number that the gradient is multiplied with before it is subtracted from the parameters
# - **loss**: one number that says how wrong the network is on one example
# - **numeric gradient**: a gradient found by running forward at inputs that were moved a little; it knows no formula
# - **parameter**: what a network learns: its weights and biases
# - **seed**: a number from which a generator of random numbers starts; the same seed gives the same numbers
# - **sigmoid**: 1 / (1 + exp(-z)), which makes a number between 0 and 1 of any number
# - **slope**: how fast one value moves with another: the derivative of one operation
# - **tanh**: the hyperbolic tangent, an activation with values between -1 and 1 and slope 1 - tanh²
# - **unit**: one number that a layer gives for each example, with the weights that make it
# - **weight**: a number that an input of a unit is multiplied with; it is learnt
# - **∂**: ∂J/∂w is a partial derivative: how fast J moves when w alone is moved
#
# </details>

# %% [markdown]
# ## The contract
#
# - **Layout.** Columns are examples: $X$ has shape $(n_x, m)$, $Y$ has shape $(1, m)$. (In unit 03
#   rows were examples; every product below is the transpose of the one there.)
# - **What is differentiated.** $\mathcal{L}_i$ is the loss of example $i$, $S = \sum_i \mathcal{L}_i$
#   their sum, $J = S/m$ their mean. `dW` and `db` are derivatives of $J$. In `backward_signals` the
#   `dZ` and `dA` are derivatives of $S$ (**L convention**) or of $J$ (**J convention**), as its last
#   argument says.
# - **Mutation.** None. A function changes no array and no dictionary that it is given: `W1 -= ...`
#   writes into the caller's array, `W1 = W1 - ...` does not.
# - **The cache** is yours, in any form: the checks hand your backward what your forward returned.
# - **Numbers** come in as float64, and go out as floating-point numbers, float64 or float32.
# - **Chance.** `nn_model` starts from the same numbers whenever it is called with the same
#   arguments: seed a generator in it, or in `initialize_parameters`. `np.random.seed(2)` is allowed,
#   since that course does so, but it resets the one generator that the whole notebook shares; one of
#   your own, `rng = np.random.default_rng(2)`, disturbs nobody.

# %% [markdown]
# ## Symbols and shapes
#
# | in the text | in the code | shape |
# |---|---|---|
# | $X$ | `X` | $(n_x, m)$ |
# | $Y$ | `Y`, entries 0.0 or 1.0 | $(1, m)$ |
# | $W^{[1]}$, $b^{[1]}$ | `parameters["W1"]`, `parameters["b1"]` | $(n_h, n_x)$, $(n_h, 1)$ |
# | $Z^{[1]}$, $A^{[1]} = \tanh Z^{[1]}$ | `Z1`, `A1` | $(n_h, m)$ |
# | $W^{[2]}$, $b^{[2]}$ | `parameters["W2"]`, `parameters["b2"]` | $(1, n_h)$, $(1, 1)$ |
# | $Z^{[2]}$, $A^{[2]} = \sigma(Z^{[2]})$ | `Z2`, `A2` | $(1, m)$ |
# | $J$ | `J` | a number |
#
# In sums, $i$ counts examples, $k$ hidden units and $j$ inputs.

# %%
import numpy as np

from autograder import check, figures, hint
from autograder.datasets import river


def sigmoid(z):
    """1 / (1 + exp(-z)), entry by entry; z and the result have the same shape."""
    return 1 / (1 + np.exp(-z))

# %% [markdown]
# ## 1. Sizes, and where to start
#
# How many numbers an example has, and how many labels, stands in the shapes of $X$ and $Y$. How many
# hidden units there are is a choice; where nobody chooses, take 4.

# %% solution="layer_sizes"
def layer_sizes(X, Y):
    """Read the sizes of the layers off the data.

    Parameters
    ----------
    X : array, shape (n_x, m)
    Y : array, shape (n_y, m)

    Returns
    -------
    n_x, n_h, n_y : int
        Inputs, hidden units (4), outputs.
    """
    ### BEGIN SOLUTION
    return X.shape[0], 4, Y.shape[0]
    ### END SOLUTION

# %% free=true
check(layer_sizes)

# %% grade="layer_sizes__reads_the_sizes_off_X_and_Y" points=1

# %% [markdown]
# Weights start at random, small numbers: equal units would stay equal for ever. Biases start at 0.

# %% [markdown] free=true
# **Predict.** Let all weights and biases start at exactly 0. Which of `dW1`, `db1`, `dW2`, `db2` are
# 0 then, for every example and every label? Section 4 has the formulas, if you want to come back.
#
# *Your prediction:*

# %% solution="initialize_parameters"
def initialize_parameters(n_x, n_h, n_y):
    """Small random weights, zero biases.

    Parameters
    ----------
    n_x, n_h, n_y : int
        Inputs, hidden units, outputs.

    Returns
    -------
    dict
        ``"W1"``, shape (n_h, n_x), and ``"W2"``, shape (n_y, n_h): standard normal numbers times
        0.01, no number of one in the other; ``"b1"``, shape (n_h, 1), and ``"b2"``, shape (n_y, 1):
        zeros. Nothing else.
    """
    ### BEGIN SOLUTION
    rng = np.random.default_rng(2)
    W1 = 0.01 * rng.standard_normal((n_h, n_x))
    W2 = 0.01 * rng.standard_normal((n_y, n_h))
    return {"W1": W1, "b1": np.zeros((n_h, 1)), "W2": W2, "b2": np.zeros((n_y, 1))}
    ### END SOLUTION

# %% free=true
check(initialize_parameters)

# %% grade="initialize_parameters__breaks_symmetry_at_the_right_scale" points=2

# %% [markdown]
# ## 2. Forward
#
# Two linear maps, and an activation behind each, $g_1 = \tanh$ and $g_2 = \sigma$:
#
# $$Z^{[1]} = W^{[1]} X + b^{[1]}, \quad A^{[1]} = \tanh Z^{[1]},$$
#
# $$Z^{[2]} = W^{[2]} A^{[1]} + b^{[2]}, \quad A^{[2]} = \sigma(Z^{[2]}).$$

# %% solution="forward_propagation"
def forward_propagation(X, parameters):
    """Linear, tanh, linear, sigmoid.

    Parameters
    ----------
    X : array, shape (n_x, m)
    parameters : dict
        ``"W1"``, shape (n_h, n_x), ``"b1"``, shape (n_h, 1), ``"W2"``, shape (1, n_h), ``"b2"``,
        shape (1, 1).

    Returns
    -------
    A2 : array, shape (1, m)
        The network's probability that the label is 1.
    cache : object
        What your backward functions will need; most people take a dict of Z1, A1, Z2 and A2.
    """
    ### BEGIN SOLUTION
    Z1 = parameters["W1"] @ X + parameters["b1"]
    A1 = np.tanh(Z1)
    Z2 = parameters["W2"] @ A1 + parameters["b2"]
    A2 = sigmoid(Z2)
    return A2, {"Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2}
    ### END SOLUTION

# %% free=true
check(forward_propagation)

# %% grade="forward_propagation__returns_the_right_shapes" points=1

# %% grade="forward_propagation__A2_is_right" points=2

# %% grade="forward_propagation__leaves_its_inputs_unchanged" points=1

# %% [markdown]
# ## 3. The cost
#
# The network gave the label that came true the probability $a_i$ if $y_i = 1$, and $1 - a_i$ if
# $y_i = 0$. The loss is minus its logarithm, the cost the mean of the losses:
#
# $$\mathcal{L}_i = -y_i \log a_i - (1 - y_i) \log (1 - a_i), \qquad
# J = \frac{1}{m} \sum_{i=1}^m \mathcal{L}_i .$$

# %% solution="compute_cost"
def compute_cost(A2, Y):
    """The mean cross-entropy.

    Parameters
    ----------
    A2 : array, shape (1, m)
        Outputs, between 0 and 1.
    Y : array, shape (1, m)
        Labels, 0.0 or 1.0.

    Returns
    -------
    J : float
        Or an array without axes; not one of shape (1, 1).

    Notes
    -----
    Older versions of that course hand `parameters` over as a third argument. A function that asks
    for it gets it.
    """
    ### BEGIN SOLUTION
    losses = -Y * np.log(A2) - (1 - Y) * np.log(1 - A2)
    return float(losses.sum() / Y.shape[1])
    ### END SOLUTION

# %% free=true
check(compute_cost)

# %% grade="compute_cost__returns_the_right_shapes" points=1

# %% grade="compute_cost__J_is_the_mean_of_the_losses" points=2

# %% grade="compute_cost__leaves_its_inputs_unchanged" points=1

# %% [markdown]
# ## 4. Backward
#
# One input, one hidden unit, one example, and everything is a number:
#
# $$z_1 = w_1 x + b_1, \quad a_1 = \tanh z_1,$$
#
# $$z_2 = w_2 a_1 + b_2, \quad a_2 = \sigma(z_2),$$
#
# $$\mathcal{L} = -y \log a_2 - (1 - y) \log(1 - a_2).$$
#
# Write $dq$ for the derivative of $\mathcal{L}$ with respect to $q$. Start at the end.
#
# The loss:
#
# $$da_2 = -\frac{y}{a_2} + \frac{1 - y}{1 - a_2} = \frac{a_2 - y}{a_2 (1 - a_2)} .$$
#
# The sigmoid has the slope $a_2 (1 - a_2)$, so
#
# $$dz_2 = \frac{a_2 - y}{a_2 (1 - a_2)} \cdot a_2 (1 - a_2) = a_2 - y .$$
#
# The linear map $z_2 = w_2 a_1 + b_2$: $\;dw_2 = dz_2\, a_1$, $\;db_2 = dz_2$, $\;da_1 = w_2\, dz_2$.

# %% [markdown]
# The tanh: with $s = \sinh z$ and $c = \cosh z$, $\;s' = c$ and $c' = s$, so
# $\tanh' = (s/c)' = (c^2 - s^2)/c^2 = 1 - \tanh^2$. Its slope at $z_1$ is $1 - a_1^2$:
#
# $$dz_1 = w_2\, dz_2\, (1 - a_1^2), \qquad dw_1 = dz_1\, x, \qquad db_1 = dz_1 .$$
#
# On the way from $dz_2$ to $dz_1$ stand the weights of the layer *above*, $w_2$, since $a_1$ enters
# the network through them, and the slope of the layer's *own* activation, tanh at $z_1$.

# %% [markdown]
# Now all units and all examples. Ask of each number which entries of $Z^{[1]}_{ki} = \sum_j
# W^{[1]}_{kj} X_{ji} + b^{[1]}_k$ and $Z^{[2]}_{1i} = \sum_k W^{[2]}_{1k} A^{[1]}_{ki} + b^{[2]}$ it
# touches. An entry of a weight matrix, or a bias, meets every example:
#
# $$\frac{\partial S}{\partial W^{[2]}_{1k}} = \sum_i dZ^{[2]}_{1i} A^{[1]}_{ki}, \qquad
# \frac{\partial S}{\partial W^{[1]}_{kj}} = \sum_i dZ^{[1]}_{ki} X_{ji},$$
#
# $$\frac{\partial S}{\partial b^{[1]}_k} = \sum_i dZ^{[1]}_{ki},$$
#
# while $A^{[1]}_{ki}$ meets one entry of $Z^{[2]}$ alone: $dA^{[1]}_{ki} = W^{[2]}_{1k}\,
# dZ^{[2]}_{1i}$. These are derivatives of $S$. The contract wants `dW` and `db` of $J = S/m$.

# %% [markdown] free=true
# **Derive and predict.** Write the sums as matrix products, and as sums along an axis. Then, for
# $n_x = 3$, $n_h = 5$ and $m = 7$: which shape has each array on the way, and which products would
# still run if you took `W1.T` for `W2.T`, or `A2` for `A1` in the slope?
#
# *Your lines:*

# %% solution="backward_propagation"
def backward_propagation(parameters, cache, X, Y):
    """The gradient of J with respect to all parameters.

    Parameters
    ----------
    parameters : dict
        ``"W1"``, shape (n_h, n_x), ``"b1"``, shape (n_h, 1), ``"W2"``, shape (1, n_h), ``"b2"``,
        shape (1, 1).
    cache : object
        As returned by your `forward_propagation` for X and these parameters.
    X : array, shape (n_x, m)
    Y : array, shape (1, m)

    Returns
    -------
    grads : dict
        ``"dW1"``, ``"db1"``, ``"dW2"``, ``"db2"``: derivatives of J, each in the shape of its
        parameter.
    """
    ### BEGIN SOLUTION
    m, A1 = X.shape[1], cache["A1"]
    dZ2 = cache["A2"] - Y
    dZ1 = parameters["W2"].T @ dZ2 * (1 - A1**2)
    return {
        "dW1": dZ1 @ X.T / m,
        "db1": dZ1.sum(axis=1, keepdims=True) / m,
        "dW2": dZ2 @ A1.T / m,
        "db2": dZ2.sum(axis=1, keepdims=True) / m,
    }
    ### END SOLUTION

# %% free=true
check(backward_propagation)

# %% grade="backward_propagation__returns_the_right_shapes" points=1

# %% grade="backward_propagation__dW2_matches_numeric_gradient" points=3

# %% grade="backward_propagation__db2_matches_numeric_gradient" points=3

# %% grade="backward_propagation__dW1_matches_numeric_gradient" points=4

# %% grade="backward_propagation__db1_matches_numeric_gradient" points=4

# %% grade="backward_propagation__leaves_its_inputs_unchanged" points=1

# %% grade="backward_propagation__same_answer_twice" points=1

# %% [markdown]
# ## 5. What lies between: dZ and dA, of the sum or of the mean
#
# `grads` shows nothing of `dZ2`, `dA1` and `dZ1`. Some books start with $A^{[2]} - Y$ and divide by
# $m$ when they form `dW` and `db`; others start with $(A^{[2]} - Y)/m$ and divide no more. Both get
# the same `dW` and `db`, so whoever looks at these alone cannot tell which it was. In the first case
# `dZ2`, `dA1` and `dZ1` are derivatives of the sum $S$, in the second of $J$.

# %% [markdown] free=true
# **Predict.** For m = 7: by which factor do `dZ2`, `dA1` and `dZ1` of the two conventions differ? Is
# it the same for all three, and why?
#
# *Your prediction:*

# %% solution="backward_signals"
def backward_signals(parameters, cache, X, Y, convention):
    """The derivatives on the way from the cost down to Z1.

    Parameters
    ----------
    parameters, cache, X, Y
        As in `backward_propagation`.
    convention : str
        ``"L"``: derivatives of the sum of the losses; ``"J"``: of their mean.

    Returns
    -------
    dict
        ``"dZ2"``, shape (1, m), ``"dA1"`` and ``"dZ1"``, shape (n_h, m).
    """
    ### BEGIN SOLUTION
    dZ2 = (cache["A2"] - Y) / {"L": 1, "J": Y.shape[1]}[convention]
    dA1 = parameters["W2"].T @ dZ2
    return {"dZ2": dZ2, "dA1": dA1, "dZ1": dA1 * (1 - cache["A1"] ** 2)}
    ### END SOLUTION

# %% free=true
check(backward_signals)

# %% grade="backward_signals__returns_the_right_shapes" points=1

# %% grade="backward_signals__dZ2_matches_numeric_gradient" points=2

# %% grade="backward_signals__dA1_matches_numeric_gradient" points=2

# %% grade="backward_signals__dZ1_matches_numeric_gradient" points=3

# %% grade="backward_signals__leaves_its_inputs_unchanged" points=1

# %% grade="backward_signals__same_answer_twice" points=1

# %% [markdown]
# And see it in numbers, from your own function: seven points, three hidden units.

# %%
X, Y = river(7, np.random.default_rng(1))
parameters = initialize_parameters(2, 3, 1)
A2, cache = forward_propagation(X, parameters)
in_L, in_J = (backward_signals(parameters, cache, X, Y, c) for c in "LJ")
rows = [(key, figures.as_fraction(figures.ratio(in_L[key], in_J[key]))) for key in sorted(in_L)]
figures.Table(["key", "L convention / J convention"], rows)

# %% [markdown]
# Seven for each: every step of the way back is linear in what arrives, so a factor at its start
# stays a factor to its end.
#
# ## 6. Learn
#
# Gradient descent takes a step against the gradient of $J$:
# $W \leftarrow W - \alpha\, dW$, $\;b \leftarrow b - \alpha\, db$, with the learning rate $\alpha$.

# %% solution="update_parameters"
def update_parameters(parameters, grads, learning_rate=1.2):
    """One step of gradient descent.

    Parameters
    ----------
    parameters : dict
        ``"W1"``, ``"b1"``, ``"W2"``, ``"b2"``.
    grads : dict
        ``"dW1"``, ``"db1"``, ``"dW2"``, ``"db2"`` of the same shapes, in any order.
    learning_rate : float
        1.2 where the caller says nothing.

    Returns
    -------
    dict
        New parameters, ``"W1"``, ``"b1"``, ``"W2"`` and ``"b2"`` alone; neither argument is
        changed.
    """
    ### BEGIN SOLUTION
    return {name: value - learning_rate * grads["d" + name] for name, value in parameters.items()}
    ### END SOLUTION

# %% free=true
check(update_parameters)

# %% grade="update_parameters__steps_against_the_gradient" points=2

# %% grade="update_parameters__leaves_its_inputs_unchanged" points=1

# %% solution="nn_model"
def nn_model(X, Y, n_h, num_iterations=10000, print_cost=False):
    """Train the network by gradient descent on all examples at once.

    Parameters
    ----------
    X : array, shape (n_x, m)
    Y : array, shape (1, m)
    n_h : int
        Hidden units: as many as the caller says, not 4.
    num_iterations : int
        Number of updates, each with the learning rate 1.2; after none of them the parameters are
        those of `initialize_parameters`.
    print_cost : bool
        Whether to print the cost now and then; how it looks is your choice, and not graded.

    Returns
    -------
    parameters : dict
        Those after the last update.
    """
    ### BEGIN SOLUTION
    n_x, _, n_y = layer_sizes(X, Y)
    parameters = initialize_parameters(n_x, n_h, n_y)
    for i in range(num_iterations):
        A2, cache = forward_propagation(X, parameters)
        if print_cost and i % 1000 == 0:
            print(f"cost after iteration {i}: {compute_cost(A2, Y):f}")
        grads = backward_propagation(parameters, cache, X, Y)
        parameters = update_parameters(parameters, grads)
    return parameters
    ### END SOLUTION

# %% free=true
check(nn_model)

# %% grade="nn_model__takes_gradient_steps" points=3

# %% grade="nn_model__cost_falls_and_classes_separate" points=2

# %% [markdown]
# The network says a probability. An answer is 1 where that is above 1/2, and else 0, also at exactly
# 1/2.

# %% solution="predict"
def predict(parameters, X):
    """Answers for the examples X.

    Parameters
    ----------
    parameters : dict
        ``"W1"``, ``"b1"``, ``"W2"``, ``"b2"``.
    X : array, shape (n_x, m)

    Returns
    -------
    predictions : array, shape (1, m)
        1 where A2 > 0.5, else 0; numbers of any kind, or True and False.
    """
    ### BEGIN SOLUTION
    A2, _ = forward_propagation(X, parameters)
    return A2 > 0.5
    ### END SOLUTION

# %% free=true
check(predict)

# %% grade="predict__returns_the_right_shapes" points=1

# %% grade="predict__answers_1_where_A2_is_above_a_half" points=2

# %% grade="predict__answers_0_at_exactly_a_half" points=1

# %% grade="predict__leaves_its_inputs_unchanged" points=1

# %% [markdown]
# ## 7. See what it learned
#
# Three hundred points on the two banks of a winding river; no straight line separates them. The cell
# trains with your functions, one update after the other, and keeps what each of them cost.

# %%
X, Y = river(300, np.random.default_rng(0))
parameters, costs = nn_model(X, Y, 6, 0), []
for _ in range(1000):
    A2, cache = forward_propagation(X, parameters)
    costs.append(float(-np.mean(np.log(np.where(Y == 1, A2, 1 - A2)))))
    parameters = update_parameters(parameters, backward_propagation(parameters, cache, X, Y))
print("the same as nn_model:", np.allclose(nn_model(X, Y, 6, 1000)["W1"], parameters["W1"]))
figures.training_picture(lambda points: forward_propagation(points, parameters)[0], X, Y, costs)

# %% [markdown]
# The cost begins near $\log 2 \approx 0.69$, which is what guessing costs, and stays there for a few
# updates: with weights of 0.01 both `A1` and `W2` are near 0, and `dW2` and `dW1` with them. The
# boundary, the curve on which your network says 1/2, is smooth, because tanh is.
#
# Each hidden unit changes sign along one straight line, $W^{[1]}_{k1} x_1 + W^{[1]}_{k2} x_2 +
# b^{[1]}_k = 0$. Here are the lines of your six:

# %%
figures.hidden_units_picture(
    lambda points: forward_propagation(points, parameters)[0], X, Y, parameters
)

# %% [markdown]
# Near its line a unit's tanh turns from -1 to 1; far away from it the unit says nearly the same
# everywhere. So the boundary leans on one line for a while, and then on the next.

# %% [markdown] free=true
# **Predict.** What will the boundary look like with one hidden unit, and how many units does the
# river need? Try 1, 2, 3 and 4 in the next cell, with `predict`.
#
# *Your prediction:*

# %% free=true

# %% [markdown]
# ## 8. Your predictions
#
# All parameters 0, on seven of the points, by your own functions:

# %%
zeros, few = {name: 0 * value for name, value in parameters.items()}, slice(0, 7)
_, cache = forward_propagation(X[:, few], zeros)
for name, slope in backward_propagation(zeros, cache, X[:, few], Y[:, few]).items():
    print(f"{name} is 0: {not np.any(np.abs(slope) > 1e-12)}")

# %% [markdown]
# - *All parameters 0*: `A1` is 0, so `dW2` is; `W2` is 0, so `dZ1` is, and `dW1` and `db1` with it. Only
#   `db2`, 1/2 minus the share of label 1, can differ from 0.
# - *`W1.T` for `W2.T`* with sizes 3, 5 and 7: (3, 5) times (1, 7) raises an error. *`A2` for `A1`*: (1, 7)
#   is spread over the five rows, nothing is raised, and `dZ1` is wrong.
# - *The two conventions*: by 7, all three.
# - *One hidden unit* draws one straight line; lesson 03b, section 10, has a table for 1 to 6 units.

# %% [markdown]
# ## 9. Bug hunt
#
# Four of the eight suspects below are guilty. Each was put into `backward_propagation` of a network
# with 5 inputs and 3 hidden units, and run on m = 7 examples.

# %% [markdown]
# | id | what was written |
# |---|---|
# | `missing-one-over-m` | `dZ2 = A2 - Y`, and no `/ m` anywhere |
# | `one-over-m-twice` | `dZ2 = (A2 - Y) / m`, and `/ m` again in each `dW` and `db` |
# | `one-over-m-per-layer` | `dZ1 = W2.T @ dZ2 / m * (1 - A1**2)`, and `/ m` in each `dW` and `db` |
# | `wrong-m` | `m = X.shape[0]` |
# | `db-not-averaged` | `/ m` in each `dW`, none in `db` |
# | `missing-activation-derivative` | `dZ1 = W2.T @ dZ2` |
# | `derivative-unsquared` | `dZ1 = W2.T @ dZ2 * (1 - A1)` |
# | `wrong-layer-index` | `dZ1 = W2.T @ dZ2 * A2 * (1 - A2)` |

# %% [markdown]
# For each bug you see, as returned / true, the four gradients, and `dZ1` of the first example, unit
# by unit. There `A1` was 0.6, -0.8 and 0, and `A2` was 1/2. "Not one number" means that entries are
# off by different factors.

# %%
none = "not one number"
ratios = {  # of dW2, db2, dW1, db1, and of dZ1 at the three hidden units
    "A": ("1", "1", none, none, "5/8", "5", "1"),
    "B": ("1", "1", "1/7", "1/7", "1/7", "1/7", "1/7"),
    "C": ("1", "1", none, none, "25/64", "25/36", "1/4"),
    "D": ("7/5", "7/5", "7/5", "7/5", "1", "1", "1"),
}
names = ("dW2", "db2", "dW1", "db1", "dZ1, A1 = 0.6", "dZ1, A1 = -0.8", "dZ1, A1 = 0")
head = ("returned / true", *(f"bug {letter}" for letter in ratios))
figures.Table(head, list(zip(names, *ratios.values(), strict=True)))

# %% [markdown]
# Read each column from top to bottom, the way the gradient travels. Where does it become wrong
# first? Is the ratio a power of 7, a size, or does it depend on `A1`? If it does: by which slope
# were these three entries multiplied, and by which should they be?
#
# Then name the bugs, with ids from the list: a dictionary `answers_03b` whose keys are `"A"`, `"B"`,
# `"C"`, `"D"`. No two of them are the same.

# %% solution="answers_03b"
# answers_03b = {"A": "an id from the list", "B": ..., "C": ..., "D": ...}
### BEGIN SOLUTION
answers_03b = {
    "A": "derivative-unsquared",
    "B": "one-over-m-per-layer",
    "C": "wrong-layer-index",
    "D": "wrong-m",
}
### END SOLUTION

# %% free=true

# %% grade="answers_03b__names_case_A" points=1
# answers_03b: names case A (1 point)
### BEGIN HIDDEN TESTS
from autograder import grade
grade("answers_03b__names_case_A", globals(), key="derivative-unsquared")
### END HIDDEN TESTS

# %% grade="answers_03b__names_case_B" points=1
# answers_03b: names case B (1 point)
### BEGIN HIDDEN TESTS
from autograder import grade
grade("answers_03b__names_case_B", globals(), key="one-over-m-per-layer")
### END HIDDEN TESTS

# %% grade="answers_03b__names_case_C" points=1
# answers_03b: names case C (1 point)
### BEGIN HIDDEN TESTS
from autograder import grade
grade("answers_03b__names_case_C", globals(), key="wrong-layer-index")
### END HIDDEN TESTS

# %% grade="answers_03b__names_case_D" points=1
# answers_03b: names case D (1 point)
### BEGIN HIDDEN TESTS
from autograder import grade
grade("answers_03b__names_case_D", globals(), key="wrong-m")
### END HIDDEN TESTS

# %% [markdown]
# ## What you can now say
#
# - Why the way back starts with `A2 - Y`, and of what that is the derivative.
# - Whose weights and whose slope stand between `dZ2` and `dZ1`: those of the layer above, and the
#   layer's own.
# - Where each sum over the examples comes from, and why `keepdims=True` stands in it.
# - That equal `dW` and `db` do not say which convention was used.
#
# Next: unit 04, the same for any number of layers.
