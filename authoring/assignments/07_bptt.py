# %% [markdown]
# # Back-propagation through time
#
# You write a recurrent network, forward and backward, with a loss at every step: the cell, the way
# from the labels to `da`, the loop through time, and two other orders of the same sum. Then you read
# other people's bugs from their numbers.
#
# After each function you call `check(...)`. It compares what your function returns with numeric
# gradients and says what it found. The hidden checks are the same checks on other numbers and sizes.
#
# Where a check fails, `from autograder import example` and `args = example(rnn_cell_backward)`
# give you the arguments of the smallest instance tried on which your function fails. Call it with
# them, `rnn_cell_backward(*args)`, and print what you want to see.
#
# Where you do not know how to go on, `hint(rnn_cell_backward)` gives a question; the same call
# again gives a formula, and then a tiny worked case. It never gives code.
#
# A function is graded where it stands, from the first cell to the last: what it uses has to be
# written above it. Before you hand the notebook in, restart the kernel and run all cells.
#
# <details>
# <summary><b>Words</b> used here and what they mean (33)</summary>
#
# - **axis**: one direction of an array: a table has axis 0, down its rows, and axis 1, along its columns
# - **back-propagation**: the way of computing all derivatives of one number in one pass, from the end of a graph to its beginning
# - **backward pass**: computing the derivatives, from the cost to the inputs
# - **broadcasting**: how NumPy copies an array of a smaller shape so that it fits a larger one
# - **cache**: what a forward function keeps for its backward function
# - **carry**: what a loop hands from one step to the next
# - **cell**: in a recurrent network: the computation of one step in time; in a notebook: one box of text or code
# - **chain rule**: the derivative along a path is the product of the slopes on it; over several paths, the sum of these products
# - **cost**: one number that says how wrong the network is on all examples together, written J: the mean of the losses
# - **diagonal**: in a matrix: the entries whose row and column have the same number; a diagonal matrix is 0 everywhere else
# - **example**: one set of inputs, with its label if it has one
# - **fork**: a value that is used more than once; on the way back its contributions are added
# - **forward pass**: computing the values, from the inputs to the cost
# - **gradient**: all partial derivatives of one number with respect to an array, in the shape of the array
# - **instance**: one set of random inputs on which a check runs your function
# - **label**: the right answer for one example
# - **layer**: one stage of a network: it takes numbers and gives numbers
# - **layout**: which axis of an array counts what. Columns or rows may be examples; and a Jacobian has two layouts of its own, numerator and denominator
# - **loss**: one number that says how wrong the network is on one example
# - **numeric gradient**: a gradient found by running forward at inputs that were moved a little; it knows no formula
# - **one-hot**: a label as a column: 1 in the row of its class, 0 in the others
# - **parameter**: what a network learns: its weights and biases
# - **recurrent**: used again at each step in time, with the same weights
# - **seed**: a number from which a generator of random numbers starts; the same seed gives the same numbers
# - **slope**: how fast one value moves with another: the derivative of one operation
# - **softmax**: exp of each score, divided by their sum: probabilities that add up to 1
# - **state**: in a recurrent network: what one step hands to the next
# - **tanh**: the hyperbolic tangent, an activation with values between -1 and 1 and slope 1 - tanh²
# - **unit**: one number that a layer gives for each example, with the weights that make it
# - **view**: an array that shares its memory with another one: change one, and both change
# - **weight**: a number that an input of a unit is multiplied with; it is learnt
# - **wire**: in a graph: the way from one value into another that uses it
# - **∂**: ∂J/∂w is a partial derivative: how fast J moves when w alone is moved
#
# </details>

# %% [markdown]
# ## The contract
#
# - **Layout and names** are those of the deep-learning specialisation, course 5, week 1: columns are
#   examples, the last axis is time. A solution made there can be graded here; if its caches hold
#   views of `x`, as many do, that costs the two points of the last sentence on caches below.
# - **What is differentiated.** $J = \frac{1}{m} \sum_t \sum_k \mathcal{L}_{t,k}$: the sum over the
#   steps of the mean over the examples. Every array `dQ` is $\partial J / \partial Q$.
# - **Who pays 1/m.** `output_backward`. The `da` that goes into `rnn_backward`, and the `da_next`
#   that goes into `rnn_cell_backward`, carry $1/m$ already: behind them nobody divides.
# - **Mutation.** None: whatever comes in, the caches and `parameters` too, stays as it was.
# - **Caches** are yours, in any form. Those of `rnn_forward` own their data: what somebody writes
#   into `x` or `a` after your forward pass must not change what backward returns.
# - **Cost.** `rnn_backward` calls `rnn_cell_backward` once a step, at most.

# %% [markdown]
# ## Symbols and shapes
#
# | in the text | in the code | shape |
# |---|---|---|
# | $x_t$ | `xt`; all of them: `x` | $(n_x, m)$; $(n_x, m, T_x)$ |
# | $a_t$; $a_0$ | `a_next`, `a_prev`; `a0` | $(n_a, m)$ |
# | all states $a_1 \dots a_T$ | `a` | $(n_a, m, T_x)$ |
# | $\hat y_t$ | `yt_pred`; all: `y_pred` | $(n_y, m)$; $(n_y, m, T_x)$ |
# | labels, one-hot | `y` | $(n_y, m, T_x)$ |
# | $W_{ax}$, $W_{aa}$, $b_a$ | `Wax`, `Waa`, `ba` in `parameters` | $(n_a, n_x)$, $(n_a, n_a)$, $(n_a, 1)$ |
# | $W_{ya}$, $b_y$ | `Wya`, `by` in `parameters` | $(n_y, n_a)$, $(n_y, 1)$ |
#
# Formulas count steps from 1; step $t$ is `[:, :, t - 1]`. In sums, $k$ counts examples.

# %%
import numpy as np

from autograder import check, figures, hint
from autograder.networks import rnn_graph, upstream_graph
from autograder.oracle import gradient


def softmax(z):
    """Probabilities of the classes; z and the result have shape (n_y, m), columns sum to 1."""
    e = np.exp(z - z.max(axis=0, keepdims=True))
    return e / e.sum(axis=0, keepdims=True)

# %% [markdown]
# ## 1. One cell forward
#
# $$z_t = W_{ax} x_t + W_{aa} a_{t-1} + b_a, \qquad a_t = \tanh(z_t), \qquad
# \hat y_t = \text{softmax}(W_{ya} a_t + b_y).$$

# %% solution="rnn_cell_forward"
def rnn_cell_forward(xt, a_prev, parameters):
    """One step of the network.

    Parameters
    ----------
    xt : array, shape (n_x, m)
    a_prev : array, shape (n_a, m)
    parameters : dict
        ``Wax`` (n_a, n_x), ``Waa`` (n_a, n_a), ``ba`` (n_a, 1), ``Wya`` (n_y, n_a),
        ``by`` (n_y, 1).

    Returns
    -------
    a_next : array, shape (n_a, m)
    yt_pred : array, shape (n_y, m)
    cache : object
        What `rnn_cell_backward` will need; its form is your choice.
    """
    ### BEGIN SOLUTION
    Wax, Waa, Wya = parameters["Wax"], parameters["Waa"], parameters["Wya"]
    a_next = np.tanh(Wax @ xt + Waa @ a_prev + parameters["ba"])
    yt_pred = softmax(Wya @ a_next + parameters["by"])
    return a_next, yt_pred, (a_next, a_prev, xt.copy(), parameters)
    ### END SOLUTION

# %% free=true
check(rnn_cell_forward)

# %% grade="rnn_cell_forward__returns_the_right_shapes" points=1

# %% grade="rnn_cell_forward__a_next_is_right" points=1

# %% grade="rnn_cell_forward__yt_pred_is_right" points=1

# %% grade="rnn_cell_forward__leaves_its_inputs_unchanged" points=1

# %% [markdown]
# ## 2. All steps forward
#
# The same cell, with the same weights, $T_x$ times; the state of one step goes into the next.

# %%
figures.unrolled_picture(4)

# %% [markdown]
# Each state $a_t$ has two ways out: up, over its prediction to its own loss, and right, into
# the next cell. This fork is what the whole assignment is about.

# %% solution="rnn_forward"
def rnn_forward(x, a0, parameters):
    """The network over a whole sequence.

    Parameters
    ----------
    x : array, shape (n_x, m, T_x)
    a0 : array, shape (n_a, m)
    parameters : dict
        As for `rnn_cell_forward`.

    Returns
    -------
    a : array, shape (n_a, m, T_x)
        The states a_1, ..., a_T.
    y_pred : array, shape (n_y, m, T_x)
    caches : object
        What `rnn_backward` will need; in the specialisation it is (list of caches, x).
    """
    ### BEGIN SOLUTION
    states, outputs, caches = [], [], []
    a_next = a0
    for t in range(x.shape[2]):
        a_next, yt_pred, cache = rnn_cell_forward(x[:, :, t], a_next, parameters)
        states.append(a_next)
        outputs.append(yt_pred)
        caches.append(cache)
    return np.stack(states, axis=2), np.stack(outputs, axis=2), (caches, x.copy())
    ### END SOLUTION

# %% free=true
check(rnn_forward)

# %% grade="rnn_forward__returns_the_right_shapes" points=1

# %% grade="rnn_forward__a_is_right" points=2

# %% grade="rnn_forward__y_pred_is_right" points=1

# %% grade="rnn_forward__leaves_its_inputs_unchanged" points=1

# %% [markdown]
# The next function is for the checks: it runs your forward pass and then spoils `x` and `a`. The
# caches must not notice. (`x[:, :, t]` is a view: it has no numbers of its own.)

# %%
def forward_then_overwrite(x, a0, parameters):
    """The caches of your rnn_forward, after x and a were overwritten with zeros."""
    a, _, caches = rnn_forward(x, a0, parameters)
    x[...] = 0.0
    a[...] = 0.0
    return caches

# %% [markdown]
# ## 3. From the loss to da
#
# For one example with true class $c$ and $z^y = W_{ya} a_t + b_y$,
#
# $$\mathcal{L} = -\log \hat y_c = -z^y_c + \log \sum_j e^{z^y_j}, \qquad
# \frac{\partial \mathcal{L}}{\partial z^y_j} = \hat y_j - [j = c] .$$
#
# That is prediction minus label. $J$ is a mean over the examples: here, and only here, $1/m$ is paid.
# Behind it lies a linear layer. $W_{ya}$ and $b_y$ are used at every step and collect from all of
# them; $a_t$ reaches this loss once.

# %% [markdown] free=true
# **Derive.** Three lines, with the sums over $t$ where they belong: $da_t$, $dW_{ya}$, $db_y$ from
# $dz^y_t = (\hat y_t - y_t) / m$.
#
# *Your lines:*

# %% solution="output_backward"
def output_backward(y_pred, y, a, parameters):
    """From the labels back to the states, with a loss at every step.

    Parameters
    ----------
    y_pred : array, shape (n_y, m, T_x)
    y : array, shape (n_y, m, T_x)
        Labels, one-hot along the first axis.
    a : array, shape (n_a, m, T_x)
    parameters : dict

    Returns
    -------
    dict
        ``da``, shape (n_a, m, T_x): entry [:, :, t] is the derivative of J with respect to the
        state of that step, through its own loss alone; ``dWya`` (n_y, n_a); ``dby`` (n_y, 1).
    """
    ### BEGIN SOLUTION
    dzy = (y_pred - y) / y.shape[1]
    da = np.einsum("ij,imt->jmt", parameters["Wya"], dzy)
    dWya = np.einsum("imt,jmt->ij", dzy, a)
    return {"da": da, "dWya": dWya, "dby": dzy.sum(axis=(1, 2))[:, None]}
    ### END SOLUTION

# %% free=true
check(output_backward)

# %% grade="output_backward__returns_the_right_shapes" points=1

# %% grade="output_backward__da_matches_numeric_gradient" points=3

# %% grade="output_backward__dWya_matches_numeric_gradient" points=3

# %% grade="output_backward__dby_matches_numeric_gradient" points=3

# %% grade="output_backward__leaves_its_inputs_unchanged" points=1

# %% grade="output_backward__same_answer_twice" points=1

# %% [markdown]
# ## 4. One cell backward
#
# `da_next` is the **upstream** of the cell: the derivative of $J$ with respect to its output $a_t$.
# Upstream means towards the loss.
#
# Take one unit and one example: $a = \tanh(w_x x + w_a a_\text{prev} + b)$. The slope of tanh at $z$
# is $1 - \tanh^2(z)$, and the tanh has been computed already: it is $a$. So $dz = da\,(1 - a^2)$, and
# each of the five numbers inside gets $dz$ times its own factor: $x$ gets $w_x$, $w_x$ gets $x$, $b$
# gets 1.
#
# With indices, $z_{ik} = \sum_j W_{ij}\, a_{jk} + \dots$: ask for each letter which entries of $z$ it
# touches, and sum over those.

# %% [markdown] free=true
# **Predict.** $W_{aa}$ is square. If you forget its transpose, which check will notice: the one on
# shapes, or the one on values? And the transpose of $W_{ax}$?
#
# *Your prediction:*

# %% solution="rnn_cell_backward"
def rnn_cell_backward(da_next, cache):
    """Backward through one cell.

    Parameters
    ----------
    da_next : array, shape (n_a, m)
        Derivative of J with respect to a_next; carries 1/m already.
    cache : object
        As returned by your `rnn_cell_forward`.

    Returns
    -------
    dict
        ``dxt`` (n_x, m), ``da_prev`` (n_a, m), ``dWax`` (n_a, n_x), ``dWaa`` (n_a, n_a),
        ``dba`` (n_a, 1).
    """
    ### BEGIN SOLUTION
    a_next, a_prev, xt, parameters = cache
    dz = da_next * (1 - a_next**2)
    back = {"dxt": parameters["Wax"].T @ dz, "da_prev": parameters["Waa"].T @ dz}
    weights = {"dWax": dz @ xt.T, "dWaa": dz @ a_prev.T}
    return back | weights | {"dba": dz.sum(axis=1, keepdims=True)}
    ### END SOLUTION

# %% free=true
check(rnn_cell_backward)

# %% grade="rnn_cell_backward__returns_the_right_shapes" points=1

# %% grade="rnn_cell_backward__dxt_matches_numeric_gradient" points=2

# %% grade="rnn_cell_backward__da_prev_matches_numeric_gradient" points=3

# %% grade="rnn_cell_backward__dWax_matches_numeric_gradient" points=2

# %% grade="rnn_cell_backward__dWaa_matches_numeric_gradient" points=2

# %% grade="rnn_cell_backward__dba_matches_numeric_gradient" points=2

# %% grade="rnn_cell_backward__leaves_its_inputs_unchanged" points=1

# %% grade="rnn_cell_backward__same_answer_twice" points=1

# %% [markdown]
# ## 5. Through time
#
# What is the upstream of cell $t$? The state $a_t$ goes two ways, so two arrows come back.

# %%
figures.unrolled_picture(3, fork=2)

# %% [markdown]
# One comes from its own loss, `da[:, :, 1]`, and one from the next cell, `da_prevt`, which is that
# cell's `da_prev`. $J$ depends on $a_t$ through both, and the chain rule adds:
#
# $$\frac{dJ}{da_t} = \frac{\partial J_t}{\partial a_t} + W_{aa}^T \frac{dJ}{dz_{t+1}} .$$
#
# Since `da_prevt` comes out of step $t + 1$, the loop runs from the last step to the first. The
# weights are used at every step, $x_t$ once: which arrays are summed, and which are not? And what
# is left in `da_prevt` when the loop ends?

# %% [markdown] free=true
# **Predict.** Someone leaves `da_prevt` out. At which step is `dx` still right, and why there?
#
# *Your prediction:*

# %% solution="rnn_backward"
def rnn_backward(da, caches):
    """Backward through all steps.

    Parameters
    ----------
    da : array, shape (n_a, m, T_x)
        As `output_backward` returns it: the part of each derivative that takes the direct way.
    caches : object
        As returned by your `rnn_forward`.

    Returns
    -------
    dict
        ``dx`` (n_x, m, T_x), ``da0`` (n_a, m), ``dWax`` (n_a, n_x), ``dWaa`` (n_a, n_a),
        ``dba`` (n_a, 1).
    """
    ### BEGIN SOLUTION
    steps, x = caches
    grads = {"dx": np.zeros(x.shape), "da0": np.zeros(da.shape[:2])}
    grads |= {"dWax": 0, "dWaa": 0, "dba": 0}
    for t in reversed(range(da.shape[2])):
        back = rnn_cell_backward(da[:, :, t] + grads["da0"], steps[t])
        grads["dx"][:, :, t], grads["da0"] = back["dxt"], back["da_prev"]
        for name in ("dWax", "dWaa", "dba"):
            grads[name] = grads[name] + back[name]
    return grads
    ### END SOLUTION

# %% free=true
check(rnn_backward)

# %% grade="rnn_backward__returns_the_right_shapes" points=1

# %% grade="rnn_backward__dx_matches_numeric_gradient" points=4

# %% grade="rnn_backward__dWax_matches_numeric_gradient" points=3

# %% grade="rnn_backward__dWaa_matches_numeric_gradient" points=3

# %% grade="rnn_backward__dba_matches_numeric_gradient" points=3

# %% grade="rnn_backward__da0_matches_numeric_gradient" points=3

# %% grade="rnn_backward__leaves_its_inputs_unchanged" points=2

# %% grade="rnn_backward__same_answer_twice" points=1

# %% grade="rnn_backward__costs_one_cell_call_per_step" points=3

# %% grade="rnn_backward__caches_survive_overwriting_x_and_a" points=2

# %% [markdown]
# ## 6. From J to everything
#
# Put the pieces together: forward, from the labels to `da`, through time.

# %% solution="rnn_full_backward"
def rnn_full_backward(x, y, a0, parameters):
    """All gradients of J.

    Parameters
    ----------
    x : array, shape (n_x, m, T_x)
    y : array, shape (n_y, m, T_x)
        Labels, one-hot along the first axis.
    a0 : array, shape (n_a, m)
    parameters : dict

    Returns
    -------
    dict
        The keys of `rnn_backward`, and ``dWya`` (n_y, n_a), ``dby`` (n_y, 1).
    """
    ### BEGIN SOLUTION
    a, y_pred, caches = rnn_forward(x, a0, parameters)
    out = output_backward(y_pred, y, a, parameters)
    return rnn_backward(out["da"], caches) | {"dWya": out["dWya"], "dby": out["dby"]}
    ### END SOLUTION

# %% free=true
check(rnn_full_backward)

# %% grade="rnn_full_backward__returns_the_right_shapes" points=1

# %% grade="rnn_full_backward__dWya_matches_numeric_gradient" points=1

# %% grade="rnn_full_backward__dby_matches_numeric_gradient" points=1

# %% grade="rnn_full_backward__dx_matches_numeric_gradient" points=1

# %% grade="rnn_full_backward__dWax_matches_numeric_gradient" points=1

# %% grade="rnn_full_backward__dWaa_matches_numeric_gradient" points=1

# %% grade="rnn_full_backward__dba_matches_numeric_gradient" points=1

# %% grade="rnn_full_backward__da0_matches_numeric_gradient" points=1

# %% grade="rnn_full_backward__leaves_its_inputs_unchanged" points=1

# %% grade="rnn_full_backward__same_answer_twice" points=1

# %% [markdown]
# You need not take the checks' word for it. `gradient` nudges a value along the imaginary axis and
# runs forward; it knows no backward pass. At `a2` it gives the *total* derivative of $J$ with respect
# to that state; on one of the two wires that leave it, one part.

# %%
rng = np.random.default_rng(11)
n_x, n_a, n_y, m, T = 3, 5, 2, 7, 4
shapes = {"Wax": (n_a, n_x), "Waa": (n_a, n_a), "ba": (n_a, 1), "Wya": (n_y, n_a), "by": (n_y, 1)}
parameters = {name: 0.5 * rng.normal(size=shape) for name, shape in shapes.items()}
x, a0 = rng.normal(size=(n_x, m, T)), 0.5 * rng.normal(size=(n_a, m))
y = np.moveaxis(np.eye(n_y)[rng.integers(0, n_y, (m, T))], 2, 0)
graph = rnn_graph(x, y, a0, parameters)

# %%
a, y_pred, caches = rnn_forward(x, a0, parameters)
da = output_backward(y_pred, y, a, parameters)["da"]
up, right = gradient(graph, at=["a2->zy2", "a2->z3"]).values()
print("up is your da[:, :, 1]:  ", np.allclose(up, da[:, :, 1]))
print("up + right is dJ/da_2:   ", np.allclose(up + right, gradient(graph, at="a2")))
mine = rnn_full_backward(x, y, a0, parameters)
found = {name: np.allclose(mine["d" + name], gradient(graph, at=name)) for name in graph.inputs}
print("right, by the oracle:", ", ".join(f"d{name}" for name, ok in found.items() if ok))

# %% [markdown]
# ## 7. The same sum in another order
#
# $J = J_1 + \dots + J_T$, so its derivative is the sum of the derivatives of the $J_s$. Give each
# loss a traversal of its own, from its step back to step 1, with no `da` of the other steps in it, and
# add what the traversals find.
#
# **One traversal for each loss** is right. How many calls of the cell does it take?

# %% solution="rnn_backward_tree"
def rnn_backward_tree(da, caches):
    """The gradients of `rnn_backward`, by one traversal for each loss with `rnn_cell_backward`.

    Parameters
    ----------
    da : array, shape (n_a, m, T_x)
    caches : object
        As returned by your `rnn_forward`.

    Returns
    -------
    grads : dict
        The keys and shapes of `rnn_backward`.
    calls : int
        How often `rnn_cell_backward` was called: once for each loss and each step it reaches.
    """
    ### BEGIN SOLUTION
    (steps, x), calls = caches, 0
    grads = {"dx": np.zeros(x.shape), "da0": 0, "dWax": 0, "dWaa": 0, "dba": 0}
    for loss in range(da.shape[2]):
        signal = da[:, :, loss]
        for t in reversed(range(loss + 1)):
            back = rnn_cell_backward(signal, steps[t])
            signal, calls = back["da_prev"], calls + 1
            grads["dx"][:, :, t] += back["dxt"]
            grads |= {name: grads[name] + back[name] for name in ("dWax", "dWaa", "dba")}
        grads["da0"] = grads["da0"] + signal
    return grads, calls
    ### END SOLUTION

# %% free=true
check(rnn_backward_tree)

# %% grade="rnn_backward_tree__returns_the_right_shapes" points=1

# %% grade="rnn_backward_tree__dx_matches_numeric_gradient" points=2

# %% grade="rnn_backward_tree__dWax_matches_numeric_gradient" points=1

# %% grade="rnn_backward_tree__dWaa_matches_numeric_gradient" points=1

# %% grade="rnn_backward_tree__dba_matches_numeric_gradient" points=1

# %% grade="rnn_backward_tree__da0_matches_numeric_gradient" points=1

# %% grade="rnn_backward_tree__calls_the_cell_once_per_loss_and_step" points=3

# %% grade="rnn_backward_tree__leaves_its_inputs_unchanged" points=1

# %% grade="rnn_backward_tree__same_answer_twice" points=1

# %%
figures.triangle_picture(4)

# %% [markdown]
# Ten squares, one for each loss and each step that it reaches. Your tree walks the rows. Your
# `rnn_backward` adds up a column, with one `+`, before it calls the cell; a linear step gives the
# same, whether you add before or after it.
#
# Here is the triangle of your own function: one loss at a time goes into `rnn_backward`.

# %%
sizes = np.zeros((T, T))
for loss in range(T):
    alone = np.zeros(da.shape)
    alone[:, :, loss] = da[:, :, loss]
    sizes[loss] = np.abs(rnn_backward(alone, caches)["dx"]).max(axis=(0, 1))
every_loss = np.abs(rnn_backward(da, caches)["dx"]).max(axis=(0, 1))
figures.influence_picture(sizes, every_loss)

# %% [markdown]
# In each row stands the largest entry of what that loss says about $x_1, \dots, x_4$. No loss speaks
# about what comes after it. Without `da_prevt` only the diagonal would be left.

# %% [markdown]
# ## 8. Forwards: real-time recurrent learning
#
# There is a way without any way back. Let $R_t$ be the *total* derivative of $a_t$ with respect to
# $W_{aa}$, of shape $(n_a, n_a, n_a, m)$: entry $[i, k, l]$ says how unit $i$ moves with
# $W_{kl}$. From $z_i = \sum_j W_{ij}\, a_{t-1,j} + \dots$ and the product rule,
#
# $$R_t[i, k, l] = (1 - a_{t,i}^2) \Big( [i = k]\, a_{t-1,l} + \sum_j W_{ij}\, R_{t-1}[j, k, l] \Big),
# \qquad R_0 = 0,$$
#
# for each example. The first term is the *immediate* derivative, in which $a_{t-1}$ is held fixed.
# Since $R_t$ accounts for all earlier steps, it is paired with the *direct* derivative:
# $dW_{kl} = \sum_t \sum_i da_t[i]\, R_t[i, k, l]$, summed over the examples.

# %% [markdown] free=true
# **Predict.** What would come out if $R_t$ were paired with the total $dJ/da_t$? And the direct one
# with the immediate?
#
# *Your prediction:*

# %% solution="rtrl_dWaa"
def rtrl_dWaa(x, a0, parameters, da):
    """dWaa without a call of `rnn_backward`, `rnn_backward_tree` or `rnn_full_backward`.

    Parameters
    ----------
    x : array, shape (n_x, m, T_x)
    a0 : array, shape (n_a, m)
    parameters : dict
    da : array, shape (n_a, m, T_x)
        As for `rnn_backward`.

    Returns
    -------
    dWaa : array, shape (n_a, n_a)
    """
    ### BEGIN SOLUTION
    a, unit = a0, np.arange(len(a0))
    dWaa, R = np.zeros(parameters["Waa"].shape), np.zeros((len(a0), *a0.shape[:1], *a0.shape))
    for t in range(x.shape[2]):
        inside = np.einsum("ij,jklm->iklm", parameters["Waa"], R)
        inside[unit, unit] += a
        a = rnn_cell_forward(x[:, :, t], a, parameters)[0]
        R = (1 - a**2)[:, None, None, :] * inside
        dWaa += np.einsum("im,iklm->kl", da[:, :, t], R)
    return dWaa
    ### END SOLUTION

# %% free=true
check(rtrl_dWaa)

# %% grade="rtrl_dWaa__returns_the_right_shapes" points=1

# %% grade="rtrl_dWaa__dWaa_matches_numeric_gradient" points=3

# %% grade="rtrl_dWaa__calls_no_backward_pass" points=2

# %% grade="rtrl_dWaa__leaves_its_inputs_unchanged" points=1

# %% grade="rtrl_dWaa__same_answer_twice" points=1

# %% [markdown]
# Three orders of one sum: back through time, by the tree, and forwards.

# %%
by_tree, calls = rnn_backward_tree(da, caches)
forwards = rtrl_dWaa(x, a0, parameters, da)
back = rnn_backward(da, caches)["dWaa"]
print("tree agrees:", np.allclose(by_tree["dWaa"], back), " calls:", calls, "against", T)
print("forwards agrees:", np.allclose(forwards, back))
print("numbers carried:", n_a**3 * m, "forwards,", n_a * m, "backwards")

# %% [markdown]
# ## 9. Bug hunt
#
# Eight ways of writing `rnn_backward`, all seen in the wild. Five of them made the tables below, no
# two the same one.
#
# | id | what was written |
# |---|---|
# | `bptt-missing-da-prevt` | the cell receives `da[:, :, t]` |
# | `bptt-last-loss-only` | the loop starts with `da[:, :, -1]`; no other `da` enters |
# | `waa-no-transpose` | `Waa` where its transpose belongs |
# | `dwaa-uses-a-next` | `dWaa` from $a_t$ |
# | `negative-index-wrap` | `dWaa` from `a[:, :, t - 1]`, also at t = 0 |
# | `dba-broadcast-square` | `dba = dba + np.sum(dz, axis=1)` |
# | `da-mutated-in-place` | `da[:, :, t] += da_prevt` |
# | `divide-by-T` | every array divided by T at the end |
#
# Three of them were once posted in forums with their output and the question why. The inputs are
# those of the specialisation's exercise, made from its seed.

# %%
old = np.random.RandomState(1)  # the generator of that exercise
x_c, a0_c = old.randn(3, 10, 4), old.randn(5, 10)
sizes = {"Wax": (5, 3), "Waa": (5, 5), "Wya": (2, 5), "ba": (5, 1), "by": (2, 1)}
p_c = {name: old.randn(*size) for name, size in sizes.items()}
da_c = old.randn(5, 10, 4)
net = upstream_graph(x_c, a0_c, p_c, da_c)
arrays = ["x", "Wax", "Waa", "ba", "a0"]
true = gradient(net, at=arrays)
print("the right dx[1][2]:", true["x"][1][2].round(5))

# %% [markdown]
# Each was called twice with the same `da`. A table holds the error of each array after both calls:
# the largest deviation from the right one, as a fraction of its largest entry.

# %%
sizes = {"dx": (3, 10, 4), "dWax": (5, 3), "dWaa": (5, 5), "dba": (5, 1), "da0": (5, 10)}
errors = {  # dx, dWax, dWaa, dba, da0: after the first call, after the second
    "A": ([0, 0, 0, 0, 0], [1.06, 0.95, 1.02, 1.26, 0.88]),
    "B": ([0.76, 0.71, 0.84, 0.51, 1.38], [0.76, 0.71, 0.84, 0.51, 1.38]),
    "C": ([0.74, 0.68, 0.71, 0.83, 0.38], [0.74, 0.68, 0.71, 0.83, 0.38]),
    "D": ([0, 0, 0.56, 0, 0], [0, 0, 0.56, 0, 0]),
    "E": ([0, 0, 0, None, 0], [0, 0, 0, None, 0]),
}

# %%
dx_12 = {  # dx[1][2] after the first call
    "A": "-2.07102, -0.59256, 0.02467, 0.01483",
    "B": "0.02082, -0.48125, 0.01730, 0.01483",
    "C": "-0.15028, -0.34555, 0.02072, 0.01483",
    "D": "-2.07102, -0.59256, 0.02467, 0.01483",
    "E": "-2.07102, -0.59256, 0.02467, 0.01483",
}

# %%
def evidence(letter):
    """Shape, errors of both calls, and the row dx[1][2] over the four steps."""
    rows = []
    for (name, size), *found in zip(sizes.items(), *errors[letter], strict=True):
        told = ["another shape" if e is None else f"{e:.2f}" for e in found]
        rows.append((name, "(5, 5)" if None in found else str(size), *told))
    head = ("", "shape", "error, first call", "error, second call")
    return figures.Table(head, rows, caption=f"Bug {letter}: dx[1][2] = {dx_12[letter]}")

# %%
evidence("A")

# %%
evidence("B")

# %%
evidence("C")

# %%
evidence("D")

# %%
evidence("E")

# %% [markdown]
# Look first at which arrays are right, then at where `dx` starts to go wrong: the gradient travels
# from step 4 to step 1. Where two suspects remain, try them in a cell of your own, with `rnn_backward`
# on `da_c` and your own forward on `x_c`; `true["Waa"]` is the right `dWaa`, and so on.
#
# Then name the bugs: a dictionary `answers_07` with the keys `"A"` to `"E"`.

# %% solution="answers_07"
# answers_07 = {"A": "an id from the list", "B": ..., "C": ..., "D": ..., "E": ...}
### BEGIN SOLUTION
answers_07 = {
    "A": "da-mutated-in-place",
    "B": "waa-no-transpose",
    "C": "bptt-missing-da-prevt",
    "D": "negative-index-wrap",
    "E": "dba-broadcast-square",
}
### END SOLUTION

# %% free=true

# %% grade="answers_07__names_case_A" points=2
# answers_07: names case A (2 points)
### BEGIN HIDDEN TESTS
from autograder import grade
grade("answers_07__names_case_A", globals(), key="da-mutated-in-place")
### END HIDDEN TESTS

# %% grade="answers_07__names_case_B" points=2
# answers_07: names case B (2 points)
### BEGIN HIDDEN TESTS
from autograder import grade
grade("answers_07__names_case_B", globals(), key="waa-no-transpose")
### END HIDDEN TESTS

# %% grade="answers_07__names_case_C" points=2
# answers_07: names case C (2 points)
### BEGIN HIDDEN TESTS
from autograder import grade
grade("answers_07__names_case_C", globals(), key="bptt-missing-da-prevt")
### END HIDDEN TESTS

# %% grade="answers_07__names_case_D" points=2
# answers_07: names case D (2 points)
### BEGIN HIDDEN TESTS
from autograder import grade
grade("answers_07__names_case_D", globals(), key="negative-index-wrap")
### END HIDDEN TESTS

# %% grade="answers_07__names_case_E" points=2
# answers_07: names case E (2 points)
### BEGIN HIDDEN TESTS
from autograder import grade
grade("answers_07__names_case_E", globals(), key="dba-broadcast-square")
### END HIDDEN TESTS

# %% [markdown]
# ## What you can now say
#
# - Why a cell receives `da[:, :, t] + da_prevt`, and of which other network the gradient is without it.
# - What upstream is, who computes `da`, and who has paid $1/m$.
# - Why the tree is right and slow, and where the `+` saves its work.
# - Which derivative has to be total, and which immediate.
#
# The lesson of the same number derives all of it at more length, and ends with a network that learns
# to spell from a wrong gradient.
