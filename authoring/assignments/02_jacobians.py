# %% [markdown]
# # Jacobians, and which end to start from
#
# You write Jacobians in both layouts, multiply chains of them from either end and count the work,
# and contract the $m \times m$ Jacobian of the losses to the strip that code calls `dZ`.
#
# After each function you call `check(...)`. It compares what your function returns with numeric
# derivatives and says what it found. The hidden checks are the same checks on other numbers and
# sizes; each has a name, and each is worth points of its own.
#
# Where a check fails, `from autograder import example` and `args = example(vjp_linear)`
# give you the arguments of the smallest instance tried on which your function fails. Call it with
# them, `vjp_linear(*args)`, and print what you want to see.
#
# Where you do not know how to go on, `hint(vjp_linear)` gives a question; the same call again gives
# a formula, and then a tiny worked case. It never gives code.
#
# <details>
# <summary><b>Words</b> used here and what they mean (23)</summary>
#
# - **activation**: the function that a layer applies to each number by itself: ReLU, sigmoid, tanh
# - **axis**: one direction of an array: a table has axis 0, down its rows, and axis 1, along its columns
# - **backward pass**: computing the derivatives, from the cost to the inputs
# - **cell**: in a recurrent network: the computation of one step in time; in a notebook: one box of text or code
# - **chain rule**: the derivative along a path is the product of the slopes on it; over several paths, the sum of these products
# - **cost**: one number that says how wrong the network is on all examples together, written J: the mean of the losses
# - **diagonal**: in a matrix: the entries whose row and column have the same number; a diagonal matrix is 0 everywhere else
# - **example**: one set of inputs, with its label if it has one
# - **float64**: the numbers of NumPy: float64 keeps about 16 digits, float32 about 7
# - **instance**: one set of random inputs on which a check runs your function
# - **Jacobian**: the table of all partial derivatives of a vector with respect to a vector
# - **label**: the right answer for one example
# - **layer**: one stage of a network: it takes numbers and gives numbers
# - **layout**: which axis of an array counts what. Columns or rows may be examples; and a Jacobian has two layouts of its own, numerator and denominator
# - **loss**: one number that says how wrong the network is on one example
# - **numeric gradient**: a gradient found by running forward at inputs that were moved a little; it knows no formula
# - **ReLU**: max(0, z), entry by entry
# - **sigmoid**: 1 / (1 + exp(-z)), which makes a number between 0 and 1 of any number
# - **slope**: how fast one value moves with another: the derivative of one operation
# - **tanh**: the hyperbolic tangent, an activation with values between -1 and 1 and slope 1 - tanh²
# - **unit**: one number that a layer gives for each example, with the weights that make it
# - **upstream**: the derivative of the cost with respect to what a function has returned: it comes in from above on the way back
# - **∂**: ∂J/∂w is a partial derivative: how fast J moves when w alone is moved
#
# </details>

# %% [markdown]
# ## The contract
#
# - **Vectors are columns**, of shape $(n, 1)$. In the last part a row of $m$ examples has shape
#   $(1, m)$, as in the rest of the course.
# - **Denominator layout**, unless a function is asked for the other one: the Jacobian $dz/da$ has
#   shape [dim(denominator), dim(numerator)], so row $j$ belongs to $a_j$ and column $i$ to $z_i$.
# - **Mutation.** None. A function changes no array that it is given.
# - **Numbers** come in as float64, and go out as floating-point numbers, float64 or float32; a count
#   is an integer. The slope of ReLU at exactly 0 is 0.

# %% [markdown]
# ## Symbols and shapes
#
# | in the text | in the code | shape |
# |---|---|---|
# | input of a layer $a$ | `a` | $(k, 1)$ |
# | $z = W a + b$ | `W`, `z` | $(n, k)$, $(n, 1)$ |
# | $dz/da$, denominator layout | what `jac_linear` returns | $(k, n)$ |
# | upstream $u = d\mathcal{L}/dz$ | `u`, `dz` | $(n, 1)$ |
# | $J_1, J_2, \dots, J_p$ | `Js`, a list | $J_i$: $(n_{i-1}, n_i)$ |
# | outputs and labels of $m$ examples | `A`, `Y` | $(1, m)$ |
# | losses $\mathcal{L}_1, \dots, \mathcal{L}_m$ | | $m$ numbers |
# | $d\mathcal{L}/dz$ | `JL` | $(m, m)$ |

# %%
import numpy as np

from autograder import check, figures, hint
from autograder.networks import mlp_graph
from autograder.oracle import gradient


def sigmoid(z):
    """1 / (1 + exp(-z)), entry by entry; z and the result have the same shape."""
    return 1 / (1 + np.exp(-z))

# %% [markdown]
# ## 1. The Jacobian of a linear layer
#
# Two outputs, three inputs:
#
# $$z_1 = w_{11} a_1 + w_{12} a_2 + w_{13} a_3 + b_1, \qquad
# z_2 = w_{21} a_1 + w_{22} a_2 + w_{23} a_3 + b_2 .$$
#
# So $\partial z_i / \partial a_j = w_{ij}$. In denominator layout this number stands in row $j$,
# column $i$; in numerator layout in row $i$, column $j$.

# %% [markdown] free=true
# **Predict.** In denominator layout, what shape does $dz/da$ have for `W` of shape (2, 3)? And
# $d\mathcal{L}/dz$, with $\mathcal{L}$ one number? For which `W` can shapes not tell the layouts apart?
#
# *Your prediction:*

# %% solution="jac_linear"
def jac_linear(W, layout="denominator"):
    """The Jacobian dz/da of z = W a + b.

    Parameters
    ----------
    W : array, shape (n, k)
    layout : str
        ``"denominator"`` or ``"numerator"``.

    Returns
    -------
    array, shape (k, n) or (n, k)
        A new array; row j belongs to a_j in denominator layout, row i to z_i in numerator layout.
    """
    ### BEGIN SOLUTION
    return W.T.copy() if layout == "denominator" else W.copy()
    ### END SOLUTION

# %% free=true
check(jac_linear)

# %% grade="jac_linear__returns_the_right_shapes" points=2

# %% grade="jac_linear__matches_numeric_jacobian" points=5

# %% grade="jac_linear__takes_denominator_layout_by_default" points=1

# %% grade="jac_linear__returns_a_new_array" points=1

# %% grade="jac_linear__leaves_its_inputs_unchanged" points=1

# %% [markdown]
# ## 2. The Jacobian of an activation
#
# $a_i = g(z_i)$: each output depends on one input. Hence $\partial a_i / \partial z_j = 0$ for
# $i \neq j$, and the slopes $g'(z_i)$ stand on the diagonal:
#
# - sigmoid, $a = 1 / (1 + e^{-z})$: $\;g' = e^{-z} / (1 + e^{-z})^2 = a\,(1 - a)$;
# - tanh, $a = \tanh z$: $\;g' = 1 - a^2$;
# - ReLU, $a = \max(0, z)$: $\;g' = 1$ where $z > 0$, else 0.

# %% [markdown] free=true
# **Derive and predict.** Multiply a diagonal matrix $D$ with a column $u$, entry by entry. Which
# NumPy operator does the same with the diagonal alone? And how does this Jacobian differ between the
# two layouts?
#
# *Your lines:*

# %% solution="jac_pointwise"
def jac_pointwise(z, activation):
    """The Jacobian da/dz of a = g(z).

    Parameters
    ----------
    z : array, shape (n, 1)
    activation : str
        ``"sigmoid"``, ``"tanh"`` or ``"relu"``.

    Returns
    -------
    array, shape (n, n)
    """
    ### BEGIN SOLUTION
    slopes = {
        "sigmoid": lambda: sigmoid(z) * (1 - sigmoid(z)),
        "tanh": lambda: 1 - np.tanh(z) ** 2,
        "relu": lambda: (z > 0).astype(float),
    }
    return np.diagflat(slopes[activation]())
    ### END SOLUTION

# %% free=true
check(jac_pointwise)

# %% grade="jac_pointwise__returns_the_right_shapes" points=2

# %% grade="jac_pointwise__matches_numeric_jacobian" points=6

# %% grade="jac_pointwise__passes_nothing_at_zero" points=1

# %% grade="jac_pointwise__leaves_its_inputs_unchanged" points=1

# %% [markdown]
# ## 3. The product without the Jacobian
#
# $z$ has $n$ entries and $W$ has $n k$, so $dz/dW$ has $n \cdot n k$: for $n = k = 4096$ that is
# 275 GB in float32. Nobody needs it. With upstream $dz_i = \partial \mathcal{L} / \partial z_i$ and
# $z_i = \sum_j W_{ij} a_j + b_i$, sum over every way from a number to the loss:
#
# $$\frac{\partial \mathcal{L}}{\partial a_j} = \sum_i \dots, \qquad
# \frac{\partial \mathcal{L}}{\partial W_{ij}} = \dots, \qquad
# \frac{\partial \mathcal{L}}{\partial b_i} = \dots$$

# %% [markdown] free=true
# **Derive.** Fill the three dots. Which of the three contains a sum, and over which index? Turn each
# into one line of NumPy.
#
# *Your lines:*

# %% solution="vjp_linear"
def vjp_linear(dz, W, a):
    """Backward through z = W a + b for one example; no Jacobian is needed.

    Parameters
    ----------
    dz : array, shape (n, 1)
        Derivative of the loss with respect to z.
    W : array, shape (n, k)
    a : array, shape (k, 1)

    Returns
    -------
    da : array, shape (k, 1)
    dW : array, shape (n, k)
    db : array, shape (n, 1)
        Derivatives of the loss with respect to a, W and b.
    """
    ### BEGIN SOLUTION
    return W.T @ dz, dz @ a.T, dz.copy()
    ### END SOLUTION

# %% free=true
check(vjp_linear)

# %% grade="vjp_linear__returns_the_right_shapes" points=2

# %% grade="vjp_linear__da_matches_numeric_gradient" points=6

# %% grade="vjp_linear__dW_matches_numeric_gradient" points=6

# %% grade="vjp_linear__db_matches_numeric_gradient" points=3

# %% grade="vjp_linear__leaves_its_inputs_unchanged" points=1

# %% grade="vjp_linear__same_answer_twice" points=1

# %% [markdown]
# ## 4. A chain, from either end
#
# In denominator layout the chain rule is $v = J_1 J_2 \cdots J_p\, u$, with $u = d\mathcal{L}/d(\text{output})$.
# It may be bracketed from the right, $J_1 (J_2 (\cdots (J_p u)))$, or from the left,
# $((J_1 J_2) \cdots J_p)\, u$. A product of $(p, q)$ and $(q, r)$ takes $p \cdot q \cdot r$
# multiplications.
#
# **Count** while you go: `mults` is the sum over all products that you form.

# %% [markdown] free=true
# **Predict.** Three Jacobians of $n \times n$ and a column: how many multiplications from the right,
# and how many from the left? Can you think of shapes for which left to right is cheaper?
#
# *Your prediction:*

# %% solution="chain"
def chain(Js, u, order):
    """The product of all Jacobians and u, formed in the given order.

    Parameters
    ----------
    Js : list of array, J_i of shape (n_{i-1}, n_i)
        At least one.
    u : array, shape (n_p, 1)
    order : str
        ``"right-to-left"``: u meets the last Jacobian first;
        ``"left-to-right"``: the first two Jacobians are multiplied first, u comes last.

    Returns
    -------
    v : array, shape (n_0, 1)
    mults : int
        Number of multiplications of two numbers.
    """
    ### BEGIN SOLUTION
    factors, mults = [*Js, u], 0
    while len(factors) > 1:
        at = len(factors) - 2 if order == "right-to-left" else 0
        left, right = factors[at : at + 2]
        mults += left.shape[0] * left.shape[1] * right.shape[1]
        factors[at : at + 2] = [left @ right]
    return factors[0], mults
    ### END SOLUTION

# %% free=true
check(chain)

# %% grade="chain__returns_the_right_shapes" points=1

# %% grade="chain__v_is_the_product" points=5

# %% grade="chain__counts_multiplications_exactly" points=8

# %% grade="chain__goes_in_the_order_asked_for" points=7

# %% grade="chain__leaves_its_inputs_unchanged" points=1

# %% [markdown]
# Now your own counts. Four Jacobians of $n \times n$, counted for small $n$; a count is a polynomial
# in $n$ of degree 3 at most, so four of them give it for all $n$, also for layers of 4096 units.

# %%
def counted(order, n):
    """Your count for four n x n Jacobians and a column."""
    return chain([np.eye(n)] * 4, np.ones((n, 1)), order)[1]


def formula(order):
    """The coefficients of the polynomial through your counts, highest power first."""
    powers = np.vander([1, 2, 3, 4], 4)
    return np.rint(np.linalg.solve(powers, [counted(order, n) for n in (1, 2, 3, 4)])).astype(int)

# %%
def told(order, n):
    """The polynomial's value at n, as an exact integer."""
    return sum(int(c) * n**p for c, p in zip(formula(order), (3, 2, 1, 0), strict=True))


orders = ("right-to-left", "left-to-right")
for order in orders:
    print(order, "n^3, n^2, n, 1:", formula(order), " at 50:", told(order, 50), counted(order, 50))
widths = (16, 64, 256, 1024, 4096)
figures.multiplications_picture({order: {n: told(order, n) for n in widths} for order in orders})

# %% [markdown]
# Two straight lines: their slopes are the degrees of your two polynomials, 2 and 3, and at 4096
# units they lie a factor of 3072 apart. Ten billion multiplications a second make 7 milliseconds of
# the one and 21 seconds of the other, for one example.

# %% [markdown] free=true
# **Say it.** Why does one start at the loss? In which situation would you start at the input?
#
# *Your sentence:*

# %% [markdown]
# ## 5. The vector of losses
#
# Now $m$ examples with one output each, $a_i = \text{sigmoid}(z_i)$, and
# $\mathcal{L}_i = -y_i \log a_i - (1 - y_i) \log(1 - a_i)$. The losses are a vector of $m$ entries,
# and so is $z$. For one example
#
# $$\frac{d\mathcal{L}_i}{da_i} = \frac{a_i - y_i}{a_i (1 - a_i)}, \qquad
# \frac{d\mathcal{L}_i}{dz_i} = a_i - y_i .$$
#
# And $\partial \mathcal{L}_i / \partial z_j$ for $i \neq j$?

# %% solution="loss_vector_jacobian"
def loss_vector_jacobian(A, Y):
    """The Jacobian dL/dz of the m losses; z are the m scores, A = sigmoid(z).

    Parameters
    ----------
    A : array, shape (1, m)
        Outputs, more than 0 and less than 1.
    Y : array, shape (1, m)
        Labels, 0.0 or 1.0.

    Returns
    -------
    array, shape (m, m)
        Row j belongs to z_j, column i to the loss of example i.
    """
    ### BEGIN SOLUTION
    return np.diagflat(A - Y)
    ### END SOLUTION

# %% free=true
check(loss_vector_jacobian)

# %% grade="loss_vector_jacobian__returns_the_right_shapes" points=3

# %% grade="loss_vector_jacobian__matches_numeric_jacobian" points=8

# %% grade="loss_vector_jacobian__leaves_its_inputs_unchanged" points=1

# %% [markdown]
# One descends along one number, $J = \frac{1}{m} \sum_i \mathcal{L}_i$. It adds one link to the chain:
# $dJ/d\mathcal{L}$ is a column of $m$ entries $1/m$, and
# $\frac{dJ}{dq} = \frac{d\mathcal{L}}{dq} \frac{dJ}{d\mathcal{L}}$ for every $q$.
#
# Write this contraction for any $q$ of $k$ entries: then `JL` has shape $(k, m)$. Return a row, as
# the code stores a strip.

# %% [markdown] free=true
# **Predict.** Over which axis do you sum, and for which `JL` would the other axis give the same
# numbers?
#
# *Your prediction:*

# %% solution="contract"
def contract(JL, m):
    """From the Jacobian of the m losses to the gradient of J, their mean.

    Parameters
    ----------
    JL : array, shape (k, m)
        dL/dq in denominator layout, q any variable of k entries.
    m : int
        Number of examples.

    Returns
    -------
    array, shape (1, k)
        dJ/dq, as a row.
    """
    ### BEGIN SOLUTION
    return JL.sum(axis=1)[None, :] / m
    ### END SOLUTION

# %% free=true
check(contract)

# %% grade="contract__returns_the_right_shapes" points=2

# %% grade="contract__dJ_matches_numeric_gradient" points=8

# %% grade="contract__leaves_its_inputs_unchanged" points=1

# %% [markdown]
# Your two functions on five examples of a logistic regression. The picture is in numerator layout:
# a row for each loss.

# %%
rng = np.random.default_rng(20)
X, Y = rng.normal(size=(3, 5)), np.array([[1.0, 0.0, 0.0, 1.0, 1.0]])
graph = mlp_graph(X, Y, {"W1": rng.normal(size=(1, 3)), "b1": rng.normal(size=(1, 1))})
JL = loss_vector_jacobian(graph.value("A1"), Y)
print("strip equals dJ/dZ:", np.allclose(contract(JL, 5), gradient(graph, at="Z1")))
figures.jacobian_picture(JL.T, "entries of z")

# %% [markdown]
# Twenty zeros and five numbers become five numbers. The array `dZ` of the next units is the
# strip on the right: not the Jacobian, but the Jacobian already contracted. So the objection
# "$d\mathcal{L}/dZ$ must be $m \times m$" is right, and `dZ` is right, too.

# %% [markdown]
# ## 6. Bug hunt
#
# A layer of three units, $z = W a + b$, then a sigmoid, then a loss whose slope at the output is $u$.
# All sizes are 3, so shapes tell nothing. Five suspects compute $d\mathcal{L}/da$:
#
# | id | what was written |
# |---|---|
# | `right` | `W.T @ (s * u)`, where `s` holds the slopes |
# | `missing-w-transpose` | `W @ (s * u)` |
# | `missing-activation-derivative` | `W.T @ u` |
# | `wrong-order` | `s * (W.T @ u)`: the two Jacobians exchanged |
# | `matmul-not-elementwise` | the slopes as `np.dot(out, (1 - out).T)`, and `@` |

# %%
W = np.array([[1.0, 2.0, 0.0], [0.0, 1.0, -1.0], [3.0, 0.0, 1.0]])
out = np.array([[0.5], [0.2], [0.9]])  # sigmoid(z)
u = np.array([[1.0], [-2.0], [3.0]])
posted = {
    "A": [[2.5], [0.0], [0.45]],
    "B": [[-0.39], [-0.59], [1.02]],
    "C": [[1.06], [0.18], [0.59]],
    "D": [[-2.56], [-0.96], [-0.56]],
}

# %% [markdown]
# A student posted each of these four as "my $d\mathcal{L}/da$". Which line was behind it? Compute
# the suspects in a cell of your own, and name them: a dictionary `answers_02` with keys `"A"`,
# `"B"`, `"C"`, `"D"`, whose values are ids from the list. No two have the same id, and each earns
# its own points.

# %% free=true

# %% solution="answers_02"
# answers_02 = {"A": "an id from the list", "B": ..., "C": ..., "D": ...}
### BEGIN SOLUTION
answers_02 = {
    "A": "wrong-order",
    "B": "missing-w-transpose",
    "C": "right",
    "D": "matmul-not-elementwise",
}
### END SOLUTION

# %% grade="answers_02__names_case_A" points=4
# answers_02: names case A (4 points)
### BEGIN HIDDEN TESTS
from autograder import grade
grade("answers_02__names_case_A", globals(), key="wrong-order")
### END HIDDEN TESTS

# %% grade="answers_02__names_case_B" points=4
# answers_02: names case B (4 points)
### BEGIN HIDDEN TESTS
from autograder import grade
grade("answers_02__names_case_B", globals(), key="missing-w-transpose")
### END HIDDEN TESTS

# %% grade="answers_02__names_case_C" points=4
# answers_02: names case C (4 points)
### BEGIN HIDDEN TESTS
from autograder import grade
grade("answers_02__names_case_C", globals(), key="right")
### END HIDDEN TESTS

# %% grade="answers_02__names_case_D" points=4
# answers_02: names case D (4 points)
### BEGIN HIDDEN TESTS
from autograder import grade
grade("answers_02__names_case_D", globals(), key="matmul-not-elementwise")
### END HIDDEN TESTS

# %% [markdown]
# ## What you can now say
#
# - What the two layouts are, and which one a formula is written in: from its shapes.
# - That `*` is a product with a diagonal Jacobian, and `@` one with a full one.
# - Why the way back starts at the loss, and what it would cost otherwise.
# - What `dZ` is: the Jacobian of the losses, contracted.
