"""The bank stands beside this folder, and so do the slips of the units' own tests."""

import sys
from pathlib import Path

TESTS = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(TESTS), str(TESTS / "units")]
