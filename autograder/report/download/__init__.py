"""From what Canvas, Moodle or Gradescope offers for download to nbgrader's ``submitted``."""
