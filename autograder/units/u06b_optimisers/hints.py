"""Hints for unit 06b."""

from autograder.engine.hints import Hints

FAMILIES = ("",)
HINTS = {
    "update_parameters_with_gd": Hints(
        "Which keys does the new dict have, and which key of grads belongs to each of them?",
        "Take W1 = [[2]], dW1 = [[3]] and a learning rate of 0.5. 2 - 0.5·3 = 0.5, so the new W1 "
        "is [[0.5]], and the old one still holds 2.",
    ),
    "initialize_velocity": Hints(
        "Of which shape is each entry of v, and how many arrays does your function make?",
        "Take W1 of shape (4, 3) and b1 of shape (4, 1). v has two entries, dW1 with 4·3 = 12 "
        "zeros "
        "and db1 with 4·1 = 4; who writes into one of them changes no other.",
        "v of W is an array of zeros in the shape of W, one for each W and each b",
    ),
    "update_parameters_with_momentum": Hints(
        "Which weights have the old mean and the new gradient, and what do they add up to? Which "
        "mean does the step use, the old one or the new one?",
        "Take v = [[1]], dW = [[2]], W = [[5]], beta of 0.9 and a learning rate of 0.5. The new v "
        "is 0.9·1 + 0.1·2 = 1.1, and the new W is 5 - 0.5·1.1 = 4.45.",
    ),
    "update_parameters_with_rmsprop": Hints(
        "What is squared, what is averaged, and of what is the root taken, in which order? What is "
        "added to the root?",
        "Take s = [[16]], dW = [[2]], W = [[5]], beta of 0.75, a learning rate of 0.5 and epsilon "
        "of 0. The new s is 0.75·16 + 0.25·2² = 13, its root √13 = 3.606; 2/3.606 = 0.555, so "
        "the new "
        "W is 5 - 0.5·0.555 = 4.72.",
    ),
    "initialize_adam": Hints(
        "How many arrays of zeros do v and s need together, where there is one layer?",
        "Take one layer, so W1 and b1. v has 2 entries and s has 2 others, 2 + 2 = 4 arrays. Who "
        "writes into v finds s as it was.",
        "v and s each hold an array of zeros for each W and each b, all of them different arrays",
    ),
    "update_parameters_with_adam": Hints(
        "Which beta belongs to v, and which to s? Which of the means are corrected, and which go "
        "into the next update?",
        "Take v = [[0]], s = [[0]], dW = [[2]], t of 1, beta1 of 0.9 and beta2 of 0.99. The new "
        "v is "
        "0.1·2 = 0.2, the new s is 0.01·2² = 0.04. Corrected, v is 0.2/0.1 = 2 and s is "
        "0.04/0.01 = "
        "4. The step is 2/√4 = 1 times the learning rate. What comes back is 0.2 and 0.04.",
        "v = beta1 v + (1 - beta1) dW, s = beta2 s + (1 - beta2) dW², each divided by one minus "
        "its "
        "beta to the power t for the step, W = W - learning_rate v / (√s + epsilon)",
    ),
    "random_mini_batches": Hints(
        "How do you draw one order and use it for X and for Y? How many examples are left over for "
        "the last batch?",
        "Take 7 examples and batches of 3. Two batches are full, and 7 - 2·3 = 1 example is left "
        "for a third. In the order 4, 0, 6, 2, 1, 5, 3 the first batch holds the columns 4, 0 "
        "and 6 "
        "of X, and of Y the same ones.",
        "one random order of the m columns, for X and for Y, taken in pieces",
    ),
    "update_lr": Hints(
        "What is the rate in epoch 0, and what stands in the brackets below the fraction bar?",
        "Take a first rate of 0.5, a decay rate of 1 and epoch 4. 1 + 1·4 = 5 and 0.5/5 = 0.1.",
        "learning_rate0 / (1 + decay_rate · epoch_num)",
    ),
    "schedule_lr_decay": Hints(
        "How many whole intervals have passed in this epoch?",
        "Take a first rate of 0.6, a decay rate of 1, epoch 7 and an interval of 3. Two whole "
        "intervals have passed, so 1 + 1·2 = 3 and 0.6/3 = 0.2; in epoch 8 it is the same.",
        "learning_rate0 / (1 + decay_rate · the number of whole intervals in epoch_num)",
    ),
    "answers_06b": Hints(
        "What is the first step, where each sum has one term? And do the steps fall, grow or stay "
        "where the gradient stays?",
        "Take a gradient of 2 at the first update, with 0.9 and 0.99. v is 0.1·2 = 0.2 and s is "
        "0.01·2² = 0.04; without a correction the step is 0.2/√0.04 = 1, by chance.",
        "v corrected by one minus beta1 to the power t, s by one minus beta2 to the power t; the "
        "step is the one divided by the root of the other",
    ),
}
