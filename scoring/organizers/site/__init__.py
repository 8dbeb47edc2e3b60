"""Before any contest: the first account, signing in, the accounts, and the list of contests."""
