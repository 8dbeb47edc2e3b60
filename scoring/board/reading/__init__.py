"""From the store to the facts and results of a contest at one revision."""
