# %% [markdown]
# # What else touches gradients
#
# **What you will do.** Give the cost a second term, switch units off by chance, read rows from a
# table, and bound the length of a step; each time ask the graph what that does to the gradient.
#
# **What you will learn.** Why a penalty adds $\frac{\lambda}{m} W$ and nothing else; why the way back
# needs the mask of the way forward; why equal units stay equal; what `dW[words] += dout` loses; which
# of two ways to clip keeps the direction.
#
# **What you need.** Lesson 04: the network, and 1/m once. Lesson 05, section 5, on functions that
# draw random numbers. The exercises are in the assignment of the same number.
#
# <details>
# <summary><b>Words</b> used here and what they mean (26)</summary>
#
# - **backward pass**: computing the derivatives, from the cost to the inputs
# - **bias**: a number that a unit adds to its weighted sum; it is learnt
# - **cache**: what a forward function keeps for its backward function
# - **clipping**: making a gradient shorter, or its entries smaller, before it is used
# - **cost**: one number that says how wrong the network is on all examples together, written J: the mean of the losses
# - **example**: one set of inputs, with its label if it has one
# - **forward pass**: computing the values, from the inputs to the cost
# - **gradient**: all partial derivatives of one number with respect to an array, in the shape of the array
# - **gradient descent**: training by small steps against the gradient
# - **hidden layer**: a layer, or a unit, that is neither input nor output
# - **label**: the right answer for one example
# - **layer**: one stage of a network: it takes numbers and gives numbers
# - **learning rate**: the number that the gradient is multiplied with before it is subtracted from the parameters
# - **loss**: one number that says how wrong the network is on one example
# - **node**: one value in a graph of a computation
# - **norm**: the length of a vector: the root of the sum of the squares of its entries
# - **numeric gradient**: a gradient found by running forward at inputs that were moved a little; it knows no formula
# - **recurrent**: used again at each step in time, with the same weights
# - **ReLU**: max(0, z), entry by entry
# - **root**: in a graph: the last node, the one that is differentiated
# - **sigmoid**: 1 / (1 + exp(-z)), which makes a number between 0 and 1 of any number
# - **slope**: how fast one value moves with another: the derivative of one operation
# - **unit**: one number that a layer gives for each example, with the weights that make it
# - **weight**: a number that an input of a unit is multiplied with; it is learnt
# - **wire**: in a graph: the way from one value into another that uses it
# - **∂**: ∂J/∂w is a partial derivative: how fast J moves when w alone is moved
#
# </details>

# %% [markdown]
# ## Symbols
#
# The network has three layers, two of ReLU units and a sigmoid. Columns are examples.
#
# | symbol | code | shape |
# |---|---|---|
# | $X$, $Y$ | `X`, `Y` | $(n_x, m)$, $(1, m)$ |
# | $W^{[l]}$, $b^{[l]}$ | `p["W1"]`, `p["b1"]`, ... | $(n_l, n_{l-1})$, $(n_l, 1)$ |
# | $Z^{[l]}$, $A^{[l]}$ | `Z1`, `A1`, ... | $(n_l, m)$ |
# | $\lambda$, the strength of the penalty | `lambd` | a number |
# | $D^{[l]}$, a mask of zeros and ones | `masks[1]`, `masks[2]` | $(n_l, m)$ |
#
# $J$ is the cost, $\mathcal{L}_i$ the loss of example $i$. An array called $dQ$ is
# $\partial J / \partial Q$, but for `dZ` and `dA` in code: there they are of the sum of the losses, $m$
# times as large, as in lesson 04, and the 1/m is paid in `dW` and `db`.

# %%
import numpy as np

from autograder import figures
from autograder.datasets import river
from autograder.networks.dropout import dropout_graph
from autograder.networks.embedding import embedding_graph
from autograder.networks.regularised import regularised_graph
from autograder.oracle import gradient

# %%
def agree(a, b):
    """True if two arrays are equal up to rounding."""
    return a.shape == b.shape and bool(np.allclose(a, b, rtol=1e-9, atol=1e-12))


def draw(widths, rng, scale=1.0):
    """Random weights and biases for the widths (n_0, n_1, ...)."""
    p = {}
    for n, (n_in, n_out) in enumerate(zip(widths[:-1], widths[1:], strict=True), start=1):
        p[f"W{n}"] = scale * rng.normal(size=(n_out, n_in)) / np.sqrt(n_in)
        p[f"b{n}"] = scale * 0.4 * rng.normal(size=(n_out, 1))
    return p

# %%
rng = np.random.default_rng(60)
m, lambd = 7, 3.0
p = draw((3, 5, 4, 1), rng)
X, Y = rng.normal(size=(3, m)), np.array([[1.0, 0, 0, 1, 0, 1, 1]])
net = regularised_graph(X, Y, p, lambd)
C, R, J = (float(net.value(name)) for name in "CRJ")
print(f"mean of the losses {C:.3f} + penalty {R:.3f} = J {J:.3f}")

# %% [markdown]
# ## 1. A second way from W to J
#
# A **penalty** is a term of the cost that does not look at the examples. The usual one is the sum of
# the squares of all weights; it is called L2 after the length of a vector, $\sqrt{\sum w^2}$, which
# is written $\|w\|_2$:
#
# $$J = \frac{1}{m} \sum_i \mathcal{L}_i + \frac{\lambda}{2m} \sum_l \sum_{k,j} \big(W^{[l]}_{kj}\big)^2 .$$
#
# Now $W^{[2]}$ is read twice: by $Z^{[2]}$, and by the penalty, which the graph calls `R`. Two ways
# out, so two arrows back, and the derivative is their sum (lesson 01). The first is the `dW` of
# lesson 04. The second is short: of $\frac{\lambda}{2m} w^2$ the derivative is $\frac{\lambda}{m} w$.

# %%
through_Z, through_R = gradient(net, at=["W2->Z2", "W2->R"]).values()
print("through the penalty: lambd / m * W2:", agree(through_R, lambd / m * p["W2"]))
print("the sum is dW2:", agree(through_Z + through_R, gradient(net, "W2")))

# %% [markdown]
# **Predict.** The penalty is part of $J$. Which of `dZ3`, `dA2`, `dZ2`, `dW2`, `db2` are other arrays
# than without it?

# %%
plain = regularised_graph(X, Y, p, 0.0)
for name in ("Z3", "A2", "Z2", "W2", "b2"):
    print(f"d{name} as without a penalty: {agree(gradient(net, name), gradient(plain, name))}")

# %% [markdown]
# `dW` alone. No arrow leads from the penalty to $Z$, $A$ or $b$. So the way back is that of lesson 04,
# with one more term in three lines.
#
# Four slips, and of what each is the right gradient:
#
# | what is written in `dW` | it belongs to the penalty |
# |---|---|
# | no term with `W` | 0: the wire from $W$ to `R` is cut |
# | `2 * lambd / m * W` | $\frac{\lambda}{m} \sum W^2$ |
# | `lambd * W` | $\frac{\lambda}{2} \sum W^2$ |
# | `lambd / m**2 * W`, as in `(dZ @ A.T + lambd / m * W) / m` | $\frac{\lambda}{2m^2} \sum W^2$ |
#
# The last one is 1/m twice, in another dress. The first one, checked:

# %%
cut = {f"W{n}->R": (lambda value, seen: value.real) for n in (1, 2, 3)}
forgotten = gradient(net, ["W1", "W2", "W3"], edits=cut)
same = all(agree(array, gradient(plain, name)) for name, array in forgotten.items())
print("the wires to the penalty cut, it is the gradient without a penalty:", same)

# %% [markdown]
# And the biases? They could be penalised too; it is a decision, and the usual one is not to: a bias
# moves a boundary and does not make it steeper. What matters is that cost and gradient decide alike.
# Here is a gradient that penalises them where the cost does not, at a point where nobody sees it:

# %%
for title, biases in (("biases of zero", 0.0), ("biases that are not zero", 1.0)):
    q = {name: value * (biases if name[0] == "b" else 1.0) for name, value in p.items()}
    right = gradient(regularised_graph(X, Y, q, lambd), "b2")
    wrong = right + lambd / m * q["b2"]
    print(f"{title:25} error {np.abs(wrong - right).max() / np.abs(right).max():.2f}")

# %% [markdown]
# Networks start with biases of zero. A gradient check at the start passes; check at a point where no
# array is zero (lesson 05, section 9).

# %% [markdown]
# ## 2. Large weights, small weights
#
# What is a penalty good for? Here are 40 examples of the river, and 400 others of the same kind that
# the network never trains on. Each label is turned into the wrong one with a probability of 0.15. The network has 20 and 10 hidden units,
# more than it needs.

# %%
def noisy(count, rng):
    """Points on the two banks; each label is turned with a probability of 0.15."""
    X, Y = river(count, rng, gap=0.0)
    return X, np.where(rng.random(Y.shape) < 0.15, 1 - Y, Y)


rng = np.random.default_rng(61)
(X_few, Y_few), (X_new, Y_new) = noisy(40, rng), noisy(400, rng)

# %%
def forward(X, p, masks=(1.0, 1.0), keep_prob=1.0):
    """Every A and Z; the masks are used in section 5."""
    values, A = {"A0": X}, X
    for n in (1, 2, 3):
        Z = p[f"W{n}"] @ A + p[f"b{n}"]
        A = 1 / (1 + np.exp(-Z)) if n == 3 else np.maximum(0, Z) * masks[n - 1] / keep_prob
        values |= {f"Z{n}": Z, f"A{n}": A}
    return values

# %%
def backward(Y, v, p, lambd=0.0, masks=(1.0, 1.0), keep_prob=1.0):
    """The gradient of each W and b."""
    grads, dZ = {}, v["A3"] - Y
    for n in (3, 2, 1):
        grads[f"W{n}"] = (dZ @ v[f"A{n - 1}"].T + lambd * p[f"W{n}"]) / Y.size
        grads[f"b{n}"] = dZ.sum(axis=1, keepdims=True) / Y.size
        if n > 1:
            dA = p[f"W{n}"].T @ dZ * masks[n - 2] / keep_prob
            dZ = dA * (v[f"Z{n - 1}"] > 0)
    return grads

# %%
mine = backward(Y, forward(X, p), p, lambd)
print("right:", all(agree(array, gradient(net, name)) for name, array in mine.items()))

# %%
def mean_loss(X, Y, p):
    """The first term of J alone."""
    A3 = forward(X, p)["A3"]
    return float(-np.log(np.where(Y == 1, A3, 1 - A3)).mean())

# %%
def learn(lambd, updates=3000, rate=0.1):
    """The parameters, and the mean loss on both sets every 30 updates."""
    q, seen = draw((2, 20, 10, 1), np.random.default_rng(1), scale=1.4), ([], [])
    for step in range(updates):
        if step % 30 == 0:
            seen[0].append(mean_loss(X_few, Y_few, q))
            seen[1].append(mean_loss(X_new, Y_new, q))
        grads = backward(Y_few, forward(X_few, q), q, lambd)
        q = {name: value - rate * grads[name] for name, value in q.items()}
    return q, seen

# %% [markdown]
# **Predict.** With $\lambda = 0$: will the mean loss on the 40 examples go on falling? And that on the
# 400 new ones?

# %%
runs, rows = {}, []
for strength in (0.0, 0.1, 1.0, 10.0):
    q, (few, new) = learn(strength)
    squares = sum(float((q[f"W{n}"] ** 2).sum()) for n in (1, 2, 3))
    rows.append((f"{strength:g}", f"{squares:.0f}", f"{few[-1]:.2f}", f"{new[-1]:.2f}"))
    if strength in (0.0, 1.0):
        runs[f"lambd = {strength:g}"] = {"the 40 examples": few, "400 new ones": new}
figures.tasks_picture(runs, np.log(2), "mean of the losses", every=30)

# %% [markdown]
# Above, the loss on the 40 examples goes on falling. That on new ones falls at first and then
# rises: the network learns what is peculiar to these 40, wrong labels too, and says with great
# certainty what is not so. Below, the two stay near each other.

# %%
head = ("lambd", "sum of squared weights", "loss on the 40", "loss on 400 new ones")
figures.Table(head, rows)

# %% [markdown]
# Each line after the first buys smaller weights with a larger loss on the 40 examples. On new ones the
# loss is smallest for a penalty in between: with one too large the network says nothing any more, and guesses ($\log 2 = 0.69$).
#
# If the mean of the losses is left out, the update is $W \leftarrow W - \alpha \frac{\lambda}{m} W = (1 - \alpha
# \frac{\lambda}{m}) W$, with the learning rate $\alpha$: each update takes the same part of each
# weight away. Therefore the penalty is also called **weight decay**.

# %% [markdown]
# ## 3. A mask is a factor
#
# **Dropout** switches hidden units off by chance, others for each example. Behind the ReLU stands a
# mask $D$ of zeros and ones, each 1 with probability `keep_prob`, and a division:
#
# $$A^{[1]} = \text{relu}(Z^{[1]}) * D^{[1]} / \text{keep\_prob} .$$
#
# In the graph $\text{relu}(Z^{[1]})$ is the node `H1`.

# %%
rng, keep_prob = np.random.default_rng(62), 0.7
masks = {1: rng.random((5, m)) < keep_prob, 2: rng.random((4, m)) < keep_prob}
dropped = dropout_graph(X, Y, p, masks, keep_prob)
print(1 * masks[1])

# %% [markdown]
# Chance has spoken before the graph begins. For the graph $D / \text{keep\_prob}$ is an array of
# constants, as a learning rate is a constant, and the derivative of `A1` with respect to `H1` is that
# array, entry by entry:

# %%
back_A1, back_H1 = gradient(dropped, at=["A1", "H1"]).values()
print("dH1 is dA1 * D1 / keep_prob:", agree(back_H1, back_A1 * masks[1] / keep_prob))
print("dH1 is 0 where a unit was off:", not back_H1[~masks[1]].any())

# %% [markdown]
# Where a unit was off, $J$ does not depend on what it would have said. So its gradient is 0, for this
# example, whatever arrives from above. (`H1` is the output of the ReLU. The specialisation, and the
# assignment, call its gradient `dA1`.)
#
# **Predict.** Somebody draws new masks in the backward pass, with the same `keep_prob`. Is the result
# the gradient of some network?

# %%
new = {n: rng.random(mask.shape) < keep_prob for n, mask in masks.items()}
v = forward(X, p, (masks[1], masks[2]), keep_prob)
for title, used in (("the masks of the forward pass", masks), ("new masks", new)):
    found = backward(Y, v, p, 0.0, (used[1], used[2]), keep_prob)
    of_this, of_new = (
        all(agree(array, gradient(graph, name)) for name, array in found.items())
        for graph in (dropped, dropout_graph(X, Y, p, new, keep_prob))
    )
    print(f"{title:30} of the network that ran: {of_this}, of the one with new masks: {of_new}")

# %% [markdown]
# Of no network that anybody ran: its $A$ and $Z$ come from one set of masks, its way back from another.
# The cure is to keep $D$ in the cache. (For the same reason a numeric gradient needs masks that stay
# the same for $J(\theta + h)$ and $J(\theta - h)$: lesson 05, section 5.)
#
# A trap of testing: many scripts take the slope of ReLU from the masked `A1 > 0`. That slope is 0
# where the mask is 0, so a forgotten mask shows in the `dA` arrays alone, and `dW` and `db` come out
# right, if the division is there:

# %%
dA2 = p["W3"].T @ (v["A3"] - Y) / keep_prob  # no mask
dZ2 = dA2 * (v["A2"] > 0)
print("dA2 right:", agree(dA2, m * gradient(dropped, "H2")))
print("dW2 right:", agree(dZ2 @ v["A1"].T / m, gradient(dropped, "W2")))

# %% [markdown]
# ## 4. Why divide by keep_prob?
#
# One unit that would say $h$. With probability $p$ it says $h/p$, else 0: on average
# $p \cdot h/p + (1 - p) \cdot 0 = h$. Without the division it would be $p h$. Over many masks:

# %%
H1, rng = np.maximum(0, p["W1"] @ X + p["b1"]), np.random.default_rng(63)
many = rng.random((20_000, *H1.shape)) < keep_prob
off = [np.abs((H1 * many / c).mean(axis=0) - H1).max() / H1.max() for c in (keep_prob, 1.0)]
print(f"divided: off by {off[0]:.2f} of the largest; not divided: off by {off[1]:.2f}")

# %% [markdown]
# So `Z2` is, on average over the masks of layer 1, what it is without dropout, and where the trained
# network is used one leaves dropout out and scales nothing. (Older texts do not divide, and multiply
# the weights by $p$ in the end. What is described here is called *inverted* dropout.)
#
# Behind a ReLU or a sigmoid, averages are no longer the same: these are not linear.

# %%
samples = []
for _ in range(5000):
    kept = tuple(rng.random((width, m)) < keep_prob for width in (5, 4))
    samples.append(forward(X, p, kept, keep_prob)["A3"])
print("A3 on average:  ", np.mean(samples, axis=0)[0, :4].round(2))
print("without dropout:", forward(X, p)["A3"][0, :4].round(2))

# %% [markdown]
# Near, but not equal. On the way back the division comes again, since it stands in the factor.

# %% [markdown]
# ## 5. Units that never separate
#
# Two units of a layer with equal weights, equal biases, and equal weights towards the next layer. They
# compute the same $Z$ and the same $A$; what comes back to them is the same; so their rows of `dW` and
# `db` are the same. After the update they are equal again. A layer of a hundred such units is worth
# one.

# %%
def four_units(alike):
    """Parameters of a 2-4-3-1 network; the units of layer 1 are alike, or differ."""
    q = draw((2, 4, 3, 1), np.random.default_rng(8), scale=1.3)
    if alike:
        for name, n in (("W1", 0), ("b1", 0), ("W2", 1)):
            q[name] = np.repeat(q[name].take([0], axis=n), 4, axis=n)
    return q


X_river, Y_river = river(60, np.random.default_rng(6))
grads = backward(Y_river, forward(X_river, four_units(True)), four_units(True))
print("rows of dW1:", grads["W1"].round(4).tolist())

# %%
def follow(q, keep_prob=1.0, updates=1200, rate=0.3):
    """The first weight of each unit of layer 1 before each update."""
    rng, seen = np.random.default_rng(9), []
    for _ in range(updates):
        seen.append(q["W1"][:, 0])
        kept = tuple(rng.random((width, 60)) < keep_prob for width in (4, 3))
        v = forward(X_river, q, kept, keep_prob)
        grads = backward(Y_river, v, q, 0.0, kept, keep_prob)
        q = {name: value - rate * grads[name] for name, value in q.items()}
    return np.array(seen)

# %% [markdown]
# **Predict.** Three runs: units that differ; units that are alike; units that are alike, with dropout.
# In which of them do four different units come out?

# %%
figures.separating_picture(
    {
        "different": follow(four_units(False)),
        "alike": follow(four_units(True)),
        "alike, dropout": follow(four_units(True), 0.5),
    }
)

# %% [markdown]
# In the middle the four lines are one. On the right dropout gives each unit other examples to learn
# from, and slowly they separate. That is no reason to start from equal weights; it shows what
# symmetry means:
# nothing tells the units apart, *unless something does*. Random weights do it from the first update.
#
# Weights of zero are worse than equal ones:

# %%
zero = {name: 0 * value for name, value in four_units(False).items()}
grads = backward(Y_river, forward(X_river, zero), zero)
print("not zero:", [f"d{name}" for name, array in grads.items() if np.abs(array).max() > 1e-12])
Y_more = np.where(np.arange(60) < 6, 1.0, Y_river)  # more ones than zeros
grads = backward(Y_more, forward(X_river, zero), zero)
print("not zero:", [f"d{name}" for name, array in grads.items() if np.abs(array).max() > 1e-12])

# %% [markdown]
# With as many ones as zeros nothing moves at all. With more ones the last bias moves, and no weight
# ever: $dW^{[3]}$ is made of $A^{[2]} = 0$, and what goes down is multiplied by $W^{[3]} = 0$. The
# reason is not that all *losses* are equal, as some texts have it; it is that these *factors* are 0.

# %% [markdown]
# ## 6. A row that is read twice
#
# A network that reads words has a table $W$, $(V, D)$: one row of $D$ numbers for each of the $V$ words
# of its vocabulary. Word number $v$ is turned into row $v$, its **embedding**. `words`, $(N, T)$, holds
# the numbers of the words of $N$ sequences of $T$ places. Rows are examples here, as in CS231n.

# %%
rng = np.random.default_rng(64)
words, V, D = np.array([[3, 1, 3], [0, 3, 1]]), 5, 2
W, dout = rng.normal(size=(V, D)), rng.normal(size=(2, 3, D))
table = embedding_graph(words, W, dout)
print("out:", table.value("out").shape, " is W[words]:", agree(table.value("out"), W[words]))

# %% [markdown]
# Word 3 stands at three places, so row 3 goes to three rows of `out`, and each of them sends a gradient
# back: $dW[v] = \sum \text{dout}[n, t]$ over the places of $v$. Words 2 and 4 stand nowhere; their rows
# get zeros.
#
# **Predict.** `dW[words] += dout` looks as if it did that. What does it leave in row 3?

# %%
added, buffered = np.zeros((V, D)), np.zeros((V, D))
np.add.at(added, words, dout)
buffered[words] += dout
true = gradient(table, "W")
print("np.add.at is right:", agree(added, true), "  += is right:", agree(buffered, true))
print("rows that += has right:", [v for v in range(V) if agree(buffered[v], true[v])])
print("its row 3 is the dout of the last place:", agree(buffered[3], dout[1, 1]))

# %% [markdown]
# `dW[words] += dout` means `dW[words] = dW[words] + dout`. NumPy reads all six rows first, adds, and
# writes all six back; of three values that go to row 3 the last one stays. `np.add.at` goes one place
# after the other.
#
# It is the lost plus sign of lesson 01 once more, and the right gradient of another graph: of the one
# in which each word is read at its last place alone.

# %%
last = np.array([[False, False, False], [True, True, True]])  # the last places of 0, 3 and 1
of_last = {"out": lambda value, seen: value.real + 1j * value.imag * last[:, :, None]}
print("the graph with the last places:", agree(buffered, gradient(table, "W", edits=of_last)))

# %% [markdown]
# Reading a row is a product, too. Let a **one-hot** row be a row of zeros with a single 1, in column
# $v$ for word $v$. Such a row times $W$ is row $v$ of $W$. So `embedding_forward` is a linear layer
# without a bias, and its `dW` is the one that you know, $x^T\, \text{dout}$: the sum over the places is
# the sum inside this product. Nobody writes it so, as nearly all factors would be 0.

# %%
one_hot = np.eye(V)[words.ravel()]
flat = dout.reshape(-1, D)
print("one-hot rows times W:", agree(one_hot @ W, W[words.ravel()]))
print("their transpose times dout:", agree(one_hot.T @ flat, true))

# %% [markdown]
# ## 7. Two ways to clip
#
# Where a gradient can be a thousand times as large at one point as at the next (lesson 08 shows why
# long sequences do that), one bounds it before the update.
#
# - **By value:** each entry is brought into the range from $-c$ to $c$.
# - **By norm:** with $\|g\|$, the root of the sum of all squares of all arrays, every array is
#   multiplied by $c / \|g\|$ if $\|g\| > c$, and by 1 if not.

# %%
def by_value(g, c):
    return {name: np.clip(array, -c, c) for name, array in g.items()}


def norm(g):
    return np.sqrt(sum((array**2).sum() for array in g.values()))


def by_norm(g, c):
    factor = min(1.0, c / norm(g))
    return {name: factor * array for name, array in g.items()}

# %%
g = np.array([0.9, 4.0])
clipped = [clip({"g": g}, 1.0)["g"] for clip in (by_value, by_norm)]
figures.clips_picture(g, *clipped, 1.0)

# %% [markdown]
# Blue is the gradient, orange what is left of it. By value, the large entry is cut and the small one is
# not: the arrow turns. By norm it keeps its direction and ends on the circle.
#
# **Predict.** A third way is seen in scripts: clip each *array* by its own norm. Does that keep the
# direction of the whole?

# %%
def each_by_norm(g, c):
    return {name: by_norm({name: array}, c)[name] for name, array in g.items()}


def turned(g, other):
    """The angle between two gradients, all arrays together, in degrees."""
    a, b = (np.concatenate([array.ravel() for array in one.values()]) for one in (g, other))
    return float(np.degrees(np.arccos(min(1.0, a @ b / np.linalg.norm(a) / np.linalg.norm(b)))))

# %%
grads = gradient(net, ["W1", "b1", "W2", "b2", "W3", "b3"])
for clip in (by_value, by_norm, each_by_norm):
    after = clip(grads, 0.2)
    print(f"{clip.__name__:13} turned by {turned(grads, after):3.0f}°, norm {norm(after):.2f}")

# %% [markdown]
# It does not: large arrays are shortened, small ones are not. Only one factor for all of them keeps
# the direction. And only clipping by norm has the length in hand: the others leave a norm above 0.2 here.
#
# Does a turned arrow still go down? Against each of the three a short step lowers $J$, as no entry has
# changed its sign. But only the direction of the gradient itself is that of *steepest* descent.
#
# Two slips. Whoever always multiplies by $c / \|g\|$ makes short gradients long: near a minimum, where
# the steps should become small, they all have length $c$. And `np.clip(g, -c, c)` returns a new array;
# with its result dropped nothing is clipped, and with `out=g` the caller's gradient is written into.

# %%
short = {name: array / 100 for name, array in grads.items()}
stretched = {name: 0.5 / norm(short) * array for name, array in short.items()}
print(f"norm before:                 {norm(short):.3f}")
print(f"by_norm:                     {norm(by_norm(short, 0.5)):.3f}")
print(f"without asking for the norm: {norm(stretched):.3f}")

# %% [markdown]
# ## What you can now answer
#
# 1. *What does an L2 penalty change on the way back?* `dW`, by $\frac{\lambda}{m} W$, and nothing else
#    (1).
# 2. *Why does the same mask come back?* It is a factor of the forward pass, and a constant (3).
# 3. *Why is there a division by keep_prob?* So that the average stays; it comes back with the mask (4).
# 4. *Why are weights not started at zero, or equal?* Equal units get equal gradients (5).
# 5. *What does `+=` with an index do?* It counts each row once (6).
# 6. *Which clip keeps the direction?* One factor for all arrays (7).

# %% [markdown]
# ## Sources
#
# - Deep-learning specialisation, course 2 week 1: names and signatures; course 5 week 1: clipping.
# - CS231n, Stanford: dropout, regularisation, word embeddings.
# - A. Krogh, J. Hertz, "A simple weight decay can improve generalization", NeurIPS 1991.
# - N. Srivastava and others, "Dropout", *Journal of Machine Learning Research* 15 (2014).
# - R. Pascanu, T. Mikolov, Y. Bengio, "On the difficulty of training recurrent neural networks",
#   ICML 2013: clipping by norm.
#
# Next: the assignment of the same number.
