"""Unit 06b: how its functions are called, and which symbols their lines may hold."""

from __future__ import annotations

from autograder.engine import signatures
from autograder.engine.report import symbols
from autograder.networks.optimisers import FAMILY

UNIT = "06b"

signatures.enter(
    UNIT,
    """
update_parameters_with_gd(parameters, grads, learning_rate)
initialize_velocity(parameters)
update_parameters_with_momentum(parameters, grads, v, beta, learning_rate)
update_parameters_with_rmsprop(parameters, grads, s, beta, learning_rate, epsilon=1e-8)
initialize_adam(parameters)
update_parameters_with_adam(parameters, grads, v, s, t, learning_rate=0.01, \
beta1=0.9, beta2=0.999, epsilon=1e-8)
random_mini_batches(X, Y, mini_batch_size=64, seed=0)
update_lr(learning_rate0, epoch_num, decay_rate)
schedule_lr_decay(learning_rate0, epoch_num, decay_rate, time_interval=1000)
""",
)

_STEP = "W b dW db"
_RATE = "learning_rate0 epoch_num decay_rate"
symbols.enter(
    FAMILY,
    {
        "update_parameters_with_gd": _STEP,
        "initialize_velocity": f"{_STEP} v",
        "update_parameters_with_momentum": f"{_STEP} v",
        "update_parameters_with_rmsprop": f"{_STEP} s",
        "initialize_adam": f"{_STEP} v s",
        "update_parameters_with_adam": f"{_STEP} v s t v_corrected s_corrected",
        "random_mini_batches": "X Y m",
        "update_lr": _RATE,
        "schedule_lr_decay": _RATE,
    },
)
