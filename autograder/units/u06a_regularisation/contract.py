"""Unit 06a: how its functions are called, and which symbols their lines may hold."""

from __future__ import annotations

from autograder.engine import signatures
from autograder.engine.report import symbols

UNIT = "06a"

signatures.enter(
    UNIT,
    """
compute_cost_with_regularization(A3, Y, parameters, lambd)
backward_propagation_with_regularization(X, Y, cache, lambd)
forward_propagation_with_dropout(X, parameters, keep_prob=0.5)
backward_propagation_with_dropout(X, Y, cache, keep_prob)
embedding_forward(words, W)
embedding_backward(dout, words, V)
clip_by_value(gradients, maxValue)
clip_by_norm(gradients, max_norm)
""",
)

_NETWORK = "X Y J m W b W1 b1 Z1 A1 W2 b2 Z2 A2 W3 b3 Z3 A3"
_BACK = "dW db dW1 db1 dZ1 dA1 dW2 db2 dZ2 dA2 dW3 db3 dZ3"
_CLIP = "gradients g dWaa dWax dWya db dby"
_BY_FUNCTION = {
    "compute_cost_with_regularization": "A3 Y J m W b W1 W2 W3 b1 b2 b3 lambd",
    "backward_propagation_with_regularization": f"{_NETWORK} {_BACK} lambd",
    "forward_propagation_with_dropout": f"{_NETWORK} D1 D2 keep_prob",
    "backward_propagation_with_dropout": f"{_NETWORK} {_BACK} D1 D2 keep_prob",
    "embedding_forward": "words W out n t v N T D V",
    "embedding_backward": "words W dW out dout n t v N T D V J",
    "clip_by_value": f"{_CLIP} maxValue",
    "clip_by_norm": f"{_CLIP} max_norm norm",
}
for _family in ("columns", "dropout", "embedding"):
    symbols.enter(_family, _BY_FUNCTION)
