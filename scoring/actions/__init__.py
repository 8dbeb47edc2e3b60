"""The verbs: every change to a contest is one function, one transaction, one audit entry."""
