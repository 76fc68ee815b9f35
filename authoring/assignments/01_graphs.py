# %% [markdown]
# # Graphs: sum over paths
#
# You write a small engine that differentiates any expression: numbers that remember what they were
# made of, an order in which to visit them, and one pass back. Then you write the same pass as a
# walk along every path, and count what that costs.
#
# After each function you call `check(...)`, which compares your gradients with numeric ones. The
# hidden checks are the same checks on other expressions.
#
# Where a check fails, `from autograder import example` and `args = example(backward)`
# give you the arguments of the smallest instance tried on which your function fails. Call it with
# them, `backward(*args)`, and print what you want to see.
#
# Where you do not know how to go on, `hint(backward)` gives a question; the same call again gives a
# formula, and then a tiny worked case. It never gives code.
#
# <details>
# <summary><b>Words</b> used here and what they mean (23)</summary>
#
# - **axis**: one direction of an array: a table has axis 0, down its rows, and axis 1, along its columns
# - **back-propagation**: the way of computing all derivatives of one number in one pass, from the end of a graph to its beginning
# - **backward pass**: computing the derivatives, from the cost to the inputs
# - **carry**: what a loop hands from one step to the next
# - **cost**: one number that says how wrong the network is on all examples together, written J: the mean of the losses
# - **example**: one set of inputs, with its label if it has one
# - **fork**: a value that is used more than once; on the way back its contributions are added
# - **forward pass**: computing the values, from the inputs to the cost
# - **gradient**: all partial derivatives of one number with respect to an array, in the shape of the array
# - **gradient descent**: training by small steps against the gradient
# - **instance**: one set of random inputs on which a check runs your function
# - **loss**: one number that says how wrong the network is on one example
# - **node**: one value in a graph of a computation
# - **operand**: what an operation is applied to: in q + b these are q and b
# - **path**: a way through a graph, from wire to wire
# - **ReLU**: max(0, z), entry by entry
# - **slope**: how fast one value moves with another: the derivative of one operation
# - **state**: in a recurrent network: what one step hands to the next
# - **tanh**: the hyperbolic tangent, an activation with values between -1 and 1 and slope 1 - tanh²
# - **unit**: one number that a layer gives for each example, with the weights that make it
# - **wire**: in a graph: the way from one value into another that uses it
# - **∂**: ∂J/∂w is a partial derivative: how fast J moves when w alone is moved
# - **`__add__`**: the method that Python calls for a + b, where a is an object of a class of your own; `__mul__` is called for a * b
#
# </details>

# %% [markdown]
# ## The contract
#
# - **What is differentiated.** One node, the *root*. The gradient of a node is
#   $\partial\,\text{root} / \partial\,\text{node}$; the gradient of the root is 1.
# - **Numbers.** `data` is a float, or a NumPy array that holds several evaluations at once. All
#   arrays in one expression have the same shape, and every operation acts entry by entry: use
#   `np.tanh`, not `math.tanh`.
# - **ReLU** has slope 0 at exactly 0.
# - **A second call** of `backward` gives the same gradients as the first: a pass starts from zero.
# - **Visits.** A node is visited when it hands its gradient to its operands: it *fires*. Leaves are
#   visited too; they have nobody to hand it to.

# %% [markdown]
# ## Symbols and shapes
#
# | in the text | in the code | shape |
# |---|---|---|
# | $v$, a node | `node`, a `Value` | |
# | its value | `node.data` | $()$ or $(q,)$ |
# | $\bar v = \partial\,\text{root} / \partial v$ | `node.grad` | as `node.data` |
# | the nodes that $v$ is made of | `node.operands` | |
# | $\partial v / \partial u$, one operation alone | an entry of `node.slopes` | as `node.data` |
#
# A node that has $v$ among its operands is a *user* of $v$.

# %%
import numpy as np

from autograder import check, figures, hint
from autograder.networks import expressions

# %%
def build(program, leaves):
    """A Value for each leaf, then one for each instruction, such as ("+", 0, 1)."""
    nodes = [Value(x) for x in leaves]
    for operation, *places in program:
        first, *second = [nodes[k] for k in places]
        if operation == "+":
            nodes.append(first + second[0])
        elif operation == "*":
            nodes.append(first * second[0])
        else:
            nodes.append(getattr(first, operation)())
    return nodes

# %%
def numbers(nodes):
    """The data of each node."""
    return [node.data for node in nodes]


def positions(found, nodes):
    """Where each found node stands in `nodes`; -1 for a stranger."""
    places = {id(node): n for n, node in enumerate(nodes)}
    return [places.get(id(node), -1) for node in found]

# %%
def grads_in(nodes):
    """The gradient that stands in each node."""
    return [node.grad for node in nodes]

# %%
def count_reads(name, most, root, *rest):
    """How often a function looks at a node; it is stopped after `most` times."""
    ticks, kind = list(range(most)), type(root)
    kind.__getattribute__ = lambda v, key: (ticks.pop(), object.__getattribute__(v, key))[1]
    try:
        globals()[name](root, *rest)
    finally:
        del kind.__getattribute__
    return most - len(ticks)

# %% [markdown]
# These five functions are how the checks speak with your class. `build([("*", 0, 0)], [3.0])`
# makes two nodes, 3 and 9.

# %% [markdown]
# ## 1. Numbers that remember
#
# One operation alone has one slope for each operand. Nudge an operand and see what the result does:
#
# $$p = a\,b: \quad \frac{\partial p}{\partial a} = b, \quad \frac{\partial p}{\partial b} = a
# \qquad\qquad s = a + b: \quad 1, \; 1 \qquad\qquad y = \tanh x: \quad 1 - y^2$$
#
# The forward pass knows all of them already. So let each `Value` keep its operands *and* the slope
# towards each of them.

# %% [markdown] free=true
# **Derive.** The slopes of $e^x$, $\log x$ and $\text{ReLU}(x)$. Which of them can be written with
# the result alone, as for tanh?
#
# *Your lines:*

# %% [markdown]
# Write a class `Value` with:
#
# - `Value(data)`, which makes a leaf with `grad` 0.0;
# - `a + b`, `a * b` for two Values, and `a.tanh()`, `a.exp()`, `a.log()`, `a.relu()`; each returns
#   a new `Value`.
#
# What else it keeps is up to you; `operands` and `slopes`, two tuples of equal length, are enough.

# %% solution="Value"
# class Value: __init__, __add__, __mul__, tanh, exp, log, relu
### BEGIN SOLUTION
class Value:
    """A number that remembers what it was made of, and the slope towards each operand."""

    def __init__(self, data, operands=(), slopes=()):
        self.data, self.grad = data, 0.0
        self.operands, self.slopes = operands, slopes

    def __add__(self, other):
        return Value(self.data + other.data, (self, other), (1.0, 1.0))

    def __mul__(self, other):
        return Value(self.data * other.data, (self, other), (other.data, self.data))

    def tanh(self):
        y = np.tanh(self.data)
        return Value(y, (self,), (1 - y**2,))

    def exp(self):
        y = np.exp(self.data)
        return Value(y, (self,), (y,))

    def log(self):
        return Value(np.log(self.data), (self,), (1 / self.data,))

    def relu(self):
        return Value(np.maximum(0.0, self.data), (self,), (np.where(self.data > 0, 1.0, 0.0),))
### END SOLUTION

# %% free=true
check(Value)

# %% grade="Value__operations_give_the_right_numbers" points=7

# %% grade="Value__operations_act_entry_by_entry" points=6

# %% grade="Value__leaves_begin_with_gradient_zero" points=1

# %% [markdown]
# ## 2. The smallest fork
#
# Let $b = a\,a$ and $c = b\,b + b$. Nudge $a$ by $\varepsilon$. Then $b$ moves by
# $2a\,\varepsilon$, and $b$ goes two ways: into the square, with slope $2b$, and into the sum, with
# slope 1. Both moves arrive at $c$, one on top of the other:
#
# $$\frac{dc}{da} = (2b + 1) \cdot 2a .$$
#
# Multiplied out, that is one product of slopes for each *path* from $c$ down to $a$, and their sum:
#
# $$\frac{\partial\,\text{root}}{\partial v} = \sum_{\text{paths}} \;\prod_{\text{wires on it}}
# \text{slope} .$$

# %% [markdown] free=true
# **Predict.** How many paths lead from $c$ down to $a$? Mind that $b\,b$ uses $b$ twice, and
# $a\,a$ uses $a$ twice. Then check your number with the sum: at $a = 3$ it has to give 114.
#
# *Your prediction:*

# %% solution="count_paths"
def count_paths(root, node):
    """The number of ways from the root down to a node.

    Parameters
    ----------
    root, node : Value

    Returns
    -------
    int
        1 if node is the root; 0 if the root is not made of it; for ``a + a`` there are 2 ways
        down to ``a``.
    """
    ### BEGIN SOLUTION
    if root is node:
        return 1
    return sum(count_paths(operand, node) for operand in root.operands)
    ### END SOLUTION

# %% free=true
check(count_paths)

# %% grade="count_paths__counts_every_way_down" points=10

# %% [markdown]
# ## 3. The tree: one visit for each path
#
# The formula can be written down as it stands. Start at the root with the number 1. At each node,
# add what arrived to the node's gradient, then walk on to each operand with the product of what
# arrived and the slope. Every path is walked once.
#
# Unfolded like that the graph is a tree: a node that is used three times stands in it at least three
# times.

# %% solution="backward_tree"
def backward_tree(root, wanted):
    """Gradients by walking along every path.

    Parameters
    ----------
    root : Value
    wanted : list of Value
        Nodes that the root is made of, and the root.

    Returns
    -------
    grads : list or tuple
        The gradient of each node in `wanted`; also left in ``node.grad``.
    visits : int
        How many nodes were visited, each as often as it was met; the root counts.
    """
    ### BEGIN SOLUTION
    for node in wanted:
        node.grad = 0.0
    waiting, visits = [(root, np.ones_like(root.data))], 0
    while waiting:
        node, arrived = waiting.pop()
        node.grad, visits = node.grad + arrived, visits + 1
        waiting += [(o, s * arrived) for o, s in zip(node.operands, node.slopes, strict=True)]
    return [node.grad for node in wanted], visits
    ### END SOLUTION

# %% [markdown]
# You may take it that `wanted` holds every node that you will visit, here and in section 5: the checks
# ask for all nodes, in any order.

# %% free=true
check(backward_tree)

# %% grade="backward_tree__returns_the_right_shapes" points=2

# %% grade="backward_tree__grads_match_numeric_gradient" points=8

# %% grade="backward_tree__leaves_the_gradients_in_the_nodes" points=1

# %% grade="backward_tree__passes_nothing_at_zero" points=1

# %% grade="backward_tree__same_answer_twice" points=4

# %% grade="backward_tree__visits_once_for_each_path" points=4

# %% [markdown]
# ## 4. When may a node fire?
#
# The tree hands on each contribution by itself. It would be enough to hand on their *sum*, once,
# because a product distributes over it:
#
# $$s\,\bar v_1 + s\,\bar v_2 = s\,(\bar v_1 + \bar v_2).$$
#
# But only when the sum is complete. A node may fire when all of its users have fired. So list the
# nodes such that operands come before their users, a **topological order**, and go through the
# list backwards.

# %% [markdown] free=true
# **Predict.** Suppose that in $c = b\,b + b$ the node $b$ fires when the first contribution has
# arrived, and again when the others have. What is too large then, and what is still right?
#
# *Your prediction:*

# %% solution="topo_order"
def topo_order(root):
    """The nodes that the root is made of, operands first.

    Parameters
    ----------
    root : Value

    Returns
    -------
    list or tuple of Value
        Each node once, every node after its operands; the last one is the root.
    """
    ### BEGIN SOLUTION
    order, met = [], set()

    def enter(node):
        if id(node) not in met:
            met.add(id(node))
            for operand in node.operands:
                enter(operand)
            order.append(node)

    enter(root)
    return order
    ### END SOLUTION

# %% free=true
check(topo_order)

# %% grade="topo_order__operands_come_first" points=10

# %% grade="topo_order__finds_each_node_once_in_a_chain_of_diamonds" points=6

# %% [markdown]
# ## 5. The graph: one visit for each node
#
# Now the pass. Every gradient starts at zero, the root's at 1. From the root down, each node gives
# to each of its operands
#
# $$\bar u \mathrel{+}= \frac{\partial v}{\partial u}\,\bar v .$$
#
# Three lines carry all the difficulty: where zero is written, where one adds, and in which order.
# With arrays there is a fourth question: does `+=` make a new array, or write into one that another
# node holds too?

# %% solution="backward"
def backward(root, wanted):
    """Gradients by one visit to each node.

    Parameters
    ----------
    root : Value
    wanted : list of Value
        Nodes that the root is made of, and the root.

    Returns
    -------
    grads : list or tuple
        The gradient of each node in `wanted`; also left in ``node.grad``.
    visits : int
        How many nodes were visited; leaves and the root count.
    """
    ### BEGIN SOLUTION
    order, visits = topo_order(root), 0
    for node in order:
        node.grad = np.zeros_like(node.data)
    root.grad = np.ones_like(root.data)
    for node in reversed(order):
        visits += 1
        for operand, slope in zip(node.operands, node.slopes, strict=True):
            operand.grad = operand.grad + slope * node.grad
    return [node.grad for node in wanted], visits
    ### END SOLUTION

# %% free=true
check(backward)

# %% grade="backward__returns_the_right_shapes" points=2

# %% grade="backward__grads_match_numeric_gradient" points=14

# %% grade="backward__leaves_the_gradients_in_the_nodes" points=1

# %% grade="backward__passes_nothing_at_zero" points=1

# %% grade="backward__same_answer_twice" points=6

# %% grade="backward__visits_each_node_once" points=6

# %% [markdown]
# ## 6. What it costs
#
# A chain of diamonds is $v_1 = v_0 + v_0$, $v_2 = v_1 + v_1$, and so on. At depth 20 it has 21
# nodes. The picture counts the visits of your two functions on it.

# %% free=true
def count_visits(walk, depth):
    """Visits on a chain of diamonds."""
    nodes = build(expressions.diamonds(depth), [0.5])
    return walk(nodes[-1], nodes)[1]


depths = range(1, 13)
tree = [count_visits(backward_tree, depth) for depth in depths]
graph = [count_visits(backward, depth) for depth in depths]
figures.visits_picture(depths, tree, graph)

# %% [markdown]
# Two curves on a logarithmic axis: the tree doubles with each diamond and is a straight line
# upwards, the graph gains one visit for each diamond. Both give the same gradients.

# %% free=true
program = [("*", 0, 0), ("*", 1, 1), ("+", 2, 1)]
nodes = build(program, [3.0])
grads, _ = backward(nodes[-1], nodes)
figures.graph_picture(program, numbers(nodes), grads)

# %% [markdown]
# This is $c = b\,b + b$ with $a = 3$: above each node its value, below it the gradient that your
# `backward` left there. At $b$ two contributions met, $2b = 18$ and 1, and at $a$ stands 114.

# %% [markdown]
# ## 7. Bug hunt
#
# Let $b = a\,d$, $p = b\,a$ and $c = p + b$, at $a = 3$ and $d = 2$. By hand: $\bar p = 1$,
# $\bar b = a + 1 = 4$, $\bar a = b + 2\,\bar b = 14$, $\bar d = 3\,\bar b = 12$.
#
# Four programs differentiated the same expression, each with one bug from the list. Their numbers
# are computed, not made up.

# %% [markdown]
# | id | what was done, or said |
# |---|---|
# | `grad-overwrite-not-accumulate` | `=` where a node has to add |
# | `recursive-backward-no-toposort` | a node fires, then calls itself for each operand |
# | `grads-not-reset` | a second pass without writing zeros first |
# | `product-own-factor` | for `a * d`: slope `a` at `a` and `d` at `d` |
# | `product-without-slopes` | a product passed on like a sum |
# | `backprop-is-gradient-descent` | computing a gradient and moving by it taken for one thing |
# | `backprop-is-numeric-or-symbolic` | taken for finite differences, or for formulas |

# %%
head = ("program", "c", "p", "b", "d", "a")
programs = [
    ("right", 1, 1, 4, 12, 14),
    ("A", 1, 2, 11, 45, 48),
    ("B", 1, 1, 4, 24, 22),
    ("C", 1, 1, 3, 9, 6),
    ("D", 1, 1, 7, 14, 24),
]
rows = [tuple(map(str, row)) for row in programs]
figures.Table(head, rows, caption="The gradient left in each node")

# %% [markdown]
# Read each row from the left, the way the gradient travels. Which is the first number that is off?
# Is it too large or too small, and by what? Two more to name, from a discussion:
#
# - **E.** "Back-propagation is what makes the loss fall: it walks downhill."
# - **F.** "Back-propagation estimates each slope by changing the input a little, so it is only as
#   exact as the step is small."
#
# Name all six in a dictionary `answers_01` with the keys `"A"` to `"F"`. No two have the same id, and
# each earns its own points.

# %% solution="answers_01"
# answers_01 = {"A": "an id from the list", "B": ..., ..., "F": ...}
### BEGIN SOLUTION
answers_01 = {
    "A": "grads-not-reset",
    "B": "recursive-backward-no-toposort",
    "C": "grad-overwrite-not-accumulate",
    "D": "product-own-factor",
    "E": "backprop-is-gradient-descent",
    "F": "backprop-is-numeric-or-symbolic",
}
### END SOLUTION

# %% free=true

# %% grade="answers_01__names_case_A" points=2
# answers_01: names case A (2 points)
### BEGIN HIDDEN TESTS
from autograder import grade
grade("answers_01__names_case_A", globals(), key="grads-not-reset")
### END HIDDEN TESTS

# %% grade="answers_01__names_case_B" points=2
# answers_01: names case B (2 points)
### BEGIN HIDDEN TESTS
from autograder import grade
grade("answers_01__names_case_B", globals(), key="recursive-backward-no-toposort")
### END HIDDEN TESTS

# %% grade="answers_01__names_case_C" points=2
# answers_01: names case C (2 points)
### BEGIN HIDDEN TESTS
from autograder import grade
grade("answers_01__names_case_C", globals(), key="grad-overwrite-not-accumulate")
### END HIDDEN TESTS

# %% grade="answers_01__names_case_D" points=2
# answers_01: names case D (2 points)
### BEGIN HIDDEN TESTS
from autograder import grade
grade("answers_01__names_case_D", globals(), key="product-own-factor")
### END HIDDEN TESTS

# %% grade="answers_01__names_case_E" points=1
# answers_01: names case E (1 point)
### BEGIN HIDDEN TESTS
from autograder import grade
grade("answers_01__names_case_E", globals(), key="backprop-is-gradient-descent")
### END HIDDEN TESTS

# %% grade="answers_01__names_case_F" points=1
# answers_01: names case F (1 point)
### BEGIN HIDDEN TESTS
from autograder import grade
grade("answers_01__names_case_F", globals(), key="backprop-is-numeric-or-symbolic")
### END HIDDEN TESTS

# %% [markdown]
# ## What you can now say
#
# - A gradient is a sum over paths, and a product of slopes along each of them.
# - Adding first and multiplying once is what makes the graph cheap: 21 visits for a million paths.
# - That needs an order in which nobody fires too early, a zero at the start, and a sum at each fork.
# - Each of these three can be forgotten by itself, and leaves numbers of its own.
#
# In unit 07 the same fork returns as a hidden state that goes two ways.
