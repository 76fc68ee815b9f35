"""Unit 03, slips in the walk back through a model."""

from .change import changes_of
from .rows import backprop

change = changes_of("rows", backprop)
BACK = "for i in reversed(range(len(model.layers)))"
KEEP = "grads[i] = gradients"

# which layer gets what
change("loss_gradient_into_every_layer", "reuse-output-dz", ("dout, gradients", "_, gradients"))
change("cache_of_the_layer_before", "caches-off-by-one", ("caches[i]", "caches[i - 1]"))
change(
    "cache_of_the_layer_after", "caches-off-by-one", ("caches[i]", "(caches + caches[-1:])[i + 1]")
)
change(
    "loss_gradient_into_every_affine_layer",
    "reuse-output-dz",
    ("grads = {}", "grads, of_loss = {}, dout"),
    (KEEP, "grads[i], dout = gradients, of_loss"),
)
change(
    "walks_forwards",
    None,
    (BACK, "for i in range(len(model.layers))"),
    reason="the layers are passed forwards on the way back: no entry here",
)
change(
    "skips_layers_without_parameters",
    "missing-activation-derivative",
    ("dout, gradients", "dx, gradients"),
    (KEEP, "grads[i], dout = gradients, dx"),
)
change(
    "counts_layers_from_the_end",
    "layers-counted-from-the-end",
    ("grads[i]", "grads[len(model.layers) - 1 - i]"),
)
change(
    "counts_layers_with_parameters_only",
    "layers-without-parameters-not-counted",
    ("grads[i]", "grads[sum(hasattr(layer, 'w') for layer in model.layers[:i])]"),
)
change(
    "counts_them_from_the_end",
    "layers-without-parameters-not-counted",
    ("grads[i]", "grads[len(grads)]"),
)
# scale
change(
    "averages_in_every_layer",
    "one-over-m-per-layer",
    (KEEP, f"{KEEP}\n            dout = dout / len(targets)"),
)
change("averages_once_more", "one-over-m-twice", (BACK, f"dout = dout / len(targets)\n    {BACK}"))
# what is kept, shared or changed
change(
    "gradients_kept_from_earlier_calls",
    "grads-not-reset",
    (
        KEEP,
        "for key, value in gradients.items():\n"
        "                kept.setdefault(i, {})\n"
        "                kept[i][key] = kept[i].get(key, 0) + value",
    ),
    ("loss, grads", "loss, {i: dict(gradients) for i, gradients in kept.items()}"),
    state={"kept": {}},
)
change(
    "moves_the_weights_as_well",
    "backprop-is-gradient-descent",
    (
        KEEP,
        f"{KEEP}\n"
        '            model.layers[i].w -= 0.1 * gradients["w"]\n'
        '            model.layers[i].b -= 0.1 * gradients["b"]',
    ),
)
change(
    "last_cache_for_all",
    "alias-last-cache",
    ("caches = []", "caches = {}"),
    ("caches.append(cache)", "caches[type(layer)] = cache"),
    ("caches[i]", "caches[type(model.layers[i])]"),
)
change(
    "one_dict_for_all_layers",
    "shared-grad-array",
    ("grads = {}", "grads, one = {}, {}"),
    (KEEP, "one.update(gradients)\n            grads[i] = one"),
)
