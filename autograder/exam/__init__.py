"""``autograder exam FOLDER``: a sheet with its key, on paper and as an nbgrader notebook.

It needs `autograder.concept_keys`, which the hand-out's wheel leaves out.
"""
