# %% [markdown]
# # A network that dreams up colours
#
# You build a network that reads words letter by letter and writes its own: one step, all letters forward,
# back through time, clipping, one step of training, drawing a word. Then you train it on 932 names of
# colours, with your own gradient.
#
# After each function you call `check(...)`. It compares what your function returns with numeric
# gradients, or looks at what your function does, and says what it found. The hidden checks are the same
# checks on other numbers and sizes.
#
# Where a check fails, `from autograder import example` and `args = example(rnn_backward)` give you the
# arguments of the smallest instance tried on which your function fails. Call it with them,
# `rnn_backward(*args)`, and print what you want to see.
#
# Where you do not know how to go on, `hint(rnn_backward)` gives a question; the same call again gives a
# formula, and then a tiny worked case. It never gives code.
#
# A function is graded where it stands, from the first cell to the last: what it uses has to be written
# above it. Before you hand the notebook in, restart the kernel and run all cells.
#
# <details>
# <summary><b>Words</b> used here and what they mean (25)</summary>
#
# - **axis**: one direction of an array: a table has axis 0, down its rows, and axis 1, along its columns
# - **backward pass**: computing the derivatives, from the cost to the inputs
# - **cache**: what a forward function keeps for its backward function
# - **carry**: what a loop hands from one step to the next
# - **cell**: in a recurrent network: the computation of one step in time; in a notebook: one box of text or code
# - **clipping**: making a gradient shorter, or its entries smaller, before it is used
# - **cross-entropy**: minus the logarithm of the probability that the network gave to the right class
# - **example**: one set of inputs, with its label if it has one
# - **forward pass**: computing the values, from the inputs to the cost
# - **gradient**: all partial derivatives of one number with respect to an array, in the shape of the array
# - **instance**: one set of random inputs on which a check runs your function
# - **learning rate**: the number that the gradient is multiplied with before it is subtracted from the parameters
# - **loss**: one number that says how wrong the network is on one example
# - **numeric gradient**: a gradient found by running forward at inputs that were moved a little; it knows no formula
# - **one-hot**: a label as a column: 1 in the row of its class, 0 in the others
# - **parameter**: what a network learns: its weights and biases
# - **path**: a way through a graph, from wire to wire
# - **score**: a number that the network gives to a class before softmax or the sigmoid makes a probability of it; also called a logit
# - **seed**: a number from which a generator of random numbers starts; the same seed gives the same numbers
# - **slope**: how fast one value moves with another: the derivative of one operation
# - **softmax**: exp of each score, divided by their sum: probabilities that add up to 1
# - **state**: in a recurrent network: what one step hands to the next
# - **unit**: one number that a layer gives for each example, with the weights that make it
# - **weight**: a number that an input of a unit is multiplied with; it is learnt
# - **∂**: ∂J/∂w is a partial derivative: how fast J moves when w alone is moved
#
# </details>

# %% [markdown]
# ## The contract
#
# - **Names and signatures** are those of the deep-learning specialisation, course 5 week 1, "Dinosaurus
#   island". A solution made there can be graded here, after two changes: the sizes are read off the
#   parameters, not assumed to be 27, and `clip` makes new arrays.
# - **What is differentiated.** The loss $L$ of one word, the *sum* over its letters of
#   $-\log p_t[y_t]$. There is no $1/T$ in it. One word is one example, so there is no $1/m$ either. Every
#   array `dQ` is $\partial L / \partial Q$, with the shape of `Q`.
# - **Letters** are indices. `X` and `Y` are lists of the same length $T$. `X[0]` is `None`: nothing has
#   been read yet, and $x_1$ is a column of zeros.
# - **Mutation.** No function changes what comes in, with one exception: `optimize` writes the new
#   parameters into the dict `parameters`.
# - **Caches** are yours, in any form.
# - **Randomness.** `sample` may use any generator of NumPy. The same seed gives the same word.

# %% [markdown]
# ## Symbols and shapes
#
# | symbol | code | shape | |
# |---|---|---|---|
# | $V$, $n_a$, $T$ | | | letters of the vocabulary with the newline; units; steps |
# | $x_t$ | `x` | $(V, 1)$ | one-hot; zeros for `None` |
# | $a_t$; $a_0$ | `a_next`; `a_prev` | $(n_a, 1)$ | state after step $t$; state that comes in |
# | $s_t$, $p_t$ | `p_t` | $(V, 1)$ | scores, and their softmax |
# | $W_{ax}, W_{aa}, b$ | `Wax`, `Waa`, `b` | $(n_a, V)$, $(n_a, n_a)$, $(n_a, 1)$ | `parameters` |
# | $W_{ya}, b_y$ | `Wya`, `by` | $(V, n_a)$, $(V, 1)$ | `parameters` |
#
# $T$ is `len(X)`. Steps count from 1 in formulas and from 0 in lists.

# %%
import numpy as np

from autograder import check, figures, hint
from autograder.datasets import colour_names

# %% [markdown]
# The next cell is for the checks: what one call of your `optimize` makes of the parameters.

# %%
def after_one_step(X, Y, a_prev, parameters, *learning_rate):
    """The parameters after one call of your optimize."""
    optimize(X, Y, a_prev, parameters, *learning_rate)
    return parameters

# %% [markdown]
# ## 1. One letter
#
# $$a_t = \tanh(W_{aa}\, a_{t-1} + W_{ax}\, x_t + b), \quad s_t = W_{ya}\, a_t + b_y, \quad
# p_t = \frac{e^{s_t}}{\sum_k e^{s_{t,k}}} .$$
#
# The sum of the softmax runs over the letters.

# %% [markdown] free=true
# **Predict.** $s_t$ has the shape $(V, 1)$. What does a softmax give whose sum runs over axis 1, and what
# would the loss be?
#
# *Your prediction:*

# %% solution="rnn_step_forward"
def rnn_step_forward(parameters, a_prev, x):
    """One step of the network.

    Parameters
    ----------
    parameters : dict
        ``Wax``, ``Waa``, ``b``, ``Wya``, ``by``.
    a_prev : array, shape (n_a, 1)
    x : array, shape (V, 1)

    Returns
    -------
    a_next : array, shape (n_a, 1)
    p_t : array, shape (V, 1)
        Probabilities of the next letter; they add up to 1.
    """
    ### BEGIN SOLUTION
    linear = parameters["Waa"] @ a_prev + parameters["Wax"] @ x + parameters["b"]
    a_next = np.tanh(linear)
    s = parameters["Wya"] @ a_next + parameters["by"]
    e = np.exp(s - s.max())
    return a_next, e / e.sum()
    ### END SOLUTION

# %% free=true
check(rnn_step_forward)

# %% grade="rnn_step_forward__returns_the_right_shapes" points=1

# %% grade="rnn_step_forward__a_next_is_right" points=2

# %% grade="rnn_step_forward__p_t_is_right" points=2

# %% grade="rnn_step_forward__leaves_its_inputs_unchanged" points=1

# %% [markdown]
# ## 2. All letters of a word
#
# $L = L_1 + \dots + L_T$ with $L_t = -\log p_t[y_t]$. The first step reads `a_prev` and no letter.

# %% [markdown] free=true
# **Predict.** `x = np.zeros((5, 1))` and then `x[None] = 1`: how many ones are in `x`? Try it in a cell of
# your own.
#
# *Your prediction:*

# %% solution="rnn_forward"
def rnn_forward(X, Y, a_prev, parameters):
    """The network over one word.

    Parameters
    ----------
    X : list
        None, then the indices of the letters but the last of Y.
    Y : list of int
        The letter that comes next, at each step.
    a_prev : array, shape (n_a, 1)
        The state that comes in.
    parameters : dict

    Returns
    -------
    loss : float
        L.
    cache : object
        What `rnn_backward` will need; its form is your choice.
    """
    ### BEGIN SOLUTION
    loss, steps = 0.0, []
    for letter, target in zip(X, Y, strict=True):
        x = np.zeros((len(parameters["by"]), 1))
        if letter is not None:
            x[letter] = 1.0
        a_next, p_t = rnn_step_forward(parameters, a_prev, x)
        loss -= np.log(p_t[target, 0])
        steps.append((x, a_prev, a_next, p_t))
        a_prev = a_next
    return loss, steps
    ### END SOLUTION

# %% free=true
check(rnn_forward)

# %% grade="rnn_forward__returns_the_right_shapes" points=1

# %% grade="rnn_forward__loss_is_right" points=3

# %% grade="rnn_forward__leaves_its_inputs_unchanged" points=1

# %% grade="rnn_forward__same_answer_twice" points=1

# %% [markdown]
# ## 3. The way back
#
# At the scores, softmax and cross-entropy together have the slope $ds_t = p_t - y_t$, with $y_t$ one-hot
# (07, section 2). From there two things are left: what arrives at $a_t$, and what each weight meets.

# %% [markdown] free=true
# **Derive.** Take $T = 2$ and one unit. Write down all paths from $w_{aa}$ to $L = L_1 + L_2$, and all paths
# from $a_1$ to $L$. Which of your factors occur on two paths? What is `da_prevt` at the last step?
#
# *Your lines:*

# %% [markdown]
# Note that $p_t$ may stand in your cache: a line such as `ds[y] -= 1` writes into it if `ds` is another
# name for it.

# %% solution="rnn_backward"
def rnn_backward(X, Y, parameters, cache):
    """Back through all steps of one word.

    Parameters
    ----------
    X, Y : list
        As for `rnn_forward`.
    parameters : dict
    cache : object
        As returned by your `rnn_forward`.

    Returns
    -------
    gradients : dict
        ``dWax``, ``dWaa``, ``db``, ``dWya``, ``dby``, each in the shape of its parameter.
    a : list or dict
        The states: ``a[t]`` is the one after step t, counted from 0, so ``a[T - 1]`` is the last.
    """
    ### BEGIN SOLUTION
    gradients = {f"d{name}": np.zeros(value.shape) for name, value in parameters.items()}
    da_prevt = 0.0
    for target, (x, a_prev, a_next, p_t) in zip(Y[::-1], cache[::-1], strict=True):
        ds = p_t.copy()
        ds[target] -= 1.0
        dz = (parameters["Wya"].T @ ds + da_prevt) * (1 - a_next**2)
        da_prevt = parameters["Waa"].T @ dz
        parts = {"dWax": dz @ x.T, "dWaa": dz @ a_prev.T, "db": dz}
        parts |= {"dWya": ds @ a_next.T, "dby": ds}
        for name, part in parts.items():
            gradients[name] += part
    return gradients, [step[2] for step in cache]
    ### END SOLUTION

# %% free=true
check(rnn_backward)

# %% grade="rnn_backward__returns_the_right_shapes" points=1

# %% grade="rnn_backward__dWya_matches_numeric_gradient" points=2

# %% grade="rnn_backward__dby_matches_numeric_gradient" points=2

# %% grade="rnn_backward__dWax_matches_numeric_gradient" points=4

# %% grade="rnn_backward__dWaa_matches_numeric_gradient" points=4

# %% grade="rnn_backward__db_matches_numeric_gradient" points=4

# %% grade="rnn_backward__returns_the_states" points=2

# %% grade="rnn_backward__leaves_its_inputs_unchanged" points=1

# %% grade="rnn_backward__same_answer_twice" points=1

# %% [markdown]
# ## 4. Clip
#
# Each entry is brought into the range from `-maxValue` to `maxValue`, whatever the others are
# (06a, "Two ways to clip": this is the one by value).

# %% solution="clip"
def clip(gradients, maxValue):
    """Clip by value.

    Parameters
    ----------
    gradients : dict
        ``dWax``, ``dWaa``, ``db``, ``dWya``, ``dby``.
    maxValue : float

    Returns
    -------
    dict
        The same keys, new arrays.
    """
    ### BEGIN SOLUTION
    return {name: np.clip(array, -maxValue, maxValue) for name, array in gradients.items()}
    ### END SOLUTION

# %% free=true
check(clip)

# %% grade="clip__returns_the_right_shapes" points=1

# %% grade="clip__clips" points=3

# %% grade="clip__leaves_its_inputs_unchanged" points=1

# %% [markdown]
# ## 5. Draw a word
#
# Begin with $x$ and $a$ of zeros. Make a step; draw a letter, letter $k$ with the probability $p_k$; put its
# index into the list; feed it back as the next $x$, and keep the state. The word ends with the newline,
# which is in the list. After fifty letters without one, a newline is put at the end.

# %% [markdown] free=true
# **Predict.** Two ways of drawing: the most probable letter; any letter, each with $1/V$. What do the words
# of each look like, for a network that has learnt well?
#
# *Your prediction:*

# %% solution="sample"
def sample(parameters, char_to_ix, seed):
    """Draw a word.

    Parameters
    ----------
    parameters : dict
    char_to_ix : dict
        From letter to index; ``char_to_ix["\\n"]`` is the newline's.
    seed : int
        Decides the word: the same for the same seed.

    Returns
    -------
    indices : list of int
        The letters that were drawn, the newline at the end.
    """
    ### BEGIN SOLUTION
    rng, newline = np.random.default_rng(seed), char_to_ix["\n"]
    V, n_a = parameters["Wya"].shape
    a, x, indices = np.zeros((n_a, 1)), np.zeros((V, 1)), []
    while len(indices) < 50:
        a, p_t = rnn_step_forward(parameters, a, x)
        indices.append(int(rng.choice(V, p=p_t[:, 0])))
        if indices[-1] == newline:
            return indices
        x = np.zeros((V, 1))
        x[indices[-1]] = 1.0
    return [*indices, newline]
    ### END SOLUTION

# %% free=true
check(sample)

# %% [markdown]
# Nobody can know what your generator will draw. So the checks ask networks that are sure of the next letter,
# where every generator gives the same, and count letters over 500 words.

# %% grade="sample__feeds_each_letter_back" points=3

# %% grade="sample__carries_the_state" points=3

# %% grade="sample__draws_with_the_probabilities" points=3

# %% grade="sample__feeds_back_one_letter_alone" points=2

# %% grade="sample__follows_its_seed" points=2

# %% grade="sample__ends_with_the_newline" points=2

# %% [markdown]
# ## 6. One step of training
#
# Forward, backward, clip at 5, update: $W \leftarrow W - \alpha\, dW$ for each of the five, with $\alpha$ the
# learning rate and $dW$ clipped. The new values have to be in the dict `parameters` that came in when the
# function returns; whether you put new arrays into it or write into the old ones is up to you.

# %% solution="optimize"
def optimize(X, Y, a_prev, parameters, learning_rate=0.01):
    """One step of gradient descent on one word.

    Parameters
    ----------
    X, Y : list
    a_prev : array, shape (n_a, 1)
        The state that the word begins with.
    parameters : dict
        Holds the new parameters afterwards.
    learning_rate : float

    Returns
    -------
    loss : float
        L before the step.
    gradients : dict
        Clipped.
    a : array, shape (n_a, 1)
        The state after the last letter.
    """
    ### BEGIN SOLUTION
    loss, cache = rnn_forward(X, Y, a_prev, parameters)
    gradients, a = rnn_backward(X, Y, parameters, cache)
    gradients = clip(gradients, 5)
    for name in parameters:
        parameters[name] = parameters[name] - learning_rate * gradients[f"d{name}"]
    return loss, gradients, a[len(X) - 1]
    ### END SOLUTION

# %% free=true
check(optimize)

# %% grade="optimize__returns_the_right_shapes" points=1

# %% grade="optimize__loss_is_right" points=1

# %% grade="optimize__gradients_are_clipped" points=2

# %% grade="optimize__a_is_right" points=1

# %% grade="optimize__steps_against_the_gradient" points=4

# %% grade="optimize__leaves_its_inputs_unchanged" points=1

# %% [markdown]
# ## 7. Names of colours
#
# Now the words. Each begins with a state of zeros. (The specialisation hands the state of one word on to the
# next: there `a` is set to zeros once, before the loop, and the last thing that `optimize` returns is the new
# `a`.)

# %%
names = colour_names()
char_to_ix = {char: k for k, char in enumerate("\n abcdefghijklmnopqrstuvwxyz")}
chars, V, n_a = list(char_to_ix), len(char_to_ix), 32


def start(seed):
    """Small random weights; biases of zero."""
    rng = np.random.default_rng(seed)
    shapes = {"Wax": (n_a, V), "Waa": (n_a, n_a), "b": (n_a, 1), "Wya": (V, n_a), "by": (V, 1)}
    sizes = {"Wax": 0.1, "Waa": 0.5 / np.sqrt(n_a), "b": 0.0, "Wya": 0.1, "by": 0.0}
    return {name: sizes[name] * rng.normal(size=shape) for name, shape in shapes.items()}

# %%
def learn(parameters, epochs=3, learning_rate=0.01):
    """Mean loss per letter over each hundred words; the parameters change."""
    rng, losses, letters, curve = np.random.default_rng(0), 0.0, 0, []
    words = [names[k] for _ in range(epochs) for k in rng.random(len(names)).argsort()]
    for count, word in enumerate(words, start=1):
        Y = [char_to_ix[char] for char in word + "\n"]
        a = np.zeros((n_a, 1))
        loss, _, _ = optimize([None, *Y[:-1]], Y, a, parameters, learning_rate)
        losses, letters = losses + loss, letters + len(Y)
        if count % 100 == 0:
            curve, losses, letters = [*curve, losses / letters], 0.0, 0
    return np.array(curve)

# %% [markdown] free=true
# **Predict.** With which loss per letter does it begin? Does it end below 2.15, the loss of someone who knows
# which letter follows which?
#
# *Your prediction:*

# %%
parameters = start(1)
before = ["".join(chars[k] for k in sample(parameters, char_to_ix, seed)) for seed in range(5)]
curve = learn(parameters)
after = ["".join(chars[k] for k in sample(parameters, char_to_ix, seed)) for seed in range(10)]
print("before:", [word.strip()[:12] for word in before])
print("after: ", [word.strip() for word in after])
figures.letters_picture({"yours": curve}, np.log(V))

# %% [markdown]
# Before the first step it is about $\log 28 = 3.33$, where every letter has the probability $1/28$. The first
# point of the curve is a mean over a hundred words, and lower already. With a right gradient the curve ends
# below 2.15: it uses its state, which pairs of letters do not have. Lesson 10b shows what a wrong
# gradient makes of this curve, and which one cannot be seen in it.

# %% [markdown]
# ## 8. Bug hunt
#
# Eight slips; four of them made what follows, no two the same one.
#
# | id | what was written |
# |---|---|
# | `bptt-missing-da-prevt` | `dz` from `Wya.T @ ds` alone |
# | `divide-by-T` | every gradient divided by `len(X)` |
# | `word-not-clipped` | `clip(gradients, 5)` on a line of its own |
# | `word-state-not-carried` | `optimize` begins with zeros, whatever `a_prev` is |
# | `sample-argmax` | `idx = np.argmax(p_t)` |
# | `sample-letter-not-fed-back` | `x` stays as it was at the first step |
# | `sample-state-forgotten` | `a_prev` stays as it was at the first step |
# | `sample-same-draw` | `rng = np.random.default_rng(seed)` inside the loop |
#
# A and B are gradients, on words of 1, 2 and 5 steps: how far each array is from the right one, as a
# fraction of its largest entry.

# %%
errors = {  # dWya, dby, dWax, dWaa, db
    "A": {1: [0, 0, 0, 0, 0], 2: [0, 0, 0, 0.63, 1.23], 5: [0, 0, 0.5, 0.87, 1.98]},
    "B": {1: [0, 0, 0, 0, 0], 2: [0.5] * 5, 5: [0.8] * 5},
}


def evidence(letter):
    """The errors of the five arrays, a row for each word."""
    rows = [(T, *(f"{e:.2f}" for e in found)) for T, found in errors[letter].items()]
    return figures.Table(("T", "dWya", "dby", "dWax", "dWaa", "db"), rows, caption=f"Bug {letter}")

# %%
evidence("A")

# %%
evidence("B")

# %% [markdown]
# C is a `sample`. It was given two networks that are sure of every letter; their vocabulary has seven. One
# goes by the letter it reads alone, the other by its state alone. Both are sure of `decaf` and the newline,
# which is not shown.

# %%
head = ("the network goes by", "it is sure of", "C wrote")
figures.Table(head, [("its letter", "decaf", "d" * 50), ("its state", "decaf", "decaf")])

# %% [markdown]
# D is an `optimize`. With the bound of 5 it was given a word of twelve equal letters, with a learning rate of 1.

# %%
largest = {"Wax": 22.2, "Waa": 20.5, "b": 22.4, "Wya": 11.0, "by": 11.9}
told = ("largest entry of the gradient it returned", "largest change of the parameter")
figures.Table(("", *largest), [(line, *largest.values()) for line in told])

# %% [markdown]
# Where two suspects remain, program both in a cell of your own, and see which one gives this.
#
# Then name the bugs: a dictionary `answers_10b` with the keys `"A"` to `"D"`.

# %% solution="answers_10b"
# answers_10b = {"A": "an id from the list", "B": ..., "C": ..., "D": ...}
### BEGIN SOLUTION
answers_10b = {
    "A": "bptt-missing-da-prevt",
    "B": "divide-by-T",
    "C": "sample-letter-not-fed-back",
    "D": "word-not-clipped",
}
### END SOLUTION

# %% free=true

# %% grade="answers_10b__names_case_A" points=2
# answers_10b: names case A (2 points)
### BEGIN HIDDEN TESTS
from autograder import grade
grade("answers_10b__names_case_A", globals(), key="bptt-missing-da-prevt")
### END HIDDEN TESTS

# %% grade="answers_10b__names_case_B" points=2
# answers_10b: names case B (2 points)
### BEGIN HIDDEN TESTS
from autograder import grade
grade("answers_10b__names_case_B", globals(), key="divide-by-T")
### END HIDDEN TESTS

# %% grade="answers_10b__names_case_C" points=2
# answers_10b: names case C (2 points)
### BEGIN HIDDEN TESTS
from autograder import grade
grade("answers_10b__names_case_C", globals(), key="sample-letter-not-fed-back")
### END HIDDEN TESTS

# %% grade="answers_10b__names_case_D" points=2
# answers_10b: names case D (2 points)
### BEGIN HIDDEN TESTS
from autograder import grade
grade("answers_10b__names_case_D", globals(), key="word-not-clipped")
### END HIDDEN TESTS

# %% [markdown]
# ## What you can now say
#
# - What arrives at a state, and which part of it a step without `da_prevt` never hears.
# - Why the loss of a word has no $1/T$, and a step on one word no $1/m$.
# - What a sample has to feed back, to keep, and to make once.
# - What can be seen in a loss curve, and what a comparison with numeric gradients alone finds.
#
# The lesson of the same number says it at more length.
