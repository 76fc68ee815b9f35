"""Hints for unit 04."""

from autograder.engine.hints import Hints

FAMILIES = ("columns",)
HINTS = {
    "initialize_parameters_deep": Hints(
        "The sum behind one unit of layer l has n_{l-1} terms. How large may each weight be, if "
        "the sums should not grow from layer to layer?",
        "Take layer_dims = [8, 2, 1]. W1 is (2, 8), its scale √(2/8) = 0.5; W2 is (1, 2), its "
        "scale √(2/2) = 1; b1 is (2, 1), b2 is (1, 1).",
        "W^[l] is √(2 / n_{l-1}) times standard normal numbers; b^[l] is zero",
    ),
    "linear_forward": Hints(
        "What does an entry of Z sum over, and to which examples is b_k added?",
        "Take A = [[1, 2]], W = [[3]], b = [[4]]. 3·1 + 4 = 7 and 3·2 + 4 = 10, so Z = [[7, 10]].",
        "Z = W A + b",
    ),
    "linear_activation_forward": Hints(
        "Which two steps make a layer, and what of each will its way back ask for?",
        "Take A_prev = [[1, 2]], W = [[2]], b = [[-3]]. 2·1 - 3 = -1 and 2·2 - 3 = 1 are Z. With "
        "relu, A = [[0, 1]].",
        "Z = W A_prev + b, then A = g(Z), where g is ReLU or the sigmoid",
    ),
    "L_model_forward": Hints(
        "Which layer differs from the others? And how many layers are there, if `parameters` has "
        "six arrays?",
        "Take X = [[2]], W1 = [[1]], b1 = [[-3]], W2 = [[5]], b2 = [[0]]. Z1 is 1·2 - 3 = -1, so "
        "A1 is 0. Z2 is 5·0 + 0 = 0, and 1 / (1 + 1) = 0.5: AL = [[0.5]].",
        "A^[0] = X; A^[l] = g(W^[l] A^[l-1] + b^[l]), g the ReLU for l < L and the sigmoid for L",
    ),
    "compute_cost": Hints(
        "Which of the two logarithms counts where the label is 1, and which where it is 0?",
        "Take AL = [[0.5, 0.8]], Y = [[0, 1]]. The losses are -log (1 - 0.5) = 0.693 and -log 0.8 "
        "= 0.223, and their mean is (0.693 + 0.223) / 2 = 0.458: J = 0.458.",
        "J = -(1/m) Σ_i (Y_i log A_i + (1 - Y_i) log(1 - A_i)), with A = A^[L]",
    ),
    "linear_backward": Hints(
        "Of what is each of the three the derivative: of the sum of the losses, or of their mean? "
        "And which of them are summed over the examples?",
        "Take dZ = [[3, -1]], A_prev = [[1, 4]], W = [[2]], b = [[0]]. With m = 2: (3·1 + (-1)·4) "
        "/ 2 = -0.5, so dW = [[-0.5]]; (3 - 1) / 2 = 1, so db = [[1]]; and, without any m, "
        "dA_prev = [[6, -2]].",
    ),
    "relu_backward": Hints(
        "Through which entries did a value pass on the way forward? What passes back through the "
        "others?",
        "Take dA = [[5, 6, 7]], Z = [[-1, 0, 2]]. The slopes are 0, 0 and 1: dZ = [[0, 0, 7]].",
    ),
    "sigmoid_backward": Hints(
        "How steep is the sigmoid at Z, and which value of the way forward says it?",
        "Take dA = [[8]], Z = [[0]]. A is 0.5 there, the slope 0.5·(1 - 0.5) = 0.25, and 8·0.25 = "
        "2: dZ = [[2]].",
    ),
    "linear_activation_backward": Hints(
        "What came last on the way forward, and so comes first on the way back?",
        "Take dA = [[4, 5]], A_prev = [[1, 3]], W = [[2]], b = [[-2]]. Z is 2·1 - 2 = 0 and 2·3 - "
        "2 = 4, so that with relu dZ is 0 and 5. (0·1 + 5·3) / 2 = 7.5, so dW = [[7.5]]; (0 + 5) "
        "/ 2 = 2.5, so db = [[2.5]]; dA_prev = [[0, 10]].",
    ),
    "L_model_backward": Hints(
        "What is dZ of the last layer? And which two factors lead from the dZ of a layer to the "
        "dZ of the layer before it?",
        "Take X = [[1]], Y = [[0]], W1 = [[2]], b1 = [[0]], W2 = [[1]], b2 = [[-2]]. A1 is 2·1 + "
        "0 = 2, Z2 is 1·2 - 2 = 0, AL holds 0.5. Back: dZ2 = [[0.5]]; 0.5·2 = 1, so dW2 = [[1]]; "
        "1·0.5 = 0.5, so dA1 = [[0.5]]; the ReLU lets it pass, dZ1 = [[0.5]]; dW1 = [[0.5]]; "
        "2·0.5 = 1, so dA0 = [[1]].",
    ),
    "L_model_backward_J": Hints(
        "If every derivative is one of the mean, where does 1/m enter, and why not a second time?",
        "Take AL = [[0.5, 0.5]], Y = [[1, 0]], and A = [[4, 8]] of the layer before. With m = 2, "
        "dZ is (0.5 - 1) / 2 = -0.25 and (0.5 - 0) / 2 = 0.25. Then dW is -0.25·4 + 0.25·8 = 1, "
        "and not a half of it.",
    ),
    "convert": Hints(
        "Of which scalar are dZ and dA derivatives before, and of which after? Does dW know the "
        "difference?",
        "Take m = 4. A dZ1 of 0.5 in J is 4·0.5 = 2 in L, and a dZ1 of 2 in L is 2 / 4 = 0.5 in "
        "J. A dW1 of 3 is 3 in both. From L to L nothing changes.",
        "dZ in L is m · dZ in J, and so for dA; dW and db are the same in both",
    ),
    "update_parameters": Hints(
        "The gradient points uphill. Which way leads down, and whose dictionary has to stay as it "
        "is?",
        "Take W1 = [[2]], dW1 = [[0.5]], learning_rate = 0.1. 2 - 0.1·0.5 = 1.95, so the new W1 = "
        "[[1.95]].",
        "the new W^[l] is W^[l] - learning_rate · dW^[l], and so for b^[l]",
    ),
    "L_layer_model": Hints(
        "J is noted before each update. How many costs are there then, and to which parameters "
        "does the first one belong?",
        "Take num_iterations = 3. There are 3 costs: of the initial parameters, after 1 update, "
        "and after 2. The parameters that come back have seen 3.",
        "forward, cost, backward, update: num_iterations times",
    ),
    "answers_04": Hints(
        "Which arrays are right, and what do the wrong ones have as ratio: one number, the same "
        "at each layer, or another at each?",
        "Take m = 6, and a layer with 3 inputs. Divided by the inputs in the place of m, dW is "
        "6/3 = 2 times the right one. A db without its 1/m is 6 times the right one. With 1/m at "
        "each of two layers passed too many, (1/6)·(1/6) = 0.028 is left of it.",
        "dW^[l] = (1/m) dZ^[l] A^[l-1]ᵀ, db^[l] = (1/m) Σ_i dZ^[l](i), dA^[l-1] = W^[l]ᵀ dZ^[l], "
        "dZ^[l] = dA^[l] * g′(Z^[l])",
    ),
}
