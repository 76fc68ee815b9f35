# %% [markdown]
# # Recall 2: asked again
#
# Seven short questions, one each on the units 03, 04, 05, 06a, 06b, 07 and 07b.
# What you call up again after some weeks stays with you longer than what you read again. So close
# the lessons, take paper, and give each question three minutes; look things up afterwards.
#
# The questions and their numbers are drawn from your id, so your neighbour has others. Each is
# worth one point. Where an answer is wrong and belongs to a mistake that is known, the feedback
# says which gradient it is instead.
#
# <details>
# <summary><b>Words</b> used here and what they mean (4)</summary>
#
# - **cell**: in a recurrent network: the computation of one step in time; in a notebook: one box of text or code
# - **cost**: one number that says how wrong the network is on all examples together, written J: the mean of the losses
# - **gradient**: all partial derivatives of one number with respect to an array, in the shape of the array
# - **unit**: one number that a layer gives for each example, with the weights that make it
#
# </details>

# %%
from autograder.concepts import questions

# %% [markdown]
# ## Your id, and your answers
#
# 1. Write your id into the next cell, as the grade book has it, and run it:
#    `recall_2 = {"student": "student-007"}`.
# 2. Run the cell below it: it shows your questions.
# 3. Come back, add your answers by the numbers of the questions, and run both cells again:
#    `recall_2 = {"student": "student-007", 1: 2.5, 2: (3, 4), 3: "a"}`.
#
# A question that you leave out costs its point and nothing else.

# %% solution="recall_2"
# recall_2 = {"student": "your id", 1: ..., 2: ...}
### BEGIN SOLUTION
recall_2 = {
    "student": "student-000",
    1: -0.225,
    2: 36,
    3: -1.5,
    4: 9,
    5: (10, 7),
    6: 7.52,
    7: 18,
}
### END SOLUTION

# %%
questions("recall_2", recall_2)

# %% free=true
# A place for your calculations.

# %% grade="recall_2__answers_question_1" points=1

# %% grade="recall_2__answers_question_2" points=1

# %% grade="recall_2__answers_question_3" points=1

# %% grade="recall_2__answers_question_4" points=1

# %% grade="recall_2__answers_question_5" points=1

# %% grade="recall_2__answers_question_6" points=1

# %% grade="recall_2__answers_question_7" points=1

# %% [markdown]
# ## Afterwards
#
# A question that took you longer than three minutes names the unit that is worth another look.
# The number of the unit stands behind that of the question.
