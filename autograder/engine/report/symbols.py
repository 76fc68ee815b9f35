"""Which symbols stand in a function's contract, and which of a line of formula do not.

A line that a student is shown has to be a line about the function at hand. So each function has
its symbols: those of its signature, of its docstring and of the text above it. A line with any
other symbol belongs to another function, and is not shown.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from autograder.engine.signatures import SIGNATURES

_LAYER = "dZ A_prev W b dA_prev dW db Z J m n n_prev"
_NETWORK = f"{_LAYER} X Y AL A A0 dA l L g y a dZ_L dZ_J dA_L dA_J"
_HIDDEN = "X Y Z1 A1 Z2 A2 W1 b1 W2 b2 dW1 db1 dW2 db2 dZ1 dZ2 dA1 dA2 J m n_x n_h g1 g2 y a"
_CELL = "da_next a_next a_prev xt Waa Wax ba z dz da_prev dxt dWax dWaa dba n_a n_x m"
_BACK = "dx T_x da_next da_prev da_prevt a_prev"
_TIME = "da x a a0 y Wax Waa ba dz z da0 dWax dWaa dba t T J n_a n_x n_y m"

_BY_FUNCTION = {
    "shape_ledger": "A0 W b Z A dA0 dW db dZ dA m n l L",
    "to_rows": "A0 W b Z A dA0 dW db dZ dA m n l P Q",
    "to_row_product": "dZ A W P Q",
    "broadcast_shape": "s1 s2 a b n",
    "bias_gradient": "dZ b db Z W A n m",
    "products_that_fit": "p q P Q",
    "count_paths": "a",
    "backward_tree": "a b c f x s y p v u q",
    "topo_order": "a b c",
    "backward": "a b c f x s y p v u q",
    "jac_linear": "W a z dz da b n",
    "jac_pointwise": "z a g da dz n",
    "vjp_linear": "dz W a da dW db z b n",
    "chain": "Js J1 J2 J3 u v n p",
    "loss_vector_jacobian": "A Y z a y L dL dz dJ J m",
    "contract": "JL J L m dL dq dJ q z dz a y",
    "affine_forward": "x w b out N D M",
    "affine_backward": "dout x w b dx dw db out N D M J",
    "relu_forward": "x out",
    "relu_backward": "dout x dx out g",
    "sigmoid_forward": "x out",
    "sigmoid_backward": "dout x dx out g",
    "tanh_forward": "x out",
    "tanh_backward": "dout x dx out g",
    "softmax_backward": "dout probs p dx x N C J",
    "softmax_loss": "x y N C p dx J",
    "backprop": "x y dx dout w dw b db out N J p k",
    "layer_sizes": "X Y n_x n_h n_y",
    "initialize_parameters": "W1 b1 W2 b2 n_x n_h n_y",
    "forward_propagation": "X Z1 A1 Z2 A2 W1 b1 W2 b2 g1 g2 n_x n_h m",
    "backward_propagation": _HIDDEN,
    "backward_signals": f"{_HIDDEN} L dZ_L dZ_J dA_L dA_J",
    "nn_model": _HIDDEN,
    "predict": "X A2",
    "initialize_parameters_deep": "W b n n_prev L l",
    "linear_forward": "A W b Z n n_prev m A_prev X",
    "linear_activation_forward": "A_prev W b Z A g n n_prev m",
    "L_model_forward": "X A A0 AL W b Z l L g m n",
    "compute_cost": "Y J y a m L",
    "linear_backward": _LAYER,
    "relu_backward beside columns": "dA Z dZ A g n m",
    "sigmoid_backward beside columns": "dA Z dZ A g n m",
    "linear_activation_backward": f"{_LAYER} dA A g",
    "L_model_backward": _NETWORK,
    "L_model_backward_J": _NETWORK,
    "convert": "dA dZ dW db m J L l dZ_L dZ_J dA_L dA_J A_prev",
    "update_parameters": "W b dW db J l",
    "L_layer_model": _NETWORK,
    "one_sided": "f h theta",
    "numerical_gradient": "f h theta",
    "relative_error": "a b",
    "complex_step": "f h theta i",
    "u_curve": "f h theta true hs",
    "grad_check": "f h theta",
    "accepts": _LAYER,
    "make_test": _LAYER,
    "rnn_cell_forward": "xt a_prev a_next Wax Waa ba z Wya by yt_pred n_a n_x n_y m",
    "rnn_forward": "x a0 a xt a_prev a_next Wax Waa ba z Wya by y_pred t T T_x n_a n_x n_y m",
    "output_backward": "y_pred y a Wya by da dWya dby dzy J m t T T_x n_y yhat yhat_t",
    "rnn_cell_backward": _CELL,
    "rnn_backward": f"{_TIME} {_BACK}",
    "rnn_backward_tree": f"{_TIME} {_BACK}",
    "rnn_full_backward": f"{_TIME} {_BACK} y_pred Wya by dWya dby dzy yhat",
    "rtrl_dWaa": f"{_TIME} T_x R k l",
    "step_jacobian": "a_next Waa a t n_a",
    "state_gradients": f"{_TIME} g",
    "grad_norms": f"{_TIME} g",
    "truncated_bptt": f"{_TIME} k da_prevt da_next da_prev a_prev",
    "chunked_train_step": f"{_TIME} k da_prevt da_next da_prev a_prev",
}
_SYMBOLS = {name: frozenset(text.split()) for name, text in _BY_FUNCTION.items()}
#: Symbols of a function that are English words in the lines of the others.
_WORDS = frozenset(["by", "gradients", "it", "keep", "norm", "out", "true", "words"])
#: What could be taken for a symbol in any line; other words of several letters are words.
_KNOWN = set[str]().union(*_SYMBOLS.values()) - _WORDS
#: A name, with its subscript; an index in brackets, such as ``^[l-1]``, is read by itself.
_TOKEN = re.compile(r"[A-Za-zθ][A-Za-z0-9]*(?:_[A-Za-z0-9]+)*|_\{")
#: The indices of sums, and subscripts: bound in the line itself.
_BOUND = frozenset("ijkd")
_WORD = re.compile(r"a (?=[a-z]{3,})")


def symbols_of(function: str, family: str = "") -> frozenset[str]:
    """Return the symbols of a function's contract; of an unknown one those of its signature.

    Parameters
    ----------
    function : str
    family : str
        The family of its graphs, where two units have a function of this name.
    """
    beside = f"{function} beside {family}"
    if beside in _SYMBOLS:
        return _SYMBOLS[beside]
    own = frozenset(re.findall(r"\w+", SIGNATURES.get(function, "").partition("(")[2]))
    return _SYMBOLS.get(function, frozenset()) | own


def enter(family: str, symbols: Mapping[str, str]) -> None:
    """Enter the symbols of a unit's functions: a unit may bring its own.

    Parameters
    ----------
    family : str
        The family of its graphs.
    symbols : mapping of str to str
        By the function's name, with blanks between them.
    """
    for name, text in symbols.items():
        own = frozenset(text.split())
        _SYMBOLS[f"{name} beside {family}"] = own
        _SYMBOLS.setdefault(name, own)
        _KNOWN.update(own - _WORDS)


def has_contract(function: str) -> bool:
    """Tell whether the function's symbols are known."""
    return function in _SYMBOLS


def foreign(line: str, symbols: Iterable[str]) -> frozenset[str]:
    """Return the symbols of a line that are not among these.

    >>> sorted(foreign("dZ^[L] = A^[L] - Y", ["dZ", "A_prev", "W"]))
    ['A', 'L', 'Y']
    """
    own = {*symbols, *_BOUND}
    own |= {"theta"} & own and {"θ"}
    found = set()
    for token in _TOKEN.findall(_WORD.sub("", line)):
        stem = re.sub(r"\d+$", "", token)
        candidates = {token, stem, *_stems(token)}
        if not candidates & own and (len(token) == 1 or candidates & _KNOWN):
            found.add(token)
    return frozenset(found)


def _stems(token: str) -> set[str]:
    """A name without its subscript: ``dz`` of ``dz_t``; the subscript has to be an index."""
    name, _, index = token.rpartition("_")
    return {name} if name and re.fullmatch(r"[ijkdlt]+\d?|t\d|\d", index) else set()
