# %% [markdown]
# # Shapes and layouts
#
# **What you will do.** Give every array of a network a shape, read formulas by their indices,
# translate them between the two layouts of the field, and meet the traps of broadcasting.
#
# **What you will learn.** Why a derivative has the shape of its variable; when `*` and when `@`;
# what shapes can forbid, and what they cannot prove.
#
# **What you need.** Matrix products and a little NumPy. The exercises are in the assignment of the
# same number.
#
# **Words.** A network is a chain of *layers*. A layer takes numbers and gives numbers; each number
# it gives comes from one of its *units*. An *example* is one set of inputs, a column or a row of an
# array. *Weights* $W$ and *biases* $b$ are what a network learns, its *parameters*. *ReLU* is
# $\max(0, z)$, entry by entry.
#
# <details>
# <summary><b>Words</b> used here and what they mean (11)</summary>
#
# - **axis**: one direction of an array: a table has axis 0, down its rows, and axis 1, along its columns
# - **backward pass**: computing the derivatives, from the cost to the inputs
# - **broadcasting**: how NumPy copies an array of a smaller shape so that it fits a larger one
# - **cell**: in a recurrent network: the computation of one step in time; in a notebook: one box of text or code
# - **forward pass**: computing the values, from the inputs to the cost
# - **gradient**: all partial derivatives of one number with respect to an array, in the shape of the array
# - **hidden layer**: a layer, or a unit, that is neither input nor output
# - **in place**: into the memory of an array that exists already, as `+=` writes, so that everybody who holds the array sees it
# - **layout**: which axis of an array counts what. Columns or rows may be examples; and a Jacobian has two layouts of its own, numerator and denominator
# - **slope**: how fast one value moves with another: the derivative of one operation
# - **∂**: ∂J/∂w is a partial derivative: how fast J moves when w alone is moved
#
# </details>

# %% [markdown]
# ## Symbols
#
# | symbol | columns are examples | rows are examples |
# |---|---|---|
# | $m$ examples; $n_l$ units in layer $l$ | | |
# | $X = A^{[0]}$ | $(n_0, m)$ | $(m, n_0)$ |
# | $W^{[l]}$ | $(n_l, n_{l-1})$ | $(n_{l-1}, n_l)$ |
# | $b^{[l]}$ | $(n_l, 1)$ | $(n_l,)$ |
# | $Z^{[l]}$, $A^{[l]}$ | $(n_l, m)$ | $(m, n_l)$ |
#
# In sums $i$ counts units of a layer, $j$ those of the layer before it, $k$ examples. $Z$ is what a
# layer's weights and bias make of its input, $A$ what comes out after a function such as ReLU.

# %%
import numpy as np

from autograder import figures
from autograder.networks import Graph
from autograder.oracle import gradient

rng = np.random.default_rng(0)

# %% [markdown]
# ## 1. One layer, letter by letter
#
# A linear layer with its bias, written for one unit $i$ and one example $k$:
#
# $$Z_{ik} = \sum_j W_{ij} A_{jk} + b_i .$$
#
# The letters are the shapes. $W$ has an $i$ and a $j$: (units, units before). $A$ has $j$ and $k$,
# $Z$ has $i$ and $k$. The bias has an $i$ only: it is *copied* to every example.
#
# **Predict.** Linear → ReLU → Linear with 4 inputs, 5 hidden units, 3 outputs, 7 examples: which
# shapes, and how many parameters?

# %%
sizes, m = (4, 5, 3), 7
A0 = rng.normal(size=(sizes[0], m))
W1, b1 = rng.normal(size=(5, 4)), rng.normal(size=(5, 1))
W2, b2 = rng.normal(size=(3, 5)), rng.normal(size=(3, 1))
A1 = np.maximum(0, W1 @ A0 + b1)
Z2 = W2 @ A1 + b2
rows = [(name, str(x.shape), str(x.size)) for name, x in
        {"W1": W1, "b1": b1, "A1": A1, "W2": W2, "b2": b2, "Z2": Z2}.items()]
figures.Table(["array", "shape", "entries"], rows)

# %% [markdown]
# Parameters are `W1`, `b1`, `W2`, `b2`: $20 + 5 + 15 + 3 = 43$ numbers. ReLU has none, and the
# examples add none: $m$ appears in no parameter's shape.
#
# ## 2. A derivative has the shape of its variable
#
# $J$ is one number that says how well the network does: its *cost*. $\partial J / \partial W_{ij}$
# says how fast $J$ moves when $W_{ij}$ alone is moved. That is one number for each entry of $W$, so
# all of them together make an array like $W$, called `dW`. Otherwise the step of learning,
# $W - \alpha\, dW$ with a small number $\alpha$, would not exist.
#
# The cell below writes a cost down as a forward pass that hands each array to `tap` under a name.
# `gradient` then finds the derivative at any name by numbers alone: it nudges the array there and
# runs forward. It knows no formula, so it can judge ours. We call it the *oracle*; lesson 04 shows
# how it works.

# %%
def forward(inputs, tap):
    W, A, b = (tap(name, inputs[name]) for name in ("W", "A", "b"))
    Z = tap("Z", W @ A + b)
    return tap("J", (np.tanh(Z) ** 2).sum(axis=(-2, -1)))


layer = Graph(forward, {"W": W1, "A": A0, "b": b1}, {})
d = gradient(layer, at=["W", "A", "b", "Z"])
print({f"d{name}": array.shape for name, array in d.items()})

# %% [markdown]
# Each has the shape of its variable. Now the formulas, by the letters alone. $W_{ij}$ touches
# $Z_{ik}$ for every example $k$, with factor $A_{jk}$; $A_{jk}$ touches $Z_{ik}$ for every unit $i$;
# $b_i$ touches $Z_{ik}$ for every $k$:
#
# $$dW_{ij} = \sum_k dZ_{ik} A_{jk}, \qquad dA_{jk} = \sum_i W_{ij}\, dZ_{ik}, \qquad
# db_i = \sum_k dZ_{ik} .$$

# %%
dZ = d["Z"]
loops = np.array([[sum(dZ[i, k] * A0[j, k] for k in range(m)) for j in range(4)] for i in range(5)])
print("dW by loops:", np.allclose(loops, d["W"]))
print("dW = dZ @ A.T:", np.allclose(dZ @ A0.T, d["W"]))
print("dA = W.T @ dZ:", np.allclose(W1.T @ dZ, d["A"]))
print("db = row sums:", np.allclose(dZ.sum(axis=1, keepdims=True), d["b"]))

# %% [markdown]
# A sum over a letter that two factors share is `@`; the shared letter has to stand inside, which is
# where the transposes come from. Without a shared letter to sum, as in $A_{ik} = g(Z_{ik})$, it is
# `*`: $dZ_{ik} = dA_{ik}\, g'(Z_{ik})$.
#
# **Predict.** What does `dZ * A0` do here, and what if the layer had 4 units?

# %%
try:
    dZ * A0
except ValueError as error:
    print("5 units:", error)
print("4 units:", (dZ[:4] * A0).shape, "no error, and the shape of neither W nor b")

# %% [markdown]
# An error with 5 units: $(5, 7)$ and $(4, 7)$ do not fit. With 4 units numbers, one for each unit and
# example. Between arrays of one shape `*` always runs. It never sums, so it cannot be the derivative of
# anything that was used for all examples. The other way round, `np.dot(dA, slopes)` in the place of
# `dA * slopes` mixes examples; it runs where $n = m$.

# %% [markdown]
# ## 3. Two layouts
#
# CS231n and Data C182 write examples in rows: `out = x @ w + b`. Each array is the transpose of the
# other layout's, and $(PQ)^T = Q^T P^T$ reverses every product:
#
# | quantity | columns | rows |
# |---|---|---|
# | $Z$ | `W @ A + b` | `A @ W + b` |
# | $dW$ | `dZ @ A.T` | `A.T @ dZ` |
# | $dA$ | `W.T @ dZ` | `dZ @ W.T` |
# | $db$ | `dZ.sum(axis=1, keepdims=True)` | `dZ.sum(axis=0)` |
#
# The rule: reverse the order of the factors, let each `.T` stay with its letter, and sum along the
# other axis.

# %%
rA, rW, rdZ = A0.T, W1.T, dZ.T  # the same arrays in row layout
print("Z: ", np.allclose(rA @ rW + b1[:, 0], (W1 @ A0 + b1).T))
print("dW:", np.allclose(rA.T @ rdZ, d["W"].T))
print("dA:", np.allclose(rdZ @ rW.T, d["A"].T))
print("db:", np.allclose(rdZ.sum(axis=0), d["b"][:, 0]))

# %% [markdown]
# Why does it work? Take $dW = dZ\, A^T$ and transpose: $dW^T = A\, dZ^T$. The column arrays are the
# transposes of the row arrays, so this $A$ is `A.T` of the row layout, and $dZ^T$ is its `dZ`. The
# letter that bore a mark was transposed twice, and bears it again.
#
# **Predict.** Use the row formula `A.T @ dZ` on column arrays, with $n = n_{prev} = m$. Error, or
# numbers?

# %%
S, T = rng.normal(size=(3, 3)), rng.normal(size=(3, 3))
right, wrong = S @ T.T, T.T @ S
print("shapes:", right.shape, wrong.shape, " equal:", np.allclose(right, wrong))

# %% [markdown]
# Numbers, of the right shape, and wrong.
#
# ## 4. Broadcasting, and its trap
#
# NumPy aligns shapes at their right ends, and a 1 (or a missing entry) gives way. So a bias of shape
# $(n, 1)$ is copied along the examples in columns, and a flat one, $(n,)$, along the rows in row
# layout.
#
# **Predict.** `db` in columns, but without `keepdims`: what is `b - 0.1 * db`?

# %%
db = dZ.sum(axis=1)
print("b", b1.shape, " db", db.shape, " b - 0.1 db", (b1 - 0.1 * db).shape)
b = b1.copy()
try:
    b -= 0.1 * db
except ValueError as error:
    print("in place:", error)

# %%
figures.broadcast_picture(10 * np.arange(1.0, 6.0)[:, None], np.arange(1.0, 6.0))

# %% [markdown]
# It is a square: five numbers and five numbers make 25. In place NumPy refuses, for 25 numbers do
# not fit into five. Without `-=` the next forward pass has a square bias, and fails elsewhere.
#
# **Predict.** The square bias is added to $W A$ of shape $(5, m)$. For which $m$ is there no error?

# %%
square = b1 - 0.1 * db
for m_new in (1, 3, 5, 7):
    try:
        print(f"m = {m_new}:", (W1 @ rng.normal(size=(4, m_new)) + square).shape)
    except ValueError as error:
        print(f"m = {m_new}:", error)

# %% [markdown]
# No error if $m = n$; and none if $m = 1$, where the one column is copied to five.
#
# Starting from a flat `db = np.zeros(n)` makes the error message go away, and the mistake stay: then
# $b$ itself becomes square in the update.

# %%
flat = np.zeros(5)
flat += dZ.sum(axis=1)
print("no error:", flat.shape, " but the new b:", (b1 - 0.1 * flat).shape)
rows_alike = np.zeros((5, 1)) + dZ.sum(axis=1)
print("square db:", rows_alike.shape, " all rows equal:", bool((rows_alike == rows_alike[0]).all()))

# %% [markdown]
# What forward copies, backward sums, along the very axis of the copying. Sum along the other one,
# `axis=0`, and you get a number for each *example*; sum along none, and `db` has the shape of `dZ`;
# along both, and all units share one number.

# %% [markdown]
# ## 5. What shapes cannot decide
#
# Shapes are a good first check. How good? Eight products can be formed from $P = dZ$ and $Q = A$.
# **Predict** how many have the shape of $W$: with 3 units, 5 inputs, 7 examples; with 4, 4 and 7;
# with 4, 4 and 4.

# %%
def fits(p, q, target):
    """The products of P and Q that exist and have the wanted shape."""
    shapes = {"P": p, "Q": q, "P.T": p[::-1], "Q.T": q[::-1]}
    return [
        f"{left} @ {right}"
        for left, (n, inner) in shapes.items()
        for right, (other, k) in shapes.items()
        if left[0] != right[0] and inner == other and (n, k) == target
    ]

# %%
cases = [((3, 7), (5, 7), (3, 5)), ((4, 7), (4, 7), (4, 4)), ((4, 4), (4, 4), (4, 4))]
figures.shape_board([(p, q, target, fits(p, q, target)) for p, q, target in cases])

# %% [markdown]
# One, two and eight fit. In the second row the wrong one is the transpose of the right one; in the
# third, nothing is forbidden at all. A backward pass found by trying transposes until it runs is
# right in the first row only. An assertion on shapes passes in all three.

# %%
P, Q = rng.normal(size=(4, 4)), rng.normal(size=(4, 4))
arrays = {"P": P, "Q": Q, "P.T": P.T, "Q.T": Q.T}
for product in fits((4, 4), (4, 4), (4, 4)):
    left, right = product.split(" @ ")
    same = np.allclose(arrays[left] @ arrays[right], P @ Q.T)
    print(f"{product:10} equals dZ @ A.T: {same}")

# %% [markdown]
# One of eight. So a test needs sizes that differ, to make wrong shapes fail loudly, *and* a square
# case with numbers to compare, to catch what shapes let pass. The hidden checks of this course use
# both.

# %% [markdown]
# ## What you can now answer
#
# 1. *`*` or `@`?* Section 2: a letter that is summed away is `@`; none, `*`.
# 2. *Parameters and shapes of Linear → ReLU → Linear?* Section 1: two $W$, two $b$; $m$ is in none.
# 3. *(5, 1) against (5,), and why does a flat start hide it?* Section 4.
# 4. *It runs and the shapes are right: is it right?* Section 5: perhaps.

# %% [markdown]
# ## Sources
#
# - NumPy documentation, "Broadcasting".
# - Deep-learning specialisation, course 1 (columns); Stanford CS231n and UC Berkeley Data C182 (rows).
# - A. Rush, "Tensor considered harmful" (2019), on letters for axes.
#
# Next: the assignment `shapes`.
