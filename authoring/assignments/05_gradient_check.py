# %% [markdown]
# # The gradient check, an instrument
#
# You build the instrument that decides whether a gradient is right, find out how exact it can be,
# teach it to name the wrong entry, and then write a test of your own. The test is tested: it has
# to stop eighteen wrong versions of `linear_backward` and to let the right one pass.
#
# After each function you call `check(...)`. The hidden checks are the same checks on other numbers.
#
# Where you do not know how to go on, `hint(numerical_gradient)` gives a question; the same call
# again gives a formula, and then a tiny worked case. It never gives code.
#
# A function is graded where it stands, from the first cell to the last: what it uses has to be
# written above it. Before you hand the notebook in, restart the kernel and run all cells.
#
# <details>
# <summary><b>Words</b> used here and what they mean (22)</summary>
#
# - **axis**: one direction of an array: a table has axis 0, down its rows, and axis 1, along its columns
# - **backward pass**: computing the derivatives, from the cost to the inputs
# - **bias**: a number that a unit adds to its weighted sum; it is learnt
# - **cache**: what a forward function keeps for its backward function
# - **cell**: in a recurrent network: the computation of one step in time; in a notebook: one box of text or code
# - **complex step**: a derivative found by adding i times a tiny number to the input and reading the imaginary part
# - **example**: one set of inputs, with its label if it has one
# - **float64**: the numbers of NumPy: float64 keeps about 16 digits, float32 about 7
# - **forward pass**: computing the values, from the inputs to the cost
# - **gradient**: all partial derivatives of one number with respect to an array, in the shape of the array
# - **kink**: a point at which a function is continuous and has no slope, as ReLU at 0
# - **layer**: one stage of a network: it takes numbers and gives numbers
# - **loss**: one number that says how wrong the network is on one example
# - **norm**: the length of a vector: the root of the sum of the squares of its entries
# - **numeric gradient**: a gradient found by running forward at inputs that were moved a little; it knows no formula
# - **parameter**: what a network learns: its weights and biases
# - **ReLU**: max(0, z), entry by entry
# - **seed**: a number from which a generator of random numbers starts; the same seed gives the same numbers
# - **slope**: how fast one value moves with another: the derivative of one operation
# - **unit**: one number that a layer gives for each example, with the weights that make it
# - **wire**: in a graph: the way from one value into another that uses it
# - **∂**: ∂J/∂w is a partial derivative: how fast J moves when w alone is moved
#
# </details>

# %% [markdown]
# ## The contract
#
# - **f** is a function of one array, `theta`, and returns one number. The array has one axis or
#   more, of floats or of integers; derivatives are float64 arrays of its shape.
# - **h** is a positive number, except in `one_sided`, where it may be negative.
# - **Mutation.** None: `theta` holds the same bits before and after, and so does every other array
#   and dictionary that comes in.
# - **Places** are pairs (name, index), such as `("W1", (2, 0))`: the index holds one integer for
#   each axis.
# - **In part 6** columns are examples, and $dW, db$ are derivatives of $J$, while $dZ, dA$ are
#   derivatives of the sum of the losses (the L convention of unit 04).

# %% [markdown]
# ## Symbols and shapes
#
# | in the text | in the code | shape |
# |---|---|---|
# | $\theta$ | `theta` | any, with one axis or more |
# | $f(\theta)$ | `f(theta)` | a number |
# | $e_k$: 1 in entry $k$, else 0 | | that of $\theta$ |
# | $\partial f / \partial \theta$ | what the functions return | that of $\theta$ |
# | parameters of a network | `parameters["W1"]`, ... | unit 04 |
# | $A_{prev}$, $dZ$ of a layer | `case["A_prev"]`, `case["dZ"]` | $(n_{prev}, m)$, $(n, m)$ |
# | $W$, $b$ of a layer | `case["W"]`, `case["b"]` | $(n, n_{prev})$, $(n, 1)$ |

# %%
import numpy as np

from autograder import check, figures, hint
from autograder.networks import layer_graph
from autograder.networks.functions import function
from autograder.oracle import gradient

# %% [markdown]
# The checks cannot hand a Python function to your notebook from outside. They hand over a name and
# data, and these five short functions make the function from them and call yours.

# %%
def one_sided_of(kind, data, theta, h):
    return one_sided(function(kind, data), theta, h)


def numerical_gradient_of(kind, data, theta, h):
    return numerical_gradient(function(kind, data), theta, h)


def complex_step_of(kind, data, theta, h):
    return complex_step(function(kind, data), theta, h)

# %%
def u_curve_of(kind, data, theta, true, hs):
    return u_curve(function(kind, data), theta, true, hs)


def grad_check_of(kind, data, parameters, grads, h):
    return grad_check(function(kind, data), parameters, grads, h)

# %% [markdown]
# ## 1. Two differences
#
# Taylor's series of one entry, with $h$ of either sign:
#
# $$f(\theta + h) = f + h f' + \tfrac{1}{2} h^2 f'' + \tfrac{1}{6} h^3 f''' + \dots$$
#
# Subtract $f$ and divide by $h$: the slope to one side, with an error of $\tfrac{1}{2} h f''$.
# Subtract $f(\theta - h)$ instead: the even terms cancel, and
#
# $$\frac{f(\theta + h) - f(\theta - h)}{2h} = f' + \tfrac{1}{6} h^2 f''' + \dots$$

# %% [markdown] free=true
# **Predict.** For $f = \theta^3$ at $\theta = 1$ and $h = 0.01$: what do the right slope, the left
# slope and the centred difference give, exactly? What is the mean of the two one-sided slopes?
#
# *Your prediction:*

# %% solution="one_sided"
def one_sided(f, theta, h):
    """Slopes (f(theta + h e_k) - f(theta)) / h for each entry k.

    Parameters
    ----------
    f : function
        From an array of theta's shape to a number.
    theta : array, one axis or more, floats or integers
    h : float
        Positive for the slope to the right, negative for the slope to the left.

    Returns
    -------
    array of float64, theta's shape
    """
    ### BEGIN SOLUTION
    theta = np.array(theta, dtype=float)
    slopes, base = np.zeros_like(theta), f(theta)
    for k in np.ndindex(theta.shape):
        moved = theta.copy()
        moved[k] += h
        slopes[k] = (f(moved) - base) / h
    return slopes
    ### END SOLUTION

# %% free=true
check(one_sided)

# %% grade="one_sided__is_the_slope_on_one_side" points=3

# %% [markdown]
# Three things go wrong here again and again. `theta[k] += h` on an array of integers adds nothing.
# `theta[k] += h` followed by `theta[k] -= h` does not always give back the old bits. And
# `a - b / 2 * h` is not what it looks like.

# %% solution="numerical_gradient"
def numerical_gradient(f, theta, h=1e-5):
    """Centred differences (f(theta + h e_k) - f(theta - h e_k)) / (2 h).

    Parameters
    ----------
    f : function
        From an array of theta's shape to a number.
    theta : array, one axis or more, floats or integers
    h : float

    Returns
    -------
    array of float64, theta's shape
    """
    ### BEGIN SOLUTION
    return (one_sided(f, theta, h) + one_sided(f, theta, -h)) / 2
    ### END SOLUTION

# %% free=true
check(numerical_gradient)

# %% grade="numerical_gradient__is_centred" points=5

# %% grade="numerical_gradient__keeps_the_shape" points=2

# %% grade="numerical_gradient__takes_integers_and_float32" points=3

# %% grade="numerical_gradient__leaves_theta_unchanged" points=3

# %% [markdown]
# ## 2. When are two gradients the same?
#
# Not when they are equal: rounding differs. One number shall say how far apart two arrays are,
# whatever their size, and without knowing which one is right:
#
# $$e(a, b) = \frac{\max_k |a_k - b_k|}{\max(\max_k |a_k|,\; \max_k |b_k|)}, \qquad e(0, 0) = 0 .$$
#
# Divided by the largest entry, not entry by entry: an entry that happens to be near 0 has few right
# digits in any gradient.

# %% [markdown] free=true
# **Predict.** What is `max(0.0, np.nan)` in Python, and what is `np.nan > 1e-6`? What is the shape
# of `a - b` for shapes (4, 1) and (4,)?
#
# *Your prediction:*

# %% solution="relative_error"
def relative_error(a, b):
    """The largest difference of two arrays, relative to their largest entry.

    Parameters
    ----------
    a, b : array, of one shape

    Returns
    -------
    float
        0.0 for two arrays of zeros; nan or inf if there is a nan in a or b.

    Raises
    ------
    ValueError
        If the shapes differ.
    """
    ### BEGIN SOLUTION
    if np.shape(a) != np.shape(b):
        raise ValueError(f"shapes {np.shape(a)} and {np.shape(b)} differ")
    scale = np.maximum(np.abs(a).max(), np.abs(b).max())
    return 0.0 if scale == 0 else float(np.abs(a - b).max() / scale)
    ### END SOLUTION

# %% free=true
check(relative_error)

# %% grade="relative_error__is_the_largest_gap_by_the_largest_entry" points=4

# %% grade="relative_error__does_not_swallow_nan" points=3

# %% grade="relative_error__refuses_other_shapes" points=3

# %% [markdown]
# ## 3. A step along the imaginary axis
#
# Put $ih$ in the place of $h$: $f(\theta + ih) = f + i h f' - \tfrac{1}{2} h^2 f'' - \dots$ The
# imaginary part, divided by $h$, is $f'$ with an error of $\tfrac{1}{6} h^2 f'''$. Nothing is
# subtracted, so no digit is lost, however small $h$ is. The price: $f$ must accept complex numbers.

# %% solution="complex_step"
def complex_step(f, theta, h=1e-20):
    """Im f(theta + i h e_k) / h for each entry k.

    Parameters
    ----------
    f : function
        From a complex array of theta's shape to a complex number.
    theta : array, one axis or more, floats or integers
    h : float

    Returns
    -------
    array of float64, theta's shape
    """
    ### BEGIN SOLUTION
    slopes = np.zeros(np.shape(theta))
    for k in np.ndindex(slopes.shape):
        moved = np.array(theta, dtype=complex)
        moved[k] += 1j * h
        slopes[k] = f(moved).imag / h
    return slopes
    ### END SOLUTION

# %% free=true
check(complex_step)

# %% grade="complex_step__is_right_to_the_last_digits" points=5

# %% grade="complex_step__leaves_theta_unchanged" points=2

# %% [markdown]
# ## 4. The U-curve
#
# A float64 keeps 16 digits. Both values of $f$ are rounded, so their difference is off by about
# $10^{-16} |f|$, and the quotient by $10^{-16} |f| / h$. That grows as $h$ shrinks, while the error
# of the series shrinks with it. Somewhere between lies the best $h$.

# %% [markdown] free=true
# **Predict.** Minimise $h^2 + 10^{-16} / h$, up to factors of order 1. Which power of ten is the best
# $h$ for the centred difference, and how small is the error there? And for the one-sided one?
#
# *Your prediction:*

# %% solution="u_curve"
def u_curve(f, theta, true, hs):
    """The relative error of three numeric gradients at each step.

    Parameters
    ----------
    f : function
    theta : array
    true : array, theta's shape
        The right gradient.
    hs : sequence of float
        The steps, in any order.

    Returns
    -------
    dict
        ``"one-sided"``, ``"centred"``, ``"complex step"``: each an array, shape (len(hs),). Entry k
        is the ``relative_error`` of that method's gradient with the step ``hs[k]`` and `true`.
    """
    ### BEGIN SOLUTION
    methods = {
        "one-sided": one_sided,
        "centred": numerical_gradient,
        "complex step": complex_step,
    }
    return {
        name: np.array([relative_error(method(f, theta, h), true) for h in hs])
        for name, method in methods.items()
    }
    ### END SOLUTION

# %% free=true
check(u_curve)

# %% grade="u_curve__bends_where_rounding_takes_over" points=5

# %% [markdown]
# Look at your own curves, then choose.

# %%
c, theta = np.array([1.0, -0.7, 0.4]), np.array([0.3, -0.8, 0.5])
true = c * np.exp(np.sin(theta)) * np.cos(theta)
hs = 10.0 ** np.arange(-14, 0)
curves = u_curve(function("waves", c), theta, true, hs)
figures.u_curve_picture(hs, curves)

# %% solution="best_h"
# best_h = the step that you choose for centred differences
### BEGIN SOLUTION
best_h = 1e-5
### END SOLUTION

# %% grade="best_h__lies_in_the_valley" points=3

# %%
narrow = function("float32", c)  # the same function, computed in float32
slopes = [numerical_gradient(narrow, theta, h) for h in hs]
curves["centred, float32"] = [relative_error(slope, true) for slope in slopes]
figures.u_curve_picture(hs, curves, mine=best_h)

# %% [markdown]
# Three shapes. Right of the valleys the slopes are 1 for the one-sided and 2 for the centred
# difference and the complex step. Left of them both differences climb, and the complex step goes on
# to $10^{-16}$. With float32, seven digits instead of 16, no $h$ is good: at $10^{-5}$ the error is
# about 1 %, and nothing is wrong with the gradient.

# %% [markdown]
# ## 5. Check a network and name the entry
#
# `f` is now a function of a dict of parameters. Compare array by array: in one common norm a bias of
# 3 entries disappears beside a matrix of 35. Two more things a good instrument does:
#
# - **Random forward**: if `f(parameters)` gives two numbers in two calls, raise `ValueError`.
# - **Kinks**: where ReLU stands at 0, the slopes $r$ to the right and $l$ to the left differ, and
#   the centred difference is their mean, which is no derivative. Flag the entry if
#   $|r - l| > 10^{-3} \max(1, |r|, |l|)$, and leave it out of the error.

# %% [markdown] free=true
# **Predict.** One unit stands exactly at $z = 0$ for one example, and the analytic gradient takes
# slope 0 there. By which fraction of the jump is the centred difference off? Why does a smaller $h$
# not help?
#
# *Your prediction:*

# %% solution="grad_check"
def grad_check(f, parameters, grads, h=1e-5):
    """Compare analytic gradients with numeric ones, array by array.

    f maps a dict like `parameters` to a number; `grads` has its names, in any order, and shapes.

    Returns
    -------
    errors : dict
        Name to `relative_error` of that array, flagged entries left out.
    worst : pair
        (name, index) of the array with the largest error and its entry furthest off; the index is
        a tuple of integers, one for each axis: ("W1", (2, 0)).
    kinks : list of pairs
        (name, index) of each flagged entry.
    """
    ### BEGIN SOLUTION
    if f(parameters) != f(parameters):
        raise ValueError("two calls of f give two numbers")
    errors, places, kinks = {}, {}, []
    for n, g in grads.items():
        right, left = (
            one_sided(lambda x, n=n: f({**parameters, n: x}), parameters[n], s) for s in (h, -h)
        )
        larger = np.maximum(np.abs(right), np.abs(left))
        kinked = np.abs(right - left) > 1e-3 * np.maximum(1, larger)
        numeric = np.where(kinked, g, (right + left) / 2)
        errors[n] = relative_error(numeric, g)
        places[n] = np.unravel_index(np.abs(numeric - g).argmax(), g.shape)
        kinks += [(n, tuple(place)) for place in np.argwhere(kinked)]
    worst = max(errors, key=errors.get)
    return errors, (worst, places[worst]), kinks
    ### END SOLUTION

# %% free=true
check(grad_check)

# %% grade="grad_check__passes_right_gradients" points=4

# %% grade="grad_check__names_the_worst_entry" points=6

# %% grade="grad_check__flags_kinks" points=5

# %% grade="grad_check__refuses_a_random_forward" points=3

# %% [markdown]
# ## 6. You write the test
#
# Someone hands you a `linear_backward(dZ, cache)`. For $Z = WA + b$, with $S = \sum dZ * Z$ and
# $J = S/m$, it returns `dA_prev` (derivative of $S$), `dW` and `db` (derivatives of $J$). Is it
# right?
#
# A test has two halves. `make_test(seed)` chooses inputs. `accepts(case, output)` looks at what came
# out and says yes or no. First the second half: no formula of the backward pass is needed, your
# numeric gradient of $S$ knows it.

# %% solution="accepts"
def accepts(case, output):
    """Is this what a right linear_backward returns? Right up to rounding is right.

    Parameters
    ----------
    case : dict
        ``"dZ"``, shape (n, m); ``"A_prev"``, shape (n_prev, m); ``"W"``, shape (n, n_prev);
        ``"b"``, shape (n, 1).
    output : dict
        ``"dA_prev"``, ``"dW"``, ``"db"``: arrays, of whatever shape they came in.

    Returns
    -------
    bool
    """
    ### BEGIN SOLUTION
    dZ, m = case["dZ"], case["dZ"].shape[1]

    def S(A_prev, W, b):
        return np.sum(dZ * (W @ A_prev + b))

    A_prev, W, b = case["A_prev"], case["W"], case["b"]
    numeric = {
        "dA_prev": numerical_gradient(lambda x: S(x, W, b), A_prev, 1e-3),
        "dW": numerical_gradient(lambda x: S(A_prev, x, b), W, 1e-3) / m,
        "db": numerical_gradient(lambda x: S(A_prev, W, x), b, 1e-3) / m,
    }
    if any(np.shape(output[name]) != numeric[name].shape for name in numeric):
        return False
    return all(relative_error(output[name], numeric[name]) < 1e-7 for name in numeric)
    ### END SOLUTION

# %% free=true
check(accepts)

# %% grade="accepts__accepts_right_answers" points=2

# %% grade="accepts__rejects_other_shapes_and_nan" points=3

# %% grade="accepts__rejects_small_errors" points=3

# %% [markdown] free=true
# **Predict.** On which inputs does each of these mistakes change nothing? (a) $1/m$ forgotten;
# (b) `W @ dZ` for `W.T @ dZ`; (c) `m = A_prev.shape[0]`; (d) `np.maximum(A_prev, 0)` in the place of
# `A_prev`.
#
# *Your prediction:*

# %% solution="make_test"
def make_test(seed):
    """Inputs on which no mistake can hide.

    Parameters
    ----------
    seed : int

    Returns
    -------
    list of dict
        At most 12 cases, each with the arrays ``"dZ"``, ``"A_prev"``, ``"W"``, ``"b"`` of
        `accepts`, of at most 400 entries each, drawn from a generator with this seed.
    """
    ### BEGIN SOLUTION
    rng, cases = np.random.default_rng(seed), []
    for n_prev, n, m in ((5, 3, 7), (4, 4, 6)):
        shapes = {"dZ": (n, m), "A_prev": (n_prev, m), "W": (n, n_prev), "b": (n, 1)}
        cases.append({name: rng.normal(size=shape) for name, shape in shapes.items()})
    return cases
    ### END SOLUTION

# %% [markdown]
# Try it. A wrong implementation need not be written: differentiate an edited graph. `scale(c)` keeps
# a value and multiplies the derivative that comes back through it; each entry of `mutants` is a map
# from wires to edits. The hidden checks hold eighteen; here are six of them.

# %%
def scale(c):
    """An edit: the value stays, the derivative is multiplied by c."""
    return lambda value, seen: value.real + 1j * c * value.imag


def returned(case, edits):
    """What linear_backward returns if the graph of the layer is edited so."""
    graph = layer_graph(case["A_prev"], case["W"], case["b"], case["dZ"])
    slopes, m = gradient(graph, at=["A0", "W1", "b1"], edits=edits), case["dZ"].shape[1]
    return {"dA_prev": m * slopes["A0"], "dW": slopes["W1"], "db": slopes["b1"]}

# %%
def untransposed(case):
    """dA_prev = W @ dZ where W is square; elsewhere no edit."""
    W = case["W"]
    if W.shape[0] != W.shape[1]:
        return {}
    return {"Z1": lambda value, seen: value + 1j * ((W.T - W) @ seen["A0->Z1"].imag)}


def positive(case):
    """dW with np.maximum(A_prev, 0) in the place of A_prev."""
    lost = np.minimum(case["A_prev"], 0)
    return {"Z1": lambda value, seen: value - 1j * (seen["W1->Z1"].imag @ lost)}

# %%
def both(make):
    """The same edit on the wires of W and b, from a case."""
    return lambda case: {wire: scale(make(case)) for wire in ("W1->Z1", "b1->Z1")}

# %%
mutants = {
    "1/m missing": both(lambda case: case["dZ"].shape[1]),
    "1/m twice": both(lambda case: 1 / case["dZ"].shape[1]),
    "m = A_prev.shape[0]": both(lambda case: case["dZ"].shape[1] / case["A_prev"].shape[0]),
    "W for W.T": untransposed,
    "negative A_prev lost": positive,
    "db 1 % off": lambda case: {"b1->Z1": scale(1.01)},
}

# %%
cases = make_test(seed=1)
killed = [
    [not accepts(case, returned(case, edit(case))) for case in cases] for edit in mutants.values()
]
print("right answers accepted:", all(accepts(case, returned(case, {})) for case in cases))
names = [f"{c['W'].shape[1]}-{c['W'].shape[0]}\nm = {c['dZ'].shape[1]}" for c in cases]
figures.kill_picture(np.array(killed), list(mutants), names)

# %% [markdown]
# The marks say which case stops which mutant: rows are mutants, columns are your cases with their
# sizes. A row without a mark is a survivor: on none of your inputs does that mistake change a
# number, or `accepts` did not mind. Change the inputs until no row is empty.

# %% free=true
check(make_test)

# %% grade="make_test__repeats_with_its_seed" points=1

# %% grade="make_test__kills_missing_one_over_m" points=1.5

# %% grade="make_test__kills_one_over_m_twice" points=1.5

# %% grade="make_test__kills_db_not_averaged" points=1.5

# %% grade="make_test__kills_one_over_m_in_dA" points=1.5

# %% grade="make_test__kills_m_from_rows" points=1.5

# %% grade="make_test__kills_m_from_units" points=1.5

# %% grade="make_test__kills_no_transpose" points=1.5

# %% grade="make_test__kills_dW_transposed" points=1.5

# %% grade="make_test__kills_sign_of_dA" points=1.5

# %% grade="make_test__kills_shared_bias" points=1.5

# %% grade="make_test__kills_positive_inputs" points=1.5

# %% grade="make_test__kills_positive_upstream" points=1.5

# %% grade="make_test__kills_last_example" points=1.5

# %% grade="make_test__kills_one_percent" points=1.5

# %% grade="make_test__kills_weight_decay" points=1.5

# %% grade="make_test__kills_db_flat" points=1.5

# %% grade="make_test__kills_db_square" points=1.5

# %% grade="make_test__kills_nan" points=1.5

# %% [markdown]
# ## 7. Bug hunt: what went wrong in these checks?
#
# Five people checked a gradient and posted what they saw. The function in A is $x_1^2 + x_2^2$.
#
# | | what was posted |
# |---|---|
# | A | `x = np.array([3, 4])`, h = 1e-4, analytic (6, 8): numeric gradient (25000, 35000) |
# | B | ReLU network: all entries agree to 1e-10, but `b1[2]` is off by exactly half of `dA[2]` |
# | C | error 0.285 before, 0.173 after a repair of `db1`; `dW2` is twice the numeric gradient |
# | D | error exactly 0.0, at every h, for every network |
# | E | float64, centred, h = 1e-13, smooth f: error 0.13, at h = 1e-4 it is 2e-10 |

# %% [markdown]
# The suspects: `gradcheck-integer-dtype`, `gradcheck-float32`, `gradcheck-epsilon-too-large`,
# `gradcheck-epsilon-too-small`, `gradcheck-kink`, `gradcheck-random-forward`,
# `gradcheck-self-compare`, `gradcheck-half-fixed`, `gradcheck-operator-precedence`.
#
# Name them: a dictionary `answers_05` with keys `"A"` to `"E"`. No two of them are the same.

# %% free=true

# %% solution="answers_05"
# answers_05 = {"A": "an id from the list", "B": ..., "C": ..., "D": ..., "E": ...}
### BEGIN SOLUTION
answers_05 = {
    "A": "gradcheck-integer-dtype",
    "B": "gradcheck-kink",
    "C": "gradcheck-half-fixed",
    "D": "gradcheck-self-compare",
    "E": "gradcheck-epsilon-too-small",
}
### END SOLUTION

# %% grade="answers_05__names_case_A" points=1
# answers_05: names case A (1 point)
### BEGIN HIDDEN TESTS
from autograder import grade
grade("answers_05__names_case_A", globals(), key="gradcheck-integer-dtype")
### END HIDDEN TESTS

# %% grade="answers_05__names_case_B" points=1
# answers_05: names case B (1 point)
### BEGIN HIDDEN TESTS
from autograder import grade
grade("answers_05__names_case_B", globals(), key="gradcheck-kink")
### END HIDDEN TESTS

# %% grade="answers_05__names_case_C" points=1
# answers_05: names case C (1 point)
### BEGIN HIDDEN TESTS
from autograder import grade
grade("answers_05__names_case_C", globals(), key="gradcheck-half-fixed")
### END HIDDEN TESTS

# %% grade="answers_05__names_case_D" points=1
# answers_05: names case D (1 point)
### BEGIN HIDDEN TESTS
from autograder import grade
grade("answers_05__names_case_D", globals(), key="gradcheck-self-compare")
### END HIDDEN TESTS

# %% grade="answers_05__names_case_E" points=1
# answers_05: names case E (1 point)
### BEGIN HIDDEN TESTS
from autograder import grade
grade("answers_05__names_case_E", globals(), key="gradcheck-epsilon-too-small")
### END HIDDEN TESTS

# %% [markdown]
# ## What you can now say
#
# - Which $h$ to take, and why a smaller one is worse.
# - Why errors are told array by array, and what a flagged kink means.
# - That a test is worth what it stops, and that inputs do most of the work.
