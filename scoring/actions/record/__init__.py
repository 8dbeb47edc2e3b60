"""The verbs of the record."""
