# %% [markdown]
# # One hidden layer
#
# **What you will do.** Derive the way back through a network of two layers: first with single
# numbers, then index by index, then with whole matrices. Every line is checked against a numeric
# gradient that knows nothing of the derivation.
#
# **What you will learn.** Why the way back starts with $A^{[2]} - Y$; whose weights and whose slope
# stand between the layers, and two slips of the index that do not look like slips; why two different
# answers pass the same test; why weights start small, but not at zero.
#
# **What you need.** Units 00 to 03. There examples were rows; here they are columns, as in week 3 of
# the deep-learning specialisation's first course, whose names and signatures the assignment uses.
#
# **Words.** A *layer* multiplies what comes in with weights, adds biases, and applies an *activation*
# to each number. A *unit* gives one of its numbers. The first layer's numbers are neither input nor
# answer: it is *hidden*. The *loss* says how wrong the network is on one example.
#
# <details>
# <summary><b>Words</b> used here and what they mean (23)</summary>
#
# - **axis**: one direction of an array: a table has axis 0, down its rows, and axis 1, along its columns
# - **backward pass**: computing the derivatives, from the cost to the inputs
# - **bias**: a number that a unit adds to its weighted sum; it is learnt
# - **broadcasting**: how NumPy copies an array of a smaller shape so that it fits a larger one
# - **cost**: one number that says how wrong the network is on all examples together, written J: the mean of the losses
# - **example**: one set of inputs, with its label if it has one
# - **forward pass**: computing the values, from the inputs to the cost
# - **gradient**: all partial derivatives of one number with respect to an array, in the shape of the array
# - **hidden layer**: a layer, or a unit, that is neither input nor output
# - **label**: the right answer for one example
# - **layout**: which axis of an array counts what. Columns or rows may be examples; and a Jacobian has two layouts of its own, numerator and denominator
# - **learning rate**: the number that the gradient is multiplied with before it is subtracted from the parameters
# - **node**: one value in a graph of a computation
# - **numeric gradient**: a gradient found by running forward at inputs that were moved a little; it knows no formula
# - **oracle**: the part of this course that finds a gradient from the way forward alone, by numbers; it judges yours
# - **path**: a way through a graph, from wire to wire
# - **seed**: a number from which a generator of random numbers starts; the same seed gives the same numbers
# - **sigmoid**: 1 / (1 + exp(-z)), which makes a number between 0 and 1 of any number
# - **slope**: how fast one value moves with another: the derivative of one operation
# - **tanh**: the hyperbolic tangent, an activation with values between -1 and 1 and slope 1 - tanh²
# - **weight**: a number that an input of a unit is multiplied with; it is learnt
# - **wire**: in a graph: the way from one value into another that uses it
# - **∂**: ∂J/∂w is a partial derivative: how fast J moves when w alone is moved
#
# </details>

# %% [markdown]
# ## Symbols
#
# Columns are examples. A small $i$ counts examples, $k$ hidden units, $j$ inputs.
#
# | symbol | shape | meaning |
# |---|---|---|
# | $m$, $n_x$, $n_h$ | numbers | examples, inputs, hidden units |
# | $X$, $Y$ | $(n_x, m)$, $(1, m)$ | inputs; labels, 0 or 1 |
# | $W^{[1]}$, $b^{[1]}$ | $(n_h, n_x)$, $(n_h, 1)$ | weights and biases of the hidden layer |
# | $W^{[2]}$, $b^{[2]}$ | $(1, n_h)$, $(1, 1)$ | weights and bias of the output |
# | $\mathcal{L}_i$ | number | the loss of example $i$ |
# | $S = \sum_i \mathcal{L}_i$, $\;J = S / m$ | numbers | the sum of the losses, and the cost: their mean |

# %%
import numpy as np

from autograder import figures
from autograder.datasets import river
from autograder.networks import mlp_graph
from autograder.oracle import gradient


def agree(a, b):
    """True if two arrays are equal up to rounding."""
    return bool(np.allclose(a, b, rtol=1e-10, atol=1e-12))

# %%
def sigmoid(z):
    """1 / (1 + exp(-z)), entry by entry."""
    return 1 / (1 + np.exp(-z))

# %% [markdown]
# ## 1. Four lines forward
#
# $$Z^{[1]} = W^{[1]} X + b^{[1]}, \qquad A^{[1]} = \tanh Z^{[1]},$$
#
# $$Z^{[2]} = W^{[2]} A^{[1]} + b^{[2]}, \qquad A^{[2]} = \sigma(Z^{[2]}).$$
#
# The activation of the hidden layer, $g_1$, is the hyperbolic tangent, between $-1$ and 1; that of the
# output, $g_2$, is the sigmoid, between 0 and 1, so that $A^{[2]}$ can be read as the probability of label 1.

# %%
def forward(X, W1, b1, W2, b2):
    """Z1, A1, Z2 and A2."""
    Z1 = W1 @ X + b1
    A1 = np.tanh(Z1)
    Z2 = W2 @ A1 + b2
    return Z1, A1, Z2, sigmoid(Z2)


def cost(A2, Y):
    """J, the mean of the losses."""
    return -np.mean(Y * np.log(A2) + (1 - Y) * np.log(1 - A2))

# %%
rng = np.random.default_rng(33)
n_x, n_h, m = 2, 3, 5
X, Y = rng.normal(size=(n_x, m)), np.array([[1.0, 0.0, 0.0, 1.0, 1.0]])
W1, b1 = rng.normal(size=(n_h, n_x)), rng.normal(size=(n_h, 1))
W2, b2 = rng.normal(size=(1, n_h)), rng.normal(size=(1, 1))
Z1, A1, Z2, A2 = forward(X, W1, b1, W2, b2)
parameters = {"W1": W1, "b1": b1, "W2": W2, "b2": b2}
net = mlp_graph(X, Y, parameters, ("tanh", "sigmoid"))
print("A2 =", A2.round(3), " J =", cost(A2, Y).round(4))
print("the oracle has the same J:", agree(cost(A2, Y), net.value("J")))

# %% [markdown]
# `net` is the same forward pass with a name for each value, and `gradient(net, at="W1")` asks the
# oracle of lesson 00: it runs forward and needs no backward pass, so it can judge one. Its instrument
# is the **complex step**. Nudge $z$ along the imaginary axis:
# $f(z + ih) = f(z) + i h f'(z) - \tfrac{1}{2} h^2 f''(z) - \dots$ The imaginary part divided by $h$ is
# $f'(z)$, up to an error of order $h^2$, and nothing is subtracted: $h = 10^{-20}$ does no harm. Below
# we use it on single numbers, too.
#
# ## 2. The smallest network, number by number
#
# One input, one hidden unit, one example. Then all of it is numbers:
#
# $$z_1 = w_1 x + b_1, \quad a_1 = \tanh z_1,$$
#
# $$z_2 = w_2 a_1 + b_2, \quad a_2 = \sigma(z_2),$$
#
# $$\mathcal{L} = -y \log a_2 - (1 - y) \log(1 - a_2).$$
#
# A chain, and each link has a slope of its own: $\partial z_2 / \partial a_1 = w_2$, $\partial z_1 /
# \partial w_1 = x$, and so on. The derivative of $\mathcal{L}$ by any number is the product of the
# slopes on the way to it. Two of the slopes need a line of algebra: that of tanh, and that of the
# loss and the sigmoid together.

# %% [markdown]
# **tanh.** With $s = \sinh z$ and $c = \cosh z$, $s' = c$ and $c' = s$. The quotient rule gives
#
# $$\tanh' = \left(\frac{s}{c}\right)' = \frac{c \cdot c - s \cdot s}{c^2} = 1 - \tanh^2.$$
#
# At $z_1$ that is $1 - a_1^2$: the value on the way forward is all that the way back needs.
#
# **Predict.** Where is tanh steepest, and what is its slope at $z = 3$: about 0.5, 0.1 or 0.01?

# %%
for z in (0.0, 1.0, 3.0):
    numeric = np.tanh(z + 1e-20j).imag / 1e-20
    print(f"z = {z:3.0f}: slope {numeric:.4f}, 1 - tanh(z)^2 = {1 - np.tanh(z) ** 2:.4f}")

# %% [markdown]
# Steepest at 0, with slope 1; at 3 it is down to 0.01. A unit that is far from 0 passes nearly
# nothing back.
#
# ## 3. Where the way back starts: A2 − Y
#
# Write $dq$ for $d\mathcal{L}/dq$, whatever $q$ is.
#
# **The loss and the sigmoid.** By its output the loss has the slope
#
# $$\frac{d\mathcal{L}}{da_2} = -\frac{y}{a_2} + \frac{1 - y}{1 - a_2}
# = \frac{a_2 - y}{a_2\,(1 - a_2)} .$$
#
# The minus of the formula meets the minus of $1 - a_2$; hence the plus. The sigmoid's slope is
# $a_2\,(1 - a_2)$ (unit 03), the denominator goes, and what remains is
#
# $$dz_2 = \frac{d\mathcal{L}}{dz_2} = a_2 - y .$$

# %%
dA2 = -Y / A2 + (1 - Y) / (1 - A2)
print("the long way gives A2 - Y:  ", agree(dA2 * A2 * (1 - A2), A2 - Y))
print("A2 - Y is dJ/dZ2:           ", agree(A2 - Y, gradient(net, at="Z2")))
print("A2 - Y is m times dJ/dZ2:   ", agree(A2 - Y, m * gradient(net, at="Z2")))

# %% [markdown]
# Remember the last two lines: $A^{[2]} - Y$ has the slope of each example's *own* loss in each place.
# It is the derivative of the sum $S$, and $m$ times that of $J$. Section 6 pays the difference.
#
# ## 4. Down through W2 and tanh
#
# Still with single numbers, read the forward lines from the last to the first:
#
# | forward | backward |
# |---|---|
# | $z_2 = w_2 a_1 + b_2$ | $dw_2 = dz_2\, a_1$, $\quad db_2 = dz_2$, $\quad da_1 = w_2\, dz_2$ |
# | $a_1 = \tanh z_1$ | $dz_1 = da_1\, (1 - a_1^2)$ |
# | $z_1 = w_1 x + b_1$ | $dw_1 = dz_1\, x$, $\quad db_1 = dz_1$ |
#
# So $dz_1 = w_2\, dz_2\, (1 - a_1^2)$. The weight in it is $w_2$: $a_1$ reaches the loss through
# $z_2$, and there $w_2$ stands before it. The slope in it is that of tanh at $z_1$: $z_1$ reaches
# $a_1$ through tanh. Neither is chosen so that shapes fit, since here everything fits.

# %%
w1, c1, w2, c2, x, y = 0.7, -0.2, -1.3, 0.4, 1.5, 1.0  # c1 and c2 are the biases


def loss(w1, c1, w2, c2):
    a2 = sigmoid(w2 * np.tanh(w1 * x + c1) + c2)
    return -y * np.log(a2) - (1 - y) * np.log(1 - a2)

# %%
a1 = np.tanh(w1 * x + c1)
dz2 = sigmoid(w2 * a1 + c2) - y
dz1 = w2 * dz2 * (1 - a1**2)
derived, at, h = (dz1 * x, dz1, dz2 * a1, dz2), (w1, c1, w2, c2), 1e-20
for n, (name, value) in enumerate(zip(("w1", "b1", "w2", "b2"), derived, strict=True)):
    moved = [v + 1j * h * (n == place) for place, v in enumerate(at)]
    print(f"d{name}: derived {value:.10f}, numeric {loss(*moved).imag / h:.10f}")

# %% [markdown]
# Ten digits each. Had we written $w_1$ for $w_2$, or $a_2\,(1 - a_2)$ for $1 - a_1^2$, it would have
# run as well, and been wrong.
#
# ## 5. All examples at once
#
# With all units and examples the forward lines are
#
# $$Z^{[1]}_{ki} = \sum_j W^{[1]}_{kj} X_{ji} + b^{[1]}_k,$$
#
# $$Z^{[2]}_{1i} = \sum_k W^{[2]}_{1k} A^{[1]}_{ki} + b^{[2]} .$$
#
# Ask of each number which entries it touches. $A^{[1]}_{ki}$ touches $Z^{[2]}_{1i}$ alone, so there
# is nothing to sum. $W^{[2]}_{1k}$ and $b^{[2]}$ touch the whole row, one entry for each example;
# $W^{[1]}_{kj}$ and $b^{[1]}_k$ touch row $k$ of $Z^{[1]}$. For a derivative of the sum $S$:
#
# $$dA^{[1]}_{ki} = W^{[2]}_{1k}\, dZ^{[2]}_{1i},$$
#
# $$dZ^{[1]}_{ki} = dA^{[1]}_{ki} \left(1 - (A^{[1]}_{ki})^2\right),$$
#
# $$\frac{\partial S}{\partial W^{[2]}_{1k}} = \sum_i dZ^{[2]}_{1i} A^{[1]}_{ki}, \qquad
# \frac{\partial S}{\partial W^{[1]}_{kj}} = \sum_i dZ^{[1]}_{ki} X_{ji},$$
#
# $$\frac{\partial S}{\partial b^{[1]}_k} = \sum_i dZ^{[1]}_{ki} .$$

# %% [markdown]
# A sum over an index that two factors share is a matrix product with that index inside; a slope that
# acts on each entry is `*`; a sum over $i$ alone is a row sum. `keepdims=True` keeps the axis that is
# summed over, so that $db$ has the shape of $b$.
#
# **Predict.** The row sums without `keepdims`: which shape have they, and which shape has `b1` after
# one step $b^{[1]} - \alpha\, db^{[1]}$, where the number $\alpha$ is the learning rate?

# %%
dZ2 = A2 - Y
dZ1 = W2.T @ dZ2 * (1 - A1**2)
flat = dZ1.sum(axis=1)
print("with keepdims:   ", dZ1.sum(axis=1, keepdims=True).shape)
print("without:         ", flat.shape, " and b1 after one step:", (b1 - 1.2 * flat / m).shape)

# %% [markdown]
# Three biases became nine numbers, and nothing complained: NumPy aligns shapes from the right (unit
# 00, section 4).
#
# ## 6. Where 1/m is paid
#
# What we want is the gradient of $J = S/m$. In the graph the factor $1/m$ stands on a single wire,
# from the losses to $J$, and each path from a weight to $J$ crosses it once. Starting from $A^{[2]} -
# Y$ we have left it out, so each `dW` and each `db` has to pay it, once.

# %%
grads = {
    "dW2": dZ2 @ A1.T / m,
    "db2": dZ2.sum(axis=1, keepdims=True) / m,
    "dW1": dZ1 @ X.T / m,
    "db1": dZ1.sum(axis=1, keepdims=True) / m,
}
for name, found in grads.items():
    print(f"{name} {found.shape!s:7} is the gradient of J:", agree(found, gradient(net, name[1:])))

# %% [markdown]
# **Predict.** Somebody divides by $m$ in the line for $dZ^{[1]}$, too. Which of the four are wrong
# then, and by which factor?

# %%
paid_twice = W2.T @ dZ2 / m * (1 - A1**2)
wrong = {**grads, "dW1": paid_twice @ X.T / m, "db1": paid_twice.sum(1, keepdims=True) / m}
rows = [(n, figures.as_fraction(figures.ratio(wrong[n], gradient(net, n[1:])))) for n in grads]
figures.Table(["", "returned / true"], rows, caption="1/m in dZ1 as well")

# %% [markdown]
# Those of the hidden layer, by $1/5$: their way back passes $1/m$ twice. Unit 04 has the same for any
# number of layers, where one more $1/m$ is paid at each layer passed.
#
# ## 7. Two slips of the index
#
# In a forum the question comes again and again: is it $W^{[1]T}$ or $W^{[2]T}$, and $g'$ of which
# layer? The formula for layer $l$ reads $dZ^{[l]} = W^{[l+1]T} dZ^{[l+1]} * g^{[l]\prime}(Z^{[l]})$,
# and it has three indices that are easy to mix. Two slips:
#
# - the weights of the *same* layer transposed, $W^{[l]T}$;
# - the slope of the *other* layer: `A2 * (1 - A2)`, or `1 - A2**2`, for `1 - A1**2`.
#
# **Predict.** With 2 inputs, 3 hidden units and 5 examples, which of these raise an error?

# %%
for told, slip in {
    "W1.T for W2.T": lambda: W1.T @ dZ2 * (1 - A1**2),
    "A2 * (1 - A2) for 1 - A1**2": lambda: W2.T @ dZ2 * A2 * (1 - A2),
    "1 - A2**2 for 1 - A1**2": lambda: W2.T @ dZ2 * (1 - A2**2),
}.items():
    try:
        print(f"{told:29} runs, shape {slip().shape}")
    except ValueError:
        print(f"{told:29} raises an error")

# %% [markdown]
# Only the first one. $A^{[2]}$ has a single row, and broadcasting spreads it over the hidden units:
# the shape is right whatever the sizes are. What was computed? The gradient of another network, one
# whose tanh keeps its values and has the output's slope. The oracle can build it by an *edit*: at the
# name of a node, a function of the value there and of all values `seen` before it. The value is the
# real part, and in the imaginary part travels the derivative; the edit below keeps the one and
# exchanges the slope in the other.

# %%
dZ1_slip = W2.T @ dZ2 * A2 * (1 - A2)
other = {"A1": lambda value, seen: value.real + 1j * seen["Z1->A1"].imag * (A2 * (1 - A2))}
print("the slip is dW1:                  ", agree(dZ1_slip @ X.T / m, gradient(net, "W1")))
print("the slip is dW1 of another graph: ", agree(dZ1_slip @ X.T / m, gradient(net, "W1", other)))
figures.edited_picture(net, other)

# %% [markdown]
# `Z1->A1` is the name of the wire that leads from $Z^{[1]}$ to $A^{[1]}$. It is drawn in vermillion:
# there the slope was exchanged; all values are as they were.
#
# And the first slip, is it safe, as it raises an error? Not where widths agree. Take three layers of
# three units each: $W^{[1]T}$ and $W^{[2]T}$ have the same shape.

# %%
sizes = (3, 3, 3, 1)
deep = {}
for n in (1, 2, 3):
    deep[f"W{n}"] = rng.normal(size=(sizes[n], sizes[n - 1]))
    deep[f"b{n}"] = rng.normal(size=(sizes[n], 1))
square = mlp_graph(rng.normal(size=(3, m)), Y, deep, ("tanh", "tanh", "sigmoid"))
slope = 1 - square.value("A1") ** 2
for name in ("W1", "W2"):
    found = deep[name].T @ gradient(square, "Z2") * slope
    print(f"with {name}.T: shape {found.shape}, is dJ/dZ1: {agree(found, gradient(square, 'Z1'))}")

# %% [markdown]
# Both run, one is right. What decides is the question of section 4: through which weights does $A^{[l]}$
# go on to the cost? Through those of the layer that reads it.
#
# ## 8. I used this and passed
#
# Two students compare. One starts with `dZ2 = A2 - Y` and divides `dW` and `db` by $m$; the other
# starts with `dZ2 = (A2 - Y) / m` and divides no more. Both passed the grader of their course. Is one
# of them wrong?

# %%
def backward(start, divide):
    """All arrays of the way back, from a given start; dW and db are divided at the end."""
    dA1 = W2.T @ start
    dZ1 = dA1 * (1 - A1**2)
    d = {"Z2": start, "A1": dA1, "Z1": dZ1, "W2": start @ A1.T / divide, "W1": dZ1 @ X.T / divide}
    sums = {"b2": start, "b1": dZ1}
    return d | {n: a.sum(axis=1, keepdims=True) / divide for n, a in sums.items()}

# %%
first, second = backward(A2 - Y, m), backward((A2 - Y) / m, 1)
for told, found in (("first", first), ("second", second)):
    passed = all(agree(found[n], gradient(net, n)) for n in parameters)
    print(f"{told:7} student: dW1, db1, dW2 and db2 are right: {passed}")

# %% [markdown]
# A grader that looks at `dW` and `db` cannot tell them apart. It need not: all four arrays are right.
# But "I used this and passed" says nothing of `dZ2` and `dZ1`.
#
# **Predict.** Whose `dZ1` is the derivative of $J$, and of what is the other one the derivative?

# %%
of_J = {n: gradient(net, n) for n in ("Z2", "A1", "Z1")}
rows = [
    (f"d{n}", *(str(agree(*pair)) for pair in ((first[n], d), (first[n], m * d), (second[n], d))))
    for n, d in of_J.items()
]
figures.Table(["", "first: of J", "first: of the sum S", "second: of J"], rows)

# %% [markdown]
# The second student's is the derivative of $J$ (the **J convention**); the first one's is that of the
# sum $S$ (the **L convention**, as each column is the derivative of one example's $\mathcal{L}_i$).
# Both are right answers, to two questions. It becomes a mistake when the two are mixed: the first
# one's `dZ2` and the second one's `dW` give $m$ times too much. So a function that returns `dZ` has to
# say which it means, and the assignment asks for both.
#
# ## 9. Why the weights do not start at zero
#
# **Predict.** All weights and biases are 0. Which of the four gradients are 0?

# %%
zeros = {name: np.zeros_like(value) for name, value in parameters.items()}
at_zero = gradient(mlp_graph(X, Y, zeros, ("tanh", "sigmoid")), at=list(zeros))
for name, slope in at_zero.items():
    print(f"d{name} = {slope.round(3).tolist()}")

# %% [markdown]
# All but $db^{[2]}$. $A^{[1]}$ is 0, so $dW^{[2]}$ is; $W^{[2]}$ is 0, so nothing comes down to $dZ^{[1]}$.
# A step moves $b^{[2]}$ alone, and after it the same is true again: the network can learn how frequent
# label 1 is, and no more. Weights that are equal and not 0 are little better: equal units have equal
# gradients, and stay equal.

# %%
def train(X, Y, p, updates, rate=1.2):
    """Gradient descent with the lines above; returns the parameters and the cost of each update."""
    costs, m = [], X.shape[1]
    for _ in range(updates):
        _, A1, _, A2 = forward(X, **p)
        costs.append(float(cost(A2, Y)))
        dZ2 = A2 - Y
        dZ1 = p["W2"].T @ dZ2 * (1 - A1**2)
        d = {"W1": dZ1 @ X.T, "W2": dZ2 @ A1.T, "b1": dZ1.sum(1)[:, None], "b2": dZ2.sum()}
        p = {n: value - rate * d[n] / m for n, value in p.items()}
    return p, costs

# %%
points, labels = river(300, np.random.default_rng(0))
equal = {"W1": np.full((4, 2), 0.5), "b1": np.zeros((4, 1)), "W2": np.full((1, 4), 0.5), "b2": b2}
trained, costs = train(points, labels, equal, 300)
print("W1 after 300 updates:")
print(trained["W1"].round(3))

# %% [markdown]
# Four units that are one. Random numbers make them differ. Why *small* ones? For large $|z|$ tanh is
# flat, and a unit that starts there passes nothing back (section 2); and an output far from 1/2 is a
# confident answer before anything was learnt. So: standard normal numbers times 0.01.
#
# One habit of that course is worth a look. `np.random.seed(2)` inside a function makes its numbers
# the same each time, and it resets the generator that the whole notebook shares:

# %%
def seeded():
    np.random.seed(2)
    return np.random.randn(2) * 0.01


draws = []
for _ in range(2):
    draws.append(np.random.randn())  # somebody else's "random" number, between two calls
    seeded()
    draws.append(np.random.randn())
print("after each call the next number is the same:", draws[1] == draws[3])

# %% [markdown]
# A generator of one's own, `rng = np.random.default_rng(2)`, does the one without the other.
#
# ## 10. A boundary, learnt
#
# Three hundred points on the two banks of a winding river. **Predict.** How many of them can a
# network with one hidden unit get right, and how many units does it take for all?

# %%
def start(n_h, seed):
    """Parameters of n_h hidden units for points in the plane."""
    rng = np.random.default_rng(seed)
    W1, W2 = (0.01 * rng.standard_normal(shape) for shape in ((n_h, 2), (1, n_h)))
    return {"W1": W1, "b1": np.zeros((n_h, 1)), "W2": W2, "b2": np.zeros((1, 1))}

# %%
learnt, rows = {}, []
for n_h in (1, 2, 3, 4, 6):
    learnt[n_h], costs = train(points, labels, start(n_h, 2), 2000)
    right = np.mean((forward(points, **learnt[n_h])[3] > 0.5) == labels)
    rows.append((str(n_h), f"{right:.0%}", f"{costs[-1]:.3f}"))
figures.Table(["hidden units", "right", "cost after 2000 updates"], rows)

# %%
figures.hidden_units_picture(lambda p: forward(p, **learnt[3])[3], points, labels, learnt[3])

# %% [markdown]
# One unit has one straight line, and the boundary is that line. Three units have three: near its
# line a unit's tanh turns from $-1$ to 1, far away it says the same everywhere, so the boundary leans
# on one line after the other and turns between them. That is what a hidden layer is for.

# %%
_, costs = train(points, labels, start(6, 2), 600)
figures.cost_picture({"6 hidden units": costs})

# %% [markdown]
# The cost starts at $\log 2$, the price of guessing, and stays there for a few updates: where all
# weights are near 0, so are the gradients. Then it falls, and there is a shoulder near 0.25. That is
# what the table has for *one* unit: the six units first agree on one line, and part later.
#
# ## What you can now answer
#
# 1. *Why does the way back start with $A^{[2]} - Y$?* Section 3: the slope of the sigmoid cancels the
#    denominator of the loss's; and it is the derivative of the sum, not of the mean.
# 2. *$W^{[1]T}$ or $W^{[2]T}$? $g'$ of which layer?* Sections 4 and 7: the weights through which $A^{[1]}$
#    goes on, and the slope of the activation that made it.
# 3. *Why `keepdims`?* Section 5: else `b - rate * db` becomes a square.
# 4. *"I used this and passed": then it is right?* Section 8: `dW` and `db` are. Of `dZ` it says nothing.
# 5. *Why not start at zero?* Section 9: nothing would ever move but one bias.

# %% [markdown]
# ## Sources
#
# - Deep-learning specialisation, course 1, week 3: names, signatures, layout.
# - I. Goodfellow, Y. Bengio, A. Courville, *Deep Learning* (2016), sections 6.2 and 6.5.
# - X. Glorot, Y. Bengio, "Understanding the difficulty of training deep feedforward neural networks",
#   AISTATS 2010: what a tanh needs at the start.
#
# Next: the assignment `one_hidden_layer`, where you write all of this; then unit 04, any number of
# layers.
