# %% [markdown]
# # The RNN in rows
#
# The recurrent network of assignment 07 once more, in the other layout of the field: rows are
# examples, weights stand on the right, and functions return tuples. You write one step and the
# loop through time, forward and backward. Then you train the network with your own gradient, on a
# task that forgives a wrong one and on a task that does not.
#
# After each function you call `check(...)`. It compares what your function returns with numeric
# gradients and says what it found. The hidden checks are the same checks on other numbers and sizes.
#
# Where a check fails, `from autograder import example` and `args = example(rnn_step_backward)`
# give you the arguments of the smallest instance tried on which your function fails. Call it with
# them, `rnn_step_backward(*args)`, and print what you want to see.
#
# Where you do not know how to go on, `hint(rnn_step_backward)` gives a question; the same call
# again gives a formula, and then a tiny worked case. It never gives code.
#
# A function is graded where it stands, from the first cell to the last: what it uses has to be
# written above it. Before you hand the notebook in, restart the kernel and run all cells.
#
# <details>
# <summary><b>Words</b> used here and what they mean (26)</summary>
#
# - **axis**: one direction of an array: a table has axis 0, down its rows, and axis 1, along its columns
# - **backward pass**: computing the derivatives, from the cost to the inputs
# - **cache**: what a forward function keeps for its backward function
# - **cell**: in a recurrent network: the computation of one step in time; in a notebook: one box of text or code
# - **chain rule**: the derivative along a path is the product of the slopes on it; over several paths, the sum of these products
# - **cost**: one number that says how wrong the network is on all examples together, written J: the mean of the losses
# - **example**: one set of inputs, with its label if it has one
# - **fork**: a value that is used more than once; on the way back its contributions are added
# - **forward pass**: computing the values, from the inputs to the cost
# - **gradient**: all partial derivatives of one number with respect to an array, in the shape of the array
# - **instance**: one set of random inputs on which a check runs your function
# - **layer**: one stage of a network: it takes numbers and gives numbers
# - **layout**: which axis of an array counts what. Columns or rows may be examples; and a Jacobian has two layouts of its own, numerator and denominator
# - **loss**: one number that says how wrong the network is on one example
# - **numeric gradient**: a gradient found by running forward at inputs that were moved a little; it knows no formula
# - **recurrent**: used again at each step in time, with the same weights
# - **scalar**: a single number
# - **score**: a number that the network gives to a class before softmax or the sigmoid makes a probability of it; also called a logit
# - **slope**: how fast one value moves with another: the derivative of one operation
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
# - **Layout, names and signatures** are those of CS231n: `rnn_forward(x, h0, Wx, Wh, b)`. A solution
#   made there can be graded here as it is. If its cache holds views of `x`, as most do, that costs
#   the two points of `cache_survives_overwriting_x_and_h`. The functions of assignment 07 have the
#   same two names and other arguments; they belong there.
# - **What is differentiated.** One scalar $J$. `dh` holds at `[:, t]` the derivative of $J$ with
#   respect to the state of step $t$ through that step's own loss alone. Every array `dQ` that you
#   return is $\partial J / \partial Q$, with the shape of `Q`.
# - **Who pays 1/N.** Whoever made `dh`. Behind it nobody divides.
# - **Mutation.** None: whatever comes in, the cache too, stays as it was.
# - **Caches** are yours, in any form. That of `rnn_forward` owns its data: what somebody writes into
#   `x` or `h` after your forward pass must not change what backward returns.
# - **Cost.** `rnn_backward` calls `rnn_step_backward` once a step, at most.

# %% [markdown]
# ## Symbols and shapes
#
# | here | shape | in assignment 07 | shape |
# |---|---|---|---|
# | `x` | $(N, T, D)$ | `x` | $(n_x, m, T_x)$ |
# | `h`, `h0` | $(N, T, H)$, $(N, H)$ | `a`, `a0` | $(n_a, m, T_x)$, $(n_a, m)$ |
# | `prev_h`, `next_h` | $(N, H)$ | `a_prev`, `a_next` | $(n_a, m)$ |
# | `Wx`, `Wh` | $(D, H)$, $(H, H)$ | `Wax`, `Waa` | $(n_a, n_x)$, $(n_a, n_a)$ |
# | `b` | $(H,)$ | `ba` | $(n_a, 1)$ |
# | `dh` | $(N, T, H)$ | `da` | $(n_a, m, T_x)$ |
#
# $N$ is what $m$ was, $D$ is $n_x$, $H$ is $n_a$. Time is the *middle* axis: step $t$ of `x` is
# `x[:, t]`, of shape $(N, D)$, counted from 0 in code and from 1 in formulas. In sums, $i$ counts
# examples, $j$ and $k$ units, $d$ inputs.

# %%
import numpy as np

from autograder import check, figures, hint
from autograder.networks import upstream_graph
from autograder.oracle import gradient

# %% [markdown]
# The next cell is for the checks. By `rows_are_examples` they tell this `rnn_forward` from that of
# assignment 07; the function runs your forward pass and then spoils `x` and `h`. The cache must not
# notice. (`x[:, t]` is a view: it has no numbers of its own.)

# %%
def rows_are_examples():
    """A name for the checks; nothing calls it."""


def forward_then_overwrite(x, h0, Wx, Wh, b):
    """The cache of your rnn_forward, after x and h were overwritten with zeros."""
    h, cache = rnn_forward(x, h0, Wx, Wh, b)
    x[...] = 0.0
    h[...] = 0.0
    return cache

# %% [markdown]
# ## 1. One step forward
#
# $$z = h_{prev}\, W_h + x\, W_x + b, \qquad h_{next} = \tanh(z).$$
#
# Row $i$ of $z$ belongs to example $i$. `b` has one number for each unit and is copied to every row.

# %% solution="rnn_step_forward"
def rnn_step_forward(x, prev_h, Wx, Wh, b):
    """One step of the network.

    Parameters
    ----------
    x : array, shape (N, D)
        The inputs of this step.
    prev_h : array, shape (N, H)
    Wx : array, shape (D, H)
    Wh : array, shape (H, H)
    b : array, shape (H,)

    Returns
    -------
    next_h : array, shape (N, H)
    cache : object
        What `rnn_step_backward` will need; its form is your choice.
    """
    ### BEGIN SOLUTION
    next_h = np.tanh(prev_h @ Wh + x @ Wx + b)
    return next_h, (x.copy(), prev_h, Wx, Wh, next_h)
    ### END SOLUTION

# %% free=true
check(rnn_step_forward)

# %% grade="rnn_step_forward__returns_the_right_shapes" points=1

# %% grade="rnn_step_forward__next_h_is_right" points=2

# %% grade="rnn_step_forward__leaves_its_inputs_unchanged" points=1

# %% [markdown]
# ## 2. One step backward
#
# `dnext_h` is the **upstream** of the step: the derivative of $J$ with respect to its output. The
# slope of tanh at $z$ is $1 - \tanh^2(z) = 1 - h_{next}^2$, entry by entry, so
# $dz = dnext_h * (1 - next_h^2)$, as in 07. The rest is one linear layer with two inputs. With
# indices:
#
# $$z_{ik} = \sum_j h_{ij}\, W_{h,jk} + \sum_d x_{id}\, W_{x,dk} + b_k .$$
#
# Ask for each letter which entries of $z$ it touches. $W_{h,jk}$ touches $z_{ik}$ of every example
# $i$, and meets $h_{ij}$ there. $h_{ij}$ touches $z_{ik}$ of its own example, for every $k$. $b_k$
# touches $z_{ik}$ of every example.

# %% [markdown] free=true
# **Derive.** Five sums, one for each array that the function returns. Which index is summed, and
# which product of matrices is that?
#
# *Your lines:*

# %% [markdown] free=true
# **Predict.** In 07 the line was `dWaa = dz @ a_prev.T`. Write `dWh = dz @ prev_h.T` here. For
# which sizes does NumPy object?
#
# *Your prediction:*

# %% solution="rnn_step_backward"
def rnn_step_backward(dnext_h, cache):
    """Backward through one step.

    Parameters
    ----------
    dnext_h : array, shape (N, H)
        Derivative of J with respect to next_h.
    cache : object
        As returned by your `rnn_step_forward`.

    Returns
    -------
    dx : array, shape (N, D)
    dprev_h : array, shape (N, H)
    dWx : array, shape (D, H)
    dWh : array, shape (H, H)
    db : array, shape (H,)
    """
    ### BEGIN SOLUTION
    x, prev_h, Wx, Wh, next_h = cache
    dz = dnext_h * (1 - next_h**2)
    return dz @ Wx.T, dz @ Wh.T, x.T @ dz, prev_h.T @ dz, dz.sum(axis=0)
    ### END SOLUTION

# %% free=true
check(rnn_step_backward)

# %% grade="rnn_step_backward__returns_the_right_shapes" points=1

# %% grade="rnn_step_backward__dx_matches_numeric_gradient" points=3

# %% grade="rnn_step_backward__dprev_h_matches_numeric_gradient" points=4

# %% grade="rnn_step_backward__dWx_matches_numeric_gradient" points=3

# %% grade="rnn_step_backward__dWh_matches_numeric_gradient" points=3

# %% grade="rnn_step_backward__db_matches_numeric_gradient" points=3

# %% grade="rnn_step_backward__leaves_its_inputs_unchanged" points=1

# %% grade="rnn_step_backward__same_answer_twice" points=1

# %% [markdown]
# ## 3. All steps forward
#
# The same step, with the same weights, $T$ times; the state of one step goes into the next.

# %% solution="rnn_forward"
def rnn_forward(x, h0, Wx, Wh, b):
    """The network over a whole sequence.

    Parameters
    ----------
    x : array, shape (N, T, D)
    h0 : array, shape (N, H)
    Wx, Wh, b : array
        As for `rnn_step_forward`.

    Returns
    -------
    h : array, shape (N, T, H)
        The states h_1, ..., h_T.
    cache : object
        What `rnn_backward` will need.
    """
    ### BEGIN SOLUTION
    states, cache, h = [], [], h0
    for t in range(x.shape[1]):
        h, step = rnn_step_forward(x[:, t], h, Wx, Wh, b)
        states.append(h)
        cache.append(step)
    return np.stack(states, axis=1), cache
    ### END SOLUTION

# %% free=true
check(rnn_forward)

# %% grade="rnn_forward__returns_the_right_shapes" points=1

# %% grade="rnn_forward__h_is_right" points=3

# %% grade="rnn_forward__leaves_its_inputs_unchanged" points=1

# %% [markdown]
# ## 4. Through time
#
# The graph is that of 07, and so is the fork: $h_t$ goes up to its own loss and right into the next
# step.

# %%
figures.unrolled_picture(3, fork=2, rows=True)

# %% [markdown]
# Two arrows come back, and the chain rule adds them. That a network without the second one is a
# network whose wire $h_t \to h_{t+1}$ is cut was the subject of lesson 07; here you need the sum:
#
# $$\frac{dJ}{dh_t} = \text{dh[:, t - 1]} + dz_{t+1}\, W_h^T .$$

# %% [markdown] free=true
# **Predict.** `dh` has three axes. Write `dh[t]` where `dh[:, t]` is meant. For which sizes does
# NumPy object, and what does the result hold if it does not?
#
# *Your prediction:*

# %% solution="rnn_backward"
def rnn_backward(dh, cache):
    """Backward through all steps.

    Parameters
    ----------
    dh : array, shape (N, T, H)
        Entry [:, t] is the derivative of J with respect to the state of that step, through its
        own loss alone.
    cache : object
        As returned by your `rnn_forward`.

    Returns
    -------
    dx : array, shape (N, T, D)
    dh0 : array, shape (N, H)
    dWx : array, shape (D, H)
    dWh : array, shape (H, H)
    db : array, shape (H,)
    """
    ### BEGIN SOLUTION
    dxs, dprev_h, sums = [], np.zeros(dh[:, 0].shape), [0, 0, 0]
    for t in reversed(range(dh.shape[1])):
        dx, dprev_h, *weights = rnn_step_backward(dh[:, t] + dprev_h, cache[t])
        dxs.append(dx)
        sums = [total + part for total, part in zip(sums, weights, strict=True)]
    return np.stack(dxs[::-1], axis=1), dprev_h, *sums
    ### END SOLUTION

# %% free=true
check(rnn_backward)

# %% grade="rnn_backward__returns_the_right_shapes" points=1

# %% grade="rnn_backward__dx_matches_numeric_gradient" points=4

# %% grade="rnn_backward__dh0_matches_numeric_gradient" points=3

# %% grade="rnn_backward__dWx_matches_numeric_gradient" points=4

# %% grade="rnn_backward__dWh_matches_numeric_gradient" points=4

# %% grade="rnn_backward__db_matches_numeric_gradient" points=4

# %% grade="rnn_backward__leaves_its_inputs_unchanged" points=2

# %% grade="rnn_backward__same_answer_twice" points=1

# %% grade="rnn_backward__costs_one_step_call_per_step" points=3

# %% grade="rnn_backward__cache_survives_overwriting_x_and_h" points=2

# %% [markdown]
# ## 5. The numbers of 07
#
# The same network, the same weights, written in columns: every array is transposed. `upstream_graph`
# is the forward pass of assignment 07, and `gradient` knows no formula. Your five arrays, transposed,
# have to be its five.

# %%
rng = np.random.default_rng(71)
N, T, D, H = 7, 4, 3, 5
x, h0, dh = rng.normal(size=(N, T, D)), rng.normal(size=(N, H)) / 2, rng.normal(size=(N, T, H))
Wx, Wh, b = rng.normal(size=(D, H)) / 2, rng.normal(size=(H, H)) / 2, rng.normal(size=H) / 2
mine = rnn_backward(dh, rnn_forward(x, h0, Wx, Wh, b)[1])


def in_columns(array):
    """(N, T, D) as (D, N, T), (N, H) as (H, N), (H,) as (H, 1)."""
    if array.ndim == 3:
        return np.moveaxis(array, 2, 0)
    return array.T if array.ndim == 2 else array[:, None]

# %%
parameters = {"Wax": in_columns(Wx), "Waa": in_columns(Wh), "ba": in_columns(b)}
columns = upstream_graph(in_columns(x), in_columns(h0), parameters, in_columns(dh))
for name, array in zip(("x", "a0", "Wax", "Waa", "ba"), mine, strict=True):
    same = np.allclose(in_columns(array), gradient(columns, at=name))
    print(f"d{name:4} {array.shape} transposed is {in_columns(array).shape}, equal: {same}")

# %% [markdown]
# ## 6. What a wrong gradient costs
#
# In lesson 07 a run without the second arrow ended as low as the right one. It need not. Here are all
# sequences of eight bits. At each step the network reads one bit, and is asked for the bit that came
# `lag` steps before. Only the question differs between the two tasks.
#
# `one_step_only` is the wrong gradient, made with your own functions: each step is a sequence of
# length one, so nothing is handed on.

# %%
bits = np.array([[n >> k & 1 for k in range(8)] for n in range(256)])  # (N, T) = (256, 8)


def one_step_only(dh, x, h0, Wx, Wh, b):
    """dWx, dWh, db without dprev_h: each step goes back alone."""
    total, before = [0, 0, 0], h0
    for t in range(x.shape[1]):
        h, cache = rnn_forward(x[:, t : t + 1], before, Wx, Wh, b)
        weights = rnn_backward(dh[:, t : t + 1], cache)[2:]
        total, before = [s + w for s, w in zip(total, weights, strict=True)], h[:, 0]
    return total

# %% [markdown]
# A yes-or-no question is asked with one score, $s = h\, w + c$. With $p = \sigma(s)$, the
# probability of a 1, the loss is $-\log$ of the probability of the right answer, and its slope at $s$
# is $p - y$. Guessing costs $\log 2 = 0.69$.

# %%
def ask(h, lag, w, c):
    """The loss, dh, dw and dc; y is the bit of `lag` steps before."""
    y, heard = bits[:, : 8 - lag], h[:, lag:]
    p = 1 / (1 + np.exp(-heard @ w - c))
    ds, dh = (p - y) / y.size, np.zeros(h.shape)  # the mean is paid here, and nowhere behind it
    dh[:, lag:] = ds[:, :, None] * w
    loss = -np.log(np.where(y == 1, p, 1 - p)).mean()
    return loss, dh, np.einsum("nt,nth->h", ds, heard), ds.sum()

# %%
def learn(lag, carry, updates=250, rate=0.5):
    """Loss before each update; without `carry`, dprev_h is left out."""
    rng, x, h0 = np.random.default_rng(1), 2.0 * bits[:, :, None] - 1, np.zeros((256, 8))
    Wx, Wh, b = rng.normal(size=(1, 8)) / 2, rng.normal(size=(8, 8)) / np.sqrt(32), np.zeros(8)
    w, c, losses = rng.normal(size=8) / 2, 0.0, []
    for _ in range(updates):
        h, cache = rnn_forward(x, h0, Wx, Wh, b)
        loss, dh, dw, dc = ask(h, lag, w, c)
        back = rnn_backward(dh, cache)[2:] if carry else one_step_only(dh, x, h0, Wx, Wh, b)
        w, c, losses = w - rate * dw, c - rate * dc, [*losses, loss]
        Wx, Wh, b = (q - rate * dq for q, dq in zip((Wx, Wh, b), back, strict=True))
    return losses

# %% [markdown] free=true
# **Predict.** Which of the two tasks, the bit before or the bit five steps before, will the wrong
# gradient learn?
#
# *Your prediction:*

# %%
runs = {}
for lag, title in ((1, "the bit before"), (5, "the bit five steps before")):
    runs[title] = {"yours": learn(lag, True), "dprev_h missing": learn(lag, False)}
    for label, line in runs[title].items():
        print(f"{title:25}  {label:15}  from {line[0]:.3f} to {line[-1]:.3f}")
figures.tasks_picture(runs, np.log(2), "loss per question")

# %% [markdown]
# Where the answer was read one step ago, the state that comes in still holds a trace of it, whatever
# the weights are, and the last step alone can learn to read it. Where it was read five steps ago,
# the network has to learn to *keep* it, and what the earlier steps did with it is heard by a later
# loss only. Without `dprev_h` no earlier step hears that loss.
#
# Of your predictions above: `dz @ prev_h.T` always fits, and has the shape $(N, N)$. `dh[t]` raises
# nothing where $N = T$ or $T = 1$; it holds one example at all steps.

# %% [markdown]
# ## 7. Bug hunt
#
# Seven ways of writing the backward pass. Four of them made the tables below, no two the same one.
#
# | id | what was written |
# |---|---|
# | `bptt-missing-da-prevt` | the step receives `dh[:, t]` alone |
# | `waa-no-transpose` | `dz @ Wh` in `dprev_h` |
# | `dwaa-uses-a-next` | `dWh` from `next_h` |
# | `negative-index-wrap` | `dWh` from `h[:, t - 1]`, also at t = 0 |
# | `db-wrong-axis` | `dz.sum(axis=1)` |
# | `bptt-overwrite-not-accumulate` | `=` where `+=` belongs, in all three sums |
# | `rnn-divide-by-m-again` | dWx, dWh and db divided by N at the end |
#
# The ids are those of the catalogue, which has the names of 07. A table holds the error of each array:
# the largest deviation, as a fraction of the largest right entry. The
# caption holds that of `dx` at each step.

# %%
rng = np.random.default_rng(72)
N, T, D, H = 5, 4, 3, 5
x_c, h0_c, dh_c = rng.normal(size=(N, T, D)), rng.normal(size=(N, H)), rng.normal(size=(N, T, H))
Wx_c, Wh_c, b_c = rng.normal(size=(D, H)) / 2, rng.normal(size=(H, H)) / 2, rng.normal(size=H)

# %%
errors = {  # dx, dh0, dWx, dWh, db
    "A": [0.53, 1.58, 0.54, 0.93, 0.92],
    "B": [0, 0, 0, 0, 3.9],
    "C": [0.4, 0.43, 0.51, 0.5, 1.18],
    "D": [0, 0, 0, 0.92, 0],
}
dx_steps = {  # the error of dx at steps 1 to 4
    "A": [1.26, 1.06, 0.53, 0],
    "B": [0, 0, 0, 0],
    "C": [0.89, 0.75, 0.4, 0],
    "D": [0, 0, 0, 0],
}

# %%
def evidence(letter):
    """Errors of the five arrays, and of dx at each step."""
    names = ("dx", "dh0", "dWx", "dWh", "db")
    told = [f"{error:.2f}" for error in errors[letter]]
    steps = ", ".join(f"{error:.2f}" for error in dx_steps[letter])
    caption = f"Bug {letter}: dx at steps 1 to 4: {steps}"
    return figures.Table(("", *names), [("error", *told)], caption=caption)

# %%
evidence("A")

# %%
evidence("B")

# %%
evidence("C")

# %%
evidence("D")

# %% [markdown]
# Look first at which arrays are right. Then at where `dx` starts to go wrong: the gradient travels
# from step 4 to step 1. Where two suspects remain, try them: your `rnn_backward` on `dh_c` and on the
# cache of `rnn_forward(x_c, h0_c, Wx_c, Wh_c, b_c)` gives the right arrays, and a copy of it with the
# suspect's line gives the wrong ones.
#
# Then name the bugs: a dictionary `answers_07b` with the keys `"A"` to `"D"`.

# %% solution="answers_07b"
# answers_07b = {"A": "an id from the list", "B": ..., "C": ..., "D": ...}
### BEGIN SOLUTION
answers_07b = {
    "A": "waa-no-transpose",
    "B": "db-wrong-axis",
    "C": "bptt-missing-da-prevt",
    "D": "negative-index-wrap",
}
### END SOLUTION

# %% free=true

# %% grade="answers_07b__names_case_A" points=2
# answers_07b: names case A (2 points)
### BEGIN HIDDEN TESTS
from autograder import grade
grade("answers_07b__names_case_A", globals(), key="waa-no-transpose")
### END HIDDEN TESTS

# %% grade="answers_07b__names_case_B" points=2
# answers_07b: names case B (2 points)
### BEGIN HIDDEN TESTS
from autograder import grade
grade("answers_07b__names_case_B", globals(), key="db-wrong-axis")
### END HIDDEN TESTS

# %% grade="answers_07b__names_case_C" points=2
# answers_07b: names case C (2 points)
### BEGIN HIDDEN TESTS
from autograder import grade
grade("answers_07b__names_case_C", globals(), key="bptt-missing-da-prevt")
### END HIDDEN TESTS

# %% grade="answers_07b__names_case_D" points=2
# answers_07b: names case D (2 points)
### BEGIN HIDDEN TESTS
from autograder import grade
grade("answers_07b__names_case_D", globals(), key="negative-index-wrap")
### END HIDDEN TESTS

# %% [markdown]
# ## What you can now say
#
# - Where each transpose stands in either layout, and why only `Wh` can hide a missing one.
# - Which index is summed in each of the five arrays, and that N and T are not the same axis.
# - That a network written in rows has the gradients of the network in columns, transposed.
# - When a missing `dprev_h` hides behind a falling loss, and when it does not.
#
# The lesson of the same number says it at more length, beside lesson 07.
