"""Hints for unit 00."""

from autograder.engine.hints import Hints

FAMILIES = ()
HINTS = {
    "shape_ledger": Hints(
        "Which letters does each array carry: units, units of the layer before, examples? Which "
        "arrays never see an example?",
        "Take sizes = [2, 3], m = 5. A0 is (2, 5), W1 is (3, 2), b1 is (3, 1), Z1 is (3, 5), A1 "
        "is (3, 5), and a derivative looks like its variable: dW1 is (3, 2).",
        "W^[l] is (n_l, n_{l-1}), b^[l] is (n_l, 1), Z^[l] and A^[l] are (n_l, m); the derivative "
        "of an array has the shape of the array",
    ),
    "to_rows": Hints(
        "In rows everything is transposed. Which arrays have two axes to exchange, and what is "
        "left of a bias, which is flat there?",
        "Take a ledger of three arrays: W1 of (3, 2), b1 of (3, 1), Z1 of (3, 5). In rows W1 is "
        "(2, 3), b1 is (3,), Z1 is (5, 3).",
        "(p, q) becomes (q, p); b^[l] and its derivative become (n_l,)",
    ),
    "broadcast_shape": Hints(
        "NumPy lays two shapes over each other at their right ends. What stands where one of them "
        "is shorter, and when do two numbers fit?",
        "Take s1 = (5, 1), s2 = (5,). Filled up on the left, the second shape is 1, 5. At the "
        "right end 1 and 5 give 5, before it 5 and 1 give 5: result = (5, 5). The shapes 2 and 3 "
        "do not fit.",
        "fill the shorter shape with ones on its left; then n and n give n, 1 and n give n, and "
        "all else does not fit",
    ),
    "bias_gradient": Hints(
        "b_i is added to Z_ik for every example k. How many contributions arrive at it on the way "
        "back, and along which axis do they lie?",
        "Take dZ = [[1, 2, 3], [4, 0, -1]]. Row by row 1 + 2 + 3 = 6 and 4 + 0 - 1 = 3, so db = "
        "[[6], [3]].",
        "db_i = Σ_k dZ_ik, in the shape (n, 1)",
    ),
    "to_row_product": Hints(
        "What is the transpose of a product P Q? And each array in columns is itself the "
        "transpose of the one in rows: what becomes of a letter that is transposed twice?",
        'Take factors = ["W.T", "dZ"]. Transposed as a whole, the order turns round; transposed '
        'twice, each letter keeps its mark: result = ["dZ", "W.T"].',
        "(P Q)ᵀ = Qᵀ Pᵀ, and (Pᵀ)ᵀ = P",
    ),
    "products_that_fit": Hints(
        "When does the product of two tables exist, and which shape has it? Which pairs are "
        "there, if each of the letters comes once, in either order, marked or not?",
        'Take p = (2, 3), q = (4, 3), target = (2, 4). "P @ Q.T" exists, with 3 inside, and has '
        'the shape 2, 4. "Q @ P.T" exists as well and has the shape 4, 2. result = ["P @ Q.T"].',
        "(p, q) times (q, k) exists and is (p, k)",
    ),
    "answers_00": Hints(
        "Which of the suspects changes a shape, and which leaves the shapes and changes the "
        "numbers?",
        "Take dZ = [[1], [2]], A = [[3], [4]]. dZ Aᵀ is [[3, 4], [6, 8]] and its transpose [[3, "
        "6], [4, 8]]; entry by entry dZ * A is [[3], [8]]; Aᵀ dZ is 3·1 + 4·2 = 11.",
        "in columns dW = dZ Aᵀ, in rows dW = Aᵀ dZ; entry by entry, shapes stay and nothing is "
        "summed",
    ),
}
