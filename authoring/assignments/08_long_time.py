# %% [markdown]
# # Long time: fading, growing, cutting, clipping
#
# You measure what becomes of a gradient on its way through a hundred steps, explain it by a
# product of Jacobians, and write what people do about it: back-propagation in chunks, and a
# training step that carries the state and clips the gradient.
#
# After each function you call `check(...)`, which compares with numeric gradients. The hidden checks
# are the same checks on other numbers and sizes.
#
# Where a check fails, `from autograder import example` and `args = example(state_gradients)`
# give you the arguments of the smallest instance tried on which your function fails. Call it with
# them, `state_gradients(*args)`, and print what you want to see.
#
# Where you do not know how to go on, `hint(state_gradients)` gives a question; the same call again
# gives a formula, and then a tiny worked case. It never gives code.
#
# A function is graded where it stands, from the first cell to the last: what it uses has to be
# written above it. Before you hand the notebook in, restart the kernel and run all cells.
#
# <details>
# <summary><b>Words</b> used here and what they mean (25)</summary>
#
# - **activation**: the function that a layer applies to each number by itself: ReLU, sigmoid, tanh
# - **axis**: one direction of an array: a table has axis 0, down its rows, and axis 1, along its columns
# - **back-propagation**: the way of computing all derivatives of one number in one pass, from the end of a graph to its beginning
# - **carry**: what a loop hands from one step to the next
# - **cell**: in a recurrent network: the computation of one step in time; in a notebook: one box of text or code
# - **clipping**: making a gradient shorter, or its entries smaller, before it is used
# - **cost**: one number that says how wrong the network is on all examples together, written J: the mean of the losses
# - **example**: one set of inputs, with its label if it has one
# - **gradient**: all partial derivatives of one number with respect to an array, in the shape of the array
# - **instance**: one set of random inputs on which a check runs your function
# - **Jacobian**: the table of all partial derivatives of a vector with respect to a vector
# - **layer**: one stage of a network: it takes numbers and gives numbers
# - **loss**: one number that says how wrong the network is on one example
# - **norm**: the length of a vector: the root of the sum of the squares of its entries
# - **numeric gradient**: a gradient found by running forward at inputs that were moved a little; it knows no formula
# - **parameter**: what a network learns: its weights and biases
# - **path**: a way through a graph, from wire to wire
# - **saturated**: where an activation is so flat that its slope is nearly 0
# - **singular value**: a factor by which a matrix stretches vectors of a certain direction
# - **state**: in a recurrent network: what one step hands to the next
# - **tanh**: the hyperbolic tangent, an activation with values between -1 and 1 and slope 1 - tanh²
# - **truncation**: letting the gradient go back a limited number of steps only
# - **unit**: one number that a layer gives for each example, with the weights that make it
# - **weight**: a number that an input of a unit is multiplied with; it is learnt
# - **∂**: ∂J/∂w is a partial derivative: how fast J moves when w alone is moved
#
# </details>

# %% [markdown]
# ## The contract
#
# - **Network.** $a_t = \tanh(W_{aa}\, a_{t-1} + W_{ax}\, x_t + b_a)$ for $t = 1, \dots, T$, starting
#   from $a_0$. There is no output layer: the first $n_y$ units of $a_t$ are the prediction.
# - **What is differentiated.** $J = \frac{1}{2m} \sum_t \sum_i (a_{t,\,\text{first } n_y} - y_t)^2$:
#   the sum over units and steps, the mean over the $m$ examples. The factor $1/m$ is in `da`
#   already; do not divide again.
# - **Mutation.** None: no array and no dictionary that comes in is changed.
# - **Chunks.** Steps $1 \dots k$, then $k + 1 \dots 2k$, and so on; the last may be shorter. With
#   $k \ge T$ there is one.

# %% [markdown]
# ## Symbols and shapes
#
# | in the text | in the code | shape |
# |---|---|---|
# | $x_1, \dots, x_T$ | `x`, $x_t$ is `x[:, :, t - 1]` | $(n_x, m, T)$ |
# | $a_0, \dots, a_T$ | `a`, $a_t$ is `a[:, :, t]` | $(n_a, m, T + 1)$ |
# | the targets | `y` | $(n_y, m, T)$ |
# | direct derivative $\partial J_t / \partial a_t$ | `da[:, :, t - 1]` | $(n_a, m, T)$ |
# | total derivative $g_t = dJ / da_t$ | `g[:, :, t]` | $(n_a, m, T + 1)$ |
# | $W_{ax}, W_{aa}, b_a$ | `parameters["Wax"]`, ... | $(n_a, n_x)$, $(n_a, n_a)$, $(n_a, 1)$ |
#
# Mind the two clocks: `a` and `g` hold $T + 1$ states, `x`, `y` and `da` hold $T$ steps.

# %%
import numpy as np

from autograder import check, figures, hint

# %%
def states(x, a0, parameters):
    """a_0, ..., a_T side by side, shape (n_a, m, T + 1)."""
    fed = np.einsum("ij,jmt->imt", parameters["Wax"], x) + parameters["ba"][:, :, None]
    run = [a0]
    for t in range(x.shape[2]):
        run.append(np.tanh(fed[:, :, t] + parameters["Waa"] @ run[-1]))
    return np.stack(run, axis=2)

# %%
def loss(a, y):
    """J, and da of shape (n_a, m, T): the direct derivative at a_1, ..., a_T."""
    n_y, m, _ = y.shape
    off = a[:n_y, :, 1:] - y
    da = np.zeros_like(a[:, :, 1:])
    da[:n_y] = off / m
    return float((off**2).sum() / (2 * m)), da

# %% [markdown]
# ## 1. One step back
#
# $J$ hears $a_{t-1}$ on two ways: directly, and through $a_t$. For one example, with
# $z_t = W_{aa}\, a_{t-1} + \dots$,
#
# $$g_{t-1} = da_{t-1} + M_t^T g_t, \qquad
# M_t = \frac{\partial a_t}{\partial a_{t-1}}, \qquad (M_t)_{ij} = \;?$$
#
# Nudge unit $j$ of $a_{t-1}$ and watch unit $i$ of $a_t$: first $z_{t,i}$ moves, then tanh passes
# a part of it on.

# %% [markdown] free=true
# **Derive.** Write $(M_t)_{ij}$ with $W_{aa}$ and $a_t$ alone. Is it $\text{diag}(\dots)\, W_{aa}$ or
# $W_{aa}\, \text{diag}(\dots)$?
#
# *Your line:*

# %% solution="step_jacobian"
def step_jacobian(a_next, Waa):
    """The Jacobian of one step, for one example.

    Parameters
    ----------
    a_next : array, shape (n_a,)
        a_t of that example.
    Waa : array, shape (n_a, n_a)

    Returns
    -------
    array, shape (n_a, n_a)
        Entry (i, j): the derivative of unit i of a_t with respect to unit j of a_{t-1}.
    """
    ### BEGIN SOLUTION
    return (1 - a_next**2)[:, None] * Waa
    ### END SOLUTION

# %% free=true
check(step_jacobian)

# %% grade="step_jacobian__returns_the_right_shapes" points=2

# %% grade="step_jacobian__jacobian_matches_numeric_gradient" points=7

# %% grade="step_jacobian__leaves_its_inputs_unchanged" points=1

# %% [markdown]
# ## 2. All steps back
#
# Now for all examples at once, without building a Jacobian: multiply by tanh′, then by
# $W_{aa}^T$, then add what arrives directly. $a_0$ is a state, too; it has no loss of its own.

# %% solution="state_gradients"
def state_gradients(da, a, parameters):
    """The total derivative of J with respect to every state.

    Parameters
    ----------
    da : array, shape (n_a, m, T)
        The direct derivative at a_1, ..., a_T.
    a : array, shape (n_a, m, T + 1)
        The states a_0, ..., a_T.
    parameters : dict
        ``"Wax"`` (n_a, n_x), ``"Waa"`` (n_a, n_a), ``"ba"`` (n_a, 1).

    Returns
    -------
    g : array, shape (n_a, m, T + 1)
        ``g[:, :, t]`` belongs to a_t.
    """
    ### BEGIN SOLUTION
    g = np.zeros_like(a)
    g[:, :, 1:] = da
    for t in range(da.shape[2], 0, -1):
        g[:, :, t - 1] += parameters["Waa"].T @ ((1 - a[:, :, t] ** 2) * g[:, :, t])
    return g
    ### END SOLUTION

# %% free=true
check(state_gradients)

# %% grade="state_gradients__returns_the_right_shapes" points=2

# %% grade="state_gradients__g_matches_numeric_gradient" points=14

# %% grade="state_gradients__leaves_its_inputs_unchanged" points=2

# %% grade="state_gradients__same_answer_twice" points=2

# %% solution="grad_norms"
def grad_norms(da, a, parameters):
    """How long the gradient is at every state.

    Parameters
    ----------
    da, a, parameters : as for `state_gradients`

    Returns
    -------
    norms : array, shape (T + 1,)
        At t the square root of the sum of the squares of all entries of ``g[:, :, t]``.
    """
    ### BEGIN SOLUTION
    return np.linalg.norm(state_gradients(da, a, parameters), axis=(0, 1))
    ### END SOLUTION

# %% free=true
check(grad_norms)

# %% grade="grad_norms__returns_the_right_shapes" points=1

# %% grade="grad_norms__norms_is_right" points=4

# %% grade="grad_norms__leaves_its_inputs_unchanged" points=1

# %% [markdown]
# ## 3. Fading and growing
#
# Put one loss at the very end and none before, $da_t = 0$ for $t < T$. Then
#
# $$g_0 = M_1^T M_2^T \cdots M_T^T\, g_T :$$
#
# a product of $T$ matrices. A matrix can stretch a vector at most by its largest singular value.

# %% [markdown] free=true
# **Predict.** $W_{aa}$ is a rotation (all singular values 1) times a scale: 0.7, 0.9, 1, 1.5, 3.
# For which scales will the norm fade over 60 steps, for which will it grow? What does tanh′ do to
# your answer?
#
# *Your prediction:*

# %%
rng = np.random.default_rng(8)
n_a, T = 16, 60
rotation = np.linalg.qr(rng.normal(size=(n_a, n_a)))[0]
x, a0 = rng.normal(size=(3, 1, T)), 0.1 * rng.normal(size=(n_a, 1))
last_only = np.zeros((n_a, 1, T))
last_only[:, 0, -1] = 1 / np.sqrt(n_a)

# %%
def norms_at(scale):
    """Your norms over t, for a rotation times a scale."""
    p = {"Waa": scale * rotation, "Wax": 0.1 * np.ones((n_a, 3)), "ba": np.zeros((n_a, 1))}
    return grad_norms(last_only, states(x, a0, p), p)


figures.norms_picture({f"scale {s:g}": norms_at(s) for s in (0.7, 0.9, 1.0, 1.5, 3.0)})

# %% [markdown]
# The lines are nearly straight on a logarithmic axis: each step multiplies by about the same factor.
# Read them from right to left, the way the gradient travels. With scale 0.7 about $10^{-11}$ is left
# of it. With 1.5 it grows to 20, where $1.5^{60}$ would be $4 \cdot 10^{10}$, because tanh′ is below
# 1 wherever a unit is away from 0.

# %% [markdown]
# Where ipywidgets is installed, the next cell gives you a slider: take the comment signs away.
# Nothing below needs it.

# %% free=true
# from ipywidgets import interact
#
# interact(lambda scale: figures.norms_picture({"": norms_at(scale)}), scale=(0.3, 3.0, 0.1))

# %% [markdown]
# ## 4. Value carried, gradient cut
#
# A sequence of a million steps cannot be kept in memory for one pass back. So it is cut into chunks
# of $k$ steps. The *state* passes each border, or the network would forget. The *derivative* does
# not: as far as the gradient is concerned, the first state of a chunk is a constant.

# %%
figures.chunks_picture(T=6, k=3)

# %% [markdown]
# The blue arrows have no gap and the vermillion arrows have one: nothing comes back from $a_4$ to
# $a_3$. The weights still hear of every loss, each through its own chunk.

# %% solution="truncated_bptt"
def truncated_bptt(x, y, a0, parameters, k):
    """Gradients of J with the derivative cut after steps k, 2k, ...

    Parameters
    ----------
    x : array, shape (n_x, m, T)
    y : array, shape (n_y, m, T)
    a0 : array, shape (n_a, m)
    parameters : dict
        ``"Wax"`` (n_a, n_x), ``"Waa"`` (n_a, n_a), ``"ba"`` (n_a, 1).
    k : int
        Steps in a chunk.

    Returns
    -------
    dict
        ``"dWax"``, ``"dWaa"``, ``"dba"`` of the shapes of the parameters; ``"da0"`` (n_a, m).
    """
    ### BEGIN SOLUTION
    a = states(x, a0, parameters)
    da = loss(a, y)[1]
    grads = {f"d{name}": np.zeros_like(p) for name, p in parameters.items()}
    back = np.zeros_like(a0)
    for t in range(x.shape[2], 0, -1):
        back = back * (t % k != 0)
        dz = (1 - a[:, :, t] ** 2) * (da[:, :, t - 1] + back)
        grads["dWax"] += dz @ x[:, :, t - 1].T
        grads["dWaa"] += dz @ a[:, :, t - 1].T
        grads["dba"] += dz.sum(axis=1, keepdims=True)
        back = parameters["Waa"].T @ dz
    return {**grads, "da0": back}
    ### END SOLUTION

# %% free=true
check(truncated_bptt)

# %% grade="truncated_bptt__returns_the_right_shapes" points=2

# %% grade="truncated_bptt__dWax_matches_numeric_gradient" points=5

# %% grade="truncated_bptt__dWaa_matches_numeric_gradient" points=8

# %% grade="truncated_bptt__dba_matches_numeric_gradient" points=4

# %% grade="truncated_bptt__da0_matches_numeric_gradient" points=6

# %% grade="truncated_bptt__leaves_its_inputs_unchanged" points=2

# %% grade="truncated_bptt__same_answer_twice" points=2

# %% grade="truncated_bptt__differs_from_full_by_the_cross_chunk_term" points=7

# %% [markdown]
# What is lost is the **cross-chunk term**: the difference between the full gradient and the
# truncated one, all the paths that cross a border.

# %% free=true
p = {"Waa": 0.9 * rotation, "Wax": 0.5 * np.ones((n_a, 3)), "ba": np.zeros((n_a, 1))}
targets = 0.5 * rng.normal(size=(2, 1, T))
full = truncated_bptt(x, targets, a0, p, T)["dWaa"]
for k in (1, 2, 5, 10, 20, T):
    short = truncated_bptt(x, targets, a0, p, k)["dWaa"]
    lost = np.linalg.norm(full - short) / np.linalg.norm(full)
    cosine = (full * short).sum() / np.linalg.norm(full) / np.linalg.norm(short)
    print(f"k = {k:2}   cross-chunk term / full {lost:.3f}   cosine {cosine:.3f}")

# %% [markdown]
# ## 5. Where clipping belongs
#
# Growing gradients are shortened. There is one right moment: when the gradient is finished, and
# before the update. One factor for all arrays keeps the direction:
#
# $$G = \sqrt{\lVert dW_{ax}\rVert^2 + \lVert dW_{aa}\rVert^2 + \lVert db_a\rVert^2}, \qquad
# \text{factor} = \min(1,\; \text{max\_norm} / G).$$
#
# Clipped inside the loop, the signal of later losses is shortened again and again, that of earlier
# ones less: what comes out is the gradient of no cost (section 6 of the lesson shows it).

# %% [markdown]
# One training step on a long sequence goes through its chunks in order. For each: states from the
# carried state, gradient of this chunk alone, clip, update. The next chunk starts from the last
# state that was computed *before* the update; `a0` gets no update.

# %% solution="chunked_train_step"
def chunked_train_step(x, y, a0, parameters, k, learning_rate, max_norm):
    """One pass over a sequence, with one update for each chunk.

    Parameters
    ----------
    x, y, a0, parameters, k : as for `truncated_bptt`
    learning_rate : float
    max_norm : float
        The gradient of a chunk, all arrays together, is shortened to this norm if it is longer.

    Returns
    -------
    parameters : dict
        ``"Wax"``, ``"Waa"``, ``"ba"`` after the last update.
    a_last : array, shape (n_a, m)
        The state after the last step, as it was before the last update.
    """
    ### BEGIN SOLUTION
    names, state = ("Wax", "Waa", "ba"), a0
    for start in range(0, x.shape[2], k):
        part = slice(start, start + k)
        grads = truncated_bptt(x[:, :, part], y[:, :, part], state, parameters, k)
        state = states(x[:, :, part], state, parameters)[:, :, -1]
        length = np.sqrt(sum((grads[f"d{n}"] ** 2).sum() for n in names))
        rate = learning_rate * min(1.0, max_norm / length)
        parameters = {n: parameters[n] - rate * grads[f"d{n}"] for n in names}
    return parameters, state
    ### END SOLUTION

# %% free=true
check(chunked_train_step)

# %% grade="chunked_train_step__returns_the_right_shapes" points=2

# %% grade="chunked_train_step__parameters_are_right" points=10

# %% grade="chunked_train_step__carries_the_state_to_the_end" points=4

# %% grade="chunked_train_step__leaves_its_inputs_unchanged" points=2

# %% [markdown]
# ## 6. Bug hunt
#
# Four programs were to return the gradient of every state, with the derivative cut between $a_3$
# and $a_4$. Each is one of these five, no two the same; the table shows the norms that they returned.
#
# | id | what was done |
# |---|---|
# | `hidden-state-carry` | the state was carried and its derivative, too |
# | `bptt-missing-da-prevt` | `da[:, :, t]` alone went into each cell |
# | `missing-activation-derivative` | `dz = da + da_prevt`, without tanh′ |
# | `clip-wrong-place` | `da_prevt` was shortened to norm 0.2 at every step |
# | `right` | the gradient, cut where it should be |

# %%
rows = [  # norms of what was returned, for a network of 4 units and 6 steps
    ("da alone", "0.000", "4.552", "5.434", "4.126", "4.608", "3.860", "3.331"),
    ("A", "49.596", "19.991", "10.241", "4.126", "16.825", "7.838", "3.331"),
    ("B", "0.200", "4.521", "5.469", "4.126", "4.641", "3.864", "3.331"),
    ("C", "8.424", "5.665", "7.923", "4.126", "5.379", "4.809", "3.331"),
    ("D", "10.193", "6.062", "8.261", "6.352", "5.379", "4.809", "3.331"),
]
figures.Table(("norm of", *(f"g_{t}" for t in range(7))), rows)

# %% [markdown]
# Read the rows from right to left. At $a_6$ there is nothing but the direct part. Where does a row
# first leave the first line, and in which direction? What happens between $g_4$ and $g_3$?
#
# Name the programs in a dictionary `answers_08` with the keys `"A"` to `"D"`.

# %% solution="answers_08"
# answers_08 = {"A": "an id from the list", "B": ..., "C": ..., "D": ...}
### BEGIN SOLUTION
answers_08 = {
    "A": "missing-activation-derivative",
    "B": "clip-wrong-place",
    "C": "right",
    "D": "hidden-state-carry",
}
### END SOLUTION

# %% free=true

# %% grade="answers_08__names_case_A" points=2.5
# answers_08: names case A (2.5 points)
### BEGIN HIDDEN TESTS
from autograder import grade
grade("answers_08__names_case_A", globals(), key="missing-activation-derivative")
### END HIDDEN TESTS

# %% grade="answers_08__names_case_B" points=2.5
# answers_08: names case B (2.5 points)
### BEGIN HIDDEN TESTS
from autograder import grade
grade("answers_08__names_case_B", globals(), key="clip-wrong-place")
### END HIDDEN TESTS

# %% grade="answers_08__names_case_C" points=2.5
# answers_08: names case C (2.5 points)
### BEGIN HIDDEN TESTS
from autograder import grade
grade("answers_08__names_case_C", globals(), key="right")
### END HIDDEN TESTS

# %% grade="answers_08__names_case_D" points=2.5
# answers_08: names case D (2.5 points)
### BEGIN HIDDEN TESTS
from autograder import grade
grade("answers_08__names_case_D", globals(), key="hidden-state-carry")
### END HIDDEN TESTS

# %% [markdown]
# ## What you can now say
#
# - One step back is a Jacobian, and $T$ steps are a product of $T$ of them.
# - Fading comes from singular values below 1 *or* from saturated units; growing needs both to
#   cooperate.
# - Truncation changes the gradient by a term that you can name and measure.
# - A border passes values and stops derivatives, and clipping waits until the gradient is finished.
