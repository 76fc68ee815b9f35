# %% [markdown]
# # A network that dreams up colours
#
# **What you will do.** Read 932 names of colours letter by letter, train a recurrent network on them,
# and let it write names of its own. Then spoil its gradient in four ways and see what each one costs.
#
# **What you will learn.** Where a word's loss is summed and where it is a mean; how a word is drawn;
# which wrong gradient can be seen in a loss curve, and which hides there.
#
# **What you need.** Lesson 07: two arrows into a state, one weight and $T$ uses. Lesson 06a, section on
# clipping. Lesson 09 for the last section. The exercises are in the assignment of the same number.
#
# <details>
# <summary><b>Words</b> used here and what they mean (26)</summary>
#
# - **axis**: one direction of an array: a table has axis 0, down its rows, and axis 1, along its columns
# - **backward pass**: computing the derivatives, from the cost to the inputs
# - **bias**: a number that a unit adds to its weighted sum; it is learnt
# - **carry**: what a loop hands from one step to the next
# - **cell**: in a recurrent network: the computation of one step in time; in a notebook: one box of text or code
# - **clipping**: making a gradient shorter, or its entries smaller, before it is used
# - **cost**: one number that says how wrong the network is on all examples together, written J: the mean of the losses
# - **epoch**: one pass of training over all examples
# - **example**: one set of inputs, with its label if it has one
# - **forward pass**: computing the values, from the inputs to the cost
# - **gradient**: all partial derivatives of one number with respect to an array, in the shape of the array
# - **learning rate**: the number that the gradient is multiplied with before it is subtracted from the parameters
# - **loss**: one number that says how wrong the network is on one example
# - **numeric gradient**: a gradient found by running forward at inputs that were moved a little; it knows no formula
# - **one-hot**: a label as a column: 1 in the row of its class, 0 in the others
# - **path**: a way through a graph, from wire to wire
# - **recurrent**: used again at each step in time, with the same weights
# - **score**: a number that the network gives to a class before softmax or the sigmoid makes a probability of it; also called a logit
# - **seed**: a number from which a generator of random numbers starts; the same seed gives the same numbers
# - **softmax**: exp of each score, divided by their sum: probabilities that add up to 1
# - **state**: in a recurrent network: what one step hands to the next
# - **tanh**: the hyperbolic tangent, an activation with values between -1 and 1 and slope 1 - tanh²
# - **unit**: one number that a layer gives for each example, with the weights that make it
# - **weight**: a number that an input of a unit is multiplied with; it is learnt
# - **wire**: in a graph: the way from one value into another that uses it
# - **∂**: ∂J/∂w is a partial derivative: how fast J moves when w alone is moved
#
# </details>

# %% [markdown]
# ## Symbols
#
# One step of training reads one word, and one word is one example: every array of a step is a column.
# Where all words count together, $m$ is their number.
#
# | symbol | code | shape | |
# |---|---|---|---|
# | $V$, $n_a$, $T$ | | | letters of the vocabulary; units; letters of a word with its end |
# | $x_t$ | `x[:, t - 1]` | $(V, 1)$ | the letter that is read at step $t$, one-hot |
# | $a_t$ | `A[:, t]` | $(n_a, 1)$ | the state after step $t$; $a_0$ comes in |
# | $s_t$; $p_t$ | `s`; `P[:, t - 1]` | $(V, 1)$ | scores of the next letter; their softmax |
# | $y_t$ | `Y[t - 1]` | | the letter that does come next, as an index |
# | $W_{ax}, W_{aa}, b$ | `Wax`, `Waa`, `b` | $(n_a, V)$, $(n_a, n_a)$, $(n_a, 1)$ | in a dict `p` |
# | $W_{ya}, b_y$ | `Wya`, `by` | $(V, n_a)$, $(V, 1)$ | in the same dict |
#
# $L$ is the loss of one word, $J$ the mean of $L$ over all words. Every array called $dQ$ is
# $\partial L / \partial Q$.

# %%
import numpy as np

from autograder import figures
from autograder.datasets import colour_names
from autograder.networks import rnn_graph
from autograder.oracle import gradient

# %% [markdown]
# ## 1. Words that need no download
#
# matplotlib knows 949 names of colours, from a survey in which people wrote down what they saw. Cleaned
# to lower-case letters and spaces, 932 different ones are left. A 28th character, the newline, ends
# each word: a network that writes has to say when it has finished.

# %%
names = colour_names()
chars = "\n " + "abcdefghijklmnopqrstuvwxyz"
char_to_ix = {char: k for k, char in enumerate(chars)}
V = len(chars)
print(len(names), "names,", sum(len(name) + 1 for name in names), "letters with the newlines")
print(names[::155])

# %% [markdown]
# At each step the network reads a letter and is asked for the next one. So `X` is `Y`, one step late;
# at the first step there is nothing to read yet, which `None` stands for.

# %%
def indices(name):
    """X and Y of a word."""
    Y = [char_to_ix[char] for char in name + "\n"]
    return [None, *Y[:-1]], Y


indices("jade")

# %% [markdown]
# ## 2. One letter
#
# $$z_t = W_{aa}\, a_{t-1} + W_{ax}\, x_t + b, \quad a_t = \tanh z_t, \quad s_t = W_{ya}\, a_t + b_y,
# \quad p_t = \frac{e^{s_t}}{\sum_k e^{s_{t,k}}} .$$
#
# It is the cell of lesson 07, with the softmax on top. $x_t$ has a single 1, so $W_{ax}\, x_t$ is one
# column of $W_{ax}$: each letter has a column of its own (an embedding, lesson 06a). For `None` $x_1$ is
# zero, and $z_1 = W_{aa}\, a_0 + b$.
#
# **Predict.** `x = np.zeros((V, 1))`, then `x[None] = 1`. How many ones does `x` have?

# %%
x = np.zeros((V, 1))
x[None] = 1
print("ones:", int(x.sum()))

# %% [markdown]
# All 28. An index of `None` means "a new axis" to NumPy, so the line writes into everything, and nothing
# is raised. Ask whether the letter is `None` first.

# %%
def columns(letters):
    """One column a letter, shape (V, T): one-hot, and zeros for None."""
    found = np.zeros((V, len(letters)))
    for t, letter in enumerate(letters):
        if letter is not None:
            found[letter, t] = 1.0
    return found

# %% [markdown]
# Only the state needs a loop. What the letters add to $z$ is known before it, and the scores can be made
# after it, for all steps in one product. (`...` stands for axes that come before: so the same lines
# run one network or several at once. `.mT` transposes the last two axes.)

# %%
def forward(p, x, Y, a0):
    """L, the states a_0 ... a_T as columns of A, the probabilities as columns of P."""
    reads, A = p["Wax"] @ x + p["b"], [a0]
    for t in range(len(Y)):
        A.append(np.tanh(p["Waa"] @ A[-1] + reads[..., t : t + 1]))
    A = np.concatenate(A, axis=-1)
    s = p["Wya"] @ A[..., 1:] + p["by"]
    e = np.exp(s - s.max(axis=-2, keepdims=True))
    P = e / e.sum(axis=-2, keepdims=True)
    return -np.log(P[..., Y, range(len(Y))]).sum(axis=-1), A, P

# %% [markdown]
# The sum of the softmax runs over the letters, axis -2. In a single column the other axis has one entry:
# a sum over that one gives $p = 1$ for every letter, and a loss of 0.
#
# The loss of a word is the sum over its letters, $L = -\sum_t \log p_t[y_t]$. A network that knows
# nothing gives each letter $1/V$, so $L$ should begin near $T \log V$.

# %%
def start(seed, n_a=32):
    """Small random weights; biases of zero."""
    rng = np.random.default_rng(seed)
    shapes = {"Wax": (n_a, V), "Waa": (n_a, n_a), "b": (n_a, 1), "Wya": (V, n_a), "by": (V, 1)}
    sizes = {"Wax": 0.1, "Waa": 0.5 / np.sqrt(n_a), "b": 0.0, "Wya": 0.1, "by": 0.0}
    return {name: sizes[name] * rng.normal(size=shape) for name, shape in shapes.items()}


zeros = np.zeros((32, 1))
X, Y = indices("moss green")
L, A, P = forward(start(1), columns(X), Y, zeros)
print(f"L = {L:.2f}, T log V = {len(Y) * np.log(V):.2f}")

# %% [markdown]
# ## 3. The way back
#
# First two letters $y_1, y_2$, a single unit, and a state of 0 that comes in. $L = L_1 + L_2$. Which
# paths lead from $a_1$ to $L$?
#
# - Up: $a_1 \to s_1 \to L_1$. By lesson 07, $\partial L_1 / \partial s_1 = p_1 - y_1$, with $y_1$
#   one-hot. So this path brings $W_{ya}^T (p_1 - y_1)$.
# - Right: $a_1 \to z_2 \to a_2 \to s_2 \to L_2$. It brings
#   $w_{aa}\, (1 - a_2^2)\; W_{ya}^T (p_2 - y_2)$.
#
# With $V = 2$, $W_{ya} = (1, -1)^T$, biases and $W_{ax}$ of zero but $b = 1$, $w_{aa} = 2$, by hand:

# %%
a1 = np.tanh(1.0)
a2 = np.tanh(2 * a1 + 1)
share = [1 / (1 + np.exp(-2 * a)) for a in (a1, a2)]  # letter 0 has score a, the other -a
# p and y add up to 1 each, so (1, -1) times p - y is twice the difference for letter 0
up, later = (2 * (share[0] - 1), 2 * (share[1] - 0))  # y_1 is letter 0, y_2 is letter 1
right = 2 * (1 - a2**2) * later
print(f"up {up:.4f}, right {right:.4f}, together {up + right:.4f}")

# %%
tiny = {"Wax": np.zeros((1, 2)), "Waa": np.array([[2.0]]), "ba": np.ones((1, 1))}
tiny |= {"Wya": np.array([[1.0], [-1.0]]), "by": np.zeros((2, 1))}
y = np.eye(2)[:, None, :]  # (letters, m, T): letter 0, then letter 1
graph = rnn_graph(0 * y, y, np.zeros((1, 1)), tiny)
print(f"numeric: {gradient(graph, at='a1').item():.4f}")

# %% [markdown]
# In general, for each step from the last to the first,
#
# $$ds_t = p_t - y_t, \quad da_t = W_{ya}^T\, ds_t + \text{da\_prevt}, \quad
# dz_t = da_t * (1 - a_t^2), \quad \text{da\_prevt} = W_{aa}^T\, dz_t,$$
#
# and each weight is the sum over its $T$ uses: $dW_{ya} = \sum_t ds_t\, a_t^T$, $db_y = \sum_t ds_t$,
# $dW_{ax} = \sum_t dz_t\, x_t^T$, $dW_{aa} = \sum_t dz_t\, a_{t-1}^T$, $db = \sum_t dz_t$. With
# the $dz_t$ side by side, such a sum is one product of matrices.

# %%
def backward(p, x, Y, A, P, carry=1.0):
    """The five gradients of L; with carry = 0 da_prevt is left out."""
    hot = columns(Y)
    dS, slope = P - hot, 1 - A[..., 1:] ** 2
    dA, da_prevt = p["Wya"].mT @ dS, 0.0
    dZ = np.zeros_like(dA)
    for t in reversed(range(len(Y))):
        dZ[..., t : t + 1] = (dA[..., t : t + 1] + carry * da_prevt) * slope[..., t : t + 1]
        da_prevt = p["Waa"].mT @ dZ[..., t : t + 1]
    grads = {"Wax": dZ @ x.T, "Waa": dZ @ A[..., :-1].mT, "b": dZ.sum(-1, keepdims=True)}
    return grads | {"Wya": dS @ A[..., 1:].mT, "by": dS.sum(-1, keepdims=True)}

# %% [markdown]
# Compare all five with the numeric gradients of the graph of lesson 07 (its `ba` is `b` here), on a word.

# %%
def graph_of(p, name, a0=zeros):
    """The network on one word as a graph whose cost is L."""
    X, Y = indices(name)
    inner = {"ba" if k == "b" else k: value for k, value in p.items()}
    return rnn_graph(columns(X)[:, None], columns(Y)[:, None], a0, inner)


def agree(found, graph, edits=None):
    """Whether each gradient is the numeric one."""
    true = gradient(graph, ["Wax", "Waa", "ba", "Wya", "by"], edits)
    return {f"d{k}": np.allclose(g, true["ba" if k == "b" else k]) for k, g in found.items()}

# %%
p = {name: value + 0.1 for name, value in start(2).items()}  # biases that are not zero
X, Y = indices("moss green")
L, A, P = forward(p, columns(X), Y, zeros)
moss = graph_of(p, "moss green")
print("L is that of the graph:", np.isclose(L, moss.value("J")))
print(agree(backward(p, columns(X), Y, A, P), moss))

# %% [markdown]
# And without `da_prevt`? As in lesson 07, it is the exact gradient of another network: the one whose
# wires from a state to the next step are cut. $dW_{ya}$ and $db_y$ do not
# notice: what they are made of comes straight from the losses.

# %%
alone = backward(p, columns(X), Y, A, P, carry=0.0)
cut = {f"a{t}->z{t + 1}": (lambda value, seen: value.real) for t in range(1, len(Y))}
print("against the network:         ", agree(alone, moss))
print("against the one that was cut:", agree(alone, moss, cut))

# %% [markdown]
# ## 4. Who pays, and for what
#
# Three places where one may divide, and only one where one has to:
#
# - **Over the letters of a word, a sum.** $L = \sum_t L_t$, the logarithm of the probability of the whole
#   word. There is no $1/T$ in it.
# - **Over the words, a mean.** $J = \frac1m \sum_{i=1}^m L^{(i)}$. So $dJ = \frac1m \sum_i dL^{(i)}$.
# - **A step of training reads one word** and goes along $dL$ of that word. There is no $1/m$ to pay: over
#   all words, the mean of these $dL$ is $dJ$ already. Who divides by $m$ again takes steps that are $m$
#   times too short.
#
# Three words of three lengths, and a numeric gradient of $J$ by differences:

# %%
few = ["red", "dark teal", "robins egg blue"]


def gradient_of(p, name):
    X, Y = indices(name)
    _, A, P = forward(p, columns(X), Y, zeros)
    return backward(p, columns(X), Y, A, P)


def J(p):
    return np.mean([forward(p, columns(indices(n)[0]), indices(n)[1], zeros)[0] for n in few])

# %%
def numeric(k, h=1e-5):
    """dJ/dby for letter k, by central differences."""
    moved = [{**p, "by": p["by"] + s * h * columns([k])} for s in (1, -1)]
    return (J(moved[0]) - J(moved[1])) / (2 * h)


slopes = np.array([numeric(k) for k in range(V)])
each = [gradient_of(p, name)["by"][:, 0] for name in few]

# %%
print("the mean of the dL is dJ:", np.allclose(sum(each) / 3, slopes))
lengths = [len(name) + 1 for name in few]
per_letter = sum(g / T for g, T in zip(each, lengths, strict=True)) / 3
ratio = per_letter / slopes
print(f"with 1/T in each dL, divided by dJ: from {ratio.min():.3f} to {ratio.max():.3f}")

# %% [markdown]
# $1/m$ is one number for all: it changes the length of a step and nothing else. $1/T$ is not: each word
# has a $T$ of its own, so the entries change by different factors. It is the gradient of another cost, in
# which a letter of a short word counts more than one of a long word.
#
# To *report* a loss, divide by the number of letters: the loss per letter is easier to read. What is
# printed and what is differentiated are two things.

# %% [markdown]
# ## 5. Training
#
# One step reads one word: forward, backward, **clip**, update. To clip by value (lesson 06a) brings each
# entry of the gradient into the range from $-5$ to $5$. The state that the next word begins with is
# up to the one who calls; here each word begins with zeros.
#
# In one epoch each word is read once, in a random order. The other arguments below are what the rest of
# this lesson turns: the learning rate, the bound of the clip, the carry, and a factor `pays(T)` that a
# gradient is multiplied with. Each may hold one number for each of several networks, trained side by side.

# %%
data = [(columns(indices(name)[0]), indices(name)[1]) for name in names]


def per_letter_of(losses, lengths):
    """The mean loss per letter over each hundred words."""
    ends = range(100, len(losses) + 1, 100)
    return np.array([sum(losses[n - 100 : n]) / sum(lengths[n - 100 : n]) for n in ends])

# %%
def train(p, epochs, rate=0.01, bound=5.0, carry=1.0, pays=lambda T: 1.0, cell=(forward, backward)):
    """The trained parameters, and the mean loss per letter over each hundred words."""
    p, a0 = {k: value.copy() for k, value in p.items()}, np.zeros_like(p["b"])
    order, losses = np.random.default_rng(0), []
    words = [data[k] for _ in range(epochs) for k in order.permutation(len(data))]
    for x, Y in words:
        L, kept, P = cell[0](p, x, Y, a0)
        losses.append(L)
        for name, g in cell[1](p, x, Y, kept, P, carry).items():
            p[name] -= rate * np.clip(pays(len(Y)) * g, -bound, bound)
    return p, per_letter_of(losses, [len(Y) for _, Y in words])

# %%
trained, curve = train(start(1), epochs=6)
figures.letters_picture({"the loss": curve}, np.log(V))

# %% [markdown]
# The loss of single words jumps: some names are harder than others. A mean over a hundred of them shows
# the way down, from $\log 28 = 3.33$. How good is that? Two networks that need no training set the
# scale: one that knows how often each letter occurs, and one that knows which letter follows which.

# %%
pairs = np.zeros((V, V))
for _, Y in data:
    np.add.at(pairs, ([0, *Y[:-1]], Y), 1)
shares = pairs / np.maximum(pairs.sum(axis=1, keepdims=True), 1)
often = pairs.sum(axis=0) / pairs.sum()
by_letter = -(pairs * np.log(np.where(pairs > 0, shares, 1))).sum() / pairs.sum()
print(f"letters by themselves {-(often * np.log(often)).sum():.2f}, pairs {by_letter:.2f}")
print(f"this network, after {len(curve)} hundred words: {curve[-9:].mean():.1f}")

# %% [markdown]
# It knows more than pairs of letters: it uses its state. (These are losses on the words that it learns
# from. How well it would guess a name it has never seen is another question, not asked here.)

# %% [markdown]
# ## 6. Drawing a word
#
# To write is to read one's own letters: draw a letter with the probabilities $p_1$, feed it back as $x_2$,
# keep the state, draw again, until the newline comes. Fifty letters are the most.

# %%
def step(p, a, x):
    """State and probabilities after one letter."""
    a = np.tanh(p["Waa"] @ a + p["Wax"] @ x + p["b"])
    e = np.exp(p["Wya"] @ a + p["by"])[:, 0]
    return a, e / e.sum()

# %%
def write(p, seed, most=50):
    """A word, drawn letter by letter."""
    rng = np.random.default_rng(seed)  # made once, before the loop
    a, letter, word = np.zeros_like(p["b"]), None, ""
    while len(word) < most:
        a, prob = step(p, a, columns([letter]))
        letter = rng.choice(V, p=prob)
        if letter == 0:
            break
        word += chars[letter]
    return word

# %%
print("before:", [write(start(1), seed)[:12] for seed in range(4)])
print("after: ", [write(trained, seed) for seed in range(12)])

# %% [markdown]
# Nobody told it that "light" and "dark" stand in front. What goes wrong in such a loop raises no error.
#
# **Predict.** What does it write if it takes the most probable letter each time? If the generator is made
# inside the loop? If the letter is not fed back?

# %%
def slip(p, seed, way, most=14):
    """The same loop with one slip in it."""
    rng, a, x, word = np.random.default_rng(seed), np.zeros_like(p["b"]), columns([None]), ""
    for _ in range(most):
        rng = np.random.default_rng(seed) if way == "generator in the loop" else rng
        a, prob = step(p, a, x)
        letter = prob.argmax() if way == "most probable" else rng.choice(V, p=prob)
        x = x if way == "not fed back" else columns([letter])
        if letter == 0:
            break
        word += chars[letter]
    return word

# %%
for way in ("most probable", "generator in the loop", "not fed back"):
    print(f"{way:22}", [slip(trained, seed, way) for seed in range(6)])

# %% [markdown]
# The most probable letters make one word, for every seed. With the generator in the loop, all letters of a
# word come from one random number. What is not fed back is not read: the network goes on as if nothing
# had been written. (All words are cut after fourteen letters here.)
#
# The second slip can look like language, and only counting finds it. Take a network of zeros: each letter
# has the probability $1/28$, whatever came before. How often is the second letter the same as the first?

# %%
even = {name: 0 * value for name, value in trained.items()}
for way in ("right", "generator in the loop"):
    words = [slip(even, seed, way) for seed in range(500)]
    doubled = [word[0] == word[1] for word in words if len(word) > 1]
    print(f"{way:22} {np.mean(doubled):.0%}")

# %% [markdown]
# With one random number for all letters, always. Drawn anew, about once in 28 words.

# %% [markdown]
# ## 7. What a wrong gradient costs
#
# Now twelve networks at once, three seeds for each of four gradients: the right one; without `da_prevt`;
# with a $1/m$ for the 932 words; with a $1/T$ for the letters of the word. The rate is the same. In the
# picture each seed has a line of its own.
#
# **Predict.** Order the four by the loss at the end.

# %%
SEEDS, m = (1, 2, 3), len(names)


def together(settings, epochs):
    """Curves of several settings of `train`, an array (points, seeds) for each."""
    starts = [start(seed) for _ in settings for seed in SEEDS]
    p = {name: np.stack([one[name] for one in starts]) for name in starts[0]}
    keys = {"rate": 0.01, "bound": 5.0, "carry": 1.0, "per_word": 1.0, "power": 0.0}
    rows = [[{**keys, **own}[key] for key in keys] for own in settings.values() for _ in SEEDS]
    rate, bound, carry, per_word, power = np.array(rows).T[:, :, None, None]
    _, curve = train(p, epochs, rate, bound, carry, lambda T: per_word / T**power)
    return dict(zip(settings, np.split(curve, len(settings), axis=1), strict=True))

# %%
costs = together(
    {
        "right": {},
        "without da_prevt": {"carry": 0.0},
        "with 1/T": {"power": 1.0},
        "with 1/m": {"per_word": 1 / m},
    },
    epochs=4,
)
figures.letters_picture(costs, np.log(V))

# %%
def ends(curves):
    """Mean loss per letter over the last 900 words, for each seed."""
    rows = {label: curve[-9:].mean(axis=0) for label, curve in curves.items()}
    head = ("", *(f"seed {seed}" for seed in SEEDS))
    return figures.Table(head, [(k, *(f"{loss:.2f}" for loss in row)) for k, row in rows.items()])


ends(costs)

# %% [markdown]
# - **$1/m$** learns nothing that one can see: its steps are 932 times too short.
# - **$1/T$** is far behind: a word has eleven letters on average, with its end, and its step is
#   that many times shorter.
# - **Without `da_prevt`** it learns, nearly as fast, and for each seed it ends higher. It is below the 2.15
#   of the pairs: the state carries the past forward whether or not its derivative comes back, and
#   $W_{ya}$, whose gradient is right, reads it. Only $W_{aa}$, $W_{ax}$ and $b$ never learn
#   *what to keep*.

# %%
final = {label: curve[-9:].mean(axis=0) for label, curve in costs.items()}
behind = final["without da_prevt"] - final["right"]
each = bool((behind > 0.05).all())
print(f"without da_prevt, behind by {behind.mean():.1f}; for each seed:", each)

# %% [markdown]
# ## 8. Where it hides
#
# A loss curve has a rate in it. Who does not know that a $1/T$ is wrong turns the rate up until the
# curve looks good. Here is $1/T$ at ten times the rate, and $1/m$ at 932 times.
#
# **Predict.** Which of the two ends where the right gradient ends?

# %%
hidden = together(
    {
        "1/T, rate times 10": {"power": 1.0, "rate": 0.1},
        "1/m, rate times m": {"per_word": 1 / m, "rate": 0.01 * m},
    },
    epochs=4,
)
ends({"right": costs["right"], **hidden})

# %% [markdown]
# Both look right. For $1/m$ nothing is left of the mistake but a strange rate: it *is* the right step, as
# long as the bound is not reached. For $1/T$ the cost is another one, and this table cannot tell whether
# the small difference that is left comes from the cost or from the rate. No loss curve finds such a
# mistake; the comparison of section 3 finds it on one word.
#
# Now the other way round, a right gradient at a rate that is too large, and what clipping does for it. It is
# clipped at 1, at 5, and not at all, at the rate of before and at five times that rate.
#
# **Predict.** At which of the two rates does the bound matter?

# %%
limits = {"bound 1": {"bound": 1.0}, "bound 5": {}, "no bound": {"bound": np.inf}}
fast = {f"{label}, rate 0.05": {**own, "rate": 0.05} for label, own in limits.items()}
slow = {f"{label}, rate 0.01": own for label, own in limits.items()}
clipping = together(slow | fast, epochs=2)
last = {label: curve[-9:].mean(axis=0) for label, curve in clipping.items()}
calm, wild = ([last[label] for label in group] for group in (slow, fast))
print(f"rate 0.01, largest difference between the bounds: {np.ptp(calm, axis=0).max():.1f}")
print("rate 0.05, no bound is worse than a bound of 1, each seed:", bool((wild[2] > wild[0]).all()))
print("rate 0.05, all are worse than at 0.01:", bool(np.min(wild) > np.max(calm)))

# %%
figures.letters_picture({label: clipping[label] for label in fast}, np.log(V))

# %% [markdown]
# At the small rate clipping changes nothing that these numbers show. At the large one no network learns
# well, and without a bound it is worse off than with a bound of 1, for each seed. Clipping does not mend a
# rate that is too large. It keeps a single bad word from throwing the weights about.

# %% [markdown]
# ## 9. An LSTM in its place
#
# The cell is a part: put that of lesson 09 in the place of the tanh, and leave the rest. Its four stacks of
# weights stand above each other, in the order $f, i, o, \tilde c$: `Waa` for the state, `Wax` for the
# letter. The bias of $f$ begins at 1, so that the network remembers at first.

# %%
def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def lstm_start(seed, n_a=32):
    """As `start`, with four times the rows in the weights of the cell."""
    rng, p = np.random.default_rng(seed), start(seed, n_a)
    p["Wax"] = 0.1 * rng.normal(size=(4 * n_a, V))
    p["Waa"] = 0.5 * rng.normal(size=(4 * n_a, n_a)) / np.sqrt(n_a)
    p["b"] = np.repeat([1.0, 0.0, 0.0, 0.0], n_a)[:, None]
    return p

# %%
def lstm_step(z, a, c):
    """What came in, the gates f, i, o, the candidate g, and the new c and a."""
    n_a = c.shape[-2]
    f, i, o = np.split(sigmoid(z[..., : 3 * n_a, :]), 3, axis=-2)
    g = np.tanh(z[..., 3 * n_a :, :])
    c_next = f * c + i * g
    return a, c, f, i, o, g, c_next, o * np.tanh(c_next)


def softmax(s):
    e = np.exp(s - s.max(axis=-2, keepdims=True))
    return e / e.sum(axis=-2, keepdims=True)

# %%
def lstm_forward(p, x, Y, a0):
    """L, what each step keeps, and the probabilities; a and c begin with zeros."""
    n_a = p["Wya"].shape[-1]
    reads, kept = p["Wax"] @ x + p["b"], []
    a = c = 0 * a0[..., :n_a, :]
    for t in range(len(Y)):
        kept.append(lstm_step(p["Waa"] @ a + reads[..., t : t + 1], a, c))
        c, a = kept[-1][-2:]
    P = softmax(p["Wya"] @ np.concatenate([each[-1] for each in kept], axis=-1) + p["by"])
    return -np.log(P[..., Y, range(len(Y))]).sum(axis=-1), kept, P

# %% [markdown]
# On the way back there are two carries (lesson 09). The sums over the steps are products once more.

# %%
def lstm_step_back(da, dc_prevt, kept):
    """dz of the four stacks, and what goes back to the c before."""
    _, c_prev, f, i, o, g, c, _ = kept
    dc = dc_prevt + da * o * (1 - np.tanh(c) ** 2)
    gates = [dc * c_prev * f * (1 - f), dc * g * i * (1 - i), da * np.tanh(c) * o * (1 - o)]
    return np.concatenate([*gates, dc * i * (1 - g**2)], axis=-2), dc * f

# %%
def lstm_backward(p, x, Y, kept, P, carry=1.0):
    """The gradients of L, in the keys of p; with carry = 0 neither carry comes back."""
    dS, dzs, da_prevt, dc_prevt = P - columns(Y), [], 0.0, 0.0
    for t in reversed(range(len(Y))):
        da = p["Wya"].mT @ dS[..., t : t + 1] + carry * da_prevt
        dz, dc_prevt = lstm_step_back(da, carry * dc_prevt, kept[t])
        dzs.append(dz)
        da_prevt = p["Waa"].mT @ dz
    dZ = np.concatenate(dzs[::-1], axis=-1)
    before, A = (np.concatenate([each[k] for each in kept], axis=-1) for k in (0, -1))
    grads = {"Wax": dZ @ x.T, "Waa": dZ @ before.mT, "b": dZ.sum(axis=-1, keepdims=True)}
    return grads | {"Wya": dS @ A.mT, "by": dS.sum(axis=-1, keepdims=True)}

# %% [markdown]
# It has to be right before it is compared. One number is enough for a first look: how fast does $L$ move
# along a random direction, by the gradient and by differences (lesson 05)?

# %%
q, rng = lstm_start(1), np.random.default_rng(9)
X, Y = indices("moss green")
word = columns(X), Y
way = {name: rng.normal(size=value.shape) for name, value in q.items()}
moved = [{name: q[name] + s * 1e-5 * way[name] for name in q} for s in (1, -1)]
ahead, behind = (lstm_forward(one, *word, q["b"])[0] for one in moved)
grads = lstm_backward(q, *word, *lstm_forward(q, *word, q["b"])[1:])
along = sum((grads[name] * way[name]).sum() for name in q)
print("right:", np.isclose((ahead - behind) / 2e-5, along, rtol=1e-5))

# %% [markdown]
# Now two rates for each of the two cells, on as many words: three seeds of the RNN, one of the LSTM.
#
# **Predict.** Which of the four ends lowest?

# %%
RATES = (0.01, 0.03)
starts = [lstm_start(1) for _ in RATES]
several = {name: np.stack([one[name] for one in starts]) for name in q}
cell = lstm_forward, lstm_backward
_, curves = train(several, 4, np.array(RATES)[:, None, None], cell=cell)
both = {f"LSTM, rate {rate}": curves[:, k] for k, rate in enumerate(RATES)}
both |= {"RNN, rate 0.01": costs["right"]}
both |= together({"RNN, rate 0.03": {"rate": 0.03}}, epochs=4)
figures.letters_picture(both, np.log(V))

# %%
final = {label: float(curve[-9:].mean()) for label, curve in both.items()}
print("at 0.01 the LSTM is behind:", final["LSTM, rate 0.01"] > final["RNN, rate 0.01"] + 0.2)
worse = final["RNN, rate 0.03"] > final["RNN, rate 0.01"]
print("at 0.03 the RNN is worse than at 0.01:", worse)
lowest = min(final, key=final.get)
print("the lowest of the four:", lowest, f"at {final[lowest]:.1f}")
count = {"RNN": start(1), "LSTM": q}
print("weights:", {k: sum(value.size for value in one.values()) for k, one in count.items()})

# %% [markdown]
# At the RNN's rate the LSTM loses: it starts slower. One reason: at the first letter $i$ and $o$ are about
# one half, so about a quarter of $\tilde c$ arrives at $a$. The LSTM bears three times that rate, at which the RNN gets worse, and then it is ahead. It has three times as many weights, and a
# step takes longer. On names of eleven letters that is all one can say; the long memory of lesson 09 is
# hardly asked for here. One seed of the LSTM and two rates are a first look, no measurement.

# %% [markdown]
# ## What you can now answer
#
# 1. *Where does a $1/T$ belong?* In what is printed. $L$ is a sum over the letters (4).
# 2. *Where does a $1/m$ belong?* In $J$; the step of a single word has none to pay (4).
# 3. *Why can a network without `da_prevt` learn?* The state goes forward without it (7).
# 4. *Why does no loss curve show a wrong factor?* The rate takes it up (8).
# 5. *What does a sample need beside probabilities?* Its own last letter, its state, and one generator (6).
#
# Next: the assignment of the same number, where the network is yours.
