# %% [markdown]
# # LSTM and GRU: two lanes, and one
#
# **What you will do.** Follow a gradient through a cell that keeps a second state, first with
# numbers, then with arrays, then through time; cut each of its lanes and see what is lost; measure
# how far it gets, beside the network of lesson 08.
#
# **What you will learn.** Why two gradients arrive at $c$, and why their sum stands once, in
# brackets; which carry of the loop is added to something; what sets the factor by which a gradient
# shrinks from step to step; how a GRU does it with one state.
#
# **What you need.** Lesson 07: the two arrows into a state, and the sum over the steps. Lesson 08: why
# a product of many Jacobians fades. The exercises are in the assignment of the same number.
#
# <details>
# <summary><b>Words</b> used here and what they mean (24)</summary>
#
# - **axis**: one direction of an array: a table has axis 0, down its rows, and axis 1, along its columns
# - **backward pass**: computing the derivatives, from the cost to the inputs
# - **bias**: a number that a unit adds to its weighted sum; it is learnt
# - **cache**: what a forward function keeps for its backward function
# - **carry**: what a loop hands from one step to the next
# - **cell**: in a recurrent network: the computation of one step in time; in a notebook: one box of text or code
# - **chain rule**: the derivative along a path is the product of the slopes on it; over several paths, the sum of these products
# - **example**: one set of inputs, with its label if it has one
# - **forward pass**: computing the values, from the inputs to the cost
# - **gradient**: all partial derivatives of one number with respect to an array, in the shape of the array
# - **Jacobian**: the table of all partial derivatives of a vector with respect to a vector
# - **layer**: one stage of a network: it takes numbers and gives numbers
# - **layout**: which axis of an array counts what. Columns or rows may be examples; and a Jacobian has two layouts of its own, numerator and denominator
# - **loss**: one number that says how wrong the network is on one example
# - **recurrent**: used again at each step in time, with the same weights
# - **sigmoid**: 1 / (1 + exp(-z)), which makes a number between 0 and 1 of any number
# - **slope**: how fast one value moves with another: the derivative of one operation
# - **state**: in a recurrent network: what one step hands to the next
# - **tanh**: the hyperbolic tangent, an activation with values between -1 and 1 and slope 1 - tanh²
# - **unit**: one number that a layer gives for each example, with the weights that make it
# - **view**: an array that shares its memory with another one: change one, and both change
# - **weight**: a number that an input of a unit is multiplied with; it is learnt
# - **wire**: in a graph: the way from one value into another that uses it
# - **∂**: ∂J/∂w is a partial derivative: how fast J moves when w alone is moved
#
# </details>

# %% [markdown]
# ## Symbols
#
# Layout and names are those of the deep-learning specialisation: columns are examples, time is the
# last axis. Formulas count steps from 1; arrays count from 0. $*$ is entry by entry.
#
# | symbol | code | shape |
# |---|---|---|
# | input of step $t$ | `x[:, :, t - 1]` | $(n_x, m)$ |
# | hidden state $a_t$, cell state $c_t$ | `a`, `c` | $(n_a, m)$ |
# | the stack $u_t = [a_{t-1}; x_t]$, one above the other | `u` | $(n_a + n_x, m)$ |
# | gates $f, i, o$; candidate $\tilde c$ | `f`, `i`, `o`, `cc` | $(n_a, m)$ |
# | their values before sigmoid or tanh | $z_f, z_i, z_o, z_c$ | $(n_a, m)$ |
# | weights, biases of each, `k` one of f, i, c, o | `Wk`, `bk` | $(n_a, n_a + n_x)$, $(n_a, 1)$ |
#
# An array called $dQ$ is $\partial J / \partial Q$, with the shape of $Q$. Three names are parts of one:
# `da` comes from the step's own loss, `da_prevt` and `dc_next` from the step after it. In
# the loops below `t` counts from 0.

# %%
import numpy as np

from autograder import figures
from autograder.networks import upstream_graph
from autograder.networks.gru import gru_cell_graph
from autograder.networks.lstm import lstm_cell_graph, lstm_graph
from autograder.oracle import gradient

# %%
def agree(a, b):
    """True if two arrays are equal up to rounding."""
    return a.shape == b.shape and bool(np.allclose(a, b, rtol=1e-10, atol=1e-12))


def error(found, true):
    """The largest deviation, as a fraction of the largest true entry."""
    return float(np.abs(found - true).max() / np.abs(true).max())

# %% [markdown]
# ## 1. Two lanes
#
# The network of lesson 07 has one state, and every step sends all of it through the same matrix and a
# tanh. In lesson 08 that was the trouble: after sixty such factors a gradient has faded away, or
# has grown out of all proportion.
#
# The LSTM (long short-term memory; Hochreiter and Schmidhuber, 1997) keeps a second state, the *cell
# state* $c$, and changes it by a multiplication and an addition, entry by entry:
#
# $$c_t = f_t * c_{t-1} + i_t * \tilde c_t .$$
#
# An array of numbers between 0 and 1 that multiplies another one entry by entry is called a **gate**.
# $f$, the forget gate, says how much of the old state stays; $i$, the input gate, how much of the
# candidate $\tilde c$ is written. What the cell shows of $c$ goes through a third one, the output
# gate: $a_t = o_t * \tanh(c_t)$. Each of the four is a layer that reads the stack:
#
# $$f = \sigma(W_f u + b_f), \quad i = \sigma(W_i u + b_i), \quad o = \sigma(W_o u + b_o), \quad
# \tilde c = \tanh(W_c u + b_c) .$$

# %%
figures.lanes_picture(3)

# %% [markdown]
# Two lanes run through time, $c$ above and $a$ below. On the lower one every step is a matrix and
# a tanh or sigmoid, as ever. On the upper one it is a factor $f_t$ and nothing else. (The gate
# $f_t$ is made of $u_t$ as well; the picture writes it at the wire that it multiplies.)

# %% [markdown]
# ## 2. A cell of size 1, number by number
#
# Take $n_x = n_a = m = 1$. Every state and every gate is a number, and each derivative is a slope. To be asked something, the cell needs a $J$. Let the rest of the network hear $a_1$ with the
# slope $da = 2$ and $c_1$ with the slope $dc_{next} = -1$.

# %%
small = {"Wf": [[0.5, -1.0]], "Wi": [[1.0, 0.5]], "Wc": [[-0.5, 1.0]], "Wo": [[1.0, 1.0]]}
small = {name: np.array(w) for name, w in small.items()}
small |= {"b" + k: np.array([[0.5]]) for k in "fico"}
x1, a_0, c_0 = (np.array([[value]]) for value in (0.5, -0.4, 1.2))
da, dc_next = 2.0, -1.0
one = lstm_cell_graph(x1, a_0, c_0, small, np.array([[da]]), np.array([[dc_next]]))
f, i, cc, o, c, a = (one.value(n).item() for n in ("f1", "i1", "cc1", "o1", "c1", "a1"))
print(f"f {f:.4f}   i {i:.4f}   candidate {cc:.4f}   o {o:.4f}")
print(f"c = f c_0 + i cc = {f * c_0.item() + i * cc:.4f}   a = o tanh(c) = {o * np.tanh(c):.4f}")

# %% [markdown]
# ## 3. Two ways out of c
#
# Nudge $c_1$ by a small $\varepsilon$. The next step reads it: $J$ moves by $dc_{next}\,\varepsilon$.
# And $a_1 = o \tanh(c_1)$ moves by $o\,(1 - \tanh^2 c_1)\,\varepsilon$, which $J$ hears with the
# slope $da$. Two ways out, so two contributions, and the chain rule adds them:
#
# $$dc = dc_{next} + da \; o \; (1 - \tanh^2 c) .$$

# %%
figures.lanes_picture(2, fork=1)

# %%
along, through_a = gradient(one, ["c1->J", "c1->th1"]).values()
print(f"along the lane: {along.item():.4f}   through a: {through_a.item():.4f}", end="   ")
print(f"by the formula: {da * o * (1 - np.tanh(c) ** 2):.4f}")
dc = dc_next + da * o * (1 - np.tanh(c) ** 2)
print(f"dc: {dc:.4f}   by the oracle: {gradient(one, 'c1').item():.4f}")

# %% [markdown]
# Everything that $c_1$ is made of hears $J$ through this one number. Its line is
# $c = f c_0 + i \tilde c$, two products, and a product hands to each factor the other one:
#
# $$df = dc \cdot c_0, \qquad dc_0 = dc \cdot f, \qquad di = dc \cdot \tilde c, \qquad
# d\tilde c = dc \cdot i .$$
#
# The output gate is not in it. It stands in $a = o \tanh(c)$: $do = da \cdot \tanh(c)$.

# %%
lines = {"f1": dc * c_0.item(), "c0": dc * f, "i1": dc * cc, "cc1": dc * i, "o1": da * np.tanh(c)}
for node, mine in lines.items():
    print(f"at {node:4} {mine: .6f}   oracle {gradient(one, node).item(): .6f}")

# %% [markdown]
# **Predict.** One way is forgotten, `dc = da * o * (1 - tanh(c)**2)`. Which of the five lines go
# wrong, and for which $dc_{next}$ is everything right?

# %%
forgetful = da * o * (1 - np.tanh(c) ** 2)
for node, wrong in (("f1", forgetful * c_0.item()), ("c0", forgetful * f), ("o1", da * np.tanh(c))):
    print(f"at {node:4} {wrong: .6f}   right: {gradient(one, node).item(): .6f}")

# %% [markdown]
# All but the output gate's. And with $dc_{next} = 0$ nothing is wrong. That is the value at the *last*
# step of a sequence, where nobody reads $c$ but its own $a$. So a test of one cell that sets
# $dc_{next}$ to zero, or of a sequence of one step, lets this slip pass.

# %% [markdown]
# ## 4. Each gate has its own way
#
# Now with arrays. Everything of section 3 is entry by entry and stays as it is. From each gate the
# way goes on through its own slope to its $z$:
#
# $$dz_f = dc * c_{prev} * f * (1 - f), \quad dz_i = dc * \tilde c * i * (1 - i), \quad
# dz_c = dc * i * (1 - \tilde c^2), \quad dz_o = da * \tanh(c) * o * (1 - o) .$$
#
# The slope of the sigmoid is $f (1 - f)$, made of its value; that of tanh is $1 - \tilde c^2$, as
# $\tilde c$ came out of a tanh. In $dc$ it is $1 - \tanh^2 c$, as $c$ goes into one. (The
# specialisation calls $dz_f$ `dft`, and so on: its names say gate, its arrays are these.)

# %%
rng = np.random.default_rng(90)
n_x, n_a, m, T = 3, 5, 7, 4
p = {"W" + k: 0.4 * rng.normal(size=(n_a, n_a + n_x)) for k in "fico"}
p |= {"b" + k: 0.3 * rng.normal(size=(n_a, 1)) for k in "fico"}
x, a0, c0 = rng.normal(size=(n_x, m, T)), 0.5 * rng.normal(size=(n_a, m)), np.zeros((n_a, m))
da_all = rng.normal(size=(n_a, m, T))  # as if each step had a loss of its own
c_prev, dc_random = rng.normal(size=(2, n_a, m))
cell = lstm_cell_graph(x[:, :, 0], a0, c_prev, p, da_all[:, :, 0], dc_random)

# %%
def dz_of(v, da, dc, c_prev):
    """The four dz; v holds the values of the cell."""
    f, i, o, cc = (v[name] for name in ("f", "i", "o", "cc"))
    dz = {"f": dc * c_prev * f * (1 - f), "i": dc * cc * i * (1 - i)}
    return dz | {"c": dc * i * (1 - cc**2), "o": da * v["th"] * o * (1 - o)}


def values(graph, t):
    """f, i, cc, o, c, tanh(c) and u of step t."""
    return {name: graph.value(f"{name}{t}") for name in ("f", "i", "cc", "o", "c", "th", "u")}

# %%
v = values(cell, 1)
dc = dc_random + da_all[:, :, 0] * v["o"] * (1 - v["th"] ** 2)
dz = dz_of(v, da_all[:, :, 0], dc, c_prev)
print("right:", {"z" + k: agree(d, gradient(cell, f"z{k}1")) for k, d in dz.items()})

# %% [markdown]
# `dc` stands once, and then it is used. Many solutions write it out in each line, and lose a pair of
# brackets: `dc_next * i + o * (1 - th**2) * i * da * (1 - cc**2)`. The slope of the candidate then
# multiplies the second term alone. An edition of the course printed it without these brackets.
#
# **Predict.** For which $dc_{next}$ is this line right?

# %%
def without_brackets(dc_next):
    second = v["o"] * (1 - v["th"] ** 2) * v["i"] * da_all[:, :, 0]
    return dc_next * v["i"] + second * (1 - v["cc"] ** 2)


for told, arriving in (("zero", np.zeros((n_a, m))), ("random", dc_random)):
    graph = lstm_cell_graph(x[:, :, 0], a0, c_prev, p, da_all[:, :, 0], arriving)
    off = error(without_brackets(arriving), gradient(graph, "zc1"))
    print(f"dc_next {told:7} error of dzc {off:.2f}")

# %% [markdown]
# For zero again. The two slips of this section and of section 3 have the same hiding place.

# %% [markdown]
# ## 5. The stack, cut back
#
# Four linear layers read the same $u$. With indices, $z_{f,ik} = \sum_j W_{f,ij} u_{jk} + b_{f,i}$:
# $W_{f,ij}$ meets $u_{jk}$ in every example $k$, $b_{f,i}$ is in every example, and $u_{jk}$ is
# in all four $z$ and in each for every $i$. So
#
# $$dW_{f,ij} = \sum_k dz_{f,ik} u_{jk}, \qquad db_{f,i} = \sum_k dz_{f,ik}, \qquad
# du_{jk} = \sum_{g} \sum_i W_{g,ij}\, dz_{g,ik},$$
#
# that is $dW_f = dz_f u^T$, a sum over the columns of $dz_f$, and
# $du = W_f^T dz_f + W_i^T dz_i + W_c^T dz_c + W_o^T dz_o$. Rows $1$ to $n_a$ of $u$ are $a_{prev}$,
# the rest is $x_t$, and so it is with $du$.

# %%
du = sum(p["W" + k].T @ dz[k] for k in "fico")
print("du:", du.shape, "  W:", p["Wf"].shape)
print("first rows are da_prev:", agree(du[:n_a], gradient(cell, "a0")))
print("the others are dxt:    ", agree(du[n_a:], gradient(cell, "x")))
print("dWf:", agree(dz["f"] @ v["u"].T, gradient(cell, "Wf")), end="   ")
print("dbf:", agree(dz["f"].sum(axis=1, keepdims=True), gradient(cell, "bf")))

# %% [markdown]
# Uncut, `da_prev` has $n_a + n_x$ rows, and the loop through time breaks down at the next
# step, which is the best that can happen to a slip. One that does not break down: to leave out one
# of the four terms.

# %%
rows = []
for letter in "fico":
    without = sum(p["W" + k].T @ dz[k] for k in "fico" if k != letter)
    cut = {f"u1->z{letter}1": lambda value, seen: value.real}
    same = agree(without[:n_a], gradient(cell, "a0", edits=cut))
    off = error(without[:n_a], gradient(cell, "a0"))
    rows.append((f"z{letter}", f"{off:.2f}", "yes" if same else "no"))
figures.Table(("term left out", "error of da_prev", "gradient with that wire cut"), rows)

# %% [markdown]
# ## 6. Two carries through time
#
# $a_t$ has two readers, its own loss and the next stack. That was lesson 07: what arrives is
# `da[:, :, t] + da_prevt`. $c_t$ has two readers as well, $a_t$ and $c_{t+1}$, but the first of
# them is inside the cell. So on the lane of $c$ only one gradient comes in from outside: `dc_prevt`,
# and there is nothing to add it to. At the last step both carries are zero.

# %%
def cell_back(graph, t, da, dc_next):
    """da_prev, dc_prev, dxt, and dW and db of all four, of step t."""
    v, c_prev = values(graph, t), graph.value(f"c{t - 1}")
    dc = dc_next + da * v["o"] * (1 - v["th"] ** 2)
    dz = dz_of(v, da, dc, c_prev)
    du = sum(p["W" + k].T @ dz[k] for k in "fico")
    weights = {"dW" + k: dz[k] @ v["u"].T for k in dz}
    weights |= {"db" + k: dz[k].sum(axis=1, keepdims=True) for k in dz}
    return du[:n_a], dc * v["f"], du[n_a:], weights

# %%
def back_through(graph, carry=("a", "c")):
    """dx, da0 and the gradients of the weights; only the lanes in `carry` are handed on."""
    dx, total = np.zeros(x.shape), {}
    da_prevt, dc_prevt = np.zeros((n_a, m)), np.zeros((n_a, m))
    for t in reversed(range(T)):
        one = cell_back(graph, t + 1, da_all[:, :, t] + da_prevt, dc_prevt)
        da0, dc_prev, dx[:, :, t], weights = one
        da_prevt = da0 if "a" in carry else 0 * da0
        dc_prevt = dc_prev if "c" in carry else 0 * dc_prev
        total = {name: total.get(name, 0) + part for name, part in weights.items()}
    return {"dx": dx, "da0": da0, **total}

# %%
net = lstm_graph(x, a0, c0, p, da_all)
true = {f"d{n}": g for n, g in gradient(net, ["x", "a0", *p]).items()}
full = back_through(net)
print("right:", all(agree(full[name], true[name]) for name in true))

# %% [markdown]
# Each lane can be dropped, and each time what comes out is the exact gradient of a network whose wires
# in that lane are cut: values pass, nothing comes back.

# %%
figures.lanes_picture(3, {"c1->c2": "cut", "c2->c3": "cut", "a1->u2": "cut", "a2->u3": "cut"})

# %%
next_of = {"a": "u", "c": "c"}  # what a and c of one step feed in the next
rows = []
for told, carry in (("a", "c"), ("c", "a"), ("both", "")):
    ends = [(k, to) for k, to in next_of.items() if k not in carry]
    cut = [f"{k}{t}->{to}{t + 1}" for k, to in ends for t in range(1, T)]
    edits = {wire: (lambda value, seen: value.real) for wire in cut}
    found, of_cut = back_through(net, carry), gradient(net, ["x", "Wf"], edits=edits)
    same = agree(found["dx"], of_cut["x"]) and agree(found["dWf"], of_cut["Wf"])
    off = [f"{error(found['dx'][:, :, t], true['dx'][:, :, t]):.2f}" for t in range(T)]
    off_W = f"{error(found['dWf'], true['dWf']):.2f}"
    rows.append((told, ", ".join(off), off_W, "yes" if same else "no"))
figures.Table(("left out", "error of dx, steps 1 to 4", "of dWf", "gradient of the cut"), rows)

# %% [markdown]
# At the last step everything is right, whichever is left out. More than half of the public solutions
# that were read for this course leave out both, and most of them because one line is missing: the one
# that gives `da_prevt` and `dc_prevt` their new values. The two zeros from before the loop are added
# faithfully, step after step.
#
# The other sums are those of lesson 07. A weight is used at every step: `dWf` is added up over $t$.
# $x_t$ is read once: `dx[:, :, t] = ...`. Whoever made `da` has paid $1/m$; nobody behind it divides.

# %% [markdown]
# ## 7. Caches that share
#
# The cell needs $c_{prev}$ on its way back: it is the factor of the forget gate. The usual loop fills
# `c[:, :, t] = c_next`, and it is tempting to begin with `c_next = c[:, :, 0]`, which is zero at that
# moment. **Predict.** What does the first cache hold after the loop?

# %%
c_all = np.zeros((n_a, m, T))
c_next, kept = c_all[:, :, 0], []  # a view: it has no numbers of its own
for t in range(T):
    kept.append(c_next)
    c_next = net.value(f"c{t + 1}")
    c_all[:, :, t] = c_next
print("kept[0] is c_1:", agree(kept[0], net.value("c1")))
v1 = values(net, 1)
total_c1, total_a1 = gradient(net, ["c1", "a1"]).values()
wrong, right = (dz_of(v1, total_a1, total_c1, c)["f"] for c in (kept[0], c0))
largest, wanted = np.abs(wrong).max(), np.abs(right).max()
print(f"dzf of step 1, largest entry: {largest:.2f}, right is {wanted:.2f}")

# %% [markdown]
# The forward pass is right, every other step is right, and `dx[:, :, 0]`, `da0`, `dWf` and `dbf` are
# not. At $t = 1$ the forget gate multiplies zero, so its $z$ has the gradient zero; with the view it
# meets $c_1$. Start with an array of its own, `np.zeros((n_a, m))`, and copy the slices of `x`.

# %% [markdown]
# ## 8. Why the lane of c does not fade
#
# In the network of lesson 07 one step back is $\text{diag}(1 - a_t^2)\, W_{aa}$, transposed. Straight
# along the lane of $c$ it is $\text{diag}(f_t)$: from $c_t = f_t * c_{t-1} + \dots$ follows
#
# $$\frac{\partial c_T}{\partial c_0} = \text{diag}(f_T * f_{T-1} * \dots * f_1) \qquad
# \text{(straight along the lane, the other ways not counted)}.$$
#
# Sixty steps of $f = 1/2$ leave $10^{-18}$; sixty of $f = 0.95$ leave $0.05$. A matrix has to be
# tuned so that its product neither fades nor grows, in all directions at once. A gate is a number in
# $(0, 1)$ for each unit: it cannot make anything grow, and where it is near 1 next to nothing fades.
#
# The measurement is that of lesson 08: sixty steps, one loss at the end.

# %%
def lstm_norms(bias, n=16, steps=60):
    """Norms of dJ/dc_t and dJ/da_t for t = 0, ..., T - 1, and straight along the lane of c."""
    rng, upstream = np.random.default_rng(8), np.zeros((n, 1, steps))
    q = {"W" + k: rng.normal(size=(n, n + 3)) / np.sqrt(n + 3) for k in "fico"}
    q |= {"b" + k: np.zeros((n, 1)) for k in "ico"} | {"bf": np.full((n, 1), float(bias))}
    upstream[:, 0, -1] = 1 / np.sqrt(n)
    inputs, zero = rng.normal(size=(3, 1, steps)), np.zeros((n, 1))
    graph = lstm_graph(inputs, zero, zero, q, upstream)
    found = gradient(graph, [f"{lane}{t}" for lane in "ca" for t in range(steps)])
    lanes = {k: [np.linalg.norm(found[f"{k}{t}"]) for t in range(steps)] for k in "ca"}
    gates = [graph.value(f"f{t}") for t in range(1, steps + 1)]
    return lanes, [np.linalg.norm(np.prod(gates[t:], axis=0)) / np.sqrt(n) for t in range(steps)]

# %%
def rnn_norms(scale, n=16, steps=60):
    """Norms of dJ/da_t in the network of lesson 08, Waa a rotation times a scale."""
    rng = np.random.default_rng(8)
    Waa = scale * np.linalg.qr(rng.normal(size=(n, n)))[0]
    q = {"Waa": Waa, "Wax": 0.1 * rng.normal(size=(n, 3)), "ba": np.zeros((n, 1))}
    upstream = np.zeros((n, 1, steps))
    upstream[:, 0, -1] = 1 / np.sqrt(n)
    inputs, start = rng.normal(size=(3, 1, steps)), 0.1 * rng.normal(size=(n, 1))
    graph = upstream_graph(inputs, start, q, upstream)
    return [np.linalg.norm(g) for g in gradient(graph, [f"a{t}" for t in range(steps)]).values()]

# %% [markdown]
# **Predict.** Two LSTMs that differ in one number, the bias of the forget gate: 0, so that $f$ is about
# $1/2$, and 3, so that it is about $0.95$. Where beside the curves of lesson 08 will they lie?

# %%
curves = {f"RNN, scale {scale:g}": np.array(rnn_norms(scale)) for scale in (0.7, 0.9)}
straight = {}
for bias in (0, 3):
    lanes, straight[bias] = lstm_norms(bias)
    curves[f"LSTM, c, bias {bias}"] = np.array(lanes["c"])
figures.norms_picture(curves, "norm of dJ/dc_t, of the RNN dJ/da_t")

# %% [markdown]
# Read from right to left. The two recurrent networks fade as in lesson 08. The LSTM whose
# forget gate stands half open fades faster still. The one with a bias of 3 has lost about half after
# sixty steps.

# %%
rows = []
for bias in (0, 3):
    lanes, alone = lstm_norms(bias)
    at_last = np.array(lanes["c"][-1])
    found = [f"{lanes['c'][0]:.1e}", f"{lanes['a'][0]:.1e}", f"{alone[0]:.1e}"]
    per_step = (lanes["c"][0] / at_last) ** (1 / (len(alone) - 1))
    rows.append((str(bias), *found, f"{per_step:.2f}"))
head = ("bias of f", "‖dJ/dc_0‖", "‖dJ/da_0‖", "product of the f", "factor per step")
figures.Table(head, rows)

# %% [markdown]
# Nothing was learnt. One number was set, and that is the point: in the plain network the factor of a
# step is a by-product of a matrix that has other things to do. Here it is a gate of its own, and the
# network can learn when to hold it open. It does not follow that an LSTM never forgets: at a bias of
# 0 it does, and a gate that closes cuts the lane for good. Nor that nothing grows: the lower lane is
# still a matrix. The measured values differ from the bare products: what arrives at
# the last $c$ is not 1, and there are other ways from $c_t$ to $c_{t+1}$ than the straight one, through
# $a_t$ and the next stack.

# %% [markdown]
# ## 9. The GRU: one lane
#
# The gated recurrent unit (Cho and others, 2014) keeps the idea and drops the second state. In the
# names of the specialisation the state is $c$. Here $u$ is the **update gate** and $r$ the **reset
# gate**:
#
# $$u = \sigma(W_u [c_{prev}; x] + b_u), \quad r = \sigma(W_r [c_{prev}; x] + b_r), \quad
# \tilde c = \tanh(W_c [r * c_{prev}; x] + b_c),$$
# $$c_{next} = u * \tilde c + (1 - u) * c_{prev} .$$
#
# What is written and what is kept add up to 1. Count the places at which the state is read: straight
# into $c_{next}$; in the stack of the two gates; and times $r$ in the stack of the candidate. So
# $dc_{prev}$ has three terms:
#
# $$dc_{prev} = dc * (1 - u) \;+\; (W_u^T dz_u + W_r^T dz_r)_{1..n_a} \;+\;
# r * (W_c^T dz_c)_{1..n_a} .$$
#
# $u$ is read twice, with opposite signs: $du = dc * (\tilde c - c_{prev})$. And $r$ hears $J$
# through the candidate only, so $dz_c$ comes first.

# %%
q = {"W" + k: 0.4 * rng.normal(size=(n_a, n_a + n_x)) for k in "urc"}
q |= {"b" + k: 0.3 * rng.normal(size=(n_a, 1)) for k in "urc"}
gru = gru_cell_graph(x[:, :, 0], c_prev, q, dc_random)
u, r, cc = (gru.value(name) for name in ("u1", "r1", "cc1"))
dzu = dc_random * (cc - c_prev) * u * (1 - u)
dzc = dc_random * u * (1 - cc**2)
back = (q["Wc"].T @ dzc)[:n_a]  # at r * c_prev
dzr = back * c_prev * r * (1 - r)

# %%
terms = {
    "straight": dc_random * (1 - u),
    "through the gates": (q["Wu"].T @ dzu + q["Wr"].T @ dzr)[:n_a],
    "through the candidate": r * back,
}
true_c = gradient(gru, "c0")
print("the three terms together are right:", agree(sum(terms.values()), true_c))
for told, term in terms.items():
    wire = {"straight": "c0->c1", "through the gates": "c0->v1", "through the candidate": "c0->rc1"}
    same = agree(term, gradient(gru, wire[told]))
    print(f"{told:22} is its wire's: {same}   error without it {error(true_c - term, true_c):.2f}")

# %% [markdown]
# Other texts and libraries write $h$ for the state and $z$ for the update gate, and some let it say
# what is *kept*: $h = z * h_{prev} + (1 - z) * \tilde h$. It is the same network with $z = 1 - u$,
# and a backward pass written for the one is wrong for the other. Read the forward line first.

# %% [markdown]
# ## What you can now answer
#
# 1. *Why `dc_next + da * o * (1 - tanh(c)**2)`?* $c$ has two readers (3).
# 2. *Why is it set down once?* $f$, $i$, $\tilde c$ and $c_{prev}$ all use it, and brackets get lost (4).
# 3. *Which carry is added to something?* That of $a$, whose step has a loss of its own (6).
# 4. *Why does a test of one step prove little?* The lane of $c$ is silent at the last step (3, 4, 6).
# 5. *Why does the lane of c not fade?* It does, by $f$ a step; and $f$ is the network's own (8).
# 6. *How many terms has `dc_prev` of a GRU?* As many as its state has readers: three (9).

# %% [markdown]
# ## Sources
#
# - S. Hochreiter, J. Schmidhuber, "Long short-term memory", *Neural Computation* 9 (1997).
# - F. Gers, J. Schmidhuber, F. Cummins, "Learning to forget: continual prediction with LSTM", *Neural
#   Computation* 12 (2000): the forget gate.
# - K. Cho and others, "Learning phrase representations using RNN encoder-decoder for statistical
#   machine translation" (2014): the GRU.
# - R. Jozefowicz, W. Zaremba, I. Sutskever, "An empirical exploration of recurrent network
#   architectures" (2015): the bias of the forget gate.
# - deeplearning.ai, *Sequence Models*, week 1: names, signatures, order of caches.
#
# Next: the assignment of the same number.
