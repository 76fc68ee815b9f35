"""Names that a function uses and that come further down in the notebook.

In a notebook one can run a cell, go up, and find that everything works. Graded is from top to
bottom: what a function uses has to stand above its own hidden tests. So the visible check warns of
a name whose cell stands further down, as far as that can be known: from the notebook's file, where
Jupyter or an editor tells its place, else from the order in which an assignment asks for functions.
"""

from __future__ import annotations

import ast
import dis
import json
import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import CodeType, FunctionType
from typing import Any

#: The functions of each assignment, from top to bottom.
ASKED = {
    "00": "shape_ledger to_rows to_row_product broadcast_shape bias_gradient products_that_fit",
    "01": "Value count_paths backward_tree topo_order backward",
    "02": "jac_linear jac_pointwise vjp_linear chain loss_vector_jacobian contract",
    "03": "affine_forward affine_backward relu_forward relu_backward sigmoid_forward "
    "sigmoid_backward tanh_forward tanh_backward softmax_backward softmax_loss backprop",
    "03b": "layer_sizes initialize_parameters forward_propagation compute_cost "
    "backward_propagation backward_signals update_parameters nn_model predict",
    "04": "initialize_parameters_deep linear_forward linear_activation_forward L_model_forward "
    "compute_cost linear_backward relu_backward sigmoid_backward linear_activation_backward "
    "L_model_backward L_model_backward_J convert update_parameters L_layer_model",
    "05": "one_sided numerical_gradient relative_error complex_step u_curve best_h grad_check "
    "accepts make_test",
    "06a": "compute_cost_with_regularization backward_propagation_with_regularization "
    "forward_propagation_with_dropout backward_propagation_with_dropout embedding_forward "
    "embedding_backward clip_by_value clip_by_norm",
    "06b": "update_parameters_with_gd initialize_velocity update_parameters_with_momentum "
    "update_parameters_with_rmsprop initialize_adam update_parameters_with_adam "
    "random_mini_batches update_lr schedule_lr_decay",
    "07": "rnn_cell_forward rnn_forward output_backward rnn_cell_backward rnn_backward "
    "rnn_full_backward rnn_backward_tree rtrl_dWaa",
    "07b": "rnn_step_forward rnn_step_backward rnn_forward rnn_backward",
    "08": "step_jacobian state_gradients grad_norms truncated_bptt chunked_train_step",
    "09": "lstm_cell_forward lstm_cell_backward lstm_forward lstm_backward gru_cell_forward "
    "gru_cell_backward",
    "10b": "rnn_step_forward rnn_forward rnn_backward clip sample optimize",
    "11": "batchnorm_forward batchnorm_backward layernorm_forward layernorm_backward",
    "12": "softmax_rows_backward attention_forward attention_backward self_attention_forward "
    "self_attention_backward",
    "13": "conv_forward_naive conv_backward_naive max_pool_forward_naive max_pool_backward_naive "
    "col2im",
}


def warning(name: str, unit: str, namespace: Mapping[str, Any]) -> str:
    """A sentence on the first name that `name` uses and that comes further down; else nothing."""
    asked = ASKED.get(unit, "").split()
    later = asked[asked.index(name) + 1 :] if name in asked else []
    cells = _saved(namespace)
    for used in _used(name, namespace):
        places = [n for n, bound in enumerate(cells) if used in bound]
        homes = [n for n, bound in enumerate(cells) if name in bound]
        if places and homes:
            if places[0] > homes[-1]:
                return _told(name, used, "stands further down in the notebook")
        elif used in later:
            return _told(name, used, "is asked for further down")
    return ""


def _told(name: str, used: str, where: str) -> str:
    return (
        f"{name} uses {used}, which {where}. A function is graded with what stands above it alone: "
        "restart the kernel and run all cells to see it as it will be graded."
    )


def _used(name: str, namespace: Mapping[str, Any]) -> Iterator[str]:
    """The names of the notebook that a function reads, itself or through what it calls."""
    seen, waiting = {name}, [name]
    while waiting:
        for code in _codes(namespace.get(waiting.pop(0))):
            for used in _globals(code):
                if used not in seen and used in namespace:
                    seen.add(used)
                    waiting.append(used)
                    yield used


def _codes(thing: Any) -> list[CodeType]:
    """The code of a function written in Python, or of the methods of a class."""
    functions = [thing, *(vars(thing).values() if isinstance(thing, type) else ())]
    return [f.__code__ for f in functions if isinstance(f, FunctionType)]


def _globals(code: CodeType) -> Iterator[str]:
    for step in dis.get_instructions(code):
        if step.opname in ("LOAD_GLOBAL", "LOAD_NAME"):
            yield str(step.argval)
    for inner in code.co_consts:
        if isinstance(inner, CodeType):
            yield from _globals(inner)


def _saved(namespace: Mapping[str, Any]) -> list[set[str]]:
    """The names that each code cell of the saved notebook binds; nothing if it is not found."""
    place = namespace.get("__vsc_ipynb_file__") or os.environ.get("JPY_SESSION_NAME", "")
    try:
        cells = json.loads(Path(str(place)).read_text("utf-8"))["cells"]
        sources = [
            "".join(cell["source"])
            for cell in cells
            if cell["cell_type"] == "code" and "grade(" not in "".join(cell["source"])
        ]
    except (OSError, ValueError, KeyError, TypeError):
        return []
    return [_bound(source) for source in sources]


def _bound(source: str) -> set[str]:
    """The names that a cell binds at its top level, magics left out."""
    lines = [line for line in source.splitlines() if not line.lstrip().startswith(("%", "!"))]
    try:
        body = ast.parse("\n".join(lines)).body
    except SyntaxError:
        return set()
    found = set()
    for node in body:
        if isinstance(node, (ast.FunctionDef, ast.ClassDef)):
            found.add(node.name)
        elif isinstance(node, (ast.Import, ast.ImportFrom)):
            found |= {(a.asname or a.name).partition(".")[0] for a in node.names}
        else:
            walked = ast.walk(node)
            found |= {
                n.id for n in walked if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)
            }
    return found
