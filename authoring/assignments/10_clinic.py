# %% [markdown]
# # The clinic
#
# Twelve patients. Each is an implementation that does not return what was agreed. You do not see it: you
# see what a gradient check, a training run or a graph says of it, and you name its one mistake. The
# numbers were computed with the wrong code, and your neighbour has other patients.
#
# Where you do not know how to go on, `hint("answers_10")` gives a question; the same call again gives
# a formula, and then a tiny worked case. It never gives the name.
#
# <details>
# <summary><b>Words</b> used here and what they mean (37)</summary>
#
# - **activation**: the function that a layer applies to each number by itself: ReLU, sigmoid, tanh
# - **axis**: one direction of an array: a table has axis 0, down its rows, and axis 1, along its columns
# - **backward pass**: computing the derivatives, from the cost to the inputs
# - **bias**: a number that a unit adds to its weighted sum; it is learnt
# - **broadcasting**: how NumPy copies an array of a smaller shape so that it fits a larger one
# - **cache**: what a forward function keeps for its backward function
# - **carry**: what a loop hands from one step to the next
# - **cell**: in a recurrent network: the computation of one step in time; in a notebook: one box of text or code
# - **clipping**: making a gradient shorter, or its entries smaller, before it is used
# - **cost**: one number that says how wrong the network is on all examples together, written J: the mean of the losses
# - **cross-entropy**: minus the logarithm of the probability that the network gave to the right class
# - **diagonal**: in a matrix: the entries whose row and column have the same number; a diagonal matrix is 0 everywhere else
# - **example**: one set of inputs, with its label if it has one
# - **forward pass**: computing the values, from the inputs to the cost
# - **gradient**: all partial derivatives of one number with respect to an array, in the shape of the array
# - **hidden layer**: a layer, or a unit, that is neither input nor output
# - **identity**: the matrix with 1 on its diagonal and 0 elsewhere: multiplied with it, nothing changes
# - **instance**: one set of random inputs on which a check runs your function
# - **Jacobian**: the table of all partial derivatives of a vector with respect to a vector
# - **layer**: one stage of a network: it takes numbers and gives numbers
# - **learning rate**: the number that the gradient is multiplied with before it is subtracted from the parameters
# - **loss**: one number that says how wrong the network is on one example
# - **node**: one value in a graph of a computation
# - **norm**: the length of a vector: the root of the sum of the squares of its entries
# - **numeric gradient**: a gradient found by running forward at inputs that were moved a little; it knows no formula
# - **parameter**: what a network learns: its weights and biases
# - **path**: a way through a graph, from wire to wire
# - **recurrent**: used again at each step in time, with the same weights
# - **ReLU**: max(0, z), entry by entry
# - **root**: in a graph: the last node, the one that is differentiated
# - **sigmoid**: 1 / (1 + exp(-z)), which makes a number between 0 and 1 of any number
# - **slope**: how fast one value moves with another: the derivative of one operation
# - **softmax**: exp of each score, divided by their sum: probabilities that add up to 1
# - **state**: in a recurrent network: what one step hands to the next
# - **tanh**: the hyperbolic tangent, an activation with values between -1 and 1 and slope 1 - tanh²
# - **unit**: one number that a layer gives for each example, with the weights that make it
# - **weight**: a number that an input of a unit is multiplied with; it is learnt
#
# </details>

# %% [markdown]
# ## The method
#
# Ask in this order; each question is cheaper than the next one, and leaves fewer suspects.
#
# 1. **Shape.** Has each gradient the shape of its array?
# 2. **Ratio.** Is what was returned one number times the numeric gradient? Which number is it: $m$, $T$,
#    a width, $-1$?
# 3. **Instance.** On which inputs is it right? What is missing there?
# 4. **Node.** Where on the way back does it begin?
#
# The lesson of the same number does this on two patients.

# %% [markdown]
# ## Signs
#
# | a cell says | of what was returned |
# |---|---|
# | ✓ | it is the numeric gradient, to nine digits |
# | × 1/7 | it is 1/7 of the numeric gradient, in every entry |
# | off 0.31 | the worst entry is off by 0.31 of the largest right entry, and no one factor mends it |
# | all 0 | zeros, where the numeric gradient has none |
# | shape (4,) | its shape, which is not that of the array |
# | raises | the function stopped with a `ValueError` about shapes |
# | – | there is nothing to compare |

# %%
from autograder import figures, hint

# %% [markdown]
# ## Your id, and your answers
#
# 1. Write your id into the next cell, as the grade book has it, and run it:
#    `answers_10 = {"student": "student-007"}`.
# 2. Each mistake has an id too; it stands in the list of the case. Under each case there is a cell for
#    your answer: `answers_10[1] = "db-no-sum"`.
# 3. At the end save, and look at what the points stand at, as the start page says. It tells whether each
#    answer is an id of its list; whether it is the right one is told when it is graded.
#
# Each case has a list of its own; the same mistake may be the answer to two cases. A case that you leave out
# costs its points and nothing else.

# %% solution="answers_10"
# answers_10 = {"student": "your id"}
### BEGIN SOLUTION
answers_10 = {
    "student": "student-000",
    1: "db-no-sum",
    2: "da0-not-returned",
    3: "j-vs-l-one-over-m-placement",
    4: "dropout-not-scaled",
    5: "softmax-inner-sum",
    6: "activation-value-as-derivative",
    7: "missing-w-transpose",
    8: "adam-power-of-one-minus-beta",
    9: "bptt-double-count",
    10: "tanh-prime-of-a-prev",
    11: "clip-copies-not-inplace",
    12: "lstm-tanh-of-tanh",
}
### END SOLUTION

# %% [markdown]
# ## Case 1. A layer in rows
#
# Somebody wrote `affine_backward(dout, cache)` for `out = x @ w + b`, with $x$ of shape $(N, D)$. You see
# shapes, no values. The patient's `dx` is right.
#
# | id | what was written |
# |---|---|
# | `db-wrong-axis` | `db = dout.sum(axis=1)` |
# | `db-no-sum` | `db = dout` |
# | `db-sum-all` | `db = dout.sum()` |
# | `db-extra-axis` | `db = dout.sum(axis=0, keepdims=True)` |
# | `dw-transposed` | `dw = dout.T @ x` |

# %%
figures.case(1, answers_10)

# %% [markdown]
# Which array has a gradient that is not of its own shape? What would each line of the list make of `dout`?

# %% free=true
# answers_10[1] = "an id of the list"

# %% grade="answers_10__names_case_1" points=1

# %% [markdown]
# ## Case 2. Shapes through time
#
# Somebody wrote `rnn_backward(da, caches)` in columns: $x$ is $(n_x, m, T)$, $a_0$ is $(n_a, m)$. The last
# column shows the same function with one input, one unit, one example and one step.
#
# | id | what was written |
# |---|---|
# | `dba-broadcast-square` | `dba = dba + dz.sum(axis=1)`, with `dba` of shape (n_a, 1) |
# | `db-no-keepdims` | the cell's backward function returns a `dba` without its second axis |
# | `db-no-sum` | `dba = dba + dz` |
# | `da0-not-returned` | `da0` is an array with an axis for time |
# | `dw-transposed` | `dWax = dWax + xt @ dz.T` |
# | `db-sum-all` | `dba = dba + dz.sum()`, from `dba = 0` |

# %%
figures.case(2, answers_10)

# %% [markdown]
# Which of these mistakes would somebody overlook who tests with all sizes 1?

# %% free=true
# answers_10[2] = "an id of the list"

# %% grade="answers_10__names_case_2" points=1

# %% [markdown]
# ## Case 3. Where the 1/m is paid
#
# Somebody wrote `L_model_backward` for three layers in columns. It was agreed that `dW` and `db` are
# derivatives of $J$, the mean of the losses, and `dZ` of their sum. Each cell compares with the numeric
# gradient of exactly that. One id of the list is no mistake but another convention for `dZ`.
#
# | id | what was written |
# |---|---|
# | `missing-one-over-m` | `dW = dZ @ A_prev.T`, and `db` likewise, without 1/m |
# | `one-over-m-twice` | `dZ = (A - Y) / m` at the end, and 1/m in `dW` and `db` |
# | `one-over-m-per-layer` | 1/m in `dW` and `db`, and in `dA_prev = W.T @ dZ / m` |
# | `db-not-averaged` | `dW` with 1/m, `db` without it |
# | `db-mean-and-one-over-m` | `db = (1 / m) * np.mean(dZ, axis=1, keepdims=True)` |
# | `wrong-m` | `m = A_prev.shape[0]` |
# | `sign-flip` | `dZ = Y - A` at the end |
# | `j-vs-l-one-over-m-placement` | `dZ = (A - Y) / m` at the end, and 1/m nowhere else |

# %%
figures.case(3, answers_10)

# %% [markdown]
# Walk from the end of the network to $W_1$. Where do you pass 1/m, and how often?

# %% free=true
# answers_10[3] = "an id of the list"

# %% grade="answers_10__names_case_3" points=1

# %% [markdown]
# ## Case 4. A penalty and a mask
#
# Somebody wrote the way back through one hidden ReLU layer with the penalty
# $\frac{\lambda}{2m} (\lVert W_1 \rVert^2 + \lVert W_2 \rVert^2)$ in the cost, and dropout of the hidden layer. The
# cost itself is right. First column: neither is on. Second: the penalty alone; you see the difference
# to the numeric gradient as a multiple of $\frac{\lambda}{m} \theta$, where $\theta$ is the parameter of the row; 0 is
# right. Third: dropout alone; the numeric gradient
# knows the mask. Fourth: the same with a mask that happens to keep every unit; `keep_prob` is 2/3 all the same.
#
# | id | what was written |
# |---|---|
# | `l2-forgotten` | the penalty is in the cost, and in no gradient |
# | `l2-factor` | the penalty's gradient has another factor than λ/m |
# | `l2-on-bias` | the penalty's gradient is added to `db` too |
# | `dropout-mask-forgotten` | the way back knows no mask |
# | `dropout-not-scaled` | `dA1 = dA1 * D1` |
# | `dropout-mask-inverted` | `dA1 = dA1 * (1 - D1) / keep_prob` |

# %%
figures.case(4, answers_10)

# %% [markdown]
# Which column is right from top to bottom? What does that rule out?

# %% free=true
# answers_10[4] = "an id of the list"

# %% grade="answers_10__names_case_4" points=1

# %% [markdown]
# ## Case 5. One column of a softmax
#
# Somebody wrote the way back through $p = \text{softmax}(z)$ with cross-entropy, the mean over $m = 2$
# examples. You see one of the two. Where the list says `dp`, it is right: $-\frac{y}{p m}$, entry by entry.
#
# | id | what was written |
# |---|---|
# | `softmax-diagonal-only` | `dz = dp * p * (1 - p)` |
# | `softmax-jacobian-twice` | the Jacobian of the softmax is applied to `(p - y) / m` |
# | `softmax-inner-sum` | `dz = p * dp - sum(p * dp)` |
# | `half-of-p-minus-y` | `dz = p / m` |
# | `sign-flip` | `dz = (y - p) / m` |
# | `missing-one-over-m` | `dz = p - y` |

# %%
figures.case(5, answers_10)

# %% [markdown]
# What do the right entries add up to, and the patient's? Which single entries are right?

# %% free=true
# answers_10[5] = "an id of the list"

# %% grade="answers_10__names_case_5" points=2

# %% [markdown]
# ## Case 6. A factor for each z
#
# Somebody wrote `dZ1` of one hidden layer, $A_1 = \tanh(Z_1)$. You see, for six examples of a hidden layer
# with one unit, what stands between `W2.T @ dZ2` and `dZ1`: the ratio of the two, numeric and the
# patient's.
#
# | id | what was written |
# |---|---|
# | `missing-activation-derivative` | `dZ1 = W2.T @ dZ2` |
# | `activation-value-as-derivative` | `dZ1 = (W2.T @ dZ2) * A1` |
# | `derivative-at-wrong-argument` | `dZ1 = (W2.T @ dZ2) * (1 - np.tanh(A1)**2)` |
# | `derivative-unsquared` | `dZ1 = (W2.T @ dZ2) * (1 - A1)` |
# | `one-minus-z-squared` | `dZ1 = (W2.T @ dZ2) * (1 - Z1**2)` |
# | `inverse-derivative` | `dZ1 = (W2.T @ dZ2) / (1 - A1**2)` |
# | `wrong-activation-derivative` | `dZ1 = (W2.T @ dZ2) * A1 * (1 - A1)` |
# | `z-times-derivative` | `dZ1 = (W2.T @ dZ2) * Z1 * (1 - A1**2)` |

# %%
figures.case(6, answers_10)

# %%
figures.case_picture(6, answers_10)

# %% [markdown]
# Is the patient's factor a function of z at all? Is it even, as the slope of tanh is? What is it near z = 0?

# %% free=true
# answers_10[6] = "an id of the list"

# %% grade="answers_10__names_case_6" points=2

# %% [markdown]
# ## Case 7. Right on which instance?
#
# Somebody wrote the way back through three layers in columns: tanh, tanh and sigmoid. Each row is another
# instance, random but for what the row says; all widths are 3, and the learning rate is 0.5, where it
# says nothing else. The picture shows the first row.
#
# | id | what was written |
# |---|---|
# | `missing-w-transpose` | `dA_prev = W @ dZ` |
# | `wrong-layer-index` | `dZ[l] = W[l].T @ dZ[l+1] * g′(Z[l])` |
# | `caches-off-by-one` | `dZ[l] = W[l+1].T @ dZ[l+1] * g′(Z[l-1])` |
# | `dw-instead-of-w` | `dA_prev = dW.T @ dZ` |
# | `reuse-output-dz` | `dZ[l] = (A[L] - Y) * g′(Z[l])` |
# | `dw-uses-own-activation` | `dW[l] = dZ[l] @ A[l].T / m` |
# | `updated-weights-in-backward` | each `W` is updated before `dA_prev = W.T @ dZ` |

# %%
figures.case(7, answers_10)

# %%
figures.case_picture(7, answers_10)

# %% [markdown]
# For each id: on which of these instances would it be right by accident?

# %% free=true
# answers_10[7] = "an id of the list"

# %% grade="answers_10__names_case_7" points=2

# %% [markdown]
# ## Case 8. Four steps of Adam
#
# Somebody wrote Adam, with $\beta_1 = 0.9$ and $\beta_2 = 0.999$. You see what is taken off one weight, divided by
# the learning rate, when the gradients are those of the row. The picture shows the cost
# $J = \frac12 w^2$ of a run that begins at $w = 2$; what is above 20 is drawn at 20.
#
# | id | what was written |
# |---|---|
# | `adam-bias-correction-missing` | the step is made with `v` and `s` as they are |
# | `adam-t-off-by-one` | the first correction has `t = 2` |
# | `adam-power-of-one-minus-beta` | `v / (1 - beta1)**t`, and `s` likewise |
# | `adam-betas-swapped` | 0.999 for `v`, 0.9 for `s` |
# | `adam-square-of-mean` | `s = beta2 * s + (1 - beta2) * v**2` |
# | `adam-corrected-carried-on` | `v` is divided by its correction, and kept so |
# | `optimiser-root-missing` | `v_corrected / (s_corrected + epsilon)` |
# | `optimiser-learning-rate-twice` | the learning rate stands in the step twice |

# %%
figures.case(8, answers_10)

# %%
figures.case_picture(8, answers_10)

# %% [markdown]
# What has the first step to be, whatever the gradient is? Does the patient's depend on the size of the gradient?

# %% free=true
# answers_10[8] = "an id of the list"

# %% grade="answers_10__names_case_8" points=2

# %% [markdown]
# ## Case 9. Which step?
#
# Somebody wrote `rnn_backward(da, caches)` in columns, for three steps. `dx_1` is `dx[:, :, 0]`. The
# picture shows the first row; the three weights are no nodes in it. In the last row the numbers are so
# small that tanh is nearly the identity.
#
# | id | what was written |
# |---|---|
# | `bptt-missing-da-prevt` | `rnn_cell_backward(da[:, :, t], caches[t])` |
# | `waa-no-transpose` | `da_prev = Waa @ dz` |
# | `da-prev-skips-tanh` | `da_prev = Waa.T @ da_next` |
# | `bptt-double-count` | each total is sent through all earlier steps, beside the carry; `da0` is the carry |
# | `bptt-last-loss-only` | `da` enters at the last step, and at no other |
# | `bptt-overwrite-not-accumulate` | `dWax = ...` where `dWax += ...` belongs, all three sums |
# | `dwaa-uses-a-next` | `dWaa += dz @ a_next.T` |
# | `bptt-forward-direction` | `for t in range(T)` |

# %%
figures.case(9, answers_10)

# %%
figures.case_picture(9, answers_10)

# %% [markdown]
# At which step is the signal still right? On which instance is everything right, and what is missing in that instance?

# %% free=true
# answers_10[9] = "an id of the list"

# %% grade="answers_10__names_case_9" points=3

# %% [markdown]
# ## Case 10. The same in rows
#
# Somebody wrote `rnn_backward(dh, cache)` in rows: $h_t = \tanh(x_t W_x + h_{t-1} W_h + b)$, and
# $J = \sum dh * h$ with nothing divided. In the second row there is one example, and its state stands
# still: $h_t = h_0$ at each $t$. The last two rows are instances like the first one, but for what they say.
#
# | id | what was written |
# |---|---|
# | `negative-index-wrap` | `h[:, t - 1]` is read at t = 0 too |
# | `dwaa-uses-a-next` | `dWh += next_h.T @ dz` |
# | `tanh-prime-of-a-prev` | `dz = dnext_h * (1 - prev_h**2)` |
# | `tanh-applied-twice` | `dz = dnext_h * (1 - np.tanh(next_h)**2)` |
# | `waa-no-transpose` | `dprev_h = dz @ Wh` |
# | `rnn-divide-by-m-again` | `dWx`, `dWh` and `db` are divided by N |
# | `divide-by-T` | everything is divided by T |
# | `dx-accumulated` | `dx` is added up over the steps |

# %%
figures.case(10, answers_10)

# %% [markdown]
# Which arrays are right everywhere? Then which product is it, and which of its two factors?

# %% free=true
# answers_10[10] = "an id of the list"

# %% grade="answers_10__names_case_10" points=3

# %% [markdown]
# ## Case 11. Before and after clipping
#
# Somebody clips the gradient of a recurrent network by the norm of all three arrays together. You see a
# gradient that is six times as long as the limit, and one of a quarter of it. "Before" is the right
# gradient, not clipped.
#
# | id | what was written |
# |---|---|
# | `clip-value-vs-norm` | `np.clip(grad, -limit, limit)` on each array |
# | `clip-below-the-limit` | `grad * limit / norm`, whatever the norm is |
# | `clip-copies-not-inplace` | the clipped arrays are made, and the old ones returned |
# | `clip-other-norm` | `norm` is the sum of the absolute values |
# | `clip-wrong-place` | the signal is clipped at each step of the loop, and nothing after it |

# %%
figures.case(11, answers_10)

# %% [markdown]
# One number for after / before means: the direction was kept. Which length has it been given?

# %% free=true
# answers_10[11] = "an id of the list"

# %% grade="answers_10__names_case_11" points=3

# %% [markdown]
# ## Case 12. A cell with gates
#
# Somebody wrote `lstm_cell_backward(da_next, dc_next, cache)`. In the list `th` is $\tanh(c_{next})$, and
# `f`, `i`, `o` are the gates. In the last row the forget gate is 1 to the last digit; its own slope is 0
# there, and `dWf` says nothing.
#
# | id | what was written |
# |---|---|
# | `lstm-parenthesis` | `dzf = dc_next * c_prev + o * (1 - th**2) * c_prev * da_next * f * (1 - f)`, and so in i and c̃ |
# | `lstm-dc-next-missing` | `dc = da_next * o * (1 - th**2)` |
# | `lstm-da-misses-c` | `dc = dc_next` |
# | `lstm-dc-prev-no-forget` | `dc_prev = dc` |
# | `lstm-gate-derivative-missing` | `dzf = dc * c_prev`, and so in i and o |
# | `lstm-tanh-of-tanh` | `1 - np.tanh(th)**2`, where th is tanh(c_next) |
# | `lstm-c-next-for-c-prev` | `dzf = dc * c_next * f * (1 - f)` |
# | `lstm-o-without-tanh` | `dzo = da_next * c_next * o * (1 - o)` |
# | `lstm-gate-path-missing` | the candidate is left out of `da_prev` and `dxt` |

# %%
figures.case(12, answers_10)

# %% [markdown]
# Two ways lead back into $c_{next}$: on which rows does only one of them bring anything, and is the patient
# right there? What goes through every gate, and what through one?

# %% free=true
# answers_10[12] = "an id of the list"

# %% grade="answers_10__names_case_12" points=3

# %% [markdown]
# ## What you can now say
#
# - Which mistakes a shape tells, and which ones no shape can tell.
# - What a ratio of $m$, of $1/m$, of $1/m^2$ says, and where on the way back it was paid.
# - On which instances which mistakes are invisible, and how to build an instance on which one mistake
#   is right and its neighbours are not.
# - At which node of a chain a wrong gradient begins.
#
# Where your own code is wrong the next time, you are patient and doctor. The questions are the same.
