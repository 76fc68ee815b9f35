# %% [markdown]
# # The RNN in rows
#
# **What you will do.** Write the network of lesson 07 in the other layout, see each transpose move
# to the other side, and compare the two scripts number for number. Then train it twice, with a right
# gradient and with a wrong one, on a task that hides the difference and on one that does not.
#
# **What you will learn.** Which sums a layout changes and which it cannot; what `dh[t]` holds where
# `dh[:, t]` is meant; what a view in a cache costs; when a falling loss is no proof.
#
# **What you need.** Lesson 07: the two arrows into a state, and the sum over the steps, are derived
# there and only used here. Lesson 03: a layer in rows. The exercises are in the assignment of the
# same number.
#
# <details>
# <summary><b>Words</b> used here and what they mean (28)</summary>
#
# - **axis**: one direction of an array: a table has axis 0, down its rows, and axis 1, along its columns
# - **backward pass**: computing the derivatives, from the cost to the inputs
# - **batch**: the examples that are used together
# - **bias**: a number that a unit adds to its weighted sum; it is learnt
# - **broadcasting**: how NumPy copies an array of a smaller shape so that it fits a larger one
# - **cache**: what a forward function keeps for its backward function
# - **carry**: what a loop hands from one step to the next
# - **cell**: in a recurrent network: the computation of one step in time; in a notebook: one box of text or code
# - **cost**: one number that says how wrong the network is on all examples together, written J: the mean of the losses
# - **example**: one set of inputs, with its label if it has one
# - **fork**: a value that is used more than once; on the way back its contributions are added
# - **forward pass**: computing the values, from the inputs to the cost
# - **gradient**: all partial derivatives of one number with respect to an array, in the shape of the array
# - **layer**: one stage of a network: it takes numbers and gives numbers
# - **layout**: which axis of an array counts what. Columns or rows may be examples; and a Jacobian has two layouts of its own, numerator and denominator
# - **loss**: one number that says how wrong the network is on one example
# - **numeric gradient**: a gradient found by running forward at inputs that were moved a little; it knows no formula
# - **recurrent**: used again at each step in time, with the same weights
# - **score**: a number that the network gives to a class before softmax or the sigmoid makes a probability of it; also called a logit
# - **slope**: how fast one value moves with another: the derivative of one operation
# - **softmax**: exp of each score, divided by their sum: probabilities that add up to 1
# - **state**: in a recurrent network: what one step hands to the next
# - **tanh**: the hyperbolic tangent, an activation with values between -1 and 1 and slope 1 - tanh²
# - **unit**: one number that a layer gives for each example, with the weights that make it
# - **upstream**: the derivative of the cost with respect to what a function has returned: it comes in from above on the way back
# - **view**: an array that shares its memory with another one: change one, and both change
# - **weight**: a number that an input of a unit is multiplied with; it is learnt
# - **∂**: ∂J/∂w is a partial derivative: how fast J moves when w alone is moved
#
# </details>

# %% [markdown]
# ## Symbols
#
# Layout and names are those of CS231n. Rows are examples, time is the middle axis. Formulas count
# steps from 1; arrays count from 0, so step $t$ is `[:, t - 1]`.
#
# | symbol | code | shape | in lesson 07 |
# |---|---|---|---|
# | inputs $x_1, \dots, x_T$ | `x` | $(N, T, D)$ | `x`, $(n_x, m, T)$ |
# | states $h_1, \dots, h_T$; $h_0$ is given | `h`; `h0` | $(N, T, H)$; $(N, H)$ | `a`, `a0` |
# | weights | `Wx`, `Wh` | $(D, H)$, $(H, H)$ | `Wax`, `Waa` |
# | bias | `b` | $(H,)$ | `ba`, $(n_a, 1)$ |
# | upstream of all states | `dh` | $(N, T, H)$ | `da` |
#
# $J = J_1 + \dots + J_T$ is the sum of the losses of the steps. Every array called $dQ$ is
# $\partial J / \partial Q$, with the shape of $Q$.

# %%
import numpy as np

from autograder import figures
from autograder.networks import upstream_graph
from autograder.networks.rnn_rows import rnn_rows_graph, rnn_step_graph
from autograder.oracle import gradient

# %%
def agree(a, b):
    """True if two arrays are equal up to rounding."""
    return a.shape == b.shape and bool(np.allclose(a, b, rtol=1e-10, atol=1e-12))


def error(found, true):
    """The largest deviation, as a fraction of the largest true entry."""
    return float(np.abs(found - true).max() / np.abs(true).max())

# %%
rng = np.random.default_rng(70)
N, T, D, H = 7, 4, 3, 5
p = {"Wx": (D, H), "Wh": (H, H), "b": (H,)}
p = {name: 0.5 * rng.normal(size=shape) for name, shape in p.items()}
x, h0 = rng.normal(size=(N, T, D)), 0.5 * rng.normal(size=(N, H))
dh = rng.normal(size=(N, T, H))  # as if each step had a loss of its own
net = rnn_rows_graph(x, h0, p, dh)
figures.unrolled_picture(T, rows=True)

# %% [markdown]
# ## 1. One graph, two layouts
#
# Nothing in this picture has a layout. Which value feeds which, and how often, is a matter of the
# graph; whether an example is a row or a column is a matter of how its numbers are written down. So
# everything that lesson 07 read off the graph holds here: the fork at each state, the $T$ uses of
# each weight, the triangle of losses and steps.
#
# What changes is how one linear layer is written. In columns $z = W_{aa}\, a_{prev} + W_{ax}\, x + b_a$.
# Transpose both sides; the transpose of a product is the product of the transposes in the opposite
# order:
#
# $$z^T = a_{prev}^T\, W_{aa}^T + x^T\, W_{ax}^T + b_a^T
# \qquad\text{is}\qquad z = h_{prev}\, W_h + x\, W_x + b .$$
#
# So `Wh` is not `Waa` under another name. It is its transpose: `Wh[j, k]` joins state $j$ to unit $k$;
# in columns `Waa[k, j]` did.

# %%
z_rows = h0 @ p["Wh"] + x[:, 0] @ p["Wx"] + p["b"]
z_columns = p["Wh"].T @ h0.T + p["Wx"].T @ x[:, 0].T + p["b"][:, None]
print("z in rows:", z_rows.shape, " in columns:", z_columns.shape)
print("one is the transpose of the other:", agree(z_rows.T, z_columns))

# %% [markdown]
# ## 2. One step in rows
#
# The tanh acts entry by entry and knows no layout either: $dz = dnext\_h * (1 - next\_h^2)$, as in
# lesson 07. For the linear part, take the index again:
#
# $$z_{ik} = \sum_j h_{ij}\, W_{h,jk} + \sum_d x_{id}\, W_{x,dk} + b_k .$$
#
# - $h_{ij}$ touches $z_{ik}$ for all $k$: $dh_{ij} = \sum_k dz_{ik}\, W_{h,jk}$, that is `dz @ Wh.T`.
# - $W_{h,jk}$ touches $z_{ik}$ for all $i$: $dW_{h,jk} = \sum_i h_{ij}\, dz_{ik}$, `prev_h.T @ dz`.
# - $b_k$ touches $z_{ik}$ for all $i$: $db_k = \sum_i dz_{ik}$, `dz.sum(axis=0)`.
#
# $x$ and $W_x$ are like $h$ and $W_h$.

# %%
def step(x, prev_h):
    return np.tanh(prev_h @ p["Wh"] + x @ p["Wx"] + p["b"])


def step_back(dnext_h, x, prev_h, next_h):
    """dx, dprev_h, dWx, dWh, db of one step."""
    dz = dnext_h * (1 - next_h**2)
    return dz @ p["Wx"].T, dz @ p["Wh"].T, x.T @ dz, prev_h.T @ dz, dz.sum(axis=0)

# %%
NAMES = ("x", "h0", "Wx", "Wh", "b")
one = rnn_step_graph(x[:, 0], h0, p, dh[:, 0])
found = step_back(dh[:, 0], x[:, 0], h0, step(x[:, 0], h0))
for name, array in zip(NAMES, found, strict=True):
    print(f"d{name:3} {array.shape!s:7} right: {agree(array, gradient(one, at=name))}")

# %% [markdown]
# `h0` is what comes into this one step, so `dh0` here is `dprev_h`. Beside the columns, each product
# has changed its order, and each transpose has moved to the other factor:

# %%
head = ("", "columns (07)", "rows", "the sum runs over")
lines = [
    ("to the input", "Wax.T @ dz", "dz @ Wx.T", "units of z"),
    ("to the state", "Waa.T @ dz", "dz @ Wh.T", "units of z"),
    ("to a weight", "dz @ a_prev.T", "prev_h.T @ dz", "examples"),
    ("to the bias", "dz.sum(axis=1, keepdims=True)", "dz.sum(axis=0)", "examples"),
]
figures.Table(head, lines)

# %% [markdown]
# The last column is the same for both. That is what to remember; the other two follow from it.
#
# **Predict.** Someone carries `dWaa = dz @ a_prev.T` over and writes `dWh = dz @ prev_h.T`. For which
# sizes does NumPy object?

# %%
dz = dh[:, 0] * (1 - step(x[:, 0], h0) ** 2)
carried_over = dz @ h0.T
print("dz @ prev_h.T:", carried_over.shape, " Wh:", p["Wh"].shape)

# %% [markdown]
# For none: $(N, H)(H, N)$ always fits, and gives $(N, N)$, one number for each pair of *examples*.
# The shape gives it away, unless $N = H$. And `dz @ Wh` without its transpose always fits as well, and
# always has the right shape: `Wh` is square by nature. Here as there, only the index finds it.

# %% [markdown]
# ## 3. Two arrows into h_t

# %%
figures.unrolled_picture(3, fork=2, rows=True)

# %% [markdown]
# $h_t$ goes up to its own loss and right into the next step. Two ways out, so two arrows back, and
# what arrives is their sum (lesson 07, section 4, gives four reasons):
#
# $$\frac{dJ}{dh_t} = \text{dh[:, t - 1]} + \text{dprev\_h}, \qquad \text{dprev\_h} = dz_{t+1}\, W_h^T .$$

# %%
up, right = gradient(net, at=["h2->J", "h2->z3"]).values()
print("up is dh[:, 1]:        ", agree(up, dh[:, 1]))
print("right is dz_3 @ Wh.T:  ", agree(right, gradient(net, at="z3") @ p["Wh"].T))
print("up + right is dJ/dh_2: ", agree(up + right, gradient(net, at="h2")))

# %%
def through_time(dh, states, carry=True):
    """dx, dh0, dWx, dWh, db; without `carry`, dprev_h is left out."""
    dx, dprev_h, sums = np.zeros(x.shape), np.zeros(h0.shape), [0, 0, 0]
    for t in reversed(range(dh.shape[1])):
        arriving = dh[:, t] + dprev_h if carry else dh[:, t]
        back = step_back(arriving, x[:, t], states[t], states[t + 1])
        dx[:, t], dprev_h = back[:2]
        sums = [total + part for total, part in zip(sums, back[2:], strict=True)]
    return dx, dprev_h, *sums

# %%
states = [h0] + [net.value(f"h{t}") for t in range(1, T + 1)]
full, true = through_time(dh, states), gradient(net, at=NAMES)
print("right:", {f"d{n}": agree(a, true[n]) for n, a in zip(NAMES, full, strict=True)})

cut = {f"h{t}->z{t + 1}": (lambda value, seen: value.real) for t in range(1, T)}
alone, of_cut = through_time(dh, states, carry=False), gradient(net, at=NAMES, edits=cut)
same = all(agree(array, of_cut[n]) for n, array in zip(NAMES, alone, strict=True))
print("without dprev_h it is the gradient of the network with cut wires:", same)
off = [round(error(alone[0][:, t], true["x"][:, t]), 2) for t in range(T)]
print("error of dx at steps 1 to 4:", off)

# %% [markdown]
# The third axis is new as a source of slips. In 07 step $t$ was `da[:, :, t]`, the last axis. Here it
# is the middle one.
#
# **Predict.** `dh[t]` in the place of `dh[:, t]`: what does it hold, and when does it raise nothing?

# %%
print("dh[:, 1]:", dh[:, 1].shape, " all examples at step 2")
print("dh[1]:   ", dh[1].shape, " example 2 at all steps")
try:
    dh[1] + np.zeros((N, H))
except ValueError as message:
    print(message)
arriving = dh[:, :1][0] + np.zeros((N, H))  # T = 1: dh is (N, 1, H), and t is 0
print("with one step the sum is", arriving.shape, " rows equal:", agree(arriving[0], arriving[-1]))

# %% [markdown]
# The loop begins at the last step. With more examples than steps the sum does not fit; with fewer,
# `dh[T - 1]` is out of bounds. With a single step nothing is raised: one row is copied to all, and
# every example is given what belongs to the first. With a batch of 4 sequences of 4 steps nothing is
# raised either:
# example $i$ at step $t$ is given what belongs to example $t$ at step $i$. Test with $N$, $T$, $D$ and
# $H$ that differ.

# %% [markdown]
# ## 4. What is summed, and over what
#
# There are three sums in this backward pass, and each has one reason: something is *used more than
# once*.
#
# - A weight meets every example: the sum over $i$, inside `prev_h.T @ dz` and `dz.sum(axis=0)`.
# - A weight is used at every step: the sum over $t$, `dWh = dWh + ...`.
# - A state has two readers: `dh[:, t] + dprev_h`.
#
# $x_t$ is read once, by one step: `dx[:, t] = ...`, and no sum. `b` has one axis, so `keepdims` has no
# place here, and the square of lesson 07 does not come up. Another one waits in its stead:

# %%
db = np.zeros(H)
db_t = dz.sum(axis=0, keepdims=True)  # a habit from columns
print("db + db_t:", (db + db_t).shape, " b:", p["b"].shape)
try:
    db += db_t
except ValueError as message:
    print(message)

# %% [markdown]
# $(H,)$ and $(1, H)$ make $(1, H)$. The numbers are right, `b - rate * db` has an axis too many from
# then on, and `+=` refuses.
#
# A sum over the examples is not a mean. Whoever made `dh` has paid $1/N$, if the cost has one. Divide
# again, and three of the five arrays are an $N$-th of what they should be:

# %%
for name, array in zip(NAMES, full, strict=True):
    again = array / N if name in ("Wx", "Wh", "b") else array
    print(f"d{name:3}", figures.as_fraction(figures.ratio(again, true[name])))

# %% [markdown]
# ## 5. The numbers of lesson 07
#
# A change of layout changes no number. Hand the same network to the forward pass of lesson 07, every
# array transposed, and ask for its gradients.

# %%
def in_columns(array):
    """(N, T, D) as (D, N, T), (N, H) as (H, N), (H,) as (H, 1)."""
    if array.ndim == 3:
        return np.moveaxis(array, 2, 0)
    return array.T if array.ndim == 2 else array[:, None]

# %%
weights = {"Wax": in_columns(p["Wx"]), "Waa": in_columns(p["Wh"]), "ba": in_columns(p["b"])}
columns = upstream_graph(in_columns(x), in_columns(h0), weights, in_columns(dh))
rows = []
for name, array, theirs in zip(NAMES, full, ("x", "a0", "Wax", "Waa", "ba"), strict=True):
    other = gradient(columns, at=theirs)
    equal = "yes" if agree(in_columns(array), other) else "no"
    rows.append((f"d{name}", str(array.shape), f"d{theirs}", str(other.shape), equal))
figures.Table(("rows", "shape", "columns", "shape", "equal, transposed"), rows)

# %% [markdown]
# That is also a test: whoever has a script that is right in one layout can check one in the other with
# it, without any numeric gradient. It finds every slip but one that stands in both.

# %% [markdown]
# ## 6. Caches that borrow
#
# The usual way to write the forward loop stores `x[:, t, :]` in the cache. That is a view: it has no
# numbers of its own. So is `h[:, t, :]`, when the state is read back from the array that is
# returned.

# %%
mine = x.copy()
view, copy = mine[:, 0, :], mine[:, 0, :].copy()
mine[...] = 0.0  # the next batch is loaded into the same buffer
print("the view: ", view[0], "  the copy:", copy[0].round(2))

# %% [markdown]
# In a script that never reuses a buffer this costs nothing, and most public solutions of this exercise
# do it. The assignment asks for a copy, for two points.
#
# A second trick of public solutions: put $h_0$ into `h[:, -1]` before the loop, so that `h[:, t - 1]`
# is $h_0$ at $t = 0$. The forward pass is right. What does a cache hold that kept a view of it?

# %%
h = np.zeros((N, T, H))
h[:, -1] = h0
kept = []
for t in range(T):
    kept.append(h[:, t - 1])
    h[:, t] = step(x[:, t], h[:, t - 1])
print("states right:", agree(h[:, -1], states[T]), "  kept[0] is h0:", agree(kept[0], h0))
print("kept[0] is the last state:", agree(kept[0], states[T]))

# %% [markdown]
# The last step of the loop writes $h_T$ over $h_0$, and with it over the cache of step 1. `dWh` then
# pairs the first $dz$ with the last state; every other array is right. It is the slip of the index
# $-1$ (lesson 07, section 9), by another door.

# %% [markdown]
# ## 7. What a wrong gradient costs
#
# Lesson 07 ended with two loss curves that nobody could tell apart. Was that luck? Here are all
# sequences of eight bits. At each step the network reads one bit and is asked for the bit that came
# `lag` steps before. The network, the data and the updates are the same; only the question changes.

# %%
bits = np.array([[n >> k & 1 for k in range(8)] for n in range(256)])  # (N, T)


def start(seed):
    """Random parameters of the network, and w, c of the score h @ w + c."""
    rng = np.random.default_rng(seed)
    q = {"Wx": rng.normal(size=(1, 8)) / 2, "Wh": rng.normal(size=(8, 8)) / np.sqrt(32)}
    return q | {"b": np.zeros(8), "w": rng.normal(size=8) / 2, "c": 0.0}

# %%
def states_of(x, q):
    """h_0, ..., h_T; h_0 is zero."""
    found = [np.zeros((len(x), len(q["b"])))]
    for t in range(x.shape[1]):
        found.append(np.tanh(found[-1] @ q["Wh"] + x[:, t] @ q["Wx"] + q["b"]))
    return found

# %%
def back_through(dh, x, found, q, carry):
    """dWx, dWh, db."""
    sums, dprev_h = {"Wx": 0, "Wh": 0, "b": 0}, 0
    for t in reversed(range(x.shape[1])):
        dz = (dh[:, t] + dprev_h) * (1 - found[t + 1] ** 2)
        parts = {"Wx": x[:, t].T @ dz, "Wh": found[t].T @ dz, "b": dz.sum(axis=0)}
        sums = {name: sums[name] + part for name, part in parts.items()}
        dprev_h = dz @ q["Wh"].T if carry else 0
    return sums

# %% [markdown]
# A yes-or-no question is asked with one score: `prob` is the probability of a 1, and the loss is
# $-\log$ of the probability of the right answer. Its slope at the score is `prob - y`, as with the
# softmax (lesson 07, section 2). Guessing costs $\log 2 = 0.69$.

# %%
def ask(h, lag, q):
    """The loss, dh, and the gradients of w and c; y is the bit of `lag` steps before."""
    y, heard = bits[:, : 8 - lag], h[:, lag:]
    prob = 1 / (1 + np.exp(-heard @ q["w"] - q["c"]))
    loss = -np.log(np.where(y == 1, prob, 1 - prob)).mean()
    ds, dh = (prob - y) / y.size, np.zeros(h.shape)  # the mean is paid here
    dh[:, lag:] = ds[:, :, None] * q["w"]
    return loss, dh, {"w": np.einsum("nt,nth->h", ds, heard), "c": ds.sum()}

# %%
def learn(lag, carry, seed=1, updates=250):
    """Loss before each update."""
    q, x, losses = start(seed), 2.0 * bits[:, :, None] - 1, []
    for _ in range(updates):
        found = states_of(x, q)
        loss, dh, grads = ask(np.stack(found[1:], axis=1), lag, q)
        grads |= back_through(dh, x, found, q, carry)
        q = {name: value - 0.5 * grads[name] for name, value in q.items()}
        losses.append(loss)
    return losses

# %% [markdown]
# **Predict.** With the wrong gradient, which of the two tasks is learnt: the bit before, or the bit
# five steps before?

# %%
tasks = {1: "the bit before", 5: "the bit five steps before"}
runs = {
    title: {"right gradient": learn(lag, True), "dprev_h missing": learn(lag, False)}
    for lag, title in tasks.items()
}
figures.tasks_picture(runs, np.log(2), "loss per question")

# %% [markdown]
# Above, nobody notices. Below, one run has learnt the task after a hundred and fifty updates,
# and the other still guesses. (The peak on the way down is an update that was too long for the place
# where it was made: a right gradient says which way, not how far.)
#
# The bit of one step ago is in the state that comes in, in some mixture, whatever the weights are. A step
# can learn to read it from there on its own. The bit of five steps ago has passed through `Wh` five
# times, and to keep it the network has to change what the *earlier* steps do. The only loss that cares
# comes later, and a later loss reaches an earlier step through `dprev_h` or not at all.
#
# Is it always like this? Three starts of each, and a task between the two:

# %%
rows = []
for lag in (1, 2, 5):
    ends = [[learn(lag, carry, seed)[-1] for seed in (1, 2, 3)] for carry in (True, False)]
    rows.append((str(lag), *(", ".join(f"{end:.1f}" for end in found) for found in ends)))
figures.Table(("steps before", "right gradient ends at", "dprev_h missing ends at"), rows)

# %% [markdown]
# The right gradient learns each task from each start. The wrong one learns what is still in the state
# by accident: the last bit always, the one before it too, from one start less well, and not the one
# of five steps ago. That is what makes the slip so hard to see. A falling loss says that the task did not
# need what the gradient lacks; it does not say that nothing is lacking. A numeric gradient finds the
# slip before the first update, on each of these tasks.

# %% [markdown]
# ## What you can now answer
#
# 1. *Where do the transposes go in the other layout?* To the other factor; the index that is summed
#    stays the same (2).
# 2. *Is `Wh` `Waa`?* Its transpose (1).
# 3. *What does `dh[t]` hold?* One example at all steps; it may broadcast (3).
# 4. *Which arrays are summed over time?* What is used at every step (4).
# 5. *Does a wrong gradient show in the loss?* Where the task asks for what it lacks (7).

# %% [markdown]
# ## Sources
#
# - CS231n, Stanford, assignment on recurrent networks: names, signatures and layout.
# - I. Goodfellow, Y. Bengio, A. Courville, *Deep Learning* (2016), section 10.2.
# - S. Hochreiter, J. Schmidhuber, "Long short-term memory", *Neural Computation* 9 (1997): tasks on
#   which the answer was read long ago.
#
# Next: the assignment of the same number. Then lesson 08: what becomes of a signal that passes a
# hundred cells.
