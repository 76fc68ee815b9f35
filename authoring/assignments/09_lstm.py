# %% [markdown]
# # LSTM and GRU
#
# A recurrent cell that keeps a second state. You write one cell of an LSTM and the loop through time,
# forward and backward, with *two* gradients that are carried from step to step. Then you look at how
# far a gradient gets on each of the two lanes, and write one cell of a GRU, which has one.
#
# After each function you call `check(...)`. It compares what your function returns with numeric
# gradients and says what it found. The hidden checks are the same checks on other numbers and sizes.
#
# Where a check fails, `from autograder import example` and `args = example(lstm_cell_backward)`
# give you the arguments of the smallest instance tried on which your function fails. Call it with
# them, `lstm_cell_backward(*args)`, and print what you want to see.
#
# Where you do not know how to go on, `hint(lstm_cell_backward)` gives a question; the same call
# again gives a formula, and then a tiny worked case. It never gives code.
#
# A function is graded where it stands, from the first cell to the last: what it uses has to be
# written above it. Before you hand the notebook in, restart the kernel and run all cells.
#
# <details>
# <summary><b>Words</b> used here and what they mean (25)</summary>
#
# - **backward pass**: computing the derivatives, from the cost to the inputs
# - **bias**: a number that a unit adds to its weighted sum; it is learnt
# - **cache**: what a forward function keeps for its backward function
# - **carry**: what a loop hands from one step to the next
# - **cell**: in a recurrent network: the computation of one step in time; in a notebook: one box of text or code
# - **cost**: one number that says how wrong the network is on all examples together, written J: the mean of the losses
# - **example**: one set of inputs, with its label if it has one
# - **forward pass**: computing the values, from the inputs to the cost
# - **gradient**: all partial derivatives of one number with respect to an array, in the shape of the array
# - **instance**: one set of random inputs on which a check runs your function
# - **layer**: one stage of a network: it takes numbers and gives numbers
# - **layout**: which axis of an array counts what. Columns or rows may be examples; and a Jacobian has two layouts of its own, numerator and denominator
# - **loss**: one number that says how wrong the network is on one example
# - **numeric gradient**: a gradient found by running forward at inputs that were moved a little; it knows no formula
# - **recurrent**: used again at each step in time, with the same weights
# - **scalar**: a single number
# - **sigmoid**: 1 / (1 + exp(-z)), which makes a number between 0 and 1 of any number
# - **slope**: how fast one value moves with another: the derivative of one operation
# - **softmax**: exp of each score, divided by their sum: probabilities that add up to 1
# - **state**: in a recurrent network: what one step hands to the next
# - **tanh**: the hyperbolic tangent, an activation with values between -1 and 1 and slope 1 - tanh²
# - **unit**: one number that a layer gives for each example, with the weights that make it
# - **view**: an array that shares its memory with another one: change one, and both change
# - **weight**: a number that an input of a unit is multiplied with; it is learnt
# - **∂**: ∂J/∂w is a partial derivative: how fast J moves when w alone is moved
#
# </details>

# %% [markdown]
# ## The contract
#
# - **Layout, names and signatures** are those of the deep-learning specialisation, course 5 week 1.
#   A solution made there can be graded here as it is. If its caches hold views of `x`, that costs the
#   two points of `caches_survive_overwriting_x_a_and_c`.
# - **What is differentiated.** One scalar $J$. `da` holds at `[:, :, t]` the derivative of $J$ with
#   respect to $a$ of that step through that step's own loss alone. Every array `dQ` that you return
#   is $\partial J / \partial Q$, with the shape of `Q`.
# - **What is not.** `Wy` and `by`, the weights of the prediction, are used forward only: how to get
#   from the predictions to `da` was the subject of assignment 07.
# - **Who pays 1/m.** Whoever made `da`. Behind it nobody divides.
# - **Mutation.** None: whatever comes in, the cache too, stays as it was.
# - **Caches** are yours, in any form. Those of `lstm_forward` own their data: what somebody writes
#   into `x`, `a` or `c` after your forward pass must not change what backward returns.
# - **Cost.** `lstm_backward` calls `lstm_cell_backward` once a step, at most.

# %% [markdown]
# ## Symbols and shapes
#
# | symbol | code | shape |
# |---|---|---|
# | input of a step, of all steps | `xt`, `x` | $(n_x, m)$, $(n_x, m, T_x)$ |
# | hidden state | `a_prev`, `a_next`, `a0`; all: `a` | $(n_a, m)$; $(n_a, m, T_x)$ |
# | cell state | `c_prev`, `c_next`; all: `c` | $(n_a, m)$; $(n_a, m, T_x)$ |
# | the stack $u = [a_{prev}; x_t]$, one above the other | yours | $(n_a + n_x, m)$ |
# | forget, input and output gate $f, i, o$ | `ft`, `it`, `ot` | $(n_a, m)$ |
# | candidate $\tilde c$ | `cct` | $(n_a, m)$ |
# | weights of each: `f`, `i`, `c`, `o` | `Wf`, `Wi`, `Wc`, `Wo` | $(n_a, n_a + n_x)$ |
# | biases of each | `bf`, `bi`, `bc`, `bo` | $(n_a, 1)$ |
# | weights of the prediction | `Wy`, `by` | $(n_y, n_a)$, $(n_y, 1)$ |
#
# Columns are examples; $*$ is entry by entry. Before its sigmoid or tanh each gate has a $z$:
# $z_f = W_f u + b_f$, and its gradient is called `dzf` in this text. The specialisation calls the
# same array `dft`, and so `dit`, `dcct`, `dot`; in your function you may call it what you like.
# Formulas count steps from 1; arrays count from 0, so step $t$ is `[:, :, t - 1]`.
#
# In the words of the checks `cc` is the candidate, `th` is $\tanh(c_{next})$, `u` the stack.

# %%
import numpy as np

from autograder import check, figures, hint
from autograder.networks.lstm import lstm_cell_graph
from autograder.oracle import gradient

# %%
def sigmoid(z):
    """1 / (1 + exp(-z)), entry by entry."""
    return 1 / (1 + np.exp(-z))


def softmax(z):
    """Probabilities of the classes, down each column."""
    e = np.exp(z - z.max(axis=0, keepdims=True))
    return e / e.sum(axis=0, keepdims=True)

# %% [markdown]
# The next cell is for the checks: it runs your forward pass and then spoils `x`, `a` and `c`. The
# caches must not notice. (`x[:, :, t]` is a view: it has no numbers of its own.)

# %%
def forward_then_overwrite(x, a0, parameters):
    """The caches of your lstm_forward, after x, a and c were overwritten with zeros."""
    a, _, c, caches = lstm_forward(x, a0, parameters)
    x[...] = 0.0
    a[...] = 0.0
    c[...] = 0.0
    return caches

# %% [markdown]
# ## 1. One cell forward
#
# A **gate** is an array of numbers between 0 and 1 that multiplies another array entry by entry: how
# much of it may pass. The cell has three of them, and a **candidate** for what is written:
#
# $$f = \sigma(W_f u + b_f), \quad i = \sigma(W_i u + b_i), \quad
# \tilde c = \tanh(W_c u + b_c), \quad o = \sigma(W_o u + b_o),$$
#
# $$c_{next} = f * c_{prev} + i * \tilde c, \qquad a_{next} = o * \tanh(c_{next}), \qquad
# \hat y = \text{softmax}(W_y\, a_{next} + b_y).$$

# %%
figures.lanes_picture(2)

# %% [markdown]
# Two lanes run from step to step: $c$ above, $a$ below. $u_t$ is the stack; $c_t$ is made of
# $c_{t-1}$, times $f_t$, and of what the stack writes; $a_t$ shows a part of $c_t$. What the picture
# does not draw: $f_t$ is made of $u_t$, too.

# %% solution="lstm_cell_forward"
def lstm_cell_forward(xt, a_prev, c_prev, parameters):
    """One cell of an LSTM.

    Parameters
    ----------
    xt : array, shape (n_x, m)
    a_prev, c_prev : array, shape (n_a, m)
    parameters : dict
        Wf, bf, Wi, bi, Wc, bc, Wo, bo, Wy, by.

    Returns
    -------
    a_next : array, shape (n_a, m)
    c_next : array, shape (n_a, m)
    yt_pred : array, shape (n_y, m)
        The softmax of Wy a_next + by.
    cache : object
        What `lstm_cell_backward` will need; its form is your choice.
    """
    ### BEGIN SOLUTION
    p, u = parameters, np.concatenate([a_prev, xt])
    ft, it, ot = (sigmoid(p["W" + k] @ u + p["b" + k]) for k in "fio")
    cct = np.tanh(p["Wc"] @ u + p["bc"])
    c_next = ft * c_prev + it * cct
    a_next = ot * np.tanh(c_next)
    cache = (a_next, c_next, a_prev, c_prev, ft, it, cct, ot, xt.copy(), p)
    return a_next, c_next, softmax(p["Wy"] @ a_next + p["by"]), cache
    ### END SOLUTION

# %% free=true
check(lstm_cell_forward)

# %% grade="lstm_cell_forward__returns_the_right_shapes" points=1

# %% grade="lstm_cell_forward__a_next_is_right" points=2

# %% grade="lstm_cell_forward__c_next_is_right" points=2

# %% grade="lstm_cell_forward__yt_pred_is_right" points=1

# %% grade="lstm_cell_forward__leaves_its_inputs_unchanged" points=1

# %% [markdown]
# ## 2. One cell of size 1
#
# Take $n_x = n_a = m = 1$, so that every letter is a number. Nudge $c_{next}$ by a small
# $\varepsilon$ and follow it. On its own lane it goes on to the next step, where $J$ hears it with
# the slope `dc_next`. And it goes down into $a_{next} = o \tanh(c_{next})$, which moves by
# $o\,(1 - \tanh^2 c_{next})\,\varepsilon$, and $J$ hears that with the slope `da_next`. Two ways
# out, two contributions:
#
# $$dc = dc_{next} + da_{next}\; o\; (1 - \tanh^2 c_{next}).$$
#
# Everything in $c_{next} = f c_{prev} + i \tilde c$ hears $J$ through this one number. A product
# hands to each factor the other one: $df = dc \cdot c_{prev}$, $di = dc \cdot \tilde c$,
# $d\tilde c = dc \cdot i$, $dc_{prev} = dc \cdot f$. The output gate stands in
# $a_{next}$ and not in $c_{next}$: $do = da_{next} \tanh(c_{next})$.

# %%
one = {"Wf": [[0.5, -1.0]], "Wi": [[1.0, 0.5]], "Wc": [[-0.5, 1.0]], "Wo": [[1.0, 1.0]]}
one = {name: np.array(w) for name, w in one.items()} | {"b" + k: np.array([[0.5]]) for k in "fico"}
number = {"xt": 0.5, "a_prev": -0.4, "c_prev": 1.2}  # and da_next = 2, dc_next = -1
xt, a_prev, c_prev = (np.array([[value]]) for value in number.values())
graph = lstm_cell_graph(xt, a_prev, c_prev, one, np.array([[2.0]]), np.array([[-1.0]]))
f, i, o, cc, c = (graph.value(name).item() for name in ("f1", "i1", "o1", "cc1", "c1"))
dc = -1 + 2 * o * (1 - np.tanh(c) ** 2)
print(f"dc by the two ways: {dc:.6f}   by the oracle: {gradient(graph, 'c1').item():.6f}")
for name, mine in (("f1", dc * c_prev.item()), ("i1", dc * cc), ("cc1", dc * i), ("c0", dc * f)):
    print(f"at {name:3}  {mine: .6f}  {gradient(graph, name).item(): .6f}")

# %% [markdown]
# ## 3. One cell backward
#
# With arrays of any size, everything up to here stays entry by entry. From each gate the way goes on
# through its own slope, $\sigma' = f * (1 - f)$ for a gate and $\tanh' = 1 - \tilde c^2$ for the
# candidate, to its $z$. Then come four linear layers that read the same stack:
#
# $$z_{f,ik} = \sum_j W_{f,ij}\, u_{jk} + b_{f,i}, \qquad \text{and so for } i, c, o .$$

# %% [markdown] free=true
# **Derive.** Four lines for `dzf`, `dzi`, `dzc`, `dzo`, each with all its factors. Then three sums:
# over which index for `dWf`, over which for `dbf`, and over what for $du_{jk}$, which all four $z$
# read? Which rows of $du$ are `da_prev`, which are `dxt`?
#
# *Your lines:*

# %% [markdown] free=true
# **Predict.** A colleague sets `dc = da_next * ot * (1 - np.tanh(c_next)**2)`. With which `dc_next`
# does every check of that function pass, and in which step of a sequence does this `dc_next` occur?
#
# *Your prediction:*

# %% solution="lstm_cell_backward"
def lstm_cell_backward(da_next, dc_next, cache):
    """Backward through one cell.

    Parameters
    ----------
    da_next : array, shape (n_a, m)
        Derivative of J with respect to a_next.
    dc_next : array, shape (n_a, m)
        Derivative of J with respect to c_next along its own lane: what the next step handed back.
    cache : object
        As returned by your `lstm_cell_forward`.

    Returns
    -------
    gradients : dict
        dxt, shape (n_x, m); da_prev, dc_prev, shape (n_a, m); dWf, dWi, dWc, dWo, shape
        (n_a, n_a + n_x); dbf, dbi, dbc, dbo, shape (n_a, 1).
    """
    ### BEGIN SOLUTION
    _, c_next, a_prev, c_prev, ft, it, cct, ot, xt, p = cache
    u, n_a = np.concatenate([a_prev, xt]), len(a_prev)
    dc = dc_next + da_next * ot * (1 - np.tanh(c_next) ** 2)
    dz = {"f": dc * c_prev * ft * (1 - ft), "i": dc * cct * it * (1 - it)}
    dz |= {"c": dc * it * (1 - cct**2), "o": da_next * np.tanh(c_next) * ot * (1 - ot)}
    du = sum(p["W" + k].T @ dz[k] for k in dz)
    grads = {"dW" + k: dz[k] @ u.T for k in dz}
    grads |= {"db" + k: dz[k].sum(axis=1, keepdims=True) for k in dz}
    return grads | {"da_prev": du[:n_a], "dxt": du[n_a:], "dc_prev": dc * ft}
    ### END SOLUTION

# %% free=true
check(lstm_cell_backward)

# %% grade="lstm_cell_backward__returns_the_right_shapes" points=1

# %% grade="lstm_cell_backward__dc_prev_matches_numeric_gradient" points=3

# %% grade="lstm_cell_backward__dWf_matches_numeric_gradient" points=2

# %% grade="lstm_cell_backward__dbf_matches_numeric_gradient" points=1

# %% grade="lstm_cell_backward__dWi_matches_numeric_gradient" points=2

# %% grade="lstm_cell_backward__dbi_matches_numeric_gradient" points=1

# %% grade="lstm_cell_backward__dWc_matches_numeric_gradient" points=2

# %% grade="lstm_cell_backward__dbc_matches_numeric_gradient" points=1

# %% grade="lstm_cell_backward__dWo_matches_numeric_gradient" points=2

# %% grade="lstm_cell_backward__dbo_matches_numeric_gradient" points=1

# %% grade="lstm_cell_backward__dxt_matches_numeric_gradient" points=3

# %% grade="lstm_cell_backward__da_prev_matches_numeric_gradient" points=3

# %% grade="lstm_cell_backward__leaves_its_inputs_unchanged" points=1

# %% grade="lstm_cell_backward__same_answer_twice" points=1

# %% [markdown]
# ## 4. All steps forward
#
# The same cell, with the same weights, $T_x$ times. $a$ and $c$ of one step go into the next one. The
# $a$ before the first step is `a0`, the $c$ before it is zero.

# %% solution="lstm_forward"
def lstm_forward(x, a0, parameters):
    """The LSTM over a whole sequence.

    Parameters
    ----------
    x : array, shape (n_x, m, T_x)
    a0 : array, shape (n_a, m)
    parameters : dict
        As for `lstm_cell_forward`.

    Returns
    -------
    a : array, shape (n_a, m, T_x)
        The hidden states of all steps.
    y : array, shape (n_y, m, T_x)
        The predictions of all steps.
    c : array, shape (n_a, m, T_x)
        The cell states of all steps.
    caches : object
        What `lstm_backward` will need.
    """
    ### BEGIN SOLUTION
    a, c, parts, caches = a0, np.zeros(a0.shape), [], []
    for t in range(x.shape[2]):
        a, c, y, cache = lstm_cell_forward(x[:, :, t], a, c, parameters)
        parts.append((a, y, c))
        caches.append(cache)
    a, y, c = (np.stack(part, axis=2) for part in zip(*parts, strict=True))
    return a, y, c, (caches, x.copy())
    ### END SOLUTION

# %% free=true
check(lstm_forward)

# %% grade="lstm_forward__returns_the_right_shapes" points=1

# %% grade="lstm_forward__a_is_right" points=2

# %% grade="lstm_forward__y_is_right" points=1

# %% grade="lstm_forward__c_is_right" points=2

# %% grade="lstm_forward__leaves_its_inputs_unchanged" points=1

# %% [markdown]
# ## 5. Through time
#
# $a_t$ goes two ways, as in assignment 07: to its own loss, and into the next stack. $c_t$ goes two
# ways, too: into $a_t$, and along its lane into $c_{t+1}$. The way into $a_t$ is inside your cell. So
# the cell of step $t$ has to receive what step $t + 1$ hands back on *both* lanes.

# %%
figures.lanes_picture(2, fork=1)

# %% [markdown] free=true
# **Derive.** At the last step, what arrives on the lane of $c$, and why? At step $t$: what is
# `da_next`, what is `dc_next`? Only one of the two is a sum. Which, and why not the other?
#
# *Your lines:*

# %% [markdown] free=true
# **Predict.** In the loop, the line that gives the two carries their new values is missing: both stay
# zero. At which step is `dx` right all the same?
#
# *Your prediction:*

# %% solution="lstm_backward"
def lstm_backward(da, caches):
    """Backward through all steps.

    Parameters
    ----------
    da : array, shape (n_a, m, T_x)
        Entry [:, :, t] is the derivative of J with respect to a of that step, through its own loss
        alone.
    caches : object
        As returned by your `lstm_forward`.

    Returns
    -------
    gradients : dict
        dx, shape (n_x, m, T_x); da0, shape (n_a, m); dWf, dWi, dWc, dWo, shape (n_a, n_a + n_x);
        dbf, dbi, dbc, dbo, shape (n_a, 1).
    """
    ### BEGIN SOLUTION
    caches, x = caches
    dx, da_prevt, dc_prevt = np.zeros(x.shape), np.zeros(da.shape[:2]), np.zeros(da.shape[:2])
    sums = {kind + k: 0 for kind in ("dW", "db") for k in "fico"}
    for t in reversed(range(da.shape[2])):
        step = lstm_cell_backward(da[:, :, t] + da_prevt, dc_prevt, caches[t])
        da_prevt, dc_prevt, dx[:, :, t] = step["da_prev"], step["dc_prev"], step["dxt"]
        sums = {name: total + step[name] for name, total in sums.items()}
    return sums | {"dx": dx, "da0": da_prevt}
    ### END SOLUTION

# %% free=true
check(lstm_backward)

# %% grade="lstm_backward__returns_the_right_shapes" points=1

# %% grade="lstm_backward__dx_matches_numeric_gradient" points=3

# %% grade="lstm_backward__da0_matches_numeric_gradient" points=3

# %% grade="lstm_backward__dWf_matches_numeric_gradient" points=2

# %% grade="lstm_backward__dbf_matches_numeric_gradient" points=1

# %% grade="lstm_backward__dWi_matches_numeric_gradient" points=2

# %% grade="lstm_backward__dbi_matches_numeric_gradient" points=1

# %% grade="lstm_backward__dWc_matches_numeric_gradient" points=2

# %% grade="lstm_backward__dbc_matches_numeric_gradient" points=1

# %% grade="lstm_backward__dWo_matches_numeric_gradient" points=2

# %% grade="lstm_backward__dbo_matches_numeric_gradient" points=1

# %% grade="lstm_backward__leaves_its_inputs_unchanged" points=2

# %% grade="lstm_backward__same_answer_twice" points=1

# %% grade="lstm_backward__costs_one_cell_call_per_step" points=3

# %% grade="lstm_backward__caches_survive_overwriting_x_a_and_c" points=2

# %% [markdown]
# Of your predictions: with `dc_next = 0` the colleague's line is right, and that is what the last step
# receives: nobody reads its $c$ but its own $a$. So his function passes a test of one step, and is
# wrong in a sequence at every step but the last. Without carries `dx` is right at the last step, for
# the same reason.

# %% [markdown]
# ## 6. How far does it get?
#
# Forty steps and one loss at the very end. The gradient travels back through your own cells; what
# leaves each of them on the lane of $a$ and on the lane of $c$ is measured. The three runs differ in
# one number, the bias of the forget gate. A bias of 0 makes $f$ about $1/2$.

# %%
def caches_of_forty_steps(bias, n_a=8, n_x=3):
    """The caches of your cell, for random inputs; `bias` is that of the forget gate."""
    rng = np.random.default_rng(9)
    p = {"W" + k: rng.normal(size=(n_a, n_a + n_x)) / np.sqrt(n_a + n_x) for k in "fico"}
    p |= {"b" + k: np.zeros((n_a, 1)) for k in "fico"} | {"bf": np.full((n_a, 1), float(bias))}
    p |= {"Wy": np.zeros((2, n_a)), "by": np.zeros((2, 1))}
    a, c, caches = np.zeros((n_a, 1)), np.zeros((n_a, 1)), []
    for _ in range(40):
        a, c, _, cache = lstm_cell_forward(rng.normal(size=(n_x, 1)), a, c, p)
        caches.append(cache)
    return caches

# %%
def on_both_lanes(bias):
    """Norms of what each cell hands back, in the order of the steps, from your two functions."""
    back, found = {"da_prev": np.full((8, 1), 8**-0.5), "dc_prev": np.zeros((8, 1))}, []
    for cache in reversed(caches_of_forty_steps(bias)):
        back = lstm_cell_backward(back["da_prev"], back["dc_prev"], cache)
        found.append([np.linalg.norm(back["dc_prev"]), np.linalg.norm(back["da_prev"])])
    return dict(zip(("c", "a"), np.array(found[::-1]).T, strict=True))

# %% [markdown] free=true
# **Predict.** On the lane of $c$ each step multiplies by $f$, and only by $f$. What is left after 40
# steps of $f = 1/2$, and what of $f = 0.95$, which is $\sigma(3)$?
#
# *Your prediction:*

# %%
runs = {f"bias of f: {bias}": on_both_lanes(bias) for bias in (0, 1.5, 3)}
figures.lane_norms_picture(runs)

# %% [markdown]
# $0.5^{40}$ is $10^{-12}$ and $0.95^{40}$ is $0.13$. What the picture shows is not exactly that:
# the gradient at the last $c$ is not 1, and the two lanes feed each other, so that there are other ways
# from step to step than the straight one. With a bias of 3 the gradient arrives. Nothing was learnt here; one number was set. That is why
# many texts start the forget gate with a positive bias, and why an LSTM *can* keep what a plain
# recurrent network loses (assignment 08): the factor of a step is a gate, which the network sets
# itself, and not a matrix with the slope of a tanh.

# %% [markdown]
# ## 7. One cell of a GRU
#
# The gated recurrent unit has one state. In the names of the specialisation it is called $c$; there is
# no $a$ beside it. With $v = [c_{prev}; x_t]$ and $w = [r * c_{prev}; x_t]$,
#
# $$u = \sigma(W_u v + b_u), \quad r = \sigma(W_r v + b_r), \quad \tilde c = \tanh(W_c w + b_c),
# \qquad c_{next} = u * \tilde c + (1 - u) * c_{prev} .$$
#
# $u$ is the **update gate** (`ut`; here it is a gate and not a stack), $r$ the **reset gate** (`rt`).
# The weights are `Wu`, `Wr`, `Wc`, the biases `bu`, `br`, `bc`, in the shapes that the LSTM's have.
# Before sigmoid and tanh stand $z_u$, $z_r$ and $z_c$. The checks say `rc` for $r * c_{prev}$, `keep`
# for $1 - u$, and $dr$ for the gradient at $r$.
#
# | here | in Cho et al. (2014), and in many libraries |
# |---|---|
# | $u$, $r$, $\tilde c$, $c$ | $z$, $r$, $\tilde h$ or $n$, $h$ |
# | $u = 1$ takes the candidate | often the other way round: $h = z * h_{prev} + (1 - z) * \tilde h$ |
# | $r * c_{prev}$, then $W_c$ | some take $r$ behind the product with the weights |

# %% solution="gru_cell_forward"
def gru_cell_forward(xt, c_prev, parameters):
    """One cell of a GRU.

    Parameters
    ----------
    xt : array, shape (n_x, m)
    c_prev : array, shape (n_a, m)
    parameters : dict
        Wu, Wr, Wc, shape (n_a, n_a + n_x), and bu, br, bc, shape (n_a, 1).

    Returns
    -------
    c_next : array, shape (n_a, m)
    cache : object
        What `gru_cell_backward` will need; its form is your choice.
    """
    ### BEGIN SOLUTION
    p, v = parameters, np.concatenate([c_prev, xt])
    ut, rt = (sigmoid(p["W" + k] @ v + p["b" + k]) for k in "ur")
    cct = np.tanh(p["Wc"] @ np.concatenate([rt * c_prev, xt]) + p["bc"])
    return ut * cct + (1 - ut) * c_prev, (c_prev, xt.copy(), ut, rt, cct, p)
    ### END SOLUTION

# %% free=true
check(gru_cell_forward)

# %% grade="gru_cell_forward__returns_the_right_shapes" points=1

# %% grade="gru_cell_forward__c_next_is_right" points=3

# %% grade="gru_cell_forward__leaves_its_inputs_unchanged" points=1

# %% [markdown] free=true
# **Derive.** At how many places does the forward pass read $c_{prev}$? At how many $u$? At how many
# $r$? Write one term for each place. In which order do `dzu`, `dzr` and `dzc` have to be made?
#
# *Your lines:*

# %% solution="gru_cell_backward"
def gru_cell_backward(dc_next, cache):
    """Backward through one cell of a GRU.

    Parameters
    ----------
    dc_next : array, shape (n_a, m)
        Derivative of J with respect to c_next, all its ways together.
    cache : object
        As returned by your `gru_cell_forward`.

    Returns
    -------
    gradients : dict
        dxt, shape (n_x, m); dc_prev, shape (n_a, m); dWu, dWr, dWc, shape (n_a, n_a + n_x); dbu,
        dbr, dbc, shape (n_a, 1).
    """
    ### BEGIN SOLUTION
    c_prev, xt, ut, rt, cct, p = cache
    n_a, v = len(c_prev), np.concatenate([c_prev, xt])
    dz = {"u": dc_next * (cct - c_prev) * ut * (1 - ut), "c": dc_next * ut * (1 - cct**2)}
    dw = p["Wc"].T @ dz["c"]
    dz["r"] = dw[:n_a] * c_prev * rt * (1 - rt)
    dv = p["Wu"].T @ dz["u"] + p["Wr"].T @ dz["r"]
    stacks = {"u": v, "r": v, "c": np.concatenate([rt * c_prev, xt])}
    grads = {"dW" + k: dz[k] @ stacks[k].T for k in dz}
    grads |= {"db" + k: dz[k].sum(axis=1, keepdims=True) for k in dz}
    dc_prev = dc_next * (1 - ut) + dv[:n_a] + dw[:n_a] * rt
    return grads | {"dc_prev": dc_prev, "dxt": dv[n_a:] + dw[n_a:]}
    ### END SOLUTION

# %% free=true
check(gru_cell_backward)

# %% grade="gru_cell_backward__returns_the_right_shapes" points=1

# %% grade="gru_cell_backward__dWu_matches_numeric_gradient" points=2

# %% grade="gru_cell_backward__dbu_matches_numeric_gradient" points=1

# %% grade="gru_cell_backward__dWr_matches_numeric_gradient" points=2

# %% grade="gru_cell_backward__dbr_matches_numeric_gradient" points=1

# %% grade="gru_cell_backward__dWc_matches_numeric_gradient" points=2

# %% grade="gru_cell_backward__dbc_matches_numeric_gradient" points=1

# %% grade="gru_cell_backward__dxt_matches_numeric_gradient" points=3

# %% grade="gru_cell_backward__dc_prev_matches_numeric_gradient" points=4

# %% grade="gru_cell_backward__leaves_its_inputs_unchanged" points=1

# %% grade="gru_cell_backward__same_answer_twice" points=1

# %% [markdown]
# ## 8. Bug hunt
#
# Seven ways of writing the backward pass through time. Four of them made the tables below, no two the
# same one. Of the public solutions that were read for this course, more than half have the first.
#
# | id | what was written |
# |---|---|
# | `lstm-both-carries-missing` | the two carries stay zero in the whole loop |
# | `bptt-missing-da-prevt` | the cell receives `da[:, :, t]` alone, and the right `dc_prevt` |
# | `lstm-dc-next-missing` | the carry on the lane of c stays zero |
# | `lstm-parenthesis` | in dzf, dzi and dzc the gate's slope multiplies the term of da_next alone |
# | `lstm-dc-prev-no-forget` | `dc_prev = dc` |
# | `lstm-gate-derivative-missing` | dzf without `ft * (1 - ft)` |
# | `lstm-tanh-of-tanh` | `1 - np.tanh(cct)**2` in dzc |
#
# A table holds the error of each array: the largest deviation, as a fraction of the largest right
# entry. The caption holds that of `dx` at each step.

# %%
rng = np.random.default_rng(92)
n_x, n_a, m, T_x = 3, 4, 5, 4
x_c, a0_c = rng.normal(size=(n_x, m, T_x)), rng.normal(size=(n_a, m))
da_c = rng.normal(size=(n_a, m, T_x))
p_c = {"W" + k: rng.normal(size=(n_a, n_a + n_x)) / 2 for k in "fico"}
p_c |= {"b" + k: rng.normal(size=(n_a, 1)) / 2 for k in "fico"}
p_c |= {"Wy": rng.normal(size=(2, n_a)), "by": np.zeros((2, 1))}

# %%
errors = {  # dx, da0, dWf, dWi, dWc, dWo
    "A": [1.56, 2.51, 0.38, 0.94, 1.84, 0.26],
    "B": [0.66, 0.66, 0.15, 0.37, 0.84, 0.23],
    "C": [0.4, 0.31, 0.04, 0.09, 0.58, 0.06],
    "D": [1.69, 1.01, 1.61, 1.49, 0.47, 0.24],
}
dx_steps = {  # the error of dx at steps 1 to 4
    "A": [0.91, 3.17, 1.13, 0],
    "B": [0.49, 0.94, 1.37, 0],
    "C": [0.22, 0.28, 0.15, 0.4],
    "D": [0.89, 2.22, 3.51, 0],
}

# %%
def evidence(letter):
    """Errors of six arrays, and of dx at each step."""
    names = ("dx", "da0", "dWf", "dWi", "dWc", "dWo")
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
# Look first at step 4: nothing arrives there on the lane of $c$. What is wrong there already cannot
# be a carry. Then compare how wrong the arrays are: which of them does each suspect change most? Where
# two suspects remain, try them: your `lstm_backward` on `da_c` and on the caches of
# `lstm_forward(x_c, a0_c, p_c)` gives the right arrays, and copies of your functions with the
# suspect's line give the wrong ones.
#
# Then name the bugs: a dictionary `answers_09` with the keys `"A"` to `"D"`.

# %% solution="answers_09"
# answers_09 = {"A": "an id from the list", "B": ..., "C": ..., "D": ...}
### BEGIN SOLUTION
answers_09 = {
    "A": "lstm-dc-prev-no-forget",
    "B": "lstm-both-carries-missing",
    "C": "lstm-tanh-of-tanh",
    "D": "lstm-parenthesis",
}
### END SOLUTION

# %% free=true

# %% grade="answers_09__names_case_A" points=2
# answers_09: names case A (2 points)
### BEGIN HIDDEN TESTS
from autograder import grade
grade("answers_09__names_case_A", globals(), key="lstm-dc-prev-no-forget")
### END HIDDEN TESTS

# %% grade="answers_09__names_case_B" points=2
# answers_09: names case B (2 points)
### BEGIN HIDDEN TESTS
from autograder import grade
grade("answers_09__names_case_B", globals(), key="lstm-both-carries-missing")
### END HIDDEN TESTS

# %% grade="answers_09__names_case_C" points=2
# answers_09: names case C (2 points)
### BEGIN HIDDEN TESTS
from autograder import grade
grade("answers_09__names_case_C", globals(), key="lstm-tanh-of-tanh")
### END HIDDEN TESTS

# %% grade="answers_09__names_case_D" points=2
# answers_09: names case D (2 points)
### BEGIN HIDDEN TESTS
from autograder import grade
grade("answers_09__names_case_D", globals(), key="lstm-parenthesis")
### END HIDDEN TESTS

# %% [markdown]
# ## What you can now say
#
# - Which two ways lead out of $c$, and why their sum stands once and in brackets.
# - Why the output gate is not behind that sum, and the other three are.
# - Which carry is added to something and which is not.
# - Why a gradient gets far on the lane of $c$, and what sets the factor of a step.
# - At how many places a GRU reads its state.
#
# The lesson of the same number says it at more length.
