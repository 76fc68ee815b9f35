# %% [markdown]
# # Normalisation
#
# A layer that takes a mean over the batch, and one that takes it over the features of each example.
# You write both, forward and backward, with the running averages that the first one needs. Then you
# let your own functions draw which example listens to which.
#
# After each function you call `check(...)`. It compares what your function returns with numeric
# gradients and says what it found. The hidden checks are the same checks on other numbers and sizes.
#
# Where a check fails, `from autograder import example` and `args = example(batchnorm_backward)`
# give you the arguments of the smallest instance tried on which your function fails. Call it with
# them, `batchnorm_backward(*args)`, and print what you want to see.
#
# Where you do not know how to go on, `hint(batchnorm_backward)` gives a question; the same call
# again gives a formula, and then a tiny worked case. It never gives code.
#
# A function is graded where it stands, from the first cell to the last: what it uses has to be
# written above it. Before you hand the notebook in, restart the kernel and run all cells.
#
# <details>
# <summary><b>Words</b> used here and what they mean (25)</summary>
#
# - **affine**: linear with a constant added, as x w + b
# - **axis**: one direction of an array: a table has axis 0, down its rows, and axis 1, along its columns
# - **backward pass**: computing the derivatives, from the cost to the inputs
# - **batch**: the examples that are used together
# - **cache**: what a forward function keeps for its backward function
# - **carry**: what a loop hands from one step to the next
# - **cell**: in a recurrent network: the computation of one step in time; in a notebook: one box of text or code
# - **cost**: one number that says how wrong the network is on all examples together, written J: the mean of the losses
# - **example**: one set of inputs, with its label if it has one
# - **feature**: one of the numbers that each example has: where rows are examples, one column
# - **forward pass**: computing the values, from the inputs to the cost
# - **gradient**: all partial derivatives of one number with respect to an array, in the shape of the array
# - **instance**: one set of random inputs on which a check runs your function
# - **Jacobian**: the table of all partial derivatives of a vector with respect to a vector
# - **layer**: one stage of a network: it takes numbers and gives numbers
# - **layout**: which axis of an array counts what. Columns or rows may be examples; and a Jacobian has two layouts of its own, numerator and denominator
# - **norm**: the length of a vector: the root of the sum of the squares of its entries
# - **numeric gradient**: a gradient found by running forward at inputs that were moved a little; it knows no formula
# - **root**: in a graph: the last node, the one that is differentiated
# - **running average**: an average over many batches: with each new one, most of the old average is kept and a little of the new is added
# - **scalar**: a single number
# - **slope**: how fast one value moves with another: the derivative of one operation
# - **upstream**: the derivative of the cost with respect to what a function has returned: it comes in from above on the way back
# - **variance**: how widely numbers spread: the mean of the squares of their differences from their mean
# - **∂**: ∂J/∂w is a partial derivative: how fast J moves when w alone is moved
#
# </details>

# %% [markdown]
# ## The contract
#
# - **Layout, names and signatures** are those of CS231n: `batchnorm_forward(x, gamma, beta, bn_param)`.
#   A solution made there can be graded here as it is. Rows are examples, columns are features.
# - **What is differentiated.** One scalar $J$. `dout` is $\partial J / \partial \text{out}$, and every array
#   `dQ` that you return is $\partial J / \partial Q$, with the shape of `Q`. Whoever made `dout` has
#   paid $1/N$, if the cost has one; here nobody pays it again.
# - **The variance** is the mean of the squares of $x - \mu$: their sum, divided by their number.
#   `eps` is added to the variance, under the square root.
# - **Two modes.** In train mode `batchnorm_forward` uses the mean and the variance of the batch, and
#   writes new running averages into `bn_param`, under `"running_mean"` and `"running_var"`. In test
#   mode it uses these averages and leaves them as they are. The backward pass belongs to train mode.
#   Layer normalisation has one mode.
# - **Mutation.** `bn_param` and `ln_param` may be written into. Whatever else comes in, the cache
#   too, stays as it was.
# - **Caches** are yours, in any form. In test mode nobody reads it.

# %% [markdown]
# ## Symbols and shapes
#
# | symbol | code | batch normalisation | layer normalisation |
# |---|---|---|---|
# | inputs, outputs | `x`, `out` | $(N, D)$ | $(N, D)$ |
# | mean, variance | `mu`, `var` | $(D,)$, over the examples | $(N,)$, over the features |
# | normalised inputs | `x_hat` | $(N, D)$ | $(N, D)$ |
# | factor and shift, learnt | `gamma`, `beta` | $(D,)$ | $(D,)$ |
# | upstream | `dout` | $(N, D)$ | $(N, D)$ |
#
# $N$ counts examples, $D$ features: a **feature** is one column of $x$, one number of each example.
# In sums, $i$ and $k$ count examples, $j$ features.

# %%
import numpy as np

from autograder import check, figures, hint
from autograder.networks.normalised import norm_graph
from autograder.oracle import gradient

# %% [markdown]
# The first function of the next cell reads `bn_param` for you; use it or not. The second is for the
# checks: it calls your `batchnorm_forward` on several batches and hands back what then stands in
# `bn_param`.

# %%
def settings(bn_param, D):
    """mode, eps, momentum, running_mean, running_var; averages that are not there are zeros."""
    eps, momentum = bn_param.get("eps", 1e-5), bn_param.get("momentum", 0.9)
    averages = [bn_param.get(f"running_{name}", np.zeros(D)) for name in ("mean", "var")]
    return bn_param["mode"], eps, momentum, *averages


def averages_after(batches, gamma, beta, bn_param):
    """running_mean and running_var after all batches, with one bn_param."""
    for x in batches:
        batchnorm_forward(x, gamma, beta, bn_param)
    return bn_param.get("running_mean"), bn_param.get("running_var")

# %% [markdown]
# ## 1. Batch normalisation, forward
#
# Each feature gets a mean of 0 and a variance of 1 over the batch; then the layer gives it a size and
# a place that it can learn:
#
# $$\mu_j = \frac{1}{N} \sum_i x_{ij}, \qquad \text{var}_j = \frac{1}{N} \sum_i (x_{ij} - \mu_j)^2, \qquad
# \hat x_{ij} = \frac{x_{ij} - \mu_j}{\sqrt{\text{var}_j + \text{eps}}}, \qquad
# \text{out}_{ij} = \gamma_j\, \hat x_{ij} + \beta_j .$$
#
# `eps` is a small number that keeps the square root away from 0.
#
# When the network is used, an example may come alone, and its answer should not depend on who else is
# asked. So train mode keeps averages over the batches:
#
# $$\text{running\_mean} \leftarrow \text{momentum} \cdot \text{running\_mean} + (1 - \text{momentum})\, \mu,$$
#
# and the same for `running_var` with $\text{var}$. Test mode puts them in the place of $\mu$ and $\text{var}$.
#
# `bn_param` is a dict: `"mode"` is `"train"` or `"test"`; `"eps"` and `"momentum"` are numbers, 1e-5
# and 0.9 where they are not given; the averages start at zero.

# %% [markdown] free=true
# **Predict.** Add 5 to one feature of all examples; multiply another one by 10. What changes in
# `out`, in train mode?
#
# *Your prediction:*

# %% solution="batchnorm_forward"
def batchnorm_forward(x, gamma, beta, bn_param):
    """Normalise each feature over the batch.

    Parameters
    ----------
    x : array, shape (N, D)
    gamma, beta : array, shape (D,)
    bn_param : dict
        "mode", "eps", "momentum"; "running_mean" and "running_var", shape (D,).

    Returns
    -------
    out : array, shape (N, D)
    cache : object
        What `batchnorm_backward` will need.
    """
    ### BEGIN SOLUTION
    mode, eps, momentum, mean, var = settings(bn_param, x.shape[1])
    if mode == "test":
        return gamma * (x - mean) / np.sqrt(var + eps) + beta, None
    mu, now = x.mean(axis=0), x.var(axis=0)
    bn_param["running_mean"] = momentum * mean + (1 - momentum) * mu
    bn_param["running_var"] = momentum * var + (1 - momentum) * now
    std = np.sqrt(now + eps)
    x_hat = (x - mu) / std
    return gamma * x_hat + beta, (x_hat, std, gamma)
    ### END SOLUTION

# %% free=true
check(batchnorm_forward)

# %% grade="batchnorm_forward__returns_the_right_shapes" points=1

# %% grade="batchnorm_forward__out_is_right" points=3

# %% grade="batchnorm_forward__keeps_running_averages" points=3

# %% grade="batchnorm_forward__test_mode_uses_the_running_averages" points=3

# %% grade="batchnorm_forward__leaves_its_inputs_unchanged" points=1

# %%
rng = np.random.default_rng(111)
x, moved = rng.normal(size=(6, 3)), np.array([0.0, 5.0, 0.0])
one, zero = np.ones(3), np.zeros(3)
before = batchnorm_forward(x, one, zero, {"mode": "train"})[0]
for told, other in (("5 added", x + moved), ("times 10", x * np.array([1.0, 1.0, 10.0]))):
    out = batchnorm_forward(other, one, zero, {"mode": "train"})[0]
    print(f"{told:9} out changes by at most {np.abs(out - before).max():.1e}")

# %% [markdown]
# Adding changes nothing. Multiplying changes as much as `eps` allows, and nothing without it. Keep
# that in mind: two directions of $x$ in which $J$ does not move are two things that you know of `dx`.

# %% [markdown]
# ## 2. Two examples, one feature
#
# Take $N = 2$, $D = 1$, $\gamma = 1$, and write $\sigma$ for $\sqrt{\text{var} + \text{eps}}$. With
# $x_1 = 1$, $x_2 = 5$ the mean is 3, the differences are $-2$ and $2$, the variance is 4. Let
# $\text{eps} = 5$: then $\sigma = 3$ and $\hat x = (-2/3,\ 2/3)$.
#
# Move $x_1$ by a small $t$. Three things happen at once:
#
# - **straight**: $x_1$ itself moves, in $\hat x_1$ alone;
# - **by the mean**: $\mu$ moves by $t/2$, and both $\hat x$ hear it;
# - **by the variance**: $\text{var}$ moves by $\frac{2}{2}(x_1 - \mu)\, t = -2t$, and both $\hat x$ hear it.

# %% [markdown] free=true
# **Derive.** With the upstream $d\hat x = (1, 0)$: the three parts of $dx_1$ and of $dx_2$ as
# fractions, and their sums. The slope of $1/\sigma$ with respect to $\text{var}$ is $-\frac{1}{2\sigma^3}$.
#
# *Your lines:*

# %%
two = np.array([[1.0], [5.0]])
graph = norm_graph(two, np.ones(1), np.zeros(1), np.array([[1.0], [0.0]]), eps=5.0)
roads = gradient(graph, at=["x->x_hat", "x->mu", "x->var", "x"])
for road, found in roads.items():
    print(f"{road:8}", "  ".join(f"{value: .4f}" for value in found[:, 0]))

# %% [markdown]
# The last line is the sum of the three above it, $dx_1 = \frac13 - \frac16 - \frac{2}{27}$ and
# $dx_2 = -\frac16 + \frac{2}{27}$. The two add up to zero: to add the same number to both examples
# does not move $J$.

# %% [markdown]
# ## 3. Batch normalisation, backward
#
# The same three roads for arrays. With $d\hat x = \text{dout} * \gamma$, each feature by itself:
#
# $$d\mu_j = -\frac{1}{\sigma_j} \sum_i d\hat x_{ij}, \qquad
# d\text{var}_j = -\frac{1}{2\sigma_j^3} \sum_i d\hat x_{ij}\, (x_{ij} - \mu_j),$$
#
# $$dx_{ij} = \frac{d\hat x_{ij}}{\sigma_j} + \frac{d\mu_j}{N} + d\text{var}_j\, \frac{2 (x_{ij} - \mu_j)}{N} .$$
#
# $\text{var}$ is made of $\mu$ as well, so there seems to be a fourth road, from $\text{var}$ to $\mu$ and on to
# $x$. Its slope is $-\frac{2}{N} \sum_i (x_{ij} - \mu_j)$, and what is added up there is zero.
#
# $\gamma_j$ and $\beta_j$ are copied to every row of out.

# %% [markdown] free=true
# **Derive.** `dgamma` and `dbeta`: over which index do the sums run? And put $d\mu_j$ and $d\text{var}_j$ into
# the last line: with $\hat x_{ij}$ for $(x_{ij} - \mu_j)/\sigma_j$ it becomes three terms over
# $\sigma_j$, two of which are means.
#
# *Your lines:*

# %% solution="batchnorm_backward"
def batchnorm_backward(dout, cache):
    """Backward through batch normalisation in train mode.

    Parameters
    ----------
    dout : array, shape (N, D)
        Derivative of J with respect to out.
    cache : object
        As returned by your `batchnorm_forward`.

    Returns
    -------
    dx : array, shape (N, D)
    dgamma : array, shape (D,)
    dbeta : array, shape (D,)
    """
    ### BEGIN SOLUTION
    x_hat, std, gamma = cache
    up = gamma * dout
    along = (up * x_hat).mean(axis=0)
    dx = (up - up.mean(axis=0) - x_hat * along) / std
    return dx, (dout * x_hat).sum(axis=0), dout.sum(axis=0)
    ### END SOLUTION

# %% free=true
check(batchnorm_backward)

# %% grade="batchnorm_backward__returns_the_right_shapes" points=1

# %% grade="batchnorm_backward__dx_matches_numeric_gradient" points=6

# %% grade="batchnorm_backward__dgamma_matches_numeric_gradient" points=3

# %% grade="batchnorm_backward__dbeta_matches_numeric_gradient" points=2

# %% grade="batchnorm_backward__leaves_its_inputs_unchanged" points=1

# %% grade="batchnorm_backward__same_answer_twice" points=1

# %% [markdown]
# Of your prediction in section 1: $J$ does not move when a feature of all examples is shifted, so each
# column of `dx` adds up to zero. It hardly moves when $x - \mu$ is stretched, so `dx` times
# $\hat x$ adds up to nearly zero. Both hold for every `dout`.

# %%
dout = rng.normal(size=(6, 3))
out, cache = batchnorm_forward(x, one, zero, {"mode": "train"})  # gamma 1, beta 0: out is x_hat
dx, dgamma, dbeta = batchnorm_backward(dout, cache)
print("columns of dx:        ", np.abs(dx.sum(axis=0)).max() < 1e-12)
print("columns of dx * x_hat:", np.abs((dx * out).sum(axis=0)).max() < 1e-3)

# %% [markdown]
# ## 4. Layer normalisation, forward
#
# The mean and the variance are those of one example, over its features:
#
# $$\mu_i = \frac{1}{D} \sum_j x_{ij}, \qquad \text{var}_i = \frac{1}{D} \sum_j (x_{ij} - \mu_i)^2, \qquad
# \hat x_{ij} = \frac{x_{ij} - \mu_i}{\sqrt{\text{var}_i + \text{eps}}}, \qquad
# \text{out}_{ij} = \gamma_j\, \hat x_{ij} + \beta_j .$$
#
# No example knows of another one, so there is nothing to average and no second mode. `ln_param` is a
# dict with `"eps"`, 1e-5 where it is not given. Note the indices: $\mu$ and $\text{var}$ now have an $i$,
# $\gamma$ and $\beta$ keep their $j$.

# %% solution="layernorm_forward"
def layernorm_forward(x, gamma, beta, ln_param):
    """Normalise each example over its features.

    Parameters
    ----------
    x : array, shape (N, D)
    gamma, beta : array, shape (D,)
    ln_param : dict
        "eps".

    Returns
    -------
    out : array, shape (N, D)
    cache : object
        What `layernorm_backward` will need.
    """
    ### BEGIN SOLUTION
    mu, var = x.mean(axis=1, keepdims=True), x.var(axis=1, keepdims=True)
    std = np.sqrt(var + ln_param.get("eps", 1e-5))
    x_hat = (x - mu) / std
    return gamma * x_hat + beta, (x_hat, std, gamma)
    ### END SOLUTION

# %% free=true
check(layernorm_forward)

# %% grade="layernorm_forward__returns_the_right_shapes" points=1

# %% grade="layernorm_forward__out_is_right" points=3

# %% grade="layernorm_forward__leaves_its_inputs_unchanged" points=1

# %% [markdown]
# ## 5. Layer normalisation, backward
#
# The three roads are the same, the means run over $j$. Two things do not come along with the axis.

# %% [markdown] free=true
# **Predict.** In `batchnorm_backward` one may pull $\gamma_j$ out of the two means, since a mean over
# examples has one $\gamma_j$. May one here? And which of the sums in your function still run over the
# examples?
#
# *Your prediction:*

# %% solution="layernorm_backward"
def layernorm_backward(dout, cache):
    """Backward through layer normalisation.

    Parameters
    ----------
    dout : array, shape (N, D)
        Derivative of J with respect to out.
    cache : object
        As returned by your `layernorm_forward`.

    Returns
    -------
    dx : array, shape (N, D)
    dgamma : array, shape (D,)
    dbeta : array, shape (D,)
    """
    ### BEGIN SOLUTION
    x_hat, std, gamma = cache
    up = gamma * dout
    along = (up * x_hat).mean(axis=1, keepdims=True)
    dx = (up - up.mean(axis=1, keepdims=True) - x_hat * along) / std
    return dx, (dout * x_hat).sum(axis=0), dout.sum(axis=0)
    ### END SOLUTION

# %% free=true
check(layernorm_backward)

# %% grade="layernorm_backward__returns_the_right_shapes" points=1

# %% grade="layernorm_backward__dx_matches_numeric_gradient" points=6

# %% grade="layernorm_backward__dgamma_matches_numeric_gradient" points=3

# %% grade="layernorm_backward__dbeta_matches_numeric_gradient" points=2

# %% grade="layernorm_backward__leaves_its_inputs_unchanged" points=1

# %% grade="layernorm_backward__same_answer_twice" points=1

# %% [markdown]
# ## 6. Who listens to whom
#
# A backward pass with an upstream of a single 1 gives the derivative of one output: one column of the
# Jacobian, the table of all partial derivatives. With all $N D$ of them you have the whole table,
# made by your own functions.

# %%
def jacobian_of(forward, backward, x, gamma):
    """Row: one entry of x, column: one entry of out, both example by example."""
    _, cache = forward(x, gamma, np.zeros(x.shape[1]), {"mode": "train"})
    ones = np.eye(x.size).reshape(-1, *x.shape)
    return np.stack([backward(one, cache)[0].ravel() for one in ones], axis=1)

# %% [markdown] free=true
# **Predict.** Four examples of three features, so 12 rows and 12 columns, in blocks of 3 by 3. Which
# blocks are not zero, and what does one look like, for each of the two layers?
#
# *Your prediction:*

# %%
x, gamma = rng.normal(size=(4, 3)) + 1, np.array([1.5, -0.8, 1.2])
tables = {
    "batch normalisation": jacobian_of(batchnorm_forward, batchnorm_backward, x, gamma),
    "layer normalisation": jacobian_of(layernorm_forward, layernorm_backward, x, gamma),
}
figures.blocks_picture(tables, examples=4)

# %% [markdown]
# Grey is zero. In batch normalisation every example listens to every other one, each feature to itself:
# all blocks are filled, along their diagonals. In layer normalisation each feature listens to all
# features of its own example: the blocks between examples are zero.
#
# Of your prediction in section 5: inside a mean over features each term has its own $\gamma_j$, so it
# stays inside, $d\hat x = \text{dout} * \gamma$ comes first. And `dgamma` and `dbeta` are sums over the
# examples in both layers: that is where $\gamma_j$ and $\beta_j$ were copied to.

# %% [markdown]
# ## 7. Test mode is an affine layer
#
# In test mode $\mu$ and $\text{var}$ are numbers that were kept, not functions of $x$. Two of the three roads
# are gone, and `out` is a factor times `x` plus a constant, feature by feature:

# %%
averages = {"running_mean": np.array([0.5, -1, 2]), "running_var": np.array([4, 1, 9.0])}
kept = {"mode": "test", **averages}
beta = np.array([0.1, 0.2, 0.3])
factor = gamma / np.sqrt(kept["running_var"] + 1e-5)
constant = beta - factor * kept["running_mean"]
all_of_them = batchnorm_forward(x, gamma, beta, dict(kept))[0]
alone = batchnorm_forward(x[:1], gamma, beta, dict(kept))[0]
print("out is factor * x + constant:", np.allclose(all_of_them, factor * x + constant))
print("an example alone gets the same:", np.allclose(alone, all_of_them[:1]))

# %% [markdown]
# ## 8. Bug hunt
#
# Five ways of writing `batchnorm_backward`. Two of them made the two lines below.
#
# | id | what was written |
# |---|---|
# | `norm-statistics-constant` | `dx = gamma * dout / std` |
# | `norm-variance-road-missing` | the road by the variance is left out |
# | `norm-mean-road-missing` | the road by the mean is left out |
# | `norm-sum-for-mean` | both roads are there, not divided by N |
# | `norm-gamma-left-out` | `dx_hat = dout` |
#
# Each line is about the one column of `dx` of the batch below: the largest error, as a fraction of the
# largest right entry; the sum of the column; and the sum of `dx * x_hat`.

# %%
x_c = np.array([[1.0], [2.0], [4.0], [7.0], [6.0]])
dout_c = np.array([[0.5], [-1.0], [2.0], [1.0], [0.5]])
gamma_c, beta_c, bn_param_c = np.array([2.0]), np.zeros(1), {"mode": "train", "eps": 1e-5}

# %%
errors = {  # error of dx, sum of dx, sum of dx * x_hat
    "A": [0.37, 0.0, 1.73],
    "B": [3.2, -10.52, -6.92],
}

# %%
lines = [(f"bug {letter}", *(f"{value:.2f}" for value in row)) for letter, row in errors.items()]
figures.Table(("", "error of dx", "sum of dx", "sum of dx * x_hat"), lines)

# %% [markdown]
# Which road makes which of the two sums zero? Where two suspects remain, try them: your function on
# `dout_c` and the cache of `batchnorm_forward(x_c, gamma_c, beta_c, bn_param_c)` gives the right
# column, and a copy of it with the suspect's line gives the wrong one.
#
# Then name the bugs: a dictionary `answers_11` with the keys `"A"` and `"B"`.

# %% solution="answers_11"
# answers_11 = {"A": "an id from the list", "B": ...}
### BEGIN SOLUTION
answers_11 = {"A": "norm-variance-road-missing", "B": "norm-sum-for-mean"}
### END SOLUTION

# %% free=true

# %% grade="answers_11__names_case_A" points=2
# answers_11: names case A (2 points)
### BEGIN HIDDEN TESTS
from autograder import grade
grade("answers_11__names_case_A", globals(), key="norm-variance-road-missing")
### END HIDDEN TESTS

# %% grade="answers_11__names_case_B" points=2
# answers_11: names case B (2 points)
### BEGIN HIDDEN TESTS
from autograder import grade
grade("answers_11__names_case_B", globals(), key="norm-sum-for-mean")
### END HIDDEN TESTS

# %% [markdown]
# ## What you can now say
#
# - Which three roads lead from one $x$ to the $\hat x$ of its whole batch, and why a fourth one
#   carries nothing.
# - Why each column of `dx` adds up to zero, and what a column tells you that does not.
# - Which sums change their axis in layer normalisation, and which do not.
# - Why test mode is an affine layer, and which two averages it needs.
#
# The lesson of the same number says it at more length.
