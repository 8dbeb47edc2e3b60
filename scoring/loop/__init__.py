"""How long work in the loop lets others go first."""
