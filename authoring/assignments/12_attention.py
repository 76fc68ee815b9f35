# %% [markdown]
# # Attention
#
# A layer in which every position of a sequence looks at all the others and takes from each what it
# needs. You write the way back through a softmax without building a Jacobian, then attention with one
# head, forward and backward, then several heads and the road past them. At the end your own functions
# draw which position hears which.
#
# After each function you call `check(...)`. It compares what your function returns with numeric
# gradients and says what it found. The hidden checks are the same checks on other numbers and sizes.
#
# Where a check fails, `from autograder import example` and `args = example(attention_backward)`
# give you the arguments of the smallest instance tried on which your function fails. Call it with
# them, `attention_backward(*args)`, and print what you want to see.
#
# Where you do not know how to go on, `hint(attention_backward)` gives a question; the same call
# again gives a formula, and then a tiny worked case. It never gives code.
#
# A function is graded where it stands, from the first cell to the last: what it uses has to be
# written above it. Before you hand the notebook in, restart the kernel and run all cells.
#
# <details>
# <summary><b>Words</b> used here and what they mean (21)</summary>
#
# - **axis**: one direction of an array: a table has axis 0, down its rows, and axis 1, along its columns
# - **backward pass**: computing the derivatives, from the cost to the inputs
# - **cache**: what a forward function keeps for its backward function
# - **cell**: in a recurrent network: the computation of one step in time; in a notebook: one box of text or code
# - **cross-entropy**: minus the logarithm of the probability that the network gave to the right class
# - **diagonal**: in a matrix: the entries whose row and column have the same number; a diagonal matrix is 0 everywhere else
# - **example**: one set of inputs, with its label if it has one
# - **feature**: one of the numbers that each example has: where rows are examples, one column
# - **fork**: a value that is used more than once; on the way back its contributions are added
# - **forward pass**: computing the values, from the inputs to the cost
# - **gradient**: all partial derivatives of one number with respect to an array, in the shape of the array
# - **instance**: one set of random inputs on which a check runs your function
# - **Jacobian**: the table of all partial derivatives of a vector with respect to a vector
# - **layer**: one stage of a network: it takes numbers and gives numbers
# - **layout**: which axis of an array counts what. Columns or rows may be examples; and a Jacobian has two layouts of its own, numerator and denominator
# - **numeric gradient**: a gradient found by running forward at inputs that were moved a little; it knows no formula
# - **scalar**: a single number
# - **softmax**: exp of each score, divided by their sum: probabilities that add up to 1
# - **unit**: one number that a layer gives for each example, with the weights that make it
# - **upstream**: the derivative of the cost with respect to what a function has returned: it comes in from above on the way back
# - **∂**: ∂J/∂w is a partial derivative: how fast J moves when w alone is moved
#
# </details>

# %% [markdown]
# ## Symbols and shapes
#
# | symbol | code | shape | |
# |---|---|---|---|
# | **queries** | `Q` | $(T_q, d_k)$ | what each position asks |
# | **keys** | `K` | $(T_k, d_k)$ | what each position is found by |
# | **values** | `V` | $(T_k, d_v)$ | what each position gives |
# | **scores** | `S` | $(T_q, T_k)$ | $Q K^T / \sqrt{d_k}$ |
# | **weights** | `P` | $(T_q, T_k)$ | the softmax of each row of $S$ |
# | output, upstream | `out`, `dout` | $(T_q, d_v)$ | $P V$ |
# | input of self-attention | `X` | $(T, D)$ | queries, keys and values are all made of it |
# | its matrices, learnt | `Wq`, `Wk`, `Wv` | $(D, E)$ | $Q = X W_q$ and so on |
# | | `Wo` | $(E, D)$ | $\text{out} = X + H W_o$ |
# | heads side by side | `H` | $(T, E)$ | $n_{heads}$ heads of width $d = E / n_{heads}$ |

# %% [markdown]
# ## The contract
#
# - **Layout.** Rows are positions: row $i$ of `X` is the vector of position $i$. There is one
#   sequence, and no axis for examples.
# - **What is differentiated.** One scalar $J$. `dout` is $\partial J / \partial \text{out}$, and every array
#   `dA` that you return is $\partial J / \partial A$, with the shape of `A`. Nobody divides by $T$.
# - **The softmax** is that of each row of the scores. It is right for large scores too: scores from -1000
#   to 1000, seen or not, give no `inf` and no `nan`.
# - **The mask** is an array of bool, or `None`. `mask[i, j]` is True where query $i$ may see key $j$.
#   What is not seen has the weight 0, however large its score, and the weights of what is seen add up
#   to 1. Each row of a mask has at least one True.
# - **Heads.** Head $h$ has the columns $h d$ to $(h + 1) d$ of $Q$, $K$ and $V$, with $d = E / n_{heads}$; its
#   output goes into the same columns of $H$.
# - **Mutation.** Whatever comes in, the cache too, stays as it was.
# - **Caches** are yours, in any form.

# %%
import numpy as np

from autograder import check, figures, hint

# %% [markdown]
# ## 1. Back through the softmax of a row
#
# Take one row of two scores $s_1, s_2$, with weights $p_1 = e^{s_1} / (e^{s_1} + e^{s_2})$ and $p_2 = 1 - p_1$.
# Move $s_1$ by a small $t$: $p_1$ rises by $p_1 (1 - p_1)\, t = p_1 p_2\, t$, and $p_2$, whose score did not
# move, falls by as much. In general $\partial p_k / \partial s_j = p_k (\delta_{kj} - p_j)$, where $\delta_{kj}$ is 1 for
# $k = j$ and 0 otherwise. (Lesson 03 met this Jacobian behind the cross-entropy.)

# %% [markdown] free=true
# **Derive.** With the upstream $dp_1, dp_2$: write $ds_1 = \sum_k dp_k\, \partial p_k / \partial s_1$ with two terms, and
# put $p_1$ in front of a bracket. Which sum is left in it? What is $ds_1 + ds_2$?
#
# *Your lines:*

# %% solution="softmax_rows_backward"
def softmax_rows_backward(dP, P):
    """Backward through the softmax of each row.

    Parameters
    ----------
    dP : array, shape (T_q, T_k)
        Derivative of J with respect to P.
    P : array, shape (T_q, T_k)
        The weights: each row is a softmax, some entries may be 0.

    Returns
    -------
    dS : array, shape (T_q, T_k)
        Derivative of J with respect to the scores.
    """
    ### BEGIN SOLUTION
    return P * (dP - (P * dP).sum(axis=-1, keepdims=True))
    ### END SOLUTION

# %% free=true
check(softmax_rows_backward)

# %% grade="softmax_rows_backward__returns_the_right_shapes" points=1

# %% grade="softmax_rows_backward__dS_matches_numeric_gradient" points=6

# %% grade="softmax_rows_backward__leaves_its_inputs_unchanged" points=1

# %% grade="softmax_rows_backward__same_answer_twice" points=1

# %% [markdown]
# **Predict.** What do the rows of `dS` add up to? What is `dS` where a weight is 0?

# %%
rng = np.random.default_rng(121)
P = np.array([[0.2, 0.8, 0.0], [0.5, 0.25, 0.25]])
dS = softmax_rows_backward(rng.normal(size=(2, 3)), P)
print("rows of dS:          ", np.abs(dS.sum(axis=1)).max() < 1e-12)
print("where the weight is 0:", dS[0, 2] == 0)

# %% [markdown]
# A constant that is added to all scores of a row changes no weight, so $J$ does not move in that
# direction: each row of `dS` adds up to 0. And $P$ stands in front, so where it is 0, `dS` is exactly 0.

# %% [markdown]
# ## 2. Attention, forward
#
# $$S = \frac{Q K^T}{\sqrt{d_k}}, \qquad P_{ij} = \frac{e^{S_{ij}}}{\sum_k e^{S_{ik}}}, \qquad \text{out} = P V .$$
#
# Row $i$ of out is a mean of the rows of $V$ with the weights $P_{i1}, P_{i2}, \dots$, which add up to 1.
# Where the mask is False the score is $-\infty$ (`-np.inf`) *before* the softmax, since $e^{-\infty} = 0$. A
# *causal mask* lets position $i$ see the positions up to $i$: `np.tril(np.ones((T, T), dtype=bool))`.

# %% [markdown] free=true
# **Predict.** A score is set to 0, not to $-\infty$. Which weight does its key get, compared with a key
# whose score is 1?
#
# *Your prediction:*

# %% solution="attention_forward"
def attention_forward(Q, K, V, mask=None):
    """Scaled dot-product attention.

    Parameters
    ----------
    Q : array, shape (T_q, d_k)
    K : array, shape (T_k, d_k)
    V : array, shape (T_k, d_v)
    mask : array of bool, shape (T_q, T_k), or None
        True where a query may see a key.

    Returns
    -------
    out : array, shape (T_q, d_v)
    cache : object
        What `attention_backward` will need.
    """
    ### BEGIN SOLUTION
    S = Q @ K.T / np.sqrt(Q.shape[1])
    if mask is not None:
        S = np.where(mask, S, -np.inf)
    P = np.exp(S - S.max(axis=-1, keepdims=True))
    P /= P.sum(axis=-1, keepdims=True)
    return P @ V, (Q.copy(), K.copy(), V.copy(), P)
    ### END SOLUTION

# %% free=true
check(attention_forward)

# %% grade="attention_forward__returns_the_right_shapes" points=1

# %% grade="attention_forward__out_is_right" points=4

# %% grade="attention_forward__is_right_for_large_scores" points=2

# %% grade="attention_forward__leaves_its_inputs_unchanged" points=1

# %% [markdown]
# Of your prediction: $e^0 = 1$ is not 0. A key with the score 0 has $1/e \approx 0.37$ times the weight of one
# with the score 1, and more weight than any key with a negative score.

# %%
Q, K = rng.normal(size=(2, 3, 2))
V = rng.normal(size=(3, 2))
causal = np.tril(np.ones((3, 3), dtype=bool))
before, _ = attention_forward(Q, K, V, causal)
V[2] = 100.0
after, _ = attention_forward(Q, K, V, causal)
print("rows of out that hear the last value:", np.abs(after - before).max(axis=1) > 0)

# %% [markdown]
# ## 3. Attention, backward
#
# Three steps back: from `out` to $P$ and $V$, through the softmax, from $S$ to $Q$ and $K$. Take $T_q = T_k = 2$
# and $d_k = d_v = 1$, so that all vectors are numbers:
#
# $$\text{out}_1 = p_{11} v_1 + p_{12} v_2, \quad \text{out}_2 = p_{21} v_1 + p_{22} v_2, \qquad
# s_{ij} = q_i k_j .$$

# %% [markdown] free=true
# **Derive.** In which of the two outputs does $v_1$ stand, and with which weights? Which two scores hold
# $q_1$, and which two hold $k_1$? Write $dv_1$, $dp_{11}$, $dq_1$ and $dk_1$ as sums, then all of them as products
# of matrices. Where is a matrix transposed?
#
# *Your lines:*

# %% solution="attention_backward"
def attention_backward(dout, cache):
    """Backward through scaled dot-product attention.

    Parameters
    ----------
    dout : array, shape (T_q, d_v)
        Derivative of J with respect to out.
    cache : object
        As returned by your `attention_forward`.

    Returns
    -------
    dQ : array, shape (T_q, d_k)
    dK : array, shape (T_k, d_k)
    dV : array, shape (T_k, d_v)
    """
    ### BEGIN SOLUTION
    Q, K, V, P = cache
    dS = softmax_rows_backward(dout @ V.T, P) / np.sqrt(Q.shape[1])
    return dS @ K, dS.T @ Q, P.T @ dout
    ### END SOLUTION

# %% free=true
check(attention_backward)

# %% grade="attention_backward__returns_the_right_shapes" points=1

# %% grade="attention_backward__dQ_matches_numeric_gradient" points=4

# %% grade="attention_backward__dK_matches_numeric_gradient" points=4

# %% grade="attention_backward__dV_matches_numeric_gradient" points=3

# %% grade="attention_backward__leaves_its_inputs_unchanged" points=1

# %% grade="attention_backward__same_answer_twice" points=1

# %% [markdown] free=true
# **Predict.** Your function has no line for the mask, or it has one. Is it needed? With a causal mask and
# an upstream at the first position alone: which rows of `dK` and `dV` are zero?
#
# *Your prediction:*

# %%
_, cache = attention_forward(Q, K, V, causal)
first = np.zeros((3, 2))
first[0] = 1.0
dQ, dK, dV = attention_backward(first, cache)
print("rows of dV that are not zero:", np.flatnonzero(np.abs(dV).max(axis=1) > 0))
print("rows of dK that are not zero:", np.flatnonzero(np.abs(dK).max(axis=1) > 0))

# %% [markdown]
# A masked weight is 0, and `dS` has $P$ in front: the gradient of a masked score is exactly 0, without a
# line for it. The first position sees itself alone, so its value gets everything. Its weight is 1
# whatever the score is: nothing comes back to any key.

# %% [markdown]
# ## 4. Several heads, forward
#
# In self-attention one $X$ makes queries, keys and values. Their columns are shared out among the heads;
# each head is the attention of section 2 on its own columns:
#
# $$Q = X W_q, \quad K = X W_k, \quad V = X W_v, \qquad H = [\,\text{head}_0 \mid \text{head}_1 \mid \dots\,], \qquad
# \text{out} = X + H W_o .$$
#
# The $X$ in front is the *residual road*: the layer adds to what is there. For large sizes one gives the
# heads an axis of their own; a loop over slices is as right.

# %% [markdown] free=true
# **Predict.** `Q` is (T, E). To give the heads an axis one can write
# `Q.reshape(T, n_heads, d).transpose(1, 0, 2)`. Why not `Q.reshape(n_heads, T, d)`, which has the same shape?
# Take T = 2, two heads, d = 1.
#
# *Your prediction:*

# %% solution="self_attention_forward"
def self_attention_forward(X, Wq, Wk, Wv, Wo, n_heads, mask=None):
    """Self-attention with several heads, and the residual road: out = X + H Wo.

    Parameters
    ----------
    X : array, shape (T, D)
    Wq, Wk, Wv : array, shape (D, E)
    Wo : array, shape (E, D)
    n_heads : int
        A divisor of E.
    mask : array of bool, shape (T, T), or None

    Returns
    -------
    out : array, shape (T, D)
    cache : object
        What `self_attention_backward` will need.
    """
    ### BEGIN SOLUTION
    projected = [np.split(X @ W, n_heads, axis=1) for W in (Wq, Wk, Wv)]
    done = [attention_forward(*head, mask) for head in zip(*projected, strict=True)]
    H = np.hstack([out for out, _ in done])
    kept = [A.copy() for A in (X, Wq, Wk, Wv, Wo)]
    return X + H @ Wo, (*kept, H, [cache for _, cache in done])
    ### END SOLUTION

# %% free=true
check(self_attention_forward)

# %% grade="self_attention_forward__returns_the_right_shapes" points=1

# %% grade="self_attention_forward__out_is_right" points=3

# %% grade="self_attention_forward__is_right_for_large_scores" points=1

# %% grade="self_attention_forward__leaves_its_inputs_unchanged" points=1

# %%
two = np.array([[1, 2], [3, 4]])  # row: position, column: head
print("with transpose: ", two.reshape(2, 2, 1).transpose(1, 0, 2)[0].ravel(), "is head 0")
print("without:        ", two.reshape(2, 2, 1)[0].ravel(), "is position 0")

# %% [markdown]
# ## 5. Several heads, backward
#
# $X$ is read at four places: by $Q$, by $K$, by $V$, and by out itself. What comes back is added up, as at
# every fork since unit 01 (in unit 07 it was `da + da_prevt`).

# %% [markdown] free=true
# **Derive.** The four terms of `dX`; then `dWq`, `dWk`, `dWv`, `dWo`. Which array does each matrix meet? What
# does a head's backward pass need for its `dout`?
#
# *Your lines:*

# %% solution="self_attention_backward"
def self_attention_backward(dout, cache):
    """Backward through self-attention with several heads.

    Parameters
    ----------
    dout : array, shape (T, D)
        Derivative of J with respect to out.
    cache : object
        As returned by your `self_attention_forward`.

    Returns
    -------
    dX : array, shape (T, D)
    dWq, dWk, dWv : array, shape (D, E)
    dWo : array, shape (E, D)
    """
    ### BEGIN SOLUTION
    X, Wq, Wk, Wv, Wo, H, caches = cache
    dheads = np.split(dout @ Wo.T, len(caches), axis=1)
    back = map(attention_backward, dheads, caches)
    dQ, dK, dV = (np.hstack(parts) for parts in zip(*back, strict=True))
    dX = dout + dQ @ Wq.T + dK @ Wk.T + dV @ Wv.T
    return dX, X.T @ dQ, X.T @ dK, X.T @ dV, H.T @ dout
    ### END SOLUTION

# %% free=true
check(self_attention_backward)

# %% grade="self_attention_backward__returns_the_right_shapes" points=1

# %% grade="self_attention_backward__dX_matches_numeric_gradient" points=6

# %% grade="self_attention_backward__dWq_matches_numeric_gradient" points=2

# %% grade="self_attention_backward__dWk_matches_numeric_gradient" points=2

# %% grade="self_attention_backward__dWv_matches_numeric_gradient" points=2

# %% grade="self_attention_backward__dWo_matches_numeric_gradient" points=2

# %% grade="self_attention_backward__leaves_its_inputs_unchanged" points=1

# %% grade="self_attention_backward__same_answer_twice" points=1

# %% [markdown]
# ## 6. Which position hears which
#
# A backward pass with an upstream of a single 1 gives the derivatives of one output. With all $T D$ of them
# you have the table of all derivatives, made by your own functions.

# %%
def jacobian_of(X, matrices, mask):
    """Row: one entry of X, column: one entry of out, both position by position."""
    _, cache = self_attention_forward(X, *matrices, 2, mask)
    ones = np.eye(X.size).reshape(-1, *X.shape)
    return np.stack([self_attention_backward(one, cache)[0].ravel() for one in ones], axis=1)

# %% [markdown] free=true
# **Predict.** Four positions of three features, so 12 rows and 12 columns, in blocks of 3 by 3. Which
# blocks are zero with a causal mask? What do the blocks on the diagonal hold that the others do not?
#
# *Your prediction:*

# %%
X, D, E = rng.normal(size=(4, 3)), 3, 4
matrices = [0.7 * rng.normal(size=shape) for shape in ((D, E), (D, E), (D, E), (E, D))]
causal = np.tril(np.ones((4, 4), dtype=bool))
tables = {
    "no mask": jacobian_of(X, matrices, None),
    "a causal mask": jacobian_of(X, matrices, causal),
}
figures.blocks_picture(tables, examples=4, of="position")

# %% [markdown]
# Grey is zero. Without a mask every output hears every position. With the causal mask the blocks below
# the diagonal are zero: row 4 of $X$ does not reach the outputs 1 to 3. The blocks on the diagonal hold
# the residual road, a 1 for each feature, beside what comes through attention.

# %% [markdown]
# ## 7. Bug hunt
#
# Five ways of writing the way back. Two of them made the two lines below.
#
# | id | what was written |
# |---|---|
# | `attention-softmax-skipped` | `dS = dP` |
# | `softmax-diagonal-only` | `dS = P * (1 - P) * dP` |
# | `attention-scale-forgotten` | `dQ` and `dK` are not divided by $\sqrt{d_k}$ |
# | `attention-dv-not-transposed` | `dV = P @ dout` |
# | `attention-road-missing` | `dX` without $dK\, W_k^T$ |
#
# Each line is about the arrays below: how far `dQ`, `dV` and `dX` are from the right ones, as a fraction of
# the largest right entry, and by how much the largest sum of a row of `dS` differs from 0.

# %%
rng_c = np.random.default_rng(5)
X_c, dout_c = rng_c.normal(size=(2, 4, 3)).round(1)
Wq_c, Wk_c, Wv_c = rng_c.normal(size=(3, 3, 4)).round(1)
Wo_c = rng_c.normal(size=(4, 3)).round(1)

# %%
errors = {  # error of dQ, of dV, of dX, largest sum of a row of dS
    "A": [1.03, 0.0, 0.24, 0.63],
    "B": [1.0, 0.0, 0.33, 0.0],
}

# %%
lines = [(f"bug {letter}", *(f"{value:.2f}" for value in row)) for letter, row in errors.items()]
figures.Table(("", "error of dQ", "error of dV", "error of dX", "row of dS"), lines)

# %% [markdown]
# Which of the suspects leave `dV` alone, and which leave the rows of `dS` at 0? Where two suspects remain,
# try them: with one head and no mask your functions on `X_c`, `Wq_c`, `Wk_c`, `Wv_c`, `Wo_c` and `dout_c` give the
# right arrays, and a copy with the suspect's line the wrong ones.
#
# Then name the bugs: a dictionary `answers_12` with the keys `"A"` and `"B"`.

# %% solution="answers_12"
# answers_12 = {"A": "an id from the list", "B": ...}
### BEGIN SOLUTION
answers_12 = {"A": "softmax-diagonal-only", "B": "attention-scale-forgotten"}
### END SOLUTION

# %% free=true

# %% grade="answers_12__names_case_A" points=2
# answers_12: names case A (2 points)
### BEGIN HIDDEN TESTS
from autograder import grade
grade("answers_12__names_case_A", globals(), key="softmax-diagonal-only")
### END HIDDEN TESTS

# %% grade="answers_12__names_case_B" points=2
# answers_12: names case B (2 points)
### BEGIN HIDDEN TESTS
from autograder import grade
grade("answers_12__names_case_B", globals(), key="attention-scale-forgotten")
### END HIDDEN TESTS

# %% [markdown]
# ## What you can now say
#
# - Why each row of `dS` adds up to 0, and why a masked score gets a gradient of exactly 0.
# - Which two of the products on the way back have a transpose on the left, and what they add up.
# - Through which four places $X$ reaches the output, and what happens to what comes back.
# - Why a reshape is no transpose.
#
# The lesson of the same number says it at more length.
