# %% [markdown]
# # The RNN: back-propagation through time
#
# **What you will do.** Take a recurrent network apart, step by step, until one line of its backward
# pass is clear: why a cell receives `da[:, :, t] + da_prevt`, and not `da[:, :, t]` alone. The
# answer is given four times: as a picture, as a chain rule, as a sum over a triangle, and in
# numbers.
#
# **What you will learn.** What upstream means, and who computes `da`; when a sum over time takes
# $T$ steps and when $T(T+1)/2$; which derivative is total and which is immediate; where dba turns
# into a square.
#
# **What you need.** One linear layer and its transposes (lesson 04), forks in a graph (lesson 01).
# The exercises are in the assignment of the same number.
#
# <details>
# <summary><b>Words</b> used here and what they mean (31)</summary>
#
# - **axis**: one direction of an array: a table has axis 0, down its rows, and axis 1, along its columns
# - **back-propagation**: the way of computing all derivatives of one number in one pass, from the end of a graph to its beginning
# - **backward pass**: computing the derivatives, from the cost to the inputs
# - **bias**: a number that a unit adds to its weighted sum; it is learnt
# - **cache**: what a forward function keeps for its backward function
# - **carry**: what a loop hands from one step to the next
# - **cell**: in a recurrent network: the computation of one step in time; in a notebook: one box of text or code
# - **chain rule**: the derivative along a path is the product of the slopes on it; over several paths, the sum of these products
# - **cost**: one number that says how wrong the network is on all examples together, written J: the mean of the losses
# - **diagonal**: in a matrix: the entries whose row and column have the same number; a diagonal matrix is 0 everywhere else
# - **example**: one set of inputs, with its label if it has one
# - **fork**: a value that is used more than once; on the way back its contributions are added
# - **forward pass**: computing the values, from the inputs to the cost
# - **gradient**: all partial derivatives of one number with respect to an array, in the shape of the array
# - **label**: the right answer for one example
# - **layer**: one stage of a network: it takes numbers and gives numbers
# - **layout**: which axis of an array counts what. Columns or rows may be examples; and a Jacobian has two layouts of its own, numerator and denominator
# - **loss**: one number that says how wrong the network is on one example
# - **numeric gradient**: a gradient found by running forward at inputs that were moved a little; it knows no formula
# - **one-hot**: a label as a column: 1 in the row of its class, 0 in the others
# - **oracle**: the part of this course that finds a gradient from the way forward alone, by numbers; it judges yours
# - **recurrent**: used again at each step in time, with the same weights
# - **seed**: a number from which a generator of random numbers starts; the same seed gives the same numbers
# - **slope**: how fast one value moves with another: the derivative of one operation
# - **softmax**: exp of each score, divided by their sum: probabilities that add up to 1
# - **tanh**: the hyperbolic tangent, an activation with values between -1 and 1 and slope 1 - tanh²
# - **upstream**: the derivative of the cost with respect to what a function has returned: it comes in from above on the way back
# - **view**: an array that shares its memory with another one: change one, and both change
# - **weight**: a number that an input of a unit is multiplied with; it is learnt
# - **wire**: in a graph: the way from one value into another that uses it
# - **∂**: ∂J/∂w is a partial derivative: how fast J moves when w alone is moved
#
# </details>

# %% [markdown]
# ## Symbols
#
# Layout and names are those of the deep-learning specialisation. Columns are examples, the last
# axis is time. Formulas count steps from 1; arrays count from 0, so step $t$ is `[:, :, t - 1]`.
#
# | symbol | code | shape |
# |---|---|---|
# | inputs $x_1, \dots, x_T$ | `x` | $(n_x, m, T)$ |
# | states $a_1, \dots, a_T$; $a_0$ is given | `a`; `a0` | $(n_a, m, T)$; $(n_a, m)$ |
# | weights of the cell | `Wax`, `Waa`, `ba` | $(n_a, n_x)$, $(n_a, n_a)$, $(n_a, 1)$ |
# | weights of the output | `Wya`, `by` | $(n_y, n_a)$, $(n_y, 1)$ |
# | predictions, labels (one-hot) | `y_pred`, `y` | $(n_y, m, T)$ |
# | loss of example $k$ at step $t$ | | $\mathcal{L}_{t,k}$, a number |
# | $J_t = \frac{1}{m} \sum_k \mathcal{L}_{t,k}$ | | a number: the loss of step $t$ |
# | $J = J_1 + \dots + J_T$ | `J` | a number |
#
# Every array called $dQ$ in this lesson is $\partial J / \partial Q$, with the shape of $Q$.
# One-hot: a label is a column with a 1 in the row of its class, else 0. A *state* is what a cell
# hands to the next one.

# %%
import numpy as np

from autograder import figures
from autograder.networks import cell_graph, output_graph, rnn_graph, upstream_graph
from autograder.oracle import gradient

# %%
def agree(a, b):
    """True if two arrays are equal up to rounding."""
    return bool(np.allclose(a, b, rtol=1e-10, atol=1e-12))


def error(found, true):
    """The largest deviation, as a fraction of the largest true entry."""
    return float(np.abs(found - true).max() / np.abs(true).max())

# %%
rng = np.random.default_rng(7)
n_x, n_a, n_y, m, T = 3, 5, 2, 7, 4
shapes = {"Wax": (n_a, n_x), "Waa": (n_a, n_a), "ba": (n_a, 1), "Wya": (n_y, n_a), "by": (n_y, 1)}
p = {name: 0.5 * rng.normal(size=shape) for name, shape in shapes.items()}
x, a0 = rng.normal(size=(n_x, m, T)), 0.5 * rng.normal(size=(n_a, m))
y = np.moveaxis(np.eye(n_y)[rng.integers(0, n_y, (m, T))], 2, 0)
net = rnn_graph(x, y, a0, p)
print("J =", round(float(net.value("J")), 4))
figures.unrolled_picture(T)

# %% [markdown]
# One cell, drawn $T$ times. It is the same cell with the same weights; only its inputs change.
# Unrolled like this, a recurrent network is an ordinary graph without a circle, and everything you
# know of graphs holds. (Each $\mathcal{L}_t$ stands for the whole way over the prediction
# $\hat y_t$.)

# %% [markdown]
# ## 1. One cell
#
# $$z_t = W_{ax} x_t + W_{aa} a_{t-1} + b_a, \qquad a_t = \tanh(z_t).$$
#
# Suppose that $da_t$ is known: the derivative of $J$ with respect to what this cell puts out. The
# tanh acts on each entry alone, and its slope is $1 - \tanh^2 = 1 - a_t^2$. The rest is a linear
# layer with two inputs:
#
# $$dz = da * (1 - a_t^2), \qquad dx = W_{ax}^T dz, \quad da_\text{prev} = W_{aa}^T dz, \quad
# dW_{ax} = dz\, x_t^T, \quad dW_{aa} = dz\, a_{t-1}^T, \quad db_a = \sum_k dz_{:,k}.$$

# %%
def cell(xt, a_prev):
    return np.tanh(p["Wax"] @ xt + p["Waa"] @ a_prev + p["ba"])


def cell_back(da, a, a_prev, xt):
    """Derivatives of J behind one cell; da is the derivative with respect to a."""
    dz = da * (1 - a**2)
    back = {"x": p["Wax"].T @ dz, "a0": p["Waa"].T @ dz}
    return back | {"Wax": dz @ xt.T, "Waa": dz @ a_prev.T, "ba": dz.sum(axis=1, keepdims=True)}

# %%
some_da = rng.normal(size=(n_a, m))  # any upstream will do
one = cell_graph(x[:, :, 0], a0, p, some_da)
found = cell_back(some_da, cell(x[:, :, 0], a0), a0, x[:, :, 0])
for name, array in found.items():
    print(f"d{name:4} {array.shape}  right: {agree(array, gradient(one, at=name))}")

# %% [markdown]
# The oracle `gradient` knows no formula: it nudges a value along the imaginary axis and runs
# forward (lesson 04). `a0` is what comes into this one cell, so `da0` here is `da_prev`.
#
# **Predict.** Forget the transpose in `p["Waa"].T @ dz`. Will NumPy object? And at `p["Wax"].T`?

# %%
dz = some_da * (1 - cell(x[:, :, 0], a0) ** 2)
wrong = p["Waa"] @ dz
print("Waa @ dz has the right shape:", wrong.shape == found["a0"].shape)
print("relative error:", round(error(wrong, found["a0"]), 2))
try:
    p["Wax"] @ dz
except ValueError:
    print("Wax @ dz: the shapes do not fit")

# %% [markdown]
# At `Waa` it does not, at `Wax` it does: $W_{aa}$ is square by nature. "Make the shapes fit" finds
# the transpose of $W_{ax}$ and can never find that of $W_{aa}$. The index does: $z_i = \sum_j
# W_{ij} a_j$, so $da_j = \sum_i W_{ij}\, dz_i$, a sum over the *first* index.

# %% [markdown]
# ## 2. From the loss to da
#
# Courses like to say that `da` is "computed elsewhere". Here is elsewhere. With
# $z^y_t = W_{ya} a_t + b_y$ and $\hat y_t = \text{softmax}(z^y_t)$, that is
# $\hat y_j = e^{z^y_j} / \sum_l e^{z^y_l}$, the loss of one example with true class $c$ is
#
# $$\mathcal{L} = -\log \hat y_c = -z^y_c + \log \sum_j e^{z^y_j}, \qquad
# \frac{\partial \mathcal{L}}{\partial z^y_j} = -[j = c] + \hat y_j,$$
#
# prediction minus label. $J$ takes the mean over the $m$ examples, so $dz^y_t = (\hat y_t - y_t)/m$.
# **Here $1/m$ is paid, and nowhere else in this lesson.** Behind it lies a linear layer:
#
# $$da_t = W_{ya}^T dz^y_t, \qquad dW_{ya} = \sum_t dz^y_t\, a_t^T, \qquad
# db_y = \sum_t \sum_k dz^y_{t,:,k}.$$

# %%
states = [a0] + [net.value(f"a{t}") for t in range(1, T + 1)]
a = np.stack(states[1:], axis=2)
y_pred = np.stack([net.value(f"yhat{t}") for t in range(1, T + 1)], axis=2)

dzy = (y_pred - y) / m
da = np.einsum("ij,imt->jmt", p["Wya"], dzy)
dWya = np.einsum("imt,jmt->ij", dzy, a)
out = output_graph(a, y, p)
print("da:  ", agree(da, gradient(out, at="a")))
print("dWya:", agree(dWya, gradient(out, at="Wya")))

# %% [markdown]
# `output_graph` holds the states fixed: each $a_t$ reaches its own loss and nothing else. So
# `da[:, :, t]` is the part of the derivative that takes this *direct* way. It is not yet the whole
# derivative.

# %% [markdown]
# ## 3. One weight, T uses
#
# $W_{aa}$ enters every cell. Change it a little and $J$ changes through all of them; to first order
# the changes add:
#
# $$dW_{aa} = \sum_t dz_t\, a_{t-1}^T .$$
#
# In the graph a weight has $T$ wires, `Waa->z1`, ..., `Waa->z4`. The oracle can nudge one wire and
# leave the others alone.

# %%
wires = [f"Waa->z{t}" for t in range(1, T + 1)]
parts = gradient(net, at=wires)
whole = gradient(net, at="Waa")
print("sum of the wires is dWaa:", agree(sum(parts.values()), whole))
for t, wire in enumerate(wires, start=1):
    one_use = gradient(net, at=f"z{t}") @ states[t - 1].T
    print(f"{wire}: equals dz_{t} a_{t - 1}^T: {agree(parts[wire], one_use)}")

# %% [markdown]
# Hence `dWaa += ...` in the loop: `=` would keep one wire of four. $x_t$, on the other hand, enters
# one cell only, so `dx[:, :, t] = ...` and no sum.

# %% [markdown]
# ## 4. Two arrows into a_t
#
# Everything now hangs on $dz_t$, that is, on the derivative of $J$ with respect to $a_t$.

# %%
figures.unrolled_picture(3, fork=2)

# %% [markdown]
# Two blue wires leave $a_2$, up to its own loss and right to the next cell. So two arrows
# come back: `da[:, :, 1]` from $\mathcal{L}_2$, and `da_prevt` from cell 3, which carries all later
# losses. **That is the first answer.**
#
# The second is the chain rule for several variables. $J$ depends on $a_t$ through $J_t$ and through
# $z_{t+1}$, so
#
# $$\underbrace{\frac{dJ}{da_t}}_{\text{total}} =
# \underbrace{\frac{\partial J_t}{\partial a_t}}_{\text{direct: da[:, :, t-1]}} +
# \underbrace{W_{aa}^T \frac{dJ}{dz_{t+1}}}_{\text{da prevt}} .$$
#
# $a_{t+1}$ is not a variable beside $a_t$; it is a function of it. A number that is used twice
# collects twice.

# %%
ways = ["a2->zy2", "a2->z3"]  # the two wires that leave a2
up, right = gradient(net, at=ways).values()
print("up is da[:, :, 1]:      ", agree(up, da[:, :, 1]))
print("right is Waa.T @ dz_3:  ", agree(right, p["Waa"].T @ gradient(net, at="z3")))
print("up + right is dJ/da_2:  ", agree(up + right, gradient(net, at="a2")))
print("up alone is dJ/da_2:    ", agree(up, gradient(net, at="a2")))

# %% [markdown]
# Now the loop writes itself: from the last step to the first, because `da_prevt` comes out of the
# step after.

# %%
def through_time(da, x, states, carry=True):
    """Derivatives of the cost whose direct derivative at a_t is da[:, :, t - 1]."""
    grads = {"x": np.zeros(x.shape), "Wax": 0, "Waa": 0, "ba": 0}
    da_prevt = np.zeros(da.shape[:2])
    for t in reversed(range(da.shape[2])):
        back = cell_back(da[:, :, t] + da_prevt, states[t + 1], states[t], x[:, :, t])
        grads["x"][:, :, t] = back["x"]
        grads |= {name: grads[name] + back[name] for name in ("Wax", "Waa", "ba")}
        da_prevt = back["a0"] if carry else np.zeros(da.shape[:2])
    return grads | {"a0": back["a0"]}

# %%
full = through_time(da, x, states)
true = gradient(net, at=["x", "Wax", "Waa", "ba", "a0"])
for name, array in full.items():
    print(f"d{name:4} right: {agree(array, true[name])}")

# %% [markdown]
# Five arrays, right to the last digits, with a loss at every step. When the loop ends, `da_prevt`
# belongs to $a_0$: that is `da0`.

# %% [markdown]
# ## 5. Cut the wire
#
# **Predict.** Leave `da_prevt` out. Which columns of `dx` stay right?

# %%
alone = through_time(da, x, states, carry=False)
for t in range(T):
    print(f"dx at step {t + 1}: error {error(alone['x'][:, :, t], true['x'][:, :, t]):.2f}")

cut = {f"a{t}->z{t + 1}": (lambda value, seen: value.real) for t in range(1, T)}
of_cut = gradient(net, at=list(true), edits=cut)
same = all(agree(alone[name], of_cut[name]) for name in true)
print("equal to the gradient of the cut network:", same)
figures.edited_picture(net, cut)

# %% [markdown]
# On the crossed wires the value passes, so every prediction stays the same, but no derivative comes
# back. Only the last step is right, since nothing follows it. The slip is not "a bit off": it
# is the **exact** gradient of this other network, one in which no loss ever hears of an earlier
# step. **That is the third answer**, in numbers.

# %% [markdown]
# In a forum someone once posted the output of a slip like this: `dx[1][2]` was
# `[-0.15028 -0.34555 0.02072 0.01483]`, and the course said otherwise. The course's inputs come from
# a seed, so we can look.

# %%
old = np.random.RandomState(1)  # the generator of that exercise
x_c, a0_c = old.randn(3, 10, 4), old.randn(5, 10)
sizes = {"Wax": (5, 3), "Waa": (5, 5), "Wya": (2, 5), "ba": (5, 1), "by": (2, 1)}
p_c = {name: old.randn(*size) for name, size in sizes.items()}
posted = upstream_graph(x_c, a0_c, p_c, da=old.randn(5, 10, 4))
print("whole:", gradient(posted, at="x")[1][2].round(5))
print("cut:  ", gradient(posted, at="x", edits=cut)[1][2].round(5))

# %% [markdown]
# Digit for digit, the post was the gradient of the cut network. Its last number, step 4, was right:
# that is the trace by which you recognise this bug.

# %% [markdown]
# ## 6. The loss × step triangle
#
# $J = J_1 + \dots + J_T$, and the derivative of a sum is the sum of the derivatives. So here is a
# way without any `da_prevt` in the sum: for each loss, one traversal of its own, back from step $s$
# to step 1. It is right, too.

# %%
def tree(da, x, states):
    """One traversal for each loss; also counts the calls of the cell."""
    dx, calls = np.zeros((da.shape[2], *x.shape)), 0
    for s in range(da.shape[2]):
        signal = da[:, :, s]
        for t in range(s, -1, -1):
            back = cell_back(signal, states[t + 1], states[t], x[:, :, t])
            dx[s, :, :, t], signal, calls = back["x"], back["a0"], calls + 1
    return dx, calls

# %%
by_loss, calls = tree(da, x, states)
print("sum over the losses is dx:", agree(by_loss.sum(axis=0), true["x"]))
print("calls of the cell:", calls, "against", T)
figures.triangle_picture(T)

# %% [markdown]
# The same ten squares, twice. On the left each loss walks back alone, and passes cells that others
# have passed before. On the right a column is added up *before* it goes through the cell; then
# one signal goes on. A cell's backward step is linear, so adding first changes nothing:
# $W^T u + W^T v = W^T (u + v)$. **That is the fourth answer**: `+` in
# `da[:, :, t] + da_prevt` merges a column, and turns $T(T+1)/2$ calls into $T$.

# %% [markdown]
# A worry often heard: is it not wasteful to call the cell once for `da` and once for `da_prevt`?
# **Predict.** In the loop below each step does so. Is the sum right, and how many calls does it take?

# %%
def twice(da, x, states):
    """The cell is called for da and for da_prevt, and what comes out is added."""
    dx, da_prevt, calls = np.zeros(x.shape), np.zeros(da.shape[:2]), 0
    for t in reversed(range(da.shape[2])):
        inside = states[t + 1], states[t], x[:, :, t]
        one, two = cell_back(da[:, :, t], *inside), cell_back(da_prevt, *inside)
        dx[:, :, t], da_prevt = one["x"] + two["x"], one["a0"] + two["a0"]
        calls += 2
    return dx, calls

# %%
dx, calls = twice(da, x, states)
print("dx is right:", agree(dx, true["x"]), "  calls of the cell:", calls, "for", T, "steps")

# %%
rows = []
for steps in (4, 16, 64, 256):
    rows.append([str(n) for n in (steps, steps * (steps + 1) // 2, 2 * steps, steps)])
head = ("steps", "one traversal per loss", "cell called twice a step", "merged first")
figures.Table(head, rows, caption="calls of the cell")

# %% [markdown]
# The sum is right, and takes 8 calls for 4 steps. That is wasteful by a factor of 2, for any number
# of steps. The tree is wasteful by $(T + 1)/2$, which grows with $T$.
#
# And a slip that looks like the tree: two loops, one inside the other, in which `da_prevt` is set to
# zeros at the start and never again. Each cell then hears a loss, and no cell hears another cell:

# %%
nothing_handed_on = np.zeros(x.shape)
for s in range(T):
    da_prevt = np.zeros((n_a, m))
    for t in range(s, -1, -1):
        back = cell_back(da[:, :, t] + da_prevt, states[t + 1], states[t], x[:, :, t])
        nothing_handed_on[:, :, t] += back["x"]
for t in range(T):
    ratio = figures.ratio(nothing_handed_on[:, :, t], alone["x"][:, :, t])
    print(f"dx at step {t + 1}: {figures.as_fraction(ratio)} times that of the cut network")

# %% [markdown]
# It is no sum over the losses. It is the cut network of section 5, with the first step counted $T$
# times and the last one once.
#
# The triangle in our own numbers, as the largest entry of what each loss says about each $x_t$:

# %%
sizes = np.abs(by_loss).max(axis=(1, 2))
figures.influence_picture(sizes, np.abs(true["x"]).max(axis=(0, 1)))

# %% [markdown]
# The upper half is empty: a loss says nothing about what comes after it. Down a column, later losses
# say less and less; lesson 08 is about that. The diagonal is all that the cut network knows.

# %% [markdown]
# ## 7. Direct, total, immediate
#
# "The book writes $\partial h_t / \partial W$ with a recursion, the code has
# $dz_t\, a_{t-1}^T$ without one. Which is right?" Both, in different pairs. Two
# distinctions hide in one symbol:
#
# - $J$ with respect to $a_t$: **direct**, through its own loss, or **total**, through all losses;
# - $a_t$ with respect to $W_{aa}$: **immediate**, with $a_{t-1}$ held fixed, or **total**, in which
#   $a_{t-1}$ moves as well.
#
# The total one obeys $\dfrac{da_t}{dW} = \dfrac{\partial a_t}{\partial W} +
# \dfrac{\partial a_t}{\partial a_{t-1}} \dfrac{da_{t-1}}{dW}$ and runs *forward* in time.

# %%
def states_by_Waa(total):
    """d a_t / d Waa for t = 1 ... T, each (n_a, n_a, n_a, m): entry i, then k, l of Waa."""
    found, before, i = [], np.zeros((n_a, n_a, n_a, m)), np.arange(n_a)
    for t in range(1, T + 1):
        inside = np.einsum("ij,jklm->iklm", p["Waa"], before) if total else 0 * before
        inside[i, i] += states[t - 1]
        before = (1 - states[t] ** 2)[:, None, None, :] * inside
        found.append(before)
    return found

# %%
def pair(signals, slopes):
    """Sum over t of dJ/da_t (n_a, m) times da_t/dWaa (n_a, n_a, n_a, m)."""
    return sum(np.einsum("im,iklm->kl", s, r) for s, r in zip(signals, slopes, strict=True))


direct = [da[:, :, t] for t in range(T)]
total = [gradient(net, at=f"a{t}") for t in range(1, T + 1)]
immediate, recursive = states_by_Waa(total=False), states_by_Waa(total=True)

# %%
rows = []
for name, signals in (("direct dJ/da", direct), ("total dJ/da", total)):
    found = [pair(signals, slopes) for slopes in (immediate, recursive)]
    told = [f"{dWaa[0, 1]:.4f}   (error {error(dWaa, true['Waa']):.2f})" for dWaa in found]
    rows.append((name, *told))
print("dWaa[0, 1] by the oracle:", round(true["Waa"][0, 1], 4))
print("direct x immediate is the cut network:", agree(pair(direct, immediate), of_cut["Waa"]))
figures.Table(("dWaa[0, 1]", "immediate da/dWaa", "total da/dWaa"), rows)

# %% [markdown]
# The two right answers stand on one diagonal. Total times immediate is back-propagation through time.
# Direct times total is forward accumulation, known as real-time recurrent learning: no way back, but
# $n_a^3\, m$ numbers to carry. Direct times immediate forgets the later steps on both sides: it is
# the cut network of section 5. Total times total counts them on both sides: a loop over the losses
# *with* a carry does that.

# %% [markdown]
# ## 8. What upstream means
#
# Upstream is *towards the loss*, the side from which gradients come, not the side from which values
# come. For the cell of step $t$ the upstream is `da_next`, the derivative with respect to its own
# output $a_t$; what it hands on, `da_prev`, is the upstream of cell $t - 1$.
#
# `da_prevt` is a sum of many losses; `da[:, :, t - 1]` belongs to one. They have the same shape and
# nothing else in common:

# %%
t = 2  # the third step, counted from 0
print("da_prevt at step 3, first unit:", gradient(net, at="a3->z4")[0].round(3))
print("da of step 2, the same unit:   ", da[0, :, t - 1].round(3))

# %% [markdown]
# A frequent suspicion: does adding one neighbour mean looking one step ahead, and no further? Then
# $dJ/da_1$ would be made of the losses 1 and 2 only.

# %%
two_losses = da[:, :, 0] + p["Waa"].T @ (da[:, :, 1] * (1 - states[2] ** 2))
print("dJ/da_1 is made of losses 1 and 2:", agree(gradient(net, at="a1"), two_losses))

# %% [markdown]
# It is not. `da_prevt` contains the `da_prevt` of the step after, and so on to the end.

# %% [markdown]
# ## 9. Caches and indices
#
# What backward needs of step $t$ is $a_t$ (for the slope), $a_{t-1}$ and $x_t$ (for the weights).
# Three slips live here, and none raises an error:
#
# - $a_t$ in the place of $a_{t-1}$ in `dWaa`;
# - `a[:, :, t - 1]` at $t = 0$: index $-1$ is the *last* state, where $a_0$ was meant;
# - a cache that holds a view: what is written into `x` or `a` later changes the cache.

# %%
dz = {t: gradient(net, at=f"z{t}") for t in range(1, T + 1)}
own = sum(dz[t] @ states[t].T for t in dz)
wrapped = sum(dz[t] @ (states[t - 1] if t > 1 else states[T]).T for t in dz)
print("error with a_t:            ", round(error(own, true["Waa"]), 2))
print("error with index -1:       ", round(error(wrapped, true["Waa"]), 2))
print("of which at step 1 alone:  ", agree(wrapped - true["Waa"], dz[1] @ (states[T] - a0).T))

# %% [markdown]
# A second post: the gradients were right, and yet the gradient check failed by a relative error
# near 1. The line was `dh[:, t] = dprev + dh[:, t]`. Here is a function of that kind.

# %%
def in_place(da, x, states):
    for t in reversed(range(da.shape[2])):
        back = cell_back(da[:, :, t], states[t + 1], states[t], x[:, :, t])
        if t > 0:
            da[:, :, t - 1] += back["a0"]  # writes into the caller's array
    return back["a0"]


given = da.copy()
print("first call: ", agree(in_place(given, x, states), true["a0"]))
print("second call:", agree(in_place(given, x, states), true["a0"]))
print("da was changed by", round(error(given, da), 2))

# %% [markdown]
# The first call is right. Whatever uses the same `da` afterwards, a second call or the
# numeric check itself, starts from another cost. Add into a new array: `da[:, :, t] + da_prevt`.

# %% [markdown]
# ## 10. The bias: (5, 1) against (5, 5)
#
# The third post was an error message:

# %%
dba, dbat = np.zeros((5, 1)), (da[:, :, 0]).sum(axis=1)  # keepdims=True is forgotten
try:
    dba += dbat
except ValueError as message:
    print(message)
dba = dba + dbat
print("with = in the place of +=:", dba.shape, " rows all equal:", bool((dba == dba[0]).all()))

# %% [markdown]
# NumPy aligns shapes from the right: (5, 1) and (5,) are read as (5, 1) and (1, 5), and make a
# (5, 5) square, each row of which holds the whole dba. `+=` cannot store it and complains; `=` does
# not complain. A common cure is to start from `np.zeros(5)`. It hides the matter:

# %%
flat = np.zeros(5) + dbat
updated = p["ba"] - 0.1 * flat
print("ba before:", p["ba"].shape, " after one update:", updated.shape)

# %% [markdown]
# The gradient of `ba` has the shape of `ba`: `np.sum(dz, axis=1, keepdims=True)`.

# %% [markdown]
# ## 11. Scale: 1/m, T and da
#
# Two factors are a matter of contract, and have to be said before anything is differentiated.
#
# - $1/m$: here `da` carries it, from $(\hat y - y)/m$. Behind `da` nobody divides. (The dense layers
#   of lesson 04 divide in `dW`. Both are right; mixing them is not.)
# - $T$: here $J$ is a sum over the steps. Others take the mean.
#
# **Predict.** Divide `dWax`, `dWaa` and `dba` by $m$ once more. Which ratios will a table show?

# %%
def scale(c):
    """The edit that keeps a value and multiplies the derivative that passes by c."""
    return lambda value, seen: value.real + 1j * c * value.imag


again = {f"{w}->z{t}": scale(1 / m) for w in ("Wax", "Waa", "ba") for t in range(1, T + 1)}
mean = {"J": scale(1 / T)}
rows = []
for name in true:
    told = [figures.ratio(gradient(net, name, edits), true[name]) for edits in (again, mean)]
    rows.append((f"d{name}", *map(figures.as_fraction, told)))
figures.Table(("", "1/m again in the weights", "mean over the steps"), rows)

# %% [markdown]
# A seventh ($m = 7$) in three arrays, and dx, da0 right: someone divided behind `da`. A quarter
# ($T = 4$) everywhere: another $J$.

# %% [markdown]
# ## 12. The loss falls all the same
#
# Teach a network to spell: after each character, which comes next? The words are padded with a dot
# at both ends, so that $T = 6$.

# %%
words = "alder aspen beech birch cedar ebony elder hazel holly larch maple olive peach rowan"
rows = [f".{word}." for word in words.split() if len(word) == 5]
letters = sorted(set("".join(rows)))
codes = np.array([[letters.index(c) for c in row] for row in rows])
hot = np.moveaxis(np.eye(len(letters))[codes], 2, 0)  # (characters, words, 7)
x_w, y_w = hot[:, :, :-1], hot[:, :, 1:]
print("x and y:", x_w.shape, " first word:", rows[0][:-1], "->", rows[0][1:])

# %%
def start(n_a, n_c, rng):
    """Small random parameters for n_c characters."""
    sizes = {"Wax": (n_a, n_c), "Waa": (n_a, n_a), "ba": (n_a, 1)}
    sizes |= {"Wya": (n_c, n_a), "by": (n_c, 1)}
    return {name: 0.3 * rng.normal(size=size) for name, size in sizes.items()}

# %%
def forward(x, p):
    """States a_0 ... a_T, the first one zero, and predictions (n_c, m, T)."""
    states = [np.zeros((len(p["ba"]), x.shape[1]))]
    for xt in np.moveaxis(x, 2, 0):
        states.append(np.tanh(p["Waa"] @ states[-1] + p["Wax"] @ xt + p["ba"]))
    e = np.exp(np.einsum("ij,tjm->imt", p["Wya"], np.stack(states[1:])) + p["by"][:, :, None])
    return states, e / e.sum(axis=0)

# %%
def slopes(x, y, p, carry):
    """J and its gradients; without `carry`, da_prevt is left out."""
    states, y_pred = forward(x, p)
    dzy = (y_pred - y) / x.shape[1]
    g = {"Wya": np.einsum("imt,tjm->ij", dzy, np.stack(states[1:]))}
    g |= {"by": dzy.sum(axis=(1, 2))[:, None], "Wax": 0, "Waa": 0, "ba": 0}
    da_prevt = 0
    for t in reversed(range(x.shape[2])):
        dz = (p["Wya"].T @ dzy[:, :, t] + da_prevt) * (1 - states[t + 1] ** 2)
        g["Wax"], g["Waa"] = g["Wax"] + dz @ x[:, :, t].T, g["Waa"] + dz @ states[t].T
        g["ba"], da_prevt = g["ba"] + dz.sum(axis=1, keepdims=True), carry * (p["Waa"].T @ dz)
    return -(y * np.log(y_pred)).sum() / x.shape[1], g

# %% [markdown]
# **Predict.** Two hundred updates, once with the right gradient and once without `da_prevt`. How far
# apart will the two losses end?

# %%
def learn(carry, updates=200, rate=0.2):
    """Loss per character before each update."""
    p, losses = start(16, len(letters), np.random.default_rng(1)), []
    for _ in range(updates):
        J, g = slopes(x_w, y_w, p, carry)
        losses.append(J / x_w.shape[2])
        p = {name: value - rate * g[name] for name, value in p.items()}
    return losses

# %%
losses = {"right gradient": learn(True), "da_prevt missing": learn(False)}
for label, line in losses.items():
    print(f"{label:16}  {line[0]:.3f}  {line[50]:.3f}  {line[100]:.3f}  {line[-1]:.3f}")

# %%
p_w = start(16, len(letters), np.random.default_rng(1))
graph = rnn_graph(x_w, y_w, np.zeros((16, x_w.shape[1])), p_w)
numeric = gradient(graph, at=list(p_w))
errors = {}
for label, carry in (("right gradient", True), ("da_prevt missing", False)):
    g = slopes(x_w, y_w, p_w, carry)[1]
    errors[label] = {f"d{name}": error(g[name], numeric[name]) for name in p_w}
figures.learning_picture(losses, errors, np.log(len(letters)))

# %% [markdown]
# By 0.005, and the wrong one is the lower: 0.478 against 0.483. Above, two curves that a
# reader of the log would call the same; below, errors that are more than ten powers of ten
# apart. dWya and dby are right in both runs. The other three lack `da_prevt`, and still point
# downhill:

# %%
def flat(g):
    """All of the cell's gradients in one vector."""
    return np.concatenate([g[name].ravel() for name in ("Wax", "Waa", "ba")])


u, v = flat(slopes(x_w, y_w, p_w, True)[1]), flat(slopes(x_w, y_w, p_w, False)[1])
print("cosine between the two gradients:", round(u @ v / np.linalg.norm(u) / np.linalg.norm(v), 2))

# %% [markdown]
# So a falling loss proves nothing. A numeric gradient tells right from wrong before the first update.

# %% [markdown]
# ## What you can now answer
#
# 1. *Why `da[:, :, t] + da_prevt`?* Two arrows (4), the chain rule (4), the cut wire in numbers (5),
#    the merged column (6).
# 2. *What is upstream, and who computes `da`?* Sections 8 and 2.
# 3. *Tree or graph?* Section 6: the same sum, in $T(T+1)/2$ calls or in $T$.
# 4. *The total or the immediate derivative?* Section 7: exactly one side has to be total.
# 5. *Why does dba become (5, 5)?* Section 10.
# 6. *Who pays $1/m$?* Section 11: `da` has paid.

# %% [markdown]
# ## Sources
#
# - Deep-learning specialisation, course 5, week 1: cell, names and layout.
# - P. Werbos, "Backpropagation through time: what it does and how to do it", *Proceedings of the
#   IEEE* 78 (1990).
# - R. Williams, D. Zipser, "A learning algorithm for continually running fully recurrent neural
#   networks", *Neural Computation* 1 (1989): forward accumulation.
# - I. Goodfellow, Y. Bengio, A. Courville, *Deep Learning* (2016), section 10.2: the recurrent
#   network and its gradient.
#
# Next: the assignment of the same number, where you write all of this. Then lesson 08: what becomes
# of a signal that passes a hundred cells.
