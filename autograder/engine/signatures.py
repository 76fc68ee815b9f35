"""How each function is called: the first lines of the functions in the assignments."""

_BY_UNIT = {
    "00": """
shape_ledger(sizes, m)
to_rows(ledger)
to_row_product(factors)
broadcast_shape(s1, s2)
bias_gradient(dZ)
products_that_fit(p, q, target)
""",
    "01": """
count_paths(root, node)
backward_tree(root, wanted)
topo_order(root)
backward(root, wanted)
""",
    "02": """
jac_linear(W, layout="denominator")
jac_pointwise(z, activation)
vjp_linear(dz, W, a)
chain(Js, u, order)
loss_vector_jacobian(A, Y)
contract(JL, m)
""",
    "03": """
affine_forward(x, w, b)
affine_backward(dout, cache)
relu_forward(x)
relu_backward(dout, cache)
sigmoid_forward(x)
sigmoid_backward(dout, cache)
tanh_forward(x)
tanh_backward(dout, cache)
softmax_backward(dout, probs)
softmax_loss(x, y)
backprop(model, x, targets)
""",
    "03b": """
layer_sizes(X, Y)
initialize_parameters(n_x, n_h, n_y)
forward_propagation(X, parameters)
compute_cost(A2, Y)
backward_propagation(parameters, cache, X, Y)
backward_signals(parameters, cache, X, Y, convention)
update_parameters(parameters, grads, learning_rate=1.2)
nn_model(X, Y, n_h, num_iterations=10000, print_cost=False)
predict(parameters, X)
""",
    "04": """
initialize_parameters_deep(layer_dims, seed=1)
linear_forward(A, W, b)
linear_activation_forward(A_prev, W, b, activation)
L_model_forward(X, parameters)
compute_cost(AL, Y)
linear_backward(dZ, cache)
relu_backward(dA, Z)
sigmoid_backward(dA, Z)
linear_activation_backward(dA, cache, activation)
L_model_backward(AL, Y, caches)
L_model_backward_J(AL, Y, caches)
convert(grads, m, src, dst)
update_parameters(parameters, grads, learning_rate)
L_layer_model(X, Y, layers_dims, learning_rate=0.5, num_iterations=1500, seed=1)
""",
    "05": """
one_sided(f, theta, h)
numerical_gradient(f, theta, h=1e-5)
relative_error(a, b)
complex_step(f, theta, h=1e-20)
u_curve(f, theta, true, hs)
grad_check(f, parameters, grads, h=1e-5)
accepts(case, output)
make_test(seed)
""",
    "07": """
rnn_cell_forward(xt, a_prev, parameters)
rnn_forward(x, a0, parameters)
output_backward(y_pred, y, a, parameters)
rnn_cell_backward(da_next, cache)
rnn_backward(da, caches)
rnn_full_backward(x, y, a0, parameters)
rnn_backward_tree(da, caches)
rtrl_dWaa(x, a0, parameters, da)
""",
    "08": """
step_jacobian(a_next, Waa)
state_gradients(da, a, parameters)
grad_norms(da, a, parameters)
truncated_bptt(x, y, a0, parameters, k)
chunked_train_step(x, y, a0, parameters, k, learning_rate, max_norm)
""",
}

#: ``name(arguments)`` by the function's name; of a name that two units use, nothing.
SIGNATURES: dict[str, str] = {}
#: The same by unit and name.
_LINES: dict[tuple[str, str], str] = {}


def enter(unit: str, lines: str) -> None:
    """Enter the first lines of a unit's functions, one a line: a unit may bring its own."""
    for line in lines.strip().splitlines():
        name = line.partition("(")[0]
        SIGNATURES[name] = "" if SIGNATURES.get(name, line) != line else line
        _LINES[unit, name] = line


def signature_of(name: str, unit: str) -> str:
    """Return the first line of a function as a unit asks for it; empty if it does not."""
    return _LINES.get((unit, name)) or SIGNATURES.get(name, "")


def same_line(name: str, arguments: str) -> str:
    """Return the one unit that asks for this function with these arguments, ``"(dh, cache)"``.

    Empty if none does, or several.
    """
    found = [unit for (unit, known), line in _LINES.items() if line == f"{name}{arguments}"]
    return found[0] if len(found) == 1 else ""


for _unit, _lines in _BY_UNIT.items():
    enter(_unit, _lines)
