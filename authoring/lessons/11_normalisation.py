# %% [markdown]
# # Normalisation
#
# **What you will do.** Take a layer through which the examples of a batch hear each other, follow the
# three roads by which one number of $x$ reaches all the others, and shorten the sum of the three to
# one line. Then turn the layer by one axis.
#
# **What you will learn.** Why a mean and a variance have gradients; which road carries nothing; what
# two zero sums tell you of any `dx`; why the Jacobian of lesson 04 was in blocks and this one is not;
# what test mode does to the way back.
#
# **What you need.** Lesson 03: layers in rows, with caches. Lesson 04, section 7: a Jacobian in blocks
# of one example each. The exercises are in the assignment of the same number.
#
# <details>
# <summary><b>Words</b> used here and what they mean (18)</summary>
#
# - **affine**: linear with a constant added, as x w + b
# - **axis**: one direction of an array: a table has axis 0, down its rows, and axis 1, along its columns
# - **backward pass**: computing the derivatives, from the cost to the inputs
# - **batch**: the examples that are used together
# - **cache**: what a forward function keeps for its backward function
# - **carry**: what a loop hands from one step to the next
# - **diagonal**: in a matrix: the entries whose row and column have the same number; a diagonal matrix is 0 everywhere else
# - **example**: one set of inputs, with its label if it has one
# - **gradient**: all partial derivatives of one number with respect to an array, in the shape of the array
# - **Jacobian**: the table of all partial derivatives of a vector with respect to a vector
# - **layer**: one stage of a network: it takes numbers and gives numbers
# - **layout**: which axis of an array counts what. Columns or rows may be examples; and a Jacobian has two layouts of its own, numerator and denominator
# - **root**: in a graph: the last node, the one that is differentiated
# - **slope**: how fast one value moves with another: the derivative of one operation
# - **upstream**: the derivative of the cost with respect to what a function has returned: it comes in from above on the way back
# - **variance**: how widely numbers spread: the mean of the squares of their differences from their mean
# - **wire**: in a graph: the way from one value into another that uses it
# - **∂**: ∂J/∂w is a partial derivative: how fast J moves when w alone is moved
#
# </details>

# %% [markdown]
# ## Symbols
#
# Layout and names are those of CS231n: rows are examples, columns are **features**, the numbers that
# each example has. $N$ counts examples, $D$ features; in sums, $i$ and $k$ count examples, $j$ features.
#
# | symbol | code | shape | |
# |---|---|---|---|
# | $x$, $\text{out}$ | `x`, `out` | $(N, D)$ | input and output |
# | $\mu$, $\text{var}$ | `mu`, `var` | $(D,)$ | mean and **variance**: the mean of the squares of $x - \mu$ |
# | $\sigma$ | `std` | $(D,)$ | $\sqrt{\text{var} + \text{eps}}$ |
# | $\hat x$ | `x_hat` | $(N, D)$ | the normalised input |
# | $\gamma$, $\beta$ | `gamma`, `beta` | $(D,)$ | factor and shift, learnt |
# | upstream | `dout` | $(N, D)$ | $\partial J / \partial \text{out}$ |
#
# In section 7 `mu`, `var` and `std` are $(N,)$. Every array called $dQ$ is $\partial J / \partial Q$,
# with the shape of $Q$; here $J = \sum_{ij} \text{dout}_{ij}\, \text{out}_{ij}$, whose derivative at $\text{out}$ is `dout`.

# %%
import numpy as np

from autograder import figures
from autograder.networks.normalised import norm_graph
from autograder.oracle import gradient

# %%
def agree(a, b):
    """True if two arrays are equal up to rounding."""
    return a.shape == b.shape and bool(np.allclose(a, b, rtol=1e-10, atol=1e-12))


def cut(*wires):
    """Edits that let values pass along these wires, and no derivative."""
    return {wire: (lambda value, seen: value.real) for wire in wires}

# %%
rng = np.random.default_rng(110)
N, D, eps = 6, 3, 1e-5
x = rng.normal(size=(N, D)) * np.array([1.0, 3.0, 0.5]) + np.array([2.0, -1.0, 0.0])
gamma, beta = np.array([1.5, -0.8, 1.2]), np.array([0.3, 0.0, -0.5])
dout = rng.normal(size=(N, D))
net = norm_graph(x, gamma, beta, dout, eps)

# %% [markdown]
# ## 1. What the layer does
#
# Batch normalisation (Ioffe and Szegedy, 2015) gives each feature a mean of 0 and a variance of 1
# over the batch, whatever the layers before it do. Then two learnt numbers a feature, $\gamma$ and
# $\beta$, give it a size and a place of its own:
#
# $$\mu_j = \frac{1}{N} \sum_i x_{ij}, \qquad \text{var}_j = \frac{1}{N} \sum_i (x_{ij} - \mu_j)^2, \qquad
# \hat x_{ij} = \frac{x_{ij} - \mu_j}{\sigma_j}, \qquad \text{out}_{ij} = \gamma_j\, \hat x_{ij} + \beta_j .$$
#
# $\text{eps}$ is a small number in $\sigma_j = \sqrt{\text{var}_j + \text{eps}}$: where a feature is the same for all
# examples, $\text{var}_j$ is 0, and something has to be left to divide by.

# %%
mu, var = x.mean(axis=0), x.var(axis=0)
std = np.sqrt(var + eps)
x_hat = (x - mu) / std
out = gamma * x_hat + beta
print("the graph gives the same out:", agree(out, net.value("out")))
print("means of x_hat:    ", x_hat.mean(axis=0).round(6) + 0.0)
print("variances of x_hat:", x_hat.var(axis=0).round(4))

# %% [markdown]
# The last step is an affine layer, entry by entry. $\gamma_j$ and $\beta_j$ are copied to all rows, so
# their gradients are sums over the rows, and $\hat x$ gets its upstream through $\gamma$:
#
# $$d\gamma_j = \sum_i \text{dout}_{ij}\, \hat x_{ij}, \qquad d\beta_j = \sum_i \text{dout}_{ij}, \qquad
# d\hat x_{ij} = \text{dout}_{ij}\, \gamma_j .$$

# %%
dgamma, dbeta, dx_hat = (dout * x_hat).sum(axis=0), dout.sum(axis=0), dout * gamma
for name, mine in {"gamma": dgamma, "beta": dbeta, "x_hat": dx_hat}.items():
    print(f"d{name:6} {mine.shape!s:7} right: {agree(mine, gradient(net, name))}")

# %% [markdown]
# ## 2. Two examples, one feature
#
# The rest is the way from $\hat x$ back to $x$. Take two examples and one feature, $x_1 = 1$ and
# $x_2 = 5$, with $\gamma = 1$. The mean is 3, the differences are $-2$ and 2, the variance is
# $(4 + 4)/2 = 4$. With $\text{eps} = 5$ the square root is $\sigma = 3$: numbers that one can follow.
# $\hat x = (-\frac23, \frac23)$.
#
# Now move $x_1$ by a small $t$ and leave $x_2$ where it is. What moves?
#
# - $x_1$ itself: $\hat x_1$ by $\frac{t}{3}$. **The straight road.**
# - $\mu$ by $\frac{t}{2}$, and with it both $x - \mu$: $\hat x_1$ and $\hat x_2$ by $-\frac{t}{2 \cdot 3}$.
#   **The road by the mean.**
# - $\text{var} = \frac12 \sum_i (x_i - \mu)^2$ by $\frac12 \cdot 2 (x_1 - \mu)\, t = -2t$; then
#   $1/\sigma = (\text{var} + \text{eps})^{-1/2}$ by its slope $-\frac12 (\text{var} + \text{eps})^{-3/2} = -\frac{1}{2 \cdot 27}$
#   times that, $+\frac{t}{27}$; and $\hat x_i = (x_i - \mu) / \sigma$ by $(x_i - \mu)$ times that:
#   $\hat x_1$ by $-\frac{2t}{27}$, $\hat x_2$ by $+\frac{2t}{27}$. **The road by the variance.**
#
# All at once: $\hat x_1$ moves by $(\frac13 - \frac16 - \frac{2}{27})\, t$, and $\hat x_2$, whose $x$ did
# not move at all, by $(-\frac16 + \frac{2}{27})\, t$.

# %%
def two(x1):
    """x_hat of the two examples."""
    both = np.array([x1, 5.0])
    return (both - both.mean()) / np.sqrt(both.var() + 5)


t = 1e-6
print("measured:", (two(1 + t) - two(1 - t)) / (2 * t))
print("by hand: ", np.array([1 / 3 - 1 / 6 - 2 / 27, -1 / 6 + 2 / 27]))

# %% [markdown]
# ## 3. Three roads from x to x_hat
#
# The same with arrays. The graph of the layer has a wire for each use of a value, and $x$ is used
# three times:

# %%
figures.edited_picture(net, cut("x->mu", "x->var"))

# %% [markdown]
# In the picture two of the three roads are cut. What is left is the gradient of a layer whose mean and
# variance are given numbers, and that is what one gets by reading $\hat x = (x - \mu) / \sigma$ as a
# formula in $x$ alone: $dx = d\hat x / \sigma$.
#
# Back on each road, with what section 2 found for one feature:
#
# $$d\mu_j = -\frac{1}{\sigma_j} \sum_i d\hat x_{ij}, \qquad
# d\text{var}_j = -\frac{1}{2 \sigma_j^3} \sum_i d\hat x_{ij}\, (x_{ij} - \mu_j) .$$
#
# Both are sums over the batch, since every $\hat x_{ij}$ of a feature reads the one $\mu_j$ and the one
# $\text{var}_j$. And each $x_{ij}$ is one of $N$ numbers in a mean: $\partial \mu_j / \partial x_{ij} = 1/N$,
# $\partial \text{var}_j / \partial x_{ij} = 2 (x_{ij} - \mu_j) / N$.

# %%
dmu = -(dx_hat / std).sum(axis=0)
dvar = -0.5 * (dx_hat * (x - mu)).sum(axis=0) / std**3
straight, by_mean, by_variance = dx_hat / std, dmu / N, dvar * 2 * (x - mu) / N
for wire, mine in {"x->x_hat": straight, "x->mu": by_mean, "x->var": by_variance}.items():
    told = np.broadcast_to(mine, x.shape)  # the road by the mean is the same for all examples
    print(f"{wire:9} right: {agree(told, gradient(net, wire))}")
dx = straight + by_mean + by_variance
print("dx        right:", agree(dx, gradient(net, "x")))

# %% [markdown]
# **Predict.** Someone forgets the road by the variance. `dout` is drawn at random. By how much is `dx`
# wrong, roughly: a percent, a tenth, a half?

# %%
for told, wrong in {
    "variance forgotten": straight + by_mean,
    "mean forgotten": straight + by_variance,
    "both forgotten": straight + 0 * dx,
    "both not divided by N": straight + N * (by_mean + by_variance),
}.items():
    off = np.abs(wrong - dx).max() / np.abs(dx).max()
    print(f"{told:22} off by {off:.2f} of the largest entry")

# %% [markdown]
# These are not small errors. Each is the *exact* gradient of another layer: with a wire cut, or with a
# wire that carries $N$ times what it should.

# %%
same = agree(straight + by_mean, gradient(net, "x", edits=cut("x->var")))
print("variance forgotten is the gradient of the layer with x->var cut:", same)

# %% [markdown]
# ## 4. A road that carries nothing
#
# The picture has one more wire: $\mu$ goes into $\text{var}$. So there is a road from $x$ to $\mu$ to $\text{var}$,
# and many scripts walk it: `dmu += dvar * np.mean(-2 * (x - mu), axis=0)`. How much comes back on it?
#
# The slope of $\text{var}_j$ with respect to $\mu_j$ is $-\frac{2}{N} \sum_i (x_{ij} - \mu_j)$. What is
# added up there are the differences from the mean, and these add up to zero: that is what a
# mean is. (In other words: of all numbers $c$, the mean is the one for which
# $\frac1N \sum_i (x_{ij} - c)^2$ is smallest, and at the lowest point the slope is zero.)

# %%
print("what comes back along mu->var:", np.abs(gradient(net, "mu->var")).max() < 1e-12)
print("what comes back along mu->x_hat:", gradient(net, "mu->x_hat").round(3))

# %% [markdown]
# Walk the road or leave it out: `dx` is the same. That is why section 2 could move $\text{var}$ by
# $2 (x_1 - \mu)\, t / 2$ alone, although $\mu$ had moved as well.

# %% [markdown]
# ## 5. The closed form
#
# Put $d\mu$ and $d\text{var}$ into the sum of the three roads, and write $\hat x_{ij}$ for
# $(x_{ij} - \mu_j) / \sigma_j$:
#
# $$dx_{ij} = \frac{1}{\sigma_j} \Big( d\hat x_{ij} - \frac1N \sum_k d\hat x_{kj}
# - \hat x_{ij}\, \frac1N \sum_k d\hat x_{kj}\, \hat x_{kj} \Big) .$$
#
# The two halves met: the 2 of the square and the $\frac12$ of the square root. Read it from left to
# right: what arrives, minus its mean over the batch, minus its part along $\hat x$.

# %%
closed = (dx_hat - dx_hat.mean(axis=0) - x_hat * (dx_hat * x_hat).mean(axis=0)) / std
print("equal to the three roads:", agree(closed, dx))

# %% [markdown]
# Both subtractions could have been known beforehand. Add one number to a feature of all examples: $\hat x$
# does not change, so $J$ does not, so $\sum_i dx_{ij} = 0$ whatever `dout` is. And stretch $x - \mu$ by a
# factor: $\hat x$ changes only as far as $\text{eps}$ lets it, so $\sum_i dx_{ij}\, \hat x_{ij}$ is nearly 0.
#
# **Predict.** Which of the two sums is zero if the road by the variance is forgotten? And which one if
# that by the mean is?

# %%
rows = []
roads = {"right": dx, "variance forgotten": straight + by_mean, "mean forgotten": dx - by_mean}
for told, found in roads.items():
    sums = [found.sum(axis=0), (found * x_hat).sum(axis=0)]
    rows.append((told, *(", ".join(f"{abs(v):.3f}" for v in each) for each in sums)))
figures.Table(("", "|sum of dx|, each feature", "|sum of dx * x_hat|"), rows)

# %% [markdown]
# Each road makes one of the two sums vanish. So two sums, which need no right answer beside them, tell
# which road is missing. With $N = 2$ and a small $\text{eps}$ the two sums leave nothing over: then
# $\hat x$ is $-1$ and 1, and `dx` is 0 up to $\text{eps}$. A test with two examples can hardly see this layer.

# %% [markdown]
# ## 6. The blocks fill up
#
# Lesson 04, section 7: the Jacobian of a layer, the table of all derivatives of its outputs by its
# inputs, has a block for each pair of examples, and the blocks off the diagonal are zero. Example
# 3 does not hear example 1. Is that a law?
#
# A backward pass gives one column of the table for an upstream with a single 1. Here are all columns of
# three layers on four examples: an affine layer $x W$, and the two of this lesson (section 7 explains the
# third).

# %%
four, W = x[:4], rng.normal(size=(D, D))


def jacobian(kind):
    """Row: entry of x, column: entry of out, both example by example."""
    ones = np.eye(four.size).reshape(-1, *four.shape)
    graphs = [norm_graph(four, gamma, beta, one, eps, kind) for one in ones]
    return np.stack([gradient(graph, "x").ravel() for graph in graphs], axis=1)

# %%
tables = {
    "an affine layer": np.kron(np.eye(4), W),
    "batch normalisation": jacobian("batchnorm"),
    "layer normalisation": jacobian("layernorm"),
}
figures.blocks_picture(tables, examples=4)

# %% [markdown]
# Grey is zero. The affine layer is the picture of lesson 04: one block an example, the same
# $W$ in each. Batch normalisation fills all blocks, for the mean and the variance are made of all examples.
# Within a block only the diagonal is there: feature 1 does not hear feature 2.
#
# So "the gradient of a batch is the mean of the gradients of its examples" is no longer true behind such
# a layer. One example alone has no gradient here; alone, its $\hat x$ is 0.

# %%
alone = norm_graph(x[:1], gamma, beta, dout[:1], eps)
print("x_hat of one example alone:", alone.value("x_hat")[0], "  dx:", gradient(alone, "x")[0])

# %% [markdown]
# ## 7. Layer normalisation: the other axis
#
# Layer normalisation (Ba, Kiros and Hinton, 2016) takes the mean and the variance of each example over
# its features. $\mu_i$ and $\text{var}_i$ now have the index of the example; $\gamma_j$ and $\beta_j$ keep that
# of the feature:
#
# $$\hat x_{ij} = \frac{x_{ij} - \mu_i}{\sigma_i}, \qquad \text{out}_{ij} = \gamma_j\, \hat x_{ij} + \beta_j,
# \qquad
# dx_{ij} = \frac{1}{\sigma_i} \Big( d\hat x_{ij} - \frac1D \sum_l d\hat x_{il}
# - \hat x_{ij}\, \frac1D \sum_l d\hat x_{il}\, \hat x_{il} \Big) .$$
#
# The derivation is that of sections 2 to 5 with rows and columns exchanged: inside one mean stand
# numbers of one example. $d\gamma$ and $d\beta$ are sums over the *examples*, as before.

# %%
layer = norm_graph(x, gamma, beta, dout, eps, "layernorm")
mean, std_i = x.mean(axis=1, keepdims=True), np.sqrt(x.var(axis=1, keepdims=True) + eps)
h = (x - mean) / std_i
along = (dx_hat * h).mean(axis=1, keepdims=True)
dx_layer = (dx_hat - dx_hat.mean(axis=1, keepdims=True) - h * along) / std_i
print("dx right:    ", agree(dx_layer, gradient(layer, "x")))
print("dgamma right:", agree((dout * h).sum(axis=0), gradient(layer, "gamma")))

# %% [markdown]
# **Predict.** In batch normalisation many scripts write
# `dx = gamma / std * (dout - mean(dout) - x_hat * mean(dout * x_hat))`, with $\gamma$ in front. Does
# that work here?

# %%
in_front = gamma / std * (dout - dout.mean(axis=0) - x_hat * (dout * x_hat).mean(axis=0))
print("batch normalisation:", agree(in_front, dx))
means = dout.mean(axis=1, keepdims=True), (dout * h).mean(axis=1, keepdims=True)
in_front = gamma / std_i * (dout - means[0] - h * means[1])
print("layer normalisation:", agree(in_front, dx_layer))

# %% [markdown]
# A mean over examples has one $\gamma_j$, which can be pulled out. A mean over features has another
# $\gamma_l$ in each term. It is right only where all $\gamma$ are equal, as they are before the first
# update: a test with `gamma = np.ones(D)` does not see it.
#
# In the third panel of the picture the blocks between examples are empty again, and those on the diagonal
# are full: who hears whom has turned by one axis.

# %% [markdown]
# ## 8. Train mode and test mode
#
# When the network is used, an example may come alone, and its answer should not depend on who else is
# asked at the same time. So batch normalisation has a second mode. In train mode it keeps **running
# averages** of the means and variances it sees,
#
# $$\text{running\_mean} \leftarrow \text{momentum} \cdot \text{running\_mean} + (1 - \text{momentum})\, \mu,$$
#
# and in test mode these stand in the place of $\mu$ and $\text{var}$. ($\text{momentum}$ is the share of the old
# average that stays, often 0.9; it has nothing to do with the velocity of lesson 06b, but
# the sum is the same kind of sum.)

# %%
running, momentum, weights = np.zeros(D), 0.9, 0.0
for batch in range(1, 41):
    seen = 2.0 + rng.normal(size=(20, D))  # the true mean of every feature is 2
    running = momentum * running + (1 - momentum) * seen.mean(axis=0)
    weights = momentum * weights + (1 - momentum)
    if batch in (1, 5, 10, 40):
        print(f"after {batch:2} batches: {running.round(2)}   weights add up to {weights:.2f}")

# %% [markdown]
# The average starts at zero and needs some tens of batches to forget that. If `momentum` and
# `1 - momentum` are exchanged it forgets at once, and jumps with every batch.
#
# No gradient runs through the averages. In train mode $\text{out}$ is made of $\mu$ and $\text{var}$ of this batch; the
# averages are written down beside it, and no road leads from them to $J$. In test mode they are
# numbers that were kept: $\text{out} = \frac{\gamma}{\sqrt{\text{running\_var} + \text{eps}}}\, x + \dots$ is an affine
# layer, feature by feature, and its Jacobian is diagonal. There $dx = \text{dout} * \gamma / \sigma$ is right,
# the very line that section 3 found wrong in train mode.

# %%
running_var = np.full(D, 1.5)


def test_mode(x):
    return gamma * (x - running) / np.sqrt(running_var + eps) + beta

# %%
bump = np.zeros((N, D))
bump[0, 1] = 1e-3
moved = (test_mode(x + bump) - test_mode(x)) / 1e-3
print("entries of out that move:", np.count_nonzero(moved))
slope = gamma / np.sqrt(running_var + eps)
print("slope is gamma / sigma:  ", np.isclose(moved[0, 1], slope[1]))

# %% [markdown]
# Layer normalisation needs none of this: its mean and variance are there for one example as for many, and
# it has one mode.

# %% [markdown]
# ## What you can now answer
#
# 1. *Why is `dx = gamma * dout / std` wrong?* It holds the mean and the variance constant: two of three
#    roads are cut (3).
# 2. *Do I need the term with `dvar` in `dmu`?* It is zero: differences from a mean add up to zero (4).
# 3. *What can I test without a right answer?* The sums of `dx` and of `dx * x_hat` over the batch (5).
# 4. *Does one example still have a gradient of its own?* Not behind batch normalisation (6).
# 5. *What changes in layer normalisation?* The axis of the two means, and $\gamma$ stays inside them; not
#    the axis of `dgamma` and `dbeta` (7).
# 6. *What comes back through the running averages?* Nothing (8).

# %% [markdown]
# ## Sources
#
# - S. Ioffe, C. Szegedy, "Batch Normalization: Accelerating Deep Network Training by Reducing Internal
#   Covariate Shift", ICML (2015), section 3: the layer and its three gradients.
# - J. L. Ba, J. R. Kiros, G. E. Hinton, "Layer Normalization" (2016).
# - CS231n, Stanford, assignment 2: names, signatures, running averages.
#
# Next: the assignment of the same number.
