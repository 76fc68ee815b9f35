"""One isolated process, from which every submission gets its own."""
