# %% [markdown]
# # Jacobians, and which end to start from
#
# **What you will do.** Write the derivative of a vector with respect to a vector as a matrix, see
# why it has two layouts, chain such matrices in both directions, and count what each direction
# costs.
#
# **What you will learn.** When `*` is a matrix product in disguise; why back-propagation starts at
# the loss; where the $m \times m$ matrix of "the derivative of the losses" went.
#
# **What you need.** Partial derivatives, and NumPy's `@` and `*`. The exercises are in the
# assignment of the same number.
#
# **Words.** A *layer* multiplies its input with weights and adds biases; an *activation* such as
# tanh or the sigmoid $1 / (1 + e^{-z})$ then changes each number by itself. A *loss* is one number
# that says how wrong the network is on one example.
#
# <details>
# <summary><b>Words</b> used here and what they mean (21)</summary>
#
# - **axis**: one direction of an array: a table has axis 0, down its rows, and axis 1, along its columns
# - **back-propagation**: the way of computing all derivatives of one number in one pass, from the end of a graph to its beginning
# - **bias**: a number that a unit adds to its weighted sum; it is learnt
# - **carry**: what a loop hands from one step to the next
# - **chain rule**: the derivative along a path is the product of the slopes on it; over several paths, the sum of these products
# - **cost**: one number that says how wrong the network is on all examples together, written J: the mean of the losses
# - **diagonal**: in a matrix: the entries whose row and column have the same number; a diagonal matrix is 0 everywhere else
# - **example**: one set of inputs, with its label if it has one
# - **forward pass**: computing the values, from the inputs to the cost
# - **gradient**: all partial derivatives of one number with respect to an array, in the shape of the array
# - **identity**: the matrix with 1 on its diagonal and 0 elsewhere: multiplied with it, nothing changes
# - **Jacobian**: the table of all partial derivatives of a vector with respect to a vector
# - **label**: the right answer for one example
# - **layout**: which axis of an array counts what. Columns or rows may be examples; and a Jacobian has two layouts of its own, numerator and denominator
# - **sigmoid**: 1 / (1 + exp(-z)), which makes a number between 0 and 1 of any number
# - **slope**: how fast one value moves with another: the derivative of one operation
# - **tanh**: the hyperbolic tangent, an activation with values between -1 and 1 and slope 1 - tanh²
# - **unit**: one number that a layer gives for each example, with the weights that make it
# - **upstream**: the derivative of the cost with respect to what a function has returned: it comes in from above on the way back
# - **weight**: a number that an input of a unit is multiplied with; it is learnt
# - **∂**: ∂J/∂w is a partial derivative: how fast J moves when w alone is moved
#
# </details>

# %% [markdown]
# ## Symbols
#
# Vectors are columns.
#
# | symbol | shape | meaning |
# |---|---|---|
# | $a$ | $(k, 1)$ | what goes into a layer |
# | $z = W a + b$ | $(n, 1)$ | what comes out of its linear part |
# | $W$, $b$ | $(n, k)$, $(n, 1)$ | weights, biases |
# | $g(z)$ | $(n, 1)$ | an activation, entry by entry |
# | $\mathcal{L}$ | number | the loss of one example |
# | $u$ | $(n, 1)$ | the derivative of $\mathcal{L}$ with respect to a layer's output: upstream |
# | $m$ | number | examples |

# %%
import numpy as np

from autograder import figures
from autograder.count import counting
from autograder.networks import Graph, mlp_graph
from autograder.oracle import gradient


def agree(a, b):
    """True if two arrays have one shape and are equal up to rounding."""
    return a.shape == b.shape and bool(np.allclose(a, b, rtol=1e-10, atol=1e-12))

# %% [markdown]
# ## 1. A table of partial derivatives
#
# If $z$ has $n$ entries and $a$ has $k$, there are $n \cdot k$ partial derivatives
# $\partial z_i / \partial a_j$. A **Jacobian** is the table of all of them. Take two outputs and
# three inputs:
#
# $$z_1 = w_{11} a_1 + w_{12} a_2 + w_{13} a_3, \qquad z_2 = w_{21} a_1 + w_{22} a_2 + w_{23} a_3 .$$
#
# So $\partial z_i / \partial a_j = w_{ij}$: six numbers. Only the arrangement is open.

# %% [markdown]
# ## 2. Two layouts
#
# - **Numerator layout**: row $i$ belongs to $z_i$. Shape $(n, k)$; here the Jacobian is $W$.
# - **Denominator layout**: row $j$ belongs to $a_j$. Shape $(k, n)$; here it is $W^T$.
#
# "Denominator" names what counts the rows: shape = [dim(denominator), dim(numerator)]. Each is the
# other's transpose. Neither is more right. But a product of matrices of both layouts is wrong, so a
# text has to say which one it uses, and say so again where it changes.
#
# **Predict.** In denominator layout, what shape does $d\mathcal{L}/dz$ have, where $\mathcal{L}$ is
# one number?

# %% [markdown]
# A column, $(n, 1)$: as many rows as $z$ has entries. So a gradient has the shape of its variable,
# and that is why this lesson, like Berkeley's course, writes its chains in denominator layout. Two
# later lessons look at a Jacobian from the other side, a row for each output, and say so: 04
# section 7 and 08 section 1.
#
# An instrument to check all that follows: give each output a copy of $a$ of its own, as the columns
# of one array. Then column $i$ of the gradient of $\sum_i z_i(\text{copy } i)$ belongs to output $i$
# alone.

# %%
def numeric_jacobian(f, x):
    """dz/dx of z = f(x) in denominator layout, shape (k, n); f acts on columns."""
    n = f(x).shape[0]

    def forward(inputs, tap):
        return np.trace(f(tap("x", inputs["x"])), axis1=-2, axis2=-1)

    return gradient(Graph(forward, {"x": np.tile(x, (1, n))}, {}), at="x")

# %%
rng = np.random.default_rng(2)
W, b, a = rng.normal(size=(2, 3)), rng.normal(size=(2, 1)), rng.normal(size=(3, 1))
J = numeric_jacobian(lambda a: W @ a + b, a)
print("shape", J.shape, " equals W.T:", agree(J, W.T), " equals W:", agree(J, W))
J_b = numeric_jacobian(lambda b: W @ a + b, b)
print("dz/db", J_b.shape, " equals the identity:", agree(J_b, np.eye(2)))

# %% [markdown]
# The numeric Jacobian is $W^T$, of shape (3, 2), and that of the bias is the identity.
#
# ## 3. When a Jacobian is diagonal, the product is `*`
#
# An activation acts on each entry alone: $a_i = g(z_i)$. Then $\partial a_i / \partial z_j = 0$ for
# $i \neq j$, and $g'(z_i)$ stands on the diagonal. Multiply such a matrix by a column $u$: entry $i$
# of the result is $g'(z_i)\, u_i$. That is `g_prime * u`.

# %%
z, u = rng.normal(size=(5, 1)), rng.normal(size=(5, 1))
slope = 1 - np.tanh(z) ** 2
J = numeric_jacobian(np.tanh, z)
print(J.round(3))
print("J @ u equals slope * u:", agree(J @ u, slope * u))

# %% [markdown]
# Twenty of the 25 numbers are zero; `*` does the work with the other five. So a formula with `*`
# and a formula with `@` say the same thing, once the Jacobian is diagonal. The rule: a *linear map*
# mixes entries, hence `@` (with a sum over the index that disappears); a *pointwise function* does
# not, hence `*`.

# %% [markdown]
# **Predict.** Somebody writes the slope of the sigmoid as `np.dot(a, (1 - a).T)`. Which shape comes
# out, and what would it mean for output 1?

# %%
a5 = 1 / (1 + np.exp(-z))
wrong = np.dot(a5, (1 - a5).T)
print("shape", wrong.shape, " off the diagonal:", wrong[0, 1:].round(2))

# %% [markdown]
# A full matrix of the right shape: it claims that every output depends on every input. Its diagonal
# is right, so a test that looks at the diagonal only would pass it.
#
# ## 4. A chain of Jacobians
#
# In denominator layout the chain rule reads like the network, from input to loss:
#
# $$\frac{d\mathcal{L}}{da^{[0]}} = \frac{dz^{[1]}}{da^{[0]}}\; \frac{da^{[1]}}{dz^{[1]}}\;
# \frac{dz^{[2]}}{da^{[1]}}\; \frac{da^{[2]}}{dz^{[2]}}\; \frac{d\mathcal{L}}{da^{[2]}} .$$
#
# The shapes confirm it: $(k, n_1)(n_1, n_1)(n_1, n_2)(n_2, n_2)(n_2, 1)$ gives $(k, 1)$.

# %%
W1, W2 = rng.normal(size=(4, 3)), rng.normal(size=(2, 4))
z1, z2 = W1 @ a, W2 @ np.tanh(W1 @ a)
u = 2 * np.tanh(z2)  # the loss is the sum of the squares of tanh(z2)
Js = [W1.T, np.diagflat(1 - np.tanh(z1) ** 2), W2.T, np.diagflat(1 - np.tanh(z2) ** 2)]
v = Js[0] @ Js[1] @ Js[2] @ Js[3] @ u


def loss(a):
    return (np.tanh(W2 @ np.tanh(W1 @ a)) ** 2).sum(axis=-2, keepdims=True)


print(agree(v, numeric_jacobian(loss, a)))

# %% [markdown]
# In numerator layout the same chain runs the other way, $u^T J_4^T J_3^T J_2^T J_1^T$, because
# $(AB)^T = B^T A^T$. Formulas of one layout in the order of the other do not fit; on square matrices
# they fit and are wrong.

# %%
S1, S2, s = rng.normal(size=(3, 3)), rng.normal(size=(3, 3)), rng.normal(size=(3, 1))
right = S1.T @ S2.T @ s
print("order of the other layout:", agree(S2.T @ S1.T @ s, right))
print("other layout, all of it:  ", agree((s.T @ S2 @ S1).T, right))

# %% [markdown]
# ## 5. Which end to start from
#
# Matrix products may be bracketed at will: from the right, $J_1 (J_2 (J_3 u))$, or from the left,
# $((J_1 J_2) J_3)\, u$. The result is the same. The work is not: $(p, q)$ times $(q, r)$ takes
# $p \cdot q \cdot r$ multiplications.

# %%
figures.chain_picture((4, 5, 3, 5))

# %% [markdown]
# What is carried along is coloured: from the right a column, in each step; from the left a matrix,
# until the very last step. The number beside each row is the price of the next product.
#
# **Predict.** Four Jacobians of $n \times n$. How many multiplications in each direction?

# %%
def right_to_left(Js, u):
    for J in reversed(Js):
        u = J @ u
    return u


def left_to_right(Js, u):
    product = Js[0]
    for J in [*Js[1:], u]:
        product = product @ J
    return product

# %%
def count(way, n):
    """Multiplications that `way` makes with four n x n Jacobians, counted by the arrays."""
    tally, (*Js, u) = counting(*[np.eye(n)] * 4, np.ones((n, 1)))
    way(Js, u)
    return tally.multiplications


for n in (2, 16, 64):
    print(n, count(right_to_left, n), 4 * n**2, count(left_to_right, n), 3 * n**3 + n**2)

# %% [markdown]
# Counted by the arrays themselves, and equal to the formulas: $4n^2$ from the right, $3n^3 + n^2$
# from the left. Layers of 4096 units are no exception: AlexNet, a network of 2012 that names what is
# in a photograph, has two.

# %%
widths = (16, 64, 256, 1024, 4096)
counts = {
    "right to left, from the loss": {n: 4 * n**2 for n in widths},
    "left to right, from the input": {n: 3 * n**3 + n**2 for n in widths},
}
figures.multiplications_picture(counts)

# %% [markdown]
# Two straight lines: their slopes are 2 and 3, the powers of $n$. At 4096 units the upper one stands
# 3072 times as high:

# %%
n = 4096
print("times as many multiplications:", round((3 * n**3 + n**2) / (4 * n**2)))
seconds = (4 * n**2 / 1e10, (3 * n**3 + n**2) / 1e10)  # at ten billion a second
print(f"at ten billion a second: {seconds[0] * 1e3:.1f} ms against {seconds[1]:.0f} s")
print("dz/dW, 4 bytes a number:", round(n**3 * 4 / 1e9), "GB")

# %% [markdown]
# Do we care? One chain of four products, for one example: 7 milliseconds or 21 seconds. So yes. The
# end to start from is the one with *few numbers*. A loss is one number, so one starts there, and
# that is back-propagation. With one input and many outputs the left end would be cheaper: that is
# called forward mode.

# %% [markdown]
# ## 6. The Jacobian that is never built
#
# $z$ has $n$ entries and $W$ has $n \cdot k$, so $dz/dW$ has $n \cdot n \cdot k$: the 275 GB above,
# for $n = k = 4096$. But nobody needs it, only its product with $u$. By index, with
# $z_i = \sum_j W_{ij} a_j + b_i$,
#
# $$\frac{\partial \mathcal{L}}{\partial W_{ij}} = u_i\, a_j, \qquad
# \frac{\partial \mathcal{L}}{\partial b_i} = u_i, \qquad
# \frac{\partial \mathcal{L}}{\partial a_j} = \sum_i W_{ij}\, u_i .$$

# %%
W, b, a, u = (rng.normal(size=s) for s in ((2, 3), (2, 1), (3, 1), (2, 1)))


def z_of_W(w):
    """z from columns of the entries of W, row by row: shape (6, anything) to (2, anything)."""
    return np.stack([(w[..., 3 * i : 3 * i + 3, :] * a).sum(axis=-2) for i in range(2)], axis=-2)


J = numeric_jacobian(z_of_W, W.reshape(6, 1))
print(J.round(2))
print("J @ u equals u @ a.T:", agree((J @ u).reshape(2, 3), u @ a.T))

# %% [markdown]
# Half of this (6, 2) table is zero, and the rest are copies of $a$: weight $W_{ij}$ reaches $z_i$
# only.
#
# Its six rows are the entries of $W$, laid out in one line. Nobody has to lay them out: give each index
# an axis of its own, and the same numbers are a **tensor**, an array of more than two axes, here three,
# $T_{ijk} = \partial z_k / \partial W_{ij}$, which is $a_j$ where $k = i$ and 0 elsewhere. The chain rule
# is the same sum over $k$, $\partial \mathcal{L} / \partial W_{ij} = \sum_k T_{ijk}\, u_k$, and what comes
# out has the shape of $W$ at once.

# %%
T = np.einsum("ik,j->ijk", np.eye(2), a[:, 0])
print("tensor", T.shape, " is the table in another form:", agree(T.reshape(6, 2), J))
print("summed over k with u, it is u @ a.T:", agree(T @ u[:, 0], u @ a.T))

# %% [markdown]
# Table and tensor are two ways to write what nobody stores. A function that returns the *product* of a Jacobian with a given $u$
# is a **vector-Jacobian product**, VJP for short. Every `..._backward` function of this course is
# one.

# %% [markdown]
# ## 7. The vector of losses
#
# Now $m$ examples, one output each, and a loss for every example:
# $\mathcal{L} = (\mathcal{L}_1, \dots, \mathcal{L}_m)$ is a vector. "Then $d\mathcal{L}/dz$ must be
# $m \times m$, and breaks the formula for $dW$." The first half is true. But loss $i$ sees $z_i$
# alone, so the matrix is diagonal. With $a_i$ the sigmoid of $z_i$ and the *cross-entropy*
# $\mathcal{L}_i = -y_i \log a_i - (1 - y_i) \log(1 - a_i)$, for a label $y_i$ of 0 or 1,
#
# $$\frac{d\mathcal{L}_i}{dz_i} = \frac{a_i - y_i}{a_i (1 - a_i)} \cdot a_i (1 - a_i) = a_i - y_i :$$
#
# the slope of the loss at $a_i$, times that of the sigmoid. (04 has it in smaller steps.)

# %%
def losses(z):
    """Cross-entropies of columns of m scores, shape (m, anything)."""
    a = 1 / (1 + np.exp(-z))
    return -(Y.T * np.log(a) + (1 - Y.T) * np.log(1 - a))


m = 5
X, Y, w = rng.normal(size=(3, m)), np.array([[1.0, 0.0, 0.0, 1.0, 1.0]]), rng.normal(size=(1, 3))
z = (w @ X).T
JL = numeric_jacobian(losses, z)
A = 1 / (1 + np.exp(-z.T))
print("shape", JL.shape, " equals diag(A - Y):", agree(JL, np.diagflat(A - Y)))

# %% [markdown]
# What we descend along is not this vector but one number, $J = \frac{1}{m} \sum_i \mathcal{L}_i$.
# Its derivative with respect to $\mathcal{L}$ is a column of $m$ entries, each $1/m$. One more link
# of the chain, and the matrix is gone:
#
# $$\frac{dJ}{dz} = \frac{d\mathcal{L}}{dz}\; \frac{dJ}{d\mathcal{L}}
# = \text{diag}(a - y)\; \frac{1}{m} \mathbf{1} = \frac{1}{m} (a - y) .$$

# %%
figures.jacobian_picture(JL.T, "entries of z")

# %% [markdown]
# The $5 \times 5$ matrix, with 20 zeros, collapses into a strip of five. (The picture is in numerator
# layout, one row for each loss, so the $1/m$ stand on the left.) The array `dZ` in code
# is this strip. It is not the Jacobian, it is the Jacobian already contracted.

# %%
graph = mlp_graph(X, Y, {"W1": w, "b1": np.zeros((1, 1))})  # scores, sigmoid, losses, J
print("strip equals dJ/dZ:", agree(JL.mean(axis=1)[None, :], gradient(graph, at="Z1")))
per_example = numeric_jacobian(lambda w: losses(np.swapaxes(X, -1, -2) @ w), w.T)
print("dL/dw", per_example.shape, "is full:", bool((per_example != 0).all()))
print("contracted, equals dJ/dW:", agree(per_example.mean(axis=1)[None, :], gradient(graph, "W1")))

# %% [markdown]
# With respect to the weights nothing is zero, for every example uses every weight. Column $i$ is the
# gradient of loss $i$; the mean over the columns is $dJ/dW$. Which axis counts the losses? In
# denominator layout the second one. On the diagonal matrix both axes would do.
#
# **Predict.** What does a mean over the *first* axis of `per_example` have as its shape?

# %%
print(per_example.mean(axis=0).shape, "against", per_example.mean(axis=1).shape)

# %% [markdown]
# $(5,)$: one number for each example, where $dJ/dW$ needs one for each weight, $(3,)$. Here the shape
# gives it away; with as many examples as weights it would not.

# %% [markdown]
# ## What you can now answer
#
# 1. *Jacobian shapes?* Section 2: [dim(denominator), dim(numerator)]; $d\mathcal{L}/dz$ is $(n, 1)$.
# 2. *`*` or `@`?* Section 3: a diagonal Jacobian times a vector *is* `*`.
# 3. *Why is left to right a bad idea, and do we care?* Section 5: $n^3$ against $n^2$; at 4096 units
#    a factor of 3072.
# 4. *Must $d\mathcal{L}/dZ$ be $m \times m$?* Section 7: yes, diagonal; $J$ contracts it to the strip
#    that code calls `dZ`.

# %% [markdown]
# ## Sources
#
# - UC Berkeley, CS 182 / Data C182, lecture on back-propagation: denominator layout, right to left.
# - Stanford CS231n, J. Johnson, "Backpropagation for a linear layer": the Jacobian never built.
# - T. Parr, J. Howard, "The matrix calculus you need for deep learning": numerator layout.
# - A. Griewank, A. Walther, *Evaluating Derivatives* (2008), chapter 3: forward and reverse mode.
#
# Next: the assignment `jacobians`; then unit 03, where each layer gets its VJP.
