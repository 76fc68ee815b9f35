# %% [markdown]
# # The clinic: a name from numbers
#
# **What you will do.** Follow the examination of two wrong backward passes: measure, rule out, name the
# mistake, and check the name.
#
# **What you will learn.** Four questions in an order: which shape, which ratio, on which instance it is
# right, at which node it begins. Why an instance on which a wrong gradient is *right* tells most. What
# a set of numbers cannot tell.
#
# **What you need.** Units 04 and 07. The assignment of the same number has twelve patients, from units
# 02 to 09.
#
# <details>
# <summary><b>Words</b> used here and what they mean (18)</summary>
#
# - **axis**: one direction of an array: a table has axis 0, down its rows, and axis 1, along its columns
# - **backward pass**: computing the derivatives, from the cost to the inputs
# - **carry**: what a loop hands from one step to the next
# - **cell**: in a recurrent network: the computation of one step in time; in a notebook: one box of text or code
# - **cost**: one number that says how wrong the network is on all examples together, written J: the mean of the losses
# - **example**: one set of inputs, with its label if it has one
# - **forward pass**: computing the values, from the inputs to the cost
# - **gradient**: all partial derivatives of one number with respect to an array, in the shape of the array
# - **hidden layer**: a layer, or a unit, that is neither input nor output
# - **instance**: one set of random inputs on which a check runs your function
# - **layer**: one stage of a network: it takes numbers and gives numbers
# - **loss**: one number that says how wrong the network is on one example
# - **node**: one value in a graph of a computation
# - **numeric gradient**: a gradient found by running forward at inputs that were moved a little; it knows no formula
# - **recurrent**: used again at each step in time, with the same weights
# - **slope**: how fast one value moves with another: the derivative of one operation
# - **unit**: one number that a layer gives for each example, with the weights that make it
# - **wire**: in a graph: the way from one value into another that uses it
#
# </details>

# %% [markdown]
# ## 1. Four questions
#
# A wrong gradient raises no error. What you have is your backward pass, and the numeric gradient from
# the way forward. Reading the code again finds what you already doubt. So ask the numbers:
#
# | | question | what it rules out |
# |---|---|---|
# | 1 | **shape**: has each gradient the shape of its array? | if yes: transposes and sums over a wrong axis, where sizes differ |
# | 2 | **ratio**: is it one number times the numeric gradient? | if yes: every wrong matrix, slope or index |
# | 3 | **instance**: on which inputs is it right? | each mistake that would show there |
# | 4 | **node**: where on the way back does it begin? | everything before that node |
#
# The first two cost one line each. The third takes an instance that you make on purpose, the fourth
# gradients that your function does not return.

# %%
import numpy as np

from autograder import figures
from autograder.networks import mlp_graph
from autograder.networks.rnn import upstream_graph
from autograder.oracle import gradient

# %% [markdown]
# Each patient has one mistake. The patients of this lesson are made by editing a graph, as in lesson 04: an
# **edit** changes what a wire carries back, and leaves the value alone. That is the way `check` makes its
# suspects, too. A line with `edits=` holds the answer; read past it the first time. In the assignment nobody
# shows it to you.

# %%
def carries(factor):
    """An edit: the value stays, the derivative is multiplied."""
    return lambda value, seen: value.real + 1j * factor * value.imag

# %% [markdown]
# ## 2. The first patient
#
# A network of three layers in columns, $m = 5$ examples. The patient returns `dW1` to `db3`.

# %%
def network(m, seed=10):
    """Three layers, 4 inputs, widths 3, 2, 1."""
    rng, sizes = np.random.default_rng(seed), (4, 3, 2, 1)
    p = {f"W{n}": rng.normal(size=(sizes[n], sizes[n - 1])) for n in (1, 2, 3)}
    p |= {f"b{n}": rng.normal(size=(sizes[n], 1)) for n in (1, 2, 3)}
    Y = np.arange(m).reshape(1, m) % 2.0
    return mlp_graph(rng.normal(size=(4, m)), Y, p, ["tanh", "tanh", "sigmoid"])

# %%
NAMES = ["W3", "b3", "W2", "b2", "W1", "b1"]


def patient_1(net):
    """What the first patient returns."""
    m = net.value("A0").shape[1]
    return gradient(net, at=NAMES, edits={f"A{n}->Z{n + 1}": carries(1 / m) for n in (1, 2)})

# %% [markdown]
# **Question 1, the shape.**

# %%
net = network(m=5)
found, right = patient_1(net), gradient(net, at=NAMES)
all(found[name].shape == right[name].shape for name in NAMES)

# %% [markdown]
# All shapes fit. The widths 4, 3, 2, 1 and $m = 5$ are five different sizes, so a transpose or a sum over the
# other axis would have shown. That leaves factors, slopes, matrices of the right shape, and indices.
#
# **Question 2, the ratio.** `figures.ratio` gives the one number by which two arrays differ, if there is
# one.
#
# **Predict.** Which ratios would stand in the next table, if 1/m were forgotten altogether? And which, if it
# were paid twice?

# %%
rows = [(f"d{k}", figures.as_fraction(figures.ratio(found[k], right[k]))) for k in NAMES]
figures.Table(("gradient", "returned / numeric"), rows)

# %% [markdown]
# *Answer.* Forgotten, it would be 5 in each row; paid twice, 1/5 in each row. It is neither. The last layer
# is right, the next one is too small by 5, the first by 25: **one factor more for each layer that is
# passed**. A single number in each row rules out every wrong slope and every wrong matrix at once.
#
# Is it $m$, or a 5 of another origin? Change $m$ and nothing else.

# %%
def ratios(m):
    """Returned / numeric for W3, W2, W1."""
    net = network(m)
    found, right = patient_1(net), gradient(net, at=NAMES)
    return [figures.as_fraction(figures.ratio(found[k], right[k])) for k in ("W3", "W2", "W1")]

# %%
figures.Table(("m", "dW3", "dW2", "dW1"), [(str(m), *ratios(m)) for m in (1, 5, 7)])

# %% [markdown]
# It follows $m$. So 1/m stands where the signal goes from a layer to the one before it, in a line such as
# `dA_prev = W.T @ dZ / m`, and this is `one-over-m-per-layer`. The first row says where it hides: with
# one example nobody can see it. With one hidden layer `dW1` and `db1` are too small, by 1/m, and nothing else
# is; it takes a third layer to see that there is one factor more for each.

# %% [markdown]
# ## 3. Where it is right
#
# Before the second patient, a list to keep. Each line is an instance on which some mistakes are invisible. It
# speaks in both cases: a patient who goes wrong on it just as elsewhere has none of *these* mistakes; one who
# is right on it, and wrong elsewhere, has a mistake that it hides.
#
# | instance | mistakes that are not seen on it |
# |---|---|
# | $m = 1$ | every mistake in 1/m; a sum over examples that is missing |
# | all widths equal | wrong shapes: $W$ for $W^T$ raises no error |
# | $W$ symmetric | $W$ for $W^T$ |
# | the same $W$ in all layers | the $W$ of a neighbouring layer |
# | linear layers | a slope $g'$ that is missing, or taken at another argument |
# | $T = 1$ | nearly every mistake about time |
# | the gradient comes in at the last step alone | losses of earlier steps that are forgotten |
# | $\lambda = 0$, nothing dropped | every mistake about regularisation |
#
# A test that runs on one of these alone is a test that the mistakes of its line pass.
#
# One line of it, checked: $W$ for $W^T$ on the way from layer 3 to layer 2, with all widths 3.

# %%
rng = np.random.default_rng(3)
W, dZ = rng.normal(size=(3, 3)), rng.normal(size=(3, 5))
symmetric = (W + W.T) / 2
for name, matrix in {"any W": W, "W symmetric": symmetric}.items():
    print(f"{name:12} W @ dZ is W.T @ dZ: {np.allclose(matrix @ dZ, matrix.T @ dZ)}")

# %% [markdown]
# ## 4. The second patient
#
# A recurrent network in columns, three steps, as in unit 07: $a_t = \tanh(W_{ax} x_t + W_{aa} a_{t-1} + b_a)$, and
# `da[:, :, t]` comes in at each step. Four suspects:
#
# - `bptt-missing-da-prevt`: nothing is handed on from a step to the one before it,
# - `waa-no-transpose`: `Waa` for `Waa.T`,
# - `bptt-last-loss-only`: `da` enters at the last step, and at no other,
# - `bptt-overwrite-not-accumulate`: `dWaa = ...` where `dWaa += ...` belongs.

# %%
def recurrent(T=3, only_last=False, symmetric=False, seed=20):
    """The graph of J = sum(da * a), with n_x = 2, n_a = 3, m = 4."""
    rng = np.random.default_rng(seed)
    Waa = rng.normal(size=(3, 3))
    Waa = (Waa + Waa.T) / 2 if symmetric else Waa
    p = {"Wax": rng.normal(size=(3, 2)), "Waa": Waa, "ba": rng.normal(size=(3, 1))}
    da = rng.normal(size=(3, 4, T))
    da[..., :-1] *= not only_last
    return upstream_graph(rng.normal(size=(2, 4, T)), rng.normal(size=(3, 4)), p, da), da

# %%
ARRAYS = ["a0", "Wax", "Waa", "ba"]


def patient_2(net, at, T=3):
    """What the second patient has at these nodes."""
    return gradient(net, at=at, edits={f"a{t}->J": carries(0) for t in range(1, T)})

# %%
def errors(net, T=3):
    """By array, the largest error as a fraction of the largest right entry; for x by step."""
    found, right = patient_2(net, ["x", *ARRAYS], T), gradient(net, at=["x", *ARRAYS])
    pairs = [(found["x"][..., t], right["x"][..., t]) for t in range(T)]
    pairs += [(found[name], right[name]) for name in ARRAYS]
    return [float(np.abs(f - r).max() / np.abs(r).max()) for f, r in pairs]

# %% [markdown]
# The shapes fit; look yourself, if you like. No ratio is one number:

# %%
net, da = recurrent()
found, right = patient_2(net, ARRAYS), gradient(net, at=ARRAYS)
[figures.as_fraction(figures.ratio(found[name], right[name])) for name in ARRAYS]

# %% [markdown]
# **Question 3, the instance.** Four instances: as it comes, `Waa` symmetric, the gradient at the last step
# alone, one step.
#
# **Predict.** For each of the four suspects: which cells are 0?

# %%
def row(name, T=3, **what):
    """One line of the table; a step that is not there has no number."""
    numbers = [f"{error:.2f}" for error in errors(recurrent(T, **what)[0], T)]
    return (name, *numbers[:T], *["–"] * (3 - T), *numbers[T:])

# %%
head = ("instance", "dx_1", "dx_2", "dx_3", "da0", "dWax", "dWaa", "dba")
table = [row("T = 3"), row("Waa symmetric", symmetric=True)]
table += [row("da at the last step only", only_last=True), row("T = 1", T=1)]
figures.Table(head, table)

# %% [markdown]
# *Answer.* With `waa-no-transpose` the second row would be 0 throughout; it is not, so the transposes are innocent.
# With `bptt-overwrite-not-accumulate`, `dx` and `da0` would be right everywhere, for they are not added up over
# the steps; in the first row they are wrong. With `bptt-missing-da-prevt` the third row would have nothing but zeros in
# the *patient's* `dx_1`, an error of 1.00; it is right there. One suspect is left, and its own instance is
# the third one: where no earlier loss exists, nothing is lost by forgetting it.
#
# Are these sentences true? Each suspect is an edit, or a line of NumPy, so it can be put into the same table.
# The one that was ruled out last:

# %%
cut = {f"a{t}->z{t + 1}": carries(0) for t in (1, 2)}
net_last, _ = recurrent(only_last=True)
x_cut, x_right = gradient(net_last, "x", edits=cut), gradient(net_last, "x")
[float(np.abs((x_cut - x_right)[..., t]).max() / np.abs(x_right[..., t]).max()) for t in range(3)]

# %% [markdown]
# ## 5. The node at which it begins
#
# **Question 4, the node.** The graph says more than the arrays that a function returns. Rings stand where
# `dx` or `da0` is wrong:

# %%
wrong = [f"x->z{t}" for t in (1, 2, 3) if errors(net)[t - 1] > 1e-9]
wrong += ["a0"] if errors(net)[3] > 1e-9 else []
figures.wrong_picture(net, wrong)

# %% [markdown]
# Step 3 is right, step 2 is wrong: it begins between $a_3$ and $a_2$. Two wires lead back into $a_2$: one from
# $z_3$, and one from $J$. What is missing at $a_2$?

# %%
missing = gradient(net, "a2") - patient_2(net, ["a2"])["a2"]
np.allclose(missing, da[..., 1])

# %% [markdown]
# What is missing at $a_2$ is `da[:, :, 1]`, to rounding: not a part of what the carry brings, but exactly what
# comes in from the loss of this step. A difference that **is** a known array is as good as a confession.

# %% [markdown]
# ## 6. What numbers cannot tell
#
# On an instance on which two suspects return the same, nobody can choose between them. At $T = 1$ three of
# the four suspects of section 4 return the right gradients, and the fourth one, `waa-no-transpose`, errs in
# `da0` alone. The second patient and one that cuts the wires between the steps, beside the right one:

# %%
one, _ = recurrent(T=1)
names, right = ["x", *ARRAYS], gradient(one, at=["x", *ARRAYS])
nothing_to_cut = {wire: edit for wire, edit in cut.items() if wire in one.wires()}
for found in (patient_2(one, names, T=1), gradient(one, at=names, edits=nothing_to_cut)):
    print(all(np.allclose(found[name], right[name]) for name in names))

# %% [markdown]
# And some tables belong to no mistake: `dZ` that is 1/m of what you expected at every layer, with every `dW`
# and `db` right, is the other convention of unit 04. Then there is nothing to cure but the contract.
#
# **What you can now say.** Four questions, and why in this order. Which instance hides which mistake, and so
# finds it. How a difference at one node becomes a name. The assignment has twelve patients; with the
# first ones one of these questions is enough, with the last ones you need several.
