# %% [markdown]
# # Shapes and layouts
#
# You write down the shape of every array of a network, in both layouts of the field, predict what
# NumPy's broadcasting does, and find out how much shapes can prove.
#
# After each function you call `check(...)`. The hidden checks are the same checks on other sizes;
# each has a name, and each is worth points of its own.
#
# Where a check fails, `from autograder import example` and `args = example(bias_gradient)`
# give you the arguments of the smallest instance tried on which your function fails. Call it with
# them, `bias_gradient(*args)`, and print what you want to see.
#
# Where you do not know how to go on, `hint(bias_gradient)` gives a question; the same call again
# gives a formula, and then a tiny worked case. It never gives code.
#
# <details>
# <summary><b>Words</b> used here and what they mean (17)</summary>
#
# - **axis**: one direction of an array: a table has axis 0, down its rows, and axis 1, along its columns
# - **backward pass**: computing the derivatives, from the cost to the inputs
# - **bias**: a number that a unit adds to its weighted sum; it is learnt
# - **broadcasting**: how NumPy copies an array of a smaller shape so that it fits a larger one
# - **cell**: in a recurrent network: the computation of one step in time; in a notebook: one box of text or code
# - **example**: one set of inputs, with its label if it has one
# - **forward pass**: computing the values, from the inputs to the cost
# - **gradient**: all partial derivatives of one number with respect to an array, in the shape of the array
# - **hidden layer**: a layer, or a unit, that is neither input nor output
# - **in place**: into the memory of an array that exists already, as `+=` writes, so that everybody who holds the array sees it
# - **instance**: one set of random inputs on which a check runs your function
# - **layer**: one stage of a network: it takes numbers and gives numbers
# - **layout**: which axis of an array counts what. Columns or rows may be examples; and a Jacobian has two layouts of its own, numerator and denominator
# - **parameter**: what a network learns: its weights and biases
# - **ReLU**: max(0, z), entry by entry
# - **unit**: one number that a layer gives for each example, with the weights that make it
# - **weight**: a number that an input of a unit is multiplied with; it is learnt
#
# </details>

# %% [markdown]
# ## The contract
#
# - **Columns are examples**, unless it says rows: $A^{[l]}$ has shape $(n_l, m)$, a bias $(n_l, 1)$.
# - **Rows are examples**: everything is transposed, and a bias is flat, of shape $(n_l,)$.
# - **A derivative** of one number with respect to an array has the shape of that array. It is called
#   `dW1` for `W1`, and so on. (*With respect to*: how fast the number moves with each entry.)
# - **Shapes** are tuples of integers, as `array.shape` gives them.
# - **Mutation.** None: a function changes nothing that it is given.

# %% [markdown]
# ## Symbols and shapes
#
# | in the text | in the code | columns | rows |
# |---|---|---|---|
# | $m$ examples, $n_l$ units in layer $l$ | `m`, `sizes[l]` | | |
# | inputs $X = A^{[0]}$ | `A0` | $(n_0, m)$ | $(m, n_0)$ |
# | weights $W^{[l]}$ | `W1`, `W2`, ... | $(n_l, n_{l-1})$ | $(n_{l-1}, n_l)$ |
# | biases $b^{[l]}$ | `b1`, `b2`, ... | $(n_l, 1)$ | $(n_l,)$ |
# | $Z^{[l]}$, $A^{[l]}$ | `Z1`, `A1`, ... | ? | ? |
#
# In columns $Z^{[l]} = W^{[l]} A^{[l-1]} + b^{[l]}$ and $A^{[l]} = g(Z^{[l]})$, entry by entry.

# %%
import numpy as np

from autograder import check, figures, hint

# %% [markdown]
# ## 1. The ledger
#
# Entry $(i, j)$ of $W$ joins input $j$ to unit $i$:
#
# $$Z_{ik} = \sum_j W_{ij} A_{jk} + b_i .$$
#
# Each letter tells its shape: $i$ runs over the units of this layer, $j$ over those of the layer
# before, $k$ over the examples. The index $j$ is summed away. The bias has no $k$: one number serves
# all examples.

# %% [markdown] free=true
# **Predict.** The network Linear → ReLU → Linear with 4 inputs, 5 hidden units, 3 outputs and 7
# examples: which arrays are parameters, what shape does each have, and how many numbers are learned?
#
# *Your prediction:*

# %% solution="shape_ledger"
def shape_ledger(sizes, m):
    """The shape of every array of a network; examples are columns.

    Parameters
    ----------
    sizes : list of int
        (n_0, n_1, ..., n_L).
    m : int
        Number of examples.

    Returns
    -------
    dict
        Name to shape: ``A0``; ``W{l}``, ``b{l}``, ``Z{l}``, ``A{l}`` for l = 1 ... L; and for each
        of these names its derivative, ``dA0``, ``dW1``, and so on. No other names.
    """
    ### BEGIN SOLUTION
    ledger = {"A0": (sizes[0], m)}
    for layer in range(1, len(sizes)):
        n, n_prev = sizes[layer], sizes[layer - 1]
        ledger |= {f"W{layer}": (n, n_prev), f"b{layer}": (n, 1)}
        ledger |= {f"Z{layer}": (n, m), f"A{layer}": (n, m)}
    return ledger | {f"d{name}": shape for name, shape in ledger.items()}
    ### END SOLUTION

# %% free=true
check(shape_ledger)

# %% grade="shape_ledger__column_shapes_are_right" points=9

# %% grade="shape_ledger__gradients_have_the_shape_of_their_variable" points=6

# %% grade="shape_ledger__leaves_its_inputs_unchanged" points=1

# %% [markdown]
# ## 2. The other layout
#
# CS231n, Data C182 and most of today's code have examples in rows: `out = x @ w + b`. Nothing new is
# computed. Every matrix is replaced by its transpose, and $b$ is flat, because NumPy adds a flat
# array to every row.

# %% solution="to_rows"
def to_rows(ledger):
    """Translate a ledger from columns to rows as examples.

    Parameters
    ----------
    ledger : dict
        As returned by `shape_ledger`.

    Returns
    -------
    dict
        A new ledger: the same names, with the shapes that they have when examples are rows.
    """
    ### BEGIN SOLUTION
    rows = {}
    for name, shape in ledger.items():
        rows[name] = shape[:1] if name.removeprefix("d")[0] == "b" else shape[::-1]
    return rows
    ### END SOLUTION

# %% free=true
check(to_rows)

# %% grade="to_rows__row_shapes_are_right" points=10

# %% [markdown]
# A *product* is translated, too. $(PQ)^T = Q^T P^T$: transposing a product reverses it. So with
# $Z = WA$ in columns, $Z^T = A^T W^T$; and $Z^T$, $A^T$, $W^T$ are the arrays that the row layout
# calls `Z`, `A`, `W`. In row layout the line reads `Z = A @ W`.

# %% [markdown] free=true
# **Derive.** In columns $dW = dZ\, A^T$. Transpose both sides, then replace every array by its row
# version, whose transpose it is. Which order, and which factor bears the `.T`?
#
# *Your lines:*

# %% solution="to_row_product"
def to_row_product(factors):
    """Translate a product from columns to rows as examples.

    Parameters
    ----------
    factors : list of str
        Such as ``["dZ", "A.T"]`` for ``dZ @ A.T``; column layout.

    Returns
    -------
    list of str
        The factors, in order and with their ``.T``, of the product that gives the same quantity
        in row layout. A new list.
    """
    ### BEGIN SOLUTION
    return list(reversed(factors))
    ### END SOLUTION

# %% free=true
check(to_row_product)

# %% grade="to_row_product__is_right_on_rectangles" points=8

# %% grade="to_row_product__is_right_on_squares" points=7

# %% grade="to_row_product__leaves_its_inputs_unchanged" points=1

# %% [markdown]
# ## 3. Broadcasting
#
# NumPy adds arrays of different shapes by a rule: write the shapes one below the other, aligned at
# their **right** ends; a missing entry counts as 1; where the two numbers differ, a 1 gives way, and
# anything else is an error.
#
# | | | | | |
# |---|---|---|---|---|
# | `(4, 3)` and `(3,)` | 4, 3 | , 3 | → | `(4, 3)` |
# | `(4, 1)` and `(1, 3)` | 4, 1 | 1, 3 | → | `(4, 3)` |
# | `(4, 3)` and `(4,)` | 4, 3 | , 4 | → | error |

# %% [markdown] free=true
# **Predict.** The shape of `(5, 1) + (5,)`; of `(5, 1) - (1, 5)`; of `(2, 1, 3) * (4, 1)`.
#
# *Your prediction:*

# %% solution="broadcast_shape"
def broadcast_shape(s1, s2):
    """The shape of a + b for arrays of shapes s1 and s2, worked out by hand.

    Parameters
    ----------
    s1, s2 : tuple of int, of any lengths
        All numbers are 1 or more.

    Returns
    -------
    tuple of int

    Raises
    ------
    ValueError
        If the shapes do not fit.
    """
    ### BEGIN SOLUTION
    length = max(len(s1), len(s2))
    padded = [(1,) * (length - len(s)) + tuple(s) for s in (s1, s2)]
    result = []
    for one, other in zip(*padded, strict=True):
        if one != other and 1 not in (one, other):
            raise ValueError(f"shapes {s1} and {s2} do not fit")
        result.append(other if one == 1 else one)
    return tuple(result)
    ### END SOLUTION

# %% free=true
check(broadcast_shape)

# %% grade="broadcast_shape__agrees_with_numpy" points=10

# %% grade="broadcast_shape__column_plus_flat_is_a_square" points=4

# %% grade="broadcast_shape__refuses_what_does_not_fit" points=6

# %%
figures.broadcast_picture(10 * np.arange(1.0, 6.0)[:, None], np.arange(1.0, 6.0))

# %% [markdown]
# A column of five and a flat array of five have become 25 numbers. Nobody was warned. So a `db` of
# shape (5,) that is added to a `b` of shape (5, 1) makes a square bias, and `b += db` in place is an
# error about "shape (5,5)". `keepdims=True` prevents both.

# %% [markdown]
# What forward **copies**, backward **sums**. $b$ was copied to all examples, $Z_{ik} = \dots + b_i$,
# so its derivative collects from all of them.

# %% solution="bias_gradient"
def bias_gradient(dZ):
    """The derivative with respect to b of a number whose derivative with respect to Z is dZ.

    Parameters
    ----------
    dZ : array, shape (n, m)
        Columns are examples; Z = W A + b.

    Returns
    -------
    array, shape (n, 1)
        Of the same number: no factor 1/m.
    """
    ### BEGIN SOLUTION
    return dZ.sum(axis=1, keepdims=True)
    ### END SOLUTION

# %% free=true
check(bias_gradient)

# %% grade="bias_gradient__returns_the_right_shapes" points=3

# %% grade="bias_gradient__db_is_right" points=9

# %% grade="bias_gradient__leaves_its_inputs_unchanged" points=2

# %% [markdown]
# ## 4. How much do shapes prove?
#
# Many of us write a backward pass by trying transposes until it runs. Let us count how often that
# works. From two matrices $P$ and $Q$ one can form eight products: `P @ Q`, `P.T @ Q`, `P @ Q.T`,
# `P.T @ Q.T`, and the same four with $Q$ first. Which of them exist and have the wanted shape?

# %% solution="products_that_fit"
def products_that_fit(p, q, target):
    """Which of the eight products of P and Q have the wanted shape?

    Parameters
    ----------
    p, q : tuple of int, length 2
        Shapes of P and Q.
    target : tuple of int, length 2
        The wanted shape.

    Returns
    -------
    list of str
        Such as ``["P @ Q.T", "Q.T @ P"]``, in any order; may be empty.
    """
    ### BEGIN SOLUTION
    shapes = {"P": p, "Q": q, "P.T": p[::-1], "Q.T": q[::-1]}
    found = []
    for left, (rows, inner) in shapes.items():
        for right, (other, columns) in shapes.items():
            fits = inner == other and (rows, columns) == tuple(target)
            if left[0] != right[0] and fits:
                found.append(f"{left} @ {right}")
    return found
    ### END SOLUTION

# %% free=true
check(products_that_fit)

# %% grade="products_that_fit__lists_exactly_those_that_fit" points=10

# %% grade="products_that_fit__knows_that_squares_decide_nothing" points=4

# %% [markdown]
# Take $P = dZ$ and $Q = A$, and look for the shape of $W$.

# %%
cases = [((3, 7), (5, 7), (3, 5)), ((4, 7), (4, 7), (4, 4)), ((4, 4), (4, 4), (4, 4))]
figures.shape_board([(p, q, target, products_that_fit(p, q, target)) for p, q, target in cases])

# %% [markdown]
# One product fits where all sizes differ; two fit with equal widths, of which one is the transpose of
# the right $dW$; and all eight where the number of examples agrees, too. Shapes can forbid. They
# cannot prove: what proves is the index, $dW_{ij} = \sum_k dZ_{ik} A_{jk}$.

# %% [markdown] free=true
# **Say it.** Which two sizes would you choose equal, and which different, to test somebody's $dW$?
#
# *Your sentence:*

# %% [markdown]
# ## 5. Bug hunt
#
# Two units, two inputs, two examples, examples in columns. $dW = dZ\, A^T$ was wanted (of the sum, no
# $1/m$). Five suspects:
#
# | id | what was written |
# |---|---|
# | `right` | `dZ @ A.T` |
# | `dw-transposed` | `A @ dZ.T` |
# | `row-vs-column-layout` | `A.T @ dZ`, the formula for rows |
# | `elementwise-vs-matmul` | `dZ * A` |
# | `forgotten-transpose` | `dZ @ A` |

# %%
dZ = np.array([[1.0, 2.0], [3.0, 5.0]])
A = np.array([[1.0, 0.0], [2.0, -1.0]])
posted = {
    "A": [[7.0, 12.0], [-3.0, -5.0]],
    "B": [[1.0, 3.0], [0.0, 1.0]],
    "C": [[1.0, 0.0], [3.0, 1.0]],
    "D": [[1.0, 0.0], [6.0, -5.0]],
}

# %% [markdown]
# Each of these was posted as "my $dW$, and the shape is right". Work out by hand what each suspect
# gives in the corner $[0, 0]$ or $[1, 1]$; then confirm in a cell of your own. Name them in a
# dictionary `answers_00` with keys `"A"` to `"D"`: no two have the same id, and each earns its own
# points.

# %% free=true

# %% solution="answers_00"
# answers_00 = {"A": "an id from the list", "B": ..., "C": ..., "D": ...}
### BEGIN SOLUTION
answers_00 = {
    "A": "row-vs-column-layout",
    "B": "dw-transposed",
    "C": "right",
    "D": "elementwise-vs-matmul",
}
### END SOLUTION

# %% grade="answers_00__names_case_A" points=2.5
# answers_00: names case A (2.5 points)
### BEGIN HIDDEN TESTS
from autograder import grade
grade("answers_00__names_case_A", globals(), key="row-vs-column-layout")
### END HIDDEN TESTS

# %% grade="answers_00__names_case_B" points=2.5
# answers_00: names case B (2.5 points)
### BEGIN HIDDEN TESTS
from autograder import grade
grade("answers_00__names_case_B", globals(), key="dw-transposed")
### END HIDDEN TESTS

# %% grade="answers_00__names_case_C" points=2.5
# answers_00: names case C (2.5 points)
### BEGIN HIDDEN TESTS
from autograder import grade
grade("answers_00__names_case_C", globals(), key="right")
### END HIDDEN TESTS

# %% grade="answers_00__names_case_D" points=2.5
# answers_00: names case D (2.5 points)
### BEGIN HIDDEN TESTS
from autograder import grade
grade("answers_00__names_case_D", globals(), key="elementwise-vs-matmul")
### END HIDDEN TESTS

# %% [markdown]
# ## What you can now say
#
# - The shape of every array and every derivative, in either layout, without running anything.
# - How a formula is translated: reverse the product, keep the `.T` where it is.
# - What (5, 1) + (5,) is, and why a bias gradient keeps its second axis.
# - What a fitting shape proves: that it was not forbidden.
