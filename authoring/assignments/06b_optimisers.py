# %% [markdown]
# # Optimisers
#
# The backward pass says which way is down. An *optimiser* decides what is done with that: how far to
# go, and what to remember of the gradients before. You write four of them, plain descent, momentum,
# RMSprop and Adam, with the names of the deep-learning specialisation, and let them walk through the
# same valley. Then come mini-batches, and a learning rate that falls.
#
# There is no gradient to be checked here. `check(...)` compares your update with the published
# recurrence, entry by entry, says of which other update yours has the numbers, and tries what must
# hold whatever the recurrence is: how long the first step is, and where a mean goes. The hidden
# checks are the same checks on other numbers and sizes.
#
# Where a check fails, `from autograder import example` and
# `args = example(update_parameters_with_adam)` give you the arguments of the smallest instance tried
# on which your function fails. Call it with them and print what you want to see.
#
# Where you do not know how to go on, `hint(update_parameters_with_adam)` gives a question; the same
# call again gives a formula, and then a tiny worked case. It never gives code.
#
# A function is graded where it stands, from the first cell to the last: what it uses has to be
# written above it. Before you hand the notebook in, restart the kernel and run all cells.
#
# <details>
# <summary><b>Words</b> used here and what they mean (22)</summary>
#
# - **backward pass**: computing the derivatives, from the cost to the inputs
# - **batch**: the examples that are used together
# - **bias**: a number that a unit adds to its weighted sum; it is learnt
# - **carry**: what a loop hands from one step to the next
# - **cell**: in a recurrent network: the computation of one step in time; in a notebook: one box of text or code
# - **cost**: one number that says how wrong the network is on all examples together, written J: the mean of the losses
# - **example**: one set of inputs, with its label if it has one
# - **forward pass**: computing the values, from the inputs to the cost
# - **gradient**: all partial derivatives of one number with respect to an array, in the shape of the array
# - **gradient descent**: training by small steps against the gradient
# - **instance**: one set of random inputs on which a check runs your function
# - **layer**: one stage of a network: it takes numbers and gives numbers
# - **learning rate**: the number that the gradient is multiplied with before it is subtracted from the parameters
# - **numeric gradient**: a gradient found by running forward at inputs that were moved a little; it knows no formula
# - **parameter**: what a network learns: its weights and biases
# - **path**: a way through a graph, from wire to wire
# - **root**: in a graph: the last node, the one that is differentiated
# - **slope**: how fast one value moves with another: the derivative of one operation
# - **state**: in a recurrent network: what one step hands to the next
# - **unit**: one number that a layer gives for each example, with the weights that make it
# - **weight**: a number that an input of a unit is multiplied with; it is learnt
# - **∂**: ∂J/∂w is a partial derivative: how fast J moves when w alone is moved
#
# </details>

# %% [markdown]
# ## The contract
#
# - **parameters** is the dict of unit 04: `W1`, `b1`, ..., `WL`, `bL`, of any number of layers. **grads**
#   has their gradients, `dW1`, `db1`, ...; it may hold more than that, as the `dA` and `dZ` of unit 04, and
#   the rest is not looked at. Keys may stand in any order: a backward pass begins with the last layer.
# - **The state**, `v` and `s`, is what an optimiser remembers from one update to the next. Each is a dict
#   with the keys `dW1`, `db1`, ..., and no others; each entry has the shape of its parameter.
# - **Mutation.** None: no array and no dict that comes in is changed, new ones come out. (The
#   specialisation's own solutions write into `parameters`, `v` and `s`. Pasted in, they lose a point a
#   function for that, and no other.)
# - **Every entry for itself.** $W$ stands for any array of parameters here, for biases too, and $dW$ for
#   its gradient. Squares, roots and quotients are taken entry by entry.
# - **Numbers** are those of the call: nothing is remembered in a function between calls. `t` counts the
#   updates; the caller counts them, and at the first one `t` is 1.

# %% [markdown]
# ## Symbols
#
# | here | code | what it is |
# |---|---|---|
# | $W$, $dW$ | `parameters["W1"]`, `grads["dW1"]` | any array of parameters, and $\partial J / \partial W$ |
# | $\alpha$ | `learning_rate` | how far a step goes |
# | $v$ | `v["dW1"]` | a mean of the gradients |
# | $s$ | `s["dW1"]` | a mean of their squares, $dW^2$ |
# | $\beta$, $\beta_1$, $\beta_2$ | `beta`, `beta1`, `beta2` | how much of a mean is kept at each update |
# | $\epsilon$ | `epsilon` | a small number that keeps us from dividing by 0 |
# | $t$ | `t` | the number of this update: 1, 2, 3, ... |
#
# What `check` says uses `v_dW1` for `v["dW1"]`, `W_new` and `v_new` for what comes out, *root* for
# $\sqrt{s}$, and *divisor* for $\sqrt{s} + \epsilon$.

# %%
import numpy as np

from autograder import check, figures, hint
from autograder.datasets import river
from autograder.networks import mlp_graph
from autograder.oracle import gradient

# %% [markdown]
# The next cell is for the checks: it writes into each array that you start with, in turn, and then
# looks whether the others have noticed.

# %%
def written_into(*states):
    """All arrays of these dicts, after 1, 2, 3, ... was added to them in place."""
    arrays = [array for state in states for array in state.values()]
    for n, array in enumerate(arrays, 1):
        array += n
    return arrays

# %%
def velocity_written_into(parameters):
    """The arrays of initialize_velocity, written into, and the parameters."""
    return written_into(initialize_velocity(parameters)), parameters


def adam_written_into(parameters):
    """The arrays of initialize_adam, written into, and the parameters."""
    return written_into(*initialize_adam(parameters)), parameters

# %% [markdown]
# ## 1. Plain descent
#
# $$W_{new} = W - \alpha\, dW .$$
#
# This is `update_parameters` of unit 04 under the name of this course's second part; here the arrays
# that come in stay as they are, and so does the dict.

# %% solution="update_parameters_with_gd"
def update_parameters_with_gd(parameters, grads, learning_rate):
    """One step of gradient descent.

    Parameters
    ----------
    parameters : dict
        `W1`, `b1`, ..., `WL`, `bL`.
    grads : dict
        `dW1`, `db1`, ..., and perhaps more.
    learning_rate : float

    Returns
    -------
    parameters : dict
        The new ones: a new dict of new arrays, with the same keys.
    """
    ### BEGIN SOLUTION
    return {name: p - learning_rate * grads[f"d{name}"] for name, p in parameters.items()}
    ### END SOLUTION

# %% free=true
check(update_parameters_with_gd)

# %% grade="update_parameters_with_gd__returns_the_right_shapes" points=1

# %% grade="update_parameters_with_gd__parameters_are_right" points=2

# %% grade="update_parameters_with_gd__leaves_its_inputs_unchanged" points=1

# %% [markdown]
# A network of one weight $w$ and one bias $b$, and a cost that is a long valley:
# $J = \frac{1}{2}(w^2 + 20\, b^2)$, with $dw = w$ and $db = 20\, b$. One step of plain descent multiplies
# $w$ by $1 - \alpha$ and $b$ by $1 - 20\, \alpha$.

# %% [markdown] free=true
# **Predict.** Take $\alpha = 0.09$. By which number is $b$ multiplied at each step, and by which $w$?
# What does the path look like, seen from above? From which $\alpha$ on does it leave the valley?
#
# *Your prediction:*

# %%
START = {"W1": np.array([[-8.0]]), "b1": np.array([[1.0]])}


def slopes(parameters):
    """The gradient of J = (w**2 + 20 b**2) / 2."""
    return {"dW1": parameters["W1"], "db1": 20 * parameters["b1"]}


def place(parameters):
    """w and b as two numbers."""
    return float(parameters["W1"][0, 0]), float(parameters["b1"][0, 0])

# %%
here, down = START, [place(START)]
for _ in range(40):
    here = update_parameters_with_gd(here, slopes(here), 0.09)
    down.append(place(here))
for n in (0, 1, 2, 3, 40):
    print(f"after {n:2} updates: w = {down[n][0]:6.3f}, b = {down[n][1]:6.3f}")
figures.valley_picture(20, {"plain descent": down})

# %% [markdown]
# ## 2. Momentum: a mean of the gradients
#
# In the valley the slopes across it change their sign at each step, and those along it do not. Their
# *mean* over the last steps is small across, and remains along. So remember a mean, and follow that:
#
# $$v_{new} = \beta\, v + (1 - \beta)\, dW, \qquad W_{new} = W - \alpha\, v_{new} .$$
#
# It starts with $v = 0$. Write $g_1, g_2, g_3$ for the first three gradients.

# %% [markdown] free=true
# **Derive.** Put the line into itself and write $v_1$, $v_2$ and $v_3$ as sums over $g_1, g_2, g_3$. Which
# weight has $g_k$ in $v_t$?
#
# *Your lines:*

# %% solution="initialize_velocity"
def initialize_velocity(parameters):
    """What momentum remembers before the first update.

    Parameters
    ----------
    parameters : dict
        `W1`, `b1`, ..., `WL`, `bL`.

    Returns
    -------
    v : dict
        `dW1`, `db1`, ...: zeros in the shape of each parameter, each an array of floats of its
        own.
    """
    ### BEGIN SOLUTION
    return {f"d{name}": np.zeros(p.shape) for name, p in parameters.items()}
    ### END SOLUTION

# %% free=true
check(initialize_velocity)

# %% grade="initialize_velocity__holds_zeros" points=1

# %% grade="initialize_velocity__each_entry_is_an_array_of_its_own" points=1

# %% solution="update_parameters_with_momentum"
def update_parameters_with_momentum(parameters, grads, v, beta, learning_rate):
    """One update with momentum.

    Parameters
    ----------
    parameters, grads : dict
        As in `update_parameters_with_gd`.
    v : dict
        The mean of the gradients so far.
    beta : float
        How much of it is kept.
    learning_rate : float

    Returns
    -------
    parameters : dict
        The new ones, made with the new mean.
    v : dict
        The new mean: of gradients, without the learning rate.
    """
    ### BEGIN SOLUTION
    v = {name: beta * old + (1 - beta) * grads[name] for name, old in v.items()}
    moved = {name: p - learning_rate * v[f"d{name}"] for name, p in parameters.items()}
    return moved, v
    ### END SOLUTION

# %% free=true
check(update_parameters_with_momentum)

# %% grade="update_parameters_with_momentum__returns_the_right_shapes" points=1

# %% grade="update_parameters_with_momentum__v_is_right" points=3

# %% grade="update_parameters_with_momentum__parameters_are_right" points=3

# %% grade="update_parameters_with_momentum__v_goes_to_a_constant_gradient" points=1

# %% grade="update_parameters_with_momentum__leaves_its_inputs_unchanged" points=1

# %% [markdown]
# ## 3. Why the mean is corrected
#
# A mean has weights that add up to 1. Those of $v_t$ are $(1 - \beta)\,\beta^{t-k}$ for $g_k$.

# %% [markdown] free=true
# **Derive.** The sum of the weights for $t = 1$, for $t = 2$, for $t = 3$; with
# $1 + \beta + \beta^2 = (1 - \beta^3)/(1 - \beta)$ for the last. What is it for any $t$? Then **predict**:
# with $\beta = 0.9$ and gradients that are always 1, what is $v_1$, and what should a mean be?
#
# *Your lines:*

# %%
ones, v = {"dW1": np.ones((1, 1)), "db1": np.ones((1, 1))}, initialize_velocity(START)
for t in range(1, 6):
    _, v = update_parameters_with_momentum(START, ones, v, 0.9, 0.1)
    mean = v["dW1"].item()
    print(f"t = {t}: v = {mean:.4f}   1 - 0.9**t = {1 - 0.9**t:.4f}   v / (1 - 0.9**t) =", end=" ")
    print(round(mean / (1 - 0.9**t), 12))

# %% [markdown]
# The weights add up to $1 - \beta^t$. The mean starts at zero, and is pulled there until enough
# gradients have come in. Divided by $1 - \beta^t$ its weights add up to 1 again: that is the *bias
# correction*. Momentum does without it; Adam needs it, as you will see.

# %% [markdown]
# ## 4. RMSprop: a step of its own for each parameter
#
# The learning rate that is right for a steep parameter is too small for a flat one. RMSprop measures how
# large the gradients of each parameter are, by the root of the mean of their squares (hence the name:
# *root mean square*), and divides by it:
#
# $$s_{new} = \beta\, s + (1 - \beta)\, dW^2, \qquad
# W_{new} = W - \alpha\, \frac{dW}{\sqrt{s_{new}} + \epsilon} .$$
#
# $\epsilon$ stands outside the root. $s$ starts with zeros too, those of `initialize_velocity`, and is not
# corrected.

# %% [markdown] free=true
# **Predict.** All gradients are ten times as large. What becomes of $s$, of its root, and of the step?
#
# *Your prediction:*

# %% solution="update_parameters_with_rmsprop"
def update_parameters_with_rmsprop(parameters, grads, s, beta, learning_rate, epsilon=1e-8):
    """One update with RMSprop.

    Parameters
    ----------
    parameters, grads : dict
        As in `update_parameters_with_gd`.
    s : dict
        The mean of the squares so far.
    beta, learning_rate, epsilon : float

    Returns
    -------
    parameters : dict
        The new ones, made with the new mean.
    s : dict
        The new mean of the squares.
    """
    ### BEGIN SOLUTION
    s = {name: beta * old + (1 - beta) * grads[name] ** 2 for name, old in s.items()}
    moved = {}
    for name, p in parameters.items():
        moved[name] = p - learning_rate * grads[f"d{name}"] / (np.sqrt(s[f"d{name}"]) + epsilon)
    return moved, s
    ### END SOLUTION

# %% free=true
check(update_parameters_with_rmsprop)

# %% grade="update_parameters_with_rmsprop__returns_the_right_shapes" points=1

# %% grade="update_parameters_with_rmsprop__s_is_right" points=3

# %% grade="update_parameters_with_rmsprop__parameters_are_right" points=3

# %% grade="update_parameters_with_rmsprop__a_step_is_as_long_as_the_rate" points=1

# %% grade="update_parameters_with_rmsprop__leaves_its_inputs_unchanged" points=1

# %% [markdown]
# ## 5. Adam: both
#
# Adam follows a mean of the gradients, divides by the root of a mean of their squares, and corrects both
# means:
#
# $$v_{new} = \beta_1 v + (1 - \beta_1)\, dW, \qquad s_{new} = \beta_2 s + (1 - \beta_2)\, dW^2,$$
#
# $$v_{corrected} = \frac{v_{new}}{1 - \beta_1^t}, \qquad s_{corrected} = \frac{s_{new}}{1 - \beta_2^t},
# \qquad W_{new} = W - \alpha\, \frac{v_{corrected}}{\sqrt{s_{corrected}} + \epsilon} .$$
#
# The corrected means are for this step alone. What comes back, and goes into the next update, is
# $v_{new}$ and $s_{new}$ as they are: the correction at $t + 1$ reckons with a sum that started at zero.

# %% solution="initialize_adam"
def initialize_adam(parameters):
    """What Adam remembers before the first update.

    Returns
    -------
    v, s : dict
        Each as in `initialize_velocity`; no array stands in both.
    """
    ### BEGIN SOLUTION
    return initialize_velocity(parameters), initialize_velocity(parameters)
    ### END SOLUTION

# %% free=true
check(initialize_adam)

# %% grade="initialize_adam__holds_zeros" points=1

# %% grade="initialize_adam__each_entry_is_an_array_of_its_own" points=2

# %% [markdown] free=true
# **Predict.** At the first update $v$ and $s$ are 0 and $t$ is 1. Work out the step for a gradient of
# 0.003, and for one of 3000; let $\epsilon$ be 0. How long would each be without the two corrections, with
# $\beta_1 = 0.9$ and $\beta_2 = 0.999$?
#
# *Your prediction:*

# %% solution="update_parameters_with_adam"
def update_parameters_with_adam(
    parameters, grads, v, s, t, learning_rate=0.01, beta1=0.9, beta2=0.999, epsilon=1e-8
):
    """One update with Adam.

    Parameters
    ----------
    parameters, grads : dict
        As in `update_parameters_with_gd`.
    v, s : dict
        The means so far, not corrected.
    t : int
        The number of this update, 1 at the first.
    learning_rate, beta1, beta2, epsilon : float

    Returns
    -------
    parameters : dict
    v, s : dict
        The new means, not corrected. The corrected ones may follow; nobody looks at them.
    """
    ### BEGIN SOLUTION
    v = {name: beta1 * old + (1 - beta1) * grads[name] for name, old in v.items()}
    s = {name: beta2 * old + (1 - beta2) * grads[name] ** 2 for name, old in s.items()}
    moved = {}
    for name, p in parameters.items():
        v_corrected = v[f"d{name}"] / (1 - beta1**t)
        s_corrected = s[f"d{name}"] / (1 - beta2**t)
        moved[name] = p - learning_rate * v_corrected / (np.sqrt(s_corrected) + epsilon)
    return moved, v, s
    ### END SOLUTION

# %% free=true
check(update_parameters_with_adam)

# %% grade="update_parameters_with_adam__returns_the_right_shapes" points=1

# %% grade="update_parameters_with_adam__v_is_right" points=3

# %% grade="update_parameters_with_adam__s_is_right" points=3

# %% grade="update_parameters_with_adam__parameters_are_right" points=5

# %% grade="update_parameters_with_adam__the_first_step_is_as_long_as_the_rate" points=2

# %% grade="update_parameters_with_adam__leaves_its_inputs_unchanged" points=1

# %% grade="update_parameters_with_adam__same_answer_twice" points=1

# %% [markdown]
# ## 6. Four paths through one valley
#
# All four are now yours. `walk` hands each of them what it remembers and keeps the places.

# %%
def one_update(method, here, state, t):
    """The next parameters, and the state as a tuple."""
    grads = slopes(here)
    if method == "plain descent":
        return update_parameters_with_gd(here, grads, 0.09), ()
    if method == "momentum":
        here, *state = update_parameters_with_momentum(here, grads, *state, 0.8, 0.3)
    elif method == "RMSprop":
        here, *state = update_parameters_with_rmsprop(here, grads, *state, 0.9, 0.3)
    else:
        here, *state = update_parameters_with_adam(here, grads, *state, t, 0.5, 0.8, 0.9)[:3]
    return here, state

# %%
def walk(method, updates=60):
    """The places that an optimiser comes through, from START on."""
    here, places = START, [place(START)]
    state = initialize_adam(START) if method == "Adam" else [initialize_velocity(START)]
    for t in range(1, updates + 1):
        here, state = one_update(method, here, state, t)
        places.append(place(here))
    return places

# %% [markdown] free=true
# **Predict.** Which of the four go from side to side all the way down? Which of them move $w$ and $b$
# equally far at the first step, as if both directions were equally steep?
#
# *Your prediction:*

# %%
methods = ("plain descent", "momentum", "RMSprop", "Adam")
figures.valley_picture(20, {method: walk(method) for method in methods})

# %% [markdown]
# Plain descent goes from side to side all the way. Look at the first step of each path: plain descent and
# momentum run down the steep side. RMSprop and
# Adam go equally far in both directions: the sizes of the two slopes have been divided out. (RMSprop's
# first step is $1/\sqrt{0.1} = 3.2$ times as long as the rate says, since its $s$ starts at zero and is not
# corrected.) Near the bottom RMSprop jumps from side to side: where the slopes have been small for a while, a
# step is again about as long as the learning rate. That is what section 8 is for.

# %% [markdown]
# ## 7. Mini-batches
#
# The gradient of the mean over all $m$ examples costs $m$ forward and backward passes. That over a few
# of them, a *mini-batch*, costs less and points about the same way. One pass through all examples, batch
# after batch, is an *epoch*.

# %% solution="random_mini_batches"
def random_mini_batches(X, Y, mini_batch_size=64, seed=0):
    """Put the examples in a random order, and cut that into batches.

    Parameters
    ----------
    X : array, shape (n_x, m)
        Columns are examples.
    Y : array, shape (n_y, m)
        The label of each example stands in the same column.
    mini_batch_size : int
    seed : int
        Decides the order: the same for the same seed, another for another one. Any example can
        come in any place.

    Returns
    -------
    mini_batches : list of (X_batch, Y_batch)
        Each example is in one batch, once, beside its own label. All batches have
        `mini_batch_size` examples, but the last, which holds the rest where there is one.
    """
    ### BEGIN SOLUTION
    order = np.random.default_rng(seed).permutation(X.shape[1])
    batches = []
    for start in range(0, X.shape[1], mini_batch_size):
        chosen = order[start : start + mini_batch_size]
        batches.append((X[:, chosen], Y[:, chosen]))
    return batches
    ### END SOLUTION

# %% free=true
check(random_mini_batches)

# %% grade="random_mini_batches__keeps_pairs_together" points=2

# %% grade="random_mini_batches__has_each_example_once" points=2

# %% grade="random_mini_batches__makes_full_batches_and_a_rest" points=2

# %% grade="random_mini_batches__follows_its_seed" points=2

# %% [markdown]
# Does a batch point the right way? The mean of the batches' gradients, each with the weight of its number
# of examples, has to be the gradient over all. The network is that of unit 03b, and `gradient` finds its
# slopes numerically.

# %%
rng = np.random.default_rng(62)
X, Y = river(200, rng)
network = {"W1": rng.normal(size=(5, 2)), "b1": np.zeros((5, 1))}
network |= {"W2": 0.1 * rng.normal(size=(1, 5)), "b2": np.zeros((1, 1))}


def grads_of(X, Y, parameters):
    """dW1, db1, dW2, db2 of the cost on these examples."""
    found = gradient(mlp_graph(X, Y, parameters, ("tanh", "sigmoid")), list(parameters))
    return {f"d{name}": slope for name, slope in found.items()}

# %%
whole, batches = grads_of(X, Y, network), random_mini_batches(X, Y, 32, 1)
each = [grads_of(x, y, network)["dW1"] for x, y in batches]
weights = [x.shape[1] / X.shape[1] for x, _ in batches]
mean = sum(w * g for w, g in zip(weights, each, strict=True))
print("examples in each batch:", [x.shape[1] for x, _ in batches])
print("mean of the batches' dW1 is dW1 over all:", np.allclose(mean, whole["dW1"]))
for g in each[:3]:
    cosine = float((g * whole["dW1"]).sum() / np.linalg.norm(g) / np.linalg.norm(whole["dW1"]))
    print(f"cosine of one batch's dW1 with it: {cosine:.3f}")

# %% [markdown]
# Now train with your own functions: Adam, for twelve epochs, once with all examples at each update and
# once with batches of 32.

# %%
def train(size, epochs=12):
    """The cost over all examples after each epoch."""
    here, costs, t = network, [], 0
    v, s = initialize_adam(network)
    for epoch in range(epochs):
        for x, y in random_mini_batches(X, Y, size, epoch):
            t += 1
            grads = grads_of(x, y, here)
            here, v, s = update_parameters_with_adam(here, grads, v, s, t, 0.05)[:3]
        costs.append(float(mlp_graph(X, Y, here, ("tanh", "sigmoid")).value("J")))
    return costs

# %%
figures.epochs_picture({"all at once": train(200), "batches of 32": train(32)})

# %% [markdown]
# Both runs have looked at each example twelve times. One of them has made twelve updates, the other 84.

# %% [markdown]
# ## 8. A rate that falls
#
# Far from the bottom long steps are good, near it short ones. So let the learning rate fall with the
# number of the epoch:
#
# $$\alpha = \frac{\alpha_0}{1 + \text{decay\_rate} \cdot \text{epoch\_num}} .$$
#
# Where that falls too fast, let it fall in stairs: `epoch_num` is replaced by the number of whole
# intervals that have passed, $\lfloor \text{epoch\_num} / \text{time\_interval} \rfloor$.

# %% solution="update_lr"
def update_lr(learning_rate0, epoch_num, decay_rate):
    """The learning rate in an epoch.

    Parameters
    ----------
    learning_rate0 : float
        That of epoch 0.
    epoch_num : int
    decay_rate : float

    Returns
    -------
    learning_rate : float
    """
    ### BEGIN SOLUTION
    return learning_rate0 / (1 + decay_rate * epoch_num)
    ### END SOLUTION

# %% free=true
check(update_lr)

# %% grade="update_lr__rate_is_right" points=1

# %% solution="schedule_lr_decay"
def schedule_lr_decay(learning_rate0, epoch_num, decay_rate, time_interval=1000):
    """The learning rate in an epoch, where it falls once in `time_interval` epochs.

    Returns
    -------
    learning_rate : float
    """
    ### BEGIN SOLUTION
    return learning_rate0 / (1 + decay_rate * (epoch_num // time_interval))
    ### END SOLUTION

# %% free=true
check(schedule_lr_decay)

# %% grade="schedule_lr_decay__rate_is_right" points=2

# %% [markdown]
# In the valley of section 6, RMSprop with a rate that stays and with one that falls every twenty
# updates:

# %%
def heights(decay_rate, updates=120):
    """J after each update of RMSprop."""
    here, s, found = START, initialize_velocity(START), []
    for n in range(updates):
        rate = schedule_lr_decay(0.3, n, decay_rate, 20)
        here, s = update_parameters_with_rmsprop(here, slopes(here), s, 0.9, rate)
        w, b = place(here)
        found.append((w**2 + 20 * b**2) / 2)
    return found

# %%
runs = {"the rate stays": heights(0.0), "the rate falls": heights(3.0)}
figures.epochs_picture(runs, "updates", "J")

# %% [markdown]
# With a rate that stays the path dances around the bottom, a step of the learning rate to this side and
# one to the other. With one that falls the dance gets smaller.

# %% [markdown]
# Of your predictions above: with $\alpha = 0.09$ plain descent multiplies $b$ by $-0.8$ and $w$ by $0.91$, so
# the path goes from side to side; from $\alpha = 0.1$ on $b$ no longer shrinks. With ten times the
# gradients $s$ is a hundred times as large, its root ten times, and the step the same. At Adam's first
# update $v_{corrected} = dW$ and $s_{corrected} = dW^2$, so each step has the length $\alpha$; without the
# corrections it would be $0.1/\sqrt{0.001} = 3.2$ times that.

# %% [markdown]
# ## 9. Bug hunt
#
# Seven ways of writing Adam wrong. Four of them made the tables below, no two the same one.
#
# | id | what was written |
# |---|---|
# | `optimiser-one-minus-beta-missing` | `v = beta1 * v + dW` |
# | `adam-bias-correction-missing` | the step with `v` and `s` as they are |
# | `adam-t-off-by-one` | `t + 1` where `t` belongs |
# | `adam-betas-swapped` | `beta1` and `beta2` in each other's places |
# | `adam-corrected-carried-on` | the corrected means go into the next update |
# | `adam-square-of-mean` | `s = beta2 * s + (1 - beta2) * v**2` |
# | `optimiser-root-missing` | the step divided by `s_corrected` |
#
# One parameter, four updates, with the gradients 2, 2, 2 and -2. The numbers are $\beta_1 = 0.9$,
# $\beta_2 = 0.99$, $\alpha = 1$ and $\epsilon = 0$; $v$ and $s$ start at 0. A table holds the four steps,
# $W - W_{new}$, to two digits. A right Adam makes 1, 1, 1 and 0.42.

# %%
steps = {
    "A": [10, 6.58, 5, 2.23],
    "B": [1, 0.74, 0.44, 0.23],
    "C": [0.74, 0.86, 0.91, 0.39],
    "D": [1, 1.35, 1.57, 0.72],
}

# %%
def evidence(letter):
    """The four steps of one bug."""
    told = [f"{step:.2f}" for step in steps[letter]]
    head = ("", "t = 1", "t = 2", "t = 3", "t = 4")
    return figures.Table(head, [("step", *told)], caption=f"Bug {letter}")

# %%
evidence("A")

# %%
evidence("B")

# %%
evidence("C")

# %%
evidence("D")

# %% [markdown]
# Begin with the first step: there every sum has one term. Where two suspects remain, try them: a copy of
# your `update_parameters_with_adam` with the suspect's line makes the four numbers or it does not.
#
# Then name the bugs: a dictionary `answers_06b` with the keys `"A"` to `"D"`.

# %% solution="answers_06b"
# answers_06b = {"A": "an id from the list", "B": ..., "C": ..., "D": ...}
### BEGIN SOLUTION
answers_06b = {
    "A": "adam-square-of-mean",
    "B": "adam-corrected-carried-on",
    "C": "adam-t-off-by-one",
    "D": "adam-bias-correction-missing",
}
### END SOLUTION

# %% free=true

# %% grade="answers_06b__names_case_A" points=2
# answers_06b: names case A (2 points)
### BEGIN HIDDEN TESTS
from autograder import grade
grade("answers_06b__names_case_A", globals(), key="adam-square-of-mean")
### END HIDDEN TESTS

# %% grade="answers_06b__names_case_B" points=2
# answers_06b: names case B (2 points)
### BEGIN HIDDEN TESTS
from autograder import grade
grade("answers_06b__names_case_B", globals(), key="adam-corrected-carried-on")
### END HIDDEN TESTS

# %% grade="answers_06b__names_case_C" points=2
# answers_06b: names case C (2 points)
### BEGIN HIDDEN TESTS
from autograder import grade
grade("answers_06b__names_case_C", globals(), key="adam-t-off-by-one")
### END HIDDEN TESTS

# %% grade="answers_06b__names_case_D" points=2
# answers_06b: names case D (2 points)
### BEGIN HIDDEN TESTS
from autograder import grade
grade("answers_06b__names_case_D", globals(), key="adam-bias-correction-missing")
### END HIDDEN TESTS

# %% [markdown]
# ## What you can now say
#
# - Why plain descent goes from side to side in a valley, and what a mean of the gradients does about it.
# - Which weight a gradient of $k$ updates ago has, and why the mean is divided by $1 - \beta^t$.
# - Why a step of RMSprop and Adam does not depend on the size of the gradients.
# - What an optimiser remembers, and that it is the mean which is *not* corrected.
# - Why a mini-batch may stand for all examples.
#
# The lesson of the same number says it at more length.
