"""The verbs of the results: totals, corrections, spot checks."""
