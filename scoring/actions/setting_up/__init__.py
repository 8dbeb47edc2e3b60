"""The verbs that set a contest up: its rules, people, rooms and matches."""
