# %% [markdown]
# # Graphs: sum over paths
#
# **What you will do.** Take one small expression apart, differentiate it in four ways, and watch
# three slips change its numbers.
#
# **What you will learn.** Why contributions add up where a value is used twice; why the same graph
# costs two million visits or twenty-one; when a node may hand on its gradient.
#
# **What you need.** The chain rule in one variable. In the assignment of the same number you write
# the engine yourself: the small program that differentiates any expression.
#
# <details>
# <summary><b>Words</b> used here and what they mean (22)</summary>
#
# - **axis**: one direction of an array: a table has axis 0, down its rows, and axis 1, along its columns
# - **back-propagation**: the way of computing all derivatives of one number in one pass, from the end of a graph to its beginning
# - **cell**: in a recurrent network: the computation of one step in time; in a notebook: one box of text or code
# - **chain rule**: the derivative along a path is the product of the slopes on it; over several paths, the sum of these products
# - **cost**: one number that says how wrong the network is on all examples together, written J: the mean of the losses
# - **example**: one set of inputs, with its label if it has one
# - **forward pass**: computing the values, from the inputs to the cost
# - **gradient**: all partial derivatives of one number with respect to an array, in the shape of the array
# - **gradient descent**: training by small steps against the gradient
# - **in place**: into the memory of an array that exists already, as `+=` writes, so that everybody who holds the array sees it
# - **layer**: one stage of a network: it takes numbers and gives numbers
# - **loss**: one number that says how wrong the network is on one example
# - **node**: one value in a graph of a computation
# - **operand**: what an operation is applied to: in q + b these are q and b
# - **path**: a way through a graph, from wire to wire
# - **recurrent**: used again at each step in time, with the same weights
# - **root**: in a graph: the last node, the one that is differentiated
# - **slope**: how fast one value moves with another: the derivative of one operation
# - **state**: in a recurrent network: what one step hands to the next
# - **weight**: a number that an input of a unit is multiplied with; it is learnt
# - **wire**: in a graph: the way from one value into another that uses it
# - **∂**: ∂J/∂w is a partial derivative: how fast J moves when w alone is moved
#
# </details>

# %% [markdown]
# ## Symbols
#
# | symbol | meaning |
# |---|---|
# | $v_0, v_1, \dots$ | nodes: leaves first, then one for each operation |
# | root | the last node, the one that is differentiated |
# | $\bar v$ | $\partial\,\text{root} / \partial v$, the gradient of node $v$: how fast the root moves with $v$ |
# | operand, user | if $c = q + b$, then $b$ is an operand of $c$ and $c$ a user of $b$ |
# | wire | the way from an operand into its user, with a slope of its own |
#
# All values are numbers, shape $()$; in section 7 each node holds an array of shape $(q,)$.

# %%
from time import perf_counter

import numpy as np

from autograder import figures
from autograder.networks import expressions
from autograder.oracle import gradient

# %% [markdown]
# ## 1. One number, two ways
#
# The expression of this lesson is $b = a\,a$, $q = b\,b$, $c = q + b$. The value $b$ is used by
# $q$ and by $c$: a **fork**. Nudge $b$ by $\varepsilon$. Then $q$ moves by $2b\,\varepsilon$, and
# $c$ moves by what came through $q$ *plus* what came directly:
#
# $$\bar b = 2b \cdot 1 + 1 = 2b + 1, \qquad \bar a = 2a\,(2b + 1).$$
#
# **Predict.** What is $\bar a$ at $a = 3$?

# %%
names = ("a", "b", "q", "c")
program = [("*", 0, 0), ("*", 1, 1), ("+", 2, 1)]
graph = expressions.scalar_graph(program, [3.0])
values = [graph.value(f"v{n}") for n in range(4)]
grads = [gradient(graph, at=f"v{n}") for n in range(4)]
figures.graph_picture(program, values, grads, names)

# %% [markdown]
# Values stand in blue above the nodes, computed from left to right, and gradients in vermillion below
# them. Two wires leave $b$ towards $q$, because $b\,b$ uses it twice, and a third goes around to
# $c$: three contributions, $9 + 9 + 1 = 19$. At $a$ stands 114.
#
# The gradients come from an instrument that knows no chain rule: each node was nudged, and $c$ was
# watched.

# %% [markdown]
# ## 2. Slopes on the wires
#
# One operation alone is easy. Nudge one of its operands, hold the other:
#
# $$p = x\,y: \quad \frac{\partial p}{\partial x} = y, \; \frac{\partial p}{\partial y} = x
# \qquad\quad s = x + y: \quad 1, \; 1 \qquad\quad t = \tanh x: \quad 1 - t^2 .$$
#
# A sum passes a gradient on as it is, a product passes it on times the *other* factor. Write each
# slope on its wire; the forward pass knows every number that is needed.

# %%
rows = []
for n, made_of in expressions.wires(graph).items():
    for slot, (i, slope) in enumerate(made_of):
        rows.append((f"{names[i]} to {names[n]}", f"operand {slot}", f"{float(slope):g}"))
figures.Table(("wire", "enters as", "slope"), rows)

# %% [markdown]
# Six wires, six slopes. $a$ enters $b$ twice, each time with slope 3, the value of the other
# factor. The derivative $2a = 6$ that one learns for a square is already a sum over two wires.

# %% [markdown]
# ## 3. Sum over paths
#
# Multiply $\bar a = 2a\,(2b + 1)$ out, and each term belongs to one way from $c$ down to $a$:
#
# $$\bar v = \sum_{\text{paths}} \;\prod_{\text{wires on it}} \text{slope}.$$
#
# **Predict.** How many paths lead from $c$ to $a$?

# %%
def paths(n, goal, so_far=1.0):
    """The product of slopes along each way from node n down to the goal."""
    if n == goal:
        return [so_far]
    below = expressions.wires(graph).get(n, [])
    return [p for i, slope in below for p in paths(i, goal, so_far * float(slope))]


products = paths(3, 0)
print(len(products), "paths:", products)
print("sum", sum(products))

# %% [markdown]
# Three ways from $c$ to $b$, two from $b$ to $a$, so six paths. The products are 27 four times, and
# 3 twice; they add up to 114.
#
# A wire that leads around an operation is called a **skip connection**: $v_{n+1} = f(v_n) + v_n$.
# The value forks, one wire goes through $f$, the other past it with slope 1, and the sum over paths
# says $\bar v_n = (f'(v_n) + 1)\, \bar v_{n+1}$. Take ten steps with $f(v) = 0.1\, v$, with and without
# the skip.
#
# **Predict.** By what number is the gradient multiplied from the last node to the first?

# %%
tenths = [0.1] * 10  # the factors are leaves, v1 to v10


def first_slope(skip):
    """The derivative of the last value with respect to the first, after ten steps."""
    program, here = [], 0
    for factor in range(1, 11):
        program.append(("*", here, factor))
        if skip:
            program.append(("+", here, 10 + len(program)))
        here = 10 + len(program)
    return float(gradient(expressions.scalar_graph(program, [2.0, *tenths]), at="v0"))

# %%
print(f"without the skip: {first_slope(False):.1e}   with it: {first_slope(True):.4f}")
print(f"0.1**10 = {0.1**10:.1e}   1.1**10 = {1.1**10:.4f}")

# %% [markdown]
# Without the skip there is one path, and its ten slopes of 0.1 multiply to $10^{-10}$. With it there are
# $2^{10}$ paths; the one that goes past every $f$ has the product 1, and all together they make
# $1.1^{10}$. That is why a gradient gets through networks of a hundred layers that are built so
# (residual networks), and what happens at such a fork is the plus sign of this section.

# %% [markdown]
# ## 4. Tree or graph
#
# The function above walks each path by itself. Unfolded like that, a graph becomes a **tree**, in
# which a node stands as often as it is reached. In a chain of diamonds, $v_1 = v_0 + v_0$,
# $v_2 = v_1 + v_1$, ..., each step doubles the number of ways down.

# %%
figures.diamonds_picture(depth=3)

# %% [markdown]
# The same three diamonds, twice. On the left four nodes, each visited once. On the right the
# walk along every path: 1, 2, 4, 8 visits from level to level, 15 in all.
#
# **Predict.** How many visits at depth 20?

# %%
depths = range(1, 21)
tree, slim = [], []
for depth in depths:
    ways = expressions.ways(expressions.scalar_graph(expressions.diamonds(depth), [0.5]))
    tree.append(sum(ways))
    slim.append(len(ways))
print("paths down to v0 at depth 20:", ways[0])
figures.visits_picture(depths, tree, slim)

# %% [markdown]
# The tree is a straight line on the logarithmic axis, a factor of two for each diamond: 2,097,151
# visits at depth 20, for the 1,048,576 paths down to $v_0$ and all that lead part of the way. The
# graph needs 21 visits. What makes the difference is one law of arithmetic:
#
# $$s\,x + s\,y = s\,(x + y).$$
#
# Add first what arrives at a node, multiply once.
#
# Is a visit what costs time? Both walks, as short as they can be written, for a chain of diamonds in
# which each node hands its gradient down both wires, with slope 1:

# %%
def tree_walk(n, g, grads):
    """Hand g to node n, and at once on to the node below, once for each wire."""
    grads[n] += g
    if n > 0:
        tree_walk(n - 1, g, grads)
        tree_walk(n - 1, g, grads)

# %%
def graph_walk(depth, grads):
    """Visit each node once, from the last one down, when its gradient is complete."""
    grads[depth] = 1.0
    for n in range(depth, 0, -1):
        grads[n - 1] = grads[n] + grads[n]

# %%
def timed(depth):
    """Seconds that the two walks take on this machine, and the gradients that they find."""
    found, seconds = [[0.0] * (depth + 1) for _ in range(2)], []
    for walk in (lambda: tree_walk(depth, 1.0, found[0]), lambda: graph_walk(depth, found[1])):
        began = perf_counter()
        walk()
        seconds.append(perf_counter() - began)
    return seconds, *found

# %%
_, by_tree, by_graph = timed(10)
print("gradient of v0, by the tree and by the graph:", by_tree[0], by_graph[0])

# %% [markdown]
# The same gradient. The seconds are those of your machine, so no page can print them. On the one
# where this was written, `timed(20)` took the tree half a second and the graph 20 µs. Say what depth 22
# will take, the tree and the graph. Then open a cell of your own below this one and run
# `timed(20)[0], timed(22)[0]`.
#
# <details><summary>Answer, after the run</summary>
#
# Two more diamonds: four times the seconds for the tree, and for the graph a tenth more, too little
# to be seen. At depth 50 the tree has $2^{51}$ visits: at a quarter of a microsecond each, eighteen
# years.
#
# </details>

# %% [markdown]
# ## 5. When may a node fire?
#
# "Add first" has a price: a node may hand on its gradient only when it is complete. $b$ waits for
# three contributions. Suppose it does not wait: each node **fires**, hands its gradient to its
# operands, as soon as it is reached, and then calls each of its operands, the way a first recursive
# engine is written.
#
# **Predict.** Will $\bar a$ be too large or too small? And how often does $q = b\,b$ call $b$?
#
# Below, `replay` plays an order of visits: a visit `(n, k)` means that node `n` hands its gradient,
# as it is at that moment, to its operand `k`.

# %%
def calls(n, equal_once):
    """The nodes in the order in which they fire, if each fires and then calls its operands."""
    below = [i for i, _ in expressions.wires(graph).get(n, [])]
    found = dict.fromkeys(below) if equal_once else below
    return [n, *(m for i in found for m in calls(i, equal_once))]

# %%
def fire(order):
    """Who fires, and what c, q, b and a hold then; leaves have nobody to hand anything to."""
    rows, visits = [], []
    for n in (n for n in order if n):
        visits += [(n, 0), (n, 1)]
        held = expressions.replay(graph, visits)
        rows.append((names[n], *(f"{float(held[k]):g}" for k in (3, 2, 1, 0))))
    return rows

# %%
head = ("who fires", "c", "q", "b", "a")
figures.Table(head, fire(calls(3, equal_once=False)), "What the nodes hold after each firing")

# %% [markdown]
# When $b$ fires first, all of its 19 have arrived, and $a$ gets $2 \cdot 3 \cdot 19 = 114$. But $q$
# has two operands, and both are $b$: it calls $b$ again, which hands on its 19 once more, 228. Then
# $c$ calls its second operand, $b$ for the third time: 342. So $\bar a$ is too large, and $q$ has
# called $b$ twice.
#
# Many engines keep the operands of a node in a *set*, in which $b$ stands once. Then $q$ calls $b$
# once. (A set has an order of its own; here $c$ calls $q$ first.)

# %%
figures.Table(head, fire(calls(3, equal_once=True)), "The same, with operands in a set")

# %% [markdown]
# 228: twice 114, where the engine above has three times 114. In both, the gradients of $b$, $q$ and
# $c$ are right, and what lies below the fork is counted as often as the fork fires.

# %% [markdown]
# The cure is an order. In a **topological order** every operand stands before its users; walk it
# backwards, and every node fires after all of its users, once. Here $a, b, q, c$ is such an order,
# and there is often more than one.
#
# Recursion over every path with the *contribution* as its argument is right, too. It is the tree,
# and it costs what the tree costs.

# %%
backwards = [(3, 0), (3, 1), (2, 0), (2, 1), (1, 0), (1, 1)]
left = expressions.replay(graph, backwards)
print({names[n]: float(left[n]) for n in (3, 2, 1, 0)})

# %% [markdown]
# ## 6. What a lost plus sign cuts
#
# Write `=` where a node has to add, and each contribution wipes out the one before. The last one
# stays. That is the *exact* gradient of another graph: the one in which all wires but the last are
# cut. `cut` keeps the value on a wire and drops the derivative.

# %%
def cut(value, seen):
    return value.real


lost = ["v1->v3[1]", "v1->v2[0]", "v0->v1[0]"]
wrong = [gradient(graph, at=f"v{n}", edits=dict.fromkeys(lost, cut)) for n in range(4)]
figures.graph_picture(program, values, wrong, names, cut=lost)

# %% [markdown]
# Three wires are dashed and bear a cross. $b$ keeps 9 of its 19, and $a$ gets $3 \cdot 9 = 27$ where
# 114 belongs. On a chain without forks nothing would be cut, and nothing would be wrong: that is
# how this slip survives small tests.

# %% [markdown]
# ## 7. A second call
#
# Within one pass contributions add up: that is the chain rule. Across two passes they must not.
# Without zeros at the start the second pass begins with what the first has left, and hands the old
# part on *again*.
#
# **Predict.** After two passes without zeros, is $\bar a$ twice 114?

# %%
first = expressions.replay(graph, backwards)
second = expressions.replay(graph, backwards, start=first)
for n in (3, 2, 1, 0):
    print(f"{names[n]}: first {float(first[n]):4g}   second {float(second[n]):4g}")

# %% [markdown]
# No: twice 114 would be 228. $q$ doubles. $b$ should hold 19 or 38 and holds 56, because the
# doubled $q$ was handed on as well, and $a$ holds $114 + 6 \cdot 56 = 450$. The deeper the node,
# the larger the factor. So zeros belong at the start of a pass, in every node.

# %% [markdown]
# ## 8. One array, two owners
#
# Let each node hold an array. A sum hands its gradient on unchanged, and it is tempting to hand on
# the array itself. Then two nodes own one array, and `+=` writes into both.

# %%
c_grad = np.ones(3)
a_grad = c_grad  # c = a + b: slope 1, "nothing to compute"
a_grad += np.array([1.0, 2.0, 3.0])  # a second user of a contributes
print("a:", a_grad)
print("c:", c_grad)

# %% [markdown]
# $\bar c$ was right and is not any more, and whoever reads it next goes on with the wrong number.
# `a_grad = a_grad + ...` makes a new array and harms nobody. With Python floats this slip cannot be
# seen at all, because numbers cannot be changed in place.

# %% [markdown]
# ## 9. What back-propagation is not
#
# - **Not gradient descent.** It computes slopes and moves nothing. What is done with them, a step
#   downhill or something else, is decided elsewhere.
# - **Not finite differences.** Nothing is nudged and nothing is approximated: each slope is exact to
#   rounding, and one pass gives all of them.
# - **Not algebra.** No formula is built; numbers are multiplied and added.

# %%
def written_out(depth):
    """The formula of a chain of diamonds, as a computer algebra system would write it down."""
    return "x" if depth == 0 else f"({written_out(depth - 1)}+{written_out(depth - 1)})"


h, x = 1e-3, 0.5
chain = expressions.scalar_graph([("tanh", 0), ("*", 1, 1), ("exp", 2)], [x])
f = [float(np.exp(np.tanh(x + s * h) ** 2)) for s in (1, -1)]
print(f"error of a central difference {abs((f[0] - f[1]) / (2 * h) - gradient(chain, 'v0')):.0e}")
print("letters of the formula at depth 4, 8, 12:", *(len(written_out(d)) for d in (4, 8, 12)))

# %% [markdown]
# With $h = 10^{-3}$ the difference quotient is off in the seventh digit, and it needs two runs for
# each input. The formula of a chain of diamonds doubles with each diamond, as the tree does; the
# graph grows by one node.

# %% [markdown]
# ## Where this returns
#
# - A weight matrix is used once for each example: a fork with $m$ ways, and $dW$ is a sum (04).
# - The hidden state $a_t$ of a recurrent network goes two ways, to its own loss and to the next
#   step: two contributions, `da[:, :, t] + da_prevt` (07).
# - One loss at each step makes a triangle of paths; by rows it is the tree, by columns the graph
#   (07).
