"""From text to notebooks and back.

``authoring/*.py`` (py:percent) is the truth.  This package builds ``notebooks/`` (executed
lessons), ``source/`` (nbgrader masters) and, through nbgrader itself, ``release/`` from it,
checks that nothing built is stale and nothing secret is released, and brings an edit that was
made in a built notebook back into its text.

Use it as ``python -m autograder.authoring build|check|absorb|format [UNIT ...]``.
"""
