"""The misconception that shapes prove a formula; its relatives stand in `products`, `shapes`."""

from __future__ import annotations

from autograder.engine.diagnosis.catalogue import misconception

misconception(
    "shape-check-is-proof",
    unit="00",
    title="it fits, so it is right",
    computed="a product whose shape fits; so do others with other numbers",
    formula="dW_kj = Σ_i dZ_ki A_ji: indices decide; shapes only forbid",
    ask="With n = n_prev = m, how many products of dZ and A have the shape of W?",
    section="00, What shapes cannot decide",
)
