"""What students get: one folder, and the same as a zip, with nothing secret in it.

``autograder handout`` makes it from the course's repository: a page to start from, the
assignments, the lessons, the package as a wheel, and a check of the set-up.
"""
