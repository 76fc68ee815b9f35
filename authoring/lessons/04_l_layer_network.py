# %% [markdown]
# # The L-layer network: J, L and the single 1/m
#
# **What you will do.** Derive the backward pass of a network of any depth: first index by index,
# on arrays small enough to count, then with whole matrices. Every line is checked against a
# numeric gradient that knows nothing of the derivation.
#
# **What you will learn.** Why courses speak of $\mathcal{L}$ *and* of $J$; what happened to the
# $m \times m$ Jacobian; where the factor $1/m$ belongs and what it costs to pay it twice.
#
# **What you need.** The chain rule, and NumPy's `@` and `*`. The exercises are in the assignment
# of the same number.
#
# **Words.** A *layer* multiplies its input with weights, adds biases, and applies an *activation*
# to each number: ReLU, $\max(0, z)$, or the sigmoid, $1/(1 + e^{-z})$. A *unit* gives one of its
# numbers. All layers but the last are *hidden*. The *loss* says how wrong the network is on one
# example.
#
# <details>
# <summary><b>Words</b> used here and what they mean (29)</summary>
#
# - **axis**: one direction of an array: a table has axis 0, down its rows, and axis 1, along its columns
# - **back-propagation**: the way of computing all derivatives of one number in one pass, from the end of a graph to its beginning
# - **backward pass**: computing the derivatives, from the cost to the inputs
# - **bias**: a number that a unit adds to its weighted sum; it is learnt
# - **cell**: in a recurrent network: the computation of one step in time; in a notebook: one box of text or code
# - **chain rule**: the derivative along a path is the product of the slopes on it; over several paths, the sum of these products
# - **clipping**: making a gradient shorter, or its entries smaller, before it is used
# - **cost**: one number that says how wrong the network is on all examples together, written J: the mean of the losses
# - **diagonal**: in a matrix: the entries whose row and column have the same number; a diagonal matrix is 0 everywhere else
# - **example**: one set of inputs, with its label if it has one
# - **forward pass**: computing the values, from the inputs to the cost
# - **gradient**: all partial derivatives of one number with respect to an array, in the shape of the array
# - **hidden layer**: a layer, or a unit, that is neither input nor output
# - **in place**: into the memory of an array that exists already, as `+=` writes, so that everybody who holds the array sees it
# - **Jacobian**: the table of all partial derivatives of a vector with respect to a vector
# - **label**: the right answer for one example
# - **layout**: which axis of an array counts what. Columns or rows may be examples; and a Jacobian has two layouts of its own, numerator and denominator
# - **node**: one value in a graph of a computation
# - **numeric gradient**: a gradient found by running forward at inputs that were moved a little; it knows no formula
# - **oracle**: the part of this course that finds a gradient from the way forward alone, by numbers; it judges yours
# - **parameter**: what a network learns: its weights and biases
# - **path**: a way through a graph, from wire to wire
# - **ReLU**: max(0, z), entry by entry
# - **scalar**: a single number
# - **sigmoid**: 1 / (1 + exp(-z)), which makes a number between 0 and 1 of any number
# - **slope**: how fast one value moves with another: the derivative of one operation
# - **weight**: a number that an input of a unit is multiplied with; it is learnt
# - **wire**: in a graph: the way from one value into another that uses it
# - **∂**: ∂J/∂w is a partial derivative: how fast J moves when w alone is moved
#
# </details>

# %% [markdown]
# ## Symbols
#
# Columns are examples. A small $i$ counts examples, $k$ the units of a layer, $j$ the units of the
# layer before it.
#
# | symbol | shape | meaning |
# |---|---|---|
# | $m$, $L$, $n_l$ | numbers | examples, layers, units in layer $l$ |
# | $A^{[0]} = X$ | $(n_0, m)$ | inputs |
# | $Y$ | $(1, m)$ | labels, 0 or 1 |
# | $W^{[l]}$, $b^{[l]}$ | $(n_l, n_{l-1})$, $(n_l, 1)$ | weights, biases |
# | $Z^{[l]}$, $A^{[l]}$ | $(n_l, m)$ | before and after the activation $g$ |
# | $\mathcal{L}_i$ | number | the loss of example $i$ |
# | $S = \sum_i \mathcal{L}_i$ | number | the sum of the losses |
# | $J = S / m$ | number | the cost: their mean |
#
# $dQ$ is the derivative of *some* scalar with respect to $Q$, and has the shape of $Q$. Which
# scalar, $S$ or $J$? That question is half of this lesson.

# %%
import numpy as np

from autograder import figures
from autograder.datasets import river
from autograder.networks import Graph, mlp_graph
from autograder.oracle import gradient


def agree(a, b):
    """True if two arrays are equal up to rounding."""
    return bool(np.allclose(a, b, rtol=1e-10, atol=1e-12))

# %% [markdown]
# ## 1. An instrument that knows no formulas
#
# Nudge $x$ along the imaginary axis:
# $f(x + ih) = f(x) + i h f'(x) - \tfrac{1}{2} h^2 f''(x) - \dots$
# The imaginary part divided by $h$ is therefore $f'(x)$, up to an error of order $h^2$. Nothing is
# subtracted, so rounding does no harm and $h$ may be as small as we like: this is the
# **complex step**.

# %%
def f(x):
    return np.exp(x) * np.sin(x)


x = 1.5
print(f"by calculus    {np.exp(x) * (np.sin(x) + np.cos(x)):.12f}")
for h in (1e-4, 1e-20):
    print(f"h = {h:.0e}:  difference {(f(x + h) - f(x)) / h:.12f}", end="")
    print(f"   complex step {f(x + 1j * h).imag / h:.8f}")

# %% [markdown]
# With $h = 10^{-20}$ the difference quotient is 0, because $x + h$ rounds to $x$. The complex step
# only became better: its small error of order $h^2$ is gone.
#
# A forward pass hands every value to a `tap` under a name, and `gradient(graph, at=name)` nudges
# it there. It never needs a backward pass: it can judge one.

# %%
def random_parameters(sizes, rng):
    """W and b of every layer, entries of order 1; sizes is (n_0, ..., n_L)."""
    parameters = {}
    for n in range(1, len(sizes)):
        parameters[f"W{n}"] = rng.normal(size=(sizes[n], sizes[n - 1]))
        parameters[f"b{n}"] = rng.normal(size=(sizes[n], 1))
    return parameters

# %%
rng = np.random.default_rng(232)
m = 5
X, Y = rng.normal(size=(2, m)), np.array([[1.0, 0.0, 0.0, 1.0, 1.0]])
parameters = random_parameters((2, 3, 1), rng)
net = mlp_graph(X, Y, parameters)
print("nodes:", ", ".join(net.nodes()))
print("dJ/dZ1 =")
print(gradient(net, at="Z1").round(4))

# %% [markdown]
# Two layers, three hidden ReLU units, five examples. The gradient has the shape of $Z^{[1]}$, and
# its zeros are the places where a hidden unit was off. `A0` is $X$, and `L` is the row of the
# five losses.

# %% [markdown]
# ## 2. One linear layer, index by index
#
# Take one unit, two inputs, two examples, and write everything out:
#
# $$z_1 = w_1 a_{11} + w_2 a_{21} + b, \qquad z_2 = w_1 a_{12} + w_2 a_{22} + b.$$
#
# Suppose that a scalar depends on these numbers only through $z_1, z_2$, with slopes $dz_1, dz_2$.
# The chain rule sums over every way from a number to the scalar:
#
# - $w_1$ goes two ways: $dw_1 = dz_1\, a_{11} + dz_2\, a_{12}$,
# - $b$ goes two ways: $db = dz_1 + dz_2$,
# - $a_{11}$ goes one way: $da_{11} = w_1\, dz_1$.

# %% [markdown]
# With any number of units and examples, $Z_{ki} = \sum_j W_{kj} A_{ji} + b_k$. Ask of each letter
# which entries of $Z$ it touches:
#
# $$dW_{kj} = \sum_i dZ_{ki} A_{ji}, \qquad db_k = \sum_i dZ_{ki}, \qquad
# dA_{ji} = \sum_k W_{kj}\, dZ_{ki}.$$
#
# A sum over an index that two factors share is a matrix product; put the shared index inside:
#
# $$dW = dZ\, A^T, \qquad db = \text{row sums of } dZ, \qquad dA = W^T dZ.$$
#
# The transposes were not chosen to make shapes fit; they are what the indices say.

# %% [markdown]
# **Predict.** A layer with 3 inputs, 2 units and 4 examples: how many terms has the sum behind one
# entry of $dW$, and behind one entry of $dA$?

# %%
W, b, A = rng.normal(size=(2, 3)), rng.normal(size=(2, 1)), rng.normal(size=(3, 4))
dZ = rng.normal(size=(2, 4))  # the slopes that arrive from above

dW = np.zeros_like(W)
for k in range(2):
    for j in range(3):
        dW[k, j] = sum(dZ[k, i] * A[j, i] for i in range(4))
print("dW, loops against dZ @ A.T:", agree(dW, dZ @ A.T))

# %%
def linear_then_sum(inputs, tap):
    W, A, b = (tap(name, inputs[name]) for name in ("W", "A", "b"))
    Z = tap("Z", W @ A + b)
    return tap("S", (dZ * Z).sum(axis=(-2, -1)))  # a scalar whose slope at Z is dZ


layer = Graph(linear_then_sum, {"W": W, "A": A, "b": b}, {})
print("dW:", agree(dZ @ A.T, gradient(layer, at="W")))
print("db:", agree(dZ.sum(axis=1, keepdims=True), gradient(layer, at="b")))
print("dA:", agree(W.T @ dZ, gradient(layer, at="A")))

# %% [markdown]
# Four terms for $dW$, one for each example; two terms for $dA$, one for each unit. What the forward
# pass copies, the backward pass sums: $b$ was copied to every example, hence the sum over examples,
# with `keepdims=True` so that $db$ keeps the shape of $b$.

# %% [markdown]
# ## 3. When `*`, when `@`?
#
# The activation acts on each entry alone: $A_{ki} = g(Z_{ki})$. Each $Z_{ki}$ goes one way, so
# there is no sum:
#
# $$dZ_{ki} = dA_{ki}\; g'(Z_{ki}), \qquad dZ = dA * g'(Z).$$
#
# Seen as a Jacobian, $\partial a / \partial z$ of one column is the diagonal matrix of the
# slopes. A diagonal matrix times a vector is `*`. A linear layer mixes units, its Jacobian ($W$, or
# $W^T$ in the layout of lesson 02) is full, and the product is `@`. Decide by the index that
# disappears, not by the symbol in a book.

# %%
z, da = rng.normal(size=4), rng.normal(size=4)
a = 1 / (1 + np.exp(-z))
jacobian = np.diag(a * (1 - a))
print("entries of the Jacobian:", jacobian.size, " of which zero:", int((jacobian == 0).sum()))
print("Jacobian @ da equals slopes * da:", agree(jacobian @ da, a * (1 - a) * da))

# %% [markdown]
# The two activations we need:
#
# - ReLU, $\max(0, z)$: slope 1 where $z > 0$, else 0 (at $z = 0$ by agreement).
# - Sigmoid, $a = 1/(1 + e^{-z})$:
# $\;a' = \dfrac{e^{-z}}{(1 + e^{-z})^2} = \dfrac{1}{1 + e^{-z}} \cdot
# \dfrac{e^{-z}}{1 + e^{-z}} = a\,(1 - a)$.

# %%
figures.activation_picture()

# %% [markdown]
# The ReLU gate passes a gradient unchanged or not at all, while the sigmoid never lets more than a
# quarter of it through.

# %% [markdown]
# ## 4. The loss, and why the chain starts with A − Y
#
# For one example with output $a$ and label $y$, $\mathcal{L} = -y \log a - (1 - y) \log(1 - a)$.
# Then
#
# $$\frac{d\mathcal{L}}{da} = -\frac{y}{a} + \frac{1 - y}{1 - a} = \frac{a - y}{a\,(1 - a)}.$$
#
# The second term is positive: the minus of the formula meets the minus of $1 - a$. Multiply by the
# slope $a\,(1 - a)$ of the sigmoid and the denominator goes:
#
# $$\frac{d\mathcal{L}}{dz} = a - y.$$

# %%
W1, W2 = parameters["W1"], parameters["W2"]
A0, Z1, A1, Z2, A2 = (net.value(name) for name in ("A0", "Z1", "A1", "Z2", "A2"))
dA2 = -Y / A2 + (1 - Y) / (1 - A2)
print("long way equals A2 - Y:   ", agree(dA2 * A2 * (1 - A2), A2 - Y))
print("A2 - Y equals dJ/dZ2:     ", agree(A2 - Y, gradient(net, at="Z2")))
print("A2 - Y equals m * dJ/dZ2: ", agree(A2 - Y, m * gradient(net, at="Z2")))

# %% [markdown]
# A surprise worth stopping for: $A^{[2]} - Y$ is *not* $\partial J / \partial Z^{[2]}$. It is $m$
# times that, because it is the derivative of the sum $S = mJ$. Both are right answers, to two
# different questions.

# %% [markdown]
# ## 5. A chain of layers
#
# Write the forward lines, then read them from the last to the first and turn each one round:
#
# | forward, $l = 1, \dots, L$ | backward, $l = L, \dots, 1$ |
# |---|---|
# | $Z^{[l]} = W^{[l]} A^{[l-1]} + b^{[l]}$ | $dA^{[l-1]} = W^{[l]T} dZ^{[l]}$, $\;dW^{[l]} = dZ^{[l]} A^{[l-1]T}$, $\;db^{[l]} = \sum_i dZ^{[l]}_{:,i}$ |
# | $A^{[l]} = g(Z^{[l]})$ | $dZ^{[l]} = dA^{[l]} * g'(Z^{[l]})$ |
#
# No line of it says $1/m$, and none says which scalar is differentiated. That is decided by what
# we start with.

# %%
figures.network_picture(2)

# %% [markdown]
# Two directions: values go right along the blue wires; a gradient goes left and is multiplied, at
# each step, by the factor above the arrow. The $1/m$ stands on one wire only: the last one of the way
# forward, and so the first one of the way back.

# %%
def back(dZ2):
    """Every gradient of the two-layer network behind dZ2, with no 1/m anywhere."""
    dA1 = W2.T @ dZ2
    dZ1 = dA1 * (Z1 > 0)
    d = {"Z2": dZ2, "A1": dA1, "Z1": dZ1, "A0": W1.T @ dZ1}
    d |= {"W2": dZ2 @ A1.T, "b2": dZ2.sum(axis=1, keepdims=True)}
    d |= {"W1": dZ1 @ A0.T, "b1": dZ1.sum(axis=1, keepdims=True)}
    return d

# %% [markdown]
# ## 6. Why L and J? Could one stick with J only?
#
# One learns from $J$, the mean, because its size does not depend on how many examples there are.
# One derives with $\mathcal{L}_i$, because example $i$ has a loss of its own. Two ways of
# book-keeping follow:
#
# - **L convention**: $dZ$ and $dA$ are derivatives of the sum $S$. Start with $A - Y$; divide by
#   $m$ when you form $dW$ and $db$.
# - **J convention**: everything is a derivative of $J$. Start with $(A - Y)/m$; divide no more.
#
# So yes, one can stick with $J$ only. In both, $dW$ and $db$ are derivatives of $J$: those are the
# ones we descend along.
#
# To ask the oracle for derivatives of $S$ we **edit** the graph: at the name of a node (or of a wire,
# `"A1->Z2"`) stands a function of the value there and of all values `seen` before it, and what it
# returns is passed on.

# %%
S_graph = {"J": lambda value, seen: m * value}  # an edit: replace J by S = m J
names = ["Z2", "A1", "Z1", "A0", "W2", "b2", "W1", "b1"]
of_S, of_J = gradient(net, at=names, edits=S_graph), gradient(net, at=names)
from_S, from_J = back(A2 - Y), back((A2 - Y) / m)
rows = [
    (f"d{n}", str(agree(from_S[n], of_S[n])), str(agree(from_J[n], of_J[n])))
    for n in names
]
figures.Table(["", "start A - Y is d of S", "start (A - Y)/m is d of J"], rows)

# %% [markdown]
# The same lines of code, run twice. Only the first array differed, and it decided what all the
# others mean: each array of the first run is $m$ times its partner in the second,
# $dZ_\mathcal{L} = m\, dZ_J$. (The L convention then divides $dW$ and $db$ by $m$; section 8 says
# why that is enough.)

# %% [markdown]
# ## 7. Should dL/dZ not be m × m?
#
# It is a good objection. If $\mathcal{L} = (\mathcal{L}_1, \dots, \mathcal{L}_m)$ is the *vector* of
# losses and $z = Z^{[L]}$ has $m$ entries, the derivative $\partial \mathcal{L} / \partial z$ is an
# $m \times m$ matrix. But example $i$ sees only its own $z_i$:
#
# $$\frac{\partial \mathcal{L}_i}{\partial z_{i'}} = 0 \text{ for } i \neq i', \qquad
# \frac{\partial \mathcal{L}}{\partial z} = \text{diag}(a_1 - y_1, \dots, a_m - y_m).$$
#
# We can ask the oracle: replace $J$ by one loss, and do it for each.

# %%
def only(i):
    """The edit that replaces J by the loss of example i."""
    return {"J": lambda value, seen: seen["L"][..., 0, i]}


jac2 = np.stack([gradient(net, at="Z2", edits=only(i))[0] for i in range(m)])
print("shape:", jac2.shape, " equals diag(A2 - Y):", agree(jac2, np.diag((A2 - Y)[0])))
figures.jacobian_picture(jac2, "entries of Z2")

# %% [markdown]
# The matrix of 25 numbers, 20 of them zero, becomes a strip of 5. Its *rows* belong to the losses:
# this section uses numerator layout, since one loss is one row. (Lesson 02 wrote its chains in
# denominator layout, a row for each entry of $z$; each is the other's transpose, and a diagonal
# matrix looks the same in both.) The cost is a product with a row,
# $J = \frac{1}{m} \mathbf{1}^T \mathcal{L}$, so
#
# $$\frac{\partial J}{\partial z} = \frac{1}{m}\, \mathbf{1}^T\, \text{diag}(a - y)
# = \frac{1}{m} (a - y)^T.$$
#
# The code's `dZ` is this strip, the Jacobian already contracted (by $\frac{1}{m}\mathbf{1}^T$ in the
# J convention, by $\mathbf{1}^T$ in the L convention).

# %% [markdown]
# In a hidden layer each example has a whole column of $Z$, and the Jacobian is
# $(m,\; n_l m)$. **Predict** its shape for $Z^{[1]}$, and which of its entries can differ from
# zero.

# %%
jac1 = np.stack([gradient(net, at="Z1", edits=only(i)).T.ravel() for i in range(m)])
print("shape:", jac1.shape)
figures.jacobian_picture(jac1, "entries of Z1, example by example")

# %% [markdown]
# Five rows and $3 \cdot 5 = 15$ columns, $(m,\; n_1 m)$, in blocks: row $i$ lives in the three
# columns of example $i$ (pale where a ReLU is off). Block-diagonal, whatever the depth, because
# nothing in this network mixes examples. The strip loses nothing but zeros. So column $i$ of the L
# convention's $dZ$ is the gradient of $\mathcal{L}_i$ alone: that is where the convention has its
# name from.

# %% [markdown]
# And would the $m \times m$ matrix "mess up $dW$"? It would give something useful. With
# $D = \text{diag}(a - y)$ the product $D\,A^T$ has one row for each example: the gradient of that
# example's loss. Their mean is $dW$, and matrix products may be bracketed either way:
#
# $$\tfrac{1}{m}\mathbf{1}^T (D A^T) = (\tfrac{1}{m}\mathbf{1}^T D)\, A^T .$$

# %%
per_example = jac2 @ A1.T
print("one gradient of W2 per example:", per_example.shape)
print("row 3 is the gradient of loss 3:", agree(per_example[[3]], gradient(net, "W2", only(3))))
print("their mean is dJ/dW2:           ", agree(per_example.mean(axis=0), of_J["W2"][0]))

# %% [markdown]
# Contract late and you hold $m$ gradients; contract early and you hold a strip. Deep-learning code
# contracts early: the same answer for a fraction of the work.

# %% [markdown]
# ## 8. dZ differs, yet dW and db agree. Why?
#
# Every backward step is *linear* in what arrives: $W^T dZ$ and $dA * g'$ double if $dZ$ and $dA$
# double. So a factor $m$ at the start is a factor $m$ at every $dZ^{[l]}$. In the L convention it
# is taken out at the end:
#
# $$dW_{\mathcal{L}} = \frac{1}{m}\, dZ_{\mathcal{L}}\, A^T
# = \frac{1}{m}\,(m\, dZ_J)\, A^T = dZ_J\, A^T = dW_J .$$
#
# The same for $db$, with a sum in place of $A^T$.

# %%
rows = []
for n in names:
    divide = m if n[0] in "Wb" else 1  # the L convention divides at dW and db
    rows.append((f"d{n}", figures.as_fraction(figures.ratio(from_S[n] / divide, from_J[n]))))
figures.Table(["", "L convention / J convention"], rows)

# %% [markdown]
# Five for each $dZ$ and $dA$, one for each $dW$ and $db$. The two conventions are two routes with
# the same bill.

# %% [markdown]
# ## 9. The coin: 1/m once, otherwise 1/mⁿ
#
# In the graph, $1/m$ stands on one wire, from $\mathcal{L}$ to $J$, and *every* path from a weight
# to $J$ crosses it exactly once. You may pay that coin at the beginning of the way back or at its
# end. You may not pay it at both, and not at every station.

# %%
figures.coin_picture()

# %% [markdown]
# The two upper plans leave one coin on each path from $J$ to a $dW$. Below, the left plan pays two on
# each. The right one pays once more per layer passed, so its error depends on the
# depth.
#
# **Predict.** Four layers, five examples, $dA^{[l-1]} = W^T dZ / m$ at every layer. By what factor
# is $dW^{[1]}$ wrong?
#
# The edit `scale(c)` below touches the imaginary part alone. That is where the derivative travels
# (section 1).

# %%
def scale(c):
    """The edit that keeps a value and multiplies the derivative that passes by c."""
    return lambda value, seen: value.real + 1j * c * value.imag


deep = mlp_graph(X, Y, random_parameters((2, 4, 3, 6, 1), rng))
plans = {
    "once (right)": {},
    "missing": {"J": lambda value, seen: m * value},
    "twice": {"J": lambda value, seen: value / m},
    "at every layer": {f"A{n}->Z{n + 1}": scale(1 / m) for n in (1, 2, 3)},
}

# %%
weights = ["W1", "W2", "W3", "W4"]
true = gradient(deep, at=weights)
ratios = {}
for plan, edits in plans.items():
    found = gradient(deep, at=weights, edits=edits)
    ratios[plan] = [figures.ratio(found[n], true[n]) for n in weights]
rows = [(plan, *map(figures.as_fraction, line)) for plan, line in ratios.items()]
figures.Table(["1/m is paid", *(f"d{n} / true" for n in weights)], rows)

# %% [markdown]
# The factor is $1/125 = 1/5^3$: three stations lie between $dZ^{[4]}$ and $dZ^{[1]}$, and each
# takes a coin that nobody owes. A mentor's warning, "$1/m$ once, otherwise $1/m^n$", is this row.
# In a network with one hidden layer only $dW^{[1]}$ is off, by $1/m$, as if that layer alone had
# paid twice: test on a deeper one.

# %%
figures.ratio_picture(ratios, m)

# %% [markdown]
# So you can read your own gradients: a level line away from 1 is a coin too many or too few for all
# layers alike; a sloped line is a coin for each layer.

# %% [markdown]
# ## 10. The wrong m, the sum and the mean
#
# $m$ counts examples: columns, `A_prev.shape[1]`. Written `A_prev.shape[0]` it counts the units of
# the layer before, and $dW^{[l]}$ comes out as $m / n_{l-1}$ times the true one.
#
# **Predict** the four ratios for our layers of 2, 4, 3 and 6 inputs.

# %%
wrong_m = {f"W{n}->Z{n}": scale(m / deep.value(f"A{n - 1}").shape[0]) for n in (1, 2, 3, 4)}
found = gradient(deep, at=weights, edits=wrong_m)
rows = [(f"d{n}", figures.as_fraction(figures.ratio(found[n], true[n]))) for n in weights]
figures.Table(["", "returned / true"], rows, caption="divided by A_prev.shape[0]")

# %% [markdown]
# With $m = 5$ they are $5/2$, $5/4$, $5/3$ and $5/6$. Each denominator is a layer's width: the
# numbers name the line that is wrong. The mistake hides where a width happens to equal $m$, which
# is why the checks draw widths and $m$ that differ.
#
# Sum or mean is no mistake at all, but a choice. What does the choice change? Give every example
# twice.

# %%
twice = mlp_graph(np.hstack([X, X]), np.hstack([Y, Y]), parameters)
mean_twice = gradient(twice, at="W1")
sum_twice = gradient(twice, at="W1", edits={"J": lambda value, seen: 2 * m * value})
print("dW1 of the mean grows by", figures.as_fraction(figures.ratio(mean_twice, of_J["W1"])))
print("dW1 of the sum grows by ", figures.as_fraction(figures.ratio(sum_twice, of_S["W1"])))

# %% [markdown]
# With the mean the same *learning rate*, the factor between gradient and step, serves any number of
# examples. With the sum the step doubles. The direction is the same: $m$ and the learning rate are
# one knob. What must match is the cost you print and the gradient you return.

# %% [markdown]
# ## 11. A wrong gradient is the right gradient of another graph
#
# Leave out $g'$ in the hidden layer. You get the *exact* gradient of a graph whose ReLU keeps its
# values but has slope 1 everywhere. The oracle can build that graph: keep the value of $A^{[1]}$,
# replace its derivative by that of $Z^{[1]}$.

# %%
slip = (W2.T @ (A2 - Y)) @ A0.T / m  # dZ1 = dA1: the factor g'(Z1) is forgotten
slope_one = {"A1": lambda value, seen: value.real + 1j * seen["Z1->A1"].imag}
print("the slip equals dW1:                 ", agree(slip, of_J["W1"]))
print("the slip equals dW1 of another graph:", agree(slip, gradient(net, "W1", slope_one)))
figures.edited_picture(net, slope_one)

# %% [markdown]
# One wire was changed, the one in vermillion: `Z1->A1` leads from $Z^{[1]}$ to $A^{[1]}$. The slip is not "wrong by some amount": it answers another
# question, and the picture shows which. One more, the sign that so often gets lost in
# $d\mathcal{L}/da$:

# %%
dA2 = -(Y / A2 + (1 - Y) / (1 - A2))  # a sign slip in the second term
slip = (dA2 * A2 * (1 - A2)) @ A1.T / m
other_loss = {"L": lambda value, seen: -(Y * np.log(seen["A2"]) - (1 - Y) * np.log(1 - seen["A2"]))}
print("the slip equals dW2:               ", agree(slip, of_J["W2"]))
print("the slip equals dW2 of another loss:", agree(slip, gradient(net, "W2", other_loss)))

# %% [markdown]
# That other loss *rewards* a confident "1" where the label is 0. The sign slip trains towards
# answering 1 always. The grader of this course works like this cell: it has no answer key, it has
# forward passes that it can edit.
#
# How much does it say that such a graph exists? At *one* point nothing: any numbers $G$ are the
# gradient of the cost $\sum_k G_k \theta_k$. **Predict.** Take new parameters. Which of the two still
# gives the numbers of the slip: the linear cost that gave them before, or the graph of slope 1?

# %%
def forgetful(net):
    """dW1 of a two-layer network, with g'(Z1) forgotten."""
    return net.value("W2").T @ (net.value("A2") - Y) @ X.T / m


def linear_cost(inputs, tap):
    return tap("J", (G * tap("W1", inputs["W1"])).sum(axis=(-2, -1)))

# %%
G = forgetful(net)
for where in (net, mlp_graph(X, Y, random_parameters((2, 3, 1), rng))):
    linear = Graph(linear_cost, {"W1": where.value("W1")}, {})
    fits = [gradient(linear, "W1"), gradient(where, "W1", slope_one)]
    print("linear cost: {}   slope 1: {}".format(*(agree(forgetful(where), f) for f in fits)))

# %% [markdown]
# The graph of slope 1. The linear cost still has its old numbers, and the slip has new ones. An
# edit that gives the returned numbers at every point that is tried, in every array, says what was
# computed. That is when the grader names a mistake. Two limits: what no graph gives, such as an
# array of another shape, is recognised by other means; and the edited graph need not be that of a
# function. None is 0 for every negative $z$ and has slope 1 there. Lesson 08 has a case, clipping
# in the wrong place, in which no cost at all has the gradient that comes out.

# %% [markdown]
# ## 12. A falling cost proves nothing
#
# Train twice on the same points, both times with gradients of the oracle: once of the true graph,
# once with a coin at every layer.
#
# **Predict.** Will the cost of the second run fall?

# %%
def train(edits, updates=200, rate=0.5):
    """Gradient descent with numeric gradients; returns the cost before each update."""
    rng = np.random.default_rng(7)
    X, Y = river(20, rng)
    parameters, costs = random_parameters((2, 4, 3, 1), rng), []
    for _ in range(updates):
        graph = mlp_graph(X, Y, parameters)
        costs.append(float(graph.value("J")))
        slopes = gradient(graph, at=list(parameters), edits=edits)
        parameters = {n: p - rate * slopes[n] for n, p in parameters.items()}
    return costs

# %%
every_layer = {f"A{n}->Z{n + 1}": scale(1 / 20) for n in (1, 2)}
figures.cost_picture({"right gradient": train({}), "coin at every layer": train(every_layer)})

# %% [markdown]
# It does, to 0.39, where the first run comes to 0.01. A gradient can be wrong and still point
# downhill; it learns worse, and nothing on the screen says why. Only a comparison with a numeric
# gradient tells right from wrong.

# %% [markdown]
# ## What you can now answer
#
# 1. *Why $\mathcal{L}$ and $J$, and could one stick with $J$?* Section 6: yes; start with
#    $(A - Y)/m$ and divide no more.
# 2. *Should $d\mathcal{L}/dZ$ not be $m \times m$?* Section 7: it is, and diagonal; the code keeps
#    its contraction.
# 3. *Where does $1/m$ belong?* Section 9: once on every path, at $J$ or at $dW$ and $db$.
# 4. *Why do $dW$ and $db$ agree?* Section 8: backward is linear, $\frac{1}{m} \cdot m = 1$.
# 5. *`*` or `@`?* Section 3: a diagonal Jacobian is `*`; an index that is summed away is `@`.

# %% [markdown]
# ## Sources
#
# - Deep-learning specialisation, course 1, week 4: names, layout and the L convention.
# - I. Goodfellow, Y. Bengio, A. Courville, *Deep Learning* (2016), section 6.5: back-propagation.
# - Stanford CS231n, course notes on back-propagation and on gradient checks.
# - W. Squire, G. Trapp, "Using complex variables to estimate derivatives of real functions",
#   *SIAM Review* 40 (1998): the complex step.
#
# Next: the assignment `l_layer_network`, where you write all of this for any depth.
