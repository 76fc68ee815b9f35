# %% [markdown]
# # Attention
#
# **What you will do.** Take a layer in which every position of a sequence asks all the others, follow it
# number by number on two positions, and walk back through its softmax, its products and its four-way
# fork. Then cut it into heads.
#
# **What you will learn.** Why a row of `dS` adds up to 0; why what nobody sees gets a gradient of
# exactly 0; what a division by $\sqrt{d_k}$ saves; how the gradients of one $X$ that is read four times
# come together; why a reshape is no transpose.
#
# **What you need.** Lesson 01: a sum over paths. Lesson 03: layers in rows, and the softmax. The exercises
# are in the assignment of the same number.
#
# <details>
# <summary><b>Words</b> used here and what they mean (18)</summary>
#
# - **axis**: one direction of an array: a table has axis 0, down its rows, and axis 1, along its columns
# - **backward pass**: computing the derivatives, from the cost to the inputs
# - **diagonal**: in a matrix: the entries whose row and column have the same number; a diagonal matrix is 0 everywhere else
# - **example**: one set of inputs, with its label if it has one
# - **fork**: a value that is used more than once; on the way back its contributions are added
# - **forward pass**: computing the values, from the inputs to the cost
# - **gradient**: all partial derivatives of one number with respect to an array, in the shape of the array
# - **layer**: one stage of a network: it takes numbers and gives numbers
# - **path**: a way through a graph, from wire to wire
# - **recurrent**: used again at each step in time, with the same weights
# - **slope**: how fast one value moves with another: the derivative of one operation
# - **softmax**: exp of each score, divided by their sum: probabilities that add up to 1
# - **state**: in a recurrent network: what one step hands to the next
# - **tanh**: the hyperbolic tangent, an activation with values between -1 and 1 and slope 1 - tanh²
# - **upstream**: the derivative of the cost with respect to what a function has returned: it comes in from above on the way back
# - **variance**: how widely numbers spread: the mean of the squares of their differences from their mean
# - **wire**: in a graph: the way from one value into another that uses it
# - **∂**: ∂J/∂w is a partial derivative: how fast J moves when w alone is moved
#
# </details>

# %% [markdown]
# ## Symbols
#
# Names are those of "Attention Is All You Need" (Vaswani and others, 2017). Rows are **positions**, the
# places in one sequence: a word, a letter, a moment. In sums, $i$ is the position that asks, $j$ and $k$
# those that are asked.
#
# | symbol | code | shape | |
# |---|---|---|---|
# | $Q$ | `Q` | $(T_q, d_k)$ | **queries**: row $i$ is what position $i$ asks |
# | $K$ | `K` | $(T_k, d_k)$ | **keys**: row $j$ is what position $j$ is found by |
# | $V$ | `V` | $(T_k, d_v)$ | **values**: row $j$ is what position $j$ gives |
# | $S$ | `S` | $(T_q, T_k)$ | **scores**: how well query $i$ fits key $j$, $Q K^T / \sqrt{d_k}$ |
# | $P$ | `P` | $(T_q, T_k)$ | **weights**: the softmax of each row of $S$ |
# | out | `out` | $(T_q, d_v)$ | $P V$ |
#
# From section 6 on everything is made of one `X` $(T, D)$. Every array called $dA$ is $\partial J / \partial A$, with
# the shape of $A$; here $J = \sum_{ij} \text{dout}_{ij}\, \text{out}_{ij}$, whose derivative at $\text{out}$ is `dout`.

# %%
import numpy as np

from autograder import figures
from autograder.networks.attention import WEIGHTS, attention_graph, self_attention_graph
from autograder.oracle import gradient

# %%
def agree(a, b):
    """True if two arrays are equal up to rounding."""
    return a.shape == b.shape and bool(np.allclose(a, b, rtol=1e-10, atol=1e-12))


def cut(*wires):
    """Edits that let values pass along these wires, and no derivative."""
    return {wire: (lambda value, seen: value.real) for wire in wires}

# %%
def softmax(S):
    """exp(S) / sum(exp(S)), each row by itself; the largest score is taken off first."""
    e = np.exp(S - S.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)

# %% [markdown]
# ## 1. What the layer does
#
# In a recurrent network position 9 hears of position 1 through all the steps between. Attention asks
# directly. Each position holds up a query; each position wears a key; how well they fit is a number, the
# score. The softmax makes weights of the scores of one query, and the answer is the mean of the values
# with these weights:
#
# $$S_{ij} = \frac{1}{\sqrt{d_k}} \sum_c Q_{ic} K_{jc}, \qquad
# P_{ij} = \frac{e^{S_{ij}}}{\sum_k e^{S_{ik}}}, \qquad \text{out}_{ic} = \sum_j P_{ij} V_{jc} .$$

# %%
rng = np.random.default_rng(120)
T, d_k, d_v = 5, 4, 3
Q, K, V = rng.normal(size=(T, d_k)), rng.normal(size=(T, d_k)), rng.normal(size=(T, d_v))
dout = rng.normal(size=(T, d_v))
P = softmax(Q @ K.T / np.sqrt(d_k))
net = attention_graph(Q, K, V, dout)
print("the graph gives the same out:", agree(P @ V, net.value("out")))
print("rows of P add up to", P.sum(axis=1).round(12))
print("who is asked by position 1:", P[0].round(2))

# %% [markdown]
# In the softmax of lesson 03 a row held the probabilities of one example's classes. Here a row holds the
# shares of one query among the keys. It is the same function.

# %% [markdown]
# ## 2. Two positions, number by number
#
# Take $T = 2$ and $d_k = d_v = 1$: every query, key and value is one number. Let
#
# $$q_1 = 0, \quad q_2 = \ln 3, \qquad k_1 = 0, \quad k_2 = 1, \qquad v_1 = 2, \quad v_2 = 6 .$$
#
# The scores are $s_{ij} = q_i k_j$. Query 1 fits both keys alike, $s_{11} = s_{12} = 0$, so its weights are
# $\frac12, \frac12$. Query 2 has $s_{21} = 0$ and $s_{22} = \ln 3$: $e^0 = 1$ and $e^{\ln 3} = 3$, so its weights are
# $\frac14, \frac34$. The outputs: $\frac12 \cdot 2 + \frac12 \cdot 6 = 4$ and $\frac14 \cdot 2 + \frac34 \cdot 6 = 5$.
#
# Now back, with $\text{dout} = (1, 2)$.
#
# **To the values.** $v_1$ stands in both outputs, with the weights $p_{11}$ and $p_{21}$, a *column* of $P$:
# $dv_1 = \frac12 \cdot 1 + \frac14 \cdot 2 = 1$, and $dv_2 = \frac12 \cdot 1 + \frac34 \cdot 2 = 2$.
#
# **To the weights.** $p_{ij}$ stands in $\text{out}_i$ alone, in front of $v_j$: $dp_{ij} = \text{dout}_i\, v_j$. Row 1 is
# $(2, 6)$, row 2 is $(4, 12)$.
#
# **To the scores.** Move $s_{11}$ by a small $t$. The weight $p_{11} = e^{s_{11}} / (e^{s_{11}} + e^{s_{12}})$ rises by
# $p_{11} (1 - p_{11})\, t = p_{11} p_{12}\, t$, and $p_{12}$ falls by as much, since the two add up to 1. So
# $ds_{11} = p_{11} p_{12} (dp_{11} - dp_{12}) = \frac14 (2 - 6) = -1$, and $ds_{12} = +1$. In row 2:
# $ds_{21} = \frac{3}{16} (4 - 12) = -\frac32$ and $ds_{22} = +\frac32$.
#
# **To queries and keys.** $q_1$ stands in $s_{11}$ and $s_{12}$, a *row* of $S$: $dq_1 = ds_{11} k_1 + ds_{12} k_2 = 1$, and
# $dq_2 = \frac32$. $k_1$ stands in $s_{11}$ and $s_{21}$, a *column*: $dk_1 = ds_{11} q_1 + ds_{21} q_2 = -\frac32 \ln 3$, and
# $dk_2 = +\frac32 \ln 3 \approx 1.648$.

# %%
column = np.array([[0.0], [1.0]])
two = attention_graph(np.log(3) * column, column, np.array([[2.0], [6.0]]), 1 + column)
for name, found in gradient(two, ["V", "P", "S", "Q", "K"]).items():
    print(f"d{name}:", found.round(3).tolist())

# %% [markdown]
# Three things can be read off, and hold for any size. What is summed over a *row* is a plain product, what is
# summed over a *column* has a transpose:
#
# $$dV = P^T \text{dout}, \qquad dP = \text{dout}\, V^T, \qquad
# dQ = \frac{dS\, K}{\sqrt{d_k}}, \qquad dK = \frac{dS^T Q}{\sqrt{d_k}} .$$
#
# The divisor stands between the product and $S$, so both $dQ$ and $dK$ meet it, once each.

# %%
dV, dP = P.T @ dout, dout @ V.T
dS = gradient(net, "S")  # section 3 makes it by hand
dQ, dK = dS @ K / np.sqrt(d_k), dS.T @ Q / np.sqrt(d_k)
for name, mine in {"V": dV, "P": dP, "Q": dQ, "K": dK}.items():
    print(f"d{name} right: {agree(mine, gradient(net, name))}")
print("dS @ Q for dS.T @ Q, off by", np.abs(dS @ Q / 2 - dK).max().round(2), "and no shape objects")

# %% [markdown]
# ## 3. The way back through a softmax
#
# For a row of any length the derivative of one weight by one score, found in lesson 03, is
#
# $$\frac{\partial p_k}{\partial s_j} = p_k (\delta_{kj} - p_j), \qquad \delta_{kj} = 1 \text{ if } k = j, \text{ else } 0 .$$
#
# (If the score is one's own the weight rises by $p_j (1 - p_j)$; if it is another's, it falls by $p_k p_j$.) Every
# score reaches all the weights of its row, so $ds_j$ is a sum over them:
#
# $$ds_j = \sum_k dp_k\, p_k (\delta_{kj} - p_j) = p_j\, dp_j - p_j \sum_k p_k\, dp_k = p_j \Big( dp_j - \sum_k p_k\, dp_k \Big) .$$
#
# What is left of the table of $T_k \times T_k$ derivatives is one number a row, the mean of $dp$ with the weights
# $p$. No table is built.

# %%
by_hand = P * (dP - (P * dP).sum(axis=-1, keepdims=True))
table = np.diag(P[0]) - np.outer(P[0], P[0])
print("right:", agree(by_hand, dS), "  row 1 by its table:", agree(table @ dP[0], dS[0]))

# %% [markdown]
# **Predict.** What does each row of `dS` add up to? Which of these ways of writing it get that right:
# `dP`, `P * (1 - P) * dP`, `P * dP`, and the sum over `axis=0`?

# %%
ways = {
    "right": by_hand,
    "dP": dP,
    "P * (1 - P) * dP": P * (1 - P) * dP,
    "P * dP": P * dP,
    "sum over axis=0": P * (dP - (P * dP).sum(axis=0, keepdims=True)),
}
rows = [
    (told, f"{np.abs(found.sum(axis=1)).max():.2f}", f"{np.abs(found - dS).max():.2f}")
    for told, found in ways.items()
]
figures.Table(("dS", "largest sum of a row", "largest error"), rows)

# %% [markdown]
# Add one number to all scores of a row: numerator and denominator of each weight grow by the same factor,
# and $P$ stays. The softmax does not see it, so $J$ does not move in that direction, and
# $\sum_j dS_{ij} = 0$ whatever `dout` is. A sum that needs no right answer beside it tells whether the way back went
# through the softmax. Only the first line passes.
#
# The same fact forward: the largest score of each row may be taken off, and `exp` never meets a large
# number.

# %%
large = np.array([[1000.0, 1001.0]])
print(softmax(large).round(4), softmax(large - 1000).round(4))

# %% [markdown]
# ## 4. What is not seen
#
# A model that predicts the next word must not look at it. A **mask** says who may see whom: `mask[i, j]` is
# True where query $i$ may see key $j$. A *causal mask* lets each position see itself and what came before.
# What is not seen has to have the weight 0, and $e^s$ is 0 for no finite $s$: the score is set to
# $-\infty$, *before* the softmax, so that the weights that are left add up to 1.

# %%
mask = np.tril(np.ones((T, T), dtype=bool))
S = Q @ K.T / np.sqrt(d_k)
ways = {
    "-inf": softmax(np.where(mask, S, -np.inf)),
    "0": softmax(np.where(mask, S, 0.0)),
    "after the softmax": softmax(S) * mask,
}
for told, found in ways.items():
    sums = np.round([found[1].sum(), found[1, 2:].sum()], 2)
    print(f"{told:18} row 2 adds up to {sums[0]:.2f}, of which {sums[1]:.2f} not to be seen")

# %% [markdown]
# **Predict.** On the way back nothing is said of the mask. Is a line missing?

# %%
causal = attention_graph(Q, K, V, dout, mask)
P_c = causal.value("P")
dS_c = P_c * (dP - (P_c * dP).sum(axis=-1, keepdims=True))
print("right without a line for the mask:", agree(dS_c, gradient(causal, "S")))
print("dS where nothing is seen is exactly 0:", bool((dS_c[~mask] == 0).all()))
print("row 1 of dS:", dS_c[0] + 0.0)

# %% [markdown]
# None is missing. $P$ stands in front of the bracket, and where nothing is seen it is 0, exactly. So the
# score of an unseen key gets a gradient of exactly 0. To set it to 0 once more does no harm.
#
# Row 1 is zero everywhere: the first position sees itself alone, its weight is 1 whatever its score is.

# %% [markdown]
# ## 5. Why the scores are divided
#
# A score is a sum of $d_k$ products. If the entries of queries and keys are drawn with mean 0 and variance
# 1 (the mean of their squares is 1), each product has variance 1 too, and the variance of the sum is
# $d_k$: scores are of size $\sqrt{d_k}$. With $d_k = 256$ that is 16, and $e^{16}$ is nine million: one key gets all the
# weight. Then $P$ is nearly 0 or 1 everywhere, and $p_j (dp_j - \sum_k p_k dp_k)$ is nearly 0: either the factor is, or
# the bracket. The softmax is *saturated*.
#
# **Predict.** A query has 16 keys, and a `dP` of size 1 arrives. How much comes back to its scores at
# $d_k = 256$, with the division and without it? (The median is taken over 400 queries: half of them get
# less.)

# %%
def comes_back(d, divisor, queries=400, keys=16):
    """The size of dS (root of the mean square) for a random dP of size 1: the median."""
    q, k = rng.normal(size=(queries, 1, d)), rng.normal(size=(queries, keys, d))
    p = softmax((q @ np.swapaxes(k, -1, -2))[:, 0] / divisor)
    dp = rng.normal(size=p.shape)
    ds = p * (dp - (p * dp).sum(axis=-1, keepdims=True))
    return np.median(np.sqrt((ds**2).mean(axis=-1)))

# %%
widths = [1, 4, 16, 64, 256, 1024]
sizes = {
    "scores not divided": [comes_back(d, 1) for d in widths],
    "divided by the root of the width": [comes_back(d, np.sqrt(d)) for d in widths],
}
figures.saturation_picture(widths, sizes)

# %% [markdown]
# Divided by $\sqrt{d_k}$ the scores are of size 1 at every width, and what comes back does not depend on it.
# Not divided, half of the queries get less than a fiftieth of that at $d_k = 256$, and next to nothing at 1024;
# something comes back where two keys happen to be nearly alike. It is the fading of lesson 08 in one
# layer: a tanh that is saturated has a slope near 0, and so has a softmax.
#
# The divisor is a constant of the layer: nothing is differentiated with respect to it. But it is a factor between
# $Q K^T$ and $S$, and the way back pays it.

# %% [markdown]
# ## 6. X is read four times
#
# In **self-attention** queries, keys and values are all made of one $X$, by three matrices:
# $Q = X W_q$, $K = X W_k$, $V = X W_v$. A fourth matrix brings the answer back to the width of $X$, and $X$ itself
# is added, the **residual road**: the layer adds to what is there, it does not replace it.
#
# $$\text{out} = X + H W_o, \qquad H = P V .$$

# %%
D, E = 3, 4
X, up = rng.normal(size=(T, D)), rng.normal(size=(T, D))
W = {name: rng.normal(size=(D, E)) / np.sqrt(D) for name in WEIGHTS[:3]}
W["Wo"] = rng.normal(size=(E, D)) / np.sqrt(E)
layer = self_attention_graph(X, W, 1, up, mask)
figures.edited_picture(layer, cut("X->K"))

# %% [markdown]
# $X$ has four wires; in the picture one of them is cut. ($W_q$, $W_k$ and $W_v$, which enter at $Q$, $K$ and $V$, are not
# drawn.) What is left then is the exact gradient of a layer
# to which the keys are given numbers. The whole gradient is the sum of all four, as at every fork since
# lesson 01. (Lesson 07 had two wires out of each state: `da + da_prevt`.)
#
# Each of the products is a layer of lesson 03. With $dH = \text{dout}\, W_o^T$ for the upstream of the attention:
#
# $$dX = \text{dout} + dQ\, W_q^T + dK\, W_k^T + dV\, W_v^T, \qquad
# dW_q = X^T dQ, \quad dW_k = X^T dK, \quad dW_v = X^T dV, \quad dW_o = H^T \text{dout} .$$

# %%
q, k, v, p = (layer.value(name) for name in "QKVP")  # p has an axis for heads; here there is one
p, H = p[0], layer.value("H")
dH = up @ W["Wo"].T
dv, dp = p.T @ dH, dH @ v.T
ds = p * (dp - (p * dp).sum(axis=-1, keepdims=True)) / np.sqrt(E)
dq, dk = ds @ k, ds.T @ q
roads = {"X->out": up, "X->Q": dq @ W["Wq"].T, "X->K": dk @ W["Wk"].T, "X->V": dv @ W["Wv"].T}
for wire, mine in roads.items():
    print(f"{wire:6} right: {agree(mine, gradient(layer, wire))}, size {np.abs(mine).max():.2f}")
print("sum    right:", agree(sum(roads.values()), gradient(layer, "X")))

# %%
weights = {"Wq": X.T @ dq, "Wk": X.T @ dk, "Wv": X.T @ dv, "Wo": H.T @ up}
for name, mine in weights.items():
    print(f"d{name} right: {agree(mine, gradient(layer, name))}")

# %% [markdown]
# **Predict.** A stack of 12 such layers, with matrices one tenth of those above. (Each is given the same $X$, to
# keep it short.) How much of the upstream arrives at the bottom, with the residual road and without it?

# %%
small = {name: 0.1 * w for name, w in W.items()}
with_road = without = up
for _ in range(12):
    with_road = gradient(self_attention_graph(X, small, 1, with_road, mask), "X")
    net_below = self_attention_graph(X, small, 1, without, mask)
    without = gradient(net_below, "X", edits=cut("X->out"))
print(f"with the residual road: {np.abs(with_road).max():.2f}")
print(f"without:                {np.abs(without).max():.0e}")

# %% [markdown]
# On the residual road the upstream arrives as it was, plus something. It is for attention what the lane of $c$ is
# for the LSTM.

# %% [markdown]
# ## 7. Several heads
#
# One query a position can ask for one thing. With several **heads** the columns of $Q$, $K$ and $V$ are shared out: head $h$
# has the columns $h d$ to $(h + 1) d$, its own scores (divided by $\sqrt{d}$, its own width), its own softmax, and
# writes its answer into the same columns of $H$. Nothing new has to be derived: each head is section 2 on its
# columns. On the way back $dH$ is cut into the same columns, and $dQ$, $dK$, $dV$ are put side by side again.

# %%
n_heads, d = 2, E // 2
several = self_attention_graph(X, W, n_heads, up, mask)
parts = []
for h in range(n_heads):
    c = slice(h * d, (h + 1) * d)
    head = attention_graph(q[:, c], k[:, c], v[:, c], dH[:, c], mask)
    parts.append(gradient(head, ["Q", "K", "V"]))
for name in "QKV":
    mine = np.hstack([part[name] for part in parts])
    print(f"d{name} side by side is right: {agree(mine, gradient(several, name))}")

# %% [markdown]
# Most code gives the heads an axis of their own and does all of them in one product. $(T, E)$ has to become
# $(n_{heads}, T, d)$, and here is a trap.
#
# **Predict.** `reshape(n_heads, T, d)` has the right shape. For T = 2, two heads and d = 1: which numbers
# has head 0?

# %%
A = np.array([[11, 12], [21, 22]])  # row: position 1, 2; column: head 1, 2
apart = A.reshape(2, 2, 1)
print("reshape(T, n_heads, d), then transpose: head 0 has", apart.transpose(1, 0, 2)[0].ravel())
print("reshape(n_heads, T, d):                 head 0 has", apart[0].ravel())

# %% [markdown]
# A reshape keeps the order of the entries in memory, row after row. It cuts $(T, E)$ into $(T, n_{heads}, d)$, for the
# columns of a row stand one after the other. To bring the heads to the front, axes have to be exchanged: that is
# a transpose. With the reshape alone head 0 gets both numbers of position 1: positions are taken for heads. All
# shapes agree, and out is wrong. The way back needs the same two steps in the opposite order, for $dH$ and for each of
# $dQ$, $dK$, $dV$.

# %% [markdown]
# ## 8. Which position hears which
#
# Lesson 11 drew the table of all derivatives of a layer in blocks of one example each. Here a block belongs to a
# pair of positions. All columns of the layer above, with two heads, without a mask and with the causal one:

# %%
def jacobian(mask):
    """Row: entry of X, column: entry of out, both position by position."""
    ones = np.eye(X.size).reshape(-1, *X.shape)
    graphs = [self_attention_graph(X, W, n_heads, one, mask) for one in ones]
    return np.stack([gradient(graph, "X").ravel() for graph in graphs], axis=1)

# %%
tables = {"no mask": jacobian(None), "a causal mask": jacobian(mask)}
figures.blocks_picture(tables, examples=T, of="position")

# %% [markdown]
# Grey is zero. Without a mask all blocks are filled: every output hears every position, over one step. With the
# causal mask the blocks below the diagonal are empty: a later position does not reach an earlier output. That
# is what the picture of a recurrent network would show as well; there the blocks far from the diagonal fade, since
# they are products of many factors, and here they do not. On the diagonal lies the residual road.

# %% [markdown]
# ## What you can now answer
#
# 1. *Why is `dS = P * (1 - P) * dP` wrong?* A score moves all the weights of its row; that line keeps the
#    diagonal of the table alone (3).
# 2. *What can I test without a right answer?* Each row of `dS` adds up to 0 (3).
# 3. *Does the way back need the mask?* No: $P$ is 0 where nothing is seen (4).
# 4. *Where does the $\sqrt{d_k}$ go on the way back?* Into $dQ$ and into $dK$, once each; not into $dV$ (2, 5).
# 5. *What is `dX`?* The sum of four roads, one of which is `dout` itself (6).
# 6. *What is new with several heads?* Nothing but where the columns go (7).

# %% [markdown]
# ## Sources
#
# - A. Vaswani, N. Shazeer, N. Parmar and others, "Attention Is All You Need", NeurIPS (2017), section 3.2:
#   scaled dot-product attention, several heads, masks, and the reason for the divisor.
# - K. He, X. Zhang, S. Ren, J. Sun, "Deep Residual Learning for Image Recognition", CVPR (2016): the residual road.
# - T. Dao and others, "FlashAttention", NeurIPS (2022), appendix B: the way back written row by row.
#
# Next: the assignment of the same number.
