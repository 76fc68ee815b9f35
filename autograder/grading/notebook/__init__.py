"""Grade one notebook: cells in the sandbox, tests here."""
