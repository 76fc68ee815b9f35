# %% [markdown]
# # Convolution and pooling
#
# A layer in which one small table of weights is used at every place of an image, and one that keeps
# the largest number of each window. You write both, forward and backward, and then the step that
# makes a convolution one product of matrices. Your functions then find an edge detector that nobody
# told them.
#
# After each function you call `check(...)`. It compares what your function returns with numeric
# gradients and says what it found. The hidden checks are the same checks on other numbers and sizes.
#
# Where a check fails, `from autograder import example` and `args = example(conv_backward_naive)`
# give you the arguments of the smallest instance tried on which your function fails. Call it with
# them, `conv_backward_naive(*args)`, and print what you want to see.
#
# Where you do not know how to go on, `hint(conv_backward_naive)` gives a question; the same call
# again gives a formula, and then a tiny worked case. It never gives code.
#
# A function is graded where it stands, from the first cell to the last: what it uses has to be
# written above it. Before you hand the notebook in, restart the kernel and run all cells.
#
# <details>
# <summary><b>Words</b> used here and what they mean (21)</summary>
#
# - **affine**: linear with a constant added, as x w + b
# - **backward pass**: computing the derivatives, from the cost to the inputs
# - **bias**: a number that a unit adds to its weighted sum; it is learnt
# - **cache**: what a forward function keeps for its backward function
# - **carry**: what a loop hands from one step to the next
# - **cell**: in a recurrent network: the computation of one step in time; in a notebook: one box of text or code
# - **convolution**: a layer that uses one small table of weights at every place of an image
# - **cost**: one number that says how wrong the network is on all examples together, written J: the mean of the losses
# - **example**: one set of inputs, with its label if it has one
# - **forward pass**: computing the values, from the inputs to the cost
# - **gradient**: all partial derivatives of one number with respect to an array, in the shape of the array
# - **gradient descent**: training by small steps against the gradient
# - **instance**: one set of random inputs on which a check runs your function
# - **layer**: one stage of a network: it takes numbers and gives numbers
# - **layout**: which axis of an array counts what. Columns or rows may be examples; and a Jacobian has two layouts of its own, numerator and denominator
# - **numeric gradient**: a gradient found by running forward at inputs that were moved a little; it knows no formula
# - **pooling**: making one number of each window of an image: its largest, or its mean
# - **stride**: by how many pixels a window moves from one place to the next
# - **unit**: one number that a layer gives for each example, with the weights that make it
# - **weight**: a number that an input of a unit is multiplied with; it is learnt
# - **∂**: ∂J/∂w is a partial derivative: how fast J moves when w alone is moved
#
# </details>

# %% [markdown]
# ## Symbols and shapes
#
# Layout, names and settings are those of CS231n, so that code carries over. An image is a stack of
# **channels**, each a table of numbers; a **filter** is a small stack of as many tables, the
# **kernels**; the part of the image that a filter looks at is its **window**.
#
# | symbol | code | shape | |
# |---|---|---|---|
# | $x$ | `x` | $(N, C, H, W)$ | $N$ images of $C$ channels, $H$ rows and $W$ columns |
# | $w$ | `w` | $(F, C, HH, WW)$ | $F$ filters; the window has $HH$ rows and $WW$ columns |
# | $b$ | `b` | $(F,)$ | one bias a filter |
# | $p$, $s$ | `pad`, `stride` | | rows of zeros around $x$; the step from window to window |
# | $x^{pad}$ | | $(N, C, H + 2p, W + 2p)$ | $x$ with its border |
# | $\text{out}$ | `out` | $(N, F, H', W')$ | one number a filter and place |
#
# $$H' = 1 + (H + 2p - HH)/s, \qquad W' = 1 + (W + 2p - WW)/s .$$
#
# Both divisions leave no remainder in this notebook. In sums $n$ counts images, $c$ channels, $f$
# filters, $i, j$ places of the window, $h, k$ rows and columns inside it.
#
# ## Contract
#
# - Every array called `dQ` is $\partial J / \partial Q$, with the shape of `Q`; here $J$ is
#   $\sum \text{dout} * \text{out}$. A cost that is a mean has paid its $1/N$ in `dout`;
#   here nobody pays it again.
# - The cache is yours: whatever your backward function needs. It gets a cache that your own
#   forward function made; other calls may have been made in between.
# - Whatever comes in, the cache too, stays as it was.
# - No window of a pooling has its largest number twice.

# %%
import numpy as np

from autograder import check, figures, hint
from autograder.datasets import photograph
from autograder.networks.convolution import conv_graph
from autograder.oracle import gradient

# %% [markdown]
# ## 1. Convolution, forward
#
# The window of place $(i, j)$ begins in row $i s$, column $j s$ of $x^{pad}$. Each weight meets the
# pixel that lies under it:
#
# $$\text{out}_{nfij} = b_f + \sum_{c, h, k} w_{fchk}\; x^{pad}_{n,\, c,\, i s + h,\, j s + k} .$$
#
# In mathematics a convolution turns the kernel round first. Networks do not, and call it
# convolution all the same.
#
# `conv_param` is a dict with two integers, `"stride"` and `"pad"`.

# %% [markdown] free=true
# **Predict.** $x$ has 32 rows and columns, the window 5, the stride is 1. Which `pad` keeps the size?
# How many weights has such a filter with three channels, and how many has an affine layer from all
# $3 \cdot 32 \cdot 32$ pixels to one number?
#
# *Your prediction:*

# %% solution="conv_forward_naive"
def conv_forward_naive(x, w, b, conv_param):
    """Move F filters over N images.

    Parameters
    ----------
    x : array, shape (N, C, H, W)
    w : array, shape (F, C, HH, WW)
    b : array, shape (F,)
    conv_param : dict
        "stride" and "pad".

    Returns
    -------
    out : array, shape (N, F, H', W')
    cache : object
        What `conv_backward_naive` will need.
    """
    ### BEGIN SOLUTION
    s, p = conv_param["stride"], conv_param["pad"]
    (HH, WW), padded = w.shape[2:], np.pad(x, ((0, 0), (0, 0), (p, p), (p, p)))
    rows, columns = (1 + (n - k) // s for n, k in zip(padded.shape[2:], (HH, WW), strict=True))
    out = np.empty((len(x), len(w), rows, columns))
    for i, j in np.ndindex(rows, columns):
        window = padded[:, :, i * s : i * s + HH, j * s : j * s + WW]
        out[:, :, i, j] = np.tensordot(window, w, axes=([1, 2, 3], [1, 2, 3])) + b
    return out, (padded, w, s, p)
    ### END SOLUTION

# %% free=true
check(conv_forward_naive)

# %% grade="conv_forward_naive__returns_the_right_shapes" points=1

# %% grade="conv_forward_naive__out_is_right" points=4

# %% grade="conv_forward_naive__leaves_its_inputs_unchanged" points=1

# %%
rng = np.random.default_rng(131)
x, w = rng.normal(size=(1, 3, 32, 32)), rng.normal(size=(1, 3, 5, 5))
for pad in range(4):
    out, _ = conv_forward_naive(x, w, np.zeros(1), {"stride": 1, "pad": pad})
    print(f"pad = {pad}: {out.shape[2]} rows")
print("weights:", w.size, "for a filter,", x[0].size, "for one number of an affine layer")

# %% [markdown]
# ## 2. Four numbers, two weights
#
# Take one row of four numbers and a kernel of two, stride 1, no border:
#
# $$o_0 = w_0 x_0 + w_1 x_1, \qquad o_1 = w_0 x_1 + w_1 x_2, \qquad o_2 = w_0 x_2 + w_1 x_3 .$$
#
# Each weight stands in three lines, as one weight of lesson 07 stood in all steps of time. Each
# inner number stands in two.

# %% [markdown] free=true
# **Derive.** With $do = (1, 10, 100)$, $x = (1, 2, 3, 4)$ and $w = (5, 7)$: the gradients `dw` (two
# numbers) and `dx` (four numbers). Collect for each letter the lines in which it stands.
#
# *Your lines:*

# %%
row, kernel = np.array([1.0, 2, 3, 4]).reshape(1, 1, 1, 4), np.array([5.0, 7]).reshape(1, 1, 1, 2)
do = np.array([1.0, 10, 100]).reshape(1, 1, 1, 3)
tiny = conv_graph(row, kernel, np.zeros(1), do, stride=1, pad=0)
print("dw:", gradient(tiny, "w").ravel())
print("dx:", gradient(tiny, "x").ravel())

# %% [markdown]
# $dw_0 = do_0 x_0 + do_1 x_1 + do_2 x_2$: a sum over all places. And $dx_1 = do_0 w_1 + do_1 w_0$:
# the number under two windows gets two terms. Seen from $x_1$, the weights come in the reverse order:
# the earlier place brings the later weight.

# %% [markdown]
# ## 3. Convolution, backward
#
# The same for all indices. One place of one filter, $\text{out}_{nfij}$, reads a window of $x^{pad}$, the
# filter $w_f$ and $b_f$; so it gives each of them something back:
#
# - to the window of $dx^{pad}$: $\text{dout}_{nfij}\, w_f$;
# - to $dw_f$: $\text{dout}_{nfij}$ times the window of $x^{pad}$;
# - to $db_f$: $\text{dout}_{nfij}$.
#
# What arrives from different places, images and filters is added. Last, $dx$ is $dx^{pad}$ without
# its border: the zeros there are nobody's input.

# %% [markdown] free=true
# **Predict.** Stride 2, a window of 2 rows and 2 columns. How many windows cover one pixel? And with
# stride 1?
#
# *Your prediction:*

# %% solution="conv_backward_naive"
def conv_backward_naive(dout, cache):
    """Backward through a convolution.

    Parameters
    ----------
    dout : array, shape (N, F, H', W')
        Derivative of J with respect to out.
    cache : object
        As returned by your `conv_forward_naive`.

    Returns
    -------
    dx : array, shape (N, C, H, W)
    dw : array, shape (F, C, HH, WW)
    db : array, shape (F,)
    """
    ### BEGIN SOLUTION
    padded, w, s, p = cache
    HH, WW = w.shape[2:]
    spread, dw = np.zeros(padded.shape), np.zeros(w.shape)
    for i, j in np.ndindex(dout.shape[2:]):
        up = dout[:, :, i, j]
        at = np.s_[:, :, i * s : i * s + HH, j * s : j * s + WW]
        spread[at] += np.tensordot(up, w, axes=1)
        dw += np.tensordot(up.T, padded[at], axes=1)
    (H, W), db = padded.shape[2:], dout.sum(axis=(0, 2, 3))
    return spread[:, :, p : H - p, p : W - p].copy(), dw, db
    ### END SOLUTION

# %% free=true
check(conv_backward_naive)

# %% grade="conv_backward_naive__returns_the_right_shapes" points=1

# %% grade="conv_backward_naive__dx_matches_numeric_gradient" points=6

# %% grade="conv_backward_naive__dw_matches_numeric_gradient" points=4

# %% grade="conv_backward_naive__db_matches_numeric_gradient" points=2

# %% grade="conv_backward_naive__leaves_its_inputs_unchanged" points=1

# %% grade="conv_backward_naive__same_answer_twice" points=1

# %% [markdown]
# To count windows, let every weight and every entry of `dout` be 1: then `dx` says how many windows
# each pixel stands in.

# %%
for stride in (2, 1):
    out, cache = conv_forward_naive(
        np.ones((1, 1, 4, 4)), np.ones((1, 1, 2, 2)), np.zeros(1), {"stride": stride, "pad": 0}
    )
    covered = conv_backward_naive(np.ones(out.shape), cache)[0][0, 0]
    print(f"stride {stride}:", covered.astype(int).tolist())

# %% [markdown]
# With stride 2 the windows lie side by side, and `=` would do as well as `+=`. With stride 1 it would
# leave one term of up to four. A test whose windows do not overlap cannot see the difference.

# %% [markdown]
# ## 4. A kernel that nobody told
#
# A photograph, and what a kernel makes of it: the numbers of the target are large where the picture
# turns from dark to light. Your functions get the photograph and the target, a kernel of zeros, and
# gradient descent with momentum (unit 06b). The cost is $J = \frac{1}{2P} \sum (\text{out} - \text{target})^2$
# over the $P$ places, so `dout` is $(\text{out} - \text{target}) / P$.

# %%
image = photograph()[np.newaxis, np.newaxis]
given = np.array([[1.0, 0, -1], [2, 0, -2], [1, 0, -1]])[np.newaxis, np.newaxis] / 4
once = {"stride": 1, "pad": 0}
target, _ = conv_forward_naive(image, given, np.zeros(1), once)

# %%
w, b, velocity, losses = np.zeros((1, 1, 3, 3)), np.zeros(1), 0.0, []
for _ in range(80):
    out, cache = conv_forward_naive(image, w, b, once)
    losses.append(0.5 * np.mean((out - target) ** 2))
    _, dw, db = conv_backward_naive((out - target) / target.size, cache)
    velocity = 0.9 * velocity + dw
    w, b = w - 0.1 * velocity, b - 0.1 * db
figures.kernel_picture(image[0, 0], target[0, 0], {"found": w[0, 0], "given": given[0, 0]}, losses)

# %% [markdown]
# Nine numbers were found from a picture and its edges, and what found them is the sum over places
# in your `dw`: every pixel of the photograph had a say.

# %% [markdown]
# ## 5. Max pooling
#
# A pooling makes one number of each window, channel by channel; it has no weights. Max pooling keeps
# the largest number:
#
# $$\text{out}_{ncij} = \max_{h, k}\; x_{n,\, c,\, i s + h,\, j s + k} .$$
#
# `pool_param` is a dict with three integers: `"pool_height"` and `"pool_width"` of the window, and
# `"stride"`. There is no border; `out` has shape $(N, C, H', W')$ with
# $H' = 1 + (H - \text{pool\_height})/s$, and so for $W'$. Windows may overlap.

# %% solution="max_pool_forward_naive"
def max_pool_forward_naive(x, pool_param):
    """Keep the largest number of each window.

    Parameters
    ----------
    x : array, shape (N, C, H, W)
    pool_param : dict
        "pool_height", "pool_width" and "stride".

    Returns
    -------
    out : array, shape (N, C, H', W')
    cache : object
        What `max_pool_backward_naive` will need.
    """
    ### BEGIN SOLUTION
    high, wide, s = (pool_param[key] for key in ("pool_height", "pool_width", "stride"))
    rows, columns = (1 + (n - k) // s for n, k in zip(x.shape[2:], (high, wide), strict=True))
    out = np.empty((*x.shape[:2], rows, columns))
    for i, j in np.ndindex(rows, columns):
        window = x[:, :, i * s : i * s + high, j * s : j * s + wide]
        out[:, :, i, j] = window.max(axis=(2, 3))
    return out, (x, out, high, wide, s)
    ### END SOLUTION

# %% free=true
check(max_pool_forward_naive)

# %% grade="max_pool_forward_naive__returns_the_right_shapes" points=1

# %% grade="max_pool_forward_naive__out_is_right" points=2

# %% grade="max_pool_forward_naive__leaves_its_inputs_unchanged" points=1

# %% [markdown] free=true
# **Predict.** Move one entry of a window by a very small amount. When does the maximum move? What
# does that make of the gradient at the other entries of the window?
#
# *Your prediction:*

# %% solution="max_pool_backward_naive"
def max_pool_backward_naive(dout, cache):
    """Backward through max pooling.

    Parameters
    ----------
    dout : array, shape (N, C, H', W')
        Derivative of J with respect to out.
    cache : object
        As returned by your `max_pool_forward_naive`.

    Returns
    -------
    dx : array, shape (N, C, H, W)
    """
    ### BEGIN SOLUTION
    x, out, high, wide, s = cache
    dx = np.zeros(x.shape)
    for i, j in np.ndindex(dout.shape[2:]):
        at = np.s_[:, :, i * s : i * s + high, j * s : j * s + wide]
        place = np.s_[:, :, i : i + 1, j : j + 1]
        dx[at] += dout[place] * (x[at] == out[place])
    return dx
    ### END SOLUTION

# %% free=true
check(max_pool_backward_naive)

# %% grade="max_pool_backward_naive__returns_the_right_shapes" points=1

# %% grade="max_pool_backward_naive__dx_matches_numeric_gradient" points=5

# %% grade="max_pool_backward_naive__leaves_its_inputs_unchanged" points=1

# %% grade="max_pool_backward_naive__same_answer_twice" points=1

# %%
rows = [1, 5, 2, 0, 7], [3, 4, 6, 1, 2], [9, 0, 8, 3, 4], [2, 1, 7, 5, 6], [0, 3, 2, 4, 1]
x = np.array(rows, dtype=float)
dout = np.array([[1.0, 2], [3, 4]])
made = {}
for size, stride in ((3, 2), (2, 3)):
    param = {"pool_height": size, "pool_width": size, "stride": stride}
    _, cache = max_pool_forward_naive(x[np.newaxis, np.newaxis], param)
    back = max_pool_backward_naive(dout[np.newaxis, np.newaxis], cache)
    made[f"window {size}, stride {stride}"] = back[0, 0]
figures.pooling_picture(x, dout, made)

# %% [markdown]
# The largest number of a window gets all of what arrives there, the others nothing: a small step of
# them does not move the maximum. The windows of 3 overlap: the 9 wins two of them and gets
# $1 + 3$, the 8 the other two and gets $2 + 4$.

# %% [markdown]
# ## 6. The windows as columns
#
# Loops over places are slow. Put every window into a column of a matrix, channel by channel and row
# by row, and a convolution is one product:
#
# $$\text{cols}_{n,\; (c\, HH + h)\, WW + k,\;\; i W' + j} = x^{pad}_{n,\, c,\, i s + h,\, j s + k},
# \qquad \text{out}_n = w^{rows}\, \text{cols}_n + b,$$
#
# where row $f$ of $w^{rows}$ is $w_f$ as one line of $C \cdot HH \cdot WW$ numbers. `im2col` makes the
# columns, and is given. A pixel is copied into each window that covers it.

# %%
def im2col(x, HH, WW, stride, pad):
    """Windows as columns, shape (N, C * HH * WW, H' * W')."""
    padded = np.pad(x, ((0, 0), (0, 0), (pad, pad), (pad, pad)))
    view = np.lib.stride_tricks.sliding_window_view(padded, (HH, WW), axis=(2, 3))
    view = view[:, :, ::stride, ::stride]  # N, C, H', W', HH, WW
    return view.transpose(0, 1, 4, 5, 2, 3).reshape(len(x), x.shape[1] * HH * WW, -1)

# %% [markdown]
# On the way back the matrix product is that of an affine layer: with `dout` as $F$ rows of $H' W'$
# numbers an image, $dw^{rows} = \sum_n \text{dout}_n\, \text{cols}_n^T$ and
# $d\text{cols}_n = (w^{rows})^T\, \text{dout}_n$. What is missing is the way from `dcols` to `dx`: a
# number that was copied to several columns gets the sum of what comes back from them. That is
# `col2im`.

# %% solution="col2im"
def col2im(dcols, x_shape, HH, WW, stride, pad):
    """Backward through `im2col`: dx for J = sum(dcols * im2col(x, HH, WW, stride, pad)).

    Parameters
    ----------
    dcols : array, shape (N, C * HH * WW, H' * W')
        Derivative of J with respect to the columns.
    x_shape : tuple of int
        (N, C, H, W).
    HH, WW, stride, pad : int

    Returns
    -------
    dx : array, shape (N, C, H, W)
    """
    ### BEGIN SOLUTION
    N, C, H, W = x_shape
    rows, columns = 1 + (H + 2 * pad - HH) // stride, 1 + (W + 2 * pad - WW) // stride
    windows = dcols.reshape(N, C, HH, WW, rows, columns)
    spread = np.zeros((N, C, H + 2 * pad, W + 2 * pad))
    for i, j in np.ndindex(rows, columns):
        top, left = i * stride, j * stride
        spread[:, :, top : top + HH, left : left + WW] += windows[..., i, j]
    return spread[:, :, pad : pad + H, pad : pad + W].copy()
    ### END SOLUTION

# %% free=true
check(col2im)

# %% grade="col2im__returns_the_right_shapes" points=1

# %% grade="col2im__dx_matches_numeric_gradient" points=5

# %% grade="col2im__leaves_its_inputs_unchanged" points=1

# %% grade="col2im__same_answer_twice" points=1

# %% [markdown]
# Both ways on the same numbers:

# %%
def conv_backward_im2col(dout, x, w, stride, pad):
    """dx, dw and db by products of matrices; the loop is in your col2im."""
    lines = dout.reshape(*dout.shape[:2], -1)
    cols = im2col(x, *w.shape[2:], stride, pad)
    dw = (lines @ cols.transpose(0, 2, 1)).sum(axis=0).reshape(w.shape)
    dcols = w.reshape(len(w), -1).T @ lines
    return col2im(dcols, x.shape, *w.shape[2:], stride, pad), dw, lines.sum(axis=(0, 2))

# %%
x, w, b = rng.normal(size=(2, 3, 5, 6)), rng.normal(size=(4, 3, 3, 2)), rng.normal(size=4)
out, cache = conv_forward_naive(x, w, b, {"stride": 2, "pad": 1})
dout = rng.normal(size=out.shape)
slow, fast = conv_backward_naive(dout, cache), conv_backward_im2col(dout, x, w, 2, 1)
for name, one, other in zip(("dx", "dw", "db"), slow, fast, strict=True):
    print(name, "the same:", np.allclose(one, other))

# %% [markdown]
# ## 7. Bug hunt
#
# Five ways of writing `conv_backward_naive`. Two of them made the two lines below.
#
# | id | what was written |
# |---|---|
# | `conv-overwritten` | `=` where a window of $dx^{pad}$ gets its term |
# | `conv-kernel-flipped` | $w_f$ is turned by half a turn before it is spread over the window |
# | `conv-stride-left-out` | the window of $dx^{pad}$ begins in column $j$ |
# | `conv-border-wrong-side` | the border is cut away at the end alone |
# | `conv-one-filter` | $w_0$ stands in the place of every $w_f$ |
#
# The instance is small: one image of one row and five columns, two filters with windows of 3 by 3, stride 2, a
# border of one. With its border the image has 3 rows and 7 columns, and $x$ is the middle of the
# middle row. Each line is `dx`.

# %%
w_c = np.array([[[[1.0, 0, 2], [1, 2, 4], [0, 1, 0]]], [[[2, 1, 1], [3, 0, -1], [1, 1, 0]]]])
dout_c = np.array([[[[1.0, 2, 1]], [[1, -1, 2]]]])  # at three places of each filter
x_c, b_c, conv_param_c = np.zeros((1, 1, 1, 5)), np.zeros(2), {"stride": 2, "pad": 1}

# %%
found = {
    "A": [2.0, 13.0, 4.0, 1.0, 2.0],
    "B": [0.0, -3.0, 0.0, 6.0, 0.0],
}

# %%
lines = [(f"bug {letter}", *(f"{value:g}" for value in row)) for letter, row in found.items()]
figures.Table(("", *(f"dx, column {column}" for column in range(5))), lines)

# %% [markdown]
# Work out one entry by hand: which windows cover it, and with which weight of which filter? Where two
# suspects remain, try them: your function on `dout_c` and the cache of
# `conv_forward_naive(x_c, w_c, b_c, conv_param_c)` gives the right line, and a copy of it with the
# suspect's change gives the wrong one.
#
# Then name the bugs: a dictionary `answers_13` with the keys `"A"` and `"B"`.

# %% solution="answers_13"
# answers_13 = {"A": "an id from the list", "B": ...}
### BEGIN SOLUTION
answers_13 = {"A": "conv-kernel-flipped", "B": "conv-overwritten"}
### END SOLUTION

# %% free=true

# %% grade="answers_13__names_case_A" points=2
# answers_13: names case A (2 points)
### BEGIN HIDDEN TESTS
from autograder import grade
grade("answers_13__names_case_A", globals(), key="conv-kernel-flipped")
### END HIDDEN TESTS

# %% grade="answers_13__names_case_B" points=2
# answers_13: names case B (2 points)
### BEGIN HIDDEN TESTS
from autograder import grade
grade("answers_13__names_case_B", globals(), key="conv-overwritten")
### END HIDDEN TESTS

# %% [markdown]
# ## What you can now say
#
# - Why the gradient of a kernel is a sum over all places of all images, and that of a pixel a sum
#   over the windows that cover it.
# - Where the border goes on the way back, and where the stride stands.
# - Who is heard in a max pooling, and what comes back where windows overlap.
# - How a convolution becomes one product of matrices, and which sum makes up for the copies.
#
# The lesson of the same number says it at more length.
