"""Misconceptions about Jacobians: layouts, the end to start from, the vector of losses.

They have no forms here: a Jacobian or a count has no forward pass to edit. The checks of unit 02
list what each gives on the arguments of a trial.
"""

from __future__ import annotations

from autograder.engine.diagnosis.catalogue import misconception

misconception(
    "denominator-vs-numerator-layout",
    unit="02",
    title="the other layout",
    computed="the Jacobian in the other layout, the transpose of the one asked for",
    formula="denominator layout: [dim(denominator), dim(numerator)]; numerator layout: the "
    "transpose, and every product reversed",
    ask="dz/da with z of 2 and a of 3 entries: how many rows has it in the layout that was asked?",
    section="02, Two layouts",
)

misconception(
    "cost-left-to-right",
    unit="02",
    title="matrices first, the vector last",
    computed="the product from the left: matrix times matrix all the way, and the vector at the "
    "very end",
    formula="right to left: J1 (J2 (J3 u)), each product a matrix times a vector",
    ask="The loss is one number, so u is one column. How wide is each intermediate result if you "
    "begin with u, and how wide if you begin with J1 J2?",
    section="02, Which end to start from",
)

misconception(
    "loss-vector-jacobian",
    unit="02",
    title="the vector of losses and its m × m Jacobian",
    computed="a mixture of the Jacobian of the m losses and the gradient of their mean J",
    formula="dL/dz = diag(a - y), of shape (m, m); dJ/dz = (1/m) Σ_i dL_i/dz, the strip (a - y)/m",
    ask="Does loss 1 depend on z of example 2? And which axis of the Jacobian counts the losses?",
    section="02, The vector of losses",
)
