# %% [markdown]
# # Your backward pass and a framework
#
# **What you will do.** Hold the backward pass that you wrote in unit 07 against a package that
# differentiates by itself, see what such a package tells you when the two differ, and then ask it a
# better question. At the end stands a small grader of fifteen lines.
#
# **What you will learn.** What a *framework* is: a package that writes down the graph of a cost
# while it runs forward, and walks it back. What `detach` does, and why it is the cut wire of
# lesson 07. What a framework cannot tell: which gradient you computed instead.
#
# **What you need.** Lesson 07, and your solution of its assignment if you have one. This lesson is
# optional; nothing in later units rests on it, and it has no assignment.
#
# <details>
# <summary><b>Words</b> used here and what they mean (21)</summary>
#
# - **activation**: the function that a layer applies to each number by itself: ReLU, sigmoid, tanh
# - **backward pass**: computing the derivatives, from the cost to the inputs
# - **cell**: in a recurrent network: the computation of one step in time; in a notebook: one box of text or code
# - **complex step**: a derivative found by adding i times a tiny number to the input and reading the imaginary part
# - **cost**: one number that says how wrong the network is on all examples together, written J: the mean of the losses
# - **example**: one set of inputs, with its label if it has one
# - **forward pass**: computing the values, from the inputs to the cost
# - **gradient**: all partial derivatives of one number with respect to an array, in the shape of the array
# - **in place**: into the memory of an array that exists already, as `+=` writes, so that everybody who holds the array sees it
# - **instance**: one set of random inputs on which a check runs your function
# - **layer**: one stage of a network: it takes numbers and gives numbers
# - **loss**: one number that says how wrong the network is on one example
# - **node**: one value in a graph of a computation
# - **oracle**: the part of this course that finds a gradient from the way forward alone, by numbers; it judges yours
# - **recurrent**: used again at each step in time, with the same weights
# - **seed**: a number from which a generator of random numbers starts; the same seed gives the same numbers
# - **slope**: how fast one value moves with another: the derivative of one operation
# - **softmax**: exp of each score, divided by their sum: probabilities that add up to 1
# - **state**: in a recurrent network: what one step hands to the next
# - **unit**: one number that a layer gives for each example, with the weights that make it
# - **wire**: in a graph: the way from one value into another that uses it
#
# </details>

# %% [markdown]
# ## 1. What stands in, and for what
#
# The framework here is HIPS autograd, a small one: `pip install autograd`. The course does not need
# it. Where it is not installed, a complex step along each entry stands in for it below, so that
# every cell runs and gives the same numbers; then you compare two ways of this course, and learn
# less. The second cell says which it is.

# %%
import numpy as np

from autograder.networks import rnn_graph
from autograder.oracle import gradient

# %%
# NBVAL_IGNORE_OUTPUT
try:
    import autograd.numpy as xp
    from autograd import grad
    from autograd.tracer import getval as stop
except ImportError:
    xp, grad, stop = np, None, np.real
print("autograd is", "here" if grad else "not installed: a complex step stands in for it")

# %% [markdown]
# `stop` takes the value of a number and forgets where it came from. What it is good for comes in
# section 4. The numbers are those of a small recurrent network, in columns, as in lesson 07.

# %%
rng = np.random.default_rng(74)
n_x, n_a, n_y, m, T = 2, 3, 2, 4, 4
shapes = {"Wax": (n_a, n_x), "Waa": (n_a, n_a), "ba": (n_a, 1), "Wya": (n_y, n_a), "by": (n_y, 1)}
p = {name: 0.6 * rng.normal(size=shape) for name, shape in shapes.items()}
x, a0 = rng.normal(size=(n_x, m, T)), 0.5 * rng.normal(size=(n_a, m))
y = np.moveaxis(np.eye(n_y)[rng.integers(0, n_y, (m, T))], 2, 0)
at = {**p, "x": x, "a0": a0}
net = rnn_graph(x, y, a0, p)

# %% [markdown]
# ## 2. A cost, and nothing else
#
# A framework wants the way forward alone, written with its own functions. `xp` is NumPy as autograd
# wraps it: each call gives the value, and notes what it was made of. The two functions `wire` and
# `act` are the places at which we shall edit the graph; as they stand, they change nothing.
#
# The loss of one example at one step is $-\sum_k y_k \log \hat y_k$, and
# $\log \hat y_k = z_k - \log \sum_j e^{z_j}$ for the softmax.

# %%
def cost(w, wire=lambda a: a, act=xp.tanh, share=1 / m, steps=range(T)):
    """J of lesson 07: softmax at every step, the losses added over time, averaged over examples."""
    state, total = w["a0"], 0.0
    for t in range(T):
        fed = xp.dot(w["Wax"], w["x"][:, :, t]) + xp.dot(w["Waa"], wire(state) if t else state)
        state = act(fed + w["ba"])
        if t in steps:
            scores = xp.dot(w["Wya"], state) + w["by"]
            logs = scores - xp.log(xp.sum(xp.exp(scores), axis=0))
            total = total - share * xp.sum(y[:, :, t] * logs)
    return total

# %%
print("J here and in the graph of the course:", round(cost(at), 6), round(float(net.value("J")), 6))

# %%
def by_complex_step(cost, w, tiny=1e-200):
    """What stands in: the imaginary part of J, after an imaginary step along each entry."""
    found = {name: np.zeros(array.shape) for name, array in w.items()}
    for name, array in w.items():
        for place in np.ndindex(array.shape):
            moved = array.astype(complex)
            moved[place] += 1j * tiny
            found[name][place] = cost({**w, name: moved}).imag / tiny
    return found

# %%
def framework(cost, w):
    """The gradient of a cost with respect to every array of w."""
    return grad(cost)(w) if grad else by_complex_step(cost, w)


def gaps(one, other):
    """The largest difference of each array, as a fraction of the largest entry of `other`."""
    return {n: float(np.abs(one[n] - a).max() / np.abs(a).max()) for n, a in other.items()}

# %% [markdown]
# `grad(cost)` is a function: it runs `cost`, keeps the graph, and walks back from $J$, each node
# after all that use it. That is `backward` of unit 01, with arrays in place of numbers and a rule
# for each function of NumPy in place of two for `+` and `*`.

# %% [markdown]
# ## 3. Beside it: yours
#
# Put your own functions of assignment 07 into the empty cell below (`softmax`, the two forward
# functions, the backward ones), down to `rnn_full_backward`, and run on from there. As long as the
# cell is empty, the oracle of the course stands in for you.

# %%
# your functions of assignment 07

# %%
def yours():
    """The gradients that you compute, by the names of the arrays."""
    own = globals().get("rnn_full_backward")
    if own is None:
        return gradient(net, at=list(at))
    found = own(x, y, a0, p)
    return {name: found[f"d{name}"] for name in at}


told = framework(cost, at)
for name, gap in gaps(yours(), told).items():
    print(f"d{name:4} the same up to rounding: {gap < 1e-10}")

# %% [markdown]
# If a line says False, you have learnt that this array is wrong, and no more. That is what a
# framework is good for in a test: it is independent of you, and it is exact. Two things to know
# before you rely on it:
#
# - it differentiates the cost that **you wrote down for it**. If the way forward holds the same
#   misunderstanding as the way back, a sum where a mean was meant, the two agree;
# - it has no arrays between. `dZ` at a layer, or the derivative that arrives at $a_2$, it gives only
#   if you make that value an input of the cost.

# %%
summed = framework(lambda w: cost(w, share=1), at)
mistaken = {name: m * array for name, array in gradient(net, at=list(at)).items()}
print("a sum in both, no 1/m:", max(gaps(mistaken, summed).values()) < 1e-10)

# %% [markdown]
# ## 4. It differs. And now?
#
# Here is what somebody's function returned, who thought that `da[:, :, t]` is all that a cell
# receives. (The numbers come from the oracle, with the wires between the steps cut.)

# %%
cut = {f"a{t}->z{t + 1}": (lambda value, seen: value.real) for t in range(1, T)}
theirs = gradient(net, at=list(at), edits=cut)
for name, gap in gaps(theirs, told).items():
    print(f"d{name:4} {gap:.3f}")

# %% [markdown]
# **Predict.** Which arrays are right, and which of the numbers would lead you to the line that is
# wrong?
#
# `dWya` and `dby` are right: the output layer hears of its own step alone. The others are off by
# fractions that say nothing; they change with the seed. A framework stops here. It knows one
# graph, the right one, and the distance from it is no direction.
#
# **The better question** is the one of this course: *of which graph is this the right gradient?* A
# framework can answer that as well, if you hand it another graph. `stop` makes one. It keeps the
# value and drops the derivative: PyTorch calls it `detach`, JAX `stop_gradient`. In a picture of
# the graph it is a wire that was cut.

# %%
of_cut = framework(lambda w: cost(w, wire=stop), at)
print("J stays the same:", bool(np.isclose(cost(at, wire=stop), cost(at))))
print("largest gap:     ", max(gaps(theirs, of_cut).values()) < 1e-10)

# %% [markdown]
# Every array agrees, `da0` too. So the mistake has a name now: no derivative goes from a step to
# the one before it. Whoever writes `state.detach()` between two chunks, as unit 08 does on purpose,
# asks for this gradient; whoever forgets `da_prevt` gets it by accident.

# %% [markdown]
# ## 5. A grader in fifteen lines
#
# One edit is a suspicion. A list of edits is a catalogue, and the one whose gradients agree in
# **every** array is the diagnosis. An activation with another slope is made of `stop`, too: the sum
# $z + \text{stop}(\tanh z - z)$ has the value $\tanh z$, and the slope 1 of its first term.

# %%
EDITED = {
    "the network itself": {},
    "no wire from a step to the next": {"wire": stop},
    "a tanh whose slope is 1": {"act": lambda z: z + stop(xp.tanh(z) - z)},
    "a sum over the examples, no mean": {"share": 1},
    "the loss of the last step alone": {"steps": [T - 1]},
}

# %%
def diagnose(found):
    """Of which edited network these are the gradients."""
    for words, edit in EDITED.items():
        right = framework(lambda w, edit=edit: cost(w, **edit), at)
        if all(np.allclose(found[name], right[name], atol=1e-10) for name in right):
            return words
    return "none of these"

# %%
flat = {f"a{t}": (lambda v, seen, t=t: v.real + 1j * seen[f"z{t}->a{t}"].imag) for t in range(1, 5)}
true = gradient(net, at=list(at))
answers = {
    "yours": yours(),
    "da_prevt forgotten": theirs,
    "tanh' forgotten": gradient(net, at=list(at), edits=flat),
    "1/m forgotten": mistaken,
    "dWaa transposed": {**true, "Waa": true["Waa"].T},
}
for name, found in answers.items():
    print(f"{name:19} {diagnose(found)}")

# %% [markdown]
# The last line is honest: a transposed `dWaa` is the gradient of no network. Such slips are told by
# signs of their own, here that the array equals the transpose of the right one.
#
# This is how `check` works, but for its size: some two hundred names, instances on which no two of
# them look alike, and pictures. It holds no backward pass either.

# %% [markdown]
# ## 6. Three names for each thing
#
# | in this course | HIPS autograd | PyTorch |
# |---|---|---|
# | `gradient(graph, at="W")` | `grad(cost)(w)["W"]` | `torch.autograd.grad(J, W)` |
# | cut a wire | `getval(a)` | `a.detach()` |
# | a numeric check of a rule | `autograd.test_util.check_grads` | `torch.autograd.gradcheck` |
# | gradients of an earlier call are still there | never | `W.grad` adds up until `zero_grad()` |
#
# The middle column ran above; PyTorch's names are those of its documentation, and no cell here runs
# it. The last line is `grads-not-reset` of unit 01, as a design: PyTorch adds to `W.grad` at every
# `backward()`, and it is yours to reset it.
#
# **What you can now say.** What a framework tells about your backward pass, and on what condition;
# what `detach` is in a graph; and why "they differ" is the beginning of a diagnosis and not its end.
