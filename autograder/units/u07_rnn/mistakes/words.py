"""Families and sections that several modules on the recurrent network name."""

from __future__ import annotations

#: Families of graphs: the recurrent network, and the same for forward accumulation (RTRL).
RNN = ("rnn",)
BOTH = ("rnn", "rtrl")
CELL = "07, One cell"
CACHES = "07, Caches and indices"
