"""One change in the student's own lines with which everything is right: where it is, not what.

A gradient that was computed instead may have no name, and the line of a slip says more than the
array that is wrong. So the function is made once more with one piece of it changed, a name, a sign,
a bracket, and run on the same instances. That is mutation-based fault localisation (Papadakis and
Le Traon, Metallaxis-FL, 2015), and automatic program repair (Le Goues and others, GenProg, 2012).
"""

from autograder.engine.repair.asked import Lines, changes
from autograder.engine.repair.defaults import other_default_of

__all__ = ["Lines", "changes", "other_default_of"]
