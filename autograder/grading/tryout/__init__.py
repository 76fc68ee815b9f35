"""An assignment is tried before students are graded: nobody finds out from a student."""
