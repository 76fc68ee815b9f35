"""What is said of each misconception beside the words of a report; for site, hand-out and docs."""
