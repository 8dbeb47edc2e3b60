"""The verbs of the day: calls, sheets, clocks, releases, and whoever comes late or not at all."""
