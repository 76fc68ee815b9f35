"""Right solutions that assert what their docstrings promise: shapes, types and ranges, in and out.

They are what careful people write, and what the field's most used template does. Each is code that
is put over a solved assignment: functions of the same names around those of the solution.
"""

from __future__ import annotations

_BEGIN = """
def array(value, *shape):
    assert isinstance(value, np.ndarray), type(value)
    assert value.dtype == np.float64, value.dtype
    assert np.isfinite(value).all()
    assert value.ndim == len(shape), value.shape
    for found, wanted in zip(value.shape, shape):
        assert found == wanted, (value.shape, shape)
    assert value.size > 0
"""

_04 = """
def network(parameters):
    L, keys = len(parameters) // 2, list(parameters)
    assert type(parameters) is dict and L >= 1
    assert set(keys) == {f"{p}{n}" for p in "Wb" for n in range(1, L + 1)}
    for n in range(1, L + 1):
        W, b = parameters[f"W{n}"], parameters[f"b{n}"]
        array(W, W.shape[0], parameters[f"W{n - 1}"].shape[0] if n > 1 else W.shape[1])
        array(b, W.shape[0], 1)
    assert parameters[f"W{L}"].shape[0] == 1
    return L

def labels(Y, m):
    array(Y, 1, m)
    assert set(np.unique(Y)) <= {0.0, 1.0}

def sizes_of(layer_dims):
    assert isinstance(layer_dims, (list, tuple)) and len(layer_dims) >= 2
    assert all(isinstance(n, int) and n > 0 for n in layer_dims)
    assert layer_dims[-1] == 1

own_initialize = initialize_parameters_deep
def initialize_parameters_deep(layer_dims, seed=1):
    sizes_of(layer_dims)
    assert isinstance(seed, int)
    parameters = own_initialize(layer_dims, seed)
    assert network(parameters) == len(layer_dims) - 1
    return parameters

own_linear = linear_forward
def linear_forward(A, W, b):
    array(A, W.shape[1], A.shape[1])
    array(W, *W.shape)
    array(b, W.shape[0], 1)
    Z, cache = own_linear(A, W, b)
    array(Z, W.shape[0], A.shape[1])
    return Z, cache

own_activation = linear_activation_forward
def linear_activation_forward(A_prev, W, b, activation):
    assert activation in ("relu", "sigmoid")
    A, cache = own_activation(A_prev, W, b, activation)
    array(A, W.shape[0], A_prev.shape[1])
    assert A.min() >= 0
    return A, cache

own_model = L_model_forward
def L_model_forward(X, parameters):
    L = network(parameters)
    array(X, parameters["W1"].shape[1], X.shape[1])
    AL, caches = own_model(X, parameters)
    assert AL.shape == (1, X.shape[1])
    assert 0 < AL.min() and AL.max() < 1
    assert isinstance(caches, list) and len(caches) == L
    return AL, caches

own_cost = compute_cost
def compute_cost(AL, Y):
    array(AL, 1, Y.shape[1])
    assert 0 < AL.min() and AL.max() < 1
    labels(Y, AL.shape[1])
    J = np.squeeze(own_cost(AL, Y))
    assert J.shape == ()
    return J

own_linear_backward = linear_backward
def linear_backward(dZ, cache):
    A_prev, W, b = cache
    array(dZ, W.shape[0], A_prev.shape[1])
    dA_prev, dW, db = own_linear_backward(dZ, cache)
    assert dA_prev.shape == A_prev.shape and dW.shape == W.shape and db.shape == b.shape
    return dA_prev, dW, db

own_relu, own_sigmoid = relu_backward, sigmoid_backward
def relu_backward(dA, Z):
    array(dA, *Z.shape)
    array(Z, *dA.shape)
    assert Z.ndim == 2
    dZ = own_relu(dA, Z)
    assert dZ.shape == Z.shape
    return dZ

def sigmoid_backward(dA, Z):
    array(dA, *Z.shape)
    assert Z.ndim == 2
    dZ = own_sigmoid(dA, Z)
    assert dZ.shape == Z.shape
    return dZ

own_layer_backward = linear_activation_backward
def linear_activation_backward(dA, cache, activation):
    assert activation in ("relu", "sigmoid")
    (A_prev, W, b), Z = cache
    array(dA, *Z.shape)
    return own_layer_backward(dA, cache, activation)

def gradients_of(grads, caches, m):
    for n, ((A_prev, W, b), Z) in enumerate(caches, start=1):
        array(grads[f"dZ{n}"], W.shape[0], m)
        array(grads[f"dA{n - 1}"], W.shape[1], m)
        array(grads[f"dW{n}"], *W.shape)
        array(grads[f"db{n}"], W.shape[0], 1)

own_backward, own_backward_J = L_model_backward, L_model_backward_J
def L_model_backward(AL, Y, caches):
    assert AL.shape == Y.shape == (1, AL.size)
    labels(Y, AL.shape[1])
    assert len(caches) >= 1
    grads = own_backward(AL, Y, caches)
    gradients_of(grads, caches, Y.shape[1])
    return grads

def L_model_backward_J(AL, Y, caches):
    assert AL.shape == Y.shape == (1, AL.size)
    labels(Y, AL.shape[1])
    grads = own_backward_J(AL, Y, caches)
    gradients_of(grads, caches, Y.shape[1])
    return grads

def keys_of(grads):
    L = sum(key[:2] == "dW" for key in grads)
    wanted = {f"{p}{n}" for p in ("dZ", "dW", "db") for n in range(1, L + 1)}
    assert set(grads) == wanted | {f"dA{n}" for n in range(L)}
    m = grads["dA0"].shape[1]
    for n in range(1, L + 1):
        width, before = grads[f"dW{n}"].shape
        array(grads[f"dZ{n}"], width, m)
        array(grads[f"dA{n - 1}"], before, m)
        array(grads[f"dW{n}"], width, before)
        array(grads[f"db{n}"], width, 1)
    assert grads[f"dW{L}"].shape[0] == 1
    return m

own_convert = convert
def convert(grads, m, src, dst):
    assert src in ("L", "J") and dst in ("L", "J") and isinstance(m, int)
    assert keys_of(grads) == m
    return own_convert(grads, m, src, dst)

own_update = update_parameters
def update_parameters(parameters, grads, learning_rate):
    L = network(parameters)
    assert isinstance(learning_rate, float)
    for name, value in parameters.items():
        array(grads["d" + name], *value.shape)
    return own_update(parameters, grads, learning_rate)

own_training = L_layer_model
def L_layer_model(X, Y, layers_dims, learning_rate=0.5, num_iterations=1500, seed=1):
    sizes_of(layers_dims)
    array(X, layers_dims[0], X.shape[1])
    labels(Y, X.shape[1])
    assert isinstance(learning_rate, float) and learning_rate > 0
    assert isinstance(num_iterations, int) and isinstance(seed, int)
    return own_training(X, Y, layers_dims, learning_rate, num_iterations, seed)
"""

_05 = """
def point(theta):
    assert isinstance(theta, np.ndarray) and theta.ndim >= 1 and theta.size
    assert theta.dtype.kind in "fi", theta.dtype
    return theta

def whole_number_free(f, theta):
    value = f(np.array(theta, dtype=float))
    assert np.ndim(value) == 0 and isinstance(value, float), type(value)

own_one_sided = one_sided
def one_sided(f, theta, h):
    point(theta)
    assert isinstance(h, float) and h != 0
    slopes = own_one_sided(f, theta, h)
    array(slopes, *theta.shape)
    return slopes

own_numerical = numerical_gradient
def numerical_gradient(f, theta, h=1e-5):
    point(theta)
    assert isinstance(h, float) and h > 0
    slopes = own_numerical(f, theta, h)
    array(slopes, *theta.shape)
    return slopes

own_complex = complex_step
def complex_step(f, theta, h=1e-20):
    point(theta)
    assert isinstance(h, float) and h > 0
    slopes = own_complex(f, theta, h)
    array(slopes, *theta.shape)
    return slopes

own_error = relative_error
def relative_error(a, b):
    assert isinstance(a, np.ndarray) and isinstance(b, np.ndarray)
    error = own_error(a, b)
    assert isinstance(error, float)
    return error

own_curve = u_curve
def u_curve(f, theta, true, hs):
    assert point(theta).shape == true.shape
    assert all(isinstance(float(h), float) and h > 0 for h in hs) and len(hs)
    return own_curve(f, theta, true, hs)

own_check = grad_check
def grad_check(f, parameters, grads, h=1e-5):
    assert parameters.keys() == grads.keys() and h > 0
    for name, value in parameters.items():
        array(value, *grads[name].shape)
        array(grads[name], *value.shape)
    errors, worst, kinks = own_check(f, parameters, grads, h)
    assert all(isinstance(index, tuple) for _, index in [worst, *kinks])
    return errors, worst, kinks

def layer_case(case):
    assert set(case) == {"dZ", "A_prev", "W", "b"}
    n, m = case["dZ"].shape
    array(case["dZ"], n, m)
    array(case["A_prev"], case["W"].shape[1], m)
    array(case["W"], n, case["A_prev"].shape[0])
    array(case["b"], n, 1)

own_accepts = accepts
def accepts(case, output):
    layer_case(case)
    assert set(output) == {"dA_prev", "dW", "db"}
    assert all(isinstance(value, np.ndarray) for value in output.values())
    verdict = own_accepts(case, output)
    assert type(verdict) is bool
    return verdict

own_test = make_test
def make_test(seed):
    assert isinstance(seed, int)
    cases = own_test(seed)
    for case in cases:
        layer_case(case)
    return cases
"""

_06a = """
def three_layers(p):
    n_1, n_x = p["W1"].shape
    n_2 = len(p["W2"])
    assert set(p) == {f"{kind}{n}" for kind in "Wb" for n in (1, 2, 3)}
    for n, shape in enumerate(((n_1, n_x), (n_2, n_1), (1, n_2)), 1):
        array(p[f"W{n}"], *shape)
        array(p[f"b{n}"], shape[0], 1)

def labels(Y, m):
    array(Y, 1, m)
    assert set(np.unique(Y)) <= {0.0, 1.0}

own_cost = compute_cost_with_regularization
def compute_cost_with_regularization(A3, Y, parameters, lambd):
    three_layers(parameters)
    array(A3, 1, Y.shape[1])
    labels(Y, A3.shape[1])
    assert 0 < A3.min() and A3.max() < 1 and lambd >= 0
    return own_cost(A3, Y, parameters, lambd)

own_back = backward_propagation_with_regularization
def backward_propagation_with_regularization(X, Y, cache, lambd):
    assert isinstance(cache, tuple) and len(cache) == 12
    A, p = forward_propagation(X, {f"{k}{n}": cache[4 * n - (2 if k == "W" else 1)]
                                   for n in (1, 2, 3) for k in "Wb"})
    assert all(np.allclose(a, b) for a, b in zip(p, cache))
    labels(Y, X.shape[1])
    return own_back(X, Y, cache, lambd)

own_drop = forward_propagation_with_dropout
def forward_propagation_with_dropout(X, parameters, keep_prob=0.5):
    three_layers(parameters)
    array(X, parameters["W1"].shape[1], X.shape[1])
    assert 0 < keep_prob <= 1
    return own_drop(X, parameters, keep_prob)

own_dropped = backward_propagation_with_dropout
def backward_propagation_with_dropout(X, Y, cache, keep_prob):
    assert isinstance(cache, tuple) and len(cache) == 14 and 0 < keep_prob <= 1
    labels(Y, X.shape[1])
    for D, Z in ((cache[1], cache[0]), (cache[6], cache[5])):
        assert D.shape == Z.shape and np.isin(D, (0, 1)).all()
    assert np.allclose(cache[2], relu(cache[0]) * cache[1] / keep_prob)
    return own_dropped(X, Y, cache, keep_prob)

own_embedding = embedding_backward
def embedding_backward(dout, words, V):
    N, T, D = dout.shape
    array(dout, *words.shape, D)
    assert words.dtype.kind == "i" and isinstance(V, int) and 0 <= words.min() <= words.max() < V
    return own_embedding(dout, words, V)

own_rows = embedding_forward
def embedding_forward(words, W):
    array(W, *W.shape)
    assert words.ndim == 2 and words.dtype.kind == "i" and 0 <= words.min() <= words.max() < len(W)
    return own_rows(words, W)

def five(gradients):
    assert set(gradients) == {"dWaa", "dWax", "dWya", "db", "dby"}
    for g in gradients.values():
        array(g, *g.shape)

own_value = clip_by_value
def clip_by_value(gradients, maxValue):
    five(gradients)
    assert isinstance(maxValue, float) and maxValue > 0
    return own_value(gradients, maxValue)

own_norm = clip_by_norm
def clip_by_norm(gradients, max_norm):
    five(gradients)
    assert isinstance(max_norm, float) and max_norm > 0
    return own_norm(gradients, max_norm)
"""

_07 = """
def recurrent(parameters):
    assert set(parameters) == {"Wax", "Waa", "ba", "Wya", "by"}
    n_a, n_x = parameters["Wax"].shape
    n_y = parameters["by"].shape[0]
    array(parameters["Wax"], n_a, n_x)
    array(parameters["Waa"], n_a, n_a)
    array(parameters["ba"], n_a, 1)
    array(parameters["Wya"], n_y, n_a)
    array(parameters["by"], n_y, 1)
    return n_x, n_a, n_y

def probabilities(y):
    assert np.allclose(y.sum(axis=0), 1) and y.min() > 0

def one_hot(y, *shape):
    array(y, *shape)
    assert set(np.unique(y)) <= {0.0, 1.0} and (y.sum(axis=0) == 1).all()

own_cell = rnn_cell_forward
def rnn_cell_forward(xt, a_prev, parameters):
    n_x, n_a, n_y = recurrent(parameters)
    m = xt.shape[1]
    array(xt, n_x, m)
    array(a_prev, n_a, m)
    a_next, yt_pred, cache = own_cell(xt, a_prev, parameters)
    array(a_next, n_a, m)
    array(yt_pred, n_y, m)
    probabilities(yt_pred)
    return a_next, yt_pred, cache

own_forward = rnn_forward
def rnn_forward(x, a0, parameters):
    n_x, n_a, n_y = recurrent(parameters)
    _, m, T_x = x.shape
    array(x, n_x, m, T_x)
    array(a0, n_a, m)
    a, y_pred, caches = own_forward(x, a0, parameters)
    array(a, n_a, m, T_x)
    array(y_pred, n_y, m, T_x)
    return a, y_pred, caches

own_output = output_backward
def output_backward(y_pred, y, a, parameters):
    n_x, n_a, n_y = recurrent(parameters)
    _, m, T_x = y.shape
    one_hot(y, n_y, m, T_x)
    array(y_pred, n_y, m, T_x)
    probabilities(y_pred)
    array(a, n_a, m, T_x)
    assert np.abs(a).max() < 1
    grads = own_output(y_pred, y, a, parameters)
    assert set(grads) == {"da", "dWya", "dby"}
    array(grads["da"], n_a, m, T_x)
    return grads

own_cell_backward = rnn_cell_backward
def rnn_cell_backward(da_next, cache):
    a_next, a_prev, xt, parameters = cache
    array(da_next, *a_next.shape)
    grads = own_cell_backward(da_next, cache)
    array(grads["dxt"], *xt.shape)
    array(grads["da_prev"], *a_prev.shape)
    for name in ("Wax", "Waa", "ba"):
        array(grads["d" + name], *parameters[name].shape)
    return grads

own_backward = rnn_backward
def rnn_backward(da, caches):
    steps, x = caches
    array(da, len(steps[0][0]), x.shape[1], x.shape[2])
    assert len(steps) == x.shape[2]
    grads = own_backward(da, caches)
    array(grads["dx"], *x.shape)
    array(grads["da0"], *da.shape[:2])
    return grads

own_full = rnn_full_backward
def rnn_full_backward(x, y, a0, parameters):
    n_x, n_a, n_y = recurrent(parameters)
    array(x, n_x, a0.shape[1], y.shape[2])
    one_hot(y, n_y, x.shape[1], x.shape[2])
    array(a0, n_a, x.shape[1])
    return own_full(x, y, a0, parameters)

own_tree = rnn_backward_tree
def rnn_backward_tree(da, caches):
    steps, x = caches
    array(da, len(steps[0][0]), x.shape[1], x.shape[2])
    grads, calls = own_tree(da, caches)
    assert isinstance(calls, int) and calls == x.shape[2] * (x.shape[2] + 1) // 2
    return grads, calls

own_rtrl = rtrl_dWaa
def rtrl_dWaa(x, a0, parameters, da):
    n_x, n_a, n_y = recurrent(parameters)
    array(x, n_x, a0.shape[1], da.shape[2])
    array(a0, n_a, x.shape[1])
    array(da, n_a, x.shape[1], x.shape[2])
    return own_rtrl(x, a0, parameters, da)
"""

_07b = """
def weights(Wx, Wh, b):
    D, H = Wx.shape
    array(Wx, D, H)
    array(Wh, H, H)
    array(b, H)
    return D, H

own_step = rnn_step_forward
def rnn_step_forward(x, prev_h, Wx, Wh, b):
    D, H = weights(Wx, Wh, b)
    array(x, len(prev_h), D)
    array(prev_h, len(x), H)
    next_h, cache = own_step(x, prev_h, Wx, Wh, b)
    array(next_h, len(x), H)
    return next_h, cache

own_forward = rnn_forward
def rnn_forward(x, h0, Wx, Wh, b):
    D, H = weights(Wx, Wh, b)
    array(x, len(h0), x.shape[1], D)
    array(h0, len(x), H)
    h, cache = own_forward(x, h0, Wx, Wh, b)
    array(h, *x.shape[:2], H)
    return h, cache

own_step_backward = rnn_step_backward
def rnn_step_backward(dnext_h, cache):
    array(dnext_h, *cache[-1].shape)
    return own_step_backward(dnext_h, cache)

own_backward = rnn_backward
def rnn_backward(dh, cache):
    array(dh, len(cache[0][0]), len(cache), len(cache[0][3]))
    return own_backward(dh, cache)
"""

_08 = """
def recurrent(parameters):
    assert set(parameters) == {"Wax", "Waa", "ba"}
    n_a, n_x = parameters["Wax"].shape
    array(parameters["Wax"], n_a, n_x)
    array(parameters["Waa"], n_a, n_a)
    array(parameters["ba"], n_a, 1)
    return n_x, n_a

own_jacobian = step_jacobian
def step_jacobian(a_next, Waa):
    array(a_next, len(Waa))
    array(Waa, len(a_next), len(a_next))
    assert np.abs(a_next).max() < 1
    return own_jacobian(a_next, Waa)

own_gradients = state_gradients
def state_gradients(da, a, parameters):
    n_x, n_a = recurrent(parameters)
    _, m, T = da.shape
    array(da, n_a, m, T)
    array(a, n_a, m, T + 1)
    assert np.abs(a[:, :, 1:]).max() < 1
    g = own_gradients(da, a, parameters)
    array(g, n_a, m, T + 1)
    return g

own_norms = grad_norms
def grad_norms(da, a, parameters):
    n_x, n_a = recurrent(parameters)
    array(a, n_a, da.shape[1], da.shape[2] + 1)
    norms = own_norms(da, a, parameters)
    array(norms, da.shape[2] + 1)
    return norms

def sequence(x, y, a0, parameters, k):
    n_x, n_a = recurrent(parameters)
    n_y, m, T = y.shape
    array(x, n_x, m, T)
    array(y, n_y, m, T)
    array(a0, n_a, m)
    assert n_y <= n_a and isinstance(k, int) and k >= 1

own_truncated = truncated_bptt
def truncated_bptt(x, y, a0, parameters, k):
    sequence(x, y, a0, parameters, k)
    grads = own_truncated(x, y, a0, parameters, k)
    assert set(grads) == {"dWax", "dWaa", "dba", "da0"}
    return grads

own_step = chunked_train_step
def chunked_train_step(x, y, a0, parameters, k, learning_rate, max_norm):
    sequence(x, y, a0, parameters, k)
    assert isinstance(learning_rate, float) and isinstance(max_norm, float) and max_norm > 0
    new, a_last = own_step(x, y, a0, parameters, k, learning_rate, max_norm)
    recurrent(new)
    array(a_last, *a0.shape)
    return new, a_last
"""

_09 = """
def gates(parameters, letters, n_a, n_x):
    for letter in letters:
        array(parameters["W" + letter], n_a, n_a + n_x)
        array(parameters["b" + letter], n_a, 1)

own_cell = lstm_cell_forward
def lstm_cell_forward(xt, a_prev, c_prev, parameters):
    (n_x, m), n_a = xt.shape, len(a_prev)
    array(a_prev, n_a, m)
    array(c_prev, n_a, m)
    gates(parameters, "fico", n_a, n_x)
    array(parameters["Wy"], len(parameters["by"]), n_a)
    a_next, c_next, yt_pred, cache = own_cell(xt, a_prev, c_prev, parameters)
    array(yt_pred, len(parameters["by"]), m)
    return a_next, c_next, yt_pred, cache

own_cell_backward = lstm_cell_backward
def lstm_cell_backward(da_next, dc_next, cache):
    array(da_next, *cache[0].shape)
    array(dc_next, *cache[1].shape)
    return own_cell_backward(da_next, dc_next, cache)

own_forward = lstm_forward
def lstm_forward(x, a0, parameters):
    n_x, m, T_x = x.shape
    array(a0, len(a0), m)
    gates(parameters, "fico", len(a0), n_x)
    a, y, c, caches = own_forward(x, a0, parameters)
    array(a, *a0.shape, T_x)
    array(c, *a0.shape, T_x)
    return a, y, c, caches

own_backward = lstm_backward
def lstm_backward(da, caches):
    array(da, *caches[0][0][0].shape, caches[1].shape[2])
    return own_backward(da, caches)

own_gru = gru_cell_forward
def gru_cell_forward(xt, c_prev, parameters):
    array(c_prev, len(c_prev), xt.shape[1])
    gates(parameters, "urc", len(c_prev), len(xt))
    return own_gru(xt, c_prev, parameters)

own_gru_backward = gru_cell_backward
def gru_cell_backward(dc_next, cache):
    array(dc_next, *cache[0].shape)
    return own_gru_backward(dc_next, cache)
"""

_11 = """
def examples(x, gamma, beta):
    array(x, *x.shape)
    assert x.ndim == 2
    array(gamma, x.shape[1])
    array(beta, x.shape[1])

own_batch = batchnorm_forward
def batchnorm_forward(x, gamma, beta, bn_param):
    examples(x, gamma, beta)
    assert type(bn_param) is dict and bn_param["mode"] in ("train", "test")
    for name in ("running_mean", "running_var"):
        if name in bn_param:
            array(bn_param[name], x.shape[1])
    assert 0 < bn_param.get("eps", 1e-5) and 0 < bn_param.get("momentum", 0.9) < 1
    return own_batch(x, gamma, beta, bn_param)

own_layer = layernorm_forward
def layernorm_forward(x, gamma, beta, ln_param):
    examples(x, gamma, beta)
    assert type(ln_param) is dict and ln_param.get("eps", 1e-5) > 0
    return own_layer(x, gamma, beta, ln_param)

own_batch_back = batchnorm_backward
def batchnorm_backward(dout, cache):
    array(dout, *cache[0].shape)
    return own_batch_back(dout, cache)

own_layer_back = layernorm_backward
def layernorm_backward(dout, cache):
    array(dout, *cache[0].shape)
    return own_layer_back(dout, cache)
"""

_12 = """
own_softmax = softmax_rows_backward
def softmax_rows_backward(dP, P):
    array(P, *P.shape)
    array(dP, *P.shape)
    assert P.ndim == 2 and (P >= 0).all() and np.allclose(P.sum(axis=1), 1)
    dS = own_softmax(dP, P)
    array(dS, *P.shape)
    return dS

def allowed(mask, *shape):
    if mask is not None:
        assert mask.dtype == bool and mask.shape == shape and mask.any(axis=1).all()

own_one = attention_forward
def attention_forward(Q, K, V, mask=None):
    array(Q, len(Q), K.shape[1])
    array(K, len(V), Q.shape[1])
    array(V, *V.shape)
    allowed(mask, len(Q), len(K))
    return own_one(Q, K, V, mask)

own_heads = self_attention_forward
def self_attention_forward(X, Wq, Wk, Wv, Wo, n_heads, mask=None):
    D, E = Wq.shape
    array(X, len(X), D)
    for W in (Wq, Wk, Wv):
        array(W, D, E)
    array(Wo, E, D)
    assert isinstance(n_heads, int) and n_heads > 0 and E % n_heads == 0
    allowed(mask, len(X), len(X))
    return own_heads(X, Wq, Wk, Wv, Wo, n_heads, mask)

own_heads_back = self_attention_backward
def self_attention_backward(dout, cache):
    array(dout, *cache[0].shape)
    return own_heads_back(dout, cache)
"""

_13 = """
def moves(sizes, window, stride, pad=0):
    assert all(type(n) is int for n in (*window, stride, pad)) and stride > 0 and pad >= 0
    for size, part in zip(sizes, window):
        assert size + 2 * pad >= part and (size + 2 * pad - part) % stride == 0

own_conv = conv_forward_naive
def conv_forward_naive(x, w, b, conv_param):
    array(x, *x.shape)
    array(w, len(w), x.shape[1], *w.shape[2:])
    array(b, len(w))
    assert type(conv_param) is dict and set(conv_param) == {"stride", "pad"}
    moves(x.shape[2:], w.shape[2:], conv_param["stride"], conv_param["pad"])
    out, cache = own_conv(x, w, b, conv_param)
    return out, (out.shape, cache)

own_conv_back = conv_backward_naive
def conv_backward_naive(dout, cache):
    array(dout, *cache[0])
    return own_conv_back(dout, cache[1])

own_pool = max_pool_forward_naive
def max_pool_forward_naive(x, pool_param):
    array(x, *x.shape)
    assert x.ndim == 4 and type(pool_param) is dict
    size, s = (pool_param["pool_height"], pool_param["pool_width"]), pool_param["stride"]
    moves(x.shape[2:], size, s)
    windows = np.lib.stride_tricks.sliding_window_view(x, size, axis=(2, 3))[:, :, ::s, ::s]
    largest = np.sort(windows.reshape(*windows.shape[:4], -1), axis=-1)
    assert size == (1, 1) or (largest[..., -1] > largest[..., -2]).all()
    out, cache = own_pool(x, pool_param)
    return out, (out.shape, cache)

own_pool_back = max_pool_backward_naive
def max_pool_backward_naive(dout, cache):
    array(dout, *cache[0])
    return own_pool_back(dout, cache[1])

own_col2im = col2im
def col2im(dcols, x_shape, HH, WW, stride, pad):
    assert type(x_shape) is tuple and len(x_shape) == 4
    moves(x_shape[2:], (HH, WW), stride, pad)
    places = 1
    for size, part in zip(x_shape[2:], (HH, WW)):
        places *= 1 + (size + 2 * pad - part) // stride
    array(dcols, x_shape[0], x_shape[1] * HH * WW, places)
    return own_col2im(dcols, x_shape, HH, WW, stride, pad)
"""

_BY_UNIT = {
    "04": _04,
    "05": _05,
    "06a": _06a,
    "07": _07,
    "07b": _07b,
    "08": _08,
    "09": _09,
    "11": _11,
    "12": _12,
    "13": _13,
}
ASSERTING = {unit: _BEGIN + code for unit, code in _BY_UNIT.items()}
