"""Jacobians: layouts, the end to start from, the vector of losses."""

from autograder.engine.diagnosis.misconception import Misconception

DENOMINATOR_VS_NUMERATOR_LAYOUT = Misconception(
    "denominator-vs-numerator-layout",
    unit="02",
    title="the other layout",
    computed="the Jacobian in the other layout, the transpose of the one asked for",
    formula="denominator layout: [dim(denominator), dim(numerator)]; numerator layout: the "
    "transpose, and every product reversed",
    ask="dz/da with z of 2 and a of 3 entries: how many rows has it in the layout that was asked?",
    section="02, Two layouts",
)

COST_LEFT_TO_RIGHT = Misconception(
    "cost-left-to-right",
    unit="02",
    title="matrices first, the vector last",
    computed="the right vector by the dear way: matrix times matrix, the vector at the very end",
    formula="right to left: J1 (J2 (J3 u)), each product a matrix times a vector",
    ask="The loss is one number, so u is one column. How wide is each intermediate result if you "
    "begin with u, and how wide if you begin with J1 J2?",
    section="02, Which end to start from",
)

LOSS_VECTOR_JACOBIAN = Misconception(
    "loss-vector-jacobian",
    unit="02",
    title="the vector of losses and its m × m Jacobian",
    computed="a mixture of the Jacobian of the m losses and the gradient of their mean J",
    formula="dL/dz = diag(a - y), of shape (m, m); dJ/dz = (1/m) Σ_i dL_i/dz, the strip (a - y)/m",
    ask="Does loss 1 depend on z of example 2? And which axis of the Jacobian counts the losses?",
    section="02, The vector of losses",
)

DIAG_READS_A_COLUMN = Misconception(
    "diag-reads-a-column",
    unit="02",
    title="np.diag of a column reads its diagonal",
    computed="the first slope alone: of an array with one axis np.diag builds a matrix, of one "
    "with two, as a column is, it reads the diagonal, which here is a single entry",
    formula="da/dz = diag(g′(z)), of shape (n, n)",
    ask="Print the shape of what you hand to np.diag, and that of what comes back. How many of "
    "your n slopes are left?",
    section="02, When a Jacobian is diagonal, the product is *",
)
