# %% [markdown]
# # Long time: fading, growing, cutting, clipping
#
# **What you will do.** Follow a gradient through sixty steps of a recurrent network, find out which
# factors make it fade or grow, and see what truncation and clipping do to it.
#
# **What you will learn.** Why singular values *and* tanh′ decide; what "value carried, gradient
# cut" means; why clipping waits until the gradient is finished.
#
# **What you need.** Unit 07. The exercises are in the assignment of the same number.
#
# <details>
# <summary><b>Words</b> used here and what they mean (26)</summary>
#
# - **axis**: one direction of an array: a table has axis 0, down its rows, and axis 1, along its columns
# - **back-propagation**: the way of computing all derivatives of one number in one pass, from the end of a graph to its beginning
# - **backward pass**: computing the derivatives, from the cost to the inputs
# - **carry**: what a loop hands from one step to the next
# - **cell**: in a recurrent network: the computation of one step in time; in a notebook: one box of text or code
# - **clipping**: making a gradient shorter, or its entries smaller, before it is used
# - **cost**: one number that says how wrong the network is on all examples together, written J: the mean of the losses
# - **example**: one set of inputs, with its label if it has one
# - **forward pass**: computing the values, from the inputs to the cost
# - **gradient**: all partial derivatives of one number with respect to an array, in the shape of the array
# - **Jacobian**: the table of all partial derivatives of a vector with respect to a vector
# - **layout**: which axis of an array counts what. Columns or rows may be examples; and a Jacobian has two layouts of its own, numerator and denominator
# - **loss**: one number that says how wrong the network is on one example
# - **norm**: the length of a vector: the root of the sum of the squares of its entries
# - **parameter**: what a network learns: its weights and biases
# - **path**: a way through a graph, from wire to wire
# - **recurrent**: used again at each step in time, with the same weights
# - **singular value**: a factor by which a matrix stretches vectors of a certain direction
# - **slope**: how fast one value moves with another: the derivative of one operation
# - **state**: in a recurrent network: what one step hands to the next
# - **tanh**: the hyperbolic tangent, an activation with values between -1 and 1 and slope 1 - tanh²
# - **truncation**: letting the gradient go back a limited number of steps only
# - **unit**: one number that a layer gives for each example, with the weights that make it
# - **weight**: a number that an input of a unit is multiplied with; it is learnt
# - **wire**: in a graph: the way from one value into another that uses it
# - **∂**: ∂J/∂w is a partial derivative: how fast J moves when w alone is moved
#
# </details>

# %% [markdown]
# ## Symbols
#
# | symbol | shape | meaning |
# |---|---|---|
# | $z_t$, $a_t$ | $(n_a, m)$ | state of step $t$ before and after the tanh: $a_t = \tanh z_t$ |
# | $W_{aa}$ | $(n_a, n_a)$ | $z_t = W_{aa}\, a_{t-1} + W_{ax}\, x_t + b_a$ |
# | $da_t$ | $(n_a, m)$ | direct derivative: $J$ hears $a_t$ in the loss of step $t$ |
# | $g_t$ | $(n_a, m)$ | total derivative $dJ / da_t$: all ways together |
# | $M_t = \partial a_t / \partial a_{t-1}$ | $(n_a, n_a)$ | Jacobian of one step, for one example |
# | $\sigma_{\max}(B)$ | number | largest singular value: how much a matrix $B$ stretches at most |
#
# A matrix has as many **singular values** as rows (if it is square): the factors by which it
# stretches vectors along certain directions, at right angles to each other. A rotation has only
# ones. tanh′ is the slope of tanh, $1 - a^2$; a unit whose $a$ is near 1 or $-1$ has almost none
# and is called **saturated**.

# %%
import numpy as np

from autograder import figures
from autograder.networks import chunks, upstream_graph
from autograder.oracle import gradient

# %% [markdown]
# ## 1. One step back is one Jacobian
#
# Nudge unit $j$ of $a_{t-1}$. Unit $i$ of $z_t$ moves by $W_{ij}$ times the nudge, and tanh passes
# on the fraction $1 - a_{t,i}^2$ of that:
#
# $$(M_t)_{ij} = (1 - a_{t,i}^2)\, W_{ij}, \qquad M_t = \text{diag}(1 - a_t^2)\; W_{aa}.$$
#
# Row $i$ belongs to an output, so this is *numerator layout*, and the way back is the transpose:
# first tanh′, then $W_{aa}^T$. (Lesson 02 wrote its chains in denominator layout, in which the
# transposes are in the Jacobians already.)

# %%
n_a, T = 16, 60
rng = np.random.default_rng(8)
rotation = np.linalg.qr(rng.normal(size=(n_a, n_a)))[0]
x, a0 = rng.normal(size=(3, 1, T)), 0.1 * rng.normal(size=(n_a, 1))
Wax = 0.1 * rng.normal(size=(n_a, 3))


def parameters(scale):
    """A rotation, all of whose singular values are 1, times a scale."""
    return {"Waa": scale * rotation, "Wax": Wax, "ba": np.zeros((n_a, 1))}

# %%
def total(scale, da):
    """dJ/da_t for t = 0, ..., T, by complex step; da holds the direct derivatives."""
    graph = upstream_graph(x, a0, parameters(scale), da)
    return list(gradient(graph, [f"a{t}" for t in range(T + 1)]).values())


da = np.zeros((n_a, 1, T))
da[:, 0, -1] = 1 / np.sqrt(n_a)  # one loss, at the very end; norm 1
a = chunks.states(x, a0, parameters(1.2))
g = total(1.2, da)
M_T = (1 - a[:, :, T] ** 2) * parameters(1.2)["Waa"]
print("one step back by the Jacobian:", np.allclose(M_T.T @ g[T], g[T - 1], rtol=1e-12))

# %% [markdown]
# With a loss at the last step only, every earlier gradient is made by Jacobians alone:
#
# $$g_0 = M_1^T M_2^T \cdots M_T^T\, g_T .$$
#
# Sixty factors. If each shrinks what it meets by a tenth, $0.9^{60} = 0.002$ is left; if each
# stretches by a tenth, $1.1^{60} = 304$.

# %% [markdown]
# ## 2. The picture
#
# **Predict.** All singular values of $W_{aa}$ equal the scale. For which of 0.7, 0.9, 1, 1.5, 3 does
# the gradient fade on its way back, and for which does it grow?

# %%
def norms(scale):
    return np.array([np.linalg.norm(g) for g in total(scale, da)])


scales = (0.7, 0.9, 1.0, 1.5, 3.0)
curves = {f"scale {scale:g}": norms(scale) for scale in scales}
figures.norms_picture(curves)

# %% [markdown]
# The lines are nearly straight on a logarithmic axis; read them from right to left, the way the
# gradient travels. At scale 0.7 it fades to $6 \cdot 10^{-11}$ of what it was, at 0.9 to $5 \cdot
# 10^{-5}$. At scale 1 it fades, too, though $W_{aa}$ shortens nothing. At 1.5 it grows to 21 times,
# at 3 to $4 \cdot 10^7$; but $3^{60}$ would be $4 \cdot 10^{28}$.

# %% [markdown]
# ## 3. Singular values and tanh′
#
# How much can a product stretch? At most by its own largest singular value, and that is at most
# the product of the factors' largest ones; tanh′ is never above 1:
#
# $$\lVert g_t \rVert \;\le\; \sigma_{\max}(M_T \cdots M_{t+1})\, \lVert g_T \rVert
# \;\le\; \prod_{s > t} \sigma_{\max}(M_s)\, \lVert g_T \rVert
# \;\le\; \sigma_{\max}(W_{aa})^{T - t}\, \lVert g_T \rVert .$$
#
# $W_{aa}$ is one factor, tanh′ the other. tanh′ is 1 only at $z = 0$; a unit with $a = 0.9$ passes
# 19 % on.

# %%
def bounds(scale):
    """What is measured; the largest stretching by the whole product, and by Waa alone."""
    a, Waa = chunks.states(x, a0, parameters(scale)), scale * rotation
    product, stretch = np.eye(n_a), [1.0]
    for t in range(T, 0, -1):
        product = product @ ((1 - a[:, :, t] ** 2) * Waa)
        stretch.append(np.linalg.norm(product, 2))
    alone = scale ** np.arange(T, -1.0, -1.0)
    return {"measured": norms(scale), "product": np.array(stretch[::-1]), "Waa alone": alone}


figures.norms_picture(bounds(1.5))

# %% [markdown]
# Three lines for scale 1.5. "Waa alone" promises $1.5^{60} \approx 4 \cdot 10^{10}$. The largest
# singular value of the product $M_T \cdots M_{t+1}$ knows about tanh′ and stays below 100: nearly
# nine orders of magnitude are eaten by the slopes. What is measured lies below both, because $g_T$ is
# one vector and not the one that is stretched most.

# %%
rows = []
for scale in scales:
    a = chunks.states(x, a0, parameters(scale))[:, :, 1:]
    found = norms(scale)
    per_step = (found[0] / found[-1]) ** (1 / T)
    rows.append((f"{scale:g}", f"{np.mean(1 - a**2):.2f}", f"{per_step:.2f}"))
figures.Table(("scale of Waa", "mean of tanh′", "factor per step, measured"), rows)

# %% [markdown]
# Below scale 1 the units stay near 0, tanh′ is near 1, and the factor per step is close to the
# scale. Above 1 the states grow until tanh holds them: at scale 3 the mean slope is a third, and of
# a factor 3 per step 1.3 is left. Saturated units take back most of what large weights give.

# %% [markdown]
# ## 4. What fades and what does not
#
# Put a loss at *every* step. $g_t$ then hears the losses nearby without any long product, and
# $dW_{aa} = \sum_t dz_t\, a_{t-1}^T$ is a sum over all steps. It does not vanish. What vanishes in it
# is the share of long paths: what step 60 has to say about step 1.

# %%
every = np.zeros((n_a, 1, T))
every[0] = 1.0
graph = upstream_graph(x, a0, parameters(0.7), every)
full = gradient(graph, "Waa")
for k in (1, 2, 5, 10, 20, 30, 60):
    short = gradient(chunks.truncated(graph, k), "Waa")
    lost = np.linalg.norm(full - short) / np.linalg.norm(full)
    print(f"paths cut after every {k:2} steps: {lost:.3f} of dWaa is lost")

# %% [markdown]
# At scale 0.7 single steps lose two thirds of $dW_{aa}$, and chunks of thirty still a sixth. That
# is more than fading explains: only paths across the one border are lost, and after ten steps back
# there is $0.7^{10} = 3\,\%$ left of a signal. **Predict.** Is the sixth a property of chunks, or
# of these inputs?

# %%
def lost_by_thirties(inputs, seed):
    """The share of dWaa that chunks of 30 steps lose at scale 0.7."""
    drawn = np.random.default_rng(seed)
    turn, W = np.linalg.qr(drawn.normal(size=(n_a, n_a)))[0], 0.1 * drawn.normal(size=(n_a, 3))
    fed = drawn.normal(size=(3, 1, T)) if inputs == "random" else np.ones((3, 1, T))
    p = {"Waa": 0.7 * turn, "Wax": W, "ba": np.zeros((n_a, 1))}
    graph = upstream_graph(fed, a0, p, every)
    full, short = gradient(graph, "Waa"), gradient(chunks.truncated(graph, 30), "Waa")
    return np.linalg.norm(full - short) / np.linalg.norm(full)

# %%
for inputs in ("random", "constant"):
    shares = [lost_by_thirties(inputs, seed) for seed in range(20)]
    told = "  ".join(f"{how.__name__} {how(shares):.3f}" for how in (min, np.median, max))
    print(f"{inputs:8} inputs, 20 networks: {told}")
steps = gradient(graph, [f"Waa->z{t}" for t in range(1, T + 1)]).values()
norms_of_steps = sum(np.linalg.norm(step) for step in steps)
print(f"the {T} steps have norms that sum to {norms_of_steps:.0f}; their sum has norm", end=" ")
print(f"{np.linalg.norm(full):.1f}")

# %% [markdown]
# Of these inputs. Random ones have mean 0, and so have the states; the sixty terms of $dW_{aa}$
# cancel to a ninth of their sizes, and what a border cuts off is compared with the little that is
# left. So the share differs from network to network, from 6 % to 39 %. With constant inputs the
# terms add up, and the share is 1 to 3 %, a matter of fading alone.

# %% [markdown]
# ## 5. Value carried, gradient cut
#
# The loop above used truncated back-propagation: forward through everything, backward in chunks of
# $k$ steps. At a border the state goes on, or the network would start anew; its derivative does
# not. In the code: the next chunk starts from the *value* of the last state, and `da_prevt` starts
# from zero.

# %%
figures.chunks_picture(T=6, k=3)

# %% [markdown]
# Blue arrows lead from state to state, without a gap, and vermillion arrows back; between $a_3$ and
# $a_4$ the way back is crossed out. Every loss still reaches the weights, through its own chunk.
#
# The difference to the full gradient has a name, the **cross-chunk term**: the sum over all paths
# that cross a border.

# %%
k, p = 5, parameters(0.9)
first, second = slice(0, k), slice(k, 2 * k)
both = upstream_graph(x[:, :, : 2 * k], a0, p, every[:, :, : 2 * k])
a_k = chunks.states(x, a0, p)[:, :, k]
late = upstream_graph(x[:, :, second], a_k, p, every[:, :, second])
signal = np.zeros((n_a, 1, k))
signal[:, :, -1] = gradient(late, "a0")  # what the second chunk has to say about its start
early = upstream_graph(x[:, :, first], a0, p, signal)
difference = gradient(both, "Waa") - gradient(chunks.truncated(both, k), "Waa")
print("full - truncated = what crosses:", np.allclose(difference, gradient(early, "Waa")))

# %% [markdown]
# Full minus truncated is exactly what the second chunk has to say about its first state, sent back
# through the first chunk. Truncation is not a slip, it is a choice with a price. A slip would be to
# forget the *value* at the border, or to believe that the derivative went through.

# %% [markdown]
# ## 6. Where clipping belongs
#
# A gradient that has grown too long is **clipped**, shortened before the update: all arrays by one
# factor $\min(1, c / G)$, with $G$ the norm of all of it and $c$ the norm that is allowed. Its
# direction stays.
#
# Clip inside the loop instead, `da_prevt` at each step, and you rescale what comes back on each wire
# by another number. **Predict.** Which gradients keep their direction?

# %%
def clipped_inside(graph, bound):
    """Edits that shorten what goes back from z<t> to a<t-1>, from the last step on."""
    edits = {}
    for t in range(T, 0, -1):
        length = float(np.linalg.norm(gradient(graph, f"a{t - 1}->z{t}", edits)))
        share = min(1.0, bound / length)
        edits[f"a{t - 1}->z{t}"] = lambda v, seen, share=share: v.real + 1j * share * v.imag
    return edits

# %%
graph = upstream_graph(x, a0, parameters(1.4), every)
names = ("Waa", "Wax", "ba", "a0")
right = gradient(graph, names)
wrong = gradient(graph, names, clipped_inside(graph, 1.0))
for name in names:
    r, w = right[name].ravel(), wrong[name].ravel()
    cosine = r @ w / np.linalg.norm(r) / np.linalg.norm(w)
    print(f"d{name:4} {np.linalg.norm(r):9.1f} -> {np.linalg.norm(w):6.1f}   cosine {cosine:.2f}")

# %% [markdown]
# None of the four: inside the loop the arrays are shortened by different factors, and their
# directions turn: cosines below 1. Clipping the finished gradient would have left all four cosines
# at 1.
#
# Of what is this the gradient? At these parameters, of the graph with these sixty edits: that is how
# it was computed. But each edit has a factor that was measured on the signal itself, and so it is
# another graph at other parameters. Is there a cost that has these slopes everywhere? There is a
# test: for a cost it does not matter in which order one differentiates,
# $\partial^2 J / \partial b_1 \partial b_2 = \partial^2 J / \partial b_2 \partial b_1$.

# %%
def mixed(edits_of, i, j, h=1e-5):
    """How slope i of ba moves with entry j of ba, by a centred difference."""
    slopes = []
    for step in (h, -h):
        ba = step * np.eye(n_a)[:, [j]]
        graph = upstream_graph(x, a0, parameters(1.4) | {"ba": ba}, every)
        slopes.append(gradient(graph, "ba", edits_of(graph))[i, 0])
    return (slopes[0] - slopes[1]) / (2 * h)

# %%
ways = {"right": lambda graph: {}, "clipped inside": lambda graph: clipped_inside(graph, 1.0)}
for name, edits_of in ways.items():
    print(f"{name:15} {mixed(edits_of, 0, 1):9.4f} {mixed(edits_of, 1, 0):9.4f}")

# %% [markdown]
# The right gradient passes. What was clipped inside does not: it is the gradient of no cost at all.
#
# After the update there is nothing left to clip, and clipping the loss makes its gradient zero
# wherever the clip is active.

# %% [markdown]
# ## 7. A slider
#
# Where ipywidgets is installed, this turns the picture of section 2 into one that you can move; try
# it in a cell of your own.
#
# ```python
# from ipywidgets import interact
#
# interact(lambda scale: figures.norms_picture({"": norms(scale)}), scale=(0.3, 3.0, 0.1))
# ```

# %% [markdown]
# ## What to keep
#
# - $g_{t-1} = da_{t-1} + W_{aa}^T\,((1 - a_t^2) * g_t)$, and $T$ steps are a product of $T$
#   Jacobians.
# - Fading: small singular values, or saturated units. Growing: large singular values *and* units
#   near 0.
# - Chunks: value carried, gradient cut; the price is the cross-chunk term.
# - Clipping: the finished gradient, one factor, before the update.
#
# Networks with *gates*, such as the LSTM, give the state a way on that does not pass through
# $W_{aa}$: the product gets factors near 1.
