"""Where the grader plugs into nbgrader."""
