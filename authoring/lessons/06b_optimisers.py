# %% [markdown]
# # Optimisers
#
# **What you will do.** Let four optimisers go down the same valley. See why plain descent goes from side to
# side, work out what momentum remembers, and why a mean that starts at zero has to be corrected. Then take
# apart Adam, line by line.
#
# **What you will learn.** Which weight an old gradient has; where $1/(1 - \beta^t)$ comes from; why a step of
# Adam does not depend on the size of the gradients; what is carried from one update to the next; why a
# mini-batch may stand for all examples.
#
# **What you need.** Unit 04: parameters and gradients as dicts, and a step of gradient descent. The
# exercises are in the assignment of the same number.
#
# <details>
# <summary><b>Words</b> used here and what they mean (19)</summary>
#
# - **back-propagation**: the way of computing all derivatives of one number in one pass, from the end of a graph to its beginning
# - **batch**: the examples that are used together
# - **bias**: a number that a unit adds to its weighted sum; it is learnt
# - **carry**: what a loop hands from one step to the next
# - **cost**: one number that says how wrong the network is on all examples together, written J: the mean of the losses
# - **example**: one set of inputs, with its label if it has one
# - **gradient**: all partial derivatives of one number with respect to an array, in the shape of the array
# - **gradient descent**: training by small steps against the gradient
# - **in place**: into the memory of an array that exists already, as `+=` writes, so that everybody who holds the array sees it
# - **label**: the right answer for one example
# - **learning rate**: the number that the gradient is multiplied with before it is subtracted from the parameters
# - **parameter**: what a network learns: its weights and biases
# - **path**: a way through a graph, from wire to wire
# - **root**: in a graph: the last node, the one that is differentiated
# - **slope**: how fast one value moves with another: the derivative of one operation
# - **state**: in a recurrent network: what one step hands to the next
# - **unit**: one number that a layer gives for each example, with the weights that make it
# - **weight**: a number that an input of a unit is multiplied with; it is learnt
# - **∂**: ∂J/∂w is a partial derivative: how fast J moves when w alone is moved
#
# </details>

# %% [markdown]
# ## Symbols
#
# | symbol | in the assignment | what it is |
# |---|---|---|
# | $W$, $dW$ | `parameters["W1"]`, `grads["dW1"]` | any array of parameters, a bias too; $\partial J / \partial W$ |
# | $g_k$ | | the gradient of update $k$, where one number is enough |
# | $\alpha$ | `learning_rate` | how far a step goes |
# | $v$, $\beta$ or $\beta_1$ | `v`, `beta`, `beta1` | a mean of the gradients; how much of it is kept |
# | $s$, $\beta$ or $\beta_2$ | `s`, `beta`, `beta2` | a mean of their squares; how much of it is kept |
# | $\epsilon$ | `epsilon` | a small number below the fraction bar |
# | $t$ | `t` | the number of the update: 1, 2, 3, ... |
#
# An *optimiser* is the rule that makes new parameters of old ones and their gradient. Back-propagation finds
# the gradient, the optimiser uses it: they are two things, and a mistake in one is not seen in the other.

# %%
import numpy as np

from autograder import figures
from autograder.datasets import river
from autograder.networks import mlp_graph
from autograder.oracle import gradient

# %% [markdown]
# ## 1. The valley
#
# Two parameters, $w$ and $b$, and the simplest cost that is not equally steep in both directions:
#
# $$J = \tfrac{1}{2}\,(w^2 + 20\, b^2), \qquad dw = w, \quad db = 20\, b .$$
#
# Plain descent makes $w \leftarrow w - \alpha\, w = (1 - \alpha)\, w$ and $b \leftarrow (1 - 20\,\alpha)\, b$. So
# each parameter is multiplied by one number at every step. For $b$ to shrink, $|1 - 20\,\alpha| < 1$, that is
# $\alpha < 0.1$: the *steepest* direction decides how large the rate may be. And with such a rate $w$ is
# multiplied by $0.9$ at best: the *flattest* direction decides how long it takes.
#
# **Predict.** What are the two numbers at $\alpha = 0.09$, and which sign has $b$ after each step?

# %%
START = np.array([-8.0, 1.0])  # w, b
STEEP = np.array([1.0, 20.0])


def slopes(place):
    """dw and db."""
    return STEEP * place


def height(place):
    return float((STEEP * place**2).sum() / 2)

# %%
def plain(rate, updates):
    """The places that plain descent comes through."""
    places = [START]
    for _ in range(updates):
        places.append(places[-1] - rate * slopes(places[-1]))
    return places

# %%
down = plain(0.09, 40)
print("w, b after 1, 2, 3 updates:", [place.round(3).tolist() for place in down[1:4]])
print("factors of one step:", (down[1] / START).round(2), (down[2] / down[1]).round(2))
for rate in (0.05, 0.09, 0.101):
    print(f"rate {rate}: J after 40 updates is {height(plain(rate, 40)[-1]):.3g}")
figures.valley_picture(20, {"plain descent, rate 0.09": down})

# %% [markdown]
# $b$ is multiplied by $-0.8$: it changes its side at every step. $w$ is multiplied by $0.91$. With a rate a
# little above 0.1 the path climbs out of the valley; with half of it, it creeps.
#
# A cost of a network is no such sum of squares, but near a minimum it looks like one, with a steepness
# for each direction. There are directions of all kinds in it, and one $\alpha$ for all of them.

# %% [markdown]
# ## 2. A mean of gradients
#
# Across the valley the slopes alternate: $20, -16, 12.8, \dots$ Along it they agree: $-8, -7.3, -6.6, \dots$
# Whoever follows not the last gradient but a *mean* of the last ones goes less from side to side, and as far
# along. Storing the last ten gradients costs ten times the memory. A mean that needs one array is
#
# $$v_t = \beta\, v_{t-1} + (1 - \beta)\, g_t, \qquad v_0 = 0 :$$
#
# keep a part $\beta$ of the mean, and take $1 - \beta$ of what comes. Put the line into itself:
#
# $$v_1 = (1 - \beta)\, g_1,$$
#
# $$v_2 = (1 - \beta)\, (\beta\, g_1 + g_2),$$
#
# $$v_3 = (1 - \beta)\, (\beta^2 g_1 + \beta\, g_2 + g_3) .$$
#
# Each update multiplies what was there by $\beta$ once more. So $g_k$ stands in $v_t$ with the weight
# $(1 - \beta)\, \beta^{\,t-k}$: the weights fall by one factor from each gradient to the one before.

# %%
def means(gradients, beta):
    """v_1, v_2, ..., by the line that an optimiser uses."""
    v, found = 0.0, []
    for g in gradients:
        v = beta * v + (1 - beta) * g
        found.append(v)
    return np.array(found)


def weights(t, beta):
    """The weights of g_1, ..., g_t in v_t."""
    return (1 - beta) * beta ** (t - np.arange(1, t + 1))

# %%
g = np.random.default_rng(61).normal(size=12)
print("v_12 by the line:    ", round(float(means(g, 0.9)[-1]), 10))
print("v_12 by the weights: ", round(float(weights(12, 0.9) @ g), 10))
figures.weights_picture(
    {"beta = 0.5, t = 12": weights(12, 0.5), "beta = 0.9, t = 12": weights(12, 0.9)}
)

# %% [markdown]
# With $\beta = 0.5$ a handful of gradients count; with $\beta = 0.9$ about $1/(1 - \beta) = 10$. The picture
# also shows that twelve gradients are not enough for the right panel: its bars end before they have become
# small. Section 3 is about what is missing there.
#
# *Momentum* is the update $W \leftarrow W - \alpha\, v_t$ with this mean. (It is named after a ball that keeps
# its motion; $v$ is its velocity.) What does it do to slopes that alternate, and to slopes that agree?

# %%
alternating, agreeing = np.array([1.0, -1.0] * 10), np.ones(20)
print("mean of 1, -1, 1, ...:", means(alternating, 0.9)[-2:].round(3))
print("mean of 1, 1, 1, ...: ", means(agreeing, 0.9)[-2:].round(3))
print("without 1 - beta:     ", (means(agreeing, 0.9)[-2:] / 0.1).round(3))

# %% [markdown]
# After twenty slopes of size 1 the mean swings by about 0.05 where they alternate, and is 0.88, on its way to 1, where they
# agree. So the rate may be larger now.
# Leave out the factor $1 - \beta$, as some texts do, and it is no mean but a sum that grows to ten times the
# gradient: the same path with a rate a tenth as large. Neither is wrong, but a rate that was found for one of
# them is ten times too large or too small for the other. In this course $v$ is a mean.
#
# A third form, that of CS231n's `sgd_momentum(w, dw, config)`, keeps the *step*:
# $v \leftarrow \mu\, v - \alpha\, dw$, then $w \leftarrow w + v$. The rate stands in another line there, and $v$
# has another sign. Do not mix the lines of two texts.
#
# One more slip is silent: to move $W$ first and to renew $v$ then. Each gradient then moves the parameters
# one update late.

# %% [markdown]
# ## 3. Why the mean is corrected
#
# A mean has weights that add up to 1. Those of $v_t$, by index:
#
# $$t = 1: \quad (1 - \beta) = 1 - \beta,$$
#
# $$t = 2: \quad (1 - \beta)(\beta + 1) = 1 - \beta^2,$$
#
# $$t = 3: \quad (1 - \beta)(\beta^2 + \beta + 1) = 1 - \beta^3 .$$
#
# Each is a product in which all terms but the first and the last cancel:
# $(1 - \beta)(1 + \beta + \dots + \beta^{t-1}) = 1 - \beta^t$, the sum of a *geometric series*. The rest, $\beta^t$,
# is the weight of $v_0 = 0$, with which everything began.

# %%
for t in (1, 2, 3, 12, 100):
    added = weights(t, 0.9).sum()
    print(f"t = {t:3}: sum of the weights {added:.6f}   1 - 0.9**t {1 - 0.9**t:.6f}")

# %% [markdown]
# Say it with chance: let every gradient be random with the same expected value $\mu$. The expected value of a
# sum with weights is the sum of the weights times $\mu$. So that of $v_t$ is $(1 - \beta^t)\,\mu$: too near to zero, by
# a known factor. A quantity whose expected value is not what it stands for is called *biased*. Divide by the
# factor, and it is not: $v_t / (1 - \beta^t)$ has the expected value $\mu$ at every $t$.

# %%
draws = 3.0 + np.random.default_rng(62).normal(size=(4000, 5))  # mean 3, five updates, 4000 times
v = np.array([means(row, 0.9) for row in draws])
factor = 1 - 0.9 ** np.arange(1, 6)
print("mean of v_1 .. v_5: ", v.mean(axis=0).round(2))
print("3 times the factor: ", (3 * factor).round(2))
print("corrected:          ", (v / factor).mean(axis=0).round(2))

# %% [markdown]
# **Predict.** Two slips: $(1 - \beta)^t$ for $1 - \beta^t$, and $t$ counted from 0. What does each do at the first
# update, and what later?

# %%
v = means(np.ones(4), 0.9)
print("right:           ", (v / (1 - 0.9 ** np.arange(1, 5))).round(3))
print("(1 - beta)**t:   ", (v / (1 - 0.9) ** np.arange(1, 5)).round(3))
print("1 - beta**(t+1): ", (v / (1 - 0.9 ** np.arange(2, 6))).round(3))

# %% [markdown]
# The first is right at $t = 1$ and explodes from then on. $t$ counted from 0 divides by $1 - \beta^0 = 0$ at the
# first update; counted from 2, as in the last line, it is half a correction
# at first, and more of one later.

# %% [markdown]
# ## 4. A step of its own for each parameter
#
# Momentum has one rate for all directions still. *RMSprop* gives each parameter its own: it divides by the
# size that the gradients of this parameter had of late. Sizes, not values: gradients of both signs must not
# cancel. So square them, take the mean, and take the root: the *root mean square*.
#
# $$s_t = \beta\, s_{t-1} + (1 - \beta)\, g_t^2, \qquad W \leftarrow W - \alpha\, \frac{g_t}{\sqrt{s_t} + \epsilon} .$$
#
# Multiply all gradients by 1000. Then $s$ is $10^6$ times as large, its root 1000 times, and the quotient is the
# same: the step does not depend on the size of the gradients, and so not on the unit in which $J$ is measured.
# Without the root it would be a thousandth.

# %%
def rms_steps(gradients, beta=0.9, root=np.sqrt):
    """The steps of RMSprop, in units of the learning rate."""
    s, found = 0.0, []
    for g in gradients:
        s = beta * s + (1 - beta) * g**2
        found.append(g / (root(s) + 1e-12))
    return np.array(found)

# %%
g = 1 + 0.3 * np.random.default_rng(63).normal(size=60)
print("last steps:             ", rms_steps(g)[-3:].round(3))
print("gradients times 1000:   ", rms_steps(1000 * g)[-3:].round(3))
print("times 1000, no root:    ", rms_steps(1000 * g, root=lambda s: s)[-3:].round(6))
print("the first steps:        ", rms_steps(g)[:3].round(3))

# %% [markdown]
# The mean of the squares is not the square of the mean. For gradients $1, -1, 1, -1$ the one goes to 1 and
# the other stays near 0:

# %%
mean_of_squares, square_of_mean = means(alternating**2, 0.9)[-1], means(alternating, 0.9)[-1] ** 2
print(f"mean of the squares {mean_of_squares:.3f}, square of the mean {square_of_mean:.3f}")

# %% [markdown]
# Where does $\epsilon$ belong? It keeps the quotient finite where $s = 0$: with $\sqrt{s} + \epsilon$ the divisor is
# never less than $10^{-8}$. Inside the root, $\sqrt{s + \epsilon}$, it is never less than $10^{-4}$: gradients
# much smaller than that hardly move anything any more.
#
# **Predict.** All gradients are $10^{-6}$. How long is a step with $\epsilon = 10^{-8}$ outside the root, and how
# long inside?

# %%
s = (1e-6) ** 2
print(f"outside: {1e-6 / (np.sqrt(s) + 1e-8):.3f}   inside: {1e-6 / np.sqrt(s + 1e-8):.3f}")

# %% [markdown]
# Outside, the step has nearly its full length, 0.99 times the learning rate. Inside, it has a hundredth of
# it: the divisor is $10^{-4}$, a hundred times the gradient.

# %% [markdown]
# ## 5. Adam
#
# *Adam* takes the mean of section 2 and the divisor of section 4, and corrects both as in section 3:
#
# $$v \leftarrow \beta_1 v + (1 - \beta_1)\, dW, \qquad s \leftarrow \beta_2 s + (1 - \beta_2)\, dW^2,$$
#
# $$v_{corrected} = \frac{v}{1 - \beta_1^t}, \qquad s_{corrected} = \frac{s}{1 - \beta_2^t}, \qquad
# W \leftarrow W - \alpha\, \frac{v_{corrected}}{\sqrt{s_{corrected}} + \epsilon} .$$
#
# The usual values are $\beta_1 = 0.9$ and $\beta_2 = 0.999$: ten gradients decide on the direction, a thousand on
# the size. At $t = 1$ the corrected means are $g_1$ and $g_1^2$, so that the first step is $g_1/|g_1|$, times
# $\alpha$: **as long as the learning rate, for each entry, whatever its gradient is**, as long as that is much
# larger than $\epsilon$. That is a test that needs no second script.

# %%
def adam_steps(gradients, beta1=0.9, beta2=0.999, corrected=True):
    """The steps of Adam, in units of the learning rate."""
    v = s = 0.0
    found = []
    for t, g in enumerate(gradients, 1):
        v = beta1 * v + (1 - beta1) * g
        s = beta2 * s + (1 - beta2) * g**2
        first = v / (1 - beta1**t) if corrected else v
        second = s / (1 - beta2**t) if corrected else s
        found.append(first / (np.sqrt(second) + 1e-12))
    return np.array(found)

# %%
for g in (0.003, 1.0, -3000.0):
    print(f"gradient {g:8}: first step {adam_steps([g])[0]:.6f}")

# %% [markdown]
# **Predict.** Without the corrections, is the first step too short or too long? Both means are too small, and
# one of them stands above the fraction bar, the other below.

# %%
ones = np.ones(4000)
plain_steps = adam_steps(ones, corrected=False)
print("steps 1, 2, 3 without correction:", plain_steps[:3].round(2))
print("step 1: 0.1 / sqrt(0.001) =", round(0.1 / np.sqrt(0.001), 2))
print(f"the longest is step {plain_steps.argmax() + 1}: {plain_steps.max():.2f}")
print("steps 1000 and 4000:", plain_steps[[999, 3999]].round(2))

# %% [markdown]
# Too long: $v$ comes near its value within tens of updates, $s$ within thousands, and until then the divisor is
# too small. Exchange $\beta_1$ and $\beta_2$ and it is the other way round. With a right Adam every step of
# this constant gradient has the length 1.

# %%
print("right:            ", adam_steps(ones)[[0, 10, 999]].round(6))
print("betas exchanged, no correction:", adam_steps(ones, 0.999, 0.9, False)[:3].round(4))

# %% [markdown]
# ## 6. What is carried on
#
# Two arrays for each parameter go from one update to the next, and $t$. What is carried on is $v$ and $s$
# **as they are**, not the corrected ones: $1 - \beta^t$ is the sum of all weights since the start at zero, and
# that is what an uncorrected $v$ has. Correct it in place, and the next update starts from a mean whose
# weights add up to 1, and corrects it once more.

# %%
def carried(gradients, beta=0.9):
    """Corrected means, where the corrected one goes into the next update."""
    v, found = 0.0, []
    for t, g in enumerate(gradients, 1):
        v = (beta * v + (1 - beta) * g) / (1 - beta**t)
        found.append(v)
    return np.array(found)

# %%
print("gradients 1, 1, 1, 1, 1; the corrected mean should be 1:")
print("carried on uncorrected:", (means(np.ones(5), 0.9) / (1 - 0.9 ** np.arange(1, 6))).round(3))
print("carried on corrected:  ", carried(np.ones(5)).round(3))

# %% [markdown]
# The state starts as zeros, and each entry needs an array of its own. `s = v` makes no second dict, and
# `dict(v)` makes a second dict of the same arrays: an update that writes into one of them writes into the
# other.

# %%
v = {"dW1": np.zeros(2), "db1": np.zeros(2)}
s = dict(v)
v["dW1"] += 1  # in place
print("s['dW1'] after v['dW1'] += 1:", s["dW1"])

# %% [markdown]
# An update that writes nothing into what it was given has no such trouble, and one can start two optimisers
# from the same parameters. That is why the assignment asks for new arrays.

# %% [markdown]
# ## 7. Four paths through one valley

# %%
def momentum(updates, beta=0.8, rate=0.3):
    places, v = [START], np.zeros(2)
    for _ in range(updates):
        v = beta * v + (1 - beta) * slopes(places[-1])
        places.append(places[-1] - rate * v)
    return places

# %%
def rmsprop(updates, beta=0.9, rate=0.3):
    places, s = [START], np.zeros(2)
    for _ in range(updates):
        g = slopes(places[-1])
        s = beta * s + (1 - beta) * g**2
        places.append(places[-1] - rate * g / (np.sqrt(s) + 1e-8))
    return places

# %%
def adam(updates, beta1=0.8, beta2=0.9, rate=0.5):
    places, v, s = [START], np.zeros(2), np.zeros(2)
    for t in range(1, updates + 1):
        g = slopes(places[-1])
        v, s = beta1 * v + (1 - beta1) * g, beta2 * s + (1 - beta2) * g**2
        step = (v / (1 - beta1**t)) / (np.sqrt(s / (1 - beta2**t)) + 1e-8)
        places.append(places[-1] - rate * step)
    return places

# %%
paths = {"plain descent": plain(0.09, 60), "momentum": momentum(60)}
paths |= {"RMSprop": rmsprop(60), "Adam": adam(60)}
for label, path in paths.items():
    found = (height(path[n]) for n in (20, 60))
    print(f"{label:14} J after 20 and 60 updates:", *(f"{J:8.4f}" for J in found))
figures.valley_picture(20, paths)

# %% [markdown]
# Plain descent crosses the floor of the valley at every step. Momentum crosses it too, in wide curves, and
# runs past the end: a ball. It may take a rate of 0.3, with which plain descent would leave the valley at once.
# RMSprop and Adam make a first step that is equally long in both directions. RMSprop then runs along the floor;
# near its end $b$ jumps from side to side, since a step that is divided by the size of the slopes does not become
# shorter with them. In Adam the mean sees to that: around the bottom slopes alternate, and their mean is small.
#
# Which is best? That depends on the valley and on the rate. This picture shows how they differ, not who wins.

# %% [markdown]
# ## 8. Mini-batches
#
# $J$ is a mean over $m$ examples, and so is its gradient: $dW = \frac{1}{m} \sum_i dW^{(i)}$. Draw one example
# at random. Each is drawn with the chance $1/m$, so the expected value of its gradient is
# $\sum_i \frac{1}{m}\, dW^{(i)} = dW$: not biased. The mean over several drawn ones is not either, and it
# varies less.
#
# In practice one cuts a random order of all examples into *mini-batches*, so that each example has its turn
# once in an *epoch*. Then the mean over the batches, each weighted with its number of examples, *is* the
# gradient over all. A network of unit 03b:

# %%
rng = np.random.default_rng(64)
X, Y = river(200, rng)
network = {"W1": rng.normal(size=(5, 2)), "b1": np.zeros((5, 1))}
network |= {"W2": rng.normal(size=(1, 5)), "b2": np.zeros((1, 1))}


def dW1(chosen):
    """The gradient of the mean over these examples."""
    graph = mlp_graph(X[:, chosen], Y[:, chosen], network, ("tanh", "sigmoid"))
    return gradient(graph, "W1")

# %%
order, whole = rng.permutation(200), dW1(np.arange(200))
batches = [order[k : k + 32] for k in range(0, 200, 32)]
found = [dW1(batch) for batch in batches]
weighted = sum(len(batch) / 200 * g for batch, g in zip(batches, found, strict=True))
print("sizes:", [len(batch) for batch in batches])
print("weighted mean is the whole gradient:", np.allclose(weighted, whole))
print("mean without weights is it:         ", np.allclose(sum(found) / len(found), whole))

# %% [markdown]
# The last batch is smaller, and counts less. An optimiser that takes one step a batch gives it the weight of
# a full one: over many epochs, in each of which others are in it, that evens out.
#
# How far is one batch off? Four times as many examples halve the deviation:

# %%
size = float(np.linalg.norm(whole))
for count in (2, 8, 32, 128):
    drawn = [dW1(rng.choice(200, count)) for _ in range(60)]
    off = float(np.mean([np.linalg.norm(g - whole) for g in drawn])) / size
    print(f"{count:3} examples: off by {off:.2f} of the gradient")

# %% [markdown]
# The one thing that must not happen: to put `X` and `Y` in two different random orders. Every example then
# meets the label of another, nothing raises, and all that can be learnt is how often each label occurs.

# %% [markdown]
# ## 9. A rate that falls
#
# With mini-batches the gradient is not zero at the minimum, only its mean is. So with a rate that stays, the
# parameters dance around it, and the dance is as wide as the rate is large. A rate that falls with the epochs
# ends it:
#
# $$\alpha = \frac{\alpha_0}{1 + \text{decay\_rate} \cdot \text{epoch\_num}},$$
#
# or in stairs, with the number of whole intervals $\lfloor \text{epoch\_num}/\text{time\_interval} \rfloor$ in the
# place of `epoch_num`.

# %%
def noisy(decay_rate, epochs=300):
    """J of plain descent whose slopes are off at random, each time by about 1."""
    rng, place, found = np.random.default_rng(65), START, []
    for epoch in range(epochs):
        rate = 0.05 / (1 + decay_rate * epoch)
        place = place - rate * (slopes(place) + rng.normal(size=2))
        found.append(height(place))
    return found

# %%
runs = {"the rate stays": noisy(0.0), "it falls": noisy(0.02), "it falls too fast": noisy(2.0)}
for label, line in runs.items():
    print(f"{label:18} mean J over the last 50 epochs: {np.mean(line[-50:]):.4f}")
figures.epochs_picture(runs, "epochs", "J")

# %% [markdown]
# The falling rate ends lower than the one that stays. The one that falls too fast never arrives: its steps
# have become short before the way was done.

# %% [markdown]
# ## What you can now answer
#
# 1. *Why does plain descent go from side to side?* One rate for all directions; the steepest multiplies its
#    parameter by a negative number (1).
# 2. *What is in $v$?* All gradients so far, each with the weight $(1 - \beta)\,\beta^{\,t-k}$ (2).
# 3. *Why $1/(1 - \beta^t)$?* The weights add up to $1 - \beta^t$ (3).
# 4. *Why square, mean, root, in this order?* Sizes must not cancel, and the step must not depend on the unit (4).
# 5. *How long is Adam's first step?* As long as the learning rate (5).
# 6. *What goes into the next update?* The means that are not corrected (6).
# 7. *Why may a mini-batch stand for all?* Its gradient has the whole gradient as its expected value (8).

# %% [markdown]
# ## Sources
#
# - B. Polyak, "Some methods of speeding up the convergence of iteration methods" (1964): momentum.
# - T. Tieleman, G. Hinton, lecture 6.5 of *Neural Networks for Machine Learning* (2012): RMSprop.
# - D. Kingma, J. Ba, "Adam: a method for stochastic optimization", ICLR (2015), Algorithm 1.
# - Deep-learning specialisation, course 2 week 2: names and signatures.
#
# Next: the assignment of the same number.
