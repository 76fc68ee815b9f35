"""What an instructor does with verdicts: the class report, exports to other systems, regrading."""
