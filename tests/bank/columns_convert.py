"""Unit 04, slips in the conversion between the two conventions."""

from .change import changes_of
from .columns import convert
from .registry import mutants_of

mutant = mutants_of("columns")
change = changes_of("columns", convert)
ONLY = 'key[:2] in ("dZ", "dA")'

change(
    "converts_the_wrong_way",
    "j-vs-l-one-over-m-placement",
    ("factor = 1 / m", "factor = m"),
    ("factor = m", "factor = 1 / m"),
)
change("forgets_dA", "j-vs-l-one-over-m-placement", (ONLY, 'key[:2] == "dZ"'))
change("forgets_dZ", "j-vs-l-one-over-m-placement", (ONLY, 'key[:2] == "dA"'))
change(
    "scales_nothing",
    "j-vs-l-one-over-m-placement",
    (f"value * factor if {ONLY} else value", "value"),
)
change("converts_dW_but_not_db", "one-over-m-twice", (ONLY, 'key[:2] in ("dZ", "dA", "dW")'))
change(
    "only_the_output_layer",
    "j-vs-l-one-over-m-placement",
    (ONLY, 'key == "dZ" + str(sum(k[:2] == "dZ" for k in grads))'),
)
change("converts_dW_as_well", "one-over-m-twice", (f" if {ONLY} else value", ""))
change(
    "scales_when_nothing_is_asked",
    None,
    ('src == "L" and ', ""),
    ('src == "J" and ', ""),
    reason="a case distinction that forgets src == dst; the catalogue knows no such slip",
)
change(
    "converts_in_place",
    "da-mutated-in-place",
    ("new = {}", "new = grads"),
)


@mutant("one-over-m-per-layer", of="convert")
def one_factor_for_every_layer_passed(grads, m, src, dst):
    new = dict(grads)
    L = max(int(key[2:]) for key in grads if key.startswith("dZ"))
    for key in grads:
        if key.startswith(("dZ", "dA")) and src != dst:
            factor = m ** (L + 1 - int(key[2:]) - (key[1] == "A"))
            new[key] = grads[key] / factor if dst == "J" else grads[key] * factor
    return new
