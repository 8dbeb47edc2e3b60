"""Keeping the record: paper, the tally, corrections, spot checks, the log, and the files to take away."""
