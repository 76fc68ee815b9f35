"""What students get wrong in this unit."""

from autograder.units.u01_graphs.mistakes import (  # noqa: F401
    forks,
    slopes,
    visits,
)
